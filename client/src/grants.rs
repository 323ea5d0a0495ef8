//! Access to a record after its publication: how a grant is made, and which requests the agent grants by itself.

use crate::{
	chain::{api::NumberedKey, Chain, View},
	error::Error,
	publish::{analysts_keys, members_keys},
	sync::Fetcher,
};
use cti_envelope::{DirectRecipient, Wrap};
use cti_primitives::{GroupId, KeyOwnerId, MemberId, RecordId, Reliability, TechniqueId, Tlp};
use serde::Deserialize;
use std::{collections::BTreeSet, fs, path::Path};
use subxt::{dynamic::tx, ext::scale_encode::EncodeAsType, utils::Static};
use subxt_signer::sr25519::Keypair;

/// Most grants that one call makes.
const MAX_GRANTS: usize = 16;

/// To whom, as the call `grant` takes it.
#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
enum Recipient {
	Open(Static<KeyOwnerId>),
	Hidden,
}

/// One grant, as the call `grant` takes it.
#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
struct NewGrant {
	recipient: Recipient,
	wrap: Static<Wrap>,
}

/// The keys of members, and of the analysts of others.
pub async fn keys(
	view: &View,
	members: &[MemberId],
	analysts_of: &[MemberId],
) -> Result<Vec<(KeyOwnerId, NumberedKey)>, Error> {
	let mut keys = members_keys(view, &members.iter().copied().collect()).await?;
	for member in analysts_of {
		keys.extend(analysts_keys(view, *member).await?);
	}
	Ok(keys)
}

/// Gives the holders of `keys` the key to a record of one's own, by name unless it is `hidden`.
pub async fn give(
	chain: &Chain,
	fetcher: &Fetcher,
	account: &Keypair,
	record: RecordId,
	keys: &[(KeyOwnerId, NumberedKey)],
	hidden: bool,
) -> Result<(), Error> {
	let view = chain.sealing_head().await?;
	let info = view.record(record).await?;
	let opened = fetcher.open_record(record, &info.id, info.at).await?;
	// What the envelope itself says: its id is what the chain has.
	if opened.header.tlp == Tlp::Red && keys.iter().any(|(owner, _)| owner.member().is_some()) {
		return Err(Error::Marking {
			reason: format!("record {record} is TLP:RED, which goes to persons and not to members"),
			advice: "grant it to their analysts' keys: --to-analysts MEMBER, without --to".into(),
		});
	}
	// All are sealed before the first is sent: a key that cannot be sealed to stops the whole.
	let mut grants = Vec::new();
	for (owner, key) in keys {
		let to = DirectRecipient { owner: *owner, key_version: key.number, key: &key.key };
		let wrap = opened.grant(&to, &crate::entropy()?);
		let wrap = wrap.map_err(|e| Error::node(format!("granting to key {owner}"), e))?;
		let recipient = if hidden { Recipient::Hidden } else { Recipient::Open(Static(*owner)) };
		grants.push(NewGrant { recipient, wrap: Static(wrap) });
	}
	while !grants.is_empty() {
		let rest = grants.split_off(grants.len().min(MAX_GRANTS));
		chain.execute(account, tx("ThreatRegistry", "grant", (record.n, grants))).await?;
		grants = rest;
	}
	Ok(())
}

/// Which requests are granted without a person: those that meet every condition of one of the rules.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
	#[serde(default, rename = "grant")]
	rules: Vec<Rule>,
}

/// What is asked of the record and of who asks; what is left out is not asked.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
	/// The strictest marking.
	ceiling: Tlp,
	/// Who asks is in one of these groups, as far as the chain knows.
	groups: Option<BTreeSet<GroupId>>,
	/// Who asks is so reliable or more.
	reliability: Option<Reliability>,
	/// The record names one of these or of their sub-techniques.
	techniques: Option<BTreeSet<TechniqueId>>,
}

/// A request, with all that a rule may look at.
#[derive(Clone, Debug)]
pub struct Asked {
	/// The record's marking.
	pub tlp: Tlp,
	/// Techniques it names, in public or in its objects.
	pub techniques: BTreeSet<TechniqueId>,
	/// The groups that who asks is in.
	pub groups: BTreeSet<GroupId>,
	/// How reliable who asks is.
	pub reliability: Reliability,
}

impl Policy {
	/// Reads the operator's file.
	pub fn read(path: &Path) -> Result<Self, Error> {
		const ADVICE: &str =
			"write [[grant]] tables with ceiling = \"amber\" and, if you like, groups, reliability, techniques";
		let wrong = |reason: String| Error::input(path, reason, ADVICE);
		let text = fs::read_to_string(path).map_err(|e| wrong(e.to_string()))?;
		let policy: Self = toml::from_str(&text).map_err(|e| wrong(e.to_string().trim_end().into()))?;
		match policy.rules.iter().any(|rule| rule.ceiling == Tlp::Red) {
			true => Err(wrong("a rule has the ceiling red, and TLP:RED is granted by nobody but a person".into())),
			false => Ok(policy),
		}
	}

	/// Is the request granted?
	pub fn permits(&self, asked: &Asked) -> bool {
		self.rules.iter().any(|rule| rule.permits(asked))
	}
}

impl Rule {
	fn permits(&self, asked: &Asked) -> bool {
		let names = |wanted: &BTreeSet<TechniqueId>| {
			let mut named = asked.techniques.iter();
			named.any(|id| wanted.contains(id) || id.parent().is_some_and(|parent| wanted.contains(&parent)))
		};
		asked.tlp <= self.ceiling
			&& self.groups.as_ref().is_none_or(|groups| !groups.is_disjoint(&asked.groups))
			&& self.reliability.is_none_or(|least| asked.reliability <= least)
			&& self.techniques.as_ref().is_none_or(names)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn policy(text: &str) -> Policy {
		toml::from_str(text).unwrap()
	}

	fn asked() -> Asked {
		Asked {
			tlp: Tlp::Amber,
			techniques: ["T1059.001".parse().unwrap()].into(),
			groups: [GroupId(0), GroupId(4)].into(),
			reliability: Reliability::B,
		}
	}

	#[test]
	fn request_should_meet_every_condition_of_a_rule() {
		let whole = "[[grant]]\nceiling = \"amber\"\ngroups = [4, 9]\nreliability = \"B\"\ntechniques = [\"T1059\"]";
		assert!(policy(whole).permits(&asked()));
		for (condition, other) in
			[("\"amber\"", "\"green\""), ("[4, 9]", "[9]"), ("\"B\"", "\"A\""), ("[\"T1059\"]", "[\"T1059.002\"]")]
		{
			assert!(!policy(&whole.replace(condition, other)).permits(&asked()), "{other}");
		}
	}

	#[test]
	fn one_rule_should_do_and_no_rule_grant_nothing() {
		let rules = "[[grant]]\nceiling = \"clear\"\n[[grant]]\nceiling = \"amber\"";
		assert!(policy(rules).permits(&asked()));
		assert!(!policy("").permits(&asked()));
		let strict = Asked { tlp: Tlp::AmberStrict, ..asked() };
		assert!(!policy(rules).permits(&strict));
	}

	#[test]
	fn mistake_in_the_file_should_be_named() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("grants.toml");
		assert!(Policy::read(&path).is_err());
		for (text, words) in [
			("[[grant]]\ngroups = [1]", "ceiling"),
			("[[grant]]\nceiling = \"red\"", "red"),
			("[[grant]]\nceiling = \"amber\"\ngroup = [1]", "group"),
			("[[grant]]\nceiling = \"amber\"\ntechniques = [\"1059\"]", "techniques"),
		] {
			fs::write(&path, text).unwrap();
			let refused = Policy::read(&path).unwrap_err().to_string();
			assert!(refused.contains(words), "{refused}");
		}
	}
}
