//! The filter bar: a text field and a menu a field, over rows and cards that carry words such as `owner:hana-sato`.
//!
//! A page uses it in three lines. Its view holds `filter: filter_bar(scenery, &members, FIELDS)`, its template prints
//! `{% if view.filter %}{{ <filter filter={view.filter} root={root} /> }}{% endif %}` and loads
//! `<script src="{{ root }}assets/filter.js" defer></script>` in the block `more`, and each of its rows carries
//! `data-f="{{ face.facets }}"`. That is all where every member stands on the page; it may be in a list, a card, or a
//! `<g>` of a drawing. More is asked for only by what differs:
//!
//! - Members that stand on the page several times carry the same `data-key` and count once.
//! - What holds rows (a column, a group) carries `data-lane`; its number `data-n`. With `data-shrink` it goes away when
//!   it has no row left.
//! - A page that doesn't hold all of its members says which they are, `Filter::over`, and marks what it shows with
//!   `data-filtered`. The script then loads `data/rows.js` when a filter is first used and shows a table of all that
//!   pass instead.
//!
//! Without a script the menus are folds with links to the pages of what they name.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::view::{LEVELS, Person, STATES, Scenery, level_mark, level_word};
use crate::words;

/// What a bar can narrow by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Kind,
    Owner,
    Tag,
    Signal,
    Status,
    /// How grave a risk is.
    Level,
}

/// The fields of most pages, in the order of the bar.
pub(super) const FIELDS: &[Field] = &[Field::Kind, Field::Owner, Field::Tag, Field::Signal, Field::Status];

/// Values that a menu lists. The others are on the page of all of them, and the address can name any.
const VALUES: usize = 20;

/// A bar.
#[derive(Debug, Serialize)]
pub(super) struct Filter {
    /// Its fields, in their order.
    menus: Vec<Menu>,
    /// How many there are: `36`.
    total: usize,
    /// One of them: `document`.
    one: &'static str,
    /// Several of them.
    many: &'static str,
    /// What all members have in common, where not all are on the page: `status:active`.
    scope: String,
    /// Not all members are on the page.
    cut: bool,
}

/// A field of the bar.
#[derive(Debug, Serialize)]
struct Menu {
    /// Its name in the address: `owner`.
    name: &'static str,
    /// `Owner`
    label: &'static str,
    /// What it says while it doesn't narrow: `Anyone`.
    any: &'static str,
    /// What several of its values are: `people`.
    several: &'static str,
    /// What it narrows to, the most frequent first.
    values: Vec<Value>,
    /// `All 240 tags`, where there are more than it lists.
    more: String,
    /// Where all of them are.
    href: &'static str,
}

/// Something to narrow by.
#[derive(Debug, Clone, Serialize)]
struct Value {
    /// As the address says it: `hana-sato`.
    word: String,
    label: String,
    icon: &'static str,
    /// Colour of the icon.
    class: &'static str,
    person: Option<Person>,
    /// How many members have it.
    count: usize,
    /// Its page.
    href: String,
}

/// All that documents can be narrowed by: the whole word (`owner:hana-sato`), and what it stands for.
#[derive(Debug, Default)]
pub(super) struct Facets(BTreeMap<String, (Field, usize, Value)>);

impl Field {
    /// Name in the address, label, what it says while it doesn't narrow, several of it, where all of it is.
    pub(super) fn words(self) -> [&'static str; 5] {
        match self {
            Field::Kind => ["kind", "Kind", "Any", "kinds", "kinds/index.html"],
            Field::Owner => ["owner", "Owner", "Anyone", "people", "owners/index.html"],
            Field::Tag => ["tag", "Tag", "Any", "tags", "tags/index.html"],
            Field::Signal => ["is", "Signal", "Any", "signals", "freshness/index.html"],
            Field::Status => ["status", "Status", "Any", "statuses", "board/index.html"],
            Field::Level => ["level", "Level", "Any", "levels", "risks/index.html"],
        }
    }

    /// Its name in the address.
    pub(super) fn name(self) -> &'static str {
        self.words()[0]
    }
}

/// Makes the bar for these documents, of which one may be there several times. Absent where there is nothing to choose.
pub(super) fn filter_bar(scenery: &Scenery<'_>, members: &[usize], fields: &[Field]) -> Option<Filter> {
    let rows: Vec<&str> = members.iter().map(|index| scenery.faces[*index].facets.as_str()).collect();
    filter_rows(scenery, &rows, fields, ("document", "documents"))
}

/// Makes the bar for rows that carry words of their own; `called` is what one of them is, and several.
pub(super) fn filter_rows(
    scenery: &Scenery<'_>,
    rows: &[&str],
    fields: &[Field],
    called: (&'static str, &'static str),
) -> Option<Filter> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in rows.iter().flat_map(|words| words.split(' ')) {
        *counts.entry(word).or_default() += 1;
    }
    let mut found: BTreeMap<Field, Vec<(usize, Value)>> = BTreeMap::new();
    for (word, count) in counts {
        let Some((field, at, value)) = scenery.facets().0.get(word) else { continue };
        found.entry(*field).or_default().push((*at, Value { count, ..value.clone() }));
    }
    let menus: Vec<Menu> = fields.iter().filter_map(|field| menu(*field, found.remove(field)?, rows.len())).collect();
    let choice = rows.len() > 1 && !menus.is_empty();
    choice.then(|| Filter { menus, total: rows.len(), one: called.0, many: called.1, scope: String::new(), cut: false })
}

impl Filter {
    /// The page shows only a part of its members, which are all documents with these words: `kind:adr kind:rfc`, nothing
    /// for all documents. Words of one name are alternatives, of different names conditions.
    pub(super) fn over(self, scope: impl Into<String>) -> Filter {
        Filter { scope: scope.into(), cut: true, ..self }
    }
}

fn menu(field: Field, mut values: Vec<(usize, Value)>, members: usize) -> Option<Menu> {
    let [name, label, any, several, href] = field.words();
    // A value that all have tells none from another.
    if values.len() == 1 && values[0].1.count == members {
        return None;
    }
    match field {
        Field::Owner | Field::Tag => values.sort_by(|(a, x), (b, y)| (y.count, a).cmp(&(x.count, b))),
        Field::Kind | Field::Signal | Field::Status | Field::Level => values.sort_by_key(|(at, _)| *at),
    }
    let more = if values.len() > VALUES {
        format!("All {}", words::count(values.len(), label, several))
    } else {
        String::new()
    };
    values.truncate(VALUES);
    Some(Menu { name, label, any, several, values: values.into_iter().map(|(_, value)| value).collect(), more, href })
}

/// Collects what documents can be narrowed by. Linear in the number of groups.
pub(super) fn facets(scenery: &Scenery<'_>) -> Facets {
    let mut facets = Facets::default();
    let mut add = |field, at, word: String, value| facets.0.insert(word, (field, at, value));
    let groups = [
        (Field::Kind, &scenery.kinds),
        (Field::Owner, &scenery.owners),
        (Field::Tag, &scenery.tags),
        (Field::Status, &scenery.stages),
    ];
    for (field, groups) in groups {
        for (at, group) in groups.iter().enumerate().filter(|(_, group)| !group.members.is_empty()) {
            let value = Value {
                word: group.word.clone(),
                label: group.label.clone(),
                icon: group.icon,
                class: group.stage.as_ref().map_or("", |(_, mark)| mark.class),
                person: group.person.clone(),
                count: 0,
                href: format!("{}index.html", group.address),
            };
            add(field, at, format!("{}:{}", field.name(), group.word), value);
        }
    }
    for (at, entry) in STATES.iter().enumerate().filter(|(at, _)| !scenery.attention[*at].all.is_empty()) {
        let value = Value {
            word: entry.word.into(),
            label: entry.label.into(),
            icon: entry.icon,
            class: entry.class,
            person: None,
            count: 0,
            href: format!("{}index.html", entry.address),
        };
        add(Field::Signal, at, format!("is:{}", entry.word), value);
    }
    for (at, level) in LEVELS.iter().enumerate() {
        let (mark, word) = (level_mark(*level), level_word(*level));
        let label = mark.word.into();
        let href = "risks/index.html".into();
        let value = Value { word, label, icon: mark.icon, class: mark.text, person: None, count: 0, href };
        add(Field::Level, at, format!("level:{}", level_word(*level)), value);
    }
    if !scenery.templates.is_empty() {
        let value = Value {
            word: "template".into(),
            label: "Templates".into(),
            icon: "template",
            class: "",
            person: None,
            count: 0,
            href: "templates/index.html".into(),
        };
        add(Field::Kind, usize::MAX, "kind:template".into(), value);
    }
    facets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::resolve::{World, resolve};
    use crate::source::Source;
    use crate::view::{Scene, scenery};
    use crate::{date, judge, read};

    fn with<T>(files: &[(&str, &str)], look: impl Fn(&Scenery<'_>) -> T) -> T {
        let config = Config::default();
        let read = files.iter().map(|(path, text)| read::read(Source::new(*path, *text), &config)).collect();
        let collection = resolve(read, &World::default());
        let today = date::parse("2026-11-23").expect("a date");
        let judgement = judge::judge(&collection, &config, today);
        let scene =
            Scene { collection: &collection, judgement: &judgement, config: &config, today, title: "", prefix: "" };
        look(&scenery(scene))
    }

    const FILES: &[(&str, &str)] = &[
        ("plans/1.md", "---\nid: PLAN-1\nstatus: active\nexpires: 2026-07-03\nowner: [Hana Sato, Lena]\n---\n# One\n"),
        ("plans/2.md", "---\nid: PLAN-2\nstatus: completed\nowner: hana sato\ntags: [ledger, Ledger]\n---\n# Two\n"),
        ("adr/0001-x.md", "# 1. Use x\n\n## Status\n\nAccepted\n"),
    ];

    #[test]
    fn every_face_carries_the_words_it_is_filtered_by() {
        let words = with(FILES, |scenery| scenery.faces.iter().map(|face| face.facets.clone()).collect::<Vec<_>>());
        assert_eq!(words[0], "kind:adr owner:- tag:- status:accepted");
        assert_eq!(words[1], "kind:plan owner:hana-sato owner:lena tag:- status:active is:open is:expired");
        assert_eq!(words[2], "kind:plan owner:hana-sato tag:ledger status:completed");
    }

    #[test]
    fn menus_count_members_and_lead_to_pages() {
        let menus = with(FILES, |scenery| {
            let bar = filter_bar(scenery, &[0, 1, 2], FIELDS).expect("a choice");
            let one = |value: &Value| format!("{} {} {}", value.label, value.count, value.href);
            bar.menus
                .iter()
                .map(|menu| (menu.name, menu.values.iter().map(one).collect::<Vec<_>>()))
                .collect::<Vec<_>>()
        });
        let names: Vec<&str> = menus.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["kind", "owner", "tag", "is", "status"]);
        assert_eq!(menus[0].1, ["Plans 2 kinds/plans/index.html", "ADRs 1 kinds/adrs/index.html"]);
        assert_eq!(menus[1].1, ["Hana Sato 2 owners/hana-sato/index.html", "Lena 1 owners/lena/index.html"]);
        assert_eq!(menus[3].1, ["Expired 1 freshness/expired/index.html"]);
    }

    #[test]
    fn what_all_have_in_common_is_no_choice() {
        let names = |members: &[usize]| {
            with(FILES, |scenery| {
                let bar = filter_bar(scenery, members, FIELDS);
                bar.map(|bar| bar.menus.iter().map(|menu| menu.name).collect::<Vec<_>>())
            })
        };
        assert_eq!(names(&[1, 2]), Some(vec!["owner", "tag", "is", "status"]), "both are plans");
        assert_eq!(names(&[0]), None);
        assert_eq!(names(&[]), None);
    }
}
