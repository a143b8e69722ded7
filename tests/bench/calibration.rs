//! How often forecasts held on real teams, by the measure written down beside [`measure`]: `make calibration`.
//!
//! Every team is judged by a prior that was chosen on the other teams alone, from a grid around the one that Landfall
//! ships; the bootstrap stands beside it. With another file (`make calibration TEAMS=file.json`) the prior that ships
//! is judged on teams that it has never seen.

// What runs on a developer's machine may stop at the first thing that is wrong.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod measure;

use std::thread;

use landfall::forecast::Prior;
use measure::{HORIZONS, Scores, Team, Verdict, WINDOWS, bootstrap, by, judge, measure, teams};

const TRIALS: u32 = 1000;

/// Priors to choose from, around the one that ships.
fn priors() -> Vec<Prior> {
    let mut priors = Vec::new();
    for drift in [0.11, 0.14, 0.17] {
        for pull in [0.03, 0.06, 0.09] {
            for sag in [0.0, 0.07, 0.15] {
                priors.push(Prior { drift, pull, sag, ..Prior::default() });
            }
        }
    }
    priors
}

/// What is made as small as it gets where a prior is chosen: both bars of the measure count.
fn loss(verdict: &Verdict) -> f64 {
    verdict.error + verdict.crps
}

/// Runs over all the cores there are.
fn spread<T: Send, R: Send>(work: Vec<T>, run: impl Fn(T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut lots: Vec<Vec<(usize, T)>> = (0..cores).map(|_| Vec::new()).collect();
    let count = work.len();
    work.into_iter().enumerate().for_each(|(k, one)| lots[k % cores].push((k, one)));
    let run = &run;
    let mut results: Vec<Option<R>> = (0..count).map(|_| None).collect();
    thread::scope(|scope| {
        let threads: Vec<_> = lots
            .into_iter()
            .map(|lot| scope.spawn(move || lot.into_iter().map(|(k, one)| (k, run(one))).collect::<Vec<_>>()))
            .collect();
        for (k, result) in threads.into_iter().flat_map(|thread| thread.join().expect("a thread that ends")) {
            results[k] = Some(result);
        }
    });
    results.into_iter().flatten().collect()
}

fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

fn line(name: &str, scores: &Scores, base: &Scores, note: &str) {
    let forecasts: u32 = scores.iter().map(|cell| cell.forecasts).sum();
    let show = |scores: &Scores| {
        let verdict = judge(&[scores], &[base]);
        let held = verdict.held.map(percent).join("/");
        let worst = if verdict.worst.0 < 1.0 { percent(verdict.worst.0) } else { "–".to_owned() };
        (held, worst, verdict.crps)
    };
    let ((held, worst, crps), (old, old_worst, _)) = (show(scores), show(base));
    println!("{name:<28}{forecasts:>6}   {held:<13}{worst:>4} {crps:>7.2}   {old:<13}{old_worst:>4}   {note}");
}

fn total(name: &str, verdict: &Verdict, teams: &[Team]) {
    let (worst, team, cell) = verdict.worst;
    let held = verdict.held.map(percent).join("/");
    let (window, horizon) = (WINDOWS[cell / HORIZONS.len()], HORIZONS[cell % HORIZONS.len()]);
    println!(
        "{name:<34}mean error {:.4}   CRPS {:.3}   worst team {worst:.2} ({}, W {window}, H {horizon})   held {held}",
        verdict.error, verdict.crps, teams[team].name
    );
}

fn main() {
    let file = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let file = file.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/throughput.json").to_owned());
    let teams = teams(&file);
    let priors = priors();
    eprintln!("{} teams, {} priors: this takes a minute or two", teams.len(), priors.len());

    let base = spread(teams.iter().collect(), |team| measure(team, bootstrap(TRIALS)));
    let shipped = spread(teams.iter().collect(), |team| measure(team, by(Prior::default(), TRIALS)));
    let tried: Vec<Vec<Scores>> =
        priors.iter().map(|prior| spread(teams.iter().collect(), |team| measure(team, by(*prior, TRIALS)))).collect();

    let base: Vec<&Scores> = base.iter().collect();
    let without = |scores: &[Scores], team: usize| -> Verdict {
        let others: Vec<usize> = (0..teams.len()).filter(|other| *other != team).collect();
        let of = |other: &usize| &scores[*other];
        judge(&others.iter().map(of).collect::<Vec<_>>(), &others.iter().map(|other| base[*other]).collect::<Vec<_>>())
    };
    let mut judged: Vec<&Scores> = Vec::new();
    println!("Held at 50/70/85/95 %, lowest cell at 85 %, CRPS over the bootstrap's; then the bootstrap's own.\n");
    println!(
        "{:<28}{:>6}   {:<13}{:>4} {:>7}   {:<13}{:>4}   prior",
        "", "made", "calibrated", "low", "CRPS", "bootstrap", "low"
    );
    for (k, team) in teams.iter().enumerate() {
        let best = (0..priors.len())
            .min_by(|a, b| loss(&without(&tried[*a], k)).total_cmp(&loss(&without(&tried[*b], k))))
            .expect("there are priors");
        let Prior { drift, pull, sag, .. } = priors[best];
        line(&team.name, &tried[best][k], base[k], &format!("drift {drift}, pull {pull}, sag {sag}"));
        judged.push(&tried[best][k]);
    }
    println!();
    total("bootstrap", &judge(&base, &base), &teams);
    total("calibrated, each team left out", &judge(&judged, &base), &teams);
    total("calibrated, as it ships", &judge(&shipped.iter().collect::<Vec<_>>(), &base), &teams);
    println!("\nThe bars: mean error ≤ 0.018, CRPS ≤ 0.90, worst team ≥ 0.70.");
    if std::env::args().any(|arg| arg == "--priors") {
        for (prior, scores) in priors.iter().zip(&tried) {
            let verdict = judge(&scores.iter().collect::<Vec<_>>(), &base);
            total(&format!("drift {}, pull {}, sag {}", prior.drift, prior.pull, prior.sag), &verdict, &teams);
        }
    }
}
