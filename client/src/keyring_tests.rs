use super::*;
use cti_envelope::development;

const GENESIS: Hash = [7; 32];
const GROUP: GroupId = GroupId(3);
const ME: MemberId = MemberId(1);

#[derive(Default)]
struct Table {
	epochs: BTreeMap<(GroupId, Epoch), EpochFacts>,
	welcomes: BTreeMap<Welcome, Vec<Wrap>>,
	/// How many extrinsics were asked for.
	asked: AtomicU32,
}

impl EpochSource for Table {
	async fn facts(&self, group: GroupId, epoch: Epoch) -> Result<Option<EpochFacts>, Error> {
		self.asked.fetch_add(1, Ordering::Relaxed);
		Ok(self.epochs.get(&(group, epoch)).cloned())
	}

	async fn newest(&self, group: GroupId) -> Result<Option<Epoch>, Error> {
		Ok(self.epochs.keys().filter(|(of, _)| *of == group).map(|(_, epoch)| *epoch).max())
	}

	async fn welcome(&self, _: GroupId, _: Epoch, _: MemberId, at: Welcome) -> Result<Vec<Wrap>, Error> {
		self.asked.fetch_add(1, Ordering::Relaxed);
		Ok(self.welcomes.get(&at).cloned().unwrap_or_default())
	}
}

fn secret(epoch: u32) -> EpochSecret {
	EpochSecret::new([epoch as u8; 32])
}

fn my_seed() -> Seed {
	development::member_seed("bob")
}

fn wrap(epoch: u32, member: MemberId, version: u32, seed: &Seed) -> Wrap {
	let context = secret(epoch).context(&GENESIS, GROUP, Epoch(epoch), epoch);
	secret(epoch).wrap_for(&context, member, version, &seed.public_key()).unwrap()
}

impl Table {
	fn add(&mut self, epoch: u32, linked: bool, wraps: Vec<Wrap>) {
		let link = linked.then(|| {
			let link = secret(epoch).link(&GENESIS, GROUP, Epoch(epoch - 1), &secret(epoch - 1));
			link.unwrap()
		});
		let context = secret(epoch).context(&GENESIS, GROUP, Epoch(epoch), epoch);
		self.epochs.insert((GROUP, Epoch(epoch)), EpochFacts { context, link, wraps });
	}

	/// An epoch of others, linked to the one before.
	fn add_foreign(&mut self, epoch: u32) {
		let (genesis, group, epoch) = (GENESIS, GROUP, Epoch(epoch));
		let context = SeedWrapContext { genesis, group, epoch, roster_version: 1, pk_hash: [0; 32], auth: [0; 32] };
		self.epochs.insert((group, epoch), EpochFacts { context, link: Some([0; 48]), wraps: vec![] });
	}

	fn keyring(self, seeds: Vec<Seed>, newest_version: u32) -> Keyring<Table> {
		let own = OwnKeys {
			member: ME,
			account: subxt::utils::AccountId32([1; 32]),
			newest_version: newest_version.into(),
			analyst: None,
			seeds,
			genesis_epoch: Some(development::epoch_secret()),
		};
		Keyring::new(self, GENESIS, own)
	}
}

async fn opens(keyring: &Keyring<Table>, epoch: u32) -> bool {
	let found = keyring.secret(GROUP, Epoch(epoch)).await.unwrap();
	if let Some(found) = &found {
		assert_eq!(**found, secret(epoch));
	}
	found.is_some()
}

#[tokio::test]
async fn own_wrap_should_be_found_among_others_and_with_an_old_key() {
	let (old, new) = (Seed::new([1; 32]), my_seed());
	let other = development::member_seed("dave");
	let mut table = Table::default();
	table.add(1, false, vec![wrap(1, MemberId(0), 0, &other), wrap(1, ME, 0, &old)]);
	table.add(2, false, vec![wrap(2, MemberId(0), 0, &other), wrap(2, ME, 1, &new)]);
	table.add(3, false, vec![wrap(3, MemberId(0), 0, &other)]);
	let keyring = table.keyring(vec![old, new], 1);
	assert!(opens(&keyring, 1).await);
	assert!(opens(&keyring, 2).await);
	assert!(!opens(&keyring, 3).await);
	assert!(!opens(&keyring, 4).await);
}

#[tokio::test]
async fn links_should_lead_back_and_stop_where_one_is_missing() {
	let mut table = Table::default();
	table.add(1, false, vec![]);
	table.add(2, false, vec![]);
	table.add(3, true, vec![]);
	table.add(4, true, vec![wrap(4, ME, 0, &my_seed())]);
	let keyring = table.keyring(vec![my_seed()], 0);
	assert!(opens(&keyring, 2).await);
	assert!(opens(&keyring, 3).await);
	assert!(!opens(&keyring, 1).await);
}

#[tokio::test]
async fn known_later_secret_should_lead_back_too() {
	let mut table = Table::default();
	table.add(1, false, vec![]);
	table.add(2, true, vec![wrap(2, ME, 0, &my_seed())]);
	let keyring = table.keyring(vec![my_seed()], 0);
	assert!(opens(&keyring, 2).await);
	assert!(opens(&keyring, 1).await);
}

#[tokio::test]
async fn welcome_should_open_what_was_closed_before() {
	let mut table = Table::default();
	table.add(1, false, vec![]);
	table.welcomes.insert((9, 2), vec![wrap(1, ME, 0, &my_seed())]);
	let keyring = table.keyring(vec![my_seed()], 0);
	assert!(!opens(&keyring, 1).await);
	keyring.welcomed(GROUP, Epoch(1), (9, 2)).await;
	assert!(opens(&keyring, 1).await);
}

#[tokio::test]
async fn genesis_secret_should_count_only_where_the_chain_has_its_key() {
	let published = development::epoch_secret();
	let mut table = Table::default();
	for (group, secret) in [(GroupId(0), published.clone()), (GroupId(1), EpochSecret::new([9; 32]))] {
		let context = secret.context(&GENESIS, group, Epoch(0), 1);
		table.epochs.insert((group, Epoch(0)), EpochFacts { context, link: None, wraps: vec![] });
	}
	let keyring = table.keyring(vec![my_seed()], 0);
	assert_eq!(*keyring.secret(GroupId(0), Epoch(0)).await.unwrap().unwrap(), published);
	assert!(keyring.secret(GroupId(1), Epoch(0)).await.unwrap().is_none());
}

#[tokio::test]
async fn key_registered_meanwhile_should_open_what_is_wrapped_to_it() {
	let mut table = Table::default();
	table.add(1, false, vec![wrap(1, ME, 1, &my_seed())]);
	let keyring = table.keyring(vec![my_seed()], 0);
	assert!(!opens(&keyring, 1).await);
	keyring.own.registered(1);
	keyring.own.registered(0);
	assert!(opens(&keyring, 1).await);
}

#[test]
fn fingerprint_should_change_with_every_key_and_version() {
	let keys = |seeds: Vec<Seed>, version| Table::default().keyring(seeds, version).own.fingerprint();
	let first = keys(vec![my_seed()], 0);
	assert_eq!(keys(vec![my_seed()], 0), first);
	assert_ne!(keys(vec![my_seed()], 1), first);
	assert_ne!(keys(vec![my_seed(), Seed::new([1; 32])], 0), first);
}

fn asked(keyring: &Keyring<Table>) -> u32 {
	keyring.source.asked.load(Ordering::Relaxed)
}

#[tokio::test]
async fn epochs_of_others_should_be_looked_at_once_and_few_in_one_round() {
	let mut table = Table::default();
	(1..=600).for_each(|epoch| table.add_foreign(epoch));
	let mut keyring = table.keyring(vec![my_seed()], 0);
	let direct = 2;
	for (looked_at, cut) in [(direct + MAX_STEPS, true), (direct + 2 * MAX_STEPS, true), (600, false)] {
		for _ in 0..3 {
			assert!(!opens(&keyring, 1).await);
			assert_eq!(asked(&keyring), looked_at);
		}
		assert_eq!(keyring.next_round().await.contains(&GROUP), cut);
	}
	keyring.rekeyed(GroupId(9)).await;
	keyring.welcomed(GroupId(9), Epoch(1), (1, 1)).await;
	keyring.source.add_foreign(601);
	assert!(!opens(&keyring, 1).await);
	assert_eq!(asked(&keyring), 600, "nothing happened in this group");
	keyring.rekeyed(GROUP).await;
	assert!(!opens(&keyring, 1).await);
	assert_eq!(asked(&keyring), 601);
}

#[tokio::test]
async fn newest_epochs_secret_should_open_a_history_longer_than_a_rounds_steps() {
	let mut table = Table::default();
	let newest = MAX_STEPS + 40;
	table.add(1, false, vec![]);
	(2..newest).for_each(|epoch| table.add(epoch, true, vec![]));
	table.add(newest, true, vec![wrap(newest, ME, 0, &my_seed())]);
	let keyring = table.keyring(vec![my_seed()], 0);
	assert!(opens(&keyring, 1).await);
	assert_eq!(asked(&keyring), newest);
	assert!(opens(&keyring, 7).await);
	assert_eq!(asked(&keyring), newest);
}

#[tokio::test]
async fn welcome_to_a_later_epoch_should_open_what_links_lead_back_to() {
	let mut table = Table::default();
	let welcomed = MAX_STEPS + 40;
	table.add(1, false, vec![]);
	(2..=welcomed).for_each(|epoch| table.add(epoch, true, vec![]));
	table.add(welcomed + 1, false, vec![]);
	table.welcomes.insert((9, 2), vec![wrap(welcomed, ME, 0, &my_seed())]);
	let keyring = table.keyring(vec![my_seed()], 0);
	keyring.welcomed(GROUP, Epoch(welcomed), (9, 2)).await;
	assert!(opens(&keyring, 1).await);
}

#[tokio::test]
async fn welcome_that_does_not_open_should_be_fetched_once() {
	let mut table = Table::default();
	table.add(1, false, vec![]);
	table.welcomes.insert((9, 2), vec![wrap(1, MemberId(0), 0, &development::member_seed("dave"))]);
	let keyring = table.keyring(vec![my_seed()], 0);
	keyring.welcomed(GROUP, Epoch(1), (9, 2)).await;
	for _ in 0..3 {
		assert!(!opens(&keyring, 1).await);
		assert_eq!(asked(&keyring), 2, "the epoch and the welcome");
		keyring.rekeyed(GROUP).await;
	}
}
