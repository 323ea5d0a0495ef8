//! The composed runtime, driven as a node drives it: blocks with inherents, extrinsics that are signed, checked in the pool
//! and applied.

mod accounts;
mod chain;
mod feeds;
mod former;
mod frozen;
mod gates;
mod governance;
mod invariants;
mod judging;
mod limits;
mod motions;
mod origins;
mod payment;
mod publishing;
mod rhythm;
mod sdk_origins;
mod seats;
