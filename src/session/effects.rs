//! What each assumption costs: the day by which everything is 85 % sure, against the plan without it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::command::Command;
use super::outlook::{Outlook, SURE, Target};
use super::planner::Planner;
use super::say;
use super::view::Options;
use crate::choice::VelocityModel;
use crate::error::Result;
use crate::plan::{Assumptions, Calendar, CivilDate, Plan, Team};
use crate::range::Range;

/// What a change of assumptions is asked about.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct EffectQuery {
    /// The commands whose effect is wanted.
    pub change: Vec<Command>,
    /// As in [`Options`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
    /// As in [`Options`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub trials: Option<u32>,
    /// As in [`Options`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub assume: Vec<Command>,
}

/// How far something moves the day by which everything is 85 % sure.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    /// How many days later that day is because of it; negative when it is earlier; null where there is no such day
    /// within the horizon, with it or without it.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub days: Option<i64>,
    /// The day that it is compared with: of an assumption, the one without it; of a change, the one that it leads to.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub by: Option<CivilDate>,
    /// In a few words: "+9 days", "−3 days", "no change".
    pub text: String,
    /// The same as a sentence.
    pub sentence: String,
}

/// What one assumption costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct AssumptionEffect {
    /// Which: `model`, `guess`, `growth`, `split`, `risk-0` and so on, `sprint`, `calendar`, `capacity`,
    /// `teams`.
    pub assumption: String,
    /// Its effect.
    pub effect: Effect,
}

impl Planner {
    /// What each assumption of the plan costs: the day by which everything is 85 % sure, against the same plan without
    /// it on the same draws. Without growth nothing new appears; without a split items stay as large as they are;
    /// without a risk it cannot happen; without a calendar nobody is away, joins or leaves; without capacities
    /// nothing is typed by hand; without teams all are one; other working days are compared with Monday to Friday, a guess with one whose every sprint is the usual
    /// one, and the velocity model with the other one. What the plan does not assume is not listed.
    ///
    /// # Errors
    /// As [`Self::summary`].
    pub fn effects(&self, options: &Options) -> Result<Vec<AssumptionEffect>> {
        let outlook = self.fresh_outlook(
            self.assuming_in(options.scenario.as_deref(), &options.assume)?,
            options.today,
            options.trials,
        )?;
        if outlook.total().is_none() {
            return Ok(Vec::new());
        }
        let mut effects = Vec::new();
        for (assumption, without) in without_each(&outlook) {
            let (with, without) = (sure_by(&outlook), sure_by(&*self.only_the_end(&outlook, without)?));
            let effect = match assumption.as_str() {
                "model" => of_model(&outlook, with, without),
                "teams" => instead("as one team", with, without),
                _ => of_assumption(&outlook, with, without),
            };
            effects.push(AssumptionEffect { assumption, effect });
        }
        Ok(effects)
    }

    /// How far commands would move the day by which everything is 85 % sure, before they are applied.
    ///
    /// # Errors
    /// When a command does not apply, with its place in `/change`; else as [`Self::summary`].
    pub fn effect(&self, query: &EffectQuery) -> Result<Effect> {
        let plan = self.assuming(&query.assume)?;
        let changed = query.change.iter().enumerate().try_fold(plan.clone(), |plan, (k, command)| {
            let applied = super::apply::apply(&plan, command.clone());
            applied.map(|(plan, _)| plan).map_err(|e| e.within(&format!("/change/{k}")))
        })?;
        let outlook = self.fresh_outlook(plan, query.today, query.trials)?;
        let after = self.only_the_end(&outlook, changed)?;
        Ok(of_change(&outlook, sure_by(&outlook), sure_by(&after)))
    }

    fn only_the_end(&self, outlook: &Outlook, plan: Plan) -> Result<Arc<Outlook>> {
        self.thin_outlook(plan, outlook.settings.only(Target::Everything))
    }
}

fn sure_by(outlook: &Outlook) -> Option<CivilDate> {
    outlook.total().and_then(|total| outlook.day_at(&total, SURE))
}

/// The plan without each thing that it assumes.
fn without_each(outlook: &Outlook) -> Vec<(String, Plan)> {
    let plan = &outlook.plan;
    let assuming = |change: &dyn Fn(&mut Assumptions)| {
        let mut assumptions = (*plan.assumptions).clone();
        change(&mut assumptions);
        Plan { assumptions: Arc::new(assumptions), ..plan.clone() }
    };
    let planned = |change: &dyn Fn(&mut Calendar)| {
        let mut calendar = (*plan.calendar).clone();
        change(&mut calendar);
        Plan { calendar: Arc::new(calendar), ..plan.clone() }
    };
    let teams = |change: &dyn Fn(&mut Team)| {
        let mut teams = (*plan.teams).clone();
        teams.iter_mut().for_each(change);
        Arc::new(teams)
    };
    let mut plans = Vec::new();
    let mut add = |name: &str, plan: Plan| plans.push((name.to_owned(), plan));
    match plan.history.guess {
        Some(guess) if outlook.guess() => {
            let mut history = (*plan.history).clone();
            history.guess = Some(Range::exactly(guess.likely.unwrap_or_else(|| guess.mean())));
            add("guess", Plan { history: Arc::new(history), ..plan.clone() });
        }
        _ => add(
            "model",
            assuming(&|assumptions| {
                assumptions.model = match assumptions.model {
                    VelocityModel::Calibrated => VelocityModel::Bootstrap,
                    VelocityModel::Bootstrap => VelocityModel::Calibrated,
                }
            }),
        ),
    }
    if plan.assumptions.growth.is_some() {
        add("growth", assuming(&|assumptions| assumptions.growth = None));
    }
    if plan.assumptions.split.is_some() {
        add("split", assuming(&|assumptions| assumptions.split = None));
    }
    for k in 0..plan.assumptions.risks.len() {
        // It stays in its place: the draws of the others are addressed by theirs.
        let without = |assumptions: &mut Assumptions| {
            assumptions.risks.get_mut(k).into_iter().for_each(|risk| risk.probability = 0.0);
        };
        add(&format!("risk-{k}"), assuming(&without));
    }
    let usual = Calendar::fortnights_from(plan.calendar.sprint_start).working_days;
    if plan.calendar.working_days != usual {
        add("sprint", planned(&|calendar| calendar.working_days.clone_from(&usual)));
    }
    let staffed = plan.teams.iter().any(|team| !team.absences.is_empty() || !team.changes.is_empty());
    if !plan.calendar.holidays.is_empty() || staffed {
        let present = teams(&|team| {
            team.absences.clear();
            team.changes.clear();
        });
        add("calendar", Plan { teams: present, ..planned(&|calendar| calendar.holidays.clear()) });
    }
    if !plan.calendar.capacity.is_empty() || plan.teams.iter().any(|team| !team.capacity.is_empty()) {
        let usual = teams(&|team| team.capacity.clear());
        add("capacity", Plan { teams: usual, ..planned(&|calendar| calendar.capacity.clear()) });
    }
    // What was typed for one of several teams says nothing of all of them together.
    if plan.has_teams() && plan.teams.iter().all(|team| team.sprints.is_empty() && team.guess.is_none()) {
        add("teams", Plan { teams: Arc::default(), ..plan.clone() });
    }
    plans
}

/// How many days later something lands, and that in a few words: "+9 days", "no date", "a date".
pub(super) fn say_shift(before: Option<CivilDate>, after: Option<CivilDate>) -> (Option<i64>, String) {
    let days = before.zip(after).map(|(before, after)| before.days_until(after));
    let text = match (before, after) {
        (Some(_), None) => "no date".to_owned(),
        (None, Some(_)) => "a date".to_owned(),
        _ => in_days(days.unwrap_or_default()),
    };
    (days, text)
}

/// "+9 days".
fn in_days(days: i64) -> String {
    match days {
        0 => "no change".to_owned(),
        n if n > 0 => format!("+{}", say::days(n)),
        n => format!("−{}", say::days(-n)),
    }
}

fn of_assumption(outlook: &Outlook, with: Option<CivilDate>, without: Option<CivilDate>) -> Effect {
    let day = |day: CivilDate| day.spoken(outlook.settings.today);
    let days = without.zip(with).map(|(without, with)| without.days_until(with));
    let (text, sentence) = match (with, without, days) {
        (.., Some(0)) => (in_days(0), "it costs nothing at 85 %".to_owned()),
        (.., Some(n)) if n > 0 => (in_days(n), format!("it costs {} at 85 %", say::days(n))),
        (.., Some(n)) => (in_days(n), format!("it gains {} at 85 %", say::days(-n))),
        (None, Some(without), _) => ("no date".to_owned(), format!("without it, 85 % sure by {}", day(without))),
        (Some(_), None, _) => ("a date".to_owned(), "without it, no date at 85 %".to_owned()),
        _ => ("no date".to_owned(), "no date within the horizon, with it or without it".to_owned()),
    };
    Effect { days, by: without, text, sentence }
}

fn of_model(outlook: &Outlook, with: Option<CivilDate>, other: Option<CivilDate>) -> Effect {
    let (name, holds) = match outlook.plan.assumptions.model {
        VelocityModel::Calibrated => ("with bootstrap", ", but that holds less often"),
        VelocityModel::Bootstrap => ("calibrated", ", and that holds more often"),
    };
    let effect = instead(name, with, other);
    // Whoever is later holds no less often by it.
    let holds = match (outlook.plan.assumptions.model, effect.days) {
        (VelocityModel::Calibrated, Some(n)) if n > 0 => holds,
        (VelocityModel::Bootstrap, Some(n)) if n < 0 => holds,
        _ => "",
    };
    Effect { sentence: format!("{}{holds}", effect.text), ..effect }
}

/// "as one team: 5 days earlier".
fn instead(name: &str, with: Option<CivilDate>, other: Option<CivilDate>) -> Effect {
    let days = other.zip(with).map(|(other, with)| other.days_until(with));
    let said = match days {
        None => "no date within the horizon".to_owned(),
        Some(0) => "the same day".to_owned(),
        Some(n) if n > 0 => format!("{} earlier", say::days(n)),
        Some(n) => format!("{} later", say::days(-n)),
    };
    let text = format!("{name}: {said}");
    Effect { days, by: other, sentence: text.clone(), text }
}

fn of_change(outlook: &Outlook, before: Option<CivilDate>, after: Option<CivilDate>) -> Effect {
    let day = |day: CivilDate| day.spoken(outlook.settings.today);
    let days = before.zip(after).map(|(before, after)| before.days_until(after));
    let sentence = match (before, after, days) {
        (_, Some(after), Some(0)) => format!("85 % sure by {}, as before", day(after)),
        (_, Some(after), Some(n)) => {
            let when = if n > 0 { "later" } else { "earlier" };
            format!("85 % sure by {}, {} {when}", day(after), say::days(n.abs()))
        }
        (_, Some(after), None) => format!("85 % sure by {}; there was no date before", day(after)),
        (Some(_), None, _) => "no date at 85 % any more".to_owned(),
        _ => "no date at 85 %, as before".to_owned(),
    };
    let text = days.map_or_else(|| "no date".to_owned(), in_days);
    Effect { days, by: after, text, sentence }
}
