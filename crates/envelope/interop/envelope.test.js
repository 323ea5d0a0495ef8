// Opens what the Rust crate made, remakes what can be remade, and makes envelopes for the Rust crate to open.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as cti from "./envelope.js";

const folder = new URL("../vectors/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const names = readdirSync(folder);
const bytes = (hex) => Buffer.from(hex, "hex");
const hex = (value) => Buffer.from(value).toString("hex");

/** Every string of the vector that is hex becomes bytes. */
function decode(value) {
	if (typeof value === "string") return /^([0-9a-f]{2})*$/.test(value) ? bytes(value) : value;
	if (Array.isArray(value)) return value.map(decode);
	if (value && typeof value === "object") {
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decode(inner)]));
	}
	return value;
}

for (const name of names.filter((name) => name.startsWith("envelope-"))) {
	test(`${name} opens for everybody it is for`, async () => {
		const vector = decode(read(name));
		assert.ok(vector.recipients.length > 0);
		for (const recipient of vector.recipients) {
			const opened = await cti.openEnvelope(vector.payload, recipient);
			assert.deepEqual(opened.objects.map(hex), vector.objects.map(hex));
			assert.deepEqual(opened.header, vector.header);
			assert.equal(hex(opened.headerBytes), hex(vector.header_bytes));
			assert.equal(hex(opened.headerHash), hex(vector.header_hash));
			assert.equal(hex(opened.id), hex(vector.id));
			assert.equal(hex(opened.cek), hex(vector.cek));
			assert.deepEqual(vector.proofs.map(({ index }) => cti.prove(opened, index)), vector.proofs);
		}
		for (const proof of vector.proofs) {
			const { objects_root, leaves } = vector.header;
			const object = vector.objects[proof.index];
			assert.ok(cti.verifyProof({ ...proof, object }, objects_root, leaves));
			assert.ok(!cti.verifyProof({ ...proof, object: Buffer.from("other") }, objects_root, leaves));
		}
	});
}

for (const name of names.filter((name) => name.startsWith("refused-") && name !== "refused-epochs.json")) {
	test(`${name} is refused for the same reason`, async () => {
		const vector = decode(read(name));
		await assert.rejects(cti.openEnvelope(vector.payload, vector.recipient), { code: vector.error });
	});
}

test("wraps open, and come out the same with the same randomness", async () => {
	for (const vector of decode(read("wraps.json")).wraps) {
		const { kind, a, b, genesis, seed, public_key, aad, secret, randomness, wrap } = vector;
		assert.equal(hex(await cti.publicKey(seed)), hex(public_key));
		assert.equal(hex(await cti.openWrap(seed, { kind, a, b }, genesis, aad, wrap)), hex(secret));
		assert.equal(hex(await cti.sealWrap(public_key, { kind, a, b }, genesis, aad, secret, randomness)), hex(wrap));
	}
});

test("keys come of their seeds", async () => {
	for (const { seed, public_key } of decode(read("keys.json")).members) {
		assert.equal(hex(await cti.publicKey(seed)), hex(public_key));
	}
});

test("nothing can be sealed to an invalid key", async () => {
	const [purpose, zeros] = [{ kind: 0, a: 0, b: 0 }, Buffer.alloc(32)];
	const { members, invalid } = decode(read("keys.json"));
	await cti.sealWrap(members[0].public_key, purpose, zeros, zeros, zeros);
	for (const { description, public_key } of invalid) {
		await assert.rejects(cti.sealWrap(public_key, purpose, zeros, zeros, zeros), description);
	}
});

test("epoch secrets give the same keys, wraps and links", async () => {
	for (const vector of decode(read("epochs.json")).epochs) {
		const { secret, context, member } = vector;
		assert.equal(hex(cti.kemSeed(secret, context)), hex(vector.kem_seed));
		assert.equal(hex(cti.hash(await cti.publicKey(vector.kem_seed))), hex(context.pk_hash));
		assert.equal(hex(cti.authPublic(secret, context)), hex(context.auth));
		const signature = cti.signEd25519(cti.authSeed(secret, context), Buffer.from("message"));
		assert.equal(hex(signature), hex(vector.auth_signature));
		assert.equal(hex(await cti.unwrapEpochSecret(context, member, vector.wrap)), hex(secret));
		const key = await cti.publicKey(member.seed);
		assert.equal(hex(await cti.wrapEpochSecret(secret, context, { ...member, key })), hex(vector.wrap));
		assert.equal(hex(cti.sealLink(vector.newer_secret, context, secret)), hex(vector.link));
		assert.equal(hex(await cti.openLink(vector.newer_secret, context, vector.link)), hex(secret));
	}
});

test("wrong epoch secrets are refused for the same reason", async () => {
	const { wraps, links } = decode(read("refused-epochs.json"));
	for (const { context, member, wrap, error } of wraps) {
		await assert.rejects(cti.unwrapEpochSecret(context, member, wrap), { code: error });
	}
	for (const { context, newer_secret, link, error } of links) {
		await assert.rejects(cti.openLink(newer_secret, context, link), { code: error });
	}
});

test("readers sign the same statements", () => {
	const vector = decode(read("reader-proofs.json"));
	const seed = cti.readerSeed(vector.cek, vector.salt);
	for (const { statement, message, signature } of vector.proofs) {
		const { genesis, record, envelope_id, voter } = vector;
		assert.equal(hex(cti.readerMessage(statement, genesis, record, envelope_id, voter)), hex(message));
		assert.equal(hex(cti.signEd25519(seed, message)), hex(signature));
		assert.ok(cti.verifyEd25519(vector.reader_key, message, signature));
	}
});

test("statements and proofs that are not a reader's are refused", () => {
	const readers = decode(read("reader-proofs-refused.json"));
	assert.ok(readers.proofs.length > 0);
	for (const { description, message, signature } of readers.proofs) {
		assert.ok(!cti.verifyEd25519(readers.reader_key, message, signature), description.toString());
	}
	const { objects_root, leaves, proofs } = decode(read("proofs-refused.json"));
	assert.ok(proofs.length > 0);
	for (const proof of proofs) assert.ok(!cti.verifyProof(proof, objects_root, leaves), proof.description.toString());
});

test("a grant opens its envelope, and comes out the same with the same randomness", async () => {
	const vector = decode(read("grants.json"));
	const { payload, recipient, randomness, wrap, cek } = vector;
	const { header, headerHash } = cti.parse(payload);
	const purpose = { kind: 1, a: recipient.owner, b: recipient.key_version };
	assert.equal(hex(await cti.openWrap(recipient.seed, purpose, header.genesis, headerHash, wrap)), hex(cek));
	const key = await cti.publicKey(recipient.seed);
	assert.equal(hex(await cti.sealWrap(key, purpose, header.genesis, headerHash, cek, randomness)), hex(wrap));
	const opened = cti.openContent(payload, cek);
	assert.deepEqual(opened.objects.map(hex), vector.objects.map(hex));
});

test("lengths are padded the same", () => {
	for (const { object, padded_len } of read("lengths.json").lengths) {
		const prefix = object < 64 ? 1 : object < 16_384 ? 2 : 4;
		assert.equal(cti.paddedLen(1 + prefix + object), padded_len);
	}
});

test("envelopes made here are there for the Rust crate to open", async () => {
	const genesis = randomBytes(32);
	const groups = [];
	for (const group of [0, 3, 4_000_000_000]) {
		const [epoch, seed] = [group % 7, randomBytes(32)];
		groups.push({ group, epoch, seed, key: await cti.publicKey(seed) });
	}
	const direct = [];
	for (const owner of [1, 2]) {
		const seed = randomBytes(32);
		direct.push({ owner, key_version: owner * 5, seed, key: await cti.publicKey(seed) });
	}
	const contents = [
		{ author: { member: 7 }, tlp: 1, groups: groups.slice(0, 1), direct: [], objects: [Buffer.from("{}")] },
		{ author: { pseudonym: randomBytes(32) }, tlp: 3, groups, direct, objects: [5, 0, 800].map((n) => randomBytes(n)) },
		{ author: { member: 0 }, tlp: 4, groups: [], direct, objects: [randomBytes(65_536), randomBytes(70_001)] },
	];
	const envelopes = [];
	for (const content of contents) {
		const payload = await cti.sealEnvelope({ genesis, ...content });
		const recipients = [...content.groups, ...content.direct];
		const opened = await cti.openEnvelope(payload, recipients[0]);
		envelopes.push({
			payload: hex(payload),
			id: hex(opened.id),
			tlp: content.tlp,
			objects: content.objects.map(hex),
			recipients: recipients.map(({ key, seed, ...rest }) => ({ ...rest, seed: hex(seed) })),
		});
	}
	const secret = randomBytes(32);
	const context = { genesis, group: 3, epoch: 6, roster_version: 2 };
	context.pk_hash = cti.hash(await cti.publicKey(cti.kemSeed(secret, context)));
	context.auth = cti.authPublic(secret, context);
	const newer = randomBytes(32);
	const epoch = {
		secret: hex(secret),
		roster_version: 2,
		group: 3,
		epoch: 6,
		member: { member: 1, key_version: 5, seed: hex(direct[0].seed) },
		wrap: hex(await cti.wrapEpochSecret(secret, context, { member: 1, ...direct[0] })),
		newer_secret: hex(newer),
		link: hex(cti.sealLink(newer, context, secret)),
	};
	const file = process.env.SEALED_FILE ?? join(tmpdir(), "cti-envelope-sealed.json");
	writeFileSync(file, JSON.stringify({ genesis: hex(genesis), envelopes, epoch }));
});
