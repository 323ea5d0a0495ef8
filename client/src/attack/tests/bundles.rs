use super::*;
use cti_primitives::{
	catalogue::{text, TacticId},
	Domain, TechniqueStatus,
};

fn statuses(catalogue: &Catalogue) -> Vec<(String, TechniqueStatus)> {
	catalogue.techniques().map(|entry| (entry.id.to_string(), entry.status)).collect()
}

#[test]
fn technique_should_keep_its_name_and_its_tactics_in_the_order_of_the_matrix() {
	let catalogue = import(framed([technique("T1059", &["one", "two", "one"])])).unwrap();
	let entry = catalogue.techniques().next().unwrap();
	assert_eq!(text(&entry.name), "name of T1059");
	assert_eq!(entry.tactics.to_vec(), [TacticId(2), TacticId(1)]);
	assert_eq!((catalogue.domain, catalogue.version), (Domain::Enterprise, V18_1));
}

#[test]
fn tactics_should_follow_the_matrix_in_use_then_retired_ones_then_none() {
	let objects = vec![
		with(matrix("enterprise-attack", &["old", "one"]), "x_mitre_deprecated", json!(true)),
		matrix("enterprise-attack", &["two", "one"]),
		tactic("TA0009", "stray"),
		tactic("TA0008", "lost"),
		tactic("TA0003", "old"),
		tactic("TA0001", "one"),
		tactic("TA0002", "two"),
		technique("T1059", &[]),
	];
	let catalogue = import(objects).unwrap();
	let names: Vec<_> = catalogue.tactics().map(|tactic| text(&tactic.shortname)).collect();
	assert_eq!(names, ["two", "one", "old", "lost", "stray"]);
	assert_eq!(text(&catalogue.tactics().next().unwrap().name), "TWO");
}

#[test]
fn status_should_be_revoked_before_deprecated_before_active() {
	let deprecated = |id| with(technique(id, &[]), "x_mitre_deprecated", json!(true));
	let catalogue = import(framed([
		technique("T0001", &[]),
		deprecated("T0002"),
		with(deprecated("T0003"), "revoked", json!(true)),
		with(technique("T0004", &[]), "revoked", json!(true)),
		revoked_by("T0004", "T0001", "2024-01-01T00:00:00.000Z"),
		revoked_by("T0001", "T0002", "2024-01-01T00:00:00.000Z"),
	]))
	.unwrap();
	use TechniqueStatus::*;
	let expected = [Active, Deprecated, Revoked(None), Revoked(Some("T0001".parse().unwrap()))].into_iter().enumerate();
	let expected: Vec<_> = expected.map(|(n, status)| (format!("T000{}", n + 1), status)).collect();
	assert_eq!(statuses(&catalogue), expected);
}

#[test]
fn newest_valid_statement_of_a_successor_should_hold() {
	let revoked = || with(technique("T0001", &[]), "revoked", json!(true));
	let others = || [technique("T0002", &[]), technique("T0003", &[]), technique("T0004", &[])];
	let older = || revoked_by("T0001", "T0002", "2020-01-01T00:00:00.000Z");
	let newer = || revoked_by("T0001", "T0003", "2024-01-01T00:00:00.000Z");
	let withdrawn =
		|| with(revoked_by("T0001", "T0004", "2025-01-01T00:00:00.000Z"), "x_mitre_deprecated", json!(true));
	for statements in [[older(), newer(), withdrawn()], [withdrawn(), newer(), older()]] {
		let catalogue = import(framed([revoked()].into_iter().chain(others()).chain(statements))).unwrap();
		let expected = TechniqueStatus::Revoked(Some("T0003".parse().unwrap()));
		assert_eq!(statuses(&catalogue)[0].1, expected);
	}
}

#[test]
fn techniques_of_other_domains_and_other_kill_chains_should_be_left_out() {
	let mobile = with(technique("T0002", &["nowhere"]), "x_mitre_domains", json!(["mobile-attack"]));
	let phase = json!([{ "kill_chain_name": "lockheed-martin", "phase_name": "nowhere" }]);
	let catalogue = import(framed([with(technique("T0001", &[]), "kill_chain_phases", phase), mobile])).unwrap();
	assert_eq!(statuses(&catalogue), [("T0001".into(), TechniqueStatus::Active)]);
	assert!(catalogue.techniques().next().unwrap().tactics.is_empty());
}

#[test]
fn technique_without_domains_should_belong_to_the_matrix() {
	let catalogue = import(framed([with(technique("T0001", &[]), "x_mitre_domains", json!([]))])).unwrap();
	assert_eq!(catalogue.count(), 1);
}

#[test]
fn version_should_come_from_the_collection_or_the_caller() {
	let collection = |version: &str| json!({ "type": "x-mitre-collection", "id": "c", "x_mitre_version": version });
	let objects = |version: Option<&str>| framed([technique("T0001", &[])].into_iter().chain(version.map(collection)));
	let v17_1 = CatalogueVersion { major: 17, minor: 1 };
	assert_eq!(import_as(objects(Some("17.1")), None).unwrap().version, v17_1);
	assert_eq!(import_as(objects(Some("17.1")), Some(v17_1)).unwrap().version, v17_1);
	assert_eq!(import_as(objects(Some("draft")), Some(v17_1)).unwrap().version, v17_1);
	assert_eq!(import_as(objects(None), Some(v17_1)).unwrap().version, v17_1);
	assert!(matches!(import_as(objects(None), None), Err(ImportError::NoVersion)));
	assert!(matches!(import_as(objects(Some("draft")), None), Err(ImportError::InvalidVersion(v)) if v == "draft"));
	assert!(matches!(
		import_as(objects(Some("17.1")), Some(V18_1)),
		Err(ImportError::VersionMismatch { stated, given }) if stated == v17_1 && given == V18_1
	));
}
