// Addresses of what is shown, behind the # of the page's own address: #/record/0/7?view=graph

/** Reads an address. */
export function parse(hash) {
	const [path, query = ""] = hash.replace(/^#?\/?/, "").split("?");
	const parts = path.split("/").filter(Boolean).map(decoded);
	const [view = "matrix", ...rest] = parts;
	return { view, parts: rest, query: Object.fromEntries(new URLSearchParams(query)) };
}

function decoded(part) {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** Writes one: `address("record", ["0", "7"], { view: "graph" })`. */
export function address(view, parts = [], query = {}) {
	const path = [view, ...parts].map(encodeURIComponent).join("/");
	const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
	return said.length ? `#/${path}?${new URLSearchParams(said)}` : `#/${path}`;
}

/** The same view with other parameters; null takes one away. */
export function changed({ view, parts, query }, change) {
	return address(view, parts, { ...query, ...change });
}

/** Where a record is shown; `record` is AUTHOR/N. */
export function recordAddress(record, query = {}) {
	return address("record", record.split("/"), query);
}

/** Goes there; `replace` leaves no step back, for what is adjusted and not visited. */
export function go(to, { replace = false } = {}) {
	if (to === location.hash) {
		return;
	}
	if (replace) {
		history.replaceState(null, "", to);
		dispatchEvent(new HashChangeEvent("hashchange"));
	} else {
		location.hash = to;
	}
}
