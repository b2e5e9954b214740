//! Everything else: whatever facts can be found, in whatever place.

use super::{BASE, Dialect};

pub(super) const DIALECT: Dialect =
    Dialect { name: "generic", about: "any document; facts are read from every known place", claims: |_| true, ..BASE };
