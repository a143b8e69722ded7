//! The scores of a plan: each item's, where it stands and why, and what the order costs against the best one found.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::command::Command;
use super::outlook::Prepared;
use super::planner::Planner;
use super::query::{input_of, score_of, scorer};
use super::say;
use crate::choice::Method;
use crate::error::{Code, Error, Result};
use crate::forecast::key;
use crate::plan::{CivilDate, Item, Moscow, Scoring, Status, Step};
use crate::range::Uncertain;
use crate::score::{self, Arranged, DelayCost, ScoreRange, Scored, Scorer, Unscored};
use crate::sort;

/// What is asked of the scores.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RankingQuery {
    /// For how many of the best to give each item's chance to be among them; 10 when absent.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub top: Option<usize>,
    /// How many items to give, in the order of the plan; all when absent.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub count: Option<usize>,
    /// Only these items, by id.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub ids: Option<Vec<String>>,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub assume: Vec<Command>,
}

/// The scores of a plan's work.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PlanRanking {
    /// The items, in the order of the plan.
    pub items: Vec<RankedItem>,
    /// How many of the best the chances are about.
    pub top: usize,
    /// How many items have a score.
    pub scored: usize,
    /// What today's order costs, and the best one found: Σ worth × finish time; absent when no item has a score.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "{ given: number; best: number }"))]
    pub cost: Option<DelayCost>,
    /// The same as a sentence: "today's order costs 12 % more delay than the best one found".
    pub sentence: String,
    /// The input that moves an item's worth when it is dragged; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub value_input: Option<String>,
    /// The input that says how long it takes; `size` where the method has none.
    pub effort_input: String,
}

/// The score of one item, and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct RankedItem {
    /// The key.
    pub id: String,
    /// What it is.
    pub title: String,
    /// How far it has come.
    pub status: Status,
    /// Its MoSCoW class.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub moscow: Option<Moscow>,
    /// The objective it serves, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub objective: Option<String>,
    /// Its size, as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub size: Option<Uncertain>,
    /// Its scoring inputs, as given.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, Uncertain>"))]
    pub inputs: std::collections::BTreeMap<String, Uncertain>,
    /// Its place in the remaining work, from 1.
    pub place: usize,
    /// Its place among all items with a score, the highest first; absent without a score.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub by_score: Option<usize>,
    /// Its place in the best order found.
    pub best: usize,
    /// Its score; absent when inputs are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub score: Option<f64>,
    /// Where the score lies in four cases of five, when an input is a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "{ p10: number; p90: number }"))]
    pub range: Option<ScoreRange>,
    /// The inputs that are missing for a score.
    pub missing: Vec<String>,
    /// Its score by the method shown beside.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub beside: Option<f64>,
    /// The chance that it belongs to the best, 0..1; absent where no score is a range, or it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub chance: Option<f64>,
    /// The chance as it is shown: "78 %", "> 99 %".
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub chance_text: Option<String>,
    /// What it is worth per unit of time: the numerator of the score; absent without a score.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub worth: Option<f64>,
    /// How long it takes: the denominator of the score, or its size where the method has none; absent when not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub takes: Option<f64>,
    /// Why it stands where it does: "4th by RICE; LF-3 is first because LF-7 waits for it".
    pub because: String,
}

/// An input of a scoring method, and what is offered for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct InputView {
    /// Its name.
    pub name: String,
    /// Its weight, where the method adds up weighted criteria.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub weight: Option<f64>,
    /// The values that are offered, the team's own or the published ones; none where any number goes.
    pub scale: Vec<Step>,
    /// Whether the scale is the team's own.
    pub own_scale: bool,
    /// Whether the item's size stands in for it.
    pub or_size: bool,
}

/// The inputs of a plan's method, in the order in which people give them.
pub(super) fn inputs_of(scoring: &Scoring) -> Vec<InputView> {
    let method = scoring.method;
    let view = |name: &str| {
        let own = scoring.scales.get(name);
        let published = || {
            let step = |&(value, label): &(f64, &str)| Step { value, label: label.to_owned() };
            score::scale_of(method, name).iter().map(step).collect()
        };
        InputView {
            name: name.to_owned(),
            weight: scoring.weights.get(name).copied().filter(|_| method == Method::Weighted),
            scale: own.cloned().unwrap_or_else(published),
            own_scale: own.is_some(),
            or_size: matches!(name, "effort" | "jobSize"),
        }
    };
    Scorer::new(method, &scoring.weights, 1).inputs().map(view).collect()
}

/// The items of a plan's work that can be put in order, with their scores: what is in progress stands before them.
pub(super) struct Field<'a> {
    pub(super) scores: Vec<Scored<'a>>,
    pub(super) durations: Vec<Option<f64>>,
    pub(super) needs: Vec<Vec<u32>>,
    /// How many items are in progress.
    pub(super) begun: usize,
}

impl<'a> Field<'a> {
    pub(super) fn of(plan: &'a Prepared, scorer: &Scorer<'a>) -> Self {
        let begun = plan.work_items().take_while(|item| item.status == Status::InProgress).count();
        let items: Vec<&Item> = plan.work_items().skip(begun).collect();
        let within = |need: &u32| need.checked_sub(begun as u32);
        let tasks = plan.tasks().iter().skip(begun);
        let needs = tasks.map(|task| task.needs.iter().filter_map(within).collect()).collect();
        let duration = |item: &&Item| scorer.duration(input_of(item)).map(|value| value.quantile(0.5));
        Self {
            scores: items.iter().map(|item| score_of(scorer, item)).collect(),
            durations: items.iter().map(duration).collect(),
            needs,
            begun,
        }
    }

    pub(super) fn arrange(&self) -> Arranged {
        score::arrange(&self.scores, &self.durations, &self.needs, Unscored::Stay)
    }

    /// Positions by score, the highest first; those without one keep their places.
    pub(super) fn by_score(&self, class: impl Fn(u32) -> u32) -> Vec<u32> {
        let score = |place: &u32| self.scores.get(*place as usize).and_then(|score| score.as_ref().ok());
        let all = 0..self.scores.len() as u32;
        let mut scored: Vec<u32> = all.clone().filter(|place| score(place).is_some()).collect();
        let value = |place: &u32| score(place).map_or(f64::NEG_INFINITY, |score| score.value);
        sort::by(&mut scored, |a, b| class(*a).cmp(&class(*b)).then(value(b).total_cmp(&value(a))));
        let mut scored = scored.into_iter();
        all.filter_map(|place| if score(&place).is_some() { scored.next() } else { Some(place) }).collect()
    }
}

/// How many of the best a chance is about where nobody says.
const TOP: usize = 10;

impl Planner {
    /// The scores of the remaining work: each item's score with its range, its place by score and in the best order
    /// found, the chance that it belongs to the best few, and why it stands where it does. Nothing is simulated for it.
    ///
    /// # Errors
    /// When an assumed command does not apply; [`Code::UnknownId`] for an id that is no work of the plan.
    pub fn ranking(&self, query: &RankingQuery) -> Result<PlanRanking> {
        let plan = self.in_numbers(self.assuming(&query.assume)?, query.today)?;
        let scoring = &plan.plan.scoring;
        let scorer = scorer(&plan.plan);
        let field = Field::of(&plan, &scorer);
        let arranged = field.arrange();
        let items: Vec<&Item> = plan.work_items().collect();
        let ids: Vec<&str> = items.iter().skip(field.begun).map(|item| item.id.as_str()).collect();
        let values: Vec<Option<f64>> =
            field.scores.iter().map(|score| score.as_ref().ok().map(|score| score.value)).collect();
        let mut owed = score::because(&ids, &values, &field.needs, &arranged.passes, &arranged.order, field.begun);
        let mut best = vec![0; items.len()];
        for (at, &place) in arranged.order.iter().enumerate() {
            best.get_mut(field.begun + place as usize).into_iter().for_each(|best| *best = field.begun + at + 1);
        }
        let of_all: Vec<Scored> = items.iter().map(|item| score_of(&scorer, item)).collect();
        let by_score = places_by_score(&of_all);
        let top = query.top.unwrap_or(TOP);
        let parts = items.iter().map(|item| Some((key(&item.id), scorer.parts(input_of(item)).ok()?)));
        let chances = score::chances(&parts.collect::<Vec<_>>(), top, None, 1);
        let beside = scoring.beside.map(|method| Scorer::new(method, &scoring.weights, 1));
        let mut view = |rank: usize| {
            let item = *items.get(rank)?;
            let scored = of_all.get(rank)?;
            let known = scored.as_ref().ok();
            let chance = chances.as_ref().and_then(|chances| chances.of.get(rank).copied()).filter(|_| known.is_some());
            let place = rank + 1;
            let best = if rank < field.begun { place } else { best.get(rank).copied().unwrap_or(place) };
            let owed = rank.checked_sub(field.begun).and_then(|at| owed.get_mut(at)?.take());
            Some(RankedItem {
                id: item.id.clone(),
                title: item.title.clone(),
                status: item.status,
                moscow: item.moscow,
                objective: item.objective.clone(),
                size: item.size,
                inputs: item.inputs.clone(),
                place,
                by_score: by_score.get(rank).copied().flatten(),
                best,
                score: known.map(|score| score.value),
                range: known.and_then(|score| score.range),
                missing: scored.as_ref().err().into_iter().flatten().map(|name| (*name).to_owned()).collect(),
                beside: beside.as_ref().and_then(|scorer| score_of(scorer, item).ok()).map(|score| score.value),
                chance,
                chance_text: chance.zip(chances.as_ref()).map(|(chance, all)| say::chance(chance, all.trials)),
                worth: known.map(|score| score.weight),
                takes: match scorer.divides() {
                    true => known.map(|score| score.duration),
                    false => item.size.map(|size| size.mean()),
                },
                because: say::standing(scoring.method, item, by_score.get(rank).copied().flatten(), owed),
            })
        };
        let scored = of_all.iter().filter(|score| score.is_ok()).count();
        let cost = (scored > 0).then_some(arranged.cost);
        let ranks: Vec<usize> = match &query.ids {
            None => (0..items.len().min(query.count.unwrap_or(usize::MAX))).collect(),
            Some(ids) => {
                let ranks: HashMap<&str, usize> =
                    items.iter().enumerate().map(|(k, item)| (item.id.as_str(), k)).collect();
                let rank = |(k, id): (usize, &String)| {
                    ranks.get(id.as_str()).copied().ok_or_else(|| {
                        let shown: String = id.chars().take(80).collect();
                        Error::new(Code::UnknownId, format!("{shown} is no remaining work")).at(format!("/ids/{k}"))
                    })
                };
                ids.iter().enumerate().map(rank).collect::<Result<_>>()?
            }
        };
        Ok(PlanRanking {
            items: ranks.into_iter().filter_map(&mut view).collect(),
            top,
            scored,
            cost,
            sentence: say::order_cost(cost, scored, items.len()),
            value_input: scorer.value_input().map(str::to_owned),
            effort_input: scorer.effort_input().to_owned(),
        })
    }
}

/// By item, its place among those with a score.
fn places_by_score(scores: &[Scored]) -> Vec<Option<usize>> {
    let mut order: Vec<(usize, f64)> =
        scores.iter().enumerate().filter_map(|(k, score)| Some((k, score.as_ref().ok()?.value))).collect();
    sort::by(&mut order, |a, b| b.1.total_cmp(&a.1));
    let mut places = vec![None; scores.len()];
    for (place, (k, _)) in order.into_iter().enumerate() {
        places.get_mut(k).into_iter().for_each(|slot| *slot = Some(place + 1));
    }
    places
}
