//! Stories: whether one is ready, how a large one can be cut, and the way to an assistant and back.
//!
//! The rules are INVEST (Wake 2003: independent, negotiable, valuable, estimable, small, testable), as far as a text
//! alone can break them. Word lists are English; a text in another language is only asked for what is missing.
//!
//! ```
//! use landfall::plan::{Item, Story};
//! use landfall::story::{Context, Rule, check_story};
//!
//! let mut item = Item::titled("Export the member list");
//! item.story = Story { as_a: "treasurer".into(), i_want: "export the member list".into(), ..Story::default() };
//! let rules: Vec<Rule> = check_story(&item, &Context::default()).iter().map(|finding| finding.rule).collect();
//! assert_eq!(rules, [Rule::BenefitMissing, Rule::CriteriaMissing, Rule::ObjectiveMissing]);
//! ```

mod check;
mod criterion;
mod joined;
mod list;
mod prompt;
mod read;
mod repeats;
mod sentence;
mod solution;
mod split;
mod subject;
mod text;
mod words;
mod write;
mod written;

pub use check::{Context, Finding, Rule, check_story};
pub use prompt::{Prompt, prompt};
pub use read::{MAX_BYTES, MAX_STORIES, ReadStory, read_stories};
pub use split::{Split, SplitBy, splits};
pub use subject::subject;
pub use write::write_stories;
