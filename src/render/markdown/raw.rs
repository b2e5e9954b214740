//! Raw HTML, tag by tag: what the allow-list has is written anew, everything else becomes text.
//!
//! Tags are never passed on as they stand, so a reader's browser and this file can't disagree about where one ends.
//! Comments go; an anchor in one stays.

use std::collections::BTreeSet;

use super::links::Links;
use super::sheet::{Sheet, allowed};
use crate::markdown::html::{Token, tokens};
use crate::render::escape;

/// Bytes of raw HTML of one document that are read as HTML.
const LARGEST: usize = 256 * 1024;

/// Elements without end tag.
const VOID: &[&str] = &["br", "hr", "img", "wbr"];

/// Elements that say which of several images to take: the image in them stands for all.
const PASSED: &[&str] = &["picture", "source"];

/// Attributes a tag may have before it counts as an attack.
const MOST_ATTRIBUTES: usize = 64;

/// The raw HTML of one document.
#[derive(Debug, Default)]
pub struct Raw {
    /// Bytes seen.
    seen: usize,
    /// Names that got an `id`, so that none is given twice.
    named: BTreeSet<String>,
}

/// The names that raw HTML in `html` gives to places, as written.
pub fn names(html: &str) -> Vec<String> {
    let mut names = Vec::new();
    for token in tokens(html) {
        if let Token::Start { name, attributes, .. } = token
            && allowed(name).is_some()
        {
            let named = attributes.iter().filter(|(key, _)| matches!(key.to_ascii_lowercase().as_str(), "id" | "name"));
            names.extend(named.map(|(_, value)| value.to_string()));
        }
    }
    names
}

/// The text is comments and white space: it needs no sanitiser.
pub fn only_comments(html: &str) -> bool {
    tokens(html).iter().all(|token| match token {
        Token::Comment(_) => true,
        Token::Text(text) => text.trim().is_empty(),
        Token::Start { .. } | Token::End { .. } => false,
    })
}

impl Raw {
    /// A document whose headings already have these anchors.
    pub fn new<'h>(anchors: impl Iterator<Item = &'h str>) -> Self {
        Raw { seen: 0, named: anchors.map(str::to_string).collect() }
    }

    /// Writes a piece of raw HTML.
    pub fn write(&mut self, html: &str, sheet: &mut Sheet, links: &Links<'_>) {
        self.seen += html.len();
        if self.seen > LARGEST {
            sheet.text(html);
            return;
        }
        for token in tokens(html) {
            match token {
                Token::Text(text) => sheet.references(text),
                Token::Comment(comment) => self.comment(comment, sheet),
                Token::End { name, source } => match allowed(name) {
                    Some((tag, _)) => sheet.close_raw(tag),
                    None if PASSED.iter().any(|passed| passed.eq_ignore_ascii_case(name)) => {}
                    None => sheet.text(source),
                },
                Token::Start { name, .. } if PASSED.iter().any(|passed| passed.eq_ignore_ascii_case(name)) => {}
                Token::Start { name, attributes, source } => match allowed(name) {
                    Some((tag, keys)) if attributes.len() <= MOST_ATTRIBUTES && !sheet.deep() => {
                        self.start(tag, keys, &attributes, sheet, links);
                    }
                    _ => sheet.text(source),
                },
            }
        }
    }

    /// `<!-- ANCHOR:name -->` names a place.
    fn comment(&mut self, comment: &str, sheet: &mut Sheet) {
        let words = comment.trim();
        let Some(name) = words.get(..7).filter(|head| head.eq_ignore_ascii_case("anchor:")).map(|_| words[7..].trim())
        else {
            return;
        };
        let fine = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        if !name.is_empty() && name.len() <= 200 && name.chars().all(fine) && self.named.insert(name.to_string()) {
            sheet.open("a", &format!(" id=\"{name}\""));
            sheet.close();
        }
    }

    fn start(
        &mut self,
        tag: &'static str,
        keys: &[&str],
        attributes: &[(&str, &str)],
        sheet: &mut Sheet,
        links: &Links<'_>,
    ) {
        let value =
            |key: &str| attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| *value);
        if tag == "img" {
            image(value("src").unwrap_or(""), value("alt").unwrap_or(""), &value, sheet, links);
            return;
        }
        let mut written = String::new();
        if let Some(name) = value("id").or_else(|| value("name").filter(|_| tag == "a")) {
            let name = format!("user-content-{name}");
            if name.len() <= 240 && self.named.insert(name.clone()) {
                attribute(&mut written, "id", &name);
            }
        }
        if tag == "a"
            && let Some(href) = value("href")
        {
            if sheet.within("a") {
                return;
            }
            match links.raw(href) {
                Some(href) => {
                    attribute(&mut written, "href", &href);
                    if super::links::other_site(&href) {
                        written.push_str(" rel=\"noopener noreferrer\"");
                    }
                }
                None if written.is_empty() => return,
                None => {}
            }
        }
        for key in keys.iter().filter(|key| !matches!(**key, "id" | "name" | "href" | "rel")) {
            if let Some(value) = value(key) {
                attribute(&mut written, key, value);
            }
        }
        if VOID.contains(&tag) {
            sheet.void_raw(tag, &written);
        } else {
            sheet.open_raw(tag, &written);
        }
    }
}

/// An image of the collection is shown; one from elsewhere becomes a link, so that the reader's browser asks nobody.
fn image<'v>(src: &str, alt: &str, value: &dyn Fn(&str) -> Option<&'v str>, sheet: &mut Sheet, links: &Links<'_>) {
    let mut written = String::new();
    match links.raw_image(src) {
        Some(src) if super::links::other_site(&src) => {
            let shown = if alt.trim().is_empty() { src.as_str() } else { alt };
            if sheet.within("a") {
                sheet.references(shown);
                return;
            }
            attribute(&mut written, "href", &src);
            written.push_str(" rel=\"noopener noreferrer\"");
            sheet.open_raw("a", &written);
            sheet.references(shown);
            sheet.close_raw("a");
        }
        Some(src) => {
            attribute(&mut written, "src", &src);
            attribute(&mut written, "alt", alt);
            for key in ["width", "height"] {
                let number =
                    value(key).filter(|value| value.len() <= 8 && value.trim_end_matches('%').parse::<u32>().is_ok());
                if let Some(number) = number {
                    attribute(&mut written, key, number);
                }
            }
            written.push_str(" loading=\"lazy\"");
            sheet.void_raw("img", &written);
        }
        None => sheet.references(alt),
    }
}

/// Adds an attribute whose value may hold character references, as it does in the source.
fn attribute(written: &mut String, key: &str, value: &str) {
    written.push(' ');
    written.push_str(key);
    written.push_str("=\"");
    for part in value.split_inclusive(['<', '>', '"']) {
        let bare = part.trim_end_matches(['<', '>', '"']);
        written.push_str(bare);
        escape::value(written, &part[bare.len()..]);
    }
    written.push('"');
}

#[cfg(test)]
mod tests {
    use super::only_comments;

    #[test]
    fn comments_alone_are_known() {
        assert!(only_comments("<!-- a -->\n<!-- b -->\n"));
        assert!(!only_comments("<!-- a --><br>"));
    }
}
