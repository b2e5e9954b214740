//! A document's body becomes HTML.
