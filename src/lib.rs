//! plansite: one function from a docs tree to a site and its findings.

pub mod config;
pub mod date;
pub mod diagnostic;
pub mod judge;
pub mod markdown;
pub mod model;
pub mod resolve;
pub mod search;
pub mod source;
pub mod view;
pub mod words;
