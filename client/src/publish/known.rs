//! What the author has published already.

use super::Recipients;
use crate::{
	error::Error,
	store::{Carrier, Store},
	time,
};
use cti_primitives::{AuthorId, MemberId};
use cti_stix::Object;
use std::collections::BTreeSet;

/// Places of the objects that the author's own live records to the same groups hold byte for byte, by the store.
pub fn known_places(
	objects: &[Object],
	author: MemberId,
	recipients: &Recipients,
	store: Option<&Store>,
) -> Result<BTreeSet<usize>, Error> {
	let store = store.ok_or_else(|| {
		Error::usage("--skip-known looks into the local store, and there is none", "run `testudo sync` first")
	})?;
	if recipients.names_others(author) {
		return Err(Error::usage(
			"--skip-known cannot tell which single members have an object already",
			"publish to groups with it, or `grant` the records that there are",
		));
	}
	let (groups, now) = (recipients.group_ids(), time::now());
	let is_known = |carrier: &Carrier| {
		carrier.record.author == AuthorId::from(author)
			&& carrier.status(now).is_live()
			&& groups.iter().all(|group| carrier.groups.contains(group))
	};
	let mut known = BTreeSet::new();
	for (place, object) in objects.iter().enumerate() {
		if store.carriers(&object.raw)?.iter().any(is_known) {
			known.insert(place);
		}
	}
	Ok(known)
}
