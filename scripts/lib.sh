# Sourced by every script: one place for folders, versions and the way to speak.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# One target folder for every clone; the system's OpenSSL instead of a vendored build of it.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/testudo/target}"
export OPENSSL_NO_VENDOR=1
bin="$CARGO_TARGET_DIR/release"
python_home="$HOME/.cache/testudo/python"
python_bench_home="$HOME/.cache/testudo/python-bench"
# Filled by scripts/setup, after this line, where the system's Node.js is missing or too old.
node_home="$HOME/.cache/testudo/node"
export PATH="$node_home/bin:$PATH"

say() { printf '\033[1m▸ %s\033[0m\n' "$*"; }
die() {
	printf '\033[1;31m✗ %s\033[0m\n' "$*" >&2
	exit 1
}

# What the figures were measured on.
machine() {
	printf '%s, %s cores, %s GiB, %s\n' "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
		"$(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)" "$(rustc --version)"
}

# A port of this machine that nobody listens on.
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# python_environment FOLDER FILE: a virtual environment with what a file of requirements asks for; quick when it is there.
python_environment() {
	cmp -s "$2" "$1/requirements.txt" && return
	say "installing the Python tools of $2"
	python3 -m venv --clear "$1" || die "python3 cannot make a virtual environment in $1"
	"$1/bin/pip" install --quiet --requirement "$2" || die "pip could not install $2"
	cp "$2" "$1/requirements.txt"
}

# The packages that need neither the Wasm blob nor the node. Always built as one selection, so that features stay the same.
quick_packages=(
	-p cti-primitives -p cti-stix -p cti-envelope -p cti-scoring
	-p pallet-cti-membership -p pallet-attck-taxonomy -p pallet-threat-registry -p pallet-reputation -p pallet-stix-feeds
	-p testudo
)

# Every benchmark once, in its pallet's mock: that it runs and does what it says, not how long it takes.
test_benchmarks() {
	local selection=() features=() pallet
	for pallet in pallet-cti-membership pallet-attck-taxonomy pallet-threat-registry pallet-reputation pallet-stix-feeds; do
		selection+=(-p "$pallet")
		features+=(--features "$pallet/runtime-benchmarks")
	done
	SKIP_WASM_BUILD=1 cargo test --release "${selection[@]}" --lib "${features[@]}" bench_
}

# Everything, always as this one selection: a build without the tests resolves features anew and compiles the SDK again.
build_all() { cargo build --release --workspace --bins --tests --bench envelope --bench read; }

# The node with its benchmarks. The feature changes what the Wasm blob holds: a folder of its own keeps that away from the
# blob that nodes run. It begins as a copy: what the feature does not touch is not built again, as long as the selection is
# the same.
benchmarks_folder="$CARGO_TARGET_DIR/benchmarks"
build_benchmarks() {
	build_all
	[ -d "$benchmarks_folder/release" ] || {
		say "copying what is built to $benchmarks_folder"
		mkdir -p "$benchmarks_folder"
		cp -a "$bin" "$benchmarks_folder/"
	}
	say "building the node with its benchmarks"
	# The tool brings a runtime of its own for measuring databases, which nobody here does.
	SKIP_FRAME_STORAGE_ACCESS_TEST_RUNTIME_WASM_BUILD=1 CARGO_TARGET_DIR="$benchmarks_folder" cargo build --release --workspace --bins --tests --features testudo-node/runtime-benchmarks
}

# measure PALLET EXTRINSICS OPTION...: runs the pallet's benchmarks in the runtime's Wasm.
measure() {
	local pallet=$1 extrinsics=$2
	shift 2
	"$benchmarks_folder/release/testudo-node" benchmark pallet --chain dev --genesis-builder spec-runtime \
		--genesis-builder-preset development --pallet "$pallet" --extrinsic "$extrinsics" --wasm-execution compiled \
		--heap-pages 4096 --runtime-log off "$@"
}
