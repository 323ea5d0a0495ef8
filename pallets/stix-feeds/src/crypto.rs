//! The keys with which a node's worker signs pages.

use frame::deps::{
	frame_system::offchain::AppCrypto,
	sp_core::{crypto::KeyTypeId, sr25519},
	sp_runtime::{MultiSignature, MultiSigner},
};

/// Type of the worker's keys in the node's keystore.
pub const KEY_TYPE: KeyTypeId = KeyTypeId(*b"feed");

mod app {
	use frame::deps::sp_runtime::app_crypto::{app_crypto, sr25519};
	app_crypto!(sr25519, super::KEY_TYPE);
}

/// Public half of a feed key as the keystore knows it.
pub type FeedPublic = app::Public;

/// sr25519 under the key type `feed`, for a runtime whose accounts are [`MultiSigner`]s.
pub struct FeedKey;

impl AppCrypto<MultiSigner, MultiSignature> for FeedKey {
	type RuntimeAppPublic = app::Public;
	type GenericPublic = sr25519::Public;
	type GenericSignature = sr25519::Signature;
}
