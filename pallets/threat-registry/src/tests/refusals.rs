//! Every rule of a publication breaks on its own, and a refusal leaves nothing behind. `revise` shares all of them.

use super::*;
use cti_envelope::{Author, Header};
use cti_primitives::GroupId;

fn refused(payload: Payload, draft: Draft, error: Error<Test>) {
	let reason = DispatchError::from(error);
	assert_noop!(ThreatRegistry::publish(controller(ALICE), draft, payload), reason);
}

fn envelope_refused(envelope: Envelope, error: Error<Test>) {
	refused(envelope.seal(), draft(&[], None), error);
}

fn draft_refused(draft: Draft, error: Error<Test>) {
	refused(Envelope::default().seal(), draft, error);
}

fn header_refused(change: impl FnOnce(&mut Header), error: Error<Test>) {
	refused(with_header(&Envelope::default().seal(), change), draft(&[], None), error);
}

fn group_refused(group: GroupId, epoch: Epoch, error: Error<Test>) {
	envelope_refused(Envelope { groups: vec![(CONSORTIUM, Epoch(0)), (group, epoch)], ..Default::default() }, error);
}

#[test]
fn publish_should_be_refused_when_account_acts_for_nobody() {
	build_and_execute(|| {
		let call = ThreatRegistry::publish(RuntimeOrigin::signed(777), draft(&[], None), Envelope::default().seal());
		assert_noop!(call, Error::<Test>::NotAMember);
	});
}

#[test]
fn publish_should_be_refused_when_member_is_unknown() {
	build_and_execute(|| {
		let payload = Envelope { author: NOBODY, ..Default::default() }.seal();
		assert_noop!(
			ThreatRegistry::publish(controller(NOBODY), draft(&[], None), payload),
			Error::<Test>::UnknownMember
		);
	});
}

#[test]
fn publish_should_be_refused_when_member_is_not_active() {
	build_and_execute(|| {
		for standing in [Standing::Suspended, Standing::Left, Standing::Expelled] {
			set_standing(ALICE, standing);
			envelope_refused(Envelope::default(), Error::NotActive);
		}
		set_standing(ALICE, Standing::Active);
		published(&Envelope::default(), draft(&[], None));
	});
}

#[test]
fn publish_should_be_refused_when_numbers_are_used_up() {
	build_and_execute(|| {
		hypothetically!({
			Activity::insert(ALICE, (Standing::Active, u32::MAX));
			envelope_refused(Envelope::default(), Error::RecordNumbersExhausted);
		});
	});
}

#[test]
fn publish_should_be_refused_outside_of_an_extrinsic() {
	build_and_execute(|| {
		frame::deps::sp_io::storage::clear(b":extrinsic_index");
		envelope_refused(Envelope::default(), Error::OutsideExtrinsic);
	});
}

#[test]
fn publish_should_be_refused_when_techniques_are_not_ascending() {
	build_and_execute(|| {
		draft_refused(draft(&[OTHER_TECHNIQUE, TECHNIQUE], None), Error::TechniquesNotAscending);
		draft_refused(draft(&[TECHNIQUE, TECHNIQUE], None), Error::TechniquesNotAscending);
		draft_refused(draft(&[SUB_TECHNIQUE, TECHNIQUE], None), Error::TechniquesNotAscending);
	});
}

#[test]
fn publish_should_be_refused_when_a_technique_is_unknown() {
	build_and_execute(|| draft_refused(draft(&[TECHNIQUE, NO_TECHNIQUE], None), Error::UnknownTechnique));
}

#[test]
fn publish_should_be_refused_when_a_group_asks_for_techniques() {
	build_and_execute(|| {
		let envelope = Envelope { groups: vec![(TAGGED_GROUP, Epoch(0))], ..Default::default() };
		envelope_refused(envelope.clone(), Error::TechniquesRequired);
		published(&envelope, draft(&[TECHNIQUE], None));
	});
}

#[test]
fn publish_should_be_refused_when_validity_ended() {
	build_and_execute(|| {
		draft_refused(draft(&[], Some(NOON)), Error::EndInPast);
		draft_refused(draft(&[], Some(0)), Error::EndInPast);
	});
}

#[test]
fn publish_should_be_refused_when_validity_ends_beyond_the_calendar() {
	build_and_execute(|| {
		let last = u64::from(u32::MAX) * DAY;
		draft_refused(draft(&[], Some(last + 1)), Error::EndTooFar);
		draft_refused(draft(&[], Some(u64::MAX)), Error::EndTooFar);
		let id = published(&Envelope::default(), draft(&[], Some(last)));
		assert_eq!(ThreatRegistry::record(id).unwrap().valid_until, Some(last));
	});
}

#[test]
fn publish_should_be_refused_when_the_envelope_is_unreadable() {
	build_and_execute(|| {
		refused(Payload::default(), draft(&[], None), Error::EnvelopeUnreadable);
		let cut = Envelope::default().seal()[..100].to_vec().try_into().unwrap();
		refused(cut, draft(&[], None), Error::EnvelopeUnreadable);
	});
}

#[test]
fn publish_should_be_refused_when_the_envelope_is_of_another_version() {
	build_and_execute(|| header_refused(|header| header.version = 2, Error::UnknownVersion));
}

#[test]
fn publish_should_be_refused_when_the_envelope_is_of_another_suite() {
	build_and_execute(|| header_refused(|header| header.suite = 0, Error::UnknownSuite));
}

#[test]
fn publish_should_be_refused_when_the_envelope_has_too_many_groups() {
	build_and_execute(|| {
		let mut payload = Envelope::default().seal().into_inner();
		// Behind version, suite, genesis, author and marking stands the number of groups, a compact integer.
		let groups = 2 + 32 + 5 + 1;
		assert_eq!(payload[groups], 1 << 2);
		payload[groups] = 5 << 2;
		refused(payload.try_into().unwrap(), draft(&[], None), Error::TooManyGroups);
	});
}

#[test]
fn publish_should_be_refused_when_the_groups_are_not_ascending() {
	build_and_execute(|| {
		let payload =
			Envelope { groups: vec![(CONSORTIUM, Epoch(0)), (OPEN_GROUP, Epoch(3))], ..Default::default() }.seal();
		let reversed = with_header(&payload, |header| header.audience.as_mut().reverse());
		refused(reversed, draft(&[], None), Error::AudienceNotAscending);
		let twice = with_header(&payload, |header| header.audience[1] = header.audience[0]);
		refused(twice, draft(&[], None), Error::AudienceNotAscending);
	});
}

#[test]
fn publish_should_be_refused_when_the_envelope_has_too_many_direct_wraps() {
	build_and_execute(|| header_refused(|header| header.direct = 17, Error::TooManyDirect));
}

#[test]
fn publish_should_be_refused_when_the_envelope_is_for_nobody() {
	build_and_execute(|| header_refused(|header| header.audience = Default::default(), Error::NoRecipient));
}

#[test]
fn publish_should_be_refused_when_the_number_of_leaves_is_wrong() {
	build_and_execute(|| {
		for leaves in [0, 3, 131_072] {
			header_refused(|header| header.leaves = leaves, Error::InvalidLeaves);
		}
	});
}

#[test]
fn publish_should_be_refused_when_the_padding_is_wrong() {
	build_and_execute(|| {
		for padded_len in [0, 4_095, 4_097] {
			header_refused(|header| header.padded_len = padded_len, Error::InvalidPaddedLen);
		}
	});
}

#[test]
fn publish_should_be_refused_when_bytes_are_missing_or_left() {
	build_and_execute(|| {
		let payload = Envelope::default().seal().into_inner();
		let shorter = payload[..payload.len() - 1].to_vec();
		refused(shorter.try_into().unwrap(), draft(&[], None), Error::WrongLength);
		let longer = [&payload[..], &[0]].concat();
		refused(longer.try_into().unwrap(), draft(&[], None), Error::WrongLength);
		header_refused(|header| header.direct = 1, Error::WrongLength);
	});
}

#[test]
fn publish_should_be_refused_when_the_envelope_is_of_another_chain() {
	build_and_execute(|| header_refused(|header| header.genesis[31] ^= 1, Error::OtherChain));
}

#[test]
fn publish_should_be_refused_when_the_envelope_is_by_another_author() {
	build_and_execute(|| {
		envelope_refused(Envelope { author: BOB, ..Default::default() }, Error::OtherAuthor);
		header_refused(|header| header.author = Author::Pseudonym([0; 32]), Error::OtherAuthor);
	});
}

#[test]
fn publish_should_be_refused_when_the_group_is_unknown() {
	build_and_execute(|| group_refused(GroupId(77), Epoch(0), Error::UnknownGroup));
}

#[test]
fn publish_should_be_refused_when_the_member_is_not_in_the_group() {
	build_and_execute(|| group_refused(OTHERS_GROUP, Epoch(0), Error::NotInGroup));
}

#[test]
fn publish_should_be_refused_when_the_group_is_stale() {
	build_and_execute(|| group_refused(STALE_GROUP, Epoch(0), Error::StaleGroup));
}

#[test]
fn publish_should_be_refused_when_the_epoch_is_not_the_newest() {
	build_and_execute(|| {
		for epoch in [2, 4] {
			group_refused(OPEN_GROUP, Epoch(epoch), Error::WrongEpoch);
		}
	});
}
