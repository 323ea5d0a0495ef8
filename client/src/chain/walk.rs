//! Finds calls and their arguments in an extrinsic, however deep in batches, proxies and multisigs they are nested.
//!
//! Works on the metadata's types alone and skips byte sequences in one step, so that a payload of 256 KiB costs
//! nothing.

use codec::{Compact, Decode};
use cti_envelope::{parse, Anchor};
use cti_primitives::Hash;
use scale_info::{form::PortableForm, Field, PortableRegistry, TypeDef, TypeDefPrimitive};
use std::collections::BTreeMap;
use subxt::{ext::frame_decode::extrinsics::ExtrinsicTypeInfo, Metadata};

/// Most levels of types inside one another. The chain's own limit for nested calls is far below.
const MAX_DEPTH: u32 = 1_024;
const BARE_V4: u8 = 0x04;
const SIGNED_V4: u8 = 0x84;
const BARE_V5: u8 = 0x05;
const GENERAL_V5: u8 = 0x45;

/// The bytes are not what the metadata says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the extrinsic does not fit the chain's metadata")]
pub struct Unreadable;

/// One call, nested or not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call<'a> {
	/// The pallet's name.
	pub pallet: &'a str,
	/// The call's name.
	pub name: &'a str,
	/// Its arguments.
	pub arguments: Vec<Argument<'a>>,
}

/// One argument of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Argument<'a> {
	/// Its name.
	pub name: &'a str,
	/// Its encoding.
	pub encoded: &'a [u8],
	/// Is it a sequence of bytes?
	pub is_bytes: bool,
}

impl<'a> Argument<'a> {
	/// What is in it, if it is a sequence of bytes.
	pub fn bytes(&self) -> Option<&'a [u8]> {
		if !self.is_bytes {
			return None;
		}
		let mut rest = self.encoded;
		Compact::<u32>::decode(&mut rest).ok()?;
		Some(rest)
	}
}

impl<'a> Call<'a> {
	/// Decodes the argument of that name.
	pub fn argument<T: Decode>(&self, name: &str) -> Option<T> {
		let found = self.arguments.iter().find(|argument| argument.name == name)?;
		T::decode(&mut &found.encoded[..]).ok()
	}
}

/// Where an envelope is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found<'a> {
	/// In the call.
	Here(&'a [u8]),
	/// At this address; the chain knows no more of it than that.
	Elsewhere(Box<Anchor>, String),
}

/// The envelope with the given id among the arguments of `calls`. The id is a hash of all of it, so it does not matter in
/// which call it is found.
pub fn find_envelope<'a>(calls: &[Call<'a>], id: &Hash) -> Option<Found<'a>> {
	let arguments = calls.iter().flat_map(|call| &call.arguments);
	let mut bytes = arguments.filter_map(Argument::bytes);
	let here = bytes.find(|bytes| parse(bytes).is_ok_and(|parsed| parsed.id() == *id));
	here.map(Found::Here).or_else(|| {
		calls.iter().find_map(|call| {
			let anchor = call.argument::<Anchor>("anchor").filter(|anchor| anchor.id() == *id)?;
			let location = String::from_utf8(call.argument("location")?).ok()?;
			Some(Found::Elsewhere(Box::new(anchor), location))
		})
	})
}

/// The types that extrinsics of one runtime are made of.
pub struct Shape<'m> {
	types: &'m PortableRegistry,
	call: u32,
	address: u32,
	signature: u32,
	/// Types of the transaction extensions, by version of their pipeline.
	extensions: BTreeMap<u8, Vec<u32>>,
}

impl<'m> Shape<'m> {
	/// The shape that metadata describes.
	pub fn of(metadata: &'m Metadata) -> Result<Self, Unreadable> {
		let signed = metadata.extrinsic_signature_info().map_err(|_| Unreadable)?;
		let extensions = (0..=u8::MAX).filter_map(|version| {
			let extensions = metadata.extrinsic().transaction_extensions_by_version(version)?;
			Some((version, extensions.map(|extension| extension.extra_ty()).collect()))
		});
		Ok(Self {
			types: metadata.types(),
			call: metadata.outer_enums().call_enum_ty(),
			address: signed.address_id,
			signature: signed.signature_id,
			extensions: extensions.collect(),
		})
	}

	/// All calls in an extrinsic (with its length in front), the outermost first.
	pub fn calls<'a>(&'a self, extrinsic: &'a [u8]) -> Result<Vec<Call<'a>>, Unreadable> {
		let mut walk = Walk { shape: self, rest: extrinsic, calls: Vec::new() };
		let Compact(length) = walk.decode::<Compact<u32>>()?;
		if walk.rest.len() != length as usize {
			return Err(Unreadable);
		}
		walk.preamble()?;
		walk.skip(self.call, 0)?;
		match walk.rest.is_empty() {
			true => Ok(walk.calls),
			false => Err(Unreadable),
		}
	}
}

struct Walk<'a> {
	shape: &'a Shape<'a>,
	rest: &'a [u8],
	calls: Vec<Call<'a>>,
}

impl<'a> Walk<'a> {
	fn decode<T: Decode>(&mut self) -> Result<T, Unreadable> {
		T::decode(&mut self.rest).map_err(|_| Unreadable)
	}

	fn advance(&mut self, bytes: usize) -> Result<(), Unreadable> {
		self.rest = self.rest.get(bytes..).ok_or(Unreadable)?;
		Ok(())
	}

	fn preamble(&mut self) -> Result<(), Unreadable> {
		match self.decode::<u8>()? {
			BARE_V4 | BARE_V5 => Ok(()),
			SIGNED_V4 => {
				self.skip(self.shape.address, 0)?;
				self.skip(self.shape.signature, 0)?;
				let newest = self.shape.extensions.keys().next_back().copied().ok_or(Unreadable)?;
				self.extensions(newest)
			}
			GENERAL_V5 => {
				let version = self.decode()?;
				self.extensions(version)
			}
			_ => Err(Unreadable),
		}
	}

	fn extensions(&mut self, version: u8) -> Result<(), Unreadable> {
		let shape = self.shape;
		shape.extensions.get(&version).ok_or(Unreadable)?.iter().try_for_each(|id| self.skip(*id, 0))
	}

	/// Steps over a value of type `id` and notes the calls in it.
	fn skip(&mut self, id: u32, depth: u32) -> Result<(), Unreadable> {
		if depth > MAX_DEPTH {
			return Err(Unreadable);
		}
		if id == self.shape.call {
			return self.skip_call(depth);
		}
		let depth = depth + 1;
		match &self.resolve(id)?.type_def {
			TypeDef::Composite(composite) => self.skip_fields(&composite.fields, depth),
			TypeDef::Variant(variants) => {
				let index = self.decode::<u8>()?;
				let variant = variants.variants.iter().find(|variant| variant.index == index).ok_or(Unreadable)?;
				self.skip_fields(&variant.fields, depth)
			}
			TypeDef::Sequence(sequence) => {
				let Compact(count) = self.decode::<Compact<u32>>()?;
				self.skip_items(sequence.type_param.id, count, depth)
			}
			TypeDef::Array(array) => self.skip_items(array.type_param.id, array.len, depth),
			TypeDef::Tuple(tuple) => tuple.fields.iter().try_for_each(|field| self.skip(field.id, depth)),
			TypeDef::Primitive(primitive) => self.skip_primitive(primitive),
			TypeDef::Compact(_) => self.decode::<Compact<u128>>().map(|_| ()),
			TypeDef::BitSequence(_) => Err(Unreadable),
		}
	}

	fn resolve(&self, id: u32) -> Result<&'a scale_info::Type<PortableForm>, Unreadable> {
		self.shape.types.resolve(id).ok_or(Unreadable)
	}

	fn skip_fields(&mut self, fields: &'a [Field<PortableForm>], depth: u32) -> Result<(), Unreadable> {
		fields.iter().try_for_each(|field| self.skip(field.ty.id, depth))
	}

	fn skip_items(&mut self, item: u32, count: u32, depth: u32) -> Result<(), Unreadable> {
		if let TypeDef::Primitive(TypeDefPrimitive::U8) = self.resolve(item)?.type_def {
			return self.advance(count as usize);
		}
		let before = self.rest.len();
		for step in 0..count {
			self.skip(item, depth)?;
			// Items without bytes would let a short input ask for endless steps.
			if step == 0 && self.rest.len() == before {
				break;
			}
		}
		Ok(())
	}

	fn skip_primitive(&mut self, primitive: &TypeDefPrimitive) -> Result<(), Unreadable> {
		let bytes = match primitive {
			TypeDefPrimitive::Bool | TypeDefPrimitive::U8 | TypeDefPrimitive::I8 => 1,
			TypeDefPrimitive::U16 | TypeDefPrimitive::I16 => 2,
			TypeDefPrimitive::Char | TypeDefPrimitive::U32 | TypeDefPrimitive::I32 => 4,
			TypeDefPrimitive::U64 | TypeDefPrimitive::I64 => 8,
			TypeDefPrimitive::U128 | TypeDefPrimitive::I128 => 16,
			TypeDefPrimitive::U256 | TypeDefPrimitive::I256 => 32,
			TypeDefPrimitive::Str => self.decode::<Compact<u32>>()?.0 as usize,
		};
		self.advance(bytes)
	}

	fn skip_call(&mut self, depth: u32) -> Result<(), Unreadable> {
		let (pallet, fields) = self.variant(self.shape.call)?;
		let [calls] = fields else { return Err(Unreadable) };
		let (name, fields) = self.variant(calls.ty.id)?;
		let place = self.calls.len();
		self.calls.push(Call { pallet, name, arguments: Vec::with_capacity(fields.len()) });
		for field in fields {
			let before = self.rest;
			self.skip(field.ty.id, depth + 1)?;
			let encoded = before.get(..before.len() - self.rest.len()).ok_or(Unreadable)?;
			let name = field.name.as_deref().unwrap_or_default();
			let argument = Argument { name, encoded, is_bytes: self.is_bytes(field.ty.id) };
			self.calls[place].arguments.push(argument);
		}
		Ok(())
	}

	fn variant(&mut self, id: u32) -> Result<(&'a str, &'a [Field<PortableForm>]), Unreadable> {
		let TypeDef::Variant(variants) = &self.resolve(id)?.type_def else { return Err(Unreadable) };
		let index = self.decode::<u8>()?;
		let variant = variants.variants.iter().find(|variant| variant.index == index).ok_or(Unreadable)?;
		Ok((&variant.name, &variant.fields))
	}

	/// Is the type a sequence of bytes, or a bounded one around it?
	fn is_bytes(&self, id: u32) -> bool {
		match self.resolve(id).map(|found| &found.type_def) {
			Ok(TypeDef::Sequence(sequence)) => matches!(
				self.resolve(sequence.type_param.id).map(|item| &item.type_def),
				Ok(TypeDef::Primitive(TypeDefPrimitive::U8))
			),
			Ok(TypeDef::Composite(composite)) => match composite.fields.as_slice() {
				[only] => self.is_bytes(only.ty.id),
				_ => false,
			},
			_ => false,
		}
	}
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
