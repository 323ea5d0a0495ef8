// What several views show: badges, tables, states of waiting and failure, panels.

import { again } from "./documents.js";
import { h } from "./dom.js";
import { address, recordAddress } from "./router.js";
import {
	ago,
	count,
	CONTENT,
	CREDIBILITY,
	marking,
	moment,
	pairInWords,
	RELIABILITY,
	STATUS,
	technique,
} from "./words.js";

/** Techniques of a record that a table names before it folds the rest. */
const NAMED = 3;

/** Text for screen readers only. */
export function spoken(...children) {
	return h("span", { class: "spoken" }, ...children);
}

/** A marking in the colours of TLP 2.0. */
export function tlp(name) {
	return h("span", { class: "tlp", "data-tlp": name }, marking(name));
}

/** A source's letter. */
export function reliability(letter) {
	if (!letter) {
		return unknown("reliability not known");
	}
	const title = `${letter}: ${RELIABILITY[letter]}`;
	return h("span", { class: "letter", "data-letter": letter, title }, letter, spoken(` ${RELIABILITY[letter]}`));
}

/** A record's number. */
export function credibility(of) {
	if (!of) {
		return unknown("credibility not known");
	}
	return h(
		"span",
		{ class: "figure", "data-figure": of, title: `${of}: ${CREDIBILITY[of]}` },
		of,
		spoken(` ${CREDIBILITY[of]}`),
	);
}

/** Letter and number together. */
export function pair(letter, of) {
	return h(
		"span",
		{ class: "pair", title: pairInWords(letter, of) },
		h("span", { class: "letter", "data-letter": letter, "aria-hidden": "true" }, letter),
		h("span", { class: "figure", "data-figure": of, "aria-hidden": "true" }, of),
		spoken(pairInWords(letter, of)),
	);
}

/** Nothing to show, and why. */
export function unknown(why) {
	return h("span", { class: "quiet", title: why }, h("span", { "aria-hidden": "true" }, "–"), spoken(why));
}

export function status(name) {
	return h("span", { class: "status", "data-status": name, title: STATUS[name] }, name);
}

/** A moment, and how long ago that is. */
export function time(seconds, { short = false } = {}) {
	const written = moment(seconds);
	const machine = `${written.replace(" ", "T")}Z`;
	if (short) {
		return h("time", { datetime: machine, title: `${written} UTC` }, ago(seconds));
	}
	return h("time", { datetime: machine }, written, " ", h("span", { class: "quiet" }, ago(seconds)));
}

export function recordLink(record) {
	return h("a", { class: "mono", href: recordAddress(record) }, record);
}

/** What the reader has of a record: a number of objects, or why there are none. */
export function content({ content: state, objects }) {
	const objectCount = Array.isArray(objects) ? objects.length : objects;
	return state === "open" ? count(objectCount, "object") : h("span", { class: "quiet" }, CONTENT[state] ?? state);
}

export function techniqueLink(of) {
	const named = of.name ? [h("span", { class: "mono" }, of.id), " ", of.name] : h("span", { class: "mono" }, of.id);
	return h("a", { href: address("records", [], { technique: of.id }), title: technique(of) }, named);
}

/** Techniques by name, the first few at once. */
export function techniques(all) {
	const item = (of) => h("li", { key: of.id }, techniqueLink(of));
	const rest = all.slice(NAMED);
	return h(
		"div",
		{ class: "techniques" },
		h("ul", {}, all.slice(0, NAMED).map(item)),
		rest.length > 0 && h("details", {}, h("summary", {}, `${rest.length} more`), h("ul", {}, rest.map(item))),
	);
}

/**
 * A table. `columns`: `{ name, cell(row), kind }`, of which the first names the row. On a narrow screen each row is a
 * card. Roles are said because browsers forget those of tables that are laid out otherwise.
 */
export function table({ caption, columns, rows, key, quiet = false }) {
	const heading = ({ name, kind }) => h("th", { scope: "col", role: "columnheader", class: kind }, name);
	const cell = ({ name, cell: of, kind }, row, place) => {
		const props = { "data-label": name, class: kind };
		// One child: beside the label that a card shows.
		const inside = h("div", {}, of(row));
		return place === 0
			? h("th", { scope: "row", role: "rowheader", ...props }, inside)
			: h("td", { role: "cell", ...props }, inside);
	};
	const body = rows.map((row) =>
		h(
			"tr",
			{ key: key(row), role: "row" },
			columns.map((column, at) => cell(column, row, at)),
		),
	);
	return h(
		"table",
		{ role: "table" },
		h("caption", { class: quiet ? "spoken" : null }, caption),
		h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, columns.map(heading))),
		h("tbody", { role: "rowgroup" }, body),
	);
}

/** Names and what they stand for, without those that are null. */
export function facts(pairs) {
	const said = pairs.filter(([, value]) => value !== null && value !== undefined && value !== false);
	return h(
		"dl",
		{ class: "facts" },
		said.map(([name, value]) => h("div", { key: name }, h("dt", {}, name), h("dd", {}, value))),
	);
}

/** A message with what to do about it. */
export function message(kind, text, advice, ...more) {
	return h(
		"div",
		{ class: `message ${kind}` },
		h("p", {}, h("strong", {}, text)),
		advice && h("p", {}, advice),
		...more,
	);
}

export function failure(error, ...paths) {
	const retry = h("p", {}, h("button", { type: "button", onclick: () => again(...paths) }, "Try again"));
	return message("failed", error.message, error.advice, error.kind === "session" ? null : retry);
}

/** What stands in for documents that are not there yet: null if all are. */
export function waiting(what, ...entries) {
	const failed = entries.find((entry) => entry.error && entry.data === undefined);
	if (failed) {
		return failure(failed.error, failed.path);
	}
	return entries.every((entry) => entry.data !== undefined) ? null : h("p", { class: "loading" }, `Reading ${what} …`);
}

/** Says it to who does not see the page. */
export function say(text) {
	document.getElementById("said").textContent = text;
}

/** A view's head. */
export function head(title, ...more) {
	return h("header", { class: "head" }, h("h1", { tabindex: "-1" }, title), ...more);
}

/** A panel beside what it was opened from: takes the focus. The page closes it by Escape. */
export function panel({ key, title, close, label }, ...children) {
	return h(
		"aside",
		{ key, class: "panel", "aria-label": label },
		h(
			"header",
			{},
			h("h2", { tabindex: "-1", key: "title", mounted: (node) => node.focus() }, title),
			h("button", { type: "button", class: "close", "aria-label": "Close", title: "Close (Esc)", onclick: close }, "✕"),
		),
		h("div", { class: "inside" }, ...children),
	);
}
