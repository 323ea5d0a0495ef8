// A JSON text for people: indented, coloured, members in their order and values as they were written.

import { h } from "./dom.js";

/** What a string, a number or word, and a mark is in JSON. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Children of an element that shows the text. `linkOf(text)` gives the properties of a link for a string, or null. */
export function jsonLines(json, linkOf) {
	const tokens = json.match(TOKENS) ?? [];
	const out = [];
	let level = 0;
	const line = () => out.push(`\n${"  ".repeat(level)}`);
	tokens.forEach((token, at) => {
		const next = tokens[at + 1];
		if (token === "{" || token === "[") {
			out.push(token);
			level += 1;
			if (next !== "}" && next !== "]") {
				line();
			}
		} else if (token === "}" || token === "]") {
			level = Math.max(0, level - 1);
			if (!["{", "["].includes(tokens[at - 1])) {
				line();
			}
			out.push(token);
		} else if (token === ",") {
			out.push(token);
			line();
		} else if (token === ":") {
			out.push(": ");
		} else {
			out.push(value(token, next === ":", linkOf));
		}
	});
	return joined(out);
}

function value(token, isName, linkOf) {
	if (isName) {
		return h("span", { class: "name" }, token);
	}
	if (!token.startsWith('"')) {
		return h("span", { class: "word" }, token);
	}
	const link = linkOf(token.slice(1, -1));
	return link ? h("a", link, token) : h("span", { class: "string" }, token);
}

/** Neighbouring texts as one. */
function joined(parts) {
	const out = [];
	for (const part of parts) {
		if (typeof part === "string" && typeof out.at(-1) === "string") {
			out.push(out.pop() + part);
		} else {
			out.push(part);
		}
	}
	return out;
}
