//! All tests that look at plansite from outside, in one binary, because each further one would be linked anew.

mod cases;
mod commands;
mod corpus;
mod golden;
mod history;
mod judging;
mod tidy;
mod writing;
