// Documents of the server, kept while they are looked at and read again from time to time.

import { get } from "./api.js";

/** How many are kept for the way back. */
const KEPT = 60;
/** Seconds after which a document is read again, where nothing else is said. */
const PACE = 10;

const known = new Map();
/** What is drawn now, each with its pace. */
let used = new Map();
let changed = () => {};

/** Whom to tell that there is something new to draw. */
export function onChange(listener) {
	changed = listener;
}

/** What is drawn from now on names again what it needs. */
export function begin() {
	used = new Map();
}

/**
 * A document as far as it is known: `data`, `error`, `at` (when it was read, in milliseconds). It is read again after
 * `every` seconds while it is on the page: less often where it costs the node much, never where it does not change.
 */
export function read(path, { every = PACE } = {}) {
	let entry = known.get(path);
	if (!entry) {
		entry = { path, data: undefined, error: null, text: "", at: 0, tried: 0, busy: false };
		load(entry);
	}
	// The newest use last, so that the oldest go first.
	known.delete(path);
	known.set(path, entry);
	used.set(path, Math.min(every, used.get(path) ?? Infinity));
	const spare = [...known.keys()].filter((one) => !used.has(one)).slice(0, Math.max(0, known.size - KEPT));
	spare.forEach((one) => known.delete(one));
	return entry;
}

/** What is known of a document that is not asked for. */
export function peek(path) {
	return known.get(path)?.data;
}

function onPage() {
	return [...used].map(([path, every]) => [known.get(path), every]).filter(([entry]) => entry);
}

/** Reads again what is on the page and due. */
export function refresh() {
	const isDue = ([{ tried }, every]) => Date.now() - tried >= every * 1000;
	onPage()
		.filter(isDue)
		.forEach(([entry]) => load(entry));
}

/** Reads these again, due or not. */
export function again(...paths) {
	paths
		.map((path) => known.get(path))
		.filter(Boolean)
		.forEach(load);
}

/** When the oldest document on the page was read, and the error if a last try failed. */
export function state() {
	const changing = onPage().filter(([, every]) => Number.isFinite(every));
	const entries = changing.map(([entry]) => entry);
	return {
		at: Math.min(...entries.map(({ at }) => at).filter(Boolean)),
		stale: entries.find(({ error, data }) => error && data !== undefined)?.error ?? null,
	};
}

async function load(entry) {
	if (entry.busy) {
		return;
	}
	entry.busy = true;
	entry.tried = Date.now();
	try {
		const text = await get(entry.path);
		if (text !== entry.text) {
			entry.data = JSON.parse(text);
			entry.text = text;
		}
		entry.error = null;
		entry.at = Date.now();
	} catch (error) {
		entry.error = error;
	}
	entry.busy = false;
	changed();
}
