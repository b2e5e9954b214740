//! `expiries.ics`: every deadline as a calendar, the one that `plansite expiry --format ics` prints.

use super::{Feed, Files};
use crate::report::{Report, expiry};

pub(super) const FEED: Feed = Feed {
    path: "expiries.ics",
    about: "every deadline as a calendar to subscribe to (RFC 5545)",
    files: Files::One(|scenery| expiry::calendar(&Report::new(scenery.scene)).into_bytes()),
};
