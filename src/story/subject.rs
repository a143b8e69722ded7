//! What JavaScript gives to be checked.

use serde_json::Value;

use super::check::Context;
use crate::error::Result;
use crate::plan::Item;

/// Reads an item of a plan, or a story as [`read_stories`](super::read_stories) gives it, and what is known around it.
///
/// # Errors
/// [`Code::InvalidRequest`](crate::Code::InvalidRequest), with a JSON pointer to what does not fit.
pub fn subject(value: &Value) -> Result<(Item, Context)> {
    let _ = value;
    Ok((Item::default(), Context::default()))
}
