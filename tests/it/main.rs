//! Landfall through its public API, as one binary.

mod import;
mod import_cells;
mod import_hostile;
