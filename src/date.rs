//! Days and periods as plans write them.
//!
//! A date that can't be understood is never taken for "no date": the caller gets the reason and makes a finding of it.

use jiff::{Span as Duration, civil};

/// A day in the proleptic Gregorian calendar, without time and zone.
pub type Date = civil::Date;

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotADate {
    /// Nothing was written: empty, `null`, `~`, `none`, `n/a`, a dash.
    Absent,
    /// A template's placeholder such as `YYYY-MM-DD` or `[Date]`.
    Placeholder,
    /// A form that isn't one of the accepted ones, or a day that doesn't exist; with the fact to report.
    Wrong(String),
}

/// The forms a date may have, for help texts.
pub const FORMS: &str = "write it as 2026-11-01";

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads a date: `2026-11-01` (also with a time and zone after it), `2026/11/01`, `20261101`, `1 Nov 2026`,
/// `Nov 1, 2026`, and `November 2026`, which is its last day. Words after a full date are ignored
/// (`2026-11-01 (was October)`).
pub fn parse(text: &str) -> Result<Date, NotADate> {
    let text = text.trim().trim_matches(['*', '`', '_', '"', '\'']).trim();
    if nothing(text) {
        return Err(NotADate::Absent);
    }
    if placeholder(text) {
        return Err(NotADate::Placeholder);
    }
    let tokens: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()).collect();
    let wrong = || NotADate::Wrong(format!("`{}` is not a date", crate::words::shorten(text, 40)));
    match tokens.as_slice() {
        [first, ..] if first.len() == 8 && digits(first) => day(&first[..4], &first[4..6], &first[6..], text),
        [year, month, rest, ..] if year.len() == 4 && digits(year) && digits(month) && numeric_form(text) => {
            let date = rest.split(['T', 't']).next().unwrap_or(rest);
            if digits(date) { day(year, month, date, text) } else { Err(wrong()) }
        }
        // `25/12/2018` can only be December; what could be May or February is left to its author
        [first, second, year, ..]
            if year.len() == 4 && [first, second, year].iter().all(|part| digits(part)) && numeric_form(text) =>
        {
            let number = |part: &str| part.parse::<u8>().unwrap_or(0);
            match (number(first), number(second)) {
                (13..=31, 1..=12) => day(year, second, first, text),
                (1..=12, 13..=31) => day(year, first, second, text),
                (one, other) if one == other => day(year, first, second, text),
                (1..=12, 1..=12) => Err(NotADate::Wrong(format!(
                    "`{}` is two dates: day and month can't be told apart",
                    crate::words::shorten(text, 40)
                ))),
                _ => Err(wrong()),
            }
        }
        [year, month, day_of, ..] if year.len() == 4 && digits(year) && month_number(month).is_some() => {
            named(year, month, ordinal(day_of).ok_or_else(wrong)?, text)
        }
        [day_of, month, year, ..] if month_number(month).is_some() && year.len() == 4 && digits(year) => {
            named(year, month, ordinal(day_of).ok_or_else(wrong)?, text)
        }
        [month, day_of, year, ..] if month_number(month).is_some() && year.len() == 4 && digits(year) => {
            named(year, month, ordinal(day_of).ok_or_else(wrong)?, text)
        }
        [month, year] if month_number(month).is_some() && year.len() == 4 && digits(year) => {
            let first = named(year, month, "1", text)?;
            Ok(first.last_of_month())
        }
        _ => Err(wrong()),
    }
}

/// The day a file's name begins with: `2026-11-01-name`, `20261101-name`.
pub fn leading(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    let number = |range: std::ops::Range<usize>| name.get(range)?.parse::<i16>().ok();
    let plain = bytes.len() >= 8 && bytes[..8].iter().all(u8::is_ascii_digit);
    let dashed = bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-';
    let (month, day, end) = if plain {
        (4..6, 6..8, 8)
    } else if dashed {
        (5..7, 8..10, 10)
    } else {
        return None;
    };
    let ends = bytes.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let year = number(0..4).filter(|year| ends && (1970..=2200).contains(year))?;
    Date::new(year, i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?).ok()
}

/// The one day that stands somewhere in a text as `2026-11-01`; absent for none and for several.
pub fn within(text: &str) -> Option<Date> {
    let mut found = text.char_indices().filter_map(|(at, _)| {
        let parted = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '-');
        let iso = text.as_bytes().get(at + 4) == Some(&b'-');
        if parted && iso { leading(&text[at..]) } else { None }
    });
    found.next().filter(|_| found.next().is_none())
}

/// A date for people: `3 July 2026`.
pub fn long(date: Date) -> String {
    let month = MONTHS[date.month().unsigned_abs() as usize - 1];
    let (first, rest) = month.split_at(1);
    format!("{} {}{} {}", date.day(), first.to_uppercase(), rest, date.year())
}

/// A date where space is narrow: `3 Jul` within the year of `today`, `3 Jul 2025` outside.
pub fn short(date: Date, today: Date) -> String {
    let month = &MONTHS[date.month().unsigned_abs() as usize - 1][..3];
    let (first, rest) = month.split_at(1);
    let day = format!("{} {}{}", date.day(), first.to_uppercase(), rest);
    if date.year() == today.year() { day } else { format!("{day} {}", date.year()) }
}

/// The UTC day of a moment, in seconds since 1970; absent beyond the calendar.
pub fn utc_day(seconds: i64) -> Option<Date> {
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(moment).date())
}

/// Whole days from `from` to `to`; negative where `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// `4 days`, `1 day`.
pub fn days(count: i64) -> String {
    if count == 1 { "1 day".into() } else { format!("{count} days") }
}

/// A length of time in calendar units: a month after 31 January is the last of February.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Days, weeks included.
    pub days: i32,
    /// Months, years included.
    pub months: i32,
}

impl Period {
    /// A period of days.
    pub const fn of_days(days: i32) -> Self {
        Period { days, months: 0 }
    }

    /// Reads `90d`, `6 weeks`, `3 months`, `1 year`, or a cadence: `weekly`, `bi-weekly`, `monthly`, `quarterly`,
    /// `yearly`, `every 2 weeks`; words in brackets or behind a comma are ignored. Absent for anything else, for zero and
    /// for more than 100 years.
    pub fn parse(text: &str) -> Option<Period> {
        let text = text.to_lowercase();
        let text = text.split(['(', ',', ';']).next().unwrap_or("").trim();
        // `P6M`, as ISO 8601 writes it
        let text = text.strip_prefix('p').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(text);
        let every = text.strip_prefix("every ").map(str::trim_start);
        let text = every.unwrap_or(text);
        let cadence = match text {
            "daily" => Some(Period::of_days(1)),
            "weekly" => Some(Period::of_days(7)),
            "biweekly" | "bi-weekly" | "fortnightly" => Some(Period::of_days(14)),
            "monthly" => Some(Period { days: 0, months: 1 }),
            "quarterly" => Some(Period { days: 0, months: 3 }),
            "half-yearly" | "semi-annually" | "semiannually" | "semi-annual" | "semiannual" | "half-year" => {
                Some(Period { days: 0, months: 6 })
            }
            "yearly" | "annually" | "annual" => Some(Period { days: 0, months: 12 }),
            _ => None,
        };
        if cadence.is_some() {
            return cadence;
        }
        let split = text.find(|c: char| !c.is_ascii_digit())?;
        let count = if every.is_some() && split == 0 { "1" } else { &text[..split] };
        let count: i32 = count.parse().ok().filter(|count| (1..=36_500).contains(count))?;
        let period = match text[split..].trim() {
            "d" | "day" | "days" => Period::of_days(count),
            "w" | "week" | "weeks" => Period::of_days(count.checked_mul(7)?),
            "m" | "mo" | "month" | "months" => Period { days: 0, months: count },
            "quarter" | "quarters" => Period { days: 0, months: count.checked_mul(3)? },
            "y" | "year" | "years" => Period { days: 0, months: count.checked_mul(12)? },
            _ => return None,
        };
        (period.days <= 36_500 && period.months <= 1_200).then_some(period)
    }

    /// The day this period after `date`; the calendar's last day where it would lie beyond.
    pub fn after(self, date: Date) -> Date {
        let span = Duration::new().months(self.months).days(self.days);
        date.checked_add(span).unwrap_or(Date::MAX)
    }

    /// The day this period before `date`; the calendar's first day where it would lie beyond.
    pub fn before(self, date: Date) -> Date {
        let span = Duration::new().months(self.months).days(self.days);
        date.checked_sub(span).unwrap_or(Date::MIN)
    }
}

/// Whether a text says that there is nothing: empty, `null`, `~`, `none`, `n/a`, a dash.
pub fn nothing(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    matches!(
        text.as_str(),
        "" | "null" | "~" | "none" | "n/a" | "na" | "not applicable" | "nothing" | "-" | "--" | "–" | "—" | "[]" | "{}"
    )
}

fn placeholder(text: &str) -> bool {
    let lower = text.to_lowercase();
    let bracketed = (text.starts_with('[') && text.ends_with(']') && !text.contains("](")) || text.starts_with("{{");
    let letters = lower.starts_with("yyyy") || lower.starts_with("dd-mm") || lower.starts_with("dd/mm");
    letters || lower.starts_with("<date") || lower.starts_with("{yyyy") || bracketed
}

fn numeric_form(text: &str) -> bool {
    let separators: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).take(2).collect();
    matches!(separators.as_slice(), ['-', '-'] | ['/', '/'] | ['.', '.'])
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn ordinal(text: &str) -> Option<&str> {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &text[bare.len()..];
    let known = matches!(suffix, "" | "st" | "nd" | "rd" | "th");
    (known && digits(bare) && bare.len() <= 2).then_some(bare)
}

fn month_number(text: &str) -> Option<i8> {
    let lower = text.to_lowercase();
    let fits = |month: &&str| lower.len() >= 3 && (**month == lower || (lower.len() <= 4 && month.starts_with(&lower)));
    MONTHS.iter().position(fits).map(|at| at as i8 + 1)
}

fn named(year: &str, month: &str, day_of: &str, text: &str) -> Result<Date, NotADate> {
    let number = month_number(month).map(|number| number.to_string()).unwrap_or_default();
    day(year, &number, day_of, text)
}

fn day(year: &str, month: &str, day_of: &str, text: &str) -> Result<Date, NotADate> {
    let shown = crate::words::shorten(text, 40);
    let number = |part: &str| part.parse::<i16>().unwrap_or(-1);
    let (y, m, d) = (number(year), number(month), number(day_of));
    if !(1..=12).contains(&m) {
        return Err(NotADate::Wrong(format!("`{shown}` is not a date: there is no month {month}")));
    }
    match Date::new(y, m as i8, i8::try_from(d).unwrap_or(-1)) {
        Ok(date) => Ok(date),
        Err(_) => match Date::new(y, m as i8, 1) {
            Ok(first) => {
                let (name, length) = (long(first), first.days_in_month());
                let month = name.split_once(' ').map_or("", |(_, month)| month).to_string();
                Err(NotADate::Wrong(format!("`{shown}` is not a date: {month} has {length} days")))
            }
            Err(_) => Err(NotADate::Wrong(format!("`{shown}` is not a date"))),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> String {
        match parse(text) {
            Ok(date) => date.to_string(),
            Err(NotADate::Absent) => "absent".into(),
            Err(NotADate::Placeholder) => "placeholder".into(),
            Err(NotADate::Wrong(why)) => why,
        }
    }

    #[test]
    fn accepted_forms() {
        for text in [
            "2026-11-01",
            "2026-11-01T10:00:00Z",
            "2026-11-01T10:00:00+09:00",
            "2026-11-01 10:37:34 JST +0900",
            "2026/11/01",
            "20261101",
            "1 Nov 2026",
            "1st November 2026",
            "Nov 1, 2026",
            "November 1 2026",
            "01-Nov-2026",
            "2026-nov-01",
            "**2026-11-01**",
            "2026-11-01 (was October)",
            "2026-11-1",
        ] {
            assert_eq!(iso(text), "2026-11-01", "{text}");
        }
        assert_eq!(iso("November 2026"), "2026-11-30");
        assert_eq!(iso("Feb 2028"), "2028-02-29");
    }

    #[test]
    fn everything_else_says_why() {
        assert_eq!(iso("2026-02-30"), "`2026-02-30` is not a date: February 2026 has 28 days");
        assert_eq!(iso("2021-26-02"), "`2021-26-02` is not a date: there is no month 26");
        assert_eq!(iso("05/02/2018"), "`05/02/2018` is two dates: day and month can't be told apart");
        assert_eq!(iso("25/12/2018"), "2018-12-25");
        assert_eq!(iso("20.07.2023"), "2023-07-20");
        assert_eq!(iso("32/12/2018"), "`32/12/2018` is not a date");
        assert_eq!(iso("TBD"), "`TBD` is not a date");
        assert_eq!(iso("soon"), "`soon` is not a date");
        assert_eq!(iso("n/a"), "absent");
        assert_eq!(iso("YYYY-MM-DD"), "placeholder");
        assert_eq!(iso("[Date]"), "placeholder");
    }

    #[test]
    fn days_in_names_and_texts() {
        let shown = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        assert_eq!(shown(leading("2026-11-01-move")), "2026-11-01");
        assert_eq!(shown(leading("20261101-move")), "2026-11-01");
        for none in ["2026-13-01-x", "20261101x", "0042-move", "99999999-x", "é026-11-01"] {
            assert_eq!(leading(none), None, "{none}");
        }
        assert_eq!(shown(within("(filled in on 2015-02-03)")), "2015-02-03");
        assert_eq!(within("2015-02-03 or 2015-02-04"), None);
    }

    #[test]
    fn periods_follow_the_calendar() {
        let after =
            |period: &str, date: &str| Period::parse(period).map(|p| p.after(parse(date).expect("a date")).to_string());
        assert_eq!(after("1 month", "2024-01-31").as_deref(), Some("2024-02-29"));
        assert_eq!(after("1 year", "2024-02-29").as_deref(), Some("2025-02-28"));
        assert_eq!(after("6 weeks", "2026-01-01").as_deref(), Some("2026-02-12"));
        assert_eq!(after("90d", "2026-01-01").as_deref(), Some("2026-04-01"));
        assert_eq!(after("Every 2 weeks (on Mondays)", "2026-01-01").as_deref(), Some("2026-01-15"));
        assert_eq!(after("every quarter", "2026-01-31").as_deref(), Some("2026-04-30"));
        assert_eq!(after("Monthly, by the team", "2026-01-31").as_deref(), Some("2026-02-28"));
        for wrong in
            ["0 days", "-1 day", "1 fortnight", "99999999999d", "soon", "12", "every", "every so often", "week", ""]
        {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }
}
