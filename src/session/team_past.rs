//! How fast each team of a plan is, as far as is known.

use crate::forecast::Velocity;
use crate::plan::{FinishedSizes, Past, Plan, Tree};

/// What is known of how fast a team is.
#[derive(Debug)]
pub(super) struct TeamPast {
    /// Blank where the plan names no team.
    pub(super) name: String,
    pub(super) past: Past,
    /// None without a history and without a guess.
    pub(super) velocity: Option<Velocity>,
}

impl TeamPast {
    /// The teams of a plan, whose past as a whole is known.
    pub(super) fn all_of(plan: &Plan, whole: &Past, tree: &Tree, sizes: &FinishedSizes) -> Vec<Self> {
        let teams = (0..plan.team_count()).map(|place| {
            let past = if plan.has_teams() { plan.past_of_in(place, tree, sizes) } else { whole.clone() };
            let velocity = if past.periods.is_empty() {
                plan.guess_of(place).map(Velocity::Guess)
            } else {
                let finished = past.periods.iter().map(|period| period.finished).collect();
                Some(Velocity::History { past: finished, model: plan.assumptions.model })
            };
            let name = plan.teams.get(place).map(|team| team.name.clone()).unwrap_or_default();
            Self { name, past, velocity }
        });
        teams.collect()
    }

    /// Whether its dates wait for a history or a guess.
    pub(super) const fn unknown(&self) -> bool {
        self.velocity.is_none()
    }

    /// Whether its dates rest on a guess.
    pub(super) fn guess(&self) -> bool {
        self.past.periods.is_empty() && !self.unknown()
    }

    /// What it finishes in a sprint on average, as far as is known.
    pub(super) fn mean(&self) -> f64 {
        self.velocity.as_ref().map_or(0.0, Velocity::mean)
    }
}
