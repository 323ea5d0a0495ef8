//! A TAXII 2.1 collection that pages through as many objects as there are, in constant time a page.

use crate::http::{Request, Response, Server};
use std::sync::{Arc, Mutex};

/// The media type of envelopes.
pub const MEDIA_TYPE: &str = "application/taxii+json;version=2.1";
/// The collection's id.
pub const COLLECTION: &str = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";

/// Objects in the order in which they were added, one a millisecond.
pub type Objects = Arc<Mutex<Vec<String>>>;

/// When object `n` was added.
fn added(n: usize) -> String {
	format!("2026-01-01T{:02}:{:02}:{:02}.{:03}000Z", n / 3_600_000, n / 60_000 % 60, n / 1_000 % 60, n % 1_000)
}

/// The number of the first object that was added after a moment as [`added`] writes it; other moments are before all.
fn first_after(moment: &str) -> usize {
	let part = |from: usize, to: usize| moment.get(from..to).and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
	if moment.starts_with("2026-01-01T") {
		part(11, 13) * 3_600_000 + part(14, 16) * 60_000 + part(17, 19) * 1_000 + part(20, 23) + 1
	} else {
		0
	}
}

/// Answers a request for a page of `objects` as a TAXII 2.1 server does.
pub fn page(objects: &[String], request: &Request) -> Response {
	let number = |name: &str| request.query.get(name).and_then(|value| value.parse::<usize>().ok());
	let first = number("next").or_else(|| request.query.get("added_after").map(|at| first_after(at))).unwrap_or(0);
	let last = first.saturating_add(number("limit").unwrap_or(1_000)).min(objects.len());
	let slice = objects.get(first..last).unwrap_or_default();
	let more = last < objects.len();
	let next = if more { format!(r#","next":"{last}""#) } else { String::new() };
	let body = format!(r#"{{"more":{more}{next},"objects":[{}]}}"#, slice.join(","));
	let response = Response::ok(MEDIA_TYPE, body);
	if slice.is_empty() {
		return response;
	}
	response.with("X-TAXII-Date-Added-First", &added(first)).with("X-TAXII-Date-Added-Last", &added(last - 1))
}

/// Serves `objects`; the API root is the server's address.
pub fn serve(objects: Objects) -> Server {
	Server::start(move |request| {
		if request.path.starts_with(&format!("/collections/{COLLECTION}/objects/")) {
			page(&objects.lock().expect("nobody panics with the lock"), request)
		} else {
			Response::status("404 Not Found")
		}
	})
}
