//! plansite: one function from a docs tree to a site and its findings.

pub mod commands;
pub mod config;
pub mod date;
pub mod diagnostic;
pub mod dialect;
pub mod discover;
pub mod feed;
pub mod judge;
pub mod markdown;
pub mod model;
pub mod pipeline;
pub mod read;
pub mod render;
pub mod report;
pub mod resolve;
pub mod search;
pub mod source;
pub mod view;
pub mod words;
pub mod write;
