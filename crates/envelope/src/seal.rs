//! Making an envelope.

use crate::{
	content::{self, Stream},
	hash::{self, Derivation},
	header::{body_len, Audience, Author, Header, MAX_AUDIENCE, MAX_DIRECT, SUITE, VERSION},
	keys::{PublicKey, Seed},
	merkle, reader,
	wrap::{self, Purpose, Wrap},
};
use alloc::vec::Vec;
use codec::Encode;
use core::fmt;
use cti_primitives::{Epoch, GroupId, Hash, KeyOwnerId, Tlp, WRAP_LEN};
use zeroize::Zeroizing;

/// A group to seal to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GroupRecipient<'a> {
	/// The group.
	pub group: GroupId,
	/// Its newest epoch.
	pub epoch: Epoch,
	/// Its public key at that epoch.
	pub key: &'a PublicKey,
}

/// A single key to seal to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DirectRecipient<'a> {
	/// Whose key.
	pub owner: KeyOwnerId,
	/// Its version on chain.
	pub key_version: u32,
	/// The public key.
	pub key: &'a PublicKey,
}

/// What to seal, for whom.
#[derive(Clone, Copy, Debug)]
pub struct SealRequest<'a> {
	/// Hash of the chain's block 0.
	pub genesis: Hash,
	/// Who publishes.
	pub author: Author,
	/// The effective marking of all objects.
	pub tlp: Tlp,
	/// At most [`MAX_AUDIENCE`] groups, in any order.
	pub groups: &'a [GroupRecipient<'a>],
	/// At most [`MAX_DIRECT`] single keys, in any order.
	pub direct: &'a [DirectRecipient<'a>],
	/// Hide how many of the direct recipients there are: see [`padded_direct`].
	pub pad_direct: bool,
	/// The objects' original bytes.
	pub objects: &'a [&'a [u8]],
}

/// Why nothing was sealed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SealError {
	/// There are no objects.
	NoObjects,
	/// There are more than [`crate::MAX_OBJECTS`] objects.
	TooManyObjects(usize),
	/// The objects have more bytes than an envelope can count.
	TooLarge,
	/// There are neither groups nor direct recipients.
	NoRecipient,
	/// There are more than [`MAX_AUDIENCE`] groups.
	TooManyGroups(usize),
	/// A group is there twice.
	DuplicateGroup(GroupId),
	/// There are more than [`MAX_DIRECT`] direct recipients.
	TooManyDirect(usize),
	/// A direct recipient is there twice.
	DuplicateDirect(KeyOwnerId),
	/// A group's key is not valid.
	InvalidGroupKey(GroupId),
	/// A direct recipient's key is not valid.
	InvalidDirectKey(KeyOwnerId),
}

impl fmt::Display for SealError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::NoObjects => f.write_str("there is nothing to seal"),
			Self::TooManyObjects(count) => {
				write!(f, "{count} objects are too many for one envelope; at most {} are allowed", crate::MAX_OBJECTS)
			}
			Self::TooLarge => f.write_str("the objects are too large for one envelope"),
			Self::NoRecipient => f.write_str("name a group or a member to seal to"),
			Self::TooManyGroups(count) => {
				write!(f, "{count} groups are too many for one envelope; at most {MAX_AUDIENCE} are allowed")
			}
			Self::DuplicateGroup(group) => write!(f, "group {group} is named twice"),
			Self::TooManyDirect(count) => {
				write!(f, "{count} direct recipients are too many for one envelope; at most {MAX_DIRECT} are allowed")
			}
			Self::DuplicateDirect(owner) => write!(f, "the key owner {owner} is named twice"),
			Self::InvalidGroupKey(group) => write!(f, "the key of group {group} is not a valid X-Wing public key"),
			Self::InvalidDirectKey(owner) => write!(f, "the key of number {owner} is not a valid X-Wing public key"),
		}
	}
}

impl core::error::Error for SealError {}

/// How many direct wraps an envelope with `direct` hidden recipients has: 4 or 16, and none for none.
pub const fn padded_direct(direct: usize) -> usize {
	match direct {
		0 => 0,
		1..=4 => 4,
		5..=16 => 16,
		more => more,
	}
}

/// Seals objects into `header | wraps | body`.
///
/// `entropy` is 32 bytes nobody else knows, used for nothing else; everything random comes of it and of the request, so
/// that even entropy used twice never gives the same content key to two different envelopes. There is no bound on the
/// result's length but 32 bits: whoever publishes keeps to [`crate::MAX_PAYLOAD`].
pub fn seal(request: &SealRequest, entropy: &[u8; 32]) -> Result<Vec<u8>, SealError> {
	let (groups, audience) = sorted_groups(request.groups)?;
	let direct = count_direct(request)?;
	let plaintext = content::encode(request.objects)?;
	let randomness = Randomness::new(entropy, request, &groups, &plaintext);
	let cek = randomness.cek();
	let salt = randomness.salt();
	let content = Derivation::new(&cek, &salt);
	let leaves = leaves(request.objects.len()).ok_or(SealError::TooManyObjects(request.objects.len()))?;
	let header = Header {
		version: VERSION,
		suite: SUITE,
		genesis: request.genesis,
		author: request.author,
		tlp: request.tlp,
		audience,
		direct,
		salt,
		commitment: commitment(&content),
		reader_key: reader::public_key(&content),
		objects_root: merkle::objects_root(&content, request.objects, leaves),
		leaves,
		padded_len: u32::try_from(plaintext.len()).map_err(|_| SealError::TooLarge)?,
	};
	let mut payload = header.encode();
	let header_hash = hash::header(&payload);
	let wraps_len = header.wraps().saturating_mul(WRAP_LEN);
	let body_len = usize::try_from(body_len(header.padded_len)).map_err(|_| SealError::TooLarge)?;
	payload.reserve_exact(wraps_len.saturating_add(body_len));

	let sealer = Sealer { genesis: &request.genesis, header_hash, cek: &cek, randomness: &randomness };
	sealer.groups(&groups, &mut payload)?;
	sealer.direct(request.direct, groups.len(), direct, &mut payload)?;
	Stream::new(&content, header_hash).seal(&plaintext, &mut payload).ok_or(SealError::TooLarge)?;
	Ok(payload)
}

/// `commitment`: to the content key, so that no two keys open one envelope.
pub(crate) fn commitment(content: &Derivation) -> [u8; 32] {
	*content.expand(&[b"cti/v1/commit"])
}

/// Leaves of the tree over `objects` objects.
pub(crate) fn leaves(objects: usize) -> Option<u32> {
	u32::try_from(objects).ok()?.checked_next_power_of_two()
}

fn sorted_groups<'a>(groups: &[GroupRecipient<'a>]) -> Result<(Vec<GroupRecipient<'a>>, Audience), SealError> {
	let mut sorted = groups.to_vec();
	sorted.sort_by_key(|recipient| recipient.group);
	for (a, b) in sorted.iter().zip(sorted.iter().skip(1)) {
		if a.group == b.group {
			return Err(SealError::DuplicateGroup(a.group));
		}
	}
	let audience: Vec<_> = sorted.iter().map(|recipient| (recipient.group, recipient.epoch)).collect();
	let audience = audience.try_into().map_err(|_| SealError::TooManyGroups(groups.len()))?;
	Ok((sorted, audience))
}

fn count_direct(request: &SealRequest) -> Result<u8, SealError> {
	let count = request.direct.len();
	if count == 0 && request.groups.is_empty() {
		return Err(SealError::NoRecipient);
	}
	let padded = u8::try_from(if request.pad_direct { padded_direct(count) } else { count });
	let direct = padded.ok().filter(|direct| *direct <= MAX_DIRECT).ok_or(SealError::TooManyDirect(count))?;
	let mut owners: Vec<KeyOwnerId> = request.direct.iter().map(|recipient| recipient.owner).collect();
	owners.sort_unstable();
	let mut neighbours = owners.iter().zip(owners.iter().skip(1));
	match neighbours.find(|(a, b)| a == b) {
		Some((twice, _)) => Err(SealError::DuplicateDirect(*twice)),
		None => Ok(direct),
	}
}

/// Everything random in one envelope.
struct Randomness(Derivation);

impl Randomness {
	fn new(entropy: &[u8; 32], request: &SealRequest, groups: &[GroupRecipient], plaintext: &[u8]) -> Self {
		let groups: Vec<_> = groups.iter().map(|r| (r.group, r.epoch, r.key)).collect();
		let direct: Vec<_> = request.direct.iter().map(|r| (r.owner, r.key_version, r.key)).collect();
		let context = (request.genesis, request.author, request.tlp, groups, direct, request.pad_direct).encode();
		let salt = hash::concat(&[b"cti/v1/seal", &context, plaintext]);
		Self(Derivation::new(entropy, &salt))
	}

	fn cek(&self) -> Zeroizing<[u8; 32]> {
		self.0.expand(&[b"cti/v1/seal/cek"])
	}

	fn salt(&self) -> [u8; 32] {
		*self.0.expand(&[b"cti/v1/seal/salt"])
	}

	/// For the wrap at this place, before direct wraps are sorted.
	fn wrap(&self, place: usize) -> Zeroizing<[u8; wrap::RANDOMNESS_LEN]> {
		self.0.expand(&[b"cti/v1/seal/wrap", &(place as u64).to_le_bytes()])
	}

	/// A key nobody keeps the seed of, and a secret that is none.
	fn padding(&self, place: usize) -> (Seed, Zeroizing<[u8; 32]>) {
		let place = (place as u64).to_le_bytes();
		let seed = self.0.expand(&[b"cti/v1/seal/padding-seed", &place]);
		(Seed::new(*seed), self.0.expand(&[b"cti/v1/seal/padding-secret", &place]))
	}
}

/// Makes the wraps of one envelope.
struct Sealer<'a> {
	genesis: &'a Hash,
	header_hash: Hash,
	cek: &'a [u8; 32],
	randomness: &'a Randomness,
}

impl Sealer<'_> {
	fn groups(&self, groups: &[GroupRecipient], out: &mut Vec<u8>) -> Result<(), SealError> {
		for (place, recipient) in groups.iter().enumerate() {
			let purpose = Purpose::Group { group: recipient.group, epoch: recipient.epoch };
			let wrap = self
				.wrap(recipient.key, purpose, self.cek, place)
				.ok_or(SealError::InvalidGroupKey(recipient.group))?;
			out.extend_from_slice(&wrap);
		}
		Ok(())
	}

	/// The direct wraps, sorted by their bytes; what `count` has beyond the recipients is padding: real wraps of random
	/// secrets, since random bytes could be told apart.
	fn direct(
		&self,
		recipients: &[DirectRecipient],
		first_place: usize,
		count: u8,
		out: &mut Vec<u8>,
	) -> Result<(), SealError> {
		let mut wraps = Vec::with_capacity(usize::from(count));
		for place in 0..usize::from(count) {
			let wrap_place = first_place.saturating_add(place);
			let wrap = match recipients.get(place) {
				Some(recipient) => {
					let purpose = Purpose::Direct { owner: recipient.owner, key_version: recipient.key_version };
					self.wrap(recipient.key, purpose, self.cek, wrap_place)
						.ok_or(SealError::InvalidDirectKey(recipient.owner))?
				}
				None => {
					let (seed, secret) = self.randomness.padding(wrap_place);
					let owner = KeyOwnerId(u32::MAX);
					let purpose = Purpose::Direct { owner, key_version: u32::MAX };
					self.wrap(&seed.public_key(), purpose, &secret, wrap_place)
						.ok_or(SealError::InvalidDirectKey(owner))?
				}
			};
			wraps.push(wrap);
		}
		wraps.sort_unstable();
		wraps.iter().for_each(|wrap| out.extend_from_slice(wrap));
		Ok(())
	}

	fn wrap(&self, key: &PublicKey, purpose: Purpose, secret: &[u8; 32], place: usize) -> Option<Wrap> {
		let randomness = self.randomness.wrap(place);
		wrap::seal_to(key, purpose, self.genesis, &self.header_hash, secret, &randomness).ok()
	}
}
