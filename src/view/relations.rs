//! Who hangs together with whom: a drawing of each cluster, and below it, and on pages of their own, the same as text.
//!
//! A small collection is one page with all its drawings. A large one has a page a cluster and an index of them.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::RelationKind;
use crate::path;
use crate::source::Span;
use crate::view::{
    Cluster, Clusters, Face, Page, PageEntry, Pager, Picture, Run, Scenery, Slot, Stroke, Tab, count_documents, cut,
    framed, how, legend, part, sentence, source_of, stands, visible,
};
use crate::words;

pub(super) const GRAPH: PageEntry = PageEntry {
    name: "relations",
    address: "relations/",
    title: "Relations",
    icon: "relations",
    nav: true,
    slots: |scenery| {
        if few(scenery.clusters()) {
            return vec![Slot::at(&GRAPH, GRAPH.address, 0, 0)];
        }
        cut(&GRAPH, 0, GRAPH.address, scenery.clusters().clusters.len())
    },
    page: graph,
};

pub(super) const CLUSTER: PageEntry = PageEntry {
    name: "cluster",
    address: "relations/",
    title: "Documents that hang together",
    icon: "relations",
    nav: false,
    slots: |scenery| {
        if few(scenery.clusters()) {
            return Vec::new();
        }
        let clusters = scenery.clusters().clusters.iter().enumerate();
        clusters.map(|(of, cluster)| Slot::at(&CLUSTER, &address(cluster), of, 0)).collect()
    },
    page: cluster,
};

pub(super) const LIST: PageEntry = PageEntry {
    name: "relation-list",
    address: "relations/list/",
    title: "List of relations",
    icon: "relations",
    nav: false,
    slots: |scenery| cut(&LIST, 0, LIST.address, scenery.clusters().bonds.len()),
    page: list,
};

/// Documents of the drawings of one page.
const FEW: usize = 60;
/// Relations below a drawing, and those of them that lead out of it; the list has all.
const ROWS: usize = 500;
const OUT: usize = 60;
/// Documents of a group beside the drawing, and problems.
const BESIDE: usize = 6;

/// Rules that find fault with relations.
const RULES: &[&str] = &[
    "one-sided-supersession",
    "superseded-without-successor",
    "supersession-cycle",
    "dependency-cycle",
    "depends-on-dead",
    "unknown-reference",
];

/// The pages. Addresses are relative to the site's root.
#[derive(Serialize)]
struct View<'a> {
    heading: String,
    /// The pages above; empty on the first.
    up: &'static str,
    /// What the page shows, in a sentence.
    sub: String,
    /// What the drawing leaves out, a sentence each.
    notes: Vec<String>,
    /// `Graph`, `List`.
    tabs: [Tab; 2],
    /// The kinds of lines in use.
    legend: Vec<Stroke>,
    /// The drawings, one a cluster.
    pictures: Vec<Picture>,
    /// Two documents each, which stand side by side.
    pairs: Vec<Picture>,
    /// The most connected document.
    focus: Option<Focus<'a>>,
    /// What is wrong with relations, the gravest first.
    problems: Vec<Problem>,
    /// How many of them there are in all.
    problem_count: usize,
    /// The clusters, where each has a page.
    index: Vec<Entry<'a>>,
    rows: Vec<Row>,
    /// How many relations the table has in all.
    row_count: usize,
    /// `120 more`, or empty.
    more: String,
    pager: Option<Pager>,
}

/// A cluster in the index.
#[derive(Serialize)]
struct Entry<'a> {
    label: &'a str,
    href: String,
    note: String,
    /// How many documents belong to it.
    documents: usize,
    /// How many relations there are among them.
    relations: usize,
    /// The most connected of them.
    hub: &'a Face,
}

/// A document and all that it hangs together with.
#[derive(Serialize)]
struct Focus<'a> {
    face: &'a Face,
    /// What it hangs together with, by the kind of relation.
    groups: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    label: &'static str,
    rows: Vec<Other<'a>>,
    /// `3 more`, or empty.
    more: String,
}

#[derive(Serialize)]
struct Other<'a> {
    face: &'a Face,
    /// `expired`
    word: String,
}

#[derive(Serialize)]
struct Problem {
    icon: &'static str,
    class: &'static str,
    /// The document's id, or its title.
    call: String,
    href: String,
    /// What is wrong, with code set as code.
    message: Vec<Run>,
}

/// A relation as a row of the table.
#[derive(Serialize)]
struct Row {
    /// The document that has the relation.
    from: End,
    /// Key of the relation's kind: `depends-on`.
    kind: &'static str,
    /// `depends on`
    how: &'static str,
    /// The other document; absent where it leads to none.
    to: Option<End>,
    /// As written, where it leads to none of the documents.
    raw: String,
    /// It leads to another site.
    outside: bool,
    /// `PLAN-023, line 12`
    written: String,
    /// That line on the forge; empty where unknown.
    source: String,
    /// `also in PLAN-009`, `inferred for PLAN-009`, or empty.
    note: String,
    /// Not part of the drawing above.
    left_out: bool,
}

#[derive(Serialize)]
struct End {
    id: String,
    title: String,
    href: String,
}

fn few(clusters: &Clusters) -> bool {
    clusters.drawn() <= FEW
}

fn address(cluster: &Cluster) -> String {
    format!("{}{}/", GRAPH.address, cluster.slug)
}

fn tabs(list: bool) -> [Tab; 2] {
    [
        Tab { label: "Graph", href: "relations/index.html".into(), current: !list },
        Tab { label: "List", href: "relations/list/index.html".into(), current: list },
    ]
}

fn blank<'a>(heading: String, sub: String) -> View<'a> {
    View {
        heading,
        up: "",
        sub,
        notes: Vec::new(),
        tabs: tabs(false),
        legend: Vec::new(),
        pictures: Vec::new(),
        pairs: Vec::new(),
        focus: None,
        problems: Vec::new(),
        problem_count: 0,
        index: Vec::new(),
        rows: Vec::new(),
        row_count: 0,
        more: String::new(),
        pager: None,
    }
}

fn graph<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let clusters = scenery.clusters();
    let mut view = blank(GRAPH.title.into(), lead(scenery));
    view.notes = notes(scenery);
    if few(clusters) {
        let all = || clusters.clusters.iter().chain(&clusters.pairs);
        let focus =
            all().map(|cluster| cluster.hub).max_by_key(|hub| (degree(clusters, *hub), std::cmp::Reverse(*hub)));
        let picture = |cluster: &Cluster| Picture::new(scenery, cluster, focus);
        view.pictures = clusters.clusters.iter().map(picture).collect();
        view.pairs = clusters.pairs.iter().map(picture).collect();
        let bonds: Vec<usize> = (0..clusters.bonds.len()).collect();
        fill(scenery, &mut view, focus, &bonds, bonds.len());
        problems(scenery, &mut view, all().flat_map(|cluster| cluster.members.iter().copied()));
        return framed(scenery, slot, "relations.html", GRAPH.title, view);
    }
    let every: Vec<usize> = (0..clusters.clusters.len()).collect();
    let (shown, pager) = part(&every, GRAPH.address, slot.part);
    view.index = shown.iter().map(|at| entry(scenery, &clusters.clusters[*at])).collect();
    view.pager = pager;
    let title = titled(GRAPH.title, view.pager.as_ref());
    framed(scenery, slot, "relations.html", &title, view)
}

fn entry<'a>(scenery: &'a Scenery<'_>, cluster: &'a Cluster) -> Entry<'a> {
    Entry {
        label: &cluster.label,
        href: format!("{}index.html", address(cluster)),
        note: cluster.whole.map(|whole| format!("part of {}", count_documents(whole))).unwrap_or_default(),
        documents: cluster.members.len(),
        relations: cluster.between(&scenery.clusters().bonds).count(),
        hub: &scenery.faces[cluster.hub],
    }
}

fn cluster<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let cluster = &scenery.clusters().clusters[slot.of];
    let picture = Picture::new(scenery, cluster, Some(cluster.hub));
    let sub = format!("{}. {DIRECTIONS}", picture.note);
    let mut view = View { up: GRAPH.title, ..blank(cluster.label.clone(), sub) };
    view.notes
        .extend(Some(picture.rest.clone()).filter(|rest| !rest.is_empty()).map(|rest| rest + "; the table has them."));
    if cluster.whole.is_some() {
        view.notes.push("The cluster is too large for one drawing; this is the part around its most connected document. What leads out of it is in the table.".into());
    }
    view.pictures = vec![picture];
    // what the drawing shows comes first, then what leads out of it
    let mut bonds: Vec<usize> = cluster.between(&scenery.clusters().bonds).collect();
    bonds.truncate(ROWS - OUT);
    let inside: BTreeSet<usize> = bonds.iter().copied().collect();
    bonds.extend(cluster.bonds.iter().filter(|bond| !inside.contains(bond)).take(OUT));
    fill(scenery, &mut view, Some(cluster.hub), &bonds, cluster.bonds.len());
    problems(scenery, &mut view, cluster.members.iter().copied());
    let title = format!("{}: {}", GRAPH.title, cluster.label);
    framed(scenery, slot, "relations.html", &title, view)
}

fn list<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let bonds = &scenery.clusters().bonds;
    let stated = bonds.iter().filter(|bond| bond.stated()).count();
    let nowhere = bonds.iter().filter(|bond| bond.to.is_none()).count();
    let mut sub = format!(
        "{}, {stated} of them stated and {} in running text.",
        words::count(bonds.len(), "relation", "relations"),
        words::count(bonds.len() - stated, "mention", "mentions")
    );
    match nowhere {
        0 => {}
        1 => sub.push_str(" 1 leads to no document of this collection."),
        _ => sub.push_str(&format!(" {nowhere} lead to no document of this collection.")),
    }
    let every: Vec<usize> = (0..bonds.len()).collect();
    let (shown, pager) = part(&every, LIST.address, slot.part);
    let rows = shown.iter().map(|bond| row(scenery, *bond, false)).collect();
    let mut view = blank(GRAPH.title.into(), sub);
    (view.rows, view.row_count, view.pager, view.tabs) = (rows, bonds.len(), pager, tabs(true));
    let title = titled(LIST.title, view.pager.as_ref());
    framed(scenery, slot, "relations.html", &title, view)
}

fn titled(title: &str, pager: Option<&Pager>) -> String {
    pager.map_or_else(|| title.to_string(), |pager| format!("{title}, {}", pager.label.to_lowercase()))
}

const DIRECTIONS: &str = "Supersession runs upward, all else sideways: what comes first stands to the left.";

/// `26 of 72 documents in 3 clusters.`
fn lead(scenery: &Scenery<'_>) -> String {
    let clusters = scenery.clusters();
    let parts = clusters.clusters.iter().filter(|cluster| cluster.whole.is_some()).count();
    let (count, pairs) = (clusters.clusters.len() - parts + clusters.cut, clusters.pairs.len());
    if count + pairs == 0 {
        return "No document states a relation to another.".into();
    }
    let number = |count: usize, one: &str, many: &str| (count > 0).then(|| words::count(count, one, many));
    let whole = [number(count, "cluster", "clusters"), number(pairs, "pair", "pairs")];
    let whole: Vec<String> = whole.into_iter().flatten().collect();
    let documents = clusters.drawn() + clusters.scattered.len();
    let cut = match clusters.cut {
        0 => String::new(),
        1 => format!(" The largest is cut into {parts} parts, each around its most connected document."),
        large => format!(" The {large} largest are cut into {parts} parts, each around its most connected document."),
    };
    let lead = format!("{documents} of {} in {}.{cut}", count_documents(scenery.proper()), whole.join(" and "));
    if few(clusters) { format!("{lead} {DIRECTIONS}") } else { lead }
}

/// What the drawings leave out.
fn notes(scenery: &Scenery<'_>) -> Vec<String> {
    let clusters = scenery.clusters();
    let mut notes = Vec::new();
    match clusters.alone {
        0 => {}
        1 => notes.push("1 document stands alone.".into()),
        alone => notes.push(format!("{alone} documents stand alone.")),
    }
    if !few(clusters) && !clusters.pairs.is_empty() {
        let pairs = words::count(clusters.pairs.len(), "pair is", "pairs are");
        notes.push(format!("{pairs} in the list, not drawn."));
    }
    if !clusters.scattered.is_empty() {
        let scattered = clusters.scattered.len();
        let verb = if scattered == 1 { "hangs" } else { "hang" };
        notes.push(format!(
            "{} {verb} on a large cluster whose parts had no room left; the list has them.",
            count_documents(scattered)
        ));
    }
    if clusters.drawn() > 0 && clusters.bonds.iter().any(|bond| !bond.stated()) {
        notes.push("A mention makes no cluster. It is drawn within one, where no stronger relation is.".into());
    }
    notes
}

fn degree(clusters: &Clusters, index: usize) -> usize {
    let Some(at) = clusters.of[index] else { return 0 };
    let cluster = clusters.clusters.iter().chain(&clusters.pairs).nth(at);
    let bonds = cluster.into_iter().flat_map(|cluster| &cluster.bonds).map(|bond| &clusters.bonds[*bond]);
    bonds.filter(|bond| bond.stated() && (bond.from == index || bond.to == Some(index))).count()
}

/// What stands beside and below the drawings.
fn fill<'a>(scenery: &'a Scenery<'_>, view: &mut View<'a>, focus: Option<usize>, bonds: &[usize], all: usize) {
    view.legend = legend(view.pictures.iter().chain(&view.pairs));
    view.focus = focus.map(|index| focused(scenery, index, bonds));
    let drawn = |bond: &usize| view.pictures.iter().chain(&view.pairs).any(|picture| picture.drawn.contains(bond));
    view.rows = bonds.iter().take(ROWS).map(|bond| row(scenery, *bond, !drawn(bond))).collect();
    view.row_count = all;
    let more = all - view.rows.len();
    view.more = if more > 0 { format!("{more} more") } else { String::new() };
}

fn focused<'a>(scenery: &'a Scenery<'_>, index: usize, bonds: &[usize]) -> Focus<'a> {
    let mut groups: Vec<Group> = Vec::new();
    let stated = bonds.iter().map(|bond| &scenery.clusters().bonds[*bond]).filter(|bond| bond.stated());
    for bond in stated {
        let other = match bond.to {
            Some(to) if bond.from == index && to != index => to,
            Some(to) if to == index && bond.from != index => bond.from,
            _ => continue,
        };
        let label = as_seen(bond.kind, bond.from == index);
        let at = groups.iter().position(|group| group.label == label).unwrap_or_else(|| {
            groups.push(Group { label, rows: Vec::new(), more: String::new() });
            groups.len() - 1
        });
        let face = &scenery.faces[other];
        groups[at].rows.push(Other { face, word: stands(face) });
    }
    for group in &mut groups {
        let more = group.rows.len().saturating_sub(BESIDE);
        group.rows.truncate(BESIDE);
        group.more = if more > 0 { format!("{more} more") } else { String::new() };
    }
    Focus { face: &scenery.faces[index], groups }
}

/// A relation as the heading of the others, seen from the one who has it or from the other side.
fn as_seen(kind: RelationKind, own: bool) -> &'static str {
    match (kind, own) {
        (RelationKind::Supersedes, true) | (RelationKind::SupersededBy, false) => "Supersedes",
        (RelationKind::Supersedes, false) | (RelationKind::SupersededBy, true) => "Superseded by",
        (RelationKind::DependsOn, true) => "Depends on",
        (RelationKind::DependsOn, false) => "Needed by",
        (RelationKind::Blocks, true) => "Blocks",
        (RelationKind::Blocks, false) => "Blocked by",
        (RelationKind::Decides, true) => "Decides",
        (RelationKind::Decides, false) => "Decided by",
        (RelationKind::Implements, true) => "Implements",
        (RelationKind::Implements, false) => "Implemented by",
        (RelationKind::BasedOn, true) => "Based on",
        (RelationKind::BasedOn, false) => "Basis of",
        (RelationKind::Amends, true) => "Amends",
        (RelationKind::Amends, false) => "Amended by",
        (RelationKind::Related, _) => "Related",
        (RelationKind::Mentions, true) => "Mentions",
        (RelationKind::Mentions, false) => "Mentioned by",
    }
}

fn problems(scenery: &Scenery<'_>, view: &mut View<'_>, members: impl Iterator<Item = usize>) {
    let findings = &scenery.scene.judgement.findings;
    let all = members.flat_map(|member| &scenery.findings[member]).map(|at| &findings[*at]);
    let all: Vec<_> = all.filter(|finding| RULES.contains(&finding.rule)).collect();
    let problem = |finding: &&crate::diagnostic::Finding| {
        let face = &scenery.faces[finding.document];
        let (icon, class) = match finding.rule {
            "one-sided-supersession" => ("contra", "f-amber"),
            "unknown-reference" | "superseded-without-successor" => ("broken", "f-red"),
            _ => ("blocked", "f-red"),
        };
        let (call, href) = (face.call().to_string(), face.href.clone());
        Problem { icon, class, call, href, message: sentence(&format!(" {}", finding.message)) }
    };
    view.problem_count = all.len();
    view.problems = all.iter().take(BESIDE).map(problem).collect();
}

fn row(scenery: &Scenery<'_>, bond: usize, left_out: bool) -> Row {
    let scene = &scenery.scene;
    let bond = &scenery.clusters().bonds[bond];
    let relation = &scene.collection.relations[bond.at];
    let end = |index: usize| {
        let face = &scenery.faces[index];
        End { id: face.id.clone(), title: face.title.clone(), href: face.href.clone() }
    };
    let call = |index: usize| scenery.faces[index].call();
    let writer = relation.from;
    let other = if writer == bond.from { bond.to } else { Some(bond.from) };
    let named = relation.inferred && relation.span == Span::default();
    let document = &scene.collection.documents[writer];
    let (file, at) = document.source.file(relation.span.start);
    let line = file.place(at).line;
    let own = file.path == document.source.path;
    let id = scenery.faces[writer].id.as_str();
    let file_name = visible(path::name(&file.path));
    let name = match (id.is_empty(), own) {
        (true, _) => file_name,
        (false, true) => id.to_string(),
        (false, false) => format!("{file_name} of {id}"),
    };
    Row {
        from: end(bond.from),
        kind: bond.kind.word(),
        how: how(bond.kind),
        to: bond.to.map(end),
        outside: bond.to.is_none() && (relation.raw.starts_with("https://") || relation.raw.starts_with("http://")),
        raw: if bond.to.is_none() { words::shorten(&visible(&relation.raw), 120) } else { String::new() },
        written: if named { "the files’ names".into() } else { format!("{name}, line {line}") },
        source: if named || !own { String::new() } else { source_of(scenery, writer, Some(line)) },
        note: match other {
            Some(other) if bond.both => format!("and in {}", call(other)),
            Some(other) if !named && bond.kind.inverse().is_some() => format!("inferred for {}", call(other)),
            _ if named => "inferred".into(),
            _ => String::new(),
        },
        left_out,
    }
}
