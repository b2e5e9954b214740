//! ADRs, RFCs, proposals and the decisions within other documents: what is open and what waits for it, then what was
//! decided, year by year, each with the chain of what it replaced.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::{self, Date};
use crate::model::{Freshness, Kind, RelationKind, Stage};
use crate::view::{
    Age, CountedTab, Group, Moment, Outcome, Page, PageEntry, Pager, Person, Ruling, Scenery, Slot, StatusMark, cut,
    encode, framed, page_of, part, stage_mark, visible,
};
use crate::words;

pub(super) const PAGE: PageEntry = PageEntry {
    name: "decisions",
    address: "decisions/",
    title: "Decisions",
    icon: "adr",
    nav: true,
    slots: |scenery| {
        let there = TABS.iter().enumerate().filter(|(_, tab)| tab.always || tab.count(scenery) > 0);
        there.flat_map(|(of, tab)| cut(&PAGE, of, tab.address, tab.count(scenery))).collect()
    },
    page,
};

/// Which decisions, a page each. Documents keep off these addresses: resolve's `RESERVED`.
struct Shown {
    address: &'static str,
    label: &'static str,
    fate: Option<Outcome>,
    /// There is a page of it, even of none.
    always: bool,
}

const TABS: &[Shown] = &[
    Shown { address: "decisions/", label: "All", fate: None, always: true },
    Shown { address: "decisions/open/", label: "Open", fate: Some(Outcome::Open), always: true },
    Shown { address: "decisions/in-force/", label: "In force", fate: Some(Outcome::InForce), always: false },
    Shown { address: "decisions/superseded/", label: "Superseded", fate: Some(Outcome::Superseded), always: false },
    Shown { address: "decisions/rejected/", label: "Rejected", fate: Some(Outcome::Rejected), always: false },
    Shown { address: "decisions/retired/", label: "Retired", fate: Some(Outcome::Retired), always: false },
    Shown { address: "decisions/unsorted/", label: "No known status", fate: Some(Outcome::Unsorted), always: false },
];
const ALL: usize = 0;
const OPEN: usize = 1;

/// Letters of a title, documents that are named, and steps that a chain is moved in.
const TITLE: usize = 160;
const CALL: usize = 24;
const NAMES: usize = 2;
const DEEPEST: usize = 5;

/// The page. Addresses are relative to the site's root.
#[derive(Serialize)]
struct View {
    heading: &'static str,
    /// `4 are open, 1 of them blocks a plan.`
    lead: String,
    /// What follows the lead; may be empty.
    rest: String,
    tabs: Vec<CountedTab>,
    /// Lists of all documents of a kind.
    kinds: Vec<KindLink>,
    /// The decisions, by what became of them.
    groups: Vec<Section>,
    pager: Option<Pager>,
    /// There is none to show: why, and what to do.
    none: Option<Zero>,
    /// How many questions are open, for the link.
    questions: usize,
}

#[derive(Serialize)]
struct KindLink {
    label: String,
    icon: &'static str,
    count: usize,
    href: String,
}

#[derive(Serialize)]
struct Zero {
    heading: &'static str,
    text: String,
    /// A command to begin with, or empty.
    command: &'static str,
}

/// Decisions below a heading: the open ones, those of a year, those that wait for somebody.
#[derive(Serialize)]
struct Section {
    id: String,
    label: String,
    person: Option<Person>,
    /// `8 decided`
    count: String,
    rows: Vec<Row>,
    /// Of some of them nobody knows whether they are decided.
    #[serde(skip)]
    unsure: bool,
}

#[derive(Serialize)]
struct Row {
    /// `op`, `sub s2`, or empty.
    class: String,
    status: StatusMark,
    id: String,
    title: String,
    href: String,
    /// What it has to do with other documents, or since when it waits.
    fact: String,
    /// The documents that it has to do with.
    links: Vec<Named>,
    /// `and 3 more`, or empty.
    more: String,
    age: Option<Age>,
    /// In words for those who don't see the line: `replaced by ADR-0019`.
    replaced: String,
    /// An icon with its meaning, where one stands beside the title.
    mark: Option<Mark>,
    day: Option<Moment>,
    /// Where the day comes from, where it isn't stated.
    origin: &'static str,
    person: Option<Person>,
}

#[derive(Clone, Serialize)]
struct Named {
    label: String,
    href: String,
}

/// The chip of an open decision.
#[derive(Serialize)]
struct Mark {
    class: &'static str,
    /// Empty for none.
    icon: &'static str,
    text: String,
    age: Option<Age>,
}

impl Shown {
    fn count(&self, scenery: &Scenery<'_>) -> usize {
        self.fate.map_or(scenery.rulings().all.len(), |fate| scenery.rulings().count(fate))
    }
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let shown = &TABS[slot.of];
    let mut places: Vec<usize> = (0..scenery.rulings().all.len())
        .filter(|at| shown.fate.is_none_or(|fate| scenery.rulings().all[*at].fate == fate))
        .collect();
    if slot.of == OPEN {
        // those that nobody answers for come first; the sort keeps the order of their deadlines
        places.sort_by_cached_key(|at| answers(scenery, *at).map(|person| words::slug(&person.name)));
    }
    let (rows, pager) = part(&places, shown.address, slot.part);
    let tab = |(of, tab): (usize, &Shown)| CountedTab {
        label: tab.label,
        count: tab.count(scenery),
        href: page_of(tab.address, 0),
        current: of == slot.of,
    };
    let there = TABS.iter().enumerate().filter(|(_, tab)| tab.always || tab.count(scenery) > 0);
    let view = View {
        heading: if slot.of == ALL { PAGE.title } else { shown.heading() },
        lead: lead(scenery),
        rest: rest(scenery),
        tabs: there.map(tab).collect(),
        kinds: scenery.kinds.iter().filter_map(|group| kind(scenery, group)).collect(),
        groups: sections(scenery, slot.of, rows, slot.part > 0),
        none: places.is_empty().then(|| zero(scenery)),
        questions: scenery.concerns().questions.len(),
        pager,
    };
    let title = match &view.pager {
        Some(pager) => format!("{}, {}", view.heading, pager.label.to_lowercase()),
        None => view.heading.to_string(),
    };
    framed(scenery, slot, "decisions.html", &title, view)
}

impl Shown {
    fn heading(&self) -> &'static str {
        match self.fate {
            None => "Decisions",
            Some(Outcome::Open) => "Open decisions",
            Some(Outcome::InForce) => "Decisions in force",
            Some(Outcome::Superseded) => "Superseded decisions",
            Some(Outcome::Rejected) => "Rejected decisions",
            Some(Outcome::Retired) => "Retired decisions",
            Some(Outcome::Unsorted) => "Decisions without a known status",
        }
    }
}

fn lead(scenery: &Scenery<'_>) -> String {
    let all = &scenery.rulings().all;
    let open = || all.iter().filter(|ruling| ruling.fate == Outcome::Open);
    let blocking = open().filter(|ruling| ruling.section.is_none() && !held_up(scenery, ruling.document).is_empty());
    let are = |count: usize| if count == 1 { "is" } else { "are" };
    match (open().count(), blocking.count()) {
        (0, _) => "No decision is open.".into(),
        (count, 0) => format!("{count} {} open.", are(count)),
        (count, 1) => format!("{count} {} open, 1 of them blocks a document.", are(count)),
        (count, blocking) => format!("{count} {} open, {blocking} of them block documents.", are(count)),
    }
}

fn rest(scenery: &Scenery<'_>) -> String {
    let rulings = scenery.rulings();
    let says = |fate: Outcome, one: &str, many: &str| match rulings.count(fate) {
        0 => None,
        1 => Some(format!("1 {one}.")),
        count => Some(format!("{count} {many}.")),
    };
    let facts = [
        says(Outcome::InForce, "is in force", "are in force"),
        says(
            Outcome::Superseded,
            "was replaced and is shown under the decision that replaced it",
            "were replaced and are shown under the decision that replaced them",
        ),
        says(Outcome::Unsorted, "has no known status", "have no known status"),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The list of a kind that decides, or in which something was decided.
fn kind(scenery: &Scenery<'_>, group: &Group) -> Option<KindLink> {
    let kind = scenery.scene.collection.documents[*group.members.first()?].kind;
    matches!(kind, Kind::Adr | Kind::Rfc | Kind::Proposal).then(|| KindLink {
        label: group.label.clone(),
        icon: group.icon,
        count: group.members.len(),
        href: format!("{}index.html", group.address),
    })
}

fn zero(scenery: &Scenery<'_>) -> Zero {
    match scenery.rulings().all.len() {
        0 => Zero {
            heading: "No decisions yet",
            text: "plansite found no ADR, RFC or proposal here. Write down the first one.".into(),
            command: "plansite new adr \"Record decisions\"",
        },
        count => Zero {
            heading: "No decision is open",
            text: format!("All {count} are decided. A new one begins as a draft."),
            command: "plansite new adr \"What to decide\"",
        },
    }
}

/// The rows below their headings.
fn sections(scenery: &Scenery<'_>, of: usize, places: &[usize], continued: bool) -> Vec<Section> {
    let all = &scenery.rulings().all;
    let heads: Vec<usize> = places.iter().map(|at| head(all, *at)).collect();
    let key = |nth: usize| -> (bool, Option<i16>, String) {
        let ruling = &all[heads[nth]];
        match of {
            OPEN => (true, None, answers(scenery, places[nth]).map(|person| person.name).unwrap_or_default()),
            ALL if ruling.fate == Outcome::Open => (true, None, String::new()),
            ALL => (false, ruling.day.map(Date::year), String::new()),
            _ => (false, all[places[nth]].day.map(Date::year), String::new()),
        }
    };
    let mut sections: Vec<Section> = Vec::new();
    let mut last = None;
    for (nth, &at) in places.iter().enumerate() {
        let here = key(nth);
        if last.as_ref() != Some(&here) {
            let again = if continued && sections.is_empty() { ", continued" } else { "" };
            sections.push(Section { label: format!("{}{again}", label(of, &here)), ..section(scenery, of, at, &here) });
            last = Some(here);
        }
        let (Some(section), ruling) = (sections.last_mut(), &all[at]) else { continue };
        section.unsure |= ruling.fate == Outcome::Unsorted;
        section.rows.push(row(scenery, ruling, of != ALL));
    }
    for section in &mut sections {
        let heads = section.rows.iter().filter(|row| !row.class.starts_with("sub")).count();
        section.count = match of {
            ALL if section.id == "open" => heads.to_string(),
            ALL if section.unsure => words::count(heads, "decision", "decisions"),
            ALL => format!("{heads} decided"),
            _ => heads.to_string(),
        };
    }
    sections
}

/// The newest link of the chain that a decision hangs in.
fn head(all: &[Ruling], at: usize) -> usize {
    let mut at = at;
    while let Some(above) = all[at].under {
        at = above;
    }
    at
}

fn label(of: usize, key: &(bool, Option<i16>, String)) -> String {
    match key {
        (true, _, name) if of == OPEN && name.is_empty() => "No owner".into(),
        (true, _, name) if of == OPEN => name.clone(),
        (true, ..) => "Open".into(),
        (false, Some(year), _) => year.to_string(),
        (false, None, _) => "Without a date".into(),
    }
}

fn section(scenery: &Scenery<'_>, of: usize, at: usize, key: &(bool, Option<i16>, String)) -> Section {
    let id = match key {
        (true, _, name) if of == OPEN && name.is_empty() => "nobody".into(),
        (true, _, name) if of == OPEN => format!("of-{}", words::slug(name)),
        (true, ..) => "open".into(),
        (false, Some(year), _) => format!("y{year}"),
        (false, None, _) => "undated".into(),
    };
    let person = if of == OPEN { answers(scenery, at) } else { None };
    Section { id, label: String::new(), person, count: String::new(), rows: Vec::new(), unsure: false }
}

/// Who answers for a decision.
fn answers(scenery: &Scenery<'_>, at: usize) -> Option<Person> {
    scenery.answerable(scenery.rulings().all[at].document).0.into_iter().next()
}

fn row(scenery: &Scenery<'_>, ruling: &Ruling, flat: bool) -> Row {
    let scene = &scenery.scene;
    let face = scenery.face(ruling.document);
    let document = &scene.collection.documents[ruling.document];
    let open = ruling.fate == Outcome::Open;
    let depth = if flat { 0 } else { ruling.depth.min(DEEPEST) };
    let above = ruling.under.map(|under| &scenery.rulings().all[under]);
    let section = ruling.section.map(|nth| &document.decisions[nth]);
    let title = section.map_or_else(|| face.title.clone(), |section| visible(&section.title));
    let (fact, links, more) = facts(scenery, ruling, above);
    Row {
        class: match () {
            () if depth > 0 => format!("sub s{depth}"),
            () if open => "op".into(),
            () => String::new(),
        },
        status: match section {
            None => face.status.clone(),
            Some(section) => {
                let stage = section.status.as_ref().map_or(Stage::Unknown, |status| status.stage);
                let mark = stage_mark(stage, Some(Kind::Adr));
                if section.status.is_none() { StatusMark { word: "No status".into(), ..mark } } else { mark }
            }
        },
        id: section.map_or_else(|| face.id.clone(), |section| visible(&section.id.value)),
        title: words::shorten(&title, TITLE),
        href: match section {
            None => face.href.clone(),
            Some(section) => format!("{}#{}", face.href, encode(&section.anchor)),
        },
        fact,
        links,
        more,
        age: ruling
            .day
            .filter(|_| open && document.stage() != Some(Stage::Draft))
            .map(|day| Age::long(day, scene.today)),
        replaced: above
            .filter(|_| depth > 0)
            .map(|above| format!("replaced by {}", scenery.face(above.document).call()))
            .unwrap_or_default(),
        mark: if open { mark(scenery, ruling) } else { None },
        day: ruling.day.filter(|_| !open).map(|day| Moment::new(day, scene.today)),
        origin: if ruling.committed { "day of the first commit" } else { "" },
        person: scenery.answerable(ruling.document).0.into_iter().next(),
    }
}

/// Since when an open one waits, how long a replaced one held, whom a decided one concerns.
fn facts(scenery: &Scenery<'_>, ruling: &Ruling, above: Option<&Ruling>) -> (String, Vec<Named>, String) {
    let plain = |text: String| (text, Vec::new(), String::new());
    let face = scenery.face(ruling.document);
    if ruling.section.is_some() {
        return ("in".into(), vec![named(scenery, ruling.document)], String::new());
    }
    match (ruling.fate, above) {
        (Outcome::Open, _) => {
            let draft = scenery.scene.collection.documents[ruling.document].stage() == Some(Stage::Draft);
            let day = ruling.day.map(|day| date::short(day, scenery.scene.today));
            plain(match (draft, day) {
                (true, Some(day)) => format!("draft since {day}"),
                (true, None) => "no date".into(),
                (false, Some(_)) => match face.status.word.as_str() {
                    "In review" => "opened".into(),
                    "Proposed" => "proposed".into(),
                    word => format!("{}, written", word.to_lowercase()),
                },
                (false, None) => "no decision yet".into(),
            })
        }
        (Outcome::Superseded, Some(above)) => {
            let held = ruling.day.zip(above.day).and_then(|(from, to)| held(from, to));
            match held {
                Some(held) => plain(held),
                None => ("by".into(), vec![named(scenery, above.document)], String::new()),
            }
        }
        (Outcome::Superseded, None) => match successor_of(scenery, ruling.document) {
            Some(other) => ("by".into(), vec![named(scenery, other)], String::new()),
            None => plain("no successor named".into()),
        },
        _ => concerned(scenery, ruling.document),
    }
}

/// The document that takes its place, be it a decision or not.
fn successor_of(scenery: &Scenery<'_>, index: usize) -> Option<usize> {
    let mut relations = scenery.scene.collection.relations_of(index).iter();
    relations.find(|relation| relation.kind == RelationKind::SupersededBy).and_then(|relation| relation.to)
}

fn named(scenery: &Scenery<'_>, index: usize) -> Named {
    let face = scenery.face(index);
    Named { label: words::shorten(face.call(), CALL), href: face.href.clone() }
}

/// `held for 14 months`; absent where the days contradict the order.
fn held(from: Date, to: Date) -> Option<String> {
    let days = date::days_between(from, to);
    let months = (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month())
        - i64::from(from.month())
        - i64::from(to.day() < from.day());
    match (days, months) {
        (..0, _) => None,
        (_, ..2) => Some(format!("held for {}", date::days(days))),
        (_, ..36) => Some(format!("held for {months} months")),
        _ => Some(format!("held for {} years", months / 12)),
    }
}

/// Documents of work that lean on a decision; else those that only speak of it.
fn concerned(scenery: &Scenery<'_>, index: usize) -> (String, Vec<Named>, String) {
    let collection = scenery.scene.collection;
    let works = |other: usize| {
        let kind = collection.documents[other].kind;
        !matches!(kind, Kind::Adr | Kind::Rfc | Kind::Proposal | Kind::Page | Kind::Session)
    };
    // strong relations of both sides, and mentions
    let mut found: BTreeMap<usize, bool> = BTreeMap::new();
    let own = collection.relations_of(index).iter().filter_map(|relation| Some((relation.to?, relation.kind)));
    let others = scenery.backlinks[index].iter().map(|at| &collection.relations[*at]);
    for (other, kind) in
        own.filter(|(_, kind)| *kind != RelationKind::Mentions).chain(others.map(|other| (other.from, other.kind)))
    {
        let strong = kind != RelationKind::Mentions;
        if other != index && works(other) {
            let known = found.entry(other).or_insert(strong);
            *known = *known || strong;
        }
    }
    let strong = found.values().any(|strong| *strong);
    let kept: Vec<usize> = found.into_iter().filter(|(_, own)| *own == strong).map(|(other, _)| other).collect();
    let names = kept.iter().take(NAMES).map(|other| named(scenery, *other)).collect();
    let more = kept.len().saturating_sub(NAMES);
    let word = match (kept.len(), strong) {
        (0, _) => "",
        (_, true) => "affects",
        (_, false) => "named in",
    };
    (word.into(), names, if more > 0 { format!("and {more} more") } else { String::new() })
}

/// Open documents that need an open decision first.
fn held_up(scenery: &Scenery<'_>, index: usize) -> Vec<usize> {
    let relations = scenery.scene.collection.relations_of(index).iter();
    let blocks = relations.filter(|relation| relation.kind == RelationKind::Blocks).filter_map(|relation| relation.to);
    blocks.filter(|other| scenery.face(*other).open).collect()
}

/// The one thing about an open decision that presses most.
fn mark(scenery: &Scenery<'_>, ruling: &Ruling) -> Option<Mark> {
    let scene = &scenery.scene;
    let plain = |class, icon, text: String| Some(Mark { class, icon, text, age: None });
    if ruling.section.is_some() {
        return None;
    }
    let standing = &scene.judgement.standings[ruling.document];
    let deadline = standing.deadline.as_ref().map(|deadline| deadline.value);
    let blocks = held_up(scenery, ruling.document);
    let aged = |class, icon, text: &str, age: fn(Date, Date) -> Age| {
        deadline.map(|day| Mark { class, icon, text: text.into(), age: Some(age(day, scene.today)) })
    };
    let expires = standing.basis == Some("expires");
    let draft = scene.collection.documents[ruling.document].stage() == Some(Stage::Draft);
    match (standing.state, blocks.first()) {
        (Freshness::Expired, _) => aged("c-red", "expired", "closed", Age::long),
        (_, Some(first)) => {
            let more = if blocks.len() > 1 { format!(" and {} more", blocks.len() - 1) } else { String::new() };
            let call = words::shorten(scenery.face(*first).call(), CALL);
            plain("c-red", "blocked", format!("blocks {call}{more}"))
        }
        (Freshness::ReviewOverdue, None) => aged("c-amber", "review", "review", Age::overdue),
        (Freshness::Due, None) => aged("c-amber", "due", if expires { "closes" } else { "review" }, Age::long),
        (_, None) if draft => plain("", "", "not yet open".into()),
        (_, None) => {
            let day = deadline.filter(|_| expires)?;
            plain("", "", format!("closes {}", date::short(day, scene.today)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_held_for_days_months_or_years() {
        let day = |text: &str| date::parse(text).expect("a date");
        let held = |from: &str, to: &str| held(day(from), day(to)).unwrap_or_default();
        assert_eq!(held("2026-01-10", "2026-02-20"), "held for 41 days");
        assert_eq!(held("2025-04-30", "2026-07-08"), "held for 14 months");
        assert_eq!(held("2025-11-26", "2026-10-14"), "held for 10 months");
        assert_eq!(held("2020-01-10", "2026-02-20"), "held for 6 years");
        assert_eq!(held("2026-02-20", "2026-01-10"), "");
    }
}
