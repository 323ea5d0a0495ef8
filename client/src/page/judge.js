// What peers make of a record, and how one says it oneself: signed by the identity of the server.

import { post } from "./api.js";
import { again } from "./documents.js";
import { h } from "./dom.js";
import { facts, failure, message, pair, table, time } from "./parts.js";
import { typeInWords } from "./types.js";
import { CREDIBILITY, count, moment, RELIABILITY, votes } from "./words.js";

/** What came of it last, by record: `busy`, `kind`, `text`, `advice`, `insist`. */
const outcomes = new Map();

export function judging(shown, worth, path, page) {
	return h("div", { class: "rail" }, credibilityCard(worth, page), forms(shown, worth.data, path, page));
}

function credibilityCard(entry, page) {
	const { data } = entry;
	const title = h("h2", { id: "credibility" }, "Credibility");
	if (!data) {
		const text = entry.error ? failure(entry.error, entry.path) : h("p", { class: "loading" }, "Asking the node …");
		return h("section", { class: "card", "aria-labelledby": "credibility" }, title, text);
	}
	const isOver = data.closes * 1000 < Date.now();
	return h(
		"section",
		{ class: "card", "aria-labelledby": "credibility" },
		title,
		h(
			"p",
			{ class: "line" },
			pair(data.reliability, data.credibility),
			h("span", {}, `the record: ${CREDIBILITY[data.credibility]}; its source: ${RELIABILITY[data.reliability]}`),
		),
		balance(data),
		facts([
			["Decision", data.outcome === "open" ? "open" : h("strong", {}, data.outcome)],
			[isOver ? "Votes ended (UTC)" : "Votes until (UTC)", time(data.closes)],
			["Reported", `seen by ${count(data.sightings, "member")}, harmless to ${count(data.false_positives, "member")}`],
			["Last seen (UTC)", data.last_seen ? time(data.last_seen) : "never"],
		]),
		data.votes.length > 0 && ballots(data, page),
		h("details", {}, h("summary", {}, "Scores by type of object"), scores(data)),
	);
}

/** What confirms against what refutes, in votes. */
function balance({ confirming, refuting, voters }) {
	const all = confirming + refuting;
	return h(
		"div",
		{ class: "balance" },
		h(
			"p",
			{},
			`${votes(confirming)} confirm, ${votes(refuting)} refute`,
			h("span", { class: "quiet" }, ` by ${count(voters, "member")}`),
		),
		h(
			"div",
			{
				class: "bar",
				"aria-hidden": "true",
				vars: { confirming: all ? confirming / all : 0, refuting: all ? refuting / all : 0 },
			},
			h("span", { class: "for" }),
			h("span", { class: "against" }),
		),
	);
}

function ballots(data, page) {
	return table({
		caption: "Votes so far",
		rows: data.votes,
		key: (vote) => vote.by,
		columns: [
			{ name: "Member", cell: (vote) => page.member(vote.by) },
			{ name: "Says", kind: "wide", cell: saying },
			{ name: "Weight", kind: "figures", cell: (vote) => votes(vote.weight) },
		],
	});
}

function saying({ credibility, seen, false_positive }) {
	if (credibility !== null) {
		return `${credibility}, ${CREDIBILITY[credibility]}`;
	}
	return seen && false_positive ? "seen and harmless: no vote" : seen ? "seen: half a vote" : "harmless: half a vote";
}

function scores(data) {
	return table({
		caption: "0 to 100: is it worth acting on today?",
		rows: Object.entries(data.scores),
		key: ([type]) => type,
		columns: [
			{ name: "Type", kind: "wide", cell: ([type]) => typeInWords(type) },
			{ name: "Score", kind: "figures", cell: ([, score]) => score },
		],
	});
}

function forms(shown, worth, path, page) {
	const title = h("h2", { id: "judge" }, "Your judgement");
	const refusal = whyNot(shown, page);
	if (refusal) {
		return h("section", { class: "card", "aria-labelledby": "judge" }, title, refusal);
	}
	const outcome = outcomes.get(path);
	const isOver = worth && worth.closes * 1000 < Date.now();
	return h(
		"section",
		{ class: "card", "aria-labelledby": "judge", "aria-busy": String(Boolean(outcome?.busy)) },
		title,
		h("p", { class: "small quiet" }, `Signed as ${page.about.identity}, and public at once with your member’s name.`),
		isOver
			? h("p", { class: "small" }, "Its seven days are over: no verdict counts any more.")
			: verdictForm(shown, path, page, outcome),
		shown.content === "open" && sightingForm(path, page, outcome),
		h("div", { class: "outcome", role: "status" }, outcome && told(outcome)),
	);
}

/** Why the reader cannot judge the record, with what to do; null if it can. */
function whyNot(shown, page) {
	const { can_sign, member } = page.about;
	if (!can_sign) {
		return h(
			"p",
			{},
			"This page cannot sign. Start the server with an identity that can: ",
			h("code", {}, "testudo --identity NAME serve --ui"),
			".",
		);
	}
	if (shown.author === member) {
		return h("p", {}, "It is your own organisation’s: peers judge it. Revise or withdraw it if it does not hold.");
	}
	if (shown.content === "closed") {
		return h("p", {}, "Only who can read a record judges it, and this one is not sealed to you.");
	}
	return shown.status === "withdrawn" ? h("p", {}, "It is withdrawn: there is nothing to judge any more.") : null;
}

function verdictForm(shown, path, page, outcome) {
	const choice = (value, text) =>
		h(
			"label",
			{ key: value, class: "box" },
			h("input", { type: "radio", name: "verdict", value, required: true }),
			h("span", {}, text),
		);
	const readable =
		shown.content === "open"
			? Object.entries(CREDIBILITY).map(([value, words]) => choice(value, `${value} ${words}`))
			: [];
	const submit = (event) => {
		event.preventDefault();
		const value = new FormData(event.target).get("verdict");
		send(path, "verdict", value === "malformed" ? { malformed: true } : { credibility: Number(value) }, page);
	};
	return h(
		"form",
		{ class: "judge", onsubmit: submit, key: "verdict" },
		h(
			"fieldset",
			{},
			h("legend", {}, "Verdict"),
			readable,
			choice("malformed", "malformed: it does not hold what its header says"),
		),
		h("button", { type: "submit", class: "primary", disabled: outcome?.busy }, "Sign the verdict"),
	);
}

function sightingForm(path, page, outcome) {
	const report = (event) => {
		event.preventDefault();
		const form = new FormData(event.target);
		const body = { count: Number(form.get("count")) };
		for (const name of ["first", "last"]) {
			if (form.get(name)) {
				body[name] = `${form.get(name)}:00Z`;
			}
		}
		send(path, event.submitter?.value ?? "sighting", body, page);
	};
	const field = (label, props) => h("label", {}, h("span", {}, label), h("input", props));
	return h(
		"form",
		{ class: "judge", onsubmit: report, key: "sighting" },
		h(
			"fieldset",
			{},
			h("legend", {}, "Met in your network"),
			field("Times", { type: "number", name: "count", min: "1", max: "4294967295", value: "1", required: true }),
			h(
				"details",
				{},
				h("summary", {}, "When"),
				field("First seen (UTC)", { type: "datetime-local", name: "first" }),
				field("Last seen (UTC), else now", { type: "datetime-local", name: "last" }),
			),
		),
		h(
			"div",
			{ class: "line" },
			h("button", { type: "submit", name: "what", value: "sighting", disabled: outcome?.busy }, "Sign a sighting"),
			h(
				"button",
				{ type: "submit", name: "what", value: "false-positive", disabled: outcome?.busy },
				"Sign a false positive",
			),
		),
	);
}

async function send(path, what, body, page) {
	outcomes.set(path, { busy: true, text: "Signed; waiting for the chain …" });
	page.redraw();
	try {
		outcomes.set(path, { kind: "done", text: inWords(what, await post(`${path}/${what}`, body)) });
	} catch (error) {
		// What the command line asks for with --yes is asked for here.
		const insist =
			error.advice?.includes("--yes") && !body.yes && (() => send(path, what, { ...body, yes: true }, page));
		outcomes.set(path, { kind: "failed", text: error.message, advice: insist ? null : error.advice, insist });
	}
	again(path, `${path}/credibility`);
	page.redraw();
}

function inWords(what, found) {
	if (found.malformed) {
		return "Reported as malformed: counts as a verdict of 5, improbable.";
	}
	if (what === "verdict") {
		const earlier = found.earlier ? `, in place of ${found.earlier}` : "";
		return `Your verdict is registered: ${found.credibility}, ${CREDIBILITY[found.credibility]}${earlier}.`;
	}
	const { kind, count: times, last_seen } = found.sighting;
	const as = kind === "seen" ? "seen" : "met and found harmless";
	return `Reported as ${as} ${count(times, "time")}, last at ${moment(last_seen)} UTC.`;
}

function told({ busy, kind, text, advice, insist }) {
	if (busy) {
		return h("p", { class: "loading" }, text);
	}
	const button = insist && h("button", { type: "button", onclick: insist }, "It may be known: sign all the same");
	return message(kind, text, advice, button);
}
