//! Portuguese.

/// Words that say nothing about a document.
pub const STOP: &[&str] = &[
    "a", "ainda", "algum", "alguma", "ante", "antes", "ao", "aos", "apenas", "após", "aquela", "aquele", "aquilo",
    "as", "assim", "até", "cada", "com", "como", "contra", "cuja", "cujo", "da", "das", "de", "dela", "dele", "deles",
    "depois", "desde", "dessa", "desse", "desta", "deste", "do", "dos", "durante", "e", "ela", "elas", "ele", "eles",
    "em", "enquanto", "então", "entre", "era", "eram", "essa", "essas", "esse", "esses", "esta", "estamos", "estar",
    "estas", "estava", "este", "estes", "está", "estão", "eu", "foi", "foram", "há", "isso", "isto", "já", "la", "lhe",
    "lhes", "lo", "mais", "mas", "me", "mesmo", "meu", "minha", "muito", "muitos", "na", "nada", "nas", "nem",
    "nenhum", "nessa", "nesse", "nesta", "neste", "no", "nos", "nossa", "nosso", "não", "nós", "num", "numa", "o",
    "onde", "os", "ou", "outra", "outras", "outro", "outros", "para", "pela", "pelas", "pelo", "pelos", "pode",
    "podem", "por", "porque", "porém", "pouco", "qual", "quais", "qualquer", "quando", "quanto", "que", "quem", "se",
    "seja", "sem", "sempre", "sendo", "ser", "seu", "seus", "sido", "sob", "sobre", "sua", "suas", "são", "só",
    "também", "tanto", "te", "tem", "ter", "teu", "toda", "todas", "todo", "todos", "tu", "tudo", "tão", "têm", "um",
    "uma", "umas", "uns", "você", "vocês", "à", "às", "é",
];
