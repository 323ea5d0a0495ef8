//! A controller may be more than one key: a multisig account, or a cold one for which another acts as its proxy.

use crate::{
	chain::{account, Chain},
	governance::decide,
};
use cti_primitives::{MemberId, Standing};
use pallet_cti_membership::{Call as Members, GroupPolicy, Visibility};
use polkadot_sdk::{
	frame_support::{dispatch::GetDispatchInfo, weights::Weight},
	pallet_balances::Call as Transfer,
	pallet_multisig::{Call as Multisig, Timepoint},
	pallet_proxy::Call as Proxy,
};
use testudo_runtime::{configs::ProxyType, AccountId, Membership, Runtime, RuntimeCall, System, UNIT};

/// Accounts that act for no member, with money for fees and deposits.
fn with_strangers(uris: &[&str]) -> Chain {
	let mut chain = Chain::new();
	for uri in uris {
		let gift = Transfer::<Runtime>::transfer_allow_death { dest: account(uri).into(), value: 10 * UNIT };
		chain.submit("//Bob", gift).unwrap();
	}
	chain
}

fn create_group() -> RuntimeCall {
	let (name, policy) = (b"banks".to_vec().try_into().unwrap(), GroupPolicy::default());
	Members::create_group { name, policy, visibility: Visibility::Open }.into()
}

/// Who owns the newest group, group 0 apart.
fn owner_of_newest_group(chain: &mut Chain) -> Option<MemberId> {
	chain.read(|| Membership::groups().pop().and_then(|group| group.owner))
}

fn for_alice(call: RuntimeCall) -> Proxy<Runtime> {
	Proxy::proxy { real: account("//Alice").into(), force_proxy_type: None, call: Box::new(call) }
}

#[test]
fn proxy_should_do_for_a_cold_controller_what_its_type_allows() {
	let mut chain = with_strangers(&["//Eve", "//Ferdie"]);
	for (uri, proxy_type) in [("//Eve", ProxyType::NonTransfer), ("//Ferdie", ProxyType::Governance)] {
		chain.submit("//Alice", Proxy::add_proxy { delegate: account(uri).into(), proxy_type, delay: 0 }).unwrap();
	}
	chain.submit("//Ferdie", for_alice(create_group())).unwrap();
	assert_eq!(owner_of_newest_group(&mut chain), None, "a proxy for votes runs no groups");
	chain.submit("//Eve", for_alice(create_group())).unwrap();
	assert_eq!(owner_of_newest_group(&mut chain), Some(MemberId(0)));
	assert!(chain.submit("//Eve", create_group()).is_err(), "for itself a proxy may nothing");
	assert!(chain.submit("//Bob", for_alice(create_group())).is_err(), "who is no proxy may not act as one");

	let leave = for_alice(Members::leave {}.into());
	chain.submit("//Eve", leave).unwrap();
	assert_eq!(chain.read(Membership::members)[0].standing, Standing::Left);
}

/// Two of these run the account.
fn signatories() -> Vec<AccountId> {
	let mut all = ["//Eve", "//Ferdie"].map(account).to_vec();
	all.sort();
	all
}

fn approve(by: &str, begun: Option<Timepoint<u32>>, call: &RuntimeCall) -> Multisig<Runtime> {
	let other_signatories = signatories().into_iter().filter(|other| *other != account(by)).collect();
	let max_weight = call.get_dispatch_info().call_weight.saturating_add(Weight::from_parts(1_000_000, 10_000));
	Multisig::as_multi {
		threshold: 2,
		other_signatories,
		maybe_timepoint: begun,
		call: Box::new(call.clone()),
		max_weight,
	}
}

#[test]
fn multisig_account_should_be_a_controller_that_acts_when_enough_agree() {
	let mut chain = with_strangers(&["//Eve", "//Ferdie"]);
	let controller = polkadot_sdk::pallet_multisig::Pallet::<Runtime>::multi_account_id(&signatories(), 2);
	let replace =
		Members::replace_controller { member: MemberId(3), controller, encryption_key: None, is_stolen: false };
	decide(&mut chain, &["//Alice", "//Bob", "//Charlie"], replace).unwrap();

	chain.submit("//Eve", approve("//Eve", None, &create_group())).unwrap();
	assert_eq!(owner_of_newest_group(&mut chain), None, "one of two is not enough");
	let begun = chain.read(|| Timepoint { height: System::block_number(), index: 2 });
	chain.submit("//Ferdie", approve("//Ferdie", Some(begun), &create_group())).unwrap();
	assert_eq!(owner_of_newest_group(&mut chain), Some(MemberId(3)));
	assert!(chain.submit("//Dave", create_group()).is_err(), "the old controller's key is worth nothing");
}
