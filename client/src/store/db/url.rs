//! Which database a URL names, and how to speak to it.

use crate::error::Error;
use postgres::config::{Config, Host};
use std::{net::IpAddr, path::PathBuf, time::Duration};

/// How long to wait for a server that does not answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a connection may be lost before it is given up, and how often an idle one is looked at.
const SILENCE: Duration = Duration::from_secs(60);

/// A database of a server, and how to get there.
pub(super) struct Target {
	/// User, password, server and database.
	pub config: Config,
	/// By which certificates the server's is checked; without TLS if there are none.
	pub roots: Option<Roots>,
}

/// Certificates that are believed.
pub(super) enum Roots {
	/// Those that the system believes.
	System,
	/// Those of a file in PEM.
	File(PathBuf),
}

/// Does the text name a server, and not a folder?
pub(in crate::store) fn is_url(text: &str) -> bool {
	["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme))
}

/// The URL without its password, for people.
pub(in crate::store) fn shown(url: &str) -> String {
	let Some((config, _)) = parsed(url) else { return "postgres://…".into() };
	let ports = config.get_ports();
	let server = |(at, host): (usize, &Host)| {
		let name = match host {
			Host::Tcp(name) if name.contains(':') => format!("[{name}]"),
			Host::Tcp(name) => name.clone(),
			#[cfg(unix)]
			Host::Unix(path) => path.to_string_lossy().replace('/', "%2F"),
		};
		match ports.get(at).or(ports.first()) {
			Some(port) if *port != 5432 => format!("{name}:{port}"),
			_ => name,
		}
	};
	let servers: Vec<String> = config.get_hosts().iter().enumerate().map(server).collect();
	let user = config.get_user().map(|user| format!("{user}@")).unwrap_or_default();
	format!("postgres://{user}{}/{}", servers.join(","), config.get_dbname().unwrap_or_default())
}

/// Reads the URL. What is wrong with it is told without a word of it: a password may be anywhere in it.
pub(super) fn target(url: &str) -> Result<Target, Error> {
	let (mut config, own) = parsed(url).filter(|(config, _)| !config.get_hosts().is_empty()).ok_or_else(unreadable)?;
	let roots = || own.roots.clone().map_or(Roots::System, Roots::File);
	let roots = match own.mode.as_deref() {
		Some("disable") => None,
		Some("require" | "verify-ca" | "verify-full") => Some(roots()),
		None => (!config.get_hosts().iter().all(is_local)).then(roots),
		Some(_) => return Err(Error::usage(
			"the URL of --store has an sslmode that is not known, or one that anybody on the way can talk out of TLS",
			"write sslmode=verify-full for TLS, or sslmode=disable for a connection that needs none",
		)),
	};
	config.ssl_mode(match roots {
		Some(_) => postgres::config::SslMode::Require,
		None => postgres::config::SslMode::Disable,
	});
	if config.get_connect_timeout().is_none() {
		config.connect_timeout(PATIENCE);
	}
	if config.get_tcp_user_timeout().is_none() {
		config.tcp_user_timeout(SILENCE).keepalives_idle(SILENCE);
	}
	if config.get_application_name().is_none() {
		config.application_name("testudo");
	}
	Ok(Target { config, roots })
}

fn unreadable() -> Error {
	Error::usage(
		"the URL of --store cannot be read",
		"write it like postgres://USER:PASSWORD@HOST/DATABASE, with %40 for an @ in the password, %3A for a colon and %25 \
		 for a percent sign",
	)
}

/// The options that are not the client's.
#[derive(Default)]
struct Own {
	mode: Option<String>,
	roots: Option<PathBuf>,
}

fn parsed(url: &str) -> Option<(Config, Own)> {
	// With another @, a part of the password would be taken for the server's name and shown.
	if !is_url(url) || url.matches('@').count() > 1 {
		return None;
	}
	let behind_password = url.find('@').unwrap_or_default();
	let (mut rest, mut own) = (url.to_string(), Own::default());
	if let Some(at) = url[behind_password..].find('?').map(|at| at + behind_password) {
		let mut others = Vec::new();
		for option in url[at + 1..].split('&') {
			match option.split_once('=') {
				Some(("sslmode", mode)) => own.mode = Some(mode.into()),
				Some(("sslrootcert", path)) => own.roots = Some(path.into()),
				_ => others.push(option),
			}
		}
		rest.truncate(at);
		if !others.is_empty() {
			rest = format!("{rest}?{}", others.join("&"));
		}
	}
	Some((rest.parse().ok()?, own))
}

/// Is it on this machine, where nobody is in between?
fn is_local(host: &Host) -> bool {
	match host {
		Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
		#[cfg(unix)]
		Host::Unix(_) => true,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn password_should_be_in_nothing_that_is_shown() {
		for (url, expected) in [
			("postgres://ann:s3cret@db.example/cti", "postgres://ann@db.example/cti"),
			("postgresql://ann:s3%40cret@db.example:6543/cti?sslmode=disable", "postgres://ann@db.example:6543/cti"),
			("postgres://ann@db.example/cti?password=s3cret", "postgres://ann@db.example/cti"),
			("postgres://ann:s3cret@%2Frun%2Fpostgresql/cti", "postgres://ann@%2Frun%2Fpostgresql/cti"),
			("postgres://ann:s3cret@[::1]:5433/cti", "postgres://ann@[::1]:5433/cti"),
			("postgres://ann:x@s3cret@db.example/cti", "postgres://…"),
			("postgres://ann:x@s3c/ret@db.example/cti", "postgres://…"),
			("postgres://ann:s3cret@db.example:port/cti", "postgres://…"),
		] {
			assert_eq!(shown(url), expected, "{url}");
		}
	}

	#[test]
	fn unreadable_url_should_be_refused_without_a_word_of_it() {
		for url in [
			"postgres://ann:x@s3cret@db.example/cti",
			"postgres://ann:s3cret@db.example:port/cti",
			"postgres://ann:s3cret@db.example/cti?s3cret=1",
			"postgres:///cti",
			"postgres://ann:s3cret@db.example/cti?sslmode=prefer",
			"postgres://ann:s3cret@db.example/cti?sslmode=s3cret",
		] {
			let refusal = target(url).err().unwrap();
			assert_eq!(refusal.exit(), crate::error::Exit::Usage, "{url}");
			assert!(!format!("{refusal} {} {refusal:?}", refusal.advice()).contains("s3c"), "{refusal}");
		}
	}

	#[test]
	fn tls_should_be_left_out_on_this_machine_or_where_it_is_said_only() {
		let has_tls = |url: &str| target(url).unwrap().roots.is_some();
		assert!(has_tls("postgres://ann@db.example/cti"));
		assert!(has_tls("postgres://ann@localhost,db.example/cti"));
		assert!(has_tls("postgres://ann@localhost/cti?sslmode=require&sslrootcert=/etc/x.pem"));
		assert!(!has_tls("postgres://ann@db.example/cti?sslmode=disable"));
		for host in ["localhost", "127.0.0.1", "[::1]", "%2Frun%2Fpostgresql"] {
			assert!(!has_tls(&format!("postgres://ann@{host}/cti")), "{host}");
		}
	}
}
