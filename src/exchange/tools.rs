//! Tools and what they call things. Data, not code: to teach Landfall another tool's export, add a section to `tools.txt`,
//! whose head says how.

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
    /// Acceptance criteria, one a line.
    Criteria,
    /// Of a story: who, what and why.
    AsA,
    IWant,
    SoThat,
    Team,
    Link,
    /// What Landfall has computed itself, and computes again.
    Derived,
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
        (Self::Criteria, &["criteria"]),
        (Self::AsA, &["asA"]),
        (Self::IWant, &["iWant"]),
        (Self::SoThat, &["soThat"]),
        (Self::Team, &["team"]),
        (Self::Link, &["link", "url"]),
        (Self::Derived, &["derived"]),
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
        !matches!(
            self,
            Self::Key
                | Self::Title
                | Self::Status
                | Self::Category
                | Self::Kind
                | Self::Notes
                | Self::Link
                | Self::AsA
                | Self::IWant
                | Self::SoThat
        )
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
                | Self::Criteria
                | Self::AsA
                | Self::IWant
                | Self::SoThat
                | Self::Team
                | Self::Link
                | Self::Derived
        )
    }
}

/// One tool's export.
#[derive(Default)]
pub(super) struct Tool {
    /// The name of the format.
    pub format: &'static str,
    /// What people call the tool.
    pub name: &'static str,
    /// Columns by header: lower case, one space between words, `*` at the end for any ending. Earlier ones win where only
    /// one column can have a role.
    pub headers: Vec<(&'static str, Role)>,
    /// All other lines: a key and its words, between bars.
    lines: Vec<(&'static str, &'static str)>,
}

impl Tool {
    /// The words of every line with this key.
    pub(super) fn words<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = &'static str> + 'a {
        self.lines.iter().filter(move |(key, _)| *key == wanted).flat_map(|(_, words)| words.split('|'))
    }

    /// Whether it has a line with this key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.words(key).next().is_some()
    }

    /// What the first line with a fitting word means, of those whose key goes on behind `sort`.
    pub(super) fn meaning(&self, sort: &str, fits: &dyn Fn(&str) -> bool) -> Option<&'static str> {
        self.lines.iter().find_map(|(key, words)| key.strip_prefix(sort).filter(|_| words.split('|').any(fits)))
    }

    /// Whether a table with these headers is its export.
    pub(super) fn wrote(&self, plain: &[String]) -> bool {
        let has = |words: &str| words.split('|').any(|header| plain.iter().any(|found| found == header));
        self.has("if") && self.lines.iter().all(|(key, words)| *key != "if" || has(words))
    }
}

/// The format of any other table.
pub(super) const ANY_FORMAT: &str = "csv";
/// The section of the words that everybody uses.
const WORDS: &str = "words";

/// All tools, the more particular ones first, then any other table, then everybody's words.
pub(super) struct Tools(Vec<Tool>);

impl Tools {
    pub(super) fn read() -> Self {
        let mut tools: Vec<Tool> = Vec::new();
        for line in include_str!("tools.txt").lines().filter(|line| !line.starts_with('#')) {
            if let Some((format, name)) = line.strip_prefix('[').and_then(|line| line.split_once("] ")) {
                tools.push(Tool { format, name, ..Tool::default() });
            } else if let (Some(tool), Some((key, words))) = (tools.last_mut(), line.split_once(": ")) {
                match Role::named(key) {
                    Some(role) => tool.headers.extend(words.split('|').map(|header| (header, role))),
                    None => tool.lines.push((key, words)),
                }
            }
        }
        Self(tools)
    }

    /// Those that a file can be of.
    pub(super) fn all(&self) -> impl Iterator<Item = &Tool> {
        self.0.iter().filter(|tool| tool.format != WORDS)
    }

    /// The tool of a format's name.
    pub(super) fn of_format(&self, format: &str) -> Option<&Tool> {
        self.all().find(|tool| tool.format == format)
    }

    /// The tool that wrote a table with these headers; any other table where none did.
    pub(super) fn of_headers(&self, plain: &[String]) -> Option<&Tool> {
        self.all().find(|tool| tool.wrote(plain)).or_else(|| self.of_format(ANY_FORMAT))
    }

    /// Everybody's words.
    pub(super) fn words(&self) -> Option<&Tool> {
        self.0.last()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::plan::{Kind, Status};

    #[test]
    fn the_file_of_tools_says_only_what_is_understood() {
        let tools = Tools::read();
        let text = include_str!("tools.txt");
        assert_eq!(tools.0.len(), text.lines().filter(|line| line.starts_with('[')).count());
        assert_eq!(tools.0.last().map(|tool| tool.format), Some(WORDS), "the words stand last");
        let statuses = Status::ALL.map(|status| format!("status {}", status.as_str()));
        let types = Kind::ALL.map(|kind| format!("type {}", kind.as_str()));
        for (number, line) in (1..).zip(text.lines()) {
            if line.starts_with(['#', '[']) || line.is_empty() {
                continue;
            }
            let (key, words) = line.split_once(": ").unwrap_or_default();
            let meaning = key.replace("like ", "");
            let known = Role::named(key).is_some()
                || statuses.contains(&meaning)
                || types.contains(&meaning)
                || ["if", "finish-settles", "tasks-are-parts", "sizes-in-titles", "or number", "not delivered"]
                    .contains(&key);
            assert!(known, "line {number}: the key \"{key}\" is unknown");
            assert!(words.split('|').all(|word| !word.trim().is_empty()), "line {number}: an empty word");
            let plain = |word: &str| word.to_lowercase() == word && !word.contains('_') && !word.contains("  ");
            assert!(words.split('|').all(plain), "line {number}: words are in lower case, with single spaces");
        }
        for tool in &tools.0 {
            let mut headers = HashSet::new();
            for (header, _) in &tool.headers {
                assert!(headers.insert(*header), "[{}]: \"{header}\" stands twice", tool.format);
            }
            let mut meanings = HashSet::new();
            for (key, words) in tool.lines.iter().filter(|(key, _)| !key.contains(" like ") && *key != "if") {
                for word in words.split('|') {
                    let sort = key.split(' ').next();
                    assert!(meanings.insert((sort, word)), "[{}]: \"{word}\" stands twice", tool.format);
                }
            }
        }
    }

    #[test]
    fn every_tool_is_recognised_by_its_first_headers() {
        let tools = Tools::read();
        for tool in tools.all().filter(|tool| tool.has("if")) {
            let first =
                tool.lines.iter().filter(|(key, _)| *key == "if").filter_map(|(_, words)| words.split('|').next());
            let sample: Vec<String> = first.map(str::to_owned).collect();
            assert_eq!(tools.of_headers(&sample).map(|found| found.format), Some(tool.format));
        }
        assert_eq!(tools.of_headers(&["a".to_owned()]).map(|found| found.format), Some(ANY_FORMAT));
    }
}
