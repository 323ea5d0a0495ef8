use super::*;

#[test]
fn import_page_should_be_for_active_members_that_do_not_only_read() {
	build_and_execute(|| {
		assert_ok!(authorize(Domain::Ics, V17_1, &v17()));
		let bring = |origin, index: u32| {
			AttckTaxonomy::import_page(origin, Domain::Ics, index, v17()[index as usize].clone()).map_err(|e| e.error)
		};
		assert_noop!(bring(RuntimeOrigin::root(), 0), BadOrigin);
		assert_noop!(bring(RuntimeOrigin::signed(STRANGER), 0), Error::<Test>::NotMember);
		assert_noop!(bring(RuntimeOrigin::signed(AUDITOR), 0), Error::<Test>::NotAuthorized);
		assert_noop!(bring(RuntimeOrigin::signed(SUSPENDED), 0), Error::<Test>::NotActive);
		assert_ok!(bring(RuntimeOrigin::signed(FEED), 0));
		assert_ok!(bring(RuntimeOrigin::signed(CONTROLLER), 1));
	});
}

#[test]
fn import_page_should_need_an_import() {
	build_and_execute(|| {
		assert_ok!(authorize(Domain::Ics, V17_1, &v17()));
		assert_noop!(bring(Domain::Mobile, 0, &v17()[0]).map_err(|e| e.error), Error::<Test>::ImportNotFound);
	});
}

#[test]
fn import_page_should_refuse_what_was_not_voted_for() {
	build_and_execute(|| {
		assert_ok!(authorize(Domain::Ics, V17_1, &v17()));
		let mut changed = v17()[0].clone();
		changed.techniques[0].name = name("forged");
		for (index, page) in [(0, &changed), (0, &v17()[1]), (1, &v17()[0])] {
			assert_noop!(bring(Domain::Ics, index, page).map_err(|e| e.error), Error::<Test>::PageMismatch);
		}
		for index in [2, 63, 64, u32::MAX] {
			let refused = bring(Domain::Ics, index, &v17()[0]).map_err(|e| e.error);
			assert_noop!(refused, Error::<Test>::PageNotFound);
		}
	});
}

#[test]
fn import_page_should_take_each_page_once() {
	build_and_execute(|| {
		assert_ok!(authorize(Domain::Ics, V17_1, &v17()));
		assert_ok!(bring(Domain::Ics, 0, &v17()[0]));
		let again = bring(Domain::Ics, 0, &v17()[0]).map_err(|e| e.error);
		assert_noop!(again, Error::<Test>::PageAlreadyImported);
	});
}

#[test]
fn import_page_should_be_free_and_weigh_less_before_the_last() {
	build_and_execute(|| {
		assert_ok!(authorize(Domain::Ics, V17_1, &v17()));
		let first = bring(Domain::Ics, 0, &v17()[0]).unwrap();
		assert_eq!((first.pays_fee, first.actual_weight), (Pays::No, Some(<() as WeightInfo>::import_page(3))));
		let last = bring(Domain::Ics, 1, &v17()[1]).unwrap();
		assert_eq!((last.pays_fee, last.actual_weight), (Pays::No, None));
		let call = Call::<Test>::import_page { domain: Domain::Ics, index: 0, page: v17()[0].clone() };
		assert_eq!(call.get_dispatch_info().call_weight, <() as WeightInfo>::import_last_page(3));
		assert_eq!(call.get_dispatch_info().pays_fee, Pays::Yes);
	});
}

#[test]
fn catalogue_should_not_change_while_a_page_is_missing() {
	build_and_execute(|| {
		assert_ok!(import(Domain::Enterprise, V17_1, &v17()));
		let before = (TechniqueIndex::<Test>::get(), AttckTaxonomy::techniques(Domain::Enterprise));
		assert_ok!(authorize(Domain::Enterprise, V18_1, &v18()));
		for index in [2, 0] {
			assert_ok!(bring(Domain::Enterprise, index, &v18()[index as usize]));
			assert_eq!((TechniqueIndex::<Test>::get(), AttckTaxonomy::techniques(Domain::Enterprise)), before);
		}
		assert_eq!(AttckTaxonomy::import(Domain::Enterprise).unwrap().missing, [1]);
		assert_eq!(AttckTaxonomy::versions()[0].version, V17_1);
	});
}

#[test]
fn pages_should_be_taken_in_any_order() {
	for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
		build_and_execute(|| {
			assert_ok!(authorize(Domain::Enterprise, V18_1, &v18()));
			for index in order {
				assert_ok!(bring(Domain::Enterprise, index, &v18()[index as usize]));
			}
			let ids: Vec<_> = AttckTaxonomy::techniques(Domain::Enterprise).iter().map(|t| t.id.to_string()).collect();
			assert_eq!(ids, ["T1059", "T1059.001", "T1059.013", "T1086", "T1454", "T1566"]);
		});
	}
}

#[test]
fn last_page_should_replace_the_catalogue_in_one_step() {
	build_and_execute(|| {
		assert_ok!(import(Domain::Enterprise, V17_1, &v17()));
		assert_eq!(AttckTaxonomy::resolve(id("T1566")), Some((id("T1566"), Active)));
		assert_eq!(AttckTaxonomy::resolve(id("T1108")), Some((id("T1108"), Deprecated)));
		assert_eq!(AttckTaxonomy::resolve(id("T1059.013")), None);

		assert_ok!(import(Domain::Enterprise, V18_1, &v18()));
		assert_eq!(AttckTaxonomy::resolve(id("T1566")), Some((id("T1059.001"), Active)));
		assert_eq!(AttckTaxonomy::resolve(id("T1108")), None);
		assert_eq!(AttckTaxonomy::resolve(id("T1059.013")), Some((id("T1059.013"), Active)));
		assert_eq!(AttckTaxonomy::technique(id("T1108")), None);
		assert_eq!(AttckTaxonomy::technique(id("T1566")).unwrap().status, Revoked(Some(id("T1086"))));

		let edition = Catalogues::<Test>::get(Domain::Enterprise).unwrap();
		assert_eq!(edition, Edition { version: V18_1, generation: 1, techniques: 6 });
		assert_eq!(Tactics::<Test>::iter_keys().collect::<Vec<_>>(), [(Domain::Enterprise, 1)]);
		assert_eq!(Retired::<Test>::get().to_vec(), [(Domain::Enterprise, 0)]);
		assert!(
			!Imports::<Test>::contains_key(Domain::Enterprise) && !Staged::<Test>::contains_key(Domain::Enterprise)
		);
	});
}

#[test]
fn events_should_rebuild_what_was_imported() {
	build_and_execute(|| {
		assert_ok!(import(Domain::Enterprise, V17_1, &v17()));
		System::reset_events();
		assert_ok!(import(Domain::Enterprise, V18_1, &v18()));
		let (domain, generation) = (Domain::Enterprise, 1);
		let page = |index| Event::PageImported { domain, generation, index, techniques: 2, by: MemberId(1) };
		let expected = [
			Event::ImportAuthorized { domain, version: V18_1, generation, pages: hashes(&v18()), count: 6 },
			page(0),
			page(1),
			page(2),
			Event::CatalogueReplaced { domain, version: V18_1, generation, techniques: 6, previous: Some(V17_1) },
		];
		assert_eq!(System::read_events_for_pallet::<Event<Test>>(), expected);
	});
}

#[test]
fn domains_should_be_imported_side_by_side_and_keep_their_own() {
	build_and_execute(|| {
		let ics = [page(vec![tactic(100, "collection")], vec![entry("T0802", &[100], Active)])];
		assert_ok!(authorize(Domain::Ics, V18_1, &ics));
		assert_ok!(import(Domain::Enterprise, V17_1, &v17()));
		assert_ok!(bring(Domain::Ics, 0, &ics[0]));
		assert_ok!(import(Domain::Enterprise, V18_1, &v18()));
		assert_eq!(AttckTaxonomy::technique(id("T0802")).unwrap().domain, Domain::Ics);
		assert_eq!(AttckTaxonomy::technique(id("T1059")).unwrap().domain, Domain::Enterprise);
		let versions: Vec<_> = AttckTaxonomy::versions().iter().map(|v| (v.domain, v.techniques)).collect();
		assert_eq!(versions, [(Domain::Enterprise, 6), (Domain::Ics, 1)]);
	});
}
