//! Why the chain said no, in words, and what to do.

use super::rpc;
use crate::error::Error;
use subxt::error::DispatchError;

/// What is said of a transaction that the pool dropped without a rule's number.
/// The pool's code for it.
const QUOTA_EXCEEDED: u8 = 202;
/// A rule of the pool's.
const LEFT: &str = "the transaction left the pool";
/// What the pool says of a transaction in whose place another is.
const TOO_LOW: &str = "Priority is too low";

/// The refusal of a call that was in a block and failed.
pub fn dispatched(call: &str, error: &DispatchError) -> Error {
	let DispatchError::Module(module) = error else {
		return refused(call, error.to_string(), String::new(), advice_on_rule(&error.to_string()));
	};
	let Ok(details) = module.details() else {
		return refused(call, error.to_string(), String::new(), advice_on_rule(""));
	};
	let rule = &details.variant.name;
	let explanation = details.variant.docs.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
	refused(call, format!("{}.{rule}", details.pallet.name()), explanation, advice_on_rule(rule))
}

/// The refusal of a transaction that the node's pool did not take.
pub fn pooled(url: &str, call: &str, error: impl Into<subxt::Error>) -> Error {
	let error = error.into();
	let Some(refusal) = rpc::pool_refusal(&error) else {
		// The node may have taken it before the connection was lost.
		return rpc::failed(url, format!("submitting {call}"), error).under_way(call);
	};
	let data = refusal.data.as_ref().map(|data| data.get().trim_matches('"').to_string()).unwrap_or_default();
	match custom_code(&data) {
		Some(code) => of_code(call, code),
		None => refused(call, refusal.message.clone(), data.clone(), advice_on_pool(refusal.code, &data)),
	}
}

/// The refusal of a transaction that the pool dropped after it took it.
pub fn dropped(call: &str, message: &str) -> Error {
	match custom_code(message) {
		Some(code) => of_code(call, code),
		None => refused(call, LEFT.into(), message.into(), advice_on_pool(0, message)),
	}
}

/// Did the transaction leave the pool for a reason that the node does not tell?
pub fn left_untold(error: &Error) -> bool {
	matches!(error, Error::Refused { rule, explanation, .. } if rule == LEFT && explanation.contains("invalid"))
}

/// The member's free quota holds fewer bytes than the call has.
pub fn quota_exceeded(call: &str) -> Error {
	of_code(call, QUOTA_EXCEEDED)
}

/// Rules that say: somebody has done this meanwhile.
const DONE_MEANWHILE: [&str; 6] =
	["WrongEpoch", "StaleRoster", "RekeyTooSoon", "AlreadyReported", "AlreadyAcknowledged", "NotRequested"];

/// Was the call refused because somebody else made it first? Of two transactions that do the same the pool keeps one.
pub fn came_second(error: &Error) -> bool {
	let Error::Refused { rule, explanation, .. } = error else { return false };
	let name = rule.split(',').next().and_then(|name| name.rsplit('.').next()).unwrap_or_default();
	let left = rule == LEFT && ["invalid", "usurped"].iter().any(|why| explanation.contains(why));
	left || rule.starts_with(TOO_LOW) || DONE_MEANWHILE.contains(&name)
}

fn refused(call: &str, rule: String, explanation: String, advice: &str) -> Error {
	Error::Refused { call: call.into(), rule, explanation, advice: advice.into() }
}

fn custom_code(text: &str) -> Option<u8> {
	text.split("Custom error: ").nth(1)?.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The rules that the transaction extension checks before a call is dispatched, by the number it gives.
fn of_code(call: &str, code: u8) -> Error {
	let (rule, explanation) = match code {
		1 => ("FeedNotFound", "the member has no feed of this id"),
		2 => ("MalformedEnvelope", "the payload is no envelope"),
		3 => ("OtherChain", "the envelope was sealed for another chain"),
		4 => ("OtherAuthor", "the envelope names another author"),
		5 => ("MarkingTooStrict", "a group's ceiling excludes the marking"),
		6 => ("TechniquesRequired", "a group asks for techniques"),
		7 => ("FeedDisabled", "the feed's owner has switched it off"),
		8 => ("RecordNotLive", "the member has no live record of this number"),
		9 => ("NotWithdrawn", "the record was not withdrawn, or its deletion was acknowledged already"),
		10 => ("NothingToRequest", "the record is not there, your own, or not live"),
		11 => ("NotRequested", "the member did not ask for this record"),
		12 => ("NothingToWithdraw", "you have no record of this number, or withdrew it already"),
		13 => ("NothingToSight", "the record is not there, your own, or not live"),
		14 => ("AlreadyRequested", "you asked for this record already"),
		15 => ("NothingToJudge", "the record is not there, your own or decided, its seven days are over, or the chain does not know that you can read it"),
		16 => ("AlreadyJudged", "you gave your verdict on this record already"),
		17 => ("NotJudged", "you gave no verdict on this record"),
		19 => ("BelowReliability", "a group asks for more reliability than the member has"),
		18 => ("NothingToDecide", "the record is decided, nobody spoke of it, or its seven days are not over"),
		200 => ("NotMember", "the account acts for no member"),
		201 => ("NotActive", "the member is suspended or departed"),
		QUOTA_EXCEEDED => ("QuotaExceeded", "the member has published more bytes than its free quota holds at the moment"),
		203 => ("WrongRole", "the account's role does not allow this"),
		204 => ("UnknownGroup", "there is no such group"),
		205 => ("NotInGroup", "the member is not in the group"),
		206 => ("WrongEpoch", "the epoch named is not the group's newest"),
		207 => ("StaleRoster", "somebody departed since the rekey was made"),
		208 => ("RekeyTooSoon", "the group is fresh: its owner may rekey at any time, others after a day"),
		209 => ("WrongNumberOfWraps", "there must be one wrap for each active member of the group"),
		210 => ("HistoryClosed", "the group's policy keeps the past closed to new members"),
		211 => ("StaleGroup", "the group awaits a rekey"),
		216 => ("AlreadyReported", "the member reported its wrap of this epoch already"),
		214 => ("NotDeputy", "only the owner and its deputies rekey a hidden group"),
		215 => ("RosterIsHidden", "the group's roster is hidden: its owner seals the next epoch to whom it will"),
		212 => ("RecipientNotInGroup", "the recipient is no active member of the group"),
		_ => ("Refused", "the chain would refuse the call in its present state"),
	};
	refused(call, format!("{rule}, code {code}"), explanation.into(), advice_on_rule(rule))
}

fn advice_on_pool(code: i32, data: &str) -> &'static str {
	const TEMPORARILY_BANNED: i32 = 1012;
	const ALREADY_IMPORTED: i32 = 1013;
	const TOO_LOW_PRIORITY: i32 = 1014;
	const POOL_FULL: i32 = 1016;
	match code {
		ALREADY_IMPORTED | TEMPORARILY_BANNED => {
			"the same transaction was sent before: wait for it, or run the command again later"
		}
		TOO_LOW_PRIORITY => "another transaction of this account is under way: wait for it and run the command again",
		POOL_FULL => "the node has too much to do: run the command again later",
		_ if data.contains("bad signature") => "the node's metadata is not the chain's: take another node",
		_ if data.contains("pay some fees") => {
			"the account has no balance for the fee: what costs one is for a controller, so use the controller's --identity \
			 if this is a delegate's, and send the controller's account some balance"
		}
		_ if data.contains("outdated") => "another transaction of this account came first: run the command again",
		_ => "check --identity and --url, and run the command again",
	}
}

/// What a person does about a rule, whichever pallet it is of.
fn advice_on_rule(rule: &str) -> &'static str {
	match rule {
		"StaleGroup" => "rekey the group with `testudo groups rekey N`, then run the command again",
		"WrongEpoch" | "StaleRoster" | "WrongNumberOfWraps" => "the group changed meanwhile: run the command again",
		"RekeyTooSoon" => "let the group's owner rekey it, or wait until its epoch is a day old",
		"QuotaExceeded" => "wait until the quota refills, or pay the fee with --tip 1",
		"NotMember" | "NotAMember" => {
			"use an --identity whose account a member has registered, see `testudo keys show`"
		}
		"NotActive" => "the member was suspended, left or was expelled: ask the consortium for a vote to reinstate it",
		"WrongRole" | "RoleMayNotPublish" | "RoleMayNotSight" | "RoleMayNotJudge" | "BadOrigin" | "Bad origin." => {
			"use an --identity with a role that may: the controller, or an analyst for publishing"
		}
		"NotInGroup" => "choose a group you are in, see `testudo groups list`, or ask its owner to add you",
		"UnknownGroup" => "see `testudo groups list`",
		"UnknownMember" | "MemberNotActive" => "see `testudo members`",
		"MarkingTooStrict" | "RedToGroup" => {
			"choose a group with a higher ceiling, or seal to single members with --to"
		}
		"TechniquesRequired" => "name at least one technique with --technique",
		"BelowReliability" => "see `testudo standing YOU` and `testudo groups show N`; publish to another group meanwhile",
		"BelowReciprocity" => "see `testudo reciprocity`, and what the group asks for with `testudo groups show N`",
		"GateWithoutRoster" => "leave --min-reciprocity out: it is for groups with an open roster",
		"TechniquesNotPublic" => {
			"publish without techniques, or, if the marking is AMBER, allow it with --disclose-techniques"
		}
		"UnknownTechnique" => "take a technique of the catalogue on chain, for example T1059.001",
		"NotOwner" => "let the controller of the group's owner do it",
		"NoEncryptionKey" => "register an encryption key first with `testudo keys register`",
		"RecordNotFound" => "see your records with `testudo records --author YOU`",
		"RecordNotLive" | "AlreadyWithdrawn" => "nothing to do: see the record's status with `testudo show`",
		"NothingToJudge" | "NothingToDecide" | "WindowClosed" | "WindowOpen" | "Decided" => {
			"see where it stands with `testudo credibility RECORD`"
		}
		"KeyReportedRecently" => "wait a day, or ask the consortium",
		"DuplicateVote" => "nothing to do: that is your vote already, see `testudo govern list`",
		"DuplicateProposal" => {
			"the same is up already: vote on it, or, if seats have changed since, take it down with `testudo govern propose drop`"
		}
		"LastCollator" => "let another member bond and set its session keys first, see `testudo collators`",
		"AlreadyCollator" | "NotCollator" => "nothing to do: see `testudo collators`",
		"BondNotCovered" => "send the controller's account what the bond takes, see docs/governance.md",
		"OwnerStays" => "let a vote give the group another owner: `testudo govern propose set-group-owner`",
		"AlreadyInGroup" | "RecipientNotInGroup" => "see who is in the group with `testudo groups show N`",
		"AlreadyReported" => "wait for an answer, or for 50 blocks, see `testudo groups show N`",
		"AlreadyRequested" | "NotRequested" => "see who asked for what with `testudo requests`",
		"NothingToRequest" | "NothingToSight" => "see the record's author and status with `testudo show RECORD`",
		"NothingToWithdraw" | "NotWithdrawn" => "see the status of your records with `testudo records --author YOU`",
		"SameVerdict" | "AlreadyJudged" | "NotJudged" => "see your verdict with `testudo credibility RECORD`",
		"HiddenGroup" => "a feed cannot sign for a hidden group: name an open one, or a hidden one that is a drop box",
		"CeilingAboveGroups" => "lower --ceiling to the group's, see `testudo groups show N`",
		"FeedDisabled" | "FeedNotFound" => "see `testudo feeds list`",
		"HistoryClosed" => "leave --epoch out: the group hands out its newest epoch only",
		"NotDeputy" => "let the group's owner do it, or one of its deputies, see `testudo groups show N`",
		"RosterIsHidden" | "RosterIsEveryone" | "RosterIsOpen" => "see what kind of group it is with `testudo groups show N`",
		"AccountInUse" | "AccountRetired" => "name an account that never acted for a member",
		"TooManyDelegates" => "remove one with `testudo delegates remove` first",
		"OtherChain" => "the envelope was sealed for another chain: check --url and publish anew",
		_ => "correct the cause and run the command again",
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::error::Exit;
	use subxt::{
		error::{BackendError, ExtrinsicError},
		rpcs::{Error as RpcError, UserError},
	};

	fn pool_error(code: i32, data: &str) -> Error {
		let data = serde_json::value::to_raw_value(data).ok();
		let refusal = UserError { code, message: "Invalid Transaction".into(), data };
		let error = BackendError::from(RpcError::User(refusal));
		pooled("ws://x", "ThreatRegistry.publish", ExtrinsicError::ErrorSubmittingTransaction(error))
	}

	#[test]
	fn quota_should_be_named_with_the_way_out() {
		let error = pool_error(1010, "Custom error: 202");
		assert_eq!(error.exit(), Exit::Refused);
		assert!(error.to_string().contains("QuotaExceeded"), "{error}");
		assert!(error.advice().contains("--tip"), "{}", error.advice());
	}

	#[test]
	fn epoch_that_is_not_the_newest_should_be_explained() {
		let error = pool_error(1010, "Custom error: 206");
		assert!(error.to_string().contains("WrongEpoch") && error.to_string().contains("newest"), "{error}");
		assert!(error.advice().contains("again"), "{}", error.advice());
	}

	#[test]
	fn pool_refusals_should_have_advice_of_their_own() {
		let advices: Vec<String> = [(1010, "Inability to pay some fees"), (1014, ""), (1016, ""), (1010, "")]
			.into_iter()
			.map(|(code, data)| pool_error(code, data).advice().to_string())
			.collect();
		let mut distinct = advices.clone();
		distinct.sort();
		distinct.dedup();
		assert_eq!(distinct.len(), advices.len(), "{advices:?}");
	}

	#[test]
	fn connection_lost_while_submitting_should_leave_the_outcome_open() {
		let lost = RpcError::Client(Box::new(std::io::Error::other("connection reset")));
		let lost = ExtrinsicError::ErrorSubmittingTransaction(BackendError::from(lost));
		assert_eq!(pooled("ws://x", "Membership.rekey", lost).kind(), "outcome-unknown");
	}

	#[test]
	fn dropped_transaction_should_be_a_refusal() {
		let error = dropped("Membership.rekey", "invalid: Custom error: 207");
		assert!(error.to_string().contains("StaleRoster"), "{error}");
		assert_eq!(dropped("Membership.rekey", "usurped").exit(), Exit::Refused);
	}

	#[test]
	fn who_came_second_should_be_told_from_who_was_refused() {
		let too_low = UserError { code: 1014, message: "Priority is too low: (7 vs 7)".into(), data: None };
		let too_low = BackendError::from(RpcError::User(too_low));
		let second = [
			pooled("ws://x", "Membership.rekey", ExtrinsicError::ErrorSubmittingTransaction(too_low)),
			pool_error(1010, "Custom error: 206"),
			pool_error(1010, "Custom error: 207"),
			dropped("Membership.rekey", "Transaction is invalid (eg because of a bad nonce, signature etc)"),
			dropped("Membership.rekey", "Transaction was usurped by another with the same nonce"),
			refused("Membership.rekey", "Membership.WrongEpoch".into(), String::new(), ""),
		];
		for error in second {
			assert!(came_second(&error), "{error}");
		}
		let refused_itself = [
			pool_error(1010, "Custom error: 201"),
			pool_error(1010, "Inability to pay some fees"),
			dropped("Membership.rekey", "Transaction was dropped"),
			refused("Membership.rekey", "Membership.WrongNumberOfWraps".into(), String::new(), ""),
			Error::usage("WrongEpoch", ""),
		];
		for error in refused_itself {
			assert!(!came_second(&error), "{error}");
		}
	}

	#[test]
	fn failed_dispatch_without_a_module_should_be_named() {
		let error = dispatched("Membership.admit", &DispatchError::BadOrigin);
		assert!(error.to_string().contains("Bad origin"), "{error}");
		assert!(error.advice().contains("role"), "{}", error.advice());
	}
}
