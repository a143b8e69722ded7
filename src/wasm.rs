//! The boundary to JavaScript: the only file that names wasm_bindgen. Conversion, nothing else.

use wasm_bindgen::prelude::*;

/// The version of Landfall.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
