//! Facts in HTML comments: `<!-- SPECKIT_LEVEL: 2 -->`, and Google's
//! `<!--* freshness: { owner: 'ana' reviewed: '2026-06-14' } *-->`.

use super::fact;
use crate::model::{Field, Origin, Value};
use crate::source::{Source, Span, Spanned};

/// Longer comments are prose.
const LONGEST: usize = 400;

/// All facts in comments, wherever they stand.
pub fn read(source: &Source) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut from = 0;
    while let Some(start) = source.text[from..].find("<!--").map(|at| from + at + 4) {
        let Some(end) = source.text[start..].find("-->").map(|at| start + at) else { break };
        let inner = &source.text[start..end];
        if let Some((key, value)) = inner.split_once(':').filter(|_| inner.len() <= LONGEST) {
            let (key, value) = (key.trim().trim_start_matches("* "), value.trim().trim_end_matches('*').trim_end());
            // a comment beside other words is about them: `- [ ] task <!-- id: 7 -->`
            let line = source.line(source.place(start as u32).line as usize).trim();
            let alone = line.starts_with("<!--");
            let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
            // Google's has a star within each end
            let block = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
            match block {
                Some(block) if fact::normal(key) == "freshness" => fields.extend(pairs(source, block)),
                _ if alone && !key.is_empty() && key.chars().all(word) && !inner.contains('\n') => {
                    fields.push(field(source, key, value));
                }
                _ => {}
            }
        }
        from = end;
    }
    fields
}

/// `owner: 'ana' reviewed: '2026-06-14'`, with or without quotes, commas and line ends between them.
fn pairs<'s>(source: &'s Source, block: &'s str) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut rest = block;
    while let Some((key, value)) = rest.split_once(':') {
        let key = key.trim_matches(|c: char| !c.is_alphanumeric());
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'));
        let (value, next) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find([' ', ',', '\n']).unwrap_or(value.len())),
        };
        fields.push(field(source, key, value));
        rest = next;
    }
    fields
}

fn field(source: &Source, key: &str, value: &str) -> Field {
    let spanned = |text: &str| Spanned::new(text.to_string(), Span::of(text, &source.text));
    Field { key: spanned(key), value: Value::Scalar(spanned(value)), origin: Origin::Comment }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_facts_and_freshness_blocks() {
        let source = Source::new(
            "a.md",
            "<!-- SPECKIT_LEVEL: 2 -->\n<!--* freshness: { owner: 'ana' reviewed: '2026-06-14'\n review_interval: \"6 months\" } *-->\n<!-- see: this\nor that -->",
        );
        let shown: Vec<String> = read(&source)
            .iter()
            .map(|field| format!("{}={}", field.key.value, source.slice(field.value.span())))
            .collect();
        assert_eq!(shown, ["SPECKIT_LEVEL=2", "owner=ana", "reviewed=2026-06-14", "review_interval=6 months"]);
    }
}
