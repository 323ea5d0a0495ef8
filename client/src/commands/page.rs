//! The analysts' page: its files, and the command line behind it.
//!
//! What the page asks for is a command, and what it gets is that command's `--json` document. It is for whoever has the
//! address that `testudo serve --ui` prints: a secret in it becomes a cookie, and nobody without one gets anything.

use super::{records::rated, run_command, Context, Output};
use crate::{
	cli::Cli,
	error::{Error, Exit},
	store::Store,
};
use axum::{
	body::Bytes,
	extract::{Path, RawQuery, Request, State},
	http::{header, HeaderMap, HeaderName, HeaderValue, StatusCode},
	middleware::{self, Next},
	response::{IntoResponse, Redirect, Response},
	routing::get,
	Router,
};
use clap::Parser;
use cti_primitives::RecordId;
use serde_json::{json, Value};
use std::{collections::BTreeMap, sync::Arc};
use tokio::runtime::Handle;

/// Files of the page with their content; the first is the page itself.
macro_rules! files {
	($($name:literal)*) => { &[$(($name, include_str!(concat!("../page/", $name)))),*] };
}
const FILES: &[(&str, &str)] = files![
	"index.html"
	"api.js"
	"app.js"
	"audit.js"
	"coverage.js"
	"documents.js"
	"dom.js"
	"feeds.js"
	"graph.js"
	"json.js"
	"judge.js"
	"keys.js"
	"layout.js"
	"lookup.js"
	"matrix.js"
	"members.js"
	"objects.js"
	"parts.js"
	"record.js"
	"records.js"
	"router.js"
	"technique.js"
	"theme.js"
	"types.js"
	"words.js"
	"base.css"
	"frame.css"
	"tables.css"
	"matrix.css"
	"record.css"
	"narrow.css"
];

/// Nothing comes from elsewhere, nothing goes elsewhere, nobody frames it.
const HEADERS: [(HeaderName, &str); 4] = [
	(
		header::CONTENT_SECURITY_POLICY,
		"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
	),
	(header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
	(header::REFERRER_POLICY, "no-referrer"),
	(header::CACHE_CONTROL, "no-store"),
];

/// The page's name for the cookie.
const COOKIE: &str = "testudo";

struct Page {
	context: Context,
	secret: String,
	is_secure: bool,
}

/// Answers under `/ui/`, to whoever has the secret.
pub fn router(context: Context, secret: String, is_secure: bool) -> Router {
	let page = Arc::new(Page { context, secret, is_secure });
	Router::new()
		.route("/ui", get(|| async { Redirect::permanent("/ui/") }))
		.route("/ui/", get(index))
		.route("/ui/{file}", get(file))
		.route("/ui/api/{*path}", get(ask).post(act))
		.layer(middleware::from_fn_with_state(page.clone(), guard))
		.with_state(page)
}

/// Lets through whoever has the cookie, makes one of the secret in an address, and puts the headers on.
async fn guard(State(page): State<Arc<Page>>, request: Request, next: Next) -> Response {
	let given = request.uri().query().and_then(|query| query.strip_prefix("token="));
	let mut response = match given {
		Some(given) if page.is_secret(given) => {
			let secure = if page.is_secure { "; Secure" } else { "" };
			let cookie = format!("{COOKIE}={}; Path=/ui; HttpOnly; SameSite=Strict{secure}", page.secret);
			(StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie), (header::LOCATION, "/ui/".into())]).into_response()
		}
		None if page.has_cookie(request.headers()) => next.run(request).await,
		_ => refused(StatusCode::UNAUTHORIZED, "open the address that `testudo serve --ui` printed"),
	};
	for (name, value) in HEADERS {
		response.headers_mut().insert(name, HeaderValue::from_static(value));
	}
	response
}

impl Page {
	/// Takes as long for every wrong one.
	fn is_secret(&self, given: &str) -> bool {
		let differing = self.secret.bytes().zip(given.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
		given.len() == self.secret.len() && differing == 0
	}

	fn has_cookie(&self, headers: &HeaderMap) -> bool {
		let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
		let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
		pairs.any(|(name, value)| name == COOKIE && self.is_secret(value))
	}
}

async fn index() -> Response {
	file(Path("index.html".into())).await
}

async fn file(Path(name): Path<String>) -> Response {
	let kind = match name.rsplit('.').next() {
		Some("html") => "text/html; charset=utf-8",
		Some("css") => "text/css; charset=utf-8",
		_ => "text/javascript; charset=utf-8",
	};
	match FILES.iter().find(|(known, _)| *known == name) {
		Some((_, content)) => ([(header::CONTENT_TYPE, kind)], *content).into_response(),
		None => refused(StatusCode::NOT_FOUND, "there is no such file"),
	}
}

async fn ask(State(page): State<Arc<Page>>, Path(path): Path<String>, RawQuery(query): RawQuery) -> Response {
	let mut query = parameters(query.as_deref().unwrap_or_default());
	if let Some(limit) = query.remove("limit") {
		query.insert("newest".into(), limit);
	}
	let context = page.context.clone();
	answered(move |threads| {
		let segments: Vec<&str> = path.split('/').collect();
		match segments.as_slice() {
			["about"] => about(&context),
			["records"] => {
				let found =
					run(&context, &threads, question(&["records"], &query, &["technique", "author", "newest"])?)?;
				Ok(threads.block_on(rated(&context, found)))
			}
			["record", author, n, "graph"] => graph(&context, &format!("{author}/{n}")),
			other => run(&context, &threads, asked(other, &query)?),
		}
	})
	.await
}

/// What changes something. Another site can send no such header with the cookie.
async fn act(State(page): State<Arc<Page>>, Path(path): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
	if headers.get("x-testudo").map(HeaderValue::as_bytes) != Some(b"page") {
		return refused(StatusCode::FORBIDDEN, "this is for the page itself");
	}
	let context = page.context.clone();
	answered(move |threads| {
		let said: BTreeMap<String, Value> = serde_json::from_slice(&body)
			.map_err(|e| Error::usage(format!("what the page sent is no JSON object: {e}"), "load the page again"))?;
		let segments: Vec<&str> = path.split('/').collect();
		run(&context, &threads, told(&segments, &said)?)
	})
	.await
}

/// Away from the threads that wait for the network: stores and chains are asked there.
async fn answered(answer: impl FnOnce(Handle) -> Result<Value, Error> + Send + 'static) -> Response {
	let threads = Handle::current();
	let answer = tokio::task::spawn_blocking(move || answer(threads)).await;
	match answer.unwrap_or_else(|e| Err(Error::Internal(format!("answering the page: {e}")))) {
		Ok(document) => json_response(StatusCode::OK, &document),
		Err(error) => json_response(status_of(&error), &error.to_json()),
	}
}

fn status_of(error: &Error) -> StatusCode {
	match error.exit() {
		Exit::Usage | Exit::BadInput => StatusCode::BAD_REQUEST,
		Exit::NotFound => StatusCode::NOT_FOUND,
		Exit::Refused | Exit::Identity => StatusCode::FORBIDDEN,
		Exit::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
		Exit::Success | Exit::Failure | Exit::Verification => StatusCode::INTERNAL_SERVER_ERROR,
	}
}

fn refused(status: StatusCode, reason: &str) -> Response {
	json_response(status, &Error::usage(reason, "").to_json())
}

fn json_response(status: StatusCode, document: &Value) -> Response {
	(status, [(header::CONTENT_TYPE, "application/json")], document.to_string()).into_response()
}

/// Runs a command line; its document.
fn run(context: &Context, threads: &Handle, words: Vec<String>) -> Result<Value, Error> {
	let words = ["testudo".to_string(), "--json".into()].into_iter().chain(words);
	let cli = Cli::try_parse_from(words).map_err(|e| {
		let said = e.to_string();
		Error::usage(said.lines().next().unwrap_or_default().trim_start_matches("error: "), "correct what was entered")
	})?;
	match threads.block_on(run_command(context, cli.command))? {
		Output::Report { json, .. } => Ok(json),
		Output::Raw(_) | Output::Said => Err(Error::Internal("the command has no document".into())),
	}
}

/// Which command answers this path.
fn asked(path: &[&str], query: &BTreeMap<String, String>) -> Result<Vec<String>, Error> {
	let words = |words: &[&str]| Ok(words.iter().map(|word| word.to_string()).collect());
	match path {
		["coverage"] => question(&["attack", "coverage"], query, &["domain", "group", "since", "min-credibility"]),
		["record", author, n] => words(&["show", "--", &format!("{author}/{n}")]),
		["record", author, n, "object", place] => words(&["show", "--", &format!("{author}/{n}"), place]),
		["record", author, n, what @ ("audit" | "credibility")] => words(&[what, "--", &format!("{author}/{n}")]),
		["lookup"] => words(&["lookup", "--", query.get("value").map_or("", String::as_str)]),
		["feeds"] => words(&["feeds", "list"]),
		["feeds", "status"] => words(&["feeds", "status"]),
		[one @ ("members" | "standing" | "reciprocity")] => words(&[one]),
		_ => Err(Error::not_found("the page asks for what there is not", "load it again")),
	}
}

/// A command with those of its options that the query has. A value is never taken for an option.
fn question(command: &[&str], query: &BTreeMap<String, String>, options: &[&str]) -> Result<Vec<String>, Error> {
	let given = options.iter().filter_map(|option| {
		let value = query.get(&option.replace('-', "_")).filter(|value| !value.is_empty())?;
		Some(format!("--{option}={value}"))
	});
	Ok(command.iter().map(|word| word.to_string()).chain(given).collect())
}

/// Which command does this.
fn told(path: &[&str], said: &BTreeMap<String, Value>) -> Result<Vec<String>, Error> {
	let ["record", author, n, what] = path else {
		return Err(Error::not_found("the page wants what there is not", "load it again"));
	};
	let record = format!("{author}/{n}");
	let number = |name: &str| said.get(name).and_then(Value::as_u64).map(|number| number.to_string());
	let is_set = |name: &str| said.get(name).and_then(Value::as_bool).unwrap_or(false);
	let mut words: Vec<String> = match *what {
		"verdict" => vec!["verdict".into()],
		"sighting" => vec!["sight".into()],
		"false-positive" => vec!["sight".into(), "--false-positive".into()],
		_ => return Err(Error::not_found("the page wants what there is not", "load it again")),
	};
	words.extend(is_set("yes").then(|| "--yes".into()));
	words.extend((*what == "verdict" && is_set("malformed")).then(|| "--malformed".into()));
	if *what != "verdict" {
		words.extend(number("count").map(|count| format!("--count={count}")));
		let times = ["first", "last"].map(|name| (name, said.get(name).and_then(Value::as_str)));
		words.extend(times.into_iter().filter_map(|(name, time)| Some(format!("--{name}={}", time?))));
	}
	words.extend(["--".into(), record]);
	words.extend((*what == "verdict").then(|| number("credibility")).flatten());
	Ok(words)
}

/// Whose page it is, and how much is in the store.
fn about(context: &Context) -> Result<Value, Error> {
	let store = context.store()?;
	let member = store.member()?;
	let name = member.and_then(|member| store.members().ok()?.get(&member).cloned());
	let groups = store.filled_groups()?.into_iter().map(|(id, name)| json!({ "id": id, "name": name }));
	Ok(json!({
		"identity": context.global.identity,
		"member": member,
		"name": name,
		"synced": store.synced()?.map(|synced| json!({ "number": synced.number, "hash": hex::encode(synced.hash) })),
		"totals": store.totals()?,
		"groups": groups.collect::<Vec<_>>(),
		"can_sign": context.global.identity.is_some(),
	}))
}

/// A record's objects and what refers to what among them.
fn graph(context: &Context, record: &str) -> Result<Value, Error> {
	let record: RecordId =
		record.parse().map_err(|_| Error::usage(format!("{record} is no record"), "a record is AUTHOR/N"))?;
	let store = context.store()?;
	let row = store.record(record)?;
	let mut objects = store.objects(record)?;
	if !super::records::may_show(context, &row) {
		objects.clear();
	}
	let mut edges = Vec::new();
	for object in &objects {
		edges.extend(edges_of(&store, object)?);
	}
	let nodes = objects.iter().filter(|object| object.kind != "relationship").map(
		|object| json!({ "position": object.position, "id": object.id, "type": object.kind, "name": object.name }),
	);
	Ok(json!({ "nodes": nodes.collect::<Vec<_>>(), "edges": edges }))
}

/// A relationship is an edge; what another object refers to is one, too, by the name of its property.
fn edges_of(store: &Store, object: &crate::store::ObjectRow) -> Result<Vec<Value>, Error> {
	let read: Value = serde_json::from_slice(&store.raw(object)?).unwrap_or_default();
	let edge = |from: &str, to: &str, label: &str| json!({ "from": from, "to": to, "label": label });
	if object.kind == "relationship" {
		let text = |name: &str| read[name].as_str();
		let whole = text("source_ref").zip(text("target_ref")).zip(text("relationship_type"));
		return Ok(whole.map(|((from, to), label)| edge(from, to, label)).into_iter().collect());
	}
	let mut edges = Vec::new();
	for (name, value) in read.as_object().into_iter().flatten() {
		if !name.ends_with("_ref") && !name.ends_with("_refs") {
			continue;
		}
		let many = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
		// What lists a relationship means its ends, which are drawn.
		let ends = many.iter().filter_map(Value::as_str).filter(|to| !to.starts_with("relationship--"));
		edges.extend(ends.map(|to| edge(&object.id, to, name)));
	}
	Ok(edges)
}

/// Names and values of a query.
fn parameters(query: &str) -> BTreeMap<String, String> {
	let unescaped = |text: &str| crate::gateway::unescaped(&text.replace('+', " "));
	let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
	pairs.map(|(name, value)| (unescaped(name), unescaped(value))).collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn values_should_never_become_options() {
		let query = parameters("technique=--help&newest=5&other=x&value=-v");
		let words = question(&["records"], &query, &["technique", "author", "newest"]).unwrap();
		assert_eq!(words, ["records", "--technique=--help", "--newest=5"]);
		assert_eq!(asked(&["lookup"], &query).unwrap(), ["lookup", "--", "-v"]);
		assert_eq!(asked(&["record", "0", "7", "object", "2"], &query).unwrap(), ["show", "--", "0/7", "2"]);
		assert!(asked(&["keys"], &query).is_err() && asked(&["record", "0", "7", "withdraw"], &query).is_err());
		assert_eq!(parameters("value=a%2Bb+c").get("value").unwrap(), "a+b c");
	}

	#[test]
	fn what_the_page_does_should_be_a_command_of_its_own_kind() {
		let said = |text: &str| serde_json::from_str::<BTreeMap<String, Value>>(text).unwrap();
		let words = told(&["record", "0", "7", "verdict"], &said(r#"{"credibility":2,"yes":true,"count":9}"#)).unwrap();
		assert_eq!(words, ["verdict", "--yes", "--", "0/7", "2"]);
		let words = told(&["record", "0", "7", "false-positive"], &said(r#"{"count":3}"#)).unwrap();
		assert_eq!(words, ["sight", "--false-positive", "--count=3", "--", "0/7"]);
		assert!(told(&["record", "0", "7", "withdraw"], &said("{}")).is_err());
		for (path, text) in
			[("verdict", r#"{"credibility":2}"#), ("verdict", r#"{"malformed":true}"#), ("sighting", "{}")]
		{
			let words = told(&["record", "0", "7", path], &said(text)).unwrap();
			assert!(Cli::try_parse_from(["testudo".to_string()].into_iter().chain(words)).is_ok(), "{path} {text}");
		}
	}

	#[test]
	fn secret_should_be_the_whole_one() {
		let context = Context::of(Cli::try_parse_from(["testudo", "members"]).unwrap().global);
		let page = Page { context, secret: "abcd".into(), is_secure: false };
		assert!(page.is_secret("abcd"));
		assert!(!page.is_secret("abc") && !page.is_secret("") && !page.is_secret("abce") && !page.is_secret("abcde"));
		let with = |cookie: &'static str| HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(cookie))]);
		assert!(page.has_cookie(&with("other=1; testudo=abcd")));
		assert!(!page.has_cookie(&with("testudo=abc")) && !page.has_cookie(&HeaderMap::new()));
	}
}
