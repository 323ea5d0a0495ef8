//! What other software relies on: places in the state, numbers of calls, sizes.

use super::*;
use codec::{Encode, MaxEncodedLen};
use cti_primitives::catalogue::{CataloguePage, IndexEntry};
use frame::traits::StorageInfoTrait;

#[test]
fn calls_should_keep_their_numbers() {
	let first_byte = |call: Call<Test>| call.encode()[0];
	let authorize = Call::authorize_import { domain: Domain::Ics, version: V17_1, pages: hashes(&v17()), count: 6 };
	assert_eq!(first_byte(authorize), 0);
	assert_eq!(first_byte(Call::import_page { domain: Domain::Ics, index: 0, page: v17()[0].clone() }), 1);
	assert_eq!(first_byte(Call::abort_import { domain: Domain::Ics }), 2);
	assert_eq!(RuntimeCall::from(Call::abort_import { domain: Domain::Ics }).encode(), [51, 2, 2]);
}

#[test]
fn storage_should_keep_its_names() {
	let names: Vec<_> =
		AttckTaxonomy::storage_info().into_iter().map(|info| String::from_utf8(info.storage_name).unwrap()).collect();
	let expected =
		["Catalogues", "TechniqueIndex", "Techniques", "Tactics", "Imports", "Staged", "Retired", "NextGeneration"];
	assert_eq!(names[names.len() - expected.len()..], expected);
}

#[test]
fn sizes_should_stay_within_what_was_designed() {
	assert_eq!(IndexEntry::max_encoded_len(), 11);
	assert!(CataloguePage::max_encoded_len() < 16 * 1024, "{}", CataloguePage::max_encoded_len());
	let genesis = RuntimeGenesisConfig {
		attck_taxonomy: GenesisConfig { official_catalogue: true, ..Default::default() },
		..Default::default()
	};
	TestState::new(genesis.build_storage().unwrap()).execute_with(|| {
		let index = TechniqueIndex::<Test>::get().encode().len();
		assert!(index < 8 * 1024, "the official index takes {index} bytes");
	});
}

#[test]
fn worst_calls_should_fit_into_a_twelfth_of_a_block() {
	types::check_worst_case(<() as WeightInfo>::import_last_page(64));
	types::check_worst_case(crate::weights::SubstrateWeight::<Test>::import_last_page(64));
}
