//! The integration tests: one binary, through the public API only.

// The core never panics; a test may, in its helpers too.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod goldens;
