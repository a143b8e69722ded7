//! Import: a file's rows become one command, previewed before it is applied.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use serde::{Deserialize, Serialize};

use super::command::{Change, Command};
use super::outlook::{Prepared, Settings, is_same};
use super::planner::Planner;
use super::say;
use crate::error::{Code, Error, Result};
use crate::exchange::{self, ColumnOptions, DateOrder, FileReading, ReadOptions, Recognised, Rejected};
use crate::pace::{self, Pace};
use crate::plan::{CivilDate, Item, Kind, MAX_ITEMS, Period, Plan, Status, Unit};
use crate::range::Range;

/// How a file is to be taken in.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ImportOptions {
    /// Only tell what would happen.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub preview: bool,
    /// The day to plan from, for the headline of the preview.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
    /// The name of a new plan that takes the place of this one; absent: the items join this plan.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub replace: Option<String>,
    /// A poor, a usual and a good sprint, for a file without finished items.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub guess: Option<Range>,
    /// As [`ReadOptions::format`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub format: Option<String>,
    /// As [`ReadOptions::mapping`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, string>"))]
    pub mapping: BTreeMap<String, String>,
    /// As [`ReadOptions::statuses`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, Status>"))]
    pub statuses: BTreeMap<String, Status>,
    /// As [`ReadOptions::types`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, Kind>"))]
    pub types: BTreeMap<String, Kind>,
    /// As [`ReadOptions::unit`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub unit: Option<Unit>,
    /// As [`ReadOptions::sprint_days`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub sprint_days: Option<u32>,
    /// As [`ReadOptions::date_order`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub date_order: Option<DateOrder>,
    /// As [`ReadOptions::delimiter`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "string"))]
    pub delimiter: Option<char>,
    /// As [`ReadOptions::columns`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, ColumnOptions>"))]
    pub columns: BTreeMap<String, ColumnOptions>,
}

impl ImportOptions {
    fn read(&self) -> ReadOptions {
        ReadOptions {
            format: self.format.clone(),
            mapping: self.mapping.clone(),
            statuses: self.statuses.clone(),
            types: self.types.clone(),
            unit: self.unit,
            sprint_days: self.sprint_days,
            date_order: self.date_order,
            delimiter: self.delimiter,
            columns: self.columns.clone(),
        }
    }
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// The format that was recognised: `jira-csv`, `azure-csv`, `linear-csv`, `csv`.
    pub format: String,
    /// Rows found: `imported + updated + rejected.length`.
    pub read: usize,
    /// Rows that are new items.
    pub imported: usize,
    /// Rows whose item was in the plan already.
    pub updated: usize,
    /// Rows that could not become an item, and why.
    pub rejected: Vec<Rejected>,
    /// Items that came from a file before and are not in this one, by id. They stay.
    pub missing: Vec<String>,
    /// What a person should know.
    pub notes: Vec<String>,
    /// How the file was understood.
    pub recognised: Recognised,
    /// Items of work that remain, in the plan as it is then.
    pub open: usize,
    /// Of these, epics that are not broken down.
    pub not_broken_down: usize,
    /// Finished items, without epics that have children.
    pub done: usize,
    /// Epics that were finished; they count through their children.
    pub done_epics: usize,
    /// Declined items.
    pub declined: usize,
    /// The periods of the past that velocity is drawn from then.
    pub history: Vec<Period>,
    /// Whether a guess has to be asked for, because there is no history.
    pub needs_guess: bool,
    /// The headline of the plan as it is then.
    pub headline: String,
    /// Whether the simulation for that headline is still to be run.
    pub stale: bool,
    /// What was applied; absent in a preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub change: Option<Change>,
}

/// A file, and what taking it in makes of a plan.
#[derive(Debug)]
pub(super) struct FileInPlan {
    options: ImportOptions,
    before: Plan,
    plan: Plan,
    change: Change,
    report: ImportReport,
    prepared: Arc<Prepared>,
}

/// A file that is being read in slices, so that a page goes on meanwhile; [`Planner::importing`] begins one.
pub struct FileImport {
    work: Option<Pin<Box<dyn Future<Output = Result<FileInPlan>>>>>,
    read: Option<Arc<FileInPlan>>,
    pace: Pace,
}

impl fmt::Debug for FileImport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileImport").field("share", &self.pace.share()).finish_non_exhaustive()
    }
}

impl FileImport {
    /// Goes on for so many steps, each of some rows, or up to one of the few that take longer; returns how many
    /// thousandths are left to do, 0 when the file is read.
    ///
    /// # Errors
    /// As [`Planner::import`]; the file is given up then.
    pub fn advance(&mut self, steps: u32) -> Result<u32> {
        let Some(work) = &mut self.work else { return Ok(0) };
        self.pace.allow(steps);
        match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => Ok(1 + (999.0 * (1.0 - self.pace.share())) as u32),
            Poll::Ready(read) => {
                self.work = None;
                self.read = Some(Arc::new(read?));
                Ok(0)
            }
        }
    }
}

/// How often a circle among a file's links is broken before all its links are dropped.
const MAX_CIRCLES: usize = 100;

impl Planner {
    /// Takes in another tool's file, as one command; or tells what would happen.
    ///
    /// # Errors
    /// When the file cannot be read at all, with the place in it. The plan is unchanged then.
    pub fn import(&mut self, bytes: &[u8], options: &ImportOptions) -> Result<ImportReport> {
        let key = ImportOptions { preview: false, ..options.clone() };
        let file = match &self.previewed {
            Some((same, file)) if file.options == key && same == bytes && is_same(&file.before, &self.plan) => {
                Arc::clone(file)
            }
            _ => {
                let read = file_in_plan(self.plan().clone(), bytes.to_vec(), key, Pace::default());
                let file = Arc::new(pace::at_once(read)?);
                self.previewed = Some((bytes.to_vec(), Arc::clone(&file)));
                file
            }
        };
        self.take_file(&file, options.preview)
    }

    /// Begins to read another tool's file, to be taken in by [`Self::imported`].
    ///
    /// ```
    /// use landfall::session::{ImportOptions, Planner};
    ///
    /// let mut planner = Planner::default();
    /// let mut file = planner.importing(b"Key,Title\nA-1,Log in\n".to_vec(), &ImportOptions::default());
    /// while file.advance(10)? > 0 {} // between the slices a page lives
    /// assert_eq!(planner.imported(&file, true)?.imported, 1); // a look, which changes nothing
    /// planner.imported(&file, false)?;
    /// assert_eq!(planner.plan().items.len(), 1);
    /// # Ok::<(), landfall::Error>(())
    /// ```
    pub fn importing(&self, bytes: Vec<u8>, options: &ImportOptions) -> FileImport {
        let pace = Pace::default();
        let key = ImportOptions { preview: false, ..options.clone() };
        let work = file_in_plan(self.plan().clone(), bytes, key, pace.clone());
        FileImport { work: Some(Box::pin(work)), read: None, pace }
    }

    /// Takes in a file that has been read, as [`Self::import`] does; or tells what would happen.
    ///
    /// # Errors
    /// [`Code::InvalidRequest`] when it is not read to its end, or the plan has changed since.
    pub fn imported(&mut self, file: &FileImport, preview: bool) -> Result<ImportReport> {
        let why = match &file.read {
            Some(read) if is_same(&read.before, self.plan()) => return self.take_file(read, preview),
            Some(_) => "the plan has changed while the file was read: read it again",
            None => "the file is not read yet: advance it to its end",
        };
        Err(Error::new(Code::InvalidRequest, why))
    }

    fn take_file(&mut self, file: &Arc<FileInPlan>, preview: bool) -> Result<ImportReport> {
        let Prepared { plan, settings, .. } = &*file.prepared;
        self.kept.prepare(plan, settings, || Arc::clone(&file.prepared));
        let outlook = self.outlook_of_other(file.plan.clone(), Some(settings.today))?;
        let report = ImportReport { stale: outlook.stale(), headline: say::headline(&outlook), ..file.report.clone() };
        if preview {
            return Ok(report);
        }
        self.take_over(file.plan.clone(), file.change.clone());
        Ok(ImportReport { change: Some(file.change.clone()), ..report })
    }
}

async fn file_in_plan(before: Plan, bytes: Vec<u8>, options: ImportOptions, pace: Pace) -> Result<FileInPlan> {
    let mut reading = exchange::read_in_slices(bytes, &options.read(), MAX_ITEMS, &pace).await?;
    pace.rest(0.775).await;
    let rows = std::mem::take(&mut reading.rows).into_iter();
    let (items, parents): (Vec<_>, Vec<_>) = rows.map(|row| (Arc::new(row.item), row.parent)).unzip();
    pace.rest(0.78).await;
    let mut items = super::apply::with_ids(&before, items, options.replace.is_some());
    for (child, parent) in parents.into_iter().enumerate() {
        let id = parent.and_then(|parent| items.get(parent)).map(|parent| parent.id.clone());
        if let (Some(item), Some(id)) = (items.get_mut(child), id) {
            Arc::make_mut(item).parent = Some(id);
        }
    }
    let fields: Vec<String> = reading.fields.iter().map(|field| field.as_str().to_owned()).collect();
    let merged =
        break_circles(&before, &mut items, &fields, options.replace.is_some(), &mut reading.notes, &pace).await?;
    pace.rest(0.88).await;
    let (plan, change) = change_of(&before, &reading, &options, fields, items, merged)?;
    pace.rest(0.89).await;
    let settings = Settings::new(&plan, options.today, None)?;
    let prepared = Prepared::in_slices(plan.clone(), settings, &pace).await;
    pace.rest(0.995).await;
    super::query::counts(&prepared);
    pace.rest(0.997).await;
    super::query::tags(&prepared);
    let before_items = if options.replace.is_some() { &[] } else { before.items.as_slice() };
    let report = report_of(reading, &change, before_items, &prepared);
    Ok(FileInPlan { options, before, plan, change, report, prepared: Arc::new(prepared) })
}

fn change_of(
    before: &Plan,
    reading: &FileReading,
    options: &ImportOptions,
    fields: Vec<String>,
    items: Vec<Arc<Item>>,
    merged: Plan,
) -> Result<(Plan, Change)> {
    let FileReading { recognised, newest, .. } = reading;
    // A table of the plan's own items says nothing of its calendar.
    let own = recognised.tool == exchange::own::TOOL && options.replace.is_none() && !before.items.is_empty();
    let command = Command::ImportItems {
        items: Vec::new(),
        fields,
        known_until: newest.filter(|_| !own),
        unit: Some(recognised.unit).filter(|_| !own),
        sprint_days: Some(recognised.sprint_days).filter(|_| !own),
        guess: options.guess,
        replace: options.replace.clone(),
        today: options.today,
    };
    super::apply::import(before, command, items, merged)
}

fn report_of(reading: FileReading, change: &Change, before: &[Arc<Item>], prepared: &Prepared) -> ImportReport {
    let known: HashSet<&str> = before.iter().map(|item| item.id.as_str()).collect();
    let updated = change.ids.iter().filter(|id| known.contains(id.as_str())).count();
    let ids: HashSet<&str> = change.ids.iter().filter(|_| !before.is_empty()).map(String::as_str).collect();
    let missing = before.iter().filter(|item| !item.columns.is_empty() && !ids.contains(item.id.as_str()));
    let Prepared { plan, work, tree, past, .. } = prepared;
    let count = |status: Status, containers: bool| {
        let of_status = plan.items.iter().enumerate().filter(|(_, item)| item.status == status);
        of_status.filter(|(place, _)| tree.is_container(*place) == containers).count()
    };
    ImportReport {
        format: reading.format,
        read: reading.read,
        imported: change.ids.len() - updated,
        updated,
        rejected: reading.rejected,
        missing: missing.map(|item| item.id.clone()).collect(),
        notes: reading.notes,
        recognised: reading.recognised,
        open: work.len(),
        not_broken_down: work.iter().filter(|work| work.not_broken_down).count(),
        done: count(Status::Done, false),
        done_epics: count(Status::Done, true),
        declined: count(Status::Declined, false) + count(Status::Declined, true),
        needs_guess: past.periods.is_empty(),
        history: past.periods.clone(),
        stale: false,
        headline: String::new(),
        change: None,
    }
}

/// The plan with the items of a file. Takes out their links that close a circle, and says so: a tracker allows them, no
/// order can keep them.
async fn break_circles(
    plan: &Plan,
    items: &mut [Arc<Item>],
    fields: &[String],
    replace: bool,
    notes: &mut Vec<String>,
    pace: &Pace,
) -> Result<Plan> {
    for left in (0..=MAX_CIRCLES).rev() {
        let merged = super::apply::merge(plan, items, fields, replace, pace).await?;
        pace.rest(0.82).await;
        let Some(circle) = merged.circle_in_slices(pace).await else { return Ok(merged) };
        let ids: Vec<&str> =
            circle.iter().filter_map(|place| merged.items.get(*place)).map(|item| item.id.as_str()).collect();
        let mut broken = None;
        for item in items.iter_mut().filter(|item| left == 0 || ids.contains(&item.id.as_str())) {
            let before = item.needs.len();
            let kept = |need: &String| left > 0 && (broken.is_some() || !ids.contains(&need.as_str()));
            Arc::make_mut(item).needs.retain(kept);
            if item.needs.len() < before && broken.is_none() {
                broken = Some(item.id.clone());
            }
        }
        match broken {
            Some(_) if left == 0 => notes.push("too many links form circles: all links were left out".to_owned()),
            Some(id) => notes.push(format!(
                "links form a circle ({}): what {id} needs of it was left out",
                [&ids[..], ids.get(..1).unwrap_or_default()].concat().join(" needs ")
            )),
            None => break,
        }
    }
    let merged = super::apply::merge(plan, items, fields, replace, pace).await?;
    merged.check_needs().map_err(|e| e.within("/items"))?;
    Ok(merged)
}
