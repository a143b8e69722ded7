//! Why a date moved: between two forecasts, each cause with its share. The shares add up.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::effects::say_shift;
use super::outlook::{Outlook, SURE, Settings, Target};
use super::planner::Planner;
use super::promises::target_of;
use super::records::no_such;
use super::say;
use super::view::Lands;
use crate::error::{Code, Error, Result};
use crate::plan::{Calendar, CivilDate, Item, KeptForecast, Occasion, Plan, Status, Team, counts};

/// Between which forecasts, and of what, the shift is wanted.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct WhyQuery {
    /// The earlier forecast, by the id it is kept by; that of the promise when absent, else the newest that is kept.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub from: Option<String>,
    /// The later one; the plan as it is when absent.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub to: Option<String>,
    /// Of what a promise is about, by its id; of everything when absent.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub promise: Option<String>,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub trials: Option<u32>,
}

/// Why a date moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct WhyMoved {
    /// The day of the earlier forecast.
    pub from: CivilDate,
    /// The day of the later one.
    pub to: CivilDate,
    /// The day by which it was 85 % sure then; null where there was none within the horizon.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub before: Option<CivilDate>,
    /// That day in the later forecast; where all of it is done, the day on which it was.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub after: Option<CivilDate>,
    /// How many days later; negative when earlier; null where either has no such day. The sum of the causes' shares.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub days: Option<i64>,
    /// What has changed, in the order in which it was applied; nothing that is the same in both.
    pub causes: Vec<CauseShare>,
    /// "85 % sure by 12 May as seen on 3 Nov, by 24 May now: 12 days later. Scope added +9 days, velocity +3 days".
    pub sentence: String,
}

/// The share of one cause.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct CauseShare {
    /// Which.
    pub cause: Cause,
    /// How many days later at 85 % because of it, once what comes before it has been applied; null where there is no
    /// such day before it or after it.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub days: Option<i64>,
    /// "+9 days".
    pub text: String,
    /// What it consists of: "3 items added: LF-41 Gift cards, LF-42 Invoices and LF-43 Search".
    pub about: String,
}

/// Why a date may move, in the order in which it is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Items that came, came back, or were linked to what is looked at.
    ScopeAdded,
    /// Items that were taken out, declined, or linked to something else.
    ScopeRemoved,
    /// Items that were sized anew.
    Sizes,
    /// What was finished since, in the time that has passed, and what that says of the velocity.
    Velocity,
    /// The order, dependencies, and what waits for a day.
    Order,
    /// Sprints, days off and teams.
    Calendar,
    /// What the forecast assumes: new work, splits, risks, the model, the unit.
    Assumptions,
}

impl Cause {
    const fn name(self) -> &'static str {
        match self {
            Self::ScopeAdded => "scope added",
            Self::ScopeRemoved => "scope removed",
            Self::Sizes => "sizes",
            Self::Velocity => "what was finished",
            Self::Order => "order",
            Self::Calendar => "calendar",
            Self::Assumptions => "assumptions",
        }
    }
}

/// A forecast that is kept, as it stands in a list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct KeptView {
    /// Its id.
    pub id: String,
    /// The day that it was planned from.
    pub date: CivilDate,
    /// Why it was kept.
    pub occasion: Occasion,
    /// When that was, beside the day: "when a file was taken in".
    pub text: String,
}

/// When something lands, as one plan has it.
pub(super) struct Standing {
    outlook: Arc<Outlook>,
    target: Target,
    /// The day on which the last of it was done, where nothing of it is left.
    done: Option<CivilDate>,
}

impl Standing {
    pub(super) fn of(
        planner: &Planner,
        plan: Plan,
        today: Option<CivilDate>,
        trials: Option<u32>,
        target: Target,
    ) -> Result<Self> {
        let settings = Settings::new(&plan, today, trials)?;
        let done = done_on(&plan, &target);
        let outlook = planner.thin_outlook(plan, settings.only(target.clone()))?;
        Ok(Self { outlook, target, done })
    }

    pub(super) fn today(&self) -> CivilDate {
        self.outlook.settings.today
    }

    pub(super) fn trials(&self) -> u32 {
        self.outlook.settings.trials
    }

    pub(super) fn lands(&self) -> Lands {
        let finish = self.outlook.finish(&self.target).filter(|_| self.done.is_none());
        finish.map(|finish| self.outlook.days_of(&finish)).unwrap_or_default()
    }

    pub(super) fn chance_by(&self, by: CivilDate) -> Option<f64> {
        let finish = self.outlook.finish(&self.target).filter(|_| self.done.is_none())?;
        Some(self.outlook.chance_by(&finish, by))
    }

    /// The day by which it is 85 % sure; once it is done, the day on which it was.
    fn sure_by(&self) -> Option<CivilDate> {
        let finish = self.outlook.finish(&self.target);
        self.done.or_else(|| self.outlook.day_at(&finish?, SURE))
    }
}

/// The day on which the last of a target was done; none while some of it is open, or there is nothing.
fn done_on(plan: &Plan, target: &Target) -> Option<CivilDate> {
    let of = |item: &&Arc<Item>| match target {
        Target::Everything => true,
        Target::Objective(id) => item.objective.as_ref() == Some(id),
        Target::Item(id) => item.id == *id || item.parent.as_ref() == Some(id),
        Target::Tag(tag) => item.tags.contains(tag),
    };
    let of: Vec<&Arc<Item>> = plan.items.iter().filter(of).collect();
    if of.iter().any(|item| item.status.is_open()) {
        return None;
    }
    of.iter().filter(|item| item.status == Status::Done).filter_map(|item| item.finished).max()
}

impl Planner {
    /// The forecasts that are kept, the newest first.
    pub fn kept_forecasts(&self) -> Vec<KeptView> {
        let view = |kept: &Arc<KeptForecast>| KeptView {
            id: kept.id.clone(),
            date: kept.date,
            occasion: kept.occasion,
            text: match kept.occasion {
                Occasion::Import => "when a file was taken in".to_owned(),
                Occasion::Sprint => "when a sprint ended".to_owned(),
                Occasion::Promise => {
                    let made = self.plan().promises.iter().filter(|promise| promise.forecast == kept.id);
                    let to: Vec<&str> = made.map(|promise| promise.to.as_str()).collect();
                    if to.is_empty() {
                        "when something was promised".to_owned()
                    } else {
                        format!("when {} {} told", say::listed(&to), if to.len() == 1 { "was" } else { "were" })
                    }
                }
            },
        };
        self.plan().kept.iter().rev().map(view).collect()
    }

    /// Why the 85 % date moved between two forecasts: the shift, shared out among what has changed, each cause applied
    /// on top of those before it and forecast anew on the same draws, so that the shares add up to the day.
    ///
    /// # Errors
    /// [`Code::UnknownId`] for a forecast that is not kept, or a promise that there is not; else as [`Self::summary`].
    pub fn why(&self, query: &WhyQuery) -> Result<WhyMoved> {
        let plan = self.plan();
        let promise = match &query.promise {
            Some(id) => {
                let found = plan.promises.iter().find(|promise| promise.id == *id);
                Some(found.ok_or_else(|| no_such("promise", id).at("/promise"))?)
            }
            None => None,
        };
        let kept = |id: &str| plan.kept.iter().find(|kept| kept.id == id).ok_or_else(|| no_such("kept forecast", id));
        let from = match (&query.from, promise) {
            (Some(id), _) => kept(id).map_err(|e| e.at("/from"))?,
            (None, Some(promise)) => kept(&promise.forecast).map_err(|e| e.at("/promise"))?,
            (None, None) => plan.kept.last().ok_or_else(|| {
                let message = "no forecast is kept yet: one is at each import, each sprint's end and each promise";
                Error::new(Code::UnknownId, message).at("/from")
            })?,
        };
        let to = query.to.as_deref().map(|id| kept(id).map_err(|e| e.at("/to"))).transpose()?;
        let target = promise.map_or(Target::Everything, target_of);
        let (now, today) = match to {
            Some(kept) => (kept.plan()?, Some(kept.date)),
            None => (plan.clone(), query.today),
        };
        let standing = |plan: Plan, today| Standing::of(self, plan, today, query.trials, target.clone());
        let last = standing(now.clone(), today)?;
        let today = last.today();
        let then = from.plan()?;
        let first = standing(then.clone(), Some(from.date))?;
        let mut causes = Vec::new();
        let mut before = first.sure_by();
        for step in Steps::between(&then, &now, (from.date, today), &target).all() {
            let after = standing(step.plan, Some(step.today))?.sure_by();
            let (days, text) = say_shift(before, after);
            causes.push(CauseShare { cause: step.cause, days, text, about: step.about });
            before = after;
        }
        let (before, after) = (first.sure_by(), last.sure_by());
        let days = before.zip(after).map(|(before, after)| before.days_until(after));
        let sentence = sentence(&from.date, (before, after), to.map(|to| to.date), today, last.done.is_some(), &causes);
        Ok(WhyMoved { from: from.date, to: today, before, after, days, causes, sentence })
    }
}

fn sentence(
    from: &CivilDate,
    (before, after): (Option<CivilDate>, Option<CivilDate>),
    to: Option<CivilDate>,
    today: CivilDate,
    done: bool,
    causes: &[CauseShare],
) -> String {
    let day = |day: CivilDate| day.spoken(today);
    let seen = to.map_or_else(|| "now".to_owned(), |to| format!("on {}", day(to)));
    let first = match before {
        Some(before) => format!("85 % sure by {} as seen on {}", day(before), day(*from)),
        None => format!("no date at 85 % as seen on {}", day(*from)),
    };
    let days = before.zip(after).map(|(before, after)| before.days_until(after));
    let second = match (after, days) {
        (Some(after), Some(0)) if done => format!("and done on {}, that very day", day(after)),
        (Some(_), Some(0)) => format!("and {seen}: the date has not moved"),
        (Some(after), days) => {
            let how = if done { "done on" } else { "by" };
            let moved = match days {
                Some(days) if days > 0 => format!(", {} later", say::days(days)),
                Some(days) => format!(", {} earlier", say::days(-days)),
                None => String::new(),
            };
            if done { format!("{how} {}{moved}", day(after)) } else { format!("{how} {} {seen}{moved}", day(after)) }
        }
        (None, _) => format!("no date {seen}"),
    };
    let moving = causes.iter().filter(|cause| cause.days != Some(0));
    let shares: Vec<String> = moving.map(|cause| format!("{} {}", cause.cause.name(), cause.text)).collect();
    let shares = if shares.is_empty() { String::new() } else { format!(": {}", shares.join(", ")) };
    let comma = if second.starts_with("and ") { " " } else { ", " };
    format!("{first}{comma}{second}{shares}")
}

/// A plan on the way from one to another.
struct Step {
    cause: Cause,
    plan: Plan,
    today: CivilDate,
    about: String,
}

/// The way from one plan to another, cause by cause.
struct Steps<'a> {
    then: &'a Plan,
    now: &'a Plan,
    from: CivilDate,
    today: CivilDate,
    target: &'a Target,
    old: HashMap<&'a str, &'a Arc<Item>>,
    new: HashMap<&'a str, &'a Arc<Item>>,
}

/// Applies one cause to the plan on the way, and says what it consists of.
type Apply<'a> = fn(&Steps<'a>, &Plan) -> (Plan, String);

impl<'a> Steps<'a> {
    fn between(then: &'a Plan, now: &'a Plan, (from, today): (CivilDate, CivilDate), target: &'a Target) -> Self {
        let by_id = |plan: &'a Plan| plan.items.iter().map(|item| (item.id.as_str(), item)).collect();
        Self { then, now, from, today, target, old: by_id(then), new: by_id(now) }
    }

    /// Every step that changes something.
    fn all(&self) -> Vec<Step> {
        let mut plan = self.then.clone();
        let mut today = self.from;
        let mut steps = Vec::new();
        let causes: [(Cause, Apply<'a>); 7] = [
            (Cause::ScopeAdded, Self::added),
            (Cause::ScopeRemoved, Self::removed),
            (Cause::Sizes, Self::sized),
            (Cause::Velocity, Self::finished),
            (Cause::Order, Self::ordered),
            (Cause::Calendar, Self::calendar),
            (Cause::Assumptions, Self::assumptions),
        ];
        for (cause, apply) in causes {
            let (mut next, about) = apply(self, &plan);
            open_circles(&mut next);
            let moved = cause == Cause::Velocity && today != self.today;
            if moved {
                today = self.today;
            }
            if moved || !is_same_forecast(&plan, &next) {
                steps.push(Step { cause, plan: next.clone(), today, about });
            }
            plan = next;
        }
        steps
    }

    fn in_target(&self, item: &Item) -> bool {
        match self.target {
            Target::Objective(id) => item.objective.as_ref() == Some(id),
            Target::Tag(tag) => item.tags.contains(tag),
            Target::Everything | Target::Item(_) => true,
        }
    }

    fn added(&self, plan: &Plan) -> (Plan, String) {
        let mut items: Vec<Arc<Item>> = plan.items.to_vec();
        let mut names = Vec::new();
        let mut after: Option<&str> = None;
        for item in self.now.items.iter() {
            match self.old.get(item.id.as_str()) {
                Some(old) => {
                    let back = !old.status.is_open() && item.status.is_open();
                    let linked = !self.in_target(old) && self.in_target(item);
                    if (back || linked)
                        && let Some(slot) = items.iter_mut().find(|other| other.id == item.id)
                    {
                        let own = Arc::make_mut(slot);
                        own.objective.clone_from(&item.objective);
                        own.tags.extend(item.tags.iter().filter(|tag| !old.tags.contains(tag)).cloned());
                        if back {
                            (own.status, own.finished) = (item.status, item.finished);
                        }
                        names.push(item);
                    }
                }
                None if item.status.is_open() => {
                    let place = after.and_then(|id| items.iter().position(|other| other.id == id));
                    items.insert(place.map_or(0, |place| place + 1), Arc::clone(item));
                    names.push(item);
                }
                None => continue,
            }
            after = Some(&item.id);
        }
        let next = Plan { items: Arc::new(items), ..plan.clone() };
        (next, said(&names, "added"))
    }

    fn removed(&self, plan: &Plan) -> (Plan, String) {
        let mut names = Vec::new();
        let items = plan.items.iter().filter_map(|item| match self.new.get(item.id.as_str()) {
            None if item.status.is_open() => {
                names.push(item);
                None
            }
            None => Some(Arc::clone(item)),
            Some(new) => {
                let declined = item.status.is_open() && new.status == Status::Declined;
                if declined || (self.in_target(item) && !self.in_target(new)) {
                    names.push(item);
                }
                if !declined && item.objective == new.objective && item.tags == new.tags {
                    return Some(Arc::clone(item));
                }
                let mut own = (**item).clone();
                own.objective.clone_from(&new.objective);
                own.tags.clone_from(&new.tags);
                if declined {
                    (own.status, own.finished) = (new.status, new.finished);
                }
                Some(Arc::new(own))
            }
        });
        let items = Arc::new(items.collect());
        (Plan { items, ..plan.clone() }, said(&names, "taken out"))
    }

    fn sized(&self, plan: &Plan) -> (Plan, String) {
        let mut names = Vec::new();
        let next = self.each(plan, |item, new| {
            if item.size != new.size && item.status.is_open() {
                names.push(Arc::new(item.clone()));
            }
            item.size = new.size;
            item.kind = new.kind;
            item.parent.clone_from(&new.parent);
        });
        (next, said(&names.iter().collect::<Vec<_>>(), "sized anew"))
    }

    fn finished(&self, plan: &Plan) -> (Plan, String) {
        let mut names = Vec::new();
        let mut next = self.each(plan, |item, new| {
            if item.status.is_open() && new.status == Status::Done {
                names.push(Arc::new(item.clone()));
            }
            item.status = new.status;
            item.remaining = new.remaining;
            (item.created, item.started, item.finished) = (new.created, new.started, new.finished);
        });
        let items = Arc::make_mut(&mut next.items);
        items.retain(|item| self.new.contains_key(item.id.as_str()));
        let here: HashSet<String> = items.iter().map(|item| item.id.clone()).collect();
        for item in self.now.items.iter().filter(|item| !here.contains(&item.id)) {
            items.push(Arc::clone(item));
            if item.status == Status::Done {
                names.push(Arc::clone(item));
            }
        }
        next.history = Arc::clone(&self.now.history);
        let teams = plan.teams.iter().map(|team| {
            let new = self.now.teams.iter().find(|other| other.name == team.name);
            new.map_or_else(
                || team.clone(),
                |new| Team { sprints: new.sprints.clone(), guess: new.guess, ..team.clone() },
            )
        });
        next.teams = Arc::new(teams.collect());
        // Sprints of a file begin where its history ends.
        let calendar = Calendar { sprint_start: self.now.calendar.sprint_start, ..(*plan.calendar).clone() };
        next.calendar = Arc::new(calendar);
        let passed = self.from.days_until(self.today);
        let in_days = match passed {
            0 => String::new(),
            days => format!(" in {}", say::days(days.abs())),
        };
        // Epics are finished through their children.
        let containers = self.now.containers();
        let count = names.iter().filter(|item| counts(item) && !containers.contains(item.id.as_str())).count();
        let about = if count == 0 {
            format!("nothing was finished{in_days}")
        } else {
            format!("{} finished{in_days}", say::items(count))
        };
        (next, about)
    }

    fn ordered(&self, plan: &Plan) -> (Plan, String) {
        let next =
            Plan { items: Arc::clone(&self.now.items), objectives: Arc::clone(&self.now.objectives), ..plan.clone() };
        (next, "the order, dependencies, or days before which work may not begin".to_owned())
    }

    fn calendar(&self, plan: &Plan) -> (Plan, String) {
        let (calendar, teams) = (Arc::clone(&self.now.calendar), Arc::clone(&self.now.teams));
        (Plan { calendar, teams, ..plan.clone() }, "sprints, days off or teams".to_owned())
    }

    fn assumptions(&self, _: &Plan) -> (Plan, String) {
        (self.now.clone(), "new work, splits, risks, the model or the unit".to_owned())
    }

    fn each(&self, plan: &Plan, mut change: impl FnMut(&mut Item, &Item)) -> Plan {
        let items = plan.items.iter().map(|item| {
            let Some(new) = self.new.get(item.id.as_str()) else { return Arc::clone(item) };
            let mut own = (**item).clone();
            change(&mut own, new);
            if own == **item { Arc::clone(item) } else { Arc::new(own) }
        });
        Plan { items: Arc::new(items.collect()), ..plan.clone() }
    }
}

/// Half-way between two plans things may need each other that in neither do: the circle is opened there, which is the
/// share of the order.
fn open_circles(plan: &mut Plan) {
    while let Some(circle) = plan.circle() {
        let items = Arc::make_mut(&mut plan.items);
        for place in circle {
            items.get_mut(place).into_iter().for_each(|item| Arc::make_mut(item).needs.clear());
        }
    }
}

/// "3 items added: LF-41 Gift cards, LF-42 Invoices and LF-43 Search".
fn said(items: &[&Arc<Item>], how: &str) -> String {
    const MOST: usize = 3;
    let names: Vec<String> = items.iter().take(MOST).map(|item| say::named(&item.id, &item.title)).collect();
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    let more = format!("{} more", items.len().saturating_sub(MOST));
    if items.len() > MOST {
        names.push(&more);
    }
    let count = say::items(items.len());
    if names.is_empty() { format!("nothing {how}") } else { format!("{count} {how}: {}", say::listed(&names)) }
}

/// Whether two plans lead to the same dates because nothing that dates depend on differs.
fn is_same_forecast(one: &Plan, other: &Plan) -> bool {
    let same = |one: &Item, other: &Item| {
        one.id == other.id
            && one.kind == other.kind
            && one.status == other.status
            && one.size == other.size
            && one.remaining == other.remaining
            && one.objective == other.objective
            && one.parent == other.parent
            && one.needs == other.needs
            && one.tags == other.tags
            && one.team == other.team
            && one.not_before == other.not_before
            && one.finished == other.finished
            && one.blocked.as_ref().map(|blocked| blocked.until) == other.blocked.as_ref().map(|blocked| blocked.until)
    };
    one.unit == other.unit
        && one.calendar == other.calendar
        && one.history == other.history
        && one.teams == other.teams
        && one.assumptions == other.assumptions
        && one.items.len() == other.items.len()
        && one.items.iter().zip(other.items.iter()).all(|(one, other)| Arc::ptr_eq(one, other) || same(one, other))
}
