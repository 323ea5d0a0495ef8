use super::*;
use cti_envelope::Anchor;

const PLACE: &str = "https://files.bank.example/cti/1.envelope";

fn url(text: &str) -> Url {
	text.as_bytes().to_vec().try_into().unwrap()
}

fn anchor_of(payload: &[u8]) -> Box<Anchor> {
	Box::new(Anchor::of(&cti_envelope::parse(payload).unwrap()))
}

fn anchored(payload: &[u8], draft: Draft, location: &str) -> DispatchResultWithPostInfo {
	ThreatRegistry::anchor(controller(ALICE), draft, anchor_of(payload), url(location), None)
}

#[test]
fn anchor_should_register_what_publish_does_and_say_where_it_lies() {
	let envelope = Envelope {
		groups: vec![(CONSORTIUM, Epoch(0)), (OPEN_GROUP, Epoch(3))],
		direct: vec![BOB],
		objects: vec![vec![b'x'; 5_000], vec![b'y'; 40]],
		..Default::default()
	};
	let draft = || draft(&[TECHNIQUE, SUB_TECHNIQUE], Some(NOON + DAY));
	let mut records = Vec::new();
	let mut indexes = Vec::new();
	for lies_elsewhere in [false, true] {
		build_and_execute(|| {
			enter(7, 2);
			let payload = envelope.seal();
			match lies_elsewhere {
				true => {
					assert_ok!(anchored(&payload, draft(), PLACE));
				}
				false => {
					assert_ok!(ThreatRegistry::publish(controller(ALICE), draft(), payload));
				}
			};
			records.push(registered(record_id(ALICE, 0)));
			indexes.push(ByTechnique::<Test>::iter().collect::<Vec<_>>());
			if lies_elsewhere {
				let event = ThreatRegistryEvent::RecordAnchored { record: record_id(ALICE, 0), location: url(PLACE) };
				System::assert_last_event(event.into());
			}
		});
	}
	assert_eq!(records[0], records[1]);
	assert_eq!(indexes[0], indexes[1]);
	assert_eq!(indexes[0].len(), 2);
}

#[test]
fn anchor_should_have_room_for_what_no_block_has() {
	build_and_execute(|| {
		let payload = Envelope { objects: vec![vec![b'x'; 40]], ..Default::default() }.seal();
		let mut large = anchor_of(&payload);
		// The longest that padding produces.
		large.header.padded_len = 0xfc00_0000;
		assert_ok!(ThreatRegistry::anchor(controller(ALICE), draft(&[], None), large.clone(), url(PLACE), None));
		assert_eq!(u64::from(registered(record_id(ALICE, 0)).bytes), large.envelope_len());
		assert_eq!(registered(record_id(ALICE, 0)).id, large.id());
		large.header.padded_len = 0xfe00_0000;
		let refused = ThreatRegistry::anchor(controller(ALICE), draft(&[], None), large, url(PLACE), None);
		assert_noop!(refused, Error::<Test>::InvalidPaddedLen);
	});
}

#[test]
fn anchor_should_keep_the_rules_of_publish() {
	build_and_execute(|| {
		let payload = Envelope::default().seal();
		let with = |change: fn(&mut cti_envelope::Header)| {
			let mut anchor = anchor_of(&payload);
			change(&mut anchor.header);
			ThreatRegistry::anchor(controller(ALICE), draft(&[], None), anchor, url(PLACE), None)
		};
		assert_noop!(with(|header| header.version = 2), Error::<Test>::UnknownVersion);
		assert_noop!(with(|header| header.suite = 2), Error::<Test>::UnknownSuite);
		assert_noop!(with(|header| header.genesis = [9; 32]), Error::<Test>::OtherChain);
		assert_noop!(with(|header| header.author = cti_envelope::Author::Member(BOB)), Error::<Test>::OtherAuthor);
		assert_noop!(with(|header| header.tlp = Tlp::Red), Error::<Test>::RedToGroup);
		assert_noop!(with(|header| header.leaves = 3), Error::<Test>::InvalidLeaves);
		assert_noop!(with(|header| header.audience = Default::default()), Error::<Test>::NoRecipient);
		let stale = |header: &mut cti_envelope::Header| header.audience[0].1 = Epoch(1);
		assert_noop!(with(stale), Error::<Test>::WrongEpoch);
		assert_noop!(anchored(&payload, draft(&[NO_TECHNIQUE], None), PLACE), Error::<Test>::UnknownTechnique);
		assert_noop!(anchored(&payload, draft(&[], Some(NOON)), PLACE), Error::<Test>::EndInPast);
		let by = |origin| ThreatRegistry::anchor(origin, draft(&[], None), anchor_of(&payload), url(PLACE), None);
		let auditor = RuntimeOrigin::signed(account(ALICE, Role::Auditor));
		assert_noop!(by(auditor), Error::<Test>::RoleMayNotPublish);
		set_standing(ALICE, Standing::Suspended);
		assert_noop!(by(controller(ALICE)), Error::<Test>::NotActive);
	});
}

#[test]
fn anchor_to_a_hidden_group_should_need_somebody_who_is_in_it() {
	build_and_execute(|| {
		let payload = Envelope { groups: vec![(HIDDEN_GROUP, Epoch(0))], ..Default::default() }.seal();
		let signed = |proof| Draft { group_proofs: vec![proof].try_into().unwrap(), ..Draft::default() };
		assert_noop!(anchored(&payload, signed([0; 64]), PLACE), Error::<Test>::InvalidGroupProof);
		assert_ok!(anchored(&payload, signed(group_proof(&payload, ALICE)), PLACE));
	});
}

#[test]
fn location_should_be_one_that_clients_fetch_from() {
	build_and_execute(|| {
		let payload = Envelope::default().seal();
		let wrong = [
			"",
			"https://",
			"ipfs://",
			"http://a.example/1",
			"file:///etc/passwd",
			"https://a.example/ 1",
			"https://ö",
		];
		for location in wrong {
			assert_noop!(anchored(&payload, draft(&[], None), location), Error::<Test>::InvalidLocation);
		}
		assert_ok!(anchored(
			&payload,
			draft(&[], None),
			"ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"
		));
		let longest = format!("https://{}", "a".repeat(248));
		assert_ok!(anchored(&payload, draft(&[], None), &longest));
		assert!(Url::try_from(format!("{longest}a").into_bytes()).is_err());
	});
}

#[test]
fn anchored_record_should_take_the_place_of_a_live_one() {
	build_and_execute(|| {
		let old = published(&Envelope::default(), draft(&[], Some(NOON + DAY)));
		let anchor = || anchor_of(&Envelope { objects: vec![vec![b'n'; 9]], ..Default::default() }.seal());
		let revise = |n| ThreatRegistry::anchor(controller(ALICE), draft(&[], None), anchor(), url(PLACE), Some(n));
		assert_noop!(revise(7), Error::<Test>::RecordNotFound);
		assert_ok!(revise(old.n));
		assert_eq!(registered(old).status, RecordStatus::Superseded);
		assert_eq!(registered(record_id(ALICE, 1)).revises, Some(old.n));
		assert_noop!(revise(old.n), Error::<Test>::RecordNotLive);
	});
}
