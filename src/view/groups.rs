//! The lists of kinds, owners and tags, so that each filter is a page of its own.

use serde::Serialize;

use crate::view::{Group, Page, PageEntry, Pager, Person, Scenery, Slot, cut, framed, part};
use crate::words;

pub(super) const KINDS: PageEntry = PageEntry {
    name: "kinds",
    address: "kinds/",
    title: "Kinds",
    icon: "documents",
    nav: false,
    slots: |scenery| slots(&KINDS, &scenery.kinds),
    page: |scenery, slot| page(scenery, slot, &KINDS, &scenery.kinds, ("kind", "kinds")),
};

pub(super) const OWNERS: PageEntry = PageEntry {
    name: "owners",
    address: "owners/",
    title: "Owners",
    icon: "users",
    nav: false,
    slots: |scenery| slots(&OWNERS, &scenery.owners),
    page: |scenery, slot| page(scenery, slot, &OWNERS, &scenery.owners, ("owner", "owners")),
};

pub(super) const TAGS: PageEntry = PageEntry {
    name: "tags",
    address: "tags/",
    title: "Tags",
    icon: "tag",
    nav: false,
    slots: |scenery| slots(&TAGS, &scenery.tags),
    page: |scenery, slot| page(scenery, slot, &TAGS, &scenery.tags, ("tag", "tags")),
};

/// The groups of one sort.
#[derive(Serialize)]
struct Groups<'a> {
    heading: &'static str,
    /// `9 owners.`
    sub: String,
    rows: Vec<Row<'a>>,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct Row<'a> {
    label: &'a str,
    icon: &'static str,
    person: Option<&'a Person>,
    href: String,
    /// `36`
    count: usize,
    /// Open ones among them.
    open: usize,
    /// Documents with at least one signal.
    signals: usize,
}

fn slots(entry: &'static PageEntry, groups: &[Group]) -> Vec<Slot> {
    cut(entry, 0, entry.address, groups.len())
}

fn page<'a>(
    scenery: &Scenery<'a>,
    slot: &Slot,
    entry: &'static PageEntry,
    groups: &[Group],
    words: (&str, &str),
) -> Page<'a> {
    let (shown, pager) = part(groups, entry.address, slot.part);
    let row = |group| row(scenery, group);
    let view = Groups {
        heading: entry.title,
        sub: format!("{}.", words::count(groups.len(), words.0, words.1)),
        rows: shown.iter().map(row).collect(),
        pager,
    };
    framed(scenery, slot, "groups.html", entry.title, view)
}

fn row<'s>(scenery: &Scenery<'_>, group: &'s Group) -> Row<'s> {
    Row {
        label: &group.label,
        icon: group.icon,
        person: group.person.as_ref(),
        href: format!("{}index.html", group.address),
        count: group.members.len(),
        open: group.open,
        signals: group.members.iter().filter(|index| !scenery.faces[**index].chips.is_empty()).count(),
    }
}
