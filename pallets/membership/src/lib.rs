//! # Membership
//!
//! Who is in the consortium, on whose behalf an account acts, the keys others seal to, and the sharing groups with
//! their key epochs.
//!
//! * **Members** are admitted, suspended, reinstated and expelled by vote. Each has one *controller* and may name
//!   *delegates*: analysts, feeds, auditors. A suspended member keeps its seat in the collective, so that a minority
//!   cannot suspend its way to a majority, but may not publish and gets no new epochs.
//! * **Accounts** hold a sufficient reference while they act for a member. An account that was removed is never added
//!   again: its nonce may have been reaped, and then its old extrinsics could be replayed.
//! * **Groups** are keyed in epochs. A removal, departure, or compromised or lost key makes a group *stale*: nothing is
//!   accepted for it until somebody in it made a new epoch with [`Call::rekey`]. A newcomer makes no group stale; any
//!   holder of the epoch's secret passes it on with [`Call::welcome`].
//! * **Quota or fee**: publishing is paid for out of a bucket of bytes per member, refilled by time. See [`QuotaOrFee`].
//!
//! Wraps are never state: they live in the block body, and [`EpochInfo::at`] says where.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(any(test, feature = "runtime-benchmarks")),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects
	)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod collators;
mod errors;
mod events;
pub mod extension;
mod functions;
mod genesis;
mod groups;
mod info;
mod metering;
#[cfg(test)]
mod mock;
pub mod nonces;
mod provided;
mod quota;
mod rhythm;
pub mod runtime_api;
mod storage;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

use frame::import_section;

pub use extension::{Payment, QuotaOrFee};
pub use info::*;
pub use metering::{Metering, Precheck};
pub use nonces::CheckNonceWindow;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

// What the macros generate for metadata uses `expect`.
#[allow(clippy::expect_used)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(storage::storage)]
#[import_section(calls::calls)]
#[frame::pallet]
pub mod pallet {
	use super::*;
	use alloc::{boxed::Box, vec::Vec};
	use cti_primitives::{Epoch, GroupId, Hash, KeyOwnerId, MemberId, Quality, Reputations, Rhythm, Role, Standing};
	use frame::{
		deps::frame_support::dispatch::{GetDispatchInfo, PostDispatchInfo},
		prelude::*,
		traits::{Contains, Dispatchable, UnixTime},
	};

	/// The storage version of this release.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Admits, suspends, reinstates, expels, and sets the consortium's own policy: two thirds of the collective.
		type AdmitOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The collective: one seat per controller of an active or suspended member.
		type Seats: ChangeMembers<Self::AccountId> + InitializeMembers<Self::AccountId>;

		/// Every call of the runtime, for [`Call::enact`].
		type Decision: Parameter
			+ Dispatchable<RuntimeOrigin = Self::RuntimeOrigin, PostInfo = PostDispatchInfo>
			+ GetDispatchInfo;

		/// What the consortium may enact with the powers of the chain itself.
		type Enactable: Contains<Self::Decision>;

		/// Pays a new controller its endowment, and holds what collators bond.
		type Currency: fungible::Mutate<Self::AccountId>
			+ fungible::hold::Mutate<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// Why the pallet holds balances.
		type RuntimeHoldReason: From<HoldReason>;

		/// The pot that endowments come from.
		#[pallet::constant]
		type PotId: Get<PalletId>;

		/// What a new controller gets from the pot, as far as the pot goes: enough to pay for its first votes.
		#[pallet::constant]
		type Endowment: Get<BalanceOf<Self>>;

		/// What is held of the balance of a controller whose member runs a collator.
		#[pallet::constant]
		type CollatorBond: Get<BalanceOf<Self>>;

		/// The accounts that have the keys by which blocks are made.
		type CollatorKeys: Contains<Self::AccountId>;

		/// The time, in steps of at least a second.
		type Time: UnixTime;

		/// What peers' votes made of members: groups may ask for it.
		type Reputation: Reputations;

		/// Which calls are paid for out of the quota.
		type Metering: Metering<Self::RuntimeCall>;

		/// Most bytes a member's bucket holds.
		#[pallet::constant]
		type BucketBytes: Get<u32>;

		/// Bytes that a bucket gains each second.
		#[pallet::constant]
		type RefillBytesPerSecond: Get<u32>;

		/// Weights of the calls and of [`QuotaOrFee`].
		type WeightInfo: WeightInfo;

		/// Puts up what the benchmarks need of the seats' keeper.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId, Self::Decision>;
	}

	/// Why a balance is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The member runs a collator.
		Collator,
	}

	#[pallet::genesis_config]
	#[derive(DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The first members, in order of id.
		pub members: Vec<GenesisMember<T::AccountId>>,
		/// The consortium's group key at epoch 0. Without it the group waits for its first rekey.
		pub consortium_key: Option<GenesisKey>,
		/// The policy of the consortium's group.
		pub consortium_policy: GroupPolicy,
		/// How fast the chain goes.
		pub rhythm: Rhythm,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Pallet::<T>::build_genesis(self);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			Self::check_configuration();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::try_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The member and role behind an account.
		pub fn member_of(account: T::AccountId) -> Option<(MemberId, Role)> {
			Accounts::<T>::get(account).map(|delegation| (delegation.member, delegation.role))
		}

		/// Does the group wait for a rekey? None if there is no such group.
		pub fn group_is_stale(group: GroupId) -> Option<bool> {
			Groups::<T>::get(group).map(|group| group.is_stale(Departures::<T>::get))
		}

		/// How many bytes the member may publish now without a fee; 0 unless it is active.
		pub fn available_bytes(member: MemberId) -> u32 {
			Self::bytes_left(member)
		}
	}
}
