//! French.

/// Words that say nothing about a document.
pub const STOP: &[&str] = &[
    "a", "ai", "ainsi", "alors", "au", "aucun", "aucune", "aussi", "autre", "autres", "aux", "avait", "avant", "avec",
    "avoir", "avons", "ayant", "c", "car", "ce", "ceci", "cela", "celle", "celles", "celui", "ces", "cet", "cette",
    "ceux", "chaque", "chez", "ci", "comme", "comment", "d", "dans", "de", "depuis", "des", "donc", "dont", "du",
    "elle", "elles", "en", "encore", "entre", "est", "et", "eux", "fait", "il", "ils", "j", "je", "jusqu", "l", "la",
    "le", "les", "leur", "leurs", "lors", "lui", "là", "m", "ma", "mais", "me", "mes", "moi", "moins", "mon", "même",
    "n", "ne", "ni", "non", "nos", "notre", "nous", "on", "ont", "ou", "où", "par", "parce", "pas", "peu", "peut",
    "peuvent", "plus", "pour", "pourquoi", "puis", "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "qui",
    "quoi", "s", "sa", "sans", "se", "selon", "sera", "seront", "ses", "si", "soi", "soit", "son", "sont", "sous",
    "sur", "t", "ta", "tandis", "te", "tes", "toi", "ton", "tous", "tout", "toute", "toutes", "très", "tu", "un",
    "une", "vers", "vos", "votre", "vous", "y", "à", "été", "être",
];
