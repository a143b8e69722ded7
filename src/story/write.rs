//! Stories as Markdown.

use super::read::ReadStory;
use super::text::Text;
use super::words::{AMBIGUOUS, DETERMINERS, VERBS};

/// Stories in the form that the [`prompt`](super::prompt) asks for; [`read_stories`](super::read_stories) reads the
/// same ones back.
///
/// ```
/// use landfall::story::{ReadStory, read_stories, write_stories};
///
/// let story = ReadStory {
///     title: "Export".into(),
///     as_a: Some("administrator".into()),
///     i_want: Some("export the list".into()),
///     so_that: Some("I can check it".into()),
///     criteria: vec!["it opens in Excel".into()],
/// };
/// let text = write_stories(std::slice::from_ref(&story));
/// assert!(text.contains("As an administrator, I want to export the list, so that I can check it."));
/// assert_eq!(read_stories(&text), [story]);
/// ```
pub fn write_stories(stories: &[ReadStory]) -> String {
    let written = stories.iter().zip(1..).map(|(story, number)| write(story, number));
    written.collect::<Vec<_>>().join("\n")
}

fn write(story: &ReadStory, number: usize) -> String {
    let mut text = format!("### Story {number}: {}\n", story.title);
    match (&story.as_a, &story.i_want) {
        (Some(as_a), Some(i_want)) => {
            let so_that = story.so_that.as_ref().map(|why| format!(", so that {why}")).unwrap_or_default();
            text += &format!("As {}, {}{so_that}.\n", with_article(as_a), wish(i_want));
        }
        _ => {
            let parts = [("As a", &story.as_a), ("I want", &story.i_want), ("So that", &story.so_that)];
            for (name, part) in parts {
                part.iter().for_each(|part| text += &format!("**{name}:** {part}\n"));
            }
        }
    }
    if !story.criteria.is_empty() {
        text += "\n**Acceptance criteria:**\n";
        story.criteria.iter().for_each(|criterion| text += &format!("- {criterion}\n"));
    }
    text
}

/// "an administrator".
pub(super) fn with_article(role: &str) -> String {
    let vowel = role.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    let sounded = ["user", "uni", "eu", "one", "User", "Uni", "EU"].iter().any(|start| role.starts_with(start));
    format!("{} {role}", if vowel && !sounded { "an" } else { "a" })
}

/// "I want to export the list", "I want my list exported".
fn wish(want: &str) -> String {
    let text = Text::new(want);
    let verb = text.any(0, VERBS).is_some() || text.is(0, AMBIGUOUS);
    let thing = text.is(0, DETERMINERS) || text.word(0).ends_with('s');
    if verb || !thing { format!("I want to {want}") } else { format!("I want {want}") }
}
