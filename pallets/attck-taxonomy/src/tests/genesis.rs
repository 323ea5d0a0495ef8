use super::*;
use crate::official;

fn official_ext() -> TestState {
	let genesis = RuntimeGenesisConfig {
		attck_taxonomy: GenesisConfig { official_catalogue: true, ..Default::default() },
		..Default::default()
	};
	TestState::new(genesis.build_storage().unwrap())
}

fn with_official_catalogue(test: impl FnOnce()) {
	official_ext().execute_with(|| {
		test();
		AttckTaxonomy::do_try_state().unwrap();
	});
}

#[test]
fn genesis_should_start_empty_unless_asked() {
	build_and_execute(|| {
		assert!(AttckTaxonomy::versions().is_empty());
		assert!(TechniqueIndex::<Test>::get().is_empty());
	});
}

#[test]
fn genesis_should_start_with_v18_1_of_all_domains() {
	with_official_catalogue(|| {
		let versions: Vec<_> = AttckTaxonomy::versions().iter().map(|v| (v.domain, v.version, v.techniques)).collect();
		let expected = [(Domain::Enterprise, V18_1, 835), (Domain::Mobile, V18_1, 190), (Domain::Ics, V18_1, 95)];
		assert_eq!(versions, expected);
		assert_eq!(TechniqueIndex::<Test>::get().len(), 835 + 190 + 95);
		assert_eq!(NextGeneration::<Test>::get(), 3);
		assert!(Retired::<Test>::get().is_empty() && Imports::<Test>::iter().next().is_none());
	});
}

#[test]
fn genesis_should_keep_every_technique_of_the_tables() {
	with_official_catalogue(|| {
		for catalogue in official::catalogues().unwrap() {
			let generation = generation(catalogue.domain);
			for entry in catalogue.techniques() {
				let kept = Techniques::<Test>::get((catalogue.domain, generation, entry.id)).unwrap();
				assert_eq!(
					(kept.name, kept.tactics, kept.status),
					(entry.name.clone(), entry.tactics.clone(), entry.status)
				);
			}
			let tactics = Tactics::<Test>::get(catalogue.domain, generation).unwrap();
			assert!(catalogue.tactics().eq(&tactics));
		}
	});
}

#[test]
fn official_catalogue_should_resolve_what_is_known_of_it() {
	with_official_catalogue(|| {
		let resolved = |text| AttckTaxonomy::resolve(id(text));
		assert_eq!(resolved("T1059.001"), Some((id("T1059.001"), Active)));
		assert_eq!(resolved("T1086"), Some((id("T1059.001"), Active)));
		assert_eq!(resolved("T1454"), None);
		assert_eq!(resolved("T1431"), Some((id("T1476"), Deprecated)));
		assert_eq!(resolved("T9999"), None);

		let powershell = AttckTaxonomy::technique(id("T1059.001")).unwrap();
		assert_eq!((powershell.name.as_str(), powershell.domain), ("PowerShell", Domain::Enterprise));
		assert_eq!(powershell.tactics, ["execution"]);
		let ghost = AttckTaxonomy::technique(id("T1055.013")).unwrap();
		assert_eq!(ghost.name, "Process Doppelgänging");
		assert_eq!(ghost.tactics, ["privilege-escalation", "defense-evasion"]);
	});
}

#[test]
fn official_matrices_should_have_the_columns_of_the_sites() {
	with_official_catalogue(|| {
		let columns = Domain::ALL.map(|domain| AttckTaxonomy::matrix(domain).len());
		assert_eq!(columns, [14, 12, 12]);
		let enterprise = AttckTaxonomy::matrix(Domain::Enterprise);
		let ids: Vec<_> = enterprise.iter().map(|(tactic, _)| tactic.id.to_string()).collect();
		let expected = [
			"TA0043", "TA0042", "TA0001", "TA0002", "TA0003", "TA0004", "TA0005", "TA0006", "TA0007", "TA0008",
			"TA0009", "TA0011", "TA0010", "TA0040",
		];
		assert_eq!(ids, expected);
		assert!(enterprise[3].1.contains(&id("T1059.001")) && !enterprise[3].1.contains(&id("T1086")));
	});
}

#[test]
fn official_catalogue_should_be_replaced_and_cleared_like_any_other() {
	let mut ext = official_ext();
	ext.execute_with(|| {
		System::set_block_number(1);
		assert_ok!(import(Domain::Ics, CatalogueVersion { major: 19, minor: 0 }, &ics_v19()));
		assert_eq!(AttckTaxonomy::resolve(id("T0803")), None);
		assert_eq!(AttckTaxonomy::resolve(id("T1059")), Some((id("T1059"), Active)));
	});
	for _ in 0..3 {
		ext.commit_all().unwrap();
		ext.execute_with(|| {
			idle(1);
			AttckTaxonomy::do_try_state().unwrap();
		});
	}
	ext.execute_with(|| {
		assert!(Retired::<Test>::get().is_empty());
		assert_eq!(Techniques::<Test>::iter_keys().count(), 835 + 190 + 1);
	});
}

fn ics_v19() -> Vec<cti_primitives::catalogue::CataloguePage> {
	vec![page(vec![tactic(100, "collection")], vec![entry("T0802", &[100], Active)])]
}

#[test]
fn broken_catalogue_should_be_refused_at_genesis_too() {
	build_and_execute(|| {
		let orphan = catalogue(Domain::Ics, V18_1, vec![page(tactics(), vec![entry("T1059.001", &[], Active)])]);
		let result = frame::deps::frame_support::storage::with_storage_layer(|| AttckTaxonomy::install(orphan));
		assert_eq!(result, Err(Error::<Test>::OrphanSubTechnique.into()));
	});
}
