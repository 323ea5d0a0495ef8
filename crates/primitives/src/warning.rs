//! Warning lists: values that say nothing of a threat, whoever reports them. The lists are those of
//! <https://github.com/MISP/misp-warninglists>, or an operator's own in the same format.

use crate::guard::{host_of, Network};
use alloc::{
	format,
	string::{String, ToString},
	vec::Vec,
};
use codec::{Decode, Encode};
use core::net::IpAddr;
use serde::Deserialize;

/// Key of the operator's warning lists in the node's persistent local storage: SCALE-encoded [`WarningLists`].
pub const WARNING_LISTS_KEY: &[u8] = b"testudo/warning-lists";
/// Most bytes of all lists that a node's worker goes by, as they are stored: they are read in each of its runs.
pub const MAX_WORKER_BYTES: usize = 4 << 20;

/// Lists against which the values of objects are held.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct WarningLists(Vec<WarningList>);

/// One list.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct WarningList {
	name: String,
	entries: Entries,
}

/// Texts are in lower case; all are ascending.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
enum Entries {
	/// The value itself.
	Values(Vec<String>),
	/// The value's host, or one above it.
	Hosts(Vec<String>),
	/// A part of the value.
	Parts(Vec<String>),
	/// Networks that the address is in: IPv4 or not, leading bits, the address behind them cut off.
	Networks(Vec<(bool, u8, u128)>),
}

/// A list as the file has it.
#[derive(Deserialize)]
struct File {
	name: String,
	#[serde(rename = "type")]
	kind: String,
	list: Vec<String>,
}

/// What came of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReadList {
	/// A list.
	List(WarningList),
	/// A list of regular expressions, by its name: those are not looked at.
	Expressions(String),
}

impl ReadList {
	/// Reads one list: JSON with `name`, `type` (`string`, `substring`, `hostname`, `cidr`) and `list`. The error says what
	/// is wrong.
	pub fn parse(name: &str, kind: &str, list: Vec<String>) -> Result<Self, String> {
		let entries = match kind {
			"string" => Entries::Values(sorted(list)),
			"hostname" => Entries::Hosts(sorted(list.iter().map(|host| host.trim_matches('.').into()).collect())),
			"substring" => Entries::Parts(sorted(list)),
			"cidr" => Entries::Networks(networks(&list)?),
			"regex" => return Ok(Self::Expressions(name.into())),
			other => return Err(format!("its type is {other:?}, and must be string, hostname, substring or cidr")),
		};
		Ok(Self::List(WarningList { name: name.into(), entries }))
	}
}

impl<'de> Deserialize<'de> for ReadList {
	fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let File { name, kind, list } = File::deserialize(deserializer)?;
		Self::parse(&name, &kind, list).map_err(serde::de::Error::custom)
	}
}

/// Empty texts would be a part of everything.
fn sorted(texts: Vec<String>) -> Vec<String> {
	let texts = texts.iter().map(|text| text.trim().to_lowercase());
	let mut texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
	texts.sort_unstable();
	texts.dedup();
	texts
}

fn networks(list: &[String]) -> Result<Vec<(bool, u8, u128)>, String> {
	let parse = |text: &String| {
		let network: Network = text.trim().parse().map_err(|error: crate::guard::InvalidNetwork| error.to_string())?;
		let (address, prefix) = network.parts();
		Ok(place(address, prefix))
	};
	let mut networks: Vec<_> = list.iter().map(parse).collect::<Result<_, String>>()?;
	networks.sort_unstable();
	networks.dedup();
	Ok(networks)
}

/// Where a network stands among others.
fn place(address: IpAddr, prefix: u8) -> (bool, u8, u128) {
	let (bits, width): (u128, u32) = match address {
		IpAddr::V4(address) => (address.to_bits().into(), 32),
		IpAddr::V6(address) => (address.to_bits(), 128),
	};
	let cut = width.saturating_sub(prefix.into());
	let kept = bits.checked_shr(cut).and_then(|bits| bits.checked_shl(cut)).unwrap_or(0);
	(address.is_ipv4(), prefix, kept)
}

impl WarningLists {
	/// Of these lists.
	pub fn new(lists: Vec<WarningList>) -> Self {
		Self(lists)
	}

	/// Is there no list?
	pub fn is_empty(&self) -> bool {
		self.0.is_empty()
	}

	/// The name of the first list that the value is on.
	pub fn find(&self, value: &str) -> Option<&str> {
		let value = value.trim().to_lowercase();
		let host = host_of(&value);
		let address: Option<IpAddr> = host.parse().ok();
		self.0.iter().find(|list| list.entries.has(&value, host, address)).map(|list| list.name.as_str())
	}
}

impl Entries {
	fn has(&self, value: &str, host: &str, address: Option<IpAddr>) -> bool {
		let is_in = |list: &[String], text: &str| list.binary_search_by(|entry| entry.as_str().cmp(text)).is_ok();
		match self {
			Entries::Values(values) => is_in(values, value),
			Entries::Hosts(hosts) => above(host).any(|host| is_in(hosts, host)),
			Entries::Parts(parts) => parts.iter().any(|part| value.contains(part.as_str())),
			Entries::Networks(networks) => address.is_some_and(|address| {
				let width = if address.is_ipv4() { 32 } else { 128 };
				(0..=width).any(|prefix| networks.binary_search(&place(address, prefix)).is_ok())
			}),
		}
	}
}

/// The host, and the domains that it is in.
fn above(host: &str) -> impl Iterator<Item = &str> {
	core::iter::successors(Some(host), |host| host.split_once('.').map(|(_, above)| above))
}
