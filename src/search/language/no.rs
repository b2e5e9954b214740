//! Norwegian.

/// Words that say nothing about a document.
pub const STOP: &[&str] = &[
    "alle", "andre", "at", "av", "bare", "begge", "ble", "blei", "bli", "blir", "både", "da", "de", "deg", "dei",
    "deim", "dem", "den", "denne", "der", "dere", "deres", "det", "dette", "di", "din", "disse", "ditt", "du", "dykk",
    "då", "eg", "ein", "eit", "eller", "elles", "en", "enn", "er", "et", "etter", "for", "fordi", "fra", "frå", "før",
    "ha", "hadde", "han", "hans", "har", "hennes", "her", "hjå", "ho", "hos", "hun", "hva", "hvem", "hver", "hvilke",
    "hvilken", "hvis", "hvor", "hvordan", "hvorfor", "i", "ikke", "ikkje", "inn", "inni", "ja", "jeg", "kan", "kom",
    "korleis", "korso", "kunne", "kva", "kvar", "kven", "man", "mange", "me", "med", "medan", "meg", "men", "mens",
    "mer", "mi", "min", "mine", "mitt", "mot", "mykje", "ned", "no", "noe", "noen", "nokon", "noko", "nå", "når", "og",
    "også", "om", "opp", "oss", "over", "på", "samme", "seg", "selv", "si", "sia", "sidan", "siden", "sin", "sine",
    "sitt", "sjøl", "skal", "skulle", "slik", "so", "som", "sånn", "til", "um", "under", "upp", "ut", "uten", "var",
    "vart", "ved", "vere", "vi", "vil", "ville", "vore", "vår", "være", "vært", "å",
];
