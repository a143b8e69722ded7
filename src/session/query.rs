//! The answers of a planner: rows for the screen, an item, the summary, the forecast.

use std::collections::{HashMap, HashSet};

use super::outlook::{GroupKey, Outlook, Prepared, SURE};
use super::planner::Planner;
use super::ranking::inputs_of;
use super::view::*;
use super::{quality, readiness, say, voices};
use crate::error::{Code, Error, Result};
use crate::forecast::engine::{AmountPercentiles, DEFAULT_HORIZON};
use crate::plan::{Filter, Item, Kind, Objective, Plan, RequestState, Show, Status, Unit, WorkSize};
use crate::range::Uncertain;
use crate::score::{Score, Scorer};
use crate::sort::tally;

impl Planner {
    /// What stands above the list.
    ///
    /// # Errors
    /// When an assumed command does not apply, or the plan is too large to simulate.
    pub fn summary(&self, options: &Options) -> Result<Summary> {
        let outlook = self.outlook(
            self.assuming_in(options.scenario.as_deref(), &options.assume)?,
            options.today,
            options.trials,
        )?;
        let plan = &outlook.plan;
        let total = outlook.total();
        Ok(Summary {
            name: plan.name.clone(),
            sample: plan.sample,
            unit: plan.unit,
            today: outlook.settings.today,
            stale: outlook.stale(),
            headline: say::headline(outlook.source()),
            guess: outlook.guess(),
            needs_history: outlook.needs_history(),
            lands: total.map(|total| outlook.days_of(&total)).unwrap_or_default(),
            counts: *counts(&outlook),
            objectives: plan.objectives.iter().map(|objective| objective_view(&outlook, objective)).collect(),
            tags: tags(&outlook).to_vec(),
            scoring: (*plan.scoring).clone(),
            inputs: inputs_of(&plan.scoring),
            requesters: requesters(plan),
            views: (*plan.views).clone(),
            scenarios: self.scenarios(),
            scenario: self.entered().map(str::to_owned),
            promises: plan.promises.len(),
            kept: plan.kept.len(),
            agreement: (*plan.agreement).clone(),
            calendar: (*plan.calendar).clone(),
            teams: team_views(&outlook),
            team_names: plan
                .team_names()
                .into_iter()
                .map(|(name, items)| TeamName { name: name.to_owned(), items })
                .collect(),
            assumptions: (*plan.assumptions).clone(),
            team_guess: plan.history.guess,
            velocity: say::velocity(&outlook),
            undo: self.undo_label().map(str::to_owned),
            redo: self.redo_label().map(str::to_owned),
            notes: say::notes(&outlook),
            weakest: say::weakest(&outlook),
        })
    }

    /// Rows for the screen.
    ///
    /// # Errors
    /// When an assumed command does not apply, or the plan is too large to simulate.
    pub fn rows(&self, query: &RowQuery) -> Result<Rows> {
        let outlook =
            self.outlook(self.assuming_in(query.scenario.as_deref(), &query.assume)?, query.today, query.trials)?;
        let plan = &outlook.plan;
        let words: Vec<String> = query.search.split_whitespace().map(str::to_lowercase).collect();
        let scorer = scorer(plan);
        let filter = &query.filter;
        let asked: Option<HashSet<&str>> = filter.requester.as_ref().map(|from| {
            let theirs = plan.requests.iter().filter(|request| request.from == *from);
            theirs.filter_map(|request| request.item.as_deref()).collect()
        });
        let ids: HashSet<&str> = filter.ids.iter().map(String::as_str).collect();
        let matches = |item: &Item| {
            let text = || format!("{} {} {}", item.id, item.title, item.tags.join(" ")).to_lowercase();
            filter.status.is_none_or(|status| item.status == status)
                && filter.moscow.is_none_or(|moscow| item.moscow == Some(moscow))
                && asked.as_ref().is_none_or(|asked| asked.contains(item.id.as_str()))
                && (ids.is_empty() || ids.contains(item.id.as_str()))
                && filter.objective.as_ref().is_none_or(|id| item.objective.as_ref() == Some(id))
                && filter.tag.as_ref().is_none_or(|tag| item.tags.contains(tag))
                && filter.parent.as_ref().is_none_or(|id| item.parent.as_ref() == Some(id))
                && (words.is_empty() || words.iter().all(|word| text().contains(word.as_str())))
        };
        let shown: Vec<usize> = match filter.show {
            Show::Work | Show::Ready | Show::Unsized | Show::Unscored | Show::Blocked | Show::Unserving => outlook
                .work
                .iter()
                .filter(|work| match (filter.show, plan.items.get(work.index)) {
                    (_, None) => false,
                    (Show::Unsized, Some(_)) => matches!(work.size, WorkSize::Like(..)),
                    (Show::Unscored, Some(item)) => score_of(&scorer, item).is_err(),
                    (Show::Blocked, Some(item)) => item.blocked.is_some(),
                    (Show::Unserving, Some(item)) => item.objective.is_none(),
                    (Show::Ready, Some(item)) => readiness::is_ready(&outlook, &scorer, item),
                    (_, Some(_)) => true,
                })
                .map(|work| work.index)
                .collect(),
            Show::Epics => select(&outlook, |item, whole| item.status.is_open() && (item.kind == Kind::Epic || whole)),
            Show::Done => select(&outlook, |item, whole| item.status == Status::Done && !whole),
            Show::Declined => select(&outlook, |item, _| item.status == Status::Declined),
            Show::All => select(&outlook, |_, _| true),
        };
        let shown: Vec<usize> =
            shown.into_iter().filter(|place| plan.items.get(*place).is_some_and(|item| matches(item))).collect();
        let whole = *filter == Filter::default() && words.is_empty();
        let rower = Rower::new(&outlook);
        let rows = shown.iter().skip(query.from).take(query.count.unwrap_or(usize::MAX));
        Ok(Rows {
            total: shown.len(),
            rows: rows.filter_map(|place| plan.items.get(*place)).map(|item| rower.row(item)).collect(),
            stale: outlook.stale(),
            bands: if whole { outlook.bands() } else { Vec::new() },
            tagged: filter.tag.as_deref().and_then(|tag| tag_view(&outlook, tag)),
            axis: outlook.axis(),
        })
    }

    /// Everything about one item.
    ///
    /// # Errors
    /// [`Code::UnknownId`]; else as [`Self::summary`].
    pub fn item(&self, id: &str, options: &Options) -> Result<ItemDetail> {
        let outlook = self.outlook(
            self.assuming_in(options.scenario.as_deref(), &options.assume)?,
            options.today,
            options.trials,
        )?;
        let plan = &outlook.plan;
        let Some((_, item)) = plan.find(id) else {
            let shown: String = id.chars().take(80).collect();
            return Err(Error::new(Code::UnknownId, format!("there is no item {shown}: name one of the plan's")));
        };
        let link = |id: &str| {
            let known = plan.find(id).map(|(_, item)| item);
            Link {
                id: id.to_owned(),
                title: known.map(|item| item.title.clone()).unwrap_or_default(),
                status: known.map(|item| item.status),
            }
        };
        let links = |wanted: &dyn Fn(&Item) -> bool| -> Vec<Link> {
            let wanted = plan.items.iter().filter(|other| wanted(other));
            wanted
                .map(|other| Link { id: other.id.clone(), title: other.title.clone(), status: Some(other.status) })
                .collect()
        };
        let objective = item.objective.as_deref().and_then(|id| plan.objective(id));
        let scorer = scorer(plan);
        let known = voices::links(plan);
        let requests = plan.requests.iter().filter(|request| request.item.as_deref() == Some(id));
        let decisions = plan.decisions.iter().rev().filter(|decision| decision.items.iter().any(|item| item == id));
        let range = score_of(&scorer, item).ok().and_then(|score| score.range);
        Ok(ItemDetail {
            item: (**item).clone(),
            row: Rower::new(&outlook).row(item),
            stale: outlook.stale(),
            score_range: range,
            inputs: scorer.inputs().map(str::to_owned).collect(),
            sentence: say::lands(&outlook, item),
            size_note: say::size_note(&outlook, item),
            objective: objective.map(|objective| objective_view(&outlook, objective)),
            children: links(&|other| other.parent.as_deref() == Some(id)),
            needs: item.needs.iter().map(|need| link(need)).collect(),
            needed_by: links(&|other| other.needs.iter().any(|need| need == id)),
            ready: readiness::points(&outlook, &scorer, item),
            findings: quality::findings(&outlook, item),
            requests: requests.map(|request| voices::request_view(plan, &known, request)).collect(),
            decisions: decisions.map(|decision| voices::decision_view(plan, &known, decision)).collect(),
            usage: super::usage::sentence(item),
            effect: say::effect(&outlook, item),
        })
    }

    /// The forecast of the plan.
    ///
    /// # Errors
    /// As [`Self::summary`].
    pub fn forecast(&self, options: &Options) -> Result<PlanForecast> {
        let outlook = self.outlook(
            self.assuming_in(options.scenario.as_deref(), &options.assume)?,
            options.today,
            options.trials,
        )?;
        let plan = &outlook.plan;
        // What is told of the time to come is of one plan: this one, or the one before the last changes.
        let source = outlook.source();
        let total = source.total();
        let sprints = source.sprints_until(0.99).unwrap_or(60).clamp(6, 60);
        let future = |k: u32| {
            let span = outlook.sprint(k);
            FutureSprint {
                start: span.start.max(outlook.settings.today),
                end: span.end,
                capacity: outlook.capacity(k),
                sentence: say::capacity(&outlook, None, k),
                factor: plan.calendar.capacity.get(&span.start).copied(),
            }
        };
        let of_team = |team: usize, k: u32| FutureSprint {
            capacity: outlook.capacity_of(team, k).factor,
            sentence: say::capacity(&outlook, Some(team), k),
            factor: match plan.teams.get(team).filter(|_| plan.has_teams()) {
                Some(team) => team.capacity.get(&outlook.sprint(k).start).copied(),
                None => plan.calendar.capacity.get(&outlook.sprint(k).start).copied(),
            },
            ..future(k)
        };
        let teams = outlook.teams.iter().enumerate().map(|(place, team)| {
            let key = GroupKey::Team(place);
            let finish = if plan.has_teams() { outlook.group(&key) } else { total.clone() };
            TeamForecast {
                name: team.name.clone(),
                items: if plan.has_teams() { outlook.work_in(&key) } else { outlook.work.len() },
                amount: rounded(outlook.amount_of(place)),
                lands: finish.map(|finish| outlook.days_of(&finish)).unwrap_or_default(),
                velocity: say::velocity_of(&outlook, place),
                history: team.past.periods.clone(),
                sprints: (1..=sprints).map(|k| of_team(place, k)).collect(),
            }
        });
        let finish = total.as_ref().map_or_else(Vec::new, |total| finish_shares(source, total));
        let amounts = self.burn_up(source)?;
        Ok(PlanForecast {
            stale: outlook.stale() || amounts.is_none(),
            headline: say::headline(source),
            basis: say::basis(source),
            guess: outlook.guess(),
            unit: plan.unit,
            lands: total.as_ref().map(|total| source.days_of(total)).unwrap_or_default(),
            within_horizon: total.as_ref().map_or(0.0, |total| total.within(u32::MAX)),
            items: outlook.work.len(),
            amount: rounded(outlook.amount()),
            history: outlook.past.periods.clone(),
            burn_up: burn_up(source, &amounts.unwrap_or_default()),
            finish_sentence: say::finish(source, &finish),
            finish,
            objectives: plan.objectives.iter().map(|objective| objective_view(&outlook, objective)).collect(),
            tags: tags(&outlook).iter().filter_map(|tag| tag_view(&outlook, tag)).collect(),
            sprints: (1..=sprints).map(future).collect(),
            teams: teams.collect(),
            notes: say::notes(&outlook),
        })
    }
}

/// The places of the items that are wanted, which is decided by the item and whether it has children that count.
fn select(outlook: &Prepared, wanted: impl Fn(&Item, bool) -> bool) -> Vec<usize> {
    let items = outlook.plan.items.iter().enumerate();
    items.filter(|(place, item)| wanted(item, outlook.tree.is_container(*place))).map(|(place, _)| place).collect()
}

/// Scores by the plan's method.
pub(super) fn scorer(plan: &Plan) -> Scorer<'_> {
    Scorer::new(plan.scoring.method, &plan.scoring.weights, 1)
}

/// An item's score, or the names of the inputs that are missing for it. Effort and job size default to its size.
pub(super) fn score_of<'a>(scorer: &Scorer<'a>, item: &Item) -> std::result::Result<Score, Vec<&'a str>> {
    scorer.score(input_of(item))
}

/// An item's inputs, by name; its size among them.
pub(super) fn input_of(item: &Item) -> impl Fn(&str) -> Option<Uncertain> {
    |name| if name == "size" { item.size } else { item.inputs.get(name).copied() }
}

/// Makes rows: what all of them need is looked up once.
struct Rower<'a> {
    outlook: &'a Outlook,
    scorer: Scorer<'a>,
    beside: Option<Scorer<'a>>,
    /// How many requests point to each item.
    requests: HashMap<&'a str, usize>,
}

impl<'a> Rower<'a> {
    fn new(outlook: &'a Outlook) -> Self {
        let plan = &outlook.plan;
        let mut requests = HashMap::new();
        for item in plan.requests.iter().filter_map(|request| request.item.as_deref()) {
            *requests.entry(item).or_default() += 1;
        }
        let beside = plan.scoring.beside.map(|method| Scorer::new(method, &plan.scoring.weights, 1));
        Self { outlook, scorer: scorer(plan), beside, requests }
    }

    fn row(&self, item: &Item) -> Row {
        let outlook = self.outlook;
        let rank = outlook.ranks.get(&item.id).copied();
        let work = rank.and_then(|rank| outlook.work.get(rank));
        let (score, missing) = match score_of(&self.scorer, item) {
            Ok(score) => (Some(score.value), Vec::new()),
            Err(missing) => (None, missing.into_iter().map(str::to_owned).collect()),
        };
        let lands = match rank {
            Some(rank) => outlook.lands(rank),
            None if item.status.is_open() => {
                outlook.group(&GroupKey::Epic(item.id.clone())).map(|finish| outlook.days_of(&finish))
            }
            None => None,
        };
        let beside = self.beside.as_ref().and_then(|scorer| score_of(scorer, item).ok());
        Row {
            id: item.id.clone(),
            title: item.title.clone(),
            kind: item.kind,
            status: item.status,
            rank: rank.map(|rank| rank + 1),
            score,
            missing,
            beside: beside.map(|score| score.value),
            size: if outlook.plan.unit == Unit::Items { None } else { item.size },
            assumed_size: work.and_then(|work| match &work.size {
                WorkSize::Like(..) => Some(rounded(work.size.mean())),
                WorkSize::Given(_) => None,
            }),
            not_broken_down: work.is_some_and(|work| work.not_broken_down),
            lands,
            finished: item.finished,
            objective: item.objective.clone(),
            parent: item.parent.clone(),
            needs: item.needs.iter().filter(|need| outlook.is_open(need)).cloned().collect(),
            tags: item.tags.clone(),
            blocked: item.blocked.as_ref().map(|blocked| blocked.reason.clone()),
            moscow: item.moscow,
            requests: self.requests.get(item.id.as_str()).copied().unwrap_or_default(),
            ready: rank.is_some() && readiness::is_ready(outlook, &self.scorer, item),
        }
    }
}

/// To a tenth: means of draws are no more exact than that.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// How many items there are of each sort; looked through once.
pub(super) fn counts(outlook: &Prepared) -> &Counts {
    outlook.counts.get_or_init(|| count(outlook))
}

fn count(outlook: &Prepared) -> Counts {
    let plan = &outlook.plan;
    let scorer = scorer(plan);
    let of_work = |wanted: &dyn Fn(&Item) -> bool| {
        (0..outlook.work.len()).filter_map(|rank| outlook.item(rank)).filter(|item| wanted(item)).count()
    };
    Counts {
        work: outlook.work.len(),
        without_size: outlook.work.iter().filter(|work| matches!(work.size, WorkSize::Like(..))).count(),
        unscored: of_work(&|item| score_of(&scorer, item).is_err()),
        blocked: of_work(&|item| item.blocked.is_some()),
        ready: of_work(&|item| readiness::is_ready(outlook, &scorer, item)),
        unserving: of_work(&|item| item.objective.is_none()),
        not_broken_down: outlook.work.iter().filter(|work| work.not_broken_down).count(),
        epics: select(outlook, |item, whole| item.status.is_open() && (item.kind == Kind::Epic || whole)).len(),
        done: select(outlook, |item, whole| item.status == Status::Done && !whole).len(),
        declined: select(outlook, |item, _| item.status == Status::Declined).len(),
        all: plan.items.len(),
        requests: plan.requests.iter().filter(|request| plan.state_of(request).0 == RequestState::Open).count(),
        decisions: plan.decisions.len(),
    }
}

/// Who has asked for something, the most frequent first.
fn requesters(plan: &Plan) -> Vec<String> {
    let names = plan.requests.iter().map(|request| request.from.as_str()).filter(|from| !from.is_empty());
    named(tally(&mut { names }))
}

/// All tags, the most frequent first; looked through once.
pub(super) fn tags(outlook: &Prepared) -> &[String] {
    let tags = || outlook.plan.items.iter().flat_map(|item| &item.tags).map(String::as_str);
    outlook.tags.get_or_init(|| named(tally(&mut tags())))
}

fn named(tally: Vec<(&str, usize)>) -> Vec<String> {
    tally.into_iter().map(|(name, _)| name.to_owned()).collect()
}

fn tag_view(outlook: &Outlook, tag: &str) -> Option<TagView> {
    let key = GroupKey::Tag(tag.to_owned());
    let open = outlook.work_in(&key);
    if open == 0 {
        return None;
    }
    let lands = outlook.group(&key).map(|finish| outlook.days_of(&finish)).unwrap_or_default();
    Some(TagView { tag: tag.to_owned(), open, lands, sentence: say::tag(outlook, tag, open, lands) })
}

fn team_views(outlook: &Outlook) -> Vec<TeamView> {
    let plan = &outlook.plan;
    let views = outlook.teams.iter().enumerate().map(|(place, team)| TeamView {
        team: plan.teams.get(place).cloned().unwrap_or_default(),
        open: if plan.has_teams() { outlook.work_in(&GroupKey::Team(place)) } else { outlook.work.len() },
        velocity: say::velocity_of(outlook, place),
        needs_history: team.unknown(),
        guess: plan.guess_of(place),
    });
    views.collect()
}

pub(super) fn objective_view(outlook: &Outlook, objective: &Objective) -> ObjectiveView {
    let serves = |item: &&Item| item.objective.as_ref() == Some(&objective.id);
    let open = (0..outlook.work.len()).filter_map(|rank| outlook.item(rank)).filter(|item| serves(&&***item)).count();
    let done = outlook.plan.items.iter().filter(|item| serves(&&***item) && item.status == Status::Done).count();
    let finish = outlook.group(&GroupKey::Objective(objective.id.clone())).filter(|_| open > 0);
    let chance = objective.due.zip(finish.as_ref()).map(|(due, finish)| outlook.chance_by(finish, due));
    let chance_text = chance.map(|chance| say::chance(chance, outlook.settings.trials));
    let sentence = say::objective(outlook, objective, open, done, chance_text.as_deref());
    let lands = finish.map(|finish| outlook.days_of(&finish)).unwrap_or_default();
    let outcome = say::outcome(outlook, objective);
    ObjectiveView { objective: objective.clone(), open, done, lands, chance, chance_text, sentence, outcome }
}

fn finish_shares(outlook: &Outlook, total: &crate::forecast::Histogram) -> Vec<FinishShare> {
    let last = outlook.sprints_until(0.995).unwrap_or(DEFAULT_HORIZON);
    let mut before = 0.0;
    let mut shares = Vec::new();
    for k in 1..=last {
        let by_then = outlook.by_sprint(total, k);
        let span = outlook.sprint(k);
        let start = span.start.max(outlook.settings.today);
        shares.push(FinishShare { start, end: span.end, share: by_then - before, by_then });
        before = by_then;
    }
    shares
}

fn burn_up(outlook: &Outlook, amounts: &[AmountPercentiles]) -> BurnUp {
    let mut done = 0.0;
    let past: Vec<BurnPoint> = outlook
        .past
        .periods
        .iter()
        .map(|period| {
            done += period.finished;
            BurnPoint { end: period.end, amount: rounded(done) }
        })
        .collect();
    let cone = amounts.iter().zip(1..).map(|(amounts, k)| ConePoint {
        end: outlook.sprint(k).end,
        p95: rounded(done + amounts.percentile(0.95)),
        p85: rounded(done + amounts.percentile(SURE)),
        p50: rounded(done + amounts.percentile(0.5)),
        p15: rounded(done + amounts.percentile(0.15)),
    });
    let cone: Vec<ConePoint> = cone.collect();
    let scope = rounded(done + outlook.amount());
    let sentence = say::burn_up(outlook, done, scope, &cone);
    BurnUp { past, cone, scope, sentence }
}
