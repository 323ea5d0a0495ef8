//! A small HTTP server on loopback: what it answers, and how it misbehaves, is up to the test. And a client for it.

use std::{
	collections::BTreeMap,
	io::{BufRead, BufReader, Read, Write},
	net::{TcpListener, TcpStream},
	sync::Arc,
	thread,
	time::Duration,
};

/// What was asked.
#[derive(Debug)]
pub struct Request {
	/// With the query's string.
	pub path: String,
	/// The query, undecoded.
	pub query: BTreeMap<String, String>,
	/// Names in lower case.
	pub headers: BTreeMap<String, String>,
}

/// What to answer.
pub enum Response {
	/// A whole answer.
	Full {
		/// The status line after `HTTP/1.1 `.
		status: &'static str,
		/// More headers.
		headers: Vec<(String, String)>,
		/// The body.
		body: Vec<u8>,
	},
	/// Says nothing for so long.
	Hang(Duration),
	/// An answer whose body never ends: the piece, again and again, until the client goes or so many bytes were sent.
	Endless {
		/// Header lines.
		content_type: &'static str,
		/// Sent once.
		head: Vec<u8>,
		/// Sent again and again.
		piece: Vec<u8>,
		/// Most bytes.
		limit: usize,
	},
	/// A body that stops in the middle without an end, for so long.
	Stalled {
		/// Header line.
		content_type: &'static str,
		/// Half of it is sent.
		body: Vec<u8>,
		/// How long the rest is awaited.
		time: Duration,
	},
	/// Announces the whole body's length and closes half-way.
	Truncated {
		/// Header line.
		content_type: &'static str,
		/// Half of it is sent.
		body: Vec<u8>,
	},
}

impl Response {
	/// 200 with a body.
	pub fn ok(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
		Response::Full {
			status: "200 OK",
			headers: vec![("Content-Type".into(), content_type.into())],
			body: body.into(),
		}
	}

	/// A status with an empty body.
	pub fn status(status: &'static str) -> Self {
		Response::Full { status, headers: vec![], body: vec![] }
	}

	/// The same with one more header.
	pub fn with(mut self, name: &str, value: &str) -> Self {
		if let Response::Full { headers, .. } = &mut self {
			headers.push((name.into(), value.into()));
		}
		self
	}
}

/// A server that runs until the test's process ends.
pub struct Server {
	port: u16,
}

impl Server {
	/// Answers each request with `handler`, in a thread of its own.
	pub fn start(handler: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
		let port = listener.local_addr().expect("a bound socket has an address").port();
		let handler = Arc::new(handler);
		thread::spawn(move || {
			for stream in listener.incoming().flatten() {
				let handler = handler.clone();
				thread::spawn(move || serve(stream, &*handler));
			}
		});
		Self { port }
	}

	/// `http://127.0.0.1:PORT`
	pub fn url(&self) -> String {
		format!("http://127.0.0.1:{}", self.port)
	}
}

fn read_request(stream: &TcpStream) -> Option<Request> {
	let mut lines = BufReader::new(stream).lines();
	let path = lines.next()?.ok()?.split(' ').nth(1)?.to_string();
	let headers = lines
		.map_while(Result::ok)
		.take_while(|line| !line.is_empty())
		.filter_map(|line| line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_string())))
		.collect();
	let query = path.split_once('?').map(|(_, query)| query).unwrap_or_default();
	let query = query
		.split('&')
		.filter_map(|pair| pair.split_once('='))
		.map(|(name, value)| (name.to_string(), value.replace("%3A", ":").replace("%3a", ":")))
		.collect();
	Some(Request { path, query, headers })
}

fn serve(stream: TcpStream, handler: &(impl Fn(&Request) -> Response + ?Sized)) {
	let Some(request) = read_request(&stream) else { return };
	// A client that goes away early is none of the server's business.
	let _ = answer(stream, handler(&request));
}

fn answer(mut stream: TcpStream, response: Response) -> std::io::Result<()> {
	match response {
		Response::Full { status, headers, body } => {
			let mut head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
			headers.iter().for_each(|(name, value)| head += &format!("{name}: {value}\r\n"));
			stream.write_all(head.as_bytes())?;
			stream.write_all(b"\r\n")?;
			stream.write_all(&body)
		}
		Response::Hang(time) => {
			thread::sleep(time);
			Ok(())
		}
		Response::Endless { content_type, head, piece, limit } => {
			write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nConnection: close\r\n\r\n")?;
			stream.write_all(&head)?;
			let mut sent = 0;
			while sent < limit {
				stream.write_all(&piece)?;
				sent += piece.len();
			}
			Ok(())
		}
		Response::Stalled { content_type, body, time } => {
			half(&mut stream, content_type, &body)?;
			thread::sleep(time);
			Ok(())
		}
		Response::Truncated { content_type, body } => half(&mut stream, content_type, &body),
	}
}

fn half(stream: &mut TcpStream, content_type: &str, body: &[u8]) -> std::io::Result<()> {
	let length = body.len();
	write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n")?;
	stream.write_all(&body[..length / 2])
}

/// Sends one request; the answer's status and body. `headers` are whole lines.
pub fn send(method: &str, url: &str, headers: &[&str], body: &[u8]) -> Result<(u16, Vec<u8>), String> {
	let (head, body) = exchange(method, url, headers, body)?;
	let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
	Ok((status.ok_or_else(|| format!("{url}: no status"))?, body))
}

/// Sends one request; the answer's head and body.
pub fn exchange(method: &str, url: &str, headers: &[&str], body: &[u8]) -> Result<(String, Vec<u8>), String> {
	let rest = url.strip_prefix("http://").ok_or("the url is not http")?;
	let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
	let failed = |error: std::io::Error| format!("{url}: {error}");
	let mut stream = TcpStream::connect(host).map_err(failed)?;
	let length = body.len();
	let mut head =
		format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n");
	headers.iter().for_each(|header| head += &format!("{header}\r\n"));
	stream.write_all(format!("{head}\r\n").as_bytes()).and_then(|()| stream.write_all(body)).map_err(failed)?;
	let mut answer = Vec::new();
	stream.read_to_end(&mut answer).map_err(failed)?;
	let end =
		answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").ok_or_else(|| format!("{url}: no whole answer"))?;
	let body = answer.split_off(end + 4);
	Ok((String::from_utf8_lossy(&answer).into_owned(), body))
}

/// Base64 with padding.
pub fn base64(text: &str) -> String {
	const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	let encode = |chunk: &[u8]| -> String {
		let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
		let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
		let digit = |at: usize| if at <= chunk.len() { ALPHABET[(bits >> (18 - 6 * at) & 63) as usize] } else { b'=' };
		(0..4).map(|at| char::from(digit(at))).collect()
	};
	text.as_bytes().chunks(3).map(encode).collect()
}
