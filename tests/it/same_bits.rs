//! The same seed gives the same bits on every platform: `tests/npm/same-bits.test.mjs` and `tests/web/same-bits.spec.ts`
//! ask the same of the WebAssembly, in Node and in a browser.
//!
//! After a change that means to change answers: `cargo test --test it rewrite_the_digests -- --ignored`.

use landfall::forecast::{Completion, ForecastRequest, forecast};
use serde_json::Value;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/same-bits.json");

/// FNV-1a over the bits of numbers, smallest byte first.
struct Digest(u32);

impl Digest {
    fn take(&mut self, number: f64) {
        for byte in number.to_bits().to_le_bytes() {
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(16_777_619);
        }
    }

    fn completion(&mut self, completion: &Completion) {
        for at in &completion.percentiles {
            self.take(at.p);
            self.take(at.period.map_or(-1.0, f64::from));
        }
        completion.within.iter().for_each(|share| self.take(*share));
    }

    /// Of the answers to one model, for every seed.
    fn of(model: &Value, seeds: u64) -> String {
        let mut request: ForecastRequest = model["request"].to_string().parse().unwrap();
        let mut digest = Self(2_166_136_261);
        for seed in 1..=seeds {
            request.seed = Some(seed);
            let answer = forecast(&request).unwrap();
            digest.completion(&answer.total);
            answer.items.iter().for_each(|item| digest.completion(&item.completion));
        }
        format!("{:08x}", digest.0)
    }
}

fn file() -> Value {
    serde_json::from_str(&std::fs::read_to_string(FILE).unwrap()).unwrap()
}

#[test]
fn a_hundred_forecasts_of_twenty_models_have_the_digests_they_have_everywhere() {
    let file = file();
    let (models, seeds) = (file["models"].as_array().unwrap(), file["seeds"].as_u64().unwrap());
    assert!(models.len() >= 20 && seeds >= 100);
    for model in models {
        assert_eq!(model["digest"], Digest::of(model, seeds), "{}", model["name"]);
    }
}

#[test]
fn every_seed_and_every_model_has_a_digest_of_its_own() {
    let file = file();
    let model = |nth: usize| &file["models"][nth];
    assert_ne!(Digest::of(model(2), 1), Digest::of(model(2), 2));
    assert_ne!(Digest::of(model(2), 2), Digest::of(model(7), 2));
}

#[test]
#[ignore = "writes tests/data/same-bits.json"]
fn rewrite_the_digests() {
    let mut file = file();
    let seeds = file["seeds"].as_u64().unwrap();
    let mut lines = Vec::new();
    for model in file["models"].as_array_mut().unwrap() {
        model["digest"] = Digest::of(model, seeds).into();
        lines.push(model.to_string());
    }
    let (about, models) = (&file["about"], lines.join(",\n"));
    std::fs::write(FILE, format!("{{\"about\": {about},\n\"seeds\": {seeds},\n\"models\": [\n{models}\n]}}\n"))
        .unwrap();
}
