//! Builds the runtime that the network's tests upgrade to: a version later, with a migration, and with the checks of every pallet's
//! state. `OUT_DIR/next_runtime.rs` says where it is.

use std::path::Path;

fn main() {
	let runtime = Path::new("../runtime/Cargo.toml").canonicalize().expect("the runtime is beside this crate");
	let builder = substrate_wasm_builder::WasmBuilder::new().with_project(runtime);
	builder
		.expect("it is a project")
		.import_memory()
		.export_heap_base()
		.enable_feature("next-version")
		.enable_feature("try-runtime")
		.set_file_name("next_runtime.rs")
		.build();
}
