//! What the numbers say, in sentences.

use super::dependencies::DependencyItem;
use super::ordering::Move;
use super::outlook::{GroupKey, Outlook, SURE};
use super::team_past::TeamPast;
use super::view::{ConePoint, FinishShare, Lands, OutcomeView};
use crate::choice::{Method, VelocityModel};
use crate::exchange::write::isolated;
use crate::forecast::engine::DEFAULT_HORIZON;
use crate::plan::{CivilDate, Item, Objective, Status, Unit, WorkSize};
use crate::range::Uncertain;
use crate::score::{DelayCost, nth};

/// A chance as it is shown: never as certain while trials decide it.
pub(super) fn chance(share: f64, trials: u32) -> String {
    let percent = (share * 100.0).round();
    // With one trial either answer is all there is to say.
    let least = 0.5 / f64::from(trials.max(1));
    if share < least || percent < 1.0 {
        "< 1 %".to_owned()
    } else if percent > 99.0 {
        "> 99 %".to_owned()
    } else {
        format!("{percent} %")
    }
}

/// A chance that was asked for: "85 %", "99.5 %".
pub(super) fn percent(share: f64) -> String {
    format!("{} %", (share * 1000.0).round() / 10.0)
}

/// "1 day", "9 days".
pub(super) fn days(count: i64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

pub(super) fn items(count: usize) -> String {
    if count == 1 { "1 item".to_owned() } else { format!("{} items", thousands(count as u64)) }
}

fn day(outlook: &Outlook, day: CivilDate) -> String {
    day.spoken(outlook.settings.today)
}

/// "85 % sure that all 41 items land by 12 May", or what is missing for that.
pub(super) fn headline(outlook: &Outlook) -> String {
    let count = outlook.work.len();
    if outlook.plan.items.is_empty() {
        return "No items yet: add one, or drop your tracker's file here".to_owned();
    }
    if count == 0 {
        return "Nothing left to do: every item is done or declined".to_owned();
    }
    let what = if count == 1 { "the one item left lands".to_owned() } else { format!("all {} land", items(count)) };
    if outlook.stale() {
        return format!("{}, not forecast yet", items(count));
    }
    let Some(total) = outlook.total() else {
        return format!("{} to land: say what your sprints finish, and each gets its date", items(count));
    };
    let by_guess = if outlook.guess() { ", by your guess," } else { "" };
    let unknown = teams(outlook, &outlook.unknown_teams());
    match outlook.days_of(&total).p85 {
        None if !unknown.is_empty() => {
            format!(
                "No date for {}: say what the sprints of {unknown} finish",
                if count == 1 { "the one item left".to_owned() } else { format!("all {}", items(count)) }
            )
        }
        Some(date) => format!("85 % sure{by_guess} that {what} by {}", day(outlook, date)),
        None => {
            let chance = chance(total.within(u32::MAX), outlook.settings.trials);
            let what = if count == 1 { "the one item left ever lands" } else { "all items ever land" };
            format!("Only {chance} sure{by_guess} that {what}: less work, or a higher velocity, would change that")
        }
    }
}

/// What the forecast rests on.
pub(super) fn basis(outlook: &Outlook) -> String {
    let Some(total) = outlook.total() else { return String::new() };
    let half = match outlook.days_of(&total).p50 {
        Some(date) => format!("Half sure by {}", day(outlook, date)),
        None => format!("Less than half sure within {DEFAULT_HORIZON} sprints"),
    };
    let from = if outlook.teams.len() > 1 {
        let with = |wanted: &dyn Fn(&TeamPast) -> bool| outlook.teams.iter().filter(|team| wanted(team)).count();
        match (with(&|team| !team.past.periods.is_empty()), with(&TeamPast::guess)) {
            (histories, 0) => format!("from the histories of {histories} teams"),
            (0, guesses) => format!("from the guesses of {guesses} teams"),
            (histories, guesses) => format!("from the past of {histories} and the guess of {guesses} teams"),
        }
    } else if outlook.guess() {
        "from the team's guess".to_owned()
    } else {
        let count = outlook.past.periods.len();
        let model = match outlook.plan.assumptions.model {
            VelocityModel::Calibrated => "calibrated",
            VelocityModel::Bootstrap => "plain bootstrap",
        };
        format!("from {count} sprint{} of history, {model}", if count == 1 { "" } else { "s" })
    };
    format!("{half} · {from} · {} trials", thousands(outlook.settings.trials.into()))
}

/// "10,000".
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number as people read it: one decimal where it is small, thousands apart where it is large.
pub(super) fn number(value: f64) -> String {
    let scale = if value.abs() < 20.0 { 10.0 } else { 1.0 };
    let rounded = (value * scale).round() / scale;
    if rounded >= 1000.0 { thousands(rounded as u64) } else { format!("{rounded}") }
}

/// "12 sprints, 8–24, median 18", for all teams together: "3 teams: 12 sprints, 30–48, median 41".
pub(super) fn velocity(outlook: &Outlook) -> String {
    let count = outlook.teams.len();
    if count == 1 {
        return velocity_of(outlook, 0);
    }
    // Only periods in which every team that has a past has one say what all finish.
    let pasts: Vec<_> = outlook.teams.iter().map(|team| &team.past.periods).filter(|past| !past.is_empty()).collect();
    let common = |start| pasts.iter().all(|past| past.iter().any(|period| period.start == start));
    let common = outlook.past.periods.iter().filter(|period| common(period.start)).map(|period| period.finished);
    let amounts: Vec<f64> = common.collect();
    match (pasts.len(), amounts.is_empty()) {
        (0, _) => format!("{count} teams, no past sprints yet"),
        (_, true) => format!("{count} teams, no past sprint in common"),
        (some, _) if some < count => format!("{some} of {count} teams: {}", spread(amounts, outlook.plan.unit)),
        _ => format!("{count} teams: {}", spread(amounts, outlook.plan.unit)),
    }
}

/// "12 sprints, 8–24, median 18", for one team.
pub(super) fn velocity_of(outlook: &Outlook, team: usize) -> String {
    let periods = outlook.teams.get(team).map_or(&[][..], |team| &team.past.periods);
    if periods.is_empty() {
        return match outlook.plan.guess_of(team) {
            Some(guess) => format!("a guess: {guess} {} a sprint", unit(outlook.plan.unit)),
            None => "not known yet".to_owned(),
        };
    }
    spread(periods.iter().map(|period| period.finished).collect(), outlook.plan.unit)
}

fn spread(mut amounts: Vec<f64>, counted: Unit) -> String {
    crate::sort::by(&mut amounts, f64::total_cmp);
    let (low, high) = (amounts.first().copied().unwrap_or(0.0), amounts.last().copied().unwrap_or(0.0));
    let middle = |at: usize| amounts.get(at).copied().unwrap_or(0.0);
    let median = (middle((amounts.len() - 1) / 2) + middle(amounts.len() / 2)) / 2.0;
    if amounts.len() == 1 {
        return format!("1 sprint: {} {}", number(low), unit(counted));
    }
    format!("{} sprints, {}–{}, median {}", amounts.len(), number(low), number(high), number(median))
}

/// "Web and Mobile".
fn teams(outlook: &Outlook, places: &[usize]) -> String {
    let names: Vec<String> =
        places.iter().filter_map(|place| outlook.teams.get(*place)).map(|team| isolated(&team.name)).collect();
    listed(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// "85 % sure that the 7 items tagged acme land by 12 May".
pub(super) fn tag(outlook: &Outlook, tag: &str, open: usize, lands: Lands) -> String {
    let tag = isolated(tag);
    let what = if open == 1 {
        format!("the one item tagged {tag} lands")
    } else {
        format!("the {open} items tagged {tag} land")
    };
    match (lands.p85, outlook.total()) {
        (Some(date), _) => format!("85 % sure that {what} by {}", day(outlook, date)),
        (None, None) => format!("{} tagged {tag}: say what your sprints finish, and they get their date", items(open)),
        (None, Some(_)) => format!("never 85 % sure that {what} within the horizon"),
    }
}

/// "82 % — 2 holidays, Ada away 3 days".
pub(super) fn capacity(outlook: &Outlook, team: Option<usize>, k: u32) -> String {
    let percent = |share: f64| format!("{} %", (share * 100.0).round());
    let several = outlook.teams.len() > 1;
    let Some(team) = team.or((!several).then_some(0)) else {
        let of_teams =
            outlook.teams.iter().enumerate().map(|(place, team)| {
                format!("{} {}", isolated(&team.name), percent(outlook.capacity_of(place, k).factor))
            });
        return format!("{} — {}", percent(outlook.capacity(k)), of_teams.collect::<Vec<_>>().join(", "));
    };
    let sprint = outlook.capacity_of(team, k);
    let days = |count: usize| if count == 1 { "1 day".to_owned() } else { format!("{count} days") };
    let people = |count: f64| if count == 1.0 { "1 person".to_owned() } else { format!("{count} people") };
    let mut why = Vec::new();
    match (sprint.usual_days, sprint.gone_days) {
        (0, _) => why.push("no working day".to_owned()),
        (_, 0) => {}
        (_, gone) => why.push(format!("{} gone by", days(gone))),
    }
    let unnamed: usize = sprint.holidays.iter().filter(|(name, _)| name.is_none()).map(|(_, days)| days).sum();
    match unnamed {
        0 => {}
        1 => why.push("1 holiday".to_owned()),
        count => why.push(format!("{count} holidays")),
    }
    for (name, count) in sprint.holidays.iter().filter_map(|(name, days)| Some((name.as_deref()?, *days))) {
        why.push(format!("{name} {}", days(count)));
    }
    for (who, count, away) in &sprint.absences {
        let who = match who {
            Some(who) if *count == 1.0 => who.clone(),
            Some(who) => format!("{who} ({})", people(*count)),
            None => people(*count),
        };
        why.push(format!("{who} away {}", days(*away)));
    }
    for (who, count, ramping) in &sprint.changes {
        let who = who.clone().unwrap_or_else(|| people(count.abs()));
        let how = match (*count < 0.0, ramping) {
            (true, _) => "gone",
            (false, true) => "joining, ramping up",
            (false, false) => "joined",
        };
        why.push(format!("{who} {how}"));
    }
    if let Some(factor) = sprint.by_hand {
        why.push(format!("× {} by hand", percent(factor)));
    }
    let share = percent(sprint.factor);
    if why.is_empty() { format!("{share} — as in the past") } else { format!("{share} — {}", why.join(", ")) }
}

/// An amount with its unit: "21.5 points", "1 item".
pub(super) fn amount(amount: f64, counted: Unit) -> String {
    let text = if amount < 1000.0 { amount.to_string() } else { number(amount) };
    let word = unit(counted);
    format!("{text} {}", if amount == 1.0 { word.trim_end_matches('s') } else { word })
}

pub(super) const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Points => "points",
        Unit::Items => "items",
    }
}

/// "85 % sure by 29 Jan, half sure by 20 Jan. Needs LF-3 first."
pub(super) fn lands(outlook: &Outlook, item: &Item) -> String {
    let Some(rank) = outlook.ranks.get(&item.id).copied() else {
        return match item.finished {
            Some(date) if !item.status.is_open() => format!("Finished on {}.", day(outlook, date)),
            _ if item.status.is_open() => "Lands with the last of its children.".to_owned(),
            _ => String::new(),
        };
    };
    let Some(lands) = outlook.lands(rank) else {
        let why = if outlook.stale() { "it has not been forecast" } else { "say what your sprints finish" };
        return format!("No date yet: {why}.");
    };
    let unknown = outlook.unknown_teams();
    let mut text = match (lands.p85, lands.p50) {
        (None, None) if !unknown.is_empty() => {
            let own = outlook.plan.team_of(item);
            let waits = if unknown.contains(&own) { teams(outlook, &[own]) } else { teams(outlook, &unknown) };
            format!("No date until {waits} says what its sprints finish.")
        }
        (Some(sure), Some(half)) => {
            format!("85 % sure by {}, half sure by {}.", day(outlook, sure), day(outlook, half))
        }
        (Some(sure), None) => format!("85 % sure by {}.", day(outlook, sure)),
        (None, Some(half)) => format!("Half sure by {}; never 85 % sure.", day(outlook, half)),
        (None, None) => format!("Less than half sure within {DEFAULT_HORIZON} sprints."),
    };
    if item.status == Status::InProgress && outlook.plan.unit == Unit::Points {
        match (item.remaining, item.size) {
            (Some(left), Some(size)) => text.push_str(&format!(" {left} of {size} left.")),
            (Some(left), None) => text.push_str(&format!(" {left} left.")),
            (None, _) => text.push_str(" In progress, counted at full size."),
        }
    }
    let needs: Vec<&str> =
        item.needs.iter().filter(|need| outlook.ranks.contains_key(*need)).map(String::as_str).collect();
    if !needs.is_empty() {
        text.push_str(&format!(" Needs {} first.", listed(&needs)));
    }
    if let Some(blocked) = &item.blocked {
        match blocked.until {
            Some(until) => text.push_str(&format!(" Blocked until {}.", day(outlook, until))),
            None => text.push_str(" Blocked, with no date: this assumes that it can go on now."),
        }
    }
    text
}

/// "LF-3 Guest checkout", whatever is written in either.
pub(super) fn named(id: &str, title: &str) -> String {
    format!("{} {}", isolated(id), isolated(title))
}

/// "LF-3, LF-7 and LF-9".
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// How an item got its size when nobody gave one.
pub(super) fn size_note(outlook: &Outlook, item: &Item) -> Option<String> {
    let work = outlook.ranks.get(&item.id).and_then(|rank| outlook.work.get(*rank))?;
    let WorkSize::Like(sizes, _) = &work.size else {
        return work.not_broken_down.then(|| "Not broken down yet: it counts as one item.".to_owned());
    };
    let mean = number(work.size.mean());
    Some(match (work.not_broken_down, sizes.len()) {
        (true, count) => {
            format!("Not broken down yet: drawn from {count} finished epics, {mean} on average.")
        }
        (false, 1) if mean == "1" => "No size yet, and nothing finished to compare with: taken as 1.".to_owned(),
        (false, count) => format!("No size yet: drawn from {count} finished items, {mean} on average."),
    })
}

/// "the work for Leads +20 % is 78 % likely by 31 Mar".
pub(super) fn objective(
    outlook: &Outlook,
    objective: &Objective,
    open: usize,
    done: usize,
    chance: Option<&str>,
) -> String {
    let name = isolated(&objective.name);
    match (open, done, objective.due, chance) {
        (0, 0, _, _) => format!("no item serves {name} yet"),
        (0, _, _, _) => format!("all the work for {name} is delivered"),
        (_, _, Some(due), Some(chance)) => format!("the work for {name} is {chance} likely by {}", day(outlook, due)),
        (_, _, None, _) => format!("{name} has no date: give it one to see its chance"),
        (_, _, Some(_), None) if outlook.stale() => format!("the chance of {name} has not been forecast yet"),
        (_, _, Some(_), None) => format!("the chance of {name} needs a history or a guess"),
    }
}

/// What the forecast had to assume.
pub(super) fn notes(outlook: &Outlook) -> Vec<String> {
    let mut notes = Vec::new();
    let epics = outlook.work.iter().filter(|work| work.not_broken_down).count();
    let sizeless =
        outlook.work.iter().filter(|work| !work.not_broken_down && matches!(work.size, WorkSize::Like(..))).count();
    if sizeless > 0 {
        let (has, takes) = if sizeless == 1 { ("has", "it takes") } else { ("have", "they take") };
        notes.push(format!("{} {has} no size: {takes} one drawn from what was finished", items(sizeless)));
    }
    if epics > 0 {
        let (are, take) = if epics == 1 { ("epic is", "it takes") } else { ("epics are", "each takes") };
        notes.push(format!("{epics} {are} not broken down yet: {take} a breakdown drawn from finished epics"));
    }
    let past = &outlook.past;
    if past.imputed > 0 {
        notes.push(format!("{} finished without a size: taken at the mean of what was finished", items(past.imputed)));
    }
    if past.left_out > 0 {
        let were = if past.left_out == 1 { "was" } else { "were" };
        notes.push(format!(
            "{} {were} finished in a sprint that the file covers only in part: left out of the history",
            items(past.left_out)
        ));
    }
    if past.undated > 0 {
        notes.push(format!("{} finished on an unknown day: left out of the history", items(past.undated)));
    }
    let unknown = outlook.unknown_teams();
    for place in &unknown {
        let count = outlook.work_in(&GroupKey::Team(*place));
        let team = teams(outlook, &[*place]);
        let (has, wait) = if count == 1 { ("its one item has", "it waits") } else { ("its items have", "they wait") };
        notes.push(format!(
            "{team} has neither past sprints nor a guess: {has} no date, {wait} for one ({})",
            items(count)
        ));
    }
    let plan = &outlook.plan;
    if plan.has_teams() {
        let first = teams(outlook, &[0]);
        let open = || (0..outlook.work.len()).filter_map(|rank| outlook.item(rank));
        let none = open().filter(|item| item.team.is_none()).count();
        if none > 0 {
            let (names, counts) = if none == 1 { ("names", "it counts") } else { ("name", "they count") };
            notes.push(format!("{} {names} no team: {counts} as work of {first}", items(none)));
        }
        let strange = |name: &str| plan.teams.iter().all(|team| team.name != name);
        let mut others: Vec<&str> =
            open().filter_map(|item| item.team.as_deref()).filter(|name| strange(name)).collect();
        let count = others.len();
        crate::sort::set(&mut others);
        if !others.is_empty() {
            let shown: Vec<&str> = others.iter().copied().take(3).collect();
            notes.push(format!(
                "{} of {}, which the plan does not have as a team: counted as work of {first}",
                items(count),
                listed(&shown)
            ));
        }
    }
    let waits = |item: &&Item| item.blocked.as_ref().is_some_and(|blocked| blocked.until.is_none());
    let waiting = outlook.work_items().filter(waits).count();
    if waiting > 0 {
        notes.push(format!("{} blocked without a date: assumed unblocked now", items(waiting)));
    }
    notes
}

/// The assumption that is worth mending first.
pub(super) fn weakest(outlook: &Outlook) -> Option<String> {
    let work = outlook.work.len();
    if work == 0 || outlook.needs_history() {
        return None;
    }
    let epics: f64 = outlook.work.iter().filter(|work| work.not_broken_down).map(|work| work.size.mean()).sum();
    let sizeless = outlook.work.iter().filter(|work| matches!(work.size, WorkSize::Like(..))).count();
    let several = outlook.teams.len() > 1;
    let unknown = outlook.unknown_teams();
    if !unknown.is_empty() {
        let names = teams(outlook, &unknown);
        return Some(format!("{names} has neither past sprints nor a guess: enter what it finishes"));
    }
    let guesses: Vec<usize> =
        outlook.teams.iter().enumerate().filter(|(_, team)| team.guess()).map(|(place, _)| place).collect();
    if several && outlook.guess() {
        let names = teams(outlook, &guesses);
        return Some(format!("the dates of {names} rest on a guess: enter what past sprints finished"));
    }
    let with_past = outlook.teams.iter().map(|team| team.past.periods.len());
    let sprints = with_past.filter(|sprints| *sprints > 0).min().unwrap_or(0);
    if outlook.guess() {
        return Some("every date rests on a guess of your velocity: enter what past sprints finished".to_owned());
    }
    const STALE: i64 = 60;
    let newest = outlook.past.periods.last().map(|period| period.end);
    if let Some(end) = newest.filter(|end| end.days_until(outlook.settings.today) > STALE) {
        let end = day(outlook, end);
        return Some(format!("the history ends on {end}: a newer export would say what the team finishes now"));
    }
    if epics > 0.25 * outlook.amount() {
        let share = (100.0 * epics / outlook.amount()).round();
        return Some(format!("{share} % of the work lies in epics that are not broken down: break the first one down"));
    }
    if sizeless * 4 > work {
        return Some(format!("{sizeless} of {work} items have no size: size those near the top"));
    }
    if sprints < 6 {
        return Some(format!(
            "a history of {sprints} sprints is short, and dates are wide: they narrow with each sprint"
        ));
    }
    if outlook.plan.assumptions.growth.is_none() {
        return Some("no new work is assumed: say how much appears in a sprint".to_owned());
    }
    None
}

/// The burn-up in a sentence.
pub(super) fn burn_up(outlook: &Outlook, done: f64, scope: f64, cone: &[ConePoint]) -> String {
    let unit = unit(outlook.plan.unit);
    let Some(next) = cone.get(2).or(cone.last()) else { return String::new() };
    format!(
        "{} of {} {unit} are finished; by {} it will be {} with 50 %, and {} with 85 %",
        number(done),
        number(scope),
        day(outlook, next.end),
        number(next.p50.min(scope)),
        number(next.p85.min(scope)),
    )
}

/// The finish histogram in a sentence.
pub(super) fn finish(outlook: &Outlook, shares: &[FinishShare]) -> String {
    let likeliest = shares.iter().max_by(|a, b| a.share.total_cmp(&b.share));
    let Some(likeliest) = likeliest.filter(|likeliest| likeliest.share > 0.0) else { return String::new() };
    let sure = shares.iter().find(|share| share.by_then >= SURE);
    let mut text = format!(
        "The last item lands most likely in the sprint to {} ({})",
        day(outlook, likeliest.end),
        chance(likeliest.share, outlook.settings.trials),
    );
    if let Some(sure) = sure {
        text.push_str(&format!(
            "; in {} it has landed by {}",
            chance(sure.by_then, outlook.settings.trials),
            day(outlook, sure.end)
        ));
    }
    text
}

/// Why an item stands where it does: "4th of those with a score; LF-3 is first because LF-7 waits for it".
pub(super) fn standing(method: Method, item: &Item, by_score: Option<usize>, owed: Option<String>) -> String {
    let own = match by_score {
        Some(place) => format!("{} by {}", nth(place - 1), method.name()),
        None => "no score: it keeps its place".to_owned(),
    };
    match owed {
        _ if item.status == Status::InProgress => format!("{own}; in progress, so it comes first"),
        Some(owed) => format!("{own}; in the best order {owed}"),
        None => own,
    }
}

/// "today's order costs 12 % more delay than the best one found".
pub(super) fn order_cost(cost: Option<DelayCost>, scored: usize, all: usize) -> String {
    let Some(cost) = cost else {
        return "no item has a score yet: give two of them their inputs, and there is an order to find".to_owned();
    };
    let of =
        if scored < all { format!(" ({} of {all} have a score)", thousands(scored as u64)) } else { String::new() };
    if cost.best <= 0.0 {
        return format!("nothing that is still to begin is worth anything yet, so every order costs the same{of}");
    }
    match (cost.given / cost.best - 1.0) * 100.0 {
        more if more < 0.05 => format!("today's order is the best one found{of}"),
        more => format!("today's order costs {} % more delay than the best one found{of}", number(more)),
    }
}

/// "12 of 41 items move: 5 land earlier, 7 later. Delay costs 14 % less than today."
pub(super) fn order(moves: &[Move], all: usize, cost: Option<DelayCost>, stale: bool) -> String {
    if moves.is_empty() {
        return "this is the order already: nothing moves".to_owned();
    }
    let mut text = format!("{} of {} move", thousands(moves.len() as u64), items(all));
    if !stale && moves.iter().any(|one| one.before.is_some()) {
        let count = |wanted: fn(&Move) -> bool| moves.iter().filter(|one| wanted(one)).count();
        // Beyond the horizon is later than any day.
        let earlier = count(|one| one.after.is_some() && (one.before.is_none() || one.after < one.before));
        let later = count(|one| one.before.is_some() && (one.after.is_none() || one.after > one.before));
        text.push_str(&format!(": {} earlier, {} later", land(earlier), thousands(later as u64)));
    }
    if let Some(DelayCost { given, best }) = cost.filter(|cost| cost.given > 0.0) {
        match (1.0 - best / given) * 100.0 {
            less if less.abs() < 0.05 => text.push_str("; delay costs the same as today"),
            less if less > 0.0 => text.push_str(&format!("; delay costs {} % less than today", number(less))),
            less => text.push_str(&format!("; delay costs {} % more than today", number(-less))),
        }
    }
    text
}

fn land(count: usize) -> String {
    format!("{} {}", thousands(count as u64), if count == 1 { "lands" } else { "land" })
}

/// What a person should know of an order: items without a score, and those that would stand before what they need.
pub(super) fn order_notes(unscored: usize, waiting: usize, begun: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if begun > 0 {
        notes.push(format!("{} in progress: what is begun comes first", items(begun)));
    }
    if unscored > 0 {
        let keep = if unscored == 1 { "keeps its place" } else { "keep their places" };
        notes.push(format!("{} without a score {keep}", items(unscored)));
    }
    if waiting > 0 {
        let before = if waiting == 1 { "stands before something it needs" } else { "stand before something they need" };
        notes.push(format!("{} {before}, and will wait", items(waiting)));
    }
    notes
}

/// "9 items wait for others; LF-3 holds up the most: 4 items wait for it".
pub(super) fn dependencies(all: &[DependencyItem]) -> String {
    let waiting = all.iter().filter(|item| item.layer > 0).count();
    let Some(most) = all.iter().rev().max_by_key(|item| item.waiting).filter(|item| item.waiting > 0) else {
        return "no open item needs another".to_owned();
    };
    let wait = |count: usize| if count == 1 { "waits" } else { "wait" };
    let mut text = format!("{} {} for others", items(waiting), wait(waiting));
    if waiting > 1 {
        let (count, verb) = (items(most.waiting), wait(most.waiting));
        text.push_str(&format!("; {} holds up the most: {count} {verb} for it", most.id));
    }
    let early = all.iter().filter(|item| item.too_early).count();
    if early > 0 {
        let verb = if early == 1 { "stands before something it needs" } else { "stand before something they need" };
        text.push_str(&format!("; {} {verb}", items(early)));
    }
    text
}

/// A change of a metric: "+40", "−12", "+20 to +60".
fn change(by: Uncertain) -> String {
    let signed =
        |value: f64| if value < 0.0 { format!("−{}", number(-value)) } else { format!("+{}", number(value)) };
    match by {
        Uncertain::Exact(value) => signed(value),
        Uncertain::Range(range) => format!("{} to {}", signed(range.low), signed(range.high)),
    }
}

/// The effect expected of an item, and what readings have shown since it landed.
pub(super) fn effect(outlook: &Outlook, item: &Item) -> Option<String> {
    let objective = item.objective.as_deref().and_then(|id| outlook.plan.objective(id))?;
    let metric = isolated(objective.metric.as_deref().unwrap_or(&objective.name));
    let expected = item.effect.map(|effect| format!("expected to move {metric} by {}", change(effect)));
    let landed = item.finished.filter(|_| item.status == Status::Done);
    let seen = landed.and_then(|landed| {
        let before = objective.readings.iter().rev().find(|reading| reading.date <= landed)?;
        let after = objective.readings.iter().rev().find(|reading| reading.date > landed)?;
        let (from, to) = (number(before.value), number(after.value));
        let moved = change(Uncertain::Exact(after.value - before.value));
        let (first, last) = (day(outlook, before.date), day(outlook, after.date));
        Some(format!("since it landed it went from {from} on {first} to {to} on {last} ({moved})"))
    });
    match (expected, seen) {
        (Some(expected), Some(seen)) => Some(format!("{expected}; {seen}")),
        (Some(expected), None) if landed.is_some() => Some(format!("{expected}; no reading since it landed")),
        (Some(expected), None) => Some(expected),
        (None, seen) => seen,
    }
}

/// Where an objective's metric stands, and what open items are expected to add.
pub(super) fn outcome(outlook: &Outlook, objective: &Objective) -> OutcomeView {
    let readings = &objective.readings;
    let (first, now) = (readings.first(), readings.last().copied());
    let effects = outlook.work_items().filter(|item| item.objective.as_ref() == Some(&objective.id));
    let effects: Vec<f64> = effects.filter_map(|item| item.effect).map(|effect| effect.mean()).collect();
    let expected = (!effects.is_empty()).then(|| effects.iter().sum::<f64>());
    let progress = match (first, now, objective.target) {
        (Some(first), Some(now), Some(target)) if readings.len() > 1 && target != first.value => {
            Some(((now.value - first.value) / (target - first.value)).clamp(0.0, 1.0))
        }
        _ => None,
    };
    let metric = objective.metric.as_deref().map(|metric| format!(" {}", isolated(metric))).unwrap_or_default();
    let stands = match (now, objective.target) {
        (Some(now), Some(target)) if first.is_some_and(|first| target < first.value) => {
            format!("{}{metric} on {}, to come down to {}", number(now.value), day(outlook, now.date), number(target))
        }
        (Some(now), Some(target)) => {
            format!("{} of {}{metric} on {}", number(now.value), number(target), day(outlook, now.date))
        }
        (Some(now), None) => format!("{}{metric} on {}", number(now.value), day(outlook, now.date)),
        (None, Some(target)) => format!("{}{metric} is the target; no reading yet", number(target)),
        (None, None) => "nothing is measured yet: give it a metric, a target and a first reading".to_owned(),
    };
    let adds = expected.map(|sum| format!("; open items are expected to move it by {}", change(Uncertain::Exact(sum))));
    let short = match (now, objective.target, expected) {
        (Some(now), Some(target), Some(sum)) => {
            let (gap, left) = (target - now.value, target - now.value - sum);
            // Past the target, from whichever side, is not short of it.
            if gap * left > 0.0 {
                format!(", which leaves {} to go", number(left.abs()))
            } else {
                ", which is enough".to_owned()
            }
        }
        _ => String::new(),
    };
    OutcomeView { now, progress, expected, sentence: format!("{stands}{}{short}", adds.unwrap_or_default()) }
}
