use crate::{mock::*, Error, Event};
use cti_primitives::{MemberId, Role, Standing};
use frame::testing_prelude::*;

fn balance(member: u32) -> u64 {
	Balances::free_balance(account(member, Role::Controller))
}

fn fill_pot(amount: u64) {
	assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), Pot::get(), amount));
}

#[test]
fn reward_should_be_divided_by_the_evidence_for_each() {
	build_and_execute(|| {
		fill_pot(10_001);
		give_evidence(0, 6, 24, START);
		give_evidence(1, 3, 0, START);
		give_evidence(2, 0, 9, START);
		assert_ok!(Reputation::reward(RuntimeOrigin::root(), 1_000));
		assert_eq!([0, 1, 2, 3].map(balance), [666, 333, 0, 0]);
		assert_eq!(Balances::free_balance(Pot::get()), 10_001 - 999);
		let (member, controller) = (MemberId(0), account(0, Role::Controller));
		System::assert_has_event(Event::MemberRewarded { member, controller, amount: 666 }.into());
		System::assert_last_event(Event::RewardPaid { amount: 1_000, paid: 999 }.into());
	});
}

#[test]
fn reward_should_leave_out_who_is_not_active() {
	build_and_execute(|| {
		fill_pot(1_000);
		give_evidence(0, 6, 0, START);
		give_evidence(1, 6, 0, START);
		Admitted::set(vec![
			Standing::Active,
			Standing::Suspended,
			Standing::Active,
			Standing::Active,
			Standing::Active,
		]);
		assert_ok!(Reputation::reward(RuntimeOrigin::root(), 500));
		assert_eq!([0, 1].map(balance), [500, 0]);
	});
}

#[test]
fn reward_should_be_refused_by_the_rule_it_breaks() {
	build_and_execute(|| {
		fill_pot(1_000);
		for origin in [RuntimeOrigin::signed(0), RuntimeOrigin::none()] {
			assert_noop!(Reputation::reward(origin, 1), BadOrigin);
		}
		assert_noop!(Reputation::reward(RuntimeOrigin::root(), 10), Error::<Test>::NobodyToReward);
		give_evidence(0, 6, 0, START);
		// The pot keeps what an account must hold.
		assert_noop!(Reputation::reward(RuntimeOrigin::root(), 1_000), Error::<Test>::PotTooSmall);
		assert_ok!(Reputation::reward(RuntimeOrigin::root(), 999));
	});
}
