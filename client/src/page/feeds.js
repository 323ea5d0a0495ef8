// Feeds: how far they are, and what was refused.

import { read } from "./documents.js";
import { h } from "./dom.js";
import { failure, head, message, spoken, status as badge, table, time, tlp, unknown, waiting } from "./parts.js";
import { count, number } from "./words.js";

export const title = () => "Feeds";

const documents = () => [read("feeds"), read("feeds/status")];

export function draw(route, page) {
	const [feeds, states] = documents();
	const blank = waiting("feeds", feeds);
	if (blank) {
		return [head("Feeds"), blank];
	}
	const known = new Map(states.data?.feeds.map(({ feed, status }) => [feed, status]));
	const rows = feeds.data.feeds.map((feed) => ({ ...feed, status: known.get(feed.feed) }));
	return [
		head("Feeds", h("p", { class: "quiet" }, count(rows.length, "feed"))),
		states.error && failure(states.error, states.path),
		rows.length
			? list(rows, page)
			: message(
					"empty",
					"No feed is registered.",
					"A member’s controller registers one: `testudo feeds register`, then `testudo feeds apply`.",
				),
	];
}

/** What is announced when it changes. */
export function said() {
	const feeds = documents()[1].data?.feeds;
	const failing = feeds?.filter(({ status }) => status?.last_error).length;
	return feeds && `${count(feeds.length, "feed")}, ${failing} with an error`;
}

function list(rows, page) {
	const figure = (name) => (row) => (row.status ? number(row.status[name]) : unknown("not run by this node"));
	return table({
		caption: "What is published is counted by the chain; the rest by the worker of the node that is asked",
		rows,
		key: (row) => row.feed,
		columns: [
			{
				name: "Feed",
				kind: "wide",
				cell: (row) => [
					h("span", { class: "mono" }, row.feed),
					" ",
					row.name,
					h("div", { class: "small quiet" }, row.owner_name),
				],
			},
			{ name: "State", cell: state },
			{ name: "Caught up", cell: lag },
			{
				name: "Sealed to",
				cell: (row) => [
					page.group(row.group),
					h("div", { class: "small quiet" }, "up to ", tlp(row.ceiling)),
					row.default_marking && h("div", { class: "small quiet" }, "unmarked as ", tlp(row.default_marking)),
				],
			},
			{ name: "Fetched", kind: "figures", cell: figure("fetched") },
			{ name: "Published", kind: "figures", cell: figure("published") },
			{ name: "Waiting", kind: "figures", cell: figure("waiting") },
			{ name: "Refused", cell: refused },
			{
				name: "Pages",
				kind: "figures",
				cell: (row) => [
					number(row.pages),
					h("div", { class: "small quiet" }, row.pages ? `block ${number(row.last_block)}` : "none yet"),
				],
			},
		],
	});
}

function state({ enabled, status }) {
	return [
		badge(enabled ? "on" : "off"),
		status?.last_error && h("div", { class: "error" }, spoken("Error: "), status.last_error),
	];
}

function moment(millis) {
	return millis ? time(millis / 1000, { short: true }) : "never";
}

function lag({ status }) {
	if (!status) {
		return h("span", { class: "quiet" }, "this node’s worker has not run it");
	}
	return [moment(status.caught_up_ms), h("div", { class: "small quiet" }, "last look ", moment(status.last_look_ms))];
}

function refused({ status }) {
	const reasons = Object.entries(status?.refused ?? {});
	if (!status || reasons.length === 0) {
		return status ? "none" : unknown("not run by this node");
	}
	return [
		h(
			"ul",
			{ class: "reasons" },
			reasons.map(([reason, times]) => h("li", { key: reason }, h("strong", {}, number(times)), " ", reason)),
		),
		status.left_behind > 0 &&
			h("div", { class: "small quiet" }, `${number(status.left_behind)} of them left behind by new settings`),
	];
}
