// A collection made from a seed: frequent and rare words, all suffixes Porter knows, and words no tokenizer expects.

const STARTS = "b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl st str t tr v w y z".split(" ");
const VOWELS = "a e i o u y ai ea ee ie oa oo ou".split(" ");
const ENDS = ["", "", "b", "ck", "d", "ff", "g", "ll", "m", "nn", "nt", "p", "r", "ss", "st", "t", "tt", "w", "x", "zz"];
const SUFFIXES = ("s es ies sses ed eed ing y ly ational tional enci anci izer bli alli entli eli ousli ization ation "
  + "ator alism iveness fulness ousness aliti iviti biliti logi icate ative alize iciti ical ful ness al ance ence er "
  + "ic able ible ant ement ment ent sion tion ou ism ate iti ous ive ize e ll").split(" ");
const ODD = ["ies", "y", "yy", "yyy", "sky", "eed", "ing", "ed", "s", "ational", "ion", "über", "größen", "naïves", "ﬁn",
  "日本語の計画", "カタカナ・語", "привет", "ΣΊΣΥΦΟΣ", "İstanbul", "ǅ", "2.3.9", "v1.2x", "1.", "don't", "plan’s", "__proto__", "constructor",
  "hasOwnProperty", "toString", "x_y-z", "a/b.rs", "😀word", "𝒳y", "١٢.٣", "foo*bar", "~1", "^2", "e\u0301t", "ＦＵＬＬ", "½", "①.5", "ßß",
  "검색을", "ค้นหา", "မြန်မာ", "हिन्दी", "１２ｐｌ", "d\u0301x", "ё"];

// A generator of numbers from 0 to 1, the same for the same seed.
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// Texts of documents with a frontmatter, and the words they are made of, the most frequent first.
export function corpus(size) {
  const pick = random(size);
  const one = list => list[Math.floor(pick() * list.length)];
  const invented = new Set(["the", "and", "plan", "queue", "outbox"]);
  while (invented.size < 4000) {
    const syllables = Array.from({ length: 1 + Math.floor(pick() * 3) }, () => one(STARTS) + one(VOWELS) + one(ENDS));
    invented.add(syllables.join("") + (pick() < 0.6 ? one(SUFFIXES) : ""));
  }
  const vocabulary = [...invented];
  const word = () => pick() < 0.02 ? one(ODD) : vocabulary[Math.floor(pick() ** 3 * vocabulary.length)];
  const phrase = length => Array.from({ length }, word).join(one([" ", " ", ", ", "\n"]));
  const documents = Array.from({ length: size }, (_, at) => {
    const status = one(["active", "draft", "completed", "superseded", "archived", "proposed"]);
    const id = at % 7 ? `id: PLAN-${String(at).padStart(3, "0")}\n` : "";
    const head = `---\ntype: ${one(["plan", "adr", "rfc"])}\n${id}status: ${status}\nowner: ${one(["Ana Ash", "bo", "Équipe 日本"])}\n`
      + `tags: ${phrase(2).replaceAll("\n", " ")}\nsummary: ${phrase(9).replaceAll("\n", " ")}\n---\n`;
    const part = () => `## ${phrase(3).replaceAll("\n", " ")}\n\n${phrase(60)}\n\n- [ ] ${phrase(6)}\n- [x] **${word()}**x\n\n`
      + `\`\`\`\n${phrase(8)}\n\`\`\`\n\n| ${word()} | \`${word()}\` |\n|---|---|\n| ${word()} | [${word()}](${word()}) |\n\n`;
    return `${head}# ${phrase(4).replaceAll("\n", " ")}\n\n${Array.from({ length: 1 + Math.floor(pick() * 4) }, part).join("")}`;
  });
  return { documents, words: vocabulary.concat(SUFFIXES, ODD.filter(odd => !/\s/.test(odd)).map(odd => odd.toLowerCase())) };
}
