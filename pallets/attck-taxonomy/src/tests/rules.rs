//! An import that breaks a rule is refused with its own error, and nothing is lost.

use super::*;
use crate::mock::assert_refused_and_nothing_lost as assert_refused;

fn refused(techniques: Vec<cti_primitives::catalogue::CatalogueEntry>, error: Error<Test>) {
	build_and_execute(|| {
		let pages = [page(tactics(), techniques)];
		assert_refused(&pages, count(&pages), error);
	});
}

#[test]
fn orphan_sub_technique_should_be_refused() {
	refused(vec![entry("T1059.001", &[], Active)], Error::OrphanSubTechnique);
}

#[test]
fn parent_on_another_page_should_do() {
	build_and_execute(|| {
		let pages =
			[page(vec![], vec![entry("T1059.001", &[], Active)]), page(tactics(), vec![entry("T1059", &[], Active)])];
		assert_ok!(import(Domain::Enterprise, V18_1, &pages));
	});
}

#[test]
fn revocation_in_a_circle_should_be_refused() {
	let circle = vec![
		entry("T1059", &[], Revoked(Some(id("T1060")))),
		entry("T1060", &[], Revoked(Some(id("T1061")))),
		entry("T1061", &[], Revoked(Some(id("T1059")))),
	];
	refused(circle, Error::EndlessRevocation);
}

#[test]
fn missing_successor_should_be_refused() {
	refused(vec![entry("T1059", &[], Revoked(Some(id("T1060"))))], Error::MissingSuccessor);
}

#[test]
fn unknown_tactic_should_be_refused() {
	refused(vec![entry("T1059", &[2, 7], Active)], Error::UnknownTactic);
}

#[test]
fn more_tactics_than_a_domain_can_have_should_be_refused() {
	let technique = |n: u16| {
		let tactics: Vec<_> = (0..8).map(|tactic| n * 8 + tactic).collect();
		entry(&format!("T{:04}", n + 1), &tactics, Active)
	};
	refused((0..5).map(technique).collect(), Error::UnknownTactic);
}

#[test]
fn wrong_count_should_be_refused() {
	for wrong in [5, 7] {
		build_and_execute(|| assert_refused(&v18(), wrong, Error::CountMismatch));
	}
}

#[test]
fn technique_that_is_there_twice_should_be_refused() {
	refused(vec![entry("T1059", &[], Active), entry("T1059", &[], Active)], Error::DuplicateTechnique);
	refused(vec![entry("T1060", &[], Active), entry("T1059", &[], Active)], Error::DuplicateTechnique);
	build_and_execute(|| {
		let twice =
			[page(tactics(), vec![entry("T1059", &[], Active)]), page(vec![], vec![entry("T1059", &[], Deprecated)])];
		assert_refused(&twice, 2, Error::DuplicateTechnique);
	});
}

#[test]
fn name_that_is_no_text_should_be_refused() {
	for bad in [vec![], vec![0xff]] {
		let named =
			cti_primitives::catalogue::CatalogueEntry { name: bad.try_into().unwrap(), ..entry("T1059", &[], Active) };
		refused(vec![named], Error::InvalidName);
	}
}

#[test]
fn tactics_should_be_on_exactly_one_page() {
	build_and_execute(|| {
		let none = [page(vec![], vec![entry("T1059", &[], Active)])];
		assert_refused(&none, 1, Error::TacticsNotOnOnePage);
	});
	build_and_execute(|| {
		let two = [page(tactics(), vec![entry("T1059", &[], Active)]), page(vec![tactic(9, "impact")], vec![])];
		assert_refused(&two, 1, Error::TacticsNotOnOnePage);
	});
	build_and_execute(|| {
		let twice = [page(vec![tactic(1, "a"), tactic(1, "b")], vec![entry("T1059", &[], Active)])];
		assert_refused(&twice, 1, Error::DuplicateTactic);
	});
}

#[test]
fn technique_of_another_domain_should_be_refused() {
	build_and_execute(|| {
		let ics = [page(vec![tactic(100, "collection")], vec![entry("T0802", &[100], Active)])];
		assert_ok!(import(Domain::Ics, V18_1, &ics));
		let stolen = [page(tactics(), vec![entry("T0802", &[], Active), entry("T1059", &[], Active)])];
		assert_refused(&stolen, 2, Error::TechniqueInTwoDomains);
		assert_eq!(AttckTaxonomy::technique(id("T0802")).unwrap().domain, Domain::Ics);
	});
}

/// As many techniques as an import can bring, in pages.
fn full(first: u16) -> Vec<cti_primitives::catalogue::CataloguePage> {
	let technique = |n: u16| entry(&format!("T{:04}", first + n), &[], Active);
	let techniques = |number: u16| (number * 64..(number + 1) * 64).map(technique).collect();
	(0..64).map(|number| page(if number == 0 { tactics() } else { vec![] }, techniques(number))).collect()
}

#[test]
fn index_should_take_its_bound_and_no_more() {
	build_and_execute(|| {
		assert_ok!(import(Domain::Mobile, V18_1, &full(1)));
		assert_eq!(TechniqueIndex::<Test>::get().len(), 4096);
		assert_ok!(import(Domain::Mobile, V18_1, &full(5000)));
		let one_more = [page(tactics(), vec![entry("T9999", &[], Active)])];
		let refused = import(Domain::Enterprise, V18_1, &one_more).map_err(|e| e.error);
		assert_eq!(refused, Err(Error::<Test>::TooManyTechniques.into()));
		assert_eq!(AttckTaxonomy::resolve(id("T9999")), None);
		assert_ok!(AttckTaxonomy::abort_import(RuntimeOrigin::root(), Domain::Enterprise));
	});
}

#[test]
fn import_should_wait_when_too_many_catalogues_are_to_be_cleared() {
	build_and_execute(|| {
		for _ in 0..9 {
			assert_ok!(import(Domain::Enterprise, V17_1, &v17()));
		}
		assert_ok!(authorize(Domain::Enterprise, V18_1, &v17()[..2]));
		assert_ok!(bring(Domain::Enterprise, 0, &v17()[0]));
		let last = || bring(Domain::Enterprise, 1, &v17()[1]);
		assert_noop!(last().map_err(|e| e.error), Error::<Test>::TooManyRetired);
		let abort = || AttckTaxonomy::abort_import(RuntimeOrigin::root(), Domain::Enterprise);
		assert_noop!(abort(), Error::<Test>::TooManyRetired);
		idle(1);
		assert_ok!(last());
	});
}
