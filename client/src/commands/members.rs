//! `testudo members`

use super::{Context, Output};
use crate::{chain::types::text, error::Error, render};
use serde_json::json;

pub async fn run(context: &Context) -> Result<Output, Error> {
	let view = context.chain().await?.head().await?;
	let (mut rows, mut documents) = (Vec::new(), Vec::new());
	for member in view.members().await? {
		let reliability = *view.standing(*member.member).await?.reliability;
		let name = text(&member.name);
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
