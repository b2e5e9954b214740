//! A preamble set as code: the lines `BIP: 341`, `Title: …`, `Status: Draft` in a fence or a `<pre>` at the very top, as
//! improvement proposals carry them over from plain text.

use super::fact;
use crate::model::{Field, Origin, Value};
use crate::source::{Source, Span, Spanned};

/// Lines before the block that are searched, and lines of the block that are read.
const REACH: usize = 12;
const LONGEST: usize = 60;
/// So many pairs with a known key make it a preamble and no example.
const ENOUGH: usize = 3;

/// The pairs of the block; none where the document doesn't begin with one.
pub fn read(source: &Source, from: u32) -> Vec<Field> {
    let first = source.place(from).line as usize;
    let Some(open) = (first..first + REACH).find(|line| !passed_over(source.line(*line))) else { return Vec::new() };
    let mark = source.line(open).trim();
    let close = if mark.starts_with("```") || mark.starts_with("~~~") { &mark[..3] } else { "</pre>" };
    if close == "</pre>" && !mark.starts_with("<pre") {
        return Vec::new();
    }
    let end = source.text.len();
    let mut fields: Vec<Field> = Vec::new();
    for line in open + 1..open + LONGEST {
        let text = source.line(line);
        if source.line_start(line) as usize >= end || text.trim().starts_with(close) {
            break;
        }
        match pair(text) {
            Some((key, value)) => fields.push(field(source, key, value)),
            // a line further in goes on with the value above
            None if text.starts_with("   ") => match fields.last_mut() {
                Some(above) => above.value = longer(&above.value, source, text.trim()),
                None => return Vec::new(),
            },
            None if text.trim().is_empty() => {}
            None => return Vec::new(),
        }
    }
    let config = Default::default();
    let known = fields.iter().filter(|field| fact::of(&field.key.value, &[], &config).is_some()).count();
    if known >= ENOUGH { fields } else { Vec::new() }
}

fn passed_over(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with("# ") || (line.starts_with("<!--") && line.ends_with("-->"))
}

fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let key = key.trim();
    let parted = value.is_empty() || value.starts_with([' ', '\t']);
    (!key.is_empty() && key.len() <= 30 && key.chars().all(word) && parted).then_some((key, value.trim()))
}

fn field(source: &Source, key: &str, value: &str) -> Field {
    let spanned = |text: &str| Spanned::new(text.to_string(), Span::of(text, &source.text));
    Field { key: spanned(key), value: Value::Scalar(spanned(value)), origin: Origin::Header }
}

fn longer(value: &Value, source: &Source, more: &str) -> Value {
    let mut values = match value {
        Value::List(values, _) => values.clone(),
        other => vec![other.clone()],
    };
    let span = Span::of(more, &source.text);
    values.push(Value::Scalar(Spanned::new(more.to_string(), span)));
    Value::List(values, Span { start: value.span().start, end: span.end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preambles_but_no_examples() {
        let fields = |text: &str| {
            let source = Source::new("a.md", text);
            read(&source, 0)
                .iter()
                .map(|field| format!("{}={}", field.key.value, field.value.texts().len()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            fields("```\n  BIP: 1\n  Title: T\n  Authors: A <a@b.c>\n           B\n  Status: Draft\n```\n# T"),
            ["BIP=1", "Title=1", "Authors=2", "Status=1"]
        );
        assert_eq!(fields("<pre>\n  BIP: 1\n  Title: T\n  Status: Draft\n</pre>").len(), 3);
        assert_eq!(fields("# T\n```\nfn main() {}\n```\n"), [""; 0]);
        assert_eq!(fields("```yaml\na: b\nc: d\n```\n"), [""; 0]);
        assert_eq!(fields("text\n```\n  BIP: 1\n  Title: T\n  Status: Draft\n```"), [""; 0]);
    }
}
