//! Where in a document's page a risk, a blocker or a question stands: an anchor of its own, at the place that says it.
//!
//! `#R3` is the document's third risk, `#B1` its first blocker, `#Q2` its second question.

use std::collections::BTreeSet;

use crate::model::Document;

/// A place in the text that gets an anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Line, from 1.
    pub line: u32,
    /// The anchor.
    pub anchor: String,
}

/// What has a place of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Risk,
    Blocker,
    Question,
}

/// Every place of a document that gets an anchor, by line.
pub(super) fn spots(document: &Document) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    let anatomy = &document.anatomy;
    let counts = [
        (Sort::Risk, anatomy.risks.len()),
        (Sort::Blocker, anatomy.blockers.len()),
        (Sort::Question, anatomy.questions.len()),
    ];
    for (sort, count) in counts {
        let own = (0..count).filter(|nth| heading(document, line(document, sort, *nth)).is_none());
        spots.extend(own.map(|nth| Spot { line: line(document, sort, nth), anchor: made(document, sort, nth) }));
    }
    spots.sort_by_key(|spot| spot.line);
    let mut known = BTreeSet::new();
    spots.retain(|spot| known.insert(spot.anchor.clone()));
    spots
}

/// The anchor of one of them: its own, or that of the heading that is its text.
pub(super) fn spot(document: &Document, sort: Sort, nth: usize) -> String {
    match heading(document, line(document, sort, nth)) {
        Some(anchor) => anchor.to_string(),
        None => made(document, sort, nth),
    }
}

fn made(document: &Document, sort: Sort, nth: usize) -> String {
    let letter = match sort {
        Sort::Risk => 'R',
        Sort::Blocker => 'B',
        Sort::Question => 'Q',
    };
    let mut anchor = format!("{letter}{}", nth + 1);
    // anchors of headings have no capitals, so only the names that the text itself gives can be the same
    while document.anatomy.anchors.contains(&anchor) {
        anchor.push('-');
    }
    anchor
}

fn line(document: &Document, sort: Sort, nth: usize) -> u32 {
    let anatomy = &document.anatomy;
    let line = match sort {
        Sort::Risk => anatomy.risks.get(nth).map(|risk| risk.line),
        Sort::Blocker => anatomy.blockers.get(nth).map(|blocker| blocker.line),
        Sort::Question => anatomy.questions.get(nth).map(|question| question.line),
    };
    line.unwrap_or(0)
}

fn heading(document: &Document, line: u32) -> Option<&str> {
    let headings = &document.anatomy.headings;
    let at = headings.binary_search_by_key(&line, |heading| heading.line).ok()?;
    Some(&headings[at].anchor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::read;
    use crate::source::Source;

    #[test]
    fn a_place_has_the_anchor_of_its_heading_or_one_of_its_own() {
        let text = "# Plan\n\n<!-- ANCHOR:R1 -->\n\n## Risks\n\n| Risk | Probability | Impact |\n|---|---|---|\n\
                    | Loss | High | Low |\n| Delay | Low | Low |\n\n## Open questions\n\n### Who pays?\n\nNobody knows.\n";
        let document = read::read(Source::new("plans/a.md", text), &Config::default()).value;
        assert_eq!(spot(&document, Sort::Risk, 0), "R1-");
        assert_eq!(spot(&document, Sort::Risk, 1), "R2");
        assert_eq!(spot(&document, Sort::Question, 0), "who-pays");
        let anchors: Vec<(u32, String)> = spots(&document).into_iter().map(|spot| (spot.line, spot.anchor)).collect();
        assert_eq!(anchors, [(9, "R1-".into()), (10, "R2".into())]);
    }
}
