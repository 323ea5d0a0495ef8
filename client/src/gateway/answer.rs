//! Answers as TAXII writes them (sections 1.6, 3.2 and 3.6).

use crate::time;
use axum::{
	body::Body,
	http::{header, HeaderMap, HeaderValue, Method, StatusCode},
	response::{IntoResponse, Response},
};
use serde_json::{json, Value};

/// What requests and answers are.
pub const MEDIA_TYPE: &str = "application/taxii+json;version=2.1";
/// What collections hold.
pub const STIX: &str = "application/stix+json;version=2.1";
/// What lacks something that STIX 2.1 requires.
pub const STIX_2_0: &str = "application/stix+json;version=2.0";

/// Why a request gets nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
	/// The HTTP status.
	pub status: StatusCode,
	/// What is wrong, for people.
	pub reason: String,
	/// Seconds after which it may be tried again.
	pub retry_after: Option<u64>,
	/// The methods that are for the address, where another was asked for.
	pub allow: Option<String>,
}

impl Refusal {
	/// One with this status.
	pub fn new(status: StatusCode, reason: impl Into<String>) -> Self {
		Self { status, reason: reason.into(), retry_after: None, allow: None }
	}

	/// A wrong parameter or body.
	pub fn bad(reason: impl Into<String>) -> Self {
		Self::new(StatusCode::BAD_REQUEST, reason)
	}

	/// Another method than those of the address.
	pub fn not_allowed(method: &Method, allowed: &[Method]) -> Self {
		let allow: Vec<&str> = allowed.iter().map(Method::as_str).chain(["HEAD"]).collect();
		let reason = format!("{method} is not for this address");
		Self { allow: Some(allow.join(", ")), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, reason) }
	}

	/// No such thing, or not for this account: that it exists is not told either.
	pub fn not_found(what: impl Into<String>) -> Self {
		Self::new(StatusCode::NOT_FOUND, what)
	}

	/// Not now.
	pub fn busy(status: StatusCode, reason: impl Into<String>, seconds: u64) -> Self {
		Self { retry_after: Some(seconds), ..Self::new(status, reason) }
	}

	/// Nobody is who they say they are.
	pub fn unknown_account() -> Self {
		Self::new(StatusCode::UNAUTHORIZED, "this server answers accounts: send a password (basic) or a token (bearer)")
	}

	/// It failed inside. Why goes to the log and not to a client.
	pub fn failed(error: &crate::error::Error) -> Self {
		tracing::error!(%error, "a request failed");
		Self::new(StatusCode::INTERNAL_SERVER_ERROR, "the server failed: its log says why")
	}
}

impl IntoResponse for Refusal {
	fn into_response(self) -> Response {
		let body = json!({
			"title": self.status.canonical_reason().unwrap_or("refused"),
			"description": self.reason,
			"error_code": error_code(self.status),
			"http_status": self.status.as_u16().to_string(),
		});
		let mut response = document(self.status, &body);
		let headers = response.headers_mut();
		if self.status == StatusCode::UNAUTHORIZED {
			headers
				.append(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"TAXII\", charset=\"UTF-8\""));
			headers.append(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"TAXII\""));
		}
		if let Some(allow) = self.allow.and_then(|allow| HeaderValue::from_str(&allow).ok()) {
			headers.insert(header::ALLOW, allow);
		}
		if let Some(seconds) = self.retry_after {
			headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
		}
		response
	}
}

/// A word for machines.
fn error_code(status: StatusCode) -> &'static str {
	match status.as_u16() {
		400 => "bad-request",
		401 => "unauthorized",
		403 => "forbidden",
		404 => "not-found",
		405 => "method-not-allowed",
		406 => "not-acceptable",
		408 => "timeout",
		413 => "too-large",
		415 => "unsupported-media-type",
		422 => "unprocessable",
		429 => "too-many-requests",
		503 => "busy",
		_ => "failed",
	}
}

/// A JSON document of TAXII.
pub fn document(status: StatusCode, body: &Value) -> Response {
	bytes(status, body.to_string().into_bytes())
}

/// JSON of TAXII that is written already.
pub fn bytes(status: StatusCode, body: Vec<u8>) -> Response {
	let mut response = Response::new(Body::from(body));
	*response.status_mut() = status;
	let headers = response.headers_mut();
	headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
	headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
	headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
	response
}

/// The first and the last moment of what is on a page, in microseconds since 1970 (section 3.2).
pub fn date_added(mut response: Response, span: Option<(i64, i64)>) -> Response {
	let headers = response.headers_mut();
	if let Some((first, last)) = span {
		for (name, moment) in [("x-taxii-date-added-first", first), ("x-taxii-date-added-last", last)] {
			if let Ok(value) = HeaderValue::from_str(&moment_text(moment)) {
				headers.insert(name, value);
			}
		}
	}
	response
}

/// A moment to the microsecond: with fewer decimals `added_after` would tell an object again.
pub fn moment_text(micros: i64) -> String {
	match micros.rem_euclid(1_000) {
		0 => time::rfc3339(micros).replace('Z', "000Z"),
		_ => time::rfc3339(micros),
	}
}

/// Does the client take what TAXII 2.1 answers? One that does not say takes everything.
pub fn require_acceptable(headers: &HeaderMap) -> Result<(), Refusal> {
	let mut ranges = list(headers, &header::ACCEPT).peekable();
	if ranges.peek().is_none() || ranges.any(|range| is_acceptable(&range)) {
		return Ok(());
	}
	Err(Refusal::new(StatusCode::NOT_ACCEPTABLE, format!("this server answers {MEDIA_TYPE} and nothing else")))
}

/// Is what is sent an envelope of TAXII 2.1?
pub fn require_envelope(headers: &HeaderMap) -> Result<(), Refusal> {
	match list(headers, &header::CONTENT_TYPE).next() {
		Some(kind) if is_taxii(&kind) => Ok(()),
		_ => Err(Refusal::new(
			StatusCode::UNSUPPORTED_MEDIA_TYPE,
			format!("send {MEDIA_TYPE} and say so in Content-Type"),
		)),
	}
}

/// What a header lists.
fn list<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> impl Iterator<Item = String> + 'a {
	let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
	values.flat_map(|value| value.split(',')).map(|one| one.replace([' ', '"'], "").to_ascii_lowercase())
}

fn is_acceptable(range: &str) -> bool {
	let (kind, parameters) = range.split_once(';').unwrap_or((range, ""));
	let refused = parameters.split(';').any(|one| one.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0)));
	!refused && (is_taxii(range) || matches!(kind, "*/*" | "application/*"))
}

/// Without a version it is the newest, which is this one.
fn is_taxii(range: &str) -> bool {
	let mut parts = range.split(';');
	parts.next() == Some("application/taxii+json")
		&& parts.all(|one| one.strip_prefix("version=").is_none_or(|version| version == "2.1"))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn headers(name: header::HeaderName, values: &[&'static str]) -> HeaderMap {
		let mut headers = HeaderMap::new();
		for value in values {
			headers.append(&name, HeaderValue::from_static(value));
		}
		headers
	}

	#[test]
	fn only_taxii_2_1_should_be_spoken() {
		let accepts = |values: &[&'static str]| require_acceptable(&headers(header::ACCEPT, values)).is_ok();
		for good in [
			"application/taxii+json;version=2.1",
			"application/taxii+json; version=2.1",
			"application/taxii+json",
			"application/TAXII+json; version=\"2.1\"; q=0.5",
			"text/html, */*;q=0.1",
			"application/*",
		] {
			assert!(accepts(&[good]), "{good}");
		}
		assert!(accepts(&[]) && accepts(&["text/html", "application/taxii+json"]));
		for bad in [
			"application/taxii+json;version=2.0",
			"application/vnd.oasis.taxii+json;version=2.0",
			"application/json",
			"text/html",
			"*/*;q=0",
			"",
		] {
			assert!(!accepts(&[bad]), "{bad}");
		}
		let takes = |values: &[&'static str]| require_envelope(&headers(header::CONTENT_TYPE, values)).is_ok();
		assert!(takes(&["application/taxii+json;version=2.1"]) && takes(&["application/taxii+json"]));
		assert!(!takes(&[]) && !takes(&["application/json"]) && !takes(&["application/taxii+json;version=2.0"]));
		assert!(!takes(&["*/*"]));
	}

	#[test]
	fn moments_should_keep_their_microseconds() {
		assert_eq!(moment_text(1_738_324_800_000_000), "2025-01-31T12:00:00.000000Z");
		assert_eq!(moment_text(1_738_324_800_123_000), "2025-01-31T12:00:00.123000Z");
		assert_eq!(moment_text(1_738_324_800_123_456), "2025-01-31T12:00:00.123456Z");
		let text = moment_text(1_738_324_800_123_456);
		assert_eq!(text.parse::<cti_stix::Timestamp>().unwrap().micros(), 1_738_324_800_123_456);
	}

	#[test]
	fn refusal_should_have_the_body_that_taxii_wants() {
		let refusal = Refusal::busy(StatusCode::TOO_MANY_REQUESTS, "slower", 7).into_response();
		assert_eq!(refusal.status(), 429);
		assert_eq!(refusal.headers()[header::RETRY_AFTER], "7");
		assert_eq!(refusal.headers()[header::CONTENT_TYPE], MEDIA_TYPE);
		let unknown = Refusal::unknown_account().into_response();
		assert_eq!(unknown.headers().get_all(header::WWW_AUTHENTICATE).iter().count(), 2);
	}
}
