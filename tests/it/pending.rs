//! Queries whose simulations run elsewhere: the same answers, to the bit, however and in whatever order they are run.

use landfall::forecast::engine::{Model, ModelKey, PackedOutcome, Trials, simulate};
use landfall::plan::{CivilDate, PlanDocument};
use landfall::session::{
    Attempt, Command, ImportOptions, Missing, Options, Planner, RowQuery, Simulation, read_command, sample,
};
use landfall::{Code, Error};
use proptest::prelude::*;

fn today() -> CivilDate {
    "2026-11-23".parse().unwrap()
}

fn planner() -> Planner {
    sample(Some(today())).unwrap()
}

fn options() -> Options {
    Options { today: Some(today()), ..Options::default() }
}

fn query() -> RowQuery {
    RowQuery { today: Some(today()), ..RowQuery::default() }
}

/// Runs a simulation in slices of this many trials.
fn run(simulation: &Simulation, slice: u32) -> Vec<u8> {
    let mut trials = Trials::new(&simulation.model).unwrap();
    while trials.advance(slice) > 0 {}
    trials.finish()
}

/// Answers a query by running what it waits for; tells how many simulations that were.
fn answer<T>(planner: &Planner, slice: u32, query: impl Fn(&Planner) -> Result<T, Error>) -> (T, usize) {
    let mut runs = 0;
    loop {
        match planner.attempt(&query).unwrap() {
            Attempt::Answer(answer) => return (answer, runs),
            Attempt::Pending(simulation) => planner.supply(&run(&simulation, slice)).unwrap(),
        }
        runs += 1;
    }
}

fn pending<T: std::fmt::Debug>(planner: &Planner, query: impl FnOnce(&Planner) -> Result<T, Error>) -> Simulation {
    match planner.attempt(query).unwrap() {
        Attempt::Pending(simulation) => simulation,
        Attempt::Answer(answer) => panic!("answered without a simulation: {answer:?}"),
    }
}

fn first_two(planner: &Planner) -> [String; 2] {
    let rows = planner.rows(&query()).unwrap().rows;
    let todo: Vec<String> =
        rows.iter().filter(|row| row.status == landfall::plan::Status::Todo).map(|row| row.id.clone()).collect();
    [todo[0].clone(), todo[1].clone()]
}

/// Moves the second item that is to be done before the first.
fn swap(planner: &Planner) -> Command {
    let [first, second] = first_two(planner);
    Command::MoveItem { id: second, before: Some(first) }
}

fn change(planner: &mut Planner) {
    let swap = swap(planner);
    planner.apply(swap).unwrap();
}

#[test]
fn every_query_answers_the_same_with_simulations_run_elsewhere() {
    for slice in [1000, 1, 9999] {
        let (here, there) = (planner(), planner());
        assert_eq!(answer(&there, slice, |p| p.summary(&options())), (here.summary(&options()).unwrap(), 1));
        assert_eq!(answer(&there, slice, |p| p.rows(&query())), (here.rows(&query()).unwrap(), 0));
        assert_eq!(answer(&there, slice, |p| p.item("LF-3", &options())).0, here.item("LF-3", &options()).unwrap());
        // The burn-up is a simulation of its own.
        assert_eq!(answer(&there, slice, |p| p.forecast(&options())), (here.forecast(&options()).unwrap(), 1));
        let assumed = Options { assume: vec![swap(&here)], ..options() };
        assert_eq!(answer(&there, slice, |p| p.summary(&assumed)), (here.summary(&assumed).unwrap(), 1));
    }
}

#[test]
fn simulations_may_come_back_in_any_order_and_late() {
    let mut planner = planner();
    let first = pending(&planner, |p| p.rows(&query()));
    change(&mut planner);
    let second = pending(&planner, |p| p.rows(&query()));
    assert_ne!(first.key, second.key);
    planner.supply(&run(&second, 500)).unwrap();
    planner.supply(&run(&first, 700)).unwrap();
    let (now, runs) = answer(&planner, 1000, |p| p.rows(&query()));
    assert_eq!(runs, 0);
    planner.undo().unwrap();
    let (before, runs) = answer(&planner, 1000, |p| p.rows(&query()));
    assert_eq!(runs, 0);
    assert_ne!(now, before);
    assert_eq!(before, sample(Some(today())).unwrap().rows(&query()).unwrap());
}

#[test]
fn what_no_date_depends_on_needs_no_new_simulation() {
    let mut planner = planner();
    answer(&planner, 1000, |p| p.summary(&options()));
    let edits = [
        r#"{ "type": "renamePlan", "name": "Another name" }"#,
        r#"{ "type": "editItem", "id": "LF-3", "patch": { "title": "Another title", "notes": "new" } }"#,
    ];
    for edit in edits {
        planner.apply(read_command(edit).unwrap()).unwrap();
        assert_eq!(answer(&planner, 1000, |p| p.summary(&options())).1, 0, "{edit}");
    }
}

#[test]
fn a_query_that_waits_gives_up_with_its_simulation_pending() {
    let planner = planner();
    assert_eq!(planner.when_missing(Missing::Wait), Missing::Simulate);
    let error = planner.summary(&options()).unwrap_err();
    assert_eq!(error.code(), Code::SimulationPending);
    let simulation = planner.pending().unwrap();
    assert_eq!(simulation.trials, 10_000);
    planner.supply(&run(&simulation, 10_000)).unwrap();
    assert!(planner.summary(&options()).is_ok());
}

#[test]
fn an_error_of_a_query_is_told_and_no_simulation() {
    let planner = planner();
    assert_eq!(
        planner.attempt(|p| p.summary(&Options { trials: Some(0), ..options() })).unwrap_err().code(),
        Code::TooLarge
    );
    assert!(planner.pending().is_none());
    assert_eq!(planner.when_missing(Missing::Simulate), Missing::Simulate, "an attempt leaves nothing behind");
}

#[test]
fn meanwhile_the_new_order_has_the_dates_from_before_by_item() {
    let mut planner = planner();
    let before = planner.rows(&query()).unwrap();
    let told = planner.summary(&options()).unwrap();
    planner.when_missing(Missing::Previous);
    change(&mut planner);
    planner
        .apply(read_command(r#"{ "type": "addItem", "item": { "id": "NEW-1", "title": "New" } }"#).unwrap())
        .unwrap();

    let now = planner.rows(&query()).unwrap();
    assert!(now.stale && now.bands.is_empty());
    assert_eq!(now.axis, before.axis);
    for row in &now.rows {
        let old = before.rows.iter().find(|old| old.id == row.id);
        assert_eq!(row.lands, old.and_then(|old| old.lands), "{}", row.id);
    }
    let ids = |rows: &landfall::session::Rows| rows.rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    assert_ne!(ids(&now), ids(&before));
    let summary = planner.summary(&options()).unwrap();
    assert!(summary.stale);
    assert_eq!((&summary.headline, summary.lands), (&told.headline, told.lands));
    assert_eq!(summary.counts.work, told.counts.work + 1);
    assert!(planner.item("NEW-1", &options()).unwrap().sentence.starts_with("No date yet"));
    assert!(planner.forecast(&options()).unwrap().stale);

    // Back to what has been simulated: nothing is stale, at once.
    planner.undo().unwrap();
    planner.undo().unwrap();
    assert_eq!(planner.rows(&query()).unwrap(), before);
    planner.redo().unwrap();
    let (fresh, _) = answer(&planner, 100, |p| p.rows(&query()));
    assert!(!fresh.stale);
    assert_eq!(planner.rows(&query()).unwrap(), fresh);
}

#[test]
fn a_plan_that_takes_anothers_place_does_not_borrow_its_dates() {
    let mut planner = planner();
    planner.summary(&options()).unwrap();
    planner.when_missing(Missing::Previous);
    let document = planner.document();
    let items = document.items.iter().take(20).cloned().collect::<Vec<_>>().into();
    let (requests, decisions, promises) = Default::default();
    let other = PlanDocument { items, requests, decisions, promises, ..document };
    planner.apply(Command::ReplacePlan { document: Box::new(other) }).unwrap();
    let summary = planner.summary(&options()).unwrap();
    assert!(summary.stale);
    assert_eq!(summary.lands.p85, None);
    assert!(summary.headline.ends_with(" items, not forecast yet"), "{}", summary.headline);
    assert!(planner.rows(&query()).unwrap().rows.iter().all(|row| row.lands.is_none()));
    planner.undo().unwrap();
    assert!(!planner.summary(&options()).unwrap().stale);
}

#[test]
fn a_file_that_was_looked_at_is_taken_in_as_it_was_seen() {
    const FILE: &str = "Key,Title,Status,Points\nA-1,Log in,To Do,3\nA-2,Log out,To Do,5\n";
    let guess = Some(landfall::Range { low: 2.0, likely: Some(3.0), high: 4.0 });
    let look = ImportOptions { preview: true, guess, today: Some(today()), ..ImportOptions::default() };
    let mut planner = planner();
    planner.when_missing(Missing::Previous);
    let meanwhile = planner.import(FILE.as_bytes(), &look).unwrap();
    assert!(meanwhile.stale);
    assert_eq!((meanwhile.imported, meanwhile.change), (2, None));
    planner.when_missing(Missing::Wait);
    assert_eq!(planner.import(FILE.as_bytes(), &look).unwrap_err().code(), Code::SimulationPending);
    planner.supply(&run(&planner.pending().unwrap(), 1000)).unwrap();
    let seen = planner.import(FILE.as_bytes(), &look).unwrap();
    let taken = planner.import(FILE.as_bytes(), &ImportOptions { preview: false, ..look.clone() }).unwrap();
    assert!(!seen.stale && seen.headline.contains("85 % sure"), "{}", seen.headline);
    assert_eq!(landfall::session::ImportReport { change: None, ..taken.clone() }, seen);
    // The same file after that meets another plan.
    planner.when_missing(Missing::Simulate);
    assert_eq!(planner.import(FILE.as_bytes(), &look).unwrap().updated, 2);
    planner.undo().unwrap();
    assert_eq!(planner.import(FILE.as_bytes(), &look).unwrap().updated, 0);
}

#[test]
fn an_outcome_is_taken_for_no_other_model() {
    let planner = planner();
    let one = pending(&planner, |p| p.summary(&options()));
    let other = pending(&planner, |p| p.summary(&Options { trials: Some(100), ..options() }));
    planner.supply(&run(&other, 100)).unwrap();
    assert_eq!(pending(&planner, |p| p.summary(&options())), one);
}

fn arbitrary_bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..200)
}

/// A model's bytes with some of them changed, and the end cut off at times.
fn damaged(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let len = bytes.len();
    let edits = proptest::collection::vec((0..len, any::<u8>()), 1..6);
    (edits, proptest::option::of(0..len)).prop_map(move |(edits, end)| {
        let mut bytes = bytes.clone();
        edits.into_iter().for_each(|(place, byte)| bytes[place] = byte);
        bytes.truncate(end.unwrap_or(len));
        bytes
    })
}

fn model() -> Vec<u8> {
    pending(&planner(), |p| p.summary(&Options { trials: Some(20), ..options() })).model
}

fn outcome() -> Vec<u8> {
    let mut trials = Trials::new(&model()).unwrap();
    trials.advance(20);
    trials.finish()
}

/// Unpacks all of it, as queries do piece by piece.
fn unpack(bytes: &[u8]) {
    if let Ok(outcome) = PackedOutcome::from_bytes(bytes) {
        (0..100).for_each(|place| drop((outcome.item(place), outcome.prefix(place), outcome.group(place))));
        drop((outcome.total(), outcome.burn_up().collect::<Vec<_>>()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_a_model_or_an_error(bytes in arbitrary_bytes()) {
        if let Ok(mut trials) = Trials::new(&bytes) { trials.advance(3); }
        unpack(&bytes);
        let _ = planner().supply(&bytes);
    }

    #[test]
    fn a_damaged_model_is_another_model_or_an_error(bytes in damaged(model())) {
        if let Ok(mut trials) = Trials::new(&bytes) {
            trials.advance(3);
            unpack(&trials.finish());
        }
    }

    #[test]
    fn a_damaged_outcome_is_another_outcome_or_an_error(bytes in damaged(outcome())) {
        unpack(&bytes);
        let planner = planner();
        if planner.supply(&bytes).is_ok() {
            planner.when_missing(Missing::Previous);
            planner.summary(&Options { trials: Some(20), ..options() }).unwrap();
            planner.rows(&RowQuery { trials: Some(20), ..query() }).unwrap();
        }
    }
}

#[test]
fn packing_keeps_every_percentile_and_all_of_the_rest() {
    let model = Model::from_bytes(&model()).unwrap();
    assert_eq!(Model::from_bytes(&model.to_bytes()).unwrap(), model);
    for (prefixes, horizon) in [(false, 520), (true, 520), (true, 20)] {
        let model = Model { prefixes, horizon, burn_up: 7, trials: 300, ..model.clone() };
        let outcome = simulate(&model).unwrap();
        let packed = PackedOutcome::simulate(ModelKey::of(&model.to_bytes()), &model).unwrap();
        assert!(packed.fits(&model));
        assert_eq!(PackedOutcome::from_bytes(&packed.to_bytes()).unwrap(), packed);
        let percentiles = |place| [packed.item(place), packed.prefix(place)];
        for (place, item) in outcome.items.iter().enumerate() {
            for (packed, histogram) in percentiles(place).into_iter().zip([Some(item), outcome.prefixes.get(place)]) {
                let (Some(packed), Some(histogram)) = (&packed, histogram) else {
                    assert_eq!((packed.is_some(), histogram.is_some()), (false, false));
                    continue;
                };
                for percent in 1..=99 {
                    let p = f64::from(percent) / 100.0;
                    assert_eq!(packed.percentile(p), histogram.percentile(p), "{p}");
                }
                for bin in 0..2000 {
                    let [packed, exact] = [packed.within(bin), histogram.within(bin)];
                    assert!(packed <= exact && exact < packed + 0.010_001, "{packed} {exact}");
                }
            }
        }
        assert_eq!(packed.item(outcome.items.len()), None);
        let groups: Vec<_> = (0..outcome.groups.len() + 1).map_while(|place| packed.group(place)).collect();
        assert_eq!(groups, outcome.groups);
        assert_eq!(packed.total(), outcome.total);
        assert_eq!(packed.burn_up().count(), outcome.burn_up.len());
        for (packed, amounts) in packed.burn_up().zip(&outcome.burn_up) {
            for percent in 1..=99 {
                let p = f64::from(percent) / 100.0;
                assert_eq!(packed.percentile(p), amounts.percentile(p), "{p}");
            }
        }
    }
}

#[test]
fn bytes_of_something_else_are_refused_with_a_sentence() {
    let error = Trials::new(b"Key,Title").unwrap_err();
    assert_eq!(error.code(), Code::InvalidRequest);
    assert_eq!(
        error.to_string(),
        "these bytes are no model of this version of Landfall: pass on what it gave, unchanged"
    );
    assert!(planner().supply(b"{}").unwrap_err().to_string().starts_with("these bytes are no outcome"));
}
