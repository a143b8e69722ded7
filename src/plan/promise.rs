//! The promise: what was told to whom, at which date and chance.

use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::item::{MAX_LINE, MAX_TEXT, Status, check_text};
use super::{Item, Plan};
use crate::error::{Code, Error, Result};

/// What was told to whom: "all of Acme by 29 January, 85 % sure, to Sales on 3 November".
///
/// Without an objective, an item and a tag it is about all remaining work. It says what was told, so that it may name an
/// item or an objective that is gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Promise {
    /// The key: `P-12`. Unique in its plan.
    #[serde(default)]
    pub id: String,
    /// To whom.
    pub to: String,
    /// What was promised, in the words it was told in; named after what it is about when blank.
    #[serde(default)]
    pub what: String,
    /// The objective whose work it is about, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub objective: Option<String>,
    /// The item or epic it is about, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub item: Option<String>,
    /// The tag whose work it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub tag: Option<String>,
    /// The day by which it should have landed.
    pub by: CivilDate,
    /// The chance that was told with it, 0..1.
    pub chance: f64,
    /// The day on which it was told.
    pub told: CivilDate,
    /// The forecast that it rested on, by id; empty once that is kept no more.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub forecast: String,
    /// The items that it is about, by id, as they were when it was told: what it was kept by, or broken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub items: Vec<String>,
    /// Whether it was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub withdrawn: bool,
    /// Anything else worth knowing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub note: String,
}

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum PromiseState {
    /// Its day has not come, and work is left.
    Open,
    /// What it is about was delivered by its day.
    Kept,
    /// Its day has come, and work was left.
    Broken,
    /// It was taken back.
    Withdrawn,
}

impl Promise {
    /// Checks what can be checked without the rest of the plan.
    ///
    /// # Errors
    /// With the place inside the promise.
    pub fn check(&self) -> Result<()> {
        for (place, text, words) in [
            ("/id", &self.id, "a promise needs an id that is not blank"),
            ("/to", &self.to, "say to whom"),
            ("/what", &self.what, "say what was promised"),
        ] {
            if text.trim().is_empty() {
                return Err(Error::new(Code::InvalidRequest, words).at(place));
            }
            check_text(text, MAX_LINE).map_err(|e| e.at(place))?;
        }
        check_text(&self.note, MAX_TEXT).map_err(|e| e.at("/note"))?;
        check_text(&self.forecast, MAX_LINE).map_err(|e| e.at("/forecast"))?;
        if !(0.0..=1.0).contains(&self.chance) {
            let message = format!("{} is no chance: give one from 0 to 1", self.chance);
            return Err(Error::new(Code::InvalidNumber, message).at("/chance"));
        }
        let about = [&self.objective, &self.item, &self.tag].into_iter().flatten().count();
        if about > 1 {
            let message = "a promise is about one thing: name an objective, an item or a tag";
            return Err(Error::new(Code::InvalidRequest, message).at("/item"));
        }
        Ok(())
    }
}

impl Plan {
    /// How a promise stands on a day.
    pub fn promise_state(&self, promise: &Promise, today: CivilDate) -> PromiseState {
        if promise.withdrawn {
            return PromiseState::Withdrawn;
        }
        let about = |item: &&Item| promise.items.contains(&item.id);
        let items = || self.items.iter().map(|item| &**item).filter(about);
        let late = |item: &Item| match item.status {
            Status::Declined => false,
            Status::Done => item.finished.is_some_and(|day| day > promise.by),
            Status::Todo | Status::InProgress => true,
        };
        let open = items().any(|item| item.status.is_open());
        match (items().any(late), open) {
            (false, _) if items().any(|item| item.status == Status::Done) => PromiseState::Kept,
            (true, _) if today > promise.by => PromiseState::Broken,
            (true, false) => PromiseState::Broken,
            _ => PromiseState::Open,
        }
    }
}
