use super::*;
use cti_primitives::catalogue::CataloguePage;

fn stored() -> usize {
	Techniques::<Test>::iter_keys().count()
}

/// A page with two steps' worth of techniques, less one.
fn wide() -> Vec<CataloguePage> {
	let technique = |n| entry(&format!("T{n:04}"), &[], Active);
	vec![page(tactics(), (1..2 * CLEAR_STEP).map(technique).collect())]
}

#[test]
fn replaced_catalogue_should_be_cleared_in_bounded_steps() {
	let mut ext = new_test_ext();
	ext.execute_with(|| {
		assert_ok!(import(Domain::Enterprise, V17_1, &wide()));
		assert_ok!(import(Domain::Enterprise, V18_1, &v18()));
	});
	ext.commit_all().unwrap();
	ext.execute_with(|| {
		assert_eq!(stored(), 63 + 6);
		let used = AttckTaxonomy::on_idle(1, Weight::MAX);
		assert_eq!(stored(), 31 + 6);
		assert_eq!(used, <() as WeightInfo>::clear_retired(CLEAR_STEP));
		AttckTaxonomy::do_try_state().unwrap();
	});
	ext.commit_all().unwrap();
	ext.execute_with(|| {
		let used = AttckTaxonomy::on_idle(1, Weight::MAX);
		assert_eq!(stored(), 6);
		assert_eq!(used, <() as WeightInfo>::clear_retired(31));
		assert!(Retired::<Test>::get().is_empty());
		let cleared = Event::GenerationCleared { domain: Domain::Enterprise, generation: 0 };
		System::assert_last_event(cleared.into());
		assert_eq!(AttckTaxonomy::techniques(Domain::Enterprise).len(), 6);
		AttckTaxonomy::do_try_state().unwrap();
	});
}

#[test]
fn aborted_import_should_be_cleared() {
	build_and_execute(|| {
		assert_ok!(authorize(Domain::Ics, V17_1, &v17()));
		assert_ok!(bring(Domain::Ics, 0, &v17()[0]));
		assert_ok!(AttckTaxonomy::abort_import(RuntimeOrigin::root(), Domain::Ics));
		assert_eq!(stored(), 3);
		idle(1);
		assert_eq!(stored(), 0);
		assert!(Retired::<Test>::get().is_empty());
	});
}

#[test]
fn oldest_should_be_cleared_first_and_one_a_block() {
	build_and_execute(|| {
		for _ in 0..3 {
			assert_ok!(import(Domain::Enterprise, V17_1, &v17()));
		}
		idle(1);
		assert_eq!(Retired::<Test>::get().to_vec(), [(Domain::Enterprise, 1)]);
		idle(1);
		assert_eq!(stored(), 6);
	});
}

#[test]
fn nothing_should_be_cleared_without_room_for_a_step() {
	build_and_execute(|| {
		assert_ok!(import(Domain::Enterprise, V17_1, &v17()));
		assert_ok!(import(Domain::Enterprise, V18_1, &v18()));
		let step = <() as WeightInfo>::clear_retired(CLEAR_STEP);
		let short = [step.saturating_sub(Weight::from_parts(1, 0)), step.saturating_sub(Weight::from_parts(0, 1))];
		for remaining in short {
			assert_storage_noop!(assert_eq!(AttckTaxonomy::on_idle(1, remaining), Weight::zero()));
		}
		AttckTaxonomy::on_idle(1, step);
		assert_eq!(stored(), 6);
	});
}

#[test]
fn idle_block_should_cost_one_read_when_nothing_is_retired() {
	build_and_execute(|| {
		let read = <Test as frame_system::Config>::DbWeight::get().reads(1);
		assert_storage_noop!(assert_eq!(AttckTaxonomy::on_idle(1, Weight::MAX), read));
	});
}
