use super::*;

fn abort(domain: Domain) -> DispatchResult {
	AttckTaxonomy::abort_import(RuntimeOrigin::root(), domain)
}

#[test]
fn abort_import_should_need_the_vote() {
	build_and_execute(|| {
		assert_ok!(authorize(Domain::Ics, V17_1, &v17()));
		let by_member = AttckTaxonomy::abort_import(RuntimeOrigin::signed(CONTROLLER), Domain::Ics);
		assert_noop!(by_member, BadOrigin);
		assert_ok!(abort(Domain::Ics));
	});
}

#[test]
fn abort_import_should_need_an_import() {
	build_and_execute(|| {
		assert_ok!(authorize(Domain::Ics, V17_1, &v17()));
		assert_noop!(abort(Domain::Mobile), Error::<Test>::ImportNotFound);
	});
}

#[test]
fn abort_import_should_leave_the_catalogue_and_make_room_for_another_import() {
	build_and_execute(|| {
		assert_ok!(import(Domain::Enterprise, V17_1, &v17()));
		let before = AttckTaxonomy::techniques(Domain::Enterprise);
		assert_ok!(authorize(Domain::Enterprise, V18_1, &v18()));
		assert_ok!(bring(Domain::Enterprise, 0, &v18()[0]));
		assert_ok!(abort(Domain::Enterprise));
		let aborted = Event::ImportAborted { domain: Domain::Enterprise, version: V18_1, generation: 1 };
		System::assert_last_event(aborted.into());

		assert_eq!(AttckTaxonomy::techniques(Domain::Enterprise), before);
		assert_eq!(AttckTaxonomy::import(Domain::Enterprise), None);
		let late = bring(Domain::Enterprise, 1, &v18()[1]).map_err(|e| e.error);
		assert_noop!(late, Error::<Test>::ImportNotFound);

		assert_ok!(import(Domain::Enterprise, V18_1, &v18()));
		assert_eq!(generation(Domain::Enterprise), 2);
		assert_eq!(Retired::<Test>::get().to_vec(), [(Domain::Enterprise, 1), (Domain::Enterprise, 0)]);
	});
}

#[test]
fn abort_import_should_leave_nothing_to_clear_before_the_first_page() {
	build_and_execute(|| {
		assert_ok!(authorize(Domain::Ics, V17_1, &v17()));
		assert_ok!(abort(Domain::Ics));
		assert!(Retired::<Test>::get().is_empty());
	});
}
