//! How much work it is: amounts such as `4-8 hours`, and the total a document names.

use super::outline::Outline;
use super::phase_tables::is_total;
use super::{columns, text};
use crate::read::body::{Content, Table};
use crate::source::{Source, Spanned};

/// Units of work, lower case.
const UNITS: &[&str] = &[
    "m",
    "min",
    "mins",
    "minute",
    "minutes",
    "h",
    "hr",
    "hrs",
    "hour",
    "hours",
    "d",
    "day",
    "days",
    "w",
    "wk",
    "wks",
    "week",
    "weeks",
    "month",
    "months",
    "sp",
    "pt",
    "pts",
    "points",
    "story points",
    "pd",
    "person days",
    "person-days",
    "stunden",
    "tage",
    "wochen",
    "horas",
    "días",
    "dias",
    "semanas",
    "heures",
    "jours",
    "semaines",
];
/// Heads of the columns of amounts; the last one of a table counts.
const COLUMNS: &[&str] = &[
    "estimated effort",
    "estimated time",
    "estimated hours",
    "estimate",
    "effort",
    "time",
    "duration",
    "hours",
    "aufwand",
    "duración",
    "esfuerzo",
];
/// Labels that name the total.
const LABELS: &[&str] = &[
    "total",
    "total effort",
    "total estimate",
    "total estimated effort",
    "total estimated time",
    "total time",
    "total duration",
    "overall effort",
    "overall estimate",
    "overall duration",
    "estimated total",
    "estimated total effort",
    "estimated total time",
    "estimated effort",
    "estimated duration",
    "effort estimate",
    "total estimated duration",
    "gesamtaufwand",
    "esfuerzo total",
];

/// An amount of work: a number or a range, and a unit: `2h`, `~4-8 hours`, `Est: 3 days`.
pub fn is_amount(text: &str) -> bool {
    let text = text.trim().trim_matches(['*', '~', '≈', '<', '>', '±']).trim().to_lowercase();
    let text = ["est:", "est.", "estimate:", "estimated:", "about", "ca."]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(&text)
        .trim_start_matches([' ', '~', '≈']);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '–' | ' ' | '/' | '½');
    let rest = text.trim_start_matches(number);
    let rest = rest.strip_prefix("to ").map_or(rest, |rest| rest.trim_start_matches(number));
    let unit = rest.split([' ', ',', ';', '/', '(', '+', '.']).next().unwrap_or("");
    UNITS.contains(&unit) || rest.starts_with("person") || rest.starts_with("story point")
}

/// The total, from a table's last row, from a line or from a heading.
pub fn total(source: &Source, outline: &Outline<'_>) -> Option<Spanned<String>> {
    let place = |text: String, line: u32| Spanned::new(text, source.line_span(line as usize));
    let row = |table: &Table| {
        let column = table.head.iter().rposition(|head| COLUMNS.contains(&head.as_str()))?;
        let row = table.rows.iter().find(|row| row.cells.first().is_some_and(|cell| is_total(cell)))?;
        let amount = columns::value(row, Some(column)).filter(|amount| !crate::read::placeholder::within(amount))?;
        let counted = table.head[column].contains("hours") && amount.starts_with(|c: char| c.is_ascii_digit());
        (is_amount(&amount) || counted).then(|| place(amount, row.line))
    };
    let named = |name: &str| {
        let likely = name.len() <= 30 && name.starts_with(['t', 'T', 'e', 'E', 'o', 'O', 'g', 'G']);
        likely && LABELS.contains(&name.to_lowercase().trim())
    };
    let said = |at: usize| {
        outline.blocks[at].said().iter().find_map(|said| {
            let (name, value) = match &said.label {
                Some(label) => (label.as_str(), said.text.as_str()),
                None => text::pair(&said.text)?,
            };
            (named(name) && is_amount(value) && !value.starts_with('<'))
                .then(|| text::value(text::sentence(value)))
                .flatten()
                .map(|value| place(value, said.line))
        })
    };
    let tables = || {
        outline.blocks.iter().find_map(|block| match &block.content {
            Content::Table(table) => row(table),
            _ => None,
        })
    };
    let headings = || {
        outline.headings.iter().find_map(|heading| {
            let (name, value) = text::pair(&heading.text)?;
            (named(name) && is_amount(value)).then(|| place(value.to_string(), heading.line))
        })
    };
    tables().or_else(|| (0..outline.blocks.len()).find_map(said)).or_else(headings)
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::is_amount;

    #[test]
    fn amounts_and_totals() {
        for amount in
            ["2h", "~4-8 hours", "Est: 3 days", "1.5 hours", "15m", "2 to 3 weeks", "~3.5 hours", "8 story points"]
        {
            assert!(is_amount(amount), "{amount}");
        }
        for other in ["P1", "Week 3", "3 of 4", "hours", "[X hours]", "2026-01-01", "12 apples"] {
            assert!(!is_amount(other), "{other}");
        }
        let effort = |text: &str| {
            shown(text, |anatomy| anatomy.effort.iter().map(|effort| effort.value.clone()).collect::<Vec<_>>())
        };
        let table = "| Phase | Complexity | Estimated Effort |\n|-|-|-|\n| Setup | Low | 1 hour |\n| **Total** | | **7-11 hours** |\n";
        assert_eq!(effort(table), ["7-11 hours"]);
        assert_eq!(effort("## Total Estimated Time: ~2.5-3 hours\n"), ["~2.5-3 hours"]);
        assert_eq!(effort("- **Total duration**: 16-24 days\n"), ["16-24 days"]);
        assert!(effort("| Phase | Effort |\n|-|-|\n| **Total** | **[X hrs]** |\n").is_empty());
    }
}
