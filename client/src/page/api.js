// Asks the server that the page came from.

const BASE = "/ui/api/";

/** Seconds after which an answer is not waited for any longer. An audit reads the chain block by block. */
const PATIENCE = 600;

/** What the server refused, with what to do about it. */
export class Refused extends Error {
	constructor(status, { kind, message, advice }) {
		super(message);
		this.status = status;
		this.kind = kind;
		this.advice = advice;
	}
}

/** A path with the parameters that say something. */
export function withQuery(path, parameters) {
	const said = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "");
	return said.length ? `${path}?${new URLSearchParams(said)}` : path;
}

/** The text of a document. */
export function get(path) {
	return ask(path, { method: "GET" });
}

/** Does something in the reader's name; what came of it. */
export async function post(path, body) {
	const headers = { "Content-Type": "application/json", "X-Testudo": "page" };
	return JSON.parse(await ask(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function ask(path, options) {
	let response;
	let text;
	try {
		const signal = AbortSignal.timeout(PATIENCE * 1000);
		response = await fetch(BASE + path, { ...options, signal, credentials: "same-origin", cache: "no-store" });
		text = await response.text();
	} catch {
		throw unreachable(options.method);
	}
	if (response.status === 401) {
		throw new Refused(401, {
			kind: "session",
			message: "This browser has no session with the server.",
			advice: "Open the address that `testudo serve --ui` printed.",
		});
	}
	if (!response.ok) {
		throw new Refused(response.status, errorIn(text, response.status));
	}
	return text;
}

function unreachable(method) {
	const advice = "Start `testudo serve --ui` again and open the address that it prints.";
	return new Refused(0, {
		kind: "server-unreachable",
		message: "The page's server does not answer.",
		advice:
			method === "POST" ? `${advice} What you signed may have been registered: look before you do it again.` : advice,
	});
}

function errorIn(text, status) {
	try {
		const { error } = JSON.parse(text);
		if (error?.message) {
			return error;
		}
	} catch {
		// No document: said below.
	}
	const advice = "Look at what `testudo serve --ui` prints.";
	return { kind: "internal", message: `The server answered with status ${status} and no reason.`, advice };
}
