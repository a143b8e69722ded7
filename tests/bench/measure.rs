//! The measure of calibration: how often forecasts of public delivery histories would have held.

use landfall::forecast::{Amounts, HowManyRequest, Prior, VelocityModel, how_many_amounts};

pub const WINDOWS: [usize; 3] = [6, 10, 20];
pub const HORIZONS: [usize; 3] = [3, 6, 12];
pub const CHANCES: [f64; 4] = [0.5, 0.7, 0.85, 0.95];
/// The cells of the measure: a window and a horizon each.
pub const CELLS: usize = WINDOWS.len() * HORIZONS.len();
/// A team counts as worst in a cell only with so many forecasts there.
const ENOUGH: u32 = 20;

pub struct Team {
    #[allow(dead_code)] // One of the two that include this file prints no names.
    pub name: String,
    pub sprints: Vec<f64>,
}

impl Team {
    fn mean(&self) -> f64 {
        self.sprints.iter().sum::<f64>() / self.sprints.len() as f64
    }
}

/// Weeks are paired into sprints from the newest backwards.
pub fn teams(file: &str) -> Vec<Team> {
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
pub struct Cell {
    pub forecasts: u32,
    pub held: [u32; CHANCES.len()],
    /// The sum of the continuous ranked probability scores, over the horizon times the team's mean sprint.
    pub crps: f64,
}

pub type Scores = [Cell; CELLS];

/// At every fourth sprint of a team's past, skipping windows that finished fewer than 3, how much will be finished in
/// the next H sprints is forecast from the last W, and compared with the truth. A chance held where the truth was at
/// least the amount told for it. Every forecast has luck of its own: with one seed for all, so would be their errors.
pub fn measure(team: &Team, forecast: impl Fn(&[f64], usize, u64) -> Amounts) -> Scores {
    let mut scores = Scores::default();
    let cells = WINDOWS.iter().flat_map(|window| HORIZONS.map(|horizon| (*window, horizon)));
    for (cell, (window, horizon)) in scores.iter_mut().zip(cells) {
        for now in (window..(team.sprints.len() + 1).saturating_sub(horizon)).step_by(4) {
            let past = &team.sprints[now - window..now];
            if past.iter().sum::<f64>() < 3.0 {
                continue;
            }
            let amounts = forecast(past, horizon, now as u64);
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

pub fn bootstrap(trials: u32) -> impl Fn(&[f64], usize, u64) -> Amounts {
    move |past, periods, seed| {
        // The same draws as the public `howMany`, with the whole distribution.
        let request = HowManyRequest {
            model: Some(VelocityModel::Bootstrap),
            trials: Some(trials),
            seed: Some(seed),
            ..HowManyRequest::new(past.to_vec(), periods as u32)
        };
        how_many_amounts(&request).expect("a history in whole numbers")
    }
}

pub fn by(prior: Prior, trials: u32) -> impl Fn(&[f64], usize, u64) -> Amounts {
    move |past, periods, seed| prior.how_many(past, periods as u32, trials, seed).expect("a history in whole numbers")
}

/// The figures that everything is judged by.
#[derive(Debug)]
pub struct Verdict {
    /// The mean over cells and chances of how far the share that held, averaged over teams, lies from the chance.
    pub error: f64,
    /// The share that held for each chance, averaged over teams and cells.
    pub held: [f64; CHANCES.len()],
    /// The score averaged over teams, over the bootstrap's, averaged over cells.
    pub crps: f64,
    /// The lowest share that held at 85 % in any cell of any team with enough forecasts, and where.
    pub worst: (f64, usize, usize),
}

pub fn judge(scores: &[&Scores], base: &[&Scores]) -> Verdict {
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
