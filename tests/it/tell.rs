//! Reports to hand on.

use landfall::session::{Planner, Report, ReportQuery};

#[test]
fn look() {
    let planner: Planner = landfall::session::sample(Some(crate::plan::date("2026-11-23"))).unwrap();
    for report in [Report::Review, Report::Update, Report::Roadmap, Report::Plan] {
        let query = ReportQuery { report, today: Some(crate::plan::date("2026-11-23")), ..Default::default() };
        println!("{}", planner.export("text", &query).unwrap());
        println!("{}", planner.export("markdown", &query).unwrap());
    }
}
