//! Which request is answered how (section 3.1's table of endpoints).

use super::{
	accounts::Known,
	answer::{
		bytes, date_added, document, moment_text, require_acceptable, require_envelope, Refusal, MEDIA_TYPE, STIX,
		STIX_2_0,
	},
	config::Account,
	query::{next_of, unescaped, Endpoint, Query},
	Collection, Gateway,
};
use crate::store::{Page, Placed};
use axum::{
	body::Body,
	extract::{ConnectInfo, Request, State},
	http::{header, HeaderMap, Method, StatusCode},
	response::{IntoResponse, Response},
};
use serde_json::json;
use std::{
	net::SocketAddr,
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::sync::SemaphorePermit;

/// How long a request waits for its turn, and its body for its end.
const PATIENCE: Duration = Duration::from_secs(30);

/// Answers a request of TAXII, and notes it in the log.
pub async fn answer(
	State(gateway): State<Arc<Gateway>>,
	ConnectInfo(peer): ConnectInfo<SocketAddr>,
	request: Request,
) -> Response {
	let (start, method, path) = (Instant::now(), request.method().clone(), request.uri().path().to_string());
	let mut account = None;
	let response = gateway.answer(request, peer, &mut account).await.unwrap_or_else(IntoResponse::into_response);
	let (status, millis) = (response.status().as_u16(), start.elapsed().as_millis() as u64);
	tracing::info!(%method, path, status, millis, account = account.as_deref().unwrap_or("-"), %peer, "request");
	crate::metrics::GATEWAY.answered(endpoint_of(&path), status, start.elapsed());
	response
}

/// What a path asks for, in a word: for counting.
fn endpoint_of(path: &str) -> &'static str {
	let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
	match segments.as_slice() {
		["taxii2"] => "discovery",
		[_] => "api-root",
		[_, "status", _] => "status",
		[_, "collections"] => "collections",
		[_, "collections", _] => "collection",
		[_, "collections", _, "manifest"] => "manifest",
		[_, "collections", _, "objects"] => "objects",
		[_, "collections", _, "objects", _] => "object",
		[_, "collections", _, "objects", _, "versions"] => "versions",
		_ => "none",
	}
}

impl Gateway {
	async fn answer(&self, request: Request, peer: SocketAddr, name: &mut Option<String>) -> Result<Response, Refusal> {
		// Before its turn: who has no account must not keep others from theirs.
		let known = self.accounts.admit(request.headers(), peer.ip()).await?;
		*name = Some(known.account.name.clone());
		require_acceptable(request.headers())?;
		let path = request.uri().path().to_string();
		let segments: Vec<String> = path.trim_matches('/').split('/').map(unescaped).collect();
		let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
		let (root, rest) = segments.split_first().ok_or_else(nothing_here)?;
		match (*root, rest) {
			("taxii2", []) => {
				only(&request, &[Method::GET])?;
				Ok(self.discovery(request.headers()))
			}
			(root, rest) if root == self.config.root => self.in_root(request, &known, rest).await,
			_ => Err(nothing_here()),
		}
	}

	/// A turn at the store; whoever waits too long for one is sent away.
	async fn turn(&self) -> Result<SemaphorePermit<'_>, Refusal> {
		let busy = || Refusal::busy(StatusCode::SERVICE_UNAVAILABLE, "too many requests at once", 5);
		let turn = tokio::time::timeout(PATIENCE, self.turns.acquire()).await;
		turn.map_err(|_| busy())?.map_err(|_| busy())
	}

	async fn in_root(&self, request: Request, known: &Arc<Known>, rest: &[&str]) -> Result<Response, Refusal> {
		let query = request.uri().query().unwrap_or_default().to_string();
		match rest {
			["collections", collection, "objects"] => {
				only(&request, &[Method::GET, Method::POST])?;
				let turn = self.turn().await?;
				let collection = self.collection(known, collection).await?;
				match *request.method() {
					Method::POST => {
						// Its body may be long in coming.
						drop(turn);
						self.post(request, &known.account, &collection).await
					}
					_ => self.objects(known, collection, &query, Endpoint::Objects, None).await,
				}
			}
			_ => {
				only(&request, &[Method::GET])?;
				let _turn = self.turn().await?;
				self.get(known, rest, &query).await
			}
		}
	}

	async fn get(&self, known: &Arc<Known>, rest: &[&str], query: &str) -> Result<Response, Refusal> {
		match rest {
			[] => Ok(self.root()),
			["status", id] => {
				let status = self.inbox.status(&known.account.name, id);
				let status =
					status.ok_or_else(|| Refusal::not_found(format!("there is no status {id}, or not any more")))?;
				Ok(document(StatusCode::OK, &status))
			}
			["collections"] => {
				let all = self.collections(known, None).await?;
				let all: Vec<_> = all.iter().map(Collection::document).collect();
				Ok(document(StatusCode::OK, &if all.is_empty() { json!({}) } else { json!({ "collections": all }) }))
			}
			["collections", collection, rest @ ..] => {
				let collection = self.collection(known, collection).await?;
				match rest {
					[] => Ok(document(StatusCode::OK, &collection.document())),
					["manifest"] => self.manifest(known, collection, query).await,
					["objects", id] => self.objects(known, collection, query, Endpoint::Object, Some(id)).await,
					["objects", id, "versions"] => self.versions(known, collection, query, id).await,
					_ => Err(nothing_here()),
				}
			}
			_ => Err(nothing_here()),
		}
	}

	/// Section 4.1.
	fn discovery(&self, headers: &HeaderMap) -> Response {
		let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_string);
		let scheme = if self.config.tls.is_some() { "https" } else { "http" };
		let seen = || format!("{scheme}://{}", host.unwrap_or_else(|| self.config.listen.to_string()));
		let url = self.config.url.as_ref().map_or_else(seen, |url| url.trim_end_matches('/').to_string());
		let root = format!("{url}/{}/", self.config.root);
		let mut body = json!({ "title": self.config.title, "default": root, "api_roots": [root] });
		for (name, text) in [("description", &self.config.description), ("contact", &self.config.contact)] {
			if let Some(text) = text {
				body[name] = text.clone().into();
			}
		}
		document(StatusCode::OK, &body)
	}

	/// Section 4.2.
	fn root(&self) -> Response {
		let body = json!({
			"title": self.config.title,
			"versions": [MEDIA_TYPE],
			"max_content_length": self.config.max_content_length,
		});
		document(StatusCode::OK, &body)
	}

	/// Those that the account may see, or the one of this name.
	async fn collections(&self, known: &Arc<Known>, name: Option<&str>) -> Result<Vec<Collection>, Refusal> {
		let (asking, genesis, name) = (known.clone(), self.genesis, name.map(str::to_string));
		let found = self.stores.ask(move |store| Collection::find(store, &genesis, &asking.account, name.as_deref()));
		found.await.map_err(|e| Refusal::failed(&e))
	}

	async fn collection(&self, known: &Arc<Known>, name: &str) -> Result<Collection, Refusal> {
		let found = self.collections(known, Some(name)).await?.pop();
		found.ok_or_else(|| Refusal::not_found(format!("there is no collection {name}, or it is not for this account")))
	}

	async fn page(
		&self,
		known: &Arc<Known>,
		collection: Collection,
		query: Query,
		with_bytes: bool,
	) -> Result<Page, Refusal> {
		let account = known.clone();
		let page = self
			.stores
			.ask(move |store| store.page(&collection.reader(&account.account), &query.filter, query.limit, with_bytes));
		page.await.map_err(|e| Refusal::failed(&e))
	}

	/// Sections 5.4 and 5.6.
	async fn objects(
		&self,
		known: &Arc<Known>,
		collection: Collection,
		query: &str,
		endpoint: Endpoint,
		id: Option<&str>,
	) -> Result<Response, Refusal> {
		let mut query = Query::read(query, endpoint, self.config.page)?;
		query.filter.ids.extend(id.map(str::to_string));
		let page = self.page(known, collection, query, true).await?;
		require_found(&page, id)?;
		let mut body = head(&page);
		if !page.objects.is_empty() {
			body.extend_from_slice(if body.len() > 1 { b",\"objects\":[" } else { b"\"objects\":[" });
			for (place, (_, raw)) in page.objects.iter().enumerate() {
				body.extend_from_slice(if place > 0 { b"," } else { b"" });
				body.extend_from_slice(raw);
			}
			body.push(b']');
		}
		body.push(b'}');
		Ok(date_added(bytes(StatusCode::OK, body), span(&page)))
	}

	/// Section 5.3.
	async fn manifest(&self, known: &Arc<Known>, collection: Collection, query: &str) -> Result<Response, Refusal> {
		let query = Query::read(query, Endpoint::Objects, self.config.page)?;
		let page = self.page(known, collection, query, false).await?;
		let records = page.objects.iter().map(|(placed, _)| {
			json!({
				"id": placed.object.id,
				"date_added": moment_text(placed.added),
				"version": moment_text(placed.version),
				"media_type": if placed.strict { STIX } else { STIX_2_0 },
			})
		});
		Ok(listing(&page, records.collect()))
	}

	/// Section 5.8.
	async fn versions(
		&self,
		known: &Arc<Known>,
		collection: Collection,
		query: &str,
		id: &str,
	) -> Result<Response, Refusal> {
		let mut query = Query::read(query, Endpoint::Versions, self.config.page)?;
		query.filter.ids = vec![id.into()];
		let page = self.page(known, collection, query, false).await?;
		require_found(&page, Some(id))?;
		let versions: Vec<String> = page.objects.iter().map(|(placed, _)| moment_text(placed.version)).collect();
		let mut body = json!({ "versions": versions });
		more(&page, &mut body);
		Ok(date_added(document(StatusCode::OK, &body), span(&page)))
	}

	/// Section 5.5.
	async fn post(&self, request: Request, account: &Account, collection: &Collection) -> Result<Response, Refusal> {
		if !collection.can_write {
			return Err(Refusal::new(StatusCode::FORBIDDEN, "this account does not publish to this collection"));
		}
		require_envelope(request.headers())?;
		let body = self.body(request.into_body()).await?;
		let _turn = self.turn().await?;
		let status = tokio::task::block_in_place(|| self.inbox.take(account, collection, &body))?;
		Ok(document(StatusCode::ACCEPTED, &status))
	}

	async fn body(&self, body: Body) -> Result<Vec<u8>, Refusal> {
		let most = self.config.max_content_length;
		let read = tokio::time::timeout(PATIENCE, axum::body::to_bytes(body, most)).await;
		let late = |_| Refusal::new(StatusCode::REQUEST_TIMEOUT, "the envelope did not come to its end in time");
		let too_large = || Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, format!("an envelope has at most {most} bytes"));
		match read.map_err(late)? {
			Ok(bytes) => Ok(bytes.to_vec()),
			Err(error) if is_too_large(&error) => Err(too_large()),
			Err(error) => Err(Refusal::bad(format!("the envelope broke off: {error}"))),
		}
	}
}

fn is_too_large(error: &axum::Error) -> bool {
	let mut cause: Option<&dyn std::error::Error> = Some(error);
	while let Some(one) = cause {
		if one.to_string().contains("length limit exceeded") {
			return true;
		}
		cause = one.source();
	}
	false
}

fn nothing_here() -> Refusal {
	Refusal::not_found("there is nothing here: begin at /taxii2/")
}

fn only(request: &Request, methods: &[Method]) -> Result<(), Refusal> {
	let method = request.method();
	// The server leaves the body of an answer to HEAD out.
	match methods.contains(method) || method == Method::HEAD {
		true => Ok(()),
		false => Err(Refusal::not_allowed(method, methods)),
	}
}

/// What is asked for by its id and is not there is told; a collection without what is asked for is an empty page.
fn require_found(page: &Page, id: Option<&str>) -> Result<(), Refusal> {
	match id {
		Some(id) if page.objects.is_empty() => {
			Err(Refusal::not_found(format!("there is no such object or version of {id} in this collection")))
		}
		_ => Ok(()),
	}
}

fn last(page: &Page) -> Option<&Placed> {
	page.objects.last().map(|(placed, _)| placed)
}

fn span(page: &Page) -> Option<(i64, i64)> {
	let (first, _) = page.objects.first()?;
	Some((first.added, last(page)?.added))
}

/// The beginning of an envelope.
fn head(page: &Page) -> Vec<u8> {
	match last(page) {
		Some(last) if page.more => format!("{{\"more\":true,\"next\":\"{}\"", next_of(last.added)).into_bytes(),
		_ => b"{".to_vec(),
	}
}

fn more(page: &Page, body: &mut serde_json::Value) {
	if let (true, Some(last)) = (page.more, last(page)) {
		body["more"] = true.into();
		body["next"] = next_of(last.added).into();
	}
}

fn listing(page: &Page, records: Vec<serde_json::Value>) -> Response {
	let mut body = if records.is_empty() { json!({}) } else { json!({ "objects": records }) };
	more(page, &mut body);
	date_added(document(StatusCode::OK, &body), span(page))
}
