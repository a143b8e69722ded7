//! Histories and capacities of a request, as the teams of a model.

use super::engine::{Team, check_capacity, key};
use super::request::WorkItem;
use super::shape::{History, PerTeam};
use super::velocity::{Velocity, VelocityModel};
use crate::error::{Code, Error, Result, pointer};

/// The teams of a request: one without a name, or several by name.
pub(super) struct Teams<'a> {
    names: Vec<&'a str>,
    named: bool,
    teams: Vec<Team>,
}

impl<'a> Teams<'a> {
    /// Checks and takes in what a request says of its teams.
    pub(super) fn new(
        history: &'a PerTeam<History>,
        capacity: Option<&PerTeam<Vec<f64>>>,
        model: VelocityModel,
    ) -> Result<Self> {
        let (names, histories): (Vec<&str>, Vec<&History>) = match history {
            PerTeam::One(history) => (vec![""], vec![history]),
            PerTeam::Each(teams) => teams.iter().map(|(name, history)| (name.as_str(), history)).unzip(),
        };
        let named = matches!(history, PerTeam::Each(_));
        if names.is_empty() {
            return Err(Error::new(Code::EmptyHistory, "there is no team in the history").at("/history"));
        }
        if let Some(PerTeam::Each(capacity)) = capacity
            && let Some(stranger) = capacity.keys().find(|name| !named || !names.contains(&name.as_str()))
        {
            let found = format!("there is a capacity for {stranger}, but no history");
            return Err(Error::new(Code::UnknownId, found).at(format!("/capacity/{}", pointer(stranger))));
        }
        let mut teams = Vec::with_capacity(names.len());
        for (name, history) in names.iter().zip(histories) {
            let place = if named { format!("/{}", pointer(name)) } else { String::new() };
            let velocity = match history {
                History::Guess(range) => Velocity::Guess(*range),
                History::Periods(past) => Velocity::History { past: past.as_slice().into(), model },
            };
            velocity.check().map_err(|e| e.within(&format!("/history{place}")))?;
            let (capacity, place) = match capacity {
                None => (Vec::new(), String::new()),
                Some(PerTeam::One(factors)) => (factors.clone(), String::new()),
                Some(PerTeam::Each(teams)) => (teams.get(*name).cloned().unwrap_or_default(), place),
            };
            check_capacity(&capacity).map_err(|e| e.within(&format!("/capacity{place}")))?;
            teams.push(Team { key: key(name), velocity, capacity });
        }
        Ok(Self { names, named, teams })
    }

    /// The position of an item's team.
    pub(super) fn place(&self, item: &WorkItem) -> Result<u32> {
        match &item.team {
            None if !self.named => Ok(0),
            None => Err(Error::new(
                Code::InvalidRequest,
                format!("{} names no team, but the history is per team: give it one of {}", item.id, self.list()),
            )),
            Some(name) if !self.named => Err(Error::new(
                Code::InvalidRequest,
                format!("{} names the team {name}, but the history is not per team", item.id),
            )),
            Some(name) => {
                let found = (0..).zip(&self.names).find(|(_, known)| *known == name).map(|(place, _)| place);
                found.ok_or_else(|| {
                    let words =
                        format!("{} is done by {name}, which has no history: there are {}", item.id, self.list());
                    Error::new(Code::UnknownId, words)
                })
            }
        }
    }

    /// The teams as the engine takes them.
    pub(super) fn into_engine(self) -> Vec<Team> {
        self.teams
    }

    fn list(&self) -> String {
        let shown: Vec<&str> = self.names.iter().take(8).copied().collect();
        let more = if self.names.len() > shown.len() { " and others" } else { "" };
        format!("{}{more}", shown.join(", "))
    }
}
