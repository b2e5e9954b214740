//! Text, links and images, and the attributes they are written with.
//!
//! Where a link leads is for `links` to say.

use comrak::nodes::{Node, NodeLink, Sourcepos};

use super::links::{self, allowed};
use super::sheet::Sheet;
use super::{Step, Walk, icon};
use crate::markdown;
use crate::render::escape;
use crate::view::{Link, LinkState};

impl<'n> Walk<'n> {
    /// Text, with the ids in it as links. Escapes and references shift places: where an id doesn't stand at its place,
    /// it is taken where the text has it once, else left alone.
    pub(super) fn text(&mut self, text: &str, at: Sourcepos) {
        let within = self.span(at);
        let mut done = 0;
        for (span, link) in self.links.ids(within) {
            if self.sheet.within("a") {
                break;
            }
            let id = self.prose.document.source.slice(span);
            let there = (span.start - within.start) as usize;
            let place = match text.get(there..there + id.len()) {
                Some(found) if found == id => Some(there),
                _ => text.find(id).filter(|first| text.rfind(id) == Some(*first)),
            };
            let Some(place) = place.filter(|place| *place >= done && !id.is_empty()) else { continue };
            self.sheet.text(&text[done..place]);
            done = place + id.len();
            let depth = self.sheet.depth();
            let tail = open_link(&mut self.sheet, link, "nb", None);
            self.sheet.text(id);
            close_link(&mut self.sheet, tail, depth);
        }
        self.sheet.text(&text[done..]);
    }

    pub(super) fn link(&mut self, node: Node<'n>, link: &NodeLink, at: Sourcepos) {
        let depth = self.sheet.depth();
        if self.sheet.deep() || self.sheet.within("a") {
            return self.children(node);
        }
        let title = Some(link.title.as_str()).filter(|title| !title.is_empty());
        let start = self.span(at).start;
        let tail = match self.links.at(start).filter(|decided| decided.state != LinkState::Plain) {
            Some(decided) => {
                let href = decided.href.as_deref().map(|href| self.links.settled(href));
                open_link(&mut self.sheet, &Link { href, ..decided.clone() }, "", title)
            }
            None => {
                if let Some(href) = self.links.plain(&link.url) {
                    self.sheet.open("a", &link_attributes(&href, "", title));
                }
                None
            }
        };
        self.steps.push(Step::Close(depth));
        if let Some(tail) = tail {
            self.steps.push(Step::Tail(tail));
            // What raw HTML in the link's text left open can't take these words in.
            self.steps.push(Step::Close(self.sheet.depth()));
        }
        self.children(node);
    }

    /// A wikilink that leads somewhere is a link; another one stays the text it is.
    pub(super) fn wiki(&mut self, node: Node<'n>, name: &str, at: Sourcepos) {
        let label = markdown::words(node);
        let decided = self.links.at(self.span(at).start).filter(|decided| decided.state != LinkState::Plain);
        match decided.filter(|_| !self.sheet.within("a") && !self.sheet.deep()) {
            Some(decided) => {
                let depth = self.sheet.depth();
                let href = decided.href.as_deref().map(|href| self.links.settled(href));
                let tail = open_link(&mut self.sheet, &Link { href, ..decided.clone() }, "", None);
                self.sheet.text(&label);
                close_link(&mut self.sheet, tail, depth);
            }
            None if label == name => self.sheet.text(&format!("[[{name}]]")),
            None => self.sheet.text(&format!("[[{name}|{label}]]")),
        }
    }

    pub(super) fn image(&mut self, node: Node<'n>, link: &NodeLink, at: Sourcepos) {
        let alt = markdown::words(node);
        let decided = self.links.at(self.span(at).start);
        let title = Some(link.title.as_str()).filter(|title| !title.is_empty());
        let href = match decided.filter(|decided| decided.state != LinkState::Plain) {
            Some(decided) if decided.state == LinkState::Attachment => {
                if let Some(src) = decided.href.as_deref().filter(|src| allowed(src) && !links::other_site(src)) {
                    let mut attributes = String::new();
                    attribute(&mut attributes, "src", src);
                    attribute(&mut attributes, "alt", &alt);
                    if let Some(title) = title {
                        attribute(&mut attributes, "title", title);
                    }
                    attributes.push_str(" loading=\"lazy\"");
                    return self.sheet.void("img", &attributes);
                }
                None
            }
            Some(decided) => {
                let depth = self.sheet.depth();
                let shown = if alt.trim().is_empty() { link.url.as_str() } else { &alt };
                let tail = match self.sheet.within("a") && decided.state != LinkState::Missing {
                    true => None,
                    false => open_link(&mut self.sheet, decided, "", title),
                };
                self.sheet.text(shown);
                return close_link(&mut self.sheet, tail, depth);
            }
            None => self.links.plain(&link.url).filter(|href| links::other_site(href)),
        };
        // An image of another site would tell it who reads this page: it is shown as a link.
        match href.filter(|_| !self.sheet.within("a") && !self.sheet.deep()) {
            Some(href) => {
                self.sheet.open("a", &link_attributes(&href, "", title));
                self.sheet.text(if alt.trim().is_empty() { &link.url } else { &alt });
                self.sheet.close();
            }
            None => self.sheet.text(&alt),
        }
    }
}

/// Opens what a decided link is shown as. Gives the words that stand behind its text, within it.
fn open_link(sheet: &mut Sheet, link: &Link, class: &str, written: Option<&str>) -> Option<&'static str> {
    let title = link.title.as_deref().or(written);
    let href = link.href.as_deref().filter(|href| allowed(href));
    match (link.state, href) {
        (LinkState::Refused | LinkState::Plain, _) => None,
        (LinkState::Missing, _) => {
            sheet.open("span", &title_attributes("bref", title));
            sheet.piece(&icon("broken", 14, ""));
            Some("no such document")
        }
        (LinkState::Superseded, Some(href)) => {
            let class = if class.is_empty() { "oldref".to_string() } else { format!("oldref {class}") };
            sheet.open("a", &link_attributes(href, &class, title));
            sheet.piece(&icon("superseded", 13, ""));
            None
        }
        (_, Some(href)) => {
            sheet.open("a", &link_attributes(href, class, title));
            None
        }
        (LinkState::File, None) => {
            sheet.open("span", &title_attributes("file", title));
            None
        }
        (_, None) => None,
    }
}

/// Closes what a decided link is shown as.
fn close_link(sheet: &mut Sheet, tail: Option<&str>, depth: usize) {
    if let Some(tail) = tail {
        sheet.text(" ");
        sheet.open("small", "");
        sheet.text(tail);
    }
    sheet.close_to(depth);
}

fn link_attributes(href: &str, class: &str, title: Option<&str>) -> String {
    let mut attributes = String::new();
    attribute(&mut attributes, "href", href);
    if !class.is_empty() {
        attribute(&mut attributes, "class", class);
    }
    if let Some(title) = title {
        attribute(&mut attributes, "title", title);
    }
    if links::other_site(href) {
        attributes.push_str(" rel=\"noopener noreferrer\"");
    }
    attributes
}

fn title_attributes(class: &str, title: Option<&str>) -> String {
    let mut attributes = String::new();
    attribute(&mut attributes, "class", class);
    if let Some(title) = title {
        attribute(&mut attributes, "title", title);
    }
    attributes
}

pub(super) fn id_attribute(id: &str) -> String {
    let mut attributes = String::new();
    attribute(&mut attributes, "id", id);
    attributes
}

pub(super) fn attribute(attributes: &mut String, name: &str, value: &str) {
    attributes.push(' ');
    attributes.push_str(name);
    attributes.push_str("=\"");
    escape::value(attributes, value);
    attributes.push('"');
}
