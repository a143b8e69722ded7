//! Reports to hand on: sprint review, stakeholder update, roadmap, and the plan itself. They speak of outcomes and
//! readings first, and say what the other views say, from the same forecast.

mod losses;
mod plan;
mod review;
mod roadmap;
mod update;

use serde::{Deserialize, Serialize};

use super::command::Command;
use super::outlook::Outlook;
use super::planner::Planner;
use super::query::objective_view;
use super::say;
use super::view::ObjectiveView;
use crate::error::{Code, Error, Result};
use crate::exchange::carrying;
use crate::exchange::write::{Block, Document, Format, TableFormat, isolated};
use crate::plan::{CivilDate, Item, Plan, PlanDocument, Span, Status};

/// Which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Report {
    /// The backlog as a table, with its headline and its objectives.
    #[default]
    Plan,
    /// What a sprint finished, for which objective, what its readings say, and what is next.
    Review,
    /// The same for people who read one screen.
    Update,
    /// Now, next and later, and by quarter.
    Roadmap,
}

/// Which report is wanted, and of what.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ReportQuery {
    /// Which; `plan` when absent.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub report: Report,
    /// Any day of the sprint that is looked back at. When absent it is the running one on its last working day, else the
    /// one before it.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub sprint: Option<CivilDate>,
    /// The name of a scenario: the report is of the plan with it.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub scenario: Option<String>,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub trials: Option<u32>,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub assume: Vec<Command>,
}

/// A report, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ReportView {
    /// What it is called.
    pub title: String,
    /// What it says, from the top.
    pub blocks: Vec<Block>,
    /// The first day of the sprint that it looks back at.
    pub from: CivilDate,
    /// The last day of that sprint.
    pub to: CivilDate,
}

impl Planner {
    /// A report, in blocks.
    ///
    /// # Errors
    /// [`Code::UnknownId`] for a scenario that the plan does not have; else as [`Self::summary`]. A report never tells
    /// dates from before the last changes: [`Code::SimulationPending`] where their simulation is not to be run.
    pub fn report(&self, query: &ReportQuery) -> Result<ReportView> {
        let (Document { title, blocks }, Span { start, end }) = self.document_of(self.reported(query)?, query)?;
        Ok(ReportView { title, blocks, from: start, to: end })
    }

    /// The plan or a report of it as text in a format: `json`; its items as a table, `csv`, `jira-csv`, `linear-csv`,
    /// `azure-csv` or `github-csv`; a report, `markdown`, `confluence`, `html` or `text`. The plan as `html` carries
    /// itself: opened in Landfall, it is the plan again.
    ///
    /// # Errors
    /// [`Code::UnknownFormat`]; else as [`Self::report`].
    pub fn export(&self, format: &str, query: &ReportQuery) -> Result<String> {
        let kind = Export::named(format)?;
        let plan = self.reported(query)?;
        // A file of the plan holds its scenarios, and not what they come to, unless that is asked for.
        let is_as_it_is = query.scenario.is_none() && query.assume.is_empty();
        let whole = || if is_as_it_is { self.document() } else { PlanDocument::from(&plan) };
        match kind {
            Export::Json => whole().to_json(),
            Export::Table(table) => table.write(&plan),
            Export::Report(format) => {
                let text = self.document_of(plan.clone(), query)?.0.write(format);
                let carries = matches!(format, Format::Html) && query.report == Report::Plan;
                Ok(if carries { carrying(text, &whole()) } else { text })
            }
        }
    }

    /// What of this plan [`Self::export`] leaves out in a format, in sentences; none where nothing is lost.
    ///
    /// # Errors
    /// As [`Self::export`].
    pub fn export_notes(&self, format: &str, query: &ReportQuery) -> Result<Vec<String>> {
        let kind = Export::named(format)?;
        let plan = self.reported(query)?;
        match kind {
            Export::Json => Ok(Vec::new()),
            // The plan lies inside of it.
            Export::Report(Format::Html) if query.report == Report::Plan => Ok(Vec::new()),
            Export::Table(table) => losses::of_table(table, &plan),
            Export::Report(_) => Ok(losses::of_report(&plan)),
        }
    }

    fn reported(&self, query: &ReportQuery) -> Result<Plan> {
        self.assuming_in(query.scenario.as_deref(), &query.assume)
    }

    fn document_of(&self, plan: Plan, query: &ReportQuery) -> Result<(Document, Span)> {
        let outlook = self.fresh_outlook(plan, query.today, query.trials)?;
        let sprint = looked_back_at(&outlook, query.sprint);
        let teller = Teller { outlook: &outlook, sprint, scenario: query.scenario.as_deref().or(self.entered()) };
        let document = match query.report {
            Report::Plan => plan::document(&teller),
            Report::Review => review::document(&teller),
            Report::Update => update::document(&teller),
            Report::Roadmap => roadmap::document(&teller),
        };
        Ok((document, teller.sprint))
    }
}

/// What is exported.
enum Export {
    Json,
    Table(&'static TableFormat),
    Report(Format),
}

impl Export {
    fn named(format: &str) -> Result<Self> {
        match (TableFormat::named(format), Format::named(format)) {
            (Some(table), _) => Ok(Self::Table(table)),
            (_, Some(report)) => Ok(Self::Report(report)),
            _ if format == "json" => Ok(Self::Json),
            _ => {
                let shown: String = format.chars().take(40).collect();
                let message = format!(
                    "\"{shown}\" is no format to export: use json, csv, jira-csv, linear-csv, azure-csv, github-csv, \
                     markdown, confluence, html or text"
                );
                Err(Error::new(Code::UnknownFormat, message))
            }
        }
    }
}

fn looked_back_at(outlook: &Outlook, asked: Option<CivilDate>) -> Span {
    let (calendar, today) = (&outlook.plan.calendar, outlook.settings.today);
    let running = calendar.sprint_of(today);
    match asked {
        Some(day) => calendar.sprint_of(day.min(today)),
        None if calendar.working_days_of(running, today).len() <= 1 => running,
        None => calendar.sprint_after(today, -1),
    }
}

/// What every report is made from.
struct Teller<'a> {
    outlook: &'a Outlook,
    sprint: Span,
    /// The scenario that is assumed.
    scenario: Option<&'a str>,
}

impl Teller<'_> {
    fn day(&self, day: CivilDate) -> String {
        day.spoken(self.outlook.settings.today)
    }

    /// With its day and the year, as it may be read when both are gone by.
    fn titled(&self, what: &str) -> Document {
        let today = self.outlook.settings.today;
        let name = isolated(&self.outlook.plan.name);
        let mut title = format!("{what}: {name}, {} {}", self.day(today), today.year());
        if let Some(scenario) = self.scenario {
            title.push_str(&format!(", in the scenario {}", isolated(scenario)));
        }
        Document::titled(title)
    }

    /// "85 % sure that all 41 items land by 12 May. Half sure by …".
    fn whole(&self) -> String {
        let basis = say::basis(self.outlook);
        let text = say::headline(self.outlook);
        if basis.is_empty() { format!("{text}.") } else { format!("{text}. {basis}.") }
    }

    /// The objectives as they stand, with names that turn nothing around.
    fn objectives(&self) -> Vec<ObjectiveView> {
        let mut views = Vec::new();
        for objective in self.outlook.plan.objectives.iter() {
            let mut told = objective.clone();
            told.name = isolated(&told.name);
            told.metric = told.metric.as_deref().map(isolated);
            views.push(objective_view(self.outlook, &told));
        }
        views
    }

    /// Where an objective's metric stands.
    fn stands(&self, view: &ObjectiveView) -> String {
        match (view.outcome.now, view.objective.target) {
            // What would mend it is no news for others.
            (None, None) => "nothing is measured yet".to_owned(),
            _ => view.outcome.sentence.clone(),
        }
    }

    /// How the work for an objective stands: "The work for Leads +20 % is 78 % likely by 31 Mar; 85 % sure by 12 May".
    fn work_for(&self, view: &ObjectiveView) -> String {
        let sure = view.lands.p85.map(|day| format!("85 % sure by {}", self.day(day)));
        match (view.open, &view.chance_text, sure) {
            (0, ..) if view.done == 0 => "No item serves it yet".to_owned(),
            (0, ..) => "All its work is delivered".to_owned(),
            (_, Some(_), Some(sure)) => format!("{}; {sure}", capital(&view.sentence)),
            (_, Some(_), None) => capital(&view.sentence),
            (_, None, Some(sure)) => format!("Its work is {sure}"),
            (_, None, None) => "No date for its work yet".to_owned(),
        }
    }

    /// The outcomes first: what every report begins with.
    fn outcomes(&self, document: &mut Document, most: usize) {
        document.heading("Outcomes");
        let mut points = Vec::new();
        for view in self.objectives() {
            points.push(format!("{}: {}. {}.", view.objective.name, self.stands(&view), self.work_for(&view)));
        }
        if points.is_empty() {
            document.paragraph("The plan names no objective yet.");
        }
        self.capped(document, points, most);
    }

    /// Points, and how many more there are.
    fn capped(&self, document: &mut Document, mut points: Vec<String>, most: usize) {
        let more = points.len().saturating_sub(most);
        if more > 0 {
            points.truncate(most);
            points.push(format!("and {} more", say::thousands(more as u64)));
        }
        document.list(points);
    }

    /// What was delivered from the first day of the sprint to a day, without epics.
    fn finished(&self, until: CivilDate) -> Vec<&Item> {
        let mut finished: Vec<&Item> = Vec::new();
        for (place, item) in self.outlook.plan.items.iter().enumerate() {
            let within = item.finished.is_some_and(|day| day >= self.sprint.start && day <= until);
            if within && item.status == Status::Done && !self.outlook.tree.is_container(place) {
                finished.push(item);
            }
        }
        finished
    }

    /// The first items of the remaining work, with their dates.
    fn next(&self, document: &mut Document, most: usize) {
        let mut points = Vec::new();
        for (rank, item) in self.outlook.work_items().enumerate().take(most) {
            let begun = if item.status == Status::InProgress { " (in progress)" } else { "" };
            let sure = match self.outlook.lands(rank).map(|lands| lands.p85) {
                Some(Some(day)) => format!("85 % sure by {}", self.day(day)),
                Some(None) => "never 85 % sure within the horizon".to_owned(),
                None => "no date yet".to_owned(),
            };
            points.push(format!("{}{begun}: {sure}", named(item)));
        }
        document.list(points);
    }

    /// The name of an item's objective; empty where it serves none.
    fn purpose(&self, item: &Item) -> String {
        let objective = item.objective.as_deref().and_then(|id| self.outlook.plan.objective(id));
        objective.map(|objective| isolated(&objective.name)).unwrap_or_default()
    }

    fn sure_by(&self, day: Option<CivilDate>) -> String {
        day.map_or_else(|| "—".to_owned(), |day| self.day(day))
    }
}

/// "LF-3 Guest checkout".
fn named(item: &Item) -> String {
    say::named(&item.id, &item.title)
}

/// A sentence of the core as it begins a line.
fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    text.get_mut(..1).into_iter().for_each(str::make_ascii_uppercase);
    text
}

fn cells(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
