//! `risks.csv`: every risk of every document as a row of a spreadsheet (RFC 4180), the gravest first.
//!
//! Texts come from documents, and a spreadsheet runs a cell that begins like a formula. So such a beginning gets an
//! apostrophe, in the middle of a cell too where a program that parts cells elsewhere would see a beginning.

use super::{Feed, Files};
use crate::view::{Grade, RiskAt, Scenery};

pub(super) const FEED: Feed = Feed {
    path: "risks.csv",
    about: "every risk with its level, its document and what is done about it (RFC 4180)",
    files: Files::One(make),
};

const HEAD: &[&str] = &[
    "number",
    "level",
    "score",
    "probability",
    "impact",
    "risk",
    "mitigation",
    "owner",
    "status",
    "open",
    "document",
    "title",
    "stage",
    "path",
    "line",
    "url",
];

fn make(scenery: &Scenery<'_>) -> Vec<u8> {
    let mut csv = String::new();
    line(&mut csv, HEAD.iter().map(|name| (*name).to_string()));
    for risk in &scenery.concerns().risks {
        line(&mut csv, cells(scenery, risk).into_iter());
    }
    csv.into_bytes()
}

fn cells(scenery: &Scenery<'_>, at: &RiskAt) -> [String; 16] {
    let collection = scenery.scene.collection;
    let document = &collection.documents[at.document];
    let risk = &document.anatomy.risks[at.nth];
    let face = scenery.face(at.document);
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        format!("R{}", at.number),
        at.grade.map(|grade| grade.level().word().to_lowercase()).unwrap_or_default(),
        at.grade.map(Grade::product).map(|product| product.to_string()).unwrap_or_default(),
        said(&risk.probability),
        said(&risk.impact),
        risk.title.clone(),
        said(&risk.mitigation),
        said(&risk.owner),
        said(&risk.status),
        if at.open { "yes" } else { "no" }.into(),
        face.id.clone(),
        face.title.clone(),
        document.stage().map(|stage| stage.word().to_string()).unwrap_or_default(),
        format!("{}{}", scenery.scene.prefix, document.path()),
        risk.line.to_string(),
        collection.addresses[at.document].clone(),
    ]
}

/// Every cell is quoted, so that nothing depends on which sign a program takes for the end of one.
fn line(csv: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        csv.push_str(if at == 0 { "\"" } else { ",\"" });
        csv.push_str(&harmless(&cell).replace('"', "\"\""));
        csv.push('"');
    }
    csv.push_str("\r\n");
}

/// The cell with an apostrophe before whatever a spreadsheet would run. Control characters but line ends become spaces.
fn harmless(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len() + 1);
    let mut begins = true;
    for c in cell.chars() {
        let c = if c.is_control() && !matches!(c, '\n' | '\t') { ' ' } else { c };
        let formula = matches!(c, '=' | '+' | '-' | '@' | '\t' | '＝' | '＋' | '－' | '＠');
        if begins && formula {
            safe.push('\'');
        }
        safe.push(c);
        // white space before a formula doesn't save anybody, and each of these signs ends a cell somewhere
        begins = match c {
            ',' | ';' | '\t' | '\n' | '|' | '"' | '\'' => true,
            ' ' | '\u{a0}' | '\u{feff}' | '\u{200b}' => begins && safe.trim().is_empty(),
            _ => false,
        };
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads CSV as RFC 4180 has it.
    fn parsed(csv: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
        let mut rest = csv.chars().peekable();
        while let Some(c) = rest.next() {
            match (quoted, c) {
                (true, '"') if rest.peek() == Some(&'"') => {
                    rest.next();
                    cell.push('"');
                }
                (_, '"') => quoted = !quoted,
                (false, ',') => row.push(std::mem::take(&mut cell)),
                (false, '\r') => assert_eq!(rest.peek(), Some(&'\n'), "a line ends with CR and LF"),
                (false, '\n') => {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                (_, c) => cell.push(c),
            }
        }
        assert!(!quoted && row.is_empty() && cell.is_empty(), "the last line is ended");
        rows
    }

    #[test]
    fn cells_are_read_back_as_they_were() {
        let cells = ["plain", "a \"quoted\" word", "one, two", "first\nsecond", "", "Ümläut 日本"];
        let mut csv = String::new();
        line(&mut csv, cells.iter().map(|cell| (*cell).to_string()));
        line(&mut csv, ["x".to_string()].into_iter());
        assert_eq!(parsed(&csv), [cells.map(str::to_string).to_vec(), vec!["x".to_string()]]);
    }

    #[test]
    fn no_cell_begins_like_a_formula() {
        for (cell, safe) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+1", "'+1"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t'=1"),
            ("  =1", "  '=1"),
            ("＝1", "'＝1"),
            ("\r=1", " '=1"),
            ("a;=1", "a;'=1"),
            ("a\n@x", "a\n'@x"),
            ("\"=1", "\"'=1"),
            ("a - b = c, d - e", "a - b = c, d - e"),
            ("up to 3-4 days; or 5 %", "up to 3-4 days; or 5 %"),
        ] {
            assert_eq!(harmless(cell), safe, "{cell:?}");
        }
    }
}
