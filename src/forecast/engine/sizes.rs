//! How much work every item is in one trial: its size drawn, split, and what risks add to it.

use super::super::draw::{Purpose, Stream, to_index, to_uniform};
use super::model::{Model, RiskOn, Size, Split};
use crate::range::Range;

/// The sizes of one trial after the other.
#[derive(Debug, Clone)]
pub(super) struct Sizes {
    current: Vec<f64>,
    known: Vec<f64>,
    uncertain: Vec<(u32, Stream, Size)>,
    split: Multiplier,
    risks: Vec<Hazard>,
    hits: Vec<(u32, f64)>,
}

#[derive(Debug, Clone)]
enum Multiplier {
    None,
    Shared(Range, Stream),
    PerItem(Range, Vec<Stream>),
}

#[derive(Debug, Clone)]
struct Hazard {
    probability: f64,
    impact: Range,
    item: Option<u32>,
    happens: Stream,
    size: Stream,
    place: Stream,
}

impl Sizes {
    pub(super) fn new(model: &Model) -> Self {
        let stream = |purpose, key| Stream::new(model.seed, purpose, key);
        let certain: Vec<f64> = model.items.iter().map(|item| known(&item.size).unwrap_or(0.0)).collect();
        Self {
            current: certain.clone(),
            known: certain,
            uncertain: (0_u32..)
                .zip(&model.items)
                .filter(|(_, item)| known(&item.size).is_none())
                .map(|(place, item)| (place, stream(Purpose::Size, item.key), item.size.clone()))
                .collect(),
            split: match model.split {
                Split::None => Multiplier::None,
                Split::Shared(range) => Multiplier::Shared(range, stream(Purpose::Split, 0)),
                Split::PerItem(range) => Multiplier::PerItem(
                    range,
                    model.items.iter().map(|item| stream(Purpose::ItemSplit, item.key)).collect(),
                ),
            },
            risks: model
                .risks
                .iter()
                .filter(|risk| risk.probability > 0.0)
                .map(|risk| Hazard {
                    probability: risk.probability,
                    impact: risk.impact,
                    item: match risk.on {
                        RiskOn::Item(item) => Some(item),
                        RiskOn::LastOf(group) => {
                            model.groups.get(group as usize).and_then(|group| group.iter().copied().max())
                        }
                        RiskOn::Anywhere => None,
                    },
                    happens: stream(Purpose::RiskHappens, risk.key),
                    size: stream(Purpose::RiskImpact, risk.key),
                    place: stream(Purpose::RiskPlace, risk.key),
                })
                .collect(),
            hits: Vec::with_capacity(model.risks.len()),
        }
    }

    /// Whether every trial has the same sizes.
    pub(super) fn fixed(&self) -> bool {
        self.uncertain.is_empty() && self.risks.is_empty() && matches!(self.split, Multiplier::None)
    }

    /// The sizes of the last trial drawn, or the known ones.
    pub(super) fn current(&self) -> &[f64] {
        &self.current
    }

    pub(super) fn draw(&mut self, trial: u64) {
        if self.fixed() {
            return;
        }
        self.current.copy_from_slice(&self.known);
        for (item, stream, size) in &self.uncertain {
            if let Some(current) = self.current.get_mut(*item as usize) {
                *current = draw(size, stream.bits(trial));
            }
        }
        match &self.split {
            Multiplier::None => {}
            Multiplier::Shared(range, stream) => {
                let factor = range.quantile(stream.uniform(trial));
                self.current.iter_mut().for_each(|size| *size *= factor);
            }
            Multiplier::PerItem(range, streams) => {
                for (size, stream) in self.current.iter_mut().zip(streams) {
                    *size *= range.quantile(stream.uniform(trial));
                }
            }
        }
        self.strike(trial);
    }

    /// "A point of the remaining work" means of the work as it is before any risk adds to it.
    fn strike(&mut self, trial: u64) {
        let mut work = None;
        self.hits.clear();
        for risk in &self.risks {
            if risk.happens.uniform(trial) >= risk.probability {
                continue;
            }
            let item = risk.item.or_else(|| {
                let work = *work.get_or_insert_with(|| self.current.iter().sum::<f64>());
                holder(&self.current, risk.place.uniform(trial) * work)
            });
            self.hits.extend(item.map(|item| (item, risk.impact.quantile(risk.size.uniform(trial)))));
        }
        for &(item, impact) in &self.hits {
            if let Some(size) = self.current.get_mut(item as usize) {
                *size += impact;
            }
        }
    }
}

/// The item in which a point of the work lies, counted from the top; the last where rounding carries it past the end.
fn holder(sizes: &[f64], point: f64) -> Option<u32> {
    let mut before = 0.0;
    let found = sizes.iter().position(|size| {
        before += size;
        before > point
    });
    found.or(sizes.len().checked_sub(1)).map(|place| place as u32)
}

fn known(size: &Size) -> Option<f64> {
    match size {
        Size::Exact(size) => Some(*size),
        Size::Range(range) if range.low == range.high => Some(range.low),
        Size::Range(_) => None,
        Size::OneOf(sizes) => sizes.first().copied().filter(|_| sizes.len() == 1),
    }
}

#[inline(always)]
fn draw(size: &Size, bits: u64) -> f64 {
    match size {
        Size::Exact(size) => *size,
        Size::Range(range) => range.quantile(to_uniform(bits)),
        Size::OneOf(sizes) => sizes.get(to_index(bits >> 32, sizes.len() as u32) as usize).copied().unwrap_or_default(),
    }
}
