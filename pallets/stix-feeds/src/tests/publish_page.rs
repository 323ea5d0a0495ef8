use crate::{
	mock::*,
	position::{Link, Place, Position, PrefixHash},
	Error, Event, Feeds, Payload, PositionBytes,
};
use cti_envelope::{keys::Seed, Author, DirectRecipient, GroupRecipient, SealRequest};
use cti_primitives::{AuthorId, Draft, FeedId, RecordId, Role, Standing, Tlp};
use frame::testing_prelude::*;

fn publish(sequence: u64, position: PositionBytes, payload: Payload) -> DispatchResult {
	StixFeeds::publish_page(signed(ALICE, Role::Feed), FEED, sequence, position, Draft::default(), payload)
}

#[test]
fn a_page_should_become_a_record_and_move_the_feed_on() {
	build_and_execute(|| {
		System::set_block_number(5);
		let (position, payload) = (position(77), envelope(Tlp::Amber, &[b"{1}", b"{2}", b"{3}"]));
		assert_ok!(publish(0, position.clone(), payload));
		let feed = Feeds::<Test>::get(FEED).unwrap();
		assert_eq!((feed.sequence, &feed.position, feed.last_block), (1, &position, 5));
		let record = RecordId { author: AuthorId(0), n: 0 };
		assert_eq!(objects_of(record), [b"{1}", b"{2}", b"{3}"]);
		System::assert_last_event(Event::PagePublished { feed: FEED, sequence: 0, record, position, leaves: 4 }.into());
	});
}

#[test]
fn the_controller_and_feed_delegates_should_publish_nobody_else() {
	build_and_execute(|| {
		for (n, role) in [(0, Role::Controller), (1, Role::Feed)] {
			let payload = envelope(Tlp::Green, &[b"{}"]);
			let call = StixFeeds::publish_page(signed(ALICE, role), FEED, n, position(n), Draft::default(), payload);
			assert_ok!(call);
		}
		let payload = envelope(Tlp::Green, &[b"{}"]);
		let call = |origin| StixFeeds::publish_page(origin, FEED, 2, position(9), Draft::default(), payload.clone());
		assert_noop!(call(signed(ALICE, Role::Analyst)), Error::<Test>::RoleMayNotFeed);
		assert_noop!(call(signed(ALICE, Role::Auditor)), Error::<Test>::RoleMayNotFeed);
		assert_noop!(call(signed(BOB, Role::Feed)), Error::<Test>::NotTheOwner);
		assert_noop!(call(RuntimeOrigin::signed(AccountId::new([0xee; 32]))), Error::<Test>::NotAMember);
	});
}

#[test]
fn an_unknown_feed_should_be_refused() {
	build_and_execute(|| {
		let payload = envelope(Tlp::Green, &[b"{}"]);
		let call =
			StixFeeds::publish_page(signed(ALICE, Role::Feed), FeedId(9), 0, position(1), Draft::default(), payload);
		assert_noop!(call, Error::<Test>::FeedNotFound);
	});
}

#[test]
fn only_the_next_number_should_be_accepted() {
	build_and_execute(|| {
		assert_ok!(publish_next());
		let payload = envelope(Tlp::Green, &[b"{}"]);
		assert_noop!(publish(0, position(3), payload.clone()), Error::<Test>::SequenceTooOld);
		assert_noop!(publish(2, position(3), payload.clone()), Error::<Test>::SequenceTooNew);
		assert_ok!(publish(1, position(3), payload));
	});
}

#[test]
fn a_position_should_follow_the_one_the_feed_stands_at() {
	build_and_execute(|| {
		// Two nodes cut the source differently; the second page of one does not follow the first page of the other.
		let place = |offset| Place::File { offset, prefix: PrefixHash::default().value() };
		let after = |follows: &[u8], offset| {
			Position { follows: Link::to(follows), place: place(offset), progress: None }.encode_to()
		};
		let (ours, theirs) = (after(&[], 100), after(&[], 200));
		let payload = envelope(Tlp::Green, &[b"{}"]);
		assert_ok!(publish(0, theirs.clone(), payload.clone()));
		assert_noop!(publish(1, after(&ours, 300), payload.clone()), Error::<Test>::PositionDoesNotFollow);
		assert_ok!(publish(1, after(&theirs, 300), payload));
	});
}

#[test]
fn what_is_no_position_should_be_refused() {
	build_and_execute(|| {
		let payload = envelope(Tlp::Green, &[b"{}"]);
		let mut longer = position(1).into_inner();
		longer.push(0);
		let mut newer = position(1).into_inner();
		newer[0] = 2;
		for bytes in [vec![], vec![1; 3], longer, newer] {
			let position = PositionBytes::truncate_from(bytes);
			assert_noop!(publish(0, position, payload.clone()), Error::<Test>::InvalidPosition);
		}
	});
}

#[test]
fn a_payload_should_be_an_envelope() {
	build_and_execute(|| {
		let mut short = envelope(Tlp::Green, &[b"{}"]).into_inner();
		short.pop();
		assert_noop!(publish(0, position(1), Payload::truncate_from(short)), Error::<Test>::MalformedEnvelope);
		assert_noop!(publish(0, position(1), Payload::default()), Error::<Test>::MalformedEnvelope);
	});
}

#[test]
fn a_marking_above_the_ceiling_should_be_refused() {
	build_and_execute(|| {
		let payload = envelope(Tlp::AmberStrict, &[b"{}"]);
		assert_noop!(publish(0, position(1), payload), Error::<Test>::MarkingAboveCeiling);
		assert_ok!(publish(0, position(1), envelope(Tlp::Amber, &[b"{}"])));
	});
}

#[test]
fn the_audience_should_be_the_feeds_group_alone() {
	build_and_execute(|| {
		assert_noop!(publish(0, position(1), envelope_to(TAGGED, Tlp::Green, &[b"{}"])), Error::<Test>::WrongAudience);

		let key = Seed::new([3; 32]).public_key();
		let recipient = |group| GroupRecipient { group, epoch: Default::default(), key: &key };
		let direct = [DirectRecipient { owner: BOB.into(), key_version: 0, key: &key }];
		let seal = |groups: &[GroupRecipient], direct: &[DirectRecipient]| {
			let objects: &[&[u8]] = &[b"{}"];
			let (author, tlp, pad_direct) = (Author::Member(ALICE), Tlp::Green, false);
			let request = SealRequest { genesis: genesis(), author, tlp, groups, direct, pad_direct, objects };
			Payload::truncate_from(cti_envelope::seal(&request, &[9; 32]).unwrap())
		};
		for payload in [
			seal(&[recipient(CONSORTIUM), recipient(TAGGED)], &[]),
			seal(&[recipient(CONSORTIUM)], &direct),
			seal(&[], &direct),
		] {
			assert_noop!(publish(0, position(1), payload), Error::<Test>::WrongAudience);
		}
	});
}

#[test]
fn the_registrys_refusal_should_be_passed_on_and_leave_nothing_behind() {
	build_and_execute(|| {
		let payload = envelope(Tlp::Green, &[b"{}"]);
		Activity::insert(ALICE, (Standing::Suspended, 0));
		assert_noop!(publish(0, position(1), payload.clone()), DispatchError::Other("NotActive"));
		Activity::insert(ALICE, (Standing::Active, 0));
		Policies::mutate(CONSORTIUM, |policy| policy.as_mut().unwrap().stale = true);
		assert_noop!(publish(0, position(1), payload), DispatchError::Other("StaleGroup"));
	});
}
