//! What a request's query asks for (sections 3.4, 3.5 and 5.4 to 5.9).

use super::answer::Refusal;
use crate::store::{Filter, Version};
use cti_stix::Timestamp;
use std::collections::BTreeSet;

/// Most values of one filter.
const MOST_VALUES: usize = 100;

/// What is asked of a collection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
	/// Which objects.
	pub filter: Filter,
	/// How many at most.
	pub limit: usize,
}

/// Which filters an endpoint knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Endpoint {
	/// Objects and manifest: all of them.
	Objects,
	/// One object by its id.
	Object,
	/// The versions of one object.
	Versions,
}

impl Endpoint {
	fn knows(self, field: &str) -> bool {
		match self {
			Endpoint::Objects => matches!(field, "id" | "type" | "version" | "spec_version"),
			Endpoint::Object => matches!(field, "version" | "spec_version"),
			Endpoint::Versions => field == "spec_version",
		}
	}
}

impl Query {
	/// Reads a query. Parameters that TAXII does not know are let be; filters that the endpoint does not know are refused, as
	/// more would come than was asked for. A page has `most` objects at most.
	pub fn read(text: &str, endpoint: Endpoint, most: usize) -> Result<Self, Refusal> {
		let mut query = Self { filter: Filter::default(), limit: most };
		let mut seen = Vec::new();
		for (name, value) in form(text) {
			let field = name.strip_prefix("match[").and_then(|rest| rest.strip_suffix(']'));
			if field.is_none() && !matches!(name.as_str(), "added_after" | "limit" | "next") {
				continue;
			}
			if seen.contains(&name) {
				return Err(Refusal::bad(format!("{name} is there twice: list values with commas")));
			}
			match (field, name.as_str()) {
				(Some(field), _) if endpoint.knows(field) => query.match_field(field, &value)?,
				(Some(field), _) => {
					return Err(Refusal::bad(format!("match[{field}] is no filter of this endpoint")));
				}
				(None, "added_after") => query.begin_after(moment("added_after", &value)?),
				(None, "next") => query.begin_after(place(&value)?),
				_ => query.limit = limit(&value)?.min(most),
			}
			seen.push(name);
		}
		if endpoint == Endpoint::Versions {
			query.filter.versions = vec![Version::All];
		}
		Ok(query)
	}

	/// `next` lies behind the `added_after` that it came with.
	fn begin_after(&mut self, moment: i64) {
		self.filter.after = self.filter.after.max(Some(moment));
	}

	fn match_field(&mut self, field: &str, value: &str) -> Result<(), Refusal> {
		let values: BTreeSet<String> = value.split(',').map(|one| one.trim().to_string()).collect();
		let values: Vec<String> = values.into_iter().collect();
		if values.len() > MOST_VALUES || values.iter().any(String::is_empty) {
			return Err(Refusal::bad(format!("match[{field}] lists 1 to {MOST_VALUES} values between commas")));
		}
		match field {
			"id" => self.filter.ids = values,
			"type" => self.filter.types = values,
			"version" => self.filter.versions = values.iter().map(|one| version(one)).collect::<Result<_, _>>()?,
			_ => self.filter.strict = strictness(&values)?,
		}
		Ok(())
	}
}

fn version(text: &str) -> Result<Version, Refusal> {
	Ok(match text {
		"last" => Version::Last,
		"first" => Version::First,
		"all" => Version::All,
		time => Version::At(moment("match[version]", time)?),
	})
}

/// What has all that STIX 2.1 requires is of that version; what lacks something is handed out as 2.0 to who asks for it.
fn strictness(versions: &[String]) -> Result<Option<bool>, Refusal> {
	if let Some(other) = versions.iter().find(|version| !matches!(version.as_str(), "2.0" | "2.1")) {
		return Err(Refusal::bad(format!("match[spec_version] knows 2.0 and 2.1, not {other:?}")));
	}
	let has = |version: &str| versions.iter().any(|one| one == version);
	Ok((has("2.0") != has("2.1")).then(|| has("2.1")))
}

fn moment(name: &str, text: &str) -> Result<i64, Refusal> {
	let moment = text.parse::<Timestamp>();
	moment.map(Timestamp::micros).map_err(|e| Refusal::bad(format!("{name}={text}: {e}")))
}

fn limit(text: &str) -> Result<usize, Refusal> {
	match text.parse() {
		Ok(limit) if limit > 0 => Ok(limit),
		_ => Err(Refusal::bad(format!("limit={text}: it is a whole number from 1"))),
	}
}

/// Where a page ended.
pub fn next_of(moment: i64) -> String {
	format!("{moment:016x}")
}

fn place(text: &str) -> Result<i64, Refusal> {
	let place = (text.len() == 16).then(|| i64::from_str_radix(text, 16).ok()).flatten();
	place.ok_or_else(|| Refusal::bad(format!("next={text}: take it as the last page gave it")))
}

/// Names and values of a query, unescaped.
fn form(text: &str) -> impl Iterator<Item = (String, String)> + '_ {
	text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
		let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
		(unescaped(name), unescaped(value))
	})
}

/// `%41` is `A`. A `+` stays: clients write it unescaped in times, and no value has a blank.
pub fn unescaped(text: &str) -> String {
	let mut bytes = Vec::with_capacity(text.len());
	let mut rest = text.as_bytes();
	while let [first, behind @ ..] = rest {
		let escaped = match (first, behind) {
			(b'%', [high, low, ..]) => hex::decode([*high, *low]).ok().and_then(|byte| byte.first().copied()),
			_ => None,
		};
		bytes.push(escaped.unwrap_or(*first));
		rest = if escaped.is_some() { &behind[2..] } else { behind };
	}
	String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
	use super::*;

	fn read(text: &str) -> Result<Query, Refusal> {
		Query::read(text, Endpoint::Objects, 1_000)
	}

	#[test]
	fn query_should_be_read() {
		let nothing = Query { filter: Filter::default(), limit: 1_000 };
		assert_eq!(read("").unwrap(), nothing);
		assert_eq!(read("foo=1&bar").unwrap(), nothing);
		let query = read(
			"added_after=2025-01-31T12%3A00%3A00.000001Z&limit=7&match%5Bid%5D=a--1,b--2&match[type]=a&match[version]=first,2025-01-31T13:00:00+01:00&match[spec_version]=2.1",
		)
		.unwrap();
		let noon = 1_738_324_800_000_000;
		assert_eq!(query.limit, 7);
		assert_eq!(query.filter.after, Some(noon + 1));
		assert_eq!(query.filter.ids, ["a--1", "b--2"]);
		assert_eq!(query.filter.types, ["a"]);
		assert_eq!(read("match[id]=b,a,b").unwrap().filter.ids, ["a", "b"], "each once");
		assert_eq!(query.filter.versions, [Version::At(noon), Version::First]);
		assert_eq!(query.filter.strict, Some(true));
		assert_eq!(read("match[spec_version]=2.0").unwrap().filter.strict, Some(false));
		assert_eq!(read("match[spec_version]=2.0,2.1").unwrap().filter.strict, None);
		assert_eq!(read("limit=5000").unwrap().limit, 1_000);
	}

	#[test]
	fn next_page_should_begin_where_the_last_one_ended() {
		let after = |text: &str| read(text).unwrap().filter.after;
		let next = next_of(5_000_000);
		assert_eq!(after(&format!("next={next}")), Some(5_000_000));
		assert_eq!(after(&format!("next={next}&added_after=1970-01-01T00:00:02Z")), Some(5_000_000));
		assert_eq!(after(&format!("added_after=1970-01-01T00:00:09Z&next={next}")), Some(9_000_000));
	}

	#[test]
	fn each_mistake_should_be_named() {
		for (text, part) in [
			("added_after=yesterday", "yesterday"),
			("added_after=", "added_after="),
			("limit=0", "limit=0"),
			("limit=-1", "limit=-1"),
			("limit=many", "limit=many"),
			("next=12", "next=12"),
			("next=zzzzzzzzzzzzzzzz", "zzzz"),
			("match[colour]=red", "match[colour]"),
			("match[version]=newest", "newest"),
			("match[spec_version]=1.2", "1.2"),
			("match[id]=", "match[id]"),
			("match[id]=a,,b", "match[id]"),
			("limit=1&limit=2", "twice"),
		] {
			let refusal = read(text).unwrap_err();
			assert_eq!(refusal.status, 400);
			assert!(refusal.reason.contains(part), "{text}: {}", refusal.reason);
		}
		assert!(Query::read("match[id]=a", Endpoint::Object, 10).is_err());
		assert!(Query::read("match[version]=all", Endpoint::Versions, 10).is_err());
		let versions = Query::read("match[spec_version]=2.1", Endpoint::Versions, 10).unwrap();
		assert_eq!(versions.filter.versions, [Version::All]);
	}

	#[test]
	fn escapes_should_be_read_and_what_is_none_stay() {
		assert_eq!(unescaped("a%2Cb%zz%4"), "a,b%zz%4");
		assert_eq!(unescaped("%E2%82%AC+1"), "€+1");
	}
}
