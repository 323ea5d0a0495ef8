// Who was given a record, when and by whom: from the chain.

import { again, read } from "./documents.js";
import { h } from "./dom.js";
import { facts, message, table, time, unknown, waiting } from "./parts.js";
import { BECAME, count, number, WITHDRAWAL } from "./words.js";

/** Numbers from here on are keys of analysts, smaller ones members. */
const FIRST_ANALYST = 2 ** 31;

export function audit(path, shown, page) {
	// Read once: it asks the node for every block since the record's groups were keyed.
	const entry = read(`${path}/audit`, { every: Infinity });
	const blank = waiting("the chain, block by block: that can take a while", entry);
	if (blank) {
		return blank;
	}
	const found = entry.data;
	const analysts = new Map(found.analysts.map(({ key, member }) => [key, member]));
	return [
		h("h2", {}, "Who was given it"),
		found.pending.length > 0 && pending(found, page),
		facts([
			[
				"Members",
				members(Object.keys(found.readers).map(Number), page, (id) => `from block ${number(found.readers[id])} on`),
			],
			[
				"Analysts",
				found.analysts.length > 0 &&
					h(
						"ul",
						{},
						found.analysts.map(({ key }) => h("li", { key }, owner(key, analysts, page))),
					),
			],
			["Not named", found.unnamed > 0 && `at most ${count(found.unnamed, "key")}`],
			[
				"Hidden groups",
				found.hidden_groups.length > 0 &&
					`the members of ${found.hidden_groups.map(page.group).join(", ")}, whom their owners know`,
			],
		]),
		h(
			"div",
			{ class: "line" },
			h("h2", {}, "What happened"),
			h(
				"button",
				{ type: "button", disabled: entry.busy, onclick: () => again(entry.path) },
				entry.busy ? "Reading …" : "Read again",
			),
		),
		table({
			caption: `Audit trail of record ${shown.record}, in the order of the chain`,
			quiet: true,
			rows: found.trail.map((row, place) => ({ ...row, place })),
			key: (row) => row.place,
			columns: [
				{ name: "Block", kind: "figures", cell: (row) => number(row.block) },
				{
					name: "Time (UTC)",
					kind: "moment",
					cell: (row) => (row.time ? time(row.time) : unknown("the first block has no time")),
				},
				{ name: "What", kind: "wide", cell: (row) => event(row.what, analysts, page) },
			],
		}),
	];
}

function pending({ pending: ids, became }, page) {
	const remark = (id) => BECAME[became[id]] ?? became[id];
	return message(
		"warned",
		`Withdrawn, and ${count(ids.length, "reader")} did not say that it was deleted:`,
		members(ids, page, remark),
	);
}

function members(ids, page, remark) {
	return h(
		"ul",
		{},
		ids.map((id) =>
			h("li", { key: id }, page.member(id), remark(id) && h("span", { class: "quiet" }, ` ${remark(id)}`)),
		),
	);
}

function owner(key, analysts, page) {
	if (key < FIRST_ANALYST) {
		return page.member(key);
	}
	const member = analysts.get(key);
	return member === undefined || member === null
		? `analyst’s key ${key}, whose member is not known any more`
		: `an analyst of ${page.member(member)} (key ${key})`;
}

/** One thing that happened, in a sentence. */
function event(what, analysts, page) {
	const [[kind, of]] = Object.entries(what);
	const all = (ids) => ids.map(page.member).join(", ");
	switch (kind) {
		case "published":
			return `Published by ${page.member(of.by)}`;
		case "keyed": {
			const by = of.by === null ? "" : ` by ${page.member(of.by)}`;
			const head = `${page.group(of.group)} at epoch ${of.epoch} was keyed${by}`;
			return of.members === null ? `${head}; its roster is hidden` : `${head} to ${all(of.members)}`;
		}
		case "welcomed": {
			const secret = `the secret of ${page.group(of.group)} at epoch ${of.epoch}`;
			return `${page.member(of.member)} was handed ${secret} by ${page.member(of.by)}`;
		}
		case "granted": {
			const named = of.to.map((key) => owner(key, analysts, page));
			const hidden = of.hidden > 0 ? [`${of.hidden} not named`] : [];
			return `Granted by the author to ${[...named, ...hidden].join(", ")}`;
		}
		case "requested":
			return `${page.member(of.by)} asked for it`;
		case "declined":
			return `Declined by the author to ${page.member(of.member)}`;
		case "withdrawn":
			return `Withdrawn by the author: ${WITHDRAWAL[of.reason] ?? of.reason}`;
		case "acknowledged":
			return `${page.member(of.by)} says that it deleted it`;
		default:
			return kind;
	}
}
