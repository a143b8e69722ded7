//! The native side of `make bench`, which tests/bench/run.mjs asks for one run at a time, so that contestants take
//! turns: a line `take NAME REQUEST` keeps a request, `forecast NAME` and `floor NAME` run it and answer with
//! milliseconds and what came out.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::HashMap;
use std::hint::black_box;
use std::io::{BufRead, Write, stdin, stdout};
use std::time::Instant;

use landfall::forecast::{ForecastRequest, History, PerTeam, Work, forecast};

fn main() {
    let mut requests = HashMap::new();
    for line in stdin().lock().lines() {
        let line = line.expect("a line");
        let mut words = line.splitn(3, ' ');
        let (verb, name) = (words.next().expect("a verb"), words.next().expect("a name").to_owned());
        if verb == "take" {
            let request: ForecastRequest = words.next().expect("a request").parse().expect("a request");
            requests.insert(name, request);
            continue;
        }
        let request = &requests[&name];
        let start = Instant::now();
        let shown = match verb {
            "forecast" => {
                let answer = black_box(forecast(black_box(request)).expect("an answer"));
                answer.total.percentiles.iter().map(|at| at.period.map_or(f64::NAN, f64::from)).collect()
            }
            "floor" => vec![floor(black_box(request))],
            _ => panic!("{verb} is not known"),
        };
        let milliseconds = start.elapsed().as_secs_f64() * 1e3;
        println!("{milliseconds} {}", shown.iter().map(f64::to_string).collect::<Vec<_>>().join(" "));
        stdout().flush().expect("somebody who reads");
    }
}

/// A loop that only draws and looks up, and stops a trial when all is finished: the mean number of periods, and no
/// distribution at all. Four look-ups for 64 random bits, as the engine does; nothing that forecasts can be faster.
fn floor(request: &ForecastRequest) -> f64 {
    let PerTeam::One(History::Periods(past)) = &request.history else { panic!("a history of one team") };
    let Work::Items(items) = &request.work else { panic!("a list of items") };
    let past = past.as_slice();
    let (len, work, trials) = (past.len() as u64, items.len() as f64, request.trials.expect("trials"));
    let mut state = request.seed.unwrap_or(1);
    let mut periods = 0_u64;
    for _ in 0..trials {
        let mut done = 0.0;
        while done < work {
            // SplitMix64.
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut bits = state;
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            bits ^= bits >> 31;
            for part in 0..4 {
                let place = (((bits >> (16 * part)) & 0xFFFF) * len) >> 16;
                done += past[place as usize];
                periods += u64::from(done < work);
            }
        }
    }
    periods as f64 / f64::from(trials) + 1.0
}
