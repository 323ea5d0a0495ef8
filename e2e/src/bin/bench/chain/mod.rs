//! How many records a chain takes: signed before the clock starts, handed over as fast as the node's pool takes them.

mod load;
mod stats;

use load::{Kind, Loader};
use stats::Block;
use testudo_e2e::{Folder, Node};
use tokio::runtime::Runtime;

/// Records of each kind: some ten full blocks of single ones.
const SINGLE: usize = 20_000;
const PAGES: usize = 2_000;
const ANCHORED: usize = 600;

/// What `testudo-bench chain` measures.
pub struct Options {
	/// Records on chain when the growth has been measured; none for no growth.
	grow_to: Option<usize>,
}

impl Options {
	/// `chain [--grow-to N]`
	pub fn read(arguments: &[String]) -> Option<Self> {
		match &arguments[1..] {
			[] => Some(Self { grow_to: None }),
			[name, number] if name == "--grow-to" => Some(Self { grow_to: Some(number.parse().ok()?) }),
			_ => None,
		}
	}
}

/// Measures, and prints tables.
pub fn run(options: &Options) {
	let runtime = Runtime::new().expect("the system has threads");
	let folder = Folder::new("bench-chain");
	println!("| what | blocks | records a second | objects a second | records in the fullest block | made in | its proof and length | records in a core's block |");
	println!("|---|---|---|---|---|---|---|---|");
	for (sealing, blocks) in [("1000", "each second"), ("500", "each half second")] {
		let node = Node::start(&folder.join(sealing), &["--sealing", sealing]);
		let mut loader = runtime.block_on(Loader::start(&node)).expect("the accounts are made");
		let kinds = [(Kind::Single, SINGLE), (Kind::Page(100), PAGES), (Kind::Anchored(10_000), ANCHORED)];
		for (kind, count) in kinds {
			eprintln!("{kind}, {count} records, a block {blocks}");
			let taken = runtime.block_on(loader.load(&node, kind, count)).expect("the chain takes them");
			let block = Block::fullest(&node, &taken);
			println!(
				"| {kind} | {blocks} | {:.0} | {:.0} | {} | {:.2} s | {:.2} MiB | {} |",
				taken.rate(),
				taken.rate() * kind.objects() as f64,
				block.records,
				block.execution.as_secs_f64(),
				(block.proof + block.length) as f64 / 1_048_576.0,
				block.fit(),
			);
		}
	}
	if let Some(goal) = options.grow_to {
		grow(&runtime, &folder, goal);
	}
}

/// Time, proof and state as the chain grows.
fn grow(runtime: &Runtime, folder: &Folder, goal: usize) {
	println!("\n| records on chain | records a second | making of a record | proof of a record | database |");
	println!("|---|---|---|---|---|");
	let node = Node::start(&folder.join("grow"), &[]);
	let mut loader = runtime.block_on(Loader::start(&node)).expect("the accounts are made");
	let (mut there, mut next) = (0, 1_000);
	while there < goal {
		let more = SINGLE.min(next - there);
		let taken = runtime.block_on(loader.load(&node, Kind::Single, more)).expect("the chain takes them");
		there += more;
		eprintln!("{there} records");
		if there == next {
			let block = Block::fullest(&node, &taken);
			println!(
				"| {there} | {:.0} | {:.2} ms | {:.2} KiB | {:.0} MiB |",
				taken.rate(),
				block.execution.as_secs_f64() * 1_000.0 / block.records as f64,
				block.proof as f64 / 1_024.0 / block.records as f64,
				stats::size(&node.database()) as f64 / 1_048_576.0,
			);
			next = (next * 10).min(goal);
		}
	}
}
