// What is known of a value.

import { withQuery } from "./api.js";
import { read } from "./documents.js";
import { h } from "./dom.js";
import { head, message, recordLink, status, table, time, tlp, waiting } from "./parts.js";
import { address, go, recordAddress } from "./router.js";
import { typeInWords, typeOf } from "./types.js";
import { count } from "./words.js";

const MATCH = { same: "same", host: "its host", network: "network around it" };
/** Relations that a row names before it counts the rest. */
const NAMED = 4;

export const title = ({ query }) => (query.value ? `${query.value}, looked up` : "Look-up");

const matchesOf = ({ query }) => read(withQuery("lookup", { value: query.value }));

export function draw(route) {
	const { value } = route.query;
	const heading = head("What do we know about this value?");
	if (!value) {
		return [heading, form(value), help()];
	}
	const entry = matchesOf(route);
	return [heading, form(value), waiting("the store", entry) ?? found(entry.data)];
}

/** What is announced when it changes. */
export function said(route) {
	const matches = route.query.value && matchesOf(route).data?.matches;
	return matches && (matches.length ? count(matches.length, "match", "matches") : "Nothing found");
}

function form(value) {
	const submit = (event) => {
		event.preventDefault();
		go(address("lookup", [], { value: new FormData(event.target).get("value").trim() }));
	};
	return h(
		"form",
		{ class: "filters", role: "search", "aria-label": "A value", onsubmit: submit },
		h(
			"label",
			{ class: "grow" },
			h("span", {}, "Value"),
			h("input", {
				name: "value",
				class: "mono",
				value: value ?? "",
				required: true,
				autocomplete: "off",
				spellcheck: "false",
				placeholder: "198[.]51[.]100[.]7",
			}),
		),
		h("button", { type: "submit", class: "primary" }, "Look up"),
	);
}

function help() {
	const rows = [
		["an address", "networks around it, from /8 (IPv4) and /16 (IPv6) on"],
		["a domain", "URLs at it and addresses of e-mail in it"],
		["a URL, an e-mail address", "its host"],
		["a hash, a name", "what has just this value"],
	];
	return h(
		"section",
		{ class: "help" },
		h(
			"p",
			{},
			"An address, a network, a domain, a URL, an e-mail address, a hash or a name; defanged or not: ",
			h("code", {}, "hxxp://"),
			", ",
			h("code", {}, "[.]"),
			", ",
			h("code", {}, "(at)"),
			". It is looked for in your own store, and nobody is asked.",
		),
		table({
			caption: "What is found beside the value itself",
			rows,
			key: ([asked]) => asked,
			columns: [
				{ name: "Asked", cell: ([asked]) => asked },
				{ name: "Also found", kind: "wide", cell: ([, also]) => also },
			],
		}),
	);
}

function found({ value, matches, more }) {
	if (matches.length === 0) {
		return message(
			"empty",
			`Nothing in your store speaks of ${value}.`,
			"Is the store up to date? The top of the page says up to which block; `testudo sync` goes on from there.",
		);
	}
	const records = new Set(matches.map(({ record }) => record)).size;
	const object = ({ object: id, name, record }) =>
		h("a", { href: recordAddress(record, { object: id }) }, name ?? typeInWords(typeOf(id)));
	return [
		h("p", {}, h("strong", {}, count(matches.length, "match", "matches")), ` in ${count(records, "record")}`),
		more && h("p", { class: "quiet" }, "There are more than these: `testudo lookup --limit` lists them."),
		table({
			caption: `What speaks of ${value}, the likest first`,
			quiet: true,
			rows: matches,
			key: (row) => `${row.record} ${row.object} ${row.path} ${row.value}`,
			columns: [
				{
					name: "Value",
					cell: (row) => [
						h("span", { class: "mono break" }, row.value),
						h("div", { class: "small quiet" }, `${MATCH[row.match] ?? row.match}, ${row.path}`),
					],
				},
				{
					name: "Object",
					kind: "wide",
					cell: (row) => [object(row), h("div", { class: "small quiet" }, typeInWords(typeOf(row.object)))],
				},
				{ name: "Related", kind: "wide", cell: (row) => related(row.related) },
				{ name: "Record", cell: (row) => recordLink(row.record) },
				{ name: "Author", cell: (row) => row.author_name ?? `author ${row.author}` },
				{ name: "Marking", cell: (row) => tlp(row.marking) },
				{ name: "Status", cell: (row) => status(row.status) },
				{ name: "Published (UTC)", kind: "moment", cell: (row) => time(row.published) },
			],
		}),
	];
}

function related(all) {
	const item = ({ type, object, name }, place) =>
		h("li", { key: place }, h("span", { class: "quiet" }, type), " ", name ?? typeInWords(typeOf(object)));
	return h(
		"ul",
		{},
		all.slice(0, NAMED).map(item),
		all.length > NAMED && h("li", { class: "quiet" }, `and ${all.length - NAMED} more`),
	);
}
