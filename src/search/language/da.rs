//! Danish.

/// Words that say nothing about a document.
pub const STOP: &[&str] = &[
    "af", "alle", "alt", "anden", "at", "blev", "blive", "bliver", "da", "de", "dem", "den", "denne", "der", "deres",
    "det", "dette", "dig", "din", "dine", "disse", "dit", "dog", "du", "efter", "eller", "en", "end", "er", "et",
    "for", "fra", "ham", "han", "hans", "har", "havde", "have", "hende", "hendes", "her", "hos", "hun", "hvad", "hvem",
    "hver", "hvilken", "hvilket", "hvis", "hvor", "hvordan", "hvorfor", "hvornår", "i", "ikke", "ind", "jeg", "jer",
    "jeres", "jo", "kan", "kunne", "man", "mange", "med", "meget", "men", "mig", "min", "mine", "mit", "mod", "ned",
    "noget", "nogle", "nu", "når", "og", "også", "om", "op", "os", "over", "på", "samt", "selv", "sig", "sin", "sine",
    "sit", "skal", "skulle", "som", "sådan", "thi", "til", "ud", "under", "var", "ved", "vi", "vil", "ville", "vor",
    "være", "været",
];
