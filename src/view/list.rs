//! Plain tables of documents: all of them, those of a kind, an owner, a tag, a stage, or with a signal.
//!
//! A list of any length is cut into pages, so that none grows beyond what a browser likes.

use serde::Serialize;

use crate::view::{
    FIELDS, Face, Filter, Group, Page, PageEntry, Person, STATES, Scenery, Slot, count_documents, filter_bar, framed,
};

/// Rows of one page.
pub const ROWS: usize = 500;

pub(super) const ALL: PageEntry = PageEntry {
    name: "all",
    address: "all/",
    title: "All documents",
    icon: "documents",
    nav: true,
    slots: |scenery| cut(&ALL, 0, "all/", scenery.faces.len()),
    page: all,
};

/// Where scripts search; without them it has all documents.
pub(super) const SEARCH: PageEntry = PageEntry {
    name: "search",
    address: "search/",
    title: "Search",
    icon: "search",
    nav: false,
    slots: |scenery| match scenery.scene.config.search.enabled {
        true => vec![Slot::at(&SEARCH, "search/", 0, 0)],
        false => Vec::new(),
    },
    page: all,
};

pub(super) const STAGE: PageEntry = PageEntry {
    name: "stage",
    address: "board/draft/",
    title: "Documents of a stage",
    icon: "board",
    nav: false,
    slots: |scenery| each(&STAGE, &scenery.stages),
    page: |scenery, slot| group(scenery, slot, &scenery.stages[slot.of], "status", ("Board", "board/index.html")),
};

pub(super) const STATE: PageEntry = PageEntry {
    name: "state",
    address: "freshness/expired/",
    title: "Documents with a signal",
    icon: "expired",
    nav: false,
    slots: |scenery| {
        let needs = scenery.attention.iter().enumerate().filter(|(_, need)| !need.all.is_empty());
        needs.flat_map(|(of, need)| cut(&STATE, of, STATES[of].address, need.all.len())).collect()
    },
    page: state,
};

pub(super) const KIND: PageEntry = PageEntry {
    name: "kind",
    address: "kinds/plans/",
    title: "Documents of a kind",
    icon: "plan",
    nav: false,
    slots: |scenery| each(&KIND, &scenery.kinds),
    page: |scenery, slot| group(scenery, slot, &scenery.kinds[slot.of], "kind", ("Kinds", "kinds/index.html")),
};

pub(super) const OWNER: PageEntry = PageEntry {
    name: "owner",
    address: "owners/",
    title: "Documents of an owner",
    icon: "user",
    nav: false,
    slots: |scenery| each(&OWNER, &scenery.owners),
    page: |scenery, slot| group(scenery, slot, &scenery.owners[slot.of], "owner", ("Owners", "owners/index.html")),
};

pub(super) const TAG: PageEntry = PageEntry {
    name: "tag",
    address: "tags/",
    title: "Documents with a tag",
    icon: "tag",
    nav: false,
    slots: |scenery| each(&TAG, &scenery.tags),
    page: |scenery, slot| group(scenery, slot, &scenery.tags[slot.of], "tag", ("Tags", "tags/index.html")),
};

pub(super) const UNOWNED: PageEntry = PageEntry {
    name: "unowned",
    address: "owners/-none/",
    title: "Documents without an owner",
    icon: "user",
    nav: false,
    slots: |scenery| each(&UNOWNED, std::slice::from_ref(&scenery.unowned)),
    page: |scenery, slot| group(scenery, slot, &scenery.unowned, "owner", ("Owners", "owners/index.html")),
};

pub(super) const UNTAGGED: PageEntry = PageEntry {
    name: "untagged",
    address: "tags/-none/",
    title: "Documents without a tag",
    icon: "tag",
    nav: false,
    slots: |scenery| each(&UNTAGGED, std::slice::from_ref(&scenery.untagged)),
    page: |scenery, slot| group(scenery, slot, &scenery.untagged, "tag", ("Tags", "tags/index.html")),
};

/// A table of documents.
#[derive(Serialize)]
struct List<'a> {
    /// The list's name.
    heading: &'a str,
    /// `46 documents, 12 of them open.`
    sub: String,
    /// Whose documents they are.
    person: Option<&'a Person>,
    /// Address of the calendar with their deadlines, relative to the root; empty except for an owner.
    calendar: String,
    /// The page above, where there is one.
    up: Option<Crumb>,
    /// The page `search/`: scripts put the search in the table's place.
    search: bool,
    /// Narrows the rows.
    filter: Option<Filter>,
    rows: Vec<&'a Face>,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct Crumb {
    label: &'static str,
    href: &'static str,
}

/// Where a page of a long list stands among the others.
#[derive(Debug, Serialize)]
pub(super) struct Pager {
    /// `Page 2 of 17`
    pub label: String,
    /// `501 to 1000 of 8123`
    pub range: String,
    /// The page before; empty on the first.
    pub before: String,
    /// The page after; empty on the last.
    pub after: String,
    /// All pages, or those near this one and both ends.
    pub pages: Vec<PagerLink>,
}

#[derive(Debug, Serialize)]
pub(super) struct PagerLink {
    /// `3`, or `…` for a gap.
    pub label: String,
    /// Empty for a gap.
    pub href: String,
    pub current: bool,
}

fn each(entry: &'static PageEntry, groups: &[Group]) -> Vec<Slot> {
    let kept = groups.iter().enumerate().filter(|(_, group)| !group.members.is_empty());
    kept.flat_map(|(of, group)| cut(entry, of, &group.address, group.members.len())).collect()
}

/// The slots of a list that is cut into pages: `all/`, `all/2/` … or `owners/`, `owners/-/2/` …
pub(super) fn cut(entry: &'static PageEntry, of: usize, address: &str, rows: usize) -> Vec<Slot> {
    cut_by(entry, of, address, rows, ROWS)
}

/// As [`cut`], with so many rows on a page.
pub(super) fn cut_by(entry: &'static PageEntry, of: usize, address: &str, rows: usize, size: usize) -> Vec<Slot> {
    (0..rows.div_ceil(size).max(1)).map(|part| Slot::at(entry, &part_address(address, part), of, part)).collect()
}

/// Lists below whose addresses documents or groups have theirs. A slug never begins with a hyphen, so nobody but a
/// later part of such a list stands below `-/`.
const SHARED: &[&str] = &["kinds/", "owners/", "tags/"];

fn part_address(address: &str, part: usize) -> String {
    let shared = SHARED.contains(&address) || address.starts_with("decisions/");
    match part {
        0 => address.to_string(),
        _ if shared => format!("{address}-/{}/", part + 1),
        _ => format!("{address}{}/", part + 1),
    }
}

/// The page of such a list that has a row, and the index of the first row of a part.
pub(super) fn page_of(address: &str, row: usize) -> String {
    format!("{}index.html", part_address(address, row / ROWS))
}

/// The rows of one part, and the way to the others.
pub(super) fn part<'r, T>(rows: &'r [T], address: &str, part: usize) -> (&'r [T], Option<Pager>) {
    part_by(rows, address, part, ROWS)
}

/// As [`part`], with so many rows on a page.
pub(super) fn part_by<'r, T>(rows: &'r [T], address: &str, part: usize, size: usize) -> (&'r [T], Option<Pager>) {
    let (count, parts) = (rows.len(), rows.len().div_ceil(size).max(1));
    let (start, end) = ((part * size).min(count), ((part + 1) * size).min(count));
    if parts == 1 {
        return (rows, None);
    }
    let href = |part: usize| format!("{}index.html", part_address(address, part));
    let link = |other: usize| PagerLink { label: (other + 1).to_string(), href: href(other), current: other == part };
    let mut pages: Vec<PagerLink> = Vec::new();
    let mut last = None;
    for other in (0..parts).filter(|other| *other == 0 || *other + 1 == parts || other.abs_diff(part) <= 2) {
        if last.is_some_and(|last: usize| last + 1 != other) {
            pages.push(PagerLink { label: "…".into(), href: String::new(), current: false });
        }
        pages.push(link(other));
        last = Some(other);
    }
    let pager = Pager {
        label: format!("Page {} of {parts}", part + 1),
        range: format!("{} to {end} of {count}", start + 1),
        before: if part > 0 { href(part - 1) } else { String::new() },
        after: if part + 1 < parts { href(part + 1) } else { String::new() },
        pages,
    };
    (&rows[start..end], Some(pager))
}

/// Which documents a list holds.
struct Members<'m> {
    heading: &'m str,
    address: &'m str,
    documents: &'m [usize],
    /// What they have in common, as filters say it; empty for all documents.
    scope: String,
    person: Option<&'m Person>,
    up: Option<Crumb>,
}

fn all<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let every: Vec<usize> = (0..scenery.faces.len()).collect();
    let (heading, address) = (slot.entry.title, ALL.address);
    let members = Members { heading, address, documents: &every, scope: String::new(), person: None, up: None };
    list(scenery, slot, members)
}

fn group<'a>(
    scenery: &Scenery<'a>,
    slot: &Slot,
    group: &Group,
    field: &str,
    (label, href): (&'static str, &'static str),
) -> Page<'a> {
    let members = Members {
        heading: &group.label,
        address: &group.address,
        documents: &group.members,
        scope: format!("{field}:{}", group.word),
        person: group.person.as_ref(),
        up: Some(Crumb { label, href }),
    };
    list(scenery, slot, members)
}

fn state<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let (entry, need) = (&STATES[slot.of], &scenery.attention[slot.of]);
    let members = Members {
        heading: entry.label,
        address: entry.address,
        documents: &need.all,
        scope: format!("is:{}", entry.word),
        person: None,
        up: Some(Crumb { label: "Freshness", href: "freshness/index.html" }),
    };
    list(scenery, slot, members)
}

fn list<'a>(scenery: &Scenery<'a>, slot: &Slot, members: Members<'_>) -> Page<'a> {
    let Members { heading, address, documents, scope, person, up } = members;
    let open = documents.iter().filter(|index| scenery.faces[**index].open).count();
    let count = count_documents(documents.len());
    let (rows, pager) = part(documents, address, slot.part);
    let title = match &pager {
        Some(pager) => format!("{heading}, {}", pager.label.to_lowercase()),
        None => heading.to_string(),
    };
    let bar = filter_bar(scenery, documents, FIELDS);
    let search = slot.entry.name == SEARCH.name;
    let list = List {
        heading,
        sub: if open > 0 && open < documents.len() {
            format!("{count}, {open} of them open.")
        } else {
            format!("{count}.")
        },
        person,
        calendar: person.map(|_| format!("{address}expiries.ics")).unwrap_or_default(),
        up,
        search,
        filter: match &pager {
            _ if search => None,
            Some(_) => bar.map(|bar| bar.over(scope)),
            None => bar,
        },
        rows: rows.iter().map(|index| &scenery.faces[*index]).collect(),
        pager,
    };
    framed(scenery, slot, "list.html", &title, list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut_and_every_row_is_on_one_page() {
        let rows: Vec<usize> = (0..1203).collect();
        let slots = cut(&ALL, 0, "all/", rows.len());
        let paths: Vec<&str> = slots.iter().map(|slot| slot.path.as_str()).collect();
        assert_eq!(paths, ["all/index.html", "all/2/index.html", "all/3/index.html"]);
        let together: Vec<usize> = slots.iter().flat_map(|slot| part(&rows, "all/", slot.part).0.to_vec()).collect();
        assert_eq!(together, rows);
        let (_, pager) = part(&rows, "all/", 1);
        let pager = pager.expect("three pages");
        assert_eq!((pager.range.as_str(), pager.before.as_str()), ("501 to 1000 of 1203", "all/index.html"));
        assert!(part(&rows[..500], "all/", 0).1.is_none());
        let (_, pager) = part(&rows, "owners/", 1);
        let pager = pager.expect("three pages");
        assert_eq!((pager.before.as_str(), pager.after.as_str()), ("owners/index.html", "owners/-/3/index.html"));
    }
}
