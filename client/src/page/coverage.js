// The coverage document as columns of techniques, each with its sub-techniques.

/** Shades of the heat map. */
const SHADES = 6;

/** The technique that a sub-technique belongs to: T1059 of T1059.001. */
export function parentOf(id) {
	return id.split(".")[0];
}

/** Columns in the order of the matrix, and the most records that one technique has. */
export function columnsOf(coverage) {
	const columns = coverage.tactics.map(columnOf);
	const counts = columns
		.flatMap((column) => column.techniques.flatMap((one) => [one, ...one.subs]))
		.map((one) => one.records.length);
	return { columns, most: Math.max(0, ...counts) };
}

function columnOf({ tactic, name, techniques: total, covered, uncovered = [] }) {
	const found = new Map();
	const add = (one) =>
		found.set(one.technique, {
			id: one.technique,
			name: one.name,
			records: one.records ?? [],
			newest: one.newest ?? 0,
		});
	covered.forEach(add);
	uncovered.forEach(add);
	const parents = new Map();
	for (const id of [...found.keys()].map(parentOf)) {
		// Records may name a sub-technique and nobody its technique: then that has no name here.
		parents.set(id, { ...(found.get(id) ?? { id, name: null, records: [], newest: 0 }), subs: [] });
	}
	for (const [id, one] of found) {
		if (id !== parentOf(id)) {
			parents.get(parentOf(id)).subs.push(one);
		}
	}
	const techniques = [...parents.values()].map(together);
	return { tactic, name, total, covered: covered.length, techniques };
}

/** A technique with the records of its sub-techniques: each counts once. */
function together(technique) {
	const all = [technique, ...technique.subs];
	const records = [...new Set(all.flatMap((one) => one.records))];
	return { ...technique, own: technique.records, records, newest: Math.max(...all.map((one) => one.newest)) };
}

/** The technique or sub-technique wherever it stands, with the names of its tactics; null if it is in no column. */
export function find(columns, id) {
	const places = columns.map((column) => {
		const parent = column.techniques.find((one) => one.id === parentOf(id));
		return {
			tactic: column.name,
			parent,
			technique: parent?.id === id ? parent : parent?.subs.find((one) => one.id === id),
		};
	});
	const found = places.filter((place) => place.technique);
	return found.length ? { ...found[0], tactics: found.map((place) => place.tactic) } : null;
}

/** From 1, pale, to the strongest shade; 0 for no record. A few records differ from one another, thousands by their size. */
export function shade(records, most) {
	if (records === 0) {
		return 0;
	}
	return most <= SHADES ? records : 1 + Math.round(((SHADES - 1) * Math.log(records)) / Math.log(most));
}

/** The shades in use, each with the fewest records that have it. */
export function legend(most) {
	const steps = new Map();
	for (let records = 1; records <= most; records++) {
		const of = shade(records, most);
		if (!steps.has(of)) {
			steps.set(of, records);
		}
	}
	return [...steps];
}

/** MITRE's page on a technique. */
export function pageOf(id) {
	return `https://attack.mitre.org/techniques/${id.replace(".", "/")}/`;
}
