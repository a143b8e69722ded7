//! Stories through the public API.

use landfall::plan::{Item, Kind, Status};
use landfall::story::{Context, Finding, Rule, check_story, subject};
use serde_json::{Value, json};

/// A finding's rule, as JSON has it.
fn word(rule: Rule) -> String {
    serde_json::to_value(rule).unwrap().as_str().unwrap().to_owned()
}

/// What is found in one story of the data file.
fn found(case: &Value) -> Vec<Finding> {
    let item: Item = serde_json::from_value(case["item"].clone()).unwrap();
    let context = Context {
        sprint: case["context"]["sprint"].as_f64(),
        later: serde_json::from_value(case["context"]["later"].clone()).unwrap_or_default(),
        ..Context::default()
    };
    check_story(&item, &context)
}

#[test]
fn every_known_fault_is_found_and_good_stories_are_left_alone() {
    let parts: Value = serde_json::from_str(include_str!("../data/stories.json")).unwrap();
    for (part, stories) in parts.as_object().unwrap() {
        let (mut missed, mut others) = (Vec::new(), Vec::new());
        for case in stories.as_array().unwrap() {
            let title = &case["item"]["title"];
            let findings = found(case);
            if let Some(fault) = case["fault"].as_str() {
                if !findings.iter().any(|finding| word(finding.rule) == fault) {
                    missed.push(format!("{title}: {fault}"));
                }
            }
            let more = findings.iter().filter(|finding| Some(word(finding.rule).as_str()) != case["fault"].as_str());
            others.extend(more.map(|finding| format!("{title}: {finding:?}")));
        }
        assert!(missed.is_empty(), "{part}, missed: {missed:#?}\nothers: {others:#?}");
        assert!(others.is_empty(), "{part}: {others:#?}");
    }
}
