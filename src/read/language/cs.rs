//! Keys and words in Czech.

use super::Language;
use crate::model::Stage;
use crate::read::fact::Fact;

pub(super) const LANGUAGE: Language = Language {
    name: "Czech",
    keys: &[
        ("stav", Fact::Status),
        ("autor", Fact::Owner),
        ("autoři", Fact::Owner),
        ("vlastník", Fact::Owner),
        ("platí do", Fact::Expires),
        ("vytvořeno", Fact::Created),
        ("aktualizováno", Fact::Updated),
        ("nahrazuje", Fact::Supersedes),
        ("nahrazeno", Fact::SupersededBy),
    ],
    words: &[
        ("koncept", Stage::Draft),
        ("návrh", Stage::Proposed),
        ("navrženo", Stage::Proposed),
        ("přijato", Stage::Accepted),
        ("schváleno", Stage::Accepted),
        ("aktivní", Stage::Active),
        ("probíhá", Stage::Active),
        ("rozpracováno", Stage::Active),
        ("blokováno", Stage::Blocked),
        ("hotovo", Stage::Completed),
        ("dokončeno", Stage::Completed),
        ("zamítnuto", Stage::Rejected),
        ("zastaralé", Stage::Deprecated),
        ("archivováno", Stage::Archived),
        ("nahrazeno", Stage::Superseded),
    ],
    lead_ins: &[],
};
