//! The overview: what somebody has to do something about, what comes next, what is going on.

use serde::Serialize;

use crate::date::{self, Date};
use crate::model::{Document, Kind, Stage};
use crate::view::{
    Age, Face, Group, Happening, Moment, Need, Page, PageEntry, Person, STATES, Scenery, Slot, State, StateEntry, Whom,
    count_documents, framed, next_deadline, since_monday, step, together, visible, why,
};
use crate::words;

pub(super) const PAGE: PageEntry =
    PageEntry { name: "overview", address: "", title: "Overview", icon: "overview", nav: true, slots, page };

/// Rows of a group before "3 more".
const ROWS: usize = 5;
/// Rows of the lists below.
const RECENT: usize = 8;
/// Of one commit, and of how many of the latest happenings.
const TOGETHER: usize = 2;
const LOOKED: usize = 200;
/// Weeks of the strip, and the lines it has room for.
const WEEKS: i64 = 8;
const LANES: usize = 4;
/// Work without a change for so many days is said to be unchanged.
const QUIET: i64 = 30;

/// The overview. All addresses are relative to the site's root.
#[derive(Serialize)]
struct Overview<'a> {
    /// There is nothing in the collection.
    empty: bool,
    /// `13 of 72 documents need attention.`
    lead: String,
    /// What follows the lead; may be empty.
    rest: String,
    /// Nothing needs attention: what there is to say then; empty otherwise.
    good: String,
    /// Reasons with documents, the worst first.
    groups: Vec<NeedView<'a>>,
    /// The next eight weeks; absent where nothing ends in them.
    strip: Option<Strip<'a>>,
    /// Work that goes on, the last changed first.
    flight: Vec<Flight<'a>>,
    /// `12, by last change`.
    flight_count: String,
    /// `4 more, 2 of them unchanged for 30 days`, or empty.
    flight_more: String,
    /// Decisions, the newest first.
    decisions: Vec<News<'a>>,
    /// What happened, the latest first.
    changes: Vec<Recent>,
}

/// Documents that need attention for one reason.
#[derive(Serialize)]
struct NeedView<'a> {
    id: &'static str,
    label: &'static str,
    class: &'static str,
    icon: &'static str,
    /// How many have this as their worst signal.
    count: usize,
    /// What it means.
    note: String,
    rows: Vec<Row<'a>>,
    /// `3 more expired`, or empty.
    more: String,
    /// Where all of them are.
    href: String,
}

#[derive(Serialize)]
struct Row<'a> {
    face: &'a Face,
    /// The day that matters, with its colour.
    age: Option<Age>,
    /// `27 Nov, ` before an age that lies ahead.
    day: String,
    class: &'static str,
    /// The facts.
    why: String,
    /// The next step: a verb.
    step: &'static str,
    /// Who answers for it first.
    owner: Option<Person>,
    /// The owner is named by CODEOWNERS.
    fallback: bool,
}

#[derive(Serialize)]
struct Strip<'a> {
    /// Class that gives the height: `n1` to `n4`, as many lines as are used.
    lines: String,
    /// The eight weeks.
    weeks: Vec<Week>,
    /// The deadlines in them.
    events: Vec<Event<'a>>,
    /// What the icons in use mean.
    legend: Vec<Sign>,
}

/// An icon and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Sign {
    icon: &'static str,
    /// Class of the colour.
    color: &'static str,
    /// `expires`
    what: &'static str,
}

#[derive(Serialize)]
struct Week {
    /// `Today, 23 Nov` or `30 Nov`.
    label: String,
    /// `+3` where there are more than the strip has room for.
    more: String,
    /// Class that gives its column: `d7`.
    class: String,
}

#[derive(Serialize)]
struct Event<'a> {
    face: &'a Face,
    day: Moment,
    /// Classes that give its column, its line and its side: `d4 l1`.
    class: String,
    icon: &'static str,
    /// Class of the colour.
    color: &'static str,
    /// What happens then, for people who don't see the icon: `expires`.
    what: &'static str,
    /// The milestone's name; empty for the end of a document.
    note: String,
}

#[derive(Serialize)]
struct Flight<'a> {
    face: &'a Face,
    /// `19 of 37 tasks`
    tasks: String,
}

#[derive(Serialize)]
struct News<'a> {
    face: &'a Face,
    icon: &'static str,
    class: &'static str,
    /// `accepted 12 Nov`
    what: String,
}

/// Something that happened to a document.
#[derive(Serialize)]
struct Recent {
    icon: &'static str,
    class: &'static str,
    /// What happened, or the title of what changed.
    text: String,
    /// The document's page; empty for one that is no more.
    href: String,
    /// Its id; may be empty.
    id: String,
    /// Whose commit it is, else who owns it; may be empty.
    who: String,
    /// `18 Nov`, `changed 18 Nov`
    what: String,
}

fn slots(_: &Scenery<'_>) -> Vec<Slot> {
    vec![Slot::at(&PAGE, "", 0, 0)]
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let (needy, all): (usize, usize) =
        (scenery.attention.iter().map(|need| need.members.len()).sum(), scenery.proper());
    let (decisions, changes) = (decisions(scenery), changes(scenery));
    let (flight, flying) = flight(scenery);
    let overview = Overview {
        empty: all == 0,
        lead: match needy {
            0 => "Nothing needs attention.".into(),
            1 => format!("1 of {} needs attention.", count_documents(all)),
            _ => format!("{needy} of {} need attention.", count_documents(all)),
        },
        rest: Some(since_monday(scenery)).filter(|news| !news.is_empty()).unwrap_or_else(|| rest(scenery)),
        good: if needy == 0 { good(scenery) } else { String::new() },
        groups: groups(scenery),
        strip: strip(scenery),
        flight_count: format!("{}, by last change", flying.len()),
        flight_more: beyond(scenery, &flying[flight.len()..]),
        flight,
        decisions,
        changes,
    };
    framed(scenery, slot, "overview.html", PAGE.title, overview)
}

/// Kinds and how many there are: `36 plans, 21 ADRs, 8 RFCs.`
fn rest(scenery: &Scenery<'_>) -> String {
    let named = |group: &Group| {
        let acronym = group.label.chars().nth(1).is_some_and(char::is_uppercase);
        let label = if acronym { group.label.clone() } else { group.label.to_lowercase() };
        let label =
            if group.members.len() == 1 { label.strip_suffix('s').unwrap_or(&label).to_string() } else { label };
        format!("{} {label}", group.members.len())
    };
    let lives = |group: &&Group| group.tracked;
    let kinds: Vec<String> = scenery.kinds.iter().filter(lives).map(named).collect();
    if kinds.is_empty() { String::new() } else { format!("{}.", kinds.join(", ")) }
}

fn good(scenery: &Scenery<'_>) -> String {
    let open = scenery.faces.iter().filter(|face| face.open).count();
    if open == 0 {
        return "No document is open.".into();
    }
    let inside = if open == 1 { "1 open document, inside its dates." } else { "" };
    let inside =
        if inside.is_empty() { format!("{open} open documents, all inside their dates.") } else { inside.into() };
    match next_deadline(scenery) {
        Some((next, day)) => format!("{inside} The next deadline is {} on {day}.", scenery.faces[next].call()),
        None => inside,
    }
}

fn groups<'s>(scenery: &'s Scenery<'_>) -> Vec<NeedView<'s>> {
    let needs = scenery.attention.iter().zip(STATES).filter(|(need, _)| !need.members.is_empty());
    let group = |(need, entry): (&Need, &'static StateEntry)| {
        let (count, above) = (need.members.len(), need.all.len() - need.members.len());
        let rest = count.saturating_sub(ROWS);
        NeedView {
            id: entry.state_id(),
            label: entry.label,
            class: entry.class,
            icon: entry.icon,
            count,
            note: if above > 0 { format!("Plus {above} listed above") } else { note(scenery, entry) },
            rows: need.members.iter().take(ROWS).map(|index| row(scenery, *index, need.state)).collect(),
            more: if rest > 0 { format!("{rest} more {}", more(entry)) } else { String::new() },
            href: format!("{}index.html", entry.address),
        }
    };
    needs.map(group).collect()
}

impl StateEntry {
    /// The last part of its address, as an id on the page.
    fn state_id(&self) -> &'static str {
        self.address.trim_end_matches('/').rsplit('/').next().unwrap_or(self.address)
    }
}

fn note(scenery: &Scenery<'_>, entry: &StateEntry) -> String {
    let scene = &scenery.scene;
    match entry.state {
        State::Due => {
            let until = scene.config.freshness.warn_before.0.after(scene.today);
            format!("Ends by {}", date::short(until, scene.today))
        }
        _ => entry.note.into(),
    }
}

fn row<'s>(scenery: &'s Scenery<'_>, index: usize, state: State) -> Row<'s> {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[index];
    let deadline = scene.judgement.standings[index].deadline.as_ref().map(|deadline| deadline.value);
    let dated = deadline.filter(|_| matches!(state, State::Expired | State::Due | State::ReviewOverdue));
    let day = match dated {
        Some(day) if state == State::Due => format!("{}, ", date::short(day, scene.today)),
        _ => String::new(),
    };
    let (people, fallback) = scenery.answerable(index);
    let age = |day| match state {
        State::ReviewOverdue => Age::overdue(day, scene.today),
        _ => Age::long(day, scene.today),
    };
    Row {
        face: &scenery.faces[index],
        age: dated.map(age),
        day,
        class: if state == State::Expired { "f-red" } else { "f-amber" },
        why: why(scenery, index, Some(state)),
        step: step(scenery, document, index, state),
        owner: people.into_iter().next(),
        fallback,
    }
}

/// `expired`, `with a contradiction`: what further documents are said to be.
fn more(entry: &StateEntry) -> String {
    let label = entry.label.to_lowercase();
    match entry.state {
        State::Contradiction => format!("with a {label}"),
        State::Unscheduled => format!("with {label}"),
        _ => label,
    }
}

const EXPIRES: Sign = Sign { icon: "expired", color: "f-amber", what: "expires" };
const MILESTONE: Sign = Sign { icon: "milestone", color: "muted", what: "milestone" };
const REVIEW: Sign = Sign { icon: "review", color: "f-amber", what: "review due" };
const CLOSES: Sign = Sign { icon: "inreview", color: "f-blue", what: "review closes" };

/// What comes to an end of its days, and which milestones are planned, by day.
fn coming(scenery: &Scenery<'_>) -> Vec<(i64, usize, Sign, String)> {
    let scene = &scenery.scene;
    let near = |days: &i64| (0..=WEEKS * 7).contains(days);
    let mut coming = Vec::new();
    for (index, face) in scenery.faces.iter().enumerate().filter(|(_, face)| face.open) {
        let document = &scene.collection.documents[index];
        if let Some(days) = face.days.filter(near) {
            let expires = scene.judgement.standings[index].basis.is_none_or(|basis| basis == "expires");
            let sign = match (expires, document.stage()) {
                (true, Some(Stage::Proposed)) => CLOSES,
                (true, _) => EXPIRES,
                (false, _) => REVIEW,
            };
            coming.push((days, index, sign, String::new()));
        }
        for milestone in document.anatomy.milestones.iter().filter(|milestone| !milestone.done) {
            let Some(day) = milestone.date else { continue };
            let days = date::days_between(scene.today, day);
            if near(&days) {
                coming.push((days, index, MILESTONE, words::shorten(&visible(&milestone.title), 22)));
            }
        }
    }
    coming.sort_by(|a, b| (a.0, a.1, a.2.what, &a.3).cmp(&(b.0, b.1, b.2.what, &b.3)));
    coming
}

fn strip<'s>(scenery: &'s Scenery<'_>) -> Option<Strip<'s>> {
    let today = scenery.scene.today;
    let coming = coming(scenery);
    if coming.is_empty() {
        return None;
    }
    let legend =
        [EXPIRES, MILESTONE, REVIEW, CLOSES].into_iter().filter(|sign| coming.iter().any(|one| one.2 == *sign));
    let legend = legend.collect();
    let mut more = vec![0usize; WEEKS as usize];
    let mut free = [i64::MIN; LANES];
    let mut events = Vec::new();
    for (days, index, sign, note) in coming {
        let face = &scenery.faces[index];
        // About a fifth of a day a letter at the strip's usual width, and room for the icon.
        let letters = face.call().chars().take(16).count() + note.chars().count();
        let width = 3 + letters as i64 * 2 / 5;
        let flipped = days + width > WEEKS * 7;
        let (from, to) = if flipped { (days - width, days + 1) } else { (days, days + width) };
        let Some(lane) = free.iter().position(|end| *end <= from) else {
            more[(days / 7).clamp(0, WEEKS - 1) as usize] += 1;
            continue;
        };
        free[lane] = to;
        let day = date::Period::of_days(days as i32).after(today);
        let class = format!("d{} l{}{}", days.min(WEEKS * 7), lane + 1, if flipped { " x" } else { "" });
        let Sign { icon, color, what } = sign;
        events.push(Event { face, day: Moment::new(day, today), class, icon, color, what, note });
    }
    let week = |(at, more): (usize, usize)| {
        let first = date::Period::of_days(at as i32 * 7).after(today);
        let day = date::short(first, today);
        let day = day
            .rsplit_once(' ')
            .filter(|(_, last)| last.len() == 4)
            .map_or(day.as_str(), |(short, _)| short)
            .to_string();
        Week {
            label: if at == 0 { format!("Today, {day}") } else { day },
            more: if more > 0 { format!("+{more}") } else { String::new() },
            class: format!("d{}", at * 7),
        }
    };
    let lines = format!("n{}", free.iter().filter(|end| **end != i64::MIN).count().max(1));
    Some(Strip { lines, weeks: more.into_iter().enumerate().map(week).collect(), events, legend })
}

/// What is said of work that isn't listed.
fn beyond(scenery: &Scenery<'_>, rest: &[usize]) -> String {
    let quiet = |index: &&usize| {
        let changed = scenery.faces[**index].changed.as_ref().and_then(|day| date::parse(&day.iso).ok());
        changed.is_some_and(|day| date::days_between(day, scenery.scene.today) > QUIET)
    };
    match (rest.len(), rest.iter().filter(quiet).count()) {
        (0, _) => String::new(),
        (more, 0) => format!("{more} more"),
        (more, quiet) if quiet == more => format!("{more} more, unchanged for {QUIET} days"),
        (more, quiet) => format!("{more} more, {quiet} of them unchanged for {QUIET} days"),
    }
}

fn flight<'s>(scenery: &'s Scenery<'_>) -> (Vec<Flight<'s>>, Vec<usize>) {
    let working = |index: &usize| {
        matches!(scenery.scene.collection.documents[*index].stage(), Some(Stage::Active | Stage::Blocked))
    };
    let all = latest(scenery, |index| scenery.faces[index].open && working(&index));
    let flight = |index: &usize| {
        let face = &scenery.faces[*index];
        let tasks = if face.tasks.contains(" of ") { format!("{} tasks", face.tasks) } else { face.tasks.clone() };
        Flight { face, tasks }
    };
    (all.iter().take(RECENT).map(flight).collect(), all)
}

fn decisions<'s>(scenery: &'s Scenery<'_>) -> Vec<News<'s>> {
    let documents = &scenery.scene.collection.documents;
    let decides = |index: usize| documents[index].tracked() && matches!(documents[index].kind, Kind::Adr | Kind::Rfc);
    let mut dated: Vec<(Option<Date>, usize)> =
        (0..documents.len()).filter(|index| decides(*index)).map(|index| (decided(&documents[index]), index)).collect();
    dated.sort_by(|a, b| b.cmp(a));
    let news = |(day, index): &(Option<Date>, usize)| {
        let face = &scenery.faces[*index];
        let word = face.status.word.to_lowercase();
        let day = day.map(|day| format!(" {}", date::short(day, scenery.scene.today))).unwrap_or_default();
        News { face, icon: face.status.icon, class: face.status.class, what: format!("{word}{day}") }
    };
    dated.iter().take(RECENT).map(news).collect()
}

fn decided(document: &Document) -> Option<Date> {
    let dates = &document.dates;
    let day = dates.decided.as_ref().or(dates.updated.as_ref()).or(dates.created.as_ref());
    day.map(|day| day.value)
}

fn changes(scenery: &Scenery<'_>) -> Vec<Recent> {
    if !scenery.story().git {
        return latest(scenery, |index| scenery.faces[index].changed.is_some())
            .into_iter()
            .take(RECENT)
            .map(|index| own(scenery, index))
            .collect();
    }
    // a commit that touched many documents is one thing, and a text that changed says less than a fact that did
    let looked = &scenery.story().happenings[..scenery.story().happenings.len().min(LOOKED)];
    let commits = looked.chunk_by(|a, b| a.commit == b.commit);
    let recent: Vec<&Happening> = commits.flat_map(|commit| commit.iter().take(TOGETHER)).collect();
    let telling = |at: &usize| recent[*at].clauses[0].icon != "edit";
    let mut chosen: Vec<usize> = (0..recent.len()).filter(telling).take(RECENT).collect();
    let rest = (0..recent.len()).filter(|at| !telling(at)).take(RECENT - chosen.len());
    chosen.extend(rest.collect::<Vec<usize>>());
    chosen.sort_unstable();
    chosen.into_iter().map(|at| told(scenery, recent[at])).collect()
}

/// By git's word.
fn told(scenery: &Scenery<'_>, happening: &Happening) -> Recent {
    let (href, id) = match happening.whom {
        Whom::Document(index) => (scenery.faces[index].href.clone(), scenery.faces[index].call().to_string()),
        Whom::Gone(index) => (String::new(), visible(scenery.scene.collection.gone[index].call())),
    };
    Recent {
        icon: happening.clauses[0].icon,
        class: happening.clauses[0].class,
        text: words::shorten(&together(&happening.clauses), 120),
        href,
        id: words::shorten(&id, 60),
        who: Person::new(&happening.author).short,
        what: date::short(happening.day, scenery.scene.today),
    }
}

/// By the document's own word.
fn own(scenery: &Scenery<'_>, index: usize) -> Recent {
    let (face, document) = (&scenery.faces[index], &scenery.scene.collection.documents[index]);
    let added = document.dates.updated.is_none();
    let day = face.changed.as_ref().map(|day| day.short.as_str()).unwrap_or_default();
    let (icon, word) = match document.stage() {
        _ if added => ("plus", "added"),
        Some(Stage::Completed) => ("check", "completed"),
        Some(Stage::Superseded) => ("superseded", "superseded"),
        _ => ("edit", "changed"),
    };
    Recent {
        icon,
        class: if icon == "superseded" { "superseded" } else { "plain" },
        text: face.title.clone(),
        href: face.href.clone(),
        id: face.id.clone(),
        who: face.owner.as_ref().map(|owner| owner.short.clone()).unwrap_or_default(),
        what: format!("{word} {day}"),
    }
}

/// Documents proper that pass, the last changed first.
fn latest(scenery: &Scenery<'_>, pass: impl Fn(usize) -> bool) -> Vec<usize> {
    let documents = &scenery.scene.collection.documents;
    let proper = |index: &usize| documents[*index].role == crate::model::Role::Document && pass(*index);
    let mut known: Vec<usize> = (0..documents.len()).filter(proper).collect();
    let changed = |index: &usize| scenery.faces[*index].changed.as_ref().map(|day| day.iso.as_str());
    known.sort_by(|a, b| changed(b).cmp(&changed(a)).then(a.cmp(b)));
    known
}
