//! The consortium's motions: what may be decided, what is open, and how it stands.

mod proposal;
mod show;

pub use proposal::{require_name, Proposal, Upgrade};

use crate::{
	chain::{refusal, Chain, View},
	error::Error,
	identity::Identity,
};
use blake2::{
	digest::{consts::U32, Digest},
	Blake2b,
};
use cti_primitives::Hash;
use std::path::Path;
use subxt::{
	dynamic::{storage, tx, Value},
	error::DispatchError,
	ext::{scale_decode::DecodeAsType, scale_value},
	utils::AccountId32,
};

/// Motions that one account may have open.
const MAX_OPEN: usize = 3;
/// Motions that may be open in all.
const MAX_ALL: usize = 20;
/// The longest motion that the chain takes.
pub const MAX_MOTION: u32 = 16 * 1024;

/// Votes on a motion, as the collective keeps them.
#[derive(Clone, Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Votes {
	index: u32,
	threshold: u32,
	ayes: Vec<AccountId32>,
	nays: Vec<AccountId32>,
	end: u32,
}

/// Event `Consortium.Proposed`, as far as it is used.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Proposed {
	proposal_index: u32,
}

/// Event `Consortium.Executed`, as far as it is used.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Executed {
	result: Result<(), scale_value::Value>,
}

/// An open motion.
#[derive(Clone, Debug)]
pub struct Motion {
	/// BLAKE2b-256 of the call.
	pub hash: Hash,
	/// Its number.
	pub index: u32,
	/// Ayes it takes.
	pub threshold: u32,
	/// Who voted for it.
	pub ayes: Vec<AccountId32>,
	/// Who voted against it.
	pub nays: Vec<AccountId32>,
	/// The block with which the vote ends.
	pub end: u32,
	/// The call, for people.
	pub call: String,
	/// Bytes of the call.
	pub length: u32,
}

/// What became of a motion that was closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
	/// It was carried, and the call was done.
	Carried,
	/// It did not get its ayes.
	Rejected,
}

/// Ayes that a motion of two thirds takes where there are so many seats.
pub fn threshold(seats: usize) -> u32 {
	u32::try_from(seats.saturating_mul(2).div_ceil(3)).unwrap_or(u32::MAX).max(1)
}

impl View {
	/// The controllers that hold seats.
	pub async fn seats(&self) -> Result<Vec<AccountId32>, Error> {
		let found = self.at().storage().fetch(storage::<(), Vec<AccountId32>>("Consortium", "Members"), ()).await;
		let found = found.map_err(|e| self.failed("reading the consortium's seats", e))?;
		found.decode().map_err(|e| Error::node("reading the consortium's seats", e))
	}

	/// The open motions, the oldest first.
	pub async fn motions(&self) -> Result<Vec<Motion>, Error> {
		let failed = |e| self.failed("reading the open motions", e);
		let hashes = storage::<(), Vec<Hash>>("Consortium", "Proposals");
		let Some(hashes) = self.at().storage().try_fetch(hashes, ()).await.map_err(failed)? else {
			return Ok(Vec::new());
		};
		let hashes = hashes.decode().map_err(|e| Error::node("reading the open motions", e))?;
		let mut motions = Vec::new();
		for hash in hashes {
			motions.extend(self.motion(hash).await?);
		}
		motions.sort_by_key(|motion| motion.index);
		Ok(motions)
	}

	async fn motion(&self, hash: Hash) -> Result<Option<Motion>, Error> {
		let failed = |e| self.failed("reading an open motion", e);
		let storage_at = self.at().storage();
		let votes = storage::<(Hash,), Votes>("Consortium", "Voting");
		let call = storage::<(Hash,), scale_value::Value>("Consortium", "ProposalOf");
		let votes = storage_at.try_fetch(votes, (hash,)).await.map_err(failed)?;
		let call = storage_at.try_fetch(call, (hash,)).await.map_err(failed)?;
		let (Some(votes), Some(call)) = (votes, call) else { return Ok(None) };
		let Votes { index, threshold, ayes, nays, end } =
			votes.decode().map_err(|e| Error::node("reading the votes on a motion", e))?;
		let value = call.decode().map_err(|e| Error::node("reading a motion's call", e))?;
		let length = u32::try_from(call.bytes().len()).unwrap_or(u32::MAX);
		Ok(Some(Motion { hash, index, threshold, ayes, nays, end, call: show::call(&value), length }))
	}

	/// The open motion of that number.
	pub async fn motion_number(&self, index: u32) -> Result<Motion, Error> {
		let found = self.motions().await?.into_iter().find(|motion| motion.index == index);
		found.ok_or_else(|| Error::not_found(format!("there is no open motion {index}"), "see `testudo govern list`"))
	}
}

/// Brings the code that a vote authorised.
pub async fn apply_upgrade(chain: &Chain, identity: &Identity, path: &Path) -> Result<(), Error> {
	let code = Upgrade::code(path)?;
	let call = tx("System", "apply_authorized_upgrade", (Value::from_bytes(code),));
	let events = chain.execute(&identity.account, call).await?;
	// The call succeeds and takes nothing: the authorisation is spent all the same.
	match events.has("System", "RejectedInvalidAuthorizedUpgrade")? {
		false => Ok(()),
		true => Err(Error::Refused {
			call: "System.apply_authorized_upgrade".into(),
			rule: "RejectedInvalidAuthorizedUpgrade".into(),
			explanation: "the code is no later version of this runtime, and its authorisation is spent".into(),
			advice: "vote for the code of a later release: `testudo govern propose upgrade RUNTIME.wasm`".into(),
		}),
	}
}

/// Puts a motion up and votes aye; its number, and whether one aye carried it.
pub async fn propose(chain: &Chain, identity: &Identity, proposal: &Proposal) -> Result<(Option<u32>, u32), Error> {
	let view = chain.head().await?;
	require_seat(&view, identity).await?;
	let threshold = threshold(view.seats().await?.len());
	let call = proposal.call();
	let length = chain.encoded_call(&call).await?.len();
	let length = u32::try_from(length).unwrap_or(u32::MAX);
	if length > MAX_MOTION {
		return Err(Error::usage(
			format!("the motion has {length} bytes, and the consortium takes at most {MAX_MOTION}"),
			"vote on the hash of what is large",
		));
	}
	let propose = tx("Consortium", "propose", (threshold, call, length));
	let put_up = chain.execute(&identity.account, propose).await;
	let events = match put_up {
		Ok(events) => events,
		Err(error) => return Err(explain_too_many(error, view.motions().await?.len())),
	};
	if let Some(executed) = events.first::<Executed>("Consortium", "Executed")? {
		return executed.done(&view).map(|()| (None, threshold));
	}
	let proposed: Option<Proposed> = events.first("Consortium", "Proposed")?;
	let index = proposed.ok_or_else(|| Error::node("proposing", "the chain says nothing of it"))?.proposal_index;
	vote(chain, identity, index, true).await?;
	Ok((Some(index), threshold))
}

/// Votes on an open motion.
pub async fn vote(chain: &Chain, identity: &Identity, index: u32, approve: bool) -> Result<(), Error> {
	let view = chain.head().await?;
	require_seat(&view, identity).await?;
	let motion = view.motion_number(index).await?;
	let vote = tx("Consortium", "vote", (Value::from_bytes(motion.hash), index, approve));
	chain.execute(&identity.account, vote).await.map(drop)
}

/// May a motion be closed whose call the chain will refuse?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Insistence {
	/// Such a motion stays open.
	Careful,
	/// It is gone, and its call is not done.
	Insists,
}

/// Closes a motion that has its ayes, or cannot get them any more, or whose time is over.
pub async fn close(chain: &Chain, identity: &Identity, index: u32, insistence: Insistence) -> Result<Outcome, Error> {
	let view = chain.head().await?;
	let motion = view.motion_number(index).await?;
	let seats = view.seats().await?.len();
	if insistence == Insistence::Careful {
		motion.require_two_thirds(seats)?;
	}
	motion.require_decided(seats, view.block().number)?;
	let weight =
		Value::named_composite([("ref_time", Value::u128(MAX_WEIGHT.0)), ("proof_size", Value::u128(MAX_WEIGHT.1))]);
	let close = tx("Consortium", "close", (Value::from_bytes(motion.hash), index, weight, motion.length));
	let events = chain.execute(&identity.account, close).await?;
	match events.first::<Executed>("Consortium", "Executed")? {
		Some(executed) => executed.done(&view).map(|()| Outcome::Carried),
		None => Ok(Outcome::Rejected),
	}
}

impl Motion {
	/// A motion that was carried is gone, also where so many seats came since that its call is refused.
	fn require_two_thirds(&self, seats: usize) -> Result<(), Error> {
		let is_short = self.ayes.len() >= self.threshold as usize && self.threshold < threshold(seats);
		if !is_short {
			return Ok(());
		}
		Err(Error::Refused {
			call: "Consortium.close".into(),
			rule: "TwoThirds".into(),
			explanation: format!(
				"motion {} was put up for {} ayes, and two thirds of {seats} seats are {} now: its call would be refused",
				self.index,
				self.threshold,
				threshold(seats)
			),
			advice: "put it up anew; --yes closes this one, and its call is not done".into(),
		})
	}

	/// The chain closes none that votes can still turn.
	fn require_decided(&self, seats: usize, now: u32) -> Result<(), Error> {
		let (ayes, nays, threshold) = (self.ayes.len(), self.nays.len(), self.threshold as usize);
		let is_open = ayes < threshold && seats.saturating_sub(nays) >= threshold && now <= self.end;
		if !is_open {
			return Ok(());
		}
		let now = self::threshold(seats);
		if ayes >= now as usize {
			return Err(Error::Refused {
				call: "Consortium.close".into(),
				rule: "TooEarly".into(),
				explanation: format!(
					"motion {} was put up when there were more seats and takes {threshold} ayes; it has {ayes}, and two thirds of \
					 {seats} seats are {now} now",
					self.index
				),
				advice: format!(
					"let the others vote, too, or take it down with `testudo govern propose drop {}` and put it up anew",
					self.index
				),
			});
		}
		Err(Error::Refused {
			call: "Consortium.close".into(),
			rule: "TooEarly".into(),
			explanation: format!(
				"motion {} has {ayes} of {threshold} ayes, and the vote goes on until block {}",
				self.index, self.end
			),
			advice: "wait for more votes".into(),
		})
	}
}

/// The most that a motion's call may weigh: a twelfth of a core's block.
const MAX_WEIGHT: (u128, u128) = (110_000_000_000, 600_000);

impl Executed {
	/// A motion that is carried is gone, also where its call failed.
	fn done(self, view: &View) -> Result<(), Error> {
		let Err(reason) = self.result else { return Ok(()) };
		Err(call_failed(read_reason(view, &reason)?))
	}
}

/// Why a call failed, by the metadata's word.
fn read_reason(view: &View, reason: &scale_value::Value) -> Result<DispatchError, Error> {
	let unreadable = |e: String| Error::node("reading why the motion's call failed", e);
	let metadata = view.at().metadata();
	let kind = metadata.dispatch_error_ty().ok_or_else(|| unreadable("the chain's metadata has no errors".into()))?;
	let mut bytes = Vec::new();
	scale_value::scale::encode_as_type(reason, kind, metadata.types(), &mut bytes)
		.map_err(|e| unreadable(e.to_string()))?;
	DispatchError::decode_from(bytes, metadata).map_err(|e| unreadable(e.to_string()))
}

fn call_failed(reason: DispatchError) -> Error {
	const GONE: &str = "the motion was carried, and its call failed: it is gone";
	match refusal::dispatched("the motion's call", &reason) {
		Error::Refused { call, rule, explanation, .. } => Error::Refused {
			call,
			rule,
			explanation: if explanation.is_empty() { GONE.into() } else { format!("{explanation} {GONE}") },
			advice: "correct what was wrong and put it up anew".into(),
		},
		other => other,
	}
}

/// The collective has one word for too many motions of one account, and for too many in all.
fn explain_too_many(error: Error, open: usize) -> Error {
	match error {
		Error::Refused { call, rule, .. } if rule.ends_with("TooManyProposals") && open < MAX_ALL => Error::Refused {
			call,
			rule,
			explanation: format!("one account has at most {MAX_OPEN} open motions; {open} are open, whoever put them up"),
			advice: "close those of yours that are decided with `testudo govern close N`, take one down with `testudo govern \
			         propose drop N`, or let another member put it up"
				.into(),
		},
		other => other,
	}
}

async fn require_seat(view: &View, identity: &Identity) -> Result<(), Error> {
	match view.seats().await?.contains(&identity.account_id()) {
		true => Ok(()),
		false => Err(Error::Identity {
			name: identity.name.clone(),
			reason: format!("its account {} holds no seat in the consortium", identity.account_id()),
			advice: "votes are given by the controllers of members: use a controller's --identity".into(),
		}),
	}
}

/// BLAKE2b-256.
pub(crate) fn blake2_256(bytes: &[u8]) -> Hash {
	Blake2b::<U32>::digest(bytes).into()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn threshold_should_be_two_thirds_rounded_up() {
		let cases = [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (7, 5), (255, 170)];
		for (seats, ayes) in cases {
			assert_eq!(threshold(seats), ayes, "{seats} seats");
		}
	}

	fn motion(threshold: u32, ayes: usize, nays: usize) -> Motion {
		let accounts = |count| vec![AccountId32([7; 32]); count];
		Motion {
			hash: [0; 32],
			index: 4,
			threshold,
			ayes: accounts(ayes),
			nays: accounts(nays),
			end: 100,
			call: String::new(),
			length: 1,
		}
	}

	#[test]
	fn motion_whose_call_would_be_refused_should_be_warned_of() {
		assert!(motion(3, 3, 0).require_two_thirds(4).is_ok());
		let short = motion(3, 3, 0).require_two_thirds(5).unwrap_err();
		assert!(short.to_string().contains("5 seats are 4 now") && short.advice().contains("--yes"), "{short}");
		assert!(motion(3, 2, 0).require_two_thirds(5).is_ok(), "it is not carried");
	}

	#[test]
	fn call_that_failed_should_be_told_with_its_rule_and_the_motions_end() {
		let error = call_failed(DispatchError::BadOrigin);
		assert!(error.to_string().contains("refused the motion's call: Bad origin"), "{error}");
		assert!(
			error.to_string().contains("carried, and its call failed") && error.advice().contains("anew"),
			"{error}"
		);
	}

	#[test]
	fn three_open_motions_should_be_explained_and_other_refusals_left_alone() {
		let refused = |rule: &str| Error::Refused {
			call: "Consortium.propose".into(),
			rule: rule.into(),
			explanation: "There can only be a maximum of `MaxProposals` active proposals.".into(),
			advice: "correct the cause".into(),
		};
		let error = explain_too_many(refused("Consortium.TooManyProposals"), 5);
		assert!(error.to_string().contains("at most 3 open motions; 5 are open"), "{error}");
		assert!(error.advice().contains("propose drop"), "{}", error.advice());
		for (rule, open) in [("Consortium.DuplicateProposal", 5), ("Consortium.TooManyProposals", MAX_ALL)] {
			assert_eq!(explain_too_many(refused(rule), open).advice(), "correct the cause");
		}
	}

	#[test]
	fn motion_should_be_closed_once_votes_turn_it_no_more() {
		assert!(motion(3, 2, 1).require_decided(4, 100).is_err());
		for (ayes, nays, now) in [(3, 0, 1), (2, 2, 1), (2, 1, 101)] {
			assert!(motion(3, ayes, nays).require_decided(4, now).is_ok(), "{ayes} {nays} {now}");
		}
	}
}
