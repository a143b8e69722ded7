//! Whatever a file of a plan holds: it is read or refused, and what was read is written and read as the same.
#![no_main]

use landfall::plan::{Plan, PlanDocument};
use landfall::session::{Options, Planner};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Ok(document) = PlanDocument::from_json(text) else { return };
    let Ok(plan) = Plan::try_from(document) else { return };
    let written = PlanDocument::from(&plan).to_json().expect("a plan can be written");
    let again = PlanDocument::from_json(&written).expect("what was written can be read");
    let planner = Planner::from_document(again).expect("what was a plan is one");
    assert_eq!(planner.plan(), &plan);
    assert_eq!(planner.document().to_json().expect("a plan can be written"), written);
    let options = Options { trials: Some(20), ..Options::default() };
    let _ = planner.summary(&options);
});
