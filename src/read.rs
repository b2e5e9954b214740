//! tmp
pub mod anatomy;
pub mod body;
pub mod fact;
pub mod frontmatter;
pub mod header;
pub mod lines;
pub mod placeholder;
pub mod status;
