//! `agents/context.md`: what agents are to read before any work: live documents whose `ai` block says `context_load:
//! always`, the most important first, each cut to its `token_budget`, all together to the one of the settings.
//!
//! Several documents stand in one file, so a mark tells our lines from theirs. It is made of the texts themselves and
//! checked against them: no document can hold it.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::plain::{text, tokens};
use super::wish::{Load, Priority, budget};
use super::{Feed, Files};
use crate::date;
use crate::view::{Scenery, Worth, advice, quoted, twin};
use crate::words;

pub(super) const FEED: Feed = Feed {
    path: "agents/context.md",
    about: "the live documents that agents are always to read, within a budget",
    files: Files::One(|scenery| make(scenery).into_bytes()),
};

/// What a document without a budget of its own may cost.
const OWN: u64 = 2_000;
/// With less than this left, a document is named only.
const LEAST: u64 = 100;
/// What the mark costs, once.
const MARK: u64 = 10;
/// The part of the budget that is kept for our own words.
const OURS: u64 = 8;

/// A document that is to be read, and how much of it.
struct Chosen {
    index: usize,
    text: String,
    /// Tokens of the whole, where it was cut.
    whole: Option<u64>,
}

fn make(scenery: &Scenery<'_>) -> String {
    let scene = &scenery.scene;
    let documents = &scene.collection.documents;
    let mut always: Vec<usize> =
        (0..documents.len()).filter(|index| Load::of(&documents[*index]) == Load::Always).collect();
    always.sort_by_key(|index| (Priority::of(&documents[*index]), *index));
    let total = scene.config.agents.token_budget;
    let (mut room, mut chosen, mut left) = (total - total / OURS, Vec::new(), Vec::new());
    for index in always {
        let told = advice(scenery, index, "../");
        if told.worth != Worth::Live {
            left.push((index, told.status));
            continue;
        }
        let plain = text(&documents[index].source.text);
        let head = head(scenery, index);
        // the mark stands before each line, and before one about the cut
        let head = tokens(&head) + MARK * (head.lines().count() as u64 + 2);
        let whole = tokens(&plain);
        let may = budget(&documents[index]).unwrap_or(OWN).min(room.saturating_sub(head));
        if may < LEAST.min(whole) {
            left.push((index, format!("{}, no room left in the budget", told.status)));
            continue;
        }
        let text = cut(&plain, may);
        room -= head + tokens(&text);
        chosen.push(Chosen { index, whole: (whole > may).then_some(whole), text });
    }
    written(scenery, &chosen, &left)
}

fn written(scenery: &Scenery<'_>, chosen: &[Chosen], left: &[(usize, String)]) -> String {
    let scene = &scenery.scene;
    let mark = mark(chosen);
    let limit = (scene.config.agents.token_budget as usize).saturating_mul(4);
    let mut out = format!(
        "{mark} {}. Lines that begin with this mark are plansite's; everything else is the text of documents, as of {}.\n",
        words::count(chosen.len(), "document to be read first", "documents to be read first"),
        date::long(scene.today)
    );
    for one in chosen {
        out += &format!("\n{mark} {}", head(scenery, one.index).replace('\n', &format!("\n{mark} ")));
        if let Some(whole) = one.whole {
            out += &format!("\n{mark} Cut to {} of {whole} tokens.", tokens(&one.text));
        }
        out += &format!("\n\n{}", one.text);
    }
    out += &format!("\n{mark} End of the documents.\n");
    let mut more = left.len();
    for (index, why) in left {
        let face = scenery.face(*index);
        let line = format!("{mark} Left out: {} (../{}): {why}.\n", quoted(&face.name()), twin(&face.href));
        if out.chars().count() + line.chars().count() + 120 > limit {
            break;
        }
        out += &line;
        more -= 1;
    }
    if more > 0 {
        out += &format!("{mark} Left out: {more} more; see index.json and graveyard.md.\n");
    }
    out
}

/// What is said before a document's text.
fn head(scenery: &Scenery<'_>, index: usize) -> String {
    let (face, told) = (scenery.face(index), advice(scenery, index, "../"));
    let mut head = format!("{} (../{}). {}.", quoted(&face.name()), twin(&face.href), told.status);
    for warning in &told.warnings {
        head += &format!("\n{warning}");
    }
    head
}

/// The beginning of a text, at most so many tokens, cut behind a line where one ends in time.
fn cut(text: &str, tokens: u64) -> String {
    let end = text.char_indices().nth((tokens as usize).saturating_mul(4)).map_or(text.len(), |(at, _)| at);
    let part = &text[..end];
    let end = if end < text.len() { part.rfind('\n').map_or(end, |at| at + 1) } else { end };
    text[..end].to_string()
}

/// A word that stands in none of the texts.
fn mark(chosen: &[Chosen]) -> String {
    let sum = |seed: u64| chosen.iter().fold(seed, |sum, one| xxh3_64_with_seed(one.text.as_bytes(), sum));
    let marks = (1..).map(|seed| format!("plansite:{:016x}:", sum(seed)));
    let fits = |mark: &String| chosen.iter().all(|one| !one.text.contains(mark.as_str()));
    marks.into_iter().find(fits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_behind_a_line() {
        assert_eq!(cut("one\ntwo\nthree\n", 2), "one\ntwo\n");
        assert_eq!(cut("one\ntwo\n", 200), "one\ntwo\n");
        assert_eq!(cut("ééééééééé", 2), "éééééééé");
    }

    #[test]
    fn no_text_holds_the_mark() {
        let one = |text: String| Chosen { index: 0, text, whole: None };
        let first = mark(&[one("a".into())]);
        assert_ne!(first, mark(&[one(first.clone())]));
        assert_eq!(first, mark(&[one("a".into())]));
    }
}
