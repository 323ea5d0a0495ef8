// The page itself: which view is shown, when it is drawn, and when what it shows is read again.

import { begin, onChange, read, refresh, state } from "./documents.js";
import { draw, h } from "./dom.js";
import * as feeds from "./feeds.js";
import * as lookup from "./lookup.js";
import * as matrix from "./matrix.js";
import * as members from "./members.js";
import { failure, head, message, say } from "./parts.js";
import * as record from "./record.js";
import * as records from "./records.js";
import { address, go, parse } from "./router.js";
import { choose, chosen } from "./theme.js";
import { count, moment, number } from "./words.js";

const VIEWS = { matrix, records, record, feeds, members, lookup };
/** Milliseconds between looks whether something is to be read again. */
const PACE = 1_000;

const main = document.getElementById("main");
let route = parse(location.hash);
let isScheduled = false;
let announced = "";

/** What views know of the page. */
const page = {
	redraw,
	about: {},
	groups: [],
	members: [],
	member: (id) => page.members.find((one) => one.member === id)?.name ?? `member ${id}`,
	group: (id) => page.groups.find((one) => one.id === id)?.name ?? `group ${id}`,
};

/** Draws soon: several changes at a time are one drawing. */
function redraw() {
	if (!isScheduled) {
		isScheduled = true;
		setTimeout(show);
	}
}

function show() {
	isScheduled = false;
	begin();
	const about = read("about");
	// Names change seldom, and the members' view reads them again itself.
	const known = read("members", { every: page.members.length ? Infinity : 10 });
	Object.assign(page, {
		about: about.data ?? {},
		groups: about.data?.groups ?? [],
		members: known.data?.members ?? [],
	});
	const view = VIEWS[route.view];
	draw(
		main,
		h(
			"div",
			{ key: location.hash.split("?")[0], class: "view", "data-view": route.view },
			about.error?.kind === "session" ? [head("No session"), failure(about.error)] : content(view),
		),
	);
	draw(document.getElementById("session"), session(about.data));
	draw(document.getElementById("store"), about.data && store(about.data));
	draw(document.getElementById("freshness"), freshness());
	announce(view?.said?.(route));
}

function content(view) {
	if (!view) {
		return [head("There is nothing here"), message("empty", "No view has this address.", "Choose one above.")];
	}
	try {
		return view.draw(route, page);
	} catch (error) {
		console.error(error);
		const advice = "Load it again. If that does not help: are the page and the server of one release?";
		return [head("This view failed"), message("failed", String(error), advice)];
	}
}

/** Says it to who does not see it, if it is new. */
function announce(text) {
	if (text && text !== announced) {
		announced = text;
		say(text);
	}
}

function session(about) {
	if (!about) {
		return null;
	}
	const { identity, name, synced } = about;
	const who = identity ? [h("strong", {}, identity), name && `, ${name}`] : "no identity";
	const place = synced ? `store at block ${number(synced.number)}` : "store not synced yet";
	return [h("span", {}, who), h("span", { class: "quiet" }, place)];
}

function store({ totals }) {
	const { records: all, open, distinct } = totals;
	return `The store holds ${count(all, "record")}, ${number(open)} of them open, with ${count(distinct, "object")}.`;
}

function freshness() {
	const { at, stale } = state();
	if (stale && stale.kind !== "session") {
		return message("failed", `Not up to date: ${stale.message}`, [
			stale.advice,
			Number.isFinite(at) && ` What you see was read at ${moment(at / 1000)} UTC.`,
		]);
	}
	return null;
}

function navigate() {
	const before = route;
	route = parse(location.hash);
	const isOther = before.view !== route.view || before.parts.join("/") !== route.parts.join("/");
	for (const link of document.querySelectorAll("nav.views a")) {
		const { view } = parse(link.hash);
		const isHere = view === route.view || (view === "records" && route.view === "record");
		link.toggleAttribute("aria-current", isHere);
		if (isHere) {
			link.setAttribute("aria-current", "page");
		}
	}
	document.title = `${VIEWS[route.view]?.title(route) ?? "Nothing here"} – Testudo`;
	announced = "";
	show();
	// What is stale is shown at once and read again.
	refresh();
	if (isOther) {
		scrollTo(0, 0);
		main.querySelector("h1")?.focus({ preventScroll: true });
	}
}

function listen() {
	addEventListener("hashchange", navigate);
	addEventListener("keydown", (event) => {
		if (event.key === "Escape" && !event.defaultPrevented) {
			document.querySelector(".panel .close")?.click();
		}
		if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
			event.preventDefault();
			document.getElementById("sought").focus();
		}
	});
	document.querySelector(".skip").addEventListener("click", (event) => {
		event.preventDefault();
		main.focus();
	});
	document.getElementById("search").addEventListener("submit", (event) => {
		event.preventDefault();
		const field = document.getElementById("sought");
		go(address("lookup", [], { value: field.value.trim() }));
		field.value = "";
	});
	const colours = document.getElementById("colours");
	colours.value = chosen();
	colours.addEventListener("change", () => choose(colours.value));
	const readAgain = () => document.visibilityState === "visible" && refresh();
	setInterval(readAgain, PACE);
	document.addEventListener("visibilitychange", readAgain);
}

// The token that opened the page is no part of what people copy.
if (location.search) {
	history.replaceState(null, "", location.pathname + location.hash);
}
onChange(redraw);
listen();
navigate();
