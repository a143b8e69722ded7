//! Ranking: scores, the best order, and what it saves.

use super::arrange::{Arranged, Scored, Unscored, arrange};
use super::because::because;
use super::formula::{Score, Scorer};
use super::request::{Candidate, Input, ItemScore, RankRequest, Ranking};
use super::top;
use crate::choice::Method;
use crate::error::{Code, Error, Result};
use crate::needs;
use crate::plan::pointer;
use crate::range::{MAX_NUMBER, Uncertain};

/// The most items of one ranking.
const MAX_ITEMS: usize = 100_000;
/// The most trials of the chance to belong to the best.
const MAX_TRIALS: u32 = 1_000_000;

/// Scores items and puts them in the order in which they are worth most: Σ weight × finish time is least, no item
/// stands before what it needs, and equals keep their places.
///
/// # Errors
/// The place is a JSON pointer into the request (`/items/3/effort`). [`Code::InvalidNumber`], [`Code::InvalidRange`],
/// [`Code::InvalidRequest`] for an input that is no number, [`Code::DuplicateId`], [`Code::UnknownId`],
/// [`Code::Cycle`] with the cycle spelt out, [`Code::TooLarge`].
///
/// ```
/// use landfall::Method;
/// use landfall::score::{Candidate, RankRequest, rank};
///
/// let item = |id: &str, value: f64, effort: f64| Candidate::new(id).with("value", value).with("effort", effort);
/// let items = vec![item("a", 5.0, 5.0), item("b", 6.0, 2.0).needing("c"), item("c", 1.0, 1.0), Candidate::new("d")];
/// let ranking = rank(&RankRequest::new(Method::ValueEffort, items))?;
/// assert_eq!(ranking.order, ["c", "b", "a", "d"]);
/// assert_eq!(ranking.scores[2].because.as_deref(), Some("c is first because b waits for it"));
/// assert_eq!(ranking.scores[3].missing, ["value", "effort"]);
/// # Ok::<(), landfall::Error>(())
/// ```
pub fn rank(request: &RankRequest) -> Result<Ranking> {
    let none = Default::default();
    let weights = request.weights.as_ref().unwrap_or(&none);
    for (name, &weight) in weights {
        crate::range::check_number(weight, -MAX_NUMBER).map_err(|e| e.at(format!("/weights/{}", pointer(name))))?;
    }
    if request.method == Method::Weighted && weights.is_empty() {
        let words = "the weighted method has no weights: give the weight of each criterion";
        return Err(Error::new(Code::InvalidRequest, words).at("/weights"));
    }
    if request.trials.is_some_and(|trials| trials == 0 || trials > MAX_TRIALS) {
        let words = format!("give 1 to {MAX_TRIALS} trials");
        return Err(Error::new(Code::TooLarge, words).at("/trials"));
    }
    if request.items.len() > MAX_ITEMS {
        let words = format!("{} items: give at most {MAX_ITEMS}", request.items.len());
        return Err(Error::new(Code::TooLarge, words).at("/items"));
    }
    let respected = request.respect_needs.unwrap_or(true);
    let needs = needs::resolve(
        "/items",
        request.items.iter().map(|item| (item.id.as_str(), if respected { item.needs.as_slice() } else { &[] })),
    )?;
    let seed = request.seed.unwrap_or(1);
    let scorer = Scorer::new(request.method, weights, seed);
    let mut scores: Vec<Scored<'_>> = Vec::with_capacity(request.items.len());
    for (place, item) in request.items.iter().enumerate() {
        check(item, &scorer, request.method).map_err(|e| e.within(&format!("/items/{place}")))?;
        scores.push(scorer.score(|name| given(item, name)));
    }
    let durations = request.items.iter().map(|item| scorer.duration(|name| given(item, name)));
    let durations: Vec<Option<f64>> = durations.map(|duration| duration.map(|value| value.quantile(0.5))).collect();
    let Arranged { order, passes, cost } = arrange(&scores, &durations, &needs, Unscored::Last);
    let ids: Vec<&str> = request.items.iter().map(|item| item.id.as_str()).collect();
    let values: Vec<Option<f64>> = scores.iter().map(|score| score.as_ref().ok().map(|score| score.value)).collect();
    let because = because(&ids, &values, &needs, &passes, &order, 0);
    let top = request.top.map(|top| {
        let parts = request.items.iter().map(|item| scorer.parts(|name| given(item, name)).ok());
        let items: Vec<_> = parts.zip(&ids).map(|(parts, id)| Some((crate::forecast::key(id), parts?))).collect();
        top::chances(&items, top, request.trials, seed)
    });
    let chance = |place: usize| top.as_ref()?.as_ref()?.of.get(place).copied();
    let item_score = |(place, ((id, score), because)): (usize, ((&&str, &Scored<'_>), _))| {
        let id = (*id).to_owned();
        match score {
            Ok(Score { value, range, .. }) => {
                let top = chance(place);
                ItemScore { id, score: Some(*value), missing: Vec::new(), range: *range, because, top }
            }
            Err(missing) => {
                let missing = missing.iter().map(|name| (*name).to_owned()).collect();
                ItemScore { id, score: None, missing, range: None, because, top: None }
            }
        }
    };
    Ok(Ranking {
        scores: ids.iter().zip(&scores).zip(because).enumerate().map(item_score).collect(),
        order: order.iter().filter_map(|&place| ids.get(place as usize)).map(|id| (*id).to_owned()).collect(),
        delay_cost: scores.iter().any(|score| score.is_ok()).then_some(cost),
    })
}

fn given(item: &Candidate, name: &str) -> Option<Uncertain> {
    match item.inputs.get(name) {
        Some(Input::Given(value)) => Some(*value),
        Some(Input::Other(_)) | None => None,
    }
}

/// Checks the inputs that the method looks at.
fn check(item: &Candidate, scorer: &Scorer<'_>, method: Method) -> Result<()> {
    for name in scorer.read() {
        let place = || format!("/{}", pointer(name));
        match item.inputs.get(name) {
            None => {}
            Some(Input::Other(_)) if name == "size" => {}
            Some(Input::Other(found)) => {
                let words = format!("found {found}: give a number or a range {{ low, likely, high }}");
                return Err(Error::new(Code::InvalidRequest, words).at(place()));
            }
            Some(Input::Given(value)) => {
                let least = if method == Method::Weighted { -MAX_NUMBER } else { 0.0 };
                value.check(least).map_err(|e| e.within(&place()))?;
                let most = value.quantile(1.0);
                if method == Method::Rice && name == "confidence" && most > 1.0 {
                    let words = format!("{most} is above 1: write a confidence of 80 % as 0.8");
                    return Err(Error::new(Code::InvalidNumber, words).at(place()));
                }
            }
        }
    }
    Ok(())
}
