//! The scores: what each method multiplies, adds and divides, and what is missing for it.

use std::collections::BTreeMap;

use super::spread::{Points, Spread};
use crate::choice::Method;
use crate::range::Uncertain;

/// A score, and the two parts it is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The score: of inputs that are ranges, the median.
    pub value: f64,
    /// Where it lies in four cases of five, when an input is a range.
    pub range: Option<ScoreRange>,
    /// What the item is worth per unit of time: the numerator of the score.
    pub weight: f64,
    /// How long it takes: the denominator, 1 where the method has none.
    pub duration: f64,
}

/// The range of a score.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ScoreRange {
    /// One in ten lies below.
    pub p10: f64,
    /// One in ten lies above.
    pub p90: f64,
}

/// Computes scores by one method.
///
/// ```
/// use std::collections::BTreeMap;
/// use landfall::Method;
/// use landfall::score::Scorer;
///
/// let no_weights = BTreeMap::new();
/// let rice = Scorer::new(Method::Rice, &no_weights, 1);
/// let inputs = BTreeMap::from([("reach", 450.0), ("impact", 3.0), ("confidence", 1.0), ("effort", 2.0)]);
/// let score = rice.score(|name| inputs.get(name).map(|&value| value.into()));
/// assert_eq!(score.map(|score| score.value), Ok(675.0));
/// assert_eq!(rice.score(|_| None), Err(vec!["reach", "impact", "confidence", "effort"]));
/// ```
#[derive(Debug, Clone)]
pub struct Scorer<'a> {
    terms: Vec<(&'a str, f64)>,
    product: bool,
    // An input that stands in for all terms.
    instead: Option<&'static str>,
    divisor: Option<&'static str>,
    points: Points,
}

impl<'a> Scorer<'a> {
    /// A scorer. `weights` are those of the criteria of the weighted method; other methods have none.
    pub fn new(method: Method, weights: &'a BTreeMap<String, f64>, seed: u64) -> Self {
        let (terms, product, instead, divisor): (&[&str], _, _, _) = match method {
            Method::Rice => (&["reach", "impact", "confidence"], true, None, Some("effort")),
            Method::Ice => (&["impact", "confidence", "ease"], true, None, None),
            Method::Wsjf => {
                (&["businessValue", "timeCriticality", "riskReduction"], false, Some("costOfDelay"), Some("jobSize"))
            }
            Method::ValueEffort => (&["value"], false, None, Some("effort")),
            Method::Weighted => (&[], false, None, None),
        };
        let mut terms: Vec<(&str, f64)> = terms.iter().map(|&name| (name, 1.0)).collect();
        if method == Method::Weighted {
            terms.extend(weights.iter().map(|(name, &weight)| (name.as_str(), weight)));
        }
        Self { points: Points::new(terms.len() + 1, seed), terms, product, instead, divisor }
    }

    /// The names of the inputs, in the order in which people give them; the last divides, where the method divides.
    pub fn inputs(&self) -> impl Iterator<Item = &'a str> {
        self.terms.iter().map(|&(name, _)| name).chain(self.divisor)
    }

    /// Whether the method divides by how long an item takes.
    pub(crate) fn divides(&self) -> bool {
        self.divisor.is_some()
    }

    /// The input by which an item's worth is most simply raised or lowered; none where criteria are weighed up.
    pub(crate) fn value_input(&self) -> Option<&'a str> {
        self.terms.first().map(|&(name, _)| name).filter(|_| self.product || self.divisor.is_some())
    }

    /// The input that says how long an item takes.
    pub(crate) fn effort_input(&self) -> &'static str {
        self.divisor.unwrap_or(SIZE)
    }

    /// Every name that is looked at, those that stand in for others included.
    pub(super) fn read(&self) -> impl Iterator<Item = &'a str> {
        self.inputs().chain(self.instead).chain(self.divisor.map(|_| SIZE))
    }

    /// The score of one item, whose inputs have been checked. Effort and job size default to `size`.
    ///
    /// # Errors
    /// The names of the inputs that are missing; an effort that is not above zero is.
    pub fn score(&self, input: impl Fn(&str) -> Option<Uncertain>) -> Result<Score, Vec<&'a str>> {
        let parts = self.parts(&input)?;
        if parts.is_exact() {
            let (weight, duration) = (parts.worth(|input, _| input.mean()), parts.divisor.mean());
            return Ok(Score { value: weight / duration, range: None, weight, duration });
        }
        let Spread { p10, median, p90 } =
            self.points.spread(|point| parts.at(|place| point.get(place).copied().unwrap_or(0.5)));
        let duration = parts.divisor.quantile(0.5);
        Ok(Score { value: median, range: Some(ScoreRange { p10, p90 }), weight: median * duration, duration })
    }

    /// What the score of one item is made of.
    ///
    /// # Errors
    /// As [`Self::score`].
    pub(crate) fn parts(&self, input: impl Fn(&str) -> Option<Uncertain>) -> Result<Parts, Vec<&'a str>> {
        let mut missing = Vec::new();
        let mut terms = Vec::with_capacity(self.terms.len());
        if let Some(whole) = self.instead.and_then(&input) {
            terms.push((whole, 1.0));
        } else {
            for &(name, weight) in &self.terms {
                match input(name) {
                    Some(value) => terms.push((value, weight)),
                    None => missing.push(name),
                }
            }
        }
        let divisor = self.divisor.map(|name| (name, self.duration(&input)));
        if let Some((name, None)) = divisor {
            missing.push(name);
        }
        // A sum of nothing would be a score of 0 for everything.
        if self.terms.is_empty() {
            missing.push("criteria");
        }
        if !missing.is_empty() {
            return Err(missing);
        }
        let divisor = divisor.and_then(|(_, value)| value).unwrap_or(Uncertain::Exact(1.0));
        Ok(Parts { terms, divisor, product: self.product })
    }

    /// How long an item takes, when that is known and not zero.
    pub(crate) fn duration(&self, input: impl Fn(&str) -> Option<Uncertain>) -> Option<Uncertain> {
        let given = self.divisor.and_then(|name| input(name).or_else(|| input(SIZE)));
        given.filter(|value| value.quantile(1.0) > 0.0)
    }
}

/// What a score is made of: its inputs, each with its weight, and what divides.
#[derive(Debug, Clone)]
pub(crate) struct Parts {
    terms: Vec<(Uncertain, f64)>,
    divisor: Uncertain,
    product: bool,
}

impl Parts {
    /// Whether no input is a range.
    pub(super) fn is_exact(&self) -> bool {
        let mut inputs = self.terms.iter().map(|(input, _)| input).chain([&self.divisor]);
        inputs.all(|input| matches!(input, Uncertain::Exact(_)))
    }

    /// The score where the share `u(place)` of each input's distribution lies below what it is.
    pub(super) fn at(&self, u: impl Fn(usize) -> f64) -> f64 {
        self.worth(|input, place| input.quantile(u(place))) / self.divisor.quantile(u(self.terms.len()))
    }

    /// What the score can be at the least and at the most.
    pub(super) fn bounds(&self) -> (f64, f64) {
        let ends = |(input, weight): &(Uncertain, f64)| {
            let (a, b) = (input.quantile(0.0) * weight, input.quantile(1.0) * weight);
            (a.min(b), a.max(b))
        };
        let (shortest, longest) = (self.divisor.quantile(0.0), self.divisor.quantile(1.0));
        let (low, high) = if !self.product {
            self.terms.iter().map(ends).fold((0.0, 0.0), |(low, high), (a, b)| (low + a, high + b))
        } else if self.terms.iter().all(|term| ends(term).0 >= 0.0) {
            self.terms.iter().map(ends).fold((1.0, 1.0), |(low, high), (a, b)| (low * a, high * b))
        } else {
            (f64::NEG_INFINITY, f64::INFINITY)
        };
        // What is below zero is nearer to it the longer it takes.
        (low / if low < 0.0 { shortest } else { longest }, high / if high < 0.0 { longest } else { shortest })
    }

    fn worth(&self, value: impl Fn(Uncertain, usize) -> f64) -> f64 {
        let terms = self.terms.iter().enumerate().map(|(place, &(input, weight))| value(input, place) * weight);
        if self.product { terms.product::<f64>() } else { terms.sum() }
    }
}

/// What effort and job size default to.
const SIZE: &str = "size";
