//! What the consortium holds of exported records, as STIX 2.1 opinions.
//!
//! A record's credibility becomes one `opinion` by the consortium's identity about the objects of the record. The objects
//! themselves stay as their source wrote them, their `confidence` too; a source's reliability is told in words only and
//! never turned into a number of confidence.

use crate::{chain::View, error::Error, store::RecordRow, time};
use blake2::{digest::consts::U16, Blake2b, Digest};
use cti_primitives::{Credibility, Hash, RecordId, Reliability, Tlp};
use cti_scoring::Facts;
use serde_json::{json, Value};
use std::collections::BTreeMap;

/// When the extension that holds the numbers was defined.
const DEFINED: &str = "2026-11-28T00:00:00.000Z";
/// What it means.
const MEANING: &str = "Properties of an opinion on a record shared in a Testudo consortium. credibility: 1 to 6 on the \
Admiralty scale. reliability: A to F, of the record's author. credibility_confidence: the number that appendix A of STIX 2.1 \
gives the credibility. scores: by type of object, 0 to 100, fading with time, as of the opinion's modification.";

/// What the consortium holds of one record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judged {
	/// Of its author.
	pub reliability: Reliability,
	/// By its readers' votes.
	pub credibility: Credibility,
	/// `12.4 confirmed, 1.1 refuted`, of its author.
	pub evidence: String,
	/// What the scores of its objects are made of.
	pub facts: Facts,
}

/// The opinions that go with an export.
pub struct Opinions {
	genesis: Hash,
	now: u64,
	judged: BTreeMap<RecordId, Judged>,
}

impl Opinions {
	/// Of these records, as they are known at `now` (unix seconds).
	pub fn new(genesis: Hash, now: u64, judged: BTreeMap<RecordId, Judged>) -> Self {
		Self { genesis, now, judged }
	}

	/// Asks the chain for what is held of these records.
	pub async fn ask(view: &View, genesis: Hash, now: u64, records: &[RecordId]) -> Result<Self, Error> {
		let mut judged = BTreeMap::new();
		for record in records {
			let Some(info) = view.credibility(*record).await? else { continue };
			let one = Judged {
				reliability: *info.author.reliability,
				credibility: *info.credibility,
				evidence: info.author.evidence(),
				facts: *info.facts,
			};
			judged.insert(*record, one);
		}
		Ok(Self::new(genesis, now, judged))
	}

	/// The opinion on a record about these objects; none if nobody could judge it.
	pub fn about(&self, row: &RecordRow, objects: &[String]) -> Option<Value> {
		let record = row.announced.record;
		let judged = self.judged.get(&record)?;
		let (opinion, confidence) = (judged.credibility.opinion()?, judged.credibility.confidence()?);
		let Judged { reliability, credibility, evidence, facts } = judged;
		let types = objects.iter().filter_map(|id| id.split_once("--")).map(|(object_type, _)| object_type);
		let scores: BTreeMap<_, _> = types.map(|of| (of, cti_scoring::score(facts, of, self.now))).collect();
		Some(json!({
			"type": "opinion",
			"spec_version": "2.1",
			"id": format!("opinion--{}", self.uuid(&record.to_string())),
			"created_by_ref": self.identity_id(),
			"created": moment(row.announced.published),
			"modified": moment(self.now.max(row.announced.published)),
			"explanation": format!("{reliability}{credibility}, {evidence}"),
			"opinion": opinion,
			"object_refs": objects,
			"object_marking_refs": [marking(row.announced.tlp)],
			"extensions": {
				self.extension_id(): {
					"extension_type": "property-extension",
					"record": record.to_string(),
					"reliability": reliability,
					"credibility": credibility.number(),
					"credibility_confidence": confidence,
					"scores": scores,
				},
			},
		}))
	}

	/// The consortium, and the extension that its opinions have.
	pub fn context(&self) -> [Value; 2] {
		let identity = json!({
			"type": "identity",
			"spec_version": "2.1",
			"id": self.identity_id(),
			"created": DEFINED,
			"modified": DEFINED,
			"name": format!("Testudo consortium {}", &hex::encode(self.genesis)[..8]),
			"identity_class": "group",
		});
		let extension = json!({
			"type": "extension-definition",
			"spec_version": "2.1",
			"id": self.extension_id(),
			"created_by_ref": self.identity_id(),
			"created": DEFINED,
			"modified": DEFINED,
			"name": "Admiralty code of shared records",
			"schema": MEANING,
			"version": "1.0.0",
			"extension_types": ["property-extension"],
		});
		[identity, extension]
	}

	fn identity_id(&self) -> String {
		format!("identity--{}", self.uuid("identity"))
	}

	/// One for each consortium, as is the identity that made it.
	fn extension_id(&self) -> String {
		format!("extension-definition--{}", self.uuid("extension"))
	}

	/// The same for the same thing of the same chain, in the form of a random UUID.
	fn uuid(&self, of: &str) -> String {
		let mut hash = Blake2b::<U16>::new();
		hash.update(b"testudo/opinion");
		hash.update(self.genesis);
		hash.update(of.as_bytes());
		crate::export::random_uuid(hash.finalize().into())
	}
}

fn moment(seconds: u64) -> String {
	time::rfc3339(i64::try_from(seconds).unwrap_or(i64::MAX / 1_000_000).saturating_mul(1_000_000))
}

/// The marking definition of TLP 2.0.
fn marking(tlp: Tlp) -> &'static str {
	match tlp {
		Tlp::Clear => "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
		Tlp::Green => "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
		Tlp::Amber => "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
		Tlp::AmberStrict => "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
		Tlp::Red => "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
	}
}
