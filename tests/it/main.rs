//! Landfall's integration tests: one binary, through the public API alone.

// The core never panics; a test may, in its helpers too.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod goldens;
mod import;
mod import_cells;
mod import_hostile;
mod plan;
mod session;
mod store;
