// Drives the analysts' page in a browser: node test.mjs URL SCREENSHOT_DIR EXPECTED_JSON
//
// URL is what `testudo serve --ui` prints. EXPECTED_JSON is a document, or a file that holds one:
//   technique  named by the record, such as T1059.001
//   record     AUTHOR/N, by another member than the one that the server signs for, and open to votes
//   author     the name of the record's author
//   objects    how many the record has
//   object     the name of one of them that a relationship or reference reaches
//   feed       the name of a registered feed, or null
//   member     the name of an active member
//   lookup     a value in the record, defanged or not
//   verdict    1 to 6, to be given
// Ends with 1 and names each step that failed.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { open, pressUntil, start, violations, walk } from "./browser.mjs";
import { checks } from "./modules.mjs";

const [address, folder, expectation] = process.argv.slice(2);
if (!expectation) {
	console.error("usage: node test.mjs URL SCREENSHOT_DIR EXPECTED_JSON");
	process.exit(2);
}
const expected = JSON.parse(expectation.startsWith("{") ? expectation : readFileSync(expectation, "utf8"));
const { origin, pathname } = new URL(address);
/** Milliseconds for what the chain must do first. */
const CHAIN = 90_000;
const [author, number] = expected.record.split("/");
const RECORD = `#/record/${author}/${number}`;
const VIEWS = {
	matrix: "#/matrix",
	technique: `#/matrix?technique=${expected.technique}`,
	records: "#/records",
	record: RECORD,
	object: `${RECORD}?object=0`,
	graph: `${RECORD}?view=graph`,
	audit: `${RECORD}?view=audit`,
	feeds: "#/feeds",
	members: "#/members",
	lookup: `#/lookup?${new URLSearchParams({ value: expected.lookup })}`,
};

mkdirSync(folder, { recursive: true });
const browser = await start();
const { page, faults } = await open(browser, origin, { colorScheme: "light" });
const failures = [];
const main = page.locator("main");
const heading = (name) => page.getByRole("heading", { level: 1, name });
const picture = (name) => page.screenshot({ path: join(folder, `${name}.png`) });

async function step(name, act) {
	try {
		await act();
		console.log(`ok      ${name}`);
	} catch (error) {
		failures.push(name);
		console.log(`FAILED  ${name}\n${String(error.stack ?? error).replace(/^/gm, "        ")}`);
		await picture(`failed-${failures.length}`).catch(() => {});
	}
}

/** Goes there and waits until nothing is being read any more. */
async function visit(hash, tab = page) {
	await tab.evaluate((to) => (location.hash = to), hash);
	await tab.locator("main h1").waitFor();
	await tab.waitForFunction(() => !document.querySelector("main .loading"), null, { timeout: CHAIN });
}

await step("the printed address opens the matrix, and its token is gone", async () => {
	await page.goto(address);
	await heading("ATT&CK matrix").waitFor();
	assert.equal(new URL(page.url()).search, "");
	assert.match(await page.title(), /ATT&CK matrix/);
});

for (const [name, check] of Object.entries(checks)) {
	await step(name, () => check(page, origin + pathname));
}

await step("the matrix shows the technique, and keys open it", async () => {
	const parent = expected.technique.split(".")[0];
	const cell = `[data-place$="/${expected.technique}"]`;
	await page.locator(`[data-place$="/${parent}"]`).first().waitFor();
	const isInside = () => Boolean(document.activeElement?.closest("[data-place]"));
	assert.ok(await pressUntil(page, "Tab", isInside), "Tab never reaches the matrix");
	assert.ok(await walk(page, `[data-place$="/${parent}"]`), `arrow keys do not reach ${parent}`);
	if (parent !== expected.technique) {
		await page.keyboard.press("+");
		await page.locator(cell).first().waitFor();
		assert.ok(await walk(page, cell), `arrow keys do not reach ${expected.technique}`);
	}
	assert.match(await page.locator(cell).first().getAttribute("data-told"), /: [\d,]+ records?$/);
	await page.keyboard.press("Enter");
	await page.locator(".panel h2", { hasText: expected.technique }).waitFor();
	await page.locator(".panel .cards").getByText(expected.record, { exact: true }).waitFor();
});

await step("Escape closes the panel and gives the focus back", async () => {
	await page.keyboard.press("Escape");
	await page.locator(".panel").waitFor({ state: "detached" });
	const isBack = (technique) => document.activeElement?.dataset.place?.endsWith(`/${technique}`);
	await page.waitForFunction(isBack, expected.technique);
	await page.keyboard.press("Enter");
	await page.locator(".panel .cards").getByText(expected.record, { exact: true }).waitFor();
});

await step("keys lead from the panel to the record", async () => {
	const isAt = (record) => document.activeElement?.textContent === record;
	assert.ok(await pressUntil(page, "Tab", isAt, expected.record), "Tab never reaches the record");
	await page.keyboard.press("Enter");
	await heading(`Record ${expected.record}`).waitFor();
	assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1");
});

await step("the record shows its objects in a table, and one in full", async () => {
	const rows = main.locator("section.inside tbody tr");
	await rows.first().waitFor();
	assert.equal(await rows.count(), expected.objects);
	await main.getByText(expected.author).first().waitFor();
	const link = rows.getByRole("link", { name: expected.object, exact: true }).first();
	await link.focus();
	await page.keyboard.press("Enter");
	await page.locator(".panel .json").waitFor();
	const shown = JSON.parse(await page.locator(".panel .json").textContent());
	assert.ok([shown.name, shown.value].includes(expected.object), JSON.stringify(shown));
	await page.keyboard.press("Escape");
	await page.waitForFunction((name) => document.activeElement?.textContent === name, expected.object);
});

await step("the graph shows the same objects, and keys walk it", async () => {
	await visit(VIEWS.graph);
	const nodes = page.locator("svg [data-node]");
	assert.ok((await nodes.count()) > 1, "the graph has no two nodes");
	assert.ok((await page.locator("svg line").count()) > 0, "the graph has no edge");
	const node = `svg [data-node][aria-label*=${JSON.stringify(expected.object)}]`;
	await page.locator(node).first().waitFor();
	await nodes.first().focus();
	assert.ok(await walk(page, node), `arrow keys do not reach ${expected.object}`);
	await page.keyboard.press("Enter");
	await page.locator(".panel .json").waitFor();
	await page.keyboard.press("Escape");
	await page.locator(".panel").waitFor({ state: "detached" });
});

await step("the audit trail says who published and who was given it", async () => {
	await visit(VIEWS.audit);
	await main.getByText(`Published by ${expected.author}`).waitFor({ timeout: CHAIN });
	await main.getByRole("heading", { name: "Who was given it" }).waitFor();
});

await step("a sighting is signed, and its outcome is shown", async () => {
	await visit(VIEWS.record);
	await page.getByLabel("Times").fill("2");
	await page.getByRole("button", { name: "Sign a sighting" }).click();
	await page.locator(".outcome").getByText("Reported as seen 2 times").waitFor({ timeout: CHAIN });
	await main.getByText(/seen by [1-9]/).waitFor({ timeout: CHAIN });
});

await step("a false positive is signed, too", async () => {
	await visit(VIEWS.record);
	await page.getByLabel("Times").fill("3");
	await page.getByRole("button", { name: "Sign a false positive" }).click();
	await page.locator(".outcome").getByText("Reported as met and found harmless 3 times").waitFor({ timeout: CHAIN });
});

await step("a verdict is signed, and its outcome is shown", async () => {
	await page.locator(`input[name="verdict"][value="${expected.verdict}"]`).check();
	await page.getByRole("button", { name: "Sign the verdict" }).click();
	await page
		.locator(".outcome")
		.getByText(`Your verdict is registered: ${expected.verdict}`)
		.waitFor({ timeout: CHAIN });
	await main.locator("section", { hasText: "Votes so far" }).first().waitFor({ timeout: CHAIN });
});

await step("records are listed with marking and author, and filtered by a technique", async () => {
	await visit(VIEWS.records);
	await page.getByLabel("Technique", { exact: true }).fill(expected.technique.toLowerCase());
	await page.keyboard.press("Enter");
	await page.waitForFunction((technique) => location.hash.endsWith(`technique=${technique}`), expected.technique);
	const row = main.locator("tbody tr", { has: page.getByText(expected.record, { exact: true }) }).first();
	await row.getByText(/^TLP:/).waitFor();
	await row.getByText(expected.author).waitFor();
});

await step("the way back leads back", async () => {
	await page.goBack();
	await page.waitForFunction(() => location.hash === "#/records");
	assert.equal(await page.getByLabel("Technique", { exact: true }).inputValue(), "");
});

await step("a filter of an address is shown in its control", async () => {
	await visit("#/matrix?group=0&min_credibility=3");
	assert.equal(await page.getByLabel("Credibility").inputValue(), "3");
	assert.equal(await page.getByLabel("Group").inputValue(), "0");
});

await step("feeds are shown", async () => {
	await visit(VIEWS.feeds);
	await main
		.getByText(expected.feed ?? "No feed is registered")
		.first()
		.waitFor();
});

await step("members are shown with their letters", async () => {
	await visit(VIEWS.members);
	const row = main.locator("tbody tr", { hasText: expected.member }).first();
	await row.locator(".letter").waitFor();
	await row.locator(".meter").waitFor();
});

await step("a value is looked up", async () => {
	await page.keyboard.press("Control+k");
	await page.keyboard.type(expected.lookup);
	await page.keyboard.press("Enter");
	await main.locator("tbody").getByText(expected.record, { exact: true }).first().waitFor();
	await visit("#/lookup?value=nothing-has-this-name.example");
	await main.getByText(/Nothing in your store speaks of/).waitFor();
});

await step("a refresh keeps what is being typed, and where", async () => {
	await visit(VIEWS.records);
	await page.getByLabel("Technique", { exact: true }).pressSequentially("T10");
	const isAbout = (response) => response.url().endsWith("/api/about");
	await page.waitForResponse(isAbout);
	await page.waitForResponse(isAbout);
	await page.keyboard.type("59");
	assert.equal(await page.getByLabel("Technique", { exact: true }).inputValue(), "T1059");
});

await step("colours are chosen and kept", async () => {
	const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const light = await ground();
	await page.getByLabel("Colours").selectOption("dark");
	assert.notEqual(await ground(), light);
	await page.reload();
	await heading("Records").waitFor();
	assert.notEqual(await ground(), light);
	await page.getByLabel("Colours").selectOption("system");
	assert.equal(await ground(), light);
});

for (const colorScheme of ["light", "dark"]) {
	for (const [name, hash] of Object.entries(VIEWS)) {
		await step(`${name} in ${colorScheme} colours has no serious fault that axe finds`, async () => {
			await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
			await visit(hash);
			await picture(`${name}-${colorScheme}`);
			assert.deepEqual(await violations(page), []);
		});
	}
}

for (const [name, hash] of Object.entries(VIEWS)) {
	await step(`${name} fits a screen of 320 pixels`, async () => {
		await page.setViewportSize({ width: 320, height: 720 });
		await page.emulateMedia({ colorScheme: "light" });
		await visit(hash);
		await picture(`${name}-narrow`);
		assert.equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0);
		assert.deepEqual(await violations(page), []);
	});
}

await step("who has no session is told how to open the page", async () => {
	const stranger = await open(browser, origin);
	await stranger.page.goto(origin + pathname);
	await stranger.page.getByText("Open the address that `testudo serve --ui` printed").first().waitFor();
});

await step("there was no error and no request to elsewhere", () => assert.deepEqual(faults, []));

await browser.close();
if (failures.length) {
	console.error(`failed: ${failures.join("; ")}`);
	process.exit(1);
}
