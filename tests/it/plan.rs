//! The nouns: dates, calendars, histories, documents.

use std::sync::Arc;

use landfall::Range;
use landfall::plan::{Calendar, Capacity, CivilDate, Holiday, Item, Kind, Plan, PlanDocument, Status, Unit};
use landfall::session::{Command, Planner, RowQuery};
use proptest::prelude::*;

pub fn date(text: &str) -> CivilDate {
    text.parse().unwrap()
}

/// A plan, its document, its text, and back: nothing is lost.
pub fn assert_round_trip(plan: &Plan) {
    let text = PlanDocument::from(plan).to_json().unwrap();
    let back = Planner::from_document(PlanDocument::from_json(&text).unwrap()).unwrap();
    assert_eq!(back.plan(), plan);
    assert_eq!(back.document().to_json().unwrap(), text);
}

fn done(id: &str, kind: Kind, finished: &str, size: Option<f64>, parent: Option<&str>) -> Item {
    Item {
        id: id.into(),
        kind,
        status: Status::Done,
        size: size.map(Into::into),
        finished: (!finished.is_empty()).then(|| date(finished)),
        parent: parent.map(Into::into),
        ..Item::titled(id)
    }
}

fn plan_of(items: Vec<Item>, known_until: &str) -> Plan {
    let mut plan = Plan { items: Arc::new(items.into_iter().map(Arc::new).collect()), ..Plan::default() };
    Arc::make_mut(&mut plan.history).known_until = Some(date(known_until));
    plan
}

#[test]
fn dates_are_read_as_they_are_written_and_nothing_else_is_one() {
    for text in ["0001-01-01", "1582-10-15", "1900-03-01", "2000-02-29", "2024-02-29", "9999-12-31"] {
        assert_eq!(date(text).to_string(), text);
    }
    for text in [
        "1900-02-29",
        "2025-02-29",
        "2100-02-29",
        "10000-01-01",
        "2026-13-01",
        "2026-00-10",
        "2026-1-5",
        "26-01-05",
        "05/01/2026",
        "2026-W53-1",
        "2026-01-05T00:00:00Z",
        "",
        "+026-01-05",
        "２０２６-01-05",
    ] {
        let error = text.parse::<CivilDate>().unwrap_err();
        assert_eq!(error.code(), landfall::Code::InvalidDate, "{text}");
    }
}

proptest! {
    #[test]
    fn days_add_up(day in -700_000i64..2_000_000, more in -1000i64..1000) {
        let from = date("2000-01-01").plus_days(day);
        let to = from.plus_days(more);
        if to.year() > 1 && to.year() < 9999 && from.year() > 1 && from.year() < 9999 {
            prop_assert_eq!(from.days_until(to), more);
            prop_assert_eq!((i64::from(to.weekday()) - i64::from(from.weekday())).rem_euclid(7), more.rem_euclid(7));
            prop_assert_eq!(to.to_string().parse::<CivilDate>().unwrap(), to);
        }
    }
}

#[test]
fn sprints_tile_the_calendar() {
    let mut calendar = Calendar::fortnights_from(date("2026-11-23"));
    calendar.holidays = vec![Holiday::on(date("2026-12-25")), Holiday::on(date("2026-12-26"))];
    for back in -100..100 {
        let day = date("2026-11-23").plus_days(back);
        let sprint = calendar.sprint_of(day);
        assert!(sprint.start <= day && day <= sprint.end);
        assert_eq!(calendar.sprint_after(day, 1).start, sprint.end.plus_days(1));
        assert_eq!(sprint.start.weekday(), 1);
    }
    let christmas = calendar.sprint_of(date("2026-12-25"));
    // The 26th is a Saturday, which nobody would have worked anyway.
    assert_eq!(Capacity::new(&calendar, None).of(christmas, christmas.start).factor, 0.9);
    assert_eq!(Capacity::new(&calendar, None).of(christmas, date("2026-12-28")).factor, 0.5);
    calendar.capacity.insert(christmas.start, 0.5);
    assert_eq!(Capacity::new(&calendar, None).of(christmas, christmas.start).factor, 0.45);
}

#[test]
fn finished_items_are_credited_once_to_whole_periods() {
    let items = vec![
        done("a", Kind::Story, "2026-11-20", Some(3.0), Some("e")),
        done("b", Kind::Bug, "2026-11-07", Some(2.0), Some("e")),
        done("e", Kind::Epic, "2026-11-20", Some(40.0), None),
        done("c", Kind::Story, "2026-10-22", None, None),
        done("s", Kind::SubTask, "2026-11-19", Some(1.0), Some("a")),
        done("old", Kind::Story, "2026-09-26", Some(5.0), None),
        done("undated", Kind::Story, "", Some(5.0), None),
    ];
    let plan = plan_of(items, "2026-11-20");
    let past = plan.past();
    let finished: Vec<_> = past.periods.iter().map(|p| (p.start.to_string(), p.finished, p.items)).collect();
    // Two weeks each, back from the 20th; nothing in one of them; the oldest is covered only in part and left out. The
    // epic counts through its children, and the sub-task not at all; "c" takes the mean of the sized stories.
    let mean = (3.0 + 5.0 + 5.0) / 3.0;
    assert_eq!(
        finished,
        [
            ("2026-09-26".into(), 5.0, 1),
            ("2026-10-10".into(), mean, 1),
            ("2026-10-24".into(), 0.0, 0),
            ("2026-11-07".into(), 5.0, 2),
        ]
    );
    assert_eq!((past.imputed, past.left_out, past.undated), (1, 0, 1));

    let mut shorter = plan.clone();
    Arc::make_mut(&mut shorter.items).retain(|item| item.id != "old");
    let past = shorter.past();
    assert_eq!(past.periods.len(), 2);
    assert_eq!(past.left_out, 1, "the 22nd lies in a period that the file covers in part");

    let mut counted = plan.clone();
    counted.unit = Unit::Items;
    assert_eq!(counted.past().periods.iter().map(|p| p.finished).collect::<Vec<_>>(), [1.0, 1.0, 0.0, 2.0]);
}

#[test]
fn sprints_entered_by_hand_are_never_replaced() {
    let mut plan = plan_of(vec![done("a", Kind::Story, "2026-11-07", Some(3.0), None)], "2026-11-20");
    let by_hand = landfall::plan::Sprint { finished: 8.0, committed: Some(10.0) };
    Arc::make_mut(&mut plan.history).sprints.insert(date("2026-11-09"), by_hand);
    let periods = plan.past().periods;
    assert_eq!(periods.len(), 1);
    assert_eq!((periods[0].start, periods[0].finished, periods[0].by_hand), (date("2026-11-09"), 8.0, true));
}

#[test]
fn work_without_a_size_takes_one_of_its_kind() {
    let open = |id: &str, kind: Kind| Item { id: id.into(), kind, ..Item::titled(id) };
    let mut items = vec![
        done("a", Kind::Story, "2026-11-20", Some(3.0), Some("e")),
        done("b", Kind::Bug, "2026-11-07", Some(1.0), Some("e")),
        done("e", Kind::Epic, "2026-11-20", None, None),
        open("story", Kind::Story),
        open("spike", Kind::Spike),
        open("epic", Kind::Epic),
    ];
    let sizes = |plan: &Plan| plan.work().iter().map(|work| work.size.mean()).collect::<Vec<_>>();
    // A story like the finished story, a spike like anything finished, an epic like the finished epic's children.
    assert_eq!(sizes(&plan_of(items.clone(), "2026-11-20")), [3.0, 2.0, 4.0]);
    items.drain(..3);
    assert_eq!(sizes(&plan_of(items, "2026-11-20")), [1.0, 1.0, 1.0], "nothing to compare with");
}

#[test]
fn circles_through_epics_are_found() {
    let item = |id: &str, parent: Option<&str>, needs: &[&str]| Item {
        id: id.into(),
        parent: parent.map(Into::into),
        needs: needs.iter().map(|need| (*need).into()).collect(),
        ..Item::titled(id)
    };
    let good =
        plan_of(vec![item("e", None, &["x"]), item("a", Some("e"), &[]), item("x", None, &["gone"])], "2026-11-20");
    assert_eq!(good.check_needs(), Ok(()));
    let bad = plan_of(vec![item("e", None, &[]), item("a", Some("e"), &["x"]), item("x", None, &["e"])], "2026-11-20");
    let error = bad.check_needs().unwrap_err();
    assert_eq!(error.code(), landfall::Code::Cycle);
    let itself = plan_of(vec![item("a", None, &["a"])], "2026-11-20");
    assert!(itself.check_needs().unwrap_err().message().starts_with("a needs a"));
}

#[test]
fn items_that_name_and_need_an_epic_which_the_plan_does_not_hold_do_not_wait_for_each_other() {
    let item = |id: &str| Item {
        id: id.into(),
        parent: Some("EPIC-1".into()),
        needs: vec!["EPIC-1".into()],
        ..Item::titled(id)
    };
    let plan = Plan { items: Arc::new(vec![Arc::new(item("A-1")), Arc::new(item("A-2"))]), ..Plan::default() };
    plan.check().unwrap();
    let mut planner = Planner::from(plan);
    planner.apply(Command::SetGuess { guess: Some(Range::exactly(1.0)), team: None }).unwrap();
    let rows = planner.rows(&RowQuery::default()).unwrap().rows;
    assert!(rows.iter().all(|row| row.lands.and_then(|lands| lands.p85).is_some()), "{rows:?}");
}
