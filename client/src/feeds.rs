//! The operator's file of feeds, and what the node's worker says back.

use crate::{chain::Chain, error::Error};
use cti_primitives::{
	feed::{FeedConfig, FeedFile, FeedStatus, FEEDS_KEY},
	warning::WARNING_LISTS_KEY,
	FeedId,
};
use cti_stix::{WarningFiles, WorkerLists};
use std::{collections::BTreeSet, fs, path::Path};

/// What the operator's file makes of a node.
#[derive(Debug)]
pub struct Feeds {
	/// The feeds, secrets resolved.
	pub configs: Vec<FeedConfig>,
	/// For groups that ask for them.
	pub lists: WorkerLists,
}

/// Reads and checks `feeds.toml` and the lists that it names; `env` looks up environment variables.
pub fn read(path: &Path, env: impl Fn(&str) -> Option<String>) -> Result<Feeds, Error> {
	let text = fs::read_to_string(path).map_err(|e| Error::input(path, e, "name the feeds file"))?;
	let file: FeedFile = toml::from_str(&text).map_err(|e| {
		Error::input(path, e.to_string().trim_end(), "correct the line; docs/operators.md shows a whole file")
	})?;
	let folder = path.parent().unwrap_or(Path::new("."));
	let lists = WarningFiles::for_worker(&file.warning_lists, folder).map_err(|e| {
		Error::input(path, e, "name files or folders in the format of github.com/MISP/misp-warninglists")
	})?;
	let configs = file.resolve(env).map_err(|e| Error::input(path, e, "correct the feed and apply the file again"))?;
	Ok(Feeds { configs, lists })
}

/// Checks that every feed of a file is registered.
pub fn require_registered(configs: &[FeedConfig], registered: &BTreeSet<FeedId>, path: &Path) -> Result<(), Error> {
	match configs.iter().find(|config| !registered.contains(&config.id)) {
		Some(config) => Err(Error::input(
			path,
			format!("feed {} is not registered on this chain", config.id),
			"see `testudo feeds list`; its owner registers a feed with `testudo feeds register`",
		)),
		None => Ok(()),
	}
}

/// Hands the feeds and lists to the node. They take the place of those it had.
pub async fn apply(chain: &Chain, feeds: &Feeds) -> Result<(), Error> {
	chain.set_offchain(WARNING_LISTS_KEY, &feeds.lists.encoded).await?;
	let json = serde_json::to_vec(&feeds.configs).map_err(|e| Error::Internal(e.to_string()))?;
	chain.set_offchain(FEEDS_KEY, &json).await
}

/// What the worker says of a feed; `None` if it never ran.
pub async fn status(chain: &Chain, feed: FeedId) -> Result<Option<FeedStatus>, Error> {
	let Some(json) = chain.feed_status(feed).await? else { return Ok(None) };
	serde_json::from_slice(&json).map(Some).map_err(|e| Error::node(format!("reading the status of feed {feed}"), e))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::error::Exit;
	use cti_primitives::{feed::Credentials, Tlp};

	const GOOD: &str = r#"
		[[feed]]
		id = 0
		kind = "taxii21"
		url = "http://127.0.0.1:5000/trustgroup1"
		collection = "365fed99-08fa-fdcd-a1b3-fb247eb41d01"
		username = "admin"
		password_env = "FEED0_PASSWORD"
		interval = "5s"
		page = 100
		default_marking = "green"
	"#;

	fn read_text(text: &str, password: Option<&str>) -> Result<Vec<FeedConfig>, Error> {
		read_all(text, password).map(|feeds| feeds.configs)
	}

	fn read_all(text: &str, password: Option<&str>) -> Result<Feeds, Error> {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("feeds.toml");
		fs::write(&path, text).unwrap();
		fs::write(folder.path().join("list.json"), r#"{"name":"n","type":"string","list":["a.example"]}"#).unwrap();
		read(&path, |name| password.filter(|_| name == "FEED0_PASSWORD").map(Into::into))
	}

	#[test]
	fn feeds_file_should_be_read_with_its_secrets_from_the_environment() {
		let configs = read_text(GOOD, Some("secret")).unwrap();
		assert_eq!(configs[0].default_marking, Some(Tlp::Green));
		assert_eq!(configs[0].interval_ms, 5_000);
		let basic = Credentials::Basic { username: "admin".into(), password: "secret".into() };
		assert_eq!(configs[0].credentials, basic);
	}

	#[test]
	fn warning_lists_should_be_read_from_beside_the_file() {
		let feeds = read_all(&format!("warning_lists = [\"list.json\"]\n{GOOD}"), Some("secret")).unwrap();
		let lists = <cti_primitives::warning::WarningLists as codec::Decode>::decode(&mut &feeds.lists.encoded[..]);
		assert_eq!(lists.unwrap().find("a.example"), Some("n"));
		let error = read_all("warning_lists = [\"none.json\"]", None).unwrap_err();
		assert!(error.to_string().contains("none.json"), "{error}");
	}

	#[test]
	fn each_mistake_should_be_named_in_a_bad_input_error() {
		let cases = [
			(GOOD.replace("\"5s\"", "\"5\""), "interval"),
			(GOOD.replace("page = 100", "page = 0"), "page"),
			(GOOD.replace("\"green\"", "\"purple\""), "purple"),
			(GOOD.replace("taxii21", "rss"), "rss"),
			(GOOD.replace("http://", "ftp://"), "http://"),
			(GOOD.replace("page = 100", "pages = 100"), "pages"),
			(format!("{GOOD}{GOOD}"), "twice"),
			("[[feed".into(), "TOML"),
		];
		for (text, named) in cases {
			let error = read_text(&text, Some("secret")).unwrap_err();
			assert_eq!(error.exit(), Exit::BadInput);
			assert!(error.to_string().contains(named), "{named}: {error}");
		}
	}

	#[test]
	fn missing_secret_and_missing_file_should_be_told_and_never_show_a_secret() {
		let error = read_text(GOOD, None).unwrap_err();
		assert!(error.to_string().contains("FEED0_PASSWORD"), "{error}");
		let broken = read_text(&GOOD.replace("page = 100", "page = 0"), Some("hunter2")).unwrap_err();
		assert!(!broken.to_string().contains("hunter2"), "{broken}");
		assert_eq!(read(Path::new("/nonexistent/feeds.toml"), |_| None).unwrap_err().exit(), Exit::BadInput);
	}

	#[test]
	fn unregistered_feed_should_be_refused() {
		let configs = read_text(GOOD, Some("secret")).unwrap();
		let path = Path::new("feeds.toml");
		assert!(require_registered(&configs, &BTreeSet::from([FeedId(0)]), path).is_ok());
		let error = require_registered(&configs, &BTreeSet::from([FeedId(1)]), path).unwrap_err();
		assert!(error.to_string().contains("feed 0 is not registered"), "{error}");
	}
}
