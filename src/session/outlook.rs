//! The outlook: a plan turned into numbers, simulated, and its answers turned back into days.
//!
//! This is the one place where plans and forecasts meet: `plan` knows no distributions, `forecast` knows no plans.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::team_past::TeamPast;
use super::view::{Axis, Band, Lands};
use crate::error::{Code, Error, Result};
use crate::forecast::engine::{self, Model, Outcome, RiskOn, Size, Split, Task, Team};
use crate::forecast::{Amounts, Histogram, Velocity};
use crate::plan::{Capacity, CivilDate, Item, MAX_LEVELS, Past, Plan, Releases, Span, SprintCapacity, Work, WorkSize};
use crate::range::MAX_NUMBER;

/// Trials where nobody asks for another number.
const TRIALS: u32 = 10_000;
/// The seed of every plan's forecast: the same plan shows the same dates to everybody.
const SEED: u64 = 1;
/// The most sprints that a burn-up shows.
const BURN_UP: u32 = 60;
/// The chance at which a date is told.
pub(super) const SURE: f64 = 0.85;

/// What an outlook depends on beside the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) today: CivilDate,
    pub(super) trials: u32,
}

impl Settings {
    pub(super) fn new(plan: &Plan, today: Option<CivilDate>, trials: Option<u32>) -> Result<Self> {
        let trials = trials.unwrap_or(TRIALS);
        if !(1..=engine::MAX_TRIALS).contains(&trials) {
            let message = format!("{trials} trials: ask for 1 to {}", engine::MAX_TRIALS);
            return Err(Error::new(Code::TooLarge, message).at("/trials"));
        }
        Ok(Self { today: today.unwrap_or_else(|| plan.newest_day()), trials })
    }
}

/// A plan's future, as far as it can be told.
#[derive(Debug)]
pub(super) struct Outlook {
    pub(super) plan: Plan,
    pub(super) settings: Settings,
    /// What was finished, by all teams together.
    pub(super) past: Past,
    /// The same by team, in the order of the plan's teams; one where the plan has none.
    pub(super) teams: Vec<TeamPast>,
    pub(super) work: Vec<Work>,
    /// The place of every item of work, by id.
    pub(super) ranks: HashMap<String, usize>,
    /// The distributions; none where there is neither a history nor a guess, or nothing to do.
    outcome: Option<Outcome>,
    model: Model,
    /// What stands behind each of the model's groups.
    groups: HashMap<GroupKey, usize>,
    clock: Clock,
    burn_up: OnceLock<Vec<Amounts>>,
}

/// A set of work that lands with its last item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum GroupKey {
    /// All items that serve an objective.
    Objective(String),
    /// All children of an epic, and theirs.
    Epic(String),
    /// All items with a tag.
    Tag(String),
    /// All items of the team at a place, where there are several.
    Team(usize),
}

impl Outlook {
    /// Simulates a plan.
    pub(super) fn of(plan: Plan, settings: Settings) -> Result<Self> {
        let past = plan.past();
        let work = plan.work();
        let id_of = |work: &Work| plan.items.get(work.index).map(|item| item.id.clone()).unwrap_or_default();
        let ranks: HashMap<String, usize> = work.iter().enumerate().map(|(rank, work)| (id_of(work), rank)).collect();
        let clock = Clock::new(&plan, settings.today);
        let teams = TeamPast::all_of(&plan, &past);
        let (model, groups) = model_of(&plan, &settings, &teams, &work, &ranks, &clock);
        let outcome = if model.teams.is_empty() || work.is_empty() { None } else { Some(engine::simulate(&model)?) };
        let burn_up = OnceLock::new();
        Ok(Self { plan, settings, past, teams, work, ranks, outcome, model, groups, clock, burn_up })
    }

    /// Whether this is the outlook of a plan that holds the same values, seen from the same day.
    pub(super) fn is_of(&self, plan: &Plan, settings: &Settings) -> bool {
        // Plans share what did not change, so that this compares pointers, and contents only where they differ.
        let own = &self.plan;
        self.settings == *settings
            && own.unit == plan.unit
            && own.name == plan.name
            && own.sample == plan.sample
            && Arc::ptr_eq(&own.items, &plan.items)
            && (Arc::ptr_eq(&own.objectives, &plan.objectives) || own.objectives == plan.objectives)
            && (Arc::ptr_eq(&own.calendar, &plan.calendar) || own.calendar == plan.calendar)
            && (Arc::ptr_eq(&own.history, &plan.history) || own.history == plan.history)
            && (Arc::ptr_eq(&own.teams, &plan.teams) || own.teams == plan.teams)
            && (Arc::ptr_eq(&own.assumptions, &plan.assumptions) || own.assumptions == plan.assumptions)
            && (Arc::ptr_eq(&own.scoring, &plan.scoring) || own.scoring == plan.scoring)
    }

    /// Whether nothing can be forecast until somebody gives a history or a guess.
    pub(super) fn needs_history(&self) -> bool {
        self.model.teams.is_empty()
    }

    /// Whether the dates rest on a guess, that of one team at least.
    pub(super) fn guess(&self) -> bool {
        self.teams.iter().zip(0..).any(|(team, place)| team.guess() && (self.teams.len() == 1 || self.works(place)))
    }

    /// The teams that have work and neither a history nor a guess, where others have one: that work gets no date.
    pub(super) fn unknown_teams(&self) -> Vec<usize> {
        if self.needs_history() {
            return Vec::new();
        }
        let unknown = self.teams.iter().enumerate().filter(|(_, team)| team.unknown()).map(|(place, _)| place);
        unknown.filter(|place| self.works(*place)).collect()
    }

    fn works(&self, team: usize) -> bool {
        self.model.items.iter().any(|item| item.team as usize == team)
    }

    /// How many items of work a group has.
    pub(super) fn work_in(&self, key: &GroupKey) -> usize {
        self.groups.get(key).and_then(|place| self.model.groups.get(*place)).map_or(0, Vec::len)
    }

    /// The mean amount of the remaining work of a team.
    pub(super) fn amount_of(&self, team: usize) -> f64 {
        let work = self.work.iter().zip(&self.model.items).filter(|(_, item)| item.team as usize == team);
        work.map(|(work, _)| work.size.mean()).fold(0.0, |sum, size| sum + size)
    }

    /// The capacity of a team in the `k`-th sprint from now.
    pub(super) fn capacity_of(&self, team: usize, k: u32) -> SprintCapacity {
        Capacity::new(&self.plan.calendar, self.plan.teams.get(team)).of(self.clock.span(k), self.settings.today)
    }

    /// The capacity of all teams together in the `k`-th sprint from now, each weighing as much as it usually finishes.
    pub(super) fn capacity(&self, k: u32) -> f64 {
        let of = |team| self.capacity_of(team, k).factor;
        let sum: f64 = self.teams.iter().map(TeamPast::mean).sum();
        if self.teams.len() == 1 || sum <= 0.0 {
            return of(0);
        }
        self.teams.iter().enumerate().map(|(place, team)| team.mean() / sum * of(place)).sum()
    }

    /// The item at a rank.
    pub(super) fn item(&self, rank: usize) -> Option<&Arc<Item>> {
        self.work.get(rank).and_then(|work| self.plan.items.get(work.index))
    }

    /// When the item at a rank lands.
    pub(super) fn lands(&self, rank: usize) -> Option<Lands> {
        self.outcome.as_ref().and_then(|outcome| outcome.items.get(rank)).map(|finish| self.clock.lands(finish))
    }

    /// When everything has landed, new work included.
    pub(super) fn total(&self) -> Option<&Histogram> {
        self.outcome.as_ref().map(|outcome| &outcome.total)
    }

    /// When a group's last item lands.
    pub(super) fn group(&self, key: &GroupKey) -> Option<&Histogram> {
        let place = self.groups.get(key)?;
        self.outcome.as_ref()?.groups.get(*place)
    }

    /// The days by which something has landed.
    pub(super) fn days_of(&self, finish: &Histogram) -> Lands {
        self.clock.lands(finish)
    }

    /// The chance that something has landed by the end of a day.
    pub(super) fn chance_by(&self, finish: &Histogram, day: CivilDate) -> f64 {
        finish.within(self.clock.bins_until(day))
    }

    /// The share of trials in which something has landed by the end of the `k`-th sprint from now, from 1.
    pub(super) fn by_sprint(&self, finish: &Histogram, k: u32) -> f64 {
        finish.within(k.saturating_mul(self.clock.slots))
    }

    /// The future sprints, the running one first.
    pub(super) fn sprint(&self, k: u32) -> Span {
        self.clock.span(k)
    }

    /// How many sprints until everything has landed with a chance of `p`, if it does within the horizon.
    pub(super) fn sprints_until(&self, p: f64) -> Option<u32> {
        self.total()?.percentile(p).map(|bin| bin.div_ceil(self.clock.slots.max(1)))
    }

    /// The amounts finished by the end of each of the next sprints.
    pub(super) fn burn_up(&self) -> Result<&[Amounts]> {
        if let Some(amounts) = self.burn_up.get() {
            return Ok(amounts);
        }
        let sprints = self.sprints_until(0.95).map_or(BURN_UP, |last| last.saturating_add(1).min(BURN_UP));
        let model = Model { prefixes: false, burn_up: sprints, horizon: sprints, ..self.model.clone() };
        // Velocity is addressed by team, trial and period: with other work the same sprints are drawn. More than can
        // ever be finished keeps every trial going to the last sprint shown. Several teams are shown at their own work:
        // one that has time left does not do that of another.
        let endless = Task { key: 0, size: Size::Exact(MAX_NUMBER), needs: Vec::new(), not_before: 0, team: 0 };
        let model = match self.teams.as_slice() {
            [_] => Model {
                items: vec![endless],
                groups: Vec::new(),
                risks: Vec::new(),
                growth: None,
                split: Split::None,
                ..model
            },
            _ => model,
        };
        let amounts = if self.needs_history() { Vec::new() } else { engine::simulate(&model)?.burn_up };
        Ok(self.burn_up.get_or_init(|| amounts))
    }

    /// Where the list of work crosses what is 85 % sure by the end of a sprint, for the first sprints that differ.
    pub(super) fn bands(&self) -> Vec<Band> {
        const MOST: usize = 3;
        let mut bands: Vec<Band> = Vec::new();
        let Some(outcome) = &self.outcome else { return bands };
        let mut after = 0;
        for k in 1..=self.sprints_until(SURE).unwrap_or(BURN_UP).min(BURN_UP) {
            let run = outcome.prefixes.iter().skip(after).take_while(|p| self.by_sprint(p, k) >= SURE).count();
            if run == 0 || bands.len() >= MOST {
                continue;
            }
            after += run;
            let end = self.clock.span(k).end;
            let day = end.spoken(self.settings.today);
            let sentence = if k == 1 {
                format!("This sprint ends {day}: everything above is 85 % sure")
            } else {
                format!("Sprint to {day}: everything above is 85 % sure")
            };
            bands.push(Band { after, end, sentence });
        }
        bands
    }

    /// The days that the strips of all rows need.
    pub(super) fn axis(&self) -> Axis {
        let today = self.settings.today;
        let last = self.total().map(|total| self.clock.lands(total));
        let last = last.and_then(|lands| lands.p95.or(lands.p85).or(lands.p50));
        let last = last.unwrap_or_else(|| today.plus_days(180)).max(today.plus_days(28));
        Axis { from: today, to: last }
    }

    /// The mean amount of the remaining work.
    pub(super) fn amount(&self) -> f64 {
        self.work.iter().map(|work| work.size.mean()).fold(0.0, |sum, size| sum + size)
    }
}

fn model_of(
    plan: &Plan,
    settings: &Settings,
    teams: &[TeamPast],
    work: &[Work],
    ranks: &HashMap<String, usize>,
    clock: &Clock,
) -> (Model, HashMap<GroupKey, usize>) {
    let several = teams.len() > 1;
    let known = teams.iter().any(|team| !team.unknown());
    let workers = teams.iter().zip(&clock.capacity).filter(|_| known).map(|(team, capacity)| Team {
        // The one team of a plan draws the same whatever it is called.
        key: engine::key(if several { &team.name } else { "" }),
        // A team of which nothing is known finishes nothing: its items, and what waits for them, get no date.
        velocity: team
            .velocity
            .clone()
            .unwrap_or_else(|| Velocity::History { past: [0.0].into(), model: plan.assumptions.model }),
        capacity: capacity.clone(),
    });
    let places = (0..).zip(plan.teams.iter()).filter(|(_, team)| team.releases == Releases::SprintEnd);
    let at_period_end = if known { places.map(|(place, _)| place).collect() } else { Vec::new() };
    let members = Members::of(plan, ranks);
    let places = plan.places();
    let item_of = |work: &Work| plan.items.get(work.index);
    let items = work.iter().enumerate().filter_map(|(rank, work)| {
        let item = item_of(work)?;
        let wanted = plan.needs_of(work.index, &places);
        let mut needs: Vec<u32> = wanted.into_iter().flat_map(|need| members.ranks_of(need)).collect();
        needs.retain(|need| *need as usize != rank);
        needs.sort_unstable();
        needs.dedup();
        let until = item.blocked.as_ref().and_then(|blocked| blocked.until);
        let not_before = item.not_before.max(until).map_or(0, |day| clock.period_of(day));
        let size = match &work.size {
            WorkSize::Given(crate::range::Uncertain::Exact(size)) => Size::Exact(*size),
            WorkSize::Given(crate::range::Uncertain::Range(range)) => Size::Range(*range),
            WorkSize::Like(sizes) => Size::OneOf(Arc::clone(sizes)),
        };
        let team = u32::try_from(plan.team_of(item)).unwrap_or(0);
        Some(Task { key: engine::key(&item.id), size, needs, not_before, team })
    });
    let items: Vec<Task> = items.collect();
    let mut groups = Vec::new();
    let mut group_of = HashMap::new();
    for objective in plan.objectives.iter() {
        let serves = |item: &Arc<Item>| item.objective.as_deref() == Some(objective.id.as_str());
        let mut group: Vec<u32> =
            plan.items.iter().filter(|item| serves(item)).flat_map(|item| members.ranks_of(&item.id)).collect();
        group.sort_unstable();
        group.dedup();
        group_of.insert(GroupKey::Objective(objective.id.clone()), groups.len());
        groups.push(group);
    }
    for (epic, ranks) in &members.epics {
        group_of.insert(GroupKey::Epic((*epic).to_owned()), groups.len());
        groups.push(ranks.clone());
    }
    let mut tagged: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for item in plan.items.iter() {
        for tag in &item.tags {
            tagged.entry(tag).or_default().extend(members.ranks_of(&item.id));
        }
    }
    let tagged = tagged.into_iter().map(|(tag, ranks)| (GroupKey::Tag(tag.to_owned()), ranks));
    let of_team =
        |team: usize| (0..).zip(&items).filter(|(_, item)| item.team as usize == team).map(|(rank, _)| rank).collect();
    let by_team = (0..teams.len()).filter(|_| several).map(|team| (GroupKey::Team(team), of_team(team)));
    for (key, mut group) in tagged.chain(by_team) {
        group.sort_unstable();
        group.dedup();
        if !group.is_empty() {
            group_of.insert(key, groups.len());
            groups.push(group);
        }
    }
    let risks = plan.assumptions.risks.iter().enumerate().map(|(k, risk)| {
        let on = risk.at.as_ref().map_or(RiskOn::Anywhere, |at| {
            let group = [GroupKey::Objective(at.clone()), GroupKey::Epic(at.clone())];
            let group = group.iter().find_map(|key| group_of.get(key)).and_then(|place| u32::try_from(*place).ok());
            let item = ranks.get(at).and_then(|rank| u32::try_from(*rank).ok());
            match (item, group) {
                (Some(item), _) => RiskOn::Item(item),
                (None, Some(group)) => RiskOn::LastOf(group),
                (None, None) => RiskOn::Anywhere,
            }
        });
        let key = engine::key(&format!("{k} {}", risk.name));
        engine::Risk { key, probability: risk.probability, impact: risk.impact, on }
    });
    let model = Model {
        teams: workers.collect(),
        items,
        groups,
        prefixes: true,
        risks: risks.collect(),
        growth: plan.assumptions.growth.map(|growth| engine::Growth { amount: growth.range(), urgent: growth.urgent }),
        split: plan.assumptions.split.map_or(Split::None, Split::Shared),
        slots: clock.slots,
        places: clock.places.clone(),
        at_period_end,
        trials: settings.trials,
        seed: SEED,
        ..Model::default()
    };
    (model, group_of)
}

/// Which work stands behind an id: itself, or all the open descendants of an epic.
struct Members<'a> {
    ranks: &'a HashMap<String, usize>,
    epics: HashMap<&'a str, Vec<u32>>,
}

impl<'a> Members<'a> {
    fn of(plan: &'a Plan, ranks: &'a HashMap<String, usize>) -> Self {
        let parents: HashMap<&str, &str> =
            plan.items.iter().filter_map(|item| Some((item.id.as_str(), item.parent.as_deref()?))).collect();
        let mut epics: HashMap<&str, Vec<u32>> = HashMap::new();
        for item in plan.items.iter() {
            let Some(rank) = ranks.get(&item.id).and_then(|rank| u32::try_from(*rank).ok()) else { continue };
            let mut id = item.id.as_str();
            for _ in 0..MAX_LEVELS {
                let Some(parent) = parents.get(id) else { break };
                epics.entry(parent).or_default().push(rank);
                id = parent;
            }
        }
        for ranks in epics.values_mut() {
            ranks.sort_unstable();
            ranks.dedup();
        }
        Self { ranks, epics }
    }

    fn ranks_of(&self, id: &str) -> Vec<u32> {
        match self.ranks.get(id) {
            Some(rank) => u32::try_from(*rank).into_iter().collect(),
            None => self.epics.get(id).cloned().unwrap_or_default(),
        }
    }
}

/// Turns the engine's places in time into days: sprint `k` from 1, and its `n`-th working day.
#[derive(Debug)]
struct Clock {
    calendar: Arc<crate::plan::Calendar>,
    today: CivilDate,
    /// The most working days that a sprint has.
    slots: u32,
    /// The working days of each sprint, as far as sprints differ.
    places: Vec<u32>,
    /// The capacity of each team's sprints, beyond which it is 1.
    capacity: Vec<Vec<f64>>,
}

impl Clock {
    fn new(plan: &Plan, today: CivilDate) -> Self {
        let calendar = Arc::clone(&plan.calendar);
        let clock = Self { calendar, today, slots: 1, places: Vec::new(), capacity: Vec::new() };
        let calendar = &clock.calendar;
        let days = |k: u32| u32::try_from(calendar.working_days_of(clock.span(k), today).len()).unwrap_or(u32::MAX);
        // Of sprints that are no whole weeks some have more working days than others; seven of them hold every day of
        // the week at every place.
        let weekdays = |k: u32| {
            let Span { start, end } = clock.span(k);
            (0..=start.days_until(end)).filter(|day| calendar.is_weekday(start.plus_days(*day))).count()
        };
        let most = (1..=7).map(weekdays).max().and_then(|most| u32::try_from(most).ok()).unwrap_or(1);
        let slots = most.clamp(1, engine::MAX_SLOTS);
        let teams: Vec<_> = (0..plan.team_count()).map(|team| Capacity::new(calendar, plan.teams.get(team))).collect();
        // Beyond the last day that is known of, every sprint of whole weeks is like the next. Others may hold nothing
        // but a weekend.
        let last = teams.iter().filter_map(Capacity::last_day).max().unwrap_or(today);
        let last = clock.period_of(last).clamp(1, engine::DEFAULT_HORIZON);
        let last = if calendar.sprint_days.is_multiple_of(7) { last } else { engine::DEFAULT_HORIZON };
        let places = (1..=last).map(|k| days(k).clamp(1, slots)).collect();
        let capacity = teams.iter().map(|team| {
            let mut factors: Vec<f64> = (1..=last).map(|k| team.of(clock.span(k), today).factor).collect();
            if team.at_last() != 1.0 {
                factors.resize(engine::DEFAULT_HORIZON as usize, team.at_last());
            }
            factors
        });
        let capacity = capacity.collect();
        Self { slots, places, capacity, ..clock }
    }

    /// The `k`-th sprint from now, the running one being 1.
    fn span(&self, k: u32) -> Span {
        self.calendar.sprint_after(self.today, i64::from(k) - 1)
    }

    /// The sprint that a day lies in, from 1; 0 for days gone by.
    fn period_of(&self, day: CivilDate) -> u32 {
        if day <= self.today {
            return 0;
        }
        let from = self.span(1).start;
        u32::try_from(from.days_until(day) / i64::from(self.calendar.sprint_days.max(1)) + 1).unwrap_or(u32::MAX)
    }

    /// The day on which a bin ends: the working day by which that share of the sprint's capacity is used.
    fn day(&self, bin: u32) -> CivilDate {
        let bin = bin.max(1) - 1;
        let span = self.span(bin / self.slots + 1);
        let days = self.calendar.working_days_of(span, self.today);
        let places = days.len().clamp(1, self.slots as usize);
        let place = bin % self.slots;
        if place + 1 == self.slots && places < self.slots as usize {
            // Beyond the working days there are: the release at the sprint's end, on the last day that is usually
            // worked, so that a holiday there makes nothing earlier.
            let length = span.start.days_until(span.end);
            let usual = (0..=length).map(|back| span.end.plus_days(-back)).find(|day| self.calendar.is_weekday(*day));
            return usual.unwrap_or(span.end).max(self.today);
        }
        // A sprint of more working days than the engine has slots tells each slot's last day.
        let used = (place as usize + 1).min(places) * days.len();
        let place = used.div_ceil(places).saturating_sub(1);
        days.get(place).copied().unwrap_or_else(|| self.next_working_day(span.end))
    }

    /// How many bins end on `day` or before it.
    fn bins_until(&self, day: CivilDate) -> u32 {
        if day < self.today {
            return 0;
        }
        let period = self.period_of(day).max(1);
        let first = (period - 1).saturating_mul(self.slots);
        first + (1..=self.slots).take_while(|slot| self.day(first.saturating_add(*slot)) <= day).count() as u32
    }

    fn next_working_day(&self, day: CivilDate) -> CivilDate {
        // Nobody takes a year of holidays; a calendar that says so keeps the day it has.
        (1..=366).map(|k| day.plus_days(k)).find(|day| self.calendar.is_working(*day)).unwrap_or(day)
    }

    fn lands(&self, finish: &Histogram) -> Lands {
        let day = |p| finish.percentile(p).map(|bin| self.day(bin));
        Lands { p15: day(0.15), p50: day(0.5), p70: day(0.7), p85: day(SURE), p95: day(0.95) }
    }
}
