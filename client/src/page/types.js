// Types of STIX objects: how they are called, which belong together, and two letters for each.

const NAMES = {
	"ipv4-addr": "IPv4 address",
	"ipv6-addr": "IPv6 address",
	"mac-addr": "MAC address",
	"email-addr": "e-mail address",
	"email-message": "e-mail",
	"x509-certificate": "X.509 certificate",
	url: "URL",
};

const FAMILIES = {
	actor: ["intrusion-set", "threat-actor", "campaign", "incident"],
	technique: ["attack-pattern"],
	tool: ["malware", "tool", "malware-analysis"],
	indicator: ["indicator", "observed-data", "sighting"],
	report: ["report", "note", "opinion", "grouping"],
	weakness: ["vulnerability", "infrastructure"],
	defence: ["course-of-action"],
	party: ["identity", "location", "marking-definition", "relationship"],
};

/** `attack pattern`, `IPv4 address` */
export function typeInWords(type) {
	return NAMES[type] ?? type.replaceAll("-", " ");
}

/** Types of one family have one colour. */
export function familyOf(type) {
	const found = Object.entries(FAMILIES).find(([, types]) => types.includes(type));
	return found?.[0] ?? (type.startsWith("x-") ? "party" : "observable");
}

/** `AP` for attack patterns: colours alone tell nothing to some. */
export function codeOf(type) {
	const words = type.replace(/^x-/, "").split("-");
	return (words.length > 1 ? words[0][0] + words[1][0] : type.slice(0, 2)).toUpperCase();
}

/** The type that an id of STIX begins with. */
export function typeOf(id) {
	return id.split("--")[0];
}
