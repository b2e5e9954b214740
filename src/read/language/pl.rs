//! Keys and words in Polish.

use super::Language;
use crate::model::{RelationKind, Stage};
use crate::read::fact::Fact;

pub(super) const LANGUAGE: Language = Language {
    name: "Polish",
    keys: &[
        ("tytuł", Fact::Title),
        ("utworzono", Fact::Created),
        ("zaktualizowano", Fact::Updated),
        ("ważne do", Fact::Expires),
        ("autor", Fact::Owner),
        ("autorzy", Fact::Owner),
        ("właściciel", Fact::Owner),
        ("zastępuje", Fact::Supersedes),
        ("zastąpione przez", Fact::SupersededBy),
    ],
    words: &[
        ("szkic", Stage::Draft),
        ("wersja robocza", Stage::Draft),
        ("planowane", Stage::Draft),
        ("zaproponowane", Stage::Proposed),
        ("propozycja", Stage::Proposed),
        ("zaakceptowane", Stage::Accepted),
        ("przyjęte", Stage::Accepted),
        ("zatwierdzone", Stage::Accepted),
        ("aktywne", Stage::Active),
        ("w toku", Stage::Active),
        ("zablokowane", Stage::Blocked),
        ("zakończone", Stage::Completed),
        ("ukończone", Stage::Completed),
        ("odrzucone", Stage::Rejected),
        ("przestarzałe", Stage::Deprecated),
        ("zarchiwizowane", Stage::Archived),
        ("zastąpione", Stage::Superseded),
    ],
    lead_ins: &[("zastąpione przez", RelationKind::SupersededBy)],
};
