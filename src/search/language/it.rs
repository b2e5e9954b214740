//! Italian.

/// Words that say nothing about a document.
pub const STOP: &[&str] = &[
    "a", "abbiamo", "ad", "agli", "ai", "al", "alcune", "alcuni", "all", "alla", "alle", "allo", "altra", "altre",
    "altri", "altro", "anche", "ancora", "avere", "aveva", "c", "che", "chi", "ci", "ciò", "coi", "col", "come", "con",
    "contro", "cosa", "così", "cui", "d", "da", "dagli", "dai", "dal", "dall", "dalla", "dalle", "dallo", "degli",
    "dei", "del", "dell", "della", "delle", "dello", "dentro", "di", "dopo", "dove", "due", "e", "ed", "era", "erano",
    "essere", "fra", "già", "gli", "ha", "hanno", "ho", "i", "il", "in", "io", "l", "la", "le", "lei", "li", "lo",
    "loro", "lui", "ma", "me", "mentre", "mi", "mia", "mio", "molto", "ne", "negli", "nei", "nel", "nell", "nella",
    "nelle", "nello", "no", "noi", "non", "nostra", "nostro", "o", "ogni", "oltre", "onde", "oppure", "per", "perché",
    "perciò", "però", "più", "poi", "poiché", "prima", "può", "quale", "quali", "quando", "quanto", "quasi", "quella",
    "quelle", "quelli", "quello", "questa", "queste", "questi", "questo", "qui", "se", "sempre", "senza", "si", "sia",
    "siamo", "siano", "solo", "sono", "sopra", "sotto", "sta", "stata", "stati", "stato", "su", "sua", "sue", "sugli",
    "sui", "sul", "sull", "sulla", "sulle", "suo", "suoi", "tra", "tu", "tutta", "tutte", "tutti", "tutto", "un",
    "una", "uno", "vi", "voi", "è",
];
