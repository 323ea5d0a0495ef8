// Where the nodes of a graph lie: edges pull, nodes push each other away. The same graph always looks the same.

/** Room for a node with its name, and how far apart neighbours want to be. */
const WIDTH = 122;
const HEIGHT = 58;
const REACH = 72;
/** Names are wider than high: so is the picture. */
const STRETCH = 1.35;
/** Beyond this many times the reach nothing pushes any more: or arms would grow long. */
const FAR = 3;
/** The pull to the middle; more from above and below, since screens are wide. */
const PULL = { x: 0.16, y: 0.42 };
/** Work that a browser does in a moment, in pairs of nodes. */
const BUDGET = 12_000_000;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** Places by id, `{ x, y }`. Ends of edges are ids of nodes. */
export function layout(ids, edges) {
	const linked = new Set(edges.flatMap(({ from, to }) => (from === to ? [] : [from, to])));
	const points = ids.filter((id) => linked.has(id)).map(spiral);
	const at = new Map(points.map((point, place) => [point.id, place]));
	const springs = edges.filter(({ from, to }) => from !== to).map(({ from, to }) => [at.get(from), at.get(to)]);
	settle(points, springs);
	points.forEach((point) => (point.x *= STRETCH));
	makeRoom(points);
	const places = new Map(points.map(({ id, x, y }) => [id, { x, y }]));
	beneath(
		ids.filter((id) => !linked.has(id)),
		points,
	).forEach(({ id, x, y }) => places.set(id, { x, y }));
	return places;
}

function spiral(id, place) {
	const radius = REACH * 0.6 * Math.sqrt(place + 0.5);
	return { id, x: radius * Math.cos(place * GOLDEN), y: radius * Math.sin(place * GOLDEN) };
}

/** Fruchterman and Reingold, with a pull to the middle that keeps parts together. */
function settle(points, springs) {
	const number = points.length;
	const rounds = Math.max(20, Math.min(300, Math.floor(BUDGET / (number * number + 1))));
	for (let round = 0; round < rounds; round++) {
		const heat = REACH * (1 - round / rounds) * 0.6;
		const force = points.map(({ x, y }) => ({ x: -x * PULL.x, y: -y * PULL.y }));
		for (let one = 0; one < number; one++) {
			for (let other = one + 1; other < number; other++) {
				push(force, points, one, other, (distance) => (distance > FAR * REACH ? 0 : -(REACH * REACH) / distance));
			}
		}
		springs.forEach(([one, other]) => push(force, points, one, other, (distance) => (distance * distance) / REACH));
		force.forEach(({ x, y }, place) => {
			const length = Math.hypot(x, y) || 1;
			const step = Math.min(length, heat) / length;
			points[place].x += x * step;
			points[place].y += y * step;
		});
	}
}

/** A force between two, towards each other where it is positive. */
function push(force, points, one, other, strength) {
	const x = points[other].x - points[one].x;
	const y = points[other].y - points[one].y;
	const distance = Math.max(1, Math.hypot(x, y));
	const share = strength(distance) / distance;
	force[one].x += x * share;
	force[one].y += y * share;
	force[other].x -= x * share;
	force[other].y -= y * share;
}

/** Moves apart what would cover another one's name, the shorter way. */
function makeRoom(points) {
	for (let round = 0; round < 40; round++) {
		let isClear = true;
		for (let one = 0; one < points.length; one++) {
			for (let other = one + 1; other < points.length; other++) {
				const [a, b] = [points[one], points[other]];
				const across = WIDTH - Math.abs(a.x - b.x);
				const down = HEIGHT - Math.abs(a.y - b.y);
				if (across > 0 && down > 0) {
					isClear = false;
					const axis = across / WIDTH < down / HEIGHT ? "x" : "y";
					const half = (Math.min(axis === "x" ? across : down, 24) / 2) * (a[axis] <= b[axis] ? 1 : -1);
					a[axis] -= half;
					b[axis] += half;
				}
			}
		}
		if (isClear) {
			return;
		}
	}
}

/** What nothing refers to stands in rows below the rest. */
function beneath(ids, points) {
	const width = Math.max(6 * WIDTH, ...points.map(({ x }) => 2 * Math.abs(x)));
	const inRow = Math.max(1, Math.floor(width / WIDTH));
	const top = points.length ? Math.max(...points.map(({ y }) => y)) + 1.6 * HEIGHT : 0;
	const columns = Math.min(inRow, ids.length);
	return ids.map((id, place) => ({
		id,
		x: ((place % inRow) - (columns - 1) / 2) * WIDTH,
		y: top + Math.floor(place / inRow) * HEIGHT * 1.2,
	}));
}
