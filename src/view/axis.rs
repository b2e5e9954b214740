//! The days from left to right: where a day lies, and which lines and labels stand between them.
//!
//! Places are in percent of the chart's width, so that it can be as wide as the window is.

use serde::Serialize;

use crate::date::{self, Date};
use crate::view::days_after;

/// Lines of one chart, at most about so many.
const LINES: i64 = 24;

/// The days of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Axis {
    /// The first day, at 0 %.
    pub from: Date,
    /// The day after the last, at 100 %.
    pub to: Date,
    step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Weeks,
    /// So many months.
    Months(i64),
}

/// What stands above the chart and divides it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Scale {
    /// The first day, for the script.
    pub from: String,
    /// How many days there are.
    pub days: i64,
    /// Place of the built day.
    pub today: String,
    /// Places of the lines.
    pub lines: Vec<Line>,
    /// The upper labels: quarters, years.
    pub upper: Vec<Label>,
    /// The lower ones: months, weeks.
    pub lower: Vec<Label>,
}

#[derive(Debug, Serialize)]
pub(super) struct Line {
    /// Its place, in percent of the chart.
    pub x: String,
    /// Begins a quarter or a year.
    pub strong: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Label {
    /// Where it begins, in percent of the chart.
    pub x: String,
    pub text: String,
}

impl Axis {
    /// The month of `today`, the one before and the one after.
    pub fn quarter(today: Date) -> Axis {
        let from = months_after(today.first_of_month(), -1);
        Axis { from, to: months_after(from, 3), step: Step::Weeks }
    }

    /// Six quarters, of which the fourth holds `today`.
    pub fn eighteen_months(today: Date) -> Axis {
        let from = months_after(period(today, 3), -9);
        Axis { from, to: months_after(from, 18), step: Step::Months(1) }
    }

    /// All between two days, in whole quarters or years.
    pub fn all(first: Date, last: Date) -> Axis {
        let months = months_between(first.first_of_month(), last.first_of_month()) + 1;
        let years = months / 12 + 1;
        let (step, unit) = if months <= LINES {
            (1, 3)
        } else if months <= 72 {
            (3, 12)
        } else {
            (12 * (years + LINES - 1).div_euclid(LINES), 12)
        };
        let (from, to) = (period(first, unit), months_after(period(last, unit), unit));
        Axis { from, to, step: Step::Months(step) }
    }

    /// Where a day lies, in percent; below 0 or above 100 outside.
    pub fn place(&self, day: Date) -> f64 {
        date::days_between(self.from, day) as f64 / self.days() as f64 * 100.0
    }

    fn days(&self) -> i64 {
        date::days_between(self.from, self.to).max(1)
    }

    /// `January 2026 to June 2027`
    pub fn words(&self) -> String {
        let month = |day: Date| date::long(day).split_once(' ').map(|(_, month)| month.to_string()).unwrap_or_default();
        format!("{} to {}", month(self.from), month(days_after(self.to, -1)))
    }

    /// Lines and labels.
    pub fn scale(&self, today: Date) -> Scale {
        let mut scale = Scale {
            from: self.from.to_string(),
            days: self.days(),
            today: percent(self.place(today)),
            ..Scale::default()
        };
        let at = |day: Date| percent(self.place(day));
        match self.step {
            Step::Weeks => {
                let mut month = self.from;
                while month < self.to {
                    let name = date::long(month).split_once(' ').map(|(_, name)| name.to_string()).unwrap_or_default();
                    scale.upper.push(Label { x: at(month), text: name });
                    scale.lines.push(Line { x: at(month), strong: true });
                    month = months_after(month, 1);
                }
                let offset = i64::from(self.from.weekday().to_monday_zero_offset());
                let mut monday = days_after(self.from, (7 - offset) % 7);
                while monday < self.to {
                    // a label at the very end would be cut off
                    if self.place(monday) < 95.0 {
                        scale.lower.push(Label { x: at(monday), text: short(monday) });
                    }
                    if monday.day() != 1 {
                        scale.lines.push(Line { x: at(monday), strong: false });
                    }
                    monday = days_after(monday, 7);
                }
            }
            Step::Months(step) => {
                let mut day = self.from;
                while day < self.to {
                    let (upper, lower) = labels(day, step);
                    scale.lines.push(Line { x: at(day), strong: !upper.is_empty() });
                    for (text, list) in [(upper, &mut scale.upper), (lower, &mut scale.lower)] {
                        if !text.is_empty() {
                            list.push(Label { x: at(day), text });
                        }
                    }
                    let next = months_after(day, step);
                    if next <= day {
                        break;
                    }
                    day = next;
                }
            }
        }
        scale
    }
}

/// `59.71%`
pub(super) fn percent(place: f64) -> String {
    format!("{place:.2}%")
}

/// What stands above and below at the beginning of a step.
fn labels(day: Date, step: i64) -> (String, String) {
    let month = i64::from(day.month());
    match step {
        1 => {
            let upper = if month % 3 == 1 { format!("Q{} {}", month / 3 + 1, day.year()) } else { String::new() };
            (upper, short(day).split_once(' ').map(|(_, month)| month.to_string()).unwrap_or_default())
        }
        3 => {
            let upper = if month == 1 { day.year().to_string() } else { String::new() };
            (upper, format!("Q{}", month / 3 + 1))
        }
        _ => (day.year().to_string(), String::new()),
    }
}

/// `5 Oct`, without a year.
fn short(day: Date) -> String {
    date::short(day, day)
}

/// The first day of the quarter or year (3 or 12 months) that holds a day.
fn period(day: Date, months: i64) -> Date {
    months_after(day.first_of_month(), -((i64::from(day.month()) - 1) % months))
}

pub(super) fn months_after(day: Date, months: i64) -> Date {
    day.saturating_add(jiff::Span::new().months(months))
}

fn months_between(from: Date, to: Date) -> i64 {
    (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month()) - i64::from(from.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        date::parse(text).expect("a date")
    }

    fn texts(labels: &[Label]) -> Vec<&str> {
        labels.iter().map(|label| label.text.as_str()).collect()
    }

    #[test]
    fn eighteen_months_are_six_quarters_with_today_in_the_fourth() {
        let today = day("2026-11-23");
        let axis = Axis::eighteen_months(today);
        assert_eq!((axis.from, axis.to), (day("2026-01-01"), day("2027-07-01")));
        let scale = axis.scale(today);
        assert_eq!(texts(&scale.upper), ["Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026", "Q1 2027", "Q2 2027"]);
        assert_eq!((scale.lower.len(), scale.lower[17].text.as_str(), scale.days), (18, "Jun", 546));
        assert_eq!((scale.today.as_str(), scale.lower[17].x.as_str()), ("59.71%", "94.51%"));
        assert_eq!(axis.words(), "January 2026 to June 2027");
    }

    #[test]
    fn a_quarter_has_today_in_its_middle_month_also_at_the_turn_of_the_year() {
        let axis = Axis::quarter(day("2026-12-31"));
        assert_eq!((axis.from, axis.to), (day("2026-11-01"), day("2027-02-01")));
        let scale = axis.scale(day("2026-12-31"));
        assert_eq!(texts(&scale.upper), ["November 2026", "December 2026", "January 2027"]);
        assert_eq!(texts(&scale.lower)[..2], ["2 Nov", "9 Nov"]);
        assert_eq!(scale.lower.len(), 13, "Mondays from 2 November to 25 January");
        let scale = Axis::quarter(day("2026-11-23")).scale(day("2026-11-23"));
        assert_eq!(scale.lower.last().map(|label| label.text.as_str()), Some("21 Dec"), "the 28th has no room");
    }

    #[test]
    fn all_days_fit_and_lines_stay_few() {
        for (first, last, upper) in [
            ("2026-02-03", "2026-03-01", "Q1 2026"),
            ("2023-02-03", "2027-03-01", "2023"),
            ("2014-03-11", "2027-03-01", "2014"),
            ("1996-11-23", "2036-11-23", "1996"),
        ] {
            let axis = Axis::all(day(first), day(last));
            assert!((0.0..100.0).contains(&axis.place(day(first))) && (0.0..100.0).contains(&axis.place(day(last))));
            let scale = axis.scale(day(last));
            assert!((2..=27).contains(&scale.lines.len()), "{first}: {}", scale.lines.len());
            assert_eq!(scale.upper[0].text, upper);
        }
    }
}
