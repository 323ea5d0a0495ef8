// A vote of the consortium by @polkadot/api, call by call as Polkadot.js apps sends it under Developer → Extrinsics: Alice puts
// up that a member is suspended, she, Bob and Charlie vote for it, and Alice closes the motion. For a development chain.
//
//   node voting.js URL MEMBER

import { ApiPromise, Keyring, WsProvider } from "@polkadot/api";

/** No motion may be longer. A bound that is higher than needed costs next to nothing. */
const LENGTH_BOUND = 16 * 1024;
/** More than any call weighs that the consortium decides on. */
const WEIGHT_BOUND = { refTime: 110_000_000_000, proofSize: 600_000 };

const keyring = new Keyring({ type: "sr25519" });
const [alice, bob, charlie] = ["//Alice", "//Bob", "//Charlie"].map((uri) => keyring.addFromUri(uri));

function explained(api, error) {
	if (!error.isModule) return error.toString();
	const { section, name, docs } = api.registry.findMetaError(error.asModule);
	return `${section}.${name}: ${docs.join(" ")}`;
}

/** The events of a call of the pallet `consortium` once its block is finalised. */
async function events(api, signer, call) {
	const { events } = await new Promise((done, failed) => {
		const progress = (result) => {
			if (result.isError) failed(new Error(`${call.method.method} is ${result.status.type}`));
			else if (result.dispatchError) failed(new Error(explained(api, result.dispatchError)));
			else if (result.isFinalized) done(result);
		};
		call.signAndSend(signer, progress).catch(failed);
	});
	const own = events.map(({ event }) => event).filter(({ section }) => section === "consortium");
	own.forEach((event) => console.log(event.method, JSON.stringify(event.toHuman().data)));
	return own;
}

async function suspend(api, member) {
	const { propose, vote, close } = api.tx.consortium;
	const seats = (await api.query.consortium.members()).length;
	const threshold = Math.ceil((2 * seats) / 3);
	const proposed = await events(api, alice, propose(threshold, api.tx.membership.suspend(member), LENGTH_BOUND));
	const { proposalHash, proposalIndex } = proposed.find(({ method }) => method === "Proposed").data;
	// Who proposes has not voted by that.
	for (const voter of [alice, bob, charlie]) await events(api, voter, vote(proposalHash, proposalIndex, true));
	const closed = await events(api, alice, close(proposalHash, proposalIndex, WEIGHT_BOUND, LENGTH_BOUND));
	const executed = closed.find(({ method }) => method === "Executed");
	if (!executed) throw new Error("the motion was not carried");
	if (executed.data.result.isErr) throw new Error(`carried, and not done: ${explained(api, executed.data.result.asErr)}`);
}

const [url, member] = process.argv.slice(2);
if (!/^\d+$/.test(member)) {
	console.error("usage: node voting.js URL MEMBER");
	process.exit(2);
}
try {
	const provider = new WsProvider(url, false);
	await provider.connect();
	const api = await ApiPromise.create({ provider, throwOnConnect: true });
	await suspend(api, Number(member));
	await api.disconnect();
} catch (error) {
	console.error(`voting.js: ${error.message}`);
	process.exit(1);
}
