//! `testudo verdict`, `sight`, `reader-proof`, `credibility` and `close`

use super::{Context, Output};
use crate::{
	chain::{reputation::Outcome, types::RecordInfo, View},
	cli::{Sight, Verdict},
	error::Error,
	member, render, time,
};
use cti_envelope::reader::Statement;
use cti_primitives::{AuthorId, Credibility, MemberId, RecordId, Sighting, SightingKind};
use cti_scoring::{half_life, Side};
use serde_json::{json, Value};
use subxt::{dynamic::tx, utils::Static};

/// Types whose scores are shown: one for each pace at which scores fade.
const TYPES: [&str; 6] = ["ipv4-addr", "domain-name", "indicator", "malware", "threat-actor", "attack-pattern"];

/// Refuses what would show that the member can read what others may not know it reads: whatever is not sealed to an open group
/// that it is in.
async fn require_open(view: &View, record: RecordId, member: MemberId, insists: bool) -> Result<(), Error> {
	let info = view.record(record).await?;
	let own = view.groups_of(member).await?;
	let is_known = info.audience.0.iter().any(|(group, _)| own.contains(group));
	match !is_known && !insists {
		true => Err(Error::usage(
			format!("record {record} is sealed to no open group that you are in: judging it shows to everybody that you can read it"),
			"say --yes if that may be known",
		)),
		false => Ok(()),
	}
}

fn of_number(number: u8) -> Result<Credibility, Error> {
	let found = Credibility::ALL.into_iter().find(|credibility| credibility.number() == number);
	found
		.ok_or_else(|| Error::usage(format!("{number} is no credibility"), "take 1 to 6, see `testudo verdict --help`"))
}

/// Who judges must not be who published.
fn require_other(member: MemberId, record: RecordId) -> Result<(), Error> {
	match record.author == AuthorId::from(member) {
		true => Err(Error::Refused {
			call: "Reputation.give_verdict".into(),
			rule: "OwnRecord".into(),
			explanation: format!("record {record} is your own organisation's"),
			advice: "peers judge it; revise or withdraw it if it does not hold".into(),
		}),
		false => Ok(()),
	}
}

pub async fn verdict(context: &Context, options: &Verdict) -> Result<Output, Error> {
	let (identity, record) = (context.identity()?, options.record);
	let chain = context.chain().await?;
	let view = chain.head().await?;
	let member = member::acting(&view, &identity).await?.member;
	require_other(member, record)?;
	require_open(&view, record, member, options.yes).await?;
	if options.malformed {
		chain.execute(&identity.account, tx("Reputation", "report_malformed", (Static(record),))).await?;
		let text = format!("reported record {record} as malformed: counts as a verdict of 5, improbable");
		return Output::report(json!({ "record": record.to_string(), "malformed": true }), text);
	}
	let credibility = of_number(options.credibility.unwrap_or_default())?;
	// An organisation that left and came back votes under the number that it had first.
	let voter = member::first(&view.members().await?, member);
	let earlier = view.verdicts(record).await?.into_iter().find(|verdict| *verdict.by == voter);
	let earlier = earlier.and_then(|verdict| verdict.ballot.verdict);
	match earlier {
		Some(_) => {
			let call = tx("Reputation", "change_verdict", (Static(record), Static(credibility)));
			chain.execute(&identity.account, call).await?;
		}
		None => {
			let proof = context.opened(&chain, &identity, record).await?.sign(Statement::Verdict, record, member);
			let call = tx("Reputation", "give_verdict", (Static(record), Static(credibility), proof));
			chain.execute(&identity.account, call).await?;
		}
	}
	let was = earlier.map_or(String::new(), |earlier| format!(", in place of {earlier}"));
	let text = format!("record {record}: {credibility}, {}{was}", credibility.meaning());
	let document = json!({
		"record": record.to_string(),
		"credibility": credibility.number(),
		"earlier": earlier.map(Credibility::number),
	});
	Output::report(document, text)
}

pub async fn sight(context: &Context, options: &Sight) -> Result<Output, Error> {
	let (identity, record) = (context.identity()?, options.record);
	let chain = context.chain().await?;
	let view = chain.head().await?;
	let member = member::acting(&view, &identity).await?.member;
	require_other(member, record)?;
	require_open(&view, record, member, options.yes).await?;
	let kind = if options.false_positive { SightingKind::FalsePositive } else { SightingKind::Seen };
	let last_seen = options.last.unwrap_or_else(time::now);
	let sighting = Sighting { kind, count: options.count, first_seen: options.first.unwrap_or(last_seen), last_seen };
	let proof = context.opened(&chain, &identity, record).await?.sign(Statement::Sight, record, member);
	chain.execute(&identity.account, tx("ThreatRegistry", "sight", (Static(record), Static(sighting), proof))).await?;
	let what = if options.false_positive { "met and found harmless" } else { "seen" };
	let times = render::count(sighting.count.into(), "time");
	let text = format!("reported record {record} as {what} {times}, last at {} UTC", time::readable(last_seen));
	Output::report(json!({ "record": record.to_string(), "sighting": sighting }), text)
}

/// Signs as a reader for the member that the identity acts for, and sends nothing: keys stay here.
pub async fn reader_proof(context: &Context, record: RecordId) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let member = member::acting(&chain.head().await?, &identity).await?.member;
	let opened = context.opened(&chain, &identity, record).await?;
	let proof = |statement| format!("0x{}", hex::encode(opened.sign(statement, record, member)));
	let (sight, verdict) = (proof(Statement::Sight), proof(Statement::Verdict));
	let text = render::fields([("Sight", sight.clone()), ("Verdict", verdict.clone())]);
	let document = json!({ "record": record.to_string(), "member": member, "sight": sight, "verdict": verdict });
	Output::report(document, text)
}

pub async fn close(context: &Context, record: RecordId) -> Result<Output, Error> {
	let identity = context.identity()?;
	let chain = context.chain().await?;
	chain.execute(&identity.account, tx("Reputation", "close", (Static(record),))).await?;
	let info = chain.head().await?.credibility(record).await?;
	let outcome = in_words(info.and_then(|info| info.outcome));
	Output::report(json!({ "record": record.to_string(), "outcome": outcome }), format!("record {record}: {outcome}"))
}

fn in_words(outcome: Option<Outcome>) -> &'static str {
	match outcome {
		None => "open",
		Some(Outcome::Confirmed) => "confirmed",
		Some(Outcome::Refuted) => "refuted",
		Some(Outcome::Undecided) => "undecided",
	}
}

/// A weight in 64ths as a decimal number of votes.
fn votes(weight: u32) -> String {
	let hundredths = weight.saturating_mul(100) / 64;
	format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

pub async fn credibility(context: &Context, record: RecordId) -> Result<Output, Error> {
	let view = context.chain().await?.head().await?;
	let names = member::names(&view.members().await?);
	let Some(info) = view.credibility(record).await? else {
		return Err(Error::not_found(format!("there is no record {record}"), "see `testudo records`"));
	};
	let announced = view.record(record).await?;
	let scores = TYPES.map(|object_type| (object_type, info.score(object_type)));
	let tally = &info.facts.tally;
	let (confirming, refuting) = (tally.side(Side::For), tally.side(Side::Against));
	let side =
		|(members, weight): (u32, u32)| format!("{} by {}", votes(weight), render::count(members.into(), "member"));
	let score = |(object_type, score): &(&str, u8)| {
		let pace =
			half_life(object_type).map_or("does not fade".into(), |pace| format!("halves in {} days", pace / 86_400));
		[object_type.to_string(), score.to_string(), pace]
	};
	let head = render::fields([
		("Record", record.to_string()),
		("Pair", format!("{}, {}", info.pair(), info.credibility.meaning())),
		("Author", info.author.in_words()),
		("Outcome", in_words(info.outcome).into()),
		("Confirm", side(confirming)),
		("Refute", side(refuting)),
		("Reported", reported(&announced)),
		("Last seen", info.sighted.map_or("never".into(), |seen| format!("{} UTC", time::readable(seen)))),
		("Votes until", format!("{} UTC", time::readable(info.closes))),
	]);
	let table = render::table(["Score of an object of type", "0-100", "Pace"], scores.iter().map(score));
	let (votes, documents) = ballots(&view, record, &names).await?;
	let document = json!({
		"record": record.to_string(),
		"pair": info.pair(),
		"reliability": *info.author.reliability,
		"credibility": info.credibility.number(),
		"outcome": in_words(info.outcome),
		"confirming": confirming.1,
		"refuting": refuting.1,
		"voters": tally.voters(),
		"scores": scores.iter().map(|(object_type, score)| (object_type.to_string(), json!(score))).collect::<serde_json::Map<_, _>>(),
		"sightings": announced.sightings,
		"false_positives": announced.false_positives,
		"last_seen": info.sighted,
		"closes": info.closes,
		"votes": documents,
	});
	let text = [Some(head), Some(table), votes].into_iter().flatten().collect::<Vec<_>>().join("\n\n");
	Output::report(document, text)
}

/// How many members met it, and how many found it harmless.
fn reported(record: &RecordInfo) -> String {
	let members = |count: u32| render::count(count.into(), "member");
	format!("seen by {}, found harmless by {}", members(record.sightings), members(record.false_positives))
}

/// The votes on a record that is not decided, as a table if there are any, and as documents.
async fn ballots(
	view: &View,
	record: RecordId,
	names: &std::collections::BTreeMap<MemberId, String>,
) -> Result<(Option<String>, Vec<Value>), Error> {
	let verdicts = view.verdicts(record).await?;
	let documents = verdicts.iter().map(|vote| {
		json!({
			"by": *vote.by,
			"credibility": vote.ballot.verdict.map(Credibility::number),
			"seen": vote.ballot.seen,
			"false_positive": vote.ballot.false_positive,
			"weight": vote.weight,
		})
	});
	let rows = verdicts.iter().map(|vote| {
		let name = names.get(&vote.by).map(|name| render::clean(name)).unwrap_or_default();
		let said = match (vote.ballot.verdict, vote.ballot.seen, vote.ballot.false_positive) {
			(Some(verdict), ..) => format!("{verdict}, {}", verdict.meaning()),
			(None, true, false) => "seen: half a vote".into(),
			(None, false, true) => "false positive: half a vote".into(),
			(None, ..) => "seen and found harmless: no vote".into(),
		};
		[vote.by.to_string(), name, said, votes(vote.weight.into())]
	});
	let table = render::table(["Member", "Name", "Said", "Weight"], rows);
	Ok(((!verdicts.is_empty()).then_some(table), documents.collect()))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn weights_should_be_written_in_votes() {
		assert_eq!([0, 16, 48, 64, 100].map(votes), ["0.00", "0.25", "0.75", "1.00", "1.56"]);
	}

	#[test]
	fn numbers_beyond_the_scale_should_be_refused() {
		for credibility in Credibility::ALL {
			assert_eq!(of_number(credibility.number()).unwrap(), credibility);
		}
		assert!(of_number(0).is_err() && of_number(7).is_err());
	}
}
