//! Where a member puts its own envelopes.

use super::{Location, Sources};
use crate::error::Error;
use cti_envelope::{parse, Anchor};
use std::{env, fs, path::PathBuf};
use ureq::Agent;

/// Where a member puts its own.
#[derive(Clone, Debug)]
pub struct Shelf {
	sources: Sources,
	place: Place,
}

#[derive(Clone, Debug)]
enum Place {
	/// Below this address of a web server that takes PUT, with a bearer token if it asks for one.
	Server { base: String, token: Option<String> },
	/// In a folder that a web server shows below this address.
	Folder { folder: PathBuf, base: String },
	/// In IPFS, by a node's RPC at this address.
	Ipfs { api: String },
}

/// The variable that has the token of the web server.
const TOKEN: &str = "TESTUDO_ANCHOR_TOKEN";
/// The variable that names the RPC of a node of IPFS.
const IPFS_API: &str = "TESTUDO_IPFS_API";
/// As Kubo sets itself up.
const IPFS_API_HERE: &str = "http://127.0.0.1:5001";

impl Shelf {
	/// Below `base`: `https://HOST/FOLDER/`, or `ipfs://`. With `folder`, files are put there, and a web server shows them below
	/// `base`.
	pub fn new(base: &str, folder: Option<PathBuf>) -> Result<Self, Error> {
		let advice = "name a folder of a web server, https://HOST/FOLDER/, or ipfs://";
		let refused = |reason: String| Error::usage(reason, advice);
		let place = match (base, folder) {
			("ipfs://", None) => Place::Ipfs { api: env::var(IPFS_API).unwrap_or_else(|_| IPFS_API_HERE.into()) },
			("ipfs://", Some(_)) => return Err(refused("--anchor-folder is for a web server's address".into())),
			(base, folder) => {
				match base.parse::<Location>().map_err(refused)? {
					Location::Https(_) => {}
					Location::Ipfs(_) => {
						return Err(refused(format!("{base}: IPFS gives each envelope its own address")))
					}
				}
				let base = format!("{}/", base.trim_end_matches('/'));
				match folder {
					Some(folder) => Place::Folder { folder, base },
					None => Place::Server { base, token: env::var(TOKEN).ok() },
				}
			}
		};
		Ok(Self { sources: Sources::new(), place })
	}

	/// Puts an envelope where readers will fetch it, and fetches it from there: the chain cannot look whether it is.
	pub async fn put(&self, envelope: &[u8]) -> Result<(Anchor, String), Error> {
		let parsed = parse(envelope).map_err(|e| Error::Internal(format!("sealing: {e}")))?;
		let (anchor, id) = (Anchor::of(&parsed), hex::encode(parsed.id()));
		let (place, bytes) = (self.place.clone(), envelope.to_vec());
		let agent = self.sources.agent.clone();
		let put = tokio::task::spawn_blocking(move || put(&agent, &place, &id, &bytes)).await;
		let failed = |reason: String| {
			Error::usage(format!("nothing was registered: {reason}"), "mend that, and publish it again")
		};
		let location = put.map_err(|e| Error::Internal(e.to_string()))?.map_err(failed)?;
		self.sources.fetch(&location, &anchor).await.map_err(failed)?;
		Ok((anchor, location))
	}
}

/// Gives the address at which it lies.
fn put(agent: &Agent, place: &Place, id: &str, bytes: &[u8]) -> Result<String, String> {
	let name = format!("{id}.envelope");
	match place {
		Place::Server { base, token } => {
			let url = format!("{base}{name}");
			let mut request = agent.put(&url).header("Content-Type", "application/octet-stream");
			if let Some(token) = token {
				request = request.header("Authorization", format!("Bearer {token}"));
			}
			request.send(bytes).map_err(|e| format!("{url}: {e}"))?;
			Ok(url)
		}
		Place::Folder { folder, base } => {
			let path = folder.join(&name);
			let part = folder.join(format!("{name}.part"));
			let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, &path));
			written.map_err(|e| format!("{}: {e}", path.display()))?;
			Ok(format!("{base}{name}"))
		}
		Place::Ipfs { api } => add_to_ipfs(agent, api, &name, bytes),
	}
}

/// Kubo's `add` takes a form (RFC 7578) and answers with the CID.
fn add_to_ipfs(agent: &Agent, api: &str, name: &str, bytes: &[u8]) -> Result<String, String> {
	#[derive(serde::Deserialize)]
	struct Added {
		#[serde(rename = "Hash")]
		cid: String,
	}
	let url = format!("{}/api/v0/add?cid-version=1&pin=true", api.trim_end_matches('/'));
	let boundary = format!("testudo-{name}");
	let head = format!(
		"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
	);
	let form = [head.as_bytes(), bytes, format!("\r\n--{boundary}--\r\n").as_bytes()].concat();
	let request = agent.post(&url).header("Content-Type", format!("multipart/form-data; boundary={boundary}"));
	let mut answer = request.send(&form[..]).map_err(|e| format!("{url}: {e}"))?;
	let text = answer.body_mut().read_to_string().map_err(|e| format!("{url}: {e}"))?;
	let added: Added = serde_json::from_str(text.trim()).map_err(|e| format!("{url} answered no CID: {e}"))?;
	Ok(format!("ipfs://{}", added.cid))
}
