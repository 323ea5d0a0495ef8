// Checks of the page's modules by themselves, as the browser loads them.

import assert from "node:assert/strict";

const JSON_TEXT =
	'{"z":"a\\"{[,:]}\\\\","a":[ ],"n":1.0,"big":12345678901234567890,"m":{"b":[1,{"c":null}],"d":{}},"é":"\\u00e9"}';

/** Each with a name that says what should hold; `base` is where the page is. */
export const checks = {
	"JSON is shown as it was written": async (page, base) => {
		const shown = await run(page, base, ["json.js"], JSON_TEXT, ([{ jsonLines }], text) => {
			const flat = (part) => (typeof part === "string" ? part : (part.text ?? part.children.map(flat).join("")));
			return jsonLines(text, () => null)
				.map(flat)
				.join("");
		});
		assert.equal(shown.replace(/\n */g, "").replaceAll(": ", ":"), JSON_TEXT.replace("[ ]", "[]"));
		assert.ok(shown.startsWith('{\n  "z": ') && shown.includes('"d": {}'), shown);
	},
	"foreign text turns no writing and hides nothing": async (page, base) => {
		const text = "good\u001b[31m\u202eevil\u2066\nnext";
		const cleaned = await run(page, base, ["dom.js"], text, ([{ clean }], one) => clean(one));
		assert.equal(cleaned, "good\ufffd[31m\ufffdevil\ufffd\nnext");
	},
	"foreign text is never taken for elements": async (page, base) => {
		const text = "<img src=x onerror=alert(1)>";
		const found = await run(page, base, ["dom.js"], text, ([{ draw, h }], one) => {
			const place = document.createElement("div");
			draw(place, h("p", { title: one }, one));
			return [place.querySelectorAll("img").length, place.textContent];
		});
		assert.deepEqual(found, [0, text]);
	},
	"what stays the same stays where it is": async (page, base) => {
		const kept = await run(page, base, ["dom.js"], null, ([{ draw, h }]) => {
			const place = document.body.appendChild(document.createElement("div"));
			const rows = (ids) =>
				draw(
					place,
					ids.map((key) => h("input", { key, value: key })),
				);
			rows(["b", "c"]);
			const [b] = place.children;
			b.focus();
			b.value = "half typed";
			rows(["a", "b", "d"]);
			const after = [document.activeElement === b, b.value, [...place.children].map((one) => one.value).join()];
			place.remove();
			return after;
		});
		assert.deepEqual(kept, [true, "half typed", "a,half typed,d"]);
	},
	"a record that names a technique and its sub-technique counts once": async (page, base) => {
		const one = (technique, records) => ({ technique, name: technique, records, newest: 1 });
		const covered = [one("T1001", ["0/0", "0/1"]), one("T1001.002", ["0/1", "0/2"]), one("T1002.001", ["0/3"])];
		const tactics = [{ tactic: "x", name: "X", techniques: 9, covered }];
		const found = await run(page, base, ["coverage.js"], { tactics }, ([{ columnsOf, find }], coverage) => {
			const { columns, most } = columnsOf(coverage);
			const names = columns[0].techniques.map(({ id, records }) => `${id} ${records.length}`);
			return [names, most, find(columns, "T1002.001").technique.records, find(columns, "T1003")];
		});
		assert.deepEqual(found, [["T1001 3", "T1002 1"], 3, ["0/3"], null]);
	},
	"shades grow with records, from the palest to the strongest": async (page, base) => {
		const found = await run(page, base, ["coverage.js"], [1, 3, 6, 7, 5000], ([{ shade }], mosts) =>
			mosts.map((most) => [shade(0, most), shade(1, most), shade(most, most)]),
		);
		assert.deepEqual(found, [
			[0, 1, 1],
			[0, 1, 3],
			[0, 1, 6],
			[0, 1, 6],
			[0, 1, 6],
		]);
	},
	"the same graph lies the same way, and no name covers another": async (page, base) => {
		const places = await run(page, base, ["layout.js"], 40, ([{ layout }], number) => {
			const ids = Array.from({ length: number }, (_, place) => `node ${place}`);
			const edges = ids.slice(1, 35).map((to, place) => ({ from: ids[place % 5], to }));
			const [once, twice] = [layout(ids, edges), layout(ids, edges)].map((of) => JSON.stringify([...of]));
			return once === twice ? JSON.parse(once).map(([, place]) => place) : null;
		});
		assert.equal(places?.length, 40);
		const isApart = (a, b) => Math.abs(a.x - b.x) > 90 || Math.abs(a.y - b.y) > 40;
		assert.ok(
			places.every((a, at) => places.slice(at + 1).every((b) => isApart(a, b))),
			JSON.stringify(places),
		);
	},
	"an address means the same after it is written and read": async (page, base) => {
		const value = "hxxp://a.example/?q=1&r=#%20é";
		const found = await run(page, base, ["router.js"], value, ([{ address, parse }], text) => [
			parse(address("lookup", [], { value: text, none: null })),
			parse(""),
			parse("#/record/0/7?view=graph"),
		]);
		assert.deepEqual(found, [
			{ view: "lookup", parts: [], query: { value } },
			{ view: "matrix", parts: [], query: {} },
			{ view: "record", parts: ["0", "7"], query: { view: "graph" } },
		]);
	},
};

/** Gives the modules and the argument to a function in the page: as text, since its policy makes no functions. */
function run(page, base, modules, argument, act) {
	const addresses = JSON.stringify(modules.map((name) => new URL(name, base).href));
	const loaded = `Promise.all(${addresses}.map((address) => import(address)))`;
	return page.evaluate(`${loaded}.then((modules) => (${act})(modules, ${JSON.stringify(argument)}))`);
}
