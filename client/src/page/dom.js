// Draws descriptions of elements into the page and changes only what differs: focus, scroll and half-typed input survive a
// refresh. Text is only ever set as text.

const SVG = "http://www.w3.org/2000/svg";
const drawn = new WeakMap();

/** An element: `h("a", { href: "#/records" }, "Records")`. Children that are null or false are left out. */
export function h(tag, props, ...children) {
	const { key, mounted, ...rest } = props ?? {};
	return { tag, key, mounted, props: rest, children: listed(children) };
}

function listed(children) {
	const shown = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
	return shown.map((child) => (typeof child === "object" ? child : { text: clean(String(child)) }));
}

/**
 * Foreign text without control characters and without marks that turn the direction of writing: they could make a name look
 * like another one.
 */
export function clean(text) {
	return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

/** Makes the element's content what is described. */
export function draw(parent, ...children) {
	const active = document.activeElement;
	const late = [];
	patch(parent, listed(children), late);
	// An element that had to be moved has lost the focus.
	if (active !== document.activeElement && active?.isConnected) {
		active.focus({ preventScroll: true });
	}
	late.forEach((mount) => mount());
}

function patch(parent, children, late) {
	const old = new Map();
	for (const node of parent.childNodes) {
		const name = nameOf(drawn.get(node));
		old.set(name, [...(old.get(name) ?? []), node]);
	}
	const nodes = children.map((child) => {
		const node = old.get(nameOf(child))?.shift() ?? create(parent, child, late);
		update(node, child, late);
		return node;
	});
	[...old.values()].flat().forEach((node) => node.remove());
	let place = parent.firstChild;
	for (const node of nodes) {
		if (node === place) {
			place = place.nextSibling;
		} else {
			parent.insertBefore(node, place);
		}
	}
}

/** What an old element must share with a description to be used again for it. */
function nameOf(description) {
	return description && `${description.tag ?? "#text"} ${description.key ?? ""}`;
}

function create(parent, child, late) {
	if (child.text !== undefined) {
		return document.createTextNode("");
	}
	const isSvg = child.tag === "svg" || parent.namespaceURI === SVG;
	const node = isSvg ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag);
	if (child.mounted) {
		late.push(() => child.mounted(node));
	}
	return node;
}

function update(node, child, late) {
	const before = drawn.get(node);
	drawn.set(node, child);
	if (child.text !== undefined) {
		if (before?.text !== child.text) {
			node.data = child.text;
		}
		return;
	}
	const names = new Set([...Object.keys(before?.props ?? {}), ...Object.keys(child.props)]);
	names.forEach((name) => set(node, name, before?.props[name], child.props[name]));
	patch(node, child.children, late);
	// A select takes its value only once it has the option, which may come later.
	const { value } = child.props;
	if (node.localName === "select" && value !== undefined && node.value !== value && document.activeElement !== node) {
		node.value = value;
	}
}

/** Calls what the element's newest description says. */
function happened(event) {
	drawn.get(event.currentTarget)?.props[`on${event.type}`]?.(event);
}

function set(node, name, before, value) {
	if (name.startsWith("on")) {
		if (!before) {
			node.addEventListener(name.slice(2), happened);
		}
	} else if (name === "vars") {
		Object.entries(value ?? {}).forEach(([key, of]) => node.style.setProperty(`--${key}`, String(of)));
	} else if (before === value) {
		return;
	} else if (name === "value" || name === "checked") {
		node[name] = value ?? "";
	} else if (value === undefined || value === null || value === false) {
		node.removeAttribute(name);
	} else {
		node.setAttribute(name, value === true ? "" : clean(String(value)));
	}
}
