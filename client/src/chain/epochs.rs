//! Epochs as the chain has them: the runtime's word for their keys, and the extrinsics for their wraps.

use super::{
	walk::{Call, Shape},
	BlockRef, Chain, View,
};
use crate::{
	error::Error,
	keyring::{EpochFacts, EpochSource, OwnKeys, Welcome},
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

	async fn newest(&self, group: GroupId) -> Result<Option<Epoch>, Error> {
		match self.head().await?.group(group).await {
			Ok(info) => Ok(Some(*info.epoch)),
			Err(Error::NotFound { .. }) => Ok(None),
			Err(error) => Err(error),
		}
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
	let of_record = grants_in(&calls).filter(|(number, _)| *number == n);
	of_record.flat_map(|(_, grants)| grants).map(|(_, wrap)| wrap).collect()
}

/// The numbers of their authors' records for which the calls give out a wrap that may be for these keys.
pub fn granted(calls: &[Call], own: &OwnKeys) -> Vec<u32> {
	let may_be_own = |recipient: &GrantRecipient| match recipient {
		GrantRecipient::Open(owner) => own.is_own(*owner),
		GrantRecipient::Hidden => true,
	};
	let found = grants_in(calls).filter(|(_, grants)| grants.iter().any(|(recipient, _)| may_be_own(recipient)));
	found.map(|(number, _)| number).collect()
}

/// What calls grant: the number of the author's record, and the wraps.
fn grants_in<'a>(calls: &'a [Call<'a>]) -> impl Iterator<Item = (u32, Vec<(GrantRecipient, Wrap)>)> + 'a {
	let given = calls.iter().filter(|call| (call.pallet, call.name) == ("ThreatRegistry", "grant"));
	given.filter_map(|call| {
		let grants = call.argument::<Vec<(GrantRecipient, Wrap)>>("grants")?;
		Some((call.argument::<u32>("n")?, grants))
	})
}

/// To whom a grant is, as the chain writes it.
#[derive(Decode)]
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

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::walk::Argument;
	use codec::Encode;
	use cti_primitives::WRAP_LEN;

	const WRAP: Wrap = [7; WRAP_LEN];

	fn granted_by(grants: Vec<u8>) -> Vec<u32> {
		let analyst = Some((KeyOwnerId::FIRST_ANALYST, 0));
		let newest_version = 0.into();
		let account = subxt::utils::AccountId32([1; 32]);
		let own =
			OwnKeys { member: MemberId(1), account, newest_version, analyst, seeds: Vec::new(), genesis_epoch: None };
		let n = 4u32.encode();
		let argument = |name, encoded| Argument { name, encoded, is_bytes: false };
		let arguments = vec![argument("n", &n[..]), argument("grants", &grants[..])];
		granted(&[Call { pallet: "ThreatRegistry", name: "grant", arguments }], &own)
	}

	#[test]
	fn grant_should_count_where_it_names_own_keys_or_nobody() {
		let open = |owner: KeyOwnerId| (0u8, owner, WRAP);
		assert_eq!(granted_by(vec![open(KeyOwnerId(2)), open(KeyOwnerId(1))].encode()), [4]);
		assert_eq!(granted_by(vec![open(KeyOwnerId::FIRST_ANALYST)].encode()), [4]);
		assert_eq!(granted_by(vec![(1u8, WRAP)].encode()), [4]);
		assert!(granted_by(vec![open(KeyOwnerId(2))].encode()).is_empty());
	}
}
