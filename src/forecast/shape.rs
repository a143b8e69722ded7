//! Shapes of the requests that JSON writes in more than one way: a number or a list, a list or a range, one or one
//! per team. Read by hand, because serde's untagged enums answer every mistake with the same sentence and lose its
//! place.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::request::{ByTeam, WorkItem};
use crate::range::Range;

/// Finished work per period, oldest first; or a guess: a poor, a usual and a good period.
/// In JSON `[3, 0, 5]`, or `{ "low": 2, "likely": 4, "high": 7 }`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum History {
    /// Counted.
    Periods(Vec<f64>),
    /// Guessed.
    Guess(Range),
}

/// What remains: one amount, or items in order. In JSON `35`, or `[{ "id": "LF-1", "size": 3 }]`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Work {
    /// One amount.
    Amount(f64),
    /// Items, the first goes first.
    Items(Vec<WorkItem>),
}

/// One value for the one team, or one for each of several. In JSON the value, or an object with team names.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum PerTeam<T> {
    /// Of the one team.
    One(T),
    /// By team.
    Each(ByTeam<T>),
}

impl From<Vec<f64>> for PerTeam<History> {
    fn from(periods: Vec<f64>) -> Self {
        Self::One(History::Periods(periods))
    }
}

impl From<&[f64]> for PerTeam<History> {
    fn from(periods: &[f64]) -> Self {
        Self::One(History::Periods(periods.to_vec()))
    }
}

impl From<Range> for PerTeam<History> {
    fn from(guess: Range) -> Self {
        Self::One(History::Guess(guess))
    }
}

impl<T> From<ByTeam<T>> for PerTeam<T> {
    fn from(teams: ByTeam<T>) -> Self {
        Self::Each(teams)
    }
}

impl From<f64> for Work {
    fn from(amount: f64) -> Self {
        Self::Amount(amount)
    }
}

impl From<Vec<WorkItem>> for Work {
    fn from(items: Vec<WorkItem>) -> Self {
        Self::Items(items)
    }
}

type Parsed<T, E> = Result<T, E>;

impl<'de> Deserialize<'de> for History {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Parsed<Self, D::Error> {
        struct Door;
        impl<'de> Visitor<'de> for Door {
            type Value = History;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of finished work per period, or a guess { low, likely, high }")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Parsed<History, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(History::Periods)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Parsed<History, A::Error> {
                Range::deserialize(MapAccessDeserializer::new(map)).map(History::Guess)
            }
        }
        deserializer.deserialize_any(Door)
    }
}

impl<'de> Deserialize<'de> for Work {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Parsed<Self, D::Error> {
        struct Door;
        impl<'de> Visitor<'de> for Door {
            type Value = Work;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an amount of work, or a list of items { id, size }")
            }
            fn visit_f64<E: de::Error>(self, amount: f64) -> Parsed<Work, E> {
                Ok(Work::Amount(amount))
            }
            fn visit_i64<E: de::Error>(self, amount: i64) -> Parsed<Work, E> {
                Ok(Work::Amount(amount as f64))
            }
            fn visit_u64<E: de::Error>(self, amount: u64) -> Parsed<Work, E> {
                Ok(Work::Amount(amount as f64))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Parsed<Work, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(Work::Items)
            }
        }
        deserializer.deserialize_any(Door)
    }
}

/// A value that says whether an object with these keys is one of it, or a record of it by team.
trait Single<'de>: Deserialize<'de> {
    /// What it may be, in words.
    const WORDS: &'static str;
    /// From an object whose first key and value were read as a number: it is no record of teams.
    fn from_numbers<A: MapAccess<'de>>(first: (String, f64), map: A) -> Parsed<Self, A::Error>;
}

impl<'de> Single<'de> for History {
    const WORDS: &'static str =
        "a list of finished work per period, a guess { low, likely, high }, or one of them per team";
    fn from_numbers<A: MapAccess<'de>>(first: (String, f64), map: A) -> Parsed<Self, A::Error> {
        Range::deserialize(MapAccessDeserializer::new(After { first: Some(first), value: None, map })).map(Self::Guess)
    }
}

impl<'de> Single<'de> for Vec<f64> {
    const WORDS: &'static str = "a list of factors per future period, or one such list per team";
    fn from_numbers<A: MapAccess<'de>>(first: (String, f64), _: A) -> Parsed<Self, A::Error> {
        let (team, _) = first;
        Err(de::Error::custom(format!("found a number for {team}: give a list of factors per future period")))
    }
}

impl<'de, T: Single<'de>> Deserialize<'de> for PerTeam<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Parsed<Self, D::Error> {
        struct Door<T>(PhantomData<T>);
        impl<'de, T: Single<'de>> Visitor<'de> for Door<T> {
            type Value = PerTeam<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::WORDS)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Parsed<PerTeam<T>, A::Error> {
                T::deserialize(SeqAccessDeserializer::new(list)).map(PerTeam::One)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Parsed<PerTeam<T>, A::Error> {
                let mut teams = ByTeam::new();
                while let Some(team) = map.next_key::<String>()? {
                    match map.next_value::<Entry<T>>()? {
                        Entry::Number(number) if teams.is_empty() => {
                            return T::from_numbers((team, number), map).map(PerTeam::One);
                        }
                        Entry::Number(_) => {
                            return Err(de::Error::custom(format!("found a number for {team}, expected {}", T::WORDS)));
                        }
                        Entry::Of(value) => {
                            if let Some(_twice) = teams.insert(team, value) {
                                return Err(de::Error::custom("a team is named twice"));
                            }
                        }
                    }
                }
                Ok(PerTeam::Each(teams))
            }
        }
        deserializer.deserialize_any(Door(PhantomData))
    }
}

/// A value of an object that is a range or a record by team.
enum Entry<T> {
    Number(f64),
    Of(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entry<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Parsed<Self, D::Error> {
        struct Door<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Door<T> {
            type Value = Entry<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, a list or a range")
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Parsed<Entry<T>, E> {
                Ok(Entry::Number(number))
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Parsed<Entry<T>, E> {
                Ok(Entry::Number(number as f64))
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Parsed<Entry<T>, E> {
                Ok(Entry::Number(number as f64))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Parsed<Entry<T>, A::Error> {
                T::deserialize(SeqAccessDeserializer::new(list)).map(Entry::Of)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Parsed<Entry<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Entry::Of)
            }
        }
        deserializer.deserialize_any(Door(PhantomData))
    }
}

/// An object of which the first entry was already read.
struct After<A> {
    first: Option<(String, f64)>,
    value: Option<f64>,
    map: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for After<A> {
    type Error = A::Error;
    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Parsed<Option<K::Value>, A::Error> {
        match self.first.take() {
            Some((key, value)) => {
                self.value = Some(value);
                seed.deserialize(key.into_deserializer()).map(Some)
            }
            None => self.map.next_key_seed(seed),
        }
    }
    fn next_value_seed<V: de::DeserializeSeed<'de>>(&mut self, seed: V) -> Parsed<V::Value, A::Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value.into_deserializer()),
            None => self.map.next_value_seed(seed),
        }
    }
}

/// Reads a request from JSON text.
pub(crate) fn from_text<T: de::DeserializeOwned>(text: &str) -> crate::Result<T> {
    let value = serde_json::from_str(text).map_err(|e| {
        let place = format!("line {}, column {}", e.line(), e.column());
        crate::Error::new(crate::Code::NotJson, format!("this is not JSON: {e}")).at(place)
    })?;
    crate::json::read(&value)
}

/// A whole number that JSON may write as `1`, `1.0` or `1e0`; absent when it is null.
pub(crate) fn whole<'de, D: Deserializer<'de>, N: TryFrom<u64>>(deserializer: D) -> Parsed<Option<N>, D::Error> {
    Option::<Whole<N>>::deserialize(deserializer).map(|number| number.map(|Whole(number)| number))
}

/// As [`whole`], where the number has to be there.
pub(super) fn count<'de, D: Deserializer<'de>, N: TryFrom<u64>>(deserializer: D) -> Parsed<N, D::Error> {
    Whole::<N>::deserialize(deserializer).map(|Whole(number)| number)
}

struct Whole<N>(N);

impl<'de, N: TryFrom<u64>> Deserialize<'de> for Whole<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Parsed<Self, D::Error> {
        struct Door<N>(PhantomData<N>);
        impl<N: TryFrom<u64>> Visitor<'_> for Door<N> {
            type Value = Whole<N>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number, not negative")
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Parsed<Whole<N>, E> {
                N::try_from(number)
                    .map(Whole)
                    .map_err(|_| de::Error::invalid_value(de::Unexpected::Unsigned(number), &"a smaller number"))
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Parsed<Whole<N>, E> {
                match u64::try_from(number) {
                    Ok(number) => self.visit_u64(number),
                    Err(_) => Err(de::Error::invalid_value(de::Unexpected::Signed(number), &self)),
                }
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Parsed<Whole<N>, E> {
                // 2^53: above it, not every whole number is one a float can tell.
                if number.floor() == number && (0.0..=9_007_199_254_740_992.0).contains(&number) {
                    return self.visit_u64(number as u64);
                }
                Err(de::Error::invalid_value(de::Unexpected::Float(number), &self))
            }
        }
        deserializer.deserialize_any(Door(PhantomData))
    }
}
