//! Deadlines as a calendar (RFC 5545): all of them, unless a reach is given.
//!
//! A document keeps its event when its date moves, because the event is named after the document; the stamp is a day
//! that the document gives itself, so the same documents make the same bytes.

use xxhash_rust::xxh3::xxh3_64;

use super::{Deadline, deadlines};
use crate::date::{Date, Period};
use crate::report::{Format, Report, clipped};
use crate::words;

pub(super) const FORMAT: Format = Format { name: "ics", about: "a calendar of all deadlines", print, summary: None };

/// Octets of a line without its end.
const LINE: usize = 75;

fn print(report: &Report<'_>, _: bool) -> String {
    calendar(report, report.scene.title, &deadlines(report, report.within))
}

/// A calendar of these deadlines.
pub(super) fn calendar(report: &Report<'_>, name: &str, found: &[Deadline<'_>]) -> String {
    let mut out = String::new();
    let mut put = |line: &str| out += &folded(line);
    put("BEGIN:VCALENDAR");
    put("VERSION:2.0");
    put(concat!("PRODID:-//plansite//plansite ", env!("CARGO_PKG_VERSION"), "//EN"));
    put("CALSCALE:GREGORIAN");
    put(&format!("X-WR-CALNAME:{}", text(&format!("{name}: deadlines"))));
    let mut found: Vec<&Deadline<'_>> = found.iter().collect();
    found.sort_by_key(|one| one.index);
    for one in found {
        let owners = if one.owners.is_empty() { "nobody".to_string() } else { one.owners.join(", ") };
        let what = if one.basis == "expires" { "expires" } else { "review" };
        let inferred = if one.inferred { ", inferred" } else { "" };
        put("BEGIN:VEVENT");
        put(&format!("UID:{}", uid(report, one)));
        put(&format!("DTSTAMP:{}T000000Z", compact(stamp(one))));
        put(&format!("DTSTART;VALUE=DATE:{}", compact(one.day)));
        put(&format!("DTEND;VALUE=DATE:{}", compact(Period::of_days(1).after(one.day))));
        put(&format!("SUMMARY:{}", text(&format!("{} {what}: {}", one.name(), one.document.title.value))));
        let details = format!("{}\nowner: {owners}\nbasis: {}{inferred}", report.file(one.index), one.basis);
        put(&format!("DESCRIPTION:{}", text(&details)));
        put("TRANSP:TRANSPARENT");
        put("BEGIN:VALARM");
        put("ACTION:DISPLAY");
        put(&format!("DESCRIPTION:{}", text(&format!("{} {what} in two weeks", one.name()))));
        put("TRIGGER:-P14D");
        put("END:VALARM");
        put("END:VEVENT");
    }
    put("END:VCALENDAR");
    out
}

/// Named after the collection and the document's id, or its path where it has no id of its own.
fn uid(report: &Report<'_>, one: &Deadline<'_>) -> String {
    let ids = &report.scene.collection.ids;
    let own = one.document.id.as_ref().filter(|id| ids.claimants(&id.value).len() == 1);
    let name = own.map_or(one.document.path(), |id| id.value.as_str());
    let home = report.scene.config.site.repository.as_deref().unwrap_or(report.scene.title);
    format!("{:016x}{:016x}@plansite", xxh3_64(home.as_bytes()), xxh3_64(name.as_bytes()))
}

/// The last day that the document gives itself as one on which it was touched; else the day before time began.
fn stamp(one: &Deadline<'_>) -> Date {
    let dates = &one.document.dates;
    let days = [&dates.updated, &dates.reviewed, &dates.decided, &dates.created];
    days.into_iter().flatten().map(|day| day.value).max().unwrap_or(Date::constant(1970, 1, 1))
}

fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// A value of type TEXT on one line. Spaces without width keep it from being a command where it stands in a log: a line
/// may be cut anywhere, so that anything may come to stand at a start.
fn text(value: &str) -> String {
    let lines: Vec<String> = value.split('\n').map(words::visible).collect();
    let safe = lines.join("\n").replace("##[", "##\u{200b}[").replace("::", ":\u{200b}:").replace("::", ":\u{200b}:");
    safe.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line with its end, cut into lines of at most 75 octets, never within a character.
fn folded(line: &str) -> String {
    let (mut out, mut rest, mut room) = (String::new(), line, LINE);
    while rest.len() > room {
        let part = clipped(rest, room);
        out += part;
        out += "\r\n ";
        rest = &rest[part.len()..];
        room = LINE - 1;
    }
    out + rest + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_by_octets() {
        let line = format!("SUMMARY:{}", "é😀".repeat(60));
        let folded = folded(&line);
        assert!(folded.split("\r\n").all(|line| line.len() <= 75), "{folded}");
        assert_eq!(folded.replace("\r\n ", ""), format!("{line}\r\n"));
        assert_eq!(text("a;b,c\\d\r\nBEGIN:VEVENT"), "a\\;b\\,c\\\\d\\u{d}\\nBEGIN:VEVENT".replace("\\u", "\\\\u"));
    }
}
