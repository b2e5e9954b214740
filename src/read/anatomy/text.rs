//! Values as plans write them: nothings and placeholders left out, degrees, days within a text, words that say "done".

use crate::date::{self, Date};
use crate::read::body::Said;
use crate::read::placeholder;
use crate::words;

/// Longer values are cut.
const LONGEST: usize = 300;

/// Degrees of probability and impact.
const LEVELS: &[(&str, &[&str])] = &[
    (
        "low",
        &["low", "l", "lo", "minor", "unlikely", "🟢", "niedrig", "gering", "bajo", "baja", "baixo", "baixa", "faible"],
    ),
    (
        "medium",
        &[
            "medium", "m", "med", "mid", "moderate", "🟡", "mittel", "medio", "media", "médio", "média", "moyen",
            "moyenne",
        ],
    ),
    ("high", &["high", "h", "hi", "major", "likely", "🟠", "🔴", "hoch", "alto", "alta", "élevé", "élevée"]),
    ("critical", &["critical", "crit", "kritisch", "crítico", "crítica", "critique"]),
];

/// Words and signs that say that something is done.
const DONE: &[&str] = &[
    "done",
    "complete",
    "completed",
    "achieved",
    "met",
    "reached",
    "hit",
    "shipped",
    "released",
    "finished",
    "delivered",
    "landed",
    "closed",
    "passed",
    "verified",
    "erledigt",
    "erreicht",
    "abgeschlossen",
    "hecho",
    "completado",
    "concluído",
    "feito",
    "terminé",
    "готово",
];
/// Words and signs that say that something is settled and needs no more thought.
const SETTLED: &[&str] = &[
    "resolved",
    "answered",
    "closed",
    "decided",
    "done",
    "complete",
    "completed",
    "fixed",
    "none",
    "gelöst",
    "resuelto",
    "resolvido",
];
/// Words and signs that say that something is held up.
const BLOCKED: &[&str] = &["blocked", "red", "blockiert", "bloqueado", "bloqueada", "bloqué", "at risk"];
/// What a section says that has no entries.
const NOTHING: &[&str] = &[
    "none",
    "n/a",
    "nothing",
    "not applicable",
    "no active",
    "no blocker",
    "no blockers",
    "no current",
    "no further",
    "no known",
    "no open",
    "no outstanding",
    "no questions",
    "no remaining",
    "no risk",
    "no risks",
    "no unresolved",
    "no significant",
    "no major",
    "keine",
    "ninguno",
    "ninguna",
    "nenhum",
    "nenhuma",
    "aucun",
    "aucune",
];
/// People who aren't.
const NOBODY: &[&str] = &["tbd", "tba", "?", "nobody", "unassigned", "name", "owner"];

/// A value that says something: not empty, not a nothing-word, not a template's placeholder. Cut to 300 characters.
pub fn value(text: &str) -> Option<String> {
    let text = &words::shorten(text.trim().trim_matches(['*', '`', '_']).trim(), LONGEST);
    let bracketed = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    // `[Date/Phase]`; a house's own signs such as `[P1]` have no small letters
    let open = bracketed.is_some_and(|inner| !inner.contains(['[', ']']) && inner.contains(char::is_lowercase));
    let shouted =
        bracketed.is_some_and(|inner| inner.len() > 2 && !inner.contains(|c: char| c.is_ascii_digit() || c == ']'));
    let open = (open && bracketed != Some("x")) || shouted || date::nothing(text) || placeholder::is_whole(text);
    let open = open || matches!(text.as_str(), "..." | "…" | "?");
    (!open && text.chars().any(|c| c.is_alphanumeric() || !c.is_ascii())).then(|| text.clone())
}

/// A value in which no placeholder is left either: what a title has to be.
pub fn title(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches([':', '–', '—', '→']).trim();
    value(text).filter(|text| text.chars().any(char::is_alphanumeric) && !mostly_placeholder(text))
}

/// Who does something; nobody where the text says so.
pub fn owner(text: &str) -> Option<String> {
    value(text).filter(|name| !NOBODY.contains(&name.to_lowercase().as_str()) && !placeholder::within(name))
}

/// A degree: low, medium, high or critical where the word is known, else as written in lower case.
pub fn level(text: &str) -> Option<String> {
    // `Low | Medium | High` and `[H/M/L]` are choices that nobody made
    let text = value(text).filter(|text| !text.contains(" | ") && !placeholder::within(text))?;
    let lower = text.to_lowercase();
    if matches!(lower.as_str(), "low/med/high" | "low/medium/high" | "h/m/l" | "high/medium/low") {
        return None;
    }
    let head = lower.split(['(', ',', ';', '.', '—', '–', ':']).next().unwrap_or("").trim();
    let head = head.split(" - ").next().unwrap_or("").trim();
    let bare = head.trim_matches(|c: char| !c.is_alphanumeric());
    let known = LEVELS.iter().find(|(_, words)| {
        words.iter().any(|word| bare == *word || (!word.is_ascii() && word.chars().count() == 1 && head.contains(word)))
    });
    let bare = if bare.is_empty() { lower.trim() } else { bare };
    Some(known.map_or_else(|| words::shorten(bare, 60), |(level, _)| (*level).to_string()))
}

/// A tick, also one that was read in the wrong encoding, as templates have it.
pub fn has_tick(text: &str) -> bool {
    text.contains(['✅', '✓', '✔', '☑']) || text.contains("‚úÖ")
}

/// A cross that marks what is blocked, also one that was read in the wrong encoding.
pub fn has_cross(text: &str) -> bool {
    text.contains(['❌', '⛔']) || text.contains("‚ùå") || text.contains("‚õî")
}

/// The text says that it is done: a sign, or a word at its start.
pub fn is_done(text: &str) -> bool {
    text.contains(['✅', '✓', '✔', '☑'])
        || starts_with_word(text, DONE)
        || matches!(text.trim(), "[x]" | "[X]" | "100%")
}

/// The text says that it needs no more thought.
pub fn is_settled(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    has_tick(text) || starts_with_word(bare, SETTLED) || says_resolved(text)
}

/// The text says that it is held up. A cross alone says so only in a column that gives a status.
pub fn is_blocked(text: &str) -> bool {
    has_cross(text) || text.contains('🔴') || starts_with_word(text, BLOCKED)
}

/// `RESOLVED`, or `resolved` set off by a sign.
pub fn says_resolved(text: &str) -> bool {
    text.contains("RESOLVED") && !text.contains("UNRESOLVED")
        || ["(resolved", "[resolved", "— resolved", "- resolved", "**resolved"]
            .iter()
            .any(|mark| text.to_lowercase().contains(mark))
}

/// Starts with a word of a list, whatever signs stand before it, and the word ends there.
pub fn starts_with_word(text: &str, list: &[&str]) -> bool {
    let lower = words::shorten(text, 60).to_lowercase();
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    list.iter().any(|word| {
        bare.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    })
}

/// The text says that there is nothing: `None`, `N/A`, `No open questions`.
pub fn is_nothing(text: &str) -> bool {
    starts_with_word(text, NOTHING)
}

/// The first day within a text, and the bytes it takes.
pub fn day(text: &str) -> Option<(Date, std::ops::Range<usize>)> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut tokens: Vec<(usize, usize)> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                tokens.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    for (at, (from, _)) in tokens.iter().enumerate() {
        for count in [3, 2, 1] {
            let Some((_, to)) = tokens.get(at + count - 1) else { continue };
            let part = &text[*from..*to];
            if !shaped(part, count) {
                continue;
            }
            if let Some(day) = date::parse(part).ok().filter(|day| (1990..=2100).contains(&day.year())) {
                return Some((day, *from..*to + time(&text[*to..])));
            }
        }
    }
    None
}

/// Bytes of a time of day right after a date: `T10:00:00Z`, ` 02:13:08`.
fn time(text: &str) -> usize {
    let clock = |text: &str| {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || ":.Z+".contains(c));
        text[..text.len() - rest.len()].trim_end_matches(':').len()
    };
    let apart = text.starts_with(' ') && text.len() > 5 && text.as_bytes()[3] == b':';
    if apart { 1 + clock(&text[1..]) } else { clock(text) }
}

/// Words that can be a day at all, so that `Phase 1 2026` and version numbers aren't tried.
fn shaped(part: &str, count: usize) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    match count {
        1 => digits == 8 && part.len() == 8,
        2 => digits == 4 && part.len() <= 16 && part.starts_with(char::is_alphabetic),
        _ => (5..=16).contains(&digits) && part.len() <= 30 && !part.contains('\n'),
    }
}

/// A text without a stretch and the signs that set it off.
pub fn without(text: &str, range: std::ops::Range<usize>) -> String {
    let signs = [' ', '-', '–', '—', ':', ',', '|', '·', '→', '@', '*'];
    let (mut before, mut after) = (text[..range.start].trim_end_matches(signs), &text[range.end..]);
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(rest) = before.strip_suffix(open) {
            before = rest.trim_end_matches(signs);
            after = after.strip_prefix(close).unwrap_or(after);
        }
    }
    let after = after.trim_start_matches(signs);
    match (before.trim().is_empty(), after.trim().is_empty()) {
        (true, _) => after.trim().to_string(),
        (false, true) => before.trim().to_string(),
        (false, false) => format!("{} {}", before.trim(), after.trim()),
    }
}

/// A title for a list: what stands before a dash or the end of the first sentence where it is long.
pub fn short(text: &str) -> String {
    const ENOUGH: usize = 120;
    if text.len() <= ENOUGH {
        return text.to_string();
    }
    let dash = [" — ", " – ", " - "].iter().filter_map(|dash| text.find(dash)).min().filter(|at| *at > 16);
    match dash.filter(|at| *at <= ENOUGH) {
        Some(at) => text[..at].to_string(),
        None => sentence(text).trim_end_matches('.').to_string(),
    }
}

/// The part of a thing that a statement fills, by its label or by the key before its colon, and with what.
pub fn part<'s, P: Copy>(said: &'s Said, lines: &[(&str, P)]) -> Option<(P, &'s str)> {
    let (name, value) = match &said.label {
        Some(label) => (label.as_str(), said.text.as_str()),
        None => pair(&said.text)?,
    };
    let name = name.to_lowercase();
    lines.iter().find(|(known, _)| *known == name).map(|(_, part)| (*part, value))
}

/// Splits `Owner: Ana` into key and value. The key has at most four words.
pub fn pair(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    let key = key.trim().trim_matches(['*', '_']);
    let sound = !key.is_empty() && key.len() <= 40 && key.split_whitespace().count() <= 4;
    let apart = value.is_empty() || value.starts_with([' ', '\t', '*']);
    (sound && apart && key.starts_with(char::is_alphabetic)).then(|| (key, value.trim()))
}

/// The value of a field in running text: `… Mitigation: retry`, up to the next field or the end.
pub fn field<'t>(text: &'t str, names: &[&str]) -> Option<(usize, &'t str)> {
    let lower = text.to_lowercase();
    // a letter that changes its length in lower case would shift the places
    if lower.len() != text.len() {
        return None;
    }
    names.iter().find_map(|name| {
        let at = lower.match_indices(name).map(|(at, _)| at).find(|at| {
            let before = lower[..*at].chars().next_back();
            before.is_none_or(|c| !c.is_alphanumeric()) && lower[at + name.len()..].starts_with(':')
        })?;
        Some((at, text.get(at + name.len() + 1..)?.trim()))
    })
}

/// The first sentence of a text.
pub fn sentence(text: &str) -> &str {
    let end = text.match_indices(['.', '!', '?', '。', '？']).find(|(at, sign)| {
        let rest = &text[at + sign.len()..];
        let abbreviated = text[..*at].ends_with("e.g") || text[..*at].ends_with("i.e") || text[..*at].ends_with("etc");
        !abbreviated && (rest.is_empty() || rest.starts_with(' ') || sign.len() > 1)
    });
    end.map_or(text, |(at, sign)| &text[..at + sign.len()])
}

fn mostly_placeholder(text: &str) -> bool {
    let Some(open) = text.find('[') else { return false };
    placeholder::within(text) && open <= 20
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees() {
        for (written, level_of) in [
            ("High", "high"),
            ("H", "high"),
            ("**Med**", "medium"),
            ("High (wrong files extracted)", "high"),
            ("🔴 High", "high"),
            ("🟡", "medium"),
            ("Critical - data loss", "critical"),
            ("Low-Medium", "low-medium"),
            ("Very High", "very high"),
        ] {
            assert_eq!(level(written).as_deref(), Some(level_of), "{written}");
        }
        for open in ["[H/M/L]", "Low | Medium | High", "", "-", "Low/Med/High"] {
            assert_eq!(level(open), None, "{open}");
        }
    }

    #[test]
    fn days_within_texts() {
        for (text, date, rest) in [
            ("2026-05-01: shipped", "2026-05-01", "shipped"),
            ("Launch (1 March 2026)", "2026-03-01", "Launch"),
            ("July 31st 2018: merged", "2018-07-31", "merged"),
            ("[0.10.1] - 2026-07-22", "2026-07-22", "[0.10.1]"),
            ("2026-05-02 02:13:08 JST: begun", "2026-05-02", "JST: begun"),
            ("GA by November 2026", "2026-11-30", "GA by"),
            ("2019-05-17 (Fri) hard", "2019-05-17", "(Fri) hard"),
            ("**2.0.0** (2025-11-28): new", "2025-11-28", "**2.0.0 new"),
            ("2026-02-17T00:00:00Z: begun", "2026-02-17", "begun"),
        ] {
            let (found, range) = day(text).expect(text);
            assert_eq!(found.to_string(), date, "{text}");
            assert_eq!(without(text, range), rest, "{text}");
        }
        for none in ["Week 4", "v1.2.2026", "Phase 1 2026", "12 of 14 in 2026", "2026-13-40", "abc 12345678"] {
            assert_eq!(day(none), None, "{none}");
        }
    }

    #[test]
    fn fields_and_sentences() {
        assert_eq!(pair("Owner: Ana"), Some(("Owner", "Ana")));
        assert_eq!(pair("see a::b"), None);
        assert_eq!(field("It may break. Mitigation: retry", &["mitigation"]), Some((14, "retry")));
        assert_eq!(sentence("Use e.g. v1.2? Yes."), "Use e.g. v1.2?");
        assert!(is_done("✅") && is_done("Complete (May)") && !is_done("completeness"));
        assert_eq!(title("[Risk 1]"), None);
    }
}
