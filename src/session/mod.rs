//! The plan now: commands in, small views out.

mod apply;
mod backtest;
mod command;
mod compare;
mod dependencies;
mod differences;
mod effects;
mod flow;
mod import;
mod journal;
mod kept;
mod ordering;
mod outlook;
mod ownership;
mod planner;
mod promises;
mod quality;
mod query;
mod ranking;
mod readiness;
mod records;
mod reshape;
mod sample;
mod say;
mod scenarios;
mod sprints;
mod takes;
mod team_past;
mod tell;
mod trade_off;
mod usage;
mod view;
mod voices;
mod why;

pub use backtest::*;
pub use command::{Change, Command, ItemPatch, read_command};
pub use compare::{
    Assumed, CompareOptions, Comparison, DelayShift, ItemChange, ItemShift, ObjectiveShift, ScenarioView, Shift,
    SprintShift,
};
pub use dependencies::*;
pub use effects::*;
pub use flow::*;
pub use import::{FileImport, ImportOptions, ImportReport};
pub use journal::{Journal, Opened};
pub use kept::{Attempt, Missing, Simulation};
pub use ordering::*;
pub use ownership::*;
pub use planner::{Planner, UNDO_DEPTH};
pub use promises::PromiseView;
pub use quality::FindingQuery;
pub use ranking::{InputView, PlanRanking, RankedItem, RankingQuery};
pub use readiness::ReadyView;
pub use sample::sample;
pub use sprints::{BurnDay, NextSprint, SprintProgress, SprintQuery, SprintWork, Sprints};
pub use takes::*;
pub use tell::{Report, ReportQuery, ReportView};
pub use usage::{UsageFill, UsageOptions, UsageReport, UsageRow};
pub use view::*;
pub use voices::{DecisionView, RequestQuery, RequestView};
pub use why::{Cause, CauseShare, KeptView, WhyMoved, WhyQuery};
