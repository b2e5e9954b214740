//! A judged collection becomes pages, each a plain value in which every text, address, count and class is decided.
//!
//! `outline` says which pages there are; `page` makes one of them, so that no more of them are in memory than are
//! being rendered. What many pages need is worked out once, in `scenery`.

mod axis;
mod banner;
mod bar;
mod board;
mod document;
mod face;
mod filter;
mod frame;
mod freshness;
mod groups;
mod heat;
mod kin;
mod lanes;
mod life;
mod list;
mod lost;
mod milestones;
mod moment;
mod overview;
mod problems;
mod quote;
mod reason;
mod record;
mod scenery;
mod stones;
mod templates;
mod term;
mod timeline;
mod within;

use crate::config::Config;
use crate::date::Date;
use crate::judge::Judgement;
use crate::model::Document;
use crate::resolve::Collection;

// Entries name the table's file only, so what several of them need is named here.
use axis::{Axis, Scale, months_after, percent};
use banner::{Banner, banners};
use bar::{Drawing, drawing};
use face::{Chip, Person, StatusMark, bar_width, current_phase, kind_icon, stage_mark, successor, visible};
use filter::{FIELDS, Facets, Field, Filter, facets, filter_bar};
use frame::{Navigation, Run, capital, count_documents, encode, framed, framed_with, next_deadline, root_of, sentence};
use heat::{Ahead, Heat};
use kin::{Code, References, Relations, Step, chain, chained, code, code_count, references, relations};
use lanes::{By, Chart, GROUPINGS, Lane, RANGES, Range, Timeline, charts};
use life::{Ending, Fate, Form, Life, Mark, Point, closed, days_after, fate, spoken};
use list::{Pager, ROWS as PART, cut, cut_by, part, part_by};
use moment::{Age, Moment, weekday};
use problems::{Problem, problem_of, source_of};
use quote::quote;
use reason::{contradictions, drifted, inference, left_over, step, unchanged, waits, why};
use record::{Fact, record};
use scenery::{Group, Need, STATES, State, StateEntry};
use stones::{Month, Stone, Stones, stones};
use term::{Term, ends, expires, review, warning};
use within::{Holding, place, section_counts, within};

pub use face::Face;
pub use scenery::{Scenery, scenery};

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

/// A page or a family of pages.
#[derive(Debug)]
pub struct PageEntry {
    /// Its name in the code and in the theme's navigation.
    pub name: &'static str,
    /// Address of the first of its pages, relative to the site's root; empty for the overview.
    pub address: &'static str,
    /// As the navigation and the browser's tab say it.
    pub title: &'static str,
    /// Icon of the navigation.
    pub icon: &'static str,
    /// Stands in the navigation.
    pub nav: bool,
    slots: fn(&Scenery<'_>) -> Vec<Slot>,
    page: for<'a> fn(&Scenery<'a>, &Slot) -> Page<'a>,
}

/// All pages, in the order of the navigation.
pub const PAGES: &[PageEntry] = &[
    overview::PAGE,
    board::PAGE,
    timeline::PAGE,
    freshness::PAGE,
    list::ALL,
    problems::PAGE,
    templates::PAGE,
    milestones::PAGE,
    groups::KINDS,
    groups::OWNERS,
    groups::TAGS,
    list::STAGE,
    list::STATE,
    list::KIND,
    list::OWNER,
    list::TAG,
    document::PAGE,
    lost::PAGE,
];

/// A page that can be made.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Its entry in [`PAGES`].
    pub entry: &'static PageEntry,
    /// The file on the site, with `/` between parts: `board/index.html`.
    pub path: String,
    /// Which of the entry's pages: a document's index, a group's index; 0 where there is one only.
    pub of: usize,
    /// Which part of a list that is cut into several pages, from 0.
    pub part: usize,
}

impl Slot {
    /// The page at an address such as `board/`.
    fn at(entry: &'static PageEntry, address: &str, of: usize, part: usize) -> Slot {
        Slot { entry, path: format!("{address}index.html"), of, part }
    }
}

/// Every page of the site, the overview first. Linear in the number of documents.
pub fn outline(scenery: &Scenery) -> Vec<Slot> {
    PAGES.iter().flat_map(|entry| (entry.slots)(scenery)).collect()
}

/// Makes one page.
pub fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    (slot.entry.page)(scenery, slot)
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
