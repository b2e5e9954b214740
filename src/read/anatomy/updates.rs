//! Updates: rows, items, headings and lines with a day (or a version) in sections that keep a log.

use super::outline::Outline;
use super::topic::Topics;
use super::{columns, text};
use crate::date::Date;
use crate::model::Update;
use crate::read::body::{Block, Content, Said, Table};

const DATE: &[&str] = &["date", "when", "day", "timestamp", "datum", "fecha", "data", "updated"];
const VERSION: &[&str] = &["version", "rev", "revision", "release", "versión", "versão"];
const AUTHOR: &[&str] = &["author", "by", "who", "editor", "changed by", "autor", "auteur", "verfasser"];
/// Columns whose texts make up the entry, in this order.
const TEXT: &[&str] = &[
    "change",
    "changes",
    "what",
    "what changed",
    "update",
    "event",
    "summary",
    "phase",
    "task",
    "step",
    "description",
    "entry",
    "status",
    "reason",
    "note",
    "notes",
    "comment",
    "details",
    "änderung",
    "änderungen",
    "cambio",
    "cambios",
    "alteração",
    "alterações",
    "modification",
];
/// What a dated line of metadata says besides its day.
const FIELDS: &[&str] = &["start date", "date", "created", "last updated", "updated", "authors", "author"];
/// Bytes at the start of an item in which its day has to stand.
const REACH: usize = 48;

/// All entries, in the order of the text.
pub fn read(outline: &Outline<'_>) -> Vec<Update> {
    let mut found = Vec::new();
    // the entry a dated heading made, which still lacks its text
    let mut open: Option<(usize, usize)> = None;
    let mut heading = 0;
    for (at, block) in outline.blocks.iter().enumerate() {
        let under = block.under.map_or(0, |under| under + 1);
        (heading.max(1)..=under).for_each(|passed| headed(outline, passed - 1, &mut found, &mut open));
        heading = heading.max(under + 1);
        if !outline.about(at).has(Topics::UPDATES) {
            continue;
        }
        if let Some((entry, dated)) = open {
            if block.under.is_some_and(|under| outline.chain(Some(under)).any(|above| above == dated)) {
                let said = block.said().iter().find(|said| text::value(&said.text).is_some());
                if let Some(said) = said.filter(|_| found[entry].text.is_empty()) {
                    found[entry].text = text::value(&said.whole()).unwrap_or_default();
                }
                continue;
            }
            open = None;
        }
        match &block.content {
            Content::Table(table) => rows(table, &mut found),
            Content::Item(item)
                if item.depth == 0 || item.parent.is_some_and(|parent| only_label(&outline.blocks[parent])) =>
            {
                found.extend(item.said.first().and_then(|said| dated(said, block.line)));
            }
            Content::Paragraph(said) => found.extend(
                said.first()
                    .filter(|said| said.label.is_some() || said.lead > 0)
                    .and_then(|said| dated(said, said.line)),
            ),
            _ => {}
        }
    }
    (heading.max(1)..=outline.headings.len()).for_each(|passed| headed(outline, passed - 1, &mut found, &mut open));
    for update in found.iter_mut().filter(|update| update.text.is_empty()) {
        update.text = update.version.clone().unwrap_or_default();
    }
    found.retain(|update| !update.text.is_empty() && !FIELDS.contains(&update.text.to_lowercase().as_str()));
    found
}

/// `### 2026-05-01`, `## [0.10.1] - 2026-07-22` below a log's heading.
fn headed(outline: &Outline<'_>, at: usize, found: &mut Vec<Update>, open: &mut Option<(usize, usize)>) {
    let above = outline.parent(at).filter(|above| outline.heading_about(*above).has(Topics::UPDATES));
    if above.is_none() || open.is_some_and(|(_, dated)| outline.chain(Some(at)).any(|above| above == dated)) {
        return;
    }
    let heading = &outline.headings[at];
    let Some((day, range)) = text::day(&heading.text) else { return };
    let rest = text::without(&heading.text, range);
    let (version, rest) = versioned(&rest);
    let text = text::title(rest).unwrap_or_default();
    found.push(Update { date: Some(day), version, text, author: None, line: heading.line });
    *open = Some((found.len() - 1, at));
}

fn rows(table: &Table, found: &mut Vec<Update>) {
    let (date, version) = (columns::exact(table, DATE), columns::exact(table, VERSION));
    let author = columns::exact(table, AUTHOR);
    let told: Vec<usize> = TEXT.iter().filter_map(|name| columns::exact(table, &[name])).collect();
    if (date.is_none() && version.is_none()) || told.is_empty() {
        return;
    }
    for row in &table.rows {
        let day = columns::value(row, date).and_then(|cell| text::day(&cell)).map(|(day, _)| day);
        let version = columns::value(row, version).filter(|version| version.contains(|c: char| c.is_ascii_digit()));
        let parts: Vec<String> = told.iter().filter_map(|column| columns::value(row, Some(*column))).collect();
        // a row without a day in a log of days is one that nobody has filled
        let empty = day.is_none() && (date.is_some() || version.is_none());
        let open = parts.first().is_none_or(|first| crate::read::placeholder::is_whole(first));
        if !empty && !open {
            let author = columns::cell(row, author).and_then(text::owner);
            found.push(Update { date: day, version, text: parts.join(" — "), author, line: row.line });
        }
    }
}

/// `2026-05-01: Begun`, `**2.0.0** (2025-11-28): Rewritten`, `**v1.0**: First draft`.
fn dated(said: &Said, line: u32) -> Option<Update> {
    let whole = said.whole();
    let day: Option<(Date, _)> = text::day(&whole).filter(|(_, range)| range.start <= REACH);
    let (date, rest) = match day {
        // a day in the middle of a sentence belongs to it
        Some((day, range)) => {
            let inner = whole[..range.start].ends_with(' ') && whole[range.end..].starts_with([' ', '.', ',']);
            let before = whole[..range.start].trim_end();
            let inner = inner && before.ends_with(char::is_alphabetic);
            (Some(day), if inner { whole.clone() } else { text::without(&whole, range) })
        }
        None => (None, whole),
    };
    let (version, rest) = versioned(&rest);
    if date.is_none() && version.is_none() {
        return None;
    }
    let text = text::title(rest).or_else(|| version.clone().filter(|_| date.is_some()))?;
    Some(Update { date, version, text, author: None, line })
}

/// Cuts `v1.2:` or `[0.10.1] -` off the start.
fn versioned(text: &str) -> (Option<String>, &str) {
    let signs = |c: char| matches!(c, '[' | ']' | ':' | '-' | '–' | '—' | ' ' | ')' | '(' | '*');
    let start = text.trim_start_matches(signs);
    let start = start.strip_prefix("version ").or(start.strip_prefix("Version ")).unwrap_or(start);
    let end = start.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(start.len());
    let word = start[..end].trim_end_matches(['.', '-']);
    let digits = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let digits = digits.split_once('-').map_or(digits, |(digits, _)| digits);
    let apart = start[end..].is_empty() || start[end..].starts_with([':', ']', ' ', ')', '-']);
    let numbered = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.contains('.')
        && digits.split('.').all(|part| !part.is_empty() && part.len() <= 6);
    let numbered = numbered
        || (word.starts_with(['v', 'V']) && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    if numbered && apart { (Some(word.to_string()), start[end..].trim_start_matches(signs)) } else { (None, text) }
}

fn only_label(block: &Block) -> bool {
    block.said().first().is_some_and(|said| said.text.is_empty() && said.label.is_some())
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;

    fn updates(text: &str) -> Vec<String> {
        shown(text, |anatomy| {
            let line = |update: &super::Update| {
                let date = update.date.map_or("-".into(), |day| day.to_string());
                let dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
                format!("{} {date} {} {} ({})", update.line, dash(&update.version), update.text, dash(&update.author))
            };
            anatomy.updates.iter().map(line).collect()
        })
    }

    #[test]
    fn rows_items_and_headings() {
        assert_eq!(
            updates(
                "## Version History\n| Date | Version | Changes | Author |\n|-|-|-|-|\n| 2026-05-01 | 1.0 | Begun | Ana |\n| [Date] | 1.1 | [What changed] | [Name] |\n"
            ),
            ["4 2026-05-01 1.0 Begun (Ana)"]
        );
        assert_eq!(
            updates(
                "## Progress Log\n| Date | Task | Status | Notes |\n|-|-|-|-|\n| 2026-05-01 | Task 1 | ✅ Complete | — |\n| | Task 2 | open | |\n"
            ),
            ["4 2026-05-01 - Task 1 — ✅ Complete (-)"]
        );
        assert_eq!(
            updates(
                "## Revision Notes\n- 2026-05-01: Begun\n- **2.0.0** (2025-11-28): Rewritten\n- **v1.0**: First\n- July 31st 2018: Merged\n- no day here\n"
            ),
            [
                "2 2026-05-01 - Begun (-)",
                "3 2025-11-28 2.0.0 Rewritten (-)",
                "4 - v1.0 First (-)",
                "5 2018-07-31 - Merged (-)"
            ]
        );
        assert_eq!(
            updates(
                "## Update Log\n### 2026-05-02\n**Status:** Half done\n\n- 2026-01-01: not one\n### YYYY-MM-DD\n[Repeat]\n### 2026-04-30 Begun\n## Next\n### 2026-03-03\nx\n"
            ),
            ["2 2026-05-02 - Status: Half done (-)", "8 2026-04-30 - Begun (-)"]
        );
        assert_eq!(
            updates("# Changelog\n## [0.10.1] - 2026-07-22\n### Fixes\n- a thing\n## [0.9.0] - 2026-01-02\n"),
            ["2 2026-07-22 0.10.1 a thing (-)", "5 2026-01-02 0.9.0 0.9.0 (-)"]
        );
    }
}
