//! `data/findings.json`: what `plansite check --format json` prints.

use super::{Feed, Files};
use crate::report::{Report, json};

pub(super) const FEED: Feed = Feed {
    path: "data/findings.json",
    about: "every finding (schema plansite.findings/1)",
    files: Files::One(|scenery| json::bytes(&Report::new(scenery.scene))),
};
