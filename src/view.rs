//! A judged collection becomes pages, each a plain value in which every text, address, count and class is decided.
//!
//! `outline` says which pages there are; `page` makes one of them, so that no more of them are in memory than are
//! being rendered.

use crate::config::Config;
use crate::date::Date;
use crate::judge::Judgement;
use crate::model::Document;
use crate::resolve::Collection;

/// All that pages are made of.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The documents.
    pub collection: &'a Collection,
    /// The verdict on them.
    pub judgement: &'a Judgement,
    /// The settings.
    pub config: &'a Config,
    /// The day of the verdict.
    pub today: Date,
    /// Name of the collection.
    pub title: &'a str,
    /// Folder of the documents within the repository, with a slash at its end, or empty: `docs/`.
    pub prefix: &'a str,
}

/// One page, decided.
#[derive(Debug)]
pub struct Page<'a> {
    /// The file on the site, with `/` between parts: `board/index.html`.
    pub path: String,
    /// The template that prints it: `board.html`.
    pub template: &'static str,
    /// What the template prints. Documented per page, because themes rely on it.
    pub view: serde_json::Value,
    /// A document's text, which the renderer turns into HTML and hands to the template as `prose`.
    pub prose: Option<Prose<'a>>,
}

/// A document's text and all that is decided about it.
#[derive(Debug)]
pub struct Prose<'a> {
    /// The document.
    pub document: &'a Document,
    /// For each of the document's mentions, in the same order, what becomes of it.
    pub links: Vec<Link>,
    /// For each of the document's phases, in the same order, how its section is shown.
    pub phases: Vec<PhaseMark>,
}

/// What becomes of a mention in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address, relative to the page; absent where there is nowhere to go.
    pub href: Option<String>,
    /// How it is shown.
    pub state: LinkState,
    /// For `title`: the other document's title and status, or why the link is broken.
    pub title: Option<String>,
}

/// How a mention is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    /// A link to a page of this site.
    Page,
    /// A link to a document that a newer one replaced.
    Superseded,
    /// An image or file that is copied to this site.
    Attachment,
    /// A link to another site.
    External,
    /// A file of the repository without a page: a link to the forge where it is known, else text.
    File,
    /// Nothing is there: text, marked as broken.
    Missing,
    /// Not allowed: text.
    Refused,
    /// Left as it stands.
    Plain,
}

/// How a phase's section is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseMark {
    /// Unfolded: the current phase, or one without boxes.
    pub open: bool,
    /// Class and icon: `done`, `current`, `open`, `blocked`.
    pub state: &'static str,
    /// `9 of 9, done`.
    pub note: String,
}
