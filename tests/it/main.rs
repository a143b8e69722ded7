//! Landfall's integration tests: one binary, through the public API alone.

mod goldens;
mod plan;
mod session;
mod store;
