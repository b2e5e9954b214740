//! `agents/graveyard.md`: what is not to be followed any more, a line each, so that nobody has to open it to learn that.

use super::plain::inline;
use super::{Feed, Files};
use crate::date;
use crate::model::{Freshness, Stage};
use crate::view::{Scenery, Worth, advice, twin};
use crate::words;

pub(super) const FEED: Feed = Feed {
    path: "agents/graveyard.md",
    about: "what is not to be followed any more, with its successors",
    files: Files::One(|scenery| make(scenery).into_bytes()),
};

/// The reasons, in their order: the stage, or the expiry of what has another one.
const REASONS: &[(Option<Stage>, &str)] = &[
    (Some(Stage::Superseded), "Superseded"),
    (None, "Expired"),
    (Some(Stage::Rejected), "Rejected"),
    (Some(Stage::Deprecated), "Deprecated"),
    (Some(Stage::Archived), "Archived"),
];

fn make(scenery: &Scenery<'_>) -> String {
    let scene = &scenery.scene;
    let documents = &scene.collection.documents;
    let dead: Vec<usize> =
        (0..documents.len()).filter(|index| advice(scenery, *index, "../").worth == Worth::Dead).collect();
    let mut text = format!(
        "# Do not follow\n\n> {} of {} that {} superseded, rejected, deprecated, archived, or past the day, as of {}. \
         This list is made by plansite; titles are the documents' own.\n",
        words::count(dead.len(), "document", "documents"),
        inline(scene.title),
        if dead.len() == 1 { "is" } else { "are" },
        date::long(scene.today)
    );
    for (stage, heading) in REASONS {
        let of = |index: &&usize| {
            let own = documents[**index].stage();
            let named = REASONS.iter().any(|(stage, _)| stage.is_some() && *stage == own);
            if stage.is_some() { own == *stage } else { !named }
        };
        let mut lines = dead.iter().filter(of).map(|index| line(scenery, *index)).peekable();
        if lines.peek().is_some() {
            text += &format!("\n## {heading}\n\n");
            text.extend(lines);
        }
    }
    text
}

fn line(scenery: &Scenery<'_>, index: usize) -> String {
    let scene = &scenery.scene;
    let link = |index: usize| {
        let face = scenery.face(index);
        format!("[{}](../{})", inline(&face.name()), twin(&face.href))
    };
    let document = &scene.collection.documents[index];
    let standing = &scene.judgement.standings[index];
    let day = standing.deadline.as_ref().filter(|_| standing.state == Freshness::Expired);
    let note = match (document.stage(), scenery.successors(index), day) {
        (Some(Stage::Superseded), Some((next, newest)), _) => {
            let last = if newest == next { String::new() } else { format!(", the newest is {}", link(newest)) };
            let told = advice(scenery, newest, "../");
            let state = if told.worth == Worth::Dead { format!(" ({})", inline(&told.status)) } else { String::new() };
            format!(", by {}{last}{state}", link(next))
        }
        (Some(Stage::Superseded), None, _) => ", no document says by which".into(),
        (Some(Stage::Rejected), ..) => {
            document.dates.decided.as_ref().map(|day| format!(", on {}", date::long(day.value))).unwrap_or_default()
        }
        (_, _, Some(day)) => format!(", on {}", date::long(day.value)),
        _ => String::new(),
    };
    format!("- {}{note}\n", link(index))
}
