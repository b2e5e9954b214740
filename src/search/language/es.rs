//! Spanish.

/// Words that say nothing about a document.
pub const STOP: &[&str] = &[
    "a", "al", "algo", "algunas", "algunos", "ante", "antes", "aquel", "aquella", "aquello", "aquí", "así", "aun",
    "aunque", "bien", "cada", "como", "con", "contra", "cual", "cuales", "cuando", "cuya", "cuyo", "cómo", "de", "del",
    "desde", "donde", "dos", "durante", "e", "el", "ella", "ellas", "ello", "ellos", "en", "entre", "era", "eran",
    "eres", "es", "esa", "esas", "ese", "eso", "esos", "esta", "estaba", "estado", "estamos", "estar", "estas", "este",
    "esto", "estos", "está", "están", "fue", "fueron", "ha", "haber", "había", "han", "has", "hasta", "hay", "he",
    "la", "las", "le", "les", "lo", "los", "me", "mi", "mientras", "mis", "mucho", "muy", "más", "ni", "no", "nos",
    "nosotros", "nuestra", "nuestro", "o", "os", "otra", "otras", "otro", "otros", "para", "pero", "poco", "por",
    "porque", "pues", "que", "quien", "quienes", "qué", "se", "sea", "sean", "ser", "si", "sido", "siempre", "sin",
    "sino", "sobre", "solo", "son", "soy", "su", "sus", "sí", "sólo", "también", "tan", "tanto", "te", "tener",
    "tiene", "tienen", "todo", "todos", "tras", "tu", "tus", "tú", "u", "un", "una", "unas", "uno", "unos", "usted",
    "y", "ya", "yo", "él",
];
