use super::*;
use codec::Encode;
use scale_info::{MetaType, Registry, TypeInfo};

#[derive(Encode, TypeInfo)]
struct Bounded(Vec<u8>);

#[derive(Encode, TypeInfo)]
enum Call0 {
	#[codec(index = 3)]
	Publish { number: u32, draft: (Vec<u16>, Option<u64>), payload: Bounded },
	#[codec(index = 4)]
	Rekey { group: u32, wraps: Vec<[u8; 1168]> },
}

#[derive(Encode, TypeInfo)]
enum Call1 {
	Batch { calls: Vec<Outer> },
	Proxy { real: [u8; 32], call: Box<Outer> },
	Remark { text: String, weight: (Compact<u64>, bool) },
}

#[derive(Encode, TypeInfo)]
enum Outer {
	#[codec(index = 52)]
	ThreatRegistry(Call0),
	#[codec(index = 33)]
	Utility(Call1),
}

#[derive(Encode, TypeInfo)]
enum Address {
	Id([u8; 32]),
}

#[derive(Encode, TypeInfo)]
enum Signature {
	#[codec(index = 1)]
	Sr25519([u8; 64]),
}

struct Chain {
	types: PortableRegistry,
	ids: [u32; 5],
}

fn chain() -> Chain {
	let mut registry = Registry::new();
	let mut id = |meta: MetaType| registry.register_type(&meta).id;
	let ids = [
		id(MetaType::new::<Outer>()),
		id(MetaType::new::<Address>()),
		id(MetaType::new::<Signature>()),
		id(MetaType::new::<codec::Compact<u32>>()),
		id(MetaType::new::<()>()),
	];
	Chain { types: registry.into(), ids }
}

fn shape(chain: &Chain) -> Shape<'_> {
	let [call, address, signature, nonce, empty] = chain.ids;
	Shape { types: &chain.types, call, address, signature, extensions: BTreeMap::from([(0, vec![empty, nonce])]) }
}

fn signed(call: &Outer) -> Vec<u8> {
	let mut bytes = vec![SIGNED_V4];
	Address::Id([7; 32]).encode_to(&mut bytes);
	Signature::Sr25519([8; 64]).encode_to(&mut bytes);
	Compact(300u32).encode_to(&mut bytes);
	call.encode_to(&mut bytes);
	bytes.encode()
}

fn publish(payload: Vec<u8>) -> Outer {
	let draft = (vec![1, 2], Some(3));
	Outer::ThreatRegistry(Call0::Publish { number: 9, draft, payload: Bounded(payload) })
}

fn names<'a>(calls: &[Call<'a>]) -> Vec<(&'a str, &'a str)> {
	calls.iter().map(|call| (call.pallet, call.name)).collect()
}

#[test]
fn plain_call_should_give_its_arguments() {
	let chain = chain();
	let shape = shape(&chain);
	let bytes = signed(&publish(vec![5; 70_000]));
	let calls = shape.calls(&bytes).unwrap();
	assert_eq!(names(&calls), [("ThreatRegistry", "Publish")]);
	assert_eq!(calls[0].argument::<u32>("number"), Some(9));
	let payload = calls[0].arguments.last().unwrap();
	assert_eq!(payload.bytes(), Some(&vec![5; 70_000][..]));
	assert_eq!(calls[0].arguments[1].bytes(), None);
}

#[test]
fn nested_calls_should_be_found_outermost_first() {
	let chain = chain();
	let shape = shape(&chain);
	let remark = Outer::Utility(Call1::Remark { text: "x".into(), weight: (Compact(1 << 40), true) });
	let rekey = Outer::ThreatRegistry(Call0::Rekey { group: 2, wraps: vec![[1; 1168], [2; 1168]] });
	let proxied = Outer::Utility(Call1::Proxy { real: [1; 32], call: Box::new(rekey) });
	let batch = Outer::Utility(Call1::Batch { calls: vec![remark, publish(vec![1]), proxied] });
	let bytes = signed(&batch);
	let calls = shape.calls(&bytes).unwrap();
	let expected = ["Batch", "Remark", "Publish", "Proxy", "Rekey"];
	assert_eq!(calls.iter().map(|call| call.name).collect::<Vec<_>>(), expected);
	assert_eq!(calls[4].argument::<Vec<[u8; 1168]>>("wraps").unwrap()[1], [2; 1168]);
}

#[test]
fn general_and_bare_extrinsics_should_be_read() {
	let chain = chain();
	let shape = shape(&chain);
	let call = publish(vec![1, 2, 3]);
	let bare = [&[BARE_V5][..], &call.encode()].concat().encode();
	assert_eq!(shape.calls(&bare).unwrap().len(), 1);
	let general = [&[GENERAL_V5, 0][..], &Compact(1u32).encode(), &call.encode()].concat().encode();
	assert_eq!(shape.calls(&general).unwrap().len(), 1);
	let unknown_pipeline = [&[GENERAL_V5, 1][..], &Compact(1u32).encode(), &call.encode()].concat().encode();
	assert_eq!(shape.calls(&unknown_pipeline), Err(Unreadable));
}

#[test]
fn every_truncation_and_extension_should_be_refused() {
	let chain = chain();
	let shape = shape(&chain);
	let inner: Vec<u8> = Decode::decode(&mut &signed(&publish(vec![1; 90]))[..]).unwrap();
	for length in 0..inner.len() {
		assert_eq!(shape.calls(&inner[..length].to_vec().encode()), Err(Unreadable), "{length}");
	}
	assert_eq!(shape.calls(&[&inner[..], &[0]].concat().encode()), Err(Unreadable));
	let wrong_length = [&Compact(inner.len() as u32 - 1).encode()[..], &inner].concat();
	assert_eq!(shape.calls(&wrong_length), Err(Unreadable));
}

#[test]
fn endless_nesting_should_be_refused() {
	let chain = chain();
	let shape = shape(&chain);
	let mut call = publish(vec![]);
	for _ in 0..2_000 {
		call = Outer::Utility(Call1::Batch { calls: vec![call] });
	}
	assert_eq!(shape.calls(&signed(&call)), Err(Unreadable));
}
