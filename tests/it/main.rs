//! Landfall's integration tests: one binary, through the public API alone.

// The core never panics; a test may, in its helpers too.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, clippy::unwrap_used)]

mod backlog;
mod backtest;
mod calibrated;
mod carried;
mod commands_any;
mod export;
mod export_formulas;
mod flow;
mod forecast;
mod forecast_any;
mod forecast_exact;
mod forecast_metamorphic;
mod goldens;
mod import;
mod import_any;
mod import_cells;
mod import_formats;
mod import_goldens;
mod import_hostile;
mod import_slices;
mod link;
mod ownership;
mod pending;
mod plan;
mod same_bits;
mod scenarios;
mod score;
mod session;
mod sprints;
mod store;
mod story;
mod tabs;
mod takes;
mod teams;
mod tell;
mod tidy;
mod top;
mod usage;
mod why;
