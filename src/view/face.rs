//! A document at a glance: what cards, rows and lists show of it. Made once for every document.

use serde::Serialize;

use crate::date;
use crate::model::{Document, Freshness, Kind, RelationKind, Role, Signal, Stage};
use crate::view::{Age, Moment, Scene, Term};
use crate::words;

/// A document at a glance. Addresses are relative to the site's root.
#[derive(Debug, Clone, Serialize)]
pub struct Face {
    /// Address of its page.
    pub href: String,
    /// The id as written; empty where it has none.
    pub id: String,
    /// The id's letters with the hyphen, hidden in dense rows: `PLAN-`.
    pub id_head: String,
    /// The rest of the id: `023`.
    pub id_tail: String,
    /// Its title.
    pub title: String,
    /// Which sort.
    pub kind: KindMark,
    /// Where it stands.
    pub status: StatusMark,
    /// Its signals, the worst first.
    pub chips: Vec<Chip>,
    /// Who answers for it first.
    pub owner: Option<Person>,
    /// How the phases stand; absent for a document without boxes.
    pub rail: Option<Rail>,
    /// `Phase 5 of 7` or `3 phases`; empty without phases.
    pub phase: String,
    /// `38 of 61`, or `9 tasks` before the work begins; empty without boxes.
    pub tasks: String,
    /// What a closed document's card says: a date, a successor; may be empty.
    pub fact: String,
    /// When it last changed, as it says itself.
    pub changed: Option<Moment>,
    /// The deadline that counts.
    pub deadline: Option<Moment>,
    /// The days that decide, for the reader's browser to judge again; absent where it isn't judged.
    pub term: Option<Term>,
    /// What it can be filtered by, as the address says it: `kind:plan owner:hana-sato tag:ledger status:active
    /// is:open is:expired`. Rows and cards carry it as `data-f`.
    pub facets: String,
    /// Still being worked on.
    #[serde(skip)]
    pub open: bool,
    /// Tracked, and its life is over.
    #[serde(skip)]
    pub closed: bool,
    /// Days until the deadline, for sorting; absent without one.
    #[serde(skip)]
    pub days: Option<i64>,
}

/// Which sort of document.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct KindMark {
    /// Name of the icon.
    pub icon: &'static str,
    /// `Plan`.
    pub label: &'static str,
}

/// A document's status: an icon and a word, never a filled chip.
#[derive(Debug, Clone, Serialize)]
pub struct StatusMark {
    /// For the class: `active`.
    pub class: &'static str,
    /// Name of the icon.
    pub icon: &'static str,
    /// The stage's name; for an unknown status the word as written.
    pub word: String,
}

/// A signal: something about the document that somebody should act on.
#[derive(Debug, Clone, Serialize)]
pub struct Chip {
    /// Class that gives the colour: `c-red`, `c-amber` or empty.
    pub class: &'static str,
    /// Name of the icon.
    pub icon: &'static str,
    /// The words before the age: `Expired`.
    pub text: &'static str,
    /// How long ago or ahead, where a day is behind it.
    pub age: Option<Age>,
    /// The signal's whole name: `Review overdue`.
    pub word: &'static str,
    /// It tells the freshness, so the reader's browser may have another one to show.
    pub state: bool,
}

/// Somebody: a person, a team or an agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// As written.
    pub name: String,
    /// The first name, or the whole of a name that is one word.
    pub short: String,
    /// One or two letters.
    pub initials: String,
    /// Class of the avatar: `av3`, `av0 bot`.
    pub class: String,
    /// An agent: has a robot instead of initials.
    pub bot: bool,
    /// Address of the page with what they own; empty where there is none.
    pub href: String,
}

/// One bar a phase, filled by the share of its tasks.
#[derive(Debug, Clone, Serialize)]
pub struct Rail {
    /// The whole in words: `Phase 5 of 7, 38 of 61 tasks done`.
    pub label: String,
    /// `done` for a finished document, else empty.
    pub class: &'static str,
    /// Classes of each bar: `cur w40`.
    pub bars: Vec<String>,
}

/// More phases than this are drawn as one bar.
const BARS: usize = 12;

/// Any number would do; this one spreads the names of the example well over the seven tints.
const TINTS: u64 = 37;

impl Face {
    /// The face of one document.
    pub fn new(scene: &Scene<'_>, index: usize) -> Face {
        let document = &scene.collection.documents[index];
        let standing = &scene.judgement.standings[index];
        let id = document.id.as_ref().map(|id| visible(&id.value)).unwrap_or_default();
        let tail = id.rfind('-').map_or(0, |at| at + 1);
        let changed = document.dates.updated.as_ref().or(document.dates.created.as_ref());
        let deadline = standing.deadline.as_ref().map(|deadline| deadline.value);
        let (phase, tasks) = work(document);
        Face {
            href: format!("{}index.html", scene.collection.addresses[index]),
            id_head: id[..tail].to_string(),
            id_tail: id[tail..].to_string(),
            id,
            title: visible(&document.title.value),
            kind: KindMark { icon: kind_icon(document.kind), label: document.kind.entry().label },
            status: status(document),
            chips: chips(scene, index),
            owner: document.owners.first().map(|owner| Person::new(&owner.value)),
            rail: rail(document),
            phase,
            tasks,
            fact: fact(scene, index),
            changed: changed.map(|day| Moment::new(day.value, scene.today)),
            deadline: deadline.map(|day| Moment::new(day, scene.today)),
            term: (standing.state != Freshness::Exempt).then(|| Term::new(scene, index)),
            facets: facets(scene, index),
            open: open(document),
            closed: document.stage().is_some_and(|stage| !stage.live() && stage != Stage::Unknown),
            days: deadline.map(|day| date::days_between(scene.today, day)),
        }
    }

    /// `PLAN-023 Double-entry ledger migration`, or the title alone.
    pub fn name(&self) -> String {
        if self.id.is_empty() { self.title.clone() } else { format!("{} {}", self.id, self.title) }
    }

    /// The id, or the title where there is none.
    pub fn call(&self) -> &str {
        if self.id.is_empty() { &self.title } else { &self.id }
    }
}

impl Person {
    /// Somebody by name.
    pub fn new(name: &str) -> Person {
        let name = visible(name);
        let parts: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let letter = |part: Option<&&str>| part.and_then(|part| part.chars().next());
        let last = if parts.len() > 1 { letter(parts.last()) } else { None };
        let initials = letter(parts.first()).into_iter().chain(last).flat_map(char::to_uppercase).collect();
        let slug = words::slug(&name);
        let bot = slug.split('-').any(|part| matches!(part, "agent" | "bot"));
        let tint = xxhash_rust::xxh3::xxh3_64_with_seed(slug.as_bytes(), TINTS) % 7 + 1;
        Person {
            short: name.split_whitespace().next().unwrap_or(&name).to_string(),
            initials,
            class: if bot { "av0 bot".into() } else { format!("av{tint}") },
            bot,
            href: format!("owners/{slug}/index.html"),
            name,
        }
    }
}

fn open(document: &Document) -> bool {
    document.tracked() && document.stage().is_some_and(Stage::live)
}

/// Who has no owner or tag has the hyphen, which is no slug.
fn facets(scene: &Scene<'_>, index: usize) -> String {
    let document = &scene.collection.documents[index];
    let standing = &scene.judgement.standings[index];
    if document.role == Role::Template {
        return "kind:template".into();
    }
    let mut words = vec![format!("kind:{}", document.kind.entry().word)];
    let mut add = |name: &str, slug: &str| {
        let word = format!("{name}:{slug}");
        if !words.contains(&word) {
            words.push(word);
        }
    };
    document.owners.iter().for_each(|owner| add("owner", &words::slug(&visible(&owner.value))));
    document.tags.iter().for_each(|tag| add("tag", &words::slug(&tag.value)));
    if document.owners.is_empty() {
        add("owner", "-");
    }
    if document.tags.is_empty() {
        add("tag", "-");
    }
    if document.tracked() {
        words.push(format!("status:{}", document.stage().unwrap_or(Stage::Unknown).word()));
    }
    if open(document) {
        words.push("is:open".into());
    }
    if standing.state != Freshness::Exempt {
        words.push(format!("is:{}", standing.state.word()));
    }
    words.extend(scene.judgement.signals[index].iter().map(|signal| format!("is:{}", signal.word())));
    words.join(" ")
}

/// Characters that turn the text around or don't show are made visible, so that a title can't pass for another.
pub fn visible(text: &str) -> String {
    let hidden = |c: char| {
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
            || (c.is_control() && c != '\n' && c != '\t')
    };
    // The joiners are part of emoji and of several scripts.
    let shown = |c: char| if hidden(c) && !matches!(c, '\u{200c}' | '\u{200d}') { '\u{fffd}' } else { c };
    text.chars().map(shown).collect()
}

/// Name of a kind's icon.
pub fn kind_icon(kind: Kind) -> &'static str {
    match kind {
        Kind::Plan => "plan",
        Kind::Adr => "adr",
        Kind::Rfc => "rfc",
        Kind::Spec => "spec",
        Kind::Research => "research",
        Kind::Proposal => "proposal",
        Kind::Goal => "target",
        Kind::Tasks => "tasks",
        Kind::Session => "session",
        Kind::Page => "page",
    }
}

/// A stage's name and the icon and class that stand for it.
pub fn stage_mark(stage: Stage, kind: Option<Kind>) -> StatusMark {
    let (class, icon, word) = match (stage, kind) {
        (Stage::Draft, _) => ("draft", "draft", "Draft"),
        (Stage::Proposed, Some(Kind::Rfc | Kind::Proposal)) => ("inreview", "inreview", "In review"),
        (Stage::Proposed, _) => ("proposed", "proposed", "Proposed"),
        (Stage::Accepted, _) => ("accepted", "accepted", "Accepted"),
        (Stage::Active, Some(Kind::Research)) => ("active", "active", "Current"),
        (Stage::Active, _) => ("active", "active", "Active"),
        (Stage::Blocked, _) => ("blocked", "blocked", "Blocked"),
        (Stage::Completed, _) => ("completed", "completed", "Completed"),
        (Stage::Rejected, _) => ("rejected", "rejected", "Rejected"),
        (Stage::Deprecated, _) => ("archived", "deprecated", "Deprecated"),
        (Stage::Archived, _) => ("archived", "archived", "Archived"),
        (Stage::Superseded, _) => ("superseded", "superseded", "Superseded"),
        (Stage::Unknown, _) => ("unknown", "unknown", "Unknown"),
    };
    StatusMark { class, icon, word: word.into() }
}

fn status(document: &Document) -> StatusMark {
    if document.role == Role::Template {
        return StatusMark { class: "draft", icon: "template", word: "Template".into() };
    }
    match &document.status {
        Some(status) if status.stage == Stage::Unknown => {
            StatusMark { word: words::shorten(&visible(&status.raw), 40), ..stage_mark(Stage::Unknown, None) }
        }
        Some(status) => stage_mark(status.stage, Some(document.kind)),
        None if document.tracked() => StatusMark { word: "No status".into(), ..stage_mark(Stage::Unknown, None) },
        None => StatusMark { class: "draft", icon: "page", word: document.kind.entry().label.into() },
    }
}

fn chips(scene: &Scene<'_>, index: usize) -> Vec<Chip> {
    let standing = &scene.judgement.standings[index];
    let has = |signal: Signal| scene.judgement.signals[index].contains(&signal);
    let deadline = standing.deadline.as_ref().map(|deadline| deadline.value);
    let expiry = standing.basis.is_none_or(|basis| basis == "expires");
    let plain = |class, icon, word| Chip { class, icon, text: word, age: None, word, state: false };
    let short = || deadline.map(|day| Age::short(day, scene.today));
    let late = || deadline.map(|day| Age::late(day, scene.today));
    let mut chips = Vec::new();
    let review = if standing.inferred { "Inferred review" } else { "Review" };
    let state = standing.state;
    if state == Freshness::Expired {
        chips.push(Chip {
            class: "c-red",
            icon: "expired",
            text: "Expired",
            age: short(),
            word: "Expired",
            state: true,
        });
    }
    if has(Signal::Blocked) {
        chips.push(plain("c-red", "blocked", "Blocked"));
    }
    if state == Freshness::Due {
        let (icon, text) = if expiry { ("due", "Expires") } else { ("review", review) };
        chips.push(Chip { class: "c-amber", icon, text, age: short(), word: "Due soon", state: true });
    }
    if state == Freshness::ReviewOverdue {
        let (text, word) = (review, "Review overdue");
        chips.push(Chip { class: "c-amber", icon: "review", text, age: late(), word, state: true });
    }
    if has(Signal::Contradiction) {
        chips.push(plain("c-amber", "contra", "Contradiction"));
    }
    if state == Freshness::Unscheduled {
        chips.push(Chip { state: true, ..plain("", "noexpiry", "No expiry date") });
    }
    if has(Signal::Placeholders) {
        chips.push(plain("", "placeholder", "Placeholders left"));
    }
    chips
}

/// Index of the phase the work is in: the first with an open task, else the last.
pub fn current_phase(document: &Document) -> Option<usize> {
    let phases = &document.anatomy.phases;
    phases.iter().position(|phase| phase.done < phase.total).or(phases.len().checked_sub(1))
}

/// Class for a bar's width, in steps of five percent. Only nothing is empty and only all is full.
pub fn bar_width(done: u32, total: u32) -> String {
    let steps = match (done, total) {
        (0, _) | (_, 0) => 0,
        (done, total) if done >= total => 20,
        (done, total) => (u64::from(done) * 20 / u64::from(total)).clamp(1, 19),
    };
    format!("w{}", steps * 5)
}

fn rail(document: &Document) -> Option<Rail> {
    let (done, total) = document.progress();
    let phases = &document.anatomy.phases;
    if total == 0 || document.kind == Kind::Page {
        return None;
    }
    let current = current_phase(document);
    let finished = document.stage() == Some(Stage::Completed);
    let mut label = format!("{done} of {} done", words::count(total as usize, "task", "tasks"));
    let bars = match current {
        Some(current) if phases.len() <= BARS => {
            label = format!("Phase {} of {}, {label}", current + 1, phases.len());
            if phases[current].blocked {
                label.push_str(", current phase blocked");
            }
            let bar = |(at, phase): (usize, &crate::model::Phase)| {
                let class = match () {
                    () if phase.blocked && phase.done < phase.total.max(1) => "hold ",
                    () if at == current && phase.done < phase.total && !finished => "cur ",
                    () => "",
                };
                format!("{class}{}", bar_width(phase.done, phase.total))
            };
            phases.iter().enumerate().map(bar).collect()
        }
        _ => vec![format!("{}{}", if done < total { "cur " } else { "" }, bar_width(done, total))],
    };
    Some(Rail { label, class: if finished { "done" } else { "" }, bars })
}

/// What stands below the rail: the phase on the left, the tasks on the right.
fn work(document: &Document) -> (String, String) {
    let (done, total) = document.progress();
    let phases = document.anatomy.phases.len();
    let begun = done > 0 || !matches!(document.stage(), Some(Stage::Draft | Stage::Proposed));
    let phase = match current_phase(document) {
        None => String::new(),
        Some(current) if begun => format!("Phase {} of {phases}", current + 1),
        Some(_) => words::count(phases, "phase", "phases"),
    };
    let tasks = match total {
        0 => String::new(),
        _ if begun => format!("{done} of {total}"),
        _ => words::count(total as usize, "task", "tasks"),
    };
    (phase, tasks)
}

fn fact(scene: &Scene<'_>, index: usize) -> String {
    let document = &scene.collection.documents[index];
    let dates = &document.dates;
    let day =
        |day: &Option<crate::source::Spanned<date::Date>>| day.as_ref().map(|day| date::short(day.value, scene.today));
    let (done, total) = document.progress();
    match document.stage() {
        Some(Stage::Superseded) => match successor(scene, index) {
            Some(other) => format!("by {}", call(&scene.collection.documents[other])),
            None => "No successor named".into(),
        },
        Some(Stage::Completed) => {
            let ended = day(&dates.completed).or_else(|| day(&dates.updated));
            let tasks = (total > 0).then(|| format!("{done} of {total}"));
            [tasks, ended].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
        Some(Stage::Accepted | Stage::Rejected) => {
            day(&dates.decided).or_else(|| day(&dates.updated)).or_else(|| day(&dates.created)).unwrap_or_default()
        }
        Some(Stage::Archived | Stage::Deprecated) => day(&dates.updated).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The document that takes this one's place.
pub fn successor(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let mut relations = scene.collection.relations_of(index).iter();
    relations.find(|relation| relation.kind == RelationKind::SupersededBy).and_then(|relation| relation.to)
}

/// A document's id, or its title where it has none.
pub fn call(document: &Document) -> String {
    visible(document.id.as_ref().map_or(&document.title.value, |id| &id.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_have_initials_and_agents_are_told_apart() {
        let priya = Person::new("Priya Raman");
        assert_eq!((priya.short.as_str(), priya.initials.as_str(), priya.bot), ("Priya", "PR", false));
        assert_eq!(priya.href, "owners/priya-raman/index.html");
        let agent = Person::new("ledger-agent");
        assert_eq!((agent.class.as_str(), agent.bot), ("av0 bot", true));
        assert_eq!(Person::new("@platform/infra").initials, "PI");
        assert_eq!(Person::new("???").initials, "");
    }

    #[test]
    fn bars_are_empty_only_for_nothing_and_full_only_for_all() {
        assert_eq!(bar_width(0, 9), "w0");
        assert_eq!(bar_width(1, 900), "w5");
        assert_eq!(bar_width(899, 900), "w95");
        assert_eq!(bar_width(9, 9), "w100");
        assert_eq!(bar_width(0, 0), "w0");
    }

    #[test]
    fn hidden_characters_show() {
        assert_eq!(visible("a\u{202e}b\u{200b}c\u{7}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(visible("👩\u{200d}💻"), "👩\u{200d}💻");
    }
}
