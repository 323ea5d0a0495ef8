use super::super::{layer::layer, picture::picture};
use super::*;
use crate::store::{samples, RecordRow};
use cti_primitives::RecordStatus;
use serde_json::json;
use subxt::utils::Static;

fn id(text: &str) -> TechniqueId {
	text.parse().unwrap()
}

fn matrix() -> Matrix {
	let technique = |(number, name, status): (&str, &str, TechniqueStatus)| {
		let info = TechniqueInfo { id: Static(id(number)), name: name.into(), status: Static(status) };
		(id(number), info)
	};
	let catalogue = [
		("T1059", "Command and Scripting Interpreter", TechniqueStatus::Active),
		("T1059.001", "PowerShell", TechniqueStatus::Active),
		("T1086", "PowerShell", TechniqueStatus::Revoked(Some(id("T1059.001")))),
		("T1566", "Phishing & <more>", TechniqueStatus::Active),
		("T1043", "Commonly Used Port", TechniqueStatus::Deprecated),
	];
	let tactic = |shortname: &str, name: &str, ids: &[&str]| {
		(shortname.to_string(), name.to_string(), ids.iter().map(|one| id(one)).collect())
	};
	Matrix {
		domain: Domain::Enterprise,
		version: "18.1".parse().unwrap(),
		tactics: vec![
			tactic("initial-access", "Initial Access", &["T1566"]),
			tactic("execution", "Execution", &["T1059", "T1059.001"]),
			tactic("defense-evasion", "Defense Evasion", &["T1059.001"]),
		],
		catalogue: catalogue.into_iter().map(technique).collect(),
	}
}

fn record(n: u32, techniques: &[&str]) -> RecordRow {
	RecordRow {
		announced: crate::store::NewRecord { published: u64::from(n), ..samples::record(0, n) },
		author_name: None,
		noted_status: RecordStatus::Open,
		content: "open".into(),
		problem: None,
		objects: 1,
		techniques: techniques.iter().map(|one| (id(one), None)).collect(),
	}
}

fn coverage() -> Coverage {
	let records =
		[record(1, &["T1059.001", "T1086"]), record(2, &["T1086", "T1043"]), record(3, &[]), record(4, &["T1043"])];
	matrix().cover(&records)
}

#[test]
fn records_should_count_where_their_techniques_are_today() {
	let coverage = coverage();
	let counts: Vec<Vec<usize>> = coverage
		.columns
		.iter()
		.map(|column| column.cells.iter().map(|cell| cell.seen.records.len()).collect())
		.collect();
	assert_eq!(counts, [vec![0], vec![0, 2], vec![2]], "a revoked id counts for its successor, once for each record");
	assert_eq!((coverage.records, coverage.most()), (2, 2));
	assert_eq!(coverage.columns[2].cells[0].seen.newest, 2);
	assert_eq!(coverage.elsewhere.keys().map(ToString::to_string).collect::<Vec<_>>(), ["T1043"]);
}

#[test]
fn layer_should_score_each_cell_and_leave_the_rest_out() {
	let layer = layer(&coverage(), "name", "what");
	assert_eq!(layer["versions"], json!({ "attack": "18", "navigator": "5.1.0", "layer": "4.5" }));
	assert_eq!(layer["domain"], "enterprise-attack");
	let techniques = layer["techniques"].as_array().unwrap();
	let placed: Vec<_> = techniques.iter().map(|one| (&one["techniqueID"], &one["tactic"], &one["score"])).collect();
	let (id, score) = (json!("T1059.001"), json!(2));
	assert_eq!(placed, [(&id, &json!("execution"), &score), (&id, &json!("defense-evasion"), &score)]);
	assert_eq!(techniques[0]["color"], colour(2, 2));
	assert_eq!(techniques[0]["comment"], "records 0/2, 0/1");
	assert_eq!(techniques[0]["links"][0]["url"], "https://attack.mitre.org/techniques/T1059/001/");
}

#[test]
fn colours_should_grow_stronger_and_never_fail() {
	assert_eq!(colour(0, 0), "#fde0aa");
	assert_eq!(colour(9, 9), "#b2182b");
	let strengths: Vec<u8> = (1..=8).map(|n| u8::from_str_radix(&colour(n, 8)[3..5], 16).unwrap()).collect();
	assert!(strengths.windows(2).all(|pair| pair[0] > pair[1]), "{strengths:?}");
}

#[test]
fn picture_should_name_what_records_name_and_obey_no_text() {
	let mut matrix = matrix();
	matrix.catalogue.get_mut(&id("T1059.001")).unwrap().name = "Power<script>Shell & more".into();
	let coverage = matrix.cover(&[record(1, &["T1059.001"])]);
	let svg = picture(&coverage, "Title \"&\"", "subtitle");
	assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
	assert!(
		svg.contains("T1059.001 · 1") && svg.contains("1 of 2") && svg.contains("Title &quot;&amp;&quot;"),
		"{svg}"
	);
	assert!(!svg.contains("<script>"));
	assert!(
		svg.contains("T1566 Phishing &amp; &lt;more&gt;: 0 records"),
		"also what no record names is told to who points at it"
	);
}
