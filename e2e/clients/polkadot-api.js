// A Testudo chain by polkadot-api (PAPI): what is known of a technique, what is new, and a sighting.
//
//   node polkadot-api.js URL records T1059.001     lists the records that name the technique
//   node polkadot-api.js URL follow [COUNT]        prints records as they are finalised, and ends after COUNT of them
//   SIGNER=//Bob//analyst node polkadot-api.js URL sight 0/4 PROOF
//                                                  reports that what record 0/4 describes was seen
//
// PROOF is what `testudo reader-proof 0/4` prints behind `Sight`. The secret of who signs is in the environment and not on the
// command line, where everybody on the machine could read it.
//
// The unsafe API takes types from the node's metadata, so that nothing is generated for this chain. Where you want them checked
// by TypeScript, run `npx papi add testudo -w URL` and use `client.getTypedApi(testudo)`: the calls are the same.

import { sr25519CreateDerive } from "@polkadot-labs/hdkd";
import { DEV_PHRASE, mnemonicToMiniSecret } from "@polkadot-labs/hdkd-helpers";
import { InvalidTxError } from "polkadot-api";
import { getPolkadotSigner } from "polkadot-api/signer";
import { createWsClient, WsEvent } from "polkadot-api/ws";
import { WebSocket } from "ws";

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

/** The unsafe API encodes what it is given, of whatever length. */
function signature(text) {
	if (!/^0x[0-9a-f]{128}$/.test(text)) throw new Error("the proof is a signature: 0x and 128 digits");
	return text;
}

/** What the pool says, in words: { type: "Invalid", value: { type: "Custom", value: 13 } }. */
function unpooled(error) {
	if (!(error instanceof InvalidTxError)) return error;
	const { type, value } = error.error.value;
	return new Error(["the pool refuses it:", type, value, REFUSALS[value]].filter(Boolean).join(" "));
}

const recordText = ({ author, n }) => `${author}/${n}`;
const time = (seconds) => new Date(Number(seconds) * 1000).toISOString();

/** Gives the name of a record's author. */
async function authors(api) {
	const members = await api.apis.MembershipApi.members();
	const names = new Map(members.map(({ member, name }) => [member, name]));
	return ({ author }) => names.get(author) ?? `author ${author}`;
}

/** `limit`: how many the chain gives at a time, 256 at most. */
async function records(api, text, limit = 256) {
	const [id, author] = [technique(text), await authors(api)];
	let place;
	do {
		const [page, next] = await api.apis.ThreatRegistryApi.records_by_technique(id, place, Number(limit));
		for (const { record, tlp, status, sightings, published } of page) {
			const seen = `seen by ${sightings}`;
			console.log(recordText(record), tlp.type, status.type, seen, time(published), author(record));
		}
		place = next;
	} while (place);
}

async function follow(api, count = Infinity) {
	const author = await authors(api);
	let left = Number(count);
	await new Promise((done, failed) => {
		const look = ({ events }) => {
			for (const { payload } of events.slice(0, left)) {
				const { record, id, tlp, techniques } = payload;
				console.log(recordText(record), tlp.type, techniques.join(","), id, author(record));
			}
			left -= events.length;
			if (left <= 0) done();
		};
		// Of finalised blocks; `watchBest` is sooner, and takes back what a reorganisation drops.
		api.event.ThreatRegistry.RecordPublished.watch().subscribe({ next: look, error: failed });
		console.error("following");
	});
}

/** An account of a secret as wallets write it: a phrase, a path, or both. Without a phrase it is a development account. */
function account(uri) {
	if (!uri) throw new Error("SIGNER is not set: name the secret of a controller or an analyst, such as //Bob//analyst");
	const [, phrase, path] = /^([^/]*)(.*)$/.exec(uri);
	const { publicKey, sign } = sr25519CreateDerive(mnemonicToMiniSecret(phrase || DEV_PHRASE))(path);
	return getPolkadotSigner(publicKey, "Sr25519", sign);
}

async function sight(api, text, proof) {
	const now = BigInt(Math.floor(Date.now() / 1000));
	const sighting = { kind: { type: "Seen" }, count: 1, first_seen: now, last_seen: now };
	const call = api.tx.ThreatRegistry.sight({ record: record(text), sighting, proof: signature(proof) });
	const submitted = call.signAndSubmit(account(process.env.SIGNER));
	const { ok, dispatchError, events } = await submitted.catch((error) => Promise.reject(unpooled(error)));
	if (!ok) {
		// A pallet's error is an enum in an enum: { type: "ThreatRegistry", value: { type: "InvalidProof" } }.
		const { type, value } = dispatchError.type === "Module" ? dispatchError.value : dispatchError;
		throw new Error([type, value?.type].filter(Boolean).join("."));
	}
	const [{ payload }] = api.event.ThreatRegistry.RecordSighted.filter(events);
	console.log("RecordSighted", recordText(payload.record), `by ${payload.by}`, payload.sighting.kind.type);
}

const commands = { records, follow, sight };
const [url, name, ...options] = process.argv.slice(2);
if (!commands[name]) {
	console.error("usage: node polkadot-api.js URL records TECHNIQUE [LIMIT] | follow [COUNT] | sight RECORD PROOF");
	process.exit(2);
}

function fail(message) {
	console.error(`polkadot-api.js: ${message}`);
	process.exit(1);
}

const client = createWsClient(url, {
	// Node.js has one of its own from version 22 on.
	websocketClass: WebSocket,
	// Left alone the library tries again for ever: a script should say that the node does not answer.
	onStatusChanged: ({ type }) => type === WsEvent.ERROR && fail(`no answer from ${url}`),
});
try {
	await commands[name](client.getUnsafeApi(), ...options);
	client.destroy();
} catch (error) {
	fail(error.message);
}
