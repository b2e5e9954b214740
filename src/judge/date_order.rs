//! Dates that can't follow each other.

use super::{Facts, Flaw, Rule};
use crate::date::{Date, Period};
use crate::diagnostic::Severity;
use crate::model::{Dates, Signal, Stage};
use crate::source::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "date-order",
    severity: Severity::Warning,
    what: "dates that contradict each other, such as a review before the document was written, or one that lies ahead",
    why: "one of the two is a slip, and deadlines may be counted from it",
    fix: "correct the one that is wrong",
    example: "---\ncreated: 2026-05-01\nexpires: 2025-06-01\n---",
    signal: Some(Signal::Contradiction),
    check,
};

/// A date as a sentence names it, and where it is.
type Named = (&'static str, fn(&Dates) -> Option<&Spanned<Date>>);

/// What comes first and what can't come before it.
const ORDER: &[(Named, Named)] = &[
    (("was created", |dates| dates.created.as_ref()), ("was last updated", |dates| dates.updated.as_ref())),
    (("was created", |dates| dates.created.as_ref()), ("was reviewed", |dates| dates.reviewed.as_ref())),
    (("was created", |dates| dates.created.as_ref()), ("was completed", |dates| dates.completed.as_ref())),
    (("was created", |dates| dates.created.as_ref()), ("is to be reviewed", |dates| dates.next_review.as_ref())),
    (("was created", |dates| dates.created.as_ref()), ("expires", |dates| dates.expires.as_ref())),
    (
        ("was reviewed", |dates| dates.reviewed.as_ref()),
        ("is to be reviewed again", |dates| dates.next_review.as_ref()),
    ),
];

/// What can't lie ahead. A day more is allowed, because it is already tomorrow somewhere.
const PAST: &[Named] = &[
    ("was last updated", |dates| dates.updated.as_ref()),
    ("was reviewed", |dates| dates.reviewed.as_ref()),
    ("was decided", |dates| dates.decided.as_ref()),
];

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let dates = &facts.document.dates;
    if !facts.document.tracked() {
        return Vec::new();
    }
    let order = ORDER.iter().filter_map(|((first, before), (then, after))| {
        let (before, after) = (before(dates)?, after(dates)?);
        let place = facts.place(facts.index, before.span);
        let message = format!("it {then} on {}, before it {first} on {} ({place})", after.value, before.value);
        (after.value < before.value).then(|| Flaw::new(after.span, message))
    });
    let tomorrow = Period::of_days(1).after(facts.today);
    let done = facts.document.stage() == Some(Stage::Completed);
    let completed: Named = ("was completed", |dates| dates.completed.as_ref());
    let past = PAST.iter().chain(Some(&completed).filter(|_| done)).filter_map(|(what, pick)| {
        let day = pick(dates)?;
        let message = format!("it {what} on {}, which lies ahead", day.value);
        (day.value > tomorrow).then(|| Flaw::new(day.span, message))
    });
    order.chain(past).collect()
}
