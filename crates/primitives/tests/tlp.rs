//! The rule of markings as one explicit table, to be held against the standard by eye.

use cti_primitives::{
	Scope::{self, *},
	Tlp::{self, *},
};

const Y: bool = true;
const N: bool = false;

#[test]
fn markings_should_be_ordered_from_the_widest_to_the_strictest() {
	assert_eq!(Tlp::ALL, [Clear, Green, Amber, AmberStrict, Red]);
	assert!(Tlp::ALL.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn groups_should_take_what_the_table_says() {
	// Rows: the marking. Columns: the group's ceiling CLEAR, GREEN, AMBER, AMBER+STRICT, RED.
	let table: [(Tlp, [bool; 5]); 5] = [
		(Clear, [Y, Y, Y, Y, Y]),
		(Green, [N, Y, Y, Y, Y]),
		(Amber, [N, N, Y, Y, Y]),
		(AmberStrict, [N, N, N, Y, Y]),
		(Red, [N, N, N, N, N]),
	];
	for (marking, expected) in table {
		assert_eq!(Tlp::ALL.map(|ceiling| marking.permits_group(ceiling)), expected, "{marking}");
	}
}

#[test]
fn techniques_should_be_public_as_the_table_says() {
	// Without and with the author's flag.
	let table: [(Tlp, [bool; 2]); 5] =
		[(Clear, [Y, Y]), (Green, [Y, Y]), (Amber, [N, Y]), (AmberStrict, [N, N]), (Red, [N, N])];
	for (marking, expected) in table {
		assert_eq!([false, true].map(|disclosed| marking.permits_public_techniques(disclosed)), expected, "{marking}");
	}
}

#[test]
fn exports_should_go_as_far_as_the_table_says() {
	const SCOPES: [Scope; 4] = [OwnStaff, OwnClient, Community, Anyone];
	// Columns: own staff, own client, community, anyone.
	let table: [(Tlp, [bool; 4]); 5] = [
		(Clear, [Y, Y, Y, Y]),
		(Green, [Y, Y, Y, N]),
		(Amber, [Y, Y, N, N]),
		(AmberStrict, [Y, N, N, N]),
		(Red, [N, N, N, N]),
	];
	for (marking, expected) in table {
		assert_eq!(SCOPES.map(|scope| marking.permits_export(scope)), expected, "{marking}");
	}
}

#[test]
fn names_should_be_the_standards() {
	assert_eq!(Tlp::ALL.map(Tlp::name), ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]);
	assert_eq!(AmberStrict.to_string(), "TLP:AMBER+STRICT");
}
