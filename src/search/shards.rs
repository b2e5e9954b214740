//! The index as files: scripts that hand one JSON array to `plansiteSearch.shard`.
//!
//! `search/router.js` says what there is and narrows results; `index-N.js` holds a range of terms, `store-N.js` the
//! cards of 32 documents, `text-N.js` the texts for excerpts, `words-N.js` the words that a misspelt one may have meant.
//! Nothing in a file is HTML or a key of an object, so no text of a document can be taken for either.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::date::Date;
use crate::model::{Document, Freshness, KINDS, STAGES, Stage};
use crate::search::builder::{Index, Spelling, Term};
use crate::search::text::Section;
use crate::search::{Card, FIELDS, File};

/// Bytes of an index file before compression; about 20 KB after.
const INDEX: usize = 56 * 1024;
/// Bytes of a file of texts.
const TEXT: usize = 24 * 1024;
/// Bytes of a file of words.
const WORDS: usize = 48 * 1024;
/// Documents in a file of cards.
const CARDS: usize = 32;
/// How much of a section is kept for excerpts, in characters. The index covers all of it.
const SHOWN: usize = 16 * 1024;

/// The files of an index, each made when it is asked for, so that they can be made side by side.
#[derive(Debug)]
pub struct Files {
    stamp: String,
    index: Index,
    /// Where the terms of each index file begin and end.
    ranges: Vec<(usize, usize)>,
    /// The words of each file of words.
    words: Vec<Vec<Spelling>>,
    cards: Vec<Card>,
    texts: Texts,
}

impl Files {
    pub(super) fn new(index: Index, words: &[Spelling], cards: Vec<Card>, texts: Texts, hash: u64) -> Files {
        let ranges = ranges(&index.terms);
        Files { stamp: format!("{hash:016x}"), index, ranges, words: letters(words), cards, texts }
    }

    /// How many there are, without the files of texts that [`Builder::add`](super::Builder::add) gave.
    pub fn count(&self) -> usize {
        1 + self.ranges.len() + self.words.len() + self.cards.len().div_ceil(CARDS) + usize::from(self.texts.begun())
    }

    /// One of them, counted from 0; absent past the end.
    pub fn file(&self, at: usize) -> Option<File> {
        let stores = self.cards.len().div_ceil(CARDS);
        let (index, words) = (self.ranges.len(), self.words.len());
        let (name, json) = match at {
            at if at < index => (format!("index-{at}"), self.index_file(at)),
            at if at < index + stores => (format!("store-{}", at - index), self.store_file(at - index)),
            at if at < index + stores + words => {
                let at = at - index - stores;
                let pairs =
                    self.words[at].iter().flat_map(|(word, documents)| [Value::from(&**word), (*documents).into()]);
                (format!("words-{at}"), quoted(&pairs.collect()))
            }
            at if at == index + stores + words => ("router".to_string(), self.router_file()),
            at if at + 1 == self.count() => return self.texts.rest(),
            _ => return None,
        };
        Some(file(&name, &self.stamp, &json))
    }

    fn index_file(&self, at: usize) -> String {
        let (start, end) = self.ranges[at];
        let rows: Vec<String> = self.index.terms[start..end].iter().map(|term| postings(&self.index, term)).collect();
        format!("[{}]", rows.join(",\n"))
    }

    fn store_file(&self, at: usize) -> String {
        let cards = self.cards.iter().zip(&self.texts.of).skip(at * CARDS).take(CARDS);
        format!("[{}]", cards.map(|(card, text)| row(card, *text)).collect::<Vec<_>>().join(",\n"))
    }

    fn router_file(&self) -> String {
        let terms = &self.index.terms;
        let mut router = router(&self.cards);
        router["fields"] = FIELDS.iter().map(|field| field.name).collect();
        router["index"] = self.ranges.iter().map(|(start, _)| &*terms[*start].name).collect();
        router["words"] = self.words.iter().map(|group| first(&group[0].0)).collect();
        let language = self.index.language;
        let [own, ascii] = language.stemmers();
        router["language"] = json!({"code": language.code, "own": own, "ascii": ascii, "scripts": language.scripts()});
        router["stop"] = language.stops().collect();
        router["common"] = terms.iter().filter(|term| term.common).map(|term| &*term.name).collect();
        quoted(&router)
    }
}

/// A document's sections for excerpts: level, heading, anchor, text.
pub fn sections(document: &Document, sections: &[Section]) -> String {
    let rows = sections.iter().filter_map(|section| {
        let text = section.text.trim();
        let text = text.char_indices().nth(SHOWN).map_or(text, |(at, _)| &text[..at]);
        let heading = section.heading.map(|heading| &document.anatomy.headings[heading]);
        match heading {
            Some(heading) => Some(json!([heading.level, heading.text, heading.anchor, text])),
            None if text.is_empty() => None,
            None => Some(json!([0, "", "", text])),
        }
    });
    quoted(&rows.collect())
}

/// Texts on their way out.
#[derive(Debug, Default)]
pub struct Texts {
    /// For each document the number of the file with its text.
    of: Vec<u32>,
    number: u32,
    open: String,
}

impl Texts {
    /// Takes the next document's sections, as JSON. Gives the file that they filled.
    pub fn add(&mut self, url: &str, sections: &str) -> Option<File> {
        self.of.push(self.number);
        self.open.push_str(if self.open.is_empty() { "[[" } else { ",\n[" });
        let _ = write!(self.open, "{},{},{sections}]", self.of.len() - 1, quoted(&url.into()));
        if self.open.len() < TEXT {
            return None;
        }
        let full = self.rest();
        self.open.clear();
        self.number += 1;
        full
    }

    fn begun(&self) -> bool {
        !self.open.is_empty()
    }

    /// What is not in a file yet. A text goes with its page's address instead of the stamp, which isn't known before
    /// the last document.
    fn rest(&self) -> Option<File> {
        self.begun().then(|| file(&format!("text-{}", self.number), "", &format!("{}]", self.open)))
    }
}

/// What every query needs: names for what results are narrowed by, and for each document where it belongs.
fn router(cards: &[Card]) -> Value {
    let mut owners: Vec<&str> = cards.iter().flat_map(|card| &card.owners).map(String::as_str).collect();
    owners.sort_unstable();
    owners.dedup();
    let owner = |name: &String| owners.binary_search(&name.as_str()).unwrap_or(0);
    let place = |at: Option<usize>| at.map_or('-', |at| char::from(b'0' + at as u8));
    let column = |of: &dyn Fn(&Card) -> Option<usize>| cards.iter().map(|card| place(of(card))).collect::<String>();
    json!({
        "documents": cards.len(),
        "kinds": KINDS.iter().map(|kind| json!([kind.word, kind.plural])).collect::<Value>(),
        "stages": STAGES.iter().map(|stage| json!([stage.word(), group(*stage).0, group(*stage).1])).collect::<Value>(),
        "states": STATES.iter().map(|(state, label, class, icon)| json!([state.word(), label, class, icon])).collect::<Value>(),
        "owners": owners,
        "kind": column(&|card| KINDS.iter().position(|kind| kind.kind == card.kind)),
        "stage": column(&|card| STAGES.iter().position(|stage| Some(*stage) == card.stage)),
        "state": column(&|card| state(card.freshness)),
        "dead": cards.iter().map(|card| if card.dead { '1' } else { '0' }).collect::<String>(),
        "owner": cards.iter().map(|card| card.owners.iter().map(owner).collect::<Value>()).collect::<Value>(),
        "turns": cards.iter().enumerate().flat_map(|(at, card)| card.turns.iter().filter_map(move |(day, freshness)| {
            Some(json!([at, day_number(*day), state(*freshness)?]))
        })).collect::<Value>(),
    })
}

/// Freshness as results show it after the day of the build.
const STATES: &[(Freshness, &str, &str, &str)] = &[
    (Freshness::Expired, "Expired", "chip c-red", "expired"),
    (Freshness::ReviewOverdue, "Review overdue", "chip c-amber", "review"),
    (Freshness::Due, "Due soon", "chip c-amber", "due"),
    (Freshness::Unscheduled, "No expiry date", "chip", "noexpiry"),
    (Freshness::Fresh, "Fresh", "", "fresh"),
    (Freshness::Exempt, "", "", ""),
];

fn state(freshness: Freshness) -> Option<usize> {
    STATES.iter().position(|(state, ..)| *state == freshness)
}

/// Stages that answer the same question, for narrowing results.
fn group(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Draft | Stage::Proposed | Stage::Active | Stage::Blocked => ("open", "Open"),
        Stage::Accepted | Stage::Rejected => ("decided", "Decided"),
        Stage::Completed => ("completed", "Completed"),
        Stage::Superseded => ("superseded", "Superseded"),
        Stage::Deprecated | Stage::Archived => ("archived", "Archived"),
        Stage::Unknown => ("unknown", "Unknown"),
    }
}

/// Days since 1970-01-01.
fn day_number(day: Date) -> i32 {
    jiff::civil::date(1970, 1, 1).until(day).map_or(0, |span| span.get_days())
}

fn row(card: &Card, text: u32) -> String {
    let mark = card.mark.as_ref().map(|mark| [&mark.class, &mark.icon, &mark.label]);
    let id = card.id.as_deref().unwrap_or("");
    let summary = crate::words::shorten(card.summary.as_deref().unwrap_or(""), 200);
    quoted(&json!([card.url, id, card.title, summary, card.icon, mark, text]))
}

/// A term and, for each field that has it, the field, the gaps between documents and their scores in thousandths.
fn postings(index: &Index, term: &Term) -> String {
    let mut row = format!("[{}", quoted(&(&*term.name).into()));
    for field in 0..FIELDS.len() {
        let (mut gaps, mut scores, mut last) = (String::new(), String::new(), 0);
        for (document, score) in index.scores(term, field) {
            let comma = if gaps.is_empty() { "" } else { "," };
            let _ = write!(gaps, "{comma}{}", document - last);
            let _ = write!(scores, "{comma}{score}");
            last = document;
        }
        if !gaps.is_empty() {
            let _ = write!(row, ",{field},[{gaps}],[{scores}]");
        }
    }
    row.push(']');
    row
}

/// Ranges of terms that fill a file each. A posting takes about eight bytes.
fn ranges(terms: &[Term]) -> Vec<(usize, usize)> {
    let (mut ranges, mut start, mut size) = (Vec::new(), 0, 0);
    for (at, term) in terms.iter().enumerate() {
        let own = term.name.len() + 12 + term.pairs as usize * 8;
        if at > start && size + own > INDEX {
            ranges.push((start, at));
            (start, size) = (at, 0);
        }
        size += own;
    }
    if start < terms.len() {
        ranges.push((start, terms.len()));
    }
    ranges
}

/// Words cut into files, but never between two that begin alike: a slip of the pen rarely hits the first letter.
fn letters(words: &[Spelling]) -> Vec<Vec<Spelling>> {
    let mut groups: Vec<Vec<Spelling>> = Vec::new();
    let mut size = 0;
    for same in words.chunk_by(|a, b| first(&a.0) == first(&b.0)) {
        let own: usize = same.iter().map(|(word, _)| word.len() + 5).sum();
        match groups.last_mut() {
            Some(group) if size + own <= WORDS => group.extend_from_slice(same),
            _ => {
                groups.push(same.to_vec());
                size = 0;
            }
        }
        size += own;
    }
    groups
}

fn first(word: &str) -> &str {
    word.chars().next().map_or("", |c| &word[..c.len_utf8()])
}

fn file(name: &str, stamp: &str, json: &str) -> File {
    (format!("search/{name}.js"), format!("plansiteSearch.shard(\"{name}\",\"{stamp}\",{json});\n").into_bytes())
}

/// JSON that is safe in any script: no end tag, no line separator that older scripts take for a line end.
fn quoted(value: &Value) -> String {
    let json = value.to_string();
    if !json.contains(['<', '\u{2028}', '\u{2029}']) {
        return json;
    }
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::oracle::{card, document};
    use crate::search::{Builder, analyse, language};

    fn index(texts: &[&str]) -> Vec<File> {
        let mut builder = Builder::new(language::of("en"));
        let mut files = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            let document = document(&format!("plans/{at}.md"), text);
            let card = card(&document);
            files.extend(builder.add(analyse(&document, card)));
        }
        let rest = builder.finish();
        files.extend((0..rest.count()).filter_map(|at| rest.file(at)));
        assert_eq!(rest.file(rest.count()), None);
        files
    }

    fn text<'a>(files: &'a [File], name: &str) -> &'a str {
        let found = files.iter().find(|(path, _)| path == &format!("search/{name}.js"));
        found.and_then(|(_, bytes)| str::from_utf8(bytes).ok()).unwrap_or("")
    }

    #[test]
    fn a_hostile_text_stays_a_text() {
        let files = index(&["# </script><b>\n\n```\n</script>\u{2028}<!-- \"]);alert(1)//\n```\n"]);
        for (path, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains(['<', '\u{2028}']), "{path}: {text}");
        }
        assert!(text(&files, "text-0").contains(r#"\"]);alert(1)//"#));
    }

    #[test]
    fn an_empty_collection_has_a_router() {
        let files = index(&[]);
        assert_eq!(files.len(), 1);
        assert!(text(&files, "router").contains("\"documents\":0"));
    }

    #[test]
    fn the_same_documents_give_the_same_bytes() {
        let texts = ["# One\n\nalpha beta authority authorization", "# Two\n\nbeta gamma author"];
        assert_eq!(index(&texts), index(&texts));
        assert!(text(&index(&texts), "words-0").contains("[\"alpha\",1,\"author\",2,\"beta\",2,\"gamma\",1]"));
    }
}
