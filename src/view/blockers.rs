//! What holds up the open documents: what is missing, who resolves it, and by when it should have been.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::date;
use crate::view::{
    Age, BlockerAt, Face, Moment, Obstacle, Page, PageEntry, Pager, Person, Scenery, Slot, Sort, cut, encode, framed,
    part, spot, visible, waits,
};
use crate::words;

pub(super) const PAGE: PageEntry = PageEntry {
    name: "blockers",
    address: "blockers/",
    title: "Blockers",
    icon: "blocked",
    nav: false,
    slots: |scenery| cut(&PAGE, 0, PAGE.address, scenery.concerns().blockers.len()),
    page,
};

/// Letters of a blocker and of what it holds up; the document has the rest.
const TITLE: usize = 160;
const IMPACT: usize = 120;

/// The page. Addresses are relative to the site's root.
#[derive(Serialize)]
struct View<'a> {
    /// `4 blockers hold up 3 documents.`
    lead: String,
    /// What follows the lead; may be empty.
    rest: String,
    rows: Vec<Row<'a>>,
    pager: Option<Pager>,
    /// How many questions are open, for the link.
    questions: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    /// The document that waits.
    face: &'a Face,
    /// What it waits for, and where that is said or stands.
    what: String,
    href: String,
    /// What is held up; may be empty.
    impact: String,
    owner: Option<Person>,
    /// The owner isn't named by the document but by CODEOWNERS.
    fallback: bool,
    /// The day on which it is to be gone.
    until: Option<Moment>,
    /// How long that day is past; absent where it lies ahead.
    late: Option<Age>,
    /// When it is to be gone, as written, where that is no day.
    eta: String,
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let blockers = &scenery.concerns().blockers;
    let (shown, pager) = part(blockers, PAGE.address, slot.part);
    let view = View {
        lead: lead(blockers),
        rest: rest(scenery, blockers),
        rows: shown.iter().map(|blocker| row(scenery, blocker)).collect(),
        questions: scenery.concerns().questions.len(),
        pager,
    };
    let title = match &view.pager {
        Some(pager) => format!("{}, {}", PAGE.title, pager.label.to_lowercase()),
        None => PAGE.title.to_string(),
    };
    framed(scenery, slot, "blockers.html", &title, view)
}

fn lead(blockers: &[BlockerAt]) -> String {
    let held: BTreeSet<usize> = blockers.iter().map(|blocker| blocker.document).collect();
    let hold = if blockers.len() == 1 { "holds" } else { "hold" };
    match blockers.len() {
        0 => "Nothing is blocked.".into(),
        count => format!(
            "{} {hold} up {}.",
            words::count(count, "blocker", "blockers"),
            words::count(held.len(), "document", "documents")
        ),
    }
}

fn rest(scenery: &Scenery<'_>, blockers: &[BlockerAt]) -> String {
    let late = blockers.iter().filter(|blocker| blocker.until.is_some_and(|day| day < scenery.scene.today)).count();
    let nobody = blockers.iter().filter(|blocker| owner(scenery, blocker).0.is_none()).count();
    let have = if nobody == 1 { "has" } else { "have" };
    let facts = [
        (late > 0).then(|| format!("{late} should be gone by now.")),
        (nobody > 0).then(|| format!("{nobody} {have} no owner.")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    match facts.len() {
        0 => "Read from the blockers of open documents and from the decisions they wait for.".into(),
        _ => facts.join(" "),
    }
}

/// Who resolves it: whom the blocker names, or who answers for the document that is waited for.
fn owner(scenery: &Scenery<'_>, blocker: &BlockerAt) -> (Option<Person>, bool) {
    match blocker.what {
        Obstacle::Written(nth) => {
            let document = &scenery.scene.collection.documents[blocker.document];
            (document.anatomy.blockers[nth].owner.as_deref().map(|owner| scenery.person(owner)), false)
        }
        Obstacle::Undecided(other) => {
            let (people, fallback) = scenery.answerable(other);
            (people.into_iter().next(), fallback)
        }
        Obstacle::Stated => (None, false),
    }
}

fn row<'s>(scenery: &'s Scenery<'_>, blocker: &BlockerAt) -> Row<'s> {
    let today = scenery.scene.today;
    let face = scenery.face(blocker.document);
    let document = &scenery.scene.collection.documents[blocker.document];
    let (owner, fallback) = owner(scenery, blocker);
    let text = |text: &str, most: usize| words::shorten(&visible(text), most);
    let (what, href, impact, eta) = match blocker.what {
        Obstacle::Written(nth) => {
            let written = &document.anatomy.blockers[nth];
            let eta = written.eta.as_deref().filter(|_| blocker.until.is_none());
            (
                text(&written.title, TITLE),
                format!("{}#{}", face.href, encode(&spot(document, Sort::Blocker, nth))),
                text(written.impact.as_deref().unwrap_or(""), IMPACT),
                text(eta.unwrap_or(""), 40),
            )
        }
        Obstacle::Undecided(other) => {
            let other = scenery.face(other);
            let what = format!("{}, still {}", other.name(), other.status.word.to_lowercase());
            (text(&what, TITLE), other.href.clone(), String::new(), String::new())
        }
        Obstacle::Stated => {
            (text(&waits(scenery, blocker.document), TITLE), face.href.clone(), String::new(), String::new())
        }
    };
    Row {
        face,
        what,
        href,
        impact,
        owner,
        fallback,
        until: blocker.until.map(|day| Moment::new(day, today)),
        late: blocker.until.filter(|day| date::days_between(*day, today) > 0).map(|day| Age::overdue(day, today)),
        eta,
    }
}
