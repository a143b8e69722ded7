//! What share of a usual sprint's capacity a sprint has, and why.

use super::calendar::{Calendar, Span};
use super::date::CivilDate;
use super::team::{Team, TeamChange};

/// The capacity of one sprint for one team, as a share of a usual sprint's, and what it comes from.
///
/// It is relative to what the history shows: 1 is a sprint without holidays in which as many people work as worked
/// then. Holidays and absences of the past are not known to have been taken out of the history, and are not put back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SprintCapacity {
    /// The share: the mean, over the sprint's usual working days, of the people there (0 on holidays and on days gone
    /// by) over the people of the past; times the factors entered by hand.
    pub factor: f64,
    /// Working days of the sprint if there were no holidays.
    pub usual_days: usize,
    /// Of these, gone by.
    pub gone_days: usize,
    /// Holidays on usual working days yet to come: the name, and how many days.
    pub holidays: Vec<(Option<String>, usize)>,
    /// Absences on working days yet to come: who, how many people, how many days.
    pub absences: Vec<(Option<String>, f64, usize)>,
    /// Those who have joined or left by the end of the sprint: who, how many (below 0: left), and whether they are
    /// ramping up.
    pub changes: Vec<(Option<String>, f64, bool)>,
    /// The factor entered by hand, where one was: the calendar's times the team's.
    pub by_hand: Option<f64>,
}

/// The capacity of a team's sprints.
///
/// A newcomer of five who starts on the first of a sprint's ten working days, with a ramp-up of one sprint from half,
/// does on average 0.5 + 0.5 · 5.5 / 14 = 0.696 of a person in it: the sprint's working days are its days 0–4 and 7–11, 5.5 on average.
///
/// ```
/// use landfall::plan::{Calendar, Capacity, Team, TeamChange};
/// let monday = "2026-05-04".parse()?;
/// let calendar = Calendar::fortnights_from(monday);
/// let joins = TeamChange { who: None, from: monday, people: 1.0, ramp_up: 1.0, starting_share: 0.5 };
/// let team = Team { people: Some(5.0), changes: vec![joins], ..Team::default() };
/// let capacity = Capacity::new(&calendar, Some(&team));
/// let factor = |k| capacity.of(calendar.sprint_after(monday, k), monday).factor;
/// assert!((factor(0) - (1.0 + (0.5 + 0.5 * 5.5 / 14.0) / 5.0)).abs() < 1e-12);
/// assert_eq!(factor(1), 1.2);
/// # Ok::<(), landfall::Error>(())
/// ```
#[derive(Debug)]
pub struct Capacity<'a> {
    calendar: &'a Calendar,
    team: Option<&'a Team>,
    /// From each of these days on, how many people are away.
    away: Vec<(CivilDate, f64)>,
}

impl<'a> Capacity<'a> {
    /// The capacity of a team; without one, that of a team of which nothing is known.
    pub fn new(calendar: &'a Calendar, team: Option<&'a Team>) -> Self {
        let absences = team.map_or(&[][..], |team| &team.absences);
        let mut days: Vec<CivilDate> =
            absences.iter().flat_map(|absence| [absence.from, absence.end().plus_days(1)]).collect();
        crate::sort::set(&mut days);
        let away = days.into_iter().map(|day| {
            let mut named: Vec<(&str, f64)> = Vec::new();
            let mut sum = 0.0;
            for absence in absences.iter().filter(|absence| absence.from <= day && day <= absence.end()) {
                let Some(who) = absence.who.as_deref() else {
                    sum += absence.count();
                    continue;
                };
                match named.iter_mut().find(|(name, _)| *name == who) {
                    Some((_, count)) => *count = count.max(absence.count()),
                    None => named.push((who, absence.count())),
                }
            }
            (day, named.iter().fold(sum, |sum, (_, count)| sum + count))
        });
        let away = away.collect();
        Self { calendar, team, away }
    }

    /// The team and its people of the past, where anybody is ever away, joins or leaves.
    fn staffed(&self) -> Option<(&'a Team, f64)> {
        let team = self.team.filter(|team| !(team.absences.is_empty() && team.changes.is_empty()))?;
        Some((team, team.people?))
    }

    /// How many people work on a day that is worked.
    fn present(&self, team: &Team, people: f64, day: CivilDate) -> f64 {
        let came = team.changes.iter().map(|change| change.people_on(day, self.calendar.sprint_days));
        let place = self.away.partition_point(|(from, _)| *from <= day);
        let away = place.checked_sub(1).and_then(|place| self.away.get(place)).map_or(0.0, |(_, away)| *away);
        (came.fold(people, |sum, count| sum + count) - away).max(0.0)
    }

    /// The capacity of a sprint from a day on.
    pub fn of(&self, span: Span, from: CivilDate) -> SprintCapacity {
        let calendar = self.calendar;
        let all = (0..=span.start.days_until(span.end)).map(|k| span.start.plus_days(k));
        let usual: Vec<CivilDate> = all.filter(|day| calendar.is_weekday(*day)).collect();
        let worked: Vec<CivilDate> =
            usual.iter().copied().filter(|day| *day >= from && calendar.is_working(*day)).collect();
        let by_hand = [Some(&calendar.capacity), self.team.map(|team| &team.capacity)];
        let by_hand = by_hand.into_iter().flatten().filter_map(|factors| factors.get(&span.start)).copied();
        let by_hand = by_hand.reduce(|all, one| all * one);
        // People-days there are, of those of a usual sprint.
        let (there, usually) = match self.staffed() {
            Some((team, people)) => {
                let days = worked.iter().map(|day| self.present(team, people, *day));
                (days.fold(0.0, |sum, people| sum + people), people * usual.len() as f64)
            }
            None => (worked.len() as f64, usual.len() as f64),
        };
        let factor = if usual.is_empty() { 0.0 } else { by_hand.unwrap_or(1.0) * there / usually };
        let mut holidays: Vec<(Option<String>, usize)> = Vec::new();
        for day in usual.iter().filter(|day| **day >= from) {
            let Some(holiday) = calendar.holiday(*day) else { continue };
            match holidays.iter_mut().find(|(name, _)| *name == holiday.name) {
                Some((_, days)) => *days += 1,
                None => holidays.push((holiday.name.clone(), 1)),
            }
        }
        let team = self.team.filter(|team| team.people.is_some());
        let mut absences: Vec<(Option<String>, f64, usize)> = Vec::new();
        for absence in team.map_or(&[][..], |team| &team.absences) {
            let days = worked.iter().filter(|day| (absence.from..=absence.end()).contains(*day)).count();
            if days > 0 {
                absences.push((absence.who.clone(), absence.count(), days));
            }
        }
        let here = |change: &&TeamChange| change.from <= span.end;
        let changes = team.map_or(&[][..], |team| &team.changes).iter().filter(here).map(|change| {
            (change.who.clone(), change.people, change.settled(calendar.sprint_days) > span.start.max(from))
        });
        SprintCapacity {
            factor,
            usual_days: usual.len(),
            gone_days: usual.iter().filter(|day| **day < from).count(),
            holidays,
            absences,
            changes: changes.collect(),
            by_hand,
        }
    }

    /// The share that every sprint has from a day on: that of those who stay, 1 where nobody joins or leaves.
    pub fn at_last(&self) -> f64 {
        let Some((team, people)) = self.staffed() else { return 1.0 };
        let stay = team.changes.iter().fold(people, |sum, change| sum + change.people);
        stay.max(0.0) / people
    }

    /// The last day on which anything known makes a sprint differ from the ones after it.
    pub fn last_day(&self) -> Option<CivilDate> {
        let of_calendar =
            self.calendar.holidays.iter().map(super::Holiday::end).chain(self.calendar.capacity.keys().copied());
        let of_team = self.team.into_iter().flat_map(|team| {
            let settled = team.changes.iter().map(|change| change.settled(self.calendar.sprint_days));
            let back = team.absences.iter().map(super::Absence::end);
            settled.chain(back).chain(team.capacity.keys().copied())
        });
        of_calendar.chain(of_team).max()
    }
}
