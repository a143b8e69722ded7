//! Confluence's storage format: XHTML, with elements of its own that a report does not need.

use super::{Document, html};

pub(super) fn write(document: &Document) -> String {
    html::MARKS.write(document)
}
