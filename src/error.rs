//! The one error type: a stable code, the place, and a sentence that says what was found and what would do.

use std::fmt;

/// What went wrong, as a stable word. Every code that Landfall can return stands in this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    /// `invalid-request`: the request does not have the documented shape (a field of the wrong type, an unknown word).
    InvalidRequest,
    /// `invalid-number`: a number is not finite, negative where it may not be, or out of its documented bounds.
    InvalidNumber,
    /// `invalid-range`: a range whose low, likely and high are not in this order.
    InvalidRange,
    /// `invalid-date`: a text that is not a civil date of the form `2026-11-23`.
    InvalidDate,
    /// `empty-history`: a forecast was asked for without any period and without a guess.
    EmptyHistory,
    /// `too-large`: a size above its documented bound (trials, horizon, items, bytes).
    TooLarge,
    /// `duplicate-id`: two things carry the same id.
    DuplicateId,
    /// `unknown-id`: an id that nothing carries.
    UnknownId,
    /// `cycle`: things need each other in a circle.
    Cycle,
    /// `not-json`: a document, or a file that looks like one, that is not JSON.
    NotJson,
    /// `not-a-plan`: JSON that is not a Landfall plan.
    NotAPlan,
    /// `newer-format`: a plan written by a newer Landfall.
    NewerFormat,
    /// `not-a-link`: a text that is not a Landfall link.
    NotALink,
    /// `damaged`: a link, or a picture or page with a plan inside, that was cut off or changed.
    Damaged,
    /// `empty-file`: a file without any content.
    EmptyFile,
    /// `no-rows`: a file that has a header and nothing below it.
    NoRows,
    /// `not-a-table`: a file that holds no table and no list of items.
    NotATable,
    /// `unterminated-quote`: a quoted cell that is not closed where a column ends.
    UnterminatedQuote,
    /// `unknown-format`: a file or format name that Landfall does not know.
    UnknownFormat,
    /// `needs-mapping`: a table in which no column could be taken for the title; name the columns.
    NeedsMapping,
    /// `storage-refused`: the store could not be read or written.
    StorageRefused,
    /// `storage-full`: the store has no room for the record.
    StorageFull,
    /// `storage-behind`: another tab has gone on from a state that this one has not seen; open the store again.
    StorageBehind,
    /// `read-only`: the plan may not be changed.
    ReadOnly,
    /// `simulation-pending`: a query that was not to simulate needs a simulation that is not at hand.
    SimulationPending,
}

impl Code {
    /// The stable kebab-case word, as the JavaScript API gives it in `error.code`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid-request",
            Self::InvalidNumber => "invalid-number",
            Self::InvalidRange => "invalid-range",
            Self::InvalidDate => "invalid-date",
            Self::EmptyHistory => "empty-history",
            Self::TooLarge => "too-large",
            Self::DuplicateId => "duplicate-id",
            Self::UnknownId => "unknown-id",
            Self::Cycle => "cycle",
            Self::NotJson => "not-json",
            Self::NotAPlan => "not-a-plan",
            Self::NewerFormat => "newer-format",
            Self::NotALink => "not-a-link",
            Self::Damaged => "damaged",
            Self::EmptyFile => "empty-file",
            Self::NoRows => "no-rows",
            Self::NotATable => "not-a-table",
            Self::UnterminatedQuote => "unterminated-quote",
            Self::UnknownFormat => "unknown-format",
            Self::NeedsMapping => "needs-mapping",
            Self::StorageRefused => "storage-refused",
            Self::StorageFull => "storage-full",
            Self::StorageBehind => "storage-behind",
            Self::ReadOnly => "read-only",
            Self::SimulationPending => "simulation-pending",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error of any part of Landfall. Nothing has changed when one is returned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{}", .0.path.as_deref().map(|path| format!("{path}: ")).unwrap_or_default(), .0.message)]
pub struct Error(Box<Parts>);

// Boxed, so that results are small: an eighth of the wasm was moving errors about.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    code: Code,
    path: Option<String>,
    message: String,
}

impl Error {
    /// An error without a place. `message` is a sentence in lower case: what was found, and what would do.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self(Box::new(Parts { code, path: None, message: message.into() }))
    }

    /// The same error at a place: a JSON pointer (`/work/3/size`), or for files `line 17, column "Story Points"`.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.0.path = Some(path.into());
        self
    }

    /// The same error one level further out: `prefix` is put before a JSON pointer that stands already.
    #[must_use]
    pub fn within(mut self, prefix: &str) -> Self {
        self.0.path = Some(match &self.0.path {
            Some(path) => format!("{prefix}{path}"),
            None => prefix.to_owned(),
        });
        self
    }

    /// What went wrong, as a stable word.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Where: a JSON pointer into the request, or the line and column of a file.
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// The sentence, without the place.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

/// A result whose error is Landfall's.
pub type Result<T> = std::result::Result<T, Error>;

/// A name as a part of a JSON pointer (RFC 6901).
pub(crate) fn pointer(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
