#!/usr/bin/env bash
# Builds the Rust core as WebAssembly into www/pkg (wasm-pack, then wasm-opt), and the unpacker of landfall.html.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

www/build/setup.sh wasm
toolchain=$(www/build/setup.sh which wasm-toolchain)
PATH="$(www/build/setup.sh which wasm-path):$PWD/www/node_modules/.bin:$PATH"
export PATH ${toolchain:+RUSTUP_TOOLCHAIN="$toolchain"}

echo "building the core as WebAssembly (the first time about a minute)"
# no-install: wasm-pack is to take the tools of the set-up and fetch nothing. In that mode it leaves wasm-opt out.
wasm-pack --log-level error build --release --target web --out-dir www/pkg --out-name landfall \
  --mode no-install --no-opt --no-pack . -- --locked

# The features are those that rustc has on for this target since 1.82; every browser since 2022 has them.
features=(--enable-bulk-memory --enable-multivalue --enable-mutable-globals --enable-nontrapping-float-to-int
  --enable-reference-types --enable-sign-ext)
# A function that is called once stays one: merged into its caller, it packs a tenth worse, and is no faster.
keep=--one-caller-inline-max-function-size=0
wasm=www/pkg/landfall_bg.wasm
if command -v wasm-opt >/dev/null; then
  node www/build/quiet.mjs "$wasm"
  # By name first, which brings instances of one generic function together: then the next step finds a better way.
  wasm-opt -O3 $keep "${features[@]}" --reorder-functions-by-name "$wasm" -o "$wasm.opt"
  node www/build/order.mjs "$wasm.opt"
  wasm-opt "${features[@]}" --reorder-functions-by-name "$wasm.opt" -o "$wasm"
  rm "$wasm.opt"
else
  echo "warning: wasm-opt is missing (npm package binaryen); $wasm is larger than it need be" >&2
fi

# What unpacks landfall.html, and the half of it that packs.
small() { # name, options of cargo
  local built=target/unmix/wasm32-unknown-unknown/release/unmix.wasm out=www/pkg/$1.wasm
  shift
  cargo build --quiet --release --locked --target wasm32-unknown-unknown --manifest-path www/unmix/Cargo.toml --target-dir target/unmix "$@"
  if command -v wasm-opt >/dev/null; then wasm-opt -O3 --strip-producers --strip-target-features "${features[@]}" "$built" -o "$out"; else cp "$built" "$out"; fi
}
small unmix
small mix --features pack

# For the bundle; seconds, so it is done here and not each time the page changes.
node www/build/pack.mjs "$wasm"
