//! A model and its outcome as bytes, so that trials can run anywhere: in a worker, in another process, later.
//!
//! Every number keeps its bits. Finished distributions stay packed in memory too: a plan of ten thousand items has
//! ten thousand of them, and a page shows fifty.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::amounts::Amounts;
use super::super::draw;
use super::super::histogram::Histogram;
use super::super::velocity::{Velocity, VelocityModel};
use super::model::{Growth, MAX_HORIZON, MAX_SLOTS, Model, Risk, RiskOn, Size, Split, Task, Team};
use super::run::{Outcome, Run};
use crate::error::{Code, Error, Result};
use crate::range::Range;

/// What the bytes begin with; another number, and they are of another version.
const VERSION: u8 = 1;

/// What a model is known by: a digest of its bytes. Models of the same key have the same outcome, to the bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ModelKey(u64, u64);

impl ModelKey {
    /// The key of a model's bytes.
    pub fn of(bytes: &[u8]) -> Self {
        // Two hashes of 64 bits: by chance alone, no two models that anybody ever makes share both.
        let (mut one, mut two) = (bytes.len() as u64, !0_u64);
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(part).for_each(|(to, from)| *to = *from);
            let word = u64::from_le_bytes(word);
            one = draw::mix(one ^ word);
            two = draw::mix(two.wrapping_add(word)).rotate_left(32);
        }
        Self(one, two)
    }
}

impl std::fmt::Display for ModelKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}{:016x}", self.0, self.1)
    }
}

fn malformed(what: &str) -> Error {
    let message = format!("these bytes are no {what} of this version of Landfall: pass on what it gave, unchanged");
    Error::new(Code::InvalidRequest, message)
}

// ---------------------------------------------------------------- models

// `Range` leaves out what is absent, which a format without field names cannot read back.
type Low = (f64, Option<f64>, f64);

#[derive(Serialize, Deserialize)]
struct WireModel {
    version: u8,
    teams: Vec<(u64, WireVelocity, Vec<f64>)>,
    // Sizes of finished work, of which thousands of items may draw: once each.
    lists: Vec<Arc<[f64]>>,
    items: Vec<(u64, WireSize, Vec<u32>, u32, u32)>,
    groups: Vec<Vec<u32>>,
    prefixes: bool,
    risks: Vec<(u64, f64, Low, WireRiskOn)>,
    growth: Option<(Low, f64)>,
    split: Option<(bool, Low)>,
    slots: u32,
    horizon: u32,
    trials: u32,
    seed: u64,
    burn_up: u32,
}

#[derive(Serialize, Deserialize)]
enum WireVelocity {
    Guess(Low),
    Calibrated(Arc<[f64]>),
    Bootstrap(Arc<[f64]>),
}

#[derive(Serialize, Deserialize)]
enum WireSize {
    Exact(f64),
    Range(Low),
    OneOf(u32),
}

#[derive(Serialize, Deserialize)]
enum WireRiskOn {
    Item(u32),
    LastOf(u32),
    Anywhere,
}

const fn low(range: &Range) -> Low {
    (range.low, range.likely, range.high)
}

const fn range((low, likely, high): Low) -> Range {
    Range { low, likely, high }
}

impl Model {
    /// The model as bytes.
    ///
    /// ```
    /// use landfall::forecast::engine::Model;
    /// let model = Model { trials: 7, ..Model::default() };
    /// assert_eq!(Model::from_bytes(&model.to_bytes())?, model);
    /// # Ok::<(), landfall::Error>(())
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut lists: Vec<Arc<[f64]>> = Vec::new();
        let mut list_of = |sizes: &Arc<[f64]>| match lists.iter().position(|list| Arc::ptr_eq(list, sizes)) {
            Some(place) => place as u32,
            None => {
                lists.push(Arc::clone(sizes));
                lists.len() as u32 - 1
            }
        };
        let size_of = |size: &Size, list_of: &mut dyn FnMut(&Arc<[f64]>) -> u32| match size {
            Size::Exact(size) => WireSize::Exact(*size),
            Size::Range(range) => WireSize::Range(low(range)),
            Size::OneOf(sizes) => WireSize::OneOf(list_of(sizes)),
        };
        let items = self.items.iter();
        let items = items
            .map(|item| (item.key, size_of(&item.size, &mut list_of), item.needs.clone(), item.not_before, item.team));
        let items = items.collect();
        let wire = WireModel {
            version: VERSION,
            teams: self
                .teams
                .iter()
                .map(|team| {
                    let velocity = match &team.velocity {
                        Velocity::Guess(range) => WireVelocity::Guess(low(range)),
                        Velocity::History { past, model: VelocityModel::Calibrated } => {
                            WireVelocity::Calibrated(Arc::clone(past))
                        }
                        Velocity::History { past, model: VelocityModel::Bootstrap } => {
                            WireVelocity::Bootstrap(Arc::clone(past))
                        }
                    };
                    (team.key, velocity, team.capacity.clone())
                })
                .collect(),
            lists,
            items,
            groups: self.groups.clone(),
            prefixes: self.prefixes,
            risks: self
                .risks
                .iter()
                .map(|risk| {
                    let on = match risk.on {
                        RiskOn::Item(item) => WireRiskOn::Item(item),
                        RiskOn::LastOf(group) => WireRiskOn::LastOf(group),
                        RiskOn::Anywhere => WireRiskOn::Anywhere,
                    };
                    (risk.key, risk.probability, low(&risk.impact), on)
                })
                .collect(),
            growth: self.growth.map(|growth| (low(&growth.amount), growth.urgent)),
            split: match &self.split {
                Split::None => None,
                Split::Shared(range) => Some((false, low(range))),
                Split::PerItem(range) => Some((true, low(range))),
            },
            slots: self.slots,
            horizon: self.horizon,
            trials: self.trials,
            seed: self.seed,
            burn_up: self.burn_up,
        };
        // Writing to memory cannot fail; if it did, the reader would say so.
        postcard::to_allocvec(&wire).unwrap_or_default()
    }

    /// Reads what [`Self::to_bytes`] wrote. Numbers and positions are checked where the model is run.
    ///
    /// # Errors
    /// [`Code::InvalidRequest`] for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let wrong = || malformed("model");
        let (wire, rest) = postcard::take_from_bytes::<WireModel>(bytes).map_err(|_| wrong())?;
        if wire.version != VERSION || !rest.is_empty() {
            return Err(wrong());
        }
        let lists = wire.lists;
        let task = |(key, size, needs, not_before, team)| {
            let size = match size {
                WireSize::Exact(size) => Size::Exact(size),
                WireSize::Range(low) => Size::Range(range(low)),
                WireSize::OneOf(list) => Size::OneOf(lists.get(list as usize).cloned().ok_or_else(wrong)?),
            };
            Ok(Task { key, size, needs, not_before, team })
        };
        let items = wire.items.into_iter().map(task).collect::<Result<_>>()?;
        let team = |(key, velocity, capacity)| {
            let velocity = match velocity {
                WireVelocity::Guess(low) => Velocity::Guess(range(low)),
                WireVelocity::Calibrated(past) => Velocity::History { past, model: VelocityModel::Calibrated },
                WireVelocity::Bootstrap(past) => Velocity::History { past, model: VelocityModel::Bootstrap },
            };
            Team { key, velocity, capacity }
        };
        let risk = |(key, probability, impact, on)| {
            let on = match on {
                WireRiskOn::Item(item) => RiskOn::Item(item),
                WireRiskOn::LastOf(group) => RiskOn::LastOf(group),
                WireRiskOn::Anywhere => RiskOn::Anywhere,
            };
            Risk { key, probability, impact: range(impact), on }
        };
        Ok(Self {
            teams: wire.teams.into_iter().map(team).collect(),
            items,
            groups: wire.groups,
            prefixes: wire.prefixes,
            risks: wire.risks.into_iter().map(risk).collect(),
            growth: wire.growth.map(|(amount, urgent)| Growth { amount: range(amount), urgent }),
            split: match wire.split {
                None => Split::None,
                Some((false, low)) => Split::Shared(range(low)),
                Some((true, low)) => Split::PerItem(range(low)),
            },
            slots: wire.slots,
            horizon: wire.horizon,
            trials: wire.trials,
            seed: wire.seed,
            burn_up: wire.burn_up,
        })
    }
}

// ---------------------------------------------------------------- outcomes

/// An [`Outcome`] in a tenth of its memory, and the key of the model it came of. Distributions are unpacked one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedOutcome {
    head: Head,
    // Rows behind each other: items, groups, prefixes unless they are as items, the total, the burn-up. A finish is
    // pairs of a step from the bin before and the trials there; an amount is its bits and the trials that reached it.
    rows: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    version: u8,
    key: ModelKey,
    trials: u32,
    slots: u32,
    items: u32,
    groups: u32,
    prefixes: Prefixes,
    burn_up: u32,
    // Where each row ends.
    ends: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Prefixes {
    NotAsked,
    AsItems,
    Counted,
}

impl PackedOutcome {
    /// Packs an outcome of the model with this key.
    pub fn new(key: ModelKey, outcome: &Outcome) -> Self {
        let prefixes = match outcome.prefixes.as_slice() {
            [] => Prefixes::NotAsked,
            prefixes if prefixes == outcome.items => Prefixes::AsItems,
            _ => Prefixes::Counted,
        };
        let counted = if prefixes == Prefixes::Counted { outcome.prefixes.as_slice() } else { &[] };
        let mut rows = Vec::new();
        let mut ends = Vec::with_capacity(outcome.items.len() + outcome.groups.len() + counted.len() + 1);
        for finish in outcome.items.iter().chain(&outcome.groups).chain(counted).chain([&outcome.total]) {
            let mut before = 0;
            for (bin, &count) in (0_u32..).zip(finish.counts()).filter(|(_, count)| **count > 0) {
                put(&mut rows, bin - before);
                put(&mut rows, count);
                before = bin;
            }
            ends.push(rows.len() as u32);
        }
        for amounts in &outcome.burn_up {
            for (amount, count) in amounts.counts() {
                rows.extend(amount.to_le_bytes());
                put(&mut rows, *count);
            }
            ends.push(rows.len() as u32);
        }
        rows.shrink_to_fit();
        let head = Head {
            version: VERSION,
            key,
            trials: outcome.trials,
            slots: outcome.slots,
            items: outcome.items.len() as u32,
            groups: outcome.groups.len() as u32,
            prefixes,
            burn_up: outcome.burn_up.len() as u32,
            ends,
        };
        Self { head, rows }
    }

    /// The key of the model that it is the outcome of.
    pub const fn key(&self) -> ModelKey {
        self.head.key
    }

    /// The trials that were run.
    pub const fn trials(&self) -> u32 {
        self.head.trials
    }

    /// The memory it takes, in bytes.
    pub fn memory(&self) -> usize {
        self.rows.len() + self.head.ends.len() * size_of::<u32>()
    }

    /// Whether it tells as many things as the model asks for.
    pub fn fits(&self, model: &Model) -> bool {
        let head = &self.head;
        head.trials == model.trials
            && head.slots == model.slots
            && head.items as usize == model.items.len()
            && head.groups as usize == model.groups.len()
            && (head.prefixes != Prefixes::NotAsked || !model.prefixes || model.items.is_empty())
            && head.burn_up == model.burn_up.min(model.horizon)
    }

    /// When an item is finished, by its position in the model.
    pub fn item(&self, place: usize) -> Option<Histogram> {
        self.finish(0, self.head.items, place)
    }

    /// When all members of a group are finished.
    pub fn group(&self, place: usize) -> Option<Histogram> {
        self.finish(self.head.items, self.head.groups, place)
    }

    /// When the first items are finished, up to and with the one at this position; none unless asked for.
    pub fn prefix(&self, place: usize) -> Option<Histogram> {
        match self.head.prefixes {
            Prefixes::NotAsked => None,
            Prefixes::AsItems => self.item(place),
            Prefixes::Counted => self.finish(self.head.items + self.head.groups, self.head.items, place),
        }
    }

    /// When everything is finished.
    pub fn total(&self) -> Histogram {
        self.finish(self.before_total(), 1, 0).unwrap_or_default()
    }

    /// How much is finished by the end of each period.
    pub fn burn_up(&self) -> impl Iterator<Item = Amounts> + '_ {
        let first = self.before_total() as usize + 1;
        (first..first + self.head.burn_up as usize).map(|row| {
            let mut bytes = self.row(row).unwrap_or_default();
            Amounts::from_counts(std::iter::from_fn(|| amount(&mut bytes)))
        })
    }

    /// All of it, unpacked.
    pub fn unpacked(&self) -> Outcome {
        let Head { trials, slots, items, groups, prefixes, .. } = self.head;
        let prefixes = if prefixes == Prefixes::NotAsked { 0 } else { items };
        Outcome {
            trials,
            slots,
            items: (0..items).filter_map(|k| self.item(k as usize)).collect(),
            groups: (0..groups).filter_map(|k| self.group(k as usize)).collect(),
            prefixes: (0..prefixes).filter_map(|k| self.prefix(k as usize)).collect(),
            total: self.total(),
            burn_up: self.burn_up().collect(),
        }
    }

    /// The outcome as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = postcard::to_allocvec(&self.head).unwrap_or_default();
        bytes.extend_from_slice(&self.rows);
        bytes
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`Code::InvalidRequest`] for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let (head, rows) = postcard::take_from_bytes::<Head>(bytes).map_err(|_| malformed("outcome"))?;
        let outcome = Self { head, rows: rows.to_vec() };
        if outcome.is_sound() { Ok(outcome) } else { Err(malformed("outcome")) }
    }

    fn is_sound(&self) -> bool {
        let head = &self.head;
        let counted = if head.prefixes == Prefixes::Counted { u64::from(head.items) } else { 0 };
        let finishes = u64::from(head.items) + u64::from(head.groups) + counted + 1;
        head.version == VERSION
            && head.ends.len() as u64 == finishes + u64::from(head.burn_up)
            && head.ends.is_sorted()
            && head.ends.last().is_some_and(|end| *end as usize == self.rows.len())
            && (0..head.ends.len()).all(|row| {
                let bytes = self.row(row).unwrap_or_default();
                if (row as u64) < finishes { self.is_finish(bytes) } else { is_amounts(bytes) }
            })
    }

    fn is_finish(&self, mut bytes: &[u8]) -> bool {
        let (mut bin, mut trials) = (0_u64, 0_u64);
        while !bytes.is_empty() {
            let (Some(step), Some(count)) = (take(&mut bytes), take(&mut bytes)) else { return false };
            bin += u64::from(step);
            trials += u64::from(count);
        }
        bin < u64::from(MAX_HORIZON * MAX_SLOTS) && trials <= u64::from(self.head.trials)
    }

    const fn before_total(&self) -> u32 {
        let counted = if matches!(self.head.prefixes, Prefixes::Counted) { self.head.items } else { 0 };
        self.head.items + self.head.groups + counted
    }

    fn row(&self, row: usize) -> Option<&[u8]> {
        let ends = &self.head.ends;
        let from = row.checked_sub(1).map_or(Some(0), |before| ends.get(before).copied())?;
        self.rows.get(from as usize..*ends.get(row)? as usize)
    }

    fn finish(&self, first: u32, count: u32, place: usize) -> Option<Histogram> {
        let mut bytes = self.row(first as usize + place).filter(|_| place < count as usize)?;
        let mut counts = Vec::new();
        let (mut bin, mut ended) = (0, 0);
        for (step, count) in steps(&mut bytes) {
            bin += step as usize;
            ended += count;
            counts.resize(bin, 0);
            counts.push(count);
        }
        Some(Histogram::from_bins(counts, self.head.trials.saturating_sub(ended)))
    }
}

/// A number in as few bytes as it needs: seven bits a byte, the lowest first (LEB128, as postcard writes it too).
fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..35).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return u32::try_from(number).ok();
        }
    }
    None
}

/// Steps and counts, until the bytes end or are none.
fn steps<'a>(bytes: &'a mut &[u8]) -> impl Iterator<Item = (u32, u32)> + 'a {
    std::iter::from_fn(|| Some((take(bytes)?, take(bytes)?)))
}

fn is_amounts(mut bytes: &[u8]) -> bool {
    while !bytes.is_empty() {
        if !amount(&mut bytes).is_some_and(|(amount, _)| amount.is_finite()) {
            return false;
        }
    }
    true
}

fn amount(bytes: &mut &[u8]) -> Option<(f64, u32)> {
    let (amount, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some((f64::from_le_bytes(*amount), take(bytes)?))
}

// ---------------------------------------------------------------- running

/// A simulation between bytes: a model in, its outcome out, in slices of any size.
///
/// ```
/// use landfall::forecast::Velocity;
/// use landfall::forecast::engine::{Model, PackedOutcome, Size, Task, Team, Trials, key, simulate};
///
/// let team = Team { key: key("us"), velocity: Velocity::Guess(landfall::Range::exactly(5.0)), capacity: vec![] };
/// let item = Task { key: key("a"), size: Size::Exact(8.0), needs: vec![], not_before: 0, team: 0 };
/// let model = Model { teams: vec![team], items: vec![item], ..Model::default() };
///
/// let mut trials = Trials::new(&model.to_bytes())?;
/// while trials.advance(512) > 0 {} // between slices: progress, other work, a change of mind
/// let outcome = PackedOutcome::from_bytes(&trials.finish())?;
/// assert_eq!(outcome.unpacked(), simulate(&model)?);
/// # Ok::<(), landfall::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Trials {
    key: ModelKey,
    run: Run,
}

impl Trials {
    /// Takes in a model's bytes; no trial is run yet.
    ///
    /// # Errors
    /// As [`Model::from_bytes`] and [`Model::check`].
    pub fn new(model: &[u8]) -> Result<Self> {
        Ok(Self { key: ModelKey::of(model), run: Run::new(&Model::from_bytes(model)?)? })
    }

    /// Runs at most this many trials more; returns how many are left to run.
    pub fn advance(&mut self, trials: u32) -> u32 {
        self.run.advance(trials)
    }

    /// What the trials that were run have shown, as bytes.
    pub fn finish(self) -> Vec<u8> {
        PackedOutcome::new(self.key, &self.run.finish()).to_bytes()
    }
}
