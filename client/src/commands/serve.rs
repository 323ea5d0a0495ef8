//! `testudo serve`

use super::{handing_in::Desk, page, Context, Output};
use crate::{
	cli::Serve,
	error::Error,
	gateway::{self, config, Config, Gateway, Handover, Outbox, Stores},
	logs, metrics,
};
use axum::Router;
use serde_json::json;
use std::sync::Arc;
use tokio::runtime::Handle;

pub async fn run(context: &Context, options: &Serve) -> Result<Output, Error> {
	if let Some(name) = &options.new_account {
		return new_account(name);
	}
	logs::start(context.global.json);
	let config = configured(options)?;
	let stores = Stores::open(context.place()?)?;
	let genesis = stores.ask(|store| store.genesis()).await?.ok_or_else(|| {
		Error::not_found(
			"the local store is empty",
			"fill it with `testudo sync`, and keep `testudo agent` running beside the gateway",
		)
	})?;
	let staying = context.staying();
	let handover = match config.accounts.iter().any(|account| !account.write.is_empty()) {
		true => Some(handover(&staying, options, &config)?),
		false => None,
	};
	if let Some(listen) = options.metrics {
		metrics::serve(listen).await?;
	}
	let (taxii, json) = (!config.accounts.is_empty(), context.global.json);
	let scheme = if config.tls.is_some() { "https" } else { "http" };
	let secret = hex::encode(crate::entropy::<24>()?);
	let page = match options.ui {
		true => page::router(page_context(&staying)?, secret.clone(), config.tls.is_some()),
		false => Router::new(),
	};
	let has_page = options.ui;
	let ready = move |address| {
		let taxii = taxii.then(|| format!("{scheme}://{address}/taxii2/"));
		let page = has_page.then(|| format!("{scheme}://{address}/ui/?token={secret}"));
		match json {
			true => super::print_json(&json!({ "listening": address, "taxii": taxii, "page": page })),
			false => {
				let lines =
					[taxii.map(|url| format!("TAXII 2.1 at {url}\n")), page.map(|url| format!("the page at {url}\n"))];
				super::print_bytes(lines.into_iter().flatten().collect::<String>().as_bytes());
			}
		}
	};
	gateway::serve(Arc::new(Gateway::new(config, stores, genesis, handover)?), page, Box::new(ready)).await?;
	Ok(Output::Said)
}

/// The page signs with the identity, if there is one: its passphrase is asked for before the page is open.
fn page_context(context: &Context) -> Result<Context, Error> {
	if context.global.identity.is_some() {
		context.identity()?;
	}
	Ok(context.clone())
}

fn configured(options: &Serve) -> Result<Config, Error> {
	let mut config = match &options.config {
		Some(path) => {
			config::warn_if_public(path).iter().for_each(|warning| tracing::warn!("{warning}"));
			Config::read(path)?
		}
		None => Config::default(),
	};
	if let Some(listen) = options.listen {
		config.check_secrecy(listen).map_err(|(reason, advice)| Error::usage(reason, advice))?;
		config.listen = listen;
	}
	Ok(config)
}

/// Publishes with the context's identity, which is read at once: its passphrase is asked for before anybody posts.
fn handover(context: &Context, options: &Serve, config: &Config) -> Result<Handover, Error> {
	context.identity()?;
	let folder = match &config.outbox {
		Some(folder) => folder.clone(),
		None => context.store_folder()?.join("posted"),
	};
	let outbox = Arc::new(Outbox::open(folder)?);
	let desk = Desk::new(context.clone(), options.own.clone(), options.warning_lists.clone());
	let threads = Handle::current();
	Ok(Handover { publisher: Arc::new(move |posting| threads.block_on(desk.hand_in(posting))), outbox })
}

fn new_account(name: &str) -> Result<Output, Error> {
	if !config::is_name(name) {
		return Err(Error::usage(format!("{name:?} is no name of an account"), "take letters, digits, - and _"));
	}
	let ((password, password_hash), (token, token_hash)) = (config::new_secret()?, config::new_secret()?);
	let token = format!("{name}.{token}");
	let lines = format!(
		"[[account]]\nname = \"{name}\"\npassword = \"{password_hash}\"\ntoken = \"{token_hash}\"\nfor = \"own-staff\"        # or own-client, community, anyone\nceiling = \"amber+strict\"\n"
	);
	let text = format!(
		"For the client, shown only now:\n  user      {name}\n  password  {password}\n  or token  {token}\n\nFor the gateway's file:\n{lines}"
	);
	Output::report(json!({ "name": name, "password": password, "token": token, "lines": lines }), text)
}
