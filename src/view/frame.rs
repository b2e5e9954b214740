//! What every page has around its own content: head, navigation, the side, the day it was built.

use serde::Serialize;

use crate::date;
use crate::view::{
    DATA_VERSION, Group, Moment, Need, PAGES, Page, Person, Prose, Scene, Scenery, Slot, State, ends, visible, warning,
    weekday,
};
use crate::words;

/// How many owners the side lists.
const OWNERS: usize = 6;

/// The side of every page, the same on all but for the current entry.
#[derive(Debug)]
pub(super) struct Navigation {
    views: Vec<Entry>,
    kinds: Vec<Entry>,
    owners: Vec<Entry>,
    today: Moment,
    weekday: String,
    expired: usize,
    ends: String,
    logo: String,
}

#[derive(Debug)]
struct Entry {
    href: String,
    label: String,
    icon: &'static str,
    count: String,
    hot: bool,
    person: Option<Person>,
}

/// A page's view: the frame, and what is its own under `view`. Templates of any theme can rely on these names.
#[derive(Serialize)]
struct Frame<'a, V> {
    /// Version of the fields that all views have; a theme says in its `theme.toml` for which one it was written.
    data_version: u32,
    /// Name of the collection.
    site: &'a str,
    /// The documents' language, for `lang`.
    language: &'a str,
    /// The site has a search.
    search: bool,
    /// What leads from the page to the site's root: `../../`. Every `href` in a view is relative to the root.
    root: &'a str,
    /// The settings have colours of their own; the stylesheet `assets/colors.css` sets them.
    colors: bool,
    /// Address of the logo relative to the root: `assets/logo.svg`; empty without one.
    logo: &'a str,
    /// The page's own address where the site's is known: `https://example.org/plans/board/`; null otherwise.
    canonical: Option<String>,
    /// The page's name, for the tab.
    title: &'a str,
    /// The built day.
    today: &'a Moment,
    /// `Monday 23 November 2026`.
    weekday: &'a str,
    /// How many documents are expired on the built day.
    expired: usize,
    /// In how many days further ones will be good for the last time: `4 7*2 12`.
    ends: &'a str,
    /// For how many days ahead a deadline counts as near.
    warning: i64,
    /// Views in the navigation.
    views: Vec<Link<'a>>,
    /// Kinds in the navigation.
    kinds: Vec<Link<'a>>,
    /// Owners in the navigation.
    owners: Vec<Link<'a>>,
    /// The page's own content; its fields are documented with the page.
    view: V,
}

/// An entry of the navigation.
#[derive(Serialize)]
struct Link<'a> {
    /// Address relative to the root.
    href: &'a str,
    /// Its name.
    label: &'a str,
    /// Name of its icon, where it has no avatar.
    icon: &'static str,
    /// What stands behind it: `72`, `4 expired`; may be empty.
    count: &'a str,
    /// The count is a warning.
    hot: bool,
    /// The avatar.
    person: Option<&'a Person>,
    /// Leads to this page.
    current: bool,
}

impl Navigation {
    pub(super) fn new(
        scene: &Scene<'_>,
        kinds: &[Group],
        owners: &[Group],
        attention: &[Need],
        documents: usize,
    ) -> Navigation {
        let expired = attention.iter().find(|need| need.state == State::Expired).map_or(0, |need| need.all.len());
        let problems = scene.judgement.findings.len();
        let view = |page: &crate::view::PageEntry| {
            let (count, hot) = match page.name {
                "freshness" if expired > 0 => (format!("{expired} expired"), true),
                "all" => (documents.to_string(), false),
                "problems" if problems > 0 => (problems.to_string(), false),
                _ => (String::new(), false),
            };
            let (href, label) = (format!("{}index.html", page.address), page.title.to_string());
            Entry { href, label, icon: page.icon, count, hot, person: None }
        };
        let group = |group: &Group, count: usize| Entry {
            href: format!("{}index.html", group.address),
            label: group.label.clone(),
            icon: group.icon,
            count: count.to_string(),
            hot: false,
            person: group.person.clone(),
        };
        let mut owned: Vec<Entry> = owners.iter().take(OWNERS).map(|owner| group(owner, owner.open)).collect();
        if owners.len() > OWNERS {
            owned.push(Entry {
                href: "owners/index.html".into(),
                label: "All owners".into(),
                icon: "users",
                count: owners.len().to_string(),
                hot: false,
                person: None,
            });
        }
        Navigation {
            views: PAGES.iter().filter(|page| page.nav).map(view).collect(),
            kinds: kinds.iter().map(|kind| group(kind, kind.members.len())).collect(),
            owners: owned,
            today: Moment::new(scene.today, scene.today),
            weekday: weekday(scene.today),
            expired,
            ends: ends(scene),
            logo: scene.config.theme.logo.as_deref().map(|file| format!("assets/{}", logo(file))).unwrap_or_default(),
        }
    }

    fn links<'a>(entries: &'a [Entry], here: &str) -> Vec<Link<'a>> {
        let link = |entry: &'a Entry| Link {
            href: &entry.href,
            label: &entry.label,
            icon: entry.icon,
            count: &entry.count,
            hot: entry.hot,
            person: entry.person.as_ref(),
            current: entry.href == here,
        };
        entries.iter().map(link).collect()
    }
}

/// Name of the logo below `assets/`: whatever its file is called, its form stays.
pub fn logo(file: &str) -> String {
    let form = file.rsplit_once('.').map(|(_, form)| form.to_lowercase()).unwrap_or_default();
    format!("logo.{form}")
}

/// What leads from a page to the site's root: `./` at the root, else one `../` for each folder.
pub fn root_of(path: &str) -> String {
    match path.matches('/').count() {
        0 => "./".into(),
        depth => "../".repeat(depth),
    }
}

/// Puts a page's content into its frame.
pub(super) fn framed<'a, V: Serialize>(
    scenery: &Scenery<'a>,
    slot: &Slot,
    template: &'static str,
    title: &str,
    view: V,
) -> Page<'a> {
    framed_with(scenery, slot, template, title, &root_of(&slot.path), None, view)
}

/// As [`framed`], with a root of its own and a document's text.
pub(super) fn framed_with<'a, V: Serialize>(
    scenery: &Scenery<'a>,
    slot: &Slot,
    template: &'static str,
    title: &str,
    root: &str,
    prose: Option<Prose<'a>>,
    view: V,
) -> Page<'a> {
    let (scene, navigation) = (&scenery.scene, &scenery.navigation);
    let address = slot.path.strip_suffix("index.html").unwrap_or(&slot.path);
    let base = scene.config.site.base_url.as_deref();
    let theme = &scene.config.theme;
    // at an unknown depth no address of it would be right
    let lost = base.is_none() && slot.path == "404.html";
    let frame = Frame {
        data_version: DATA_VERSION,
        colors: !theme.colors.is_empty(),
        logo: if lost { "" } else { &navigation.logo },
        site: scene.title,
        language: &scene.config.site.language,
        search: scene.config.search.enabled,
        root,
        canonical: base.map(|base| format!("{}/{address}", base.trim_end_matches('/'))),
        title,
        today: &navigation.today,
        weekday: &navigation.weekday,
        expired: navigation.expired,
        ends: &navigation.ends,
        warning: warning(scenery),
        views: Navigation::links(&navigation.views, &slot.path),
        kinds: Navigation::links(&navigation.kinds, &slot.path),
        owners: Navigation::links(&navigation.owners, &slot.path),
        view,
    };
    // Views are structs of texts, numbers and lists, which always have a form in JSON.
    let view = serde_json::to_value(frame).unwrap_or_default();
    Page { path: slot.path.clone(), template, view, prose }
}

/// A sentence in which what stood in backticks is set as code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Run {
    /// The text.
    pub text: String,
    /// Set as code.
    pub code: bool,
}

/// A finding's sentence for people: begins with a capital, code is set as code.
pub(super) fn sentence(message: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, part) in message.split('`').enumerate().filter(|(_, part)| !part.is_empty()) {
        let mut text = visible(part);
        if runs.is_empty() && at == 0 {
            text = capital(&text);
        }
        runs.push(Run { text, code: at % 2 == 1 });
    }
    runs
}

/// The same text with a capital at its start.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// A part of an address: everything that could end it or mean something else is written in percent form.
pub fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// `in 4 days, on 27 November 2026`.
pub(super) fn next_deadline(scenery: &Scenery<'_>) -> Option<(usize, String)> {
    let ahead = |index: &usize| scenery.faces[*index].days.is_some_and(|days| days >= 0);
    let open = (0..scenery.faces.len()).filter(|index| scenery.faces[*index].open);
    let next = open.filter(ahead).min_by_key(|index| (scenery.faces[*index].days, *index))?;
    let deadline = scenery.scene.judgement.standings[next].deadline.as_ref()?.value;
    Some((next, date::short(deadline, scenery.scene.today)))
}

/// `1 document`, `72 documents`.
pub(super) fn count_documents(count: usize) -> String {
    words::count(count, "document", "documents")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_reached_from_any_depth() {
        assert_eq!(root_of("index.html"), "./");
        assert_eq!(root_of("board/index.html"), "../");
        assert_eq!(root_of("plans/plan-023/index.html"), "../../");
    }

    #[test]
    fn sentences_begin_with_a_capital_and_keep_code() {
        let run = |text: &str, code| Run { text: text.into(), code };
        assert_eq!(sentence("the key `x` is gone"), [run("The key ", false), run("x", true), run(" is gone", false)]);
        assert_eq!(sentence("`parked` is no status"), [run("parked", true), run(" is no status", false)]);
    }

    #[test]
    fn addresses_hold_nothing_that_ends_them() {
        assert_eq!(encode("files/a b#c?d%e\"f.png"), "files/a%20b%23c%3Fd%25e%22f.png");
    }
}
