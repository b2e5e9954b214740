//! Keys and words in Dutch.

use super::Language;
use crate::model::{RelationKind, Stage};
use crate::read::fact::Fact;

pub(super) const LANGUAGE: Language = Language {
    name: "Dutch",
    keys: &[
        ("titel", Fact::Title),
        ("gemaakt", Fact::Created),
        ("aangemaakt", Fact::Created),
        ("bijgewerkt", Fact::Updated),
        ("laatst bijgewerkt", Fact::Updated),
        ("geldig tot", Fact::Expires),
        ("verloopt", Fact::Expires),
        ("auteur", Fact::Owner),
        ("eigenaar", Fact::Owner),
        ("vervangt", Fact::Supersedes),
        ("vervangen door", Fact::SupersededBy),
        ("hangt af van", Fact::DependsOn),
    ],
    words: &[
        ("concept", Stage::Draft),
        ("gepland", Stage::Draft),
        ("voorgesteld", Stage::Proposed),
        ("voorstel", Stage::Proposed),
        ("in behandeling", Stage::Proposed),
        ("geaccepteerd", Stage::Accepted),
        ("aanvaard", Stage::Accepted),
        ("goedgekeurd", Stage::Accepted),
        ("actief", Stage::Active),
        ("lopend", Stage::Active),
        ("geblokkeerd", Stage::Blocked),
        ("afgerond", Stage::Completed),
        ("voltooid", Stage::Completed),
        ("klaar", Stage::Completed),
        ("afgewezen", Stage::Rejected),
        ("verworpen", Stage::Rejected),
        ("verouderd", Stage::Deprecated),
        ("gearchiveerd", Stage::Archived),
        ("vervangen", Stage::Superseded),
    ],
    lead_ins: &[("vervangen door", RelationKind::SupersededBy)],
};
