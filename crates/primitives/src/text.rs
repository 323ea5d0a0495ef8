//! Text on chain.

use alloc::{string::String, vec::Vec};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, Input, MaxEncodedLen};
use core::ops::Deref;
use scale_info::{Type, TypeInfo};

/// Text of at most `N` bytes. It is encoded as its bytes are, and every client shows it as text: bytes they show so only while
/// these are ASCII. What is no UTF-8 does not decode, so that no client meets it in a block.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Encode, MaxEncodedLen)]
pub struct Text<const N: u32>(BoundedVec<u8, ConstU32<N>>);

impl<const N: u32> Text<N> {
	/// As much of the text as has `N` bytes at most, in whole characters.
	pub fn truncate_from(text: &str) -> Self {
		let most = text.len().min(N as usize);
		let end = (0..=most).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
		Self(BoundedVec::truncate_from(text.as_bytes().get(..end).unwrap_or_default().to_vec()))
	}
}

impl<const N: u32> Decode for Text<N> {
	fn decode<I: Input>(input: &mut I) -> Result<Self, codec::Error> {
		let bytes = BoundedVec::decode(input)?;
		core::str::from_utf8(&bytes).map_err(|_| "the text is no UTF-8")?;
		Ok(Self(bytes))
	}
}

impl<const N: u32> DecodeWithMemTracking for Text<N> {}

impl<const N: u32> TypeInfo for Text<N> {
	type Identity = str;

	fn type_info() -> Type {
		str::type_info()
	}
}

impl<const N: u32> Deref for Text<N> {
	type Target = [u8];

	fn deref(&self) -> &[u8] {
		&self.0
	}
}

impl<const N: u32> TryFrom<Vec<u8>> for Text<N> {
	type Error = Vec<u8>;

	fn try_from(bytes: Vec<u8>) -> Result<Self, Vec<u8>> {
		BoundedVec::try_from(bytes).map(Self)
	}
}

impl<const N: u32> From<Text<N>> for String {
	fn from(text: Text<N>) -> Self {
		String::from_utf8_lossy(&text).into_owned()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn text_should_be_encoded_as_its_bytes_and_be_utf_8() {
		let bank = "Österreichische Bank".as_bytes().to_vec();
		let text = Text::<64>::try_from(bank.clone()).unwrap();
		assert_eq!(text.encode(), bank.encode());
		assert_eq!(Text::<64>::decode(&mut &bank.encode()[..]), Ok(text.clone()));
		assert_eq!(String::from(text), "Österreichische Bank");
		assert_eq!(&*Text::<2>::truncate_from("aÖ"), b"a");
		assert_eq!(&*Text::<3>::truncate_from("aÖb"), "aÖ".as_bytes());
		assert!(Text::<64>::decode(&mut &vec![0xff_u8].encode()[..]).is_err());
		assert!(Text::<2>::decode(&mut &b"abc".to_vec().encode()[..]).is_err());
	}
}
