// The newest records of the local store.

import { withQuery } from "./api.js";
import { peek, read } from "./documents.js";
import { h } from "./dom.js";
import {
	content,
	credibility,
	head,
	message,
	pair,
	recordLink,
	reliability,
	status,
	table,
	techniques,
	time,
	tlp,
	unknown,
	waiting,
} from "./parts.js";
import { address, changed, go } from "./router.js";
import { count } from "./words.js";

const STEP = 100;

export const title = ({ query }) => (query.technique ? `Records of ${query.technique}` : "Records");

const limitOf = ({ query }) => Math.max(STEP, Number.parseInt(query.limit, 10) || 0);

const pathOf = ({ query: { technique, author } }, limit) => withQuery("records", { technique, author, limit });
const listOf = (route) => read(pathOf(route, limitOf(route)));

export function draw(route, page) {
	const entry = listOf(route);
	// While more are read, those stay that were there.
	const known = entry.data ?? peek(pathOf(route, limitOf(route) - STEP));
	const rows = known?.records ?? [];
	const listing = () => (rows.length ? [list(rows), more(route, rows)] : empty(route));
	return [
		head("Records", known && h("p", { class: "quiet" }, summary(route, rows))),
		filters(route, page, rows),
		known ? listing() : waiting("records", entry),
	];
}

/** What is announced when it changes. */
export function said(route) {
	const rows = listOf(route).data?.records;
	return rows && (rows.length ? `${summary(route, rows)}, the newest is ${rows[0].record}` : "No record matches");
}

function summary(route, rows) {
	const { technique } = route.query;
	const shown = rows.length === limitOf(route) ? `The newest ${rows.length} records` : count(rows.length, "record");
	return technique
		? `${shown} naming ${technique}${technique.includes(".") ? "" : " or one of its sub-techniques"}`
		: shown;
}

function filters(route, page, rows) {
	const { query } = route;
	const authors = new Map(rows.map((row) => [row.author, row.author_name ?? `author ${row.author}`]));
	page.members.forEach(({ member, name }) => authors.set(member, name));
	if (query.author && !authors.has(Number(query.author))) {
		authors.set(Number(query.author), `author ${query.author}`);
	}
	const sorted = [...authors].sort(([one], [other]) => one - other);
	const search = (event) => {
		event.preventDefault();
		const technique = new FormData(event.target).get("technique").trim().toUpperCase();
		go(changed(route, { technique: technique || null, limit: null }));
	};
	return h(
		"form",
		{ class: "filters", "aria-label": "Filters of the records", onsubmit: search },
		h(
			"label",
			{},
			h("span", {}, "Technique"),
			h("input", {
				name: "technique",
				class: "mono",
				placeholder: "T1059 or T1059.001",
				value: query.technique ?? "",
				size: "18",
				autocomplete: "off",
				spellcheck: "false",
			}),
		),
		h(
			"label",
			{},
			h("span", {}, "Author"),
			h(
				"select",
				{
					value: query.author ?? "",
					onchange: (event) => go(changed(route, { author: event.target.value, limit: null }), { replace: true }),
				},
				h("option", { value: "", key: "" }, "any"),
				sorted.map(([author, name]) => h("option", { value: String(author), key: author }, `${author} ${name}`)),
			),
		),
		h("button", { type: "submit" }, "Filter"),
		(query.technique || query.author) && h("a", { class: "button", href: address("records") }, "Show all"),
	);
}

function list(rows) {
	const reports = (row) =>
		row.sightings === null || row.sightings === undefined
			? unknown("no node answers")
			: [h("span", {}, row.sightings), h("span", { class: "quiet" }, " / "), h("span", {}, row.false_positives)];
	return table({
		caption: "Records, the newest first",
		quiet: true,
		rows,
		key: (row) => row.record,
		columns: [
			{ name: "Record", cell: (row) => [recordLink(row.record), h("div", { class: "small" }, content(row))] },
			{ name: "Marking", cell: (row) => tlp(row.marking) },
			{ name: "Author", kind: "name", cell: (row) => row.author_name ?? `author ${row.author}` },
			{ name: "Rating", kind: "centre", cell: rating },
			{ name: "Score", kind: "figures", cell: (row) => row.score ?? unknown("no node answers") },
			{ name: "Seen / harmless", kind: "figures", cell: reports },
			{ name: "Status", cell: (row) => status(row.status) },
			{ name: "Published (UTC)", kind: "moment", cell: (row) => time(row.published) },
			{
				name: "Techniques",
				kind: "wide",
				cell: (row) => (row.techniques.length ? techniques(row.techniques) : unknown("none named")),
			},
		],
	});
}

/** The source's letter and the content's number, or what of them is known. */
function rating({ reliability: letter, credibility: figure }) {
	return letter && figure ? pair(letter, figure) : [reliability(letter), figure && credibility(figure)];
}

function more(route, rows) {
	const limit = limitOf(route);
	return (
		rows.length >= limit &&
		h("p", {}, h("a", { class: "button", href: changed(route, { limit: limit + STEP }) }, `Show ${STEP} more`))
	);
}

function empty(route) {
	const { technique, author } = route.query;
	return technique || author
		? message(
				"empty",
				"No record matches.",
				"Take a filter away: a technique without its sub-technique’s number finds more.",
			)
		: message(
				"empty",
				"There are no records yet.",
				"Bring the store up to date with `testudo sync`, with the same --identity and --store.",
			);
}
