//! `sitemap.xml` (sitemaps.org): every page with the day its document changed, for a site whose address is known. The
//! form asks for whole addresses, so without `base_url` there is none.

use super::{Feed, Files};
use crate::date::Date;
use crate::report::xml as escaped;
use crate::view::{self, Scenery, encode};

pub(super) const FEED: Feed = Feed {
    path: "sitemap.xml",
    about: "every page for search engines (sitemaps.org), where base_url is set",
    files: Files::Many(paths, make),
};

/// Addresses that the form allows in one file.
const MOST: usize = 50_000;
/// Pages that only lead on, or that no address has.
const NO_PAGES: &[&str] = &["lost", "latest", "moved", "redirects"];

fn paths(scenery: &Scenery<'_>) -> Vec<String> {
    if scenery.scene.config.site.base_url.is_none() {
        return Vec::new();
    }
    let files = pages(scenery).len().div_ceil(MOST);
    let parts = if files > 1 { (1..=files).map(|part| format!("sitemap-{part}.xml")).collect() } else { Vec::new() };
    [vec!["sitemap.xml".to_string()], parts].concat()
}

fn pages(scenery: &Scenery<'_>) -> Vec<view::Slot> {
    let mut pages = view::outline(scenery);
    pages.retain(|slot| !NO_PAGES.contains(&slot.entry.name));
    pages
}

fn make(scenery: &Scenery<'_>, of: usize) -> Vec<u8> {
    let base = scenery.scene.config.site.base_url.as_deref().unwrap_or_default().trim_end_matches('/');
    let pages = pages(scenery);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let space = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";
    let (part, whole) = (of.saturating_sub(1), pages.len() <= MOST);
    if of == 0 && !whole {
        xml.push_str(&format!("<sitemapindex {space}>\n"));
        for part in 1..=pages.len().div_ceil(MOST) {
            xml.push_str(&format!("<sitemap><loc>{}/sitemap-{part}.xml</loc></sitemap>\n", escaped(base)));
        }
        xml.push_str("</sitemapindex>\n");
        return xml.into_bytes();
    }
    xml.push_str(&format!("<urlset {space}>\n"));
    for slot in pages.iter().skip(part * MOST).take(MOST) {
        let address = slot.path.strip_suffix("index.html").unwrap_or(&slot.path);
        let address = escaped(&format!("{base}/{}", encode(address)));
        let day = (slot.entry.name == "document").then(|| changed(scenery, slot.of)).flatten();
        let day = day.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        xml.push_str(&format!("<url><loc>{address}</loc>{day}</url>\n"));
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

/// When a document last changed: by git, else by its own word.
fn changed(scenery: &Scenery<'_>, index: usize) -> Option<Date> {
    let collection = scenery.scene.collection;
    let dates = &collection.documents[index].dates;
    let own = [&dates.updated, &dates.reviewed, &dates.created].into_iter().flatten().map(|day| day.value);
    let day = collection.pasts[index].changed.as_ref().map(|touch| touch.day).or_else(|| own.max())?;
    // the form knows years of four digits, and no day that hasn't come
    (day.to_string().len() == 10 && day <= scenery.scene.today).then_some(day)
}
