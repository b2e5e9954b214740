//! Template placeholders: words in brackets that nobody replaced, `YYYY-MM-DD`, `{{NAME}}`.
//!
//! Brackets have many uses in Markdown (`[P1]`, `[WIP]`, links, boxes), so only those count whose words come from the
//! templates' vocabulary.

use super::lines::Line;
use crate::source::{Source, Span};

/// Words one of which a placeholder in brackets holds, lower case.
const VOCABULARY: &str = "action actions add adr alternative amount approach approver area aspect assigned assumption audience author \
    baseline blocker brief budget capability category change channel component condition conditions contact \
    content context core cost criteria criterion date dates days decision deliverable dependency describe \
    description detail details duration e.g. effort end estimate estimated explain feature frequency goal \
    goal/feature feature/goal high hours how h/m/l impact insert integration item key link list low \
    low/med/high low/medium/high high/medium/low metric milestone mitigation name need new non-goal number \
    objective old option output outcome owner path percentage person phase placeholder plan primary problem \
    procedure project purpose q question rationale reason related requirement research responsible result reviewer \
    risk role scenario scope sentence sentences service skills specific stakeholder start status step steps strategy \
    success summary system system/library target task team team/person test time title tool tool/service topic trigger update user \
    value version what when where which who why x x% y% yes/no your major entire distilled yyyy-mm-dd yyyy internal/external \
    internal";

/// Longer lines are data, not prose from a template.
const LONGEST_LINE: usize = 4096;

/// All placeholders of a body in order. Code spans are passed over.
pub fn find(source: &Source, lines: &[Line<'_>]) -> Vec<Span> {
    let mut found = Vec::new();
    for line in lines {
        let long = line.text.len() > LONGEST_LINE;
        if !long && (line.text.contains(['[', '{']) || line.text.contains("YYYY")) {
            in_line(line, &mut found);
        }
    }
    // `[core team]` with `[core team]: https://…` somewhere is a link
    let defined: Vec<&str> =
        lines.iter().filter_map(|line| line.text.trim_start().split_once("]: ")).map(|(label, _)| label).collect();
    let link = |text: &str| {
        defined.iter().any(|label| text.strip_suffix(']').is_some_and(|text| text.eq_ignore_ascii_case(label)))
    };
    found.retain(|span| !source.slice(*span).is_empty() && !link(source.slice(*span)));
    found.sort_unstable();
    found
}

/// Whether a value as a whole is a placeholder: `[Owner]`, `YYYY-MM-DD`, `{{name}}`, `<name>`.
pub fn is_whole(text: &str) -> bool {
    let text = text.trim().trim_matches(['"', '\'', '*', '`']);
    let line = Line { number: 1, start: 0, text };
    let mut found = Vec::new();
    in_line(&line, &mut found);
    let whole = found.first().is_some_and(|span| span.start == 0 && span.end as usize == text.len());
    whole || (text.starts_with('<') && text.ends_with('>') && bracketed(&text[1..text.len() - 1]))
}

/// Whether a text holds a placeholder.
pub fn within(text: &str) -> bool {
    let mut found = Vec::new();
    in_line(&Line { number: 1, start: 0, text }, &mut found);
    !found.is_empty()
}

fn in_line(line: &Line<'_>, found: &mut Vec<Span>) {
    let text = line.text;
    let code = code_spans(text);
    let mut push = |start: usize, end: usize| {
        if !code.iter().any(|(from, to)| start >= *from && start < *to) {
            found.push(Span::new(line.start + start, line.start + end));
        }
    };
    for (start, _) in text.match_indices('[') {
        let Some(end) = text[start..].find(']').map(|at| start + at) else { break };
        let inner = &text[start + 1..end];
        let after = text[end + 1..].chars().next();
        let ticked = matches!(inner, "x" | "X") && text[..start].trim().trim_end_matches('.').len() <= 3;
        let linked = ticked
            || matches!(after, Some('(' | '['))
            || (after == Some(':') && text[..start].trim().is_empty())
            || text[..start].ends_with(['[', '!', ']']);
        if !linked && !inner.contains('[') && bracketed(inner) {
            push(start, end + 1);
        }
    }
    for (start, _) in text.match_indices("{{") {
        if let Some(end) = text[start..].find("}}").filter(|length| *length < 60) {
            push(start, start + end + 2);
        }
    }
    for (start, _) in text.match_indices("YYYY-MM-DD") {
        let inside = text[..start].ends_with('[') && text[start + 10..].starts_with(']');
        // after such a word it names a format
        let before = text[..start].trim_end().rsplit(' ').next().unwrap_or("").to_lowercase();
        let value = !matches!(
            before.as_str(),
            "as" | "in" | "a" | "an" | "the" | "like" | "is" | "with" | "to" | "of" | "use" | "using"
        );
        if !inside && value {
            push(start, start + 10);
        }
    }
}

fn bracketed(inner: &str) -> bool {
    let inner = inner.trim();
    let letters = inner.chars().any(char::is_alphabetic);
    if !letters || inner.len() > 160 || inner.starts_with(['^', '#', '@', '!']) {
        return false;
    }
    if inner.contains(" | ") || inner.starts_with("...") {
        return true;
    }
    let lower = inner.to_lowercase();
    // `[start, end]` and `[0u8, …]` are values of some language
    let listed = inner.contains(',') && inner.split(',').all(|part| !part.trim().contains(' '));
    if listed || lower.starts_with("evidence") {
        return false;
    }
    let count = |word: &&str| word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let first = lower.split([' ', ',', ':']).find(|word| !count(word)).unwrap_or("");
    let last = lower.rsplit(' ').next().unwrap_or("");
    let bare = |word: &str| {
        word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | '?')).to_string()
    };
    let known = |word: &str| vocabulary(word) || vocabulary(&bare(word));
    // one bare lower-case word is more often a reference than a placeholder
    let wordy = inner.contains([' ', '/', '-', '.']) || inner.starts_with(char::is_uppercase) || inner.ends_with('%');
    wordy && (known(first) || known(last) || inner.ends_with("..."))
}

fn vocabulary(word: &str) -> bool {
    VOCABULARY.split(' ').any(|known| known == word)
}

fn code_spans(text: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find('`').map(|at| from + at) {
        let ticks = text[start..].bytes().take_while(|byte| *byte == b'`').count();
        let Some(end) = text[start + ticks..].find(&text[start..start + ticks]).map(|at| start + ticks + at) else {
            break;
        };
        spans.push((start, end + ticks));
        from = end + ticks;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut spans = Vec::new();
        in_line(&Line { number: 1, start: 0, text }, &mut spans);
        spans.iter().map(|span| &text[span.start as usize..span.end as usize]).collect()
    }

    #[test]
    fn placeholders_and_their_look_alikes() {
        assert_eq!(found("# [Feature/Goal] Implementation Plan"), ["[Feature/Goal]"]);
        assert_eq!(
            found("- [ ] [Deliverable 1] - [What \"done\" looks like]"),
            ["[Deliverable 1]", "[What \"done\" looks like]"]
        );
        assert_eq!(found("| [Risk 1] | [H/M/L] | [How to prevent/handle] | [Name] |").len(), 4);
        assert_eq!(found("**Date:** YYYY-MM-DD or [YYYY-MM-DD], {{NAME}}").len(), 3);
        assert_eq!(found("[Draft | Active]"), ["[Draft | Active]"]);
        assert_eq!(found("dates are written as YYYY-MM-DD there"), [""; 0]);
        for fine in [
            "[start, end]",
            "[0u8, 33u8, ...]",
            "[Issue 21407]",
            "[link](x.md)",
            "[P1] [WIP] [x] [ ] [1] [^note]",
            "- [X] ticked",
            "  10. [X] ticked",
            "[RFC 12]",
            "`[Name]`",
            "[x][date]",
            "[Plan]: x.md",
            "[[Date]]",
            "arr[index]",
            "[US1]",
        ] {
            assert_eq!(found(fine), [""; 0], "{fine}");
        }
    }
}
