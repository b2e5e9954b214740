//! What happened to the collection, the latest first: by git's word, or where git says nothing at all by the documents'
//! own dates.

use std::cmp::Reverse;

use crate::date::{self, Date};
use crate::model::{Deed, Document, Gap, Role, Step};
use crate::source::Spanned;
use crate::view::{Clause, Scene, clauses, visible};
use crate::words;

/// So many are told; nobody reads further back on a page, and git has the rest.
const TOLD: usize = 4000;
/// So many of one commit.
const TOGETHER: usize = 20;

/// All that is told.
#[derive(Debug, Default)]
pub struct Story {
    /// The latest first.
    pub happenings: Vec<Happening>,
    /// Git tells it; else the documents do.
    pub git: bool,
    /// How many more there are that aren't told.
    pub more: usize,
}

/// What happened to one document at one time.
#[derive(Debug)]
pub struct Happening {
    /// When.
    pub day: Date,
    /// Whom it happened to.
    pub whom: Whom,
    /// What, the most telling first; never empty.
    pub clauses: Vec<Clause>,
    /// Whose commit it is, or who wrote the update; may be empty.
    pub author: String,
    /// The first ten hex digits of the commit; empty where git doesn't tell.
    pub commit: String,
    /// The first line of the commit's message.
    pub subject: String,
    /// The two versions weren't compared, so only the commit's own words say what it did.
    pub unread: bool,
    /// How many more documents the same commit touched that aren't told; on its last one.
    pub more: usize,
}

/// A document of the collection, or one that is no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// Its index among the documents.
    Document(usize),
    /// Its index among those that are gone.
    Gone(usize),
}

/// Tells what happened.
pub(super) fn story(scene: &Scene<'_>) -> Story {
    match scene.collection.gap {
        None => by_git(scene),
        Some(_) => by_documents(scene),
    }
}

fn by_git(scene: &Scene<'_>) -> Story {
    let collection = scene.collection;
    let pasts = collection.pasts.iter().zip(&collection.documents).enumerate();
    let pasts = pasts.filter(|(_, (_, document))| document.role == Role::Document);
    let pasts = pasts.map(|(index, (past, _))| (Whom::Document(index), past.steps.as_slice()));
    let gone = collection.gone.iter().enumerate().map(|(index, gone)| (Whom::Gone(index), gone.steps.as_slice()));
    let mut steps: Vec<(Whom, &Step)> =
        pasts.chain(gone).flat_map(|(whom, steps)| steps.iter().map(move |step| (whom, step))).collect();
    // the days of authors needn't follow the order of commits; within a day that order counts
    steps.sort_by_key(|(whom, step)| (Reverse(step.touch.day), step.order, rank(*whom)));
    let (mut happenings, mut more) = (Vec::new(), 0);
    for commit in steps.chunk_by(|(_, a), (_, b)| a.order == b.order) {
        if happenings.len() >= TOLD {
            more += commit.len();
            continue;
        }
        let told = commit.iter().take(TOGETHER).map(|(whom, step)| happening(scene, *whom, step));
        happenings.extend(told);
        if let Some(last) = happenings.last_mut() {
            last.more = commit.len().saturating_sub(TOGETHER);
        }
    }
    Story { happenings, git: true, more }
}

fn rank(whom: Whom) -> (bool, usize) {
    match whom {
        Whom::Document(index) => (false, index),
        Whom::Gone(index) => (true, index),
    }
}

/// What one commit did to one document.
pub(super) fn happening(scene: &Scene<'_>, whom: Whom, step: &Step) -> Happening {
    Happening {
        day: step.touch.day,
        whom,
        clauses: clauses(step, scene.prefix),
        author: words::shorten(&visible(&step.touch.author), 60),
        commit: step.touch.commit.to_string(),
        subject: visible(&step.subject),
        unread: step.changes.is_none() && step.deed == Deed::Edited,
        more: 0,
    }
}

/// What documents say themselves, up to the built day.
fn by_documents(scene: &Scene<'_>) -> Story {
    let mut happenings = Vec::new();
    let documents = scene.collection.documents.iter().enumerate();
    for (index, document) in documents.filter(|(_, document)| document.role == Role::Document) {
        let mut say = |day: Option<Date>, author: String, clause: Clause| {
            if let Some(day) = day.filter(|day| *day <= scene.today) {
                let clauses = vec![clause];
                let (whom, commit, subject) = (Whom::Document(index), String::new(), String::new());
                happenings.push(Happening { day, whom, clauses, author, commit, subject, unread: false, more: 0 });
            }
        };
        for (day, clause) in own(document) {
            say(day, String::new(), clause);
        }
        for update in &document.anatomy.updates {
            let author = update.author.as_deref().map(visible).unwrap_or_default();
            let text = words::shorten(&visible(update.text.trim()), 160);
            say(update.date, author, Clause::plain("edit", if text.is_empty() { "updated".into() } else { text }));
        }
    }
    happenings.sort_by_key(|happening| (Reverse(happening.day), rank(happening.whom)));
    let more = happenings.len().saturating_sub(TOLD);
    happenings.truncate(TOLD);
    Story { happenings, git: false, more }
}

/// The days a document gives itself, and what happened then.
fn own(document: &Document) -> [(Option<Date>, Clause); 5] {
    let dates = &document.dates;
    let day = |day: &Option<Spanned<Date>>| day.as_ref().map(|day| day.value);
    let clause = |verb, icon, text: &str, stage| Clause { verb, stage, ..Clause::plain(icon, text.into()) };
    // the day of the last change is often that of another fact
    let others = [&dates.created, &dates.decided, &dates.completed, &dates.reviewed];
    let told = others.into_iter().flatten().any(|known| Some(known.value) == day(&dates.updated));
    let updated = day(&dates.updated).filter(|_| !told);
    let decided = match document.stage() {
        Some(stage) if matches!(stage.word(), "accepted" | "rejected") => stage.word(),
        _ => "decided",
    };
    [
        (day(&dates.completed), clause("was ", "completed", "completed", true)),
        (day(&dates.decided), clause("was ", "adr", decided, true)),
        (day(&dates.reviewed), clause("was ", "review", "reviewed", false)),
        (updated, clause("was ", "edit", "changed", false)),
        (day(&dates.created), clause("was ", "plus", "written", false)),
    ]
}

/// What a page says about the limits of what git tells; empty where there are none.
pub(super) fn limits(scene: &Scene<'_>, story: &Story) -> Vec<String> {
    let collection = scene.collection;
    let mut limits = Vec::new();
    if let Some(gap) = &collection.gap {
        let why = words::shorten(&visible(&gap.reason()), 120);
        limits.push(format!("Git tells nothing here: {why}. These are the days that documents give themselves."));
        return limits;
    }
    if let Some(since) = collection.since {
        limits
            .push(format!("The clone is shallow: what was committed on {} or before isn't known.", date::long(since)));
    }
    let count = |gap: Gap| {
        let documents = collection.pasts.iter().zip(&collection.documents);
        let proper = documents.filter(|(_, document)| document.role == Role::Document);
        proper.filter(|(past, _)| past.gap.as_ref() == Some(&gap)).count()
    };
    let (new, changed) = (count(Gap::Uncommitted), count(Gap::Modified));
    let files = |count: usize| words::count(count, "document", "documents");
    if new > 0 {
        let are = if new == 1 { "is" } else { "are" };
        limits.push(format!("{} {are} not committed yet, so not listed here.", files(new)));
    }
    if changed > 0 {
        let has = if changed == 1 { "has" } else { "have" };
        limits.push(format!("{} {has} changes that aren't committed and aren't listed here.", files(changed)));
    }
    let unread = story.happenings.iter().filter(|happening| happening.unread).count();
    if unread > 0 {
        let changes = words::count(unread, "older change", "older changes");
        limits.push(format!("Of {changes} only the commit's own words are shown: the versions aren't compared."));
    }
    if story.more > 0 {
        let more = words::count(story.more, "change lies", "changes lie");
        limits.push(format!("{more} further back, in git's log."));
    }
    limits
}
