//! Where a live document stands against its deadline (the table of the contract, section 4).
//!
//! A document is good through the day of its deadline: on that day it is due, on the next it is late.

use crate::config::Config;
use crate::date::{Date, Period};
use crate::model::{Document, Field, Freshness, Past, Stage, Standing};
use crate::read::fact;
use crate::source::{Span, Spanned};

/// The freshness of one document.
pub(super) fn standing(document: &Document, past: &Past, config: &Config, today: Date) -> Standing {
    let none = |state| Standing { state, deadline: None, basis: None, inferred: false };
    if !live(document, config) {
        return none(Freshness::Exempt);
    }
    let deadlines = deadlines(document, past, config);
    let late = deadlines.iter().find(|deadline| deadline.day.value < today);
    let nearest = || deadlines.iter().min_by_key(|deadline| deadline.day.value);
    let (state, deadline) = match (late, nearest()) {
        (Some(late), _) => (if late.basis == "expires" { Freshness::Expired } else { Freshness::ReviewOverdue }, late),
        (None, Some(near)) if near.day.value <= config.freshness.warn_before.0.after(today) => (Freshness::Due, near),
        (None, Some(near)) => (Freshness::Fresh, near),
        (None, None) if document.kind.entry().scheduled => return none(Freshness::Unscheduled),
        (None, None) => return none(Freshness::Fresh),
    };
    Standing { state, deadline: Some(deadline.day.clone()), basis: Some(deadline.basis), inferred: deadline.inferred }
}

struct Deadline {
    day: Spanned<Date>,
    basis: &'static str,
    inferred: bool,
}

/// Draft, proposed, active, blocked; what the config adds; accepted ones, and those whose status is unknown or unwritten,
/// only if they carry a date.
fn live(document: &Document, config: &Config) -> bool {
    let dates = &document.dates;
    let dated = || expires(document).is_some() || dates.next_review.is_some() || dates.review_in.is_some();
    let stage = document.stage();
    let live = match stage {
        Some(stage) if stage.live() => true,
        None | Some(Stage::Accepted | Stage::Unknown) => dated(),
        Some(_) => false,
    };
    let added = || config.freshness.live.iter().any(|live| Some(live.0) == stage);
    document.tracked() && (live || added())
}

/// The last day. What only ends the last call for objections says nothing about a proposal that was accepted.
pub fn expires(document: &Document) -> Option<&Spanned<Date>> {
    let day = document.dates.expires.as_ref()?;
    let holds = |field: &&Field| field.value.span().start <= day.span.start && day.span.end <= field.value.span().end;
    let field = document.fields.iter().find(holds);
    let call = field.is_some_and(|field| fact::normal(&field.key.value) == "last call deadline");
    let open = document.stage().is_none_or(|stage| matches!(stage, Stage::Draft | Stage::Proposed | Stage::Unknown));
    (!call || open).then_some(day)
}

/// All deadlines, the expiry first.
fn deadlines(document: &Document, past: &Past, config: &Config) -> Vec<Deadline> {
    let dates = &document.dates;
    let mut deadlines = Vec::new();
    if let Some(day) = expires(document) {
        deadlines.push(Deadline { day: day.clone(), basis: "expires", inferred: false });
    }
    let after = |from: &Spanned<Date>, period: Period, span: Span| Spanned::new(period.after(from.value), span);
    match (&dates.next_review, &dates.review_in) {
        (Some(day), _) => deadlines.push(Deadline { day: day.clone(), basis: "next_review", inferred: false }),
        (None, Some(period)) => {
            // the first review is due so long after the document was written
            let written = dates.decided.as_ref().or(dates.created.as_ref()).map(|day| (day, true));
            if let Some((from, inferred)) = dates.reviewed.as_ref().map(|day| (day, false)).or(written) {
                let day = after(from, period.value, if inferred { period.span } else { from.span });
                deadlines.push(Deadline { day, basis: "review_in", inferred });
            }
        }
        (None, None) => {}
    }
    let lease = config.freshness.lease.iter().find(|(kind, _)| kind.0 == document.kind).map(|(_, length)| length.0);
    let git = past.changed.as_ref().map(|touch| Spanned::new(touch.day, Span::default()));
    let from = dates.reviewed.as_ref().or(dates.updated.as_ref()).or(dates.created.as_ref()).cloned().or(git);
    if let (true, Some(from), Some(lease)) = (deadlines.is_empty(), from, lease) {
        deadlines.push(Deadline { day: after(&from, lease, from.span), basis: "lease", inferred: true });
    }
    deadlines
}
