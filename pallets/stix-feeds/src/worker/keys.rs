//! Which of the node's feed keys signs for a feed.

use crate::pallet::Config;
use alloc::{format, string::String};
use cti_primitives::{MemberId, Members};
use frame::prelude::*;

/// The account that publishes for `owner`, or what the operator has to do to have one.
pub(crate) fn signer<T: Config>(owner: MemberId) -> Result<Account<T>, String> {
	let mut idle = String::new();
	for account in Signer::<T, T::AuthorityId, ForAny>::keystore_accounts() {
		match T::Members::actor(&account.id) {
			Some(actor) if actor.member == owner && actor.role.may_feed() => return Ok(account),
			_ => idle = format!("0x{}", hex(&account.id.encode())),
		}
	}
	Err(match idle.is_empty() {
		true => format!("this node has no feed key: insert an sr25519 key of type \"feed\" for member {owner}"),
		false => format!(
			"the account {idle} of this node's feed key may not feed for member {owner}: its controller adds it as a \
			 Feed delegate (add_delegate)"
		),
	})
}

fn hex(bytes: &[u8]) -> String {
	bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
