//! Published worked examples, and values computed by convolution: `tests/data/goldens.json` names the source of each.

use std::collections::BTreeMap;

use landfall::Method;
use landfall::Range;
use landfall::forecast::{
    Amounts, Forecast, ForecastRequest, Growth, Histogram, History, HowManyRequest, PerTeam, VelocityModel, WorkItem,
    forecast, how_many,
};
use landfall::score::{Candidate, RankRequest, rank};
use serde_json::Value;

fn golden(name: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../data/goldens.json")).expect("goldens are JSON");
    all[name].clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
}

/// An object of numbers by number, as pairs.
fn pairs(value: &Value) -> Vec<(f64, f64)> {
    let entries = value.as_object().expect("an object").iter();
    entries.map(|(key, value)| (key.parse().expect("a number"), value.as_f64().expect("a number"))).collect()
}

fn bootstrap(history: Vec<f64>, work: f64) -> ForecastRequest {
    let mut request = ForecastRequest::new(history, work);
    request.model = Some(VelocityModel::Bootstrap);
    request
}

fn exactly(value: f64) -> Range {
    Range::exactly(value)
}

#[test]
fn bootstrap_when_is_within_four_standard_errors_of_the_exact_distribution() {
    let golden = golden("bootstrap_when");
    let trials = 100_000;
    let mut request = bootstrap(numbers(&golden["history"]), golden["work"].as_f64().unwrap());
    request.trials = Some(trials);
    let answer = forecast(&request).unwrap();
    for (k, exact) in pairs(&golden["exact_within"]) {
        let found = answer.total.within[k as usize - 1];
        let error = (exact * (1.0 - exact) / f64::from(trials)).sqrt();
        // Half a unit in the sixth place is what the golden leaves out.
        assert!((found - exact).abs() <= 4.0 * error + 5e-7, "by day {k}: {found}, exactly {exact}");
    }
    let exact = pairs(&golden["exact"]);
    let published = &golden["published_range"];
    for at in &answer.total.percentiles {
        let name = format!("{:.0}", at.p * 100.0);
        let day = f64::from(at.period.unwrap());
        let (_, exact) = exact.iter().find(|(p, _)| *p == (at.p * 100.0).round()).unwrap();
        assert_eq!(day, *exact, "at {name} %");
        let range = numbers(&published[&name]);
        assert!(range[0] <= day && day <= range[1], "at {name} %: day {day}, published {range:?}");
    }
}

#[test]
fn bootstrap_how_many_is_what_convolution_gives() {
    let golden = golden("bootstrap_how_many");
    let mut request = HowManyRequest::new(numbers(&golden["history"]), golden["periods"].as_u64().unwrap() as u32);
    request.model = Some(VelocityModel::Bootstrap);
    request.trials = Some(100_000);
    let answer = how_many(&request).unwrap();
    for at in &answer.percentiles {
        let name = format!("{:.0}", at.p * 100.0);
        assert_eq!(at.amount, golden["exact"][&name].as_f64().unwrap(), "at {name} %");
        let range = numbers(&golden["published_range"][&name]);
        assert!(range[0] <= at.amount && at.amount <= range[1], "at {name} %: {}, published {range:?}", at.amount);
    }
}

#[test]
fn percentiles_are_read_from_histograms_as_published() {
    let golden = golden("percentiles_from_histogram");
    let counts = |name: &str| pairs(&golden[name]).into_iter().map(|(key, count)| (key, count as u32));
    let when = Histogram::from_counts(counts("when_hist").map(|(period, count)| (period as u32, count)), 0);
    for (p, period) in pairs(&golden["when_percentile"]) {
        assert_eq!(when.percentile(p / 100.0), Some(period as u32), "when, at {p} %");
    }
    for (period, percent) in pairs(&golden["when_likelihood_pct"]) {
        assert_eq!(when.within(period as u32) * 100.0, percent, "by {period}");
    }
    let how_many = Amounts::from_counts(counts("howmany_hist"));
    for (p, amount) in pairs(&golden["howmany_percentile"]) {
        assert_eq!(how_many.percentile(p / 100.0), amount, "how many, at {p} %");
    }
    let how_many = Amounts::from_counts(counts("howmany_hist2"));
    for (amount, percent) in pairs(&golden["howmany_likelihood_at_least"]) {
        assert_eq!(how_many.at_least(amount) * 100.0, percent, "at least {amount}");
    }
}

#[test]
fn growth_moves_the_end_as_published() {
    for case in golden("growth_deterministic")["cases"].as_array().unwrap() {
        let mut request = bootstrap(vec![case["velocity"].as_f64().unwrap()], case["backlog"].as_f64().unwrap());
        request.growth = case["scope_growth_per_sprint"].as_f64().map(|amount| Growth {
            low: amount,
            likely: None,
            high: amount,
            urgent: None,
        });
        let answer = forecast(&request).unwrap();
        let expected = case["sprints"].as_u64().map(|sprints| sprints as u32);
        for at in &answer.total.percentiles {
            assert_eq!(at.period, expected, "{case}");
        }
    }
}

#[test]
fn rice_scores_are_those_of_its_inventors() {
    let golden = golden("rice_intercom");
    let rows = golden["items"].as_array().unwrap();
    let inputs = ["reach", "impact", "confidence", "effort"];
    let item = |row: &Value| {
        let item = Candidate::new(row["name"].as_str().unwrap());
        inputs.iter().fold(item, |item, input| item.with(*input, row[*input].as_f64().unwrap()))
    };
    let ranking = rank(&RankRequest::new(Method::Rice, rows.iter().map(item).collect())).unwrap();
    for (row, score) in rows.iter().zip(&ranking.scores) {
        assert_eq!(score.score, row["score"].as_f64(), "{}", score.id);
    }
    assert_eq!(ranking.order, ["Project 3", "Project 1", "Project 2"]);
}

#[test]
fn wsjf_scores_are_those_of_the_sheet_to_a_hundredth() {
    let golden = golden("wsjf_sheet");
    let item = |name: &str, row: &[f64]| {
        let inputs = ["jobSize", "businessValue", "timeCriticality", "riskReduction"];
        inputs.iter().zip(row).fold(Candidate::new(name), |item, (input, &value)| item.with(*input, value))
    };
    let mut items = Vec::new();
    let mut published = Vec::new();
    for row in golden["rows"].as_array().unwrap() {
        let row = row.as_array().unwrap();
        let numbers: Vec<f64> = row.iter().skip(1).map(|number| number.as_f64().unwrap()).collect();
        items.push(item(row[0].as_str().unwrap(), &numbers));
        published.push(numbers[5]);
    }
    for (place, row) in golden["extrapinchofsalt"].as_array().unwrap().iter().enumerate() {
        let row = numbers(row);
        // Value, criticality, risk reduction, size: the columns of that sheet stand in another order.
        items.push(item(&format!("salt {place}"), &[row[3], row[0], row[1], row[2]]));
        published.push(row[4]);
    }
    let ranking = rank(&RankRequest::new(Method::Wsjf, items)).unwrap();
    for (score, published) in ranking.scores.iter().zip(published) {
        let found = score.score.unwrap();
        assert!((found - published).abs() <= 0.01 + 1e-9, "{}: {found}, the sheet has {published}", score.id);
    }
}

#[test]
fn the_order_with_dependents_beats_the_published_one() {
    let golden = golden("wsjf_with_dependents");
    let rows = golden["rows"].as_array().unwrap();
    // A month of 30 days, as the sheet has it.
    let item = |row: &Value| {
        let item = Candidate::new(row["id"].to_string())
            .with("costOfDelay", row["value_per_month"].as_f64().unwrap() / 30.0)
            .with("jobSize", row["days"].as_f64().unwrap());
        if row["parent"].is_null() { item } else { item.needing(row["parent"].to_string()) }
    };
    let items: Vec<Candidate> = rows.iter().map(item).collect();
    let ranking = rank(&RankRequest::new(Method::Wsjf, items.clone())).unwrap();
    assert_eq!(ranking.order, ["2", "4", "3", "1"]);
    assert!((ranking.delay_cost.unwrap().best - 92_333.0).abs() < 1.0, "{:?}", ranking.delay_cost);
    let published = [3, 1, 2, 0].map(|place: usize| items[place].clone());
    let ranking = rank(&RankRequest::new(Method::Wsjf, published.to_vec())).unwrap();
    assert!((ranking.delay_cost.unwrap().given - 115_667.0).abs() < 1.0, "{:?}", ranking.delay_cost);
    assert_eq!(ranking.order, ["2", "4", "3", "1"]);
}

/// Excel counts days so that 42005 is 2015-01-01; the goldens print the day after the last day of work.
fn serial(date: &str) -> f64 {
    let parts: Vec<i64> = date.split('-').map(|part| part.parse().unwrap()).collect();
    assert_eq!(parts[0], 2015);
    let months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let days: i64 = months.iter().take(parts[1] as usize - 1).sum::<i64>() + parts[2] - 1;
    (42005 + days + 1) as f64
}

fn cut_line(start: &str, days: u32, split: f64, throughput: f64) -> Forecast {
    let items: Vec<WorkItem> = (0..10).map(|n| WorkItem::new(format!("f{n}"), exactly(1.0))).collect();
    let mut request = ForecastRequest::new(exactly(throughput), items);
    request.split = Some(exactly(split));
    request.start = Some(start.to_owned());
    request.period_days = Some(days);
    forecast(&request).unwrap()
}

fn done(answer: &Forecast, item: usize) -> f64 {
    let dates: Vec<_> = answer.items[item].completion.percentiles.iter().map(|at| at.date.clone()).collect();
    assert!(dates.windows(2).all(|two| two[0] == two[1]), "{dates:?}");
    serial(dates[0].as_ref().unwrap().as_ref().unwrap())
}

#[test]
fn the_cut_line_falls_on_the_published_days() {
    let golden = golden("cut_line_deterministic");
    let case = |name: &str| {
        golden["cases"]
            .as_array()
            .unwrap()
            .iter()
            .find(|case| case["name"].as_str().unwrap().starts_with(name))
            .unwrap()
    };
    let plain = cut_line("2015-01-01", 7, 1.0, 1.0);
    let days: Vec<f64> = (0..10).map(|item| done(&plain, item)).collect();
    assert_eq!(days, numbers(&case("reset")["done"]));
    // The sheet reverses the order, and keeps its rows: the first row is the last item.
    let reversed: Vec<f64> = days.iter().rev().copied().collect();
    assert_eq!(reversed, numbers(&case("reverse order")["done"]));
    let later = cut_line("2015-01-02", 7, 1.0, 1.0);
    assert_eq!(Some(done(&later, 9)), case("start date")["done_first_row"].as_f64());
    let split = cut_line("2015-01-02", 7, 2.0, 1.0);
    assert_eq!(Some(done(&split, 0)), case("split 2..2")["done"].as_f64());
    let fortnights = cut_line("2015-01-02", 14, 2.0, 1.0);
    assert_eq!(Some(done(&fortnights, 0)), case("2-week unit")["done"].as_f64());
    let faster = cut_line("2015-01-02", 14, 2.0, 2.0);
    assert_eq!(Some(done(&faster, 0)), case("throughput 2..2")["done"].as_f64());
}

#[test]
fn the_cut_line_at_85_percent_is_the_published_week_or_its_neighbour() {
    let golden = golden("cut_line_p85");
    let range = |value: &Value| {
        let ends = numbers(value);
        Range { low: ends[0], likely: None, high: ends[1] }
    };
    let features = golden["features_low_high"].as_array().unwrap();
    let items: Vec<WorkItem> =
        features.iter().enumerate().map(|(n, size)| WorkItem::new(format!("f{n}"), range(size))).collect();
    let mut request = ForecastRequest::new(range(&golden["throughput_low_high_per_week"]), items);
    request.split = Some(range(&golden["split"]));
    request.percentiles = Some(vec![golden["likelihood"].as_f64().unwrap()]);
    request.trials = Some(50_000);
    let answer = forecast(&request).unwrap();
    for (item, week) in answer.items.iter().zip(numbers(&golden["weeks_published"])) {
        let found = f64::from(item.completion.percentiles[0].period.unwrap());
        assert!((found - week).abs() <= 1.0, "{}: week {found}, published {week}", item.id);
    }
}

#[test]
fn items_of_one_team_finish_one_after_the_other() {
    let golden = golden("sequence");
    let case = &golden["featureWip1"][0];
    let items = numbers(&case["sizes"]).into_iter().enumerate();
    let items: Vec<WorkItem> = items.map(|(n, size)| WorkItem::new(format!("f{n}"), size)).collect();
    let throughput = PerTeam::One(History::Periods(numbers(&golden["throughput"])));
    let mut request = ForecastRequest::new(throughput, items);
    request.model = Some(VelocityModel::Bootstrap);
    let answer = forecast(&request).unwrap();
    for (item, day) in answer.items.iter().zip(numbers(&case["done_days"])) {
        assert!(item.completion.percentiles.iter().all(|at| at.period == Some(day as u32)), "{item:?}");
    }
    let by_item: BTreeMap<&str, usize> =
        answer.items.iter().map(|item| (item.id.as_str(), item.completion.within.len())).collect();
    assert_eq!(by_item, BTreeMap::from([("f0", 35), ("f1", 55)]));
}
