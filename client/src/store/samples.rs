//! Records and objects for tests, to be changed where it matters.

use super::{NewObject, NewRecord};
use cti_primitives::{AuthorId, Epoch, GroupId, RecordId, Tlp};

/// A record by `author` in block `n`, GREEN, to group 0 at epoch 1.
pub fn record(author: u32, n: u32) -> NewRecord {
	NewRecord {
		record: RecordId { author: AuthorId(author), n },
		id: [n as u8; 32],
		tlp: Tlp::Green,
		audience: vec![(GroupId(0), Epoch(1))],
		direct: 0,
		at: (n, 1),
		bytes: 1,
		leaves: 1,
		published: 1,
		valid_until: None,
		revises: None,
		techniques: Vec::new(),
	}
}

/// An object with this id and these bytes, of which nothing was read.
pub fn object(id: &str, raw: &[u8]) -> NewObject {
	NewObject {
		id: id.into(),
		kind: id.split("--").next().unwrap_or_default().into(),
		name: None,
		modified: None,
		version: None,
		is_strict: true,
		techniques: Vec::new(),
		sought: Vec::new(),
		raw: raw.into(),
	}
}

/// An object as it is read from these bytes.
pub fn read(raw: impl Into<Vec<u8>>) -> NewObject {
	cti_stix::read_object(raw.into(), &cti_stix::Limits::default()).unwrap().into()
}
