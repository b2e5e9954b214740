//! German.

/// Words that say nothing about a document.
pub const STOP: &[&str] = &[
    "aber", "alle", "allem", "allen", "aller", "alles", "als", "also", "am", "an", "andere", "anderem", "anderen",
    "anderer", "anderes", "auch", "auf", "aus", "bei", "beim", "bin", "bis", "bist", "da", "dabei", "dadurch", "dafür",
    "damit", "dann", "daran", "darauf", "daraus", "darin", "darüber", "das", "dass", "daß", "davon", "dazu", "dein",
    "deine", "dem", "den", "denn", "der", "deren", "des", "dessen", "deswegen", "die", "dies", "diese", "diesem",
    "diesen", "dieser", "dieses", "doch", "dort", "du", "durch", "ein", "eine", "einem", "einen", "einer", "eines",
    "er", "es", "etwa", "etwas", "euch", "euer", "für", "gegen", "hab", "habe", "haben", "hat", "hatte", "hatten",
    "hier", "hin", "hinter", "ich", "ihm", "ihn", "ihnen", "ihr", "ihre", "ihrem", "ihren", "ihrer", "im", "in",
    "indem", "ins", "ist", "ja", "jede", "jedem", "jeden", "jeder", "jedes", "jedoch", "jene", "jetzt", "kann", "kein",
    "keine", "keinem", "keinen", "keiner", "können", "könnte", "man", "mein", "meine", "mich", "mir", "mit", "muss",
    "müssen", "nach", "nicht", "nichts", "noch", "nun", "nur", "ob", "oder", "ohne", "sehr", "sein", "seine", "seinem",
    "seinen", "seiner", "seit", "selbst", "sich", "sie", "sind", "so", "sobald", "solche", "soll", "sollen", "sollte",
    "sondern", "sonst", "sowie", "um", "und", "uns", "unser", "unsere", "unter", "vom", "von", "vor", "war", "waren",
    "was", "weil", "welche", "welchem", "welchen", "welcher", "welches", "wenn", "wer", "werde", "werden", "wie",
    "wieder", "will", "wir", "wird", "wo", "wurde", "wurden", "während", "würde", "zu", "zum", "zur", "zwar",
    "zwischen", "über",
];
