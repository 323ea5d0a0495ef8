//! A runtime of this pallet alone, with small catalogues of two versions.

use crate::{self as pallet_attck_taxonomy, types::*};
use cti_primitives::{
	catalogue::{Catalogue, CatalogueEntry, CataloguePage, CatalogueVersion, Name, Tactic, TacticId},
	Actor, Domain, Hash, MemberId, Members, Refusal, Role, Standing, TechniqueId, TechniqueStatus,
};
use frame::testing_prelude::*;
use TechniqueStatus::{Active, Deprecated, Revoked};

pub type AccountId = u64;

/// A controller, an analyst and a feed of active members, an auditor of one, a controller of a suspended one, a stranger.
pub const CONTROLLER: AccountId = 1;
pub const ANALYST: AccountId = 2;
pub const FEED: AccountId = 3;
pub const AUDITOR: AccountId = 4;
pub const SUSPENDED: AccountId = 5;
pub const STRANGER: AccountId = 9;

pub const V17_1: CatalogueVersion = CatalogueVersion { major: 17, minor: 1 };
pub const V18_1: CatalogueVersion = CatalogueVersion { major: 18, minor: 1 };

#[frame_construct_runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(RuntimeCall, RuntimeEvent, RuntimeError, RuntimeOrigin, RuntimeTask, RuntimeViewFunction)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(51)]
	pub type AttckTaxonomy = pallet_attck_taxonomy;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = MockBlock<Test>;
	type AccountId = AccountId;
	type DbWeight = frame::weights_prelude::ParityDbWeight;
}

impl pallet_attck_taxonomy::Config for Test {
	type ImportOrigin = EnsureRoot<AccountId>;
	type Members = Consortium;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Consortium;
}

pub struct Consortium;

impl Members<AccountId> for Consortium {
	fn actor(account: &AccountId) -> Option<Actor> {
		let (member, role) = match *account {
			CONTROLLER => (0, Role::Controller),
			ANALYST => (1, Role::Analyst),
			FEED => (1, Role::Feed),
			AUDITOR => (1, Role::Auditor),
			SUSPENDED => (2, Role::Controller),
			_ => return None,
		};
		Some(Actor { member: MemberId(member), role })
	}

	fn standing(member: MemberId) -> Option<Standing> {
		match member.0 {
			0 | 1 => Some(Standing::Active),
			2 => Some(Standing::Suspended),
			_ => None,
		}
	}

	fn take_record_number(_: MemberId) -> Result<u32, Refusal> {
		Err(Refusal::UnknownMember)
	}

	fn next_record_number(_: MemberId) -> u32 {
		0
	}

	fn active_members() -> u32 {
		2
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for Consortium {
	fn member() -> AccountId {
		CONTROLLER
	}
}

pub fn id(text: &str) -> TechniqueId {
	text.parse().unwrap()
}

pub fn name(text: &str) -> Name {
	text.as_bytes().to_vec().try_into().unwrap()
}

pub fn tactic(number: u16, shortname: &str) -> Tactic {
	Tactic { id: TacticId(number), shortname: name(shortname), name: name(&shortname.to_uppercase()) }
}

pub fn entry(text: &str, tactics: &[u16], status: TechniqueStatus) -> CatalogueEntry {
	let tactics: Vec<_> = tactics.iter().copied().map(TacticId).collect();
	CatalogueEntry {
		id: id(text),
		name: name(&format!("name of {text}")),
		tactics: tactics.try_into().unwrap(),
		status,
	}
}

pub fn page(tactics: Vec<Tactic>, techniques: Vec<CatalogueEntry>) -> CataloguePage {
	CataloguePage { tactics: tactics.try_into().unwrap(), techniques: techniques.try_into().unwrap() }
}

pub fn tactics() -> Vec<Tactic> {
	vec![tactic(43, "reconnaissance"), tactic(1, "initial-access"), tactic(2, "execution")]
}

/// Execution techniques of v17.1 on two pages: one deprecated, one replaced, one dropped without successor.
pub fn v17() -> Vec<CataloguePage> {
	vec![
		page(
			tactics(),
			vec![
				entry("T1059", &[2], Active),
				entry("T1059.001", &[2], Active),
				entry("T1086", &[2], Revoked(Some(id("T1059.001")))),
			],
		),
		page(
			vec![],
			vec![entry("T1108", &[1], Deprecated), entry("T1454", &[], Revoked(None)), entry("T1566", &[1, 2], Active)],
		),
	]
}

/// The next version on three pages: `T1566` is replaced, `T1059.013` is new, `T1108` is gone, a tactic is renamed.
pub fn v18() -> Vec<CataloguePage> {
	let mut tactics = tactics();
	tactics[0] = tactic(43, "scouting");
	vec![
		page(tactics, vec![entry("T1059", &[2], Active), entry("T1059.001", &[2], Active)]),
		page(vec![], vec![entry("T1059.013", &[1, 2], Active), entry("T1086", &[2], Revoked(Some(id("T1059.001"))))]),
		page(vec![], vec![entry("T1454", &[], Revoked(None)), entry("T1566", &[1], Revoked(Some(id("T1086"))))]),
	]
}

pub fn hashes(pages: &[CataloguePage]) -> BoundedVec<Hash, ConstU32<64>> {
	pages.iter().map(CataloguePage::hash).collect::<Vec<_>>().try_into().unwrap()
}

pub fn count(pages: &[CataloguePage]) -> u32 {
	pages.iter().map(|page| page.techniques.len() as u32).sum()
}

pub fn authorize(domain: Domain, version: CatalogueVersion, pages: &[CataloguePage]) -> DispatchResult {
	AttckTaxonomy::authorize_import(RuntimeOrigin::root(), domain, version, hashes(pages), count(pages))
}

/// Brings a page as a member.
pub fn bring(domain: Domain, index: u32, page: &CataloguePage) -> DispatchResultWithPostInfo {
	AttckTaxonomy::import_page(RuntimeOrigin::signed(ANALYST), domain, index, page.clone())
}

/// Votes for the pages and brings them all; the answer is that to the last.
pub fn import(domain: Domain, version: CatalogueVersion, pages: &[CataloguePage]) -> DispatchResultWithPostInfo {
	authorize(domain, version, pages)?;
	let (last, others) = pages.split_last().unwrap();
	for (index, page) in others.iter().enumerate() {
		bring(domain, index as u32, page)?;
	}
	bring(domain, others.len() as u32, last)
}

/// What every test of a broken rule asks: the last page fails with `error`, and the catalogue before it serves as before.
pub fn assert_refused_and_nothing_lost(pages: &[CataloguePage], count: u32, error: crate::Error<Test>) {
	assert_ok!(import(Domain::Enterprise, V17_1, &v17()));
	let held = (crate::TechniqueIndex::<Test>::get(), crate::Catalogues::<Test>::get(Domain::Enterprise));
	let vote = AttckTaxonomy::authorize_import(RuntimeOrigin::root(), Domain::Enterprise, V18_1, hashes(pages), count);
	assert_ok!(vote);
	let (last, others) = pages.split_last().unwrap();
	for (index, page) in others.iter().enumerate() {
		assert_ok!(bring(Domain::Enterprise, index as u32, page));
	}
	assert_noop!(bring(Domain::Enterprise, others.len() as u32, last).map_err(|e| e.error), error);
	assert_eq!((crate::TechniqueIndex::<Test>::get(), crate::Catalogues::<Test>::get(Domain::Enterprise)), held);
	assert_ok!(AttckTaxonomy::abort_import(RuntimeOrigin::root(), Domain::Enterprise));
	assert_eq!(AttckTaxonomy::resolve(id("T1566")), Some((id("T1566"), Active)));
}

/// A catalogue of one page, as genesis installs it.
pub fn catalogue(domain: Domain, version: CatalogueVersion, pages: Vec<CataloguePage>) -> Catalogue {
	Catalogue { domain, version, pages: pages.try_into().unwrap() }
}

pub fn generation(domain: Domain) -> Generation {
	crate::Catalogues::<Test>::get(domain).unwrap().generation
}

/// Lets blocks with nothing else in them pass.
pub fn idle(blocks: u32) {
	for _ in 0..blocks {
		AttckTaxonomy::on_idle(System::block_number(), Weight::MAX);
		System::set_block_number(System::block_number() + 1);
	}
}

pub fn new_test_ext() -> TestState {
	let mut ext = TestState::new(RuntimeGenesisConfig::default().build_storage().unwrap());
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs a test on a chain without catalogues and checks every invariant after it.
pub fn build_and_execute(test: impl FnOnce()) {
	let mut ext = new_test_ext();
	ext.execute_with(|| {
		test();
		AttckTaxonomy::do_try_state().unwrap();
	});
}
