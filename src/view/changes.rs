//! What changed, week by week and day by day, the latest first: git's history turned into sentences.

use serde::Serialize;

use crate::date::{self, Date};
use crate::view::{
    FIELDS, Face, Filter, Happening, Moment, Page, PageEntry, Pager, Person, Scenery, Slot, Whom, commit_address, cut,
    filter_bar, framed, limits, part, together, visible, weekday,
};
use crate::words;

pub(super) const PAGE: PageEntry = PageEntry {
    name: "changes",
    address: "changes/",
    title: "Changes",
    icon: "commit",
    nav: true,
    slots: |scenery| cut(&PAGE, 0, PAGE.address, scenery.story().happenings.len()),
    page,
};

/// The page. Addresses are relative to the site's root.
#[derive(Serialize)]
struct View<'a> {
    /// `214 changes by 6 people since 3 January 2026.`
    sub: String,
    /// What isn't known, a sentence each.
    limits: Vec<String>,
    /// Narrows what is on this page.
    filter: Option<Filter>,
    /// What happened, by week, the latest first.
    weeks: Vec<Week<'a>>,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct Week<'a> {
    /// `w-2026-11-16`
    id: String,
    /// `Week of 16 November 2026`
    label: String,
    /// `12 changes`, on this page.
    count: String,
    /// Its days, the latest first.
    days: Vec<Day<'a>>,
}

#[derive(Serialize)]
struct Day<'a> {
    /// `Friday 20 November 2026`
    label: String,
    day: Moment,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    icon: &'static str,
    class: &'static str,
    /// `Became active; expiry moved from 3 July to 1 December 2026 (+151 days)`
    text: String,
    /// The document; absent for one that is no more.
    face: Option<&'a Face>,
    /// The id and the title, or the path, of one that is no more; may be empty.
    id: String,
    title: String,
    /// Who committed it, or wrote the update.
    author: Option<Person>,
    /// The commit's first seven digits; may be empty.
    commit: String,
    /// The commit on the forge; empty where that is unknown.
    href: String,
    /// The first line of the commit's message; may be empty.
    subject: String,
    /// `480 more documents in this commit`, or empty.
    more: String,
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let story = scenery.story();
    let (rows, pager) = part(&story.happenings, PAGE.address, slot.part);
    let title = match &pager {
        Some(pager) => format!("{}, {}", PAGE.title, pager.label.to_lowercase()),
        None => PAGE.title.to_string(),
    };
    let mut members: Vec<usize> = rows.iter().filter_map(|happening| document(happening.whom)).collect();
    members.sort_unstable();
    members.dedup();
    let filter = filter_bar(scenery, &members, FIELDS);
    let weeks = rows.chunk_by(|a, b| monday(a.day) == monday(b.day)).map(|rows| week(scenery, rows));
    let view = View { sub: sub(scenery), limits: limits(&scenery.scene, story), filter, weeks: weeks.collect(), pager };
    framed(scenery, slot, "changes.html", &title, view)
}

fn document(whom: Whom) -> Option<usize> {
    match whom {
        Whom::Document(index) => Some(index),
        Whom::Gone(_) => None,
    }
}

fn sub(scenery: &Scenery<'_>) -> String {
    let story = scenery.story();
    let Some(last) = story.happenings.last() else { return "Nothing is known of any change.".into() };
    let all = story.happenings.len() + story.happenings.iter().map(|happening| happening.more).sum::<usize>();
    let changes = words::count(all, "change", "changes");
    let mut people: Vec<&str> = story.happenings.iter().map(|happening| happening.author.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    let people = people.iter().filter(|name| !name.is_empty()).count();
    let by = if story.git { format!(" by {}", words::count(people, "author", "authors")) } else { String::new() };
    format!("{changes}{by} since {}.", date::long(last.day))
}

/// The first day of a day's week.
fn monday(day: Date) -> Date {
    let past = i64::from(day.weekday().to_monday_zero_offset());
    day.saturating_sub(jiff::Span::new().days(past))
}

fn week<'s>(scenery: &'s Scenery<'_>, rows: &'s [Happening]) -> Week<'s> {
    let first = rows.first().map_or(Date::MIN, |happening| monday(happening.day));
    let day = |rows: &'s [Happening]| {
        let day = rows.first().map_or(first, |happening| happening.day);
        Day {
            label: weekday(day),
            day: Moment::new(day, scenery.scene.today),
            rows: rows.iter().map(|happening| row(scenery, happening)).collect(),
        }
    };
    Week {
        id: format!("w-{first}"),
        label: format!("Week of {}", date::long(first)),
        count: words::count(rows.len(), "change", "changes"),
        days: rows.chunk_by(|a, b| a.day == b.day).map(day).collect(),
    }
}

fn row<'s>(scenery: &'s Scenery<'_>, happening: &Happening) -> Row<'s> {
    let first = &happening.clauses[0];
    let (face, id, title) = match happening.whom {
        Whom::Document(index) => (Some(&scenery.faces[index]), String::new(), String::new()),
        Whom::Gone(index) => {
            let gone = &scenery.scene.collection.gone[index];
            let path = gone.path.strip_prefix(scenery.scene.prefix).unwrap_or(&gone.path);
            match &gone.name {
                Some((id, title)) => (None, visible(id.as_deref().unwrap_or_default()), visible(title)),
                None => (None, String::new(), visible(path)),
            }
        }
    };
    Row {
        icon: first.icon,
        class: first.class,
        text: together(&happening.clauses),
        face,
        id,
        title: words::shorten(&title, 160),
        author: Some(scenery.person(&happening.author)).filter(|author| !author.name.is_empty()),
        commit: happening.commit.chars().take(7).collect(),
        href: commit_address(scenery, &happening.commit),
        subject: words::shorten(&happening.subject, 120),
        more: match happening.more {
            0 => String::new(),
            more => words::count(more, "more document in this commit", "more documents in this commit"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        let day = |text: &str| date::parse(text).expect("a date");
        assert_eq!(monday(day("2026-11-23")), day("2026-11-23"));
        assert_eq!(monday(day("2026-11-22")), day("2026-11-16"));
        assert_eq!(monday(day("2027-01-02")), day("2026-12-28"));
        assert_eq!(monday(Date::MIN), Date::MIN);
    }
}
