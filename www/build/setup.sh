#!/usr/bin/env bash
# Brings what building and testing need and this machine lacks. Everything it installs itself goes into one cache folder,
# keyed by version, so that a second run finds it there. Quiet where nothing is to be done.
#
#   setup.sh wasm      a Rust compiler for wasm32-unknown-unknown, wasm-pack, wasm-bindgen
#   setup.sh npm       the packages of www/package-lock.json
#   setup.sh browser   Chromium or Chrome for the tests, and a font for it to write with
#   setup.sh fuzz      cargo-fuzz
#   setup.sh which wasm-toolchain | wasm-path | browser | fuzz-path    prints what the above has found; installs nothing
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

cache=${XDG_CACHE_HOME:-$HOME/.cache}/landfall
logs=$cache/logs
target=wasm32-unknown-unknown
linked=landfall-wasm # the name under which rustup knows Debian's compiler
wasm_pack=0.15.1
cargo_fuzz=0.13.2

say() { echo "set-up: $*" >&2; }
give_up() {
  echo "set-up: $1" >&2
  shift
  for line in "$@"; do echo "        $line" >&2; done
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
limit() { # seconds, command: nothing here may hang for ever
  if have timeout; then timeout "$@"; else shift && "$@"; fi
}

# Runs a command with its output in a log; a line every half minute says that it lives, and the log's end what went wrong.
logged() { # name of the log, command
  local log=$logs/$1.log job start=$SECONDS status=0
  shift
  mkdir -p "$logs"
  "$@" >"$log" 2>&1 </dev/null &
  job=$!
  while kill -0 $job 2>/dev/null; do
    sleep 1
    if (((SECONDS - start) % 30 == 0)); then say "  … $((SECONDS - start)) s: $(tail -n 1 "$log" | cut -c 1-100)"; fi
  done
  wait $job || status=$?
  if ((status)); then
    say "  failed; the end of $log:"
    tail -n 15 "$log" | sed 's/^/        /' >&2
  fi
  return $status
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif have sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    sudo "$@"
  else
    return 1
  fi
}

apt_install() { # packages
  have apt-get || return 1
  if [ "$(id -u)" != 0 ] && ! { have sudo && { sudo -n true 2>/dev/null || sudo -v; }; }; then
    say "  not root, and no sudo: apt cannot be used"
    return 1
  fi
  local options=(-q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 -o Acquire::http::Timeout=30)
  logged apt-update as_root apt-get "${options[@]}" update || say "  going on with the package lists that are there"
  logged "apt-$1" as_root env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" install --no-install-recommends "$@"
}

# ---------------------------------------------------------------- Rust

number() { # 1.88 -> 1088, to compare
  awk -F. '{ print $1 * 1000 + $2 }' <<<"$1"
}

need_rust() {
  have cargo && have rustc || give_up "Rust is missing (no cargo on PATH)." \
    "Install it with rustup (https://rustup.rs), then run this again."
  have cc || give_up "a C linker is missing (no cc on PATH); Rust needs it to link." \
    "Debian and Ubuntu: apt-get install gcc libc6-dev    macOS: xcode-select --install"
  local found wanted
  found=$(rustc --version | awk '{ print $2 }')
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  [ "$(number "$found")" -ge "$(number "$wanted")" ] || give_up "Rust $found is too old: $wanted or newer is needed." "rustup update stable"
}

has_std() { # rustc: does it have std for wasm?
  local dir
  dir=$("$@" --print target-libdir --target $target 2>/dev/null) && compgen -G "$dir/libstd-*.rlib" >/dev/null
}

linked_version() { # what Debian's std for wasm was built with; another compiler cannot read it
  cat "$(/usr/bin/rustc --print target-libdir --target $target)/built-by" 2>/dev/null
}
linked_ready() {
  [ -x /usr/bin/rustc ] && [ -x /usr/bin/rust-lld ] && has_std /usr/bin/rustc && [ "$(linked_version)" = "$(/usr/bin/rustc --version)" ] &&
    rustup run $linked rustc --version >/dev/null 2>&1 && rustup run $linked cargo --version >/dev/null 2>&1
}

# The toolchain that builds wasm: a name for RUSTUP_TOOLCHAIN, or nothing for the usual one.
wasm_toolchain() {
  if has_std rustc; then
    echo
  elif have rustup && linked_ready; then
    echo $linked
  else
    return 1
  fi
}

wasm_target() {
  wasm_toolchain >/dev/null && return
  have rustup || give_up "this Rust cannot build $target, and there is no rustup to add it." \
    "Install Rust with rustup (https://rustup.rs), or your distribution's std for $target."
  say "adding the Rust target $target (seconds)"
  if logged rustup-target limit 300 env RUST_BACKTRACE=0 rustup target add $target && has_std rustc; then return; fi

  say "rustup could not add it; taking Debian's compiler for the wasm build instead (about 2 minutes)"
  apt_install rustc-web rust-web-src rust-web-llvm || give_up "no Rust compiler for $target can be had." \
    "With network access: rustup target add $target" \
    "On Debian, as root: apt-get install --no-install-recommends rustc-web rust-web-src rust-web-llvm"
  # rust-lld is a link to lld-<version of llvm>, a package that is only recommended.
  [ -x /usr/bin/rust-lld ] || apt_install "$(basename "$(readlink /usr/bin/rust-lld)")" ||
    give_up "the linker for WebAssembly, /usr/bin/rust-lld, is missing." "On Debian, as root: apt-get install lld"
  # Debian ships std for wasm as source only: built once, beside the compiler it belongs to.
  local work=$cache/std-build lib crate
  lib=$(/usr/bin/rustc --print target-libdir --target $target)
  rm -rf "$work"
  mkdir -p "$work/src"
  : >"$work/src/lib.rs"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$work/Cargo.toml"
  say "building std for $target (about 90 seconds, once)"
  (
    cd "$work"
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET RUSTUP_TOOLCHAIN
    CARGO_TARGET_DIR=$work/target RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
      logged std limit 1200 cargo build --release --target $target -Zbuild-std=std,panic_abort,test
  ) || give_up "std for $target could not be built." "With network access: rustup target add $target"
  as_root mkdir -p "$lib"
  as_root rm -f "$lib"/*.rlib
  for crate in "$work/target/$target/release/deps"/*.rlib; do
    case $crate in */libempty-*) ;; *) as_root cp "$crate" "$lib/" ;; esac
  done
  /usr/bin/rustc --version | as_root tee "$lib/built-by" >/dev/null
  rm -rf "$work"
  # For rustup a toolchain of Debian's compiler and its own cargo; cargo alone would not be found for a linked /usr
  # where no toolchain called stable is installed.
  rm -rf "$cache/$linked"
  mkdir -p "$cache/$linked/bin"
  ln -s /usr/bin/rustc "$cache/$linked/bin/rustc"
  ln -s "$(rustup which cargo)" "$cache/$linked/bin/cargo"
  ln -s /usr/lib "$cache/$linked/lib"
  rustup toolchain link $linked "$cache/$linked"
  linked_ready || give_up "Debian's compiler was installed but cannot build $target." "See $logs."
}

wasm_bindgen_version() { # the tool must be of exactly the crate's version
  awk '/^name = "wasm-bindgen"$/ { getline; gsub(/version = |"/, ""); print }' Cargo.lock
}
tool() { # crate, version: its folder in the cache
  echo "$cache/$1-$2"
}

cargo_tool() { # crate, program, version, minutes, options of cargo install
  local crate=$1 program=$2 version=$3 minutes=$4 dir
  dir=$(tool "$crate" "$version")
  shift 4
  [ -x "$dir/bin/$program" ] && return
  if have "$program" && [ "$("$program" --version 2>/dev/null | awk '{ print $2 }')" = "$version" ]; then
    mkdir -p "$dir/bin" && cp -L "$(command -v "$program")" "$dir/bin/$program" && return
  fi
  say "building $program $version (about $minutes minutes, once)"
  # One target folder for all tools builds what they share once; without debug information it is half the work.
  (
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET
    CARGO_TARGET_DIR=$cache/tool-build CARGO_PROFILE_DEV_DEBUG=0 \
      logged "$program" limit 1500 cargo install "$crate" --version "=$version" --debug --root "$dir" "$@"
  ) || give_up "$program $version could not be built." \
    "If the network was the reason, run this again. Else: cargo install $crate --version =$version"
}

wasm() {
  need_rust
  wasm_target
  local bindgen
  bindgen=$(wasm_bindgen_version)
  [ -n "$bindgen" ] || give_up "Cargo.lock names no wasm-bindgen." "Restore it: git checkout Cargo.lock"
  cargo_tool wasm-bindgen-cli wasm-bindgen "$bindgen" "1 to 4" --no-default-features
  cargo_tool wasm-pack wasm-pack $wasm_pack "1 to 4" --locked
  rm -rf "$cache/tool-build"
}

# ---------------------------------------------------------------- Node

need_node() {
  have node && have npm || give_up "Node.js is missing (no node or no npm on PATH)." "Install version 20 or newer: https://nodejs.org"
  local version
  version=$(node --version)
  version=${version#v}
  [ "${version%%.*}" -ge 20 ] || give_up "Node.js $version is too old: version 20 or newer is needed." "https://nodejs.org"
}

npm_packages() {
  need_node
  # The tests live outside of www; node looks for packages in the folders above a file.
  [ -e tests/node_modules ] || [ ! -d tests ] || ln -sfn ../www/node_modules tests/node_modules
  if [ www/node_modules/.ready -nt www/package-lock.json ] && [ www/node_modules/.ready -nt www/package.json ]; then return; fi
  say "installing the npm packages (about 10 seconds)"
  # Without install scripts: none is needed, and Playwright is not to fetch a browser here.
  (cd www && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 logged npm limit 600 \
    npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=2 --fetch-timeout=60000) ||
    give_up "the npm packages could not be installed." "If the network was the reason, run this again. Else: cd www && npm ci"
  touch www/node_modules/.ready
}

# ---------------------------------------------------------------- browser

playwright_browsers() { # where Playwright's own download goes
  echo "$cache/playwright-$(sed -n 's/.*"@playwright\/test": "\(.*\)".*/\1/p' www/package.json)"
}

find_browser() {
  local candidate
  for candidate in "${CHROME:-}" chromium chromium-browser google-chrome google-chrome-stable chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "$(playwright_browsers)"/chromium-*/chrome-linux*/chrome \
    "$(playwright_browsers)"/chromium-*/chrome-mac*/*.app/Contents/MacOS/*; do
    [ -n "$candidate" ] && candidate=$(command -v "$candidate") || continue
    # Some names are only stubs that say how to install it; one that runs says its version.
    if limit 30 "$candidate" --version 2>/dev/null | grep -qiE 'chrom'; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

has_font() {
  [ "$(uname)" != Linux ] && return
  if have fc-list; then [ -n "$(fc-list :lang=en family 2>/dev/null | head -n 1)" ]; else
    [ -n "$(find /usr/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \( -name '*.ttf' -o -name '*.otf' \) 2>/dev/null | head -n 1)" ]
  fi
}

browser() {
  if ! find_browser >/dev/null; then
    [ -z "${CHROME:-}" ] || say "CHROME=$CHROME does not run; looking further"
    say "no Chromium or Chrome here; installing Debian's (about 1 minute, once)"
    if ! { apt_install chromium && find_browser >/dev/null; }; then
      say "that did not work; fetching Playwright's (about 1 minute, once)"
      npm_packages
      PLAYWRIGHT_BROWSERS_PATH=$(playwright_browsers) PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT=30000 \
        logged playwright-browser limit 600 www/node_modules/.bin/playwright install chromium || true
      find_browser >/dev/null || give_up "no browser for the tests can be had." \
        "Install Chromium or Chrome, or name one: CHROME=/path/to/chrome make test" \
        "(one that was fetched but does not run lacks libraries: as root, www/node_modules/.bin/playwright install-deps chromium)"
    fi
  fi
  if ! has_font; then
    say "no font here; installing DejaVu, else the browser draws boxes (seconds, once)"
    apt_install fonts-dejavu-core fontconfig || say "no font could be installed: text in screenshots will be boxes"
  fi
}

case "${1:-} ${2:-}" in
"wasm ") wasm ;;
"npm ") npm_packages ;;
"browser ") browser ;;
"fuzz ") need_rust && cargo_tool cargo-fuzz cargo-fuzz $cargo_fuzz "1 to 4" --locked ;;
"which wasm-toolchain") wasm_toolchain ;;
"which wasm-path") echo "$(tool wasm-bindgen-cli "$(wasm_bindgen_version)")/bin:$(tool wasm-pack $wasm_pack)/bin" ;;
"which browser") find_browser ;;
"which fuzz-path") echo "$(tool cargo-fuzz $cargo_fuzz)/bin" ;;
*)
  sed -n '2,/^set /p' "$0" | sed '$d; s/^# \{0,1\}//'
  exit 2
  ;;
esac
