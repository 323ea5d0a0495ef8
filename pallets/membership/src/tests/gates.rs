//! What groups ask of who publishes to them, of who is added, and of objects.

use crate::mock::*;
use crate::*;
use cti_primitives::{Groups as _, Quality, Refusal, Reliability, Tlp};
use frame::testing_prelude::*;

fn may_publish() -> Result<Option<[u8; 32]>, Refusal> {
	Membership::may_publish(B, G1, group(G1).epoch, Tlp::Green, true)
}

fn quality(requirements: &[&str]) -> Quality {
	let requirements: Vec<_> = requirements.iter().map(|text| text.parse().unwrap()).collect();
	Quality { requirements: requirements.try_into().unwrap(), warning_lists: true }
}

#[test]
fn publishing_should_need_the_reliability_that_the_group_asks_for() {
	build_and_execute(|| {
		make_group(&[B]);
		Reputed::set((Reliability::C, 0));
		assert_ok!(may_publish());
		let asking = GroupPolicy { min_reliability: Some(Reliability::B), ..policy() };
		assert_ok!(Membership::set_group_policy(signed(ALICE), G1, asking));
		assert_eq!(may_publish(), Err(Refusal::BelowReliability));
		Reputed::set((Reliability::F, 0));
		assert_eq!(may_publish(), Err(Refusal::BelowReliability));
		Reputed::set((Reliability::B, 0));
		assert_ok!(may_publish());
		Reputed::set((Reliability::A, 0));
		assert_ok!(may_publish());
	});
}

#[test]
fn newcomers_should_need_the_reciprocity_that_the_group_asks_for() {
	build_and_execute(|| {
		make_group(&[B]);
		let asking = GroupPolicy { min_reciprocity: Some(500_000), ..policy() };
		assert_ok!(Membership::set_group_policy(signed(ALICE), G1, asking));
		Reputed::set((Reliability::A, 499_999));
		refused(|| Membership::add_to_group(signed(ALICE), G1, C), PalletError::BelowReciprocity);
		Reputed::set((Reliability::E, 500_000));
		assert_ok!(Membership::add_to_group(signed(ALICE), G1, C));
		// Who is in it stays in it, and may give.
		Reputed::set((Reliability::F, 0));
		assert_ok!(may_publish());
	});
}

#[test]
fn groups_that_add_nobody_should_not_ask_for_reciprocity() {
	build_and_execute(|| {
		let asking = GroupPolicy { min_reciprocity: Some(1), ..policy() };
		let create = |visibility| Membership::create_group(signed(ALICE), name("g"), asking, visibility);
		refused(|| create(Visibility::Hidden), PalletError::GateWithoutRoster);
		refused(|| Membership::set_group_policy(root(), CONSORTIUM, asking), PalletError::GateWithoutRoster);
		assert_ok!(create(Visibility::Open));
		let reliable = GroupPolicy { min_reliability: Some(Reliability::D), ..policy() };
		assert_ok!(Membership::set_group_policy(root(), CONSORTIUM, reliable));
	});
}

#[test]
fn owner_should_say_what_its_group_asks_of_objects() {
	build_and_execute(|| {
		make_group(&[B]);
		let asked = quality(&["indicator:description,valid_until", "malware:name"]);
		assert_ok!(Membership::set_group_quality(signed(ALICE), G1, asked.clone()));
		assert_eq!(last_event(), Event::GroupQualitySet { group: G1, quality: asked.clone() });
		assert_eq!(Membership::quality(G1), asked);
		assert_eq!(Membership::group_info(G1).unwrap().quality, asked);
		assert_eq!(Membership::quality(CONSORTIUM), Quality::default());
		assert_ok!(Membership::set_group_quality(signed(ALICE), G1, Quality::default()));
		assert!(!GroupQuality::<Test>::contains_key(G1));
		assert_ok!(Membership::set_group_quality(root(), CONSORTIUM, asked.clone()));
		assert_eq!(Membership::quality(CONSORTIUM), asked);
	});
}

#[test]
fn quality_should_be_refused_to_who_may_not_set_it_and_where_it_is_invalid() {
	build_and_execute(|| {
		make_group(&[B]);
		let set = |origin, group, quality| Membership::set_group_quality(origin, group, quality);
		let good = || quality(&["malware:name"]);
		refused(|| set(signed(BOB), G1, good()), PalletError::NotOwner);
		refused(|| set(signed(ALICE), CONSORTIUM, good()), PalletError::NotOwner);
		refused(|| set(root(), G1, good()), PalletError::NotOwner);
		refused(|| set(signed(ALICE_ANALYST), G1, good()), PalletError::WrongRole);
		refused(|| set(signed(ERIN), G1, good()), PalletError::NotMember);
		refused(|| set(RuntimeOrigin::none(), G1, good()), DispatchError::BadOrigin);
		refused(|| set(signed(ALICE), cti_primitives::GroupId(9), good()), PalletError::UnknownGroup);
		for bad in [quality(&["malware:name", "indicator:name"]), quality(&["malware:name", "malware:name"])] {
			refused(|| set(signed(ALICE), G1, bad.clone()), PalletError::InvalidQuality);
		}
		assert_ok!(Membership::suspend(root(), A));
		refused(|| set(signed(ALICE), G1, good()), PalletError::NotActive);
	});
}
