//! What people call the parts of a story: in labels, columns and JSON. Lists, not code: add what your team says.

use crate::story::text::is_one_of;

/// A part of a story, or something beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    /// The whole sentence.
    Story,
    Role,
    Want,
    Benefit,
    Criteria,
    /// One criterion as a scenario.
    Scenario,
    Other,
}

const NAMES: &[(Field, &str)] = &[
    (
        Field::Title,
        "\
         title|storytitle|userstorytitle|storyname|name|summary|headline|feature",
    ),
    (
        Field::Story,
        "\
         userstory|story|storystatement|statement|description|narrative|text|userstorystatement",
    ),
    (
        Field::Role,
        "\
         asa|asan|as|asaan|role|who|persona|actor|user|usertype|userrole|rolewho",
    ),
    (
        Field::Want,
        "\
         iwant|iwantto|want|wants|goal|what|need|ineed|ineedto|action|iwouldliketo|wantto|capability",
    ),
    (
        Field::Benefit,
        "\
         sothat|sothatican|so|benefit|why|value|reason|businessvalue|purpose|outcome|inorderto",
    ),
    (
        Field::Criteria,
        "\
         acceptancecriteria|acceptancecriterion|acceptance|ac|acs|criteria|criterion|donewhen|itisdonewhen|\
         definitionofdone|dod|conditionsofsatisfaction|acceptancetests|acceptanceconditions|conditions|\
         satisfiedwhen|scenarios|acceptancecriteriaac|acceptancecriteriagivenwhenthen|\
         acceptancecriteriagherkin|keyacceptancecriteria",
    ),
    (
        Field::Scenario,
        "\
         scenario|scenariooutline|example",
    ),
    (
        Field::Other,
        "\
         notes|note|priority|estimate|estimation|storypoints|points|size|effort|invest|investcheck|\
         investcheckpoints|dependencies|dependency|assumptions|outofscope|scope|technicalnotes|\
         technicaldetails|openquestions|questions|rationale|tags|labels|epic|theme|objective|risks|comments|\
         comment|implementationnotes|uxnotes|designnotes|tasks|subtasks|testcases|tests|examples|background|\
         rule|nonfunctionalrequirements|metric|splitpattern|splitby|whythissplit|moscow|status|id|key|sprint|\
         businessrules|nextsteps|context|edgecases|userstories|stories|backlog|productbacklog|tip|tips|\
         summaryofstories|suggestions|hint",
    ),
];

/// The field that a name stands for: letters alone count, so that `as_a`, `asA` and "As a" are one.
pub(super) fn field(name: &str) -> Option<Field> {
    const LONGEST: usize = 40;
    let plain: String =
        name.chars().take(2 * LONGEST).filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect();
    NAMES.iter().find(|(_, names)| is_one_of(&plain, names)).map(|(field, _)| *field).filter(|_| name.len() <= LONGEST)
}

/// A label and what follows it: `Title: …`, or a label alone if the line is nothing else.
pub(super) fn label(text: &str, alone: bool) -> Option<(Field, &str)> {
    let (name, value) = match text.split_once([':', '：']) {
        Some((name, value)) => (name, value.trim()),
        None if alone => (text, ""),
        None => return None,
    };
    field(name).map(|field| (field, value))
}
