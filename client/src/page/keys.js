// Arrow keys over things that lie on a plane: of all of them one is in the order of Tab.

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** How much dearer it is to be aside than to be far. */
const ASIDE = 3;

/** The direction of an arrow key, unless it comes with another key. */
export function direction(event) {
	return event.altKey || event.ctrlKey || event.metaKey || event.shiftKey ? undefined : DIRECTIONS[event.key];
}

/** The nearest place in a direction; places are `{ x, y }`, and what else they carry. */
export function nearest(places, from, [across, down]) {
	let [best, least] = [null, Infinity];
	for (const place of places) {
		const [x, y] = [place.x - from.x, place.y - from.y];
		const ahead = x * across + y * down;
		const aside = Math.abs(x * down) + Math.abs(y * across);
		const cost = ahead + ASIDE * aside;
		if (ahead > 1 && cost < least) {
			[best, least] = [place, cost];
		}
	}
	return best;
}

/** The middle of an element on the screen. */
export function middle(element) {
	const { left, top, width, height } = element.getBoundingClientRect();
	return { x: left + width / 2, y: top + height / 2, element };
}
