//! The published scales: values that are offered for an input. Any other value may be given.

use crate::choice::Method;

/// The values that a method's author offers for an input, each with what it stands for; none where any number goes.
///
/// RICE: Intercom (McBride 2016). WSJF: SAFe's modified Fibonacci numbers. ICE: one to ten (Ellis 2017). Value and
/// effort, and criteria of one's own: five steps, as such sheets commonly have.
///
/// ```
/// use landfall::{Method, score::scale_of};
/// assert_eq!(scale_of(Method::Rice, "impact")[0], (3.0, "massive"));
/// assert!(scale_of(Method::Rice, "reach").is_empty());
/// ```
pub const fn scale_of(method: Method, input: &str) -> &'static [(f64, &'static str)] {
    match (method, input.as_bytes()) {
        (Method::Rice, b"impact") => {
            &[(3.0, "massive"), (2.0, "high"), (1.0, "medium"), (0.5, "low"), (0.25, "minimal")]
        }
        (Method::Rice, b"confidence") => &[(1.0, "high"), (0.8, "medium"), (0.5, "low")],
        (Method::Wsjf, b"businessValue" | b"timeCriticality" | b"riskReduction") => {
            &[(1.0, ""), (2.0, ""), (3.0, ""), (5.0, ""), (8.0, ""), (13.0, ""), (20.0, "")]
        }
        (Method::Ice, _) => &[(2.0, "low"), (4.0, ""), (6.0, ""), (8.0, "high"), (10.0, "highest")],
        (Method::ValueEffort, b"value") | (Method::Weighted, _) => {
            &[(1.0, "lowest"), (2.0, ""), (3.0, ""), (4.0, ""), (5.0, "highest")]
        }
        _ => &[],
    }
}
