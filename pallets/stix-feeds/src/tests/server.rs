//! Sources: a TAXII server with one collection, a file server.

use super::host::{Reply, Request, Server};
use std::sync::{Arc, Mutex};

/// Definitions of TLP 2.0 by id.
pub const CLEAR: &str = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
pub const GREEN: &str = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
pub const AMBER: &str = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";
pub const RED: &str = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
/// Of no TLP.
pub const OWN: &str = "marking-definition--11111111-2222-4333-8444-555555555555";

fn uuid(n: usize) -> String {
	format!("{n:08x}-0000-4000-8000-{n:012x}")
}

/// The nth object, `size` bytes of text in it.
pub fn object(n: usize, marking: Option<&str>, size: usize) -> Vec<u8> {
	let marking = marking.map(|id| format!(r#""object_marking_refs":["{id}"],"#)).unwrap_or_default();
	let text = "é".repeat(size / 2);
	let id = uuid(n);
	format!(r#"{{"type":"x-test", "id":"x-test--{id}",{marking} "text": "{text}","n":{n} }}"#).into_bytes()
}

pub fn objects(range: std::ops::Range<usize>, marking: Option<&str>, size: usize) -> Vec<Vec<u8>> {
	range.map(|n| object(n, marking, size)).collect()
}

/// Compares objects; says which if they differ.
#[track_caller]
pub fn assert_same(objects: &[Vec<u8>], expected: &[Vec<u8>]) {
	let number = |raw: &Vec<u8>| {
		let text = String::from_utf8(raw.clone()).unwrap();
		text.split_once("\"n\":").map_or(text.clone(), |(_, n)| n.trim_end_matches(" }").to_string())
	};
	let numbers = |objects: &[Vec<u8>]| objects.iter().map(number).collect::<Vec<_>>();
	assert_eq!(numbers(objects), numbers(expected));
	assert!(objects == expected);
}

/// An attack-pattern with a technique of ATT&CK.
pub fn attack_pattern(n: usize, technique: &str) -> Vec<u8> {
	let id = uuid(n);
	let reference = format!(r#"{{"source_name":"mitre-attack","external_id":"{technique}"}}"#);
	format!(r#"{{"type":"attack-pattern","id":"attack-pattern--{id}","external_references":[{reference}]}}"#)
		.into_bytes()
}

/// A relationship to the nth object.
pub fn relationship(n: usize, to: usize) -> Vec<u8> {
	let (id, to) = (uuid(n), uuid(to));
	format!(
		r#"{{"type":"relationship","id":"relationship--{id}","relationship_type":"related-to","source_ref":"x-test--{to}","target_ref":"x-test--{to}"}}"#
	)
	.into_bytes()
}

/// A definition of [`OWN`] as a TLP by the extension of TLP 2.0.
pub fn own_definition(tlp: &str) -> Vec<u8> {
	let extension = format!(
		r#""extensions":{{"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d":{{"extension_type":"property-extension","tlp_2_0":"{tlp}"}}}}"#
	);
	format!(r#"{{"type":"marking-definition","spec_version":"2.1","id":"{OWN}","created":"2022-10-01T00:00:00.000Z",{extension}}}"#)
		.into_bytes()
}

pub fn bundle(objects: &[Vec<u8>]) -> Vec<u8> {
	let objects: Vec<&str> = objects.iter().map(|raw| std::str::from_utf8(raw).unwrap()).collect();
	format!("{{\"type\": \"bundle\",\n \"id\":\"bundle--1\", \"objects\": [\n{}\n] }}\n", objects.join(",\n  "))
		.into_bytes()
}

/// A file and how it is served.
#[derive(Clone, Default)]
pub struct File {
	pub body: Vec<u8>,
	pub etag: Option<String>,
	pub modified: Option<String>,
	pub ranges: bool,
}

#[derive(Clone, Default)]
pub struct FileServer(pub Arc<Mutex<File>>);

impl FileServer {
	pub fn new(objects: &[Vec<u8>]) -> Self {
		let server = Self::default();
		server.set(bundle(objects));
		server
	}

	pub fn set(&self, body: Vec<u8>) {
		self.0.lock().unwrap().body = body;
	}

	pub fn serve(&self) -> Server {
		let this = self.clone();
		Box::new(move |request| this.0.lock().unwrap().answer(request))
	}
}

impl File {
	fn answer(&self, request: &Request) -> Reply {
		let header = |name: &str| request.headers.get(name);
		let is_current = |value: Option<&String>| {
			value.is_some() && (value == self.etag.as_ref() || value == self.modified.as_ref())
		};
		if is_current(header("if-none-match")) || is_current(header("if-modified-since")) {
			return Reply::new(304, "application/json", "");
		}
		let whole = self.body.len();
		let range = header("range").filter(|_| self.ranges && is_current(header("if-range")));
		let reply = match range.map(|range| range["bytes=".len()..range.len() - 1].parse::<usize>().unwrap()) {
			Some(from) if from >= whole => Reply::new(416, "application/json", ""),
			Some(from) => Reply::new(206, "application/json", &self.body[from..])
				.with("content-length", whole - from)
				.with("content-range", format!("bytes {from}-{}/{whole}", whole - 1)),
			None => Reply::new(200, "application/json", self.body.clone()).with("content-length", whole),
		};
		let etag = self.etag.iter().fold(reply, |reply, tag| reply.with("ETag", tag));
		self.modified.iter().fold(etag, |reply, time| reply.with("Last-Modified", time))
	}
}

/// A collection and how it is served.
#[derive(Clone)]
pub struct Collection {
	/// When each object was added, in microseconds.
	pub objects: Vec<(u64, Vec<u8>)>,
	/// Objects of one page at most, whatever is asked for.
	pub cap: usize,
	/// Gives `next` while there is more.
	pub tokens: bool,
	/// Sends the X-TAXII-Date-Added headers.
	pub dates: bool,
	/// Counts `added_after` itself.
	pub inclusive: bool,
	/// Tokens older than this are unknown.
	pub forgotten: u64,
	issued: u64,
	/// Objects that are not listed and given by their id.
	pub by_id: Vec<(String, Vec<u8>)>,
}

#[derive(Clone)]
pub struct TaxiiServer(pub Arc<Mutex<Collection>>);

impl TaxiiServer {
	/// Objects added one microsecond after the other.
	pub fn new(objects: Vec<Vec<u8>>) -> Self {
		let objects = objects.into_iter().enumerate().map(|(n, raw)| (n as u64, raw)).collect();
		Self(Arc::new(Mutex::new(Collection {
			objects,
			cap: usize::MAX,
			tokens: true,
			dates: true,
			inclusive: false,
			forgotten: 0,
			issued: 0,
			by_id: Vec::new(),
		})))
	}

	pub fn add(&self, at: u64, raw: Vec<u8>) {
		self.0.lock().unwrap().objects.push((at, raw));
	}

	pub fn change<R>(&self, change: impl FnOnce(&mut Collection) -> R) -> R {
		change(&mut self.0.lock().unwrap())
	}

	pub fn serve(&self) -> Server {
		let this = self.clone();
		Box::new(move |request| this.0.lock().unwrap().answer(request))
	}
}

fn time(at: u64) -> String {
	format!("2026-01-02T03:04:{:02}.{:06}Z", at / 1_000_000, at % 1_000_000)
}

impl Collection {
	fn answer(&mut self, request: &Request) -> Reply {
		let (path, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
		let (_, id) = path.split_once("/objects/").unwrap();
		if !id.is_empty() {
			return match self.by_id.iter().find(|(known, _)| id.trim_end_matches('/') == known) {
				Some((_, raw)) => envelope(&[raw.clone()], None, false),
				None => Reply::status(404),
			};
		}
		let parameter = |name: &str| {
			let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
			pairs.find(|(key, _)| *key == name).map(|(_, value)| value.replace("%3A", ":"))
		};
		assert_eq!(parameter("match%5Bversion%5D").as_deref(), Some("all"));
		let after = parameter("added_after");
		let is_listed = |at: &u64| match &after {
			Some(after) if self.inclusive => time(*at) >= *after,
			Some(after) => time(*at) > *after,
			None => true,
		};
		let listed: Vec<_> = self.objects.iter().filter(|(at, _)| is_listed(at)).cloned().collect();
		let from = match parameter("next") {
			None => 0,
			Some(next) => {
				let (issued, from) = next.split_once('-').unwrap();
				if issued.parse::<u64>().unwrap() < self.forgotten {
					return Reply::status(404);
				}
				from.parse().unwrap()
			}
		};
		let limit = parameter("limit").unwrap().parse::<usize>().unwrap().min(self.cap);
		let page: Vec<_> = listed.iter().skip(from).take(limit).cloned().collect();
		let more = from + page.len() < listed.len();
		self.issued += 1;
		let next = (more && self.tokens).then(|| format!("{}-{}", self.issued, from + page.len()));
		let raws: Vec<_> = page.iter().map(|(_, raw)| raw.clone()).collect();
		match (page.first(), page.last()) {
			(Some(first), Some(last)) if self.dates => envelope(&raws, next, more)
				.with("X-TAXII-Date-Added-First", time(first.0))
				.with("X-TAXII-Date-Added-Last", time(last.0)),
			_ => envelope(&raws, next, more),
		}
	}
}

fn envelope(objects: &[Vec<u8>], next: Option<String>, more: bool) -> Reply {
	let next = next.map(|next| format!(r#","next":"{next}""#)).unwrap_or_default();
	let body = match objects {
		[] => "{}".to_string(),
		_ => {
			let objects: Vec<&str> = objects.iter().map(|raw| std::str::from_utf8(raw).unwrap()).collect();
			format!(r#"{{"more":{more}{next},"objects":[{}]}}"#, objects.join(", "))
		}
	};
	Reply::new(200, "application/taxii+json;version=2.1", body)
}
