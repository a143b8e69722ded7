//! Scores, and the order in which items are worth most.

mod arrange;
mod because;
mod formula;
mod order;
mod rank;
mod request;
mod scales;
mod spread;
mod top;

pub(crate) use arrange::{Arranged, Scored, Unscored, arrange, cost, keeping_needs};
pub(crate) use because::{because, nth};
pub use formula::{Score, ScoreRange, Scorer};
pub use rank::rank;
pub use request::{Candidate, DelayCost, Input, ItemScore, RankRequest, Ranking};
pub use scales::scale_of;
pub(crate) use top::chances;
