//! The outlook: a plan turned into numbers, simulated, and its answers turned back into days.
//!
//! This is the one place where plans and forecasts meet: `plan` knows no distributions, `forecast` knows no plans.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::OnceLock;

use super::team_past::TeamPast;
use super::view::{Axis, Band, Counts, Lands};
use crate::error::{Code, Error, Result};
use crate::forecast::engine::{self, Model, ModelKey, PackedOutcome, RiskOn, Size, Split, Task, Team};
use crate::forecast::{Histogram, Velocity};
use crate::pace::{self, Pace};
use crate::plan::{
    Capacity, CivilDate, Item, MAX_LEVELS, Past, Plan, Releases, Span, SprintCapacity, Status, Tree, Work, WorkSize,
};
use crate::range::MAX_NUMBER;
use crate::sort;

/// Trials where nobody asks for another number.
const TRIALS: u32 = 10_000;
/// The seed of every plan's forecast: the same plan shows the same dates to everybody.
const SEED: u64 = 1;
/// The most sprints that a burn-up shows: five years of fortnights.
const BURN_UP: u32 = 130;
/// The chance at which a date is told.
pub(super) const SURE: f64 = 0.85;

/// What an outlook depends on beside the plan.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Settings {
    pub(super) today: CivilDate,
    pub(super) trials: u32,
    /// What alone is counted, so that a search can look at many outlooks of a long plan; absent: all there is to tell.
    pub(super) only: Option<Target>,
    /// The last day that matters: nothing is told of what lands after its sprint.
    pub(super) until: Option<CivilDate>,
    /// Velocity, as a multiple of what it would be.
    pub(super) velocity: f64,
    /// What is left out, by its places in the plan's list.
    pub(super) without: Arc<[usize]>,
}

/// Something that lands, and of which can be asked when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// All remaining work, with what is assumed to be added to it.
    Everything,
    /// All items that serve an objective, by its id.
    Objective(String),
    /// An item, or an epic with all its children, by its id.
    Item(String),
    /// All items with a tag.
    Tag(String),
}

impl Settings {
    pub(super) fn new(plan: &Plan, today: Option<CivilDate>, trials: Option<u32>) -> Result<Self> {
        let trials = trials.unwrap_or(TRIALS);
        if !(1..=engine::MAX_TRIALS).contains(&trials) {
            let message = format!("{trials} trials: ask for 1 to {}", engine::MAX_TRIALS);
            return Err(Error::new(Code::TooLarge, message).at("/trials"));
        }
        let today = today.unwrap_or_else(|| plan.newest_day());
        Ok(Self { today, trials, only: None, until: None, velocity: 1.0, without: Arc::default() })
    }

    /// The same, counting nothing but when `target` lands.
    pub(super) fn only(&self, target: Target) -> Self {
        Self { only: Some(target), ..self.clone() }
    }

    /// A plan without what is left out of it: as if it were declined.
    fn left_of(&self, plan: &Plan) -> Plan {
        let mut left = plan.clone();
        if !self.without.is_empty() {
            let items = Arc::make_mut(&mut left.items);
            for place in self.without.iter() {
                items.get_mut(*place).into_iter().for_each(|item| Arc::make_mut(item).status = Status::Declined);
            }
        }
        left
    }
}

/// A plan in numbers: all that a simulation asks, and what turns its answers into days.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) plan: Plan,
    pub(super) settings: Settings,
    /// What was finished, by all teams together.
    pub(super) past: Past,
    /// The same by team, in the order of the plan's teams; one where the plan has none.
    pub(super) teams: Vec<TeamPast>,
    pub(super) work: Vec<Work>,
    /// The place of every item of work, by id.
    pub(super) ranks: HashMap<String, usize>,
    /// What is a part of what.
    pub(super) tree: Tree,
    /// What a summary counts, and the tags, once somebody has asked.
    pub(super) counts: OnceLock<Counts>,
    pub(super) tags: OnceLock<Vec<String>>,
    pub(super) model: Model,
    pub(super) key: ModelKey,
    /// What stands behind each of the model's groups.
    groups: HashMap<GroupKey, usize>,
    clock: Clock,
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

/// Where an outlook has its dates from.
#[derive(Debug)]
pub(super) enum Told {
    /// There are none: no history and no guess, or nothing to do.
    Nothing,
    /// From the simulation of its plan.
    Own(Arc<PackedOutcome>),
    /// From an outlook before the last changes, if there was one; their simulation has not been run.
    Previous(Option<Arc<Outlook>>),
}

/// A plan's future, as far as it can be told.
#[derive(Debug)]
pub(super) struct Outlook {
    prepared: Arc<Prepared>,
    told: Told,
}

impl Deref for Outlook {
    type Target = Prepared;

    fn deref(&self) -> &Prepared {
        &self.prepared
    }
}

impl Prepared {
    /// Turns a plan into numbers.
    pub(super) fn of(plan: Plan, settings: Settings) -> Self {
        pace::at_once(Self::in_slices(plan, settings, &Pace::default()))
    }

    /// [`Self::of`], with rests; of an import it is the last tenth.
    pub(super) async fn in_slices(plan: Plan, settings: Settings, pace: &Pace) -> Self {
        let left = settings.left_of(&plan);
        pace.rest(0.91).await;
        let tree = left.tree();
        pace.rest(0.93).await;
        let sizes = left.finished_sizes_in(&tree);
        let past = plan.past_in(&tree, &sizes);
        pace.rest(0.95).await;
        let work = left.work_in(&tree, &sizes);
        let id_of = |work: &Work| left.items.get(work.index).map(|item| item.id.clone()).unwrap_or_default();
        let ranks: HashMap<String, usize> = work.iter().enumerate().map(|(rank, work)| (id_of(work), rank)).collect();
        let clock = Clock::new(&left, settings.today);
        let teams = TeamPast::all_of(&left, &past, &tree, &sizes);
        pace.rest(0.96).await;
        let members = Members::of(&left, &work, &tree);
        let tasks = tasks(&left, &work, &tree, &members, &clock);
        pace.rest(0.97).await;
        let (model, groups) = model_of(&left, &settings, &teams, tasks, &members, &clock);
        pace.rest(0.99).await;
        let key = ModelKey::of(&model.to_bytes());
        let (counts, tags) = Default::default();
        Self { plan, settings, past, teams, work, ranks, tree, counts, tags, model, key, groups, clock }
    }

    /// What of it turns the answers about one target into days: of these many are kept.
    pub(super) fn slim(&self) -> Self {
        let (work, ranks, groups) = Default::default();
        let model = Model { teams: self.model.teams.clone(), slots: self.model.slots, ..Model::default() };
        let (plan, settings, clock) = (self.plan.clone(), self.settings.clone(), self.clock.clone());
        Self {
            plan,
            settings,
            past: Past::default(),
            teams: Vec::new(),
            work,
            ranks,
            tree: Tree::default(),
            counts: OnceLock::new(),
            tags: OnceLock::new(),
            model,
            key: self.key,
            groups,
            clock,
        }
    }

    /// What to simulate for when each of some sets of work, by rank, is finished, within the next sprints.
    pub(super) fn model_of_sets(&self, sets: Vec<Vec<u32>>, sprints: u32) -> Model {
        let mut model = self.model.clone();
        pin(&mut model.risks, &model.groups);
        let horizon = sprints.clamp(1, engine::DEFAULT_HORIZON);
        Model { groups: sets, each: false, prefixes: false, horizon, ..model }
    }

    /// Which of the sprints from now, from 1, a day lies in.
    pub(super) fn sprint_of(&self, day: CivilDate) -> u32 {
        self.clock.period_of(day).max(1)
    }

    /// The ranks of the work that a target consists of, in order.
    pub(super) fn members(&self, target: &Target) -> Vec<u32> {
        Members::of(&self.plan, &self.work, &self.tree).of_target(&self.plan, target)
    }

    /// The work as it is simulated, by rank.
    pub(super) fn tasks(&self) -> &[Task] {
        &self.model.items
    }

    /// Whether what lands by a day depends on the sum of the work before it alone: one team that never has to wait, and
    /// nothing that may hit anything but the whole.
    pub(super) fn is_one_line(&self, target: &Target) -> bool {
        let risks = &self.model.risks;
        self.model.teams.len() == 1
            && self.model.items.iter().all(|task| task.not_before <= 1)
            && (risks.is_empty() || *target == Target::Everything)
    }

    /// Whether a risk hits the item at a rank.
    pub(super) fn is_at_risk(&self, rank: u32) -> bool {
        let last_of = |group: u32| self.model.groups.get(group as usize).and_then(|group| group.iter().max());
        self.model.risks.iter().any(|risk| match risk.on {
            RiskOn::Item(item) => item == rank,
            RiskOn::LastOf(group) => last_of(group) == Some(&rank),
            RiskOn::Anywhere => false,
        })
    }

    /// What the teams finish in a usual sprint, on average of their past or their guess, in the plan's unit.
    pub(super) fn usual_sprint(&self) -> f64 {
        self.model.teams.iter().map(|team| team.velocity.mean()).fold(0.0, |sum, mean| sum + mean)
    }

    /// Whether this is of a plan that holds the same values, seen from the same day.
    pub(super) fn is_of(&self, plan: &Plan, settings: &Settings) -> bool {
        self.settings == *settings && is_same(&self.plan, plan)
    }

    /// Whether there is nothing to simulate.
    pub(super) fn asks_nothing(&self) -> bool {
        self.needs_history() || self.work.is_empty()
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
        let span = self.clock.span(k);
        let mut capacity = Capacity::new(&self.plan.calendar, self.plan.teams.get(team)).of(span, self.settings.today);
        if self.plan.has_result(team, span) {
            capacity.factor = 0.0;
        }
        capacity
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

    /// The items of the remaining work, in order.
    pub(super) fn work_items(&self) -> impl Iterator<Item = &Item> {
        self.work.iter().filter_map(|work| self.plan.items.get(work.index)).map(|item| &**item)
    }

    /// Whether something is still to be done: an item of work, or an epic with work in it.
    pub(super) fn is_open(&self, id: &str) -> bool {
        self.ranks.contains_key(id) || self.is_open_epic(id)
    }

    /// Whether an epic has open work.
    pub(super) fn is_open_epic(&self, id: &str) -> bool {
        self.groups.contains_key(&GroupKey::Epic(id.to_owned()))
    }

    /// The future sprints, the running one first.
    pub(super) fn sprint(&self, k: u32) -> Span {
        self.clock.span(k)
    }

    /// The mean amount of the remaining work.
    pub(super) fn amount(&self) -> f64 {
        self.work.iter().map(|work| work.size.mean()).fold(0.0, |sum, size| sum + size)
    }
}

/// Whether two plans hold the same values. Plans share what did not change, so that this compares pointers, and contents
/// only where they differ; items that are not shared are taken to differ.
pub(super) fn is_same(one: &Plan, other: &Plan) -> bool {
    fn same<T: PartialEq>(one: &Arc<T>, other: &Arc<T>) -> bool {
        Arc::ptr_eq(one, other) || one == other
    }
    one.unit == other.unit
        && one.name == other.name
        && one.sample == other.sample
        && Arc::ptr_eq(&one.items, &other.items)
        && same(&one.objectives, &other.objectives)
        && same(&one.calendar, &other.calendar)
        && same(&one.history, &other.history)
        && same(&one.teams, &other.teams)
        && same(&one.assumptions, &other.assumptions)
        && same(&one.scoring, &other.scoring)
        && same(&one.requests, &other.requests)
        && same(&one.decisions, &other.decisions)
        && same(&one.agreement, &other.agreement)
        && same(&one.views, &other.views)
        && same(&one.scenarios, &other.scenarios)
        && same(&one.promises, &other.promises)
        && same(&one.kept, &other.kept)
        && one.sprint == other.sprint
}

impl Outlook {
    pub(super) const fn new(prepared: Arc<Prepared>, told: Told) -> Self {
        Self { prepared, told }
    }

    /// Whether there are dates, and they are those of this plan.
    pub(super) const fn has_dates(&self) -> bool {
        matches!(self.told, Told::Own(_))
    }

    /// Whether the simulation of this plan is still to be run.
    pub(super) const fn stale(&self) -> bool {
        matches!(self.told, Told::Previous(_))
    }

    /// The outlook that dates are taken from: this one, or the one before the last changes.
    pub(super) fn source(&self) -> &Self {
        match &self.told {
            Told::Previous(Some(previous)) => previous,
            _ => self,
        }
    }

    fn outcome(&self) -> Option<&PackedOutcome> {
        match &self.told {
            Told::Own(outcome) => Some(outcome),
            _ => None,
        }
    }

    /// When the item at a rank lands.
    pub(super) fn lands(&self, rank: usize) -> Option<Lands> {
        let source = self.source();
        let rank = if std::ptr::eq(source, self) { rank } else { *source.ranks.get(&self.item(rank)?.id)? };
        source.outcome()?.item(rank).map(|finish| source.clock.lands(|p| finish.percentile(p)))
    }

    /// Whether the item at a rank has landed by the end of the `k`-th sprint from now with a chance of `p`.
    pub(super) fn lands_by_sprint(&self, rank: usize, p: f64, k: u32) -> bool {
        let finish = self.outcome().and_then(|outcome| outcome.item(rank));
        finish.and_then(|finish| finish.percentile(p)).is_some_and(|bin| bin <= k.saturating_mul(self.clock.slots))
    }

    /// When everything has landed, new work included.
    pub(super) fn total(&self) -> Option<Histogram> {
        self.source().outcome().map(PackedOutcome::total)
    }

    /// When a group's last item lands.
    pub(super) fn group(&self, key: &GroupKey) -> Option<Histogram> {
        let source = self.source();
        source.outcome()?.group(*source.groups.get(key)?)
    }

    /// When a target lands, exactly; none where this does not tell it.
    pub(super) fn finish(&self, target: &Target) -> Option<Histogram> {
        match (&self.settings.only, target) {
            (_, Target::Everything) => self.total(),
            (Some(only), _) => self.outcome()?.group(0).filter(|_| only == target),
            (None, Target::Objective(id)) => self.group(&GroupKey::Objective(id.clone())),
            // Of an item the outlook of everything keeps no more than percentiles.
            (None, Target::Item(id)) => self.group(&GroupKey::Epic(id.clone())),
            (None, Target::Tag(tag)) => self.group(&GroupKey::Tag(tag.clone())),
        }
    }

    /// How many items from the top are finished, all of them, by the end of a day with a chance of at least `p`.
    pub(super) fn finished_by(&self, day: CivilDate, p: f64) -> usize {
        let bins = self.clock.bins_until(day);
        let Some(outcome) = self.outcome() else { return 0 };
        let is_late = |place: &usize| outcome.prefix(*place).is_none_or(|finish| finish.within(bins) < p);
        (0..self.work.len()).find(is_late).unwrap_or(self.work.len())
    }

    /// The day by which something has landed with a chance of `p`, if it does within the horizon.
    pub(super) fn day_at(&self, finish: &Histogram, p: f64) -> Option<CivilDate> {
        finish.percentile(p).map(|bin| self.source().clock.day(bin))
    }

    /// The days by which something has landed.
    pub(super) fn days_of(&self, finish: &Histogram) -> Lands {
        self.source().clock.lands(|p| finish.percentile(p))
    }

    /// The chance that something has landed by the end of a day.
    pub(super) fn chance_by(&self, finish: &Histogram, day: CivilDate) -> f64 {
        finish.within(self.source().clock.bins_until(day))
    }

    /// The share of trials in which something has landed by the end of the `k`-th sprint from now, from 1.
    pub(super) fn by_sprint(&self, finish: &Histogram, k: u32) -> f64 {
        finish.within(k.saturating_mul(self.source().clock.slots))
    }

    /// How many sprints until everything has landed with a chance of `p`, if it does within the horizon.
    pub(super) fn sprints_until(&self, p: f64) -> Option<u32> {
        self.total()?.percentile(p).map(|bin| bin.div_ceil(self.source().clock.slots.max(1)))
    }

    /// What to simulate for the amounts finished by the end of each of the next sprints.
    pub(super) fn burn_up_model(&self) -> Option<Model> {
        if self.needs_history() {
            return None;
        }
        let sprints = self.sprints_until(0.95).map_or(BURN_UP, |last| last.saturating_add(1).min(BURN_UP));
        // Velocity is addressed by team, trial and period: with other work the same sprints are drawn. More than can
        // ever be finished keeps every trial going to the last sprint shown. Several teams are shown at their own work:
        // one that has time left does not do that of another.
        let endless = Task { key: 0, size: Size::Exact(MAX_NUMBER), needs: Vec::new(), not_before: 0, team: 0 };
        Some(match self.teams.as_slice() {
            [_] => Model {
                teams: self.model.teams.clone(),
                items: vec![endless],
                slots: self.model.slots,
                trials: self.model.trials,
                seed: self.model.seed,
                burn_up: sprints,
                horizon: sprints,
                ..Model::default()
            },
            _ => Model {
                each: false,
                prefixes: false,
                groups: Vec::new(),
                burn_up: sprints,
                horizon: sprints,
                ..self.model.clone()
            },
        })
    }

    /// Where the list of work crosses what is 85 % sure by the end of a sprint, for the first sprints that differ.
    pub(super) fn bands(&self) -> Vec<Band> {
        const MOST: usize = 3;
        let mut bands: Vec<Band> = Vec::new();
        let Some(outcome) = self.outcome() else { return bands };
        let mut after = 0;
        for k in 1..=self.sprints_until(SURE).unwrap_or(BURN_UP).min(BURN_UP) {
            let end = k.saturating_mul(self.clock.slots);
            let sure = |place| {
                let prefix = outcome.prefix(place).and_then(|prefix| prefix.percentile(SURE));
                prefix.is_some_and(|bin| bin <= end)
            };
            let run = (after..self.work.len()).take_while(|place| sure(*place)).count();
            if run == 0 {
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
            if bands.len() >= MOST {
                break;
            }
        }
        bands
    }

    /// The days that the strips of all rows need.
    pub(super) fn axis(&self) -> Axis {
        let today = self.settings.today;
        let last = self.total().map(|total| self.days_of(&total));
        let last = last.and_then(|lands| lands.p95.or(lands.p85).or(lands.p50));
        let last = last.unwrap_or_else(|| today.plus_days(180)).max(today.plus_days(28));
        Axis { from: today, to: last }
    }
}

fn tasks(plan: &Plan, work: &[Work], tree: &Tree, members: &Members, clock: &Clock) -> Vec<Task> {
    let any = plan.items.iter().any(|item| !item.needs.is_empty());
    let places = if any { plan.places() } else { HashMap::new() };
    let item_of = |work: &Work| plan.items.get(work.index);
    let items = work.iter().enumerate().filter_map(|(rank, work)| {
        let item = item_of(work)?;
        let wanted = plan.needs_of(work.index, tree).into_iter().filter_map(|need| places.get(need));
        let mut needs: Vec<u32> = wanted.flat_map(|place| members.at(*place)).copied().collect();
        needs.retain(|need| *need as usize != rank);
        sort::set(&mut needs);
        let until = item.blocked.as_ref().and_then(|blocked| blocked.until);
        let not_before = item.not_before.max(until).map_or(0, |day| clock.period_of(day));
        let size = match &work.size {
            WorkSize::Given(crate::range::Uncertain::Exact(size)) => Size::Exact(*size),
            WorkSize::Given(crate::range::Uncertain::Range(range)) => Size::Range(*range),
            WorkSize::Like(sizes, _) => Size::OneOf(Arc::clone(sizes)),
        };
        let team = u32::try_from(plan.team_of(item)).unwrap_or(0);
        Some(Task { key: engine::key(&item.id), size, needs, not_before, team })
    });
    items.collect()
}

fn model_of(
    plan: &Plan,
    settings: &Settings,
    teams: &[TeamPast],
    items: Vec<Task>,
    members: &Members,
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
    let mut workers: Vec<Team> = workers.collect();
    if settings.velocity != 1.0 {
        // Beyond their end, factors are 1.
        for Team { capacity, .. } in &mut workers {
            capacity.resize(engine::DEFAULT_HORIZON as usize, 1.0);
            capacity.iter_mut().for_each(|factor| *factor *= settings.velocity);
        }
    }
    let mut groups = Vec::new();
    let mut group_of = HashMap::new();
    for objective in plan.objectives.iter() {
        group_of.insert(GroupKey::Objective(objective.id.clone()), groups.len());
        groups.push(members.of_target(plan, &Target::Objective(objective.id.clone())));
    }
    // By name, so that the same plan is the same model.
    let id_of = |place: usize| plan.items.get(place).map(|item| item.id.as_str()).unwrap_or_default();
    let mut epics: Vec<usize> = (0..plan.items.len()).filter(|place| !members.parts_of(*place).is_empty()).collect();
    sort::by(&mut epics, |a, b| id_of(*a).cmp(id_of(*b)));
    for place in epics {
        group_of.insert(GroupKey::Epic(id_of(place).to_owned()), groups.len());
        groups.push(members.parts_of(place).to_vec());
    }
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut tagged: Vec<(&str, Vec<u32>)> = Vec::new();
    for (place, item) in plan.items.iter().enumerate().filter(|(place, _)| !members.at(*place).is_empty()) {
        for tag in &item.tags {
            let number = *numbers.entry(tag).or_insert(tagged.len());
            if number == tagged.len() {
                tagged.push((tag, Vec::new()));
            }
            tagged.get_mut(number).into_iter().for_each(|(_, ranks)| ranks.extend(members.at(place)));
        }
    }
    sort::by(&mut tagged, |a, b| a.0.cmp(b.0));
    tagged.iter_mut().for_each(|(_, ranks)| sort::set(ranks));
    let tagged = tagged.into_iter().map(|(tag, ranks)| (GroupKey::Tag(tag.to_owned()), ranks));
    let of_team =
        |team: usize| (0..).zip(&items).filter(|(_, item)| item.team as usize == team).map(|(rank, _)| rank).collect();
    let by_team = (0..teams.len()).filter(|_| several).map(|team| (GroupKey::Team(team), of_team(team)));
    for (key, group) in tagged.chain(by_team) {
        if !group.is_empty() {
            group_of.insert(key, groups.len());
            groups.push(group);
        }
    }
    let risks = plan.assumptions.risks.iter().enumerate().filter_map(|(k, risk)| {
        let on = match &risk.at {
            None => RiskOn::Anywhere,
            Some(at) => {
                let group = [GroupKey::Objective(at.clone()), GroupKey::Epic(at.clone())];
                let group = group.iter().find_map(|key| group_of.get(key)).filter(|place| has_work(&groups, **place));
                let place = plan.find(at).map(|(place, _)| place);
                let item = place.and_then(|place| members.ranks.get(place)).copied().flatten();
                match (item, group.and_then(|place| u32::try_from(*place).ok())) {
                    (Some(item), _) => RiskOn::Item(item),
                    (None, Some(group)) => RiskOn::LastOf(group),
                    // What is done or declined can be hit no more.
                    (None, None) if place.is_some() || plan.objective(at).is_some() => return None,
                    (None, None) => RiskOn::Anywhere,
                }
            }
        };
        let key = engine::key(&format!("{k} {}", risk.name));
        Some(engine::Risk { key, probability: risk.probability, impact: risk.impact, on })
    });
    let mut risks: Vec<engine::Risk> = risks.collect();
    if let Some(target) = &settings.only {
        pin(&mut risks, &groups);
        groups = if *target == Target::Everything { Vec::new() } else { vec![members.of_target(plan, target)] };
    }
    let all = settings.only.is_none();
    let model = Model {
        teams: workers,
        items,
        groups,
        each: all,
        prefixes: all,
        risks,
        growth: plan.assumptions.growth.map(|growth| engine::Growth { amount: growth.range(), urgent: growth.urgent }),
        split: plan.assumptions.split.map_or(Split::None, Split::Shared),
        slots: clock.slots,
        places: clock.places.clone(),
        at_period_end,
        trials: settings.trials,
        seed: SEED,
        horizon: settings
            .until
            .map_or(engine::DEFAULT_HORIZON, |day| clock.period_of(day).clamp(1, engine::DEFAULT_HORIZON)),
        ..Model::default()
    };
    (model, group_of)
}

/// Lets risks name items, where the groups that they name go.
fn pin(risks: &mut [engine::Risk], groups: &[Vec<u32>]) {
    for risk in risks {
        if let RiskOn::LastOf(group) = risk.on {
            let last = groups.get(group as usize).and_then(|group| group.iter().max());
            risk.on = last.map_or(RiskOn::Anywhere, |last| RiskOn::Item(*last));
        }
    }
}

fn has_work(groups: &[Vec<u32>], place: usize) -> bool {
    groups.get(place).is_some_and(|group| !group.is_empty())
}

/// Which work stands behind an item, by its place: itself, or all the open descendants of an epic.
struct Members {
    ranks: Vec<Option<u32>>,
    parts: Vec<Vec<u32>>,
}

impl Members {
    fn of(plan: &Plan, work: &[Work], tree: &Tree) -> Self {
        let (mut ranks, mut parts) = (vec![None; plan.items.len()], vec![Vec::new(); plan.items.len()]);
        for (rank, work) in (0..).zip(work) {
            ranks.get_mut(work.index).into_iter().for_each(|slot| *slot = Some(rank));
            let mut place = work.index;
            for _ in 0..MAX_LEVELS {
                let Some(parent) = tree.parent(place) else { break };
                let parts: Option<&mut Vec<u32>> = parts.get_mut(parent);
                parts.filter(|parts| parts.last() != Some(&rank)).into_iter().for_each(|parts| parts.push(rank));
                place = parent;
            }
        }
        Self { ranks, parts }
    }

    fn parts_of(&self, place: usize) -> &[u32] {
        self.parts.get(place).map_or(&[], Vec::as_slice)
    }

    fn at(&self, place: usize) -> &[u32] {
        match self.ranks.get(place) {
            Some(Some(rank)) => std::slice::from_ref(rank),
            _ => self.parts_of(place),
        }
    }

    fn of_target(&self, plan: &Plan, target: &Target) -> Vec<u32> {
        let wanted = |item: &Item| match target {
            Target::Everything => true,
            Target::Objective(id) => item.objective.as_ref() == Some(id),
            Target::Item(id) => item.id == *id,
            Target::Tag(tag) => item.tags.contains(tag),
        };
        let places = plan.items.iter().enumerate().filter(|(_, item)| wanted(item)).map(|(place, _)| place);
        let mut ranks: Vec<u32> = places.flat_map(|place| self.at(place)).copied().collect();
        sort::set(&mut ranks);
        ranks
    }
}

/// Turns the engine's places in time into days: sprint `k` from 1, and its `n`-th working day.
#[derive(Debug, Clone)]
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
        let capacity = teams.iter().enumerate().map(|(place, team)| {
            let mut factors: Vec<f64> = (1..=last).map(|k| team.of(clock.span(k), today).factor).collect();
            if team.at_last() != 1.0 {
                factors.resize(engine::DEFAULT_HORIZON as usize, team.at_last());
            }
            // What is left of a sprint that was closed early is in its result already.
            if plan.has_result(place, clock.span(1)) {
                factors.first_mut().into_iter().for_each(|factor| *factor = 0.0);
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

    /// The days of the bins that `percentile` gives.
    fn lands(&self, percentile: impl Fn(f64) -> Option<u32>) -> Lands {
        let day = |p| percentile(p).map(|bin| self.day(bin));
        Lands { p15: day(0.15), p50: day(0.5), p70: day(0.7), p85: day(SURE), p95: day(0.95) }
    }
}
