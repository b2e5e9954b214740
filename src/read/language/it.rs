//! Keys and words in Italian.

use super::Language;
use crate::model::{RelationKind, Stage};
use crate::read::fact::Fact;

pub(super) const LANGUAGE: Language = Language {
    name: "Italian",
    keys: &[
        ("titolo", Fact::Title),
        ("stato", Fact::Status),
        ("creato", Fact::Created),
        ("aggiornato", Fact::Updated),
        ("ultimo aggiornamento", Fact::Updated),
        ("scade", Fact::Expires),
        ("scadenza", Fact::Expires),
        ("prossima revisione", Fact::NextReview),
        ("autore", Fact::Owner),
        ("autori", Fact::Owner),
        ("responsabile", Fact::Owner),
        ("etichette", Fact::Tag),
        ("sostituisce", Fact::Supersedes),
        ("sostituito da", Fact::SupersededBy),
        ("dipende da", Fact::DependsOn),
    ],
    words: &[
        ("bozza", Stage::Draft),
        ("pianificato", Stage::Draft),
        ("proposto", Stage::Proposed),
        ("proposta", Stage::Proposed),
        ("in revisione", Stage::Proposed),
        ("accettato", Stage::Accepted),
        ("accettata", Stage::Accepted),
        ("approvato", Stage::Accepted),
        ("attivo", Stage::Active),
        ("in corso", Stage::Active),
        ("bloccato", Stage::Blocked),
        ("completato", Stage::Completed),
        ("completata", Stage::Completed),
        ("fatto", Stage::Completed),
        ("rifiutato", Stage::Rejected),
        ("rifiutata", Stage::Rejected),
        ("annullato", Stage::Rejected),
        ("deprecato", Stage::Deprecated),
        ("obsoleto", Stage::Deprecated),
        ("archiviato", Stage::Archived),
        ("sostituito", Stage::Superseded),
    ],
    lead_ins: &[("sostituito da", RelationKind::SupersededBy), ("sostituita da", RelationKind::SupersededBy)],
};
