//! What the engine simulates: teams, tasks in order, and what may go wrong, all by position and by number.

use std::sync::Arc;

use super::super::draw;
use super::super::velocity::Velocity;
use crate::error::{Code, Error, Result};
use crate::needs;
use crate::range::{MAX_NUMBER, Range, check_number};

/// The most trials of one run.
pub const MAX_TRIALS: u32 = 1_000_000;
/// The furthest horizon, in periods.
pub const MAX_HORIZON: u32 = 10_000;
/// The horizon where none is asked for, in periods.
pub const DEFAULT_HORIZON: u32 = 520;
/// The trials where no number is asked for.
pub const DEFAULT_TRIALS: u32 = 10_000;
/// The most tasks of one run.
pub const MAX_ITEMS: usize = 200_000;
/// The most teams of one run.
pub const MAX_TEAMS: usize = 1_000;
/// The most places a period is divided into.
pub const MAX_SLOTS: u32 = 100;
/// The most steps of one run, a step being a task or a period of a team in one trial: some minutes of work.
const MAX_STEPS: u64 = 20_000_000_000;

/// Everything one simulation is about. Order is rank: the first item goes first.
///
/// The answers depend on the keys of teams, items and risks, not on where they stand, so two models that share keys
/// share their luck: that is what makes a comparison of plans sharp.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Who works.
    pub teams: Vec<Team>,
    /// What is to be done, by rank.
    pub items: Vec<Task>,
    /// Sets of items that land with their last member: epics, objectives, tags. Positions in `items`.
    pub groups: Vec<Vec<u32>>,
    /// Whether to tell when each item is finished. Without it a run keeps no more than its groups and the total.
    pub each: bool,
    /// Whether to tell when every prefix of the order is finished, all of it.
    pub prefixes: bool,
    /// What may go wrong.
    pub risks: Vec<Risk>,
    /// Work that is not known yet.
    pub growth: Option<Growth>,
    /// How work grows in the doing.
    pub split: Split,
    /// Places inside a period: finishes are told to the `1 / slots` of a period's capacity; 1 tells whole periods.
    pub slots: u32,
    /// Places that each period really has, 1 to `slots`, such as its working days: a finish there is told to the `1 /
    /// places` of the capacity. Beyond the end of the list, `slots`.
    pub places: Vec<u32>,
    /// Teams (positions) whose finished work comes out at the end of the period, in its last slot. Other items of
    /// theirs go on from it at once, those of other teams in the next period, as ever.
    pub at_period_end: Vec<u32>,
    /// Periods after which a trial ends.
    pub horizon: u32,
    /// Trials to run.
    pub trials: u32,
    /// The seed: the same seed gives the same bits everywhere.
    pub seed: u64,
    /// Periods for which to tell how much is finished by their end, for a burn-up; 0 for none.
    pub burn_up: u32,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            teams: Vec::new(),
            items: Vec::new(),
            groups: Vec::new(),
            each: true,
            prefixes: false,
            risks: Vec::new(),
            growth: None,
            split: Split::None,
            slots: 1,
            places: Vec::new(),
            at_period_end: Vec::new(),
            horizon: DEFAULT_HORIZON,
            trials: DEFAULT_TRIALS,
            seed: 1,
            burn_up: 0,
        }
    }
}

/// A team.
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    /// Where its draws are addressed: [`key`] of its name.
    pub key: u64,
    /// How much it finishes in a period.
    pub velocity: Velocity,
    /// Factor of each future period, 1 being as in the history; beyond the end of the list, 1.
    pub capacity: Vec<f64>,
}

/// A piece of work.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Where its draws are addressed: [`key`] of its id.
    pub key: u64,
    /// How much work it is.
    pub size: Size,
    /// What must be finished before: positions in the list of items.
    pub needs: Vec<u32>,
    /// The first period in which work may begin; 0 and 1 are the same.
    pub not_before: u32,
    /// Who does it: a position in the list of teams.
    pub team: u32,
}

/// How much work something is, drawn once a trial.
#[derive(Debug, Clone, PartialEq)]
pub enum Size {
    /// Known.
    Exact(f64),
    /// Estimated.
    Range(Range),
    /// One of these, all equally likely: unsized work takes the size of finished work.
    OneOf(Arc<[f64]>),
}

/// Something that may add work. A risk is never split.
#[derive(Debug, Clone, PartialEq)]
pub struct Risk {
    /// Where its draws are addressed.
    pub key: u64,
    /// How likely it is, 0..=1.
    pub probability: f64,
    /// How much work it adds.
    pub impact: Range,
    /// Where it adds it.
    pub on: RiskOn,
}

/// Where a risk adds its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RiskOn {
    /// To this item.
    Item(u32),
    /// To the last item, by rank, of this group.
    LastOf(u32),
    /// To the item in which a point of the remaining work, drawn uniformly, falls.
    Anywhere,
}

/// Work that appears at the start of each period, drawn anew for each. Teams share it by mean velocity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// Work per period. Below 0 scope is dropped from the end of the order.
    pub amount: Range,
    /// The share of added work that goes ahead of everything, 0..=1; the rest joins the end.
    pub urgent: f64,
}

/// Multipliers on the size of all items: stories turn out to be two stories. Neither growth nor risks are split.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Split {
    /// Sizes stay as they are.
    None,
    /// One multiplier a trial for all items.
    Shared(Range),
    /// One multiplier a trial for every item.
    PerItem(Range),
}

/// The address of the draws of a thing: a hash of its name. Equal names share their draws.
///
/// ```
/// use landfall::forecast::engine::key;
/// assert_eq!(key("LF-3"), key("LF-3"));
/// assert_ne!(key("LF-3"), key("LF-4"));
/// ```
pub fn key(name: &str) -> u64 {
    draw::key(name)
}

impl Size {
    /// Checks that all numbers are finite and not negative and that there is at least one.
    ///
    /// # Errors
    /// [`Code::InvalidNumber`] and [`Code::InvalidRange`], with the place inside the size.
    pub fn check(&self) -> Result<()> {
        match self {
            Self::Exact(size) => check_number(*size, 0.0),
            Self::Range(range) => range.check(0.0),
            Self::OneOf(sizes) if sizes.is_empty() => {
                Err(Error::new(Code::InvalidNumber, "there is no size to draw from: give at least one"))
            }
            Self::OneOf(sizes) => sizes
                .iter()
                .enumerate()
                .try_for_each(|(place, &size)| check_number(size, 0.0).map_err(|e| e.at(format!("/{place}")))),
        }
    }
}

impl Model {
    /// Checks all numbers, positions and bounds. Places are JSON pointers into this struct (`/items/3/size`).
    ///
    /// # Errors
    /// [`Code::InvalidNumber`], [`Code::InvalidRange`], [`Code::EmptyHistory`], [`Code::UnknownId`] for a position
    /// that does not exist, [`Code::Cycle`], [`Code::TooLarge`].
    pub fn check(&self) -> Result<()> {
        self.order().map(drop)
    }

    /// As [`Self::check`]; gives the order in which nothing stands before what it needs.
    pub(super) fn order(&self) -> Result<Vec<u32>> {
        self.check_bounds()?;
        for (place, team) in self.teams.iter().enumerate() {
            team.velocity.check().map_err(|e| e.within(&format!("/teams/{place}/velocity")))?;
            check_capacity(&team.capacity).map_err(|e| e.within(&format!("/teams/{place}/capacity")))?;
        }
        for (place, item) in self.items.iter().enumerate() {
            item.size.check().map_err(|e| e.within(&format!("/items/{place}/size")))?;
            self.check_place(&item.needs, self.items.len()).map_err(|e| e.within(&format!("/items/{place}/needs")))?;
            self.check_place(&[item.team], self.teams.len()).map_err(|e| e.at(format!("/items/{place}/team")))?;
        }
        for (place, group) in self.groups.iter().enumerate() {
            self.check_place(group, self.items.len()).map_err(|e| e.within(&format!("/groups/{place}")))?;
        }
        for (place, risk) in self.risks.iter().enumerate() {
            self.check_risk(risk).map_err(|e| e.within(&format!("/risks/{place}")))?;
        }
        if let Some(growth) = &self.growth {
            growth.check().map_err(|e| e.within("/growth"))?;
        }
        if let Split::Shared(range) | Split::PerItem(range) = &self.split {
            range.check(0.0).map_err(|e| e.within("/split"))?;
        }
        let needs: Vec<Vec<u32>> = self.items.iter().map(|item| item.needs.clone()).collect();
        needs::order(&needs).map_err(|cycle| {
            let names: Vec<String> = cycle.iter().map(|place| format!("item {place}")).collect();
            let name = |place| cycle.iter().position(|&p| p == place).and_then(|at| names.get(at)).map_or("?", |n| n);
            Error::new(Code::Cycle, needs::spell(&cycle, name)).at("/items")
        })
    }

    fn check_bounds(&self) -> Result<()> {
        check_count(self.trials, 1, MAX_TRIALS).map_err(|e| e.at("/trials"))?;
        check_count(self.horizon, 1, MAX_HORIZON).map_err(|e| e.at("/horizon"))?;
        check_count(self.slots, 1, MAX_SLOTS).map_err(|e| e.at("/slots"))?;
        for (period, &places) in self.places.iter().enumerate() {
            check_count(places, 1, self.slots).map_err(|e| e.at(format!("/places/{period}")))?;
        }
        self.check_place(&self.at_period_end, self.teams.len()).map_err(|e| e.within("/atPeriodEnd"))?;
        let too_many = |what: &str, count: usize, most: usize| {
            Err(Error::new(Code::TooLarge, format!("{count} {what}: give at most {most}")).at(format!("/{what}")))
        };
        if self.items.len() > MAX_ITEMS {
            return too_many("items", self.items.len(), MAX_ITEMS);
        }
        if self.teams.len() > MAX_TEAMS {
            return too_many("teams", self.teams.len(), MAX_TEAMS);
        }
        let members: usize = self.groups.iter().map(Vec::len).sum();
        let periods = self.horizon as u64 * self.teams.len().max(1) as u64;
        let steps = u64::from(self.trials) * ((self.items.len() + members + self.risks.len()) as u64 + periods);
        if steps > MAX_STEPS {
            let most = (u64::from(self.trials) * MAX_STEPS / steps).max(1);
            return Err(Error::new(
                Code::TooLarge,
                format!(
                    "{} trials of {} items over {} periods are too much work: ask for at most {most} trials, or a \
                     shorter horizon",
                    self.trials,
                    self.items.len(),
                    self.horizon
                ),
            )
            .at("/trials"));
        }
        Ok(())
    }

    fn check_place(&self, places: &[u32], len: usize) -> Result<()> {
        places.iter().enumerate().try_for_each(|(nth, &place)| {
            if (place as usize) < len {
                return Ok(());
            }
            Err(Error::new(Code::UnknownId, format!("there is no number {place} among {len}")).at(format!("/{nth}")))
        })
    }

    fn check_risk(&self, risk: &Risk) -> Result<()> {
        check_share(risk.probability).map_err(|e| e.at("/probability"))?;
        risk.impact.check(0.0).map_err(|e| e.within("/impact"))?;
        match risk.on {
            RiskOn::Item(place) => self.check_place(&[place], self.items.len()),
            RiskOn::LastOf(place) => self.check_place(&[place], self.groups.len()),
            RiskOn::Anywhere => Ok(()),
        }
        .map_err(|e| e.at("/on"))
    }
}

impl Growth {
    /// Checks that the amount is a range and the urgent share lies in 0..=1.
    ///
    /// # Errors
    /// [`Code::InvalidNumber`] and [`Code::InvalidRange`], at `/low`, `/likely`, `/high` or `/urgent`.
    pub fn check(&self) -> Result<()> {
        self.amount.check(-MAX_NUMBER)?;
        check_share(self.urgent).map_err(|e| e.at("/urgent"))
    }
}

/// Checks factors of capacity: finite, not negative.
pub(crate) fn check_capacity(factors: &[f64]) -> Result<()> {
    factors
        .iter()
        .enumerate()
        .try_for_each(|(place, &factor)| check_number(factor, 0.0).map_err(|e| e.at(format!("/{place}"))))
}

/// Checks a probability or a share.
pub(crate) fn check_share(share: f64) -> Result<()> {
    check_number(share, 0.0)?;
    if share > 1.0 {
        return Err(Error::new(Code::InvalidNumber, format!("{share} is not a share: give a number from 0 to 1")));
    }
    Ok(())
}

/// Checks a count.
pub(crate) fn check_count(count: u32, least: u32, most: u32) -> Result<()> {
    if count < least {
        return Err(Error::new(Code::InvalidNumber, format!("{count} is too small: give at least {least}")));
    }
    if count > most {
        return Err(Error::new(Code::TooLarge, format!("{count} is too large: give at most {most}")));
    }
    Ok(())
}
