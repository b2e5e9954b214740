//! `data/rows.js`: what filters and sorting need of every document, for lists that are cut into several pages.
//!
//! A script that hands one value to `plansiteRows`, because that is the one way to load a file that also works from
//! disk. Words that many documents share stand in tables, and rows name them by number.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Feed, Files};
use crate::view::Scenery;

pub(super) const FEED: Feed = Feed {
    path: "data/rows.js",
    about: "every document in short, for the site's own filters",
    files: Files::One(|scenery| {
        let json = rows(scenery).to_string();
        // no end tag and no line separator, as in every script that holds a document's words
        let json = json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
        format!("plansiteRows({json});\n").into_bytes()
    }),
};

/// Values, each once, by the number of its place.
#[derive(Default)]
struct Table {
    places: BTreeMap<String, usize>,
    values: Vec<Value>,
}

impl Table {
    fn place(&mut self, key: String, value: impl FnOnce() -> Value) -> usize {
        *self.places.entry(key).or_insert_with(|| {
            self.values.push(value());
            self.values.len() - 1
        })
    }
}

/// The tables, and a row a document: address, id, title, kind, status, owner, words, state, `expires`, `review`,
/// changed, deadline. The file's name and the days' hyphens are left out.
fn rows(scenery: &Scenery<'_>) -> Value {
    let (mut kinds, mut marks, mut people, mut words, mut states) =
        (Table::default(), Table::default(), Table::default(), Table::default(), Table::default());
    let row = |index: usize| {
        let face = scenery.face(index);
        let status = &face.status;
        let owner = face.owner.as_ref().map(|owner| {
            let value = || json!([owner.name, owner.initials, owner.class, owner.href]);
            people.place(owner.name.clone(), value)
        });
        let word = |word: &str| words.place(word.into(), || word.into());
        let day = |iso: Option<&String>| iso.cloned().unwrap_or_default();
        let (state, expires, review) = match &face.term {
            Some(term) => (term.state, term.expires.as_str(), term.review.as_str()),
            None => ("", "", ""),
        };
        json!([
            face.href.strip_suffix("index.html").unwrap_or(&face.href),
            face.id,
            face.title,
            kinds.place(face.kind.label.into(), || json!([face.kind.label, face.kind.icon])),
            marks.place(format!("{} {}", status.class, status.word), || json!([
                status.class,
                status.icon,
                status.word
            ])),
            owner,
            face.facets.split(' ').map(word).collect::<Vec<_>>(),
            states.place(state.into(), || state.into()),
            expires,
            review,
            day(face.changed.as_ref().map(|day| &day.iso)),
            day(face.deadline.as_ref().map(|day| &day.iso)),
        ])
    };
    let rows: Vec<Value> = (0..scenery.scene.collection.documents.len()).map(row).collect();
    json!({
        "kinds": kinds.values, "marks": marks.values, "people": people.values, "words": words.values,
        "states": states.values, "rows": rows,
    })
}
