//! Which documents are good, and until when: totals, the deadlines ahead, and what to do, by owner, state or kind.
//!
//! Every open document is on each of the three pages, so that the script can judge all of them for the reader's day.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::Date;
use crate::model::{Freshness, KINDS};
use crate::view::{
    Age, Ahead, Chip, Face, Heat, Moment, Page, PageEntry, Person, STATES, Scenery, Slot, State, Tab, Term, bar_width,
    expires, framed, kind_icon, review, step, why,
};
use crate::words;

pub(super) const PAGE: PageEntry = PageEntry {
    name: "freshness",
    address: "freshness/",
    title: "Freshness",
    icon: "expired",
    nav: true,
    slots: |_| BY.iter().enumerate().map(|(of, by)| Slot::at(&PAGE, by.address, of, 0)).collect(),
    page,
};

/// Rows that want something, and fresh ones; what is beyond is counted and linked to.
const ROWS: usize = 600;
const FRESH: usize = 200;

/// What the rows are grouped by, a page each.
struct By {
    address: &'static str,
    label: &'static str,
    heading: &'static str,
}

const BY: &[By] = &[
    By { address: "freshness/", label: "Owner", heading: "By owner" },
    By { address: "freshness/by-state/", label: "State", heading: "By state" },
    By { address: "freshness/by-kind/", label: "Kind", heading: "By kind" },
];
const OWNER: usize = 0;
const STATE: usize = 1;

/// What is known of a state of freshness, the worst first.
struct Known {
    state: Freshness,
    /// Anchor of its group on the page by state.
    id: &'static str,
    label: &'static str,
    /// As a count says it: `2 expired`.
    word: &'static str,
    class: &'static str,
    icon: &'static str,
}

const KNOWN: &[Known] = &[
    Known {
        state: Freshness::Expired,
        id: "expired",
        label: "Expired",
        word: "expired",
        class: "f-red",
        icon: "expired",
    },
    Known { state: Freshness::Due, id: "due", label: "Due soon", word: "due soon", class: "f-amber", icon: "due" },
    Known {
        state: Freshness::ReviewOverdue,
        id: "review-overdue",
        label: "Review overdue",
        word: "review overdue",
        class: "f-amber",
        icon: "review",
    },
    Known {
        state: Freshness::Unscheduled,
        id: "unscheduled",
        label: "No expiry date",
        word: "no date",
        class: "muted",
        icon: "noexpiry",
    },
    Known { state: Freshness::Fresh, id: "fresh", label: "Fresh", word: "fresh", class: "f-green", icon: "fresh" },
];

/// The page. Addresses are relative to the site's root.
#[derive(Serialize)]
struct View<'a> {
    /// How many open documents there are, and how many of them want something.
    open: usize,
    /// How many open documents need a date or a review.
    wanting: usize,
    /// How many documents are in each state.
    totals: Vec<Total>,
    /// The deadlines ahead, a cell for each weekday.
    heat: Heat,
    tabs: Vec<Tab>,
    heading: &'static str,
    /// `7 owners`
    count: String,
    /// Rows say whose they are, instead of when they were reviewed.
    owned: bool,
    /// Name of the grouping, for the script: `owner`.
    by: String,
    /// What wants a date or a review; with empty groups on the page by state.
    groups: Vec<Group<'a>>,
    /// What wants nothing, grouped alike.
    fresh: Vec<Group<'a>>,
    /// How many open documents are fresh.
    fresh_count: usize,
    /// `120 more`, or empty; then the script can't count all.
    more: String,
}

#[derive(Serialize)]
struct Total {
    id: &'static str,
    label: &'static str,
    class: &'static str,
    icon: &'static str,
    count: usize,
    /// Class of its share of the bar.
    width: String,
    href: String,
}

#[derive(Serialize)]
struct Group<'a> {
    /// Anchor and key: `priya-raman`, `expired`, `plans`.
    key: String,
    label: String,
    icon: &'static str,
    class: &'static str,
    person: Option<Person>,
    /// `from CODEOWNERS`, or empty.
    note: &'static str,
    /// `2 expired`, `1 due soon`.
    counts: Vec<String>,
    rows: Vec<Row<'a>>,
    /// The group comes before all others, because nobody feels responsible.
    #[serde(skip)]
    first: bool,
    #[serde(skip)]
    members: Vec<usize>,
}

#[derive(Serialize)]
struct Row<'a> {
    face: &'a Face,
    term: Term,
    chip: Chip,
    /// The one or two facts that explain the row.
    why: String,
    owner: Option<Person>,
    /// The owner isn't named by the document but by CODEOWNERS.
    fallback: bool,
    /// The day it expires.
    expires: Option<Moment>,
    /// The day of its review, where it has no other.
    review: Option<Moment>,
    /// The day of its last review.
    reviewed: Option<Moment>,
    /// A verb.
    step: &'static str,
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let scene = &scenery.scene;
    let standings = &scene.judgement.standings;
    let mut open: Vec<usize> = (0..standings.len()).filter(|at| standings[*at].state != Freshness::Exempt).collect();
    open.sort_by_key(|index| order(scenery, *index));
    let (fresh, wanting): (Vec<usize>, Vec<usize>) =
        open.iter().copied().partition(|index| standings[*index].state == Freshness::Fresh);
    let (mut groups, mut calm) = (grouped(scenery, slot.of, &wanting, true), grouped(scenery, slot.of, &fresh, false));
    let count = match slot.of {
        OWNER => words::count(groups.iter().filter(|group| !group.first).count(), "owner", "owners"),
        STATE => words::count(wanting.len(), "document", "documents"),
        _ => words::count(groups.len(), "kind", "kinds"),
    };
    let rest = fill(scenery, slot.of, &mut groups, ROWS) + fill(scenery, slot.of, &mut calm, FRESH);
    let by = &BY[slot.of];
    let view = View {
        open: open.len(),
        wanting: wanting.len(),
        totals: KNOWN.iter().map(|known| total(scenery, known, &open)).collect(),
        heat: Heat::new(scene.today, ahead(scenery, &open)),
        tabs: BY.iter().enumerate().map(|(at, by)| tab(by, at == slot.of)).collect(),
        heading: by.heading,
        count,
        owned: slot.of != OWNER,
        by: by.label.to_lowercase(),
        groups,
        fresh: calm,
        fresh_count: fresh.len(),
        more: if rest > 0 { format!("{rest} more") } else { String::new() },
    };
    let title = match slot.of {
        OWNER => PAGE.title.to_string(),
        _ => format!("{} {}", PAGE.title, by.heading.to_lowercase()),
    };
    framed(scenery, slot, "freshness.html", &title, view)
}

/// The worst state first, in it the longest late.
fn order(scenery: &Scenery<'_>, index: usize) -> (usize, i64, usize) {
    let state = scenery.scene.judgement.standings[index].state;
    let rank = KNOWN.iter().position(|known| known.state == state).unwrap_or(KNOWN.len());
    (rank, scenery.faces[index].days.unwrap_or(i64::MAX), index)
}

fn tab(by: &By, current: bool) -> Tab {
    Tab { label: by.label, href: format!("{}index.html", by.address), current }
}

fn total(scenery: &Scenery<'_>, known: &Known, open: &[usize]) -> Total {
    let standings = &scenery.scene.judgement.standings;
    let count = open.iter().filter(|index| standings[**index].state == known.state).count();
    Total {
        id: known.id,
        label: known.label,
        class: known.class,
        icon: known.icon,
        count,
        width: bar_width(count as u32, open.len() as u32),
        href: format!("{}index.html#{}", BY[STATE].address, known.id),
    }
}

/// What ends from today on: expiries, and reviews that come before them.
fn ahead(scenery: &Scenery<'_>, open: &[usize]) -> Vec<Ahead> {
    let scene = &scenery.scene;
    let mut ahead = Vec::new();
    for &index in open {
        let face = &scenery.faces[index];
        let inferred = scene.judgement.standings[index].inferred;
        let reviewed = if inferred { "review due, inferred" } else { "review due" };
        let days = [(expires(scene, index), "expires"), (review(scene, index), reviewed)];
        let one = |(day, what): (Option<Date>, &'static str)| Ahead {
            call: face.call().to_string(),
            title: if face.id.is_empty() { String::new() } else { face.title.clone() },
            href: face.href.clone(),
            what,
            day: day.unwrap_or(Date::MIN),
        };
        ahead.extend(days.into_iter().filter(|(day, _)| day.is_some()).map(one));
    }
    ahead
}

/// Documents in their groups, rows still to be filled in; with `pad` every state but fresh has its group.
fn grouped<'s>(scenery: &'s Scenery<'_>, by: usize, documents: &[usize], pad: bool) -> Vec<Group<'s>> {
    let mut groups: BTreeMap<(usize, String), Group> = BTreeMap::new();
    let blank = |key: &str, label: String| Group {
        key: key.to_string(),
        label,
        icon: "user",
        class: "",
        person: None,
        note: "",
        counts: Vec::new(),
        rows: Vec::new(),
        first: false,
        members: Vec::new(),
    };
    for &index in documents {
        let document = &scenery.scene.collection.documents[index];
        let state = scenery.scene.judgement.standings[index].state;
        match by {
            OWNER => {
                let (people, fallback) = scenery.answerable(index);
                if people.is_empty() {
                    let none = || Group { first: true, ..blank("-", "No owner".into()) };
                    groups.entry((0, String::new())).or_insert_with(none).members.push(index);
                }
                for person in people {
                    let slug = words::slug(&person.name);
                    let key = if fallback { format!("{slug}-codeowners") } else { slug };
                    let new = || Group {
                        note: if fallback { "from CODEOWNERS" } else { "" },
                        person: Some(person.clone()),
                        ..blank(&key, person.name.clone())
                    };
                    let group = groups.entry((1, key.clone())).or_insert_with(new);
                    // who is named twice answers once
                    if group.members.last() != Some(&index) {
                        group.members.push(index);
                    }
                }
            }
            STATE => {
                let Some(at) = KNOWN.iter().position(|known| known.state == state) else { continue };
                groups.entry((at, String::new())).or_insert_with(|| of_state(&KNOWN[at], &blank)).members.push(index);
            }
            _ => {
                let at = KINDS.iter().position(|entry| entry.kind == document.kind).unwrap_or(0);
                let entry = document.kind.entry();
                let new = || Group {
                    icon: kind_icon(document.kind),
                    ..blank(&words::slug(entry.plural), entry.plural.to_string())
                };
                groups.entry((at, String::new())).or_insert_with(new).members.push(index);
            }
        }
    }
    if by == STATE && pad {
        // Empty groups stand there, too, for what becomes late after the build.
        for (at, known) in KNOWN.iter().enumerate().take(KNOWN.len() - 1) {
            groups.entry((at, String::new())).or_insert_with(|| of_state(known, &blank));
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    if by == OWNER {
        // the documents are in the order of their urgency, so a group's first says how urgent the group is
        groups.sort_by_key(|group| (!group.first, group.members.first().map(|index| order(scenery, *index))));
    }
    groups
}

fn of_state<'a>(known: &Known, blank: &impl Fn(&str, String) -> Group<'a>) -> Group<'a> {
    Group { icon: known.icon, class: known.class, ..blank(known.id, known.label.into()) }
}

/// Fills in the rows, as many as there is room for, and gives back how many there is none for.
fn fill<'s>(scenery: &'s Scenery<'_>, by: usize, groups: &mut Vec<Group<'s>>, room: usize) -> usize {
    let (mut left, mut rest) = (room, 0);
    for group in groups.iter_mut() {
        let shown = group.members.len().min(left);
        left -= shown;
        rest += group.members.len() - shown;
        group.counts = counts(scenery, by, &group.members);
        group.rows = group.members[..shown].iter().map(|index| row(scenery, *index)).collect();
    }
    groups.retain(|group| !group.rows.is_empty() || group.members.is_empty());
    rest
}

/// `2 expired`, `1 due soon`; where the group is a state, its number alone.
fn counts(scenery: &Scenery<'_>, by: usize, members: &[usize]) -> Vec<String> {
    if by == STATE {
        return vec![members.len().to_string()];
    }
    let count = |known: &Known| {
        let standings = &scenery.scene.judgement.standings;
        let count = members.iter().filter(|index| standings[**index].state == known.state).count();
        (count > 0).then(|| format!("{count} {}", known.word))
    };
    KNOWN.iter().filter_map(count).collect()
}

fn row<'s>(scenery: &'s Scenery<'_>, index: usize) -> Row<'s> {
    let scene = scenery.scene;
    let document = &scene.collection.documents[index];
    let state = scene.judgement.standings[index].state;
    let (people, fallback) = scenery.answerable(index);
    let moment = |day: Date| Moment::new(day, scene.today);
    let need = need(state);
    let expires = expires(&scene, index).map(moment);
    Row {
        face: scenery.face(index),
        term: Term::new(&scene, index),
        chip: chip(scenery, index),
        why: why(scenery, index, need),
        owner: people.into_iter().next(),
        fallback,
        review: review(&scene, index).map(moment).filter(|_| expires.is_none()),
        expires,
        reviewed: document.dates.reviewed.as_ref().map(|day| moment(day.value)),
        step: need.map_or("", |need| step(scenery, document, index, need)),
    }
}

/// The reason of the overview that a state is.
fn need(state: Freshness) -> Option<State> {
    let need = match state {
        Freshness::Expired => State::Expired,
        Freshness::Due => State::Due,
        Freshness::ReviewOverdue => State::ReviewOverdue,
        Freshness::Unscheduled => State::Unscheduled,
        Freshness::Fresh | Freshness::Exempt => return None,
    };
    STATES.iter().map(|entry| entry.state).find(|state| *state == need)
}

/// The state with its age in full words.
fn chip(scenery: &Scenery<'_>, index: usize) -> Chip {
    let scene = &scenery.scene;
    let standing = &scene.judgement.standings[index];
    let today = scene.today;
    let deadline = standing.deadline.as_ref().map(|deadline| deadline.value);
    let expiry = standing.basis == Some("expires");
    let chip = |class, icon, text, word, age: Option<Age>| Chip { class, icon, text, age, word, state: true };
    let ahead = deadline.map(|day| Age::long(day, today));
    match standing.state {
        Freshness::Expired => chip("c-red", "expired", "Expired", "Expired", ahead),
        Freshness::Due if expiry => chip("c-amber", "due", "Due", "Due soon", ahead),
        Freshness::Due => chip("c-amber", "review", "Review due", "Due soon", ahead),
        Freshness::ReviewOverdue => {
            chip("c-amber", "review", "Review", "Review overdue", deadline.map(|day| Age::overdue(day, today)))
        }
        Freshness::Unscheduled => chip("", "noexpiry", "No expiry date", "No expiry date", None),
        Freshness::Fresh | Freshness::Exempt => chip("c-green", "fresh", "Fresh", "Fresh", None),
    }
}
