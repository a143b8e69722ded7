//! The team: who works, who is away, who joins and leaves, and, where there are several, what each has finished.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::history::{PlanHistory, Sprint};
use super::item::{Item, MAX_LINE, check_text};
use super::{MAX_ABSENCES, Plan};
use crate::error::{Code, Error, Result};
use crate::range::{Range, check_number};

/// The most teams that a plan holds.
pub const MAX_TEAMS: usize = 100;
/// The most people that a team has.
const MAX_PEOPLE: f64 = 10_000.0;
/// The longest ramp-up, in sprints.
const MAX_RAMP_UP: f64 = 100.0;

/// Who works on a plan's items.
///
/// A plan without teams, or with one, is the work of one team: everything belongs to it, whatever its items say. With
/// several, an item belongs to the team that it names, else to the first; the plan's own history (sprints entered by
/// hand, the guess) is the first team's, and each other team has its own.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Team {
    /// What it is called: the word by which items name it. It may be blank where there is only one.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub name: String,
    /// How many people worked in it in the past that the history shows; half-days count as half a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub people: Option<f64>,
    /// Who is away, and when.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub absences: Vec<Absence>,
    /// Who joins and who leaves, and when.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub changes: Vec<TeamChange>,
    /// When what it has finished comes out.
    #[serde(skip_serializing_if = "Releases::is_continuous")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub releases: Releases,
    /// What share of its usual capacity a sprint has for this team, by the sprint's first day; on top of the calendar's.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<CivilDate, number>"))]
    pub capacity: BTreeMap<CivilDate, f64>,
    /// Its past sprints entered by hand, by their first day. The first team's stand in the plan's history.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<CivilDate, Sprint>"))]
    pub sprints: BTreeMap<CivilDate, Sprint>,
    /// Its poor, usual and good sprint, while it has no history. The first team's stands in the plan's history.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub guess: Option<Range>,
}

/// When the finished work of a team comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Releases {
    /// On the day on which it is finished.
    #[default]
    Continuous,
    /// At the end of the sprint: on its last working day.
    SprintEnd,
}

impl Releases {
    const fn is_continuous(&self) -> bool {
        matches!(self, Self::Continuous)
    }
}

/// People who are away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Absence {
    /// Who is away, or why: "Ada". Days named twice for the same name count once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub who: Option<String>,
    /// How many people that is; one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub people: Option<f64>,
    /// The first day.
    pub from: CivilDate,
    /// The last day; the first one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub to: Option<CivilDate>,
}

impl Absence {
    /// The last day.
    pub fn end(&self) -> CivilDate {
        self.to.unwrap_or(self.from)
    }

    /// How many people.
    pub fn count(&self) -> f64 {
        self.people.unwrap_or(1.0)
    }
}

/// People who join or leave, for good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TeamChange {
    /// Who that is: "Grace".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub who: Option<String>,
    /// The first day with them, or without them.
    pub from: CivilDate,
    /// How many people join; below 0, how many leave.
    pub people: f64,
    /// The sprints until those who join do as much as the others; 0 when absent.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub ramp_up: f64,
    /// The share (0..1) that they do of it on their first day; it grows evenly, day by day, to 1.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub starting_share: f64,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // As serde calls it.
fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

impl TeamChange {
    /// The people that this adds on a day (below 0: takes away), each counted by the share of a full one that they do.
    ///
    /// With a ramp-up of `r` sprints of `sprint_days` days and a starting share `s`, on day `d` from 0 that is
    /// `s + (1 − s) · d / (r · sprint_days)`, at most 1. That the others have less time while they teach is not counted.
    pub fn people_on(&self, day: CivilDate, sprint_days: u32) -> f64 {
        let gone = self.from.days_until(day);
        if gone < 0 {
            return 0.0;
        }
        let ramp = self.ramp_up * f64::from(sprint_days);
        if ramp <= 0.0 || gone as f64 >= ramp {
            return self.people;
        }
        self.people * (self.starting_share + (1.0 - self.starting_share) * (gone as f64 / ramp))
    }

    /// The first day on which those who join do as much as the others.
    pub fn settled(&self, sprint_days: u32) -> CivilDate {
        self.from.plus_days((self.ramp_up * f64::from(sprint_days)).ceil() as i64)
    }
}

impl Team {
    /// Checks every number, day and text of the team alone.
    ///
    /// # Errors
    /// With the place inside the team (`/absences/2/to`).
    pub fn check(&self) -> Result<()> {
        check_text(&self.name, MAX_LINE).map_err(|e| e.at("/name"))?;
        let people = |count: f64, place: &str| {
            if count > 0.0 && count <= MAX_PEOPLE {
                return Ok(());
            }
            let message = format!("{count} people: give a number above 0, up to {MAX_PEOPLE}");
            Err(Error::new(Code::InvalidNumber, message).at(place.to_owned()))
        };
        if let Some(count) = self.people {
            people(count, "/people")?;
        }
        for (k, absence) in self.absences.iter().enumerate() {
            check_text(absence.who.as_deref().unwrap_or_default(), MAX_LINE)
                .map_err(|e| e.at(format!("/absences/{k}/who")))?;
            people(absence.count(), &format!("/absences/{k}/people"))?;
            check_days(absence.from, absence.to).map_err(|e| e.at(format!("/absences/{k}/to")))?;
        }
        for (k, change) in self.changes.iter().enumerate() {
            check_text(change.who.as_deref().unwrap_or_default(), MAX_LINE)
                .map_err(|e| e.at(format!("/changes/{k}/who")))?;
            people(change.people.abs(), &format!("/changes/{k}/people"))?;
            if !(0.0..=MAX_RAMP_UP).contains(&change.ramp_up) {
                let message = format!("a ramp-up of {} sprints: give 0 to {MAX_RAMP_UP}", change.ramp_up);
                return Err(Error::new(Code::InvalidNumber, message).at(format!("/changes/{k}/rampUp")));
            }
            if change.people < 0.0 && change.ramp_up > 0.0 {
                let message = "people who leave take no ramp-up: take it out, or let them join";
                return Err(Error::new(Code::InvalidNumber, message).at(format!("/changes/{k}/rampUp")));
            }
            if !(0.0..=1.0).contains(&change.starting_share) {
                let message = format!("{} is no share: give a number from 0 to 1", change.starting_share);
                return Err(Error::new(Code::InvalidNumber, message).at(format!("/changes/{k}/startingShare")));
            }
        }
        if self.absences.len() + self.changes.len() > MAX_ABSENCES {
            let message = format!("more than {MAX_ABSENCES} absences and changes: take out those gone by");
            return Err(Error::new(Code::TooLarge, message).at("/absences"));
        }
        for (start, factor) in &self.capacity {
            check_number(*factor, 0.0).map_err(|e| e.at(format!("/capacity/{start}")))?;
        }
        self.own_history().check()?;
        self.check_enough()
    }

    /// Checks that no more people are away or gone than there are.
    fn check_enough(&self) -> Result<()> {
        let Some(people) = self.people else {
            let place = if self.absences.is_empty() { "/changes" } else { "/absences" };
            return if self.absences.is_empty() && self.changes.is_empty() {
                Ok(())
            } else {
                let message = "absences and changes are shares of a team: say how many people it has";
                Err(Error::new(Code::InvalidNumber, message).at(place))
            };
        };
        // Adding up thirds leaves crumbs.
        const CRUMB: f64 = 1e-9;
        let heads = |day: CivilDate| {
            let came = self.changes.iter().filter(|change| change.from <= day).map(|change| change.people);
            came.fold(people, |sum, count| sum + count)
        };
        for (k, change) in self.changes.iter().enumerate().filter(|(_, change)| change.people < 0.0) {
            let left = heads(change.from);
            if left < -CRUMB {
                let message = format!(
                    "from {} on there would be {left} people: let fewer leave, or say that the team has more",
                    change.from
                );
                return Err(Error::new(Code::InvalidNumber, message).at(format!("/changes/{k}/people")));
            }
        }
        for (k, absence) in self.absences.iter().enumerate() {
            let most = heads(absence.from);
            if absence.count() > most + CRUMB {
                let message =
                    format!("{} away from {} on, and there are {most}: give fewer", absence.count(), absence.from);
                return Err(Error::new(Code::InvalidNumber, message).at(format!("/absences/{k}/people")));
            }
        }
        Ok(())
    }

    /// Its sprints entered by hand and its guess, in the shape of the plan's.
    fn own_history(&self) -> PlanHistory {
        PlanHistory { known_until: None, sprints: self.sprints.clone(), guess: self.guess }
    }
}

/// Checks that something does not end before it begins.
pub(super) fn check_days(from: CivilDate, to: Option<CivilDate>) -> Result<()> {
    match to {
        Some(to) if to < from => {
            Err(Error::new(Code::InvalidDate, format!("it ends on {to}, before it begins on {from}: give a later day")))
        }
        _ => Ok(()),
    }
}

impl Plan {
    /// Whether the plan is forecast team by team.
    pub fn has_teams(&self) -> bool {
        self.teams.len() > 1
    }

    /// How many teams do the work: one where none is named.
    pub fn team_count(&self) -> usize {
        self.teams.len().max(1)
    }

    /// The place, in the list of teams, of the team that does an item: the one that it names, else the first.
    pub fn team_of(&self, item: &Item) -> usize {
        if !self.has_teams() {
            return 0;
        }
        let named = item.team.as_deref().and_then(|name| self.teams.iter().position(|team| team.name == name));
        named.unwrap_or(0)
    }

    /// The guess of the team at a place.
    pub fn guess_of(&self, team: usize) -> Option<Range> {
        if team == 0 { self.history.guess } else { self.teams.get(team).and_then(|team| team.guess) }
    }

    /// The sprints entered by hand for the team at a place.
    pub fn sprints_of(&self, team: usize) -> Option<&BTreeMap<CivilDate, Sprint>> {
        if team == 0 { Some(&self.history.sprints) } else { self.teams.get(team).map(|team| &team.sprints) }
    }

    /// The names by which items name teams, each with how many items do, the most frequent first.
    pub fn team_names(&self) -> Vec<(&str, usize)> {
        let names = self.items.iter().filter_map(|item| item.team.as_deref());
        crate::sort::tally(&mut names.filter(|name| !name.trim().is_empty()))
    }

    /// Checks the teams: each alone, and that they have names of their own.
    ///
    /// # Errors
    /// With a JSON pointer from `/teams`.
    pub fn check_teams(&self) -> Result<()> {
        if self.teams.len() > MAX_TEAMS {
            let message = format!("{} teams: a plan holds up to {MAX_TEAMS}", self.teams.len());
            return Err(Error::new(Code::TooLarge, message).at("/teams"));
        }
        let mut names = HashSet::new();
        for (k, team) in self.teams.iter().enumerate() {
            team.check().map_err(|e| e.within(&format!("/teams/{k}")))?;
            if self.has_teams() && team.name.trim().is_empty() {
                let message = "with several teams each needs a name: give this one the word that its items carry";
                return Err(Error::new(Code::InvalidRequest, message).at(format!("/teams/{k}/name")));
            }
            if !names.insert(team.name.as_str()) {
                let message =
                    format!("two teams are called {}: give one of them another name", super::pointer(&team.name));
                return Err(Error::new(Code::DuplicateId, message).at(format!("/teams/{k}/name")));
            }
            if k == 0 && !(team.sprints.is_empty() && team.guess.is_none()) {
                let message = "the first team's sprints and guess stand in the plan's history: enter them there";
                return Err(Error::new(Code::InvalidRequest, message).at("/teams/0/sprints"));
            }
        }
        Ok(())
    }
}
