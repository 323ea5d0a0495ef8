// Who is in the consortium, how far each can be relied upon, and who is of use to whom.

import { read } from "./documents.js";
import { h } from "./dom.js";
import { facts, failure, head, reliability, spoken, status, table, unknown, waiting } from "./parts.js";
import { address } from "./router.js";
import { count, millionths, number, RELIABILITY } from "./words.js";

export const title = () => "Members";

const documents = () => ["members", "standing", "reciprocity"].map((path) => read(path, { every: 30 }));

export function draw() {
	const [members, standing, reciprocity] = documents();
	const blank = waiting("members", members);
	if (blank) {
		return [head("Members"), blank];
	}
	const by = (entry) => new Map(entry.data?.members.map((row) => [row.member, row]));
	const [ranks, reports] = [by(standing), by(reciprocity)];
	const rows = members.data.members.map((row) => ({
		...row,
		rank: ranks.get(row.member),
		use: reports.get(row.member),
	}));
	rows.sort((one, other) => (other.rank?.standing ?? -1) - (one.rank?.standing ?? -1) || one.member - other.member);
	const isActive = ({ standing: state }) => state === "active";
	return [
		head("Members", h("p", { class: "quiet" }, `${rows.filter(isActive).length} active, ${rows.length} in all`)),
		[standing, reciprocity].filter(({ error }) => error).map((entry) => failure(entry.error, entry.path)),
		list(rows),
		explained(),
	];
}

/** What is announced when it changes. */
export function said() {
	const members = documents()[0].data?.members;
	return members && count(members.length, "member");
}

function list(rows) {
	const longest = Math.max(1, ...rows.map(({ use }) => Math.max(use?.given ?? 0, use?.taken ?? 0)));
	const evidence = ({ rank }) =>
		rank ? `${millionths(rank.confirmed, 1)} / ${millionths(rank.refuted, 1)}` : unknown("not active");
	return table({
		caption: "Members, the most reliable first",
		quiet: true,
		rows,
		key: (row) => row.member,
		columns: [
			{ name: "Member", kind: "wide", cell: ({ member, name }) => [h("span", { class: "mono" }, member), " ", name] },
			{ name: "Status", cell: ({ standing }) => (standing === "active" ? "active" : status(standing)) },
			{ name: "Reliability", kind: "centre", cell: (row) => reliability(row.reliability) },
			{ name: "Standing", cell: standingBar },
			{ name: "Confirmed / refuted", kind: "figures", cell: evidence },
			{ name: "Uses given and taken", kind: "uses", cell: (row) => uses(row, longest) },
			{ name: "Ratio", kind: "figures", cell: ({ use }) => (use ? millionths(use.ratio, 2) : unknown("not active")) },
			{
				name: "False positives",
				kind: "figures",
				cell: ({ use }) => (use ? number(use.false_positives) : unknown("not active")),
			},
			{
				name: "Records",
				kind: "figures",
				cell: ({ member, records }) =>
					h("a", { href: address("records", [], { author: member }) }, number(records), spoken(" records")),
			},
			{
				name: "Key",
				cell: (row) =>
					row.encryption_key_version === null
						? h("span", { class: "quiet" }, "none")
						: `version ${row.encryption_key_version}`,
			},
		],
	});
}

function standingBar({ rank }) {
	if (!rank) {
		return unknown("not active");
	}
	return h("span", { class: "meter", vars: { share: rank.standing / 1_000_000 } }, millionths(rank.standing, 2));
}

function uses({ use }, longest) {
	if (!use) {
		return unknown("not active");
	}
	const bar = (name, value) =>
		h("div", { class: `use ${name}`, vars: { share: value / longest } }, h("span", {}, `${number(value)} ${name}`));
	return [bar("given", use.given), bar("taken", use.taken)];
}

function explained() {
	return h(
		"details",
		{ class: "explained" },
		h("summary", {}, "What the letters and numbers mean"),
		facts(
			Object.entries(RELIABILITY).map(([letter, words]) => [
				letter,
				letter === "F" ? `${words}: too little evidence, not worse than E` : words,
			]),
		),
		h(
			"p",
			{},
			"Standing, from 0 to 1: (confirmed + 2) / (confirmed + refuted + 4), evidence in records, half of it left after 180 days.",
		),
		h(
			"p",
			{},
			"Given: others met what it published. Taken: it met what they published. Ratio: (given + 1) / (taken + 1).",
		),
	);
}
