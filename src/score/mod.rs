//! Scores, and the order in which items are worth most.

mod because;
mod formula;
mod order;
mod rank;
mod request;
mod spread;

pub use formula::{Score, ScoreRange, Scorer};
pub use rank::rank;
pub use request::{Candidate, DelayCost, Input, ItemScore, RankRequest, Ranking};
