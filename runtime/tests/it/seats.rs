//! The collective's members are those that hold a seat, after every motion that changes who is in; and a motion is counted
//! against the seats of the day on which it is closed.

use crate::{
	chain::{account, Chain, Refusal},
	governance::{admit, close, decide, propose, standing},
	invariants,
};
use cti_primitives::{MemberId, Standing};
use pallet_cti_membership::{Call as Members, SeatHolders};
use polkadot_sdk::pallet_collective::{Instance1, Members as Seats};
use testudo_runtime::{AccountId, Runtime, RuntimeCall};

/// These and no others hold seats.
fn assert_seated(chain: &mut Chain, uris: &[&str]) {
	let mut expected: Vec<AccountId> = uris.iter().map(|uri| account(uri)).collect();
	expected.sort();
	let (collective, holders) = chain.read(|| {
		invariants::check();
		(Seats::<Runtime, Instance1>::get(), SeatHolders::<Runtime>::get().into_inner())
	});
	assert_eq!((&collective, &holders), (&expected, &expected), "{uris:?}");
}

/// Exactly two thirds, rounded up, of all seats vote for it.
fn carry(chain: &mut Chain, voters: &[&str], call: impl Into<RuntimeCall>) {
	let seats = chain.read(|| Seats::<Runtime, Instance1>::get().len());
	assert_eq!(voters.len(), (2 * seats).div_ceil(3), "as many as it takes");
	let motion = propose(chain, voters.len() as u32, voters, call);
	assert_eq!(close(chain, voters[0], &motion), Ok(()));
}

#[test]
fn seats_should_follow_every_change_of_members() {
	let mut chain = Chain::new();
	assert_seated(&mut chain, &["//Alice", "//Bob", "//Charlie", "//Dave"]);
	carry(&mut chain, &["//Alice", "//Bob", "//Charlie"], admit("//Eve"));
	assert_seated(&mut chain, &["//Alice", "//Bob", "//Charlie", "//Dave", "//Eve"]);

	let voters = ["//Alice", "//Bob", "//Charlie", "//Eve"];
	carry(&mut chain, &voters, Members::suspend { member: MemberId(3) });
	assert_eq!(standing(&mut chain, "//Dave"), Some(Standing::Suspended));
	assert_seated(&mut chain, &["//Alice", "//Bob", "//Charlie", "//Dave", "//Eve"]);

	let (member, controller) = (MemberId(2), account("//Ferdie"));
	carry(
		&mut chain,
		&voters,
		Members::replace_controller { member, controller, encryption_key: None, is_stolen: false },
	);
	assert_seated(&mut chain, &["//Alice", "//Bob", "//Ferdie", "//Dave", "//Eve"]);

	let voters = ["//Alice", "//Bob", "//Ferdie", "//Eve"];
	carry(&mut chain, &voters, Members::reinstate { member: MemberId(3) });
	assert_seated(&mut chain, &["//Alice", "//Bob", "//Ferdie", "//Dave", "//Eve"]);
	carry(&mut chain, &voters, Members::expel { member: MemberId(3) });
	assert_seated(&mut chain, &["//Alice", "//Bob", "//Ferdie", "//Eve"]);

	assert_eq!(chain.submit("//Eve", Members::leave {}), Ok(()));
	assert_seated(&mut chain, &["//Alice", "//Bob", "//Ferdie"]);
	// Both acted for a member once: what is carried fails, and makes no seat.
	for call in [admit("//Dave"), admit("//Charlie")] {
		carry(&mut chain, &["//Alice", "//Ferdie"], call);
		assert_seated(&mut chain, &["//Alice", "//Bob", "//Ferdie"]);
	}
}

#[test]
fn votes_should_be_counted_against_the_seats_at_the_close() {
	let mut chain = Chain::new();
	let voters = ["//Alice", "//Bob", "//Charlie"];
	let motion = propose(&mut chain, 3, &voters, Members::suspend { member: MemberId(3) });
	decide(&mut chain, &voters, admit("//Eve")).unwrap();
	// Three of four were two thirds when it was moved; three of five are not.
	assert_eq!(close(&mut chain, "//Alice", &motion), Ok(()));
	assert_eq!(standing(&mut chain, "//Dave"), Some(Standing::Active));
}

#[test]
fn vote_of_who_left_should_count_no_longer() {
	let mut chain = Chain::new();
	let voters = ["//Alice", "//Bob", "//Dave"];
	let motion = propose(&mut chain, 3, &voters, Members::suspend { member: MemberId(2) });
	assert_eq!(chain.submit("//Dave", Members::leave {}), Ok(()));
	assert_eq!(close(&mut chain, "//Alice", &motion), Err(Refusal::Call("TooEarly")));
	assert_eq!(standing(&mut chain, "//Charlie"), Some(Standing::Active));
}
