//! Envelopes that are too large for a block: they lie at a web server or in IPFS, and the chain knows them.

use serde_json::Value;
use std::{
	fs,
	io::{BufRead, BufReader},
	path::PathBuf,
	process::{Child, ChildStdin, Command, Stdio},
};
use testudo_e2e::{checkout, data, medallion::python, wait_for, Cli, Dev, Folder, PATIENCE};

const TOKEN: &str = "a-secret-of-the-publisher";
/// Some 1.4 MB: several blocks' envelopes.
const MANY: usize = 5_000;

/// An authority of one's own, as many houses have, and what it vouches for.
const AUTHORITY: &str = "set -e
new='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
openssl req -x509 $new -days 2 -subj '/CN=Our authority' -keyout authority.key -out authority.pem
openssl req $new -subj /CN=localhost -keyout server.key -out server.csr
printf 'subjectAltName=IP:127.0.0.1' >server.ext
openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -extfile server.ext -out server.pem";

/// A web server and a node of IPFS, which end when this is dropped.
struct Servers {
	process: Child,
	_held: ChildStdin,
	web: String,
	ipfs: String,
	shown: PathBuf,
	certificate: String,
}

impl Servers {
	fn start(folder: &Folder) -> Self {
		let certificate = folder.path_of("authority.pem");
		let made = Command::new("sh")
			.args(["-c", AUTHORITY])
			.current_dir(&**folder)
			.output()
			.expect("openssl starts: scripts/setup installs it");
		assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
		let shown = folder.join("shown");
		fs::create_dir(&shown).expect("the folder can be written");
		let mut process = Command::new(python("python"))
			.arg(checkout().join("e2e/anchored/server.py"))
			.arg(&shown)
			.args([
				"--certificate",
				&folder.path_of("server.pem"),
				"--key",
				&folder.path_of("server.key"),
				"--token",
				TOKEN,
			])
			.stdin(Stdio::piped())
			.stdout(Stdio::piped())
			.spawn()
			.expect("python starts");
		let mut said = String::new();
		BufReader::new(process.stdout.take().unwrap()).read_line(&mut said).expect("it says its ports");
		let ports: Value = serde_json::from_str(&said).expect("it says its ports");
		Self {
			_held: process.stdin.take().unwrap(),
			process,
			web: format!("https://127.0.0.1:{}/cti/", ports["web"]),
			ipfs: format!("http://127.0.0.1:{}", ports["ipfs"]),
			shown,
			certificate,
		}
	}

	/// This member's command line, which trusts the server and may write to it.
	fn known_to(&self, cli: Cli) -> Cli {
		cli.with_environment(&[
			("SSL_CERT_FILE", &self.certificate),
			("TESTUDO_ANCHOR_TOKEN", TOKEN),
			("TESTUDO_IPFS", &self.ipfs),
			("TESTUDO_IPFS_API", &self.ipfs),
		])
	}

	/// The file of an envelope.
	fn file(&self, record: &Value) -> PathBuf {
		self.shown.join(format!("{}.envelope", record["id"].as_str().unwrap()))
	}
}

impl Drop for Servers {
	fn drop(&mut self) {
		let _ = self.process.kill();
		let _ = self.process.wait();
	}
}

/// The one record that was published.
fn only(published: &Value) -> &Value {
	let records = published["records"].as_array().unwrap();
	assert_eq!(records.len(), 1, "{published}");
	&records[0]
}

#[test]
fn what_no_block_has_room_for_should_be_published_fetched_checked_and_withdrawn() {
	let chain = Dev::start("anchored");
	let servers = Servers::start(&chain.folder);
	let [alice, bob, charlie] = chain.members(["alice", "bob", "charlie"]).map(|cli| servers.known_to(cli));
	let objects = data::indicators(0, MANY);
	let bundle = chain.folder.write("many.json", data::bundle(&objects));
	let published = alice.json(&["publish", &bundle, "--group", "0", "--marking", "green", "--anchor", &servers.web]);
	let record = only(&published);
	assert!(record["bytes"].as_u64().unwrap() > 1_000_000, "{record}");
	assert_eq!(fs::metadata(servers.file(record)).unwrap().len(), record["bytes"].as_u64().unwrap());

	let name = record["record"].as_str().unwrap();
	bob.ok(&["sync"]);
	assert_eq!(bob.objects(), MANY as u64);
	let exported = chain.folder.path_of("exported.json");
	bob.ok(&["export", "--out", &exported]);
	let exported = data::objects(&fs::read(exported).unwrap());
	let mut found: Vec<&str> = exported.iter().map(|raw| raw.get()).filter(|raw| raw.contains("indicator--")).collect();
	let mut expected: Vec<&str> = objects.iter().map(String::as_str).collect();
	found.sort_unstable();
	expected.sort_unstable();
	assert_eq!(found, expected, "byte for byte");
	let proof = chain.folder.path_of("proof.json");
	let shown = bob.json(&["show", name]);
	let object = shown["objects"][0]["id"].as_str().unwrap().to_string();
	bob.ok(&["prove", name, &object, "--out", &proof]);
	charlie.ok(&["verify", &proof]);
	bob.ok(&["sight", name]);

	// What was changed where it lies is not believed, and what is mended is fetched.
	let file = servers.file(record);
	let good = fs::read(&file).unwrap();
	let mut bad = good.clone();
	*bad.last_mut().unwrap() ^= 1;
	fs::write(&file, bad).unwrap();
	let said = charlie.ok(&["sync"]);
	assert!(said.contains("1 not to be had"), "{said}");
	assert_eq!(charlie.objects(), 0);
	let shown = charlie.ok(&["show", name]);
	assert!(shown.contains("not the envelope that the chain knows"), "{shown}");
	fs::write(&file, good).unwrap();
	charlie.ok(&["sync"]);
	assert_eq!(charlie.objects(), MANY as u64);

	alice.ok(&["withdraw", name]);
	bob.ok(&["sync"]);
	assert_eq!(bob.objects(), 0);
}

#[test]
fn server_that_is_gone_should_keep_nobody_from_the_rest() {
	let chain = Dev::start("anchored-gone");
	let servers = Servers::start(&chain.folder);
	let [alice, bob] = chain.members(["alice", "bob"]).map(|cli| servers.known_to(cli));
	let options = ["--group", "0", "--marking", "green"];
	let anchor = |number: usize, more: &[&str]| {
		let file = chain.file(number);
		let command = [&["publish", &file], &options[..], more].concat();
		alice.json(&command)
	};
	let hidden = servers.shown.with_extension("hidden");
	let put = anchor(1, &["--anchor", &servers.web]);
	let shelf = servers.shown.to_str().unwrap();
	anchor(2, &["--anchor", &servers.web, "--anchor-folder", shelf]);
	anchor(3, &["--anchor", "ipfs://"]);
	anchor(4, &[]);
	let group = alice.json(&["groups", "create", "Deal", "--ceiling", "green"])["group"].to_string();
	alice.ok(&["groups", "add", &group, "borealis"]);
	let (file, place) = (chain.file(6), ["--anchor", &servers.web]);
	alice.publish(&[&[file.as_str(), "--group", &group, "--marking", "green"], &place[..]].concat());
	fs::rename(&servers.shown, &hidden).unwrap();
	let said = bob.ok(&["sync"]);
	assert!(said.contains("4 not to be had"), "{said}");
	// Who holds no key of it does not even ask.
	let said = servers.known_to(chain.member("charlie")).ok(&["sync"]);
	assert!(said.contains("1 not for you") && said.contains("3 not to be had"), "{said}");
	assert_eq!(bob.objects(), 1);
	let _agent = bob.agent_of_store(&[]);
	fs::rename(&hidden, &servers.shown).unwrap();
	wait_for("objects in Bob's store", PATIENCE, || match bob.objects() {
		5 => Ok(()),
		found => Err(format!("{found} of 5")),
	});
	assert_eq!(bob.json(&["show", only(&put)["record"].as_str().unwrap()])["content"], "open");

	// Nothing is registered that readers could not fetch, or that the server does not take.
	alice.refused(
		&[&["publish", &chain.file(5)], &options[..], &["--anchor", "https://127.0.0.1:1/cti/"]].concat(),
		2,
		&["nothing was registered", "https://127.0.0.1:1/cti/"],
	);
	let outsider = chain.member("alice").with_environment(&[("SSL_CERT_FILE", &servers.certificate)]);
	let file = chain.file(5);
	let command = [&["publish", &file], &options[..], &["--anchor", &servers.web]].concat();
	outsider.refused(&command, 2, &["nothing was registered", "401"]);
	let plain = [&["publish", &file], &options[..], &["--anchor", "http://a.example/"]].concat();
	outsider.refused(&plain, 2, &["https://"]);
	alice.ok(&["sync"]);
	assert_eq!(alice.records().len(), 5);
}

#[test]
fn grant_should_open_what_lies_elsewhere_to_one_more_reader() {
	let chain = Dev::start("anchored-grant");
	let servers = Servers::start(&chain.folder);
	let [alice, bob, dave] = chain.members(["alice", "bob", "dave"]).map(|cli| servers.known_to(cli));
	let file = chain.file(1);
	let command = ["publish", &file, "--to", "borealis", "--marking", "amber", "--anchor", &servers.web];
	let published = alice.json(&command);
	let name = only(&published)["record"].as_str().unwrap().to_string();
	dave.ok(&["sync"]);
	assert_eq!(dave.content(&name), "closed");
	alice.ok(&["grant", &name, "--to", "dynamo"]);
	dave.ok(&["sync"]);
	assert_eq!(dave.content(&name), "open");
	bob.ok(&["sync"]);
	assert_eq!(bob.content(&name), "open");

	// The grant comes in the block after the record, while a reader that stays is still fetching.
	let _agent = dave.agent_of_store(&[]);
	for number in 2..5 {
		let file = chain.file(number);
		alice.publish(&[&file, "--to", "dynamo", "--named", "--marking", "amber", "--anchor", &servers.web]);
	}
	wait_for("what was granted in Dave's store", PATIENCE, || match dave.objects() {
		4 => Ok(()),
		found => Err(format!("{found} of 4")),
	});
}
