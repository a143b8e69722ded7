//! What teams call statuses, types and resolutions. Lists of words, not code: add the ones that your team uses.

use crate::plan::{Kind, Status};

/// A word as it is compared: lower case, letters and digits alone, one space between words.
pub(super) fn plain(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars() {
        if letter.is_alphanumeric() {
            plain.extend(letter.to_lowercase());
        } else if !matches!(letter, '\'' | '’') && !plain.is_empty() && !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// What a word was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning<T> {
    pub value: T,
    /// Whether the word stands in a list as it is; otherwise it only holds a word that does.
    pub sure: bool,
}

/// Words for a whole status.
const STATUSES: &[(Status, &[&str])] = &[
    (
        Status::Done,
        &[
            "done",
            "closed",
            "complete",
            "completed",
            "resolved",
            "released",
            "shipped",
            "merged",
            "live",
            "finished",
            "delivered",
            "deployed",
            "accepted",
            "verified",
            "fixed",
            "implemented",
            "in production",
            "erledigt",
            "fertig",
            "geschlossen",
            "abgeschlossen",
            "gelöst",
            "terminé",
            "terminée",
            "fermé",
            "fermée",
            "fini",
            "résolu",
            "hecho",
            "cerrado",
            "cerrada",
            "terminado",
            "finalizado",
            "resuelto",
            "listo",
            "concluído",
            "concluido",
            "fechado",
            "feito",
            "resolvido",
            "finito",
            "chiuso",
            "fatto",
            "completato",
            "risolto",
            "klaar",
            "gereed",
            "gesloten",
            "afgerond",
            "gotowe",
            "zrobione",
            "hotovo",
            "klar",
            "valmis",
            "färdig",
            "готово",
            "закрыто",
            "完了",
            "完成",
            "已完成",
        ],
    ),
    (
        Status::Declined,
        &[
            "removed",
            "canceled",
            "cancelled",
            "wont do",
            "wont fix",
            "wontfix",
            "rejected",
            "declined",
            "duplicate",
            "duplicated",
            "abandoned",
            "archived",
            "obsolete",
            "invalid",
            "not planned",
            "discarded",
            "withdrawn",
            "dropped",
            "cut",
            "cannot reproduce",
            "abgebrochen",
            "abgelehnt",
            "verworfen",
            "storniert",
            "annulé",
            "annulée",
            "rejeté",
            "abandonné",
            "cancelado",
            "cancelada",
            "rechazado",
            "rejeitado",
            "annullato",
            "rifiutato",
            "geannuleerd",
            "afgewezen",
            "anulowane",
            "отменено",
            "已取消",
        ],
    ),
    (
        Status::InProgress,
        &[
            "in progress",
            "inprogress",
            "active",
            "doing",
            "in review",
            "review",
            "code review",
            "testing",
            "test",
            "in test",
            "started",
            "committed",
            "qa",
            "in qa",
            "blocked",
            "wip",
            "in development",
            "development",
            "dev",
            "implementing",
            "working",
            "ongoing",
            "uat",
            "staging",
            "validation",
            "verifying",
            "ready for review",
            "ready for test",
            "ready for testing",
            "ready for qa",
            "ready for release",
            "ready to release",
            "ready for deployment",
            "in arbeit",
            "in bearbeitung",
            "en cours",
            "en progreso",
            "en curso",
            "em andamento",
            "em progresso",
            "in corso",
            "in behandeling",
            "mee bezig",
            "w toku",
            "pågår",
            "в работе",
            "進行中",
            "进行中",
        ],
    ),
    (
        Status::Todo,
        &[
            "new",
            "to do",
            "todo",
            "open",
            "opened",
            "backlog",
            "triage",
            "planned",
            "ready",
            "approved",
            "proposed",
            "unstarted",
            "not started",
            "selected for development",
            "ready for development",
            "ready for dev",
            "next",
            "next up",
            "up next",
            "scheduled",
            "draft",
            "idea",
            "ideas",
            "icebox",
            "on hold",
            "later",
            "later on",
            "postponed",
            "deferred",
            "refined",
            "refinement",
            "groomed",
            "reopened",
            "pending",
            "queued",
            "inbox",
            "created",
            "no status",
            "unscheduled",
            "design",
            "to be done",
            "zu erledigen",
            "offen",
            "neu",
            "geplant",
            "à faire",
            "ouvert",
            "nouveau",
            "por hacer",
            "pendiente",
            "abierto",
            "nuevo",
            "a fazer",
            "pendente",
            "aberto",
            "novo",
            "da fare",
            "aperto",
            "nuovo",
            "te doen",
            "nieuw",
            "do zrobienia",
            "att göra",
            "к выполнению",
            "未着手",
            "待办",
        ],
    ),
];

/// How words inside a longer status begin; the first list that fits decides.
const STATUS_PARTS: &[(Status, &[&str])] = &[
    (
        Status::Declined,
        &["cancel", "reject", "wont", "duplicat", "abandon", "obsolete", "declin", "invalid", "will not", "archiv"],
    ),
    (
        Status::Todo,
        &[
            "not ",
            "to be ",
            "to do",
            "todo",
            "backlog",
            "ready for dev",
            "ready to start",
            "ready to dev",
            "waiting to start",
            "triage",
            "plan",
            "reopen",
            "new ",
            "open ",
            "idea",
            "icebox",
            "hold",
            "refine",
            "groom",
            "selected",
            "propos",
        ],
    ),
    (
        Status::InProgress,
        &[
            "progress",
            "review",
            "doing",
            "test",
            "qa",
            "develop",
            "wip",
            "block",
            "wait",
            "verify",
            "verific",
            "valid",
            "implement",
            "staging",
            "ready for",
            "ready to",
            "pending",
            "deploying",
            "in ",
            "working",
            "active",
            "started",
            "approv",
        ],
    ),
    (
        Status::Done,
        &[
            "done",
            "closed",
            "complete",
            "resolved",
            "released",
            "shipped",
            "deployed",
            "live",
            "finished",
            "merged",
            "delivered",
            "accepted",
            "production",
            "fixed",
            "erledigt",
            "fertig",
        ],
    ),
];

/// How resolutions begin that say: this was not delivered.
const NOT_DELIVERED: &[&str] = &[
    "wont",
    "will not",
    "not ",
    "duplica",
    "duplik",
    "doublon",
    "cannot",
    "cant ",
    "could not",
    "unable",
    "incomplete",
    "invalid",
    "obsolete",
    "cut ",
    "declin",
    "reject",
    "abandon",
    "cancel",
    "withdrawn",
    "as designed",
    "by design",
    "works as",
    "working as",
    "deferred",
    "postponed",
    "later ",
    "no longer",
    "out of scope",
    "removed",
    "nicht ",
    "kein ",
    "abgebrochen",
    "abgelehnt",
    "storniert",
    "ne sera",
    "non ",
    "no se ",
    "não ",
    "irreproduc",
    "unresolved",
    "workaround rejected",
    "timed out",
    "inactive",
    "stale",
    "expired",
    "overtaken",
];

/// Words for a whole type.
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::Epic, &["epic", "initiative", "theme", "epos", "saga", "épopée", "épica", "epica", "épico", "capability"]),
    (
        Kind::Story,
        &[
            "story",
            "user story",
            "product backlog item",
            "pbi",
            "improvement",
            "new feature",
            "requirement",
            "enhancement",
            "feature",
            "change request",
            "issue",
            "job story",
            "historia",
            "história",
            "storia",
            "récit",
            "anforderung",
            "neue funktion",
            "verbesserung",
        ],
    ),
    (
        Kind::Bug,
        &[
            "bug",
            "defect",
            "incident",
            "fault",
            "fehler",
            "bogue",
            "error",
            "erro",
            "production bug",
            "regression",
            "hotfix",
        ],
    ),
    (
        Kind::Task,
        &[
            "task",
            "chore",
            "aufgabe",
            "tâche",
            "tarea",
            "tarefa",
            "compito",
            "taak",
            "zadanie",
            "technical debt",
            "tech debt",
            "maintenance",
        ],
    ),
    (Kind::Spike, &["spike", "research", "investigation", "experiment", "discovery"]),
    (
        Kind::SubTask,
        &[
            "sub task",
            "subtask",
            "unteraufgabe",
            "teilaufgabe",
            "sous tâche",
            "subtarea",
            "subtarefa",
            "sottotask",
            "subtaak",
        ],
    ),
];

/// How words inside a longer type begin; the first list that fits decides.
const KIND_PARTS: &[(Kind, &[&str])] = &[
    (Kind::SubTask, &["sub task", "subtask", "sub bug", "sub defect", "subbug"]),
    (Kind::Epic, &["epic"]),
    (Kind::Bug, &["bug", "defect", "incident"]),
    (Kind::Spike, &["spike", "research"]),
    (Kind::Story, &["story", "feature"]),
    (Kind::Task, &["task", "chore"]),
];

/// What a status means: by the tool's own list, else by the common ones.
pub(super) fn status(word: &str, own: &[(&str, Status)]) -> Option<Meaning<Status>> {
    meaning(word, own, STATUSES, STATUS_PARTS)
}

/// What a type means: by the tool's own list, else by the common ones.
pub(super) fn kind(word: &str, own: &[(&str, Kind)]) -> Option<Meaning<Kind>> {
    meaning(word, own, KINDS, KIND_PARTS)
}

/// Whether a resolution says that nothing was delivered.
pub(super) fn not_delivered(resolution: &str) -> bool {
    holds_beginning(&plain(resolution), NOT_DELIVERED)
}

fn meaning<T: Copy>(
    word: &str,
    own: &[(&str, T)],
    whole: &[(T, &[&str])],
    parts: &[(T, &[&str])],
) -> Option<Meaning<T>> {
    let word = plain(word);
    if word.is_empty() {
        return None;
    }
    if let Some((_, value)) = own.iter().find(|(known, _)| *known == word) {
        return Some(Meaning { value: *value, sure: true });
    }
    if let Some((value, _)) = whole.iter().find(|(_, known)| known.contains(&word.as_str())) {
        return Some(Meaning { value: *value, sure: true });
    }
    let (value, _) = parts.iter().find(|(_, beginnings)| holds_beginning(&word, beginnings))?;
    Some(Meaning { value: *value, sure: false })
}

/// Whether any word, or run of words, of a plain text begins in one of these ways.
fn holds_beginning(plain: &str, beginnings: &[&str]) -> bool {
    let padded = format!(" {plain} ");
    beginnings.iter().any(|beginning| {
        padded.match_indices(*beginning).any(|(at, _)| at > 0 && padded.as_bytes().get(at - 1) == Some(&b' '))
    })
}
