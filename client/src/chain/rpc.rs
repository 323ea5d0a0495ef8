//! The WebSocket connection, and what its failures mean.

use crate::error::Error;
use std::time::Duration;
use subxt::{
	error::{
		AccountNonceError, BackendError, BlocksError, EventsError, ExtrinsicError, OnlineClientAtBlockError,
		OnlineClientError, RpcError, RuntimeApiError, StorageError, TransactionEventsError, TransactionProgressError,
	},
	ext::jsonrpsee::{
		client_transport::ws::{Url, WsTransportClientBuilder},
		core::client::Client,
	},
	rpcs::{self, RpcClient},
};

/// Bytes of the largest answer: a full block, in hexadecimal, with room to spare.
const MAX_ANSWER: u32 = 64 << 20;
/// Bytes of the largest request: a payload of 256 KiB in hexadecimal, with room to spare.
const MAX_REQUEST: u32 = 4 << 20;
/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long one answer may take.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);
/// What JSON-RPC servers answer when they do not know a method, or hide it from strangers.
const METHOD_NOT_FOUND: i32 = -32_601;

/// Opens a WebSocket to `url`.
pub async fn connect(url: &str) -> Result<RpcClient, Error> {
	connect_within(url, CONNECT_TIMEOUT).await
}

async fn connect_within(url: &str, limit: Duration) -> Result<RpcClient, Error> {
	let parsed = Url::parse(url).ok().filter(|parsed| matches!(parsed.scheme(), "ws" | "wss"));
	let parsed = parsed.ok_or_else(|| {
		Error::usage(format!("{url:?} is no WebSocket address"), "write it like ws://127.0.0.1:9944 or wss://HOST")
	})?;
	let unreachable = |reason: String| Error::Unreachable { url: url.into(), reason };
	let connecting =
		WsTransportClientBuilder::default().max_request_size(MAX_REQUEST).max_response_size(MAX_ANSWER).build(parsed);
	// The builder's own limit ends before the handshake: a node that hangs accepts the connection and says no word.
	let (sender, receiver) = tokio::time::timeout(limit, connecting)
		.await
		.map_err(|_| unreachable(format!("it accepts the connection, and says nothing for {limit:?}")))?
		.map_err(|e| unreachable(innermost(&e)))?;
	let client = Client::builder()
		.request_timeout(ANSWER_TIMEOUT)
		.max_buffer_capacity_per_subscription(4096)
		.build_with_tokio(sender, receiver);
	Ok(RpcClient::new(client))
}

/// The message at the bottom of an error's chain of causes: the one that a person understands.
fn innermost(error: &dyn std::error::Error) -> String {
	let mut cause = error;
	while let Some(next) = cause.source() {
		cause = next;
	}
	cause.to_string()
}

/// Turns a failure of subxt into ours: a lost connection is told apart from a bad answer.
pub fn failed(url: &str, doing: impl Into<String>, error: impl Into<subxt::Error>) -> Error {
	let error = error.into();
	match rpc_error(&error) {
		Some(rpcs::Error::Client(reason)) => Error::Unreachable { url: url.into(), reason: innermost(reason.as_ref()) },
		_ => Error::node(doing, error),
	}
}

/// Turns a failure of a JSON-RPC method into ours.
pub fn rpc_failed(url: &str, method: &str, error: rpcs::Error) -> Error {
	match error {
		rpcs::Error::Client(reason) => Error::Unreachable { url: url.into(), reason: innermost(reason.as_ref()) },
		error => Error::node(format!("calling {method}"), error),
	}
}

/// Like [`rpc_failed`], for methods that a node serves to its own machine only.
pub fn unsafe_failed(url: &str, method: &'static str, error: rpcs::Error) -> Error {
	match error {
		rpcs::Error::User(refused) if refused.code == METHOD_NOT_FOUND || refused.message.contains("unsafe") => {
			Error::UnsafeRpc { method }
		}
		error => rpc_failed(url, method, error),
	}
}

/// What the node's pool says of a transaction that it does not take.
pub fn pool_refusal(error: &subxt::Error) -> Option<&rpcs::UserError> {
	match rpc_error(error) {
		Some(rpcs::Error::User(refused)) => Some(refused),
		_ => None,
	}
}

fn rpc_error(error: &subxt::Error) -> Option<&rpcs::Error> {
	match error {
		subxt::Error::OnlineClientError(OnlineClientError::RpcError(e)) | subxt::Error::OtherRpcClientError(e) => {
			Some(e)
		}
		_ => match backend_error(error)? {
			BackendError::Rpc(RpcError::ClientError(e)) => Some(e),
			_ => None,
		},
	}
}

fn backend_error(error: &subxt::Error) -> Option<&BackendError> {
	match error {
		subxt::Error::BackendError(e)
		| subxt::Error::OnlineClientError(OnlineClientError::CannotGetGenesisHash(e))
		| subxt::Error::RuntimeApiError(RuntimeApiError::CannotCallApi(e))
		| subxt::Error::EventsError(EventsError::CannotFetchEventBytes(e))
		| subxt::Error::StorageError(StorageError::CannotFetchValue(e))
		| subxt::Error::ExtrinsicError(
			ExtrinsicError::ErrorSubmittingTransaction(e)
			| ExtrinsicError::TransactionStatusStreamError(e)
			| ExtrinsicError::AccountNonceError { reason: AccountNonceError::CouldNotRetrieve(e), .. },
		)
		| subxt::Error::TransactionProgressError(TransactionProgressError::CannotGetNextProgressUpdate(e))
		| subxt::Error::TransactionEventsError(TransactionEventsError::CannotFetchBlockBody { error: e, .. })
		| subxt::Error::BlocksError(
			BlocksError::CannotGetBlockHeader(e) | BlocksError::CannotGetBlockHeaderStream(e),
		) => Some(e),
		subxt::Error::OnlineClientAtBlockError(e) => at_block_error(e),
		subxt::Error::BlocksError(BlocksError::CannotGetCurrentBlock(e))
		| subxt::Error::TransactionEventsError(TransactionEventsError::CannotInstantiateClientAtBlock(e)) => {
			at_block_error(e)
		}
		_ => None,
	}
}

fn at_block_error(error: &OnlineClientAtBlockError) -> Option<&BackendError> {
	match error {
		OnlineClientAtBlockError::CannotGetCurrentBlock { reason }
		| OnlineClientAtBlockError::CannotGetBlockHash { reason, .. }
		| OnlineClientAtBlockError::CannotGetBlockHeader { reason, .. }
		| OnlineClientAtBlockError::CannotGetSpecVersion { reason, .. } => Some(reason),
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::error::Exit;

	fn lost() -> rpcs::Error {
		rpcs::Error::Client(Box::new(std::io::Error::other("connection refused")))
	}

	#[test]
	fn lost_connection_should_be_told_apart_from_a_bad_answer() {
		let failure = failed("ws://x", "reading", RuntimeApiError::CannotCallApi(lost().into()));
		assert_eq!(failure.exit(), Exit::Unreachable);
		assert!(failure.to_string().contains("connection refused"), "{failure}");
		let failure = failed("ws://x", "reading", RuntimeApiError::TraitNotFound("X".into()));
		assert_eq!(failure.exit(), Exit::Failure);
	}

	#[test]
	fn hidden_method_should_be_an_unsafe_rpc_error() {
		let hidden = rpcs::Error::User(rpcs::UserError::method_not_found());
		assert_eq!(unsafe_failed("ws://x", "offchain_localStorageSet", hidden).kind(), "unsafe-rpc");
		assert_eq!(unsafe_failed("ws://x", "offchain_localStorageSet", lost()).exit(), Exit::Unreachable);
	}

	#[tokio::test]
	async fn node_that_accepts_and_says_nothing_should_be_unreachable() {
		let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
		let url = format!("ws://{}", silent.local_addr().unwrap());
		let refused = connect_within(&url, Duration::from_millis(200)).await.unwrap_err();
		assert_eq!(refused.exit(), Exit::Unreachable);
		assert!(refused.to_string().contains("says nothing"), "{refused}");
	}

	#[tokio::test]
	async fn closed_port_should_be_unreachable_and_http_a_usage_error() {
		let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
		let refused = connect(&format!("ws://127.0.0.1:{port}")).await.unwrap_err();
		assert_eq!(refused.exit(), Exit::Unreachable);
		assert_eq!(connect("http://127.0.0.1:9944").await.unwrap_err().exit(), Exit::Usage);
	}
}
