//! Tests of the crate from outside.

mod epochs;
mod fixtures;
mod forge;
mod grant;
mod headers;
mod hidden;
mod interop;
mod malformed;
mod packing;
mod round_trip;
mod tampering;
mod two_keys;
mod vectors;
