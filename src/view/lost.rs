//! The page for addresses that lead nowhere.
//!
//! It is shown at any depth, so no relative link of its own can be right everywhere. With a known base address its
//! links are absolute. Without, it asks for its style and script at several depths, of which one is right, and the
//! script, once it knows its own address, sets the links.

use crate::view::{Page, PageEntry, Scenery, Slot, encode, framed_with};
use serde::Serialize;

pub(super) const PAGE: PageEntry = PageEntry {
    name: "lost",
    address: "404.html",
    title: "Page not found",
    icon: "x",
    nav: false,
    slots: |_| vec![Slot { entry: &PAGE, path: "404.html".into(), of: 0, part: 0 }],
    page,
};

#[derive(Serialize)]
struct Lost {
    /// Where style and script may be, seen from the address that was asked for.
    depths: Vec<&'static str>,
    /// The links are only right at the site's root, or with a script.
    unsure: bool,
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let base = scenery.scene.config.site.base_url.as_deref().map(path_of);
    let lost = match base {
        Some(_) => Lost { depths: Vec::new(), unsure: false },
        None => Lost { depths: vec!["./", "../", "../../", "../../../"], unsure: true },
    };
    let root = base.map_or("./".to_string(), |path| encode(&format!("{}/", path.trim_end_matches('/'))));
    framed_with(scenery, slot, "404.html", PAGE.title, &root, None, lost)
}

/// The path of an address: `/repo/` of `https://user.github.io/repo/`.
fn path_of(base: &str) -> &str {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..])
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn the_path_of_an_address() {
        assert_eq!(path_of("https://user.github.io/repo/"), "/repo/");
        assert_eq!(path_of("https://user.github.io"), "/");
    }
}
