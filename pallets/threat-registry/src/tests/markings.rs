//! Every marking with every audience and every way to name techniques.

use super::*;
use cti_primitives::{GroupId, TechniqueId};

/// What the chain says of a marking: to a group that takes everything, to one that takes GREEN, to a person, and when
/// techniques are named without and with the author's flag.
struct Row {
	tlp: Tlp,
	consortium: Result<(), Error<Test>>,
	green_group: Result<(), Error<Test>>,
	direct: Result<(), Error<Test>>,
	techniques: Result<(), Error<Test>>,
	disclosed: Result<(), Error<Test>>,
}

fn table() -> [Row; 5] {
	use Error::*;
	let free = |tlp| Row {
		tlp,
		consortium: Ok(()),
		green_group: Ok(()),
		direct: Ok(()),
		techniques: Ok(()),
		disclosed: Ok(()),
	};
	[
		free(Tlp::Clear),
		free(Tlp::Green),
		Row { green_group: Err(MarkingTooStrict), techniques: Err(TechniquesNotPublic), ..free(Tlp::Amber) },
		Row {
			green_group: Err(MarkingTooStrict),
			techniques: Err(TechniquesNotPublic),
			disclosed: Err(TechniquesNotPublic),
			..free(Tlp::AmberStrict)
		},
		Row {
			consortium: Err(RedToGroup),
			green_group: Err(RedToGroup),
			techniques: Err(TechniquesNotPublic),
			disclosed: Err(TechniquesNotPublic),
			..free(Tlp::Red)
		},
	]
}

const TO_CONSORTIUM: (GroupId, Epoch) = (CONSORTIUM, Epoch(0));
const TO_GREEN_GROUP: (GroupId, Epoch) = (OPEN_GROUP, Epoch(3));

fn check(
	tlp: Tlp,
	groups: &[(GroupId, Epoch)],
	direct: &[MemberId],
	(techniques, disclose): (&[TechniqueId], bool),
	expected: &Result<(), Error<Test>>,
) {
	let payload = Envelope { tlp, groups: groups.to_vec(), direct: direct.to_vec(), ..Default::default() }.seal();
	let drafted = Draft { disclose_techniques: disclose, ..draft(techniques, None) };
	let outcome = ThreatRegistry::publish(controller(ALICE), drafted, payload);
	let outcome = outcome.map(|_| ()).map_err(|refusal| refusal.error);
	let expected = expected.as_ref().map(|_| ()).map_err(|error| match error {
		Error::MarkingTooStrict => Error::<Test>::MarkingTooStrict.into(),
		Error::TechniquesNotPublic => Error::<Test>::TechniquesNotPublic.into(),
		Error::RedToGroup => Error::<Test>::RedToGroup.into(),
		other => panic!("{other:?} is none of the markings'"),
	});
	assert_eq!(outcome, expected, "{tlp} to {groups:?} and {direct:?}, techniques {techniques:?}, flag {disclose}");
}

#[test]
fn markings_should_decide_over_audiences() {
	build_and_execute(|| {
		for Row { tlp, consortium, green_group, direct, .. } in table() {
			let silent = (&[][..], false);
			check(tlp, &[TO_CONSORTIUM], &[], silent, &consortium);
			check(tlp, &[TO_CONSORTIUM], &[BOB], silent, &consortium);
			check(tlp, &[TO_GREEN_GROUP], &[], silent, &green_group);
			check(tlp, &[TO_GREEN_GROUP], &[BOB], silent, &green_group);
			// The strictest group decides.
			check(tlp, &[TO_CONSORTIUM, TO_GREEN_GROUP], &[], silent, &green_group);
			check(tlp, &[], &[BOB], silent, &direct);
			check(tlp, &[], &[ALICE, BOB, CHARLIE], silent, &direct);
		}
	});
}

#[test]
fn markings_should_decide_over_public_techniques() {
	build_and_execute(|| {
		for Row { tlp, techniques, disclosed, .. } in table() {
			check(tlp, &[], &[BOB], (&[TECHNIQUE], false), &techniques);
			check(tlp, &[], &[BOB], (&[TECHNIQUE], true), &disclosed);
			// The flag alone discloses nothing.
			check(tlp, &[], &[BOB], (&[], true), &Ok(()));
		}
	});
}
