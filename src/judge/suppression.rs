//! What a document asks not to be told: `<!-- plansite-ignore broken-link until=2027-01-01 reason="…" -->` and
//! `plansite: {ignore: […]}` in the frontmatter.
//!
//! A suppression counts for the whole document, wherever it stands, and through the last day of `until`. It must name its
//! rules: one that silences everything would silence what nobody has thought of.

use crate::date::{self, Date, NotADate};
use crate::model::{Document, Value};
use crate::read::{fact, lines};
use crate::source::{Span, Spanned};

/// The word that opens a suppressing comment.
const WORD: &str = "plansite-ignore";
/// What people write for "all rules".
const ALL: &[&str] = &["all", "*", "true", "everything"];

/// One suppression of one rule.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Suppression {
    /// The rule as written, and where.
    pub(super) rule: Spanned<String>,
    /// The last day on which it counts; absent where it counts for ever.
    pub(super) until: Option<Date>,
    /// Why, as written.
    pub(super) reason: Option<String>,
}

/// All suppressions of a document, and what is wrong with how they are written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Suppressions {
    /// Those that name a rule.
    pub(super) named: Vec<Suppression>,
    /// Those that name none.
    pub(super) blanket: Vec<Span>,
    /// `until` without a day, and why it isn't one. What they suppress isn't suppressed.
    pub(super) undated: Vec<(Span, String)>,
    /// Words that mean nothing here: `because=…`.
    pub(super) odd: Vec<Spanned<String>>,
}

/// Reads them.
pub(super) fn read(document: &Document) -> Suppressions {
    let mut found = Suppressions::default();
    let top = document.fields.iter().filter(|field| fact::normal(&field.key.value) == "plansite");
    for field in top {
        let Value::Map(keys, _) = &field.value else { continue };
        for key in keys.iter().filter(|key| fact::normal(&key.key.value) == "ignore") {
            found.value(&key.value, key.key.span);
        }
    }
    if document.source.text.contains(WORD) {
        for line in lines::prose(&document.source, document.body) {
            found.line(line.text, line.start);
        }
    }
    found
}

#[derive(Default)]
struct Draft {
    rules: Vec<Spanned<String>>,
    until: Option<Spanned<String>>,
    reason: Option<String>,
}

impl Suppressions {
    /// A name, a list of names or of maps, a map.
    fn value(&mut self, value: &Value, whole: Span) {
        match value {
            Value::Scalar(text) => self.add(Draft { rules: split(text), ..Draft::default() }, whole),
            Value::List(values, _) => values.iter().for_each(|value| self.value(value, value.span())),
            Value::Map(keys, span) => {
                let mut draft = Draft::default();
                for key in keys {
                    match (fact::normal(&key.key.value).as_str(), key.value.text()) {
                        ("rule" | "rules", _) => draft.rules.extend(key.value.texts().into_iter().flat_map(split)),
                        ("until", Some(text)) => draft.until = Some(text.clone()),
                        ("reason", Some(text)) => draft.reason = Some(text.value.clone()),
                        _ => self.odd.push(key.key.clone()),
                    }
                }
                self.add(draft, *span);
            }
        }
    }

    /// The comments of a line. Code is left alone: in marks, and set in by four spaces.
    fn line(&mut self, line: &str, start: usize) {
        let mut from = 0;
        while let Some(open) = line[from..].find("<!--").map(|at| from + at) {
            let Some(end) = line[open..].find("-->").map(|at| open + at) else { return };
            let inner = line[open + 4..end].trim_start();
            let code = line[..open].matches('`').count() % 2 == 1 || line.starts_with("    ") || line.starts_with('\t');
            if let Some(rest) = inner.strip_prefix(WORD).filter(|rest| !code && !rest.starts_with(['-', '_'])) {
                let at = |part: &str| {
                    let span = Span::of(part, line);
                    Span::new(start + span.start as usize, start + span.end as usize)
                };
                self.comment(rest, &at, Span::new(start + open, start + end + 3));
            }
            from = end + 3;
        }
    }

    fn comment(&mut self, text: &str, at: &dyn Fn(&str) -> Span, whole: Span) {
        let mut draft = Draft::default();
        for word in tokens(text) {
            match word.split_once('=') {
                None => draft.rules.push(Spanned::new(word.to_string(), at(word))),
                Some((key, value)) => {
                    let value = value.trim_matches(['"', '\'']).trim();
                    match key {
                        "until" => draft.until = Some(Spanned::new(value.to_string(), at(value))),
                        "reason" => draft.reason = Some(value.to_string()),
                        "rule" => draft.rules.push(Spanned::new(value.to_string(), at(value))),
                        _ => self.odd.push(Spanned::new(key.to_string(), at(key))),
                    }
                }
            }
        }
        self.add(draft, whole);
    }

    fn add(&mut self, draft: Draft, whole: Span) {
        let (all, named): (Vec<_>, Vec<_>) =
            draft.rules.into_iter().partition(|rule| ALL.contains(&rule.value.to_lowercase().as_str()));
        if named.is_empty() || !all.is_empty() {
            self.blanket.push(all.first().map_or(whole, |rule| rule.span));
        }
        let until = match draft.until.as_ref().map(|text| (text.span, date::parse(&text.value))) {
            None | Some((_, Err(NotADate::Absent))) => None,
            Some((_, Ok(day))) => Some(day),
            Some((span, Err(why))) => {
                let message = match why {
                    NotADate::Wrong(message) => message,
                    _ => "`until` is not a date".into(),
                };
                return self.undated.push((span, message));
            }
        };
        let reason = draft.reason.filter(|reason| !reason.trim().is_empty());
        self.named.extend(named.into_iter().map(|rule| Suppression { rule, until, reason: reason.clone() }));
    }
}

fn split(text: &Spanned<String>) -> Vec<Spanned<String>> {
    let parts = text.value.split([',', ' ']).filter(|part| !part.is_empty());
    parts.map(|part| Spanned::new(part.to_string(), text.span)).collect()
}

/// Words parted by spaces and commas, quoted ones whole.
fn tokens(text: &str) -> Vec<&str> {
    let (mut words, mut start, mut quote) = (Vec::new(), None, None);
    for (at, c) in text.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) if start.is_some_and(|from: usize| text[from..at].ends_with('=')) => quote = Some(c),
            (c, None) if c.is_whitespace() || c == ',' => {
                words.extend(start.take().map(|from: usize| &text[from..at]));
                continue;
            }
            _ => {}
        }
        start = start.or(Some(at));
    }
    words.extend(start.map(|from: usize| &text[from..]));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Source;

    fn shown(text: &str) -> Vec<String> {
        let document = crate::read::read(Source::new("plans/a.md", text), &Config::default()).value;
        let found = read(&document);
        let line = |span: Span| document.source.place(span.start).line;
        let named = found.named.iter().map(|one| {
            let until = one.until.map(|day| format!(" until {day}")).unwrap_or_default();
            let reason = one.reason.as_ref().map(|why| format!(" because {why}")).unwrap_or_default();
            format!("{}: {}{until}{reason}", line(one.rule.span), one.rule.value)
        });
        let blanket = found.blanket.iter().map(|span| format!("{}: blanket", line(*span)));
        let undated = found.undated.iter().map(|(span, why)| format!("{}: {why}", line(*span)));
        let odd = found.odd.iter().map(|word| format!("{}: odd {}", line(word.span), word.value));
        named.chain(blanket).chain(undated).chain(odd).collect()
    }

    #[test]
    fn comments() {
        assert_eq!(
            shown("# A\n<!-- plansite-ignore broken-link until=2027-01-01 reason=\"it moves, soon\" -->\n"),
            ["2: broken-link until 2027-01-01 because it moves, soon"]
        );
        assert_eq!(shown("text <!--plansite-ignore a, b reason='x'--> more"), ["1: a because x", "1: b because x"]);
        assert_eq!(shown("<!-- plansite-ignore -->\n<!-- plansite-ignore all -->"), ["1: blanket", "2: blanket"]);
        assert_eq!(shown("<!-- plansite-ignore a until=soon -->"), ["1: `soon` is not a date"]);
        assert_eq!(shown("<!-- plansite-ignore a because=x -->"), ["1: a", "1: odd because"]);
        assert_eq!(shown("<!-- plansite-ignore a reason=\"never closed -->"), ["1: a because never closed"]);
        assert_eq!(
            shown(
                "`<!-- plansite-ignore a -->`\n\n    <!-- plansite-ignore b -->\n```\n<!-- plansite-ignore c -->\n```\n"
            ),
            [""; 0]
        );
    }

    #[test]
    fn frontmatter() {
        assert_eq!(shown("---\nplansite: {ignore: [expired, stale]}\n---\n"), ["2: expired", "2: stale"]);
        assert_eq!(
            shown(
                "---\nplansite:\n  ignore:\n    - rule: expired\n      until: 2027-01-01\n      reason: waits\n---\n"
            ),
            ["4: expired until 2027-01-01 because waits"]
        );
        assert_eq!(shown("---\nplansite:\n  ignore: true\n---\n"), ["3: blanket"]);
        assert_eq!(shown("---\nplansite:\n  other: x\n---\n"), [""; 0]);
    }
}
