// The records of one technique, beside the matrix.

import { withQuery } from "./api.js";
import { pageOf } from "./coverage.js";
import { read } from "./documents.js";
import { h } from "./dom.js";
import { credibility, failure, panel, recordLink, reliability, status, time, tlp } from "./parts.js";
import { address, changed } from "./router.js";
import { count } from "./words.js";

/** Records that are shown in the panel; all are in the list. */
const SHOWN = 100;

export function techniquePanel(id, found, route, close) {
	const technique = found?.technique;
	const name = technique?.name ?? "";
	const title = [
		h("span", { class: "mono" }, id),
		" ",
		id.includes(".") && found?.parent.name ? `${found.parent.name}: ${name}` : name,
	];
	return panel(
		{ key: id, title, label: `Records of ${id}`, close },
		found
			? h("p", { class: "quiet" }, found.tactics.join(", "))
			: h("p", {}, `${id} is not in this matrix, or no record that matches the filters names it.`),
		h(
			"p",
			{ class: "links" },
			h("a", { href: address("records", [], { technique: id }) }, "All records, also ended ones"),
			" ",
			h("a", { href: pageOf(id), target: "_blank", rel: "noreferrer noopener" }, "ATT&CK’s page ↗"),
		),
		technique?.subs?.some((sub) => sub.records.length) && subTechniques(technique.subs, route),
		technique && records(id, technique.records),
	);
}

function subTechniques(subs, route) {
	const item = ({ id, name, records: { length } }) =>
		h(
			"li",
			{ key: id },
			h("a", { href: changed(route, { technique: id }) }, h("span", { class: "mono" }, id), ` ${name}`),
			` ${length}`,
		);
	return h(
		"details",
		{},
		h("summary", {}, "By sub-technique"),
		h("ul", {}, subs.filter((sub) => sub.records.length).map(item)),
	);
}

function records(id, ids) {
	if (ids.length === 0) {
		return h("p", {}, "No live record that matches the filters names it.");
	}
	const entry = read(withQuery("records", { technique: id, limit: 500 }));
	if (entry.error && !entry.data) {
		return failure(entry.error, entry.path);
	}
	// Where a technique took another one's place, records name that one: they are not in this list, only their numbers.
	const known = new Map(entry.data?.records.map((row) => [row.record, row]));
	const newest = ids
		.map((record) => ({ record, ...known.get(record) }))
		.sort((a, b) => (b.published ?? 0) - (a.published ?? 0));
	return [
		h("h3", {}, count(ids.length, "record")),
		h("ul", { class: "cards" }, newest.slice(0, SHOWN).map(card)),
		newest.length > SHOWN && h("p", { class: "quiet" }, `and ${newest.length - SHOWN} more`),
	];
}

function card(row) {
	return h(
		"li",
		{ key: row.record },
		h(
			"div",
			{ class: "line" },
			recordLink(row.record),
			row.marking && tlp(row.marking),
			row.status && status(row.status),
		),
		row.published &&
			h(
				"div",
				{ class: "line" },
				h("span", {}, row.author_name ?? `author ${row.author}`),
				reliability(row.reliability),
				credibility(row.credibility),
				h("span", { class: "quiet" }, time(row.published, { short: true })),
			),
	);
}
