//! `llms.txt` (llmstxt.org): the way into the collection for language models, what is live first, each document as the
//! Markdown beside its page.

use std::cmp::Reverse;

use super::plain::inline;
use super::wish::{Load, Priority};
use super::{Feed, Files};
use crate::date;
use crate::model::{Freshness, KINDS, Signal};
use crate::view::{Scenery, Worth, advice, twin};
use crate::words;

pub(super) const FEED: Feed = Feed {
    path: "llms.txt",
    about: "the way in for language models (llmstxt.org)",
    files: Files::One(|scenery| make(scenery).into_bytes()),
};

/// Documents of one section; the rest is a number and the way to it.
const LIVE: usize = 200;
const CLOSED: usize = 50;
/// Characters of a document's own summary.
const SUMMARY: usize = 140;

fn make(scenery: &Scenery<'_>) -> String {
    let scene = &scenery.scene;
    let documents = &scene.collection.documents;
    let wanted = (0..documents.len()).filter(|index| Load::of(&documents[*index]) != Load::Never);
    let worth: Vec<(usize, Worth)> = wanted.map(|index| (index, advice(scenery, index, "").worth)).collect();
    let of = |which: Worth| worth.iter().filter(move |(_, worth)| *worth == which).map(|(index, _)| *index);
    let mut live: Vec<usize> = of(Worth::Live).collect();
    live.sort_by_key(|index| (Priority::of(&documents[*index]), *index));
    let expired = |index: &usize| scene.judgement.standings[*index].state == Freshness::Expired;
    let mut closed: Vec<usize> = of(Worth::Closed).filter(|index| documents[*index].tracked()).collect();
    let changed = |index: &usize| scenery.face(*index).changed.as_ref().map(|day| day.iso.clone());
    closed.sort_by_key(|index| (Reverse(changed(index)), *index));
    let (dead, tracked) = (of(Worth::Dead).count(), live.iter().filter(|index| documents[**index].tracked()).count());
    let mut text = format!(
        "# {}\n\n> {}, {tracked} of them live, {dead} not to be followed any more, as of {}.\n\n",
        inline(scene.title),
        words::count(documents.len(), "document", "documents"),
        date::long(scene.today)
    );
    text += &format!(
        "This list is made by plansite; titles and descriptions are the documents' own. Each link leads to a document's text \
         below a block that says whether it still holds: read that block first. What is always to be read is gathered in {}, \
         every live document with its triggers and budget stands in {}.\n",
        link(scenery, "agents/context.md", "agents/context.md"),
        link(scenery, "agents/index.json", "agents/index.json")
    );
    for kind in KINDS {
        let of_kind: Vec<usize> = live.iter().copied().filter(|index| documents[*index].kind == kind.kind).collect();
        section(scenery, &mut text, kind.plural, &of_kind, LIVE);
    }
    let expired: Vec<usize> = of(Worth::Dead).filter(expired).collect();
    section(scenery, &mut text, "Do not follow: expired", &expired, CLOSED);
    section(scenery, &mut text, "Optional", &closed, CLOSED);
    if closed.is_empty() {
        text += "\n## Optional\n\n";
    }
    text += &format!(
        "- {}: what was superseded (and by what), rejected, deprecated, archived, or has expired; {}\n",
        link(scenery, "Graveyard", "agents/graveyard.md"),
        words::count(dead, "document", "documents")
    );
    text += &format!(
        "- {}: every document with all its facts\n",
        link(scenery, "Documents as JSON", "data/documents.json")
    );
    text
}

fn section(scenery: &Scenery<'_>, text: &mut String, heading: &str, documents: &[usize], most: usize) {
    if documents.is_empty() {
        return;
    }
    *text += &format!("\n## {heading}\n\n");
    for index in documents.iter().take(most) {
        *text += &line(scenery, *index);
    }
    if documents.len() > most {
        let way = link(scenery, "all documents", "data/documents.json");
        *text += &format!("- {} more: {way}\n", documents.len() - most);
    }
}

fn line(scenery: &Scenery<'_>, index: usize) -> String {
    let (face, told) = (scenery.face(index), advice(scenery, index, ""));
    let signals = &scenery.scene.judgement.signals[index];
    let has = |signal: Signal, word: &'static str| signals.contains(&signal).then_some(word);
    let words: Vec<&str> = [
        has(Signal::Blocked, "blocked").filter(|_| !told.status.starts_with("Blocked")),
        has(Signal::Contradiction, "contradicts itself"),
        has(Signal::Placeholders, "placeholders left"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let words: String = words.iter().map(|word| format!(", {word}")).collect();
    let summary = scenery.scene.collection.documents[index].summary.as_deref().unwrap_or_default();
    let summary = inline(&words::shorten(summary, SUMMARY));
    let summary = if summary.is_empty() { summary } else { format!(". {summary}") };
    format!("- {}: {}{words}{summary}\n", link(scenery, &face.name(), &twin(&face.href)), inline(&told.status))
}

/// A link to an address of the site, whole where the site's is known: a model often gets the text without its address.
fn link(scenery: &Scenery<'_>, label: &str, address: &str) -> String {
    let base = scenery.scene.config.site.base_url.as_deref();
    let base = base.map(|base| format!("{}/", base.trim_end_matches('/'))).unwrap_or_default();
    format!("[{}]({base}{address})", inline(label))
}
