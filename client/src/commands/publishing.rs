//! `testudo publish`

use super::{read_input, Context, Output};
use crate::{
	anchored::{Shelf, PACKED_BYTES},
	chain::{refusal, Chain, View},
	cli::Publish,
	error::Error,
	grants, guard,
	identity::Identity,
	member,
	publish::{
		known_places, read_bundle, Gate, GroupSigner, Packer, Plan, Publication, Published, Recipients, Refused,
		Registered,
	},
	render,
	rosters::Rosters,
	sync::Fetcher,
	time,
};
use cti_envelope::MAX_PAYLOAD;
use cti_primitives::{record::MAX_TECHNIQUES, MemberId, TechniqueId};
use serde_json::{json, Value};
use std::{
	collections::{BTreeMap, BTreeSet},
	io::{self, IsTerminal},
	path::Path,
};

/// What an envelope that lies elsewhere takes of the quota: the least there is.
const ANCHOR_BYTES: usize = 4_096;
/// Seconds of a day.
const DAY: u64 = 86_400;

pub async fn publish(context: &Context, options: Publish) -> Result<Output, Error> {
	let identity = context.identity()?;
	let (objects, mut refused) = read_bundle(read_input(&options.bundle)?, &options.bundle)?;
	let chain = context.chain().await?;
	let view = chain.sealing_head().await?;
	let acting = member::acting(&view, &identity).await?;
	let author = acting.member;
	member::require_active(&view, author, "ThreatRegistry.publish").await?;
	member::require_publisher(acting.role)?;
	let recipients = recipients(&view, author, &options).await?;
	let store = context.store_of(chain.genesis())?;
	let known = match options.skip_known {
		true => known_places(&objects, author, &recipients, store.as_ref())?,
		false => BTreeSet::new(),
	};
	let mut plan = packer(&view, author, &recipients, &options).await?.plan_without(&objects, &known);
	refused.append(&mut plan.refused);
	plan.refused = refused;
	let known = known.len() as u64;
	check(&plan, &recipients, &options, known)?;
	if let Some(store) = &store {
		guard::require_as_strict(&plan, author, store)?;
	}
	let mut findings = findings(&view, author, &plan, &recipients, &context.rosters()?, &options).await?;
	if options.dry_run || !options.yes {
		findings.extend(unreadable(context, &chain, &identity, author, &recipients).await?);
		let blind = "there is no local store of this chain to compare it with what others gave you: `testudo sync`";
		findings.extend(store.is_none().then(|| blind.to_string()));
	}
	if options.dry_run {
		return Output::report(dry_document(&plan, &findings), dry_text(&plan, &findings));
	}
	look_twice(findings, options.yes)?;
	let published = register(context, &chain, &identity, author, &plan, &recipients, &options).await?;
	report(published, &plan, &recipients, known)
}

/// Seals and registers what is planned, and grants it to those who are to be named.
async fn register(
	context: &Context,
	chain: &Chain,
	identity: &Identity,
	author: MemberId,
	plan: &Plan,
	recipients: &Recipients,
	options: &Publish,
) -> Result<Published, Error> {
	let signers = signers(context, chain, identity, recipients).await?;
	let shelf = options.anchor.as_deref().map(|base| Shelf::new(base, options.anchor_folder.clone())).transpose()?;
	let publication = Publication {
		chain,
		account: &identity.account,
		author,
		recipients,
		disclose: options.disclose_techniques,
		valid_until: options.valid_days.map(|days| time::now().saturating_add(u64::from(days) * DAY)),
		tip: options.tip,
		signers: &signers,
		shelf: shelf.as_ref(),
	};
	let mut published = publication.publish(&plan.envelopes).await;
	// Whatever ended it: those who are named get what is registered.
	let granted = match recipients.granted.is_empty() {
		true => Ok(()),
		false => grant(context, chain, identity, &published, recipients).await,
	};
	published.failure = match published.failure.take().or(granted.err()) {
		Some(error) if options.tip == 0 && refusal::left_untold(&error) => {
			Some(out_of_quota(chain, author, plan, options, error).await)
		}
		failure => failure,
	};
	Ok(published)
}

/// Gives what was published to the members and analysts that are to be named.
async fn grant(
	context: &Context,
	chain: &Chain,
	identity: &Identity,
	published: &Published,
	recipients: &Recipients,
) -> Result<(), Error> {
	let fetcher = Fetcher::new(chain.clone(), context.keyring(chain, identity).await?);
	for one in &published.registered {
		grants::give(chain, &fetcher, &identity.account, one.record, &recipients.granted, false).await?;
	}
	Ok(())
}

/// A node tells why it refuses a transaction, and not why it drops one: where the quota ran out meanwhile it is that.
async fn out_of_quota(chain: &Chain, author: MemberId, plan: &Plan, options: &Publish, error: Error) -> Error {
	let largest = match options.anchor {
		Some(_) => ANCHOR_BYTES,
		None => plan.envelopes.iter().map(|envelope| envelope.len).max().unwrap_or_default(),
	};
	let available = match chain.head().await {
		Ok(view) => view.available_bytes(author).await,
		Err(error) => Err(error),
	};
	match available {
		Ok(bytes) if (bytes as usize) < largest => refusal::quota_exceeded("ThreatRegistry.publish"),
		_ => error,
	}
}

/// What a person should look at twice, in words.
async fn findings(
	view: &View,
	author: MemberId,
	plan: &Plan,
	recipients: &Recipients,
	rosters: &Rosters,
	options: &Publish,
) -> Result<Vec<String>, Error> {
	if options.yes && !options.dry_run {
		return Ok(Vec::new());
	}
	let own = match &options.own {
		Some(path) => guard::read_list(path, true)?,
		None => guard::read_list(&guard::usual_list()?, false)?,
	};
	let mut found = guard::names_own(plan, &own);
	found.extend(guard::unusual_audience(view, author, recipients, rosters).await?);
	Ok(found)
}

/// Whoever came to a group a moment ago may not have been given its secret yet, and could not read what it publishes there.
async fn unreadable(
	context: &Context,
	chain: &Chain,
	identity: &Identity,
	author: MemberId,
	recipients: &Recipients,
) -> Result<Option<String>, Error> {
	if recipients.has_wrap_for(author) {
		return Ok(None);
	}
	let keyring = context.keyring(chain, identity).await?;
	for (group, epoch) in recipients.places() {
		if keyring.secret(group, epoch).await?.is_some() {
			return Ok(None);
		}
	}
	Ok(Some("you hold no secret of its groups yet and could not read it yourself: `testudo agent` asks for it".into()))
}

/// A person may insist on it with --yes, or at the terminal.
pub(super) fn look_twice(findings: Vec<String>, insists: bool) -> Result<(), Error> {
	if findings.is_empty() || insists || (io::stdin().is_terminal() && agreed(&findings)?) {
		return Ok(());
	}
	Err(Error::Leak { findings })
}

/// Asks the person at the terminal.
fn agreed(found: &[String]) -> Result<bool, Error> {
	eprint!("{}\ngo on all the same? [y/N] ", found.join("\n"));
	let mut answer = String::new();
	io::stdin().read_line(&mut answer).map_err(|e| Error::Internal(format!("reading the answer: {e}")))?;
	Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// What signs for the hidden groups among the recipients.
pub(super) async fn signers(
	context: &Context,
	chain: &Chain,
	identity: &Identity,
	recipients: &Recipients,
) -> Result<Vec<GroupSigner>, Error> {
	if recipients.signed.is_empty() {
		return Ok(Vec::new());
	}
	let keyring = context.keyring(chain, identity).await?;
	let mut signers = Vec::new();
	for place in &recipients.signed {
		let secret = keyring.secret(place.0, place.1).await?.ok_or_else(|| Error::Identity {
			name: identity.name.clone(),
			reason: format!("it is not in the hidden group {} at epoch {}", place.0, place.1),
			advice: "publish to a group you are in, or ask its owner to add you".into(),
		})?;
		signers.push(GroupSigner { place: *place, secret });
	}
	Ok(signers)
}

pub(super) async fn recipients(view: &View, author: MemberId, options: &Publish) -> Result<Recipients, Error> {
	let known = view.members().await?;
	let found = |selectors: &[String]| -> Result<Vec<_>, Error> {
		selectors.iter().map(|selector| member::find(&known, selector)).collect()
	};
	let (members, analysts_of) = (found(&options.to)?, found(&options.to_analysts)?);
	match options.named {
		true => Recipients::find_named(view, author, &options.groups, &members, &analysts_of).await,
		false => Recipients::find(view, author, &options.groups, &members, &analysts_of).await,
	}
}

pub(super) async fn packer(
	view: &View,
	author: MemberId,
	recipients: &Recipients,
	options: &Publish,
) -> Result<Packer, Error> {
	let catalogue = view.catalogue().await?;
	let usable: BTreeSet<TechniqueId> =
		catalogue.iter().filter(|(_, technique)| technique.is_usable()).map(|(id, _)| *id).collect();
	let asked: BTreeSet<TechniqueId> = options.techniques.iter().copied().collect();
	if asked.len() > MAX_TECHNIQUES as usize {
		return Err(Error::usage(
			format!("a record names at most {MAX_TECHNIQUES} techniques, and --technique names {}", asked.len()),
			"leave some out: objects' own techniques are named, too, as far as there is room",
		));
	}
	if let Some(unknown) = options.techniques.iter().find(|id| !usable.contains(id)) {
		return Err(Error::not_found(
			format!("{unknown} is not in the ATT&CK catalogue on chain"),
			"take a technique of the catalogue, for example T1059.001",
		));
	}
	let (groups, direct) = recipients.counts();
	Ok(Packer {
		author,
		marking: options.marking,
		ceiling: recipients.ceiling,
		persons_only: recipients.persons_only(),
		groups,
		direct,
		techniques: asked,
		catalogue: usable,
		disclose: options.disclose_techniques,
		gate: Gate::new(recipients.qualities.clone(), &options.warning_lists)?,
		limit: if options.anchor.is_some() { PACKED_BYTES } else { MAX_PAYLOAD },
	})
}

/// What the chain would refuse is refused before anything is sealed.
pub(super) fn check(plan: &Plan, recipients: &Recipients, options: &Publish, known: u64) -> Result<(), Error> {
	if !plan.refused.is_empty() && !options.skip_refused {
		return Err(refused_objects(&options.bundle, &plan.refused));
	}
	if plan.envelopes.is_empty() && known > 0 {
		let reason =
			format!("nothing is left to publish: {} in it are in your records", render::count(known, "object"));
		return Err(Error::input(&options.bundle, reason, "see them with `testudo records --author` your member"));
	}
	if plan.envelopes.is_empty() {
		return Err(Error::input(&options.bundle, "there is nothing to publish in it", "give a bundle with objects"));
	}
	let refused = |rule: &str, explanation: &str, advice: &str| Error::Refused {
		call: "ThreatRegistry.publish".into(),
		rule: rule.into(),
		explanation: explanation.into(),
		advice: advice.into(),
	};
	for envelope in &plan.envelopes {
		if !options.techniques.is_empty() && !envelope.tlp.permits_public_techniques(options.disclose_techniques) {
			return Err(refused(
				"TechniquesNotPublic",
				&format!("{} forbids naming techniques in public", envelope.tlp),
				"leave --technique out, or, for AMBER, add --disclose-techniques",
			));
		}
		if recipients.techniques_required && envelope.techniques.is_empty() {
			return Err(refused(
				"TechniquesRequired",
				"a group asks for techniques, and some objects name none that may be public",
				"name one with --technique",
			));
		}
	}
	Ok(())
}

/// Where nothing is wrong with the file but its markings, it is they that do not permit it.
fn refused_objects(bundle: &Path, refused: &[Refused]) -> Error {
	let reason = format!("{} refused: {}", render::count(refused.len() as u64, "object"), list(refused));
	let advice = "correct them, or publish the others with --skip-refused; unmarked objects take --marking";
	match refused.iter().all(Refused::is_about_marking) {
		true => Error::Marking { reason: format!("{}: {reason}", bundle.display()), advice: advice.into() },
		false => Error::input(bundle, reason, advice),
	}
}

/// How many for which reason, and the first of them, one a line.
fn list(refused: &[Refused]) -> String {
	const SHOWN: usize = 5;
	let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
	for one in refused {
		*reasons.entry(one.reason).or_default() += 1;
	}
	let counts: Vec<String> = reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
	let first = refused.iter().take(SHOWN);
	let mut lines: Vec<String> =
		first.map(|one| format!("  {}: {}", render::clean(&one.object), render::clean(&one.detail))).collect();
	if refused.len() > SHOWN {
		lines.push("  ...".into());
	}
	format!("{}\n{}", counts.join(", "), lines.join("\n"))
}

fn dry_document(plan: &Plan, findings: &[String]) -> Value {
	let envelopes = plan.envelopes.iter().map(|envelope| {
		json!({
			"marking": envelope.tlp,
			"objects": envelope.objects.len(),
			"bytes": envelope.len,
			"techniques": envelope.techniques,
		})
	});
	json!({
		"dry_run": true,
		"envelopes": envelopes.collect::<Vec<_>>(),
		"refused": plan.refused,
		"look_twice": findings,
		"not_in_catalogue": plan.unknown,
	})
}

fn dry_text(plan: &Plan, findings: &[String]) -> String {
	let rows = plan.envelopes.iter().map(|envelope| {
		let techniques: Vec<String> = envelope.techniques.iter().map(TechniqueId::to_string).collect();
		[
			envelope.tlp.name().to_string(),
			envelope.objects.len().to_string(),
			envelope.len.to_string(),
			techniques.join(" "),
		]
	});
	let table = render::table(["Marking", "Objects", "Bytes", "Techniques"], rows);
	let mut text = format!("would publish {}:\n{table}", render::count(plan.envelopes.len() as u64, "record"));
	for finding in findings {
		text.push_str(&format!("\nlook twice: {}", render::clean(finding)));
	}
	text.push_str(&refused_text(plan));
	text.push_str(&not_in_catalogue(plan));
	text
}

/// What was left out for a reason, if anything was.
fn refused_text(plan: &Plan) -> String {
	match plan.refused.is_empty() {
		true => String::new(),
		false => format!("\nrefused: {}", list(&plan.refused)),
	}
}

/// A line on techniques that objects name and nobody will find the record by.
fn not_in_catalogue(plan: &Plan) -> String {
	let unknown: Vec<String> = plan.unknown.iter().map(TechniqueId::to_string).collect();
	match unknown.is_empty() {
		true => String::new(),
		false => format!("\nnot in the ATT&CK catalogue on chain, and so not named in public: {}", unknown.join(" ")),
	}
}

fn report(published: Published, plan: &Plan, recipients: &Recipients, known: u64) -> Result<Output, Error> {
	let Published { registered, failure } = published;
	let table = render::table(
		["Record", "Marking", "Objects", "Bytes"],
		registered
			.iter()
			.map(|one| [one.record.to_string(), one.tlp.name().into(), one.objects.to_string(), one.bytes.to_string()]),
	);
	if let Some(failure) = failure {
		return Err(ended_early(&registered, failure));
	}
	let records: Vec<Value> = registered.iter().map(document).collect();
	let json = json!({
		"records": records,
		"refused": plan.refused,
		"sealed_to": recipients,
		"not_in_catalogue": plan.unknown,
		"known": known,
	});
	let count = render::count(registered.len() as u64, "record");
	let mut text = format!("published {count}, sealed to {recipients}:\n{table}");
	if known > 0 {
		text.push_str(&format!("\nleft out: {} that your records hold", render::count(known, "object")));
	}
	text.push_str(&refused_text(plan));
	text.push_str(&not_in_catalogue(plan));
	Output::report(json, text)
}

/// What was registered stays registered: it must be known, so that nobody publishes it twice.
fn ended_early(registered: &[Registered], failure: Error) -> Error {
	match registered.is_empty() {
		true => failure,
		false => Error::Partial {
			registered: registered.iter().map(|one| one.record.to_string()).collect(),
			failure: Box::new(failure),
		},
	}
}

fn document(one: &Registered) -> Value {
	json!({
		"record": one.record.to_string(),
		"id": hex::encode(one.id),
		"marking": one.tlp,
		"objects": one.objects,
		"bytes": one.bytes,
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::error::Exit;

	fn refused(reason: &'static str) -> Refused {
		Refused { object: "tool--1".into(), reason, detail: "why".into() }
	}

	#[test]
	fn objects_refused_for_their_markings_alone_should_be_a_refusal_by_marking() {
		let of = |reasons: &[&'static str]| {
			let refused: Vec<Refused> = reasons.iter().copied().map(refused).collect();
			refused_objects(Path::new("b.json"), &refused)
		};
		let markings = of(&["unmarked", "above-ceiling", "unresolved-marking", "red"]);
		assert_eq!((markings.exit(), markings.kind()), (Exit::Refused, "marking"));
		assert!(markings.to_string().contains("b.json") && markings.to_string().contains("1 unmarked"), "{markings}");
		assert_eq!(of(&["unmarked", "malformed-json"]).exit(), Exit::BadInput);
	}

	#[test]
	fn failure_after_some_records_should_name_them() {
		let failure = || Error::Internal("sealing".into());
		assert_eq!(ended_early(&[], failure()).kind(), "internal");
		let record = "0/4".parse().unwrap();
		let one =
			Registered { envelope: 0, record, id: [0; 32], tlp: cti_primitives::Tlp::Green, objects: 1, bytes: 1 };
		assert_eq!(ended_early(&[one], failure()).to_json()["published"], json!(["0/4"]));
	}
}
