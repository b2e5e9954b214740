//! One page and the theme become bytes.

mod escape;
pub mod highlight;
pub mod markdown;
