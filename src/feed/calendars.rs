//! `owners/*/expiries.ics`: the deadlines of what somebody owns. Everybody with a page has one, also without any deadline
//! today: an address that somebody subscribed to must not go away with the last of them.

use super::{Feed, Files};
use crate::report::{Report, expiry};
use crate::view::Scenery;

pub(super) const FEED: Feed = Feed {
    path: "owners/*/expiries.ics",
    about: "an owner's deadlines as a calendar to subscribe to (RFC 5545)",
    files: Files::Many(|scenery| scenery.owned().map(|(address, ..)| format!("{address}expiries.ics")).collect(), make),
};

fn make(scenery: &Scenery<'_>, of: usize) -> Vec<u8> {
    let Some((_, name, documents)) = scenery.owned().nth(of) else { return Vec::new() };
    let name = format!("{}, {name}", scenery.scene.title);
    expiry::calendar_of(&Report::new(scenery.scene), &name, documents).into_bytes()
}
