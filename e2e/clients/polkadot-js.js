// A Testudo chain by @polkadot/api: what is known of a technique, what is new, and a sighting.
//
//   node polkadot-js.js URL records T1059.001      lists the records that name the technique
//   node polkadot-js.js URL follow [COUNT]         prints records as they are finalised, and ends after COUNT of them
//   SIGNER=//Bob//analyst node polkadot-js.js URL sight 0/4 PROOF
//                                                  reports that what record 0/4 describes was seen
//
// PROOF is what `testudo reader-proof 0/4` prints behind `Sight`. The secret of who signs is in the environment and not on the
// command line, where everybody on the machine could read it.

import { ApiPromise, Keyring, WsProvider } from "@polkadot/api";

/** Why a node takes no sighting into its pool, by the numbers it gives. */
const REFUSALS = {
	13: "the record is not there, your own, or not live",
	201: "the member is suspended or departed",
	202: "the member's bucket of bytes is empty: wait until it fills",
	203: "the account's role does not allow it",
};

/** A node says of a text that is no technique only that it could not decode. */
function technique(text) {
	if (!/^T\d{4}(\.\d{3})?$/.test(text)) throw new Error(`${text} is no technique: write T1059 or T1059.001`);
	return text;
}

function record(text) {
	const found = /^(\d+)\/(\d+)$/.exec(text);
	if (!found) throw new Error(`${text} is no record: write AUTHOR/N, such as 0/4`);
	return { author: Number(found[1]), n: Number(found[2]) };
}

const recordText = ({ author, n }) => `${author}/${n}`;
const time = (seconds) => new Date(seconds.toNumber() * 1000).toISOString();

/** Gives the name of a record's author. */
async function authors(api) {
	const members = await api.call.membershipApi.members();
	const names = new Map(members.map(({ member, name }) => [member.toNumber(), name.toString()]));
	return ({ author }) => names.get(author.toNumber()) ?? `author ${author}`;
}

/** `limit`: how many the chain gives at a time, 256 at most. */
async function records(api, text, limit = 256) {
	const [id, author] = [technique(text), await authors(api)];
	let place = null;
	do {
		const [page, next] = await api.call.threatRegistryApi.recordsByTechnique(id, place, Number(limit));
		for (const { record, tlp, status, sightings, published } of page) {
			const seen = `seen by ${sightings}`;
			console.log(recordText(record), tlp.type, status.type, seen, time(published), author(record));
		}
		place = next.unwrapOr(null);
	} while (place);
}

async function follow(api, count = Infinity) {
	const author = await authors(api);
	let [left, last] = [Number(count), Promise.resolve()];
	await new Promise((done, failed) => {
		const look = async ({ hash }) => {
			// By the metadata of that block: a runtime upgrade may lie between it and now.
			const events = await (await api.at(hash)).query.system.events();
			for (const { event } of events) {
				if (event.section !== "threatRegistry" || event.method !== "RecordPublished" || left <= 0) continue;
				const { record, id, tlp, techniques } = event.data;
				const named = techniques.join(",");
				console.log(recordText(record), tlp.type, named, id.toHex(), author(record));
				left -= 1;
			}
			if (left <= 0) done();
		};
		api.on("disconnected", () => failed(new Error("the connection ended")));
		// This subscription leaves out no block where several are finalised at once. One block after the other: in order.
		const next = (head) => (last = last.then(() => look(head)).catch(failed));
		api.derive.chain.subscribeFinalizedHeads(next).then(() => console.error("following"), failed);
	});
}

function signature(text) {
	if (!/^0x[0-9a-f]{128}$/.test(text)) throw new Error("the proof is a signature: 0x and 128 digits");
	return text;
}

/** What the pool says, in words. */
function unpooled(error) {
	const reason = REFUSALS[/Custom error: (\d+)/.exec(error.message)?.[1]];
	return reason ? new Error(`${error.message}, ${reason}`) : error;
}

/** The pallet's error with what its documentation says. */
function explained(api, error) {
	if (!error.isModule) return error.toString();
	const { section, name, docs } = api.registry.findMetaError(error.asModule);
	return `${section}.${name}: ${docs.join(" ")}`;
}

async function sight(api, text, proof) {
	const uri = process.env.SIGNER;
	if (!uri) throw new Error("SIGNER is not set: name the secret of a controller or an analyst, such as //Bob//analyst");
	const signer = new Keyring({ type: "sr25519" }).addFromUri(uri);
	const now = Math.floor(Date.now() / 1000);
	const sighting = { kind: "Seen", count: 1, firstSeen: now, lastSeen: now };
	const call = api.tx.threatRegistry.sight(record(text), sighting, signature(proof));
	const { events } = await new Promise((done, failed) => {
		const progress = (result) => {
			if (result.isError) failed(new Error(`the transaction is ${result.status.type}`));
			else if (result.dispatchError) failed(new Error(explained(api, result.dispatchError)));
			else if (result.isFinalized) done(result);
		};
		call.signAndSend(signer, progress).catch((error) => failed(unpooled(error)));
	});
	const { event } = events.find(({ event }) => api.events.threatRegistry.RecordSighted.is(event));
	console.log("RecordSighted", recordText(event.data.record), `by ${event.data.by}`, event.data.sighting.kind.type);
}

const commands = { records, follow, sight };
const [url, name, ...options] = process.argv.slice(2);
if (!commands[name]) {
	console.error("usage: node polkadot-js.js URL records TECHNIQUE [LIMIT] | follow [COUNT] | sight RECORD PROOF");
	process.exit(2);
}
try {
	// Without a second try: a script should say that the node does not answer.
	const provider = new WsProvider(url, false);
	await provider.connect();
	const api = await ApiPromise.create({ provider, throwOnConnect: true, noInitWarn: true });
	await commands[name](api, ...options);
	await api.disconnect();
} catch (error) {
	console.error(`polkadot-js.js: ${error.message}`);
	process.exit(1);
}
