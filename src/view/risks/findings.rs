//! What stands out among the risks, a sentence each with links to the rows it is about.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{CALL, OPEN, Piece, Pill, SETS, pieces, pill, stated};
use crate::date;
use crate::model::{Freshness, Signal, Stage};
use crate::view::{Level, RiskAt, Scenery, waits};
use crate::words;

/// Documents that a sentence names, and numbers behind it.
const NAMES: usize = 3;
const NUMBERS: usize = 8;
/// For so many days the end of a risk is news.
const NEWS: i64 = 7;

/// A sentence about several risks.
#[derive(Serialize)]
pub(super) struct Finding {
    pub class: &'static str,
    pub icon: &'static str,
    /// Its first words, in bold.
    pub lead: String,
    pub text: Vec<Piece>,
    /// The risks it speaks of.
    pub pills: Vec<Pill>,
    pub more: String,
    /// Words of a link behind it; may be empty.
    pub link: String,
    pub href: &'static str,
}

/// What stands out among the open risks, the worst first.
pub(super) fn findings(scenery: &Scenery<'_>) -> Vec<Finding> {
    let scene = &scenery.scene;
    let open = &scenery.concerns().open;
    let state = |risk: &RiskAt| scene.judgement.standings[risk.document].state;
    let blocked = |risk: &RiskAt| scene.judgement.signals[risk.document].contains(&Signal::Blocked);
    let grave = |risk: &RiskAt| risk.grade.is_some_and(|grade| grade.level() >= Level::High);
    let unanswered = |risk: &RiskAt| stated(scenery, risk).mitigation.is_none();
    let unowned = |risk: &RiskAt| stated(scenery, risk).owner.is_none();
    let mut found = Vec::new();
    let mut add = |class, icon, pass: &dyn Fn(&RiskAt) -> bool, say: &dyn Fn(&[&RiskAt]) -> (String, String)| {
        let places: Vec<usize> = (0..open.len()).filter(|at| pass(&open[*at])).collect();
        if places.is_empty() {
            return;
        }
        let risks: Vec<&RiskAt> = places.iter().map(|at| &open[*at]).collect();
        let (lead, text) = say(&risks);
        let pills: Vec<Pill> =
            places.iter().take(NUMBERS).map(|at| pill(scenery, &SETS[OPEN], *at, &open[*at])).collect();
        let more = places.len() - pills.len();
        let more = if more > 0 { format!("and {more} more") } else { String::new() };
        found.push(Finding { pills, more, ..plain(class, icon, lead, &text) });
    };
    add("f-red", "expired", &|risk| state(risk) == Freshness::Expired, &|risks| {
        let live = if risks.len() == 1 { "lives in an expired document" } else { "live in expired documents" };
        (format!("{} {live}.", words::count(risks.len(), "risk", "risks")), unconfirmed(scenery, risks))
    });
    add("f-red", "blocked", &|risk| blocked(risk) && grave(risk), &|risks| {
        let sits = if risks.len() == 1 { "sits in a blocked document" } else { "sit in blocked documents" };
        let sort = ("high or critical risk", "high or critical risks");
        let index = risks[0].document;
        let why = format!("{}: {}.", scenery.face(index).call(), waits(scenery, index));
        (format!("{} {sits}.", words::count(risks.len(), sort.0, sort.1)), why)
    });
    add("f-amber", "risks", &|risk| unanswered(risk) && unowned(risk), &|risks| {
        let (count, have) = (risks.len(), if risks.len() == 1 { "has" } else { "have" });
        let lead = format!("{} {have} no mitigation and no owner.", words::count(count, "risk", "risks"));
        (lead, "Fill both columns, or remove the row.".into())
    });
    add("f-amber", "risks", &|risk| unanswered(risk) && !unowned(risk), &|risks| {
        let (count, have) = (risks.len(), if risks.len() == 1 { "has" } else { "have" });
        let lead = format!("{} {have} an owner and no mitigation.", words::count(count, "risk", "risks"));
        (lead, "Say what is done about it, or that it is accepted.".into())
    });
    add("muted", "unknown", &|risk| risk.grade.is_none(), &|risks| {
        let (count, are) = (risks.len(), if risks.len() == 1 { "is" } else { "are" });
        let lead = format!("{} {are} not rated.", words::count(count, "risk", "risks"));
        (lead, "Without a probability and an impact there is no level, and none is guessed.".into())
    });
    found.extend(unsorted(scenery));
    if found.is_empty() && !open.is_empty() {
        let text = "Each has a level and a mitigation, and none stands in an expired or blocked document.";
        found.push(plain("f-green", "fresh", "Nothing stands out among the open risks.".into(), text));
    }
    found.extend(closed(scenery));
    found
}

fn plain(class: &'static str, icon: &'static str, lead: String, text: &str) -> Finding {
    let (pills, more, link) = (Vec::new(), String::new(), String::new());
    Finding { class, icon, lead, text: pieces(text), pills, more, link, href: "" }
}

/// `Mitigations unconfirmed since 22 April (PLAN-023) and 10 August (PLAN-025).`
fn unconfirmed(scenery: &Scenery<'_>, risks: &[&RiskAt]) -> String {
    let scene = &scenery.scene;
    let holders: BTreeSet<usize> = risks.iter().map(|risk| risk.document).collect();
    let reviewed = |index: &usize| {
        let day = scene.collection.documents[*index].dates.reviewed.as_ref()?.value;
        Some(format!("{} ({})", date::short(day, scene.today), scenery.face(*index).call()))
    };
    let known: Vec<String> = holders.iter().filter_map(reviewed).collect();
    match known.len() {
        0 => "None of these documents says when it was last reviewed.".into(),
        count if count > NAMES => {
            format!("Mitigations unconfirmed since {} and in {} more.", known[..NAMES].join(", "), count - NAMES)
        }
        _ => format!("Mitigations unconfirmed since {}.", listed(&known)),
    }
}

/// Risks of documents of which nobody knows whether they are open.
fn unsorted(scenery: &Scenery<'_>) -> Option<Finding> {
    let documents = &scenery.scene.collection.documents;
    let unknown = |risk: &&RiskAt| {
        let document = &documents[risk.document];
        document.tracked() && matches!(document.stage(), None | Some(Stage::Unknown))
    };
    let count = scenery.concerns().risks.iter().filter(unknown).count();
    let (stand, they) = if count == 1 { ("stands", "It isn't") } else { ("stand", "They aren't") };
    (count > 0).then(|| Finding {
        link: "Read all risks".into(),
        href: "risks/all/index.html",
        ..plain(
            "f-amber",
            "unknown",
            format!("{} {stand} in documents without a known status.", words::count(count, "risk", "risks")),
            &format!("{they} counted as open."),
        )
    })
}

/// What came to an end lately.
fn closed(scenery: &Scenery<'_>) -> Option<Finding> {
    let scene = &scenery.scene;
    let lately = |risk: &&RiskAt| {
        let document = &scene.collection.documents[risk.document];
        let day = document.dates.completed.as_ref().map(|day| date::days_between(day.value, scene.today));
        document.stage() == Some(Stage::Completed) && day.is_some_and(|days| (0..=NEWS).contains(&days))
    };
    let risks: Vec<&RiskAt> = scenery.concerns().risks.iter().filter(lately).collect();
    let holders: BTreeSet<usize> = risks.iter().map(|risk| risk.document).collect();
    let names: Vec<String> =
        holders.iter().take(NAMES).map(|index| words::shorten(scenery.face(*index).call(), CALL)).collect();
    let were = if risks.len() == 1 { "was" } else { "were" };
    let lead =
        format!("{} {were} closed in the last {}.", words::count(risks.len(), "risk", "risks"), date::days(NEWS));
    let whose = if risks.len() == 1 { "Its document was completed" } else { "Their documents were completed" };
    let more = if holders.len() > NAMES { format!(" and {} more", holders.len() - NAMES) } else { String::new() };
    (!risks.is_empty()).then(|| plain("f-green", "fresh", lead, &format!("{whose}: {}{more}.", names.join(", "))))
}

/// `a, b and c`
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [many @ .., last] => format!("{} and {last}", many.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_people_do() {
        let names = ["a".to_string(), "b".to_string(), "c".to_string()];
        assert_eq!(listed(&names), "a, b and c");
        assert_eq!((listed(&names[..2]), listed(&names[..1])), ("a and b".to_string(), "a".to_string()));
    }
}
