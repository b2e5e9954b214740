//! The templates of a collection: the moulds from which documents are made.

use serde::Serialize;

use crate::view::{Face, Page, PageEntry, Scenery, Slot, framed, visible};
use crate::words;

pub(super) const PAGE: PageEntry = PageEntry {
    name: "templates",
    address: "templates/",
    title: "Templates",
    icon: "template",
    nav: true,
    slots: |_| vec![Slot::at(&PAGE, PAGE.address, 0, 0)],
    page,
};

/// More rows than this would make the page too long; the rest is on All documents.
const ROWS: usize = 500;

#[derive(Serialize)]
struct Templates<'a> {
    /// `3 templates.` or what there is to say without any.
    sub: String,
    rows: Vec<Row<'a>>,
    /// `12 more`, or empty.
    more: String,
}

#[derive(Serialize)]
struct Row<'a> {
    face: &'a Face,
    /// Where it lies in the repository.
    path: String,
    /// The command that makes a document of its kind.
    command: String,
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let templates = &scenery.templates;
    let row = |index: &usize| {
        let document = &scenery.scene.collection.documents[*index];
        Row {
            face: &scenery.faces[*index],
            path: visible(&format!("{}{}", scenery.scene.prefix, document.path())),
            command: format!("plansite new {} \"Title\"", document.kind.entry().word.replace(' ', "-")),
        }
    };
    let view = Templates {
        sub: match templates.len() {
            0 => "No file is a template.".into(),
            count => format!(
                "{}. A template is a page, but never counted as a plan.",
                words::count(count, "template", "templates")
            ),
        },
        rows: templates.iter().take(ROWS).map(row).collect(),
        more: if templates.len() > ROWS { format!("{} more", templates.len() - ROWS) } else { String::new() },
    };
    framed(scenery, slot, "templates.html", PAGE.title, view)
}
