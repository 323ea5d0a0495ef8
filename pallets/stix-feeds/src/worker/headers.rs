//! What HTTP headers say, and how they are written.

use crate::moment::seconds_of;
use alloc::{format, string::String, vec::Vec};
use cti_primitives::feed::Credentials;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The value of the `Authorization` header. Holds a secret.
pub(crate) fn authorization(credentials: &Credentials) -> Option<String> {
	match credentials {
		Credentials::None => None,
		Credentials::Basic { username, password } => {
			Some(format!("Basic {}", base64(format!("{username}:{password}").as_bytes())))
		}
		Credentials::Bearer { token } => Some(format!("Bearer {token}")),
	}
}

/// Base64 with padding, RFC 4648.
fn base64(bytes: &[u8]) -> String {
	const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	let mut text = String::new();
	for chunk in bytes.chunks(3) {
		let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
		let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
		for (at, shift) in [18u32, 12, 6, 0].into_iter().enumerate() {
			let digit = ALPHABET.get((bits >> shift & 63) as usize);
			text.push(digit.filter(|_| at <= chunk.len()).map_or('=', |digit| char::from(*digit)));
		}
	}
	text
}

/// `text` as a part of a URL's path or query.
pub(crate) fn percent(text: &str) -> String {
	let mut encoded = String::new();
	for byte in text.bytes() {
		if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
			encoded.push(char::from(byte));
		} else {
			encoded.push_str(&format!("%{byte:02X}"));
		}
	}
	encoded
}

/// The media type without its parameters, in lower case.
pub(crate) fn media_type(content_type: &str) -> String {
	content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Milliseconds from `now` (unix milliseconds) that a `Retry-After` asks for: seconds, or a date.
pub(crate) fn retry_after(value: &str, now: u64) -> Option<u64> {
	let value = value.trim();
	if value.bytes().all(|byte| byte.is_ascii_digit()) {
		return value.parse::<u64>().ok()?.checked_mul(1_000);
	}
	http_date(value)?.checked_mul(1_000).map(|at| at.saturating_sub(now))
}

/// Unix seconds of `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(text: &str) -> Option<u64> {
	let fields: Vec<&str> = text.split_ascii_whitespace().collect();
	let [_, day, month, year, time, "GMT"] = fields.as_slice() else { return None };
	let month = MONTHS.iter().position(|name| name == month)?.checked_add(1)?;
	let mut parts = time.split(':').map(|part| part.parse::<u64>().ok());
	let time = (parts.next()??, parts.next()??, parts.next()??);
	seconds_of((year.parse().ok()?, u64::try_from(month).ok()?, day.parse().ok()?), time)
}

/// First byte, and bytes of the whole, of a `Content-Range`.
pub(crate) fn content_range(value: &str) -> Option<(u64, Option<u64>)> {
	let (range, whole) = value.trim().strip_prefix("bytes ")?.split_once('/')?;
	let (first, _) = range.split_once('-')?;
	Some((first.trim().parse().ok()?, whole.trim().parse().ok()))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn base64_should_agree_with_the_rfc() {
		for (text, encoded) in [
			("", ""),
			("f", "Zg=="),
			("fo", "Zm8="),
			("foo", "Zm9v"),
			("foob", "Zm9vYg=="),
			("fooba", "Zm9vYmE="),
			("foobar", "Zm9vYmFy"),
		] {
			assert_eq!(base64(text.as_bytes()), encoded);
		}
		assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
	}

	#[test]
	fn credentials_should_be_sent_as_the_schemes_say() {
		assert_eq!(authorization(&Credentials::None), None);
		let basic = Credentials::Basic { username: "admin".into(), password: "Password0".into() };
		assert_eq!(authorization(&basic).unwrap(), "Basic YWRtaW46UGFzc3dvcmQw");
		assert_eq!(authorization(&Credentials::Bearer { token: "abc".into() }).unwrap(), "Bearer abc");
	}

	#[test]
	fn retry_after_should_be_read_in_both_forms() {
		assert_eq!(retry_after("120", 0), Some(120_000));
		assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_770_000), Some(7_000));
		assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_779_000), Some(0));
		for nonsense in
			["soon", "-1", "1.5", "99999999999999999999", "Sun, 06 Nov 1994", "Sun, 99 Nov 1994 08:49:37 GMT"]
		{
			assert_eq!(retry_after(nonsense, 0), None, "{nonsense}");
		}
	}

	#[test]
	fn media_types_and_ranges_should_be_read() {
		assert_eq!(media_type("Application/TAXII+json; version=2.1"), "application/taxii+json");
		assert_eq!(content_range("bytes 65536-99999/100000"), Some((65_536, Some(100_000))));
		assert_eq!(content_range("bytes 5-9/*"), Some((5, None)));
		assert_eq!(content_range("bytes */100"), None);
		assert_eq!(percent("a b/ü&=~"), "a%20b%2F%C3%BC%26%3D~");
	}
}
