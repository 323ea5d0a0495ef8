// What the test of the page needs of a browser: it is watched for errors and for requests to elsewhere.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const OPTIONS = [
	"--headless",
	"--no-sandbox",
	"--disable-gpu",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--no-first-run",
];

export const start = () => chromium.launch({ executablePath: PROGRAM, args: OPTIONS });

/** A tab of a profile of its own; `faults` grows by what is printed as an error, thrown, or asked of another origin. */
export async function open(browser, origin, options = {}) {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
	// Past the page's policy, which lets no foreign script in.
	await context.addInitScript({ content: AXE });
	const page = await context.newPage();
	const faults = [];
	page.on("console", (message) => message.type() === "error" && faults.push(`the console says: ${message.text()}`));
	page.on("pageerror", (error) => faults.push(`thrown: ${error.stack ?? error}`));
	page.on("request", (request) => {
		const { origin: asked, protocol } = new URL(request.url());
		if (asked !== origin && protocol !== "data:") {
			faults.push(`asked another origin: ${request.url()}`);
		}
	});
	return { page, context, faults };
}

/** What axe finds that is serious or critical, each in one line. */
export async function violations(page) {
	const found = await page.evaluate(async () => {
		const result = await globalThis.axe.run(document, { resultTypes: ["violations"] });
		const text = ({ id, impact, help, nodes }) => [
			impact,
			`${id}: ${help}; ${nodes.length} times, first ${nodes[0].html.slice(0, 200)}`,
		];
		return result.violations.map(text);
	});
	return found.filter(([impact]) => ["serious", "critical"].includes(impact)).map((line) => line.join(" "));
}

/** Presses the key until the condition holds in the page; says whether it ever did. */
export async function pressUntil(page, key, condition, argument, most = 300) {
	for (let pressed = 0; pressed < most; pressed++) {
		if (await page.evaluate(condition, argument)) {
			return true;
		}
		await page.keyboard.press(key);
	}
	return false;
}

/** Walks over things that lie on a plane by arrow keys to the one that the selector finds. */
export async function walk(page, selector) {
	for (let steps = 0; steps < 300; steps++) {
		const key = await page.evaluate((wanted) => {
			const middle = (element) => {
				const { left, top, width, height } = element.getBoundingClientRect();
				return [left + width / 2, top + height / 2];
			};
			const to = document.querySelector(wanted);
			if (!to || document.activeElement === to) {
				return null;
			}
			const [[x, y], [fromX, fromY]] = [middle(to), middle(document.activeElement)];
			const isAside = Math.abs(x - fromX) > 30;
			return isAside ? (x > fromX ? "ArrowRight" : "ArrowLeft") : y > fromY ? "ArrowDown" : "ArrowUp";
		}, selector);
		if (!key) {
			return page.evaluate((wanted) => document.activeElement === document.querySelector(wanted), selector);
		}
		await page.keyboard.press(key);
	}
	return false;
}
