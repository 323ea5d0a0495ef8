//! Calls as people read them before they vote: no argument left out, bytes as hexadecimal, long ones by their hash.

use super::blake2_256;
use subxt::ext::scale_value::{Composite, Primitive, Value, ValueDef, Variant};

/// Bytes that are shown in full: hashes and accounts. Of longer ones their hash is shown, which names them as well.
const WHOLE: usize = 64;
/// From how many small numbers on a list is taken for bytes.
const BYTES: usize = 16;

/// A call as `Pallet.call { argument: value, ... }`.
pub fn call<T>(value: &Value<T>) -> String {
	let ValueDef::Variant(Variant { name, values }) = &value.value else { return shown(value) };
	let inner = match values {
		Composite::Unnamed(values) => values.first(),
		Composite::Named(_) => None,
	};
	match inner.map(|inner| &inner.value) {
		Some(ValueDef::Variant(inner)) => format!("{name}.{}", variant(inner)),
		_ => shown(value),
	}
}

fn variant<T>(Variant { name, values }: &Variant<T>) -> String {
	match (values, values.is_empty()) {
		(_, true) => name.clone(),
		(Composite::Named(_), false) => format!("{name} {}", composite(values)),
		(Composite::Unnamed(_), false) => match composite(values) {
			inner if inner.starts_with('(') => format!("{name}{inner}"),
			inner => format!("{name}({inner})"),
		},
	}
}

fn shown<T>(value: &Value<T>) -> String {
	match &value.value {
		ValueDef::Composite(values) => composite(values),
		ValueDef::Variant(inner) => variant(inner),
		ValueDef::BitSequence(bits) => bits.iter().map(|bit| if bit { '1' } else { '0' }).collect(),
		ValueDef::Primitive(primitive) => match primitive {
			Primitive::Bool(value) => value.to_string(),
			Primitive::Char(value) => format!("{value:?}"),
			Primitive::String(value) => format!("{value:?}"),
			Primitive::U128(value) => value.to_string(),
			Primitive::I128(value) => value.to_string(),
			Primitive::U256(value) | Primitive::I256(value) => hexadecimal(value),
		},
	}
}

fn composite<T>(values: &Composite<T>) -> String {
	match values {
		Composite::Named(fields) => {
			let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {}", shown(value))).collect();
			format!("{{ {} }}", fields.join(", "))
		}
		// What wraps a single value adds nothing.
		Composite::Unnamed(values) if values.len() == 1 => values.iter().map(shown).collect(),
		Composite::Unnamed(values) => match bytes(values) {
			Some(bytes) => text(&bytes).unwrap_or_else(|| hexadecimal(&bytes)),
			None => format!("({})", values.iter().map(shown).collect::<Vec<_>>().join(", ")),
		},
	}
}

/// The list as bytes, if it is one, or text.
fn bytes<T>(values: &[Value<T>]) -> Option<Vec<u8>> {
	let byte = |value: &Value<T>| match &value.value {
		ValueDef::Primitive(Primitive::U128(value)) => u8::try_from(*value).ok(),
		_ => None,
	};
	let bytes = values.iter().map(byte).collect::<Option<Vec<u8>>>()?;
	(bytes.len() >= BYTES || text(&bytes).is_some()).then_some(bytes)
}

/// Plain text, in quotes.
fn text(bytes: &[u8]) -> Option<String> {
	let is_plain = bytes.len() > 1 && bytes.iter().all(|byte| matches!(byte, b' '..=b'~'));
	let text = std::str::from_utf8(bytes).ok().filter(|_| is_plain)?;
	Some(format!("{text:?}"))
}

fn hexadecimal(bytes: &[u8]) -> String {
	match bytes.len() {
		0..=WHOLE => format!("0x{}", hex::encode(bytes)),
		length => format!("{length} bytes with BLAKE2-256 0x{}", hex::encode(blake2_256(bytes))),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::govern::{Proposal, Upgrade};
	use cti_primitives::MemberId;
	use subxt::utils::AccountId32;

	fn proposed(proposal: Proposal) -> String {
		call(&proposal.call())
	}

	#[test]
	fn every_argument_should_be_shown_whole() {
		let account = AccountId32(core::array::from_fn(|place| place as u8));
		assert_eq!(
			proposed(Proposal::ReplaceController(MemberId(3), account, None, true)),
			format!(
				"Membership.replace_controller {{ member: 3, controller: 0x{}, encryption_key: None, is_stolen: true }}",
				hex::encode(account.0)
			)
		);
		assert_eq!(
			proposed(Proposal::Admit {
				controller: account,
				name: "Elbe Bank".into(),
				encryption_key: None,
				former: Some(MemberId(2)),
			}),
			format!(
				"Membership.admit {{ controller: 0x{}, name: \"Elbe Bank\", encryption_key: None, former: Some(2) }}",
				hex::encode(account.0)
			)
		);
	}

	#[test]
	fn calls_within_calls_should_show_their_arguments() {
		let (pot, to) = (AccountId32([1; 32]), AccountId32([0x55; 32]));
		let shown = proposed(Proposal::Pay(pot, to, 7_000));
		assert!(shown.starts_with("Membership.enact { call: Balances(force_transfer { source: Id(0x0101"), "{shown}");
		// Bytes that could be read as text are a text, and as whole.
		assert!(shown.contains(&format!("dest: Id({:?})", "U".repeat(32))), "{shown}");
		assert!(shown.ends_with("value: 7000 }) }"), "{shown}");
		let hash = [0xab; 32];
		let shown = proposed(Proposal::Upgrade(Upgrade { code_hash: hash }));
		assert_eq!(
			shown,
			format!("Membership.enact {{ call: System(authorize_upgrade {{ code_hash: 0x{} }}) }}", hex::encode(hash))
		);
		let shown = proposed(Proposal::Drop(hash));
		assert_eq!(shown, format!("Consortium.kill {{ proposal_hash: 0x{} }}", hex::encode(hash)));
	}

	#[test]
	fn long_bytes_should_be_named_by_their_hash() {
		let key = |last| [vec![7; 1_215], vec![last]].concat();
		let shown = |last| {
			let arguments = [("key", subxt::dynamic::Value::from_bytes(key(last)))];
			let inner = subxt::dynamic::Value::named_variant("set", arguments);
			call(&subxt::dynamic::Value::unnamed_variant("Keys", [inner]))
		};
		assert_eq!(
			shown(7),
			format!("Keys.set {{ key: 1216 bytes with BLAKE2-256 0x{} }}", hex::encode(blake2_256(&key(7))))
		);
		assert_ne!(shown(7), shown(8));
	}
}
