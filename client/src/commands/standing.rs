//! `testudo standing` and `testudo reciprocity`

use super::{Context, Output};
use crate::{
	chain::{
		reputation::{tenths, StandingInfo},
		View,
	},
	error::Error,
	member, render,
};
use cti_primitives::{MemberId, Standing};
use serde_json::{json, Value};

/// Cells of the longest bar.
const BAR: u64 = 30;

pub async fn standing(context: &Context, selector: Option<&str>) -> Result<Output, Error> {
	let view = context.chain().await?.head().await?;
	match selector {
		None => of_all(&view).await,
		Some(selector) => {
			let members = view.members().await?;
			let (names, member) = (member::names(&members), member::find(&members, selector)?);
			of_one(&view, member, &names[&member], &names).await
		}
	}
}

fn document(member: MemberId, name: &str, info: &StandingInfo) -> Value {
	json!({
		"member": member,
		"name": name,
		"reliability": *info.reliability,
		"standing": info.standing.0 .0,
		"confirmed": info.confirmed.0 .0,
		"refuted": info.refuted.0 .0,
	})
}

async fn of_all(view: &View) -> Result<Output, Error> {
	let (mut rows, mut documents) = (Vec::new(), Vec::new());
	for known in view.members().await?.into_iter().filter(|known| *known.standing == Standing::Active) {
		let (member, name) = (*known.member, known.name.clone());
		let info = view.standing(member).await?;
		documents.push(document(member, &name, &info));
		rows.push((
			info.standing.0,
			[
				member.to_string(),
				render::clean(&name),
				info.reliability.to_string(),
				info.standing.to_string(),
				tenths(*info.confirmed),
				tenths(*info.refuted),
			],
		));
	}
	rows.sort_by_key(|(standing, _)| std::cmp::Reverse(*standing));
	let columns = ["Member", "Name", "Reliability", "Standing", "Confirmed", "Refuted"];
	Output::report(json!({ "members": documents }), render::table(columns, rows.into_iter().map(|(_, row)| row)))
}

async fn of_one(
	view: &View,
	member: MemberId,
	name: &str,
	names: &std::collections::BTreeMap<MemberId, String>,
) -> Result<Output, Error> {
	let info = view.standing(member).await?;
	let (rules, evidence) = (view.rules().await?, view.evidence(member).await?);
	let scale = *rules.scale;
	let head = render::fields([
		("Member", format!("{member} {}", render::clean(name))),
		("Reliability", format!("{}; evidence loses half its weight in 180 days", info.in_words())),
		("Standing", format!("{} = (confirmed + 2) / (confirmed + refuted + 4)", *info.standing)),
		(
			"Letters",
			format!(
				"A from {}, B from {}, C from {}, D from {}, E below; F while there are fewer than {} records of evidence",
				thousandths(scale.a),
				thousandths(scale.b),
				thousandths(scale.c),
				thousandths(scale.d),
				scale.judged_from
			),
		),
	]);
	let rows = evidence.iter().map(|from| {
		let name = names.get(&from.voter).map(|name| render::clean(name)).unwrap_or_default();
		[from.voter.to_string(), name, tenths(*from.confirmed), tenths(*from.refuted)]
	});
	let table = match evidence.is_empty() {
		true => "nobody's verdict has decided a record of this member's yet".into(),
		false => render::table(["By the votes of", "Name", "Confirmed", "Refuted"], rows),
	};
	let mut json = document(member, name, &info);
	json["evidence"] = evidence
		.iter()
		.map(|from| json!({ "voter": *from.voter, "confirmed": from.confirmed.0 .0, "refuted": from.refuted.0 .0 }))
		.collect();
	Output::report(json, format!("{head}\n\n{table}"))
}

fn thousandths(number: u16) -> String {
	format!("0.{number:03}")
}

/// Given: how often others met what the member published. Taken: how often it met what they published.
pub async fn reciprocity(context: &Context) -> Result<Output, Error> {
	let view = context.chain().await?.head().await?;
	let mut pages = Vec::new();
	for known in view.members().await?.into_iter().filter(|known| *known.standing == Standing::Active) {
		let info = view.reciprocity(*known.member).await?;
		pages.push((*known.member, known.name.clone(), info));
	}
	let longest = pages.iter().map(|(_, _, info)| info.received.seen.reports.max(info.given.seen.reports)).max();
	let longest = longest.unwrap_or_default();
	let rows = pages.iter().map(|(member, name, info)| {
		let (given, taken) = (info.received.seen.reports, info.given.seen.reports);
		[
			member.to_string(),
			render::clean(name),
			given.to_string(),
			taken.to_string(),
			info.ratio.to_string(),
			info.received.false_positives.reports.to_string(),
			format!("{} given\n{} taken", bar(given, longest), bar(taken, longest)),
		]
	});
	let table = render::table(
		["Member", "Name", "Given", "Taken", "(given + 1) / (taken + 1)", "False positives", "Reports of use"],
		rows,
	);
	let documents: Vec<Value> = pages
		.iter()
		.map(|(member, name, info)| {
			let (given, taken) = (info.received.seen.reports, info.given.seen.reports);
			json!({
				"member": member,
				"name": name,
				"given": given,
				"taken": taken,
				"ratio": info.ratio.0 .0,
				"false_positives": info.received.false_positives.reports,
			})
		})
		.collect();
	Output::report(json!({ "members": documents }), table)
}

/// A bar as long as `part` is of `longest`; at least one cell if it is not nothing.
fn bar(part: u64, longest: u64) -> String {
	let cells = part.saturating_mul(BAR).checked_div(longest).unwrap_or(0).max(u64::from(part > 0));
	"█".repeat(usize::try_from(cells).unwrap_or_default())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn bars_should_be_in_proportion_and_never_hide_what_is_there() {
		let cells = |part, longest| bar(part, longest).chars().count();
		assert_eq!([cells(0, 0), cells(0, 9), cells(9, 9), cells(1, 1_000), cells(3, 9)], [0, 0, 30, 1, 10]);
	}
}
