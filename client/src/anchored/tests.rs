use super::*;
use cti_envelope::{parse, seal, Author, GroupRecipient, SealRequest, Seed};
use cti_primitives::{Epoch, GroupId, MemberId, Tlp};
use std::{
	io::{BufRead, BufReader, Write},
	net::TcpListener,
	thread,
};

fn envelope(text: &[u8]) -> Vec<u8> {
	let key = Seed::new([1; 32]).public_key();
	let request = SealRequest {
		genesis: [7; 32],
		author: Author::Member(MemberId(0)),
		tlp: Tlp::Green,
		groups: &[GroupRecipient { group: GroupId(0), epoch: Epoch(0), key: &key }],
		direct: &[],
		pad_direct: false,
		objects: &[text],
	};
	seal(&request, &[2; 32]).unwrap()
}

fn anchor_of(envelope: &[u8]) -> Anchor {
	Anchor::of(&parse(envelope).unwrap())
}

/// A gateway to IPFS that answers every request so; gives its address and the lines that it was asked with.
fn gateway(head: &'static str, body: Vec<u8>) -> (String, std::sync::mpsc::Receiver<String>) {
	let listener = TcpListener::bind("127.0.0.1:0").unwrap();
	let url = format!("http://{}", listener.local_addr().unwrap());
	let (asked, lines) = std::sync::mpsc::channel();
	thread::spawn(move || {
		for stream in listener.incoming() {
			let mut stream = stream.unwrap();
			let mut reader = BufReader::new(stream.try_clone().unwrap());
			let (mut first, mut line) = (String::new(), String::new());
			reader.read_line(&mut first).unwrap();
			while reader.read_line(&mut line).unwrap() > 2 {
				line.clear();
			}
			let _ = asked.send(first);
			let length = body.len();
			let _ = write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
			let _ = stream.write_all(&body);
		}
	});
	(url, lines)
}

async fn fetched(head: &'static str, body: Vec<u8>, anchor: &Anchor) -> Result<Vec<u8>, String> {
	let (ipfs, _lines) = gateway(head, body);
	Sources { agent: agent(), ipfs }.fetch("ipfs://bafyexample", anchor).await
}

#[tokio::test]
async fn envelope_should_come_from_where_it_lies() {
	let whole = envelope(b"{}");
	let (ipfs, lines) = gateway("200 OK", whole.clone());
	let sources = Sources { agent: agent(), ipfs };
	assert_eq!(sources.fetch("ipfs://bafyexample/1", &anchor_of(&whole)).await, Ok(whole));
	assert_eq!(lines.recv().unwrap(), "GET /ipfs/bafyexample/1 HTTP/1.1\r\n");
}

#[tokio::test]
async fn nothing_but_the_very_envelope_should_be_believed() {
	let whole = envelope(b"{}");
	let anchor = anchor_of(&whole);
	let mut changed = whole.clone();
	*changed.last_mut().unwrap() ^= 1;
	let longer = [&whole[..], b"\0"].concat();
	let shorter = whole[..whole.len() - 1].to_vec();
	for wrong in [changed, longer, shorter, envelope(b"{ }"), Vec::new()] {
		let refused = fetched("200 OK", wrong, &anchor).await.unwrap_err();
		assert!(refused.contains("ipfs://bafyexample") && refused.contains("not the envelope"), "{refused}");
	}
	for head in ["404 Not Found", "500 Oops"] {
		let refused = fetched(head, whole.clone(), &anchor).await.unwrap_err();
		assert!(refused.contains("ipfs://bafyexample"), "{refused}");
	}
}

#[tokio::test]
async fn redirect_should_lead_nowhere_though_the_envelope_is_there() {
	let whole = envelope(b"{}");
	let (elsewhere, asked) = gateway("200 OK", whole.clone());
	let head = format!("302 Found\r\nLocation: {elsewhere}/").leak();
	let refused = fetched(head, Vec::new(), &anchor_of(&whole)).await.unwrap_err();
	assert!(refused.contains("302"), "{refused}");
	assert!(asked.try_recv().is_err(), "nobody asks where an author's server points");
}

#[tokio::test]
async fn what_would_fill_the_memory_should_not_be_asked_for() {
	let mut anchor = anchor_of(&envelope(b"{}"));
	anchor.header.padded_len = 1 << 30;
	let nowhere = Sources { agent: agent(), ipfs: "http://127.0.0.1:1".into() };
	let refused = nowhere.fetch("ipfs://bafyexample", &anchor).await.unwrap_err();
	assert!(refused.contains("at most are fetched"), "{refused}");
}

#[test]
fn location_should_be_of_a_kind_that_the_chain_takes() {
	for good in ["https://files.bank.example/a", "ipfs://bafyexample"] {
		assert_eq!(good.parse::<Location>().unwrap().to_string(), good);
	}
	for wrong in [
		"http://files.bank.example/a",
		"https://",
		"ipfs://",
		"file:///etc/passwd",
		"https://a b",
		"",
		"https://u:p@a.example/",
		"ipfs://../admin",
		"ipfs://bafy/../x",
		"ipfs://bafy?x=1",
		"ipfs://bafy/%2e%2e",
	] {
		assert!(wrong.parse::<Location>().unwrap_err().contains("neither"), "{wrong}");
	}
}

#[tokio::test]
async fn shelf_should_promise_nothing_that_readers_do_not_find() {
	let folder = tempfile::tempdir().unwrap();
	let shelf = Shelf::new("https://127.0.0.1:1/cti", Some(folder.path().into())).unwrap();
	let refused = shelf.put(&envelope(b"{}")).await.unwrap_err().to_string();
	assert!(refused.contains("nothing was registered") && refused.contains("https://127.0.0.1:1/cti/"), "{refused}");
	let named = format!("{}.envelope", hex::encode(parse(&envelope(b"{}")).unwrap().id()));
	assert_eq!(std::fs::read(folder.path().join(named)).unwrap(), envelope(b"{}"), "its server may show it later");
	for wrong in ["http://a.example/", "ipfs://bafyexample", "here"] {
		assert!(Shelf::new(wrong, None).is_err(), "{wrong}");
	}
	assert!(Shelf::new("ipfs://", Some(folder.path().into())).is_err());
}
