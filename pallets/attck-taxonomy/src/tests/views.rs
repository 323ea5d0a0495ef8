use super::*;

#[test]
fn views_should_be_empty_without_a_catalogue() {
	build_and_execute(|| {
		assert!(AttckTaxonomy::versions().is_empty());
		assert_eq!(AttckTaxonomy::technique(id("T1059")), None);
		assert!(AttckTaxonomy::techniques(Domain::Enterprise).is_empty());
		assert!(AttckTaxonomy::matrix(Domain::Enterprise).is_empty());
		assert_eq!(AttckTaxonomy::import(Domain::Enterprise), None);
	});
}

#[test]
fn technique_should_show_names_and_shortnames() {
	build_and_execute(|| {
		assert_ok!(import(Domain::Mobile, V17_1, &v17()));
		let expected = TechniqueInfo {
			id: id("T1566"),
			domain: Domain::Mobile,
			name: "name of T1566".into(),
			tactics: vec!["initial-access".into(), "execution".into()],
			status: Active,
		};
		assert_eq!(AttckTaxonomy::technique(id("T1566")), Some(expected));
		assert_eq!(AttckTaxonomy::technique(id("T1454")).unwrap().tactics, Vec::<String>::new());
	});
}

#[test]
fn techniques_should_be_those_of_the_domain_ascending_whatever_their_status() {
	build_and_execute(|| {
		assert_ok!(import(Domain::Mobile, V17_1, &v17()));
		assert_ok!(import(Domain::Ics, V17_1, &[page(tactics(), vec![entry("T0802", &[], Active)])]));
		let ids: Vec<_> = AttckTaxonomy::techniques(Domain::Mobile).iter().map(|t| t.id.to_string()).collect();
		assert_eq!(ids, ["T1059", "T1059.001", "T1086", "T1108", "T1454", "T1566"]);
	});
}

#[test]
fn matrix_should_have_active_techniques_under_their_tactics_in_order() {
	build_and_execute(|| {
		assert_ok!(import(Domain::Mobile, V17_1, &v17()));
		assert_ok!(import(Domain::Ics, V17_1, &[page(tactics(), vec![entry("T0802", &[1], Active)])]));
		let matrix: Vec<_> = AttckTaxonomy::matrix(Domain::Mobile)
			.into_iter()
			.map(|(tactic, cells)| (tactic.shortname, tactic.name, cells))
			.collect();
		let expected = [
			("initial-access".to_string(), "INITIAL-ACCESS".to_string(), vec![id("T1566")]),
			("execution".to_string(), "EXECUTION".to_string(), vec![id("T1059"), id("T1059.001"), id("T1566")]),
		];
		assert_eq!(matrix, expected);
	});
}
