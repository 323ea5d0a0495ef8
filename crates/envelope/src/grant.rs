//! Access for one more reader, after publication.

use crate::{
	header::parse,
	keys::{InvalidKey, Seed},
	open::{open_with_cek, OpenError, Opened},
	seal::DirectRecipient,
	wrap::{self, Purpose, Wrap, RANDOMNESS_LEN},
};
use cti_primitives::KeyOwnerId;

impl Opened {
	/// The content key, sealed to one more reader and bound to this envelope's header. Whoever has it can read the record for
	/// good.
	///
	/// `randomness` is 64 bytes nobody else knows, used for nothing else.
	pub fn grant(&self, to: &DirectRecipient, randomness: &[u8; RANDOMNESS_LEN]) -> Result<Wrap, InvalidKey> {
		let purpose = Purpose::Direct { owner: to.owner, key_version: to.key_version };
		wrap::seal_to(to.key, purpose, &self.header.genesis, &self.header.hash(), self.cek(), randomness)
	}
}

/// Opens `header | wraps | body` with the wrap of a grant. The checks are those of [`open`](crate::open()).
pub fn open_granted(
	payload: &[u8],
	owner: KeyOwnerId,
	key_version: u32,
	seed: &Seed,
	wrap: &Wrap,
) -> Result<Opened, OpenError> {
	let parsed = parse(payload)?;
	let purpose = Purpose::Direct { owner, key_version };
	let cek = wrap::open(seed, purpose, &parsed.header.genesis, &parsed.header_hash(), wrap)?;
	open_with_cek(payload, &cek)
}
