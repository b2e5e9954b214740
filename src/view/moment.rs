//! Days as pages say them: always with the machine's form beside, so that a script can count again for the reader's day.

use serde::Serialize;

use crate::date::{self, Date};

/// A day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// `2026-07-03`, for `datetime`.
    pub iso: String,
    /// `3 Jul`, with the year where it isn't this one.
    pub short: String,
    /// `3 Jul 2026`.
    pub full: String,
    /// `3 July 2026`.
    pub long: String,
}

impl Moment {
    /// A day, seen from `today`.
    pub fn new(day: Date, today: Date) -> Moment {
        // Seen from the first day of all days, no day is of this year.
        let full = date::short(day, Date::MIN);
        Moment { iso: day.to_string(), short: date::short(day, today), full, long: date::long(day) }
    }
}

/// How long ago or ahead a day is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Age {
    /// The day, for `datetime`.
    pub iso: String,
    /// The absolute day, for `title`.
    pub long: String,
    /// Which form `text` has; the script knows the same ones: `long`, `short`, `late`,
    /// `overdue`.
    pub form: &'static str,
    /// `143 days ago`, `in 4 days`, `143 d ago`, `21 d late`.
    pub text: String,
}

impl Age {
    /// `143 days ago`, `in 4 days`, `today`.
    pub fn long(day: Date, today: Date) -> Age {
        Age::of(day, "long", ago(date::days_between(today, day)))
    }

    /// `143 d ago`, `in 4 d`, `today`.
    pub fn short(day: Date, today: Date) -> Age {
        let text = match date::days_between(today, day) {
            0 => "today".to_string(),
            ahead @ 1.. => format!("in {ahead} d"),
            past => format!("{} d ago", -past),
        };
        Age::of(day, "short", text)
    }

    /// `21 d late`; a day that isn't past yet reads as in [`Age::short`].
    pub fn late(day: Date, today: Date) -> Age {
        match date::days_between(today, day) {
            past @ ..0 => Age::of(day, "late", format!("{} d late", -past)),
            _ => Age { form: "late", ..Age::short(day, today) },
        }
    }

    /// `21 days late`; a day that isn't past yet reads as in [`Age::long`].
    pub fn overdue(day: Date, today: Date) -> Age {
        match date::days_between(today, day) {
            past @ ..0 => Age::of(day, "overdue", format!("{} late", date::days(-past))),
            _ => Age { form: "overdue", ..Age::long(day, today) },
        }
    }

    fn of(day: Date, form: &'static str, text: String) -> Age {
        Age { iso: day.to_string(), long: date::long(day), form, text }
    }
}

/// `143 days ago`, `in 4 days`, `today`, for a number of days ahead.
pub fn ago(ahead: i64) -> String {
    match ahead {
        0 => "today".into(),
        1.. => format!("in {}", date::days(ahead)),
        _ => format!("{} ago", date::days(-ahead)),
    }
}

/// `Monday 23 November 2026`.
pub fn weekday(day: Date) -> String {
    use jiff::civil::Weekday;
    let name = match day.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    format!("{name} {}", date::long(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        date::parse(text).expect("a date")
    }

    #[test]
    fn ages_are_words_for_people() {
        let today = day("2026-11-23");
        assert_eq!(Age::long(day("2026-07-03"), today).text, "143 days ago");
        assert_eq!(Age::long(day("2026-11-24"), today).text, "in 1 day");
        assert_eq!(Age::long(today, today).text, "today");
        assert_eq!(Age::short(day("2026-12-01"), today).text, "in 8 d");
        assert_eq!(Age::late(day("2026-11-02"), today).text, "21 d late");
        assert_eq!(weekday(today), "Monday 23 November 2026");
    }
}
