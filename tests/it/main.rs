//! The integration tests: one binary, through the public API only.

mod goldens;
