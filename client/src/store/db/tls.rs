//! TLS to a server whose certificate is checked.

use super::url::Roots;
use rustls::{
	crypto::ring,
	pki_types::{pem::PemObject, CertificateDer},
	ClientConfig, RootCertStore,
};
use std::{
	env,
	path::{Path, PathBuf},
	sync::Arc,
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Where systems keep the certificates that they believe: Debian, Fedora, Alpine and macOS.
const SYSTEM: [&str; 3] =
	["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

/// What speaks TLS to a server, or why nothing can.
pub(super) fn connector(roots: &Roots) -> Result<MakeRustlsConnect, String> {
	let path = match roots {
		Roots::File(path) => path.clone(),
		Roots::System => system().ok_or("this system has no file of certificates: name one with sslrootcert=FILE")?,
	};
	let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
		.with_safe_default_protocol_versions()
		.map_err(|e| e.to_string())?
		.with_root_certificates(believed(&path).map_err(|reason| format!("{}: {reason}", path.display()))?)
		.with_no_client_auth();
	Ok(MakeRustlsConnect::new(config))
}

fn system() -> Option<PathBuf> {
	let named = env::var_os("SSL_CERT_FILE").map(PathBuf::from);
	named.into_iter().chain(SYSTEM.map(PathBuf::from)).find(|path| path.exists())
}

fn believed(path: &Path) -> Result<RootCertStore, String> {
	let certificates = CertificateDer::pem_file_iter(path).map_err(|e| e.to_string())?;
	let certificates = certificates.collect::<Result<Vec<_>, _>>().map_err(|e| e.to_string())?;
	let mut believed = RootCertStore::empty();
	let (added, _) = believed.add_parsable_certificates(certificates);
	match added {
		0 => Err("there is no certificate in it".into()),
		_ => Ok(believed),
	}
}
