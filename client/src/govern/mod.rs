//! The consortium's motions: what may be decided, what is open, and how it stands.

mod proposal;
mod show;

pub use proposal::{Proposal, Upgrade};

use crate::{
	chain::{Chain, View},
	error::Error,
	identity::Identity,
};
use blake2::{
	digest::{consts::U32, Digest},
	Blake2b,
};
use cti_primitives::Hash;
use subxt::{
	dynamic::{storage, tx, Value},
	ext::{scale_decode::DecodeAsType, scale_value},
	utils::AccountId32,
};

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
	let events = chain.execute(&identity.account, propose).await?;
	if let Some(executed) = events.first::<Executed>("Consortium", "Executed")? {
		return executed.done().map(|()| (None, threshold));
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
		Some(executed) => executed.done().map(|()| Outcome::Carried),
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
	fn done(self) -> Result<(), Error> {
		self.result.map_err(|reason| Error::Refused {
			call: "the motion's call".into(),
			rule: "Failed".into(),
			explanation: format!("the motion was carried, and its call failed: {reason}"),
			advice: "correct what was wrong and put it up anew".into(),
		})
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
	fn motion_should_be_closed_once_votes_turn_it_no_more() {
		assert!(motion(3, 2, 1).require_decided(4, 100).is_err());
		for (ayes, nays, now) in [(3, 0, 1), (2, 2, 1), (2, 1, 101)] {
			assert!(motion(3, ayes, nays).require_decided(4, now).is_ok(), "{ayes} {nays} {now}");
		}
	}
}
