// ATT&CK as a heat map: what the records of the local store say of each technique.

import { withQuery } from "./api.js";
import { columnsOf, find, legend, shade } from "./coverage.js";
import { read } from "./documents.js";
import { h } from "./dom.js";
import { direction, middle, nearest } from "./keys.js";
import { message, head, spoken, waiting } from "./parts.js";
import { address, changed, go } from "./router.js";
import { techniquePanel } from "./technique.js";
import { count, CREDIBILITY, DOMAINS, number } from "./words.js";

/** What was shown last: it stays while a filter changes. */
let shown = null;
/** The cell that Tab reaches, and the techniques whose sub-techniques are shown: `execution/T1059`. */
let current = null;
const unfolded = new Set();

export const title = () => "ATT&CK matrix";

function filtersOf({ domain = "enterprise", group, since, min_credibility }) {
	return { domain, group, since, min_credibility };
}

function coverageOf({ query }) {
	// A node is asked for the credibility of each record.
	return read(withQuery("coverage", filtersOf(query)), { every: query.min_credibility ? 60 : 15 });
}

export function draw(route, page) {
	const entry = coverageOf(route);
	const isNew = entry.data === undefined;
	shown = entry.data ?? (entry.error ? null : shown);
	if (!shown) {
		return [head("ATT&CK matrix"), filters(route, page, null), waiting("the matrix", entry)];
	}
	const { columns, most } = columnsOf(shown);
	const chosen = route.query.technique;
	return [
		head("ATT&CK matrix", h("p", { class: "quiet" }, summary(shown, columns))),
		filters(route, page, shown),
		shown.records === 0 && empty(route),
		h(
			"div",
			{ class: chosen ? "beside open" : "beside", "aria-busy": String(isNew) },
			h("div", { class: "field" }, scale(most), grid(route, page, columns, most), elsewhere(shown.elsewhere)),
			chosen && techniquePanel(chosen, find(columns, chosen), route, () => close(route)),
		),
	];
}

/** What is announced when it changes. */
export function said(route) {
	const { data } = coverageOf(route);
	return data && summary(data, columnsOf(data).columns);
}

function summary({ version, records, domain }, columns) {
	const each = columns.flatMap(({ techniques }) =>
		techniques.flatMap((one) => [{ ...one, records: one.own }, ...one.subs]),
	);
	const named = new Set(each.filter((one) => one.records.length).map(({ id }) => id));
	const name = `${DOMAINS[domain.replace("-attack", "")] ?? domain} ${version}`;
	const verb = records === 1 ? "names" : "name";
	return `${name}: ${count(records, "live record")} ${verb} ${count(named.size, "technique")}`;
}

function empty(route) {
	const isFiltered = ["group", "since", "min_credibility"].some((name) => route.query[name]);
	return isFiltered
		? message("empty", "No live record matches these filters.", "Widen them, or look at another domain.")
		: message(
				"empty",
				"No live record names a technique of this domain.",
				"Look at another domain, or bring the store up to date with `testudo sync`.",
			);
}

function filters(route, page, coverage) {
	const { query } = route;
	const adjust = (name, value) => go(changed(route, { [name]: value, technique: null }), { replace: true });
	const select = (name, label, options) =>
		h(
			"label",
			{},
			h("span", {}, label),
			h(
				"select",
				{ value: query[name] ?? "", onchange: (event) => adjust(name, event.target.value) },
				options.map(([value, text]) => h("option", { key: value, value }, text)),
			),
		);
	const radio = ([value, text]) =>
		h(
			"label",
			{ key: value },
			h("input", {
				type: "radio",
				name: "domain",
				value,
				checked: (query.domain ?? "enterprise") === value,
				onchange: () => adjust("domain", value),
			}),
			h("span", {}, text),
		);
	const box = (name, text, isOn, value) =>
		h(
			"label",
			{ class: "box", key: name },
			h("input", {
				type: "checkbox",
				checked: isOn,
				onchange: (event) => adjust(name, event.target.checked ? value.on : value.off),
			}),
			h("span", {}, text),
		);
	const worth = Object.entries(CREDIBILITY)
		.slice(0, 5)
		.map(([n, words]) => [n, n === "1" ? `1 ${words}` : `${n} ${words}, or better`]);
	const hasGaps = coverage?.tactics.some((tactic) => tactic.uncovered);
	return h(
		"form",
		{ class: "filters", "aria-label": "Filters of the matrix", onsubmit: (event) => event.preventDefault() },
		h("fieldset", { class: "segments" }, h("legend", {}, "Domain"), Object.entries(DOMAINS).map(radio)),
		select("group", "Group", [["", "any"], ...page.groups.map(({ id, name }) => [String(id), `${id} ${name}`])]),
		h(
			"label",
			{},
			h("span", {}, "Since (UTC)"),
			h("input", { type: "date", value: query.since ?? "", onchange: (event) => adjust("since", event.target.value) }),
		),
		select("min_credibility", "Credibility", [["", "any"], ...worth]),
		h(
			"fieldset",
			{ class: "boxes" },
			h("legend", {}, "Show"),
			box("subs", "sub-techniques", query.subs === "1", { on: "1", off: null }),
			hasGaps && box("gaps", "techniques without records", query.gaps !== "0", { on: null, off: "0" }),
		),
	);
}

function scale(most) {
	const step = ([of, fewest]) => h("li", { key: of }, h("span", { class: "swatch", "data-heat": of }), number(fewest));
	return h(
		"div",
		{ class: "scale" },
		most > 0 && h("p", { id: "scale" }, "Records, from"),
		most > 0 && h("ul", { "aria-labelledby": "scale" }, legend(most).map(step)),
		h(
			"p",
			{ class: "hint" },
			h("kbd", {}, "←↑↓→"),
			" move, ",
			h("kbd", {}, "Enter"),
			" records, ",
			h("kbd", {}, "+"),
			" ",
			h("kbd", {}, "−"),
			" sub-techniques",
		),
		h("p", { class: "readout", "aria-hidden": "true" }),
	);
}

function grid(route, page, columns, most) {
	const isUnfolded = (place) => route.query.subs === "1" || unfolded.has(place);
	const places = columns.flatMap(({ tactic, techniques }) =>
		techniques.flatMap((one) => {
			const place = `${tactic}/${one.id}`;
			return [place, ...(isUnfolded(place) ? one.subs.map((sub) => `${tactic}/${sub.id}`) : [])];
		}),
	);
	const reached = places.includes(current) ? current : places[0];
	const context = { route, page, most, reached, isUnfolded, gaps: route.query.gaps !== "0" };
	return h(
		"div",
		{
			class: "matrix",
			role: "group",
			"aria-label": "Matrix: tactics from left to right",
			onkeydown: (event) => move(event, page),
			onfocusin: (event) => reach(event.target.closest("[data-place]")),
			onmouseover: (event) => tell(event.target.closest("[data-place]")),
		},
		columns.map((column) => columnOf(column, context)),
	);
}

function columnOf(column, context) {
	const { tactic, name, covered, total, techniques } = column;
	const id = `tactic-${tactic}`;
	return h(
		"div",
		{ key: tactic, class: "tactic", role: "group", "aria-labelledby": id },
		h(
			"header",
			{},
			h("h2", { id }, name),
			h("p", { class: "quiet" }, `${covered} of ${total}`, spoken(" techniques have records")),
		),
		lists(
			techniques,
			context,
			(one) => technique(tactic, one, context),
			(one) => cell(tactic, one, context),
		),
	);
}

/** Those that records name, and below them, smaller, the others. */
function lists(all, { gaps: hasGaps }, whole, small) {
	const item = (shape) => (one) => h("li", { key: one.id }, shape(one));
	const named = all.filter((one) => one.records.length);
	const gaps = hasGaps ? all.filter((one) => !one.records.length) : [];
	return [
		named.length > 0 && h("ul", { key: "named" }, named.map(item(whole))),
		gaps.length > 0 && h("ul", { key: "gaps", class: "gaps", "aria-label": "Without records" }, gaps.map(item(small))),
	];
}

function technique(tactic, one, context) {
	const place = `${tactic}/${one.id}`;
	const isOpen = context.isUnfolded(place);
	const named = one.subs.filter((sub) => sub.records.length).length;
	const hasSubs = named > 0 || (context.gaps && one.subs.length > 0);
	const fold = h(
		"button",
		{
			type: "button",
			class: "fold",
			tabindex: "-1",
			"aria-expanded": String(isOpen),
			"aria-label": `${one.id}: ${count(named, "sub-technique")} with records`,
			onclick: () => toggle(place, !isOpen, context.page),
		},
		named || null,
	);
	const sub = (of) => cell(tactic, of, context);
	return [
		h("div", { class: "technique" }, cell(tactic, one, context), hasSubs && context.route.query.subs !== "1" && fold),
		isOpen && hasSubs && h("div", { class: "subs" }, lists(one.subs, context, sub, sub)),
	];
}

function cell(tactic, one, { route, most, reached, isUnfolded }) {
	const place = `${tactic}/${one.id}`;
	const records = one.records.length;
	const told = `${one.id} ${one.name ?? ""}: ${records ? count(records, "record") : "no record"}`;
	const chosen = route.query.technique;
	// Of a folded technique that holds it.
	const isChosen = chosen === one.id || (!isUnfolded(place) && one.subs?.some((sub) => sub.id === chosen));
	const open = () => {
		current = place;
		go(changed(route, { technique: one.id }));
	};
	return h(
		"button",
		{
			type: "button",
			class: records ? "cell" : "cell gap",
			"data-heat": shade(records, most),
			"data-place": place,
			"data-told": told,
			tabindex: place === reached ? "0" : "-1",
			"aria-current": isChosen ? "true" : null,
			title: told,
			onclick: open,
		},
		h("span", { class: "id mono" }, one.id.replace(/^.*\./, ".")),
		h("span", { class: records ? "name" : "spoken" }, " ", breakable(one.name)),
		records > 0
			? h("span", { class: "n" }, spoken(" "), number(records), spoken(records === 1 ? " record" : " records"))
			: spoken(" no record"),
	);
}

/** A name that may be broken behind a slash. */
function breakable(name) {
	return name?.replaceAll("/", "/\u200b");
}

function elsewhere(all) {
	if (!all.length) {
		return null;
	}
	const item = ({ technique: id, records }) =>
		h("li", { key: id }, h("a", { href: address("records", [], { technique: id }) }, `${id} (${records.length})`));
	return h(
		"details",
		{ class: "elsewhere" },
		h("summary", {}, `${count(all.length, "technique")} that records name and that this matrix does not have`),
		h("ul", {}, all.map(item)),
	);
}

function reach(element) {
	if (!element) {
		return;
	}
	document.querySelectorAll('.matrix [tabindex="0"]').forEach((one) => one.setAttribute("tabindex", "-1"));
	element.setAttribute("tabindex", "0");
	current = element.dataset.place;
	tell(element);
}

/** An attribute, and no text: what is drawn by others stays as they drew it. */
function tell(element) {
	document.querySelector(".readout")?.setAttribute("data-told", element?.dataset.told ?? "");
}

function toggle(place, isOpen, page) {
	unfolded[isOpen ? "add" : "delete"](place);
	page.redraw();
}

function move(event, page) {
	const from = event.target.closest("[data-place]");
	const towards = direction(event);
	if (!from) {
		return;
	}
	// With Ctrl they are the browser's own zoom.
	if (["+", "=", "-"].includes(event.key) && !event.ctrlKey && !event.metaKey) {
		const [tactic, id] = from.dataset.place.split("/");
		const parent = `${tactic}/${id.split(".")[0]}`;
		toggle(parent, event.key !== "-", page);
		document.querySelector(`[data-place="${event.key === "-" ? parent : from.dataset.place}"]`)?.focus();
		event.preventDefault();
		return;
	}
	const cells = () => [...document.querySelectorAll(".matrix [data-place]")];
	const ofColumn = () => [...from.closest(".tactic").querySelectorAll("[data-place]")];
	const all = event.ctrlKey ? cells : ofColumn;
	const to =
		{ Home: () => all().at(0), End: () => all().at(-1) }[event.key]?.() ??
		(towards && nearest(cells().map(middle), middle(from), towards)?.element);
	if (to) {
		event.preventDefault();
		to.focus();
	}
}

function close(route) {
	const place = current;
	go(changed(route, { technique: null }));
	requestAnimationFrame(() => document.querySelector(`[data-place="${place}"]`)?.focus());
}
