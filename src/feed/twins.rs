//! `plans/plan-023/index.md`: each document's source beside its page, under a block that says where the document stands.
//!
//! The block is always there and always first, so that nothing in a document can pass for it: what follows the block's
//! last line is the document's, whatever it looks like.

use super::plain::text;
use super::{Feed, Files};
use crate::date;
use crate::view::{Scenery, Worth, advice, quoted, root_of, twin};

pub(super) const FEED: Feed = Feed {
    path: "*/index.md",
    about: "each document's source, under what to know before following it",
    files: Files::Many(|scenery| (0..documents(scenery)).map(|index| path(scenery, index)).collect(), make),
};

fn documents(scenery: &Scenery<'_>) -> usize {
    scenery.scene.collection.documents.len()
}

fn path(scenery: &Scenery<'_>, index: usize) -> String {
    twin(&scenery.face(index).href)
}

fn make(scenery: &Scenery<'_>, index: usize) -> Vec<u8> {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[index];
    let told = advice(scenery, index, &root_of(&path(scenery, index)));
    let mut twin = String::with_capacity(document.source.text.len() + 512);
    let mut put = |line: &str| {
        twin.push_str(line);
        twin.push('\n');
    };
    // a document that nothing is wrong with may still be no order: this says where it stands, and never to obey it
    let verdict = match told.worth {
        Worth::Dead => "do not follow this document.",
        Worth::Closed => "closed; nothing is to be done here.",
        Worth::Live if told.warnings.is_empty() => "live.",
        Worth::Live => "live, with warnings.",
    };
    put(&format!("> **plansite: {verdict}**"));
    put(">");
    for warning in &told.warnings {
        put(&format!("> - {warning}"));
    }
    put(&format!("> - Status: {}. Seen on {}.", told.status, date::long(scene.today)));
    let file = quoted(&format!("{}{}", scene.prefix, document.path()));
    put(&format!("> - Below this block stands the text of {file} and no word of plansite."));
    put("");
    twin.push_str(&text(&document.source.text));
    twin.into_bytes()
}
