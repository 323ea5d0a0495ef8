//! Marking definitions that a TAXII server gives by their id.

use super::{
	batch::Batch,
	collection::{collection_url, get, is_json},
	definitions::Definitions,
	headers::percent,
	http::{Fault, Stop},
	serving::Serving,
	LOG,
};
use crate::{pallet::Config, position::short_hash};
use alloc::{format, string::String, vec::Vec};
use cti_stix::{read_object, Limits, Splitter};

/// Definitions that one look asks for, and bytes of an answer.
const MAX_DEFINITIONS: usize = 32;
const DEFINITION_BYTES: u64 = 1 << 20;
/// Definitions the source does not have, after which no further ones are asked for.
const MAX_ABSENT: usize = 1_024;

/// Asks the collection for the marking definitions that the batch refers to and nothing known defines. What the server
/// does not have stays unresolved; if it only fails to give it, the batch waits.
pub(crate) fn fetch<T: Config>(
	serving: &mut Serving<T>,
	definitions: &mut Definitions,
	batch: &Batch,
) -> Result<(), Stop> {
	let mut asked = 0usize;
	loop {
		let is_absent = |id: &str| serving.local.absent.contains(&short_hash(id.as_bytes()));
		let missing = batch.unresolved(definitions).into_iter().filter(|id| !is_absent(id));
		let missing: Vec<String> = missing.filter(|id| definitions.try_once(id)).collect();
		if missing.is_empty() || serving.local.absent.len() >= MAX_ABSENT {
			serving.local.absent.clear();
			return Ok(());
		}
		for id in missing {
			if asked >= MAX_DEFINITIONS {
				// The next turn reads the batch again and asks for the others.
				return Err(Stop::Time);
			}
			asked = asked.saturating_add(1);
			let is_there = ask(serving, definitions, &id).map_err(named)?;
			serving.progressed = true;
			if !is_there {
				serving.local.absent.push(short_hash(id.as_bytes()));
			}
		}
		// What was learnt may itself carry markings that nothing defines yet.
		definitions.save();
	}
}

/// Says what the fault was about.
fn named(stop: Stop) -> Stop {
	match stop {
		Stop::Fault(fault) => {
			Fault { words: format!("a marking definition cannot be fetched: {}", fault.words), ..fault }.into()
		}
		stop => stop,
	}
}

/// Learns the definition with this id. `false` if the server does not have it.
fn ask<T: Config>(serving: &mut Serving<T>, definitions: &mut Definitions, id: &str) -> Result<bool, Stop> {
	let url = format!("{}{}/", collection_url(&serving.config), percent(id));
	let mut response = get(serving, &url)?;
	if matches!(response.status, 404 | 410) {
		return Ok(false);
	}
	response.check(is_json)?;
	let limits = Limits { total_bytes: DEFINITION_BYTES, ..Limits::default() };
	let mut splitter = Splitter::new(limits);
	let mut is_there = false;
	loop {
		let chunk = response.read(&mut serving.watch)?;
		splitter.push(chunk);
		let is_end = chunk.is_empty();
		for cut in splitter.by_ref().flatten() {
			let object = read_object(cut.raw, &limits).ok().filter(|object| object.id == id);
			let Some(object) = object else { continue };
			match definitions.learn(&object) {
				Ok(_) => is_there = true,
				Err(refusal) => log::debug!(target: LOG, "a definition is refused: {}", refusal.reason()),
			}
		}
		if is_end || splitter.error().is_some() {
			break;
		}
	}
	splitter.finish().map_err(|error| Fault::fatal(&error))?;
	Ok(is_there)
}
