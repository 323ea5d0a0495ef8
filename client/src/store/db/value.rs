//! What a statement is given and what a row gives back, the same for both databases.

use rusqlite::types::{FromSqlError, ToSqlOutput, ValueRef};
use std::borrow::Cow;

/// One value: of a statement, or of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value<'a> {
	/// Nothing.
	Null,
	/// A number; truth is 0 or 1.
	Integer(i64),
	/// A text.
	Text(Cow<'a, str>),
	/// Bytes.
	Blob(Cow<'a, [u8]>),
}

/// The values of a statement, in their order.
macro_rules! values {
	($($value:expr),* $(,)?) => { [$($crate::store::db::Value::from($value)),*] };
}
pub(in crate::store) use values;

impl<'a> Value<'a> {
	/// As SQLite has it.
	pub(super) fn of_sqlite(value: ValueRef<'a>) -> Result<Self, FromSqlError> {
		Ok(match value {
			ValueRef::Null => Value::Null,
			ValueRef::Integer(number) => Value::Integer(number),
			ValueRef::Text(_) => Value::Text(value.as_str()?.into()),
			ValueRef::Blob(bytes) => Value::Blob(bytes.into()),
			ValueRef::Real(_) => return Err(FromSqlError::InvalidType),
		})
	}
}

impl rusqlite::ToSql for Value<'_> {
	fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
		Ok(ToSqlOutput::Borrowed(match self {
			Value::Null => ValueRef::Null,
			Value::Integer(number) => ValueRef::Integer(*number),
			Value::Text(text) => ValueRef::Text(text.as_bytes()),
			Value::Blob(bytes) => ValueRef::Blob(bytes),
		}))
	}
}

macro_rules! from_numbers {
	($($number:ty)*) => { $(
		impl From<$number> for Value<'_> {
			fn from(number: $number) -> Self {
				Value::Integer(number.into())
			}
		}
	)* };
}
from_numbers!(bool u8 u32 i64);

impl<'a> From<&'a str> for Value<'a> {
	fn from(text: &'a str) -> Self {
		Value::Text(text.into())
	}
}

impl<'a> From<&'a String> for Value<'a> {
	fn from(text: &'a String) -> Self {
		text.as_str().into()
	}
}

impl From<String> for Value<'_> {
	fn from(text: String) -> Self {
		Value::Text(text.into())
	}
}

impl<'a> From<&'a [u8]> for Value<'a> {
	fn from(bytes: &'a [u8]) -> Self {
		Value::Blob(bytes.into())
	}
}

impl<'a, const N: usize> From<&'a [u8; N]> for Value<'a> {
	fn from(bytes: &'a [u8; N]) -> Self {
		bytes.as_slice().into()
	}
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
	fn from(value: Option<T>) -> Self {
		value.map_or(Value::Null, Into::into)
	}
}

/// What a column of a row can be read as.
pub trait Column: Sized {
	/// Reads it, or says why that cannot be.
	fn read(value: Value) -> Result<Self, &'static str>;
}

impl Column for i64 {
	fn read(value: Value) -> Result<Self, &'static str> {
		match value {
			Value::Integer(number) => Ok(number),
			_ => Err("it is no number"),
		}
	}
}

impl Column for u32 {
	fn read(value: Value) -> Result<Self, &'static str> {
		i64::read(value)?.try_into().map_err(|_| "the number is out of its range")
	}
}

impl Column for u8 {
	fn read(value: Value) -> Result<Self, &'static str> {
		i64::read(value)?.try_into().map_err(|_| "the number is out of its range")
	}
}

impl Column for bool {
	fn read(value: Value) -> Result<Self, &'static str> {
		Ok(i64::read(value)? != 0)
	}
}

impl Column for String {
	fn read(value: Value) -> Result<Self, &'static str> {
		match value {
			Value::Text(text) => Ok(text.into_owned()),
			_ => Err("it is no text"),
		}
	}
}

impl Column for Vec<u8> {
	fn read(value: Value) -> Result<Self, &'static str> {
		match value {
			Value::Blob(bytes) => Ok(bytes.into_owned()),
			_ => Err("it is no bytes"),
		}
	}
}

impl Column for [u8; 32] {
	fn read(value: Value) -> Result<Self, &'static str> {
		match value {
			Value::Blob(bytes) => (*bytes).try_into().map_err(|_| "it has not 32 bytes"),
			_ => Err("it is no bytes"),
		}
	}
}

impl<T: Column> Column for Option<T> {
	fn read(value: Value) -> Result<Self, &'static str> {
		match value {
			Value::Null => Ok(None),
			value => T::read(value).map(Some),
		}
	}
}
