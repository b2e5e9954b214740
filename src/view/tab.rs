//! Links to several views of the same thing, one of them current.

use serde::Serialize;

/// A view of it.
#[derive(Debug, Serialize)]
pub(super) struct Tab {
    pub label: &'static str,
    /// Address of its page, relative to the root.
    pub href: String,
    pub current: bool,
}

/// A view of it that shows some of all.
#[derive(Debug, Serialize)]
pub(super) struct CountedTab {
    pub label: &'static str,
    /// How many it shows.
    pub count: usize,
    /// Address of its page, relative to the root.
    pub href: String,
    pub current: bool,
}
