//! What other pallets may do through the `Registry` trait.

use super::*;

#[test]
fn registry_should_publish_for_the_member() {
	build_and_execute(|| {
		let payload = Envelope::default().seal();
		let id = <ThreatRegistry as Registry>::publish(ALICE, draft(&[TECHNIQUE], None), &payload).unwrap();
		assert_eq!(id, record_id(ALICE, 0));
		assert_eq!(registered(id).id, read(&payload).id);
		assert_eq!(ByTechnique::<Test>::iter_prefix_values(TechniqueKey::from(TECHNIQUE)).collect::<Vec<_>>(), [id]);
	});
}

#[test]
fn registry_should_check_all_that_publish_checks() {
	build_and_execute(|| {
		let publish = |member, draft, payload: &[u8]| {
			frame::deps::frame_support::storage::with_storage_layer(|| {
				<ThreatRegistry as Registry>::publish(member, draft, payload)
			})
		};
		let payload = Envelope::default().seal();
		assert_noop!(publish(BOB, draft(&[], None), &payload), Error::<Test>::OtherAuthor);
		assert_noop!(publish(ALICE, draft(&[NO_TECHNIQUE], None), &payload), Error::<Test>::UnknownTechnique);
		assert_noop!(publish(ALICE, draft(&[], Some(NOON)), &payload), Error::<Test>::EndInPast);
		set_standing(ALICE, Standing::Suspended);
		assert_noop!(publish(ALICE, draft(&[], None), &payload), Error::<Test>::NotActive);
	});
}

#[test]
fn registry_should_refuse_what_no_call_could_carry() {
	build_and_execute(|| {
		let publish = |len| <ThreatRegistry as Registry>::publish(ALICE, draft(&[], None), &vec![0; len]);
		assert_noop!(publish(cti_envelope::MAX_PAYLOAD + 1), Error::<Test>::PayloadTooLong);
		assert_noop!(publish(cti_envelope::MAX_PAYLOAD), Error::<Test>::UnknownVersion);
	});
}
