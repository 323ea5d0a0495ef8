//! Epochs as the chain has them: the runtime's word for their keys, and the extrinsics for their wraps.

use super::{walk::Shape, BlockRef, Chain, View};
use crate::{
	error::Error,
	keyring::{EpochFacts, EpochSource, Welcome},
};
use codec::Decode;
use cti_envelope::{SeedWrapContext, Wrap};
use cti_primitives::{Epoch, GroupId, KeyOwnerId, MemberId};

impl Chain {
	/// An extrinsic, and the chain as of its block, or as of now where the node has dropped that block's state.
	pub async fn extrinsic(&self, (number, index): (u32, u32)) -> Result<(View, Vec<u8>), Error> {
		let hash = self.block_hash(number).await?;
		let hash = hash.ok_or_else(|| Error::node(format!("reading block {number}"), "the chain does not have it"))?;
		let extrinsic = self.body(hash).await?.extrinsic(index)?;
		let view = match self.at(BlockRef { number, hash }).await {
			Err(Error::Node { .. }) => self.head().await?,
			view => view?,
		};
		Ok((view, extrinsic))
	}
}

impl EpochSource for Chain {
	async fn facts(&self, group: GroupId, epoch: Epoch) -> Result<Option<EpochFacts>, Error> {
		let Some(info) = self.head().await?.epoch(group, epoch).await? else { return Ok(None) };
		let context = |roster_version| SeedWrapContext {
			genesis: self.genesis(),
			group,
			epoch,
			roster_version,
			pk_hash: info.pk_hash,
			auth: info.auth,
		};
		if info.at == (0, 0) {
			return Ok(Some(EpochFacts { context: context(1), link: info.link, wraps: Vec::new() }));
		}
		let (view, extrinsic) = self.extrinsic(info.at).await?;
		let rekey = rekey(&view, &extrinsic, group, epoch);
		let (roster_version, wraps) = rekey.ok_or_else(|| {
			Error::node(format!("reading epoch {epoch} of group {group}"), "its rekey is not where the chain says")
		})?;
		Ok(Some(EpochFacts { context: context(roster_version), link: info.link, wraps }))
	}

	async fn welcome(&self, group: GroupId, epoch: Epoch, member: MemberId, at: Welcome) -> Result<Vec<Wrap>, Error> {
		let (view, extrinsic) = self.extrinsic(at).await?;
		Ok(welcomes(&view, &extrinsic, group, epoch, member))
	}
}

/// The wraps that the extrinsic gives out for the author's record `n`.
pub fn grants(view: &View, extrinsic: &[u8], n: u32) -> Vec<Wrap> {
	let Ok(shape) = Shape::of(view.at().metadata_ref()) else { return Vec::new() };
	let calls = shape.calls(extrinsic).unwrap_or_default();
	let given = calls.iter().filter(|call| (call.pallet, call.name) == ("ThreatRegistry", "grant"));
	let of_record = given.filter(|call| call.argument("n") == Some(n));
	let grants = of_record.filter_map(|call| call.argument::<Vec<(GrantRecipient, Wrap)>>("grants"));
	grants.flatten().map(|(_, wrap)| wrap).collect()
}

/// To whom a grant is, as the chain writes it.
#[derive(Decode)]
#[allow(dead_code)]
enum GrantRecipient {
	Open(KeyOwnerId),
	Hidden,
}

/// Roster version and wraps of the call that made the epoch.
fn rekey(view: &View, extrinsic: &[u8], group: GroupId, epoch: Epoch) -> Option<(u32, Vec<Wrap>)> {
	let shape = Shape::of(view.at().metadata_ref()).ok()?;
	let calls = shape.calls(extrinsic).ok()?;
	let before = Epoch(epoch.0.checked_sub(1)?);
	let call = calls.iter().find(|call| {
		(call.pallet, call.name) == ("Membership", "rekey")
			&& call.argument("group") == Some(group)
			&& call.argument("expected_epoch") == Some(before)
	})?;
	Some((call.argument("roster_version")?, call.argument("wraps")?))
}

/// The wraps that calls of the extrinsic hand to `member`.
fn welcomes(view: &View, extrinsic: &[u8], group: GroupId, epoch: Epoch, member: MemberId) -> Vec<Wrap> {
	fn is<T: Decode + PartialEq>(found: Option<T>, wanted: T) -> bool {
		found == Some(wanted)
	}
	let Ok(shape) = Shape::of(view.at().metadata_ref()) else { return Vec::new() };
	let calls = shape.calls(extrinsic).unwrap_or_default();
	let mine = calls.iter().filter(|call| {
		(call.pallet, call.name) == ("Membership", "welcome")
			&& is(call.argument("group"), group)
			&& is(call.argument("epoch"), epoch)
			&& is(call.argument("member"), member)
	});
	mine.filter_map(|call| call.argument("wrap")).collect()
}
