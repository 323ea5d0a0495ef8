use crate::mock::*;
use crate::*;
use cti_primitives::Rhythm;
use frame::testing_prelude::*;

fn set(origin: RuntimeOrigin, blocks_per_slot: u8, session_slots: u16) -> DispatchResult {
	Membership::set_rhythm(origin, Rhythm { blocks_per_slot, session_slots })
}

#[test]
fn vote_should_make_the_chain_go_faster_and_slower_from_the_next_session_on() {
	build_and_execute(|| {
		let old = Membership::rhythm();
		assert_eq!((old.blocks_per_slot, old.session_blocks()), (1, 3_600));
		let new = Rhythm { blocks_per_slot: 12, session_slots: 4 };
		assert_ok!(set(root(), 12, 4));
		assert_eq!(last_event(), Event::RhythmSet { old, new });
		assert_eq!(Membership::rhythm(), old, "a core's blocks were planned together");
		Membership::on_session_start();
		assert_eq!(Membership::rhythm(), new);
		Membership::on_session_start();
		assert_eq!(Membership::rhythm(), new);

		assert_ok!(set(root(), 6, 4));
		assert_ok!(set(root(), 1, 3_600));
		Membership::on_session_start();
		assert_eq!(Membership::rhythm(), old, "the last word counts");
	});
}

#[test]
fn rhythm_should_be_refused_when_blocks_do_not_divide_a_slot_or_sessions_are_too_short() {
	build_and_execute(|| {
		for blocks in [0, 5, 7, 8, 9, 10, 11, 13, 24, 255] {
			refused(|| set(root(), blocks, 100), PalletError::InvalidRhythm);
		}
		for blocks in [1, 2, 3, 4, 6, 12] {
			refused(|| set(root(), blocks, 3), PalletError::InvalidRhythm);
			assert_ok!(set(root(), blocks, 4));
		}
	});
}

#[test]
fn rhythm_should_be_refused_to_everybody_but_the_vote() {
	build_and_execute(|| {
		for origin in [signed(ALICE), signed(ALICE_ANALYST), signed(ERIN), RuntimeOrigin::none()] {
			refused(|| set(origin.clone(), 2, 100), DispatchError::BadOrigin);
		}
	});
}
