//! JSON in and out, through one dynamic value.
//!
//! Everything typed is read from and written to [`serde_json::Value`], whether it comes from text or from JavaScript:
//! serde's code is generated once for each type, which halves the size of the wasm, and what does not fit is named by
//! its place the same way everywhere.

mod read;
mod value;
mod write;

pub(crate) use read::read;
pub(crate) use value::ToValue;
pub(crate) use write::{to_text, to_value};
