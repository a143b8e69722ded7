//! Whatever file comes in: it is refused with a reason, or every row of it is accounted for and the plan is whole.
#![no_main]

use landfall::plan::{Plan, PlanDocument};
use landfall::session::{ImportOptions, Planner};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut planner = Planner::default();
    let before = planner.document();
    let options = ImportOptions::default();
    match planner.import(bytes, &options) {
        Err(error) => {
            assert!(!error.message().is_empty());
            assert_eq!(planner.document(), before, "what was refused changes nothing");
        }
        Ok(report) => {
            assert_eq!(report.read, report.imported + report.updated + report.rejected.len());
            let document = planner.document();
            let plan = Plan::try_from(document.clone()).expect("the plan is whole");
            let text = document.to_json().expect("a plan can be written");
            assert_eq!(PlanDocument::from_json(&text).expect("and read"), PlanDocument::from(&plan));
            planner.undo().expect("an import is one step");
            assert_eq!(planner.document(), before);
        }
    }
});
