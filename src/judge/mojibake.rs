//! Text that was read in the wrong encoding once.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    name: "mojibake",
    severity: Severity::Notice,
    what: "characters such as ✅ or → that were once read in the wrong encoding",
    why: "marks in tables of phases lose their meaning",
    fix: "save the file as UTF-8, with the character that was meant",
    example: "| Phase 1 | ‚úÖ |",
    signal: None,
    check,
};

/// What UTF-8 looks like when it is taken for Mac Roman or Windows-1252, and what was meant.
const MARKS: &[(&str, &str)] = &[
    ("‚úÖ", "✅"),
    ("‚ùå", "❌"),
    ("‚Üí", "→"),
    ("‚è≥", "⏳"),
    ("üîÑ", "🔄"),
    ("‚ñ≤", "▲"),
    ("‚Äî", "—"),
    ("‚Äì", "–"),
    ("‚Äô", "’"),
    ("‚Äú", "“"),
    ("‚Ä¢", "•"),
    ("âœ…", "✅"),
    ("âŒ", "❌"),
    ("â†’", "→"),
    ("â€”", "—"),
    ("â€“", "–"),
    ("â€™", "’"),
    ("â€œ", "“"),
    ("â€¢", "•"),
];

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let text = &facts.document.source.text;
    if !text.contains(['‚', 'ü', 'â']) {
        return Vec::new();
    }
    let mut flaws: Vec<Flaw> = Vec::new();
    for (mark, meant) in MARKS {
        let count = text.matches(mark).count();
        if let Some(at) = text.find(mark) {
            let times = if count == 1 { String::new() } else { format!(", {count} times") };
            flaws.push(Flaw::new(
                Span::new(at, at + mark.len()),
                format!("`{mark}` looks like a {meant} read in the wrong encoding{times}"),
            ));
        }
    }
    flaws
}
