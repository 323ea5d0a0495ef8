// How things are said: moments, numbers, the Admiralty code, markings, states.

/** The Admiralty code's letters: of a source. */
export const RELIABILITY = {
	A: "completely reliable",
	B: "usually reliable",
	C: "fairly reliable",
	D: "not usually reliable",
	E: "unreliable",
	F: "cannot be judged",
};

/** Its numbers: of a record. */
export const CREDIBILITY = {
	1: "confirmed by other sources",
	2: "probably true",
	3: "possibly true",
	4: "doubtful",
	5: "improbable",
	6: "cannot be judged",
};

export const DOMAINS = { enterprise: "Enterprise", mobile: "Mobile", ics: "ICS" };

/** What a record's state means. */
export const STATUS = {
	open: "live, not decided yet",
	confirmed: "peers confirmed it",
	refuted: "peers refuted it",
	withdrawn: "its author asks everybody to delete it",
	superseded: "its author has replaced it",
	expired: "its end has passed",
};

/** What the reader has of a record, where that is not its objects. */
export const CONTENT = {
	closed: "not for you",
	deleted: "deleted",
	malformed: "malformed",
	missing: "not to be had",
};

export const WITHDRAWAL = {
	incorrect: "its content is wrong",
	"wrongly-shared": "it was shared wider than it may be",
	"personal-data": "it holds personal data",
	"source-request": "its source asked for it",
	duplicate: "the same is in another record",
	other: "for another reason",
};

export const BECAME = {
	suspended: "suspended",
	left: "left the consortium",
	expelled: "expelled",
	removed: "removed from the group",
};

/** `2026-01-31 12:00:00`, in UTC, of unix seconds. */
export function moment(seconds) {
	return new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
}

const UNITS = [
	["year", 31_557_600],
	["month", 2_629_800],
	["day", 86_400],
	["hour", 3_600],
	["minute", 60],
	["second", 1],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/** `3 hours ago`, `in 2 days`. */
export function ago(seconds, now = Date.now() / 1000) {
	const past = seconds - now;
	if (Math.abs(past) < 1) {
		return "now";
	}
	const [unit, length] = UNITS.find(([, of]) => Math.abs(past) >= of) ?? UNITS.at(-1);
	return relative.format(Math.trunc(past / length), unit);
}

const thousands = new Intl.NumberFormat("en");

/** `12,345` */
export function number(value) {
	return thousands.format(value);
}

/** `1 record`, `2 records`. */
export function count(value, noun, several = `${noun}s`) {
	return `${number(value)} ${value === 1 ? noun : several}`;
}

/** `4.0 KiB` */
export function size(bytes) {
	return bytes < 1024 ? count(bytes, "byte") : `${(bytes / 1024).toFixed(1)} KiB`;
}

/** The chain's fixed point, in millionths. */
export function millionths(value, digits) {
	return (value / 1_000_000).toFixed(digits);
}

/** A weight in 64ths as votes: `0.75`. */
export function votes(weight) {
	return (Math.floor((weight * 100) / 64) / 100).toFixed(2);
}

/** `TLP:AMBER+STRICT` */
export function marking(name) {
	return `TLP:${name.toUpperCase()}`;
}

/** `B2, usually reliable, probably true` */
export function pairInWords(reliability, credibility) {
	return `${reliability}${credibility}: source ${RELIABILITY[reliability]}, content ${CREDIBILITY[credibility]}`;
}

/** `T1059.001 PowerShell` */
export function technique({ id, name }) {
	return name ? `${id} ${name}` : id;
}
