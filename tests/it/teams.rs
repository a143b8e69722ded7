//! Who works: holidays, absences, joiners and leavers, several teams; what the plan says of each.

use landfall::plan::Filter;
use landfall::plan::{
    Absence, Calendar, Capacity, CivilDate, Holiday, Item, Objective, Plan, PlanDocument, Releases, Sprint, Status,
    Team, TeamChange,
};
use landfall::session::{Command, ItemPatch, Lands, Options, Planner, RowQuery, sample};
use landfall::{Code, Range, VelocityModel};
use proptest::prelude::*;

use crate::plan::{assert_round_trip, date};

/// A Monday on which a sprint begins.
const TODAY: &str = "2026-11-23";

fn today() -> CivilDate {
    date(TODAY)
}

/// A day of the sprints to come: `day(2, 3)` is the Wednesday of the second week.
fn day(week: i64, weekday: i64) -> CivilDate {
    today().plus_days((week - 1) * 7 + weekday - 1)
}

fn apply(planner: &mut Planner, command: Command) {
    planner.apply(command).unwrap();
    assert_round_trip(planner.plan());
}

fn refuse(planner: &mut Planner, command: Command) -> String {
    let before = planner.plan().clone();
    let error = planner.apply(command).unwrap_err();
    assert_eq!(*planner.plan(), before, "an error changes nothing");
    error.to_string()
}

/// Sprints of two weeks that always finish the same: ten points.
fn steady(items: &[(&str, f64)]) -> Planner {
    let mut planner = Planner::from(Plan { calendar: Calendar::fortnights_from(today()).into(), ..Plan::default() });
    apply(&mut planner, Command::SetHistory { finished: vec![10.0; 30], today: today(), team: None });
    let mut assumptions = (*planner.plan().assumptions).clone();
    assumptions.model = VelocityModel::Bootstrap;
    apply(&mut planner, Command::SetAssumptions { assumptions: Box::new(assumptions) });
    for (id, size) in items {
        let item = Item { id: (*id).to_owned(), size: Some((*size).into()), ..Item::titled(*id) };
        apply(&mut planner, Command::AddItem { item: Box::new(item), before: None });
    }
    planner
}

fn options() -> Options {
    Options { today: Some(today()), ..Options::default() }
}

fn rows(planner: &Planner) -> Vec<landfall::session::Row> {
    planner.rows(&RowQuery { today: Some(today()), ..RowQuery::default() }).unwrap().rows
}

/// The 85 % date of every row.
fn days(planner: &Planner) -> Vec<Option<CivilDate>> {
    rows(planner).into_iter().map(|row| row.lands.unwrap().p85).collect()
}

fn sentence(planner: &Planner, k: usize) -> String {
    planner.forecast(&options()).unwrap().teams[0].sprints[k].sentence.clone()
}

fn team_of(people: f64) -> Team {
    Team { people: Some(people), ..Team::default() }
}

fn away(who: &str, from: CivilDate, to: CivilDate) -> Absence {
    Absence { who: (!who.is_empty()).then(|| who.to_owned()), people: None, from, to: Some(to) }
}

fn change(people: f64, from: CivilDate) -> TeamChange {
    TeamChange { who: None, from, people, ramp_up: 0.0, starting_share: 0.0 }
}

fn set_team(team: Team) -> Command {
    Command::SetTeam { team: Box::new(team), instead_of: None }
}

fn patch(planner: &mut Planner, id: &str, patch: ItemPatch) {
    apply(planner, Command::EditItem { id: id.to_owned(), patch: Box::new(patch) });
}

fn of_team(planner: &mut Planner, id: &str, team: &str) {
    patch(planner, id, ItemPatch { team: Some(Some(team.to_owned())), ..ItemPatch::default() });
}

/// The factor of the `k`-th sprint, by hand in every test that asks.
fn factor(team: &Team, calendar: &Calendar, k: i64) -> f64 {
    Capacity::new(calendar, Some(team)).of(calendar.sprint_after(today(), k), today()).factor
}

#[test]
fn an_absence_takes_its_share_of_the_days_that_are_worked() {
    let calendar = Calendar::fortnights_from(today());
    // Five people, ten working days. Ada is away for three of them, and over a weekend that nobody works.
    let mut team = Team { absences: vec![away("Ada", day(1, 4), day(2, 1))], ..team_of(5.0) };
    assert!((factor(&team, &calendar, 0) - (50.0 - 3.0) / 50.0).abs() < 1e-12);
    assert_eq!(factor(&team, &calendar, 1), 1.0);
    // Said twice, for the same person: she is away once. Two people without a name are two more.
    team.absences.push(away("Ada", day(1, 4), day(1, 4)));
    team.absences.push(Absence { people: Some(2.0), ..away("", day(1, 5), day(1, 5)) });
    assert!((factor(&team, &calendar, 0) - (50.0 - 5.0) / 50.0).abs() < 1e-12);
    // A holiday on one of the days: nobody is away from what nobody works.
    let calendar = Calendar { holidays: vec![Holiday::on(day(1, 4))], ..calendar };
    assert!((factor(&team, &calendar, 0) - (45.0 - 4.0) / 50.0).abs() < 1e-12);
}

#[test]
fn leavers_are_gone_at_once_and_joiners_ramp_up() {
    let calendar = Calendar::fortnights_from(today());
    // One of four leaves on the second Monday: half of the sprint is worked by three.
    let team = Team { changes: vec![change(-1.0, day(2, 1))], ..team_of(4.0) };
    assert!((factor(&team, &calendar, 0) - (4.0 * 5.0 + 3.0 * 5.0) / 40.0).abs() < 1e-12);
    assert_eq!(factor(&team, &calendar, 1), 0.75);
    assert_eq!(factor(&team, &calendar, 40), 0.75, "for good");
    // Two join, ramping up over two sprints from nothing: after half the ramp each does half.
    let joins = TeamChange { ramp_up: 2.0, ..change(2.0, today()) };
    let team = Team { changes: vec![joins.clone()], ..team_of(4.0) };
    assert_eq!((joins.people_on(today().plus_days(-1), 14), joins.people_on(today(), 14)), (0.0, 0.0));
    assert_eq!((joins.people_on(today().plus_days(14), 14), joins.people_on(today().plus_days(28), 14)), (1.0, 2.0));
    // Days 0–4 and 7–11 of 28: 5.5 on average.
    assert!((factor(&team, &calendar, 0) - (4.0 + 2.0 * 5.5 / 28.0) / 4.0).abs() < 1e-12);
    assert!((factor(&team, &calendar, 1) - (4.0 + 2.0 * 19.5 / 28.0) / 4.0).abs() < 1e-12);
    assert_eq!(factor(&team, &calendar, 2), 1.5);
}

#[test]
fn dates_move_by_the_days_that_holidays_and_absences_take() {
    // Ten points in ten days: each item takes a week.
    let mut planner = steady(&[("a", 5.0), ("b", 5.0), ("c", 5.0)]);
    assert_eq!(days(&planner), [day(1, 5), day(2, 5), day(3, 5)].map(Some));

    // The first Thursday and Friday: everything is two working days later.
    let holiday = Holiday { from: day(1, 4), to: Some(day(1, 5)), name: Some("Harvest".to_owned()) };
    let calendar = Calendar { holidays: vec![holiday], ..(*planner.plan().calendar).clone() };
    apply(&mut planner, Command::SetCalendar { calendar: Box::new(calendar) });
    assert_eq!(days(&planner), [day(2, 2), day(3, 2), day(4, 2)].map(Some));
    assert_eq!(sentence(&planner, 0), "80 % — Harvest 2 days");
    assert_eq!(sentence(&planner, 1), "100 % — as in the past");
    planner.undo().unwrap();

    // Half the team leaves with the second sprint: what takes a week takes two.
    apply(&mut planner, set_team(Team { changes: vec![change(-2.0, day(3, 1))], ..team_of(4.0) }));
    assert_eq!(days(&planner), [day(1, 5), day(2, 5), day(4, 5)].map(Some));
    assert_eq!(sentence(&planner, 1), "50 % — 2 people gone");
    // What is typed by hand comes on top.
    apply(&mut planner, Command::SetCapacity { sprint: day(3, 1), factor: Some(0.8), team: None });
    assert_eq!(sentence(&planner, 1), "40 % — 2 people gone, × 80 % by hand");
    assert_eq!(planner.forecast(&options()).unwrap().sprints[1].capacity, 0.4);
    assert_eq!(days(&planner)[2], Some(day(5, 2)), "4 points in the second sprint, the fifth in the third, at half");
}

#[test]
fn a_late_holiday_of_the_same_sprint_makes_nothing_earlier() {
    // 1.45 days of work: the second day, whatever the rest of the sprint holds.
    let mut planner = steady(&[("a", 1.45)]);
    assert_eq!(days(&planner), [Some(day(1, 2))]);
    let calendar = Calendar { holidays: vec![Holiday::on(day(2, 5))], ..(*planner.plan().calendar).clone() };
    apply(&mut planner, Command::SetCalendar { calendar: Box::new(calendar) });
    assert_eq!(days(&planner), [Some(day(1, 2))]);
}

#[test]
fn a_sprint_that_is_all_weekend_finishes_nothing_however_far_off() {
    let names: Vec<String> = (0..12).map(|k| format!("{k:02}")).collect();
    let items: Vec<(&str, f64)> = names.iter().map(|name| (name.as_str(), 10.0)).collect();
    let mut planner = steady(&items);
    let calendar = Calendar { sprint_days: 1, ..(*planner.plan().calendar).clone() };
    apply(&mut planner, Command::SetCalendar { calendar: Box::new(calendar) });
    // One a day, from Monday to Friday.
    let weekdays = [(1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (2, 1), (2, 2), (2, 3), (2, 4), (2, 5), (3, 1), (3, 2)];
    assert_eq!(days(&planner), weekdays.map(|(week, weekday)| Some(day(week, weekday))));
}

#[test]
fn what_cannot_be_of_a_team_is_refused_with_its_place() {
    let mut planner = steady(&[("a", 5.0)]);
    let mut refused = |team: Team| refuse(&mut planner, set_team(team));
    assert_eq!(
        refused(Team { absences: vec![away("Ada", day(1, 1), day(1, 2))], ..Team::default() }),
        "/team/absences: absences and changes are shares of a team: say how many people it has"
    );
    assert_eq!(
        refused(Team { absences: vec![away("Ada", day(2, 1), day(1, 1))], ..team_of(3.0) }),
        "/team/absences/0/to: it ends on 2026-11-23, before it begins on 2026-11-30: give a later day"
    );
    assert_eq!(
        refused(Team { changes: vec![change(-2.0, day(1, 1)), change(-2.0, day(2, 1))], ..team_of(3.0) }),
        "/team/changes/1/people: from 2026-11-30 on there would be -1 people: let fewer leave, or say that the team \
         has more"
    );
    assert_eq!(
        refused(Team {
            absences: vec![Absence { people: Some(4.0), ..away("", day(1, 1), day(1, 2)) }],
            ..team_of(3.0)
        }),
        "/team/absences/0/people: 4 away from 2026-11-23 on, and there are 3: give fewer"
    );
    assert_eq!(
        refused(Team { changes: vec![TeamChange { ramp_up: 1.0, ..change(-1.0, day(1, 1)) }], ..team_of(3.0) }),
        "/team/changes/0/rampUp: people who leave take no ramp-up: take it out, or let them join"
    );
    for people in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
        assert!(refused(team_of(people)).starts_with("/team/people: "), "{people}");
        let joins =
            Team { changes: vec![TeamChange { starting_share: people, ..change(1.0, today()) }], ..team_of(3.0) };
        assert!(people == 0.0 || refused(joins).starts_with("/team/changes/0/startingShare: "), "{people}");
    }
    apply(&mut planner, set_team(Team { name: "Web".to_owned(), ..Team::default() }));
    let nameless = refuse(&mut planner, set_team(Team::default()));
    assert!(nameless.starts_with("/team/name: with several teams each needs a name"), "{nameless}");
    let strange = Command::SetCapacity { sprint: today(), factor: Some(0.5), team: Some("Moon".to_owned()) };
    assert_eq!(refuse(&mut planner, strange), "/team: there is no team Moon: name Web");
}

#[test]
fn a_plan_of_one_team_says_what_a_plan_without_teams_says() {
    let mut planner = sample(Some(today())).unwrap();
    let forecast = |planner: &Planner| {
        let forecast = planner.forecast(&options()).unwrap();
        (forecast.lands, forecast.finish, forecast.burn_up, forecast.objectives, forecast.sprints)
    };
    let before = (forecast(&planner), rows(&planner));
    let team = Team { name: "Checkout".to_owned(), people: Some(6.0), ..Team::default() };
    apply(&mut planner, set_team(team));
    of_team(&mut planner, "LF-5", "Another");
    assert_eq!((forecast(&planner), rows(&planner)), before);
}

/// Web (ten points a sprint) and Mobile (five).
fn two_teams() -> Planner {
    let mut planner = steady(&[("w1", 5.0), ("m1", 5.0), ("w2", 5.0), ("m2", 2.5)]);
    apply(&mut planner, set_team(Team { name: "Web".to_owned(), ..Team::default() }));
    apply(&mut planner, set_team(Team { name: "Mobile".to_owned(), ..Team::default() }));
    let mobile = Some("Mobile".to_owned());
    apply(&mut planner, Command::SetHistory { finished: vec![5.0; 30], today: today(), team: mobile });
    of_team(&mut planner, "m1", "Mobile");
    of_team(&mut planner, "m2", "Mobile");
    planner
}

#[test]
fn each_team_does_its_own_work_at_its_own_pace() {
    let mut planner = two_teams();
    assert_eq!(days(&planner), [day(1, 5), day(2, 5), day(2, 5), day(3, 5)].map(Some));
    let forecast = planner.forecast(&options()).unwrap();
    let of: Vec<_> =
        forecast.teams.iter().map(|team| (team.name.as_str(), team.items, team.amount, team.lands.p85)).collect();
    assert_eq!(of, [("Web", 2, 10.0, Some(day(2, 5))), ("Mobile", 2, 7.5, Some(day(3, 5)))]);
    assert_eq!(forecast.lands.p85, Some(day(3, 5)));
    // Together fifteen a sprint; Web does not do what Mobile has left.
    assert!(forecast.history.iter().all(|period| period.finished == 15.0) && forecast.history.len() == 30);
    let done = 30.0 * 15.0;
    assert_eq!(forecast.burn_up.cone.iter().map(|point| point.p85 - done).take(2).collect::<Vec<_>>(), [15.0, 17.5]);
    assert_eq!(planner.summary(&options()).unwrap().velocity, "2 teams: 30 sprints, 15–15, median 15");

    // A holiday is everybody's, an absence one team's; the capacity of both together is weighed by what they finish.
    let half = Some("Mobile".to_owned());
    apply(&mut planner, Command::SetCapacity { sprint: today(), factor: Some(0.4), team: half });
    let forecast = planner.forecast(&options()).unwrap();
    assert!((forecast.sprints[0].capacity - (10.0 * 1.0 + 5.0 * 0.4) / 15.0).abs() < 1e-12);
    assert_eq!(forecast.sprints[0].sentence, "80 % — Web 100 %, Mobile 40 %");
    // Two of m1's five points are done in the first sprint, the other three in six days of the second.
    assert_eq!(days(&planner), [day(1, 5), day(4, 1), day(2, 5), day(5, 1)].map(Some));
}

#[test]
fn an_item_waits_for_another_team_until_the_next_sprint() {
    let mut planner = two_teams();
    let needs = |id: &str| ItemPatch { needs: Some(Some(vec![id.to_owned()])), ..ItemPatch::default() };
    patch(&mut planner, "m1", needs("w1"));
    // m2 goes ahead while m1 waits for the end of the sprint in which w1 is finished.
    assert_eq!(days(&planner), [day(1, 5), day(4, 5), day(2, 5), day(1, 5)].map(Some));
}

#[test]
fn a_team_that_releases_at_the_end_of_sprints_lands_on_their_last_working_day() {
    let mut planner = two_teams();
    let mobile = planner.plan().teams[1].clone();
    apply(&mut planner, set_team(Team { releases: Releases::SprintEnd, ..mobile }));
    assert_eq!(days(&planner), [day(1, 5), day(2, 5), day(2, 5), day(4, 5)].map(Some));
    // The Friday is a holiday: the Thursday is the last.
    let calendar = Calendar { holidays: vec![Holiday::on(day(2, 5))], ..(*planner.plan().calendar).clone() };
    apply(&mut planner, Command::SetCalendar { calendar: Box::new(calendar) });
    assert_eq!(days(&planner)[3], Some(day(4, 5)));
    // One team alone, without a name.
    let mut planner = steady(&[("a", 1.0), ("b", 8.0), ("c", 5.0)]);
    apply(&mut planner, set_team(Team { releases: Releases::SprintEnd, ..Team::default() }));
    assert_eq!(days(&planner), [day(2, 5), day(2, 5), day(4, 5)].map(Some));
    // A week off at the end of the sprint: what is finished before still comes out with the sprint's end.
    let week = Holiday { from: day(2, 1), to: Some(day(2, 5)), name: None };
    let calendar = Calendar { holidays: vec![week], ..(*planner.plan().calendar).clone() };
    apply(&mut planner, Command::SetCalendar { calendar: Box::new(calendar) });
    assert_eq!(days(&planner), [day(2, 5), day(4, 5), day(4, 5)].map(Some));
}

#[test]
fn an_objective_is_reached_by_a_release_on_its_day_and_missed_by_one_a_day_later() {
    let mut planner = steady(&[("a", 1.0)]);
    let objective = |due| Objective { id: "o".to_owned(), name: "O".to_owned(), due, ..Objective::default() };
    apply(&mut planner, Command::SetObjective { objective: Box::new(objective(None)) });
    patch(&mut planner, "a", ItemPatch { objective: Some(Some("o".to_owned())), ..ItemPatch::default() });
    let mut chance = |due: CivilDate, releases: Releases| {
        apply(&mut planner, Command::SetObjective { objective: Box::new(objective(Some(due))) });
        apply(&mut planner, set_team(Team { releases, ..Team::default() }));
        planner.summary(&options()).unwrap().objectives[0].chance.unwrap()
    };
    assert_eq!(chance(day(1, 1), Releases::Continuous), 1.0, "a tenth of a sprint is a day");
    assert_eq!(chance(day(1, 1), Releases::SprintEnd), 0.0);
    assert_eq!(chance(day(2, 4), Releases::SprintEnd), 0.0);
    assert_eq!(chance(day(2, 5), Releases::SprintEnd), 1.0);
}

#[test]
fn the_running_sprint_says_what_has_gone_by_of_it() {
    let mut planner = steady(&[("a", 5.0)]);
    apply(&mut planner, set_team(Team { absences: vec![away("Ada", day(1, 1), day(1, 4))], ..team_of(2.0) }));
    let wednesday = Options { today: Some(day(1, 3)), ..Options::default() };
    let sprint = planner.forecast(&wednesday).unwrap().sprints[0].clone();
    // Eight days of two people are left, less two days of Ada's.
    assert_eq!((sprint.capacity, sprint.start), ((16.0 - 2.0) / 20.0, day(1, 3)));
    assert_eq!(sprint.sentence, "70 % — 2 days gone by, Ada away 2 days");
}

#[test]
fn a_new_file_in_the_place_of_the_plan_keeps_who_works() {
    let replace = |planner: &mut Planner| {
        let command = Command::ImportItems {
            items: vec![Item { id: "n".to_owned(), ..Item::titled("new") }.into()],
            fields: Vec::new(),
            known_until: None,
            unit: None,
            sprint_days: None,
            guess: None,
            replace: Some("New".to_owned()),
            today: None,
        };
        apply(planner, command);
        planner.plan().teams.len()
    };
    let mut planner = steady(&[]);
    apply(&mut planner, set_team(team_of(4.0)));
    assert_eq!(replace(&mut planner), 1);
    // Teams that the old items named, and the sample's, are not the new file's.
    assert_eq!(replace(&mut two_teams()), 0);
    let mut planner = sample(Some(today())).unwrap();
    apply(&mut planner, set_team(team_of(4.0)));
    assert_eq!(replace(&mut planner), 0);
}

#[test]
fn a_team_of_which_nothing_is_known_says_what_to_do() {
    let mut planner = two_teams();
    apply(&mut planner, set_team(Team { name: "Data".to_owned(), ..Team::default() }));
    assert!(days(&planner).iter().all(Option::is_some), "a team without work costs nobody a date");
    of_team(&mut planner, "w2", "Data");
    let needs = ItemPatch { needs: Some(Some(vec!["w2".to_owned()])), ..ItemPatch::default() };
    patch(&mut planner, "m2", needs);
    assert_eq!(days(&planner), [Some(day(1, 5)), Some(day(2, 5)), None, None]);
    let summary = planner.summary(&options()).unwrap();
    assert_eq!(summary.headline, "No date for all 4 items: say what the sprints of Data finish");
    assert_eq!(summary.weakest.unwrap(), "Data has neither past sprints nor a guess: enter what it finishes");
    assert!(summary.notes.iter().any(|note| note.starts_with("Data has neither")), "{:?}", summary.notes);
    let says = |id| planner.item(id, &options()).unwrap().sentence;
    assert!(says("w2").starts_with("No date until Data says what its sprints finish."), "{}", says("w2"));
    assert!(says("m2").starts_with("No date until Data says what its sprints finish."), "{}", says("m2"));

    let guess = Range { low: 5.0, likely: None, high: 5.0 };
    apply(&mut planner, Command::SetGuess { guess: Some(guess), team: Some("Data".to_owned()) });
    assert_eq!(days(&planner)[2], Some(day(2, 5)));
    let summary = planner.summary(&options()).unwrap();
    assert!(summary.guess && summary.headline.contains("by your guess"), "{}", summary.headline);
    assert!(summary.weakest.unwrap().starts_with("the dates of Data rest on a guess"));
}

#[test]
fn teams_come_from_the_names_that_items_carry() {
    let mut planner = Planner::from(Plan { calendar: Calendar::fortnights_from(today()).into(), ..Plan::default() });
    let refused = refuse(&mut planner, Command::ForecastByTeam { names: Vec::new() });
    assert!(refused.starts_with("/names: items name fewer than two teams"), "{refused}");
    let mut items = Vec::new();
    for k in 0..30_i64 {
        // Web finishes one item a sprint, Mobile two.
        for (team, n) in [("Web", 1), ("Mobile", 2)] {
            items.extend((0..n).map(|n| Item {
                id: format!("{team}-{k}-{n}"),
                status: Status::Done,
                size: Some(3.0.into()),
                team: Some(team.to_owned()),
                finished: Some(today().plus_days(-1 - 14 * k - if k == 29 { 13 } else { 3 })),
                ..Item::titled(team)
            }));
        }
    }
    items.push(Item { id: "open".to_owned(), size: Some(3.0.into()), ..Item::titled("nobody's") });
    let import = Command::ImportItems {
        items: items.into_iter().map(Into::into).collect(),
        fields: Vec::new(),
        known_until: Some(today().plus_days(-1)),
        unit: None,
        sprint_days: None,
        guess: None,
        replace: None,
        today: None,
    };
    apply(&mut planner, import);
    assert_eq!(planner.plan().team_names(), [("Mobile", 60), ("Web", 30)]);
    assert!(!planner.plan().has_teams(), "nothing switches unasked");
    let whole = planner.plan().past();

    let change = planner.apply(Command::ForecastByTeam { names: Vec::new() }).unwrap();
    assert_round_trip(planner.plan());
    assert_eq!(change.label, "forecast by team");
    assert_eq!(change.command, Command::ForecastByTeam { names: vec!["Mobile".to_owned(), "Web".to_owned()] });
    let finished = |team| planner.plan().past_of(team).periods.iter().map(|period| period.finished).collect::<Vec<_>>();
    assert_eq!((finished(0), finished(1)), (vec![6.0; 30], vec![3.0; 30]));
    assert_eq!(planner.plan().past().periods, whole.periods, "the sum is what it was");
    let summary = planner.summary(&options()).unwrap();
    assert!(
        summary.notes.contains(&"1 item names no team: it counts as work of Mobile".to_owned()),
        "{:?}",
        summary.notes
    );
    let again = refuse(&mut planner, Command::ForecastByTeam { names: Vec::new() });
    assert_eq!(again, "the plan is forecast by team already: add a team, or take one out");
    planner.undo().unwrap();
    assert!(planner.plan().teams.is_empty());

    // The one team there is goes first: what is known of it stays its own.
    apply(&mut planner, set_team(Team { name: "Web".to_owned(), ..team_of(3.0) }));
    apply(&mut planner, Command::ForecastByTeam { names: Vec::new() });
    let teams: Vec<_> = planner.plan().teams.iter().map(|team| (team.name.as_str(), team.people)).collect();
    assert_eq!(teams, [("Web", Some(3.0)), ("Mobile", None)]);
}

#[test]
fn a_renamed_team_keeps_its_items_and_a_removed_one_leaves_its_past_to_nobody() {
    let mut planner = two_teams();
    let before = days(&planner);
    let mobile = Team { name: "Apps".to_owned(), ..planner.plan().teams[1].clone() };
    apply(&mut planner, Command::SetTeam { team: Box::new(mobile), instead_of: Some("Mobile".to_owned()) });
    assert_eq!(planner.plan().find("m1").unwrap().1.team.as_deref(), Some("Apps"));
    // Draws are addressed by the team's name; here they are all alike.
    assert_eq!(days(&planner), before);
    apply(&mut planner, Command::RemoveTeam { name: "Web".to_owned() });
    assert_eq!(planner.plan().history.sprints.values().map(|sprint| sprint.finished).collect::<Vec<_>>(), [5.0; 30]);
    assert_eq!(planner.plan().teams.len(), 1);
    assert_eq!(days(&planner), [day(2, 5), day(4, 5), day(6, 5), day(7, 5)].map(Some), "one team does it all, at five");
    let refused = refuse(&mut planner, Command::RemoveTeam { name: "Web".to_owned() });
    assert_eq!(refused, "/team: there is no team Web: name Apps");
}

#[test]
fn a_tag_lands_with_the_last_item_that_carries_it() {
    let mut planner = steady(&[("a", 5.0), ("b", 5.0), ("c", 5.0)]);
    for id in ["a", "c"] {
        patch(&mut planner, id, ItemPatch { tags: Some(Some(vec!["acme".to_owned()])), ..ItemPatch::default() });
    }
    let tagged = |tag: &str| {
        let filter = Filter { tag: Some(tag.to_owned()), ..Filter::default() };
        planner.rows(&RowQuery { today: Some(today()), filter, ..RowQuery::default() }).unwrap().tagged
    };
    let acme = tagged("acme").unwrap();
    assert_eq!((acme.open, acme.lands.p85), (2, Some(day(3, 5))));
    assert_eq!(acme.sentence, "85 % sure that the 2 items tagged acme land by 11 Dec");
    assert_eq!(tagged("moon"), None);
    assert_eq!(planner.forecast(&options()).unwrap().tags, [acme]);
    assert!(planner.rows(&RowQuery::default()).unwrap().tagged.is_none());
}

#[test]
fn what_is_in_progress_counts_with_what_is_left_of_it() {
    let mut planner = steady(&[("a", 5.0), ("b", 5.0)]);
    let left = |remaining: f64| ItemPatch { remaining: Some(Some(remaining.into())), ..ItemPatch::default() };
    patch(&mut planner, "b", left(2.0));
    assert_eq!(days(&planner), [day(1, 5), day(2, 5)].map(Some), "only what is in progress has a remainder");
    patch(&mut planner, "b", ItemPatch { status: Some(Some(Status::InProgress)), ..ItemPatch::default() });
    let of = |planner: &Planner| {
        rows(planner).into_iter().map(|row| (row.id, row.lands.unwrap().p85.unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(of(&planner), [("b".to_owned(), day(1, 2)), ("a".to_owned(), day(2, 2))]);
    assert!(planner.item("b", &options()).unwrap().sentence.contains("2 of 5 left."));
    patch(&mut planner, "b", ItemPatch { remaining: Some(None), ..ItemPatch::default() });
    assert_eq!(of(&planner), [("b".to_owned(), day(1, 5)), ("a".to_owned(), day(2, 5))]);
    // A file that says how large it is says nothing of what is left.
    patch(&mut planner, "b", left(2.0));
    let again = Item { id: "b".to_owned(), status: Status::InProgress, size: Some(8.0.into()), ..Item::titled("b") };
    let import = Command::ImportItems {
        items: vec![again.into()],
        fields: ["status", "size"].map(str::to_owned).into(),
        known_until: None,
        unit: None,
        sprint_days: None,
        guess: None,
        replace: None,
        today: None,
    };
    apply(&mut planner, import);
    assert_eq!(planner.plan().find("b").unwrap().1.remaining, Some(2.0.into()));
    let negative = Command::EditItem { id: "b".to_owned(), patch: Box::new(left(-1.0)) };
    assert!(refuse(&mut planner, negative).starts_with("/patch/remaining: "));
}

#[test]
fn a_document_with_every_field_comes_back_and_a_wrong_one_says_where() {
    let mut planner = two_teams();
    let holidays = vec![
        Holiday::on(day(3, 1)),
        Holiday { from: day(5, 4), to: Some(day(6, 5)), name: Some("Christmas".to_owned()) },
        Holiday { from: day(8, 1), to: None, name: Some("“<i>”".to_owned()) },
    ];
    let calendar = Calendar { holidays, ..(*planner.plan().calendar).clone() };
    apply(&mut planner, Command::SetCalendar { calendar: Box::new(calendar) });
    let mobile = Team {
        people: Some(4.5),
        absences: vec![
            away("Ada", day(1, 1), day(1, 2)),
            Absence { people: Some(0.5), to: None, ..away("", day(2, 1), day(2, 1)) },
        ],
        changes: vec![TeamChange {
            who: Some("Grace".to_owned()),
            from: day(4, 1),
            people: 2.0,
            ramp_up: 1.5,
            starting_share: 0.25,
        }],
        releases: Releases::SprintEnd,
        capacity: [(today(), 0.5)].into(),
        sprints: [(today().plus_days(-14), Sprint { finished: 4.0, committed: Some(6.0) })].into(),
        guess: Some(Range { low: 1.0, likely: Some(2.0), high: 3.0 }),
        name: "Mobile".to_owned(),
    };
    apply(&mut planner, set_team(mobile));
    let text = planner.document().to_json().unwrap();
    assert!(text.contains("\"2026-12-07\"") && text.contains("\"sprint-end\""), "{text}");

    let wrong = |from: &str, to: &str| {
        assert!(text.contains(from), "{from} in {text}");
        let read = PlanDocument::from_json(&text.replace(from, to)).and_then(Planner::from_document);
        let error = read.unwrap_err();
        (error.code(), error.path().unwrap().to_owned())
    };
    assert_eq!(wrong("\"2026-12-07\"", "\"2026-02-30\""), (Code::InvalidRequest, "/calendar/holidays/0".to_owned()));
    assert_eq!(wrong("\"2026-12-07\"", "7"), (Code::InvalidRequest, "/calendar/holidays/0".to_owned()));
    assert_eq!(wrong("\"sprint-end\"", "\"never\"").1, "/teams/1/releases");
    assert_eq!(wrong("\"people\": 4.5", "\"people\": 1e300").1, "/teams/1/people");
    assert_eq!(wrong("\"people\": 4.5", "\"people\": 0.25").1, "/teams/1/absences/0/people");
    assert_eq!(wrong("\"startingShare\": 0.25", "\"startingShare\": 2").1, "/teams/1/changes/0/startingShare");
    assert_eq!(wrong("\"name\": \"Mobile\"", "\"name\": \"Web\""), (Code::DuplicateId, "/teams/1/name".to_owned()));
    assert_eq!(
        wrong("\"name\": \"Web\"", "\"name\": \"Web\", \"guess\": { \"low\": 1, \"high\": 2 }").1,
        "/teams/0/sprints"
    );
}

#[test]
fn a_team_away_for_ever_gets_no_date_and_loops_nowhere() {
    let mut planner = steady(&[("a", 5.0)]);
    let for_ever = away("", date("0001-01-01"), date("9999-12-31"));
    let team = Team { absences: vec![Absence { people: Some(3.0), ..for_ever }], ..team_of(3.0) };
    apply(&mut planner, set_team(team));
    assert_eq!(days(&planner), [None]);
    let calendar = Calendar {
        holidays: vec![Holiday { from: date("0001-01-01"), to: Some(date("9999-12-31")), name: None }],
        sprint_days: 365,
        ..(*planner.plan().calendar).clone()
    };
    apply(&mut planner, Command::SetCalendar { calendar: Box::new(calendar) });
    assert_eq!(days(&planner), [None]);
    assert_eq!(planner.forecast(&options()).unwrap().lands, Lands::default());
}

fn never_earlier(before: &[Lands], after: &[Lands]) -> Result<(), TestCaseError> {
    for (before, after) in before.iter().zip(after) {
        for (before, after) in
            [(before.p15, after.p15), (before.p50, after.p50), (before.p85, after.p85), (before.p95, after.p95)]
        {
            let later = after.is_none_or(|after| before.is_some_and(|before| before <= after));
            prop_assert!(later, "{before:?} became {after:?}");
        }
    }
    Ok(())
}

/// A plan of one team with a history that varies, items, people, and a calendar that has something in it already.
fn any_plan() -> impl Strategy<Value = Planner> {
    let finished = proptest::collection::vec(0_u32..20, 1..12);
    let sizes = proptest::collection::vec(1_u32..90, 1..12);
    let holidays = proptest::collection::vec(0_i64..80, 0..6);
    (finished, sizes, holidays, 2_u32..6, prop_oneof![Just(14_u32), Just(7), Just(10), Just(1)], any::<bool>())
        .prop_map(|(finished, sizes, holidays, people, sprint_days, sprint_end)| {
            let mut planner = steady(&[]);
            let finished = finished.into_iter().map(f64::from).collect();
            apply(&mut planner, Command::SetHistory { finished, today: today(), team: None });
            for (k, size) in sizes.into_iter().enumerate() {
                let item = Item { size: Some((f64::from(size) / 10.0).into()), ..Item::titled(format!("item {k}")) };
                apply(&mut planner, Command::AddItem { item: Box::new(item), before: None });
            }
            let holidays = holidays.into_iter().map(|day| Holiday::on(today().plus_days(day))).collect();
            let calendar = Calendar { holidays, sprint_days, ..(*planner.plan().calendar).clone() };
            apply(&mut planner, Command::SetCalendar { calendar: Box::new(calendar) });
            let releases = if sprint_end { Releases::SprintEnd } else { Releases::Continuous };
            apply(&mut planner, set_team(Team { releases, ..team_of(f64::from(people)) }));
            planner
        })
}

fn lands(planner: &Planner) -> Vec<Lands> {
    let query = RowQuery { today: Some(today()), trials: Some(200), ..RowQuery::default() };
    planner.rows(&query).unwrap().rows.into_iter().map(|row| row.lands.unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_holiday_never_makes_anything_earlier(mut planner in any_plan(), from in 0_i64..60, long in 0_i64..5) {
        let before = lands(&planner);
        let mut calendar = (*planner.plan().calendar).clone();
        let from = today().plus_days(from);
        calendar.holidays.push(Holiday { from, to: Some(from.plus_days(long)), name: None });
        apply(&mut planner, Command::SetCalendar { calendar: Box::new(calendar) });
        never_earlier(&before, &lands(&planner))?;
    }

    #[test]
    fn another_person_never_makes_anything_later(mut planner in any_plan(), from in 0_i64..60, ramp_up in 0_u32..4, share in 0_u32..=4) {
        let before = lands(&planner);
        let mut team = planner.plan().teams[0].clone();
        team.changes.push(TeamChange {
            ramp_up: f64::from(ramp_up),
            starting_share: f64::from(share) / 4.0,
            ..change(1.0, today().plus_days(from))
        });
        apply(&mut planner, set_team(team));
        never_earlier(&lands(&planner), &before)?;
    }

    #[test]
    fn an_absence_never_makes_anything_earlier(mut planner in any_plan(), from in 0_i64..60, long in 0_i64..30) {
        let before = lands(&planner);
        let mut team = planner.plan().teams[0].clone();
        let from = today().plus_days(from);
        team.absences.push(away("Ada", from, from.plus_days(long)));
        apply(&mut planner, set_team(team));
        never_earlier(&before, &lands(&planner))?;
    }
}
