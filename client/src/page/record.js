// One record: what the chain says of it, its objects, who was given it, what peers make of it.

import { audit } from "./audit.js";
import { read } from "./documents.js";
import { h } from "./dom.js";
import { graph } from "./graph.js";
import { judging } from "./judge.js";
import { objectPanel, objectTable } from "./objects.js";
import { content, facts, head, message, pair, recordLink, status, techniqueLink, time, tlp, waiting } from "./parts.js";
import { address, changed, go, recordAddress } from "./router.js";
import { count, size, STATUS } from "./words.js";

const VIEWS = { table: "Objects", graph: "Graph", audit: "Audit trail" };

/** Techniques that are named before the rest is folded. */
const NAMED = 8;

export const title = ({ parts }) => `Record ${parts.join("/")}`;

export function draw(route, page) {
	const record = route.parts.join("/");
	const path = `record/${route.parts.map(encodeURIComponent).join("/")}`;
	if (!/^\d+\/\d+$/.test(record)) {
		return [
			head("No such record"),
			message("empty", `${record} is no record.`, "Records are named AUTHOR/N, like 0/7: see the list of records."),
		];
	}
	const entry = read(path);
	const blank = waiting(`record ${record}`, entry);
	if (blank) {
		return [head(`Record ${record}`), blank];
	}
	const shown = entry.data;
	const worth = read(`${path}/credibility`);
	return [
		head(
			`Record ${record}`,
			h(
				"p",
				{ class: "line" },
				tlp(shown.marking),
				status(shown.status),
				worth.data && pair(worth.data.reliability, worth.data.credibility),
				h("span", { class: "quiet" }, STATUS[shown.status]),
			),
		),
		h(
			"div",
			{ class: route.query.object ? "sides reading" : "sides" },
			what(shown, page),
			route.query.object ? object(route, shown, path) : judging(shown, worth, path, page),
			inside(route, shown, path, page),
		),
	];
}

/** What is announced when it changes. */
export function said(route) {
	const { data } = read(`record/${route.parts.join("/")}`);
	return data && `Record ${data.record}, ${data.status}, ${data.objects.length} objects`;
}

function what(shown, page) {
	const groups = shown.audience.map(({ group, epoch }) =>
		h("li", { key: group }, `${page.group(group)} at epoch ${epoch}`),
	);
	const direct = shown.direct > 0 && h("li", { key: "direct" }, count(shown.direct, "direct wrap"));
	return h(
		"section",
		{ class: "what", "aria-label": "What the chain says" },
		facts([
			[
				"Author",
				h(
					"a",
					{ href: address("records", [], { author: shown.author }) },
					shown.author_name ?? `author ${shown.author}`,
				),
			],
			["Published (UTC)", time(shown.published)],
			["Valid until (UTC)", shown.valid_until ? time(shown.valid_until) : "no end"],
			["Sealed to", h("ul", {}, groups, direct)],
			["Content", content(shown)],
			["Place", `block ${shown.block}, extrinsic ${shown.extrinsic}, ${size(shown.bytes)}`],
			["Replaces", shown.revises !== null && recordLink(`${shown.author}/${shown.revises}`)],
			["Envelope", h("code", { class: "break" }, shown.id)],
		]),
		shown.techniques.length > 0 && named(shown.techniques),
	);
}

/** Its techniques, the first few at once. */
function named(all) {
	const item = (of) => h("li", { key: of.id }, techniqueLink(of));
	const rest = all.slice(NAMED);
	return h(
		"div",
		{ class: "chips" },
		h("h2", {}, count(all.length, "technique")),
		h("ul", {}, all.slice(0, NAMED).map(item)),
		rest.length > 0 && h("details", {}, h("summary", {}, `${rest.length} more`), h("ul", {}, rest.map(item))),
	);
}

/** One object, in the place of what peers say of the whole. */
function object(route, shown, path) {
	const found = chosen(route, shown);
	const close = () => {
		go(changed(route, { object: null }));
		requestAnimationFrame(() => document.querySelector(`[data-object="${found?.position}"]`)?.focus());
	};
	return objectPanel(shown, found, path, route, close);
}

function chosen({ query }, { objects }) {
	return objects.find((one) => String(one.position) === query.object || one.id === query.object);
}

function inside(route, shown, path, page) {
	const view = VIEWS[route.query.view] ? route.query.view : "table";
	const tab = ([name, label]) =>
		h(
			"a",
			{
				key: name,
				href: changed(route, { view: name === "table" ? null : name, object: null }),
				"aria-current": view === name ? "page" : null,
			},
			name === "table" ? `${label} (${shown.objects.length})` : label,
		);
	const open = (position) => go(changed(route, { object: position }));
	return h(
		"section",
		{ class: "inside", "aria-label": "What is in it" },
		h("nav", { class: "tabs", "aria-label": "Of this record" }, Object.entries(VIEWS).map(tab)),
		view === "audit" && audit(path, shown, page),
		view !== "audit" &&
			(shown.objects.length === 0
				? nothing(shown)
				: view === "graph"
					? graph(path, shown, chosen(route, shown), open, page)
					: objectTable(shown, chosen(route, shown), route)),
	);
}

/** Why there are no objects, and what to do. */
function nothing(shown) {
	if (shown.status === "withdrawn" || shown.content === "deleted") {
		return message(
			"empty",
			"Its author withdrew it: its content is deleted.",
			h("a", { href: recordAddress(shown.record, { view: "audit" }) }, "The audit trail says why."),
		);
	}
	if (shown.content === "malformed") {
		return message(
			"empty",
			`Malformed: ${shown.problem ?? "it breaks a rule"}.`,
			"Nothing of it is kept. You may report it as malformed.",
		);
	}
	if (shown.content === "missing") {
		return message(
			"empty",
			`Not to be had from where it lies: ${shown.problem ?? "it was not fetched yet"}.`,
			"A later `testudo sync`, or a running agent, tries again.",
		);
	}
	if (shown.content === "closed") {
		return message(
			"empty",
			"This record is not sealed to you.",
			`Ask its author for it with \`testudo request ${shown.record}\`; it opens at a later \`testudo sync\`.`,
		);
	}
	return shown.marking === "red"
		? message(
				"empty",
				"TLP:RED is shown to the person at a terminal, and handed on to no program.",
				`Look at it with \`testudo show ${shown.record}\` at a terminal.`,
			)
		: message("empty", "This record holds no objects.");
}
