//! All milestones by month, with what became of them: a list of all, and one for each mark.

use serde::Serialize;

use crate::date;
use crate::view::{
    Age, CountedTab, Face, Mark, Moment, Month, Page, PageEntry, Pager, Person, Scenery, Slot, Stone, cut, framed,
    part, place, visible,
};
use crate::words;

pub(super) const PAGE: PageEntry = PageEntry {
    name: "milestones",
    address: "milestones/",
    title: "Milestones",
    icon: "milestone",
    nav: false,
    slots: |scenery| {
        let lists = scenery.timeline().stones.iter().enumerate();
        // an empty list has a page only where a tab leads to it
        let kept = lists.filter(|(of, stones)| *of < ALWAYS || !stones.rows.is_empty());
        kept.flat_map(|(of, stones)| cut(&PAGE, of, LISTS[of].0, stones.rows.len())).collect()
    },
    page,
};

/// Address and name of each list: all, and those with each mark, in the order of [`Mark::ALL`].
const LISTS: [(&str, &str); 5] = [
    ("milestones/", "All"),
    ("milestones/reached/", "Reached"),
    ("milestones/planned/", "Planned"),
    ("milestones/missed/", "Missed"),
    ("milestones/left-open/", "Left open"),
];

/// The first so many lists are there even if nothing is on them, because everybody looks for them.
const ALWAYS: usize = 4;

/// The page. Addresses are relative to the site's root.
#[derive(Serialize)]
struct View<'a> {
    /// `34 milestones in 12 documents`
    count: String,
    tabs: Vec<CountedTab>,
    /// Which list this is, for its empty state: `missed`, or empty for all.
    only: String,
    /// The milestones by month; those without a day last.
    groups: Vec<Group<'a>>,
    /// Some document was closed with a milestone open.
    left: bool,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct Group<'a> {
    /// Its anchor: `2026-11`.
    key: &'a str,
    label: &'a str,
    /// `2 reached`, `1 missed`.
    counts: Vec<String>,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    face: &'a Face,
    title: String,
    /// The section that says it.
    href: String,
    day: Option<Moment>,
    /// When, as written, where that isn't a day: `Week 4`.
    when: String,
    /// How long ago a missed one was to be reached.
    age: Option<Age>,
    /// Part of the icon's name, and the word.
    class: &'static str,
    word: String,
    owner: Option<Person>,
    /// The owner isn't named by the document but by CODEOWNERS.
    fallback: bool,
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let lists = &scenery.timeline().stones;
    let stones = &lists[slot.of];
    let (rows, pager) = part(&stones.rows, LISTS[slot.of].0, slot.part);
    let first = stones.rows.len().min(slot.part * crate::view::PART);
    let mut documents: Vec<usize> = stones.rows.iter().map(|stone| stone.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let tab = |(at, (address, label)): (usize, &(&str, &'static str))| {
        let (count, current) = (lists[at].rows.len(), at == slot.of);
        (count > 0 || at < ALWAYS).then(|| CountedTab { label, count, href: format!("{address}index.html"), current })
    };
    let view = View {
        count: format!(
            "{} in {}",
            words::count(stones.rows.len(), "milestone", "milestones"),
            crate::view::count_documents(documents.len())
        ),
        tabs: LISTS.iter().enumerate().filter_map(tab).collect(),
        only: if slot.of == 0 { String::new() } else { LISTS[slot.of].1.to_lowercase() },
        groups: grouped(scenery, &stones.months, rows, first),
        left: lists.last().is_some_and(|left| !left.rows.is_empty()),
        pager,
    };
    let mut title = PAGE.title.to_string();
    if slot.of > 0 {
        title = format!("{} milestones", LISTS[slot.of].1);
    }
    if let Some(pager) = &view.pager {
        title = format!("{title}, {}", pager.label.to_lowercase());
    }
    framed(scenery, slot, "milestones.html", &title, view)
}

/// The rows of one part in their months; `first` is the number of the part's first row.
fn grouped<'s>(scenery: &'s Scenery<'_>, months: &'s [Month], rows: &[Stone], first: usize) -> Vec<Group<'s>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut at = months.partition_point(|month| month.end <= first);
    let mut fresh = true;
    for (offset, stone) in rows.iter().enumerate() {
        while months[at].end <= first + offset {
            (at, fresh) = (at + 1, true);
        }
        if std::mem::take(&mut fresh) {
            let month = &months[at];
            let counts = month.counts.iter().zip(Mark::ALL).filter(|(count, _)| **count > 0);
            groups.push(Group {
                key: &month.key,
                label: &month.label,
                counts: counts.map(|(count, mark)| format!("{count} {}", mark.word())).collect(),
                rows: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row(scenery, stone));
        }
    }
    groups
}

fn row<'s>(scenery: &'s Scenery<'_>, stone: &Stone) -> Row<'s> {
    let (scene, face) = (&scenery.scene, scenery.face(stone.document));
    let document = &scene.collection.documents[stone.document];
    let milestone = &document.anatomy.milestones[stone.at];
    let anchor = place(document, milestone.line);
    let hash = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
    let (people, fallback) = scenery.answerable(stone.document);
    let when = milestone.when.as_deref().filter(|when| stone.day.is_none() && !date::nothing(when));
    Row {
        face,
        title: words::shorten(&visible(&milestone.title), 160),
        href: format!("{}{hash}", face.href),
        day: stone.day.map(|day| Moment::new(day, scene.today)),
        when: when.map(|when| words::shorten(&visible(when), 40)).unwrap_or_default(),
        age: stone.day.filter(|_| stone.mark == Mark::Missed).map(|day| Age::long(day, scene.today)),
        class: stone.mark.class(),
        word: crate::view::capital(stone.mark.word()),
        owner: people.into_iter().next(),
        fallback,
    }
}
