//! A diagnosis for people: what needs a hand first, then what is in use, the configuration last.

use std::fmt::Write;

use super::{Diagnosis, Gap, Reason, Spot};
use crate::words;

/// Lines of a list that are shown unless all are asked for.
const SHOWN: usize = 8;
/// A word is cut to this many characters.
const WIDEST: usize = 44;

/// The text. `prefix` leads from the repository's root to the collection's; `all` leaves no list cut.
pub fn print(diagnosis: &Diagnosis, prefix: &str, all: bool) -> String {
    let printer = Printer { prefix, shown: if all { usize::MAX } else { SHOWN } };
    let mut out = String::new();
    let counts = &diagnosis.documents;
    let parts = [
        (counts.tracked, format!("{} tracked", counts.tracked)),
        (counts.templates, words::count(counts.templates, "template", "templates")),
        (counts.pages, words::count(counts.pages, "page", "pages")),
    ];
    let parts = parts.into_iter().filter(|(number, _)| *number > 0).map(|(_, what)| what);
    let head = words::count(counts.all, "document", "documents");
    // writing to a string cannot fail
    let _ = writeln!(out, "{head}: {}", parts.collect::<Vec<_>>().join(", "));
    for reason in [Reason::Unreadable, Reason::UnknownStatus, Reason::UnknownType, Reason::NoKind, Reason::NoStatus] {
        let gaps: Vec<&Gap> = diagnosis.unplaced.iter().filter(|gap| gap.reason == reason).collect();
        out += &printer.list(title(reason), &gaps.iter().map(|gap| printer.gap(gap)).collect::<Vec<_>>());
    }
    let misses = diagnosis.near_misses.iter().map(|miss| {
        let read = if miss.read { ", read as such" } else { "" };
        printer.row(
            miss.documents.len(),
            &miss.key,
            &format!("meant is `{}`{read}", miss.meant),
            miss.documents.first(),
        )
    });
    out += &printer.list("Keys that are nearly known ones", &misses.collect::<Vec<_>>());
    let left = diagnosis.placeholders.iter().map(|left| {
        let first = if left.count == 1 { left.first.clone() } else { format!("{} …", left.first) };
        printer.row(left.count, &first, "", Some(&left.spot))
    });
    out += &printer.list("Placeholders left", &left.collect::<Vec<_>>());
    let dialects = diagnosis.dialects.iter();
    out += &printer.list(
        "Dialects",
        &dialects.map(|found| printer.row(found.documents, found.name, found.about, None)).collect::<Vec<_>>(),
    );
    let statuses = diagnosis.statuses.iter().filter(|found| found.stage != "unknown");
    out += &printer.list(
        "Status words",
        &statuses
            .map(|found| printer.row(found.documents, &found.word, found.stage, Some(&found.example)))
            .collect::<Vec<_>>(),
    );
    let known = diagnosis.keys.iter().filter_map(|found| Some((found, found.fact?)));
    out += &printer.list(
        "Keys that are read",
        &known
            .map(|(found, fact)| printer.row(found.documents, &found.key, fact, Some(&found.example)))
            .collect::<Vec<_>>(),
    );
    // what one document alone has is no habit
    let unknown = diagnosis.keys.iter().filter(|found| found.fact.is_none() && (all || found.documents > 1));
    out += &printer.list(
        "Keys that say nothing to plansite",
        &unknown.map(|found| printer.row(found.documents, &found.key, "", Some(&found.example))).collect::<Vec<_>>(),
    );
    let templates = diagnosis.templates.iter();
    out += &printer.list(
        "Templates",
        &templates
            .map(|path| Row { count: None, word: format!("{prefix}{path}"), ..Row::default() })
            .collect::<Vec<_>>(),
    );
    if !diagnosis.config.is_empty() {
        let _ = write!(out, "\nA plansite.toml that names what is unknown:\n\n{}", diagnosis.config);
    }
    out
}

fn title(reason: Reason) -> &'static str {
    match reason {
        Reason::Unreadable => "Can't be read",
        Reason::UnknownStatus => "Status words that nobody knows",
        Reason::UnknownType => "`type:` that is no kind",
        Reason::NoKind => "With a status, but nothing says which kind: a page",
        Reason::NoStatus => "Nothing says where they stand",
    }
}

/// A line of a list.
#[derive(Debug, Default)]
struct Row {
    count: Option<usize>,
    word: String,
    note: String,
    place: String,
}

/// The last folders of a path, because they tell more than the first ones.
fn ending(folder: &str) -> String {
    let from = folder.char_indices().rev().nth(WIDEST - 2).map_or(0, |(at, _)| at);
    let cut = folder[from..].find('/').filter(|at| from > 0 && from + at + 1 < folder.len());
    match cut {
        Some(at) => format!("…{}", &folder[from + at..]),
        None => folder.to_string(),
    }
}

struct Printer<'a> {
    prefix: &'a str,
    shown: usize,
}

impl Printer<'_> {
    fn row(&self, count: usize, word: &str, note: &str, spot: Option<&Spot>) -> Row {
        let word = words::shorten(&words::visible(word), WIDEST);
        let line = |spot: &Spot| spot.line.map(|line| format!(":{line}")).unwrap_or_default();
        let place = |spot: &Spot| format!("{}{}{}", self.prefix, words::visible(&spot.path), line(spot));
        Row { count: Some(count), word, note: words::visible(note), place: spot.map(place).unwrap_or_default() }
    }

    fn gap(&self, gap: &Gap) -> Row {
        let folder = matches!(gap.reason, Reason::NoKind | Reason::NoStatus);
        let about = if folder { ending(&format!("{}{}", self.prefix, gap.about)) } else { gap.about.clone() };
        let mut row = self.row(gap.documents.len(), &about, "", gap.documents.first());
        if gap.reason == Reason::Unreadable {
            row.word = words::shorten(&words::visible(&gap.about), 2 * WIDEST);
        }
        if folder {
            // the folder is said; the file's name is enough
            row.place = row.place.rsplit('/').next().unwrap_or_default().to_string();
        }
        row
    }

    /// A list under its title: counts to the right, words and notes in columns, and what is left out in a word.
    fn list(&self, title: &str, rows: &[Row]) -> String {
        if rows.is_empty() {
            return String::new();
        }
        let mut out = format!("\n{title}\n");
        let left = rows.len().saturating_sub(self.shown);
        // one more line is no longer than saying that there is one
        let shown = if left <= 1 { rows.len() } else { self.shown };
        let rows = &rows[..shown.min(rows.len())];
        let width = |of: fn(&Row) -> usize| rows.iter().map(of).max().unwrap_or(0);
        let counts = width(|row| row.count.map_or(0, |count| count.to_string().len()));
        let word = width(|row| row.word.chars().count());
        let note = width(|row| row.note.chars().count());
        for row in rows {
            let count = row.count.map(|count| format!("{count:>counts$}  ")).unwrap_or_default();
            let line = match (note, row.place.is_empty()) {
                (0, _) => format!("  {count}{:word$}  {}", row.word, row.place),
                _ => format!("  {count}{:word$}  {:note$}  {}", row.word, row.note, row.place),
            };
            out += line.trim_end();
            out.push('\n');
        }
        if left > 1 {
            out += &format!("  and {left} more\n");
        }
        out
    }
}
