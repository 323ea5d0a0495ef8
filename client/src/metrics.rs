//! What the gateway, the agent and the worker count, for Prometheus.

use crate::{error::Error, store::Totals, time};
use axum::{http::header, routing::get, Router};
use cti_primitives::{feed::FeedStatus, FeedId};
use prometheus::{
	core::Collector, Encoder, GaugeVec, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, IntGaugeVec, Opts,
	Registry, TextEncoder,
};
use std::{net::SocketAddr, sync::LazyLock, time::Duration};

/// All of it.
static REGISTRY: LazyLock<Registry> = LazyLock::new(Registry::new);
/// What the gateway counts.
pub static GATEWAY: LazyLock<GatewayMetrics> = LazyLock::new(GatewayMetrics::new);
/// What the agent counts.
pub static AGENT: LazyLock<AgentMetrics> = LazyLock::new(AgentMetrics::new);
/// What the node's worker counts, as the node says.
pub static WORKER: LazyLock<WorkerMetrics> = LazyLock::new(WorkerMetrics::new);

/// Names are constants of this file: what cannot be made or is made twice is a mistake in it, which its test finds.
fn registered<T: Collector + Clone + 'static>(metric: prometheus::Result<T>) -> T {
	let metric = metric.expect("names and labels are constants");
	REGISTRY.register(Box::new(metric.clone())).expect("each name is registered once");
	metric
}

fn counters(name: &str, help: &str, labels: &[&str]) -> IntCounterVec {
	registered(IntCounterVec::new(Opts::new(name, help), labels))
}

fn gauges(name: &str, help: &str, labels: &[&str]) -> IntGaugeVec {
	registered(IntGaugeVec::new(Opts::new(name, help), labels))
}

fn gauge(name: &str, help: &str) -> IntGauge {
	registered(IntGauge::new(name, help))
}

/// The gateway's.
pub struct GatewayMetrics {
	requests: IntCounterVec,
	seconds: HistogramVec,
}

impl GatewayMetrics {
	fn new() -> Self {
		let buckets = vec![0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
		let options = HistogramOpts::new("testudo_gateway_seconds", "Time to answer a request").buckets(buckets);
		Self {
			requests: counters(
				"testudo_gateway_requests_total",
				"Requests, by endpoint and HTTP status",
				&["endpoint", "status"],
			),
			seconds: registered(HistogramVec::new(options, &["endpoint"])),
		}
	}

	/// A request was answered.
	pub fn answered(&self, endpoint: &str, status: u16, took: Duration) {
		self.requests.with_label_values(&[endpoint, &status.to_string()]).inc();
		self.seconds.with_label_values(&[endpoint]).observe(took.as_secs_f64());
	}
}

/// The agent's.
pub struct AgentMetrics {
	/// The last block that is in the store.
	pub block: IntGauge,
	/// Unix seconds of when it came.
	pub at: IntGauge,
	/// Records in the store, those of them that are open, and objects.
	pub stored: IntGaugeVec,
	/// What it did: `rekey`, `acknowledge`, `grant`, ...
	pub done: IntCounterVec,
	/// What it tried and could not.
	pub failed: IntCounterVec,
}

impl AgentMetrics {
	fn new() -> Self {
		Self {
			block: gauge("testudo_agent_block", "Number of the last block that is in the store"),
			at: gauge("testudo_agent_block_seconds", "When the last block came in, in seconds since 1970"),
			stored: gauges(
				"testudo_store_entries",
				"What is in the store: records, open, objects, distinct",
				&["what"],
			),
			done: counters("testudo_agent_tasks_total", "What the agent did, by kind", &["kind"]),
			failed: counters("testudo_agent_failures_total", "What the agent tried and could not, by kind", &["kind"]),
		}
	}
}

impl AgentMetrics {
	/// The store has come to this block.
	pub fn came_to(&self, block: u32) {
		self.block.set(block.into());
		self.at.set(signed(time::now()));
	}

	/// So much is in the store.
	pub fn holds(&self, totals: &Totals) {
		let Totals { records, open, objects, distinct } = *totals;
		for (what, number) in [("records", records), ("open", open), ("objects", objects), ("distinct", distinct)] {
			self.stored.with_label_values(&[what]).set(signed(number));
		}
	}
}

fn signed(number: u64) -> i64 {
	i64::try_from(number).unwrap_or(i64::MAX)
}

/// The worker's, of each feed.
pub struct WorkerMetrics {
	/// Counters as the node keeps them: they begin anew with its off-chain store.
	pub counters: GaugeVec,
	/// Objects refused, by reason.
	pub refused: GaugeVec,
}

impl WorkerMetrics {
	/// The node says this of a feed's worker.
	pub fn says(&self, feed: FeedId, status: &FeedStatus) {
		let feed = feed.to_string();
		for (counter, number) in [
			("fetched", status.fetched),
			("published", status.published),
			("envelopes", status.envelopes),
			("waiting", status.waiting),
			("left_behind", status.left_behind),
			("last_look_seconds", status.last_look_ms / 1_000),
			("caught_up_seconds", status.caught_up_ms / 1_000),
			("failing", status.last_error.is_some().into()),
		] {
			self.counters.with_label_values(&[&feed, counter]).set(number as f64);
		}
		for (reason, number) in &status.refused {
			self.refused.with_label_values(&[&feed, reason]).set(*number as f64);
		}
	}
}

impl WorkerMetrics {
	fn new() -> Self {
		let of = |name: &str, help: &str, labels: &[&str]| registered(GaugeVec::new(Opts::new(name, help), labels));
		Self {
			counters: of("testudo_feed", "The worker's counters of a feed", &["feed", "counter"]),
			refused: of("testudo_feed_refused", "Objects of a feed that were refused, by reason", &["feed", "reason"]),
		}
	}
}

/// All of it as Prometheus reads it.
pub fn text() -> String {
	let mut bytes = Vec::new();
	if let Err(error) = TextEncoder::new().encode(&REGISTRY.gather(), &mut bytes) {
		tracing::error!(%error, "metrics cannot be written");
	}
	String::from_utf8_lossy(&bytes).into_owned()
}

/// Serves `/metrics` at the address until the process ends.
pub async fn serve(listen: SocketAddr) -> Result<(), Error> {
	let taken = |e| Error::usage(format!("cannot listen at {listen}: {e}"), "take another address for --metrics");
	let listener = tokio::net::TcpListener::bind(listen).await.map_err(taken)?;
	let answer = || async { ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text()) };
	tokio::spawn(async move { axum::serve(listener, Router::new().route("/metrics", get(answer))).await });
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_counted_should_be_told() {
		GATEWAY.answered("objects", 200, Duration::from_millis(3));
		AGENT.block.set(7);
		AGENT.done.with_label_values(&["rekey"]).inc();
		WORKER.counters.with_label_values(&["0", "published"]).set(5.0);
		let text = text();
		for line in [
			"testudo_gateway_requests_total{endpoint=\"objects\",status=\"200\"} 1",
			"testudo_gateway_seconds_bucket{endpoint=\"objects\",le=\"0.005\"} 1",
			"testudo_agent_block 7",
			"testudo_agent_tasks_total{kind=\"rekey\"} 1",
			"testudo_feed{counter=\"published\",feed=\"0\"} 5",
		] {
			assert!(text.lines().any(|one| one == line), "{line} is not in\n{text}");
		}
	}
}
