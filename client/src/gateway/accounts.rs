//! Who asks: passwords and tokens, how often, and how many wrong ones.

use super::{answer::Refusal, config::Account};
use crate::error::Error;
use argon2::{
	password_hash::{PasswordHash, PasswordVerifier},
	Argon2,
};
use axum::http::{header, HeaderMap, StatusCode};
use base64::{engine::general_purpose::STANDARD, Engine};
use blake2::{digest::consts::U32, Blake2b, Digest};
use cti_primitives::Hash;
use governor::{clock::Clock, DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::{
	collections::HashMap,
	net::IpAddr,
	num::NonZeroU32,
	sync::{Arc, Mutex, PoisonError},
};

/// Secrets of one account that one address may try in a minute.
const GUESSES: NonZeroU32 = NonZeroU32::new(20).expect("it is not zero");
/// Secrets that one address may try in a minute under any names: clients behind one address have several accounts.
const GUESSES_OF_ADDRESS: NonZeroU32 = NonZeroU32::new(100).expect("it is not zero");
/// Hashes that are made at the same time: each takes some 19 MiB.
const HASHES_AT_ONCE: usize = 2;
/// Secrets that were found right are remembered, so many: a hash for each request would take most of its time.
const REMEMBERED: usize = 1_024;

/// One account, and how often it asked.
pub struct Known {
	/// What the operator wrote down.
	pub account: Account,
	requests: DefaultDirectRateLimiter,
}

/// All accounts.
pub struct Accounts {
	known: Vec<Arc<Known>>,
	/// Keyed hashes of what was found right, and whose it is.
	right: Mutex<HashMap<Hash, usize>>,
	key: Hash,
	wrong: DefaultKeyedRateLimiter<(IpAddr, Hash)>,
	/// Under whatever name: whoever takes another name for each guess is one address still.
	guessers: DefaultKeyedRateLimiter<IpAddr>,
	turns: tokio::sync::Semaphore,
}

/// What a client says who it is.
#[derive(Clone, PartialEq, Eq)]
struct Credentials {
	name: String,
	secret: String,
	is_token: bool,
}

impl Accounts {
	/// Those of the gateway's file.
	pub fn new(accounts: &[Account]) -> Result<Self, Error> {
		let known = accounts.iter().map(|account| {
			let each = NonZeroU32::new(account.requests_per_minute).unwrap_or(NonZeroU32::MIN);
			Arc::new(Known { account: account.clone(), requests: RateLimiter::direct(Quota::per_minute(each)) })
		});
		Ok(Self {
			known: known.collect(),
			right: Mutex::default(),
			key: crate::entropy()?,
			wrong: RateLimiter::keyed(Quota::per_minute(GUESSES)),
			guessers: RateLimiter::keyed(Quota::per_minute(GUESSES_OF_ADDRESS)),
			turns: tokio::sync::Semaphore::new(HASHES_AT_ONCE),
		})
	}

	/// The account that the request's headers prove, if it may ask once more.
	pub async fn admit(&self, headers: &HeaderMap, peer: IpAddr) -> Result<Arc<Known>, Refusal> {
		let credentials = credentials(headers).ok_or_else(Refusal::unknown_account)?;
		let fingerprint = self.fingerprint(&credentials);
		let remembered = self.right.lock().unwrap_or_else(PoisonError::into_inner).get(&fingerprint).copied();
		let place = match remembered {
			Some(place) => place,
			None => self.prove(credentials, fingerprint, peer).await?,
		};
		let known = self.known.get(place).cloned().ok_or_else(Refusal::unknown_account)?;
		match known.requests.check() {
			Ok(()) => Ok(known),
			Err(until) => Err(too_many("this account asks too often", until)),
		}
	}

	async fn prove(&self, credentials: Credentials, fingerprint: Hash, peer: IpAddr) -> Result<usize, Refusal> {
		// Each proof counts, right or wrong: right ones are remembered and do not come here again.
		// By the name, too: many clients may come from a proxy's one address.
		let guessed = (peer, Blake2b::<U32>::digest(&credentials.name).into());
		let stopped = |until| too_many("too many wrong secrets for this account from this address", until);
		self.wrong.check_key(&guessed).map_err(stopped)?;
		let stopped = |until| too_many("too many wrong secrets from this address", until);
		self.guessers.check_key(&peer).map_err(stopped)?;
		self.wrong.retain_recent();
		self.guessers.retain_recent();
		let place = self.known.iter().position(|known| known.account.name == credentials.name);
		let account = place.and_then(|place| self.known.get(place)).map(|known| &known.account);
		let hash =
			account.and_then(|account| if credentials.is_token { &account.token } else { &account.password }.clone());
		// A name that nobody has takes as long as a wrong secret.
		let other =
			|| self.known.iter().find_map(|known| known.account.password.clone().or(known.account.token.clone()));
		let (is_real, hash) = (hash.is_some(), hash.or_else(other));
		let _turn = self.turns.acquire().await;
		let checked =
			tokio::task::spawn_blocking(move || hash.is_some_and(|hash| is_right(&credentials.secret, &hash)));
		match (place, checked.await.unwrap_or(false) && is_real) {
			(Some(place), true) => {
				let mut right = self.right.lock().unwrap_or_else(PoisonError::into_inner);
				if right.len() >= REMEMBERED {
					right.clear();
				}
				right.insert(fingerprint, place);
				Ok(place)
			}
			_ => Err(Refusal::unknown_account()),
		}
	}

	fn fingerprint(&self, credentials: &Credentials) -> Hash {
		let mut hash = Blake2b::<U32>::new();
		hash.update(self.key);
		hash.update([u8::from(credentials.is_token)]);
		hash.update(credentials.name.len().to_le_bytes());
		hash.update(&credentials.name);
		hash.update(&credentials.secret);
		hash.finalize().into()
	}
}

fn is_right(secret: &str, hash: &str) -> bool {
	PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(secret.as_bytes(), &hash).is_ok())
}

fn too_many(what: &str, until: governor::NotUntil<governor::clock::QuantaInstant>) -> Refusal {
	let wait = until.wait_time_from(governor::clock::DefaultClock::default().now());
	let seconds = wait.as_secs().saturating_add(1);
	Refusal::busy(StatusCode::TOO_MANY_REQUESTS, format!("{what}: wait {seconds} s"), seconds)
}

/// A password (RFC 7617), or a token `NAME.SECRET` (RFC 6750; taxii2-client calls the scheme `Token`).
fn credentials(headers: &HeaderMap) -> Option<Credentials> {
	let (scheme, rest) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
	let rest = rest.trim();
	if ["bearer", "token"].iter().any(|token| scheme.eq_ignore_ascii_case(token)) {
		let (name, secret) = rest.split_once('.')?;
		return Some(Credentials { name: name.into(), secret: secret.into(), is_token: true });
	}
	if !scheme.eq_ignore_ascii_case("basic") {
		return None;
	}
	let pair = String::from_utf8(STANDARD.decode(rest).ok()?).ok()?;
	let (name, secret) = pair.split_once(':')?;
	Some(Credentials { name: name.into(), secret: secret.into(), is_token: false })
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::gateway::config::{new_secret, AccountFor};
	use cti_primitives::Tlp;

	const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

	struct Sample {
		accounts: Accounts,
		password: String,
		token: String,
	}

	fn sample(requests_per_minute: u32) -> Sample {
		let ((password, hash), (token, token_hash)) = (new_secret().unwrap(), new_secret().unwrap());
		let account = Account {
			name: "siem".into(),
			password: Some(hash),
			token: Some(token_hash),
			audience: AccountFor::OwnStaff,
			ceiling: Tlp::Green,
			groups: None,
			write: Default::default(),
			requests_per_minute,
		};
		let other = Account { name: "other".into(), token: None, ..account.clone() };
		Sample { accounts: Accounts::new(&[other, account]).unwrap(), password, token }
	}

	fn headers(value: &str) -> HeaderMap {
		HeaderMap::from_iter([(header::AUTHORIZATION, value.parse().unwrap())])
	}

	fn basic(name: &str, password: &str) -> HeaderMap {
		headers(&format!("Basic {}", STANDARD.encode(format!("{name}:{password}"))))
	}

	#[tokio::test]
	async fn right_secrets_and_no_others_should_be_admitted() {
		let Sample { accounts, password, token } = sample(1_000);
		let name = |admitted: Result<Arc<Known>, Refusal>| admitted.map(|known| known.account.name.clone());
		for _ in 0..2 {
			assert_eq!(name(accounts.admit(&basic("siem", &password), HERE).await).unwrap(), "siem");
			for scheme in ["bearer", "Bearer", "Token"] {
				let with_token = headers(&format!("{scheme} siem.{token}"));
				assert_eq!(name(accounts.admit(&with_token, HERE).await).unwrap(), "siem");
			}
		}
		for wrong in [
			HeaderMap::new(),
			basic("siem", &token),
			basic("siem", ""),
			basic("nobody", &password),
			headers(&format!("Bearer siem.{password}")),
			headers(&format!("Bearer other.{token}")),
			headers(&format!("Bearer {token}")),
			headers(&format!("Digest {token}")),
			headers("Basic !!!"),
		] {
			assert_eq!(name(accounts.admit(&wrong, HERE).await).unwrap_err().status, 401, "{wrong:?}");
		}
	}

	#[tokio::test]
	async fn account_should_ask_as_often_as_its_rate_permits() {
		let Sample { accounts, password, .. } = sample(3);
		for _ in 0..3 {
			assert!(accounts.admit(&basic("siem", &password), HERE).await.is_ok());
		}
		let refusal = accounts.admit(&basic("siem", &password), HERE).await.err().unwrap();
		assert_eq!(refusal.status, 429);
		assert!((1..=21).contains(&refusal.retry_after.unwrap()), "{refusal:?}");
	}

	#[tokio::test]
	async fn who_guesses_should_be_stopped_and_who_is_known_go_on() {
		let Sample { accounts, password, .. } = sample(1_000);
		assert!(accounts.admit(&basic("siem", &password), HERE).await.is_ok());
		// Guesses come back while slow machines hash.
		for guess in 0..3 * GUESSES.get() {
			let refusal = accounts.admit(&basic("siem", &guess.to_string()), HERE).await.err().unwrap();
			if refusal.status == 429 {
				break;
			}
			assert!(guess + 1 < 3 * GUESSES.get(), "nobody stops it");
		}
		assert!(accounts.admit(&basic("siem", &password), HERE).await.is_ok(), "it was right before");
		for guess in 0..3 * GUESSES_OF_ADDRESS.get() {
			let refusal = accounts.admit(&basic(&format!("name{guess}"), "x"), HERE).await.err().unwrap();
			if refusal.status == 429 {
				break;
			}
			assert!(guess + 1 < 3 * GUESSES_OF_ADDRESS.get(), "other names are no way around it");
		}
		assert!(accounts.admit(&basic("siem", &password), HERE).await.is_ok(), "it was right before");
		let elsewhere = IpAddr::from([192, 0, 2, 1]);
		assert_eq!(accounts.admit(&basic("siem", "x"), elsewhere).await.err().unwrap().status, 401);
	}
}
