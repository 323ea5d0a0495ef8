// Objects of a record: as a table, and one of them in full.

import { read } from "./documents.js";
import { h } from "./dom.js";
import { jsonLines } from "./json.js";
import { facts, message, panel, recordLink, say, table, unknown, waiting } from "./parts.js";
import { changed } from "./router.js";
import { familyOf, typeInWords } from "./types.js";

export function objectTable(shown, chosen, route) {
	const link = (object) =>
		h(
			"a",
			{
				href: changed(route, { object: object.position }),
				"data-object": object.position,
				"aria-current": chosen === object ? "true" : null,
			},
			object.name ?? h("span", { class: "mono break" }, object.id),
		);
	return table({
		caption: `Objects of record ${shown.record}, in their source’s order`,
		quiet: true,
		rows: shown.objects,
		key: (object) => object.position,
		columns: [
			{ name: "Object", kind: "wide", cell: link },
			{
				name: "Type",
				cell: (object) => h("span", { class: "type", "data-family": familyOf(object.type) }, typeInWords(object.type)),
			},
			{ name: "#", kind: "figures minor", cell: (object) => object.position },
			{
				name: "Modified (UTC)",
				kind: "moment minor",
				cell: (object) => modified(object.modified) ?? unknown("not said"),
			},
			{
				name: "First published",
				kind: "minor",
				cell: (object) => (object.first_published_in ? ["in ", recordLink(object.first_published_in)] : "here"),
			},
		],
	});
}

/** As people read it; what is no time stays as it is. */
function modified(text) {
	return text && text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d).*$/, "$1 $2");
}

export function objectPanel(shown, object, path, route, close) {
	if (!object) {
		return panel(
			{ key: `none ${route.query.object}`, title: "No such object", label: "Object", close },
			message(
				"empty",
				`Record ${shown.record} has no object ${route.query.object}.`,
				"Choose one of those in the table.",
			),
		);
	}
	const entry = read(`${path}/object/${object.position}`, { every: Infinity });
	const title = object.name ?? typeInWords(object.type);
	return panel(
		{ key: object.position, title, label: `Object ${title}`, close },
		waiting("the object", entry) ?? whole(shown, object, entry.data, route),
	);
}

function whole(shown, object, found, route) {
	const { description } = found.object ?? {};
	const places = new Map(shown.objects.map((one) => [one.id, one]));
	const linkOf = (text) => {
		const other = places.get(text);
		return other && other !== object
			? { href: changed(route, { object: other.position }), title: other.name ?? typeInWords(other.type) }
			: null;
	};
	return [
		facts([
			["Type", h("span", { class: "type", "data-family": familyOf(object.type) }, typeInWords(object.type))],
			["Id", h("code", { class: "break" }, object.id)],
			["Modified (UTC)", modified(object.modified)],
			["First published", object.first_published_in && ["in ", recordLink(object.first_published_in)]],
		]),
		typeof description === "string" && h("p", { class: "description" }, description),
		h(
			"div",
			{ class: "line" },
			h("h3", {}, "Original"),
			h("button", { type: "button", onclick: (event) => copy(event.target, found.raw) }, "Copy"),
		),
		h("pre", { class: "json", tabindex: "0", "aria-label": "The object as JSON" }, jsonLines(found.raw, linkOf)),
	];
}

async function copy(button, text) {
	let outcome = "Copied";
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		outcome = "The browser does not allow it";
	}
	say(outcome);
	button.setAttribute("data-outcome", outcome);
	setTimeout(() => button.removeAttribute("data-outcome"), 2000);
}
