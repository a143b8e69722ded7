//! The boundary to JavaScript: the only file that names wasm_bindgen. Conversion, nothing else.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};
use wasm_bindgen::prelude::*;

use crate::error::{Code, Error};
use crate::plan::PlanDocument;
use crate::session::{
    self, ChanceQuery, Change, Command, CompareOptions, EffectQuery, FindingQuery, ImportOptions, Options, OrderQuery,
    OwnershipQuery, RankingQuery, ReportQuery, RequestQuery, RowQuery, SprintQuery, UsageOptions, WhyQuery,
};
use crate::store::KeyValue;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A day in the calendar: "2026-11-23". */
export type CivilDate = string;
/** A number, or a range of them. */
export type Uncertain = number | Range;
/** Finished work per period, oldest first; or a guess: a poor, a usual, a good period. */
export type History = number[] | Range;
type Untag<T> = T extends unknown ? { [K in keyof T]: { type: K } & T[K] }[keyof T] : never;
/** A change of a plan, as data: `type` says which. */
export type Command = Untag<TaggedCommand>;
/** A simulation that a query waits for. Any {@link Trials} can run it: here in slices, in a worker, elsewhere. */
export interface Simulation {
  /** What it is known by: the same model has the same key. */
  key: string;
  /** The trials to run. */
  trials: number;
  /** For the constructor of {@link Trials}. */
  model: Uint8Array;
}
/** Thrown by everything here. Nothing has changed then. */
export interface LandfallError extends Error {
  /** A stable kebab-case word. */
  code: string;
  /** A JSON pointer into the request, or the line and column of a file. */
  path?: string;
}
"#;

type JsResult<T> = Result<T, JsValue>;

/// A `LandfallError`: a JavaScript error with `code` and `path`.
fn thrown(error: Error) -> JsValue {
    let js = js_sys::Error::new(&error.to_string());
    js.set_name("LandfallError");
    set(&js, "code", &error.code().as_str().into());
    if let Some(path) = error.path() {
        set(&js, "path", &path.into());
    }
    js.into()
}

fn set(object: &js_sys::Object, name: &str, value: &JsValue) {
    // A new object is never frozen, so this cannot fail.
    let _ = js_sys::Reflect::set(object, &name.into(), value);
}

fn from_js<T: DeserializeOwned>(js: &JsValue) -> JsResult<T> {
    taken(js).and_then(|value| crate::json::read(&value)).map_err(thrown)
}

/// Options may be left out.
fn options<T: DeserializeOwned + Default>(js: &JsValue) -> JsResult<T> {
    if js.is_undefined() || js.is_null() { Ok(T::default()) } else { from_js(js) }
}

/// What is taken in at once, in UTF-16 code units of its texts and eight for each value: as much as the largest file.
const MAX_SIZE: usize = 64 << 20;

/// Takes so much off what may still come in. Nothing is copied before.
fn bound(left: &mut usize, size: usize) -> Result<(), Error> {
    *left = left.checked_sub(size).ok_or_else(|| {
        let message = format!("more than {} MiB: give less at once", MAX_SIZE >> 20);
        Error::new(Code::TooLarge, message).at("")
    })?;
    Ok(())
}

/// A text. What is no whole character in it (a lone surrogate) comes as U+FFFD.
fn text_of(js: &JsValue, left: &mut usize) -> Result<Option<String>, Error> {
    let Some(text) = js.dyn_ref::<js_sys::JsString>() else { return Ok(None) };
    bound(left, text.length() as usize)?;
    Ok(js.as_string())
}

/// A JavaScript value as a JSON value. Fields that are undefined are absent; what JSON cannot hold is an error, where
/// `JSON.stringify` would make it null in silence.
fn taken(js: &JsValue) -> Result<Value, Error> {
    value_of(js, 0, &mut MAX_SIZE.clone())
}

fn document_of(js: &JsValue) -> JsResult<PlanDocument> {
    taken(js).and_then(|value| PlanDocument::read(&value)).map_err(thrown)
}

fn value_of(js: &JsValue, depth: usize, left: &mut usize) -> Result<Value, Error> {
    const MAX_DEPTH: usize = 64;
    const SAFE: f64 = 9_007_199_254_740_991.0;
    let refuse = |code, message: &str| Err(Error::new(code, message).at(""));
    if depth > MAX_DEPTH {
        return refuse(Code::TooLarge, "more than 64 levels deep: no plan is");
    }
    if js.is_undefined() || js.is_null() {
        return Ok(Value::Null);
    }
    if let Some(value) = js.as_bool() {
        return Ok(Value::Bool(value));
    }
    if let Some(value) = text_of(js, left)? {
        return Ok(Value::String(value));
    }
    if let Some(value) = js.as_f64() {
        if value.fract() == 0.0 && value.abs() <= SAFE {
            return Ok(Value::from(value as i64));
        }
        return match Number::from_f64(value) {
            Some(number) => Ok(Value::Number(number)),
            None => refuse(Code::InvalidNumber, &format!("found {value}: give a finite number")),
        };
    }
    if let Some(array) = js.dyn_ref::<js_sys::Array>() {
        bound(left, (array.length() as usize).saturating_mul(8))?;
        let mut values = Vec::new();
        for (index, element) in array.iter().enumerate() {
            values.push(value_of(&element, depth + 1, left).map_err(|e| e.within(&format!("/{index}")))?);
        }
        return Ok(Value::Array(values));
    }
    if !js.is_object() || js.is_function() {
        return refuse(Code::InvalidRequest, "this is no data: give numbers, texts, lists and plain objects");
    }
    let mut map = Map::new();
    let entries = js_sys::Object::entries(js.unchecked_ref());
    bound(left, (entries.length() as usize).saturating_mul(8))?;
    for entry in entries.iter() {
        let entry: js_sys::Array = entry.unchecked_into();
        let (key, element) = (text_of(&entry.get(0), left)?.unwrap_or_default(), entry.get(1));
        if !element.is_undefined() {
            let within = |e: Error| e.within(&format!("/{}", crate::plan::pointer(&key)));
            let value = value_of(&element, depth + 1, left).map_err(within)?;
            map.insert(key, value);
        }
    }
    Ok(Value::Object(map))
}

fn to_js<T: Serialize>(value: &T) -> JsResult<JsValue> {
    Ok(js_of(&crate::json::to_value(value).map_err(thrown)?))
}

/// A change, without the items of a command that brings very many: a page could not wait for them.
fn brief(mut change: Change) -> JsResult<JsValue> {
    const MOST: usize = 5_000;
    if let Command::ImportItems { items, .. } = &mut change.command
        && items.len() > MOST
    {
        items.clear();
        change.ids.clear();
    }
    to_js(&change)
}

/// A JSON value as a JavaScript value. Lists of numbers cross at once: a forecast is made of them, and one call for each
/// number would take longer than the forecast.
fn js_of(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(value) => JsValue::from_bool(*value),
        Value::Number(number) => JsValue::from_f64(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => JsValue::from_str(text),
        Value::Array(values) if matches!(values.first(), Some(Value::Number(_))) => {
            let numbers: Option<Vec<f64>> = values.iter().map(Value::as_f64).collect();
            numbers.map_or_else(|| list(values), |numbers| list_of(&numbers).into())
        }
        Value::Array(values) => list(values),
        Value::Object(fields) => {
            let object = js_sys::Object::new();
            fields.iter().for_each(|(name, value)| set(&object, name, &js_of(value)));
            object.into()
        }
    }
}

fn list(values: &[Value]) -> JsValue {
    values.iter().map(js_of).collect::<js_sys::Array>().into()
}

// `Array.from` and `Array.of` take twenty times as long as a loop.
#[wasm_bindgen(inline_js = "export function listOf(numbers) {
  const list = new Array(numbers.length);
  for (let place = 0; place < list.length; place++) list[place] = numbers[place];
  return list;
}")]
extern "C" {
    #[wasm_bindgen(js_name = listOf)]
    fn list_of(numbers: &[f64]) -> js_sys::Array;
}

/// The version of Landfall.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// After a trap (`WebAssembly.RuntimeError`), in which the core dies: the next call starts it anew. Whatever was made
/// before throws from then on.
#[wasm_bindgen]
pub fn renew() {
    wasm_bindgen::handler::schedule_reinit();
}

/// When the work is done: a distribution for the whole and for every item.
#[wasm_bindgen(unchecked_return_type = "Forecast")]
pub fn forecast(#[wasm_bindgen(unchecked_param_type = "ForecastRequest")] request: JsValue) -> JsResult<JsValue> {
    let answer = crate::forecast::forecast(&from_js(&request)?).map_err(thrown)?;
    let object = js_sys::Object::new();
    // Item by item: all of a long list as JSON values would take more memory than the forecast.
    let items = answer.items.iter().map(to_js).collect::<JsResult<js_sys::Array>>()?;
    set(&object, "total", &to_js(&answer.total)?);
    set(&object, "items", &items);
    Ok(object.into())
}

/// How much is finished in `periods` periods: the largest amount whose probability of being reached is at least p.
#[wasm_bindgen(js_name = howMany, unchecked_return_type = "HowMany")]
pub fn how_many(#[wasm_bindgen(unchecked_param_type = "HowManyRequest")] request: JsValue) -> JsResult<JsValue> {
    to_js(&crate::forecast::how_many(&from_js(&request)?).map_err(thrown)?)
}

/// Walks through a history and counts how often the forecast held.
#[wasm_bindgen(unchecked_return_type = "Backtest")]
pub fn backtest(#[wasm_bindgen(unchecked_param_type = "BacktestRequest")] request: JsValue) -> JsResult<JsValue> {
    to_js(&crate::forecast::backtest(&from_js(&request)?).map_err(thrown)?)
}

/// Walks through a history, forecasts when as much as `periods` of the window did is finished, and counts how often it
/// was by then.
#[wasm_bindgen(js_name = backtestFinish, unchecked_return_type = "BacktestFinish")]
pub fn backtest_finish(
    #[wasm_bindgen(unchecked_param_type = "BacktestRequest")] request: JsValue,
) -> JsResult<JsValue> {
    to_js(&crate::forecast::backtest_finish(&from_js(&request)?).map_err(thrown)?)
}

/// Scores items, and puts them in the best order that respects what they need.
#[wasm_bindgen(unchecked_return_type = "Ranking")]
pub fn rank(#[wasm_bindgen(unchecked_param_type = "RankRequest")] request: JsValue) -> JsResult<JsValue> {
    to_js(&crate::score::rank(&from_js(&request)?).map_err(thrown)?)
}

/// What makes a story less than ready: what is missing in it, and what will make it hard to build or to accept. Takes an
/// item of a plan, or a story as `readStories` gives it.
#[wasm_bindgen(js_name = checkStory, unchecked_return_type = "Finding[]")]
pub fn check_story(#[wasm_bindgen(unchecked_param_type = "unknown")] item: JsValue) -> JsResult<JsValue> {
    let (item, context) = crate::story::subject(&taken(&item).map_err(thrown)?).map_err(thrown)?;
    to_js(&crate::story::check_story(&item, &context))
}

/// The stories in a text: an assistant's answer, a list, a table, Gherkin.
#[wasm_bindgen(js_name = readStories, unchecked_return_type = "ReadStory[]")]
pub fn read_stories(text: &str) -> JsResult<JsValue> {
    to_js(&crate::story::read_stories(text))
}

/// The plan in a file or a text: a saved plan, a link, or a picture or page with a plan inside; undefined where it is none
/// of these.
#[wasm_bindgen(js_name = planIn, unchecked_return_type = "PlanDocument | undefined")]
pub fn plan_in(#[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] content: JsValue) -> JsResult<JsValue> {
    let found = crate::exchange::plan_in(&bytes_of(&content)?).map_err(thrown)?;
    found.map_or(Ok(JsValue::UNDEFINED), |document| to_js(&document))
}

fn bytes_of(content: &JsValue) -> JsResult<Vec<u8>> {
    let mut left = MAX_SIZE;
    if let Some(text) = text_of(content, &mut left).map_err(thrown)? {
        return Ok(text.into_bytes());
    }
    let Some(bytes) = content.dyn_ref::<js_sys::Uint8Array>() else {
        return Err(thrown(Error::new(Code::InvalidRequest, "give the file as a text or its bytes")));
    };
    bound(&mut left, bytes.length() as usize).map_err(thrown)?;
    Ok(bytes.to_vec())
}

/// A plan, what was done to it, and its forecast.
#[wasm_bindgen]
#[derive(Default)]
pub struct Planner(session::Planner);

#[wasm_bindgen]
impl Planner {
    /// An empty plan.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The sample plan, as seen from a day.
    pub fn sample(
        #[wasm_bindgen(unchecked_param_type = "CivilDate | undefined")] today: Option<String>,
    ) -> JsResult<Self> {
        let today = today.map(|today| today.parse()).transpose().map_err(thrown)?;
        session::sample(today).map(Self).map_err(thrown)
    }

    /// The plan of a document, of any released version of the format.
    #[wasm_bindgen(js_name = fromJSON)]
    pub fn from_json(#[wasm_bindgen(unchecked_param_type = "unknown")] document: JsValue) -> JsResult<Self> {
        let document = match text_of(&document, &mut MAX_SIZE.clone()).map_err(thrown)? {
            Some(text) => PlanDocument::from_json(&text).map_err(thrown)?,
            None => document_of(&document)?,
        };
        session::Planner::from_document(document).map(Self).map_err(thrown)
    }

    /// The plan as a document.
    #[wasm_bindgen(js_name = toJSON, unchecked_return_type = "PlanDocument")]
    pub fn to_json(&self) -> JsResult<JsValue> {
        to_js(&self.0.document())
    }

    /// Applies a command: all of it, or on an error nothing.
    #[wasm_bindgen(unchecked_return_type = "Change")]
    pub fn apply(&mut self, #[wasm_bindgen(unchecked_param_type = "Command")] command: JsValue) -> JsResult<JsValue> {
        let command: Command = from_js(&command)?;
        to_js(&self.0.apply(command).map_err(thrown)?)
    }

    /// Whether the plan's text is longer than any browser's storage takes: five million letters.
    #[wasm_bindgen(js_name = isLong)]
    pub fn is_long(&self) -> bool {
        self.0.plan().is_longer_than(5_000_000)
    }

    /// Takes the last command back. Where that concerned more than 5,000 items, it is told without them.
    #[wasm_bindgen(unchecked_return_type = "Change | undefined")]
    pub fn undo(&mut self) -> JsResult<JsValue> {
        self.0.undo().map_or(Ok(JsValue::UNDEFINED), brief)
    }

    /// Does again what was undone last, and tells it as `undo` does.
    #[wasm_bindgen(unchecked_return_type = "Change | undefined")]
    pub fn redo(&mut self) -> JsResult<JsValue> {
        self.0.redo().map_or(Ok(JsValue::UNDEFINED), brief)
    }

    /// Whether a command would apply: throws what is wrong with it, and changes nothing.
    pub fn check(&self, #[wasm_bindgen(unchecked_param_type = "Command")] command: JsValue) -> JsResult<()> {
        self.0.check(from_js(&command)?).map_err(thrown)
    }

    /// Says what queries do from now on when they need a simulation that is not at hand: `simulate` here and now (what
    /// they do unless told otherwise), `wait` (throw `simulation-pending`, see `pending`), or answer with the dates
    /// from before the last changes (`previous`), marked `stale`. Gives back what they did before.
    #[wasm_bindgen(js_name = whenMissing, unchecked_return_type = "Missing")]
    pub fn when_missing(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Missing")] missing: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.when_missing(from_js(&missing)?))
    }

    /// The simulation for want of which the last query threw `simulation-pending`.
    #[wasm_bindgen(unchecked_return_type = "Simulation | undefined")]
    pub fn pending(&self) -> JsValue {
        let Some(simulation) = self.0.pending() else { return JsValue::UNDEFINED };
        let js = js_sys::Object::new();
        set(&js, "key", &simulation.key.to_string().into());
        set(&js, "trials", &simulation.trials.into());
        set(&js, "model", &js_sys::Uint8Array::from(simulation.model.as_slice()));
        js.into()
    }

    /// Takes in what `Trials.finish` gave: queries that need this simulation find it.
    pub fn supply(&self, outcome: &[u8]) -> JsResult<()> {
        self.0.supply(outcome).map_err(thrown)
    }

    /// What stands above the list.
    #[wasm_bindgen(unchecked_return_type = "Summary")]
    pub fn summary(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Options | undefined")] with: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.summary(&options::<Options>(&with)?).map_err(thrown)?)
    }

    /// Rows for the screen.
    #[wasm_bindgen(unchecked_return_type = "Rows")]
    pub fn rows(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RowQuery | undefined")] query: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.rows(&options::<RowQuery>(&query)?).map_err(thrown)?)
    }

    /// Everything about one item.
    #[wasm_bindgen(unchecked_return_type = "ItemDetail")]
    pub fn item(
        &self,
        id: &str,
        #[wasm_bindgen(unchecked_param_type = "Options | undefined")] with: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.item(id, &options::<Options>(&with)?).map_err(thrown)?)
    }

    /// The forecast of the plan.
    #[wasm_bindgen(unchecked_return_type = "PlanForecast")]
    pub fn forecast(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Options | undefined")] with: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.forecast(&options::<Options>(&with)?).map_err(thrown)?)
    }

    /// The scores of the remaining work, where each item stands and why, and what the order costs. Nothing is simulated.
    #[wasm_bindgen(unchecked_return_type = "PlanRanking")]
    pub fn ranking(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RankingQuery | undefined")] query: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.ranking(&options::<RankingQuery>(&query)?).map_err(thrown)?)
    }

    /// What it would mean to put the remaining work in order: the command, what moves, which dates change.
    #[wasm_bindgen(unchecked_return_type = "OrderPreview")]
    pub fn order(
        &self,
        #[wasm_bindgen(unchecked_param_type = "OrderQuery | undefined")] query: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.order(&options::<OrderQuery>(&query)?).map_err(thrown)?)
    }

    /// What needs what among the remaining work, in layers.
    #[wasm_bindgen(unchecked_return_type = "Dependencies")]
    pub fn dependencies(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Options | undefined")] with: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.dependencies(&options::<Options>(&with)?).map_err(thrown)?)
    }

    /// What makes an item less than ready, while it is written too. Nothing is simulated.
    #[wasm_bindgen(unchecked_return_type = "Finding[]")]
    pub fn findings(&self, #[wasm_bindgen(unchecked_param_type = "FindingQuery")] query: JsValue) -> JsResult<JsValue> {
        to_js(&self.0.findings(&from_js::<FindingQuery>(&query)?).map_err(thrown)?)
    }

    /// Ways to cut an item, each for a `splitItem` command.
    #[wasm_bindgen(unchecked_return_type = "Split[]")]
    pub fn splits(&self, id: &str) -> JsResult<JsValue> {
        to_js(&self.0.splits(id).map_err(thrown)?)
    }

    /// The text that asks an assistant to write an item's story, or with `split` to cut it into several.
    pub fn prompt(&self, id: &str, split: Option<bool>) -> JsResult<String> {
        self.0.prompt(id, split.unwrap_or(false)).map_err(thrown)
    }

    /// What was asked for, by whom, and what came of it; the newest first.
    #[wasm_bindgen(unchecked_return_type = "RequestView[]")]
    pub fn requests(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RequestQuery | undefined")] query: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.requests(&options::<RequestQuery>(&query)?))
    }

    /// What was decided, and why; the newest first.
    #[wasm_bindgen(unchecked_return_type = "DecisionView[]")]
    pub fn decisions(&self) -> JsResult<JsValue> {
        to_js(&self.0.decisions())
    }

    /// How likely the work for something is to have landed by the end of a day, and how much lands by then.
    #[wasm_bindgen(unchecked_return_type = "Chance")]
    pub fn chance(&self, #[wasm_bindgen(unchecked_param_type = "ChanceQuery")] query: JsValue) -> JsResult<JsValue> {
        to_js(&self.0.chance(&from_js::<ChanceQuery>(&query)?).map_err(thrown)?)
    }

    /// The deadline, the velocity or the scope that would make the work for something likely enough by a day.
    #[wasm_bindgen(js_name = whatWouldItTake, unchecked_return_type = "WhatItTakes")]
    pub fn what_would_it_take(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ChanceQuery")] query: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.what_would_it_take(&from_js::<ChanceQuery>(&query)?).map_err(thrown)?)
    }

    /// The running sprint with its burn-down and its chance, and what the next ones hold.
    #[wasm_bindgen(unchecked_return_type = "Sprints")]
    pub fn sprints(
        &self,
        #[wasm_bindgen(unchecked_param_type = "SprintQuery | undefined")] query: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.sprints(&options::<SprintQuery>(&query)?).map_err(thrown)?)
    }

    /// How work has flowed: velocity against commitments, cycle and lead times, ages, bugs, what is blocked.
    #[wasm_bindgen(unchecked_return_type = "Flow")]
    pub fn flow(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Options | undefined")] with: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.flow(&options::<Options>(&with)?).map_err(thrown)?)
    }

    /// How forecasts made from the plan's own past would have held.
    #[wasm_bindgen(unchecked_return_type = "PlanBacktest")]
    pub fn backtest(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Options | undefined")] with: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.backtest(&options::<Options>(&with)?).map_err(thrown)?)
    }

    /// What each assumption costs at 85 %.
    #[wasm_bindgen(unchecked_return_type = "AssumptionEffect[]")]
    pub fn effects(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Options | undefined")] with: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.effects(&options::<Options>(&with)?).map_err(thrown)?)
    }

    /// How far commands would move the 85 % date, before they are applied.
    #[wasm_bindgen(unchecked_return_type = "Effect")]
    pub fn effect(&self, #[wasm_bindgen(unchecked_param_type = "EffectQuery")] query: JsValue) -> JsResult<JsValue> {
        to_js(&self.0.effect(&from_js::<EffectQuery>(&query)?).map_err(thrown)?)
    }

    /// Answers everything from now on as it would be in a scenario; without a name, as it is.
    pub fn enter(&mut self, scenario: Option<String>) -> JsResult<()> {
        self.0.enter(scenario).map_err(thrown)
    }

    /// A scenario beside the plan, on the same draws.
    #[wasm_bindgen(unchecked_return_type = "Comparison")]
    pub fn compare(
        &self,
        scenario: &str,
        #[wasm_bindgen(unchecked_param_type = "CompareOptions | undefined")] with: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.compare(scenario, &options::<CompareOptions>(&with)?).map_err(thrown)?)
    }

    /// The commands that make the plan of a document out of this one.
    #[wasm_bindgen(unchecked_return_type = "Command[]")]
    pub fn differences(
        &self,
        #[wasm_bindgen(unchecked_param_type = "unknown")] document: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.differences(document_of(&document)?).map_err(thrown)?)
    }

    /// What has changed since the plan was as in a document, in a sentence.
    pub fn since(&self, #[wasm_bindgen(unchecked_param_type = "unknown")] document: JsValue) -> JsResult<String> {
        self.0.since(document_of(&document)?).map_err(thrown)
    }

    /// What could not be applied again since this was last asked, because of what others did or what was undone.
    #[wasm_bindgen(js_name = takeLeftOut)]
    pub fn take_left_out(&mut self) -> Vec<String> {
        self.0.take_left_out()
    }

    /// What was told to whom, and what the forecast says of it now; the newest first.
    #[wasm_bindgen(unchecked_return_type = "PromiseView[]")]
    pub fn promises(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Options | undefined")] query: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.promises(&options::<Options>(&query)?).map_err(thrown)?)
    }

    /// The forecasts that are kept, the newest first.
    #[wasm_bindgen(js_name = keptForecasts, unchecked_return_type = "KeptView[]")]
    pub fn kept_forecasts(&self) -> JsResult<JsValue> {
        to_js(&self.0.kept_forecasts())
    }

    /// Why the 85 % date moved between two forecasts.
    #[wasm_bindgen(unchecked_return_type = "WhyMoved")]
    pub fn why(
        &self,
        #[wasm_bindgen(unchecked_param_type = "WhyQuery | undefined")] query: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.why(&options::<WhyQuery>(&query)?).map_err(thrown)?)
    }

    /// Takes in another tool's file, as one command; with `preview` it only tells what would happen.
    #[wasm_bindgen(unchecked_return_type = "ImportReport")]
    pub fn import(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] text: JsValue,
        #[wasm_bindgen(unchecked_param_type = "ImportOptions | undefined")] with: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.import(&bytes_of(&text)?, &options::<ImportOptions>(&with)?).map_err(thrown)?)
    }

    /// What a file of Amplitude, Pendo or the like says of the plan's items; nothing where it is something else. Its
    /// `command` takes it in.
    #[wasm_bindgen(unchecked_return_type = "UsageReport | undefined")]
    pub fn usage(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] text: JsValue,
        #[wasm_bindgen(unchecked_param_type = "UsageOptions | undefined")] with: JsValue,
    ) -> JsResult<JsValue> {
        let report = self.0.usage(&bytes_of(&text)?, &options::<UsageOptions>(&with)?).map_err(thrown)?;
        report.map_or(Ok(JsValue::UNDEFINED), |report| to_js(&report))
    }

    /// Begins to read another tool's file in slices, for `imported`.
    pub fn importing(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] text: JsValue,
        #[wasm_bindgen(unchecked_param_type = "ImportOptions | undefined")] with: JsValue,
    ) -> JsResult<FileImport> {
        Ok(FileImport(self.0.importing(bytes_of(&text)?, &options::<ImportOptions>(&with)?)))
    }

    /// Takes in a file that has been read in slices, as `import` does; with `preview` it only tells what would happen.
    /// What was done is told without its items where they are more than 5,000.
    #[wasm_bindgen(unchecked_return_type = "ImportReport")]
    pub fn imported(&mut self, file: &FileImport, preview: bool) -> JsResult<JsValue> {
        let mut report = self.0.imported(&file.0, preview).map_err(thrown)?;
        let change = report.change.take();
        let js = to_js(&report)?;
        if let Some(change) = change {
            set(js.unchecked_ref(), "change", &brief(change)?);
        }
        Ok(js)
    }

    /// How the backlog is owned: what can be counted, and where six answers about authority place the role.
    #[wasm_bindgen(unchecked_return_type = "Ownership")]
    pub fn ownership(
        &self,
        #[wasm_bindgen(unchecked_param_type = "OwnershipQuery | undefined")] query: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.ownership(&options::<OwnershipQuery>(&query)?).map_err(thrown)?)
    }

    /// A report, in blocks.
    #[wasm_bindgen(unchecked_return_type = "ReportView")]
    pub fn report(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ReportQuery | undefined")] query: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.0.report(&options::<ReportQuery>(&query)?).map_err(thrown)?)
    }

    /// The plan or a report of it as text in a format: `json`; its items as a table, `csv`, `jira-csv`, `linear-csv`,
    /// `azure-csv` or `github-csv`; a report, `markdown`, `confluence`, `html` or `text`.
    pub fn export(
        &self,
        format: &str,
        #[wasm_bindgen(unchecked_param_type = "ReportQuery | undefined")] query: JsValue,
    ) -> JsResult<String> {
        self.0.export(format, &options::<ReportQuery>(&query)?).map_err(thrown)
    }

    /// What of this plan `export` leaves out in a format, in sentences.
    #[wasm_bindgen(js_name = exportNotes)]
    pub fn export_notes(
        &self,
        format: &str,
        #[wasm_bindgen(unchecked_param_type = "ReportQuery | undefined")] query: JsValue,
    ) -> JsResult<Vec<String>> {
        self.0.export_notes(format, &options::<ReportQuery>(&query)?).map_err(thrown)
    }
}

/// A file that is being read in slices.
#[wasm_bindgen]
pub struct FileImport(session::FileImport);

#[wasm_bindgen]
impl FileImport {
    /// Goes on for so many steps, each of some rows, or up to one of the few that take longer; returns how many
    /// thousandths are left to do, 0 when the file is read.
    pub fn advance(&mut self, steps: u32) -> JsResult<u32> {
        self.0.advance(steps).map_err(thrown)
    }
}

/// A simulation in slices: a model in, its outcome out, both as bytes.
#[wasm_bindgen]
pub struct Trials(crate::forecast::engine::Trials);

#[wasm_bindgen]
impl Trials {
    /// Takes in the model of a pending simulation.
    #[wasm_bindgen(constructor)]
    pub fn new(model: &[u8]) -> JsResult<Self> {
        crate::forecast::engine::Trials::new(model).map(Self).map_err(thrown)
    }

    /// Runs at most this many trials more; returns how many are left to run.
    pub fn advance(&mut self, trials: u32) -> u32 {
        self.0.advance(trials)
    }

    /// What the trials that were run have shown, for `Planner.supply`. This frees the simulation.
    pub fn finish(self) -> Vec<u8> {
        self.0.finish()
    }
}

/// How a planner's plan is kept in the page's storage, and what other tabs do to it taken in.
#[wasm_bindgen]
pub struct Journal(session::Journal<PageStorage>);

#[wasm_bindgen]
impl Journal {
    /// The journal of this name, as one tab keeps it: `tab` is a name that no other has, `was` what it was before it was
    /// loaded again.
    #[wasm_bindgen(constructor)]
    pub fn new(storage: web_sys::Storage, name: &str, tab: &str, was: Vec<String>) -> Self {
        Self(session::Journal::new(PageStorage(storage), name, tab, &was))
    }

    /// Brings a planner to what is stored; where nothing is, it stays as it is. `without`: a change, as `last` named it,
    /// that is left out from now on.
    #[wasm_bindgen(unchecked_return_type = "Opened")]
    pub fn open(&mut self, planner: &mut Planner, without: Option<String>) -> JsResult<JsValue> {
        to_js(&self.0.open(&mut planner.0, without.as_deref()).map_err(thrown)?)
    }

    /// Takes in what other tabs did since. Gives whether anything changed.
    #[wasm_bindgen(js_name = takeIn)]
    pub fn take_in(&mut self, planner: &mut Planner) -> JsResult<bool> {
        self.0.take_in(&mut planner.0).map_err(thrown)
    }

    /// Stores what the planner was made to do and is not stored yet. When this returns, all of it is.
    pub fn keep(
        &mut self,
        planner: &mut Planner,
        #[wasm_bindgen(unchecked_param_type = "CivilDate")] today: &str,
    ) -> JsResult<()> {
        let today = today.parse().map_err(thrown)?;
        self.0.keep(&mut planner.0, today).map_err(thrown)
    }

    /// Whether a snapshot is due.
    #[wasm_bindgen(js_name = isDue)]
    pub fn is_due(&self) -> bool {
        self.0.is_due()
    }

    /// Stores a snapshot if one is due.
    pub fn compact(&mut self, planner: &mut Planner) -> JsResult<()> {
        self.0.compact(&mut planner.0).map_err(thrown)
    }

    /// Says what the plan began from, and whether it still is that; with `now`, the next `keep` stores it whole.
    pub fn publication(&mut self, based_on: Option<String>, untouched: bool, now: bool) {
        self.0.publication(based_on, untouched, now);
    }

    /// Says that the planner does not go on from what is stored.
    #[wasm_bindgen(js_name = beginAnew)]
    pub fn begin_anew(&mut self) {
        self.0.begin_anew();
    }

    /// The last change that was stored.
    pub fn last(&self, planner: &Planner) -> Option<String> {
        self.0.last(&planner.0)
    }

    /// The days of which the state before their first change is kept, the newest first.
    pub fn days(&self) -> JsResult<Vec<String>> {
        self.0.days().map_err(thrown)
    }

    /// The plan as it was before the first change of a day.
    #[wasm_bindgen(unchecked_return_type = "PlanDocument")]
    pub fn day(&self, day: &str) -> JsResult<JsValue> {
        to_js(&self.0.day(day).map_err(thrown)?)
    }

    /// Takes out of the storage what was found damaged.
    #[wasm_bindgen(js_name = dropDamaged)]
    pub fn drop_damaged(&mut self) -> JsResult<()> {
        self.0.drop_damaged().map_err(thrown)
    }
}

/// The page's storage, which may throw at any call.
struct PageStorage(web_sys::Storage);

/// What a browser threw, in Landfall's words.
fn refused(thrown: &JsValue) -> Error {
    let name = js_sys::Reflect::get(thrown, &JsValue::from_str("name")).ok().and_then(|name| name.as_string());
    // Firefox has a name of its own for a full storage.
    if matches!(name.as_deref(), Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED")) {
        let message = "the browser's storage is full: save the plan as a file, or free some space";
        return Error::new(Code::StorageFull, message);
    }
    Error::new(Code::StorageRefused, "the browser refuses its storage here: save the plan as a file")
}

impl KeyValue for PageStorage {
    fn get(&self, key: &str) -> crate::Result<Option<String>> {
        self.0.get_item(key).map_err(|e| refused(&e))
    }

    fn set(&self, key: &str, value: &str) -> crate::Result<()> {
        self.0.set_item(key, value).map_err(|e| refused(&e))
    }

    fn remove(&self, key: &str) -> crate::Result<()> {
        self.0.remove_item(key).map_err(|e| refused(&e))
    }

    fn keys(&self) -> crate::Result<Vec<String>> {
        let count = self.0.length().map_err(|e| refused(&e))?;
        (0..count).filter_map(|k| self.0.key(k).map_err(|e| refused(&e)).transpose()).collect()
    }
}
