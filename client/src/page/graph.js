// A record's objects as a graph.

import { read } from "./documents.js";
import { h } from "./dom.js";
import { direction, nearest } from "./keys.js";
import { layout } from "./layout.js";
import { waiting } from "./parts.js";
import { codeOf, familyOf, typeInWords, typeOf } from "./types.js";
import { count } from "./words.js";

/** References that nearly every object has: shown only when asked for. */
const USUAL = /_by_ref$|^object_marking_refs$|marking_ref$/;
const USUAL_TYPES = ["identity", "marking-definition"];
/** Nodes beyond this are in the table only. */
const MOST = 600;
/** Up to so many edges, or edges of the node that is looked at, each says what it is. */
const SPEAKING = 12;
const RADIUS = 13;
const LETTERS = 20;
const MARGIN = 70;
const SMALLEST = { width: 720, height: 400 };

/** What is chosen and where one looks, of one record. */
let looking = null;

export function graph(path, shown, chosen, open, page) {
	const entry = read(`${path}/graph`, { every: Infinity });
	const blank = waiting("the graph", entry);
	if (blank) {
		return blank;
	}
	if (looking?.data !== entry.data) {
		looking = {
			data: entry.data,
			usual: looking?.path === path && looking.usual,
			hidden: new Set(),
			path,
			lit: null,
			cache: null,
			view: null,
		};
	}
	const { nodes, edges, types, left } = visible(looking);
	looking.cache ??= {
		places: layout(
			nodes.map(({ id }) => id),
			edges,
		),
		reached: nodes[0]?.id,
	};
	looking.view ??= whole(looking.cache.places);
	const context = { nodes, edges, chosen, open, page, ...looking.cache };
	return h(
		"div",
		{ class: "graph" },
		legend(types, page),
		picture(shown, context),
		h(
			"div",
			{ class: "zoom" },
			button("Zoom in", "+", () => zoom(0.8), page),
			button("Zoom out", "−", () => zoom(1.25), page),
			button("Show all", "Show all", () => (looking.view = whole(looking.cache.places)), page),
			h(
				"p",
				{ class: "hint" },
				h("kbd", {}, "←↑↓→"),
				" move, ",
				h("kbd", {}, "Enter"),
				" open, drag to pan, ",
				h("kbd", {}, "Ctrl"),
				" and wheel to zoom",
			),
		),
		left > 0 && h("p", { class: "quiet" }, `${count(left, "object")} more are in the table only.`),
	);
}

/** Nodes and edges as they are chosen; ends that the record does not hold are nodes of their own. */
function visible({ data, usual, hidden }) {
	const all = new Map(data.nodes.map((node) => [node.id, node]));
	const edges = data.edges.filter(({ label }) => usual || !USUAL.test(label));
	for (const id of edges.flatMap(({ from, to }) => [from, to])) {
		if (!all.has(id)) {
			all.set(id, { id, position: null, type: typeOf(id), name: null });
		}
	}
	const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
	const isUsual = ({ id, type }) => USUAL_TYPES.includes(type) && !linked.has(id);
	// A relationship is an edge; one that is none is left to the table.
	const known = [...all.values()].filter(
		(node) => (usual || !isUsual(node)) && (node.type !== "relationship" || linked.has(node.id)),
	);
	const types = new Map();
	known.forEach(({ type }) => types.set(type, (types.get(type) ?? 0) + 1));
	const chosen = known.filter(({ type }) => !hidden.has(type));
	const nodes = chosen.slice(0, MOST);
	const ids = new Set(nodes.map(({ id }) => id));
	const kept = edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
	return { nodes, edges: merged(kept), types, left: chosen.length - nodes.length };
}

/** Edges between the same two as one that says everything. */
function merged(edges) {
	const found = new Map();
	for (const { from, to, label } of edges) {
		const key = `${from} ${to}`;
		const edge = found.get(key) ?? { key, from, to, labels: new Set() };
		edge.labels.add(label);
		found.set(key, edge);
	}
	return [...found.values()].map(({ labels, ...edge }) => ({ ...edge, label: [...labels].join(", ") }));
}

function legend(types, page) {
	const choose = (change) => () => {
		change();
		Object.assign(looking, { cache: null, view: null, lit: null });
		page.redraw();
	};
	const toggle = (type) =>
		choose(() => (looking.hidden.has(type) ? looking.hidden.delete(type) : looking.hidden.add(type)));
	const item = ([type, of]) =>
		h(
			"label",
			{ class: "box", key: type },
			h("input", { type: "checkbox", checked: !looking.hidden.has(type), onchange: toggle(type) }),
			h("span", { class: "code", "data-family": familyOf(type), "aria-hidden": "true" }, codeOf(type)),
			h("span", {}, `${typeInWords(type)} (${of})`),
		);
	return h(
		"fieldset",
		{ class: "boxes" },
		h("legend", {}, "Types"),
		[...types].sort(([one], [other]) => one.localeCompare(other)).map(item),
		h(
			"label",
			{ class: "box", key: " usual" },
			h("input", {
				type: "checkbox",
				checked: looking.usual,
				onchange: choose(() => (looking.usual = !looking.usual)),
			}),
			h("span", {}, "authors and markings"),
		),
	);
}

function button(label, text, act, page) {
	const onclick = () => {
		act();
		page.redraw();
	};
	return h("button", { type: "button", "aria-label": label, title: label, onclick }, text);
}

function whole(places) {
	const all = [...places.values()];
	const [left, right] = [Math.min(...all.map(({ x }) => x)) - MARGIN, Math.max(...all.map(({ x }) => x)) + MARGIN];
	const [top, bottom] = [
		Math.min(...all.map(({ y }) => y)) - MARGIN / 2,
		Math.max(...all.map(({ y }) => y)) + MARGIN / 2,
	];
	const [width, height] = [Math.max(right - left, SMALLEST.width), Math.max(bottom - top, SMALLEST.height)];
	return all.length
		? { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height }
		: { x: 0, y: 0, ...SMALLEST };
}

function zoom(factor) {
	const { x, y, width, height } = looking.view;
	const [wide, high] = [width * factor, height * factor];
	looking.view = { x: x + (width - wide) / 2, y: y + (height - high) / 2, width: wide, height: high };
}

function picture(shown, context) {
	const { nodes, edges, page } = context;
	const { x, y, width, height } = looking.view;
	const size = `${count(nodes.length, "object")}, ${count(edges.length, "relation")}`;
	return h(
		"svg",
		{
			class: looking.lit ? "lit" : null,
			viewBox: `${x} ${y} ${width} ${height}`,
			role: "group",
			"aria-label": `Graph of record ${shown.record}: ${size}. The table of objects lists them as well.`,
			onkeydown: (event) => move(event, context),
			onwheel: (event) => {
				if (event.ctrlKey || event.metaKey) {
					event.preventDefault();
					zoom(event.deltaY > 0 ? 1.1 : 1 / 1.1);
					page.redraw();
				}
			},
			onpointerdown: (event) => pan(event, page),
		},
		h(
			"defs",
			{},
			h(
				"marker",
				{
					id: "arrow",
					viewBox: "0 0 8 8",
					refX: "7",
					refY: "4",
					markerUnits: "userSpaceOnUse",
					markerWidth: "8",
					markerHeight: "8",
					orient: "auto",
				},
				h("path", { d: "M0 0 8 4 0 8z" }),
			),
		),
		h(
			"g",
			{ key: "edges" },
			edges.map((edge) => line(edge, context)),
		),
		h(
			"g",
			{ key: "nodes" },
			nodes.map((node) => nodeOf(node, context)),
		),
		h(
			"g",
			{ key: "names", class: "names", "aria-hidden": "true" },
			nodes.map((node) => nameOf(node, context)),
		),
	);
}

function line({ key, from, to, label }, { edges, places }) {
	const [a, b] = [places.get(from), places.get(to)];
	const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
	const [across, down] = [((b.x - a.x) / length) * (RADIUS + 3), ((b.y - a.y) / length) * (RADIUS + 3)];
	const isLit = looking.lit === from || looking.lit === to;
	const beside = looking.lit ? edges.filter((edge) => edge.from === looking.lit || edge.to === looking.lit) : edges;
	const isSpeaking = (isLit || !looking.lit) && beside.length <= SPEAKING;
	return h(
		"g",
		{ key, class: isLit ? "edge lit" : "edge" },
		from !== to &&
			h("line", { x1: a.x + across, y1: a.y + down, x2: b.x - across, y2: b.y - down, "marker-end": "url(#arrow)" }),
		isSpeaking && h("text", { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 - 3 }, label),
	);
}

/** Its place, and whether it is near the one that is looked at. */
function placeOf({ id, position }, { edges, places }) {
	const { lit } = looking;
	const isNear =
		lit && (lit === id || edges.some(({ from, to }) => (from === id && to === lit) || (to === id && from === lit)));
	const { x, y } = places.get(id);
	return {
		class: ["node", isNear && "near", position === null && "elsewhere"].filter(Boolean).join(" "),
		transform: `translate(${x} ${y})`,
	};
}

function nodeOf(node, context) {
	const { edges, places, reached, chosen, open, page, nodes } = context;
	const { id, type, name, position } = node;
	const of = edges.filter(({ from, to }) => from === id || to === id);
	const told = [typeInWords(type), name && `: ${name}`, position === null && ", not in this record"]
		.filter(Boolean)
		.join("");
	const light = (on) => () => {
		looking.lit = on ? id : null;
		page.redraw();
	};
	const reach = () => {
		looking.cache.reached = id;
		uncover(places.get(id));
		light(true)();
	};
	return h(
		"g",
		{
			...placeOf(node, context),
			key: id,
			role: "button",
			tabindex: id === reached ? "0" : "-1",
			"data-node": id,
			"data-object": position,
			"data-family": familyOf(type),
			"aria-label": `${told}: ${relations(id, of, nodes)}`,
			"aria-disabled": position === null ? "true" : null,
			"aria-current": chosen && chosen.position === position ? "true" : null,
			onclick: () => position !== null && open(position),
			onfocus: reach,
			onblur: light(false),
			onmouseenter: light(true),
			onmouseleave: light(false),
		},
		h("title", {}, told),
		h("circle", { r: RADIUS }),
	);
}

/** What is written at a node: above all nodes and edges, and not read aloud, since the nodes are. */
function nameOf(node, context) {
	const text = node.name ?? typeInWords(node.type);
	return h(
		"g",
		{ ...placeOf(node, context), key: node.id, "data-family": familyOf(node.type) },
		h("text", { class: "code", y: "4" }, codeOf(node.type)),
		h("text", { class: "label", y: RADIUS + 13 }, text.length > LETTERS ? `${text.slice(0, LETTERS - 1)}…` : text),
	);
}

/** What a screen reader says of a node's edges. */
function relations(id, of, nodes) {
	const called = (other) => nodes.find((node) => node.id === other)?.name ?? typeInWords(typeOf(other));
	const said = of
		.slice(0, 4)
		.map(({ from, to, label }) => (from === id ? `${label} ${called(to)}` : `${label} of ${called(from)}`));
	return [...said, of.length > 4 && `${of.length - 4} more`].filter(Boolean).join(", ") || "no relations";
}

/** Moves the picture so that the place is in it. */
function uncover({ x, y }) {
	const { view } = looking;
	const inside = (value, start, length, margin) => Math.min(Math.max(start, value + margin - length), value - margin);
	view.x = inside(x, view.x, view.width, Math.min(40, view.width / 4));
	view.y = inside(y, view.y, view.height, Math.min(40, view.height / 4));
}

function move(event, { nodes, places, open }) {
	const id = event.target.closest("[data-node]")?.dataset.node;
	const towards = direction(event);
	const node = nodes.find((one) => one.id === id);
	if (node && (event.key === "Enter" || event.key === " ")) {
		event.preventDefault();
		if (node.position !== null) {
			open(node.position);
		}
	} else if (node && towards) {
		event.preventDefault();
		const all = nodes.map((one) => ({ id: one.id, ...places.get(one.id) }));
		const next = nearest(all, places.get(id), towards);
		document.querySelector(next && `[data-node="${CSS.escape(next.id)}"]`)?.focus({ preventScroll: true });
	}
}

function pan(event, page) {
	if (event.button !== 0 || event.target.closest("[data-node]")) {
		return;
	}
	const svg = event.currentTarget;
	const scale = Math.max(looking.view.width / svg.clientWidth, looking.view.height / svg.clientHeight);
	const { view } = looking;
	const start = { x: event.clientX, y: event.clientY, left: view.x, top: view.y };
	const drag = (moved) => {
		view.x = start.left - (moved.clientX - start.x) * scale;
		view.y = start.top - (moved.clientY - start.y) * scale;
		page.redraw();
	};
	svg.setPointerCapture(event.pointerId);
	svg.addEventListener("pointermove", drag);
	svg.addEventListener("pointerup", () => svg.removeEventListener("pointermove", drag), { once: true });
}
