//! Reads STIX 2.1 from sources nobody vouches for.
//!
//! A [`Splitter`] takes a bundle or a TAXII envelope as its bytes arrive and cuts the objects out one at a time, byte
//! for byte; [`read_object`] reads of an object what sharing needs; [`Markings`] says under which TLP it may travel.
//! Whatever is wrong with one object is a [`Refusal`] of that object alone; what is wrong with the document around the
//! objects is a [`FatalError`]. Nothing here allocates more than a small multiple of [`Limits::object_bytes`] and what
//! the caller pushed, recurses without bound, or panics.
//!
//! ```
//! use cti_stix::{read_object, Limits, Markings, Mode, Splitter, Tlp};
//!
//! let document = br#"{"type":"bundle","id":"bundle--1","objects":[
//!     {"type":"ipv4-addr","id":"ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd","value":"198.51.100.3"}]}"#;
//! let limits = Limits::default();
//! let markings = Markings::default();
//! let mut splitter = Splitter::new(limits);
//! for chunk in document.chunks(16) {
//!     splitter.push(chunk);
//!     while let Some(cut) = splitter.next() {
//!         let object = read_object(cut.unwrap().raw, &limits).unwrap();
//!         assert_eq!(object.kind, "ipv4-addr");
//!         assert_eq!(markings.resolve(&object, Some(Tlp::Green), Mode::Publishing), Ok(Tlp::Green));
//!     }
//! }
//! assert_eq!(splitter.finish().unwrap().objects, 1);
//! ```

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects
	)
)]
#![warn(missing_docs)]

extern crate alloc;

mod document;
mod fields;
mod gate;
mod limits;
mod lookup;
mod marking;
mod object;
mod observables;
mod own;
mod raise;
mod refusal;
mod scan;
mod splitter;
mod time;
#[cfg(feature = "std")]
mod warning_files;

pub use cti_primitives::{TechniqueId, Tlp};
pub use document::{DocumentKind, Tail};
pub use limits::Limits;
pub use lookup::{asked, Likeness};
pub use marking::{check_ceiling, is_built_in, MarkingDefinition, Markings, Mode, MAX_DEFINITIONS};
pub use object::{read_object, Object};
pub use observables::Observable;
pub use raise::{raise, Earlier};
pub use refusal::{FatalError, Refusal};
pub use splitter::{Cut, Splitter};
pub use time::{InvalidTimestamp, Timestamp};
#[cfg(feature = "std")]
pub use warning_files::{WarningFiles, WorkerLists};
