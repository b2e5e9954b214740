//! A document's page: what it says of itself, what is wrong with it, its text, and what hangs together with it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::{self, Date};
use crate::model::{Deed, Document, Phase, Role, Stage};
use crate::path;
use crate::resolve::Target;
use crate::view::{
    Banner, Chip, Code, Commits, Face, Fact, Holding, Link, LinkState, Page, PageEntry, PhaseMark, Problem, Prose,
    References, Relations, Scenery, Slot, StatusMark, Step, banners, bar_width, chain, chained, code, code_count,
    commits, current_phase, encode, framed_with, problem_of, record, references, related, root_of, section_counts,
    source_of, spots, successor, twin, visible, within,
};
use crate::words;

pub(super) const PAGE: PageEntry = PageEntry {
    name: "document",
    address: "",
    title: "Document",
    icon: "documents",
    nav: false,
    slots: |scenery| {
        let addresses = scenery.scene.collection.addresses.iter().enumerate();
        addresses.map(|(index, address)| Slot::at(&PAGE, address, index, 0)).collect()
    },
    page,
};

/// Findings of one document.
const FINDINGS: usize = 30;

/// A document's page.
#[derive(Serialize)]
struct View<'a> {
    face: &'a Face,
    /// The kind's page and the folder, above the title.
    crumbs: Vec<Crumb>,
    /// The file on the forge; empty where unknown.
    source: String,
    /// Address of its text as Markdown, relative to the root.
    markdown: String,
    /// The file's edit form; empty where unknown.
    edit: String,
    /// Where the file lies in the repository.
    path: String,
    status: &'a StatusMark,
    /// The status as written, where its word differs from the shown one.
    written: String,
    /// Signals; the ones a banner tells about are shortened to their word.
    chips: Vec<Mark<'a>>,
    /// Its tags, each with the page of that tag.
    tags: Vec<Named>,
    /// What is wrong with it, above the text; the worst first.
    banners: Vec<Banner>,
    /// The facts below the title: who, and on which days.
    meta: Vec<Fact>,
    /// The phases; absent for a document without any.
    rail: Option<RailView>,
    /// Sections and phases, then what stands below the text.
    toc: Vec<Entry>,
    /// The document has text.
    chain: Vec<Step<'a>>,
    /// Who refers to it.
    references: References<'a>,
    /// What the document itself points at, by relation.
    relations: Vec<Relations<'a>>,
    /// What else was read out of the text.
    within: Vec<Holding>,
    /// What git tells of the file.
    history: Option<Commits>,
    /// Paths of code that it names.
    code: Vec<Code>,
    /// `3 paths, 1 missing`
    code_count: String,
    /// Findings about it, not more than a page bears.
    problems: Vec<Problem>,
    /// How many findings there are.
    problem_count: usize,
    /// The documents before and after it in the list of its kind.
    before: Option<&'a Face>,
    /// The next document of the kind.
    after: Option<&'a Face>,
}

#[derive(Serialize)]
struct Crumb {
    label: String,
    /// Empty for text.
    href: String,
}

#[derive(Serialize)]
struct Named {
    label: String,
    href: String,
}

#[derive(Serialize)]
struct Mark<'a> {
    chip: &'a Chip,
    /// Only the word is shown.
    brief: bool,
}

#[derive(Serialize)]
struct RailView {
    /// `Phase 5 of 7`
    lead: String,
    /// `38 of 61 tasks, 62 %`
    count: String,
    /// `Exit gates: 4 of 7 passed`, or empty.
    gates: String,
    /// The phases; empty where there are too many, then `bar` stands for them.
    phases: Vec<PhaseView>,
    /// Class of the one bar.
    bar: String,
}

#[derive(Serialize)]
struct PhaseView {
    /// `dn`, `cu`, `td` or `bl`.
    class: &'static str,
    icon: &'static str,
    anchor: String,
    name: String,
    note: String,
    /// Class of the bar's width.
    width: String,
}

#[derive(Serialize)]
struct Entry {
    anchor: String,
    label: String,
    /// `6 open`, `done`; may be empty.
    note: String,
    /// 1 for a phase below its section.
    depth: usize,
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let (scene, index) = (&scenery.scene, slot.of);
    let document = &scene.collection.documents[index];
    let face = &scenery.faces[index];
    let root = root_of(&slot.path);
    let phases: Vec<PhaseMark> = marks(document, scene.today);
    let banners = banners(scenery, index);
    let told = |chip: &Chip| banners.iter().any(|banner| banner.label == chip.word);
    let chips = face.chips.iter().map(|chip| Mark { chip, brief: told(chip) }).collect();
    let [before, after] = beside(scenery, index);
    let findings = &scenery.findings[index];
    let shown = findings.iter().take(FINDINGS).map(|at| problem_of(scenery, &scene.judgement.findings[*at]));
    let path = format!("{}{}", scene.prefix, document.path());
    let view = View {
        face,
        crumbs: crumbs(document, face),
        source: source_of(scenery, index, None),
        markdown: twin(&face.href),
        edit: edit(scenery, &path),
        path: visible(&path),
        status: &face.status,
        written: written(document, face),
        chips,
        tags: tags(document),
        meta: record(scenery, index),
        rail: rail(document),
        toc: toc(scenery, index, &phases),
        chain: chain(scenery, index),
        references: references(scenery, index),
        relations: related(scenery, index),
        within: within(scenery, index),
        code_count: code_count(document),
        code: code(scenery, index),
        history: commits(scenery, index),
        problems: shown.collect(),
        problem_count: findings.len(),
        before,
        after,
        banners,
    };
    let prose = Prose { document, index, links: links(scenery, index, &root), phases, spots: spots(document) };
    framed_with(scenery, slot, "document.html", &face.name(), &root, Some(prose), view)
}

/// The documents before and after one in the list of its kind.
fn beside<'s>(scenery: &'s Scenery<'_>, index: usize) -> [Option<&'s Face>; 2] {
    let word = scenery.scene.collection.documents[index].kind.entry().word;
    let members = scenery.kinds.iter().find(|kind| kind.word == word).map_or(&[][..], |kind| &kind.members);
    let Ok(at) = members.binary_search(&index) else { return [None; 2] };
    [at.checked_sub(1), at.checked_add(1)].map(|at| members.get(at?).map(|index| &scenery.faces[*index]))
}

fn crumbs(document: &Document, face: &Face) -> Vec<Crumb> {
    let entry = document.kind.entry();
    let mut crumbs = Vec::new();
    let (label, href) = match document.role {
        Role::Template => ("Templates", "templates/index.html".to_string()),
        Role::Document => (entry.plural, format!("kinds/{}/index.html", words::slug(entry.plural))),
    };
    crumbs.push(Crumb { label: label.into(), href });
    let folder = document.path().rsplit('/').nth(1).unwrap_or_default();
    if !folder.is_empty() && !folder.eq_ignore_ascii_case(label) {
        crumbs.push(Crumb { label: visible(folder), href: String::new() });
    }
    let last = if face.id.is_empty() { path::name(document.path()) } else { &face.id };
    crumbs.push(Crumb { label: visible(last), href: String::new() });
    crumbs
}

fn edit(scenery: &Scenery<'_>, path: &str) -> String {
    let site = &scenery.scene.config.site;
    match (&site.edit_url, &site.repository) {
        (Some(form), _) => form.replace("{path}", &encode(path)),
        (None, Some(repository)) => format!("{}/edit/HEAD/{}", repository.trim_end_matches('/'), encode(path)),
        (None, None) => String::new(),
    }
}

fn written(document: &Document, face: &Face) -> String {
    let raw = document.status.as_ref().map(|status| visible(status.raw.trim())).unwrap_or_default();
    let same = raw.eq_ignore_ascii_case(&face.status.word);
    if same { String::new() } else { words::shorten(&raw, 60) }
}

fn tags(document: &Document) -> Vec<Named> {
    let mut tags: Vec<Named> = Vec::new();
    for tag in document.tags.iter().take(24) {
        let href = match document.role {
            Role::Document => format!("tags/{}/index.html", words::slug(&tag.value)),
            Role::Template => String::new(),
        };
        if tags.iter().all(|known| known.href.is_empty() || known.href != href) {
            tags.push(Named { label: visible(&tag.value), href });
        }
    }
    tags
}

/// How each phase's section is shown.
fn marks(document: &Document, today: Date) -> Vec<PhaseMark> {
    let current = current_phase(document);
    let mark = |(at, phase): (usize, &Phase)| PhaseMark {
        open: Some(at) == current || phase.total == 0 || phase.blocked,
        state: phase_state(document, at),
        note: match (phase.done, phase.total) {
            (_, 0) => planned(document, at, today),
            (done, total) if done == total => format!("{done} of {total}, done"),
            (done, total) => {
                let tasks = format!("{done} of {}", words::count(total as usize, "task", "tasks"));
                [tasks, planned(document, at, today)]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(", ")
            }
        },
    };
    document.anatomy.phases.iter().enumerate().map(mark).collect()
}

/// What a phase that isn't done waits for, else when it is planned; empty where it says neither.
fn planned(document: &Document, at: usize, today: Date) -> String {
    let phases = &document.anatomy.phases;
    let phase = &phases[at];
    let open = |other: &&usize| phases.get(**other).is_some_and(|other| other.total > other.done);
    let waits: Vec<&str> =
        phase.depends_on.iter().filter(open).map(|other| phases[*other].number.as_str()).take(3).collect();
    match (phase.start, phase.end, &phase.when) {
        _ if !waits.is_empty() => {
            format!("waits for {} {}", if waits.len() == 1 { "phase" } else { "phases" }, visible(&waits.join(", ")))
        }
        (Some(start), Some(end), _) => format!("planned {} to {}", date::short(start, today), date::short(end, today)),
        (None, Some(end), _) => format!("planned until {}", date::short(end, today)),
        (Some(start), None, _) => format!("planned from {}", date::short(start, today)),
        (None, None, Some(when)) => format!("planned for {}", words::shorten(&visible(when), 40)),
        (None, None, None) => String::new(),
    }
}

fn phase_state(document: &Document, at: usize) -> &'static str {
    let phase = &document.anatomy.phases[at];
    let finished = phase.total > 0 && phase.done == phase.total;
    match () {
        () if finished => "done",
        () if phase.blocked => "blocked",
        () if current_phase(document) == Some(at) => "current",
        () => "open",
    }
}

fn rail(document: &Document) -> Option<RailView> {
    let phases = &document.anatomy.phases;
    let (done, total) = document.progress();
    if total == 0 {
        return None;
    }
    let percent = u64::from(done) * 100 / u64::from(total);
    let tasks = words::count(total as usize, "task", "tasks");
    let gates = || document.anatomy.tasks.iter().filter(|task| task.gate && !task.nested);
    let (passed, all) = (gates().filter(|task| task.done).count(), gates().count());
    let view = |(at, phase): (usize, &Phase)| {
        let state = phase_state(document, at);
        let (class, icon) = match state {
            "done" => ("dn", "completed"),
            "blocked" => ("bl", "blocked"),
            "current" => ("cu", "active"),
            _ => ("td", "draft"),
        };
        let tasks = words::count(phase.total as usize, "task", "tasks");
        PhaseView {
            class,
            icon,
            anchor: document
                .anatomy
                .headings
                .get(phase.heading)
                .map(|heading| heading.anchor.clone())
                .unwrap_or_default(),
            name: visible(format!("{} {}", phase.number, phase.title).trim()),
            note: match (state, phase.done, phase.total) {
                ("done", done, total) => format!("Done, {done} of {total}"),
                ("blocked", done, total) => format!("Blocked, {done} of {total}"),
                (_, _, 0) => "No tasks".into(),
                (_, 0, _) => format!("Not started, {tasks}"),
                (_, done, total) => format!("Open, {done} of {total}"),
            },
            width: bar_width(phase.done, phase.total),
        }
    };
    let few = phases.len() <= 12;
    Some(RailView {
        lead: match current_phase(document) {
            Some(current) => format!("Phase {} of {}", current + 1, phases.len()),
            None => "Progress".into(),
        },
        count: format!("{done} of {tasks}, {percent} %"),
        gates: if all > 0 { format!("Gates: {passed} of {all} passed") } else { String::new() },
        phases: if few { phases.iter().enumerate().map(view).collect() } else { Vec::new() },
        bar: bar_width(done, total),
    })
}

/// Sections and phases with what is open in them, then what stands below the text.
fn toc(scenery: &Scenery<'_>, index: usize, marks: &[PhaseMark]) -> Vec<Entry> {
    let document = &scenery.scene.collection.documents[index];
    let anatomy = &document.anatomy;
    let mut phase_at: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, phase) in anatomy.phases.iter().enumerate() {
        phase_at.insert(phase.heading, at);
    }
    let counts = section_counts(document);
    let mut entries = Vec::new();
    for (at, heading) in anatomy.headings.iter().enumerate() {
        let phase = phase_at.get(&at).copied();
        if heading.level != 2 && phase.is_none() {
            continue;
        }
        let (label, note) = match phase {
            Some(phase) => {
                let (mark, phase) = (&marks[phase], &anatomy.phases[phase]);
                let open = phase.total - phase.done.min(phase.total);
                let note = match mark.state {
                    "done" => "done".to_string(),
                    _ if open > 0 => format!("{open} open"),
                    _ => String::new(),
                };
                (format!("{} {}", phase.number, phase.title), note)
            }
            None => (heading.text.clone(), counts.get(&at).map(usize::to_string).unwrap_or_default()),
        };
        let depth = usize::from(heading.level > 2);
        entries.push(Entry {
            anchor: heading.anchor.clone(),
            label: words::shorten(&visible(label.trim()), 60),
            note,
            depth,
        });
    }
    let number = |count: usize| if count > 0 { count.to_string() } else { String::new() };
    let history = scenery.scene.collection.gap.is_none() && !scenery.scene.collection.pasts[index].steps.is_empty();
    let below = [
        ("ps-chain", "Supersession", chained(scenery, index), 0),
        ("ps-refs", "Referenced by", !scenery.backlinks[index].is_empty(), scenery.backlinks[index].len()),
        ("ps-code", "Related code", !document.code.is_empty(), document.code.len()),
        ("ps-history", "History", history, 0),
        ("ps-problems", "Problems", !scenery.findings[index].is_empty(), scenery.findings[index].len()),
    ];
    for (anchor, label, _, count) in below.into_iter().filter(|(_, _, there, _)| *there) {
        entries.push(Entry { anchor: anchor.into(), label: label.into(), note: number(count), depth: 0 });
    }
    entries
}

/// What becomes of each mention, in their order.
fn links(scenery: &Scenery<'_>, index: usize, root: &str) -> Vec<Link> {
    let collection = scenery.scene.collection;
    let repository = scenery.scene.config.site.repository.as_deref().map(|address| address.trim_end_matches('/'));
    let plain = |state: LinkState| Link { href: None, state, title: None };
    let mentions = collection.documents[index].mentions.iter();
    let link = |(target, mention): (&Target, &crate::model::Mention)| match target {
        Target::Document { index: to, anchor } => {
            let anchor = anchor.as_ref().map(|anchor| format!("#{}", encode(anchor))).unwrap_or_default();
            let face = &scenery.faces[*to];
            let superseded = collection.documents[*to].stage() == Some(Stage::Superseded);
            let page = if *to == index && !anchor.is_empty() { String::new() } else { format!("{root}{}", face.href) };
            let word = face.status.word.to_lowercase();
            let title = match (superseded, successor(&scenery.scene, *to)) {
                (true, Some(next)) => format!("{}, superseded by {}", face.name(), scenery.faces[next].call()),
                _ => format!("{}, {word}", face.name()),
            };
            Link {
                href: Some(format!("{page}{anchor}")),
                state: if superseded { LinkState::Superseded } else { LinkState::Page },
                title: (*to != index).then_some(title),
            }
        }
        Target::Attachment(path) => {
            Link { href: Some(format!("{root}files/{}", encode(path))), state: LinkState::Attachment, title: None }
        }
        Target::File(path) => Link {
            href: repository.map(|address| format!("{address}/blob/HEAD/{}", encode(path))),
            state: LinkState::File,
            title: Some(visible(path)),
        },
        Target::External => Link { href: Some(mention.target.clone()), ..plain(LinkState::External) },
        Target::Missing => Link { title: Some("no such document".into()), ..plain(LinkState::Missing) },
        Target::Gone(gone) => {
            let ended = collection.gone[*gone].end();
            let said = |step: &crate::model::Step| {
                let day = date::short(step.touch.day, scenery.scene.today);
                let word = if matches!(step.deed, Deed::Left(_)) { "moved out" } else { "deleted" };
                let commit: String = step.touch.commit.chars().take(7).collect();
                format!("{word} in {} on {day}", visible(&commit))
            };
            Link { title: ended.map(said), ..plain(LinkState::Deleted) }
        }
        Target::Refused => Link { title: Some("this address is not allowed".into()), ..plain(LinkState::Refused) },
        Target::Nothing => plain(LinkState::Plain),
    };
    collection.targets[index].iter().zip(mentions).map(link).collect()
}
