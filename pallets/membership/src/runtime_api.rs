//! What clients ask.

use crate::{
	info::{AnalystKey, GroupInfo, MemberInfo, RosterEntry},
	types::EpochInfo,
};
use alloc::vec::Vec;
use codec::Codec;
use cti_primitives::{Epoch, GroupId, MemberId, Rhythm, Role};

frame::deps::sp_api::decl_runtime_apis! {
	/// Members, accounts, keys and groups.
	pub trait MembershipApi<AccountId> where AccountId: Codec {
		/// All members, departed ones too, in order of id.
		fn members() -> Vec<MemberInfo<AccountId>>;
		/// The member and role behind an account.
		fn member_of(account: AccountId) -> Option<(MemberId, Role)>;
		/// The accounts that act for a member, with their roles.
		fn accounts_of(member: MemberId) -> Vec<(AccountId, Role)>;
		/// How many bytes the member may publish now without a fee; 0 unless it is active.
		fn available_bytes(member: MemberId) -> u32;
		/// All groups, in order of id.
		fn groups() -> Vec<GroupInfo>;
		/// One group.
		fn group(group: GroupId) -> Option<GroupInfo>;
		/// The groups a member is in, the consortium's too.
		fn groups_of(member: MemberId) -> Vec<GroupId>;
		/// To whom the group's next rekey has its wraps, in their order.
		fn roster(group: GroupId) -> Vec<RosterEntry>;
		/// A member's encryption key and its version.
		fn encryption_key(member: MemberId) -> Option<(u32, Vec<u8>)>;
		/// Who said of a group's epoch that its wrap does not open, and was not answered.
		fn bad_wraps(group: GroupId) -> Vec<(MemberId, Epoch)>;
		/// May the member replace the group's newest epoch, because it was not given to it?
		fn may_replace_epoch(group: GroupId, member: MemberId) -> bool;
		/// The keys of a member's analysts: whom RED is sealed to.
		fn analyst_keys(member: MemberId) -> Vec<AnalystKey<AccountId>>;
		/// An analyst's encryption key and its version.
		fn analyst_key(account: AccountId) -> Option<(u32, Vec<u8>)>;
		/// The key to seal to the group, and its epoch; none while the group is stale.
		fn group_key(group: GroupId) -> Option<(Epoch, Vec<u8>)>;
		/// The group's epochs from `from` on, at most `limit` and at most 256.
		fn epochs(group: GroupId, from: Epoch, limit: u32) -> Vec<(Epoch, EpochInfo)>;
		/// How fast the chain goes.
		fn rhythm() -> Rhythm;
	}
}
