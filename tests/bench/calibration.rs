//! How often forecasts held on real teams, by the measure written down beside [`measure`]: `make calibration`.
//!
//! Every team is judged by a prior that was chosen on the other teams alone, from a grid around the one that Landfall
//! ships; the bootstrap stands beside it. With another file (`make calibration TEAMS=file.json`) the prior that ships
//! is judged on teams that it has never seen.

// What runs on a developer's machine may stop at the first thing that is wrong.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::thread;

use landfall::forecast::{Amounts, HowManyRequest, Prior, VelocityModel};

const WINDOWS: [usize; 3] = [6, 10, 20];
const HORIZONS: [usize; 3] = [3, 6, 12];
const CHANCES: [f64; 4] = [0.5, 0.7, 0.85, 0.95];
/// The cells of the measure: a window and a horizon each.
const CELLS: usize = WINDOWS.len() * HORIZONS.len();
/// A team counts as worst in a cell only with so many forecasts there.
const ENOUGH: u32 = 20;
const TRIALS: u32 = 1000;

struct Team {
    name: String,
    sprints: Vec<f64>,
}

impl Team {
    fn mean(&self) -> f64 {
        self.sprints.iter().sum::<f64>() / self.sprints.len() as f64
    }
}

/// Weeks are paired into sprints from the newest backwards.
fn teams(file: &str) -> Vec<Team> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{file}: {e}"));
    let json: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"));
    let teams = json["teams"].as_object().expect("an object \"teams\"");
    let weekly = |team: &serde_json::Value| -> Vec<f64> {
        let weeks = team["weekly"].as_array().expect("a list \"weekly\"");
        weeks.iter().map(|week| week.as_f64().expect("a number a week")).collect()
    };
    let sprints = |weeks: Vec<f64>| weeks[weeks.len() % 2..].chunks(2).map(|pair| pair[0] + pair[1]).collect();
    teams.iter().map(|(name, team)| Team { name: name.clone(), sprints: sprints(weekly(team)) }).collect()
}

/// What came of a team's forecasts in one cell.
#[derive(Clone, Copy, Default)]
struct Cell {
    forecasts: u32,
    held: [u32; CHANCES.len()],
    /// The sum of the continuous ranked probability scores, over the horizon times the team's mean sprint.
    crps: f64,
}

type Scores = [Cell; CELLS];

/// At every fourth sprint of a team's past, skipping windows that finished fewer than 3, how much will be finished in
/// the next H sprints is forecast from the last W, and compared with the truth. A chance held where the truth was at
/// least the amount told for it.
fn measure(team: &Team, forecast: impl Fn(&[f64], usize) -> Amounts) -> Scores {
    let mut scores = Scores::default();
    let cells = WINDOWS.iter().flat_map(|window| HORIZONS.map(|horizon| (*window, horizon)));
    for (cell, (window, horizon)) in scores.iter_mut().zip(cells) {
        for now in (window..(team.sprints.len() + 1).saturating_sub(horizon)).step_by(4) {
            let past = &team.sprints[now - window..now];
            if past.iter().sum::<f64>() < 3.0 {
                continue;
            }
            let amounts = forecast(past, horizon);
            let truth: f64 = team.sprints[now..now + horizon].iter().sum();
            cell.forecasts += 1;
            for (held, p) in cell.held.iter_mut().zip(CHANCES) {
                *held += u32::from(truth >= amounts.percentile(p));
            }
            cell.crps += amounts.crps(truth) / (horizon as f64 * team.mean());
        }
    }
    scores
}

fn bootstrap(past: &[f64], periods: usize) -> Amounts {
    // The same draws as the public `howMany`, with the whole distribution.
    let request = HowManyRequest {
        model: Some(VelocityModel::Bootstrap),
        trials: Some(TRIALS),
        ..HowManyRequest::new(past.to_vec(), periods as u32)
    };
    landfall::forecast::how_many_amounts(&request).expect("a history in whole numbers")
}

fn by(prior: Prior) -> impl Fn(&[f64], usize) -> Amounts {
    move |past, periods| prior.how_many(past, periods as u32, TRIALS, 1).expect("a history in whole numbers")
}

/// Priors to choose from, around the one that ships.
fn priors() -> Vec<Prior> {
    let drifts = [0.1, 0.12, 0.14, 0.17, 0.2];
    let pulls = [0.02, 0.04, 0.06, 0.08];
    drifts.iter().flat_map(|drift| pulls.map(|pull| Prior { drift: *drift, pull, ..Prior::default() })).collect()
}

/// The figures that everything is judged by.
struct Verdict {
    /// The mean over cells and chances of how far the share that held, averaged over teams, lies from the chance.
    error: f64,
    /// The share that held for each chance, averaged over teams and cells.
    held: [f64; CHANCES.len()],
    /// The score averaged over teams, over the bootstrap's, averaged over cells.
    crps: f64,
    /// The lowest share that held at 85 % in any cell of any team with enough forecasts, and where.
    worst: (f64, usize, usize),
}

fn judge(scores: &[&Scores], base: &[&Scores]) -> Verdict {
    let mut verdict = Verdict { error: 0.0, held: [0.0; 4], crps: 0.0, worst: (1.0, 0, 0) };
    for cell in 0..CELLS {
        let seen: Vec<(usize, Cell)> =
            scores.iter().map(|team| team[cell]).enumerate().filter(|(_, cell)| cell.forecasts > 0).collect();
        let mean = |of: &dyn Fn(&Cell) -> f64| {
            seen.iter().map(|(_, cell)| of(cell) / f64::from(cell.forecasts)).sum::<f64>() / seen.len().max(1) as f64
        };
        for (k, p) in CHANCES.iter().enumerate() {
            let held = mean(&|cell| f64::from(cell.held[k]));
            verdict.error += (held - p).abs() / (CELLS * CHANCES.len()) as f64;
            verdict.held[k] += held / CELLS as f64;
        }
        let others: Vec<Cell> = base.iter().map(|team| team[cell]).filter(|cell| cell.forecasts > 0).collect();
        let bootstrap: f64 = others.iter().map(|cell| cell.crps / f64::from(cell.forecasts)).sum::<f64>();
        verdict.crps += mean(&|cell| cell.crps) / (bootstrap / others.len().max(1) as f64) / CELLS as f64;
        for (team, one) in seen.iter().filter(|(_, cell)| cell.forecasts >= ENOUGH) {
            let held = f64::from(one.held[2]) / f64::from(one.forecasts);
            if held < verdict.worst.0 {
                verdict.worst = (held, *team, cell);
            }
        }
    }
    verdict
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

    let base = spread(teams.iter().collect(), |team| measure(team, bootstrap));
    let shipped = spread(teams.iter().collect(), |team| measure(team, by(Prior::default())));
    let tried: Vec<Vec<Scores>> =
        priors.iter().map(|prior| spread(teams.iter().collect(), |team| measure(team, by(*prior)))).collect();

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
        let Prior { drift, pull, .. } = priors[best];
        line(&team.name, &tried[best][k], base[k], &format!("drift {drift}, pull {pull}"));
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
            total(&format!("drift {}, pull {}", prior.drift, prior.pull), &verdict, &teams);
        }
    }
}
