//! Scores and orders through the public API.

use landfall::score::{Candidate, RankRequest, Ranking, Scorer, rank};
use landfall::{Code, Error, Method, Range, Uncertain};
use serde_json::{Value, json};

fn ask(value: Value) -> Result<Value, Error> {
    let ranking = rank(&value.to_string().parse()?)?;
    Ok(serde_json::to_value(ranking).unwrap())
}

#[track_caller]
fn refuses(value: Value, code: Code, path: &str, words: &str) {
    let error = ask(value).expect_err("refused");
    assert_eq!((error.code(), error.path()), (code, Some(path)), "{error}");
    assert!(error.message().contains(words), "{error}");
}

// ------------------------------------------------------------------------------------------------ scores

#[test]
fn every_method_has_its_formula() {
    let score = |request: Value| ask(request).unwrap()["scores"][0]["score"].clone();
    let item = |inputs: Value| {
        let mut item = json!({ "id": "a" });
        item.as_object_mut().unwrap().extend(inputs.as_object().unwrap().clone());
        item
    };
    let rice = item(json!({ "reach": 2000, "impact": 1, "confidence": 0.8, "effort": 4 }));
    assert_eq!(score(json!({ "method": "rice", "items": [rice] })), json!(400.0));
    let ice = item(json!({ "impact": 8, "confidence": 7, "ease": 5 }));
    assert_eq!(score(json!({ "method": "ice", "items": [ice] })), json!(280.0));
    let parts = item(json!({ "businessValue": 8, "timeCriticality": 5, "riskReduction": 13, "jobSize": 5 }));
    assert_eq!(score(json!({ "method": "wsjf", "items": [parts] })), json!(5.2));
    let money = item(json!({ "costOfDelay": 3000, "jobSize": 6 }));
    assert_eq!(score(json!({ "method": "wsjf", "items": [money] })), json!(500.0));
    let plain = item(json!({ "value": 9, "effort": 2 }));
    assert_eq!(score(json!({ "method": "value-effort", "items": [plain] })), json!(4.5));
    let own = item(json!({ "delight": 4, "cost": 3 }));
    let weights = json!({ "delight": 2, "cost": -0.5 });
    assert_eq!(score(json!({ "method": "weighted", "items": [own], "weights": weights })), json!(6.5));
}

#[test]
fn what_is_missing_is_named_and_counts_neither_as_zero_nor_as_an_error() {
    let ranking = ask(json!({ "method": "rice", "items": [
        { "id": "no effort", "reach": 10, "impact": 1, "confidence": 1 },
        { "id": "nothing", "title": "Texts and lists that no method asks for are left alone", "tags": ["x"] },
        { "id": "effortless", "reach": 10, "impact": 1, "confidence": 1, "effort": 0 },
        { "id": "worthless", "reach": 0, "impact": 1, "confidence": 1, "effort": 1 },
        { "id": "good", "reach": 1, "impact": 1, "confidence": null, "effort": { "low": 0, "high": 0 } },
        { "id": "scored", "reach": 1, "impact": 1, "confidence": 1, "effort": 1 },
    ] }))
    .unwrap();
    let missing: Vec<Value> =
        ranking["scores"].as_array().unwrap().iter().map(|score| score["missing"].clone()).collect();
    assert_eq!(
        missing,
        [
            json!(["effort"]),
            json!(["reach", "impact", "confidence", "effort"]),
            json!(["effort"]),
            json!([]),
            json!(["confidence", "effort"]),
            json!([])
        ]
    );
    assert_eq!(ranking["scores"][0]["score"], Value::Null);
    assert_eq!(ranking["scores"][3]["score"], json!(0.0));
    // Without a score an item stands last, as it was given.
    assert_eq!(ranking["order"], json!(["scored", "worthless", "no effort", "nothing", "effortless", "good"]));
}

#[test]
fn effort_and_job_size_default_to_the_size() {
    let ranking = ask(json!({ "method": "value-effort", "items": [
        { "id": "a", "value": 6, "size": 3 }, { "id": "b", "value": 6, "size": 3, "effort": 2 }
    ] }));
    let ranking = ranking.unwrap();
    assert_eq!((&ranking["scores"][0]["score"], &ranking["scores"][1]["score"]), (&json!(2.0), &json!(3.0)));
}

#[test]
fn a_range_gives_a_median_and_a_range() {
    let item =
        |id: &str| Candidate::new(id).with("value", Range { low: 0.0, likely: None, high: 10.0 }).with("effort", 2.0);
    let ranking = rank(&RankRequest::new(Method::ValueEffort, vec![item("a"), item("b")])).unwrap();
    let score = &ranking.scores[0];
    let range = score.range.unwrap();
    assert!((score.score.unwrap() - 2.5).abs() < 0.02, "{score:?}");
    assert!((range.p10 - 0.5).abs() < 0.02 && (range.p90 - 4.5).abs() < 0.02, "{score:?}");
    assert_eq!(ranking.scores[1].score, score.score, "equal inputs have equal scores");
    // The quotient of two numbers drawn alike has the median 1, and lies below 1 / x as often as above x.
    let both = Range { low: 1.0, likely: None, high: 2.0 };
    let no_weights = Default::default();
    let score = Scorer::new(Method::ValueEffort, &no_weights, 1).score(|_| Some(both.into())).unwrap();
    assert!((score.value - 1.0).abs() < 0.01, "{score:?}");
    assert!((score.range.unwrap().p10 * score.range.unwrap().p90 - 1.0).abs() < 0.02, "{score:?}");
}

#[test]
fn the_same_seed_gives_the_same_scores() {
    let items =
        vec![Candidate::new("a").with("value", Range { low: 1.0, likely: Some(2.0), high: 9.0 }).with("effort", 2.0)];
    let mut request = RankRequest::new(Method::ValueEffort, items);
    let one = rank(&request).unwrap();
    assert_eq!(one, rank(&request).unwrap());
    request.seed = Some(2);
    assert_ne!(one, rank(&request).unwrap());
}

#[test]
fn a_mistake_is_named_with_its_place() {
    let rice = |item: Value| json!({ "method": "rice", "items": [item] });
    refuses(rice(json!({ "id": "a", "reach": "many" })), Code::InvalidRequest, "/items/0/reach", "found a text");
    refuses(rice(json!({ "id": "a", "effort": { "low": 1 } })), Code::InvalidRequest, "/items/0/effort", "not a range");
    refuses(rice(json!({ "id": "a", "effort": -1 })), Code::InvalidNumber, "/items/0/effort", "at least 0");
    refuses(rice(json!({ "id": "a", "reach": 1e300 })), Code::InvalidNumber, "/items/0/reach", "too large");
    refuses(
        rice(json!({ "id": "a", "reach": { "low": 3, "high": 1 } })),
        Code::InvalidRange,
        "/items/0/reach",
        "order",
    );
    refuses(rice(json!({ "id": "a", "confidence": 80 })), Code::InvalidNumber, "/items/0/confidence", "as 0.8");
    refuses(json!({ "method": "weighted", "items": [] }), Code::InvalidRequest, "/weights", "weight of each");
    let two = |items: Value| json!({ "method": "ice", "items": items });
    refuses(two(json!([{ "id": "a" }, { "id": "a" }])), Code::DuplicateId, "/items/1/id", "two items");
    refuses(two(json!([{ "id": "a", "needs": ["b"] }])), Code::UnknownId, "/items/0/needs/0", "a needs b");
    refuses(
        two(json!([{ "id": "LF-3", "needs": ["LF-7"] }, { "id": "LF-7", "needs": ["LF-3"] }])),
        Code::Cycle,
        "/items/0/needs",
        "LF-3 needs LF-7 needs LF-3",
    );
    refuses(json!({ "method": "ice", "items": [{ "needs": [] }] }), Code::InvalidRequest, "/items/0", "`id`");
    refuses(json!({ "method": "gut", "items": [] }), Code::InvalidRequest, "/method", "gut");
}

#[test]
fn nan_is_refused_where_json_cannot_write_it() {
    let request = RankRequest::new(Method::ValueEffort, vec![Candidate::new("a").with("value", f64::NAN)]);
    let error = rank(&request).expect_err("refused");
    assert_eq!((error.code(), error.path()), (Code::InvalidNumber, Some("/items/0/value")));
}

// ------------------------------------------------------------------------------------------------ order

fn job(id: impl std::fmt::Display, value: f64, effort: f64, needs: &[usize]) -> Candidate {
    let item = Candidate::new(id.to_string()).with("value", value).with("effort", effort);
    needs.iter().fold(item, |item, need| item.needing(need.to_string()))
}

fn order(items: Vec<Candidate>) -> Ranking {
    rank(&RankRequest::new(Method::ValueEffort, items)).unwrap()
}

#[test]
fn without_needs_the_order_is_by_score_and_equals_keep_their_places() {
    let jobs = [(1.0, 3.0), (4.0, 2.0), (2.0, 6.0), (2.0, 1.0), (6.0, 3.0)];
    let items = jobs.iter().enumerate().map(|(id, &(value, effort))| job(id, value, effort, &[])).collect();
    assert_eq!(order(items).order, ["1", "3", "4", "0", "2"]);
}

#[test]
fn needs_may_be_left_out_of_account() {
    let mut request = RankRequest::new(Method::ValueEffort, vec![job(0, 1.0, 1.0, &[]), job(1, 5.0, 1.0, &[0])]);
    assert_eq!(rank(&request).unwrap().order, ["0", "1"]);
    request.respect_needs = Some(false);
    assert_eq!(rank(&request).unwrap().order, ["1", "0"]);
}

#[test]
fn an_item_says_for_whom_it_stands_early() {
    let ranking = order(vec![
        job(0, 3.0, 2.0, &[]),
        job(1, 0.0, 1.0, &[]),
        job(2, 6.0, 1.0, &[1]),
        job(3, 5.0, 1.0, &[1]),
        job(4, 2.0, 1.0, &[]),
    ]);
    assert_eq!(ranking.order, ["1", "2", "3", "4", "0"]);
    let because = |place: usize| ranking.scores[place].because.as_deref();
    assert_eq!(because(1), Some("1 is first because 2 and 3 wait for it"));
    assert_eq!(because(2), Some("2 is second because it needs 1"));
    assert_eq!((because(0), because(4)), (None, None));
}

#[test]
fn an_item_without_a_score_goes_first_when_a_scored_one_needs_it() {
    let items = vec![job(0, 3.0, 2.0, &[]), job(1, 9.0, 1.0, &[2]), Candidate::new("2"), Candidate::new("3")];
    assert_eq!(order(items).order, ["2", "1", "0", "3"]);
}

#[test]
fn a_good_order_given_is_never_made_worse() {
    let mut random = Random(3);
    for _ in 0..300 {
        let (items, _) = random.instance(9);
        let cost = order(items).delay_cost.unwrap();
        assert!(cost.best <= cost.given * (1.0 + 1e-12), "{cost:?}");
    }
}

/// Value, effort and needs.
type Numbers = (f64, f64, Vec<usize>);

/// SplitMix64, for instances that are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }

    /// Items in an order that keeps their needs, of one of several kinds, and the same as numbers.
    fn instance(&mut self, most: u64) -> (Vec<Candidate>, Vec<Numbers>) {
        let count = 2 + self.below(most - 1) as usize;
        let percent = [10, 20, 30, 50][self.below(4) as usize];
        let kind = self.below(3);
        let numbers: Vec<Numbers> = (0..count)
            .map(|place| {
                let value = match kind {
                    0 => 1 + self.below(20),
                    1 if self.below(10) < 6 => 0,
                    1 => 1 + self.below(100),
                    _ => 1 << self.below(9),
                };
                let needs = (0..place).filter(|_| self.below(100) < percent).collect();
                (value as f64, (1 + self.below(13)) as f64, needs)
            })
            .collect();
        let items = numbers.iter().enumerate().map(|(id, (value, effort, needs))| job(id, *value, *effort, needs));
        (items.collect(), numbers)
    }
}

/// The least Σ weight × finish time, over every order that keeps the needs (Held and Karp 1962).
fn least_cost(items: &[Numbers]) -> f64 {
    let mut best = vec![f64::INFINITY; 1 << items.len()];
    best[0] = 0.0;
    for done in 0..best.len() {
        let time: f64 = (0..items.len()).filter(|place| done >> place & 1 == 1).map(|place| items[place].1).sum();
        for (place, (value, effort, needs)) in items.iter().enumerate() {
            if done >> place & 1 == 0 && needs.iter().all(|need| done >> need & 1 == 1) {
                let next = done | 1 << place;
                best[next] = best[next].min(best[done] + value * (time + effort));
            }
        }
    }
    best[best.len() - 1]
}

#[test]
fn the_order_found_is_near_the_best_there_is() {
    let mut random = Random(1);
    // By size: how many, the sum of the gaps, the worst.
    let mut table = [(0_u32, 0.0, 0.0_f64); 11];
    for _ in 0..1000 {
        let (items, numbers) = random.instance(10);
        let ranking = order(items);
        let best = least_cost(&numbers);
        let found = ranking.delay_cost.unwrap().best;
        let gap = if best > 0.0 { found / best - 1.0 } else { found };
        assert!(gap >= -1e-12, "better than the best: {gap}");
        if numbers.iter().all(|(_, _, needs)| needs.is_empty()) {
            assert!(gap <= 1e-12, "without needs it is the best");
        }
        let place = |id: usize| ranking.order.iter().position(|other| *other == id.to_string()).unwrap();
        for (id, (_, _, needs)) in numbers.iter().enumerate() {
            assert!(needs.iter().all(|&need| place(need) < place(id)), "{:?}", ranking.order);
        }
        let (count, sum, worst) = &mut table[numbers.len()];
        *count += 1;
        *sum += gap;
        *worst = worst.max(gap);
    }
    for (size, (count, sum, worst)) in table.iter().enumerate().filter(|(_, row)| row.0 > 0) {
        let mean = sum / f64::from(*count) * 100.0;
        println!("{size:2} items, {count:3} sets: mean gap {mean:.4} %, worst {:.2} %", worst * 100.0);
    }
    let mean = table.iter().map(|row| row.1).sum::<f64>() / 1000.0;
    let worst = table.iter().map(|row| row.2).fold(0.0, f64::max);
    println!("all: mean {:.4} %, worst {:.2} %", mean * 100.0, worst * 100.0);
    assert!(mean <= 0.01 && worst <= 0.10, "mean {mean}, worst {worst}");
}

#[test]
fn ten_thousand_items_and_long_chains_are_ordered() {
    let mut random = Random(5);
    let items: Vec<Candidate> = (0..10_000_usize)
        .map(|id| {
            let needs: Vec<usize> = (0..2).filter(|_| id > 5).map(|_| random.below(id as u64) as usize).collect();
            job(id, random.below(100) as f64, 1.0 + random.below(13) as f64, &needs)
        })
        .collect();
    let ranking = order(items);
    assert_eq!(ranking.order.len(), 10_000);
    let cost = ranking.delay_cost.unwrap();
    assert!(cost.best < cost.given * 0.9, "{cost:?}");
    let chain: Vec<Candidate> =
        (0..10_000_usize).map(|id| job(id, 1.0, 1.0, &if id < 9_999 { vec![id + 1] } else { vec![] })).collect();
    let ranking = order(chain);
    assert_eq!((ranking.order[0].as_str(), ranking.order[9_999].as_str()), ("9999", "0"));
}

#[test]
fn an_input_is_a_number_or_a_range() {
    let request: RankRequest = serde_json::from_value(json!({
        "method": "ice", "seed": 3.0, "respectNeeds": false,
        "items": [{ "id": "a", "needs": null, "impact": { "low": 1, "likely": null, "high": 2 }, "deep": { "er": { "x": [1] } } }]
    }))
    .unwrap();
    let expected = landfall::score::Input::Given(Uncertain::Range(Range { low: 1.0, likely: None, high: 2.0 }));
    assert_eq!(request.items[0].inputs["impact"], expected);
    assert_eq!((request.seed, request.respect_needs), (Some(3), Some(false)));
}
