//! Secrets of 32 bytes: wiped when dropped, compared in constant time, never printed.

macro_rules! secret {
	($(#[$doc:meta])* $name:ident) => {
		$(#[$doc])*
		#[derive(Clone, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
		pub struct $name([u8; 32]);

		impl $name {
			/// Takes the secret's bytes.
			pub const fn new(bytes: [u8; 32]) -> Self {
				Self(bytes)
			}

			/// The secret's bytes, for storage under another key.
			pub const fn as_bytes(&self) -> &[u8; 32] {
				&self.0
			}
		}

		impl PartialEq for $name {
			fn eq(&self, other: &Self) -> bool {
				subtle::ConstantTimeEq::ct_eq(self.0.as_slice(), other.0.as_slice()).into()
			}
		}

		impl Eq for $name {}

		impl core::fmt::Debug for $name {
			fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
				f.write_str(concat!(stringify!($name), "(..)"))
			}
		}
	};
}

pub(crate) use secret;
