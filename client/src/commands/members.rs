//! `testudo members` and `testudo leave`

use super::{Context, Output};
use crate::{error::Error, member, render};
use cti_primitives::Role;
use serde_json::json;
use subxt::dynamic::tx;

pub async fn run(context: &Context) -> Result<Output, Error> {
	let view = context.chain().await?.head().await?;
	let (mut rows, mut documents) = (Vec::new(), Vec::new());
	for member in view.members().await? {
		let reliability = *view.standing(*member.member).await?.reliability;
		let name = member.name.clone();
		let standing = format!("{:?}", *member.standing).to_lowercase();
		documents.push(json!({
			"member": *member.member,
			"name": name,
			"standing": standing,
			"reliability": reliability,
			"records": member.records,
			"encryption_key_version": member.encryption_key_version,
			"controller": member.controller.to_string(),
			"joined_block": member.joined_block,
		}));
		rows.push([
			member.member.to_string(),
			render::clean(&name),
			standing,
			reliability.to_string(),
			member.records.to_string(),
			member.encryption_key_version.map_or("none".into(), |version| format!("version {version}")),
			member.controller.to_string(),
		]);
	}
	let columns = ["Member", "Name", "Standing", "Reliability", "Records", "Encryption key", "Controller"];
	Output::report(json!({ "members": documents }), render::table(columns, rows))
}

/// `insists`: nobody leaves by mistake.
pub async fn leave(context: &Context, insists: bool) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let acting = member::acting(&chain.head().await?, &identity).await?;
	let member = acting.member;
	if acting.role != Role::Controller {
		return Err(Error::Identity {
			name: identity.name.clone(),
			reason: format!("it acts for member {member} as {:?}", acting.role),
			advice: "a member leaves by its controller: use the controller's --identity".into(),
		});
	}
	if !insists {
		return Err(Error::usage(
			format!("member {member} would leave for good: its seat, its key, its delegates and its groups go"),
			"hand the groups that it owns to others first (`testudo govern propose set-group-owner`), then say --yes",
		));
	}
	chain.execute(&identity.account, tx("Membership", "leave", ())).await?;
	Output::report(json!({ "member": member, "left": true }), format!("member {member} has left the consortium"))
}
