//! The index as files: scripts that hand one JSON array to `plansiteSearch.shard`.
//!
//! `search/router.js` says what there is and narrows results; `index-N.js` holds a range of terms, `store-N.js` the
//! cards of 32 documents, `text-N.js` the texts for excerpts, `words-N.js` the words that a misspelt one may have meant.
//! Nothing in a file is HTML or a key of an object, so no text of a document can be taken for either.

use std::cmp::Ordering;
use std::fmt::Write as _;
use std::ops::Range;

use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use crate::date::Date;
use crate::model::{Document, Freshness, KINDS, STAGES, Stage};
use crate::search::index::Index;
use crate::search::postings::{Entry, Scale};
use crate::search::text::Section;
use crate::search::{Card, FIELDS, File, texts};

/// Bytes of an index file before compression; about 20 KB after.
const INDEX: usize = 56 * 1024;
/// Bytes of a file of words.
const WORDS: usize = 48 * 1024;
/// Documents in a file of cards.
const CARDS: usize = 32;
/// How much of a section is kept for excerpts, in characters. The index covers all of it.
const SHOWN: usize = 16 * 1024;
/// In collections of more documents than this …
const MANY: usize = 1000;
/// … a term in more than this share of them isn't indexed for running text, in percent.
const COMMON: usize = 60;

/// A word that a misspelt one may have meant, and how many documents have it.
type Spelling<'a> = (&'a str, u32);

/// The files of an index as it stands, each made when it is asked for, so that they can be made side by side.
#[derive(Debug)]
pub struct Files<'a> {
    index: &'a Index,
    stamp: String,
    /// Terms as JavaScript sorts them.
    pub(super) terms: Vec<Term>,
    /// Where the terms of each index file begin and end.
    ranges: Vec<Range<usize>>,
    /// The words of each file of words.
    words: Vec<Vec<Spelling<'a>>>,
    /// In the order of the documents.
    cards: Vec<Card>,
    /// Which documents share a file of texts.
    texts: Vec<Range<usize>>,
    /// For each slot the document's number.
    numbers: Vec<u32>,
    /// The numbers rise with the slots.
    rising: bool,
    /// For each document the number of words in each field.
    pub(super) lengths: Vec<[u32; FIELDS.len()]>,
    scale: Scale,
}

/// A term that some document has.
#[derive(Debug)]
pub(super) struct Term {
    /// Its place in the index.
    pub at: u32,
    /// In almost every document, so only its places outside of running text count.
    pub common: bool,
    /// In how many fields of all documents it stands.
    pub pairs: u32,
}

impl<'a> Files<'a> {
    /// The files of these documents: for each its slot in the index, which holds no others, and its card.
    pub fn new(index: &'a Index, slots: &[u32], cards: Vec<Card>) -> Files<'a> {
        let mut numbers = vec![u32::MAX; index.slots.len()];
        slots.iter().enumerate().for_each(|(number, slot)| numbers[*slot as usize] = number as u32);
        let mut lengths: Vec<_> = slots.iter().map(|slot| index.slots[*slot as usize].lengths).collect();
        let terms = terms(index, slots.len(), &numbers, &mut lengths);
        let mut stamp: Vec<u8> = slots.iter().flat_map(|slot| index.slots[*slot as usize].hash.to_le_bytes()).collect();
        stamp.extend(format!("{cards:?}").into_bytes());
        Files {
            index,
            stamp: format!("{:016x}", xxh3_64(&stamp)),
            ranges: ranges(index, &terms),
            words: letters(&spellings(index)),
            texts: texts::cut(slots.iter().map(|slot| index.slots[*slot as usize].text)),
            rising: slots.is_sorted(),
            scale: Scale::new(&lengths),
            terms,
            cards,
            numbers,
            lengths,
        }
    }

    /// How many files there are of each sort that is numbered, those of texts last.
    fn sorts(&self) -> [(&'static str, usize); 4] {
        [
            ("index", self.ranges.len()),
            ("store", self.cards.len().div_ceil(CARDS)),
            ("words", self.words.len()),
            ("text", self.texts.len()),
        ]
    }

    /// How many there are, without the files of texts.
    pub fn count(&self) -> usize {
        1 + self.sorts()[..3].iter().map(|(_, count)| count).sum::<usize>()
    }

    /// The names of all of them, those of texts too, as [`ask`](Files::ask) takes them.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let numbered =
            self.sorts().into_iter().flat_map(|(sort, count)| (0..count).map(move |at| format!("{sort}-{at}.js")));
        numbered.chain(["router.js".to_string()])
    }

    /// One of them, counted from 0; absent past the end.
    pub fn file(&self, at: usize) -> Option<File> {
        let numbered = self.sorts().into_iter().take(3).flat_map(|(sort, count)| (0..count).map(move |at| (sort, at)));
        let (sort, at) = numbered.chain([("router", 0)]).nth(at)?;
        self.named(sort, at)
    }

    /// The file of this name, `index-7.js`; absent if there is none. The text of the documents of a file of texts comes
    /// from the caller, as [`Analysed::sections`](super::Analysed::sections), by the document's number.
    pub fn ask(&self, name: &str, text: impl Fn(usize) -> String) -> Option<File> {
        let name = name.strip_suffix(".js")?;
        let (sort, number) = name.rsplit_once('-').unwrap_or((name, "0"));
        let at: usize = number.parse().ok().filter(|at: &usize| at.to_string() == number)?;
        if sort == "text" {
            let documents = self.texts.get(at)?.clone();
            return Some(texts::one(at, documents, |number| (self.cards[number].url.clone(), text(number))));
        }
        self.named(sort, at).filter(|(path, _)| path == &format!("search/{name}.js"))
    }

    fn named(&self, sort: &str, at: usize) -> Option<File> {
        let json = match sort {
            "router" => return (at == 0).then(|| file("router", &self.stamp, &self.router_file())),
            "index" => self.index_file(self.ranges.get(at)?.clone()),
            "store" => self.store_file(at)?,
            "words" => {
                let pairs = self.words.get(at)?.iter().flat_map(|(word, known)| [Value::from(*word), (*known).into()]);
                quoted(&pairs.collect())
            }
            _ => return None,
        };
        Some(file(&format!("{sort}-{at}"), &self.stamp, &json))
    }

    fn index_file(&self, terms: Range<usize>) -> String {
        let rows: Vec<String> = self.terms[terms].iter().map(|term| self.row(term)).collect();
        format!("[{}]", rows.join(",\n"))
    }

    /// A term; for each document that has it in running text, in which sections; and for each field that has it the
    /// field, the gaps between documents and their scores in thousandths.
    fn row(&self, term: &Term) -> String {
        let entries = self.entries(term);
        let mut row = format!("[{},[", quoted(&self.name(term).into()));
        let mut comma = "";
        for (_, entry) in entries.iter().filter(|(_, entry)| !entry.places.is_empty()) {
            let _ = match entry.places.as_slice() {
                [place] => write!(row, "{comma}{place}"),
                places => write!(row, "{comma}{places:?}"),
            };
            comma = ",";
        }
        row.push(']');
        for field in 0..FIELDS.len() {
            let (mut gaps, mut scores, mut last) = (String::new(), String::new(), 0);
            for (document, score) in self.scores(term, field, &entries) {
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

    pub(super) fn name(&self, term: &Term) -> &str {
        &self.index.terms[term.at as usize].name
    }

    /// The documents with the term, by number. A common term has no counts in running text.
    pub(super) fn entries(&self, term: &Term) -> Vec<(u32, Entry)> {
        let postings = &self.index.terms[term.at as usize].postings;
        let mut entries: Vec<(u32, Entry)> = postings
            .iter()
            .map(|(slot, mut entry)| {
                if term.common {
                    entry.places.clear();
                    prose().for_each(|field| entry.counts[field] = 0);
                }
                (self.numbers[slot as usize], entry)
            })
            .collect();
        if !self.rising {
            entries.sort_unstable_by_key(|(number, _)| *number);
        }
        entries
    }

    /// For one term and one field the documents and their scores in thousandths.
    pub(super) fn scores(
        &self,
        term: &Term,
        field: usize,
        entries: &[(u32, Entry)],
    ) -> impl Iterator<Item = (u32, u32)> {
        let rarity = self.scale.rarity(term.pairs);
        entries.iter().filter(move |(_, entry)| entry.counts[field] > 0).map(move |(document, entry)| {
            let at = *document as usize;
            let (length, boost) = (self.lengths[at][field], self.cards[at].boost);
            (*document, self.scale.score(rarity, entry.counts[field], field, length, boost))
        })
    }

    fn store_file(&self, at: usize) -> Option<String> {
        let from = at * CARDS;
        let cards = self.cards.get(from..)?.iter().take(CARDS).enumerate();
        let text = |number: usize| self.texts.partition_point(|documents| documents.end <= number);
        let rows: Vec<String> = cards.map(|(at, card)| row(card, text(from + at))).collect();
        (!rows.is_empty()).then(|| format!("[{}]", rows.join(",\n")))
    }

    fn router_file(&self) -> String {
        let mut router = router(&self.cards);
        router["fields"] = FIELDS.iter().map(|field| field.name).collect();
        router["prose"] = prose().collect();
        router["files"] =
            self.sorts().into_iter().map(|(sort, count)| (sort.to_string(), Value::from(count))).collect();
        router["index"] = self.ranges.iter().map(|range| self.name(&self.terms[range.start])).collect();
        router["words"] = self.words.iter().map(|group| first(group[0].0)).collect();
        let language = self.index.language;
        let [own, ascii] = language.stemmers();
        router["language"] = json!({"code": language.code, "own": own, "ascii": ascii, "scripts": language.scripts()});
        router["stop"] = language.stops().collect();
        router["common"] = self.terms.iter().filter(|term| term.common).map(|term| self.name(term)).collect();
        quoted(&router)
    }
}

/// Fields of running text.
fn prose() -> impl Iterator<Item = usize> {
    (0..FIELDS.len()).filter(|field| FIELDS[*field].prose)
}

/// The terms that documents have, sorted. The words that common ones have in running text leave the lengths.
fn terms(index: &Index, total: usize, numbers: &[u32], lengths: &mut [[u32; FIELDS.len()]]) -> Vec<Term> {
    let mut terms = Vec::with_capacity(index.terms.len());
    let mut entry = Entry::default();
    for (at, term) in index.terms.iter().enumerate() {
        let documents = term.postings.documents as usize;
        if documents == 0 {
            continue;
        }
        let common = total > MANY && documents * 100 > total * COMMON;
        let (mut steps, mut pairs) = (term.postings.steps(), term.postings.pairs);
        while common && let Some(slot) = steps.next(&mut entry) {
            let lengths = &mut lengths[numbers[slot as usize] as usize];
            pairs -= prose().filter(|field| entry.counts[*field] > 0).count() as u32;
            prose().for_each(|field| lengths[field] -= u32::from(entry.counts[field]));
        }
        terms.push(Term { at: at as u32, common, pairs });
    }
    let name = |term: &Term| &*index.terms[term.at as usize].name;
    terms.sort_unstable_by(|a, b| as_in_scripts(name(a), name(b)));
    terms
}

/// The order of JavaScript, which compares units of UTF-16. For ASCII that is the order of the bytes.
fn as_in_scripts(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

/// For each term the shortest word that stands for it, sorted as JavaScript sorts.
fn spellings(index: &Index) -> Vec<Spelling<'_>> {
    let mut best = vec![""; index.terms.len()];
    for surface in index.words.iter().filter(|surface| surface.documents > 0 && !surface.word.is_empty()) {
        let best = &mut best[surface.terms[0] as usize];
        let word = &*surface.word;
        if best.is_empty() || (word.len(), word) < (best.len(), best) {
            *best = word;
        }
    }
    let known = best.into_iter().zip(&index.terms).filter(|(word, _)| !word.is_empty());
    let mut words: Vec<Spelling<'_>> = known.map(|(word, term)| (word, term.postings.documents)).collect();
    words.sort_unstable_by(|a, b| as_in_scripts(a.0, b.0));
    words
}

/// A document's sections for excerpts: level, heading, anchor, text; as many as the index knows, in the same order.
pub fn sections(document: &Document, sections: &[Section]) -> String {
    let rows = sections.iter().map(|section| {
        let text = section.text.trim();
        let text = text.char_indices().nth(SHOWN).map_or(text, |(at, _)| &text[..at]);
        match section.heading.map(|heading| &document.anatomy.headings[heading]) {
            Some(heading) => json!([heading.level, heading.text, heading.anchor, text]),
            None => json!([0, "", "", text]),
        }
    });
    quoted(&rows.collect())
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

fn row(card: &Card, text: usize) -> String {
    let mark = card.mark.as_ref().map(|mark| [&mark.class, &mark.icon, &mark.label]);
    let id = card.id.as_deref().unwrap_or("");
    let summary = crate::words::shorten(card.summary.as_deref().unwrap_or(""), 200);
    quoted(&json!([card.url, id, card.title, summary, card.icon, mark, text, card.fate]))
}

/// Ranges of terms that fill a file each. A posting takes about ten bytes.
fn ranges(index: &Index, terms: &[Term]) -> Vec<Range<usize>> {
    let (mut ranges, mut start, mut size) = (Vec::new(), 0, 0);
    for (at, term) in terms.iter().enumerate() {
        let own = index.terms[term.at as usize].name.len() + 14 + term.pairs as usize * 10;
        if at > start && size + own > INDEX {
            ranges.push(start..at);
            (start, size) = (at, 0);
        }
        size += own;
    }
    if start < terms.len() {
        ranges.push(start..terms.len());
    }
    ranges
}

/// Words cut into files, but never between two that begin alike: a slip of the pen rarely hits the first letter.
fn letters<'a>(words: &[Spelling<'a>]) -> Vec<Vec<Spelling<'a>>> {
    let mut groups: Vec<Vec<Spelling<'a>>> = Vec::new();
    let mut size = 0;
    for same in words.chunk_by(|a, b| first(a.0) == first(b.0)) {
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

pub(super) fn file(name: &str, stamp: &str, json: &str) -> File {
    (format!("search/{name}.js"), format!("plansiteSearch.shard(\"{name}\",\"{stamp}\",{json});\n").into_bytes())
}

/// JSON that is safe in any script: no end tag, no line separator that older scripts take for a line end.
pub(super) fn quoted(value: &Value) -> String {
    let json = value.to_string();
    if !json.contains(['<', '\u{2028}', '\u{2029}']) {
        return json;
    }
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::oracle::{analysed, card, document};
    use crate::search::{Analysed, Texts, language};

    fn read(texts: &[&str]) -> Vec<(Card, Analysed)> {
        let documents = texts.iter().enumerate().map(|(at, text)| document(&format!("plans/{at}.md"), text));
        documents.map(|document| (card(&document), analysed(&document))).collect()
    }

    fn index(texts: &[&str]) -> Vec<File> {
        let mut index = Index::new(language::of("en"));
        let mut texts_out = Texts::default();
        let mut files = Vec::new();
        let read = read(texts);
        let slots: Vec<u32> = read.iter().map(|(_, analysed)| index.put(analysed)).collect();
        for (card, analysed) in &read {
            files.extend(texts_out.add(&card.url, &analysed.sections));
        }
        files.extend(texts_out.rest());
        let rest = Files::new(&index, &slots, read.iter().map(|(card, _)| card.clone()).collect());
        files.extend((0..rest.count()).filter_map(|at| rest.file(at)));
        assert_eq!(rest.file(rest.count()), None);
        assert_eq!(rest.names().count(), files.len());
        for (path, bytes) in &files {
            let name = path.strip_prefix("search/").unwrap_or(path);
            let asked = rest.ask(name, |number| read[number].1.sections.clone());
            assert_eq!(asked.map(|(_, bytes)| bytes).as_ref(), Some(bytes), "{path}");
        }
        files
    }

    #[test]
    fn only_names_that_a_file_has_are_answered() {
        let index = Index::new(language::of("en"));
        let files = Files::new(&index, &[], Vec::new());
        for name in
            ["", "router", "router-0.js", "router-1.js", "index-0.js", "text-0.js", "../router.js", "words--1.js"]
        {
            assert_eq!(files.ask(name, |_| String::new()), None, "{name}");
        }
        assert!(files.ask("router.js", |_| String::new()).is_some());
    }

    #[test]
    fn a_standing_index_ends_up_as_a_new_one() {
        let old =
            read(&["# One\n\nalpha beta gamma\n\n## Two\n\nbetas beta", "# Two\n\nbeta delta", "# Three\n\nalpha"]);
        let new =
            read(&["# One\n\nalpha beta\n\n## Three\n\nomega beta", "# Two\n\nbeta delta", "# Four\n\nbetas gone"]);
        let mut index = Index::new(language::of("en"));
        let mut slots: Vec<u32> = old.iter().map(|(_, analysed)| index.put(analysed)).collect();
        index.replace(slots[0], &old[0].1, &new[0].1);
        index.take(slots[2], &old[2].1);
        index.take(slots[1], &old[1].1);
        slots[2] = index.put(&new[2].1);
        slots[1] = index.put(&new[1].1);
        let mut fresh = Index::new(language::of("en"));
        let plain: Vec<u32> = new.iter().map(|(_, analysed)| fresh.put(analysed)).collect();
        let cards = || new.iter().map(|(card, _)| card.clone()).collect();
        let (standing, fresh) = (Files::new(&index, &slots, cards()), Files::new(&fresh, &plain, cards()));
        assert_eq!(standing.count(), fresh.count());
        for at in 0..fresh.count() {
            let text = |file: Option<File>| file.map(|(path, bytes)| path + &String::from_utf8_lossy(&bytes));
            assert_eq!(text(standing.file(at)), text(fresh.file(at)));
        }
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
