//! `feed.xml`: what became of documents, as Atom (RFC 4287): an entry each time one is written, decided, begun, done or
//! put away.
//!
//! An entry's id is made of the commit and the document's path, so it is the same in every build, wherever the site
//! lies. Days are those of the commits. Without a known address of the site its links are relative, which RFC 4287
//! allows: they start from where the feed itself lies.

use std::fmt::Write;

use xxhash_rust::xxh3::xxh3_128;

use super::{Feed, Files};
use crate::date::Date;
use crate::report::xml;
use crate::view::{Happening, Scenery, Whom, together};
use crate::words;

pub(super) const FEED: Feed = Feed {
    path: "feed.xml",
    about: "changes of stage as a feed to subscribe to (Atom, RFC 4287)",
    files: Files::One(make),
};

/// A reader who comes by less often than that asks the page.
const ENTRIES: usize = 100;

fn make(scenery: &Scenery<'_>) -> Vec<u8> {
    let scene = &scenery.scene;
    let (site, base) = (&scene.config.site, base(scenery));
    let entries: Vec<&Happening> =
        scenery.story().happenings.iter().filter(|happening| told(happening)).take(ENTRIES).collect();
    // the latest day comes first; of no entry at all there is no day
    let updated = entries.first().map_or(Date::constant(1970, 1, 1), |happening| happening.day);
    let title = xml(&words::visible(scene.title));
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <id>{}</id>\n<title>{title}</title>\n<updated>{}</updated>\n<author><name>{title}</name></author>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        xml(&site.language),
        match &base {
            Some(base) => xml(&format!("{base}feed.xml")),
            None => uuid(&["feed", scene.title, scene.prefix]),
        },
        moment(updated),
        address(&base, "changes/"),
    );
    if let Some(base) = &base {
        // writing to memory cannot fail
        let _ = writeln!(
            feed,
            "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>",
            xml(&format!("{base}feed.xml"))
        );
    }
    entries.into_iter().for_each(|happening| entry(&mut feed, scenery, &base, happening));
    feed.push_str("</feed>\n");
    feed.into_bytes()
}

/// With a slash at its end.
fn base(scenery: &Scenery<'_>) -> Option<String> {
    let base = scenery.scene.config.site.base_url.as_deref()?;
    Some(format!("{}/", base.trim_end_matches('/')))
}

fn told(happening: &Happening) -> bool {
    happening.clauses.iter().any(|clause| clause.stage || clause.text == "deleted")
}

fn entry(feed: &mut String, scenery: &Scenery<'_>, base: &Option<String>, happening: &Happening) {
    let collection = scenery.scene.collection;
    let (path, call, to) = match happening.whom {
        Whom::Document(index) => {
            let (path, face) = (collection.documents[index].path().to_string(), scenery.face(index));
            (path, face.call().to_string(), collection.addresses[index].as_str())
        }
        Whom::Gone(index) => {
            let gone = &collection.gone[index];
            (gone.path.clone(), words::visible(gone.call()), "changes/")
        }
    };
    let clause = happening.clauses.iter().find(|clause| clause.stage).unwrap_or(&happening.clauses[0]);
    let day = happening.day.to_string();
    // without a commit the day and the deed tell one entry from another
    let when = if happening.commit.is_empty() { [day.as_str(), &clause.text] } else { [&happening.commit, ""] };
    let mut summary = together(&happening.clauses);
    if !happening.commit.is_empty() {
        let _ = write!(summary, ". Commit {}", happening.commit);
        if !happening.subject.is_empty() {
            let _ = write!(summary, ": {}", happening.subject);
        }
    }
    let _ = write!(
        feed,
        "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n",
        uuid(&["entry", when[0], when[1], &path]),
        xml(&words::shorten(&format!("{call} {}{}", clause.verb, clause.text), 200)),
        moment(happening.day)
    );
    if !happening.author.is_empty() {
        let _ = writeln!(feed, "<author><name>{}</name></author>", xml(&happening.author));
    }
    let _ = write!(
        feed,
        "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
        address(base, to),
        xml(&summary)
    );
}

/// An address on the site, fit for an attribute: absolute where the site's is known, else relative to the feed.
fn address(base: &Option<String>, to: &str) -> String {
    match base {
        Some(base) => xml(&format!("{base}{}", encoded(to))),
        None => format!("{}index.html", encoded(to)),
    }
}

/// Addresses on the site are words and slashes; letters beyond ASCII are written in percent form.
fn encoded(address: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    address.bytes().map(byte).collect()
}

fn moment(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// A name made of what it stands for (RFC 9562, version 8): the same words, the same name.
fn uuid(words: &[&str]) -> String {
    let hash = xxh3_128(words.join("\0").as_bytes());
    let bits = (hash & !(0xf << 76) & !(0x3 << 62)) | (0x8 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn names_are_uuids_of_version_8() {
        let one = uuid(&["entry", "0123456789", "", "plans/a.md"]);
        assert_eq!(one, uuid(&["entry", "0123456789", "", "plans/a.md"]));
        assert_ne!(one, uuid(&["entry", "0123456789", "", "plans/b.md"]));
        let parts: Vec<&str> = one.trim_start_matches("urn:uuid:").split('-').collect();
        assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert!(parts[2].starts_with('8') && parts[3].starts_with(['8', '9', 'a', 'b']), "{one}");
    }
}
