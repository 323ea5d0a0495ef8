//! Who publishes to a group whose members the chain does not know signs with what they all hold.

use super::*;

fn hidden() -> Envelope {
	Envelope { groups: vec![(CONSORTIUM, Epoch(0)), (HIDDEN_GROUP, Epoch(0))], ..Default::default() }
}

fn publish(payload: &Payload, proofs: Vec<[u8; 64]>) -> DispatchResultWithPostInfo {
	let draft = Draft { group_proofs: proofs.try_into().unwrap(), ..Default::default() };
	ThreatRegistry::publish(controller(ALICE), draft, payload.clone())
}

#[test]
fn proof_by_somebody_in_the_group_should_be_accepted() {
	build_and_execute(|| {
		let payload = hidden().seal();
		assert_ok!(publish(&payload, vec![group_proof(&payload, ALICE)]));
		assert_eq!(registered(record_id(ALICE, 0)).audience.len(), 2);
	});
}

#[test]
fn every_other_proof_should_be_refused() {
	build_and_execute(|| {
		let payload = hidden().seal();
		let other = Envelope { objects: vec![b"{}".to_vec()], ..hidden() }.seal();
		let good = group_proof(&payload, ALICE);
		let mut changed = good;
		changed[0] ^= 1;
		for wrong in [group_proof(&payload, BOB), group_proof(&other, ALICE), changed, [0; 64]] {
			assert_noop!(publish(&payload, vec![wrong]), Error::<Test>::InvalidGroupProof);
		}
		for number in [vec![], vec![good; 2]] {
			assert_noop!(publish(&payload, number), Error::<Test>::WrongNumberOfGroupProofs);
		}
	});
}

#[test]
fn proof_without_a_hidden_group_should_be_refused() {
	build_and_execute(|| {
		let payload = Envelope::default().seal();
		let proof = group_proof(&payload, ALICE);
		assert_noop!(publish(&payload, vec![proof]), Error::<Test>::WrongNumberOfGroupProofs);
	});
}
