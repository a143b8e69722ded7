//! What [`rank`](super::rank) is asked and answers, in the shape of the JavaScript API.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::formula::ScoreRange;
use crate::choice::Method;
use crate::range::{Range, Uncertain};

/// What [`rank`](super::rank) is asked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RankRequest {
    /// How items are scored.
    pub method: Method,
    /// The items, in the order given.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "({ id: string; needs?: string[] } & Record<string, unknown>)[]"))]
    pub items: Vec<Candidate>,
    /// The weights of the criteria, for the weighted method.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, number>"))]
    pub weights: Option<BTreeMap<String, f64>>,
    /// Whether no item may stand before what it needs; true when absent.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub respect_needs: Option<bool>,
    /// Shifts the points at which scores with ranges are looked at; 1 when absent.
    #[serde(default, deserialize_with = "crate::forecast::whole")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub seed: Option<u64>,
    /// For how many of the best to give each item's chance to be among them.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub top: Option<usize>,
    /// The trials from which that chance is counted; 10,000 where the list is not too long for them when absent.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub trials: Option<u32>,
}

impl RankRequest {
    /// A request in which everything else has its default.
    pub fn new(method: Method, items: Vec<Candidate>) -> Self {
        Self { method, items, weights: None, respect_needs: None, seed: None, top: None, trials: None }
    }
}

/// From JSON, as the JavaScript API takes it. Errors: `not-json`, and `invalid-request` with a JSON pointer.
impl std::str::FromStr for RankRequest {
    type Err = crate::Error;
    fn from_str(json: &str) -> crate::Result<Self> {
        crate::forecast::from_text(json)
    }
}

/// An item to be ranked. In JSON its inputs stand beside its id: `{ "id": "LF-3", "value": 5, "effort": 2 }`; whatever
/// the method does not ask for may stand there too.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Candidate {
    /// Its name, unique in the list.
    pub id: String,
    /// The ids of what must be done before.
    pub needs: Vec<String>,
    /// Its inputs, by name.
    pub inputs: BTreeMap<String, Input>,
}

impl Candidate {
    /// An item without inputs.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }

    /// The same with one input more.
    #[must_use]
    pub fn with(mut self, input: impl Into<String>, value: impl Into<Uncertain>) -> Self {
        self.inputs.insert(input.into(), Input::Given(value.into()));
        self
    }

    /// The same, which needs another first.
    #[must_use]
    pub fn needing(mut self, id: impl Into<String>) -> Self {
        self.needs.push(id.into());
        self
    }
}

/// What stands at a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Input {
    /// A number, or a range.
    Given(Uncertain),
    /// Something else, in words: no mistake unless the method asks for it.
    Other(&'static str),
}

/// An order, and the scores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Ranking {
    /// The ids, best first; those without a score stand last.
    pub order: Vec<String>,
    /// The score of each item, in the order of the request.
    #[cfg_attr(
        target_arch = "wasm32",
        tsify(
            type = "{ id: string; score: number | null; missing: string[]; range?: { p10: number; p90: number }; because?: string; top?: number }[]"
        )
    )]
    pub scores: Vec<ItemScore>,
    /// What the order given costs, and the one found; absent when no item has a score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "{ given: number; best: number }"))]
    pub delay_cost: Option<DelayCost>,
}

/// The score of one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemScore {
    /// The item.
    pub id: String,
    /// Its score; none (null) when inputs are missing.
    pub score: Option<f64>,
    /// The names of the inputs that are missing, or zero where the method divides by them.
    pub missing: Vec<String>,
    /// Where the score lies in four cases of five, when an input is a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<ScoreRange>,
    /// Why it does not stand where its score alone would place it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The chance that it belongs to the best, where [`RankRequest::top`] asks for it and an input is a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top: Option<f64>,
}

/// Σ weight × finish time of two orders.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DelayCost {
    /// Of the order given.
    pub given: f64,
    /// Of the order found.
    pub best: f64,
}

impl<'de> Deserialize<'de> for Candidate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Door;
        impl<'de> Visitor<'de> for Door {
            type Value = Candidate;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an item { id, needs, … } with its inputs")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Candidate, A::Error> {
                let mut id = None;
                let mut candidate = Candidate::default();
                while let Some(name) = map.next_key::<String>()? {
                    match name.as_str() {
                        "id" => id = Some(map.next_value()?),
                        "needs" => candidate.needs = map.next_value::<Option<_>>()?.unwrap_or_default(),
                        _ => {
                            if let Some(input) = map.next_value::<Value>()?.0 {
                                candidate.inputs.insert(name, input);
                            }
                        }
                    }
                }
                candidate.id = id.ok_or_else(|| de::Error::missing_field("id"))?;
                Ok(candidate)
            }
        }
        deserializer.deserialize_map(Door)
    }
}

/// Any value: an input if it is one.
struct Value(Option<Input>);

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl AnyValue {
    fn number<E>(value: f64) -> Result<Value, E> {
        Ok(Value(Some(Input::Given(Uncertain::Exact(value)))))
    }

    fn other<E>(words: &'static str) -> Result<Value, E> {
        Ok(Value(Some(Input::Other(words))))
    }
}

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Self::number(value)
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Self::number(value as f64)
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Self::number(value as f64)
    }
    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value(None))
    }
    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value(None))
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }
    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Value, E> {
        Self::other("true or false")
    }
    fn visit_str<E: de::Error>(self, _: &str) -> Result<Value, E> {
        Self::other("a text")
    }
    fn visit_bytes<E: de::Error>(self, _: &[u8]) -> Result<Value, E> {
        Self::other("bytes")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Self::other("a list")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut numbers = [None; 3];
        let mut range = true;
        while let Some(name) = map.next_key::<String>()? {
            let place = ["low", "likely", "high"].iter().position(|known| *known == name);
            match (place.and_then(|place| numbers.get_mut(place)), map.next_value::<Leaf>()?) {
                (Some(slot), Leaf::Number(number)) => *slot = Some(number),
                (Some(_), Leaf::Nothing) => {}
                _ => range = false,
            }
        }
        match numbers {
            [Some(low), likely, Some(high)] if range => {
                Ok(Value(Some(Input::Given(Uncertain::Range(Range { low, likely, high })))))
            }
            _ => Self::other("an object that is not a range { low, likely, high }"),
        }
    }
}

/// A value inside an object: a number, nothing, or whatever else.
enum Leaf {
    Number(f64),
    Nothing,
    Other,
}

impl<'de> Deserialize<'de> for Leaf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Door;
        impl<'de> Visitor<'de> for Door {
            type Value = Leaf;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Leaf, E> {
                Ok(Leaf::Number(value))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Leaf, E> {
                Ok(Leaf::Number(value as f64))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Leaf, E> {
                Ok(Leaf::Number(value as f64))
            }
            fn visit_unit<E: de::Error>(self) -> Result<Leaf, E> {
                Ok(Leaf::Nothing)
            }
            fn visit_none<E: de::Error>(self) -> Result<Leaf, E> {
                Ok(Leaf::Nothing)
            }
            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Leaf, D::Error> {
                Leaf::deserialize(deserializer)
            }
            fn visit_bool<E: de::Error>(self, _: bool) -> Result<Leaf, E> {
                Ok(Leaf::Other)
            }
            fn visit_str<E: de::Error>(self, _: &str) -> Result<Leaf, E> {
                Ok(Leaf::Other)
            }
            fn visit_bytes<E: de::Error>(self, _: &[u8]) -> Result<Leaf, E> {
                Ok(Leaf::Other)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Leaf, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Leaf::Other)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Leaf, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Leaf::Other)
            }
        }
        deserializer.deserialize_any(Door)
    }
}
