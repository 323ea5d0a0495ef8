//! Who pays for a transaction: the member's bucket of bytes, or the fee.

use crate::{
	metering::{Metering, Precheck},
	pallet::*,
	quota::QuotaExceeded,
	weights::WeightInfo,
};
use alloc::{vec, vec::Vec};
use cti_primitives::{Actor, MemberId, Members as _};
use frame::{
	deps::{
		frame_support::dispatch::DispatchInfo,
		sp_runtime::{
			traits::{Implication, TransactionExtensionMetadata, Zero},
			transaction_validity::{TransactionPriority, TransactionSource, TransactionValidityError},
		},
	},
	prelude::*,
	traits::{DispatchOriginOf, OriginTrait, PostDispatchInfoOf},
};
use polkadot_sdk::pallet_transaction_payment::{self, ChargeTransactionPayment, OnChargeTransaction};
use scale_info::StaticTypeInfo;

/// The codes from here on are [`code`]'s; those below are free for the runtime's [`Metering`].
pub const FIRST_RESERVED_CODE: u8 = 200;

/// Why a metered transaction is refused before it is dispatched: the number in `InvalidTransaction::Custom`.
pub mod code {
	/// The signer acts for no member.
	pub const NOT_MEMBER: u8 = 200;
	/// The signer's member is suspended or departed.
	pub const NOT_ACTIVE: u8 = 201;
	/// The member's bucket does not hold the transaction's length. It fills with time; a tip pays the fee instead.
	pub const QUOTA_EXCEEDED: u8 = 202;
	/// The signer's role does not allow the call.
	pub const WRONG_ROLE: u8 = 203;
	/// `rekey`, `welcome`: no such group.
	pub const UNKNOWN_GROUP: u8 = 204;
	/// `rekey`, `welcome`: the signer's member is not in the group.
	pub const NOT_IN_GROUP: u8 = 205;
	/// `rekey`, `welcome`: the epoch named is not the newest, or does not exist.
	pub const WRONG_EPOCH: u8 = 206;
	/// `rekey`: somebody departed since it was made.
	pub const STALE_ROSTER: u8 = 207;
	/// `rekey`: the group is fresh and its epoch less than a day old.
	pub const REKEY_TOO_SOON: u8 = 208;
	/// `rekey`: not one wrap for each active member.
	pub const WRONG_NUMBER_OF_WRAPS: u8 = 209;
	/// `rekey`, `welcome`: the policy or the lack of an earlier epoch forbids a way into the past.
	pub const NO_HISTORY: u8 = 210;
	/// `welcome`: the group waits for a rekey.
	pub const STALE_GROUP: u8 = 211;
	/// `welcome`: the recipient is not an active member of the group.
	pub const RECIPIENT_NOT_IN_GROUP: u8 = 212;
	/// Dispatch would refuse it for another reason.
	pub const REFUSED: u8 = 213;
	/// `rekey` of a hidden group: neither its owner nor a deputy.
	pub const NOT_DEPUTY: u8 = 214;
	/// `welcome`, `report_bad_wrap`: the group's roster is hidden.
	pub const ROSTER_IS_HIDDEN: u8 = 215;
	/// `report_bad_wrap`: the member reported its wrap of this epoch already.
	pub const ALREADY_REPORTED: u8 = 216;
}

fn code_of<T: Config>(error: &Error<T>) -> u8 {
	match error {
		Error::UnknownGroup => code::UNKNOWN_GROUP,
		Error::NotInGroup => code::NOT_IN_GROUP,
		Error::WrongEpoch => code::WRONG_EPOCH,
		Error::StaleRoster => code::STALE_ROSTER,
		Error::RekeyTooSoon => code::REKEY_TOO_SOON,
		Error::WrongNumberOfWraps => code::WRONG_NUMBER_OF_WRAPS,
		Error::HistoryClosed | Error::NothingToLink => code::NO_HISTORY,
		Error::StaleGroup => code::STALE_GROUP,
		Error::RecipientNotInGroup => code::RECIPIENT_NOT_IN_GROUP,
		Error::NotDeputy => code::NOT_DEPUTY,
		Error::RosterIsHidden => code::ROSTER_IS_HIDDEN,
		Error::AlreadyReported => code::ALREADY_REPORTED,
		_ => code::REFUSED,
	}
}

/// The pallet's own metered calls, for the runtime's [`Metering`] to include: those of an agent, which needs no balance to keep
/// its groups keyed.
impl<T: Config> Metering<Call<T>> for Pallet<T> {
	fn is_metered(call: &Call<T>) -> bool {
		matches!(call, Call::rekey { .. } | Call::welcome { .. } | Call::report_bad_wrap { .. })
	}

	fn precheck(call: &Call<T>, actor: Actor) -> Precheck {
		if !actor.role.may_publish() {
			return Precheck::Invalid(code::WRONG_ROLE);
		}
		match call {
			Call::rekey { group, expected_epoch, roster_version, public_key, link, wraps, .. } => {
				let (link, count) = (link.as_ref(), wraps.len());
				let entry = Self::check_rekey(actor.member, *group, *expected_epoch, *roster_version, link, count);
				// Of two rekeys of one epoch only one finds a place in the pool: it must be one that can land.
				match entry.and_then(|entry| Self::check_new_epoch(&entry, public_key, wraps).map(|()| entry)) {
					Ok(entry) => Precheck::Numbered {
						stream: (b"cti/rekey", group).encode(),
						at: u64::from(expected_epoch.0),
						next: u64::from(entry.epoch.0),
					},
					Err(error) => Precheck::Invalid(code_of(&error)),
				}
			}
			Call::report_bad_wrap { group, epoch } => match Self::check_report(actor.member, *group, *epoch) {
				Ok(()) => Precheck::Ready,
				Err(error) => Precheck::Invalid(code_of(&error)),
			},
			Call::welcome { group, epoch, member, .. } => {
				match Self::check_welcome(actor.member, *group, *epoch, *member) {
					Ok(()) => Precheck::Ready,
					Err(error) => Precheck::Invalid(code_of(&error)),
				}
			}
			_ => Precheck::Ready,
		}
	}
}

/// What [`QuotaOrFee`] asks of the payment it wraps.
pub trait Payment<Call: Dispatchable> {
	/// Does the signer add a tip? It is the sign that it would rather pay than wait for the bucket to fill.
	fn has_tip(&self) -> bool;

	/// The priority that the transaction would have for its fee alone.
	fn priority_without_tip(info: &DispatchInfoOf<Call>, len: usize) -> TransactionPriority;
}

type FeeOf<T> = <<T as pallet_transaction_payment::Config>::OnChargeTransaction as OnChargeTransaction<T>>::Balance;

impl<T> Payment<T::RuntimeCall> for ChargeTransactionPayment<T>
where
	T: pallet_transaction_payment::Config,
	T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
	FeeOf<T>: Send + Sync,
{
	fn has_tip(&self) -> bool {
		!self.tip().is_zero()
	}

	fn priority_without_tip(info: &DispatchInfoOf<T::RuntimeCall>, len: usize) -> TransactionPriority {
		let length = u32::try_from(len).unwrap_or(u32::MAX);
		let fee = pallet_transaction_payment::Pallet::<T>::compute_fee(length, info, Zero::zero());
		Self::get_priority(info, len, Zero::zero(), fee)
	}
}

/// Takes a metered call's length out of the member's bucket, and leaves everything else to the payment it wraps.
///
/// From outside it *is* the wrapped extension: same identifier, same encoding, same metadata.
///
/// A call that [`Config::Metering`] meters, signed for an active member (for another, where the call is for it, too) whose
/// bucket holds the transaction's length or what the call takes at least, is
/// feeless, with the priority that the fee would have had; a tip is then neither taken nor counted. The bytes are spent
/// before dispatch, so that a failing call pays as well. When the bucket holds less, the signer pays the fee if it adds
/// a tip, and is refused with [`code::QUOTA_EXCEEDED`] otherwise. Who acts for no active member is refused whatever it
/// would pay, since dispatch would refuse the call. Calls nested in a batch or a proxy pay as the outer call pays.
#[derive(Encode, Decode, DecodeWithMemTracking, Clone, Eq, PartialEq)]
pub struct QuotaOrFee<T, S>(pub S, core::marker::PhantomData<T>);

impl<T, S: StaticTypeInfo> TypeInfo for QuotaOrFee<T, S> {
	type Identity = S;
	fn type_info() -> scale_info::Type {
		S::type_info()
	}
}

impl<T, S: core::fmt::Debug> core::fmt::Debug for QuotaOrFee<T, S> {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.debug_tuple("QuotaOrFee").field(&self.0).finish()
	}
}

impl<T, S> From<S> for QuotaOrFee<T, S> {
	fn from(payment: S) -> Self {
		Self(payment, core::marker::PhantomData)
	}
}

/// How a transaction pays, from `validate` to `prepare`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Val<V> {
	/// Out of a member's bucket.
	Quota {
		/// Whose.
		member: MemberId,
		/// Its place in its stream has not come.
		early: bool,
	},
	/// As the wrapped extension says.
	Fee {
		/// The wrapped extension's.
		val: V,
		/// Its place in its stream has not come.
		early: bool,
	},
}

/// How a transaction paid, from `prepare` to the end of its dispatch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pre<P> {
	/// Out of a bucket.
	Quota {
		/// The wrapped extension's weight, which was not used.
		unspent: Weight,
	},
	/// As the wrapped extension says.
	Fee(P),
}

/// What a metered call's precheck means to the pool.
struct Place {
	early: bool,
	requires: Vec<Vec<u8>>,
	provides: Vec<Vec<u8>>,
}

fn refuse(code: u8) -> TransactionValidityError {
	InvalidTransaction::Custom(code).into()
}

/// Puts a metered call in its place, or refuses it.
fn place(precheck: Precheck) -> Result<Place, TransactionValidityError> {
	match precheck {
		Precheck::Ready => Ok(Place { early: false, requires: vec![], provides: vec![] }),
		Precheck::Invalid(code) => Err(refuse(code)),
		Precheck::Numbered { at, next, .. } if at < next => Err(InvalidTransaction::Stale.into()),
		Precheck::Numbered { stream, at, next } => {
			let early = at > next;
			let before = at.checked_sub(1).filter(|_| early);
			Ok(Place {
				early,
				requires: before.map(|before| (&stream, before).encode()).into_iter().collect(),
				provides: vec![(&stream, at).encode()],
			})
		}
	}
}

impl<T, S> QuotaOrFee<T, S>
where
	T: Config + Send + Sync,
	S: TransactionExtension<T::RuntimeCall> + Payment<T::RuntimeCall>,
{
	/// The member behind a signer, with its role, if it may make this call.
	fn actor(who: &T::AccountId, call: &T::RuntimeCall) -> Result<Actor, TransactionValidityError> {
		let actor = Pallet::<T>::actor(who).ok_or_else(|| refuse(code::NOT_MEMBER))?;
		match Pallet::<T>::standing(actor.member) {
			Some(standing) if T::Metering::is_for(call, standing) => Ok(actor),
			_ => Err(refuse(code::NOT_ACTIVE)),
		}
	}

	/// What a metered call of that length takes out of the bucket.
	fn price(call: &T::RuntimeCall, len: usize) -> Result<u32, TransactionValidityError> {
		let bytes = u32::try_from(len).map_err(|_| refuse(code::QUOTA_EXCEEDED))?;
		Ok(bytes.max(T::Metering::least_bytes(call)))
	}

	/// Whose bucket pays for a metered call, if one does, and the call's place in the pool.
	fn check_metered(
		&self,
		who: &T::AccountId,
		call: &T::RuntimeCall,
		len: usize,
		source: TransactionSource,
	) -> Result<(Option<MemberId>, Place), TransactionValidityError> {
		let actor = Self::actor(who, call)?;
		let place = place(T::Metering::precheck(call, actor))?;
		let bytes = Self::price(call, len)?;
		let covered = Pallet::<T>::covers(actor.member, bytes);
		if !covered && !self.0.has_tip() {
			return Err(match source {
				// Others of the member's came before it in the block: it stays in the pool for a later one.
				TransactionSource::InBlock => InvalidTransaction::ExhaustsResources.into(),
				_ => refuse(code::QUOTA_EXCEEDED),
			});
		}
		Ok((covered.then_some(actor.member), place))
	}
}

impl<T, S> TransactionExtension<T::RuntimeCall> for QuotaOrFee<T, S>
where
	T: Config + Send + Sync,
	S: TransactionExtension<T::RuntimeCall> + Payment<T::RuntimeCall>,
	DispatchOriginOf<T::RuntimeCall>: OriginTrait<AccountId = T::AccountId>,
{
	const IDENTIFIER: &'static str = S::IDENTIFIER;
	type Implicit = S::Implicit;
	type Val = Val<S::Val>;
	type Pre = Pre<S::Pre>;

	fn metadata() -> Vec<TransactionExtensionMetadata> {
		S::metadata()
	}

	fn implicit(&self) -> Result<Self::Implicit, TransactionValidityError> {
		self.0.implicit()
	}

	fn weight(&self, call: &T::RuntimeCall) -> Weight {
		let wrapped = self.0.weight(call);
		if T::Metering::is_metered(call) {
			wrapped.saturating_add(<T as Config>::WeightInfo::quota_or_fee())
		} else {
			wrapped
		}
	}

	fn validate(
		&self,
		origin: DispatchOriginOf<T::RuntimeCall>,
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		len: usize,
		self_implicit: S::Implicit,
		inherited_implication: &impl Implication,
		source: TransactionSource,
	) -> ValidateResult<Self::Val, T::RuntimeCall> {
		let signer = origin.as_signer().filter(|_| T::Metering::is_metered(call));
		let (member, place) = match signer {
			Some(who) => self.check_metered(who, call, len, source)?,
			None => (None, place(Precheck::Ready)?),
		};
		let (mut valid, val, origin) = match member {
			Some(member) => {
				let priority = S::priority_without_tip(info, len);
				let valid = ValidTransaction { priority, ..Default::default() };
				(valid, Val::Quota { member, early: place.early }, origin)
			}
			None => {
				let (valid, val, origin) =
					self.0.validate(origin, call, info, len, self_implicit, inherited_implication, source)?;
				(valid, Val::Fee { val, early: place.early }, origin)
			}
		};
		valid.requires.extend(place.requires);
		valid.provides.extend(place.provides);
		Ok((valid, val, origin))
	}

	fn prepare(
		self,
		val: Self::Val,
		origin: &DispatchOriginOf<T::RuntimeCall>,
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		len: usize,
	) -> Result<Self::Pre, TransactionValidityError> {
		match val {
			Val::Quota { early: true, .. } | Val::Fee { early: true, .. } => Err(InvalidTransaction::Future.into()),
			Val::Quota { member, early: false } => {
				let bytes = Self::price(call, len)?;
				Pallet::<T>::spend_bytes(member, bytes).map_err(|QuotaExceeded| refuse(code::QUOTA_EXCEEDED))?;
				Ok(Pre::Quota { unspent: self.0.weight(call) })
			}
			Val::Fee { val, early: false } => self.0.prepare(val, origin, call, info, len).map(Pre::Fee),
		}
	}

	fn post_dispatch_details(
		pre: Self::Pre,
		info: &DispatchInfoOf<T::RuntimeCall>,
		post_info: &PostDispatchInfoOf<T::RuntimeCall>,
		len: usize,
		result: &DispatchResult,
	) -> Result<Weight, TransactionValidityError> {
		match pre {
			Pre::Quota { unspent } => Ok(unspent),
			Pre::Fee(pre) => S::post_dispatch_details(pre, info, post_info, len, result),
		}
	}

	fn bare_validate(
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		len: usize,
	) -> frame::deps::sp_runtime::transaction_validity::TransactionValidity {
		S::bare_validate(call, info, len)
	}

	fn bare_validate_and_prepare(
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		len: usize,
	) -> Result<(), TransactionValidityError> {
		S::bare_validate_and_prepare(call, info, len)
	}

	fn bare_post_dispatch(
		info: &DispatchInfoOf<T::RuntimeCall>,
		post_info: &mut PostDispatchInfoOf<T::RuntimeCall>,
		len: usize,
		result: &DispatchResult,
	) -> Result<(), TransactionValidityError> {
		S::bare_post_dispatch(info, post_info, len, result)
	}
}
