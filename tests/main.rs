//! All tests that look at plansite from outside, in one binary, because each further one would be linked anew.

mod cases;
mod changes;
mod commands;
mod corpus;
mod feeds;
mod golden;
mod history;
mod judging;
mod repository;
mod schemas;
mod searching;
#[cfg(feature = "serve")]
mod serve;
mod themes;
mod tidy;
mod writing;
