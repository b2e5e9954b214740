//! Pages that lead on: from addresses that documents had or are also known by, and from `latest/` and an id to the
//! living end of the chain in which its document was replaced.
//!
//! No script may run and nothing answers for a file, so such a page sends the browser on itself, and has a plain link
//! for those that don't follow. It never takes the place of a page proper.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::{Origin, RelationKind, Role};
use crate::view::{PAGES, Page, PageEntry, Scenery, Slot, encode, root_of};
use crate::words;

pub(super) const FORMER: PageEntry = PageEntry {
    name: "redirects",
    address: "",
    title: "Moved",
    icon: "arrow",
    nav: false,
    slots: |scenery| {
        let taken = PAGES.iter().filter(|entry| entry.name != FORMER.name).flat_map(|entry| (entry.slots)(scenery));
        former(scenery, taken.map(|slot| slot.path.to_lowercase()).collect())
    },
    page: |scenery, slot| page(scenery, slot),
};

pub(super) const LATEST: PageEntry = PageEntry {
    name: "latest",
    address: "latest/",
    title: "Latest",
    icon: "arrow",
    nav: false,
    slots: latest,
    page: |scenery, slot| page(scenery, slot),
};

/// Aliases of one document, and parts of one.
const ALIASES: usize = 16;
const PARTS: usize = 8;
/// Folders that hold something else.
const RESERVED: &[&str] = &["assets", "data", "files", "latest", "search"];

/// A page that leads on. It has no navigation, so that there may be thousands.
#[derive(Serialize)]
struct View<'a> {
    /// Name of the collection.
    site: &'a str,
    /// The documents' language, for `lang`.
    language: &'a str,
    /// What leads from the page to the site's root.
    root: String,
    /// Where it leads to, relative to the page.
    href: String,
    /// The same for search engines: with the site's address where that is known.
    canonical: String,
    /// `PLAN-023 Double-entry ledger migration`
    name: String,
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let scene = &scenery.scene;
    let face = &scenery.faces[slot.of];
    let root = root_of(&slot.path);
    let href = format!("{root}{}", face.href);
    let base = scene.config.site.base_url.as_deref().map(|base| base.trim_end_matches('/'));
    let address = &scene.collection.addresses[slot.of];
    let view = View {
        site: scene.title,
        language: &scene.config.site.language,
        canonical: base.map_or_else(|| href.clone(), |base| format!("{base}/{}", encode(address))),
        href,
        root,
        name: face.name(),
    };
    let view = serde_json::to_value(view).unwrap_or_default();
    Page { path: slot.path.clone(), template: "redirect.html", view, prose: None }
}

/// For every id the page that leads to the living end of its document's chain. Of several claimants the first by path
/// has it.
fn latest(scenery: &Scenery<'_>) -> Vec<Slot> {
    let collection = scenery.scene.collection;
    let mut ends: BTreeMap<String, usize> = BTreeMap::new();
    for (index, document) in collection.documents.iter().enumerate() {
        if let (Some(id), Role::Document) = (&document.id, document.role) {
            ends.entry(words::slug(&id.value)).or_insert(index);
        }
    }
    let slot = |(id, index): (String, usize)| Slot::at(&LATEST, &format!("latest/{id}/"), living(scenery, index), 0);
    ends.into_iter().map(slot).collect()
}

/// The end of a document's chain of successors. A circle has no end, so who stands in one stays where it is, and who
/// leads into one ends where it is entered.
fn living(scenery: &Scenery<'_>, index: usize) -> usize {
    let next = |from: usize| {
        let relations = scenery.scene.collection.relations_of(from).iter();
        relations.filter(|relation| relation.kind == RelationKind::SupersededBy).find_map(|relation| relation.to)
    };
    let mut at = index;
    let mut seen = BTreeSet::from([index]);
    while let Some(to) = next(at) {
        if !seen.insert(to) {
            return to;
        }
        at = to;
    }
    at
}

/// Pages at addresses that documents had, as git knows, and at those their `aliases` name. What is taken stays; the
/// latest address comes before older ones and before aliases, and of several documents the first by path wins.
fn former(scenery: &Scenery<'_>, mut taken: BTreeSet<String>) -> Vec<Slot> {
    let collection = scenery.scene.collection;
    let (mut slots, mut claims) = (Vec::new(), Vec::new());
    let mut shared: BTreeMap<String, usize> = BTreeMap::new();
    for document in &collection.documents {
        *shared.entry(crate::resolve::forms(document)[0].clone()).or_default() += 1;
    }
    for (index, past) in collection.pasts.iter().enumerate() {
        for (age, forms) in past.addresses.iter().enumerate() {
            claims.push((age, index, forms));
        }
    }
    claims.sort_by_key(|(age, index, _)| (*age, *index));
    let mut lead = |path: String, index: usize| {
        if taken.insert(path.to_lowercase()) {
            slots.push(Slot { entry: &FORMER, path, of: index, part: 0 });
        }
    };
    for (_, index, forms) in claims {
        // an address that several documents would share was nobody's
        let form = if shared.get(&forms[0]).is_some_and(|count| *count > 1) { &forms[1] } else { &forms[0] };
        lead(format!("{form}index.html"), index);
    }
    for (index, document) in collection.documents.iter().enumerate() {
        let named = document.fields.iter().filter(|field| field.origin == Origin::Frontmatter);
        let named = named.filter(|field| field.key.value.trim().eq_ignore_ascii_case("aliases"));
        let aliases = named.flat_map(|field| field.value.texts());
        for path in aliases.filter_map(|alias| alias_path(&alias.value)).take(ALIASES) {
            lead(path, index);
        }
    }
    slots
}

/// The file of an alias such as `/old/plan/`, `old/plan.html` or `Old plan`: each part is made a name of its own, so
/// none leads anywhere else. Absent for one that names nothing, another site, or a place that is taken by kind.
fn alias_path(alias: &str) -> Option<String> {
    let alias = alias.trim();
    if alias.contains("://") || alias.starts_with("//") {
        return None;
    }
    let (alias, file) = match alias.strip_suffix(".html") {
        Some(rest) if rest != "index" && !rest.ends_with("/index") => (rest, true),
        Some(rest) => (rest.trim_end_matches("index"), false),
        None => (alias.strip_suffix(".md").unwrap_or(alias), false),
    };
    let named = |part: &&str| part.chars().any(char::is_alphanumeric);
    let parts: Vec<String> = alias.split(['/', '\\']).filter(named).map(words::slug).collect();
    let first = parts.first().map(String::as_str)?;
    if parts.len() > PARTS || RESERVED.contains(&first) {
        return None;
    }
    let path = parts.join("/");
    Some(if file { format!("{path}.html") } else { format!("{path}/index.html") })
}

#[cfg(test)]
mod tests {
    use super::alias_path;

    #[test]
    fn aliases_stay_on_the_site() {
        let path = |alias: &str| alias_path(alias).unwrap_or_default();
        assert_eq!(path("/old/Plan_7/"), "old/plan-7/index.html");
        assert_eq!(path("old/plan.html"), "old/plan.html");
        assert_eq!(path("old/index.html"), "old/index.html");
        assert_eq!(path("Ledger, the old plan"), "ledger-the-old-plan/index.html");
        assert_eq!(path("../../etc/passwd"), "etc/passwd/index.html");
        assert_eq!(path("C:\\Windows\\con"), "c/windows/con-document/index.html");
        assert_eq!(path("a/..%2f..%2fb"), "a/2f-2fb/index.html");
        for nothing in
            ["", "/", "../..", "https://evil.example/x", "//evil.example", "assets/site", "search", "index.html"]
        {
            assert_eq!(alias_path(nothing), None, "{nothing}");
        }
        assert_eq!(alias_path(&"a/".repeat(9)), None);
    }
}
