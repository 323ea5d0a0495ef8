//! An ATT&CK Navigator layer, format 4.5.

use super::coverage::{colour, Coverage, Seen};
use crate::{render::count, time};
use cti_primitives::TechniqueId;
use serde_json::{json, Value};

/// The format's version, and the Navigator's that reads it.
const FORMAT: &str = "4.5";
const NAVIGATOR: &str = "5.1.0";
/// Records of a technique that its comment names.
const NAMED: usize = 20;

/// From the fewest records to the most.
fn legend(most: usize) -> Vec<Value> {
	let item = |records: usize| json!({ "label": count(records as u64, "record"), "color": colour(records, most) });
	if most > 1 {
		vec![item(1), item(most)]
	} else {
		vec![item(1)]
	}
}

/// The layer: a technique's score is the number of records that name it; those that none names are left out and have the
/// Navigator's own look.
pub fn layer(coverage: &Coverage, name: &str, description: &str) -> Value {
	let most = coverage.most();
	let mut techniques = Vec::new();
	for column in &coverage.columns {
		for cell in column.cells.iter().filter(|cell| !cell.seen.records.is_empty()) {
			techniques.push(technique(cell.id, &column.shortname, &cell.seen, most));
		}
	}
	json!({
		"name": name,
		"versions": { "attack": coverage.version.major.to_string(), "navigator": NAVIGATOR, "layer": FORMAT },
		"domain": coverage.domain.name(),
		"description": description,
		"sorting": 3,
		"layout": {
			"layout": "side",
			"aggregateFunction": "sum",
			"showID": true,
			"showName": true,
			"showAggregateScores": true,
			"countUnscored": false,
			"expandedSubtechniques": "annotated",
		},
		"hideDisabled": false,
		"techniques": techniques,
		"gradient": { "colors": [colour(0, 1), colour(1, 1)], "minValue": 0, "maxValue": most.max(1) },
		"legendItems": legend(most),
		"metadata": [
			{ "name": "records", "value": coverage.records.to_string() },
			{ "name": "attack", "value": coverage.version.to_string() },
		],
		"links": [{ "label": "ATT&CK", "url": "https://attack.mitre.org/" }],
		"showTacticRowBackground": false,
		"tacticRowBackground": "#dddddd",
		"selectTechniquesAcrossTactics": true,
		"selectSubtechniquesWithParent": false,
		"selectVisibleTechniques": false,
	})
}

fn technique(id: TechniqueId, tactic: &str, seen: &Seen, most: usize) -> Value {
	let records = seen.records.len();
	let newest = time::readable(seen.newest);
	json!({
		"techniqueID": id.to_string(),
		"tactic": tactic,
		"score": records,
		"color": colour(records, most),
		"comment": comment(seen),
		"enabled": true,
		"metadata": [{ "name": "newest record (UTC)", "value": newest }],
		"links": [{ "label": format!("{id} at MITRE"), "url": address(id) }],
		"showSubtechniques": true,
	})
}

fn comment(seen: &Seen) -> String {
	let mut named: Vec<String> = seen.records.iter().rev().take(NAMED).map(|record| record.to_string()).collect();
	let more = seen.records.len().saturating_sub(NAMED);
	if more > 0 {
		named.push(format!("and {more} more"));
	}
	format!("records {}", named.join(", "))
}

/// MITRE's page on a technique.
pub fn address(id: TechniqueId) -> String {
	format!("https://attack.mitre.org/techniques/{}/", id.to_string().replace('.', "/"))
}
