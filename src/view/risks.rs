//! What may go wrong in all documents: a matrix of how likely and how bad, what to look at, and every risk as a row.
//!
//! The first page counts the risks of open documents, a second one those of all. The register is cut into parts; the
//! matrix stands on each, and leads into the part that has the row.

mod findings;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{Kind, Risk};
use crate::view::{
    Chip, CountedTab, Field, Filter, Grade, Level, LevelMark, Page, PageEntry, Pager, Person, RiskAt, Scenery, Slot,
    Sort, Term, capital, cut, encode, filter_rows, framed, level_mark, level_word, page_of, part, spot, visible,
};
use crate::words;

use findings::{Finding, findings};

pub(super) const PAGE: PageEntry = PageEntry {
    name: "risks",
    address: "risks/",
    title: "Risks",
    icon: "risks",
    nav: true,
    slots: |scenery| {
        let kept = SETS.iter().enumerate();
        kept.flat_map(|(of, set)| cut(&PAGE, of, set.address, (set.risks)(scenery).len())).collect()
    },
    page,
};

/// Which risks, a page each.
struct Set {
    address: &'static str,
    label: &'static str,
    risks: for<'s> fn(&'s Scenery<'_>) -> &'s [RiskAt],
}

const SETS: &[Set] = &[
    Set { address: "risks/", label: "Open", risks: |scenery| &scenery.concerns().open },
    Set { address: "risks/all/", label: "All", risks: |scenery| &scenery.concerns().risks },
];
const OPEN: usize = 0;

/// What the register is narrowed by.
const FIELDS: &[Field] = &[Field::Level, Field::Owner, Field::Kind, Field::Tag, Field::Signal];

/// Links in a cell of the matrix.
const LINKS: usize = 10;
/// Letters of a risk, of what is done about it, and of a document's name; the document has the rest.
const TITLE: usize = 160;
const MITIGATION: usize = 180;
const CALL: usize = 40;

/// The page. Addresses are relative to the site's root.
#[derive(Serialize)]
struct View {
    /// `17 open risks in 12 documents, 1 critical and 6 high.`
    lead: String,
    /// What follows the lead; may be empty.
    rest: String,
    tabs: Vec<CountedTab>,
    /// Rows of the matrix, the likeliest first.
    matrix: Vec<Line>,
    /// What nobody rated.
    unrated: Option<Cell>,
    /// What stands out, a sentence each.
    findings: Vec<Finding>,
    /// `17`
    count: usize,
    /// What the register can be narrowed by, where all of it is on the page.
    filter: Option<Filter>,
    rows: Vec<Row>,
    pager: Option<Pager>,
    /// There is none to show: why, and where there are some.
    none: Option<Zero>,
}

#[derive(Serialize)]
struct Zero {
    heading: &'static str,
    text: String,
    /// Lines to write; empty where there is a link.
    example: &'static str,
    /// Words of a link; empty where there are lines to write.
    link: String,
    href: &'static str,
}

/// A row of the matrix.
#[derive(Serialize)]
struct Line {
    /// `High`
    label: &'static str,
    /// Its cells, from the lowest impact to the highest.
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    /// `High probability, high impact`, for the link.
    name: String,
    /// How grave it is.
    mark: LevelMark,
    count: usize,
    /// The first of them in the register; empty where there is none.
    href: String,
    /// The first risks in it.
    pills: Vec<Pill>,
    /// `+12`, or empty.
    more: String,
}

/// A link to a row of the register.
#[derive(Clone, Serialize)]
struct Pill {
    label: String,
    title: String,
    href: String,
}

/// A part of a text; ids are kept whole at the end of a line.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Piece {
    text: String,
    /// It is an id, which no line end may break.
    whole: bool,
}

#[derive(Serialize)]
struct Row {
    /// `R7`, which is also its anchor.
    number: String,
    /// How grave it is.
    mark: LevelMark,
    /// `High probability, low impact`, or which of them is missing.
    rating: String,
    /// It has no level, but a word for one.
    partly: bool,
    /// Words to filter by: its level, who watches it, and those of its document.
    facets: String,
    title: String,
    /// Where its document says so.
    href: String,
    /// The document's id, or its title.
    call: String,
    /// The document's title.
    document: String,
    /// Address of the document's page.
    page: String,
    chip: Option<Chip>,
    /// Closed documents say so instead.
    closed: String,
    term: Option<Term>,
    /// What is done about it.
    mitigation: Vec<Piece>,
    owner: Option<Person>,
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let set = &SETS[slot.of];
    let risks = (set.risks)(scenery);
    let (rows, pager) = part(risks, set.address, slot.part);
    let listed: Vec<Row> = rows.iter().map(|risk| row(scenery, risk)).collect();
    let words: Vec<&str> = listed.iter().map(|row| row.facets.as_str()).collect();
    let filter = filter_rows(scenery, &words, FIELDS, ("risk", "risks"));
    let view = View {
        lead: lead(scenery, slot.of, risks),
        rest: rest(scenery, slot.of),
        tabs: SETS.iter().enumerate().map(|(of, set)| tab(scenery, set, of == slot.of)).collect(),
        matrix: matrix(scenery, set, risks),
        unrated: unrated(scenery, set, risks),
        findings: findings(scenery),
        count: risks.len(),
        filter: filter.filter(|_| pager.is_none()),
        rows: listed,
        pager,
        none: risks.is_empty().then(|| zero(scenery)),
    };
    let name = if slot.of == OPEN { PAGE.title } else { "All risks" };
    let title = match &view.pager {
        Some(pager) => format!("{name}, {}", pager.label.to_lowercase()),
        None => name.to_string(),
    };
    framed(scenery, slot, "risks.html", &title, view)
}

fn lead(scenery: &Scenery<'_>, of: usize, risks: &[RiskAt]) -> String {
    let documents = &scenery.scene.collection.documents;
    let holders: BTreeSet<usize> = risks.iter().map(|risk| risk.document).collect();
    let plans = holders.iter().all(|index| documents[*index].kind == Kind::Plan);
    let holders = match plans {
        true => words::count(holders.len(), "plan", "plans"),
        false => words::count(holders.len(), "document", "documents"),
    };
    let level = |level: Level, word: &str| {
        let count = risks.iter().filter(|risk| risk.grade.map(Grade::level) == Some(level)).count();
        (count > 0).then(|| format!("{count} {word}"))
    };
    let grave: Vec<String> =
        [level(Level::Critical, "critical"), level(Level::High, "high")].into_iter().flatten().collect();
    let grave = if grave.is_empty() { String::new() } else { format!(", {}", grave.join(" and ")) };
    let sort = if of == OPEN { ("open risk", "open risks") } else { ("risk", "risks") };
    match risks.len() {
        0 => "No risk is open.".into(),
        count => format!("{} in {holders}{grave}.", words::count(count, sort.0, sort.1)),
    }
}

fn rest(scenery: &Scenery<'_>, of: usize) -> String {
    let concerns = scenery.concerns();
    let over = concerns.risks.len() - concerns.open.len();
    match (of, over) {
        (OPEN, 0) => "Read from the risk tables and risk lists of open documents.".into(),
        (OPEN, _) => {
            let are = if over == 1 { "is" } else { "are" };
            format!("Read from the risk tables and risk lists of open documents, {over} more {are} not open.")
        }
        _ => format!("{} open. The others are settled, or their document isn't open.", concerns.open.len()),
    }
}

fn tab(scenery: &Scenery<'_>, set: &Set, current: bool) -> CountedTab {
    CountedTab { label: set.label, count: (set.risks)(scenery).len(), href: page_of(set.address, 0), current }
}

fn zero(scenery: &Scenery<'_>) -> Zero {
    match scenery.concerns().risks.len() {
        0 => Zero {
            heading: "No risks are written down",
            text:
                "plansite reads them from tables and lists below a heading such as Risks. Write the first one into a \
                   plan."
                    .into(),
            example: "## Risks\n\n| Risk | Probability | Impact | Mitigation | Owner |\n|---|---|---|---|---|\n\
                      | … | High | Medium | … | … |",
            link: String::new(),
            href: "",
        },
        count => Zero {
            heading: "No risk is open",
            text: "Risks of closed documents and settled ones ask for nothing any more.".into(),
            example: "",
            link: format!("Read {}", words::count(count, "closed risk", "closed risks")),
            href: "risks/all/index.html",
        },
    }
}

fn degree(degree: u8) -> &'static str {
    match degree {
        3.. => "High",
        2 => "Medium",
        _ => "Low",
    }
}

fn matrix(scenery: &Scenery<'_>, set: &Set, risks: &[RiskAt]) -> Vec<Line> {
    let line = |probability: u8| Line {
        label: degree(probability),
        cells: (1..=3).map(|impact| cell(scenery, set, risks, Some(Grade { probability, impact }))).collect(),
    };
    (1..=3).rev().map(line).collect()
}

/// What has no place in the matrix.
fn unrated(scenery: &Scenery<'_>, set: &Set, risks: &[RiskAt]) -> Option<Cell> {
    Some(cell(scenery, set, risks, None)).filter(|cell| cell.count > 0)
}

/// The risks of one grade, which stand together in the register.
fn cell(scenery: &Scenery<'_>, set: &Set, risks: &[RiskAt], grade: Option<Grade>) -> Cell {
    let start = risks.iter().position(|risk| risk.grade == grade).unwrap_or(risks.len());
    let count = risks[start..].iter().take_while(|risk| risk.grade == grade).count();
    let pill = |at: usize| pill(scenery, set, at, &risks[at]);
    let pills: Vec<Pill> = (start..start + count).take(LINKS).map(pill).collect();
    Cell {
        name: grade.map_or_else(|| "Not rated".into(), rating),
        mark: level_mark(grade.map(Grade::level)),
        count,
        href: pills.first().map(|pill| pill.href.clone()).unwrap_or_default(),
        more: if count > LINKS { format!("+{}", count - LINKS) } else { String::new() },
        pills,
    }
}

fn rating(grade: Grade) -> String {
    format!("{} probability, {} impact", degree(grade.probability), degree(grade.impact).to_lowercase())
}

/// A link to the row of a risk, which stands at this place of the set.
fn pill(scenery: &Scenery<'_>, set: &Set, at: usize, risk: &RiskAt) -> Pill {
    let label = format!("R{}", risk.number);
    let href = format!("{}#{label}", page_of(set.address, at));
    Pill { label, title: words::shorten(&visible(&stated(scenery, risk).title), TITLE), href }
}

fn stated<'s>(scenery: &'s Scenery<'_>, risk: &RiskAt) -> &'s Risk {
    &scenery.scene.collection.documents[risk.document].anatomy.risks[risk.nth]
}

fn row(scenery: &Scenery<'_>, at: &RiskAt) -> Row {
    let (risk, face) = (stated(scenery, at), scenery.face(at.document));
    let document = &scenery.scene.collection.documents[at.document];
    let grave = face.chips.first().filter(|chip| chip.class == "c-red");
    Row {
        number: format!("R{}", at.number),
        mark: level_mark(at.grade.map(Grade::level)),
        rating: at.grade.map_or_else(|| missing(risk), rating),
        partly: at.grade.is_none() && (risk.probability.is_some() || risk.impact.is_some()),
        facets: facets(at, risk, &face.facets),
        title: words::shorten(&visible(&risk.title), TITLE),
        href: format!("{}#{}", face.href, encode(&spot(document, Sort::Risk, at.nth))),
        call: words::shorten(face.call(), CALL),
        document: face.title.clone(),
        page: face.href.clone(),
        chip: grave.cloned().filter(|_| at.open),
        closed: match (at.open, face.open) {
            (true, _) => String::new(),
            (false, true) => words::shorten(&visible(risk.status.as_deref().unwrap_or("Settled")), 24),
            (false, false) => face.status.word.clone(),
        },
        term: face.term.clone().filter(|_| at.open),
        mitigation: pieces(&words::shorten(&visible(risk.mitigation.as_deref().unwrap_or("")), MITIGATION)),
        owner: risk.owner.as_deref().map(|owner| scenery.person(owner)),
    }
}

fn facets(at: &RiskAt, risk: &Risk, document: &str) -> String {
    let owner = risk.owner.as_deref().map_or_else(|| "-".to_string(), |owner| words::slug(&visible(owner)));
    let own = format!("level:{} owner:{owner}", level_word(at.grade.map(Grade::level)));
    let others = document.split(' ').filter(|word| !word.starts_with("owner:"));
    [own.as_str()].into_iter().chain(others).collect::<Vec<_>>().join(" ")
}

/// Why a risk has no level, in its own words: `impact severe, no probability`.
fn missing(risk: &Risk) -> String {
    let said = |name: &str, word: &Option<String>| match word {
        Some(word) => format!("{name} {}", words::shorten(&visible(word), 24)),
        None => format!("no {name}"),
    };
    capital(&format!("{}, {}", said("probability", &risk.probability), said("impact", &risk.impact)))
}

/// A text with its ids apart.
fn pieces(text: &str) -> Vec<Piece> {
    let id = |word: &str| {
        let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
        (3..=24).contains(&inner.len()) && inner.contains('-') && inner.ends_with(|c: char| c.is_ascii_digit())
    };
    let mut pieces: Vec<Piece> = Vec::new();
    for word in text.split_inclusive(' ') {
        let whole = id(word);
        match pieces.last_mut().filter(|last| !whole && !last.whole) {
            Some(last) => last.text.push_str(word),
            None => pieces.push(Piece { text: word.to_string(), whole }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_whole() {
        let whole = |text: &str| -> Vec<String> {
            pieces(text).into_iter().filter(|piece| piece.whole).map(|piece| piece.text.trim().into()).collect()
        };
        assert_eq!(whole("Waits for ADR-0021, still proposed (PLAN-023)."), ["ADR-0021,", "(PLAN-023)."]);
        assert!(whole("a per-shard freeze of 90 s - at most").is_empty());
        let text = "Waits for ADR-0021, still";
        assert_eq!(pieces(text).into_iter().map(|piece| piece.text).collect::<String>(), text);
    }

    #[test]
    fn what_is_missing_is_said() {
        let risk = Risk { impact: Some("very bad".into()), ..Risk::default() };
        assert_eq!(missing(&risk), "No probability, impact very bad");
        assert_eq!(rating(Grade { probability: 3, impact: 1 }), "High probability, low impact");
    }
}
