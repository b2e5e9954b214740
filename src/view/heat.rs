//! The strip of deadlines: weekdays by weeks, from the week of a day on.
//!
//! Arithmetic only; what ends on the days is told by the caller.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::{self, Date, Period};
use crate::view::{Moment, weekday};

/// Weeks of the strip, this one included.
pub(super) const WEEKS: usize = 27;

/// More entries than this are counted in the list, not named.
const LISTED: usize = 500;

/// A deadline ahead.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Ahead {
    /// `PLAN-023`, or the title of a document without an id.
    pub call: String,
    /// Its title; empty where `call` is it.
    pub title: String,
    /// Address of its page.
    pub href: String,
    /// What happens then: `expires`, `review due`, `review due, inferred`.
    pub what: &'static str,
    #[serde(skip)]
    pub day: Date,
}

/// The strip, and the same as a list.
#[derive(Debug, Serialize)]
pub(super) struct Heat {
    /// `23 Nov 2026 to 30 May 2027: 22 deadlines, 5 of them in the first two weeks.`
    pub label: String,
    /// The weeks, the current one first.
    pub weeks: Vec<Week>,
    /// Days with deadlines, ascending.
    pub days: Vec<Day>,
    /// `12 more`, or empty.
    pub more: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Week {
    /// `Dec` or `Jan 2027` above the first week that begins in a month; else empty.
    pub month: String,
    /// From Monday on.
    pub cells: Vec<Cell>,
    /// How many deadlines it has.
    pub count: usize,
    /// `7 deadlines in the week of 30 November 2026`, for those who don't see the strip.
    pub label: String,
    /// The first day of it in the list; empty without deadlines.
    pub anchor: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Cell {
    /// `2026-11-27`, so that the script finds the reader's day.
    pub iso: String,
    /// `n1`, `n2` for two or more, `we` for the weekend, `past`, `t` for today.
    pub class: String,
    /// `27 Nov 2026: RFC-0006`
    pub title: String,
    /// What is due: a document's address from the root, or for several an anchor of this page; empty without.
    pub href: String,
    /// The same for several.
    pub anchor: String,
}

/// A day of the list.
#[derive(Debug, Serialize)]
pub(super) struct Day {
    pub id: String,
    pub day: Moment,
    /// `Friday 27 November 2026`
    pub name: String,
    pub rows: Vec<Ahead>,
}

impl Heat {
    /// The strip of a day. Deadlines before it and after the last week are left out.
    pub(super) fn new(today: Date, ahead: Vec<Ahead>) -> Heat {
        let monday = monday(today);
        let last = days_after(monday, WEEKS * 7 - 1);
        let mut by_day: BTreeMap<Date, Vec<Ahead>> = BTreeMap::new();
        for one in ahead.into_iter().filter(|one| today <= one.day && one.day <= last) {
            by_day.entry(one.day).or_default().push(one);
        }
        let weeks = (0..WEEKS).map(|at| week(today, days_after(monday, at * 7), at, &by_day)).collect();
        let total: usize = by_day.values().map(Vec::len).sum();
        let near: usize = by_day.range(..=days_after(today, 13)).map(|(_, rows)| rows.len()).sum();
        let span = format!("{} to {}", date::short(today, Date::MIN), date::short(last, Date::MIN));
        let label = match total {
            0 => format!("{span}: no deadline"),
            _ => format!("{span}: {}, {near} of them in the first two weeks", deadlines(total)),
        };
        let mut room = LISTED;
        let mut days = Vec::new();
        for (day, mut rows) in by_day {
            rows.truncate(room);
            room -= rows.len();
            // every marked day keeps its place in the list, because the strip leads there
            days.push(Day { id: anchor(day), day: Moment::new(day, today), name: weekday(day), rows });
        }
        let listed: usize = days.iter().map(|day| day.rows.len()).sum();
        let more = if total > listed { format!("{} more", total - listed) } else { String::new() };
        Heat { label, weeks, days, more }
    }
}

fn week(today: Date, monday: Date, at: usize, by_day: &BTreeMap<Date, Vec<Ahead>>) -> Week {
    let before = days_before(monday, 7);
    let month = match () {
        () if at == 0 => month_name(monday).to_string(),
        () if before.year() != monday.year() => format!("{} {}", month_name(monday), monday.year()),
        () if before.month() != monday.month() => month_name(monday).to_string(),
        () => String::new(),
    };
    let sunday = days_after(monday, 6);
    let count = by_day.range(monday..=sunday).map(|(_, rows)| rows.len()).sum();
    let first = by_day.range(monday..=sunday).next();
    Week {
        month,
        cells: (0..7).map(|nth| cell(today, days_after(monday, nth), nth > 4, by_day)).collect(),
        count,
        label: format!("{} in the week of {}", deadlines(count), date::long(monday)),
        anchor: first.map(|(day, _)| anchor(*day)).unwrap_or_default(),
    }
}

fn cell(today: Date, day: Date, weekend: bool, by_day: &BTreeMap<Date, Vec<Ahead>>) -> Cell {
    let rows = by_day.get(&day).map(Vec::as_slice).unwrap_or_default();
    let marks = [
        (weekend && rows.is_empty(), "we"),
        (rows.len() == 1, "n1"),
        (rows.len() > 1, "n2"),
        (day < today, "past"),
        (day == today, "t"),
    ];
    let class: Vec<&str> = marks.into_iter().filter(|(holds, _)| *holds).map(|(_, class)| class).collect();
    let names: Vec<&str> = rows.iter().take(6).map(|one| one.call.as_str()).collect();
    let rest = if rows.len() > 6 { format!(" and {} more", rows.len() - 6) } else { String::new() };
    Cell {
        iso: day.to_string(),
        class: class.join(" "),
        title: if rows.is_empty() {
            String::new()
        } else {
            format!("{}: {}{rest}", date::short(day, Date::MIN), names.join(", "))
        },
        href: if let [one] = rows { one.href.clone() } else { String::new() },
        anchor: if rows.len() > 1 { anchor(day) } else { String::new() },
    }
}

fn deadlines(count: usize) -> String {
    crate::words::count(count, "deadline", "deadlines")
}

fn anchor(day: Date) -> String {
    format!("ps-day-{day}")
}

/// The Monday of a day's week; at the calendar's beginning its first day.
fn monday(day: Date) -> Date {
    days_before(day, day.weekday().to_monday_zero_offset() as usize)
}

fn days_after(day: Date, count: usize) -> Date {
    Period::of_days(count as i32).after(day)
}

fn days_before(day: Date, count: usize) -> Date {
    Period::of_days(count as i32).before(day)
}

fn month_name(day: Date) -> &'static str {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES[usize::try_from(day.month()).unwrap_or(1).clamp(1, 12) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        date::parse(text).expect("a date")
    }

    fn ahead(days: &[&str]) -> Vec<Ahead> {
        let one = |(at, text): (usize, &&str)| Ahead {
            call: format!("PLAN-{at}"),
            title: String::new(),
            href: format!("plans/plan-{at}/index.html"),
            what: "expires",
            day: day(text),
        };
        days.iter().enumerate().map(one).collect()
    }

    fn months(today: &str) -> Vec<(usize, String)> {
        let weeks = Heat::new(day(today), Vec::new()).weeks;
        weeks.into_iter().map(|week| week.month).enumerate().filter(|(_, month)| !month.is_empty()).collect()
    }

    #[test]
    fn there_are_27_weeks_from_monday_on_whatever_day_it_is() {
        for (nth, today) in (23..30).map(|day| format!("2026-11-{day}")).enumerate() {
            let heat = Heat::new(day(&today), Vec::new());
            assert_eq!(heat.weeks.len(), WEEKS, "{today}");
            assert!(heat.weeks.iter().all(|week| week.cells.len() == 7));
            assert_eq!(heat.weeks[0].cells[0].iso, "2026-11-23", "{today}");
            assert_eq!(heat.weeks[26].cells[6].iso, "2027-05-30", "{today}");
            let marked: Vec<usize> =
                (0..7).filter(|at| heat.weeks[0].cells[*at].class.split(' ').any(|class| class == "t")).collect();
            assert_eq!(marked, [nth], "{today}");
            let past = heat.weeks[0].cells.iter().filter(|cell| cell.class.contains("past")).count();
            assert_eq!(past, nth, "{today}");
            assert!(heat.label.starts_with(&format!("{} Nov 2026 to 30 May 2027", 23 + nth)), "{}", heat.label);
        }
    }

    #[test]
    fn a_month_stands_above_the_first_week_that_begins_in_it_and_a_new_year_is_named() {
        let named = |list: &[(usize, &str)]| list.iter().map(|(at, name)| (*at, name.to_string())).collect::<Vec<_>>();
        let mock = [(0, "Nov"), (2, "Dec"), (6, "Jan 2027"), (10, "Feb"), (14, "Mar"), (19, "Apr"), (23, "May")];
        assert_eq!(months("2026-11-23"), named(&mock));
        // 31 December 2026 is a Thursday: its week belongs to December, the next begins on 4 January
        assert_eq!(months("2026-12-31")[..2], named(&[(0, "Dec"), (1, "Jan 2027")]));
        // 1 January 2028 is a Saturday of a week that begins in December
        assert_eq!(months("2028-01-01")[..2], named(&[(0, "Dec"), (1, "Jan 2028")]));
        // 1 January 2029 is a Monday
        assert_eq!(months("2029-01-01")[..2], named(&[(0, "Jan"), (5, "Feb")]));
    }

    #[test]
    fn days_are_marked_by_how_much_ends_on_them_and_lead_there() {
        let heat = Heat::new(
            day("2026-11-25"),
            ahead(&["2026-11-24", "2026-11-25", "2026-12-05", "2026-12-05", "2027-05-30", "2027-05-31"]),
        );
        let cell = |week: usize, at: usize| &heat.weeks[week].cells[at];
        // yesterday's is no longer ahead
        assert_eq!((cell(0, 1).class.as_str(), cell(0, 1).href.as_str()), ("past", ""));
        assert_eq!((cell(0, 2).class.as_str(), cell(0, 2).href.as_str()), ("n1 t", "plans/plan-1/index.html"));
        assert_eq!((cell(1, 5).class.as_str(), cell(1, 5).anchor.as_str()), ("n2", "ps-day-2026-12-05"));
        assert_eq!(cell(1, 5).title, "5 Dec 2026: PLAN-2, PLAN-3");
        assert_eq!(cell(26, 6).class, "n1");
        assert_eq!(heat.weeks.iter().map(|week| week.count).collect::<Vec<_>>()[..3], [1, 2, 0]);
        // the strip and the list say the same
        assert_eq!(heat.weeks.iter().map(|week| week.count).sum::<usize>(), 4);
        let ids: Vec<&str> = heat.days.iter().map(|day| day.id.as_str()).collect();
        assert_eq!(ids, ["ps-day-2026-11-25", "ps-day-2026-12-05", "ps-day-2027-05-30"]);
        assert_eq!(heat.label, "25 Nov 2026 to 30 May 2027: 4 deadlines, 3 of them in the first two weeks");
    }

    #[test]
    fn the_calendar_may_end_within_the_strip() {
        assert_eq!(Heat::new(Date::MAX, Vec::new()).weeks.len(), WEEKS);
        assert_eq!(Heat::new(Date::MIN, Vec::new()).weeks.len(), WEEKS);
    }
}
