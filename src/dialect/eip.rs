//! Improvement proposals with a preamble in frontmatter: EIP, ERC, CIP, NEP, FIP, SIMD, BIP.

use super::{BASE, Dialect, Outline};
use crate::model::{Kind, Stage};
use crate::read::fact::Fact;

/// Keys that hold the proposal's number, normalised.
const KEYS: &[&str] =
    &["eip", "erc", "cip", "cps", "nep", "fip", "frc", "simd", "bip", "caip", "sip", "zip", "rfc", "pip", "lip", "aip"];

pub(super) const DIALECT: Dialect = Dialect {
    name: "eip",
    about: "frontmatter with eip/cip/nep/fip/simd, title, status, type, category, created, requires",
    claims: |outline: &Outline<'_>| outline.frontmatter("status") && KEYS.iter().any(|key| outline.frontmatter(key)),
    kind: |outline: &Outline<'_>| Some(if outline.frontmatter("rfc") { Kind::Rfc } else { Kind::Proposal }),
    keys: &[("requires", Fact::DependsOn), ("replaces", Fact::Supersedes), ("superseded by", Fact::SupersededBy)],
    words: &[
        ("review", Stage::Proposed),
        ("stagnant", Stage::Archived),
        ("moved", Stage::Archived),
        ("living", Stage::Active),
    ],
    ..BASE
};
