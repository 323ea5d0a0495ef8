// What Polkadot.js apps shows of Testudo's pallets: goes over every call, event and error by @polkadot/api, which apps decodes
// with, and lists what a person cannot read. Ends with 1 if there is anything.
//
//   node decoding.js URL [--all]      --all: prints how each call and event looks, too

import { ApiPromise, WsProvider } from "@polkadot/api";

const PALLETS = ["Membership", "AttckTaxonomy", "ThreatRegistry", "Reputation", "StixFeeds"];

/** Bytes that nobody reads as text: ciphertext, keys, signatures, hashes, a feed's place in its source. */
const OPAQUE = new Set([
	"payload", "wrap", "wraps", "link", "key", "encryption_key", "public_key", "auth", "proof", "group_proofs", "id", "pages",
	"pk_hash", "call_hash", "position", "body", "genesis", "author", "salt", "commitment", "reader_key", "objects_root",
]);
/** Bytes that are text. Apps shows them as such while they are ASCII. */
const TEXT = new Set(["shortname", "object_type", "properties"]);
/** Names of MITRE's catalogue are ASCII. */
const CATALOGUE = /^AttckTaxonomy\.import_page\.page\.\w+\.name$/;
/** Pairs without names: block and extrinsic; group and epoch. */
const PAIRS = new Set(["at", "audience"]);

/** What a name holds in the samples, and what some calls and events do. */
const NAME = "Österreichische Bank";
const EXAMPLES = {
	publish: { draft: { techniques: ["T1059.001"] } },
	RecordPublished: { techniques: ["T1059.001"], audience: [[0, 1]], at: [12, 2] },
};

const flaws = [];
const seen = new Set();

/** Goes over a type and all it is made of. `field` is the innermost name that leads there. */
function look(lookup, id, where, field) {
	const { def, path } = lookup.getSiType(id);
	const name = path.map(String).join("::");
	if (def.isSequence || def.isArray) {
		const { type } = def.isSequence ? def.asSequence : def.asArray;
		const element = lookup.getSiType(type).def;
		if (!element.isPrimitive || !element.asPrimitive.isU8) look(lookup, type, where, field);
		else if (!OPAQUE.has(field) && !TEXT.has(field) && !CATALOGUE.test(where)) flaws.push(`${where}: bytes`);
	} else if (def.isTuple) {
		if (!PAIRS.has(field)) flaws.push(`${where}: a tuple, whose parts have no names`);
		def.asTuple.forEach((part, at) => look(lookup, part, `${where}.${at}`, field));
	} else if (def.isCompact) {
		look(lookup, def.asCompact.type, where, field);
	} else if (def.isComposite && name !== "sp_core::crypto::AccountId32") {
		lookInto(lookup, def.asComposite.fields, where, field);
	} else if (def.isVariant && name === "Option") {
		lookInto(lookup, def.asVariant.variants[1].fields, where, field);
	} else if (def.isVariant && !name.endsWith("RuntimeCall") && !seen.has(name)) {
		// Each once. A call within a call is gone over where its pallet is.
		seen.add(name);
		for (const variant of def.asVariant.variants) {
			if (!variant.docs.length) flaws.push(`${name}::${variant.name}: no documentation`);
			lookInto(lookup, variant.fields, `${name}::${variant.name}`, field);
		}
	}
}

/** A single field without a name is what it holds, under another type. */
function lookInto(lookup, fields, where, field) {
	for (const { name, type } of fields) {
		if (name.isNone && fields.length > 1) flaws.push(`${where}: fields without names`);
		look(lookup, type, name.isSome ? `${where}.${name}` : where, name.isSome ? name.toString() : field);
	}
}

/** How the fields of a call or event look. */
function sample(api, variant) {
	const examples = { name: NAME, ...EXAMPLES[variant.name.toString()] };
	const shown = variant.fields.map(({ name, type }) => {
		const value = api.createType(api.registry.createLookupType(type), examples[name.toString()]);
		return [name.toString(), value.toHuman()];
	});
	return Object.fromEntries(shown);
}

function lookAt(api, pallet, all) {
	const { lookup } = api.registry;
	for (const [kind, part] of [["call", pallet.calls], ["event", pallet.events], ["error", pallet.errors]]) {
		for (const variant of lookup.getSiType(part.unwrap().type).def.asVariant.variants) {
			const where = `${pallet.name}.${variant.name}`;
			if (!variant.docs.some((line) => line.trim())) flaws.push(`${kind} ${where}: no documentation`);
			lookInto(lookup, variant.fields, where);
			const shown = sample(api, variant);
			if ("name" in shown && shown.name !== NAME) flaws.push(`${where}.name: shown as ${shown.name}`);
			const techniques = variant.name.toString() in EXAMPLES;
			if (techniques && !JSON.stringify(shown).includes('["T1059.001"]')) flaws.push(`${where}: techniques`);
			if (all && kind !== "error") console.log(kind, where, JSON.stringify(shown));
		}
	}
}

const [url, option] = process.argv.slice(2);
try {
	const provider = new WsProvider(url, false);
	await provider.connect();
	const api = await ApiPromise.create({ provider, throwOnConnect: true, noInitWarn: true });
	const pallets = api.runtimeMetadata.asLatest.pallets.filter(({ name }) => PALLETS.includes(name.toString()));
	pallets.forEach((pallet) => lookAt(api, pallet, option === "--all"));
	flaws.forEach((flaw) => console.log("not readable:", flaw));
	console.log(`${pallets.length} pallets, ${flaws.length} things that cannot be read`);
	await api.disconnect();
	process.exitCode = flaws.length ? 1 : 0;
} catch (error) {
	console.error(`decoding.js: ${error.message}`);
	process.exit(1);
}
