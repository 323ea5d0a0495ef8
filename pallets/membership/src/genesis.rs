//! The first members. A chain's specification that breaks a rule must not start.

use crate::{functions::is_name, pallet::*, types::*};
use alloc::vec::Vec;
use cti_primitives::{Epoch, MemberId, Role, Tlp};
use frame::prelude::*;

/// Bytes of a specification as an array, or the chain does not start.
fn exactly<const N: usize>(bytes: &[u8], what: &str) -> [u8; N] {
	assert!(bytes.len() == N, "genesis: {what} must be {N} bytes long");
	let mut array = [0; N];
	array.copy_from_slice(bytes);
	array
}

fn public_key(bytes: &[u8]) -> EncryptionKey {
	let key = exactly(bytes, "an X-Wing public key");
	assert!(cti_envelope::keys::is_valid_public_key(&key), "genesis: not a valid X-Wing public key");
	key
}

impl<T: Config> Pallet<T> {
	pub(crate) fn build_genesis(config: &GenesisConfig<T>) {
		assert!(
			config.rhythm.is_possible(),
			"genesis: a slot has 1, 2, 3, 4, 6 or 12 blocks, and a session 4 slots at least"
		);
		ChainRhythm::<T>::put(config.rhythm);
		let policy = config.consortium_policy;
		assert!(policy.ceiling < Tlp::Red, "genesis: a group's ceiling is at most AMBER+STRICT");
		Groups::<T>::insert(CONSORTIUM, Group::new(None, Roster::Everyone, policy));
		GroupNames::<T>::insert(CONSORTIUM, Name::truncate_from("consortium"));
		for member in &config.members {
			Self::build_member(member);
		}
		if let Some(key) = &config.consortium_key {
			Self::build_consortium_key(key);
		}
		let seats: Vec<T::AccountId> = SeatHolders::<T>::get().into_inner();
		T::Seats::initialize_members(&seats);
	}

	fn build_member(config: &GenesisMember<T::AccountId>) {
		let name = Name::truncate_from(&config.name);
		assert!(
			name.len() == config.name.len() && is_name(&name),
			"genesis: a member's name is 1 to 64 bytes of UTF-8"
		);
		Self::assert_unused(&config.controller);
		let inserted = Self::insert_member(&config.controller, name, None, 0);
		assert!(inserted.is_ok(), "genesis: more members than seats");
		let member = MemberId(NextMember::<T>::get().saturating_sub(1));
		for (account, role) in &config.delegates {
			assert!(*role != Role::Controller, "genesis: a member has one controller");
			Self::assert_unused(account);
			let added = Self::do_add_delegate(member, account.clone(), *role);
			assert!(added.is_ok(), "genesis: a member has too many delegates");
		}
		if config.collates {
			assert!(Self::do_bond(member).is_ok(), "genesis: a collator's balance does not cover its bond");
		}
		if !config.encryption_key.is_empty() {
			let stored = Self::put_first_key(member, public_key(&config.encryption_key));
			assert!(stored.is_ok(), "genesis: more keys than the consortium's group counts");
		}
	}

	fn assert_unused(account: &T::AccountId) {
		assert!(!Accounts::<T>::contains_key(account), "genesis: an account acts for one member, in one role");
	}

	fn build_consortium_key(config: &GenesisKey) {
		let key = public_key(&config.public_key);
		let auth = exactly(&config.auth, "an Ed25519 public key");
		let info = EpochInfo { at: (0, 0), wraps: 0, pk_hash: blake2_256(&key), auth, link: None, rekeyer: None };
		GroupKeys::<T>::insert(CONSORTIUM, key);
		Epochs::<T>::insert(CONSORTIUM, Epoch(0), info);
		Groups::<T>::mutate(CONSORTIUM, |group| {
			if let Some(group) = group {
				group.keyed_version = group.roster_version;
			}
		});
	}
}
