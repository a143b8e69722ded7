//! Tools and what their columns are called. Data, not code: to teach Landfall another tool's export, add a [`Tool`].

use crate::plan::{Kind, Status};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The key that people use: `PROJ-12`.
    Key,
    /// Another number of the item, by which parents may be named.
    Number,
    Title,
    /// `Title 1`, `Title 2`, …: the title, in the column of its level in a tree.
    TitleAtLevel,
    Kind,
    Status,
    /// To do, in progress or done, whatever the team calls the status.
    Category,
    /// How a finished item ended: a word here means that it is finished.
    Resolution,
    /// Why an item has its status.
    Reason,
    /// Yes or no: whether it is finished.
    Delivered,
    Size,
    Created,
    Started,
    /// The day on which work begins, planned or true.
    Begin,
    Finished,
    /// The day on which the status category changed: for a finished item, when it was finished.
    Changed,
    /// The day on which it was declined.
    Declined,
    Archived,
    Updated,
    /// The day on which somebody looked at it: the file is not older.
    Seen,
    Due,
    Parent,
    /// An epic by key or name, where that is not always an item.
    Epic,
    /// The name by which an epic's parts refer to it.
    EpicName,
    /// What must be done before it.
    Needs,
    /// What must wait for it.
    Blocks,
    Tags,
    Sprint,
    SprintStart,
    SprintEnd,
    Notes,
    Team,
    Link,
    /// Kept and exported again, but not read. The last one: it tells how many there are.
    Ignore,
}

impl Role {
    /// The name in a mapping and in the preview. The first of a role's names is the one that is shown.
    const NAMES: &[(Self, &[&str])] = &[
        (Self::Key, &["id", "key"]),
        (Self::Number, &["number"]),
        (Self::Title, &["title"]),
        (Self::TitleAtLevel, &["titleAtLevel"]),
        (Self::Kind, &["type", "kind"]),
        (Self::Status, &["status"]),
        (Self::Category, &["statusCategory"]),
        (Self::Resolution, &["resolution"]),
        (Self::Reason, &["reason"]),
        (Self::Delivered, &["done"]),
        (Self::Size, &["size", "points", "estimate"]),
        (Self::Created, &["created"]),
        (Self::Started, &["started"]),
        (Self::Begin, &["begin"]),
        (Self::Finished, &["finished"]),
        (Self::Changed, &["statusChanged"]),
        (Self::Declined, &["declined"]),
        (Self::Archived, &["archived"]),
        (Self::Updated, &["updated"]),
        (Self::Seen, &["lastViewed"]),
        (Self::Due, &["due"]),
        (Self::Parent, &["parent"]),
        (Self::Epic, &["epic"]),
        (Self::EpicName, &["epicName"]),
        (Self::Needs, &["needs", "dependsOn"]),
        (Self::Blocks, &["blocks"]),
        (Self::Tags, &["tags", "labels"]),
        (Self::Sprint, &["sprint"]),
        (Self::SprintStart, &["sprintStart"]),
        (Self::SprintEnd, &["sprintEnd"]),
        (Self::Notes, &["notes", "description"]),
        (Self::Team, &["team"]),
        (Self::Link, &["link", "url"]),
        (Self::Ignore, &["ignore", ""]),
    ];

    /// The name that is shown.
    pub(super) fn name(self) -> &'static str {
        let names = Self::NAMES.iter().find(|(role, _)| *role == self);
        names.and_then(|(_, names)| names.first()).copied().unwrap_or_default()
    }

    /// The role of a name in a mapping.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let mut roles = Self::NAMES.iter();
        roles.find(|(_, names)| names.iter().any(|known| known.eq_ignore_ascii_case(name))).map(|(role, _)| *role)
    }

    /// The names that a mapping may use, for messages.
    pub(super) fn names() -> String {
        let names: Vec<&str> = Self::NAMES.iter().filter_map(|(_, names)| names.first()).copied().collect();
        names.join(", ")
    }

    /// Whether several columns may share it: their cells are put together, or the first filled one counts.
    pub(super) const fn may_repeat(self) -> bool {
        !matches!(self, Self::Key | Self::Title | Self::Status | Self::Category | Self::Kind | Self::Notes | Self::Link)
    }

    /// Whether its cells are dates.
    pub(super) const fn is_date(self) -> bool {
        matches!(
            self,
            Self::Created
                | Self::Started
                | Self::Begin
                | Self::Finished
                | Self::Changed
                | Self::Declined
                | Self::Archived
                | Self::Updated
                | Self::Seen
                | Self::SprintStart
                | Self::SprintEnd
        )
    }

    /// Whether an item holds all that the cell says, so that the cell need not be kept beside it.
    pub(super) const fn is_held_by_item(self) -> bool {
        matches!(
            self,
            Self::Key
                | Self::Title
                | Self::TitleAtLevel
                | Self::Size
                | Self::Created
                | Self::Started
                | Self::Finished
                | Self::Parent
                | Self::Epic
                | Self::Needs
                | Self::Blocks
                | Self::Tags
                | Self::Sprint
                | Self::Notes
                | Self::Team
                | Self::Link
        )
    }
}

/// Columns by header: lower case, one space between words, `*` at the end for any ending. Earlier rows win where only one
/// column can have a role.
pub(super) type Headers = &'static [(&'static str, Role)];

/// One tool's export.
pub(super) struct Tool {
    /// The name of the format.
    pub format: &'static str,
    /// What people call the tool.
    pub name: &'static str,
    /// What it is recognised by: of each group at least one header is there.
    pub signature: &'static [&'static [&'static str]],
    pub headers: Headers,
    /// Where its words mean something else than elsewhere.
    pub statuses: &'static [(&'static str, Status)],
    pub kinds: &'static [(&'static str, Kind)],
    /// Whether a finish date is only there while an item is finished, and so settles an unclear status.
    pub finish_settles: bool,
    /// Whether a task below a story is a part of it rather than work of its own.
    pub tasks_are_parts: bool,
}

impl Tool {
    const NONE: Self = Self {
        format: "csv",
        name: "table",
        signature: &[],
        headers: &[],
        statuses: &[],
        kinds: &[],
        finish_settles: false,
        tasks_are_parts: false,
    };
}

/// The tools, the more particular ones first.
pub(super) static TOOLS: &[Tool] = &[
    Tool {
        format: "jira-csv",
        name: "Jira",
        signature: &[&["issue key", "work item key"], &["summary"]],
        headers: JIRA,
        ..Tool::NONE
    },
    Tool {
        format: "azure-csv",
        name: "Azure DevOps",
        signature: &[&["id"], &["work item type"], &["state", "title", "title 1"]],
        headers: AZURE,
        // Azure's Resolved waits for its verification; Closed and Done are the end.
        statuses: &[
            ("resolved", Status::InProgress),
            ("approved", Status::Todo),
            ("committed", Status::InProgress),
            ("design", Status::Todo),
            ("accepted", Status::InProgress),
        ],
        kinds: &[
            ("feature", Kind::Epic),
            ("initiative", Kind::Epic),
            ("impediment", Kind::Task),
            ("issue", Kind::Story),
            ("test case", Kind::Task),
            ("test plan", Kind::Task),
            ("test suite", Kind::Task),
        ],
        finish_settles: true,
        tasks_are_parts: true,
    },
    Tool {
        format: "linear-csv",
        name: "Linear",
        signature: &[&["id"], &["title"], &["status"], &["team"], &["cycle number", "cycle name", "parent issue"]],
        headers: LINEAR,
        finish_settles: true,
        ..Tool::NONE
    },
    Tool {
        format: "gitlab-csv",
        name: "GitLab",
        signature: &[&["issue id", "iid"], &["title"], &["state"], &["closed at (utc)", "created at (utc)"]],
        headers: GITLAB,
        finish_settles: true,
        ..Tool::NONE
    },
    Tool {
        format: "shortcut-csv",
        name: "Shortcut",
        signature: &[&["id"], &["name"], &["type"], &["is completed", "iscompleted"], &["state"]],
        headers: SHORTCUT,
        kinds: &[("feature", Kind::Story)],
        finish_settles: true,
        ..Tool::NONE
    },
    Tool {
        format: "plane-csv",
        name: "Plane",
        signature: &[&["name"], &["state", "state name"], &["module name", "cycle name", "identifier"], &["priority"]],
        headers: PLANE,
        ..Tool::NONE
    },
    Tool {
        format: "asana-csv",
        name: "Asana",
        signature: &[&["task id"], &["name"], &["section/column"]],
        headers: ASANA,
        finish_settles: true,
        ..Tool::NONE
    },
    Tool {
        format: "github-csv",
        name: "GitHub Projects",
        signature: &[&["title"], &["url"], &["repository"], &["status"]],
        headers: GITHUB,
        ..Tool::NONE
    },
];

/// Any other table.
pub(super) static ANY: Tool = Tool { headers: COMMON, ..Tool::NONE };

const JIRA: Headers = &[
    ("issue key", Role::Key),
    ("work item key", Role::Key),
    ("issue id", Role::Number),
    ("work item id", Role::Number),
    ("summary", Role::Title),
    ("issue type", Role::Kind),
    ("work type", Role::Kind),
    ("work item type", Role::Kind),
    ("status", Role::Status),
    ("status category", Role::Category),
    ("status category changed", Role::Changed),
    ("resolution", Role::Resolution),
    ("created", Role::Created),
    ("updated", Role::Updated),
    ("last viewed", Role::Seen),
    ("resolved", Role::Finished),
    ("resolution date", Role::Finished),
    ("due date", Role::Due),
    ("description", Role::Notes),
    // A parent by key comes before one by number, and an epic link is what older exports have instead.
    ("parent key", Role::Parent),
    ("parent", Role::Parent),
    ("parent id", Role::Parent),
    ("custom field (epic link)", Role::Parent),
    ("epic link", Role::Parent),
    ("custom field (parent link)", Role::Parent),
    ("custom field (epic name)", Role::EpicName),
    ("labels", Role::Tags),
    ("sprint", Role::Sprint),
    ("custom field (sprint)", Role::Sprint),
    ("custom field (story points)", Role::Size),
    ("custom field (story point estimate)", Role::Size),
    ("story points", Role::Size),
    ("story point estimate", Role::Size),
    ("custom field (start date)", Role::Begin),
    ("custom field (actual start)", Role::Started),
    ("custom field (team)", Role::Team),
    // "Blocks" points from what comes first to what waits; "Depends" points the other way.
    ("outward issue link (block*", Role::Blocks),
    ("inward issue link (block*", Role::Needs),
    ("outward work item link (block*", Role::Blocks),
    ("inward work item link (block*", Role::Needs),
    ("outward issue link (depend*", Role::Needs),
    ("inward issue link (depend*", Role::Blocks),
    ("outward work item link (depend*", Role::Needs),
    ("inward work item link (depend*", Role::Blocks),
    ("outward issue link (require*", Role::Needs),
    ("inward issue link (require*", Role::Blocks),
    ("outward issue link (precede*", Role::Blocks),
    ("inward issue link (precede*", Role::Needs),
    ("outward issue link (gantt end to start*", Role::Blocks),
    ("inward issue link (gantt end to start*", Role::Needs),
];

const AZURE: Headers = &[
    // Landfall's export names items by this where Azure DevOps has no number for them.
    ("key", Role::Key),
    ("id", Role::Key),
    ("work item type", Role::Kind),
    ("title", Role::Title),
    ("title 1", Role::TitleAtLevel),
    ("title 2", Role::TitleAtLevel),
    ("title 3", Role::TitleAtLevel),
    ("title 4", Role::TitleAtLevel),
    ("title 5", Role::TitleAtLevel),
    ("title 6", Role::TitleAtLevel),
    ("title 7", Role::TitleAtLevel),
    ("title 8", Role::TitleAtLevel),
    ("title 9", Role::TitleAtLevel),
    ("state", Role::Status),
    ("reason", Role::Reason),
    ("story points", Role::Size),
    ("effort", Role::Size),
    ("size", Role::Size),
    ("created date", Role::Created),
    ("activated date", Role::Started),
    ("closed date", Role::Finished),
    ("resolved date", Role::Updated),
    ("changed date", Role::Updated),
    ("state change date", Role::Updated),
    ("start date", Role::Begin),
    ("target date", Role::Due),
    ("finish date", Role::Due),
    ("due date", Role::Due),
    ("parent", Role::Parent),
    ("tags", Role::Tags),
    ("iteration path", Role::Sprint),
    ("description", Role::Notes),
    ("predecessor", Role::Needs),
    ("predecessors", Role::Needs),
    ("successor", Role::Blocks),
    ("successors", Role::Blocks),
];

const LINEAR: Headers = &[
    ("id", Role::Key),
    ("type", Role::Kind),
    ("uuid", Role::Number),
    ("team", Role::Team),
    ("title", Role::Title),
    ("description", Role::Notes),
    ("status", Role::Status),
    ("estimate", Role::Size),
    ("labels", Role::Tags),
    ("cycle name", Role::Sprint),
    ("cycle number", Role::Sprint),
    ("cycle start", Role::SprintStart),
    ("cycle end", Role::SprintEnd),
    ("created", Role::Created),
    ("updated", Role::Updated),
    ("started", Role::Started),
    ("triaged", Role::Updated),
    ("completed", Role::Finished),
    ("canceled", Role::Declined),
    ("archived", Role::Archived),
    ("due date", Role::Due),
    ("parent issue", Role::Parent),
    ("project", Role::Epic),
    ("blocked by", Role::Needs),
    ("blocks", Role::Blocks),
    ("url", Role::Link),
];

const GITLAB: Headers = &[
    ("issue id", Role::Key),
    ("iid", Role::Key),
    ("title", Role::Title),
    ("description", Role::Notes),
    ("url", Role::Link),
    ("type", Role::Kind),
    ("state", Role::Status),
    ("status", Role::Status),
    ("due date", Role::Due),
    ("start date", Role::Begin),
    ("created at (utc)", Role::Created),
    ("updated at (utc)", Role::Updated),
    ("closed at (utc)", Role::Finished),
    ("weight", Role::Size),
    ("labels", Role::Tags),
    ("parent iid", Role::Parent),
    ("parent id", Role::Parent),
    ("epic id", Role::Epic),
    ("epic title", Role::Epic),
    ("iteration", Role::Sprint),
];

const SHORTCUT: Headers = &[
    ("id", Role::Key),
    ("name", Role::Title),
    ("type", Role::Kind),
    ("state", Role::Status),
    ("estimate", Role::Size),
    ("labels", Role::Tags),
    ("epic id", Role::Epic),
    ("epic", Role::Epic),
    ("iteration", Role::Sprint),
    ("team", Role::Team),
    ("is completed", Role::Delivered),
    ("created at", Role::Created),
    ("updated at", Role::Updated),
    ("started at", Role::Started),
    ("completed at", Role::Finished),
    ("due date", Role::Due),
    ("description", Role::Notes),
    ("url", Role::Link),
    ("app url", Role::Link),
];

const PLANE: Headers = &[
    ("identifier", Role::Key),
    ("id", Role::Key),
    ("name", Role::Title),
    ("description", Role::Notes),
    ("state", Role::Status),
    ("state name", Role::Status),
    ("type", Role::Kind),
    ("estimate", Role::Size),
    ("labels", Role::Tags),
    ("start date", Role::Begin),
    ("target date", Role::Due),
    ("cycle name", Role::Sprint),
    ("cycle start date", Role::SprintStart),
    ("cycle end date", Role::SprintEnd),
    ("created at", Role::Created),
    ("updated at", Role::Updated),
    ("completed at", Role::Finished),
    ("archived at", Role::Archived),
    ("parent", Role::Parent),
];

const ASANA: Headers = &[
    ("task id", Role::Key),
    ("name", Role::Title),
    ("section/column", Role::Status),
    ("created at", Role::Created),
    ("completed at", Role::Finished),
    ("last modified", Role::Updated),
    ("start date", Role::Begin),
    ("due date", Role::Due),
    ("tags", Role::Tags),
    ("notes", Role::Notes),
    ("parent task", Role::Parent),
    ("blocked by (dependencies)", Role::Needs),
    ("blocked by", Role::Needs),
    ("blocking (dependencies)", Role::Blocks),
    ("blocking", Role::Blocks),
    ("story points", Role::Size),
    ("points", Role::Size),
    ("estimate", Role::Size),
];

const GITHUB: Headers = &[
    ("id", Role::Key),
    ("title", Role::Title),
    ("body", Role::Notes),
    ("parent", Role::Parent),
    ("blocked by", Role::Needs),
    ("started", Role::Started),
    ("url", Role::Link),
    ("status", Role::Status),
    ("type", Role::Kind),
    ("labels", Role::Tags),
    ("estimate", Role::Size),
    ("size", Role::Size),
    ("story points", Role::Size),
    ("points", Role::Size),
    ("iteration", Role::Sprint),
    ("sprint", Role::Sprint),
    ("parent issue", Role::Epic),
    ("start date", Role::Begin),
    ("target date", Role::Due),
    ("created", Role::Created),
    ("updated", Role::Updated),
    ("closed", Role::Finished),
];

/// What columns are called where no tool was recognised.
const COMMON: Headers = &[
    ("key", Role::Key),
    ("issue key", Role::Key),
    ("id", Role::Key),
    ("item id", Role::Key),
    ("issue id", Role::Key),
    ("work item id", Role::Key),
    ("task id", Role::Key),
    ("ticket", Role::Key),
    ("ticket id", Role::Key),
    ("identifier", Role::Key),
    ("reference", Role::Key),
    ("feature reference #", Role::Key),
    ("ref", Role::Key),
    ("number", Role::Key),
    ("nr", Role::Key),
    ("no", Role::Key),
    ("#", Role::Key),
    ("vorgangsschlüssel", Role::Key),
    ("schlüssel", Role::Key),
    ("clé", Role::Key),
    ("clave", Role::Key),
    ("title", Role::Title),
    ("summary", Role::Title),
    ("name", Role::Title),
    ("subject", Role::Title),
    ("feature name", Role::Title),
    ("story name", Role::Title),
    ("task name", Role::Title),
    ("card name", Role::Title),
    ("user story", Role::Title),
    ("headline", Role::Title),
    ("titel", Role::Title),
    ("zusammenfassung", Role::Title),
    ("titre", Role::Title),
    ("résumé", Role::Title),
    ("título", Role::Title),
    ("resumen", Role::Title),
    ("resumo", Role::Title),
    ("titolo", Role::Title),
    // These name a thing as often as they number it: see `columns::drop_numbered_titles`.
    ("story", Role::Title),
    ("feature", Role::Title),
    ("item", Role::Title),
    ("task", Role::Title),
    ("issue", Role::Title),
    ("idea", Role::Title),
    ("card", Role::Title),
    ("aufgabe", Role::Title),
    ("status", Role::Status),
    ("state", Role::Status),
    ("feature status", Role::Status),
    ("state name", Role::Status),
    ("workflow state", Role::Status),
    ("current state", Role::Status),
    ("stage", Role::Status),
    ("section/column", Role::Status),
    ("column", Role::Status),
    ("list", Role::Status),
    ("estado", Role::Status),
    ("état", Role::Status),
    ("statut", Role::Status),
    ("stato", Role::Status),
    ("status category", Role::Category),
    ("status category changed", Role::Changed),
    ("resolution", Role::Resolution),
    ("lösung", Role::Resolution),
    ("is completed", Role::Delivered),
    ("completed?", Role::Delivered),
    ("done?", Role::Delivered),
    ("type", Role::Kind),
    ("issue type", Role::Kind),
    ("item type", Role::Kind),
    ("work item type", Role::Kind),
    ("story type", Role::Kind),
    ("kind", Role::Kind),
    ("tracker", Role::Kind),
    ("typ", Role::Kind),
    ("vorgangstyp", Role::Kind),
    ("tipo", Role::Kind),
    ("story points", Role::Size),
    ("story point estimate", Role::Size),
    ("story point", Role::Size),
    ("points", Role::Size),
    ("point", Role::Size),
    ("sp", Role::Size),
    ("estimate", Role::Size),
    ("estimation", Role::Size),
    ("original estimate", Role::Size),
    ("size", Role::Size),
    ("weight", Role::Size),
    ("effort", Role::Size),
    ("custom field (story points)", Role::Size),
    ("custom field (story point estimate)", Role::Size),
    ("schätzung", Role::Size),
    ("aufwand", Role::Size),
    ("punkte", Role::Size),
    ("puntos", Role::Size),
    ("pontos", Role::Size),
    ("created", Role::Created),
    ("created at", Role::Created),
    ("created date", Role::Created),
    ("created on", Role::Created),
    ("creation date", Role::Created),
    ("date created", Role::Created),
    ("created at (utc)", Role::Created),
    ("opened", Role::Created),
    ("erstellt", Role::Created),
    ("créé", Role::Created),
    ("creada", Role::Created),
    ("criado", Role::Created),
    ("started", Role::Started),
    ("started at", Role::Started),
    ("started date", Role::Started),
    ("activated date", Role::Started),
    ("in progress date", Role::Started),
    ("date started", Role::Started),
    ("gestartet", Role::Started),
    ("start date", Role::Begin),
    ("start", Role::Begin),
    ("finished", Role::Finished),
    ("finished at", Role::Finished),
    ("finished date", Role::Finished),
    ("completed", Role::Finished),
    ("completed at", Role::Finished),
    ("completed date", Role::Finished),
    ("completed on", Role::Finished),
    ("completion date", Role::Finished),
    ("date completed", Role::Finished),
    ("closed", Role::Finished),
    ("closed at", Role::Finished),
    ("closed date", Role::Finished),
    ("closed on", Role::Finished),
    ("closed at (utc)", Role::Finished),
    ("date closed", Role::Finished),
    ("resolved", Role::Finished),
    ("resolved at", Role::Finished),
    ("resolved date", Role::Finished),
    ("resolution date", Role::Finished),
    ("done", Role::Finished),
    ("done date", Role::Finished),
    ("delivered", Role::Finished),
    ("delivered date", Role::Finished),
    ("released", Role::Finished),
    ("merged at", Role::Finished),
    ("accepted at", Role::Finished),
    ("erledigt", Role::Finished),
    ("abgeschlossen", Role::Finished),
    ("canceled", Role::Declined),
    ("cancelled", Role::Declined),
    ("canceled at", Role::Declined),
    ("cancelled at", Role::Declined),
    ("archived", Role::Archived),
    ("archived at", Role::Archived),
    ("updated", Role::Updated),
    ("updated at", Role::Updated),
    ("updated date", Role::Updated),
    ("updated on", Role::Updated),
    ("updated at (utc)", Role::Updated),
    ("last modified", Role::Updated),
    ("last updated", Role::Updated),
    ("modified", Role::Updated),
    ("changed date", Role::Updated),
    ("aktualisiert", Role::Updated),
    ("last viewed", Role::Seen),
    ("due", Role::Due),
    ("due date", Role::Due),
    ("deadline", Role::Due),
    ("target date", Role::Due),
    ("end date", Role::Due),
    ("finish date", Role::Due),
    ("parent key", Role::Parent),
    ("parent", Role::Parent),
    ("parent id", Role::Parent),
    ("parent issue", Role::Parent),
    ("parent task", Role::Parent),
    ("epic link", Role::Parent),
    ("custom field (epic link)", Role::Parent),
    ("übergeordnet", Role::Parent),
    ("epic", Role::Epic),
    ("epic id", Role::Epic),
    ("epic key", Role::Epic),
    ("epic name", Role::Epic),
    ("epic title", Role::Epic),
    ("depends on", Role::Needs),
    ("dependson", Role::Needs),
    ("dependencies", Role::Needs),
    ("dependency", Role::Needs),
    ("blocked by", Role::Needs),
    ("blocked by (dependencies)", Role::Needs),
    ("is blocked by", Role::Needs),
    ("needs", Role::Needs),
    ("requires", Role::Needs),
    ("predecessor", Role::Needs),
    ("predecessors", Role::Needs),
    ("prerequisites", Role::Needs),
    ("inward issue link (block*", Role::Needs),
    ("outward issue link (block*", Role::Blocks),
    ("blocks", Role::Blocks),
    ("blocking", Role::Blocks),
    ("blocking (dependencies)", Role::Blocks),
    ("successors", Role::Blocks),
    ("labels", Role::Tags),
    ("label", Role::Tags),
    ("tags", Role::Tags),
    ("tag", Role::Tags),
    ("stichwörter", Role::Tags),
    ("étiquettes", Role::Tags),
    ("etiquetas", Role::Tags),
    ("sprint", Role::Sprint),
    ("sprint name", Role::Sprint),
    ("iteration", Role::Sprint),
    ("iteration path", Role::Sprint),
    ("cycle", Role::Sprint),
    ("cycle name", Role::Sprint),
    ("cycle start", Role::SprintStart),
    ("cycle start date", Role::SprintStart),
    ("sprint start", Role::SprintStart),
    ("sprint start date", Role::SprintStart),
    ("cycle end", Role::SprintEnd),
    ("cycle end date", Role::SprintEnd),
    ("sprint end", Role::SprintEnd),
    ("sprint end date", Role::SprintEnd),
    ("description", Role::Notes),
    ("notes", Role::Notes),
    ("details", Role::Notes),
    ("body", Role::Notes),
    ("beschreibung", Role::Notes),
    ("descripción", Role::Notes),
    ("descrição", Role::Notes),
    ("descrizione", Role::Notes),
    ("team", Role::Team),
    ("team name", Role::Team),
    ("squad", Role::Team),
    ("url", Role::Link),
    ("link", Role::Link),
    ("issue url", Role::Link),
    ("web url", Role::Link),
    ("permalink", Role::Link),
];

/// Titles of [`COMMON`] that are as often numbers.
pub(super) const TITLES_OR_NUMBERS: &[&str] =
    &["story", "feature", "item", "task", "issue", "idea", "card", "aufgabe", "name"];

/// The format of any other table.
pub(super) const ANY_FORMAT: &str = "csv";

/// The tool of a format's name.
pub(super) fn of_format(format: &str) -> Option<&'static Tool> {
    if format == ANY_FORMAT {
        return Some(&ANY);
    }
    TOOLS.iter().find(|tool| tool.format == format)
}
