//! What the store knows of a value.

use super::{
	db::values,
	query::{read_object, record_id},
	ObjectRow, RecordRow, Store,
};
use crate::error::Error;
use cti_primitives::RecordId;
use cti_stix::{asked, Likeness};
use std::{
	collections::{BTreeMap, BTreeSet},
	ops::ControlFlow,
};

/// An object that speaks of the value, or of one close to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Match {
	/// How close.
	pub likeness: Likeness,
	/// Object type and property: `ipv4-addr:value`.
	pub path: String,
	/// The value as the object has it.
	pub value: String,
	/// The object.
	pub object: ObjectRow,
	/// The record that carries it.
	pub record: RecordId,
}

/// What speaks of a value.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Found {
	/// The likest first, and then the newest.
	pub matches: Vec<Match>,
	/// Is there more than was asked for?
	pub more: bool,
}

/// A host without the port that logs write behind it: `198.51.100.7:443`, `[2001:db8::1]:443`, `evil.example:8080`.
fn without_port(value: &str) -> &str {
	match value.trim().rsplit_once(':') {
		Some((host, port))
			if (1..=5).contains(&port.len())
				&& port.bytes().all(|byte| byte.is_ascii_digit())
				&& (host.ends_with(']') || (host.contains('.') && !host.contains([':', '/', '@']))) =>
		{
			host
		}
		_ => value,
	}
}

impl Store {
	/// At most `limit` objects that speak of the value, whether defanged or not; each once for each record that carries it, whatever
	/// became of that.
	pub fn look_up(&self, value: &str, limit: usize) -> Result<Found, Error> {
		// In the order of the index, so that a value that is everywhere is not gone through to its end.
		let sql = "SELECT o.position, o.id, o.type, o.name, o.modified, o.content, o.author, o.n, s.path, s.value
			FROM sought s JOIN objects o ON o.content = s.content WHERE s.key = ? ORDER BY s.content DESC, o.added DESC";
		let (mut found, mut known) = (Found::default(), BTreeSet::new());
		for (key, likeness) in asked(without_port(value)) {
			self.db.each(sql, &values![key], |row| {
				let (object, record, value) = (read_object(row)?, record_id(row, 6, 7)?, row.get::<String>(9)?);
				if !known.insert((record, object.position, value.clone())) {
					return Ok(ControlFlow::Continue(()));
				}
				if found.matches.len() == limit {
					found.more = true;
					return Ok(ControlFlow::Break(()));
				}
				found.matches.push(Match { likeness, object, record, path: row.get(8)?, value });
				Ok(ControlFlow::Continue(()))
			})?;
		}
		Ok(found)
	}

	/// The records of these matches.
	pub fn records_of(&self, matches: &[Match]) -> Result<BTreeMap<RecordId, RecordRow>, Error> {
		let mut records = BTreeMap::new();
		for found in matches {
			if let std::collections::btree_map::Entry::Vacant(place) = records.entry(found.record) {
				place.insert(self.record(found.record)?);
			}
		}
		Ok(records)
	}
}

#[cfg(test)]
mod tests {
	use super::super::{
		samples,
		testing::{on_both, Home},
		Content, Found, Store,
	};
	use super::without_port;
	use cti_primitives::RecordStatus;
	use cti_stix::Likeness;

	on_both! {
		value_should_be_found_in_every_record_that_carries_it,
		value_of_what_was_withdrawn_should_be_gone_from_the_index_too,
		no_more_should_be_found_than_was_asked_for,
	}

	fn indicator(number: u32, pattern: &str) -> String {
		let id = format!("indicator--{number:08}-0000-4000-8000-000000000000");
		format!(r#"{{"type":"indicator","id":"{id}","name":"C2","pattern_type":"stix","pattern":"{pattern}"}}"#)
	}

	fn filled(home: &Home) -> Store {
		let mut store = home.open();
		let put = |store: &mut Store, n: u32, raws: &[String]| {
			let objects = raws.iter().map(|raw| samples::read(raw.clone())).collect();
			store.batch(|batch| batch.put_record(&samples::record(0, n), &Content::Open(objects))).unwrap();
		};
		let address = indicator(1, "[ipv4-addr:value = '198.51.100.7']");
		put(&mut store, 0, &[address.clone(), indicator(2, "[url:value = 'http://evil.example/a']")]);
		put(&mut store, 1, &[address, indicator(3, "[ipv4-addr:value = '198.51.100.0/24']")]);
		store
	}

	fn found(store: &Store, value: &str) -> Vec<(String, Likeness, String)> {
		let Found { matches, more } = store.look_up(value, 10).unwrap();
		assert!(!more);
		assert_eq!(store.records_of(&matches).unwrap().len(), {
			let records: std::collections::BTreeSet<_> = matches.iter().map(|found| found.record).collect();
			records.len()
		});
		matches.into_iter().map(|found| (found.record.to_string(), found.likeness, found.value)).collect()
	}

	fn value_should_be_found_in_every_record_that_carries_it(home: &Home) {
		let store = filled(home);
		let expected = [
			("0/1".into(), Likeness::Same, "198.51.100.7".into()),
			("0/0".into(), Likeness::Same, "198.51.100.7".into()),
			("0/1".into(), Likeness::Network, "198.51.100.0/24".into()),
		];
		assert_eq!(found(&store, "198[.]51.100[.]7"), expected);
		assert_eq!(found(&store, "198.51.100.7:443"), expected, "as logs write it");
		assert_eq!(without_port("[2001:db8::1]:443"), "[2001:db8::1]");
		for whole in ["2001:db8::1", "http://evil.example:8080", "a@evil.example:25", "sha:1234", "evil.example:http"] {
			assert_eq!(without_port(whole), whole);
		}
		let url = [("0/0".into(), Likeness::Same, "http://evil.example/a".into())];
		assert_eq!(found(&store, "evil[.]example"), url);
		assert_eq!(found(&store, "hxxp://evil.example/a"), url);
		assert_eq!(found(&store, "203.0.113.1"), []);
	}

	fn no_more_should_be_found_than_was_asked_for(home: &Home) {
		let store = filled(home);
		let all = store.look_up("198.51.100.7", 3).unwrap();
		assert_eq!((all.matches.len(), all.more), (3, false));
		for limit in 0..3 {
			let found = store.look_up("198.51.100.7", limit).unwrap();
			assert_eq!((&found.matches[..], found.more), (&all.matches[..limit], true));
		}
	}

	fn value_of_what_was_withdrawn_should_be_gone_from_the_index_too(home: &Home) {
		let mut store = filled(home);
		store.batch(|batch| batch.set_status("0/1".parse().unwrap(), RecordStatus::Withdrawn)).unwrap();
		let kept = [("0/0".into(), Likeness::Same, "198.51.100.7".into())];
		assert_eq!(found(&store, "198.51.100.7"), kept, "the same bytes are in another record");
		store.batch(|batch| batch.set_status("0/0".parse().unwrap(), RecordStatus::Withdrawn)).unwrap();
		assert_eq!(found(&store, "198.51.100.7"), []);
		let keys: u32 = store.db.query_one("SELECT count(*) FROM sought", &[], |row| row.get(0)).unwrap();
		assert_eq!(keys, 0);
	}
}
