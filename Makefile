# Every command brings what it needs (www/build/setup.sh): the first run takes minutes, the next ones nothing.
SHELL := /bin/bash
# First, so that a compiler which the set-up takes from the distribution never stands in for rustup's.
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)
PORT ?= 4173

core := Cargo.toml Cargo.lock $(shell find src) www/unmix/Cargo.toml www/unmix/Cargo.lock $(shell find www/unmix/src)
page := www/index.html www/tsconfig.json $(shell find www/src www/npm www/build)

.PHONY: help start test check package wasm bench calibration fuzz screenshot setup clean
help:
	@echo "make start       build what changed, and serve the page on http://127.0.0.1:$(PORT) (PORT=…)"
	@echo "make test        everything that is checked: formatting, lints, types, docs, all tests, in Rust, Node and a browser"
	@echo "make check       the same without the package and the browser"
	@echo "make package     www/dist: landfall.html, landfall.js, npm/"
	@echo "make bench       how fast it is, against a plain loop, the native build and the least that is possible; and a long import"
	@echo "make calibration how often its forecasts held on real teams (TEAMS=file.json)"
	@echo "make fuzz        every fuzz target for ten minutes (EACH=seconds, TARGETS=\"file link\")"
	@echo "make screenshot  the picture in the README, from the running page"
	@echo "make clean       remove what was built; the tools in the cache folder stay"

start: package
	@node www/build/serve.mjs --watch --port $(PORT)

test: package
	@www/build/setup.sh browser
	@tests/run all

check: package
	@tests/run check

package: www/dist/.built
wasm: www/pkg/.built

bench: package
	@node tests/bench/run.mjs
	@www/build/setup.sh browser
	@node tests/bench/import.mjs

# TEAMS: a file like tests/data/throughput.json.
calibration:
	@cargo bench --quiet --bench calibration -- $(TEAMS)

fuzz: package
	@www/build/setup.sh fuzz
	@PATH="$$(www/build/setup.sh which fuzz-path):$$PATH" tests/fuzz/run $(TARGETS)

screenshot: package
	@www/build/setup.sh browser
	@node www/build/screenshot.mjs

setup:
	@www/build/setup.sh wasm
	@www/build/setup.sh npm
	@www/build/setup.sh browser

clean:
	rm -rf target www/dist www/pkg www/node_modules tests/node_modules tests/web/test-results tests/fuzz/target

www/dist/.built: www/pkg/.built $(page)
	@node www/build/bundle.mjs
	@touch $@

www/pkg/.built: $(core) www/node_modules/.ready www/build/wasm.sh
	@www/build/wasm.sh
	@touch $@

www/node_modules/.ready: www/package-lock.json www/package.json
	@www/build/setup.sh npm
