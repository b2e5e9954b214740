//! plansite: one function from a docs tree to a site and its findings.
//!
//! What happens to a file, stage by stage; each stage is one module with one entry function of the same name, and each
//! arrow is a plain value:
//!
//! ```text
//! disk ─ discover ─▶ Source ─ read ─▶ Noted<Document> ─ resolve ─▶ Collection ─ judge ─▶ Judgement
//!                                                                       │                    │
//!                                                                       └─────── view ───────┤
//!                                                                                 │          │
//!                                               folder ◀─ write ◀─ bytes ◀─ render ◀─ Page   report ─▶ terminal, CI
//! ```
//!
//! - [`discover`] finds the collection, its configuration and its files, decodes them to UTF-8, and asks git once what
//!   happened to them.
//! - [`read`] splits frontmatter from body, chooses a [`dialect`], and fills the [`model`]. It never fails.
//! - [`resolve`] gives every document an address, follows links and ids, and lets successors supersede.
//! - [`judge`] says where each document stands on a given day, and runs the rules.
//! - [`view`] decides every text, address and class of a page; [`render`] prints it with the theme; [`search`] makes the
//!   index; [`feed`] the files for machines; [`write`](mod@write) puts all of it into the folder.
//! - `serve` shows a collection while it is being written: reads what was touched, answers from memory.
//! - [`report`] prints findings; [`doctor`] says what is in use and what was not understood; [`commands`] is the command
//!   line.
//! - [`pipeline`] calls them in this order. It is the place to start reading.
//!
//! What always holds:
//!
//! - A broken document gives a page and findings; it never stops the others.
//! - Every fact keeps its place, so that whatever is said about it can name file, line and column.
//! - Nothing after `discover` reads the disk, nothing but `commands` the clock: the day is an argument.
//! - Text from documents, file names and git is untrusted and escaped where it is printed.
//! - The same input gives the same bytes, whatever the number of threads.

pub mod commands;
pub mod config;
pub mod date;
pub mod diagnostic;
pub mod dialect;
pub mod discover;
pub mod doctor;
pub mod feed;
pub mod glob;
pub mod judge;
pub mod markdown;
pub mod model;
pub mod path;
pub mod pipeline;
pub mod read;
pub mod render;
pub mod report;
pub mod resolve;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod source;
pub mod spread;
pub mod view;
pub mod words;
pub mod write;
