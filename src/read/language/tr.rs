//! Keys and words in Turkish.

use super::Language;
use crate::model::Stage;
use crate::read::fact::Fact;

pub(super) const LANGUAGE: Language = Language {
    name: "Turkish",
    keys: &[
        ("durum", Fact::Status),
        ("yazar", Fact::Owner),
        ("sahibi", Fact::Owner),
        ("sorumlu", Fact::Owner),
        ("tarih", Fact::Date),
        ("oluşturulma", Fact::Created),
        ("güncelleme", Fact::Updated),
        ("geçerlilik", Fact::Expires),
        ("yerine geçtiği", Fact::Supersedes),
        ("yerine geçen", Fact::SupersededBy),
    ],
    words: &[
        ("taslak", Stage::Draft),
        ("planlandı", Stage::Draft),
        ("önerildi", Stage::Proposed),
        ("öneri", Stage::Proposed),
        ("incelemede", Stage::Proposed),
        ("kabul edildi", Stage::Accepted),
        ("onaylandı", Stage::Accepted),
        ("aktif", Stage::Active),
        ("devam ediyor", Stage::Active),
        ("engellendi", Stage::Blocked),
        ("beklemede", Stage::Blocked),
        ("tamamlandı", Stage::Completed),
        ("bitti", Stage::Completed),
        ("reddedildi", Stage::Rejected),
        ("iptal edildi", Stage::Rejected),
        ("kullanımdan kaldırıldı", Stage::Deprecated),
        ("arşivlendi", Stage::Archived),
        ("değiştirildi", Stage::Superseded),
    ],
    lead_ins: &[],
};
