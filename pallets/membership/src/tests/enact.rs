use crate::mock::*;
use crate::*;
use codec::Encode;
use frame::{deps::frame_support::dispatch::GetDispatchInfo, testing_prelude::*};

fn remark() -> RuntimeCall {
	frame_system::Call::remark_with_event { remark: vec![1] }.into()
}

fn heap_pages() -> RuntimeCall {
	frame_system::Call::set_heap_pages { pages: 64 }.into()
}

fn enact(origin: RuntimeOrigin, call: RuntimeCall) -> DispatchResult {
	Membership::enact(origin, Box::new(call)).map(|_| ()).map_err(|refusal| refusal.error)
}

#[test]
fn vote_should_carry_out_what_is_on_the_list() {
	build_and_execute(|| {
		let call = frame_system::Call::<Test>::set_storage { items: vec![(vec![1], vec![2])] };
		refused(|| enact(root(), call.into()), PalletError::NotEnactable);
		// Nobody's remark: the call's own refusal is what is told.
		refused(|| enact(root(), remark()), DispatchError::BadOrigin);
		assert_ok!(enact(root(), heap_pages()));
		assert_eq!(last_event(), Event::Enacted { call_hash: blake2_256(&heap_pages().encode()) });
	});
}

#[test]
fn nobody_alone_should_enact() {
	build_and_execute(|| {
		for origin in [signed(ALICE), signed(ERIN), RuntimeOrigin::none()] {
			refused(|| enact(origin, remark()), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn weight_should_include_the_calls() {
	let outer: RuntimeCall = Call::<Test>::enact { call: Box::new(remark()) }.into();
	let (outer, inner) = (outer.get_dispatch_info().call_weight, remark().get_dispatch_info().call_weight);
	assert_eq!(outer, <() as WeightInfo>::enact().saturating_add(inner));
}
