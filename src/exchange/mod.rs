//! The door through which other tools' files come in: bytes to typed rows. It knows no plan and changes none.
//!
//! A file goes through one road, whatever wrote it: bytes become text (`decode`), text becomes a table (`table`), the
//! headers say which tool it was and which column is what (`columns`, by the lists in `tools`), cells become items
//! (`rows`, with `dates`, `sizes` and the lists in `words`), and items find their parents and needs (`relations`).
//! To teach Landfall another tool's export or another team's words, add to the lists; no code is needed.
//!
//! ```
//! use landfall::exchange::{ReadOptions, read};
//! use landfall::plan::Status;
//!
//! let file = "Key;Title;Status;Points;Closed\nA-1;Log in;Erledigt;3,5;23.11.2026\nA-2;Log out;Offen;;\n";
//! let reading = read(file.as_bytes(), &ReadOptions::default())?;
//! assert_eq!(reading.read, 2);
//! let [first, second] = reading.rows.as_slice() else { panic!("two rows") };
//! assert_eq!((first.item.id.as_str(), first.item.status), ("A-1", Status::Done));
//! assert_eq!(first.item.size, Some(3.5.into()));
//! assert_eq!(first.item.finished, Some("2026-11-23".parse()?));
//! assert_eq!((second.line, second.item.status), (3, Status::Todo));
//! # Ok::<(), landfall::Error>(())
//! ```

mod columns;
mod dates;
mod decode;
mod reading;
mod relations;
mod rows;
mod sizes;
mod summary;
mod table;
mod tools;
mod words;
pub mod write;

pub use dates::DateOrder;
pub use reading::{ColumnUse, Field, FileReading, FileRow, ReadOptions, Recognised, Rejected, StatusUse, TypeUse};

use crate::error::{Code, Error, Result};
use crate::pace::{self, Pace};
use tools::Role;

/// Reads a file that another tool wrote: CSV or TSV, recognised by its headers.
///
/// Every row below the header either becomes an item or is rejected with a reason; what a cell says and an item cannot
/// hold is kept in [`Item::columns`](crate::plan::Item::columns).
///
/// # Errors
/// [`Code::EmptyFile`]; [`Code::NoRows`] for a header alone; [`Code::NotATable`]; [`Code::UnterminatedQuote`] with its
/// line; [`Code::NeedsMapping`] when no column can be the title, with the headers that were found; [`Code::TooLarge`]
/// above 64 MiB, 200,000 rows or 2,000 columns; [`Code::UnknownFormat`] and [`Code::InvalidRequest`] for options that
/// do not fit.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<FileReading> {
    pace::at_once(read_in_slices(bytes.to_vec(), options, table::MAX_ROWS, &Pace::default()))
}

/// [`read`], of so many rows at most, with rests; of an import it is the first three quarters.
pub(crate) async fn read_in_slices(
    bytes: Vec<u8>,
    options: &ReadOptions,
    most: usize,
    pace: &Pace,
) -> Result<FileReading> {
    let mut decoded = decode::decode(bytes, pace).await?;
    let mapped: Vec<String> =
        options.mapping.iter().flat_map(|(left, right)| [columns::plain(left), columns::plain(right)]).collect();
    let is_known = |plain: &str| columns::is_known(plain) || mapped.iter().any(|header| header == plain);
    let table = table::table(std::mem::take(&mut decoded.text), (options.delimiter, most), &is_known, pace).await?;
    let plain: Vec<String> = table.header.iter().map(|header| columns::plain(header)).collect();
    let tool = columns::tool(&plain, options.format.as_deref())?;
    if table.rows.is_empty() {
        let what = if tool.signature.is_empty() {
            "a header".to_owned()
        } else {
            format!("the header of a {} export", tool.name)
        };
        let columns = table.header.len();
        let message =
            format!("the file has {what} ({columns} columns) and no rows below it: export it again with its items");
        return Err(Error::new(Code::NoRows, message).at("line 2"));
    }
    let columns = columns::columns(&table, &plain, tool, &options.mapping)?;
    if ![Role::Title, Role::TitleAtLevel, Role::Key].iter().any(|role| columns.has(*role)) {
        let found: Vec<String> = table.header.iter().take(40).map(|header| format!("\"{header}\"")).collect();
        let message =
            format!("no column could be taken for the title: say which one it is. Found are {}", found.join(", "));
        return Err(Error::new(Code::NeedsMapping, message).at("line 1"));
    }
    let source = rows::Source::new(&table, &plain, tool, &columns, options, pace).await;
    let mut drafts = rows::drafts(&source, pace).await;
    drafts.notes.extend(decoded.note);
    relations::relate(&mut drafts, tool, &table.header, pace).await;
    pace.rest(0.74).await;
    let recognised = summary::recognised(&source, &drafts);
    pace.rest(0.75).await;
    let reading = summary::reading(&source, drafts, recognised);
    pace.rest(0.77).await;
    Ok(reading)
}
