//! Import: a file's rows become one command, previewed before it is applied.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::command::{Change, Command};
use super::planner::Planner;
use super::say;
use crate::error::Result;
use crate::exchange::{self, ColumnOptions, DateOrder, FileReading, ReadOptions, Recognised, Rejected};
use crate::plan::{CivilDate, Item, Kind, Period, Plan, Status, Unit};
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

/// A file, and what taking it in makes of the plan.
#[derive(Debug)]
pub(super) struct FileInPlan {
    bytes: Vec<u8>,
    options: ImportOptions,
    plan: Plan,
    change: Change,
    report: ImportReport,
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
            Some(file) if file.options == key && file.bytes == bytes => Arc::clone(file),
            _ => Arc::new(self.file_in_plan(bytes, key)?),
        };
        self.previewed = Some(Arc::clone(&file));
        let outlook = self.outlook_of_other(file.plan.clone(), options.today)?;
        let report = ImportReport { stale: outlook.stale(), headline: say::headline(&outlook), ..file.report.clone() };
        if options.preview {
            return Ok(report);
        }
        self.take_over(file.plan.clone(), file.change.clone());
        Ok(ImportReport { change: Some(file.change.clone()), ..report })
    }

    fn file_in_plan(&self, bytes: &[u8], options: ImportOptions) -> Result<FileInPlan> {
        let FileReading { format, read, rows, fields, rejected, mut notes, newest, recognised, .. } =
            exchange::read(bytes, &options.read())?;
        let (items, parents): (Vec<Item>, Vec<Option<usize>>) =
            rows.into_iter().map(|row| (row.item, row.parent)).unzip();
        let mut items = super::apply::with_ids(self.plan(), items, options.replace.is_some());
        for (child, parent) in parents.into_iter().enumerate() {
            let id = parent.and_then(|parent| items.get(parent)).map(|parent| parent.id.clone());
            if let (Some(item), Some(id)) = (items.get_mut(child), id) {
                item.parent = Some(id);
            }
        }
        let fields: Vec<String> = fields.iter().map(|field| field.as_str().to_owned()).collect();
        let known: HashSet<&str> = match options.replace {
            Some(_) => HashSet::new(),
            None => self.plan().items.iter().map(|item| item.id.as_str()).collect(),
        };
        self.break_circles(&mut items, &fields, options.replace.is_some(), &mut notes)?;
        let command = Command::ImportItems {
            items,
            fields,
            known_until: newest,
            unit: Some(recognised.unit),
            sprint_days: Some(recognised.sprint_days),
            guess: options.guess,
            replace: options.replace.clone(),
            today: options.today,
        };
        let (plan, change) = super::apply::apply(self.plan(), command)?;
        let ids: HashSet<&str> = change.ids.iter().map(String::as_str).collect();
        let updated = change.ids.iter().filter(|id| known.contains(id.as_str())).count();
        let from_a_file = |item: &&Arc<Item>| !item.columns.is_empty();
        let here = if options.replace.is_some() { &[] } else { self.plan().items.as_slice() };
        let missing =
            here.iter().filter(from_a_file).map(|item| item.id.clone()).filter(|id| !ids.contains(id.as_str()));
        let missing: Vec<String> = missing.collect();
        let (past, work) = (plan.past(), plan.work());
        let containers = plan.containers();
        let count = |status: Status, containers_too: bool| {
            let of_status = plan.items.iter().filter(|item| item.status == status);
            of_status.filter(|item| containers.contains(item.id.as_str()) == containers_too).count()
        };
        let report = ImportReport {
            format,
            read,
            imported: change.ids.len() - updated,
            updated,
            rejected,
            missing,
            notes,
            recognised,
            open: work.len(),
            not_broken_down: work.iter().filter(|work| work.not_broken_down).count(),
            done: count(Status::Done, false),
            done_epics: count(Status::Done, true),
            declined: count(Status::Declined, false) + count(Status::Declined, true),
            needs_guess: past.periods.is_empty(),
            history: past.periods,
            stale: false,
            headline: String::new(),
            change: None,
        };
        Ok(FileInPlan { bytes: bytes.to_vec(), options, plan, change, report })
    }

    /// Takes out the links of a file that close a circle, and says so: a tracker allows them, no order can keep them.
    fn break_circles(
        &self,
        items: &mut [Item],
        fields: &[String],
        replace: bool,
        notes: &mut Vec<String>,
    ) -> Result<()> {
        let empty = Plan::default();
        let base = if replace { &empty } else { self.plan() };
        for left in (0..=MAX_CIRCLES).rev() {
            let merged = super::apply::merge(base, items, fields)?;
            let Some(circle) = merged.circle() else { return Ok(()) };
            let ids: Vec<&str> =
                circle.iter().filter_map(|place| merged.items.get(*place)).map(|item| item.id.as_str()).collect();
            let mut broken = None;
            for item in items.iter_mut().filter(|item| left == 0 || ids.contains(&item.id.as_str())) {
                let before = item.needs.len();
                item.needs.retain(|need| left > 0 && (broken.is_some() || !ids.contains(&need.as_str())));
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
                None => return Ok(()),
            }
        }
        Ok(())
    }
}
