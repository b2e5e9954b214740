//! Facts in badges at the top: words in back-ticks (`` `draft` `optional` ``), and images of badge services whose text
//! is `Status: Draft`.

use std::collections::BTreeMap;

use super::lines::Line;
use super::status;
use crate::config::StageWord;
use crate::model::{Field, Origin, Value};
use crate::source::{Source, Span, Spanned};

/// Lines at the top that are searched.
const TOP: usize = 12;

/// The status of the first badge that holds one, and an author where the back-ticks name one.
pub fn read(source: &Source, lines: &[Line<'_>], words: &BTreeMap<String, StageWord>) -> Vec<Field> {
    let mut fields = Vec::new();
    for line in lines.iter().filter(|line| !line.text.trim().is_empty()).take(TOP) {
        fields.extend(quoted(source, line, words));
        fields.extend(image(source, line));
    }
    fields
}

/// A line of nothing but words in back-ticks.
fn quoted(source: &Source, line: &Line<'_>, words: &BTreeMap<String, StageWord>) -> Vec<Field> {
    let text = line.text.trim();
    let parts: Vec<&str> = text.split('`').collect();
    let only =
        text.starts_with('`') && parts.len() % 2 == 1 && parts.iter().step_by(2).all(|gap| gap.trim().is_empty());
    if !only {
        return Vec::new();
    }
    let mut fields = Vec::new();
    for part in parts.iter().skip(1).step_by(2) {
        let author = part.strip_prefix("author:");
        let state = status::exactly(part, &[], words).is_some() || part.eq_ignore_ascii_case("final");
        let named = match author {
            Some(author) => Some(("author", author)),
            None if state => Some(("status", *part)),
            None => None,
        };
        fields.extend(named.map(|(key, value)| field(source, key, value)));
    }
    fields
}

/// `![Status: Draft](…)`, or `![…](https://…/badge/status-draft-yellow)`.
fn image(source: &Source, line: &Line<'_>) -> Option<Field> {
    let text = line.text;
    let start = text.find("![")?;
    let (alt, after) = text[start + 2..].split_once("](")?;
    let target = after.split(')').next()?;
    let lower = alt.to_lowercase();
    if let Some(at) = lower.find("status:") {
        return Some(field(source, "status", alt[at + 7..].trim()));
    }
    let (_, label) = target.split_once("/badge/")?;
    let rest = label.get(..7).filter(|head| head.eq_ignore_ascii_case("status-")).and(label.get(7..))?;
    Some(field(source, "status", rest.split(['-', '.', '?']).next().filter(|word| !word.is_empty())?))
}

fn field(source: &Source, key: &str, value: &str) -> Field {
    let span = Span::of(value, &source.text);
    // a badge's address parts words as addresses do
    let text = value.replace("%20", " ").replace('_', " ");
    Field {
        key: Spanned::new(key.to_string(), span),
        value: Value::Scalar(Spanned::new(text, span)),
        origin: Origin::Badge,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_back_ticks_and_images() {
        let fields = |text: &str| {
            let source = Source::new("a.md", text);
            let lines = super::super::lines::prose(&source, 0);
            let shown = |field: &Field| format!("{}={}", field.key.value, field.value.texts()[0].value);
            read(&source, &lines, &BTreeMap::new()).iter().map(shown).collect::<Vec<_>>()
        };
        assert_eq!(fields("N-1\n===\n\n`draft` `optional` `author:ana`\n"), ["status=draft", "author=ana"]);
        assert_eq!(fields("# T\n![Status: Draft](x.svg)\n"), ["status=Draft"]);
        assert_eq!(
            fields("# T\n![s](https://img.example/badge/Status-In%20Progress-blue.svg)"),
            ["status=In Progress"]
        );
        assert_eq!(fields("# T\nUse `draft` here.\n![CI](https://img.example/badge/build-passing-green)"), [""; 0]);
    }
}
