//! Commands: the one way in which a plan changes, as data.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

use crate::error::{Code, Error};
use crate::plan::{
    Agreement, Assumptions, Blocked, Calendar, CivilDate, Criterion, Decision, Item, Kind, Moscow, Objective,
    PlanDocument, Promise, Request, SavedView, Scenario, Scoring, Sprint, Status, Story, Team, Unit, Usage,
};
use crate::range::{Range, Uncertain};

/// A change of a plan, as data. Applied, stored, replayed and undone as it stands.
///
/// In JSON a command is an object whose `type` names it: `{ "type": "moveItem", "id": "LF-3", "before": "LF-1" }`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(type_prefix = "Tagged"))]
#[serde(remote = "Self", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Adds an item: before another one, else at the end. Without an id it gets the next free one.
    AddItem {
        /// The new item.
        item: Box<Item>,
        /// The item before which it goes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        before: Option<String>,
    },
    /// Changes fields of an item; a field that is null is cleared, one that is absent stays.
    EditItem {
        /// The item.
        id: String,
        /// The fields to change.
        patch: Box<ItemPatch>,
    },
    /// Moves an item before another one, else to the end.
    MoveItem {
        /// The item.
        id: String,
        /// The item before which it goes; absent or null: to the end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "string | null"))]
        before: Option<String>,
    },
    /// Puts the items named into this order, at the places that they hold now; all others stay where they are.
    OrderItems {
        /// The items, the most important first.
        ids: Vec<String>,
    },
    /// Takes an item out. Its children lose their parent, and items that need it no longer do.
    RemoveItem {
        /// The item.
        id: String,
    },
    /// Changes the same fields of several items.
    EditItems {
        /// The items.
        ids: Vec<String>,
        /// The fields to change, as in `editItem`.
        #[serde(default)]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        patch: Box<ItemPatch>,
        /// Labels that each of them gets.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        add_tags: Vec<String>,
        /// Labels that each of them loses.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        remove_tags: Vec<String>,
    },
    /// Moves several items together before another one, else to the end; among themselves they keep their order.
    MoveItems {
        /// The items.
        ids: Vec<String>,
        /// The item before which they go; absent or null: to the end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "string | null"))]
        before: Option<String>,
    },
    /// Takes several items out, as `removeItem` does one.
    RemoveItems {
        /// The items.
        ids: Vec<String>,
    },
    /// Adds a copy of an item behind it: not begun, with its criteria open.
    DuplicateItem {
        /// The item.
        id: String,
        /// The copy's id; the next free one when blank.
        #[serde(default)]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        copy: String,
    },
    /// Cuts an open item into pieces. The first keeps its id, and with it what points to it; the others stand behind it.
    /// Whatever a piece does not say itself it inherits: story, objective, parent, dependencies, team, tags, class,
    /// scores. Size, criteria and effect are of the piece. What needed the item needs all its pieces.
    SplitItem {
        /// The item.
        id: String,
        /// What becomes of it, two pieces at least.
        pieces: Vec<Item>,
    },
    /// Joins open items into one: criteria, tags, dependencies, notes and requests of the others go over to it, and what
    /// named them names it.
    MergeItems {
        /// The item that stays.
        id: String,
        /// The items that it takes in.
        others: Vec<String>,
        /// Whether sizes add up, as for parts of one thing; otherwise it keeps its own, as for one thing written down
        /// twice.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        add_sizes: bool,
    },
    /// Says no to items and requests, with the reason, which is kept as a decision.
    Decline {
        /// The items, all of them open.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        items: Vec<String>,
        /// The requests.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        requests: Vec<String>,
        /// Why.
        why: String,
        /// What is done instead.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        instead: String,
        /// When it was decided; the newest day the plan knows of when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        date: Option<CivilDate>,
        /// The decision's id; the next free one when blank.
        #[serde(default)]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        decision: String,
    },
    /// Adds a request, or takes the place of the one with its id. Without an id it gets the next free one.
    SetRequest {
        /// The request.
        request: Box<Request>,
    },
    /// Takes a request out.
    RemoveRequest {
        /// The request.
        id: String,
    },
    /// Adds a decision, or takes the place of the one with its id. Without an id it gets the next free one.
    SetDecision {
        /// The decision.
        decision: Box<Decision>,
    },
    /// Takes a decision out.
    RemoveDecision {
        /// The decision.
        id: String,
    },
    /// Sets the definition of ready and the house rules.
    SetAgreement {
        /// The working agreement.
        agreement: Box<Agreement>,
    },
    /// Keeps a list, or takes the place of the one with its name.
    SetView {
        /// The list.
        view: Box<SavedView>,
    },
    /// Forgets a kept list.
    RemoveView {
        /// The list, by name.
        name: String,
    },
    /// Takes in the items of a file: new ones are added at the end, known ones updated where the file has a say.
    ImportItems {
        /// The items, in file order.
        #[cfg_attr(target_arch = "wasm32", tsify(type = "Item[]"))]
        items: Vec<Arc<Item>>,
        /// The names of the fields that the file has columns for.
        fields: Vec<String>,
        /// The newest day the file knows of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        known_until: Option<CivilDate>,
        /// What to count in from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        unit: Option<Unit>,
        /// The length of a sprint from now on, in days.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        sprint_days: Option<u32>,
        /// A poor, a usual and a good sprint, where the file has no history.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        guess: Option<Range>,
        /// The name of a new plan that takes the place of this one; absent: the items join this plan.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        replace: Option<String>,
        /// The day from which the forecast is kept that the file leads to; the newest day the plan knows of when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        today: Option<CivilDate>,
    },
    /// Adds an objective, or takes the place of the one with its id. Without an id it gets the next free one.
    SetObjective {
        /// The objective.
        objective: Box<Objective>,
    },
    /// Takes an objective out; its items serve none then.
    RemoveObjective {
        /// The objective.
        id: String,
    },
    /// Names the plan.
    RenamePlan {
        /// The name.
        name: String,
    },
    /// Says what sizes and velocities are counted in.
    SetUnit {
        /// The unit.
        unit: Unit,
    },
    /// Sets sprints and working days.
    SetCalendar {
        /// The calendar.
        calendar: Box<Calendar>,
    },
    /// Says what share of its usual capacity a future sprint has.
    SetCapacity {
        /// Any day of the sprint.
        sprint: CivilDate,
        /// The share; null takes it back to 1.
        #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
        factor: Option<f64>,
        /// The team, by name; all teams when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        team: Option<String>,
    },
    /// Enters what a past sprint finished, or takes such an entry back.
    SetSprint {
        /// The sprint's first day.
        start: CivilDate,
        /// What it finished; null takes the entry back.
        #[cfg_attr(target_arch = "wasm32", tsify(type = "Sprint | null"))]
        sprint: Option<Sprint>,
        /// The team, by name; the first one when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        team: Option<String>,
    },
    /// Enters what the last sprints finished, oldest first, ending with the one before the day's.
    SetHistory {
        /// Finished amounts, in the plan's unit; they take the place of all entries made by hand.
        finished: Vec<f64>,
        /// The day before whose sprint the last of them ended.
        today: CivilDate,
        /// The team, by name; the first one when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        team: Option<String>,
    },
    /// Gives a poor, a usual and a good sprint, or takes them back.
    SetGuess {
        /// The guess; null takes it back.
        #[cfg_attr(target_arch = "wasm32", tsify(type = "Range | null"))]
        guess: Option<Range>,
        /// The team, by name; the first one when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        team: Option<String>,
    },
    /// Says who works, team by team; none or one where everything is one team's.
    SetTeams {
        /// All teams, the one to which items without a team belong first.
        teams: Vec<Team>,
    },
    /// Adds a team, or takes the place of the one with its name.
    SetTeam {
        /// The team.
        team: Box<Team>,
        /// The name of the team whose place it takes, where that changes; items that carry it take the new one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        instead_of: Option<String>,
    },
    /// Takes a team out. Its items keep its name, and belong to the first team then.
    RemoveTeam {
        /// The team, by name.
        name: String,
    },
    /// Makes a team of each name that items carry, so that each is forecast from its own history.
    ForecastByTeam {
        /// The teams, the one to which items without a team belong first; all that items name, the most frequent
        /// first, when absent.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        names: Vec<String>,
    },
    /// Sets what forecasts assume.
    SetAssumptions {
        /// The assumptions.
        assumptions: Box<Assumptions>,
    },
    /// Chooses how items are scored.
    SetScoring {
        /// The method and its weights.
        scoring: Box<Scoring>,
    },
    /// Starts a sprint: records what is committed to, and puts it at the top of the list. While that sprint runs, it says
    /// what is in it from now on: what it does not name leaves it unless it is done, what is new counts as added.
    StartSprint {
        /// Any day of the sprint; the one that runs, or the one of today, when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        start: Option<CivilDate>,
        /// The day on which that is said.
        today: CivilDate,
        /// The items, all of them open work.
        items: Vec<String>,
        /// What the sprint is for, in a sentence; as it was when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        goal: Option<String>,
    },
    /// Closes the running sprint: what was finished and committed to becomes history, what is left goes to the top of the
    /// list, and the forecast is kept.
    CloseSprint {
        /// The day on which it is closed.
        today: CivilDate,
        /// Items of the sprint that are done, beside those that are marked so already.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        finished: Vec<String>,
    },
    /// Notes what was told to whom, or takes the place of the promise with its id, and keeps the forecast that a new one
    /// rests on. Without an id it gets the next free one, without words those of what it is about.
    SetPromise {
        /// The promise.
        promise: Box<Promise>,
    },
    /// Forgets a promise.
    RemovePromise {
        /// The promise.
        id: String,
    },
    /// Assumes a command in a scenario, which begins with it where there is none of that name.
    Assume {
        /// The scenario, by name.
        scenario: String,
        /// What is assumed.
        #[cfg_attr(target_arch = "wasm32", tsify(type = "Command"))]
        command: Box<Self>,
    },
    /// Takes one of its commands out of a scenario.
    RemoveAssumed {
        /// The scenario, by name.
        scenario: String,
        /// The place of the command, from 0.
        place: usize,
    },
    /// Adds a scenario, or takes the place of the one with its name.
    SetScenario {
        /// The scenario.
        scenario: Box<Scenario>,
        /// The name of the scenario whose place it takes, where that changes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        instead_of: Option<String>,
    },
    /// Drops a scenario.
    RemoveScenario {
        /// The scenario, by name.
        name: String,
    },
    /// Makes what a scenario assumes part of the plan. What no longer applies is left out.
    TakeOver {
        /// The scenario, by name.
        scenario: String,
        /// The places of the commands to take over, from 0; the others stay assumed. All of them, and the scenario ends,
        /// when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        only: Option<Vec<usize>>,
    },
    /// Puts another plan in the place of this one.
    ReplacePlan {
        /// The other plan.
        document: Box<PlanDocument>,
    },
    /// Several commands as one: all or nothing, one undo.
    Batch {
        /// What they do together, in a few words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        label: String,
        /// The commands, in order.
        #[cfg_attr(target_arch = "wasm32", tsify(type = "Command[]"))]
        commands: Vec<Command>,
    },
}

impl Command {
    /// Whether it is about what is assumed, or kept of the past, and not about the backlog.
    pub(super) fn is_about_scenarios(&self) -> bool {
        match self {
            Self::Assume { .. }
            | Self::RemoveAssumed { .. }
            | Self::SetScenario { .. }
            | Self::RemoveScenario { .. }
            | Self::TakeOver { .. } => true,
            Self::Batch { commands, .. } => commands.iter().any(Self::is_about_scenarios),
            _ => false,
        }
    }

    /// Whether it puts another plan in the place of the one before.
    pub(super) fn replaces_plan(&self) -> bool {
        match self {
            Self::ReplacePlan { .. } | Self::ImportItems { replace: Some(_), .. } => true,
            Self::Batch { commands, .. } => commands.iter().any(Self::replaces_plan),
            _ => false,
        }
    }
}

/// Reads a command from JSON text.
///
/// # Errors
/// [`Code::NotJson`], or [`Code::InvalidRequest`] with a JSON pointer to what does not fit.
pub fn read_command(text: &str) -> crate::Result<Command> {
    let value = serde_json::from_str(text).map_err(|e| {
        let place = format!("line {}, column {}", e.line(), e.column());
        Error::new(Code::NotJson, "this is no JSON: write a command as an object").at(place)
    })?;
    crate::json::read(&value)
}

// The tag is written and read here and in `json`, not by serde's derive: that would buffer the contents, generate the
// code for reading every type once more, and lose the places of what does not fit.
impl Serialize for Command {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let tagged = Self::serialize(self, crate::json::ToValue).map_err(ser::Error::custom)?;
        Serialize::serialize(&tagged, serializer)
    }
}

impl<'de> Deserialize<'de> for Command {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

/// A field of a patch: `Some(None)` clears it.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

macro_rules! patch {
    ($($(#[$doc:meta])* $field:ident: $type:ty, $ts:literal, [$($set:ident)+];)*) => {
        /// The fields of an item that change; an absent one stays as it is, one that is null is cleared.
        #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct ItemPatch {
            $(
                $(#[$doc])*
                #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
                #[cfg_attr(target_arch = "wasm32", tsify(optional, type = $ts))]
                pub $field: Option<Option<$type>>,
            )*
        }

        impl ItemPatch {
            /// The item with these changes.
            #[must_use]
            pub fn applied_to(&self, item: &Item) -> Item {
                let mut item = item.clone();
                $(if let Some(value) = &self.$field { patch!(@$($set)+ item $field value); })*
                item
            }

            /// What makes one item of another.
            pub(super) fn between(from: &Item, to: &Item) -> Self {
                Self { $($field: (from.$field != to.$field).then(|| patch!(@of $($set)+ to $field)),)* }
            }

            /// The names of the fields that change, as people call them.
            pub fn names(&self) -> Vec<&'static str> {
                let mut names = Vec::new();
                $(if self.$field.is_some() { names.push(stringify!($field)); })*
                names
            }
        }
    };
    (@of plain $item:ident $field:ident) => { Some($item.$field.clone()) };
    (@of optional $item:ident $field:ident) => { $item.$field.clone() };
    // A field that always has a value: clearing it gives its default.
    (@plain $item:ident $field:ident $value:ident) => { $item.$field = $value.clone().unwrap_or_default(); };
    // A field that may be absent.
    (@optional $item:ident $field:ident $value:ident) => { $item.$field = $value.clone(); };
}

patch! {
    /// What it is, in a line.
    title: String, "string", [plain];
    /// What sort of thing it is.
    #[serde(rename = "type")]
    kind: Kind, "Kind", [plain];
    /// How far it has come.
    status: Status, "Status", [plain];
    /// How large it is.
    size: Uncertain, "Uncertain | null", [optional];
    /// How much of it is left while it is in progress.
    remaining: Uncertain, "Uncertain | null", [optional];
    /// The story.
    story: Story, "Story | null", [plain];
    /// The acceptance criteria.
    criteria: Vec<Criterion>, "Criterion[] | null", [plain];
    /// Scoring inputs, all of them.
    inputs: BTreeMap<String, Uncertain>, "Record<string, Uncertain> | null", [plain];
    /// How many people use what it is about.
    usage: Usage, "Usage | null", [optional];
    /// The objective it serves.
    objective: String, "string | null", [optional];
    /// How far it is expected to move its objective's metric.
    effect: Uncertain, "Uncertain | null", [optional];
    /// Its MoSCoW class.
    moscow: Moscow, "Moscow | null", [optional];
    /// The item it is a part of.
    parent: String, "string | null", [optional];
    /// The items that must be done before it.
    needs: Vec<String>, "string[] | null", [plain];
    /// Labels.
    tags: Vec<String>, "string[] | null", [plain];
    /// The team that does it.
    team: String, "string | null", [optional];
    /// The tracker's sprint.
    sprint: String, "string | null", [optional];
    /// What it waits for.
    blocked: Blocked, "Blocked | null", [optional];
    /// The points of the definition of ready that are ticked.
    ready: Vec<String>, "string[] | null", [plain];
    /// The first day on which work may begin.
    not_before: CivilDate, "CivilDate | null", [optional];
    /// When it was written down.
    created: CivilDate, "CivilDate | null", [optional];
    /// When work on it began.
    started: CivilDate, "CivilDate | null", [optional];
    /// When it was delivered, or declined.
    finished: CivilDate, "CivilDate | null", [optional];
    /// Anything else worth knowing.
    notes: String, "string | null", [plain];
    /// Where it can be looked up.
    link: String, "string | null", [optional];
}

/// What a command has done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// What was done, in a few words that can stand behind "Undo": "move LF-3".
    pub label: String,
    /// The command as it was applied, with every id that it gave out: apply it elsewhere, and the same happens.
    pub command: Command,
    /// The items that were added or changed, or that moved by a command of their own.
    pub ids: Vec<String>,
}
