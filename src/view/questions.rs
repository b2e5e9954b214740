//! What open documents ask and nobody has answered yet, by document or by who answers for it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::view::{
    Chip, Page, PageEntry, Pager, Person, QuestionAt, Scenery, Slot, Sort, StatusMark, Tab, cut, encode, framed, part,
    spot, visible,
};
use crate::words;

pub(super) const PAGE: PageEntry = PageEntry {
    name: "questions",
    address: "questions/",
    title: "Open questions",
    icon: "info",
    nav: false,
    slots: |scenery| {
        let count = scenery.concerns().questions.len();
        BY.iter().enumerate().flat_map(|(of, by)| cut(&PAGE, of, by.address, count)).collect()
    },
    page,
};

/// What the questions are grouped by, a page each.
struct By {
    address: &'static str,
    label: &'static str,
    heading: &'static str,
}

const BY: &[By] = &[
    By { address: "questions/", label: "Document", heading: "By document" },
    By { address: "questions/by-owner/", label: "Owner", heading: "By owner" },
];
const DOCUMENT: usize = 0;

/// Letters of a question; the document has the rest.
const TITLE: usize = 240;

/// The page. Addresses are relative to the site's root.
#[derive(Serialize)]
struct View {
    /// `12 questions are open in 5 documents.`
    lead: String,
    /// What follows the lead; may be empty.
    rest: String,
    tabs: Vec<Tab>,
    heading: &'static str,
    /// `5 documents`
    count: String,
    /// The questions, by document or by owner.
    groups: Vec<Group>,
    /// Rows say which document asks.
    named: bool,
    pager: Option<Pager>,
    /// How many blockers there are, for the link.
    blockers: usize,
}

#[derive(Serialize)]
struct Group {
    /// The document's id; empty for one without and for an owner.
    id: String,
    label: String,
    href: String,
    status: Option<StatusMark>,
    chip: Option<Chip>,
    /// Who answers for the document, or the owner whose group this is.
    person: Option<Person>,
    /// `from CODEOWNERS`, or empty.
    note: &'static str,
    /// `2 questions`
    count: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    title: String,
    /// Where its document says so.
    href: String,
    /// The document's id; empty for one without.
    call: String,
    /// The document's title, for people who don't know its id.
    document: String,
}

/// A question, and in whose name it stands.
struct Asked {
    at: QuestionAt,
    /// Name and address part of the owner; nobody where neither the document nor CODEOWNERS names one.
    owner: Option<(String, Person)>,
    fallback: bool,
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let (by, asked) = (&BY[slot.of], asked(scenery, slot.of));
    let (shown, pager) = part(&asked, by.address, slot.part);
    let same = |a: &Asked, b: &Asked| match slot.of {
        DOCUMENT => a.at.document == b.at.document,
        _ => key(a) == key(b),
    };
    let groups = shown.chunk_by(same).map(|asked| group(scenery, slot.of, asked)).collect();
    let holders: BTreeSet<usize> = asked.iter().map(|asked| asked.at.document).collect();
    let owners: BTreeSet<&str> = asked.iter().filter_map(key).collect();
    let nobody = asked.iter().filter(|asked| asked.owner.is_none()).count();
    let documents = words::count(holders.len(), "document", "documents");
    let are = if asked.len() == 1 { "is" } else { "are" };
    let view = View {
        lead: match asked.len() {
            0 => "No question is open.".into(),
            count => format!("{} {are} open in {documents}.", words::count(count, "question", "questions")),
        },
        rest: match nobody {
            0 => "Questions of closed documents and answered ones are not counted.".into(),
            _ => format!("For {nobody} of them nobody answers: their documents name no owner."),
        },
        tabs: BY.iter().enumerate().map(|(at, by)| tab(by, at == slot.of)).collect(),
        heading: by.heading,
        count: if slot.of == DOCUMENT { documents } else { words::count(owners.len(), "owner", "owners") },
        groups,
        named: slot.of != DOCUMENT,
        blockers: scenery.concerns().blockers.len(),
        pager,
    };
    let name = if slot.of == DOCUMENT { PAGE.title.into() } else { format!("{} by owner", PAGE.title) };
    let title = match &view.pager {
        Some(pager) => format!("{name}, {}", pager.label.to_lowercase()),
        None => name,
    };
    framed(scenery, slot, "questions.html", &title, view)
}

fn tab(by: &By, current: bool) -> Tab {
    Tab { label: by.label, href: format!("{}index.html", by.address), current }
}

fn key(asked: &Asked) -> Option<&str> {
    asked.owner.as_ref().map(|(key, _)| key.as_str())
}

/// All questions in the order of a page; each once, under whom its document names first.
fn asked(scenery: &Scenery<'_>, by: usize) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::with_capacity(scenery.concerns().questions.len());
    for at in &scenery.concerns().questions {
        // questions of a document stand together, so its owner is worked out once
        let known = asked.last().filter(|last| last.at.document == at.document);
        let (owner, fallback) = match known {
            Some(last) => (last.owner.clone(), last.fallback),
            None => {
                let (people, fallback) = scenery.answerable(at.document);
                (people.into_iter().next().map(|person| (words::slug(&person.name), person)), fallback)
            }
        };
        asked.push(Asked { at: *at, owner, fallback });
    }
    if by != DOCUMENT {
        // the sort is stable, and who has no owner comes first
        asked.sort_by(|a, b| key(a).cmp(&key(b)));
    }
    asked
}

fn group(scenery: &Scenery<'_>, by: usize, asked: &[Asked]) -> Group {
    let face = scenery.face(asked[0].at.document);
    let person = asked[0].owner.as_ref().map(|(_, person)| person.clone());
    let note = if asked[0].fallback { "from CODEOWNERS" } else { "" };
    let count = words::count(asked.len(), "question", "questions");
    let rows = asked.iter().map(|asked| row(scenery, &asked.at)).collect();
    match by {
        DOCUMENT => Group {
            id: face.id.clone(),
            label: face.title.clone(),
            href: face.href.clone(),
            status: Some(face.status.clone()),
            chip: face.chips.first().cloned(),
            person,
            note,
            count,
            rows,
        },
        _ => Group {
            id: String::new(),
            label: person.as_ref().map_or_else(|| "No owner".into(), |person| person.name.clone()),
            href: person.as_ref().map(|person| person.href.clone()).unwrap_or_default(),
            status: None,
            chip: None,
            person,
            note: "",
            count,
            rows,
        },
    }
}

fn row(scenery: &Scenery<'_>, at: &QuestionAt) -> Row {
    let (document, face) = (&scenery.scene.collection.documents[at.document], scenery.face(at.document));
    Row {
        title: words::shorten(&visible(&document.anatomy.questions[at.nth].title), TITLE),
        href: format!("{}#{}", face.href, encode(&spot(document, Sort::Question, at.nth))),
        call: words::shorten(face.call(), 40),
        document: face.title.clone(),
    }
}
