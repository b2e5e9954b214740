//! Where a live document stands against its deadline (the table of the contract, section 4).
//!
//! A document is good through the day of its deadline: on that day it is due, on the next it is late.

use crate::config::Config;
use crate::date::{Date, Period};
use crate::model::{Document, Freshness, Standing};
use crate::source::{Span, Spanned};

/// The freshness of one document.
pub(super) fn standing(document: &Document, config: &Config, today: Date) -> Standing {
    let none = |state| Standing { state, deadline: None, basis: None, inferred: false };
    if !live(document, config) {
        return none(Freshness::Exempt);
    }
    let deadlines = deadlines(document, config);
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

/// Draft, proposed, active, blocked; what the config adds; an accepted decision only if it carries a date.
fn live(document: &Document, config: &Config) -> bool {
    let Some(stage) = document.stage() else { return document.tracked() && document.dates.expires.is_some() };
    let dated = document.dates.expires.is_some() || document.dates.next_review.is_some();
    let added = config.freshness.live.iter().any(|live| live.0 == stage);
    let accepted = stage == crate::model::Stage::Accepted && (dated || document.dates.review_in.is_some());
    document.tracked() && (stage.live() || added || accepted || (stage == crate::model::Stage::Unknown && dated))
}

/// All deadlines, the expiry first.
fn deadlines(document: &Document, config: &Config) -> Vec<Deadline> {
    let dates = &document.dates;
    let mut deadlines = Vec::new();
    if let Some(day) = &dates.expires {
        deadlines.push(Deadline { day: day.clone(), basis: "expires", inferred: false });
    }
    if let Some(day) = &dates.next_review {
        deadlines.push(Deadline { day: day.clone(), basis: "next_review", inferred: false });
    }
    let from = dates.reviewed.as_ref().or(dates.updated.as_ref()).or(dates.created.as_ref());
    let after = |from: &Spanned<Date>, period: Period, span: Span| Spanned::new(period.after(from.value), span);
    match (&dates.reviewed, &dates.review_in) {
        (Some(reviewed), Some(period)) if dates.next_review.is_none() => {
            deadlines.push(Deadline {
                day: after(reviewed, period.value, reviewed.span),
                basis: "review_in",
                inferred: false,
            });
        }
        _ => {}
    }
    let lease = config.freshness.lease.iter().find(|(kind, _)| kind.0 == document.kind).map(|(_, length)| length.0);
    if let (true, Some(from), Some(lease)) = (deadlines.is_empty(), from, lease) {
        deadlines.push(Deadline { day: after(from, lease, from.span), basis: "lease", inferred: true });
    }
    deadlines
}
