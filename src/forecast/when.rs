//! When is it finished: from a request to a model, and from an outcome to an answer.

use std::collections::HashMap;

use time::{Date, Duration, Month};

use super::answer::{Completion, Forecast, ItemCompletion, When};
use super::engine::{self, DEFAULT_HORIZON, DEFAULT_TRIALS, Model, RiskOn, Size, Split, Task, key, simulate};
use super::histogram::Histogram;
use super::request::ForecastRequest;
use super::shape::{PerTeam, Work};
use super::teams::Teams;
use super::{check_percentiles, engine::check_count};
use crate::error::{Code, Error, Result};
use crate::needs;
use crate::range::{Range, Uncertain, check_number};

/// The most numbers that all `within` lists of one answer may hold.
const MAX_WITHIN: usize = 20_000_000;

/// Forecasts when work is finished: the distribution of the period in which each item is, and all of it.
///
/// Each trial draws a velocity for every future period, a size for every item that is not known exactly, what goes
/// wrong and what is added; capacity then goes to the items in their order. See [`engine`] for the parts.
///
/// # Errors
/// The place is a JSON pointer into the request (`/work/3/size`). [`Code::InvalidNumber`], [`Code::InvalidRange`],
/// [`Code::InvalidDate`], [`Code::EmptyHistory`], [`Code::DuplicateId`], [`Code::UnknownId`], [`Code::Cycle`] with
/// the cycle spelt out, [`Code::TooLarge`], [`Code::InvalidRequest`] where parts do not go together.
///
/// ```
/// use landfall::forecast::{ForecastRequest, VelocityModel, forecast};
///
/// let mut request = ForecastRequest::new(vec![18.0, 21.0, 16.0, 24.0], 100.0);
/// request.model = Some(VelocityModel::Bootstrap);
/// let answer = forecast(&request)?;
/// let chances: Vec<_> = answer.total.percentiles.iter().map(|at| (at.p, at.period)).collect();
/// assert_eq!(chances, [(0.5, Some(6)), (0.7, Some(6)), (0.85, Some(6)), (0.95, Some(6))]);
/// # Ok::<(), landfall::Error>(())
/// ```
pub fn forecast(request: &ForecastRequest) -> Result<Forecast> {
    let calendar = Calendar::of(request)?;
    let percentiles = check_percentiles(request.percentiles.as_deref())?;
    let model = model(request)?;
    let outcome = simulate(&model)?;
    let completion = |finished: &Histogram| -> Result<Completion> {
        let at = |&p: &f64| {
            let period = finished.percentile(p);
            let date = calendar.map(|calendar| period.map(|period| calendar.date(period)).transpose()).transpose()?;
            Ok(When { p, period, date })
        };
        let mut within: Vec<f64> = finished.cumulated().collect();
        if finished.never() > 0 {
            within.resize(model.horizon as usize, finished.within(model.horizon));
        }
        Ok(Completion { percentiles: percentiles.iter().map(at).collect::<Result<_>>()?, within })
    };
    let total = completion(&outcome.total)?;
    let Work::Items(items) = &request.work else { return Ok(Forecast { total, items: Vec::new() }) };
    let unfinished = outcome.items.iter().filter(|item| item.never() > 0).count();
    if unfinished.saturating_mul(model.horizon as usize) > MAX_WITHIN {
        return Err(Error::new(
            Code::TooLarge,
            format!("{unfinished} items are not finished within {} periods: ask for a shorter horizon", model.horizon),
        )
        .at("/horizon"));
    }
    let items = items
        .iter()
        .zip(&outcome.items)
        .map(|(item, finished)| Ok(ItemCompletion { id: item.id.clone(), completion: completion(finished)? }));
    Ok(Forecast { total, items: items.collect::<Result<_>>()? })
}

/// The model that a request describes, checked.
fn model(request: &ForecastRequest) -> Result<Model> {
    let horizon = request.horizon.unwrap_or(DEFAULT_HORIZON);
    check_count(horizon, 1, engine::MAX_HORIZON).map_err(|e| e.at("/horizon"))?;
    let teams = Teams::new(&request.history, request.capacity.as_ref(), request.model.unwrap_or_default())?;
    let (items, places) = items(request, &teams)?;
    let mut risks = Vec::new();
    for (nth, risk) in (0_u64..).zip(request.risks.iter().flatten()) {
        let place = |e: Error| e.within(&format!("/risks/{nth}"));
        engine::check_share(risk.probability).map_err(|e| place(e.at("/probability")))?;
        risk.impact.check(0.0).map_err(|e| place(e.within("/impact")))?;
        let on = match &risk.item {
            None => RiskOn::Anywhere,
            Some(id) => RiskOn::Item(*places.get(id.as_str()).ok_or_else(|| {
                place(Error::new(Code::UnknownId, format!("the risk names {id}, which is not in the work")).at("/item"))
            })?),
        };
        risks.push(engine::Risk { key: nth, probability: risk.probability, impact: risk.impact, on });
    }
    let growth = request.growth.map(|growth| engine::Growth {
        amount: Range { low: growth.low, likely: growth.likely, high: growth.high },
        urgent: growth.urgent.unwrap_or(0.0),
    });
    let model = Model {
        teams: teams.into_engine(),
        items,
        risks,
        growth,
        split: request.split.map_or(Split::None, Split::Shared),
        horizon,
        trials: request.trials.unwrap_or(DEFAULT_TRIALS),
        seed: request.seed.unwrap_or(1),
        ..Model::default()
    };
    model.check()?;
    Ok(model)
}

/// The items as tasks, and their positions by id.
fn items<'a>(request: &'a ForecastRequest, teams: &Teams) -> Result<(Vec<Task>, HashMap<&'a str, u32>)> {
    let items = match &request.work {
        Work::Items(items) => items,
        Work::Amount(_) if matches!(request.history, PerTeam::Each(_)) => {
            return Err(Error::new(
                Code::InvalidRequest,
                "the history is per team, so the work is a list whose items name their team",
            )
            .at("/work"));
        }
        Work::Amount(amount) => {
            check_number(*amount, 0.0).map_err(|e| e.at("/work"))?;
            let all = Task { key: key(""), size: Size::Exact(*amount), needs: Vec::new(), not_before: 1, team: 0 };
            return Ok((vec![all], HashMap::new()));
        }
    };
    let needs =
        needs::resolve("/work", items.iter().map(|item| (item.id.as_str(), item.needs.as_deref().unwrap_or(&[]))))?;
    let mut tasks = Vec::with_capacity(items.len());
    for (place, (item, needs)) in items.iter().zip(needs).enumerate() {
        item.size.check(0.0).map_err(|e| e.within(&format!("/work/{place}/size")))?;
        let team = teams.place(item).map_err(|e| e.at(format!("/work/{place}/team")))?;
        let not_before = item.not_before.unwrap_or(1);
        check_count(not_before, 1, u32::MAX).map_err(|e| e.at(format!("/work/{place}/notBefore")))?;
        let size = match item.size {
            Uncertain::Exact(size) => Size::Exact(size),
            Uncertain::Range(range) => Size::Range(range),
        };
        tasks.push(Task { key: key(&item.id), size, needs, not_before, team });
    }
    Ok((tasks, (0..).zip(items).map(|(place, item)| (item.id.as_str(), place)).collect()))
}

/// What turns periods into dates.
#[derive(Debug, Clone, Copy)]
struct Calendar {
    start: Date,
    days: u32,
}

impl Calendar {
    fn of(request: &ForecastRequest) -> Result<Option<Self>> {
        if let Some(days) = request.period_days {
            check_count(days, 1, 3660).map_err(|e| e.at("/periodDays"))?;
        }
        let start = request.start.as_deref().map(parse_date).transpose().map_err(|e| e.at("/start"))?;
        Ok(start.zip(request.period_days).map(|(start, days)| Self { start, days }))
    }

    /// The last day of a period.
    fn date(self, period: u32) -> Result<String> {
        let days = i64::from(period) * i64::from(self.days) - 1;
        let date = self.start.checked_add(Duration::days(days)).ok_or_else(|| {
            Error::new(Code::InvalidDate, format!("period {period} lies beyond the year 9999: start earlier"))
                .at("/start")
        })?;
        Ok(format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()))
    }
}

/// A civil date, exactly `2026-11-23`.
fn parse_date(text: &str) -> Result<Date> {
    let number = |part: &str, digits: usize| {
        (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<u16>().ok())?
    };
    let mut parts = text.split('-');
    let (year, month, day, end) = (parts.next(), parts.next(), parts.next(), parts.next());
    let date = || {
        let year = i32::from(number(year?, 4)?);
        let month = Month::try_from(u8::try_from(number(month?, 2)?).ok()?).ok()?;
        let day = u8::try_from(number(day?, 2)?).ok()?;
        Date::from_calendar_date(year, month, day).ok().filter(|_| end.is_none())
    };
    date().ok_or_else(|| Error::new(Code::InvalidDate, format!("{text:?} is not a date: write it as 2026-11-23")))
}
