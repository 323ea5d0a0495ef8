//! Envelopes that are too large for a block: where they lie, and how they come from there.
//!
//! The chain has an envelope's id and the size that its header announces. Nothing that comes from elsewhere is believed before
//! it has both.

mod shelf;

pub use shelf::Shelf;

use blake2::{digest::consts::U32, Blake2b, Digest};
use codec::Encode;
use cti_envelope::Anchor;
use cti_primitives::{Hash, WRAP_LEN};
use std::{env, fmt, io::Read, str::FromStr, sync::Arc, time::Duration};
use ureq::{
	config::RedirectAuthHeaders,
	http::StatusCode,
	tls::{RootCerts, TlsConfig},
	Agent,
};

/// Most bytes of one envelope that is fetched: what an author announces must not fill the reader's memory.
pub const MOST_BYTES: u64 = 256 << 20;
/// Bytes of one that is published, about: a few hundred megabytes of memory hold it, sealed and open.
pub const PACKED_BYTES: usize = 64 << 20;
/// The variable that names a gateway to IPFS.
const IPFS: &str = "TESTUDO_IPFS";
/// A node of IPFS on this machine, as Kubo sets itself up.
const IPFS_HERE: &str = "http://127.0.0.1:8080";

const CONNECTING: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_secs(300);

/// Where an envelope lies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Location {
	/// At a web server: the whole address.
	Https(String),
	/// In IPFS: a CID, and perhaps a path.
	Ipfs(String),
}

impl fmt::Display for Location {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Https(url) => f.write_str(url),
			Self::Ipfs(path) => write!(f, "ipfs://{path}"),
		}
	}
}

impl FromStr for Location {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let is_plain = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic());
		// Readers send no credentials, whatever an author names.
		let has_user = |rest: &str| rest.split('/').next().is_some_and(|host| host.contains('@'));
		// A CID and a path below it: nothing by which a gateway could be led elsewhere.
		let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
		let is_name = |name: &str| !name.is_empty() && !name.starts_with('.') && name.bytes().all(is_letter);
		match (text.strip_prefix("https://"), text.strip_prefix("ipfs://")) {
			(Some(rest), _) if is_plain(rest) && !has_user(rest) => Ok(Self::Https(text.into())),
			(_, Some(rest)) if rest.split('/').all(is_name) => Ok(Self::Ipfs(rest.into())),
			_ => Err(format!("{text:?} is neither an https:// nor an ipfs:// address")),
		}
	}
}

/// Fetches envelopes. It sends no credentials, follows no redirects, and lets nobody wait for ever.
#[derive(Clone, Debug)]
pub struct Sources {
	agent: Agent,
	/// A gateway to IPFS.
	ipfs: String,
}

impl Sources {
	/// With the gateway to IPFS that `TESTUDO_IPFS` names, or the one of this machine.
	pub fn new() -> Self {
		let ipfs = env::var(IPFS).ok().filter(|url| !url.is_empty()).unwrap_or_else(|| IPFS_HERE.into());
		Self { agent: agent(), ipfs: ipfs.trim_end_matches('/').into() }
	}

	/// The envelope, if what lies there is it; why not otherwise, in words for people.
	pub async fn fetch(&self, location: &str, anchor: &Anchor) -> Result<Vec<u8>, String> {
		let len = anchor.envelope_len();
		if len > MOST_BYTES {
			return Err(format!("it has {len} bytes, and {MOST_BYTES} at most are fetched"));
		}
		let place: Location = location.parse()?;
		let url = match &place {
			Location::Https(url) => url.clone(),
			Location::Ipfs(path) => format!("{}/ipfs/{path}", self.ipfs),
		};
		let agent = self.agent.clone();
		let got = tokio::task::spawn_blocking(move || get(&agent, &url, len)).await;
		let bytes = got.map_err(|e| e.to_string())?.map_err(|reason| format!("{place}: {reason}"))?;
		match is_envelope(&bytes, anchor) {
			true => Ok(bytes),
			false => Err(format!("{place}: what lies there is not the envelope that the chain knows")),
		}
	}
}

impl Default for Sources {
	fn default() -> Self {
		Self::new()
	}
}

/// Are these the bytes that the chain knows? Whether they are well formed is another question: an author may have registered
/// some that are not.
fn is_envelope(bytes: &[u8], anchor: &Anchor) -> bool {
	let header = anchor.header.encode();
	let wraps = anchor.header.wraps() * WRAP_LEN;
	let rest = bytes.strip_prefix(&header[..]).and_then(|rest| rest.split_at_checked(wraps));
	let is = |part: &[u8], hash: Hash| Hash::from(Blake2b::<U32>::digest(part)) == hash;
	rest.is_some_and(|(wraps, body)| is(wraps, anchor.wraps) && is(body, anchor.body))
}

/// At most one byte more than there should be.
fn get(agent: &Agent, url: &str, len: u64) -> Result<Vec<u8>, String> {
	let answer = agent.get(url).call().map_err(|e| e.to_string())?;
	if answer.status() != StatusCode::OK {
		return Err(format!("it answers {}", answer.status()));
	}
	let mut bytes = Vec::new();
	let mut body = answer.into_body().into_reader().take(len.saturating_add(1));
	body.read_to_end(&mut bytes).map_err(|e| e.to_string())?;
	Ok(bytes)
}

/// Trusts what the system trusts; `SSL_CERT_FILE` names other authorities.
fn agent() -> Agent {
	let tls = TlsConfig::builder()
		.root_certs(RootCerts::PlatformVerifier)
		.unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()));
	Agent::config_builder()
		.tls_config(tls.build())
		.max_redirects(0)
		.redirect_auth_headers(RedirectAuthHeaders::Never)
		.timeout_connect(Some(CONNECTING))
		.timeout_global(Some(WHOLE))
		.user_agent(concat!("testudo/", env!("CARGO_PKG_VERSION")))
		.build()
		.into()
}

#[cfg(test)]
mod tests;
