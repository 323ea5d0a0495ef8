use super::*;
use cti_primitives::Taxonomy;
use std::collections::BTreeSet;

#[test]
fn resolve_should_follow_revocations_and_accept_deprecated() {
	build_and_execute(|| {
		assert_ok!(import(Domain::Enterprise, V18_1, &v18()));
		assert_ok!(import(Domain::Mobile, V17_1, &[page(tactics(), vec![entry("T1400", &[], Deprecated)])]));
		let resolve = |text| <AttckTaxonomy as Taxonomy>::resolve(id(text));
		assert_eq!(resolve("T1059"), Some((id("T1059"), Active)));
		assert_eq!(resolve("T1566"), Some((id("T1059.001"), Active)), "two steps");
		assert_eq!(resolve("T1400"), Some((id("T1400"), Deprecated)));
		assert_eq!(resolve("T1454"), None, "revoked without successor");
		assert_eq!(resolve("T1059.002"), None, "unknown");
	});
}

#[test]
fn check_all_should_name_the_first_that_does_not_resolve() {
	build_and_execute(|| {
		assert_ok!(import(Domain::Enterprise, V18_1, &v18()));
		let check = |texts: &[&str]| AttckTaxonomy::check_all(&texts.iter().map(|text| id(text)).collect::<Vec<_>>());
		assert_eq!(check(&["T1059", "T1086", "T1566"]), Ok(()));
		assert_eq!(check(&["T1059", "T9999", "T1454"]), Err(id("T9999")));
		assert_eq!(check(&["T1454", "T9999"]), Err(id("T1454")));
		assert_eq!(check(&[]), Ok(()));
	});
}

/// Nodes of the state that `work` needs.
fn nodes(work: impl FnOnce()) -> BTreeSet<Vec<u8>> {
	let mut ext = new_test_ext();
	ext.execute_with(|| {
		assert_ok!(import(Domain::Enterprise, V18_1, &v18()));
	});
	ext.commit_all().unwrap();
	ext.execute_and_prove(work).1.into_iter_nodes().collect()
}

#[test]
fn techniques_of_a_record_should_need_nothing_but_the_index() {
	let index = nodes(|| assert!(!TechniqueIndex::<Test>::get().is_empty()));
	let many = ["T1059", "T1059.001", "T1059.013", "T1086", "T1566"].map(id);
	assert_eq!(nodes(|| assert_eq!(AttckTaxonomy::check_all(&many), Ok(()))), index);
	assert_eq!(nodes(|| assert!(<AttckTaxonomy as Taxonomy>::resolve(id("T1566")).is_some())), index);
	assert!(nodes(|| assert_eq!(AttckTaxonomy::check_all(&[]), Ok(()))).is_subset(&nodes(|| ())));
}
