//! Stores for tests: in a folder, and in a database of a PostgreSQL server that the tests start for themselves.

use super::{Place, Store};
use std::{
	env, fs,
	io::{BufRead, BufReader},
	net::TcpListener,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	sync::{
		atomic::{AtomicU32, Ordering},
		OnceLock,
	},
};

/// Runs each of these functions as a test of its own in a folder, and as one in a database of PostgreSQL.
macro_rules! on_both {
	($($test:ident),* $(,)?) => {
		mod in_sqlite { $(#[test] fn $test() { super::$test(&$crate::store::testing::Home::folder()); })* }
		mod in_postgres { $(#[test] fn $test() { super::$test(&$crate::store::testing::Home::database()); })* }
	};
}
pub(crate) use on_both;

/// A place for one test's store.
pub(crate) enum Home {
	/// A folder, gone with it.
	Folder(tempfile::TempDir),
	/// A database of this name.
	Database(String),
}

impl Home {
	/// A folder.
	pub fn folder() -> Self {
		Home::Folder(tempfile::tempdir().unwrap())
	}

	/// A new database.
	pub fn database() -> Self {
		static MADE: AtomicU32 = AtomicU32::new(0);
		let name = format!("t{}", MADE.fetch_add(1, Ordering::Relaxed));
		Server::get().psql("postgres", &format!("CREATE DATABASE {name}"));
		Home::Database(name)
	}

	/// Where the store is.
	pub fn place(&self) -> Place {
		match self {
			Home::Folder(folder) => folder.path().join("alice").into(),
			Home::Database(name) => PathBuf::from(Server::get().url(name)).into(),
		}
	}

	/// The store, made if it is not there.
	pub fn open(&self) -> Store {
		Store::open(self.place()).unwrap()
	}

	/// Are these bytes anywhere in the store's files, or in the contents that the server gives out?
	pub fn holds(&self, bytes: &[u8]) -> bool {
		match self {
			Home::Folder(folder) => fs::read_dir(folder.path().join("alice")).unwrap().any(|file| {
				let content = fs::read(file.unwrap().path()).unwrap();
				content.windows(bytes.len()).any(|window| window == bytes)
			}),
			Home::Database(name) => {
				let bytes = hex::encode(bytes);
				let sql = format!("SELECT count(*) FROM contents WHERE position('\\x{bytes}'::bytea IN raw) > 0");
				Server::get().psql(name, &sql) != "0"
			}
		}
	}

	/// Runs statements past the store.
	pub fn run(&self, sql: &str) {
		match self {
			Home::Folder(_) => self.open().db.execute_batch(sql).unwrap(),
			Home::Database(name) => drop(Server::get().psql(name, sql)),
		}
	}
}

/// A server for all tests of this process.
pub(crate) struct Server {
	/// Its files, its socket and its certificates.
	pub folder: PathBuf,
	/// Where it listens for TLS.
	pub port: u16,
	programs: PathBuf,
	/// As long as this process lives, it does: it waits for the end of its input.
	_guard: Child,
}

/// Which user's password the server asks for where TLS is spoken.
pub(crate) const PASSWORD: &str = "s3cret";

/// Ends when its input does, and cleans up.
const GUARD: &str = r#"
trap '' PIPE
cd "$1" && {
	initdb -D data -U testudo -E UTF8 --locale=C -A trust --no-sync &&
	printf 'local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n' >data/pg_hba.conf &&
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=tests -addext subjectAltName=DNS:localhost \
		-addext basicConstraints=critical,CA:FALSE -keyout server.key -out server.pem && chmod 600 server.key
} >log 2>&1 </dev/null || exit
postgres -D data -k "$1" -p "$2" -c listen_addresses=127.0.0.1 -c fsync=off -c ssl=on -c ssl_cert_file="$1/server.pem" \
	-c ssl_key_file="$1/server.key" >>log 2>&1 </dev/null &
until psql -h "$1" -p "$2" -U testudo postgres -c "ALTER USER testudo PASSWORD '$3'" >>log 2>&1 </dev/null; do
	kill -0 $! || exit
	sleep 0.05
done
echo ready
cat >/dev/null
kill -INT $! && wait
rm -rf "$1"
"#;

impl Server {
	/// The server, started if it is not there yet.
	pub fn get() -> &'static Self {
		static SERVER: OnceLock<Server> = OnceLock::new();
		SERVER.get_or_init(Self::start)
	}

	fn start() -> Self {
		let programs = programs().expect("no PostgreSQL was found: run ./scripts/setup tests");
		let folder = tempfile::Builder::new().prefix("testudo-postgres").tempdir().unwrap().keep();
		let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
		let mut command = Command::new("sh");
		command.args(["-c", GUARD, "guard"]).arg(&folder).arg(port.to_string()).arg(PASSWORD);
		let path = env::var("PATH").unwrap_or_default();
		command.env("PATH", format!("{}:{path}", programs.display()));
		as_somebody(&mut command, &folder);
		let mut guard = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
		let mut said = String::new();
		BufReader::new(guard.stdout.take().unwrap()).read_line(&mut said).unwrap();
		let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
		assert_eq!(said, "ready\n", "PostgreSQL did not start:\n{log}");
		Self { folder, port, programs, _guard: guard }
	}

	/// The URL of a database, by the socket.
	pub fn url(&self, database: &str) -> String {
		let socket = self.folder.display().to_string().replace('/', "%2F");
		format!("postgres://testudo@{socket}:{}/{database}", self.port)
	}

	/// What `psql` says to a statement: not by the way that is tested.
	pub fn psql(&self, database: &str, sql: &str) -> String {
		let mut command = Command::new(self.programs.join("psql"));
		command.arg("-h").arg(&self.folder).args([
			"-p",
			&self.port.to_string(),
			"-U",
			"testudo",
			"-v",
			"ON_ERROR_STOP=1",
		]);
		let said = command.args(["-qAtX", "-c", sql, database]).output().unwrap();
		assert!(said.status.success(), "{sql}: {}", String::from_utf8_lossy(&said.stderr));
		String::from_utf8(said.stdout).unwrap().trim().into()
	}
}

/// The folder of `initdb`, `postgres` and `psql`: Debian keeps it out of the path.
fn programs() -> Option<PathBuf> {
	let path = env::var_os("PATH").unwrap_or_default();
	let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
	let mut debian: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
	debian.sort();
	let has_all = |folder: &PathBuf| ["initdb", "postgres", "psql"].iter().all(|name| folder.join(name).exists());
	debian.into_iter().rev().chain(env::split_paths(&path)).find(has_all)
}

/// PostgreSQL does not run as root. What interrupts the tests is to leave it the time to clean up.
#[cfg(unix)]
fn as_somebody(command: &mut Command, folder: &Path) {
	use std::os::unix::{
		fs::{chown, MetadataExt},
		process::CommandExt,
	};
	command.process_group(0);
	if fs::metadata(folder).unwrap().uid() != 0 {
		return;
	}
	let id = |kind: &str| {
		let said = Command::new("id").args([kind, "nobody"]).output().unwrap();
		String::from_utf8(said.stdout).unwrap().trim().parse::<u32>().unwrap()
	};
	let (user, group) = (id("-u"), id("-g"));
	chown(folder, Some(user), Some(group)).unwrap();
	command.uid(user).gid(group);
}

#[cfg(not(unix))]
fn as_somebody(_: &mut Command, _: &Path) {}
