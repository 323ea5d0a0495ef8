//! `testudo delegates` and `testudo collators`

use super::{Context, Output};
use crate::{
	chain::types::MemberInfo,
	cli::{Collators, Delegate, Delegates},
	error::Error,
	member, render,
};
use cti_primitives::Role;
use serde_json::json;
use subxt::{
	dynamic::{tx, Value},
	utils::AccountId32,
};

pub async fn run(context: &Context, command: Delegates) -> Result<Output, Error> {
	match command {
		Delegates::List => list(context).await,
		Delegates::Add { account, role } => add(context, account, role).await,
		Delegates::Remove { account } => remove(context, account).await,
	}
}

async fn list(context: &Context) -> Result<Output, Error> {
	let identity = context.identity()?;
	let view = context.chain().await?.head().await?;
	let member = member::acting(&view, &identity).await?.member;
	let mut accounts = view.accounts_of(member).await?;
	accounts.sort_by_key(|(account, role)| (*role as u8, *account));
	let name = |role: &Role| format!("{role:?}").to_lowercase();
	let documents: Vec<_> =
		accounts.iter().map(|(account, role)| json!({ "account": account.to_string(), "role": name(role) })).collect();
	let rows = accounts.iter().map(|(account, role)| [name(role), account.to_string()]);
	let table = render::table(["Role", "Account"], rows);
	Output::report(json!({ "member": member, "accounts": documents }), table)
}

async fn add(context: &Context, account: AccountId32, role: Delegate) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	member::require_controller(&chain.head().await?, &identity, "add delegates").await?;
	let variant = Value::unnamed_variant(format!("{:?}", Role::from(role)), []);
	let call = tx("Membership", "add_delegate", (Value::from_bytes(account.0), variant));
	chain.execute(&identity.account, call).await?;
	let role = format!("{role:?}").to_lowercase();
	Output::report(
		json!({ "account": account.to_string(), "role": role }),
		format!("{account} acts for your member now, as {role}"),
	)
}

async fn remove(context: &Context, account: AccountId32) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	member::require_controller(&chain.head().await?, &identity, "remove delegates").await?;
	let call = tx("Membership", "remove_delegate", (Value::from_bytes(account.0),));
	chain.execute(&identity.account, call).await?;
	Output::report(
		json!({ "account": account.to_string(), "removed": true }),
		format!("{account} no longer acts for your member, and never will again"),
	)
}

pub async fn collators(context: &Context, command: Collators) -> Result<Output, Error> {
	let call = match command {
		Collators::List => return list_collators(context).await,
		Collators::Keys => return session_keys(context).await,
		Collators::Bond => tx("Membership", "bond_collator", ()),
		Collators::Unbond => tx("Membership", "unbond_collator", ()),
	};
	let identity = context.identity()?;
	let chain = context.chain().await?;
	member::require_controller(&chain.head().await?, &identity, "run a collator").await?;
	chain.execute(&identity.account, call).await?;
	let bonded = matches!(command, Collators::Bond);
	let text = match bonded {
		true => {
			"bonded: your collator takes part from the second session after this one on, once its session keys are set"
		}
		false => "unbonded: your collator makes blocks until the session after this one has ended",
	};
	Output::report(json!({ "bonded": bonded }), text)
}

/// The node makes the keys and proves that it holds them; the chain takes them for the signer's.
async fn session_keys(context: &Context) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	member::require_controller(&chain.head().await?, &identity, "run a collator").await?;
	let made = chain.rotate_session_keys(&identity.account.public_key().0).await?;
	let keys = Value::named_composite([("aura", Value::from_bytes(&made.keys))]);
	let call = tx("Session", "set_keys", (keys, Value::from_bytes(&made.proof)));
	chain.execute(&identity.account, call).await?;
	let keys = format!("0x{}", hex::encode(&made.keys));
	Output::report(
		json!({ "session_keys": keys }),
		format!("the node at {} signs blocks with {keys} from the second session after this one on", chain.url()),
	)
}

async fn list_collators(context: &Context) -> Result<Output, Error> {
	let members = context.chain().await?.head().await?.members().await?;
	let (documents, rows) = collators_among(&members);
	Output::report(json!({ "collators": documents }), render::table(["Member", "Name", "Standing"], rows))
}

/// A suspended member's bond stays, and its collator makes no blocks.
fn collators_among(members: &[MemberInfo]) -> (Vec<serde_json::Value>, Vec<[String; 3]>) {
	let described = members.iter().filter(|member| member.collates).map(|member| {
		let (name, standing) = (member.name.clone(), format!("{:?}", *member.standing).to_lowercase());
		let document = json!({ "member": *member.member, "name": name, "standing": standing });
		(document, [member.member.to_string(), render::clean(&name), standing])
	});
	described.unzip()
}

#[cfg(test)]
mod tests {
	use super::*;
	use cti_primitives::{MemberId, Standing};
	use subxt::utils::Static;

	#[test]
	fn suspended_members_should_be_marked_among_the_collators() {
		let member = |id, standing, collates| MemberInfo {
			member: Static(MemberId(id)),
			controller: AccountId32([id as u8; 32]),
			name: "Elbe".into(),
			standing: Static(standing),
			joined_block: 0,
			encryption_key_version: None,
			records: 0,
			former: None,
			collates,
		};
		let members = [
			member(0, Standing::Active, true),
			member(1, Standing::Suspended, true),
			member(2, Standing::Active, false),
		];
		let (documents, rows) = collators_among(&members);
		assert_eq!(rows, [["0", "Elbe", "active"], ["1", "Elbe", "suspended"]].map(|row| row.map(String::from)));
		assert_eq!(documents[1], json!({ "member": 1, "name": "Elbe", "standing": "suspended" }));
	}
}
