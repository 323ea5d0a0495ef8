//! How much of a source is believed.

/// Bounds on what a source may send. Beyond the first two of an object's it is refused alone, beyond the document's the
/// document ends there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
	/// Most bytes of one object.
	pub object_bytes: usize,
	/// Most levels of nesting of one object; the object itself is the first.
	pub depth: usize,
	/// Most bytes of one document.
	pub total_bytes: u64,
	/// Most objects of one document.
	pub objects: u64,
}

impl Default for Limits {
	/// An object that fits an envelope by itself, 64 levels, 64 MiB, a million objects.
	fn default() -> Self {
		Self { object_bytes: 200_000, depth: 64, total_bytes: 64 << 20, objects: 1_000_000 }
	}
}
