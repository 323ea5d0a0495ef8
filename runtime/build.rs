//! Builds the Wasm blob. It carries the metadata hash, so that offline signers can show what they sign.

fn main() {
	#[cfg(feature = "std")]
	substrate_wasm_builder::WasmBuilder::init_with_defaults().enable_metadata_hash("TUDO", 12).build();
}
