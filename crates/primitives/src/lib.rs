//! The words Testudo's crates and pallets share: who ([`ids`]), how far ([`tlp`]), about what ([`technique`]), how
//! trustworthy ([`admiralty`]), how good ([`quality`], [`warning`]), from where ([`feed`]), and the small traits through which pallets meet ([`traits`]).
//!
//! No FRAME, no I/O, `no_std`. Every type has a fixed SCALE encoding, pinned by `tests/encoding.rs`.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects))]

extern crate alloc;

pub mod admiralty;
pub mod catalogue;
pub mod feed;
pub mod guard;
pub mod ids;
pub mod quality;
pub mod record;
pub mod rhythm;
pub mod technique;
pub mod text;
pub mod tlp;
pub mod traits;
pub mod warning;

pub use admiralty::{Credibility, Reliability};
pub use ids::{AuthorId, Epoch, FeedId, GroupId, Hash, KeyOwnerId, MemberId, RecordId, ENCRYPTION_KEY_LEN, WRAP_LEN};
pub use quality::{Quality, Requirement};
pub use record::{Draft, RecordStatus, Sighting, SightingKind};
pub use rhythm::Rhythm;
pub use technique::{Domain, TechniqueId, TechniqueKey, TechniqueStatus};
pub use text::Text;
pub use tlp::{Scope, Tlp};
pub use traits::{
	Actor, Groups, Members, OnSighting, Peers, RecordFacts, Records, Refusal, Registry, Reputations, Role, Standing,
	Taxonomy,
};
