//! What is asked of a TAXII server.

use super::{
	headers::{authorization, percent},
	http::{Opened, Request, Response, Stop},
	serving::Serving,
	store::Token,
};
use crate::pallet::Config;
use alloc::{format, string::String};
use cti_primitives::feed::FeedConfig;

const MEDIA_TYPE: &str = "application/taxii+json;version=2.1";

pub(crate) fn is_json(media_type: &str) -> bool {
	matches!(
		media_type,
		"application/taxii+json"
			| "application/stix+json"
			| "application/json"
			| "application/vnd.oasis.taxii+json"
			| "application/vnd.oasis.stix+json"
	)
}

pub(crate) fn collection_url(config: &FeedConfig) -> String {
	format!("{}collections/{}/objects/", config.url, percent(&config.collection))
}

pub(crate) fn objects_url(config: &FeedConfig, added_after: Option<&str>, limit: u32, token: Option<&Token>) -> String {
	let mut url = format!("{}?limit={limit}&match%5Bversion%5D=all", collection_url(config));
	for (name, value) in [("added_after", added_after), ("next", token.and_then(|token| token.next.as_deref()))] {
		if let Some(value) = value {
			url.push_str(&format!("&{name}={}", percent(value)));
		}
	}
	url
}

fn request<'a>(config: &FeedConfig, url: &'a str) -> Request<'a> {
	let headers = authorization(&config.credentials).map(|value| ("authorization", value));
	Request { url, accept: MEDIA_TYPE, headers: headers.into_iter().collect() }
}

pub(crate) fn get<T: Config>(serving: &mut Serving<T>, url: &str) -> Result<Response, Stop> {
	request(&serving.config, url).send(&mut serving.watch)
}

/// Gets ready to ask, if `needed` milliseconds are left for the answer. Nothing is sent yet.
pub(crate) fn open<T: Config>(serving: &mut Serving<T>, url: &str, needed: u64) -> Result<Opened, Stop> {
	request(&serving.config, url).open(&mut serving.watch, needed)
}
