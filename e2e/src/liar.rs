//! A node of somebody else: it hands every request on to a real node, and may lie about the answer.

use futures::{SinkExt, StreamExt};
use serde_json::Value;
use std::{
	collections::HashMap,
	sync::{
		atomic::{AtomicUsize, Ordering},
		Arc, Mutex,
	},
};
use tokio::{
	net::{TcpListener, TcpStream},
	runtime::Runtime,
};
use tokio_tungstenite::{accept_async, connect_async, tungstenite::Message};

type Lie = dyn FnMut(&Value, &mut Value) + Send;

/// The liar, for as long as it is kept.
pub struct Liar {
	port: u16,
	lie: Arc<Mutex<Box<Lie>>>,
	handed: Arc<AtomicUsize>,
	_runtime: Runtime,
}

impl Liar {
	/// Stands before the node at `url`; honest until it is given a lie.
	pub fn before(url: &str) -> Self {
		let runtime = Runtime::new().expect("a runtime starts");
		let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("loopback has a free port");
		let port = listener.local_addr().expect("a bound socket has an address").port();
		let honest: Box<Lie> = Box::new(|_, _| ());
		let lie = Arc::new(Mutex::new(honest));
		let handed = Arc::new(AtomicUsize::new(0));
		let (url, told, counted) = (url.to_string(), lie.clone(), handed.clone());
		runtime.spawn(async move {
			while let Ok((client, _)) = listener.accept().await {
				tokio::spawn(serve(client, url.clone(), told.clone(), counted.clone()));
			}
		});
		Self { port, lie, handed, _runtime: runtime }
	}

	/// Where it listens: an address of this machine that does not look like one.
	pub fn url(&self) -> String {
		format!("ws://0.0.0.0:{}", self.port)
	}

	/// The same at an address that looks like one of this machine: a tunnel's end.
	pub fn local_url(&self) -> String {
		format!("ws://127.0.0.1:{}", self.port)
	}

	/// How many transactions it was handed, whatever the chain makes of them: it has read them.
	pub fn handed(&self) -> usize {
		self.handed.load(Ordering::Relaxed)
	}

	/// From now on `lie` sees every request with the result of its answer, which it may change.
	pub fn tell(&self, lie: impl FnMut(&Value, &mut Value) + Send + 'static) {
		*self.lie.lock().expect("no lie panics") = Box::new(lie);
	}
}

/// Hands messages on in both directions until one side is gone.
async fn serve(client: TcpStream, url: String, lie: Arc<Mutex<Box<Lie>>>, handed: Arc<AtomicUsize>) {
	let Ok(client) = accept_async(client).await else { return };
	let Ok((node, _)) = connect_async(url).await else { return };
	let ((mut to_client, mut from_client), (mut to_node, mut from_node)) = (client.split(), node.split());
	let mut asked: HashMap<String, Value> = HashMap::new();
	loop {
		tokio::select! {
			request = from_client.next() => {
				let Some(Ok(request)) = request else { return };
				for request in requests(&request) {
					if request["method"].as_str().is_some_and(|method| method.starts_with("author_submit")) {
						handed.fetch_add(1, Ordering::Relaxed);
					}
					asked.insert(request["id"].to_string(), request);
				}
				if to_node.send(request).await.is_err() { return }
			}
			answer = from_node.next() => {
				let Some(Ok(answer)) = answer else { return };
				if to_client.send(changed(answer, &mut asked, &lie)).await.is_err() { return }
			}
		}
	}
}

/// The requests in a message: one, or a batch.
fn requests(message: &Message) -> Vec<Value> {
	let text = message.to_text().unwrap_or_default();
	match serde_json::from_str(text) {
		Ok(Value::Array(batch)) => batch,
		Ok(one) => vec![one],
		Err(_) => Vec::new(),
	}
}

fn changed(answer: Message, asked: &mut HashMap<String, Value>, lie: &Mutex<Box<Lie>>) -> Message {
	let Some(mut document) = answer.to_text().ok().and_then(|text| serde_json::from_str::<Value>(text).ok()) else {
		return answer;
	};
	let Some(request) = asked.remove(&document["id"].to_string()) else { return answer };
	if let Some(result) = document.get_mut("result") {
		(lie.lock().expect("no lie panics"))(&request, result);
	}
	Message::text(document.to_string())
}
