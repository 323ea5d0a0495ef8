//! What the gateway's operator writes down.

use crate::{error::Error, private};
use argon2::{
	password_hash::{PasswordHash, PasswordHasher, SaltString},
	Argon2,
};
use cti_primitives::{GroupId, Scope, Tlp};
use serde::Deserialize;
use std::{
	collections::BTreeSet,
	fs,
	net::SocketAddr,
	path::{Path, PathBuf},
};

/// The gateway's file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
	/// What discovery calls the server.
	#[serde(default = "title")]
	pub title: String,
	/// What it says of it.
	pub description: Option<String>,
	/// Whom to write to.
	pub contact: Option<String>,
	/// Where it listens.
	#[serde(default = "listen")]
	pub listen: SocketAddr,
	/// The address at which clients reach it, without a path [default: that of the request].
	pub url: Option<String>,
	/// The API root's name: `/NAME/`.
	#[serde(default = "root")]
	pub root: String,
	/// Most objects of one page, whatever `limit` asks.
	#[serde(default = "page")]
	pub page: usize,
	/// Most bytes of what is posted.
	#[serde(default = "max_content_length")]
	pub max_content_length: usize,
	/// The folder for what was posted until it is published, and for what became of it [default: `posted` beside the local store].
	pub outbox: Option<PathBuf>,
	/// Certificate and key, in PEM.
	pub tls: Option<Tls>,
	/// Another server in front of it does TLS: passwords may come in the clear from there.
	#[serde(default)]
	pub behind_proxy: bool,
	/// Who may ask.
	#[serde(default, rename = "account")]
	pub accounts: Vec<Account>,
}

/// Files in PEM.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
	/// The certificate and those that vouch for it.
	pub certificate: PathBuf,
	/// Its key.
	pub key: PathBuf,
}

/// Who may ask, and for what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
	/// Letters, digits, `-` and `_`.
	pub name: String,
	/// Hash of its password, of Argon2 in the PHC format.
	pub password: Option<String>,
	/// Hash of its bearer token's secret, likewise.
	pub token: Option<String>,
	/// For whom it is: decides which markings are handed on.
	#[serde(rename = "for")]
	pub audience: AccountFor,
	/// The strictest marking, within what `for` permits.
	#[serde(default = "strictest")]
	pub ceiling: Tlp,
	/// Only what was sealed to one of these groups [default: everything].
	pub groups: Option<BTreeSet<GroupId>>,
	/// It may publish to these groups.
	#[serde(default)]
	pub write: BTreeSet<GroupId>,
	/// Requests it may make in a minute.
	#[serde(default = "requests_per_minute")]
	pub requests_per_minute: u32,
}

/// For whom an account is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountFor {
	/// The member's own staff: all but RED.
	OwnStaff,
	/// A client of the member: CLEAR, GREEN, and AMBER where its group lets it.
	OwnClient,
	/// The community: CLEAR and GREEN.
	Community,
	/// Anyone: CLEAR.
	Anyone,
}

impl AccountFor {
	/// As the protocol calls it.
	pub fn scope(self) -> Scope {
		match self {
			AccountFor::OwnStaff => Scope::OwnStaff,
			AccountFor::OwnClient => Scope::OwnClient,
			AccountFor::Community => Scope::Community,
			AccountFor::Anyone => Scope::Anyone,
		}
	}
}

fn title() -> String {
	"Testudo".into()
}

fn listen() -> SocketAddr {
	SocketAddr::from(([127, 0, 0, 1], 8021))
}

fn root() -> String {
	"testudo".into()
}

const fn page() -> usize {
	1_000
}

const fn max_content_length() -> usize {
	8 << 20
}

const fn strictest() -> Tlp {
	Tlp::AmberStrict
}

const fn requests_per_minute() -> u32 {
	1_200
}

/// Most objects of a page that a file may ask for.
const MOST_OF_A_PAGE: usize = 10_000;
/// Most bytes of what is posted that a file may ask for: the reader's own bound.
const MOST_POSTED: usize = 64 << 20;
/// Names that the server has for itself.
const RESERVED: [&str; 3] = ["taxii2", "ui", "metrics"];

impl Default for Config {
	/// Nobody may ask.
	fn default() -> Self {
		Self {
			title: title(),
			description: None,
			contact: None,
			listen: listen(),
			url: None,
			root: root(),
			page: page(),
			max_content_length: max_content_length(),
			outbox: None,
			tls: None,
			behind_proxy: false,
			accounts: Vec::new(),
		}
	}
}

impl Account {
	/// Is it for the member's own staff?
	pub fn is_staff(&self) -> bool {
		matches!(self.audience, AccountFor::OwnStaff)
	}
}

impl Config {
	/// Reads the file and checks it. Paths in it are taken from where it lies.
	pub fn read(path: &Path) -> Result<Self, Error> {
		let text = fs::read_to_string(path).map_err(|e| Error::input(path, e, "name the gateway's file"))?;
		let parsed: Result<Self, toml::de::Error> = toml::from_str(&text);
		let mut config = parsed
			.map_err(|e| Error::input(path, e.to_string().trim_end(), "see docs/taxii.md for what may be in it"))?;
		let folder = path.parent().unwrap_or(Path::new(""));
		config.outbox = config.outbox.map(|outbox| folder.join(outbox));
		if let Some(tls) = &mut config.tls {
			tls.certificate = folder.join(&tls.certificate);
			tls.key = folder.join(&tls.key);
		}
		config.check().map_err(|(reason, advice)| Error::input(path, reason, advice))?;
		Ok(config)
	}

	/// What is wrong with it, and what to do.
	fn check(&self) -> Result<(), (String, &'static str)> {
		if !is_name(&self.root) || RESERVED.contains(&self.root.as_str()) {
			return Err((
				format!("root = {:?} is no name of an API root", self.root),
				"take letters, digits, - and _, and none of taxii2, ui, metrics",
			));
		}
		if !(1..=MOST_OF_A_PAGE).contains(&self.page) || !(1..=MOST_POSTED).contains(&self.max_content_length) {
			return Err((
				format!("page = {} or max_content_length = {} is out of bounds", self.page, self.max_content_length),
				"a page has 1 to 10000 objects, and a posted envelope up to 67108864 bytes",
			));
		}
		if self.behind_proxy && !self.url.as_deref().is_some_and(|url| url.starts_with("https://")) {
			return Err((
				"behind_proxy without the address at which clients reach the proxy".into(),
				"add url = \"https://NAME\": discovery would send clients to http:// with their passwords",
			));
		}
		let mut names = BTreeSet::new();
		for account in &self.accounts {
			account.check()?;
			if !names.insert(&account.name) {
				return Err((format!("there are two accounts {}", account.name), "give each its own name"));
			}
		}
		self.check_secrecy(self.listen)
	}

	/// Passwords do not cross a network in the clear.
	pub fn check_secrecy(&self, listen: SocketAddr) -> Result<(), (String, &'static str)> {
		match listen.ip().is_loopback() || self.tls.is_some() || self.behind_proxy {
			true => Ok(()),
			false => Err((
				format!("{listen} is reached from other machines, and passwords would cross the network in the clear"),
				"name certificate and key under [tls], or say behind_proxy = true where another server does TLS",
			)),
		}
	}
}

impl Account {
	fn check(&self) -> Result<(), (String, &'static str)> {
		let name = &self.name;
		if !is_name(name) {
			return Err((format!("{name:?} is no name of an account"), "take letters, digits, - and _"));
		}
		if self.password.is_none() && self.token.is_none() {
			return Err((
				format!("account {name} has neither password nor token"),
				"make one with `testudo serve --new-account NAME`",
			));
		}
		for hash in [&self.password, &self.token].into_iter().flatten() {
			if !PasswordHash::new(hash).is_ok_and(|hash| hash.algorithm.as_str().starts_with("argon2")) {
				return Err((
					format!("account {name}: what stands for its secret is no hash of Argon2"),
					"make one with `testudo serve --new-account NAME`: it prints the secret and its hash",
				));
			}
		}
		if self.requests_per_minute == 0 {
			return Err((format!("account {name} may make no requests"), "take requests_per_minute = 1 or more"));
		}
		if let (Some(groups), false) =
			(&self.groups, self.groups.as_ref().is_none_or(|groups| self.write.is_subset(groups)))
		{
			return Err((
				format!("account {name} writes to groups that it does not see: it sees {groups:?}"),
				"name them under groups, too",
			));
		}
		if self.ceiling == Tlp::Red {
			return Err((
				format!("account {name}: RED is for persons and is handed to no program"),
				"take ceiling = \"amber+strict\" or wider",
			));
		}
		Ok(())
	}
}

/// A name of an account or an API root.
pub fn is_name(text: &str) -> bool {
	(1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// A new secret with its hash: what is handed to the account's user, and what stands in the file.
pub fn new_secret() -> Result<(String, String), Error> {
	let secret = hex::encode(crate::entropy::<24>()?);
	let failed = |e: argon2::password_hash::Error| Error::Internal(format!("hashing a new secret: {e}"));
	let salt = SaltString::encode_b64(&crate::entropy::<16>()?).map_err(failed)?;
	let hash = Argon2::default().hash_password(secret.as_bytes(), &salt).map_err(failed)?;
	Ok((secret, hash.to_string()))
}

/// A file that others can read holds hashes that they can guess at.
pub fn warn_if_public(path: &Path) -> Option<String> {
	private::is_readable_by_others(path)
		.then(|| format!("{} can be read by others on this machine: chmod 600 it", path.display()))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn read(text: &str) -> Result<Config, Error> {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("gateway.toml");
		fs::write(&path, text).unwrap();
		Config::read(&path)
	}

	fn account(more: &str) -> String {
		let (_, hash) = new_secret().unwrap();
		format!("[[account]]\nname = \"siem\"\nfor = \"own-staff\"\npassword = \"{hash}\"\n{more}")
	}

	#[test]
	fn file_should_be_read_and_what_is_left_out_have_its_default() {
		let config = read(&account("ceiling = \"green\"\ngroups = [0, 3]\nwrite = [3]\n")).unwrap();
		let siem = &config.accounts[0];
		assert_eq!((config.page, config.root.as_str(), siem.ceiling), (1_000, "testudo", Tlp::Green));
		assert_eq!(siem.groups, Some([GroupId(0), GroupId(3)].into()));
		assert_eq!(siem.write, [GroupId(3)].into());
		assert!(read("").unwrap().accounts.is_empty());
	}

	#[test]
	fn each_mistake_should_be_named() {
		let (siem, hash) = (account(""), new_secret().unwrap().1);
		let bare = "[[account]]\nname = \"siem\"\nfor = \"own-staff\"\n";
		for (text, part) in [
			("lissten = \"x\"".to_string(), "lissten"),
			("root = \"taxii2\"".into(), "taxii2"),
			("root = \"a/b\"".into(), "a/b"),
			("page = 0".into(), "page = 0"),
			("max_content_length = 99999999999".into(), "99999999999"),
			(format!("{siem}\n{siem}"), "two accounts siem"),
			(bare.into(), "neither password nor token"),
			(format!("{bare}password = \"hunter2\""), "no hash of Argon2"),
			(format!("{bare}token = \"{hash}\"\nceiling = \"red\""), "RED"),
			(format!("{bare}token = \"{hash}\"\nrequests_per_minute = 0"), "no requests"),
			(format!("listen = \"0.0.0.0:8021\"\n{siem}"), "in the clear"),
			("behind_proxy = true".into(), "behind_proxy"),
			("behind_proxy = true\nurl = \"http://taxii.example\"".into(), "behind_proxy"),
			(format!("{siem}\ngroups = [0]\nwrite = [0, 3]"), "does not see"),
		] {
			let error = read(&text).map(|_| ()).unwrap_err();
			assert!(error.to_string().contains(part), "{text}: {error}");
		}
		assert!(read("listen = \"0.0.0.0:8021\"\nbehind_proxy = true\nurl = \"https://taxii.example\"").is_ok());
		let tls =
			read("listen = \"0.0.0.0:8021\"\n[tls]\ncertificate = \"c.pem\"\nkey = \"/k.pem\"").unwrap().tls.unwrap();
		assert!(tls.certificate.is_absolute(), "beside the file");
		assert_eq!(tls.key, Path::new("/k.pem"));
	}
}
