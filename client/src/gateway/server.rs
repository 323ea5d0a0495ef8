//! The server: connections, TLS, and the end.

use super::{config::Tls, routes, Gateway};
use crate::error::Error;
use axum::Router;
use axum_server::{tls_rustls::RustlsConfig, Handle};
use hyper_util::{
	rt::{TokioExecutor, TokioTimer},
	server::conn::auto::Builder,
};
use std::{
	fs, mem,
	net::{SocketAddr, TcpListener},
	sync::Arc,
	time::Duration,
};

/// How long answers under way may take after the end was asked for.
const LAST_ANSWERS: Duration = Duration::from_secs(5);

/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(20);

/// Between two looks at the certificate.
const LOOK: Duration = Duration::from_secs(10);

/// Called with the address once the server listens.
pub type Ready = Box<dyn FnOnce(SocketAddr) + Send>;

/// Serves until the process is told to end. `more` answers what is not TAXII's.
pub async fn serve(gateway: Arc<Gateway>, more: Router, ready: Ready) -> Result<(), Error> {
	let listen = gateway.config.listen;
	let taken =
		|e| Error::usage(format!("cannot listen at {listen}: {e}"), "take another address: listen, or --listen");
	let listener = TcpListener::bind(listen).map_err(taken)?;
	listener.set_nonblocking(true).map_err(taken)?;
	let tls = match &gateway.config.tls {
		Some(files) => {
			let tls = certificate(files).await?;
			tokio::spawn(renew(tls.clone(), files.clone()));
			Some(tls)
		}
		None => None,
	};
	ready(listener.local_addr().map_err(taken)?);
	let service = Router::new()
		.fallback(routes::answer)
		.with_state(gateway.clone())
		.merge(more)
		.into_make_service_with_connect_info::<SocketAddr>();
	let handle = Handle::new();
	tokio::spawn(end(handle.clone()));
	let served = match tls {
		Some(tls) => {
			let mut server = axum_server::from_tcp_rustls(listener, tls).map_err(taken)?.handle(handle);
			hurry(server.http_builder());
			server.serve(service).await
		}
		None => {
			let mut server = axum_server::from_tcp(listener).map_err(taken)?.handle(handle);
			hurry(server.http_builder());
			server.serve(service).await
		}
	};
	served.map_err(|e| Error::Internal(format!("the server ended: {e}")))?;
	// What was taken was promised.
	gateway.inbox.empty().await;
	Ok(())
}

/// A connection that does not say what it wants is closed.
fn hurry(builder: &mut Builder<TokioExecutor>) {
	// Nothing but HTTP/1.1: what waits to learn the version does not mind how long that takes.
	*builder = mem::replace(builder, Builder::new(TokioExecutor::new())).http1_only();
	builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD);
}

async fn certificate(files: &Tls) -> Result<RustlsConfig, Error> {
	// A second server in one process has it already.
	let _ = rustls::crypto::ring::default_provider().install_default();
	let Tls { certificate, key } = files;
	RustlsConfig::from_pem_file(certificate, key).await.map_err(|e| {
		Error::input(
			certificate,
			format!("with the key {}: {e}", key.display()),
			"name a certificate and its key, in PEM",
		)
	})
}

/// Takes a new certificate when its files change: those of public authorities hold for weeks.
async fn renew(tls: RustlsConfig, files: Tls) {
	let changed =
		|| [&files.certificate, &files.key].map(|path| fs::metadata(path).and_then(|found| found.modified()).ok());
	let mut known = changed();
	loop {
		tokio::time::sleep(LOOK).await;
		let found = changed();
		if found == known {
			continue;
		}
		known = found;
		let path = files.certificate.display();
		match tls.reload_from_pem_file(&files.certificate, &files.key).await {
			Ok(()) => tracing::info!(%path, "the new certificate is in use"),
			Err(error) => tracing::error!(%path, %error, "the old certificate stays in use"),
		}
	}
}

/// Ctrl-C, or what a service manager sends.
async fn end(handle: Handle<SocketAddr>) {
	let interrupted = tokio::signal::ctrl_c();
	#[cfg(unix)]
	{
		use tokio::signal::unix::{signal, SignalKind};
		match signal(SignalKind::terminate()) {
			Ok(mut terminated) => {
				tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} };
			}
			Err(_) => drop(interrupted.await),
		}
	}
	#[cfg(not(unix))]
	let _ = interrupted.await;
	handle.graceful_shutdown(Some(LAST_ANSWERS));
}
