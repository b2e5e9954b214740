//! Raw HTML, tag by tag: what the allow-list has is written anew, everything else becomes text.
//!
//! Tags are never passed on as they stand, so a reader's browser and this file can't disagree about where one ends.
//! Comments go; an anchor in one stays.

use std::collections::BTreeSet;

use super::links::Links;
use super::sheet::{Sheet, allowed};
use crate::render::escape;

/// Bytes of raw HTML of one document that are read as HTML.
const LARGEST: usize = 256 * 1024;

/// Elements without end tag.
const VOID: &[&str] = &["br", "hr", "img"];

/// Attributes a tag may have before it counts as an attack.
const MOST_ATTRIBUTES: usize = 64;

/// Bytes looked at in vain, behind each `<` that begins a tag without end, before the rest is taken for text. Without
/// a bound, a text of nothing but such beginnings would be read once for each of them.
const MOST_WASTED: usize = 1024 * 1024;

/// The raw HTML of one document.
#[derive(Debug, Default)]
pub struct Raw {
    /// Bytes seen.
    seen: usize,
    /// Names that got an `id`, so that none is given twice.
    named: BTreeSet<String>,
}

/// One thing in raw HTML.
#[derive(Debug, PartialEq, Eq)]
enum Token<'t> {
    Text(&'t str),
    Comment(&'t str),
    Start { name: &'t str, attributes: Vec<(&'t str, &'t str)>, source: &'t str },
    End { name: &'t str, source: &'t str },
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
                    None => sheet.text(source),
                },
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

fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = html;
    let mut text = 0;
    let mut wasted = 0;
    while let Some(open) = rest[text..].find('<').map(|at| at + text) {
        let Some((token, length)) = markup(&rest[open..]) else {
            let begun = rest[open + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
            wasted += if begun { rest.len() - open } else { 0 };
            text = open + 1;
            if wasted >= MOST_WASTED {
                break;
            }
            continue;
        };
        if open > 0 {
            tokens.push(Token::Text(&rest[..open]));
        }
        tokens.push(token);
        rest = &rest[open + length..];
        text = 0;
    }
    if !rest.is_empty() {
        tokens.push(Token::Text(rest));
    }
    tokens
}

/// The tag or comment at the start of a text that begins with `<`, and its length. Absent where it is neither, or has
/// no end.
fn markup(text: &str) -> Option<(Token<'_>, usize)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let end = comment.find("-->")?;
        return Some((Token::Comment(&comment[..end]), end + 7));
    }
    if text.starts_with("<!") || text.starts_with("<?") {
        let end = text.find('>')? + 1;
        return Some((Token::Comment(&text[2..end - 1]), end));
    }
    let ending = text.starts_with("</");
    let from = if ending { 2 } else { 1 };
    let length = text[from..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len() - from);
    let name = &text[from..from + length];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (attributes, end) = attributes(text, from + length)?;
    let source = &text[..end];
    let token = if ending { Token::End { name, source } } else { Token::Start { name, attributes, source } };
    Some((token, end))
}

/// The attributes from a byte on, and where the tag ends. Absent where it doesn't.
fn attributes(text: &str, from: usize) -> Option<(Vec<(&str, &str)>, usize)> {
    let mut attributes = Vec::new();
    let mut at = from;
    loop {
        at += text[at..].find(|c: char| !c.is_ascii_whitespace() && c != '/')?;
        if text[at..].starts_with('>') {
            return Some((attributes, at + 1));
        }
        let length = text[at..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))?;
        let key = &text[at..at + length.max(1)];
        at += length.max(1);
        let after = at + text[at..].find(|c: char| !c.is_ascii_whitespace())?;
        if !text[after..].starts_with('=') {
            attributes.push((key, ""));
            continue;
        }
        at = after + 1;
        at += text[at..].find(|c: char| !c.is_ascii_whitespace())?;
        let quote = text[at..].chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => {
                let end = text[at + 1..].find(quote)?;
                let value = &text[at + 1..at + 1 + end];
                at += end + 2;
                value
            }
            None => {
                let end = text[at..].find(|c: char| c.is_ascii_whitespace() || c == '>')?;
                let value = &text[at..at + end];
                at += end;
                value
            }
        };
        attributes.push((key, value));
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, only_comments, tokens};

    #[test]
    fn tags_end_where_a_browser_ends_them() {
        let shown = |html: &str| {
            let name = |token: &Token<'_>| match token {
                Token::Text(text) => format!("text {text}"),
                Token::Comment(text) => format!("comment {text}"),
                Token::End { name, .. } => format!("end {name}"),
                Token::Start { name, attributes, .. } => format!("start {name} {attributes:?}"),
            };
            tokens(html).iter().map(name).collect::<Vec<_>>().join("|")
        };
        assert_eq!(shown("a<b title='</b>'>c</b >"), r#"text a|start b [("title", "</b>")]|text c|end b"#);
        assert_eq!(shown("1 < 2 <3 <"), "text 1 < 2 <3 <");
        assert_eq!(shown("<a href=x/y>"), r#"start a [("href", "x/y")]"#);
        assert_eq!(shown("<br/><img src = \"a>b\" alt>"), r#"start br []|start img [("src", "a>b"), ("alt", "")]"#);
        assert_eq!(shown("<!-- <b> --><?php </b><!x>"), "comment  <b> |comment php </b|comment x");
        assert_eq!(shown("<a =x>"), r#"start a [("=", ""), ("x", "")]"#);
        assert_eq!(shown("<a href=\"x"), "text <a href=\"x");
    }

    #[test]
    fn comments_alone_are_known() {
        assert!(only_comments("<!-- a -->\n<!-- b -->\n"));
        assert!(!only_comments("<!-- a --><br>"));
    }
}
