//! What a plan keeps of people: requests, decisions, kept lists; and that none of it names what is not there.

use std::collections::HashSet;

use super::kept_forecast::MAX_KEPT;
use super::{MAX_SCENARIOS, Plan, RequestState, Status};
use crate::error::{Code, Error, Result, pointer};

/// The most requests, and the most decisions.
pub(crate) const MAX_RECORDS: usize = 10_000;
/// The most kept lists.
pub(crate) const MAX_VIEWS: usize = 100;

impl Plan {
    /// The next free id behind a prefix: `R-12`, `D-3`.
    pub(crate) fn free_id<'a>(prefix: &str, used: impl Iterator<Item = &'a str>) -> String {
        format!("{prefix}{}", Self::free_number(prefix, used))
    }

    /// The number of the next free id behind a prefix.
    pub(crate) fn free_number<'a>(prefix: &str, used: impl Iterator<Item = &'a str>) -> u64 {
        let highest = used.filter_map(|id| id.strip_prefix(prefix)?.parse::<u64>().ok()).max();
        highest.unwrap_or(0).saturating_add(1)
    }

    /// How far a request has come, and why: as it was answered, else as its item stands.
    pub fn state_of<'a>(&'a self, request: &'a super::Request) -> (RequestState, &'a str) {
        if let Some(outcome) = &request.outcome {
            return (outcome.state, &outcome.why);
        }
        let item = request.item.as_deref().and_then(|id| self.find(id));
        match item.map(|(_, item)| (item.status, item.id.as_str())) {
            None => (RequestState::Open, ""),
            Some((Status::Todo | Status::InProgress, _)) => (RequestState::Planned, ""),
            Some((Status::Done, _)) => (RequestState::Done, ""),
            Some((Status::Declined, id)) => (RequestState::Declined, self.why_declined(id)),
        }
    }

    /// Why an item was declined: the reason of the newest decision about it.
    pub fn why_declined(&self, id: &str) -> &str {
        let about = self.decisions.iter().rev().find(|decision| decision.items.iter().any(|item| item == id));
        about.map_or("", |decision| decision.why.as_str())
    }

    /// Checks the running sprint, requests, decisions, the agreement, the kept lists, scenarios, promises and kept forecasts.
    ///
    /// # Errors
    /// The first thing found, with a JSON pointer from `/sprint`, `/requests`, `/decisions`, `/agreement` `/views`, `/scenarios`, `/promises` or `/kept`.
    pub(super) fn check_records(&self, items: &HashSet<&str>) -> Result<()> {
        self.check_sprint(items)?;
        let mut requests = HashSet::new();
        for (k, request) in self.requests.iter().enumerate() {
            let place = format!("/requests/{k}");
            request.check().map_err(|e| e.within(&place))?;
            if !requests.insert(request.id.as_str()) {
                return Err(twice("requests", &request.id).at(format!("{place}/id")));
            }
            if let Some(item) = request.item.as_deref().filter(|item| !items.contains(item)) {
                return Err(no_such("item", item).at(format!("{place}/item")));
            }
        }
        let mut decisions = HashSet::new();
        for (k, decision) in self.decisions.iter().enumerate() {
            let place = format!("/decisions/{k}");
            decision.check().map_err(|e| e.within(&place))?;
            if !decisions.insert(decision.id.as_str()) {
                return Err(twice("decisions", &decision.id).at(format!("{place}/id")));
            }
            for (what, field, ids, known) in
                [("item", "items", &decision.items, items), ("request", "requests", &decision.requests, &requests)]
            {
                if let Some((nth, id)) = ids.iter().enumerate().find(|(_, id)| !known.contains(id.as_str())) {
                    return Err(no_such(what, id).at(format!("{place}/{field}/{nth}")));
                }
            }
        }
        self.agreement.check().map_err(|e| e.within("/agreement"))?;
        let mut names = HashSet::new();
        for (k, view) in self.views.iter().enumerate() {
            view.check().map_err(|e| e.within(&format!("/views/{k}")))?;
            if !names.insert(view.name.as_str()) {
                return Err(twice("views", &view.name).at(format!("/views/{k}/name")));
            }
        }
        let mut names = HashSet::new();
        for (k, scenario) in self.scenarios.iter().enumerate() {
            scenario.check().map_err(|e| e.within(&format!("/scenarios/{k}")))?;
            if !names.insert(scenario.name.as_str()) {
                return Err(twice("scenarios", &scenario.name).at(format!("/scenarios/{k}/name")));
            }
        }
        let mut kept = HashSet::new();
        for (k, forecast) in self.kept.iter().enumerate() {
            forecast.check().map_err(|e| e.within(&format!("/kept/{k}")))?;
            if !kept.insert(forecast.id.as_str()) {
                return Err(twice("kept forecasts", &forecast.id).at(format!("/kept/{k}/id")));
            }
        }
        let mut ids = HashSet::new();
        for (k, promise) in self.promises.iter().enumerate() {
            let place = format!("/promises/{k}");
            promise.check().map_err(|e| e.within(&place))?;
            if !ids.insert(promise.id.as_str()) {
                return Err(twice("promises", &promise.id).at(format!("{place}/id")));
            }
            if let Some((nth, id)) = promise.items.iter().enumerate().find(|(_, id)| !items.contains(id.as_str())) {
                return Err(no_such("item", id).at(format!("{place}/items/{nth}")));
            }
            if !promise.forecast.is_empty() && !kept.contains(promise.forecast.as_str()) {
                return Err(no_such("kept forecast", &promise.forecast).at(format!("{place}/forecast")));
            }
        }
        for (place, many, most) in [
            ("/requests", self.requests.len(), MAX_RECORDS),
            ("/decisions", self.decisions.len(), MAX_RECORDS),
            ("/views", self.views.len(), MAX_VIEWS),
            ("/scenarios", self.scenarios.len(), MAX_SCENARIOS),
            ("/promises", self.promises.len(), MAX_RECORDS),
            ("/kept", self.kept.len(), MAX_KEPT),
        ] {
            if many > most {
                return Err(Error::new(Code::TooLarge, format!("{many} of them: a plan holds up to {most}")).at(place));
            }
        }
        Ok(())
    }
}

fn twice(what: &str, id: &str) -> Error {
    Error::new(Code::DuplicateId, format!("two {what} are called {}: give one of them another id", pointer(id)))
}

fn no_such(what: &str, id: &str) -> Error {
    let shown: String = id.chars().take(80).collect();
    Error::new(Code::UnknownId, format!("there is no {what} {shown}: name one of the plan's"))
}
