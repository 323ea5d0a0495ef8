// Testudo's envelopes from their specification, on other foundations than the Rust crate's: HPKE and X-Wing by @hpke,
// ChaCha20-Poly1305, HKDF and Ed25519 by OpenSSL (node:crypto), BLAKE2b by @noble.

import { Chacha20Poly1305 } from "@hpke/chacha20poly1305";
import { CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { blake2b } from "@noble/hashes/blake2.js";
import {
	createCipheriv,
	createDecipheriv,
	createPrivateKey,
	createPublicKey,
	hkdfSync,
	randomBytes,
	sign as signBytes,
	timingSafeEqual,
	verify as verifyBytes,
} from "node:crypto";

export const WRAP_LEN = 1168;
const ENC_LEN = 1120;
const CHUNK_LEN = 65_536;
const TAG_LEN = 16;

const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Chacha20Poly1305() });

/** A refusal, by the name it has in the vectors. */
export class Refusal extends Error {
	constructor(code) {
		super(code);
		this.code = code;
	}
}

function ensure(condition, code) {
	if (!condition) throw new Refusal(code);
}

// Bytes

const ascii = (text) => Buffer.from(text, "ascii");

function u32(value) {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}

export const hash = (...parts) => Buffer.from(blake2b(Buffer.concat(parts), { dkLen: 32 }));
const derive = (key, salt, length, ...info) => Buffer.from(hkdfSync("sha256", key, salt, Buffer.concat(info), length));

/** Reads SCALE, and only the one encoding each value has. */
class Reader {
	constructor(bytes) {
		this.bytes = bytes;
		this.at = 0;
	}

	take(length, code = "Unreadable") {
		ensure(this.at + length <= this.bytes.length, code);
		this.at += length;
		return this.bytes.subarray(this.at - length, this.at);
	}

	u8() {
		return this.take(1)[0];
	}

	u32() {
		return this.take(4).readUInt32LE();
	}

	compact(code = "Unreadable") {
		const mode = this.take(1, code)[0];
		this.at -= 1;
		const [length, least] = [[1, 0], [2, 64], [4, 16_384], [5, 2 ** 30]][mode & 3];
		ensure(length < 5 || mode === 3, code);
		const bytes = this.take(length, code);
		const value = length === 5 ? bytes.readUInt32LE(1) : bytes.readUIntLE(0, length) >>> 2;
		ensure(value >= least, code);
		return value;
	}
}

function compact(value) {
	if (value < 64) return Buffer.from([value << 2]);
	const bytes = Buffer.alloc(value < 16_384 ? 2 : 4);
	bytes.writeUIntLE(value * 4 + (value < 16_384 ? 1 : 2), 0, bytes.length);
	return bytes;
}

// Keys and wraps

export async function publicKey(seed) {
	const { publicKey } = await suite.kem.generateKeyPairDerand(Uint8Array.from(seed));
	return Buffer.from(await suite.kem.serializePublicKey(publicKey));
}

const wrapInfo = ({ kind, a, b }, genesis) =>
	Buffer.concat([ascii("cti/v1/wrap"), Buffer.from([kind]), genesis, u32(a), u32(b)]);

/** `randomness`, 64 bytes, only to make a known wrap again. */
export async function sealWrap(key, purpose, genesis, aad, secret, randomness) {
	const recipientPublicKey = await suite.kem.deserializePublicKey(Uint8Array.from(key));
	const info = wrapInfo(purpose, genesis);
	const ekm = randomness && Uint8Array.from(randomness).buffer;
	const sender = await suite.createSenderContext({ recipientPublicKey, info, ekm });
	const sealed = await sender.seal(Uint8Array.from(secret), Uint8Array.from(aad));
	return Buffer.concat([Buffer.from(sender.enc), Buffer.from(sealed)]);
}

export async function openWrap(seed, purpose, genesis, aad, wrap) {
	try {
		const recipientKey = await suite.kem.deserializePrivateKey(Uint8Array.from(seed));
		const enc = Uint8Array.from(wrap.subarray(0, ENC_LEN));
		const receiver = await suite.createRecipientContext({ recipientKey, enc, info: wrapInfo(purpose, genesis) });
		return Buffer.from(await receiver.open(Uint8Array.from(wrap.subarray(ENC_LEN)), Uint8Array.from(aad)));
	} catch {
		throw new Refusal("WrapRefused");
	}
}

// Ed25519

function signingKey(seed) {
	const prefix = Buffer.from("302e020100300506032b657004220420", "hex");
	return createPrivateKey({ key: Buffer.concat([prefix, seed]), format: "der", type: "pkcs8" });
}

const ed25519Public = (seed) => createPublicKey(signingKey(seed)).export({ format: "der", type: "spki" }).subarray(-32);

export const signEd25519 = (seed, message) => signBytes(null, message, signingKey(seed));

export function verifyEd25519(key, message, signature) {
	const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), key]);
	return verifyBytes(null, message, createPublicKey({ key: der, format: "der", type: "spki" }), signature);
}

// The header

export function paddedLen(length) {
	const least = Math.max(length, 4096);
	const exponent = Math.floor(Math.log2(least));
	const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1);
	return Math.ceil(least / step) * step;
}

const isPowerOfTwo = (n) => n > 0 && Number.isInteger(Math.log2(n));

function readHeader(reader) {
	const version = reader.u8();
	ensure(version === 1, "UnknownVersion");
	const suite = reader.u8();
	ensure(suite === 1, "UnknownSuite");
	const genesis = reader.take(32);
	const kind = reader.u8();
	ensure(kind <= 1, "Unreadable");
	const author = kind === 0 ? { member: reader.u32() } : { pseudonym: reader.take(32) };
	const tlp = reader.u8();
	ensure(tlp <= 4, "Unreadable");
	const count = reader.compact();
	ensure(count <= 4, "TooManyGroups");
	const audience = Array.from({ length: count }, () => [reader.u32(), reader.u32()]);
	const direct = reader.u8();
	const [salt, commitment, reader_key, objects_root] = Array.from({ length: 4 }, () => reader.take(32));
	const [leaves, padded_len] = [reader.u32(), reader.u32()];
	ensure(audience.every(([group], i) => i === 0 || audience[i - 1][0] < group), "AudienceNotAscending");
	ensure(direct <= 16, "TooManyDirect");
	ensure(count + direct > 0, "NoRecipient");
	ensure(isPowerOfTwo(leaves) && leaves <= 65_536, "InvalidLeaves");
	ensure(paddedLen(padded_len) === padded_len, "InvalidPaddedLen");
	return {
		version, suite, genesis, author, tlp, audience, direct, salt, commitment, reader_key, objects_root, leaves,
		padded_len,
	};
}

function writeHeader(header) {
	const author = "member" in header.author
		? [Buffer.from([0]), u32(header.author.member)]
		: [Buffer.from([1]), header.author.pseudonym];
	return Buffer.concat([
		Buffer.from([header.version, header.suite]), header.genesis, ...author, Buffer.from([header.tlp]),
		compact(header.audience.length), ...header.audience.flat().map(u32), Buffer.from([header.direct]),
		header.salt, header.commitment, header.reader_key, header.objects_root, u32(header.leaves),
		u32(header.padded_len),
	]);
}

export function parse(payload) {
	const reader = new Reader(payload);
	const header = readHeader(reader);
	const headerBytes = payload.subarray(0, reader.at);
	const wrapsEnd = reader.at + (header.audience.length + header.direct) * WRAP_LEN;
	const bodyLen = header.padded_len + Math.ceil(header.padded_len / CHUNK_LEN) * TAG_LEN;
	ensure(payload.length === wrapsEnd + bodyLen, "WrongLength");
	const wraps = [];
	for (let at = reader.at; at < wrapsEnd; at += WRAP_LEN) wraps.push(payload.subarray(at, at + WRAP_LEN));
	const direct = wraps.slice(header.audience.length);
	ensure(direct.every((wrap, i) => i === 0 || Buffer.compare(direct[i - 1], wrap) < 0), "DirectNotAscending");
	const body = payload.subarray(wrapsEnd);
	const headerHash = hash(ascii("cti/v1/header"), headerBytes);
	const id = hash(ascii("cti/v1/id"), headerHash, hash(...wraps), hash(body));
	return { header, headerBytes, wraps, body, headerHash, id };
}

// What comes of the content key

const commitment = (cek, salt) => derive(cek, salt, 32, ascii("cti/v1/commit"));
export const readerSeed = (cek, salt) => derive(cek, salt, 32, ascii("cti/v1/reader"));
const leafSalt = (cek, salt, i) => derive(cek, salt, 32, ascii("cti/v1/leaf"), u32(i));
const objectLeaf = (salt, object) => hash(Buffer.from([0]), salt, object);
const node = (left, right) => hash(Buffer.from([1]), left, right);
const root = (leaves, top) => hash(Buffer.from([3]), u32(leaves), top);

/** All levels of the tree, leaves first. */
function tree(cek, salt, objects, leaves) {
	const levels = [Array.from({ length: leaves }, (_, i) => {
		const own = leafSalt(cek, salt, i);
		return i < objects.length ? objectLeaf(own, objects[i]) : hash(Buffer.from([2]), own);
	})];
	while (levels[0].length > 1) {
		const below = levels[0];
		levels.unshift(Array.from({ length: below.length / 2 }, (_, i) => node(below[2 * i], below[2 * i + 1])));
	}
	return levels.reverse();
}

const objectsRoot = (cek, salt, objects, leaves) => root(leaves, tree(cek, salt, objects, leaves).at(-1)[0]);

export function prove({ cek, header, objects }, index) {
	const levels = tree(cek, header.salt, objects, header.leaves).slice(0, -1);
	const siblings = levels.map((level, depth) => level[(index >> depth) ^ 1]);
	return { index, salt: leafSalt(cek, header.salt, index), siblings };
}

export function verifyProof({ index, salt, object, siblings }, expected, leaves) {
	if (index >= leaves || 2 ** siblings.length !== leaves) return false;
	const top = siblings.reduce(
		(own, sibling, depth) => ((index >> depth) & 1 ? node(sibling, own) : node(own, sibling)),
		objectLeaf(salt, object),
	);
	return root(leaves, top).equals(expected);
}

// The body

function chunkNonce(i, last) {
	const nonce = Buffer.alloc(12);
	nonce.writeUInt32BE(i, 7);
	nonce[11] = last ? 1 : 0;
	return nonce;
}

function sealBody(cek, salt, headerHash, plaintext) {
	const key = derive(cek, salt, 32, ascii("cti/v1/payload"));
	const sealed = [];
	for (let at = 0, i = 0; at < plaintext.length; at += CHUNK_LEN, i++) {
		const nonce = chunkNonce(i, at + CHUNK_LEN >= plaintext.length);
		const cipher = createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: TAG_LEN });
		cipher.setAAD(headerHash);
		sealed.push(cipher.update(plaintext.subarray(at, at + CHUNK_LEN)), cipher.final(), cipher.getAuthTag());
	}
	return Buffer.concat(sealed);
}

function openBody(cek, salt, headerHash, body) {
	const key = derive(cek, salt, 32, ascii("cti/v1/payload"));
	const opened = [];
	for (let at = 0, i = 0; at < body.length; at += CHUNK_LEN + TAG_LEN, i++) {
		const chunk = body.subarray(at, at + CHUNK_LEN + TAG_LEN);
		const nonce = chunkNonce(i, at + chunk.length === body.length);
		const cipher = createDecipheriv("chacha20-poly1305", key, nonce, { authTagLength: TAG_LEN });
		cipher.setAAD(headerHash);
		cipher.setAuthTag(chunk.subarray(-TAG_LEN));
		try {
			opened.push(cipher.update(chunk.subarray(0, -TAG_LEN)), cipher.final());
		} catch {
			throw new Refusal("BodyRefused");
		}
	}
	return Buffer.concat(opened);
}

function writeObjects(objects) {
	const content = Buffer.concat([compact(objects.length), ...objects.flatMap((o) => [compact(o.length), o])]);
	return Buffer.concat([content, Buffer.alloc(paddedLen(content.length) - content.length)]);
}

function readObjects(plaintext) {
	const reader = new Reader(plaintext);
	const count = reader.compact("UnreadableObjects");
	ensure(count >= 1 && count <= 65_536, "UnreadableObjects");
	const objects = [];
	for (let i = 0; i < count; i++) {
		objects.push(reader.take(reader.compact("UnreadableObjects"), "UnreadableObjects"));
	}
	ensure(plaintext.length === paddedLen(reader.at), "WrongPadding");
	ensure(plaintext.subarray(reader.at).every((byte) => byte === 0), "WrongPadding");
	return objects;
}

// The envelope

async function contentKey({ header, wraps, headerHash }, recipient) {
	if ("group" in recipient) {
		const { group, epoch, seed } = recipient;
		const at = header.audience.findIndex(([g, e]) => g === group && e === epoch);
		ensure(at >= 0, "NotAddressed");
		return openWrap(seed, { kind: 0, a: group, b: epoch }, header.genesis, headerHash, wraps[at]);
	}
	const purpose = { kind: 1, a: recipient.owner, b: recipient.key_version };
	for (const wrap of wraps.slice(header.audience.length)) {
		try {
			return await openWrap(recipient.seed, purpose, header.genesis, headerHash, wrap);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
		}
	}
	throw new Refusal("NotAddressed");
}

export async function openEnvelope(payload, recipient) {
	return openContent(payload, await contentKey(parse(payload), recipient));
}

/** Opens with the content key itself, as from a grant. */
export function openContent(payload, cek) {
	const parsed = parse(payload);
	const { header, headerHash, body } = parsed;
	ensure(timingSafeEqual(commitment(cek, header.salt), header.commitment), "WrongCommitment");
	ensure(ed25519Public(readerSeed(cek, header.salt)).equals(header.reader_key), "WrongReaderKey");
	const objects = readObjects(openBody(cek, header.salt, headerHash, body));
	ensure(header.leaves === 2 ** Math.ceil(Math.log2(objects.length)), "WrongLeaves");
	ensure(objectsRoot(cek, header.salt, objects, header.leaves).equals(header.objects_root), "WrongObjectsRoot");
	return { ...parsed, cek, objects };
}

/** `groups` of { group, epoch, key }, ascending; `direct` of { owner, key_version, key }. */
export async function sealEnvelope({ genesis, author, tlp, groups, direct, objects }) {
	const [cek, salt] = [randomBytes(32), randomBytes(32)];
	const leaves = 2 ** Math.ceil(Math.log2(objects.length));
	const plaintext = writeObjects(objects);
	const headerBytes = writeHeader({
		version: 1, suite: 1, genesis, author, tlp, audience: groups.map(({ group, epoch }) => [group, epoch]),
		direct: direct.length, salt, commitment: commitment(cek, salt), reader_key: ed25519Public(readerSeed(cek, salt)),
		objects_root: objectsRoot(cek, salt, objects, leaves), leaves, padded_len: plaintext.length,
	});
	const headerHash = hash(ascii("cti/v1/header"), headerBytes);
	const wraps = [];
	for (const { group, epoch, key } of groups) {
		wraps.push(await sealWrap(key, { kind: 0, a: group, b: epoch }, genesis, headerHash, cek));
	}
	const directWraps = [];
	for (const { owner, key_version, key } of direct) {
		directWraps.push(await sealWrap(key, { kind: 1, a: owner, b: key_version }, genesis, headerHash, cek));
	}
	directWraps.sort(Buffer.compare);
	return Buffer.concat([headerBytes, ...wraps, ...directWraps, sealBody(cek, salt, headerHash, plaintext)]);
}

/** What a reader signs of a record. */
export function readerMessage(statement, genesis, { author, n }, envelopeId, voter) {
	return Buffer.concat([ascii(`cti/v1/${statement}`), genesis, u32(author), u32(n), envelopeId, u32(voter)]);
}

// Epochs

const place = ({ group, epoch }) => Buffer.concat([u32(group), u32(epoch)]);
const chainSalt = ({ genesis, epoch }) => (epoch === 0 ? Buffer.alloc(32) : genesis);

export const kemSeed = (secret, context) => derive(secret, chainSalt(context), 32, ascii("cti/v1/kem"), place(context));
export const authSeed = (secret, context) =>
	derive(secret, chainSalt(context), 32, ascii("cti/v1/auth"), place(context));
export const authPublic = (secret, context) => ed25519Public(authSeed(secret, context));

const epochAad = (context) =>
	hash(
		ascii("cti/v1/epoch"), context.genesis, place(context), u32(context.roster_version), context.pk_hash,
		context.auth,
	);

async function checkSecret(secret, context) {
	const key = await publicKey(kemSeed(secret, context));
	ensure(hash(key).equals(context.pk_hash), "WrongEpochSecret");
	return secret;
}

export async function wrapEpochSecret(secret, context, { member, key_version, key }) {
	const label = [ascii("cti/v1/enc"), place(context), u32(member), u32(key_version)];
	const randomness = derive(secret, chainSalt(context), 64, ...label);
	const purpose = { kind: 2, a: member, b: key_version };
	return sealWrap(key, purpose, context.genesis, epochAad(context), secret, randomness);
}

export async function unwrapEpochSecret(context, { member, key_version, seed }, wrap) {
	const purpose = { kind: 2, a: member, b: key_version };
	return checkSecret(await openWrap(seed, purpose, context.genesis, epochAad(context), wrap), context);
}

const linkKey = (newer, context) => derive(newer, context.genesis, 32, ascii("cti/v1/prev"), place(context));

export function sealLink(newer, context, secret) {
	const options = { authTagLength: TAG_LEN };
	const cipher = createCipheriv("chacha20-poly1305", linkKey(newer, context), Buffer.alloc(12), options);
	cipher.setAAD(Buffer.concat([context.genesis, place(context)]));
	return Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
}

export async function openLink(newer, context, link) {
	const options = { authTagLength: TAG_LEN };
	const cipher = createDecipheriv("chacha20-poly1305", linkKey(newer, context), Buffer.alloc(12), options);
	cipher.setAAD(Buffer.concat([context.genesis, place(context)]));
	cipher.setAuthTag(link.subarray(32));
	let secret;
	try {
		secret = Buffer.concat([cipher.update(link.subarray(0, 32)), cipher.final()]);
	} catch {
		throw new Refusal("LinkRefused");
	}
	return checkSecret(secret, context);
}
