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
use super::run::{Prefixes, Row, Run};
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
    each: bool,
    prefixes: bool,
    risks: Vec<(u64, f64, Low, WireRiskOn)>,
    growth: Option<(Low, f64)>,
    split: Option<(bool, Low)>,
    slots: u32,
    places: Vec<u32>,
    at_period_end: Vec<u32>,
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
            each: self.each,
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
            places: self.places.clone(),
            at_period_end: self.at_period_end.clone(),
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
            each: wire.each,
            prefixes: wire.prefixes,
            risks: wire.risks.into_iter().map(risk).collect(),
            growth: wire.growth.map(|(amount, urgent)| Growth { amount: range(amount), urgent }),
            split: match wire.split {
                None => Split::None,
                Some((false, low)) => Split::Shared(range(low)),
                Some((true, low)) => Split::PerItem(range(low)),
            },
            slots: wire.slots,
            places: wire.places,
            at_period_end: wire.at_period_end,
            horizon: wire.horizon,
            trials: wire.trials,
            seed: wire.seed,
            burn_up: wire.burn_up,
        })
    }
}

// ---------------------------------------------------------------- outcomes

/// The periods by whose end an item is finished with 1 %, 2 %, …, 99 %: what is kept of its distribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Percentiles {
    // As far as they lie within the horizon.
    bins: Vec<u32>,
}

impl Percentiles {
    /// The smallest period with a share of at least `p` of the trials done by its end, as [`Histogram::percentile`]
    /// gives it; `p` is taken as the next whole percent, up to 99 %.
    pub fn percentile(&self, p: f64) -> Option<u32> {
        PERCENTS.map(share).zip(&self.bins).find(|(percent, _)| *percent >= p).map(|(_, bin)| *bin)
    }

    /// The share of trials done by the end of period `k`, in whole percents and never too high.
    pub fn within(&self, k: u32) -> f64 {
        share(self.bins.iter().take_while(|bin| **bin <= k).count() as u32)
    }
}

/// The amounts that are reached with 1 %, 2 %, …, 99 %.
#[derive(Debug, Clone, PartialEq)]
pub struct AmountPercentiles {
    amounts: Vec<f64>,
}

impl AmountPercentiles {
    /// The largest amount `n` with P(finished ≥ `n`) ≥ `p`, as [`Amounts::percentile`] gives it; `p` is taken as the next
    /// whole percent, up to 99 %.
    pub fn percentile(&self, p: f64) -> f64 {
        let mut percents = PERCENTS.map(share).zip(&self.amounts);
        percents.find(|(percent, _)| *percent >= p).map_or(0.0, |(_, amount)| *amount)
    }
}

const PERCENTS: std::ops::RangeInclusive<u32> = 1..=99;

fn share(percent: u32) -> f64 {
    f64::from(percent) / 100.0
}

/// An [`Outcome`](super::Outcome) in little memory, and the key of the model it came of: groups and the whole with all
/// that is known of them, items, prefixes and the burn-up by their percentiles. For ten thousand items that is a megabyte instead
/// of hundreds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedOutcome {
    head: Head,
    // Rows behind each other: items, prefixes unless they are as items, groups, the total, the burn-up. An item is
    // steps from percentile to percentile; a group is pairs of a step from the bin before and the trials there; a
    // burn-up is the bits of its percentiles.
    rows: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    version: u8,
    key: ModelKey,
    trials: u32,
    slots: u32,
    items: u32,
    prefixes: PackedPrefixes,
    groups: u32,
    burn_up: u32,
    // Where each row ends.
    ends: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum PackedPrefixes {
    NotAsked,
    AsItems,
    Counted,
}

impl PackedOutcome {
    /// Runs all trials of a model, and packs what they show.
    ///
    /// # Errors
    /// As [`Model::check`].
    pub fn simulate(key: ModelKey, model: &Model) -> Result<Self> {
        let mut trials = Trials::of(key, Run::new(model)?);
        trials.advance(u32::MAX);
        Ok(trials.packed())
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
            && head.items as usize == if model.each { model.items.len() } else { 0 }
            && head.groups as usize == model.groups.len()
            && (head.prefixes != PackedPrefixes::NotAsked || !model.prefixes || !model.each || model.items.is_empty())
            && head.burn_up == model.burn_up.min(model.horizon)
    }

    /// When an item is finished, by its position in the model.
    pub fn item(&self, place: usize) -> Option<Percentiles> {
        self.percentiles(0, place)
    }

    /// When the first items are finished, up to and with the one at this position; none unless asked for.
    pub fn prefix(&self, place: usize) -> Option<Percentiles> {
        match self.head.prefixes {
            PackedPrefixes::NotAsked => None,
            PackedPrefixes::AsItems => self.item(place),
            PackedPrefixes::Counted => self.percentiles(self.head.items, place),
        }
    }

    /// When all members of a group are finished.
    pub fn group(&self, place: usize) -> Option<Histogram> {
        self.finish(place).filter(|_| place < self.head.groups as usize)
    }

    /// When everything is finished.
    pub fn total(&self) -> Histogram {
        self.finish(self.head.groups as usize).unwrap_or_default()
    }

    /// How much is finished by the end of each period.
    pub fn burn_up(&self) -> impl Iterator<Item = AmountPercentiles> + '_ {
        let first = self.head.listed() + self.head.groups as usize + 1;
        (first..first + self.head.burn_up as usize).map(|row| {
            let (amounts, _) = self.row(row).unwrap_or_default().as_chunks();
            AmountPercentiles { amounts: amounts.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect() }
        })
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
        let listed = head.listed();
        let finishes = listed + head.groups as usize + 1;
        head.version == VERSION
            && head.ends.len() as u64 == finishes as u64 + u64::from(head.burn_up)
            && head.ends.is_sorted()
            && head.ends.last().is_some_and(|end| *end as usize == self.rows.len())
            && (0..head.ends.len()).all(|row| match self.row(row).unwrap_or_default() {
                bytes if row < listed => is_percentiles(bytes),
                bytes if row < finishes => self.is_finish(bytes),
                bytes => is_amounts(bytes),
            })
    }

    fn is_finish(&self, mut bytes: &[u8]) -> bool {
        let (mut bin, mut trials) = (0_u64, 0_u64);
        while !bytes.is_empty() {
            let (Some(step), Some(count)) = (take(&mut bytes), take(&mut bytes)) else { return false };
            bin += u64::from(step);
            trials += u64::from(count);
        }
        bin < LAST && trials <= u64::from(self.head.trials)
    }

    fn row(&self, row: usize) -> Option<&[u8]> {
        let ends = &self.head.ends;
        let from = row.checked_sub(1).map_or(Some(0), |before| ends.get(before).copied())?;
        self.rows.get(from as usize..*ends.get(row)? as usize)
    }

    fn percentiles(&self, first: u32, place: usize) -> Option<Percentiles> {
        let mut bytes = self.row(first as usize + place).filter(|_| place < self.head.items as usize)?;
        let mut bin = 0;
        let step = || {
            bin += take(&mut bytes)?;
            Some(bin)
        };
        Some(Percentiles { bins: std::iter::from_fn(step).collect() })
    }

    /// The groups, and behind them the total.
    fn finish(&self, place: usize) -> Option<Histogram> {
        let mut bytes = self.row(self.head.listed() + place)?;
        let mut counts = Vec::new();
        let (mut bin, mut ended) = (0, 0);
        while let (Some(step), Some(count)) = (take(&mut bytes), take(&mut bytes)) {
            bin += step as usize;
            ended += count;
            counts.resize(bin, 0);
            counts.push(count);
        }
        Some(Histogram::from_bins(counts, self.head.trials.saturating_sub(ended)))
    }
}

impl Head {
    /// The rows of items and prefixes.
    fn listed(&self) -> usize {
        self.items as usize * if self.prefixes == PackedPrefixes::Counted { 2 } else { 1 }
    }
}

/// Beyond any bin there is.
const LAST: u64 = MAX_HORIZON as u64 * MAX_SLOTS as u64 + 1;

fn is_percentiles(mut bytes: &[u8]) -> bool {
    let (mut bin, mut percentiles) = (0, 0);
    while !bytes.is_empty() {
        let Some(step) = take(&mut bytes) else { return false };
        bin += u64::from(step);
        percentiles += 1;
    }
    bin < LAST && PERCENTS.count() >= percentiles
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

fn is_amounts(bytes: &[u8]) -> bool {
    let (amounts, rest) = bytes.as_chunks();
    rest.is_empty()
        && amounts.len() == PERCENTS.count()
        && amounts.iter().all(|bytes| f64::from_le_bytes(*bytes).is_finite())
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
/// assert_eq!(outcome.total(), simulate(&model)?.total);
/// # Ok::<(), landfall::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Trials {
    run: Run,
    key: ModelKey,
    rows: Vec<u8>,
    ends: Vec<u32>,
}

/// Rows that are packed together, in about the time of a trial of as many items.
const TOGETHER: usize = 64;

impl Trials {
    /// Takes in a model's bytes; no trial is run yet.
    ///
    /// # Errors
    /// As [`Model::from_bytes`] and [`Model::check`].
    pub fn new(model: &[u8]) -> Result<Self> {
        Ok(Self::of(ModelKey::of(model), Run::new(&Model::from_bytes(model)?)?))
    }

    const fn of(key: ModelKey, run: Run) -> Self {
        Self { run, key, rows: Vec::new(), ends: Vec::new() }
    }

    /// Runs at most this many trials more, or packs as many parts of what they have shown; returns how many trials and
    /// parts are left.
    pub fn advance(&mut self, steps: u32) -> u32 {
        let before = self.run.left();
        let left = self.run.advance(steps);
        if left == 0 {
            (before..steps).take_while(|_| self.pack()).count();
        }
        left.saturating_add(self.run.counted().rows().saturating_sub(self.ends.len()).div_ceil(TOGETHER) as u32)
    }

    /// What the trials that were run have shown, as bytes.
    pub fn finish(self) -> Vec<u8> {
        self.packed().to_bytes()
    }

    fn packed(mut self) -> PackedOutcome {
        while self.pack() {}
        self.rows.shrink_to_fit();
        let counted = self.run.counted();
        let head = Head {
            version: VERSION,
            key: self.key,
            trials: self.run.done(),
            slots: counted.slots,
            items: counted.items.len() as u32,
            prefixes: match counted.prefixes {
                Prefixes::NotAsked => PackedPrefixes::NotAsked,
                Prefixes::AsItems => PackedPrefixes::AsItems,
                Prefixes::Counted(_) => PackedPrefixes::Counted,
            },
            groups: counted.groups.len() as u32,
            burn_up: counted.burned.len() as u32,
            ends: self.ends,
        };
        PackedOutcome { head, rows: self.rows }
    }

    /// Packs some more rows; whether there were any.
    fn pack(&mut self) -> bool {
        self.run.close();
        let counted = self.run.counted();
        let from = self.ends.len();
        let to = counted.rows().min(from + TOGETHER);
        for row in from..to {
            match counted.row(row) {
                Some(Row::Listed(counts)) => put_percentiles(&mut self.rows, counts, self.run.done()),
                Some(Row::Finish(counts)) => put_counts(&mut self.rows, counts),
                Some(Row::Amounts(amounts)) => {
                    let amounts = Amounts::from_trials(amounts.iter().copied());
                    PERCENTS.for_each(|p| self.rows.extend(amounts.percentile(share(p)).to_le_bytes()));
                    self.ends.push(self.rows.len() as u32);
                    // Ten thousand amounts are sorted: enough for one step.
                    return true;
                }
                None => {}
            }
            self.ends.push(self.rows.len() as u32);
        }
        from < to
    }
}

/// Steps from percentile to percentile.
fn put_percentiles(rows: &mut Vec<u8>, counts: &[u32], trials: u32) {
    let mut percents = PERCENTS.map(share).peekable();
    let (mut done, mut before) = (0, 0);
    for (bin, &count) in (1..).zip(counts).filter(|(_, count)| **count > 0) {
        done += count;
        // As a histogram has it, to the bit.
        let reached = f64::from(done) / f64::from(trials);
        while percents.next_if(|percent| reached >= *percent).is_some() {
            put(rows, bin - before);
            before = bin;
        }
    }
}

/// Pairs of a step from the bin before, and the trials there.
fn put_counts(rows: &mut Vec<u8>, counts: &[u32]) {
    let mut before = 0;
    for (bin, &count) in (0..).zip(counts).filter(|(_, count)| **count > 0) {
        put(rows, bin - before);
        put(rows, count);
        before = bin;
    }
}
