//! Simulations at hand, and what a query does when it needs one that is not.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::outlook::{Outlook, Prepared, Settings, Told, is_same};
use super::planner::Planner;
use super::scenarios::OnTop;
use crate::error::{Code, Error, Result};
use crate::forecast::Histogram;
use crate::forecast::engine::{AmountPercentiles, Model, ModelKey, PackedOutcome};
use crate::plan::{CivilDate, Plan, Scenario};

/// What a query does when it needs a simulation that is not at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// Runs it, here and now. For ten thousand items that takes seconds.
    #[default]
    Simulate,
    /// Gives up with [`Code::SimulationPending`]; [`Planner::pending`] tells which simulation.
    Wait,
    /// Answers with the dates from before the last changes, by item, and says `stale`.
    Previous,
}

/// A simulation that a query waits for. It can be run anywhere, by [`Trials`](crate::forecast::engine::Trials).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulation {
    /// What it is known by.
    pub key: ModelKey,
    /// The trials to run.
    pub trials: u32,
    /// The model, as [`Model::to_bytes`] writes it.
    pub model: Vec<u8>,
}

/// What came of a query that was not to simulate.
#[derive(Debug, Clone, PartialEq)]
pub enum Attempt<T> {
    /// The answer: all simulations that it rests on were at hand.
    Answer(T),
    /// The simulation that is missing next.
    Pending(Simulation),
}

/// The memory that kept outcomes take, in bytes; the newest is kept whatever it takes.
const MEMORY: usize = 64 << 20;
/// How many plans in numbers are kept: the plan's own, those assumed on top of it, and those before an undo.
const PREPARED: usize = 6;

/// How many outlooks are kept that tell of one target alone: more than any search looks at.
const THIN: usize = 256;

#[derive(Debug, Default)]
pub(super) struct Kept {
    missing: Cell<Missing>,
    pending: RefCell<Option<Simulation>>,
    // The one used last stands last, in all lists.
    outcomes: RefCell<Vec<Arc<PackedOutcome>>>,
    prepared: RefCell<Vec<Arc<Prepared>>>,
    // Of one target each, without the plan in numbers.
    thin: RefCell<Vec<Arc<Outlook>>>,
    // Of scenarios: the plan below, the scenario, and both together.
    on_top: RefCell<Vec<(Plan, Scenario, Arc<OnTop>)>>,
    // The last outlook of the plan itself that had dates of its own.
    last: RefCell<Option<Arc<Outlook>>>,
}

impl Kept {
    /// Another plan has taken the place of the one that the last dates are of.
    pub(super) fn forget_last(&self) {
        self.last.take();
    }

    /// A plan in numbers: the one at hand, else the one that is made.
    pub(super) fn prepare(
        &self,
        plan: &Plan,
        settings: &Settings,
        make: impl FnOnce() -> Arc<Prepared>,
    ) -> Arc<Prepared> {
        let mut kept = self.prepared.borrow_mut();
        let found = kept.iter().position(|prepared| prepared.is_of(plan, settings));
        let prepared = match found {
            Some(place) => kept.remove(place),
            None => make(),
        };
        if kept.len() >= PREPARED {
            kept.remove(0);
        }
        kept.push(Arc::clone(&prepared));
        prepared
    }

    fn prepared(&self, plan: Plan, settings: Settings) -> Arc<Prepared> {
        self.prepare(&plan, &settings, || Arc::new(Prepared::of(plan.clone(), settings.clone())))
    }

    /// A plan with a scenario on top of it: the same values each time, so that what is known of them is found.
    pub(super) fn on_top(&self, plan: &Plan, scenario: &Scenario) -> Arc<OnTop> {
        let mut kept = self.on_top.borrow_mut();
        let found = kept.iter().position(|(below, same, _)| same == scenario && is_same(below, plan));
        let entry = match found {
            Some(place) => kept.remove(place),
            None => (plan.clone(), scenario.clone(), Arc::new(OnTop::of(plan, scenario))),
        };
        if kept.len() >= PREPARED {
            kept.remove(0);
        }
        let on_top = Arc::clone(&entry.2);
        kept.push(entry);
        on_top
    }

    fn find(&self, key: ModelKey, model: &Model) -> Option<Arc<PackedOutcome>> {
        let mut kept = self.outcomes.borrow_mut();
        let place = kept.iter().position(|outcome| outcome.key() == key && outcome.fits(model))?;
        let outcome = kept.remove(place);
        kept.push(Arc::clone(&outcome));
        Some(outcome)
    }

    fn keep(&self, outcome: Arc<PackedOutcome>) {
        let mut kept = self.outcomes.borrow_mut();
        kept.retain(|other| other.key() != outcome.key());
        kept.push(outcome);
        let mut memory: usize = kept.iter().map(|outcome| outcome.memory()).sum();
        while memory > MEMORY && kept.len() > 1 {
            memory -= kept.remove(0).memory();
        }
    }

    /// The outcome of a model: one at hand, else by what is done about missing ones. None for previous dates.
    fn outcome(&self, key: ModelKey, model: &Model) -> Result<Option<Arc<PackedOutcome>>> {
        if let Some(outcome) = self.find(key, model) {
            return Ok(Some(outcome));
        }
        match self.missing.get() {
            Missing::Simulate => {
                let outcome = Arc::new(PackedOutcome::simulate(key, model)?);
                self.keep(Arc::clone(&outcome));
                Ok(Some(outcome))
            }
            Missing::Wait => {
                let simulation = Simulation { key, trials: model.trials, model: model.to_bytes() };
                self.pending.replace(Some(simulation));
                Err(waits())
            }
            Missing::Previous => Ok(None),
        }
    }

    /// Where the dates of a plan in numbers come from; none for previous dates.
    fn told(&self, prepared: &Prepared) -> Result<Option<Told>> {
        if prepared.asks_nothing() {
            return Ok(Some(Told::Nothing));
        }
        Ok(self.outcome(prepared.key, &prepared.model)?.map(Told::Own))
    }
}

fn waits() -> Error {
    let message = "this waits for a simulation: run the one that is pending, supply its outcome, ask again";
    Error::new(Code::SimulationPending, message)
}

impl Planner {
    /// Says what queries do from now on when they need a simulation that is not at hand; gives back what they did
    /// before.
    pub fn when_missing(&self, missing: Missing) -> Missing {
        self.kept.missing.replace(missing)
    }

    /// The simulation for want of which the last query gave up.
    pub fn pending(&self) -> Option<Simulation> {
        self.kept.pending.borrow().clone()
    }

    /// Asks without simulating: gives the answer, or the simulation that it waits for. That can be run anywhere and in
    /// slices; once its outcome is supplied, the same question goes on from there. A query may need several, one after
    /// the other.
    ///
    /// ```
    /// use landfall::forecast::engine::Trials;
    /// use landfall::session::{Attempt, Options, sample};
    ///
    /// let planner = sample(Some("2026-11-23".parse()?))?;
    /// let options = Options::default();
    /// let forecast = loop {
    ///     match planner.attempt(|planner| planner.forecast(&options))? {
    ///         Attempt::Answer(forecast) => break forecast,
    ///         Attempt::Pending(simulation) => {
    ///             let mut trials = Trials::new(&simulation.model)?; // in another thread, a worker, a process
    ///             while trials.advance(1000) > 0 {}
    ///             planner.supply(&trials.finish())?;
    ///         }
    ///     }
    /// };
    /// assert_eq!(forecast, sample(Some("2026-11-23".parse()?))?.forecast(&options)?);
    /// # Ok::<(), landfall::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of the query.
    pub fn attempt<T>(&self, query: impl FnOnce(&Self) -> Result<T>) -> Result<Attempt<T>> {
        let before = self.when_missing(Missing::Wait);
        self.kept.pending.take();
        let answer = query(self);
        self.when_missing(before);
        match self.kept.pending.take() {
            Some(simulation) => Ok(Attempt::Pending(simulation)),
            None => answer.map(Attempt::Answer),
        }
    }

    /// Takes in the outcome of a simulation, as [`Trials::finish`](crate::forecast::engine::Trials::finish) gave it:
    /// queries that need it find it.
    ///
    /// # Errors
    /// [`Code::InvalidRequest`] when the bytes are no outcome.
    pub fn supply(&self, outcome: &[u8]) -> Result<()> {
        self.kept.keep(Arc::new(PackedOutcome::from_bytes(outcome)?));
        Ok(())
    }

    /// A plan in numbers, for questions that no simulation has to answer.
    pub(super) fn in_numbers(&self, plan: Plan, today: Option<CivilDate>) -> Result<Arc<Prepared>> {
        let settings = Settings::new(&plan, today, None)?;
        Ok(self.kept.prepared(plan, settings))
    }

    /// The outlook of the plan, or of one that is the plan with something assumed.
    pub(super) fn outlook(&self, plan: Plan, today: Option<CivilDate>, trials: Option<u32>) -> Result<Arc<Outlook>> {
        let outlook = self.told(plan, today, trials, || self.kept.last.borrow().clone())?;
        let is_own = outlook.has_dates() && outlook.is_of(&self.plan, &outlook.settings);
        let mut last = self.kept.last.borrow_mut();
        if is_own && last.as_ref().is_none_or(|last| last.settings.trials <= outlook.settings.trials) {
            *last = Some(Arc::clone(&outlook));
        }
        Ok(outlook)
    }

    /// The outlook of the plan, or of one that is the plan with something assumed; never one with the dates from before.
    pub(super) fn fresh_outlook(
        &self,
        plan: Plan,
        today: Option<CivilDate>,
        trials: Option<u32>,
    ) -> Result<Arc<Outlook>> {
        let outlook = self.outlook(plan, today, trials)?;
        if outlook.stale() { Err(waits()) } else { Ok(outlook) }
    }

    /// The outlook of a plan that tells when one target lands and nothing else. There are no dates from before for it: a
    /// simulation that is missing and not to be run is waited for.
    pub(super) fn thin_outlook(&self, plan: Plan, settings: Settings) -> Result<Arc<Outlook>> {
        let find = |thin: &mut Vec<Arc<Outlook>>| {
            let place = thin.iter().position(|outlook| outlook.is_of(&plan, &settings))?;
            let outlook = thin.remove(place);
            thin.push(Arc::clone(&outlook));
            Some(outlook)
        };
        let found = find(&mut self.kept.thin.borrow_mut());
        if let Some(outlook) = found {
            return Ok(outlook);
        }
        let prepared = self.kept.prepared(plan, settings);
        let told = self.kept.told(&prepared)?.ok_or_else(waits)?;
        let outlook = Arc::new(Outlook::new(Arc::new(prepared.slim()), told));
        let mut thin = self.kept.thin.borrow_mut();
        if thin.len() >= THIN {
            thin.remove(0);
        }
        thin.push(Arc::clone(&outlook));
        Ok(outlook)
    }

    /// The outlook of a plan that has nothing to do with the one now.
    pub(super) fn outlook_of_other(&self, plan: Plan, today: Option<CivilDate>) -> Result<Arc<Outlook>> {
        self.told(plan, today, None, || None)
    }

    fn told(
        &self,
        plan: Plan,
        today: Option<CivilDate>,
        trials: Option<u32>,
        previous: impl FnOnce() -> Option<Arc<Outlook>>,
    ) -> Result<Arc<Outlook>> {
        let settings = Settings::new(&plan, today, trials)?;
        let prepared = self.kept.prepared(plan, settings);
        let told = self.kept.told(&prepared)?.unwrap_or_else(|| Told::Previous(previous()));
        Ok(Arc::new(Outlook::new(prepared, told)))
    }

    /// When each of some sets of an outlook's work, by rank, is finished, as far as that is within the next sprints.
    pub(super) fn sets(&self, outlook: &Outlook, sets: Vec<Vec<u32>>, sprints: u32) -> Result<Vec<Histogram>> {
        let count = sets.len();
        let model = outlook.model_of_sets(sets, sprints);
        let outcome = self.kept.outcome(ModelKey::of(&model.to_bytes()), &model)?.ok_or_else(waits)?;
        Ok((0..count).map(|set| outcome.group(set).unwrap_or_default()).collect())
    }

    /// The amounts finished by the end of each of the next sprints; none while their simulation is missing.
    pub(super) fn burn_up(&self, outlook: &Outlook) -> Result<Option<Vec<AmountPercentiles>>> {
        if outlook.stale() {
            return Ok(None);
        }
        let Some(model) = outlook.burn_up_model() else { return Ok(Some(Vec::new())) };
        let outcome = self.kept.outcome(ModelKey::of(&model.to_bytes()), &model)?;
        Ok(outcome.map(|outcome| outcome.burn_up().collect()))
    }
}
