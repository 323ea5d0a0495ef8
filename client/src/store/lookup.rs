//! What the store knows of a value.

use super::{
	db::values,
	query::{read_object, record_id},
	ObjectRow, RecordRow, Store,
};
use crate::error::Error;
use cti_primitives::RecordId;
use cti_stix::{asked, Likeness};
use std::collections::BTreeMap;

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

impl Store {
	/// The objects that speak of the value, whether defanged or not, the likest first and then in the order in which they came; each
	/// once for each record that carries it, whatever became of that.
	pub fn look_up(&self, value: &str) -> Result<Vec<Match>, Error> {
		let sql = "SELECT o.position, o.id, o.type, o.name, o.modified, o.content, o.author, o.n, s.path, s.value
			FROM sought s JOIN objects o ON o.content = s.content WHERE s.key = ? ORDER BY o.added, s.path";
		let mut found: Vec<Match> = Vec::new();
		for (key, likeness) in asked(value) {
			let more = self.db.query(sql, &values![key], |row| {
				Ok(Match {
					likeness,
					object: read_object(row)?,
					record: record_id(row, 6, 7)?,
					path: row.get(8)?,
					value: row.get(9)?,
				})
			})?;
			let is_known = |one: &Match| {
				let place = |of: &Match| (of.record, of.object.position);
				found.iter().any(|known| place(known) == place(one) && known.value == one.value)
			};
			let new: Vec<Match> = more.into_iter().filter(|one| !is_known(one)).collect();
			found.extend(new);
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
		Content, Store,
	};
	use cti_primitives::RecordStatus;
	use cti_stix::Likeness;

	on_both! {
		value_should_be_found_in_every_record_that_carries_it,
		value_of_what_was_withdrawn_should_be_gone_from_the_index_too,
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
		let matches = store.look_up(value).unwrap();
		assert_eq!(store.records_of(&matches).unwrap().len(), {
			let records: std::collections::BTreeSet<_> = matches.iter().map(|found| found.record).collect();
			records.len()
		});
		matches.into_iter().map(|found| (found.record.to_string(), found.likeness, found.value)).collect()
	}

	fn value_should_be_found_in_every_record_that_carries_it(home: &Home) {
		let store = filled(home);
		let expected = [
			("0/0".into(), Likeness::Same, "198.51.100.7".into()),
			("0/1".into(), Likeness::Same, "198.51.100.7".into()),
			("0/1".into(), Likeness::Network, "198.51.100.0/24".into()),
		];
		assert_eq!(found(&store, "198[.]51.100[.]7"), expected);
		let url = [("0/0".into(), Likeness::Same, "http://evil.example/a".into())];
		assert_eq!(found(&store, "evil[.]example"), url);
		assert_eq!(found(&store, "hxxp://evil.example/a"), url);
		assert_eq!(found(&store, "203.0.113.1"), []);
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
