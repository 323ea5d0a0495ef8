use super::*;

#[test]
fn authorize_import_should_need_the_vote() {
	build_and_execute(|| {
		let vote = |origin| AttckTaxonomy::authorize_import(origin, Domain::Ics, V17_1, hashes(&v17()), 6);
		assert_noop!(vote(RuntimeOrigin::signed(CONTROLLER)), BadOrigin);
		assert_noop!(vote(RuntimeOrigin::none()), BadOrigin);
		assert_ok!(vote(RuntimeOrigin::root()));
	});
}

#[test]
fn authorize_import_should_tell_all_that_was_voted() {
	build_and_execute(|| {
		assert_ok!(authorize(Domain::Ics, V17_1, &v17()));
		System::assert_last_event(
			Event::ImportAuthorized {
				domain: Domain::Ics,
				version: V17_1,
				generation: 0,
				pages: hashes(&v17()),
				count: 6,
			}
			.into(),
		);
		let import = AttckTaxonomy::import(Domain::Ics).unwrap();
		assert_eq!((import.version, import.count, import.missing), (V17_1, 6, vec![0, 1]));
		assert_eq!(import.pages, hashes(&v17()).into_inner());
	});
}

#[test]
fn authorize_import_should_be_refused_while_one_of_the_domain_is_under_way() {
	build_and_execute(|| {
		assert_ok!(authorize(Domain::Ics, V17_1, &v17()));
		assert_noop!(authorize(Domain::Ics, V18_1, &v18()), Error::<Test>::ImportInProgress);
		assert_ok!(authorize(Domain::Mobile, V18_1, &v18()));
	});
}

#[test]
fn authorize_import_should_be_refused_without_pages_or_techniques() {
	build_and_execute(|| {
		let vote = |pages: &[_], count| {
			AttckTaxonomy::authorize_import(RuntimeOrigin::root(), Domain::Ics, V17_1, hashes(pages), count)
		};
		assert_noop!(vote(&[], 6), Error::<Test>::EmptyImport);
		assert_noop!(vote(&v17(), 0), Error::<Test>::EmptyImport);
	});
}

#[test]
fn authorize_import_should_be_refused_when_generations_are_used_up() {
	build_and_execute(|| {
		NextGeneration::<Test>::put(u32::MAX);
		assert_noop!(authorize(Domain::Ics, V17_1, &v17()), ArithmeticError::Overflow);
	});
}
