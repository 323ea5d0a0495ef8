mod bad_input;
mod bundles;
mod fields;
mod official;

use super::{derive, Bundle, ImportError};
use cti_primitives::catalogue::{Catalogue, CatalogueVersion};
use serde_json::{json, Value};

const V18_1: CatalogueVersion = CatalogueVersion { major: 18, minor: 1 };

fn import(objects: Vec<Value>) -> Result<Catalogue, ImportError> {
	import_as(objects, Some(V18_1))
}

fn import_as(objects: Vec<Value>, version: Option<CatalogueVersion>) -> Result<Catalogue, ImportError> {
	let text = json!({ "type": "bundle", "id": "bundle--1", "spec_version": "2.0", "objects": objects }).to_string();
	derive(Bundle::read(text.as_bytes())?, version)
}

fn cited(id: &str) -> Value {
	json!([{ "source_name": "Somebody", "external_id": "T0001" }, { "source_name": "mitre-attack", "external_id": id }])
}

fn matrix(domain: &str, tactics: &[&str]) -> Value {
	json!({ "type": "x-mitre-matrix", "id": "x-mitre-matrix--1", "external_references": cited(domain), "tactic_refs": tactics })
}

/// The tactic whose STIX id is its shortname.
fn tactic(id: &str, shortname: &str) -> Value {
	json!({
		"type": "x-mitre-tactic", "id": shortname, "name": shortname.to_uppercase(), "x_mitre_shortname": shortname,
		"external_references": cited(id),
	})
}

/// The technique whose STIX id is its ATT&CK id.
fn technique(id: &str, phases: &[&str]) -> Value {
	let phases: Vec<_> =
		phases.iter().map(|phase| json!({ "kill_chain_name": "mitre-attack", "phase_name": phase })).collect();
	json!({
		"type": "attack-pattern", "id": id, "name": format!("name of {id}"), "external_references": cited(id),
		"kill_chain_phases": phases, "x_mitre_domains": ["enterprise-attack"],
	})
}

fn with(mut object: Value, member: &str, value: Value) -> Value {
	object[member] = value;
	object
}

fn revoked_by(source: &str, target: &str, modified: &str) -> Value {
	json!({
		"type": "relationship", "id": "relationship--1", "relationship_type": "revoked-by", "source_ref": source,
		"target_ref": target, "modified": modified,
	})
}

/// A matrix with two tactics, `two` before `one`.
fn frame() -> Vec<Value> {
	vec![matrix("enterprise-attack", &["two", "one"]), tactic("TA0001", "one"), tactic("TA0002", "two")]
}

fn framed(objects: impl IntoIterator<Item = Value>) -> Vec<Value> {
	frame().into_iter().chain(objects).collect()
}
