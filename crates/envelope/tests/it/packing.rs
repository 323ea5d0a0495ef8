//! What packing says of a length is what sealing makes.

use crate::fixtures::{object, request, Group, Member, ENTROPY};
use cti_envelope::{padded_direct, parse, seal, sealed_len, Author, Packing, SealRequest, MAX_PAYLOAD};
use cti_primitives::MemberId;
use proptest::prelude::*;

proptest! {
	#![proptest_config(ProptestConfig::with_cases(48))]

	#[test]
	fn sealed_len_should_be_exact(
		lens in prop::collection::vec(prop_oneof![0usize..200, 16_000usize..17_000, 60_000usize..140_000], 1..8),
		groups in 0u32..=4,
		direct in 0u32..=6,
		pad_direct in any::<bool>(),
		pseudonym in any::<bool>(),
	) {
		prop_assume!(groups + direct > 0);
		let objects: Vec<_> = lens.iter().map(|len| object(*len, *len)).collect();
		let slices: Vec<&[u8]> = objects.iter().map(Vec::as_slice).collect();
		let groups: Vec<_> = (0..groups).map(|group| Group::new(group, 1)).collect();
		let groups: Vec<_> = groups.iter().map(Group::recipient).collect();
		let members: Vec<_> = (0..direct).map(|member| Member::new(member, 1)).collect();
		let members: Vec<_> = members.iter().map(Member::recipient).collect();
		let author = if pseudonym { Author::Pseudonym([1; 32]) } else { Author::Member(MemberId(1)) };
		let request = SealRequest { author, pad_direct, ..request(&groups, &members, &slices) };
		let actual = seal(&request, &ENTROPY).unwrap().len();

		let direct = if pad_direct { padded_direct(members.len()) } else { members.len() };
		let packing = lens
			.iter()
			.try_fold(Packing::new(&author, groups.len(), direct), |packing, len| packing.with(*len, usize::MAX))
			.unwrap();
		prop_assert_eq!(packing.sealed_len(), Some(actual));
		prop_assert_eq!(packing.objects() as usize, lens.len());
		if !pseudonym {
			let simple = sealed_len(lens.iter().copied(), groups.len() + direct);
			prop_assert_eq!(simple - actual, 8 * direct.min(4 - groups.len()));
		}
	}

	#[test]
	fn packing_should_fill_to_the_limit_and_not_over(seed in any::<u32>()) {
		let group = Group::new(0, 1);
		let mut packing = Packing::new(&Author::Member(MemberId(0)), 1, 0);
		let mut objects = Vec::new();
		for i in 0.. {
			let len = 200 + (seed.wrapping_mul(i + 1) >> 18) as usize;
			match packing.with(len, MAX_PAYLOAD) {
				Some(next) => packing = next,
				None => break,
			}
			objects.push(object(i as usize, len));
		}
		let slices: Vec<&[u8]> = objects.iter().map(Vec::as_slice).collect();
		let payload = seal(&request(&[group.recipient()], &[], &slices), &ENTROPY).unwrap();
		prop_assert!(payload.len() <= MAX_PAYLOAD);
		prop_assert!(payload.len() > MAX_PAYLOAD * 8 / 10, "{} bytes", payload.len());
	}

	#[test]
	fn padding_should_leak_little_and_cost_little(len in 1usize..4_000_000) {
		let padded = |len: usize| {
			let len = sealed_len([len].into_iter(), 1);
			parsed_padded_len(len)
		};
		let content = len + 1 + if len < 64 { 1 } else if len < 16_384 { 2 } else { 4 };
		let padded = padded(len);
		prop_assert!(padded >= content.max(4096));
		prop_assert!(padded == 4096 || (padded - content) * 100 < content * 12, "{} to {}", content, padded);
	}
}

/// Of an envelope by a member to one group with so many bytes.
fn parsed_padded_len(sealed_len: usize) -> usize {
	let group = Group::new(0, 1);
	let small = seal(&request(&[group.recipient()], &[], &[b"x"]), &ENTROPY).unwrap();
	let fixed = small.len() - parse(&small).unwrap().body.len();
	let body = sealed_len - fixed;
	body - body.div_ceil(65_536 + 16) * 16
}

#[test]
fn nothing_should_fit_where_nothing_can() {
	assert_eq!(Packing::new(&Author::Member(MemberId(0)), 1, 0).with(1, 5_000), None);
	assert_eq!(sealed_len([usize::MAX].into_iter(), 1), usize::MAX);
	assert_eq!(sealed_len([u32::MAX as usize].into_iter(), 1), usize::MAX);
	assert_eq!(sealed_len(std::iter::repeat_n(0xffff_ffff, 3), 1), usize::MAX);
}
