//! The same seed gives the same bits on every platform: `tests/npm/same-bits.test.mjs` asks the same of the WebAssembly.

use landfall::forecast::{Completion, ForecastRequest, forecast};
use serde_json::Value;

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
}

#[test]
fn a_forecast_of_fifty_items_has_the_digest_it_has_everywhere() {
    let file: Value = serde_json::from_str(include_str!("../data/same-bits.json")).unwrap();
    for case in file["cases"].as_array().unwrap() {
        let request: ForecastRequest = serde_json::from_value(case["request"].clone()).unwrap();
        let answer = forecast(&request).unwrap();
        assert_eq!(answer.items.len(), 50);
        let mut digest = Digest(2_166_136_261);
        digest.completion(&answer.total);
        answer.items.iter().for_each(|item| digest.completion(&item.completion));
        assert_eq!(format!("{:08x}", digest.0), case["digest"], "{}", case["name"]);
    }
}
