//! The days that decide about a document, as pages carry them, so that a browser can judge again for the reader's day.
//!
//! Two days are enough: the one through which it is good, and the one by which it wants a review. themes/default/site.js
//! knows the same precedence as the judge: expired, review overdue, due, else what it was.

use serde::Serialize;

use crate::date::{self, Date};
use crate::judge;
use crate::model::Freshness;
use crate::view::{Scene, Scenery};

/// More expiries than this are not told to the script of each page, which then counts no further.
const ENDS: usize = 200;

/// The days that decide about one document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Term {
    /// Its state on the built day: `expired`, `review-overdue`, `due`, `unscheduled`, `fresh`, `exempt`.
    pub state: &'static str,
    /// Good through this day, `2026-12-01`; empty where it says none.
    pub expires: String,
    /// To be reviewed by this day; empty where none is near or past.
    pub review: String,
    /// The review's day follows from the settings.
    pub inferred: bool,
}

impl Term {
    /// Of one document.
    pub fn new(scene: &Scene<'_>, index: usize) -> Term {
        let standing = &scene.judgement.standings[index];
        let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        Term {
            state: standing.state.word(),
            expires: text(expires(scene, index)),
            review: text(review(scene, index)),
            inferred: standing.inferred,
        }
    }
}

/// Good through this day; absent for one that isn't judged.
pub(super) fn expires(scene: &Scene<'_>, index: usize) -> Option<Date> {
    let judged = scene.judgement.standings[index].state != Freshness::Exempt;
    let day = judge::expires(&scene.collection.documents[index]).filter(|_| judged)?;
    Some(day.value)
}

/// To be reviewed by this day; absent where an expiry comes before it.
pub(super) fn review(scene: &Scene<'_>, index: usize) -> Option<Date> {
    let standing = &scene.judgement.standings[index];
    let deadline = standing.deadline.as_ref().filter(|_| standing.basis != Some("expires"))?;
    Some(deadline.value)
}

/// In how many days documents that aren't expired will be good for the last time, ascending, equal ones counted:
/// `4 7*2 12`.
pub(super) fn ends(scene: &Scene<'_>) -> String {
    let ahead = |index: usize| expires(scene, index).map(|day| date::days_between(scene.today, day));
    let mut days: Vec<i64> =
        (0..scene.collection.documents.len()).filter_map(ahead).filter(|days| *days >= 0).collect();
    days.sort_unstable();
    let one = |same: &[i64]| match same.len() {
        1 => same[0].to_string(),
        count => format!("{}*{count}", same[0]),
    };
    days.chunk_by(|a, b| a == b).take(ENDS).map(one).collect::<Vec<_>>().join(" ")
}

/// For how many days a deadline counts as near.
pub(super) fn warning(scenery: &Scenery<'_>) -> i64 {
    let scene = &scenery.scene;
    date::days_between(scene.today, scene.config.freshness.warn_before.0.after(scene.today))
}
