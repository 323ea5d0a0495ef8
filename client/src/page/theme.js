// Light, dark, or as the system has it; chosen before the first paint.

const KEY = "testudo-colours";
const CHOICES = ["system", "light", "dark"];

/** What was chosen. Storage may be forbidden: then nothing is remembered. */
export function chosen() {
	try {
		const found = localStorage.getItem(KEY);
		return CHOICES.includes(found) ? found : "system";
	} catch {
		return "system";
	}
}

/** Shows the colours and remembers them. */
export function choose(choice) {
	apply(choice);
	try {
		localStorage.setItem(KEY, choice);
	} catch {
		// They hold until the page is closed.
	}
}

function apply(choice) {
	if (choice === "system") {
		delete document.documentElement.dataset.theme;
	} else {
		document.documentElement.dataset.theme = choice;
	}
}

apply(chosen());
