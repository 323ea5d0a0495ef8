use crate::mock::*;
use crate::*;
use cti_primitives::Rhythm;
use cti_primitives::{Epoch, Groups as _, Role, Tlp};

#[test]
fn genesis_should_seat_the_members_and_key_the_consortium() {
	build_and_execute(|| {
		assert_eq!(Collective::get(), vec![ALICE, BOB, CHARLIE, DAVE]);
		assert_eq!(Membership::member_of(ALICE_AUDITOR), Some((A, Role::Auditor)));
		assert_eq!(Membership::encryption_key(D), Some((0, key(4).to_vec())));
		let consortium = group(CONSORTIUM);
		assert_eq!((consortium.members, consortium.owner, consortium.roster), (4, None, Roster::Everyone));
		assert_eq!(Membership::sealing_key(CONSORTIUM), Some((Epoch(0), key(100))));
		let epoch = Epochs::<Test>::get(CONSORTIUM, Epoch(0)).unwrap();
		assert_eq!((epoch.at, epoch.wraps, epoch.rekeyer), ((0, 0), 0, None));
	});
}

#[test]
fn genesis_should_take_the_development_keys() {
	let public_key = development_epoch_key().to_vec();
	let config = GenesisConfig { consortium_key: Some(GenesisKey { public_key, auth: vec![1; 32] }), ..genesis() };
	build_and_execute_with(config, || assert!(!Membership::is_stale(CONSORTIUM)));
}

#[test]
fn genesis_should_read_from_json() {
	let json = serde_json::json!({
		"members": [{
			"controller": 7,
			"name": "Aldgate Bank",
			"encryptionKey": format!("0x{}", key(1).iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
			"delegates": [[8, "analyst"], [9, "feed"]],
		}, { "controller": 6, "name": "Borealis CERT" }],
		"consortiumKey": null,
		"consortiumPolicy": {
			"ceiling": "amber+strict",
			"techniquesRequired": true,
			"passOnToClients": false,
			"history": false,
			"dropBox": false,
		},
		"rhythm": { "blocksPerSlot": 2, "sessionSlots": 10 },
	});
	let config: GenesisConfig<Test> = serde_json::from_value(json).unwrap();
	build_and_execute_with(config, || {
		assert_eq!(Membership::member_of(9), Some((A, Role::Feed)));
		assert_eq!(Membership::encryption_key(A), Some((0, key(1).to_vec())));
		assert_eq!(Membership::encryption_key(B), None);
		assert_eq!(Membership::rhythm(), Rhythm { blocks_per_slot: 2, session_slots: 10 });
		assert_eq!(group(CONSORTIUM).policy.ceiling, Tlp::AmberStrict);
		assert_eq!(Collective::get(), vec![6, 7]);
	});
}

#[test]
#[should_panic(expected = "a member's name is 1 to 64 bytes of UTF-8")]
fn genesis_should_not_start_with_a_name_that_is_too_long() {
	let member = genesis_member(7, &"x".repeat(65), vec![]);
	state(GenesisConfig { members: vec![member], ..genesis() });
}

#[test]
#[should_panic(expected = "an account acts for one member, in one role")]
fn genesis_should_not_start_with_an_account_in_two_roles() {
	let member = genesis_member(7, "Aldgate Bank", vec![(8, Role::Feed), (8, Role::Analyst)]);
	state(GenesisConfig { members: vec![member], ..genesis() });
}

#[test]
#[should_panic(expected = "a member has one controller")]
fn genesis_should_not_start_with_a_second_controller() {
	let member = genesis_member(7, "Aldgate Bank", vec![(8, Role::Controller)]);
	state(GenesisConfig { members: vec![member], ..genesis() });
}

#[test]
#[should_panic(expected = "not a valid X-Wing public key")]
fn genesis_should_not_start_with_a_key_that_nobody_could_seal_to() {
	let public_key = invalid_key().to_vec();
	state(GenesisConfig { consortium_key: Some(GenesisKey { public_key, auth: vec![1; 32] }), ..genesis() });
}

#[test]
#[should_panic(expected = "an Ed25519 public key must be 32 bytes long")]
fn genesis_should_not_start_with_a_short_key() {
	let public_key = key(1).to_vec();
	state(GenesisConfig { consortium_key: Some(GenesisKey { public_key, auth: vec![1; 31] }), ..genesis() });
}

#[test]
#[should_panic(expected = "a group's ceiling is at most AMBER+STRICT")]
fn genesis_should_not_start_with_a_consortium_that_takes_red() {
	let consortium_policy = GroupPolicy { ceiling: Tlp::Red, ..Default::default() };
	state(GenesisConfig { consortium_policy, ..genesis() });
}

#[test]
#[should_panic(expected = "a slot has 1, 2, 3, 4, 6 or 12 blocks")]
fn genesis_should_not_start_with_a_rhythm_that_no_vote_may_set() {
	let rhythm = Rhythm { blocks_per_slot: 5, session_slots: 100 };
	state(GenesisConfig { rhythm, ..genesis() });
}
