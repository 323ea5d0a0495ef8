//! A corrupted state is seen.

use super::*;
use cti_primitives::catalogue::TacticId;

/// A state with a catalogue, an import under way and a catalogue to be cleared, corrupted.
fn assert_seen(corrupt: impl FnOnce(), message: &'static str) {
	new_test_ext().execute_with(|| {
		assert_ok!(import(Domain::Enterprise, V17_1, &v17()));
		assert_ok!(import(Domain::Enterprise, V18_1, &v18()));
		assert_ok!(authorize(Domain::Ics, V17_1, &v17()));
		assert_ok!(bring(Domain::Ics, 0, &v17()[0]));
		assert_ok!(AttckTaxonomy::do_try_state());
		corrupt();
		assert_err!(AttckTaxonomy::do_try_state(), frame::deps::sp_runtime::TryRuntimeError::Other(message));
	});
}

fn edit_index(edit: impl FnOnce(&mut types::Index)) {
	TechniqueIndex::<Test>::mutate(edit);
}

fn edit_technique(edit: impl FnOnce(&mut Technique)) {
	Techniques::<Test>::mutate((Domain::Enterprise, 1, id("T1059")), |technique| edit(technique.as_mut().unwrap()));
}

#[test]
fn index_out_of_order_should_be_seen() {
	assert_seen(
		|| edit_index(|index| index.sort_by_key(|line| core::cmp::Reverse(line.id))),
		"the index is not ascending",
	);
}

#[test]
fn orphan_should_be_seen() {
	assert_seen(
		|| edit_index(|index| index.retain(|line| line.id != id("T1059"))),
		"a domain's index has orphans or endless revocations",
	);
}

#[test]
fn endless_revocation_should_be_seen() {
	let circle = |index: &mut types::Index| {
		let line = index.iter_mut().find(|line| line.id == id("T1059.001")).unwrap();
		line.status = Revoked(Some(id("T1086")));
	};
	assert_seen(|| edit_index(circle), "a domain's index has orphans or endless revocations");
}

#[test]
fn wrong_count_should_be_seen() {
	let more = || Catalogues::<Test>::mutate(Domain::Enterprise, |edition| edition.as_mut().unwrap().techniques += 1);
	assert_seen(more, "the index does not have as many techniques as the catalogue");
}

#[test]
fn catalogue_that_differs_from_the_index_should_be_seen() {
	assert_seen(|| edit_technique(|technique| technique.status = Deprecated), "the index differs from the catalogue");
	assert_seen(
		|| Techniques::<Test>::remove((Domain::Enterprise, 1, id("T1059"))),
		"the index differs from the catalogue",
	);
}

#[test]
fn missing_and_unknown_tactics_should_be_seen() {
	assert_seen(|| Tactics::<Test>::remove(Domain::Enterprise, 1), "a catalogue has no tactics");
	assert_seen(
		|| edit_technique(|technique| technique.tactics[0] = TacticId(7)),
		"a technique serves an unknown tactic",
	);
}

#[test]
fn corrupted_import_should_be_seen() {
	assert_seen(|| Imports::<Test>::remove(Domain::Ics), "techniques are staged without an import");
	let all = || Imports::<Test>::mutate(Domain::Ics, |import| import.as_mut().unwrap().received = 3);
	assert_seen(all, "an import waits though all its pages are there");
	assert_seen(|| Staged::<Test>::remove(Domain::Ics), "the staged index differs from the import");
}

#[test]
fn wrong_generations_should_be_seen() {
	assert_seen(|| Retired::<Test>::put(types::RetiredGenerations::default()), "a technique belongs to no catalogue");
	assert_seen(
		|| Retired::<Test>::mutate(|retired| retired.try_push((Domain::Mobile, 1)).unwrap()),
		"a generation is used twice",
	);
	assert_seen(|| NextGeneration::<Test>::put(2), "a generation is too high");
	assert_seen(
		|| Tactics::<Test>::insert(Domain::Enterprise, 0, cti_primitives::catalogue::Tactics::truncate_from(tactics())),
		"tactics belong to no catalogue",
	);
}
