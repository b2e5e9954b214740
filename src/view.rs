//! A judged collection becomes pages, each a plain value in which every text, address, count and class is decided.
//!
//! `outline` says which pages there are; `page` makes one of them, so that no more of them are in memory than are
//! being rendered. What many pages need is worked out once, in `scenery`.

mod advice;
mod axis;
mod banner;
mod bar;
mod blockers;
mod board;
mod changes;
mod clause;
mod clusters;
mod concerns;
mod decisions;
mod document;
mod drawing;
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
mod past;
mod picture;
mod problems;
mod questions;
mod quote;
mod reason;
mod record;
mod redirect;
mod relations;
mod risks;
mod rulings;
mod scenery;
mod spot;
mod stones;
mod story;
mod tab;
mod templates;
mod term;
mod timeline;
mod week;
mod within;

use crate::config::Config;
use crate::date::Date;
use crate::judge::Judgement;
use crate::model::Document;
use crate::resolve::Collection;
use crate::spread::{InTurn, Spread};

// Entries name the table's file only, so what several of them need is named here.
use axis::{Axis, Scale, months_after, percent};
use banner::{Banner, banners};
use bar::{Bar, bar};
use clause::clauses;
use clusters::{Cluster, Clusters, strength};
use concerns::{BlockerAt, LEVELS, LevelMark, Obstacle, QuestionAt, gathered, level_mark, level_word, undecided};
use drawing::{BOX, Drawing, Tie, Way, components, draw};
use face::{Chip, Person, StatusMark, bar_width, call, current_phase, kind_icon, stage_mark, successor, visible};
use filter::{FIELDS, Facets, Field, Filter, facets, filter_bar, filter_rows};
use frame::{Navigation, Run, count_documents, framed, framed_with, next_deadline, sentence};
use heat::{Ahead, Heat};
use kin::{Code, References, Relations, Step, chain, chained, code, code_count, how, references, related};
use lanes::{By, Chart, GROUPINGS, Lane, RANGES, Range, Timeline, charts};
use life::{Ending, Fate, Form, Life, Mark, Point, closed, days_after, fate, spoken};
use list::{Pager, ROWS as PART, cut, cut_by, page_of, part, part_by};
use moment::{Age, Moment, ago, weekday};
use past::{Commits, commit_address, commits};
use picture::{Picture, Stroke, legend, stands};
use problems::{Problem, problem_of, source_of};
use quote::quote;
use reason::{contradictions, drifted, inference, left_over, pending, step, unchanged, waits, why};
use record::{Fact, record};
use rulings::{Outcome, Ruling, Rulings, rulings};
use scenery::{Group, Need, STATES, State, StateEntry};
use spot::{Sort, spot, spots};
use stones::{Month, Stone, Stones, stones};
use story::{happening, limits, story};
use tab::{CountedTab, Tab};
use term::{Term, ends, expires, review, warning};
use week::since_monday;
use within::{Holding, place, section_counts, within};

pub use advice::{Advice, Worth, advice, quoted, twin};
pub use clause::{Clause, together};
pub use clusters::{Bond, bonds};
pub use concerns::{Concerns, Grade, Level, RiskAt};
pub use face::Face;
pub use frame::{capital, encode, logo, root_of};
pub use scenery::{Scenery, scenery, scenery_with};
pub use spot::Spot;
pub use story::{Happening, Story, Whom};

/// The version of the pages' data, which themes rely on. Fields may come without a new version; when one goes or means
/// something else, this number rises and `themes/README.md` says what changed.
pub const DATA_VERSION: u32 = 1;

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
    decisions::PAGE,
    risks::PAGE,
    relations::GRAPH,
    list::ALL,
    problems::PAGE,
    changes::PAGE,
    templates::PAGE,
    milestones::PAGE,
    blockers::PAGE,
    questions::PAGE,
    list::SEARCH,
    groups::KINDS,
    groups::OWNERS,
    groups::TAGS,
    list::STAGE,
    list::STATE,
    list::KIND,
    list::OWNER,
    list::TAG,
    relations::CLUSTER,
    relations::LIST,
    list::UNOWNED,
    list::UNTAGGED,
    document::PAGE,
    lost::PAGE,
    redirect::LATEST,
    redirect::FORMER,
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

impl PageEntry {
    /// The pages of this entry that there are.
    pub fn outline(&self, scenery: &Scenery<'_>) -> Vec<Slot> {
        (self.slots)(scenery)
    }
}

impl Slot {
    /// The page at an address such as `board/`.
    fn at(entry: &'static PageEntry, address: &str, of: usize, part: usize) -> Slot {
        Slot { entry, path: format!("{address}index.html"), of, part }
    }
}

/// Every page of the site, the overview first. Linear in the number of documents.
pub fn outline(scenery: &Scenery) -> Vec<Slot> {
    outline_with(scenery, &InTurn)
}

/// As [`outline`], with the work on each entry spread.
pub fn outline_with(scenery: &Scenery, spread: &impl Spread) -> Vec<Slot> {
    spread.map(PAGES.len(), |at| (PAGES[at].slots)(scenery)).into_iter().flatten().collect()
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
    /// Its place in the collection.
    pub index: usize,
    /// For each of the document's mentions, in the same order, what becomes of it.
    pub links: Vec<Link>,
    /// For each of the document's phases, in the same order, how its section is shown.
    pub phases: Vec<PhaseMark>,
    /// Places besides headings that get an anchor, by line.
    pub spots: Vec<Spot>,
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
    /// As `Missing`, where git knows what was there; `title` says what became of it, in words that stand behind the text.
    Deleted,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date;
    use crate::model::KINDS;
    use crate::read;
    use crate::resolve::{self, RESERVED, World};
    use crate::source::Source;

    #[test]
    fn no_page_has_an_address_that_a_document_could_have() {
        let config = Config::default();
        // one document of each fate, so that each page of decisions is there
        let stages = ["draft", "accepted", "superseded", "rejected", "deprecated", "unheard-of"];
        let text = |stage: &&str| format!("---\nstatus: {stage}\n---\n# A decision\n");
        let source = |stage: &&str| Source::new(format!("adr/{stage}.md"), text(stage));
        let read = stages.iter().map(|stage| read::read(source(stage), &config)).collect();
        let collection = resolve::resolve(read, &World::default());
        let today = date::parse("2026-11-23").expect("a date");
        let judgement = crate::judge::judge(&collection, &config, today);
        let scene =
            Scene { collection: &collection, judgement: &judgement, config: &config, today, title: "T", prefix: "" };
        let scenery = scenery(scene);
        let mut below = Vec::new();
        for slot in outline(&scenery).iter().filter(|slot| slot.entry.name != "document") {
            let address = slot.path.trim_end_matches("index.html");
            let (first, rest) = address.split_once('/').unwrap_or((address, ""));
            if !rest.is_empty() && KINDS.iter().any(|kind| kind.address == first) {
                assert!(RESERVED.contains(&address) || address.contains("/-/"), "{address} isn't reserved");
                below.push(address.to_string());
            }
        }
        below.sort();
        let mut reserved: Vec<&str> = RESERVED.to_vec();
        reserved.sort_unstable();
        assert_eq!(below, reserved, "an address is reserved for a page that doesn't exist");
    }
}
