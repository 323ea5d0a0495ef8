//! What a node operator says of a feed, and what the worker says back.
//!
//! The operator writes `feeds.toml` ([`FeedFile`]); whoever hands it to the node (its `--feeds`, or `testudo feeds
//! apply`) resolves the secrets and stores [`FeedConfig`]s as JSON in the node's local storage under [`FEEDS_KEY`]. The
//! worker keeps a [`FeedStatus`] for each under [`status_key`]. Secrets never leave that storage.

use crate::{guard::OwnNames, ids::FeedId, tlp::Tlp};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	format,
	string::{String, ToString},
	vec::Vec,
};
use core::fmt;
use serde::{Deserialize, Serialize};

/// Key of the feeds' configuration in the node's persistent local storage: a JSON array of [`FeedConfig`].
pub const FEEDS_KEY: &[u8] = b"testudo/feeds";

/// Key of a feed's status in the node's persistent local storage: a JSON [`FeedStatus`].
pub fn status_key(feed: FeedId) -> Vec<u8> {
	format!("testudo/feed/{feed}/status").into_bytes()
}

/// Where a feed's objects come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeedKind {
	/// A collection of a TAXII 2.1 server; `url` is its API root.
	Taxii21,
	/// A JSON file with one STIX 2.1 bundle; `url` is the file's.
	StixBundle,
}

/// One `[[feed]]` of the operator's file.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedEntry {
	/// The feed's id on chain.
	pub id: FeedId,
	/// TAXII collection or plain file.
	pub kind: FeedKind,
	/// API root or file.
	pub url: String,
	/// The TAXII collection's id.
	pub collection: Option<String>,
	/// For basic authentication.
	pub username: Option<String>,
	/// Name of the environment variable that holds the password.
	pub password_env: Option<String>,
	/// Name of the environment variable that holds a bearer token.
	pub token_env: Option<String>,
	/// Time between two looks at the source: `500ms`, `5s`, `10m`, `1h`.
	pub interval: String,
	/// Objects to ask for at a time, 1 to 10,000.
	#[serde(default = "default_page")]
	pub page: u32,
	/// For objects that carry no marking. Without it they are refused.
	pub default_marking: Option<Tlp>,
	/// Markings of definitions that nothing defines or that are no TLP, by the definition's id; of one that is a TLP the
	/// stricter counts.
	#[serde(default)]
	pub marking_map: BTreeMap<String, Tlp>,
	/// The member's own domains, networks and words: what names them is refused.
	#[serde(default)]
	pub own: OwnNames,
}

const fn default_page() -> u32 {
	1_000
}

/// The operator's file, `feeds.toml`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedFile {
	/// Files and folders of warning lists, beside the file: for groups that ask for them. They hold for all feeds.
	#[serde(default)]
	pub warning_lists: Vec<String>,
	/// Its feeds.
	#[serde(default, rename = "feed")]
	pub feeds: Vec<FeedEntry>,
}

/// How the worker authenticates at the source.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Credentials {
	/// Not at all.
	#[default]
	None,
	/// HTTP basic authentication.
	Basic {
		/// User.
		username: String,
		/// Password.
		password: String,
	},
	/// A bearer token.
	Bearer {
		/// Token.
		token: String,
	},
}

/// Never prints a secret.
impl fmt::Debug for Credentials {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Credentials::None => "None",
			Credentials::Basic { .. } => "Basic(..)",
			Credentials::Bearer { .. } => "Bearer(..)",
		})
	}
}

/// A feed as the worker uses it, secrets resolved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FeedConfig {
	/// The feed's id on chain.
	pub id: FeedId,
	/// TAXII collection or plain file.
	pub kind: FeedKind,
	/// API root (with a trailing slash) or file.
	pub url: String,
	/// The TAXII collection's id; empty for a file.
	pub collection: String,
	/// How to authenticate.
	pub credentials: Credentials,
	/// Milliseconds between two looks at the source.
	pub interval_ms: u64,
	/// Objects to ask for at a time.
	pub page: u32,
	/// For objects that carry no marking.
	pub default_marking: Option<Tlp>,
	/// Markings of definitions that are no TLP.
	pub marking_map: BTreeMap<String, Tlp>,
	/// The member's own domains, networks and words.
	#[serde(default)]
	pub own: OwnNames,
}

/// What is wrong with the operator's file: the feed and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvalidFeed {
	/// The feed's id.
	pub id: FeedId,
	/// What is wrong and what to do.
	pub reason: String,
}

impl fmt::Display for InvalidFeed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "feed {}: {}", self.id, self.reason)
	}
}

impl core::error::Error for InvalidFeed {}

impl FeedFile {
	/// Checks every feed and resolves its secrets through `env`, which looks up an environment variable.
	pub fn resolve(self, env: impl Fn(&str) -> Option<String>) -> Result<Vec<FeedConfig>, InvalidFeed> {
		let mut seen = BTreeSet::new();
		self.feeds
			.into_iter()
			.map(|entry| {
				let id = entry.id;
				if !seen.insert(id) {
					return Err(InvalidFeed { id, reason: "is in the file twice; keep one".into() });
				}
				entry.resolve(&env).map_err(|reason| InvalidFeed { id, reason })
			})
			.collect()
	}
}

impl FeedEntry {
	fn resolve(self, env: &impl Fn(&str) -> Option<String>) -> Result<FeedConfig, String> {
		check_url(&self.url)?;
		let mut url = self.url;
		let collection = match self.kind {
			FeedKind::StixBundle if self.collection.is_some() => {
				return Err("a stix-bundle has no collection; remove it, or set kind = \"taxii21\"".into())
			}
			FeedKind::StixBundle => String::new(),
			FeedKind::Taxii21 => {
				if !url.ends_with('/') {
					url.push('/');
				}
				self.collection.ok_or("a taxii21 feed needs the id of a collection")?
			}
		};
		if !(1..=10_000).contains(&self.page) {
			return Err(format!("page is {}, it must be 1 to 10,000", self.page));
		}
		check_marking_map(&self.marking_map)?;
		let secret = |name: &str| env(name).ok_or_else(|| format!("set the environment variable {name}"));
		let credentials = match (self.username, self.password_env, self.token_env) {
			(None, None, None) => Credentials::None,
			(Some(username), Some(name), None) => Credentials::Basic { username, password: secret(&name)? },
			(None, None, Some(name)) => Credentials::Bearer { token: secret(&name)? },
			_ => return Err("give username and password_env, or token_env, or none of them".into()),
		};
		Ok(FeedConfig {
			id: self.id,
			kind: self.kind,
			url,
			collection,
			credentials,
			interval_ms: parse_interval(&self.interval)?,
			page: self.page,
			default_marking: self.default_marking,
			marking_map: self.marking_map,
			own: self.own,
		})
	}
}

/// A URL may be printed, so that nothing secret may be in it; a refused one with a secret is not printed either.
fn check_url(url: &str) -> Result<(), String> {
	let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
	// Where there are more slashes than two, readers of URLs pass over them.
	let authority = rest.trim_start_matches(['/', '\\']).split(['/', '?', '#']).next();
	if authority.is_some_and(|authority| authority.contains('@')) {
		return Err("url must not name a user or a password; set username and password_env instead".into());
	}
	if !(url.starts_with("http://") || url.starts_with("https://")) {
		return Err(format!("url {url:?} must begin with http:// or https://"));
	}
	Ok(())
}

fn check_marking_map(map: &BTreeMap<String, Tlp>) -> Result<(), String> {
	match map.keys().find(|key| !is_definition_id(key)) {
		Some(key) => Err(format!("marking_map has {key:?}; write the definition's id, marking-definition--UUID")),
		None => Ok(()),
	}
}

/// `marking-definition--` and a UUID, of either case.
fn is_definition_id(text: &str) -> bool {
	text.strip_prefix("marking-definition--").is_some_and(|uuid| {
		uuid.len() == 36
			&& uuid.bytes().enumerate().all(|(at, byte)| match at {
				8 | 13 | 18 | 23 => byte == b'-',
				_ => byte.is_ascii_hexdigit(),
			})
	})
}

/// Milliseconds of `500ms`, `5s`, `10m`, `1h`.
fn parse_interval(text: &str) -> Result<u64, String> {
	let wrong = || format!("interval {text:?} must be a number and one of ms, s, m, h, for example \"5s\"");
	let unit_at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
	let (number, unit) = text.split_at_checked(unit_at).ok_or_else(wrong)?;
	let factor = match unit {
		"ms" => 1,
		"s" => 1_000,
		"m" => 60_000,
		"h" => 3_600_000,
		_ => return Err(wrong()),
	};
	let number: u64 = number.parse().map_err(|_| wrong())?;
	match number.checked_mul(factor) {
		Some(ms) if ms >= 100 => Ok(ms),
		Some(_) => Err("interval must be at least 100ms".to_string()),
		None => Err(wrong()),
	}
}

/// What the worker reports of a feed. Counters grow from the node's first run on.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedStatus {
	/// Objects fetched from the source.
	pub fetched: u64,
	/// Objects sealed and submitted.
	pub published: u64,
	/// Envelopes submitted.
	pub envelopes: u64,
	/// Objects refused, by reason.
	pub refused: BTreeMap<String, u64>,
	/// Objects refused before the feed's last page when its settings changed: new settings do not reach them.
	pub left_behind: u64,
	/// Objects that wait, for example for a stale group's rekey.
	pub waiting: u64,
	/// Unix milliseconds of the last look at the source.
	pub last_look_ms: u64,
	/// Unix milliseconds when the source last had nothing newer.
	pub caught_up_ms: u64,
	/// Why the last run stopped, when it did not end well; never holds a secret.
	pub last_error: Option<String>,
}
