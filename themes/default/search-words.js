// Words of a text, as the search index has them: where they begin and end, and which are forms of the same one.
//
// It runs in a page, in a worker and in node, and knows what src/search/words.rs and src/search/language.rs know;
// tests/search holds the two against each other. Stems of other languages than English come from lunr-languages: its
// scripts (router.language.scripts) run before create is called.
"use strict";

const plansiteWords = (() => {
  // Without spaces between words: Chinese and Japanese, Korean, and Thai, Lao, Burmese, Khmer.
  const LARGE = "\\u3005-\\u3007\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3"
    + "\\uf900-\\ufa6d\\ufa70-\\ufad9\\u{20000}-\\u{323af}";
  const SMALL = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff";
  // Vowel signs, tone marks and accents by themselves go with the letter before them.
  const MARKS = "(?:(?![\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}])[\\p{Mn}\\p{Mc}])*";
  const DENSE = `(?:[${LARGE}]|(?=\\p{Alphabetic})(?![\\p{M}\\p{N}])[${SMALL}])`;
  const SPACED = `(?!${DENSE})(?![\\p{Mn}\\p{Mc}])[\\p{Alphabetic}\\p{N}]`;
  const WORD = new RegExp(`(?:${DENSE}${MARKS})+|(?:${SPACED}${MARKS}|(?<=\\p{N})\\.(?=\\p{N})(?!${DENSE}))+`, "gu");
  const CHARACTER = new RegExp(`${DENSE}${MARKS}`, "gu");
  const FIRST_DENSE = new RegExp(`^${DENSE}`, "u");

  // Particles: behind a Korean word, and between or behind Japanese words that are written without kana of their own.
  const KOREAN = /(?<=[가-힣])([가-힣])(?:에서|에게|으로|까지|부터|처럼|보다|하고|[을를은는이가의에도로와과만])(?![가-힣])/g;
  const JAPANESE = /(?<=[々〇ァ-ヺー㐀-䶿一-鿿]{2})[のがをはにでともへや](?=[々〇ァ-ヺー㐀-䶿一-鿿]{2}|\P{Alphabetic}|$)/gu;

  const ACCENTED = /[\u00c0-\u024f\u0370-\u03ffё\u0622\u0623\u0625\u1e00-\u1fff]/g;
  const LEFT_OUT = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670]/g;
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ð: "d", đ: "d", þ: "th", ł: "l", ħ: "h", ŧ: "t", ı: "i", ſ: "s", ς: "σ", ى: "ي", ة: "ه" };
  const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
  const WIDE = /[０-９ａ-ｚ]/g;
  const ASCII = /^[\0-\x7f]*$/;
  const BEYOND = /[\ud800-\udfff]/;

  // What the scripts of lunr-languages need to come to the stems of Snowball: letters that they don't know, and a
  // Portuguese ending that they have in Spanish.
  const BEFORE = {
    hu: word => word.replaceAll("ő", "õ").replaceAll("ű", "û"),
    ro: word => word.replaceAll("ș", "ş").replaceAll("ț", "ţ"),
    ru: word => word.replaceAll("ё", "е"),
  };
  const AFTER = { hu: stem => stem.replaceAll("õ", "ő").replaceAll("û", "ű") };
  const PORTUGUESE = /u(?:ção|ções)$/;

  // How words go on after a reader stopped typing, where a stem ends before that.
  const ENDINGS = {
    en: "e y s d g n ng on ion tion ation ty ity ly ent ment ess ness al er or",
    da: "e n t er en et ne s erne ning else hed",
    de: "e n r s t en er em es ung ungen heit keit lich isch",
    es: "a e o s n r as os es ar er ir ón ión ción ación iones ciones aciones dad idad idades mente amente miento",
    fi: "a ä n t an en in ssa ssä sta stä lla llä lle ksi inen isuus minen",
    fr: "e s r er es ez ion tion ation ions ations ité ités ment ement eur euse é ée és ées",
    hu: "t k k ek ok ak ban ben ból ből nak nek val vel ság ség ás és",
    it: "a e i o re are ere ire one ione zione azione oni ioni zioni azioni tà ità mente amente mento",
    nl: "e n s t en er de te ing ingen heid heden lijk",
    no: "e n t r er en et ene s ing else het",
    pt: "a e o s r as os ar er ir ão ção ação ões ções ações dade idade idades mente amente mento",
    ro: "a e i ă ul le ii ei ea are ere ire ție ație iune iuni tate itate",
    ru: "а е и й о у ы ь я ом ем ой ей ий ие ия ия ать ить ение ения ость ости",
    sv: "a e n s t r ar er or en et na ning het else",
    tr: "e a i ı u ü ler lar de da den dan lik lık mek mak",
  };

  // Start and end of every word of a text. What has no spaces gives every two neighbouring characters and the last alone.
  function* places(text) {
    for (const match of text.matchAll(WORD)) {
      const [word] = match;
      if (!FIRST_DENSE.test(word)) {
        yield [match.index, match.index + word.length];
        continue;
      }
      const starts = Array.from(word.matchAll(CHARACTER), character => match.index + character.index);
      const end = match.index + word.length;
      for (let at = 0; at < starts.length; at++) yield [starts[at], starts[at + 2] ?? end];
    }
  }

  const plain = text => text.toLowerCase().normalize("NFC");

  // The words of a text, as they are indexed.
  function words(text) {
    const lower = plain(text);
    return Array.from(places(lower), ([start, end]) => lower.slice(start, end));
  }

  // The words that a reader asks for. Of what is written without spaces, the last character isn't asked for alone where
  // two are, and particles with what they make with their neighbours only where every word counts: in a phrase.
  function asked(text, every = false) {
    const lower = every ? plain(text) : plain(text).replace(KOREAN, "$1 ").replace(JAPANESE, " "), found = [];
    let last = 0;
    for (const [start, end] of places(lower)) {
      if (end > last) found.push(lower.slice(start, end));
      last = end;
    }
    return found;
  }

  // One character of what is written without spaces. The index knows it as the beginning of two, or as the last.
  const single = word => word.match(CHARACTER)?.[0] === word;

  // A lower-case word without accents.
  function fold(word) {
    if (ASCII.test(word)) return word;
    const bare = word.replace(WIDE, c => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(ACCENTED, c => c.normalize("NFD"))
      .replace(LEFT_OUT, "").replace(LETTER, c => LETTERS[c]);
    return bare || word;
  }

  // `language` is the router's: who stems words in the language's own letters, and words of ASCII; empty for nobody.
  function create(lunr, language) {
    const known = new Map();

    function by(name, word) {
      if (!name || (name !== "en" && BEYOND.test(word))) return word;
      const stemmer = name === "en" ? lunr.stemmer : lunr[name].stemmer;
      const run = other => {
        try {
          return stemmer(new lunr.Token(other, {})).toString();
        } catch {
          return other; // a few Turkish words are too much for their stemmer
        }
      };
      const spelt = BEFORE[name]?.(word) ?? word;
      if (name === "pt" && PORTUGUESE.test(spelt)) {
        const stem = run(spelt.replace(/ção$/, "ción").replace(/ções$/, "ciones"));
        if (stem.endsWith("u")) return stem;
      }
      const stem = run(spelt) || spelt;
      return AFTER[name]?.(stem) ?? stem;
    }

    // The word's stem, and for a word with accents also the stem it has without them, if that is another.
    function forms(word) {
      let found = known.get(word);
      if (!found) {
        const whole = word.normalize("NFC"), bare = fold(whole);
        const name = ASCII.test(bare) ? language.ascii : language.own;
        const first = fold(by(name, name === "en" ? bare : whole));
        const second = fold(by(name, bare));
        known.set(word, found = first === second ? [first] : [first, second]);
      }
      return found;
    }

    // Shorter stems that an unfinished word may come to: `authoriz` is on its way to `authorization`, stem `author`.
    function heads(word) {
      const bare = fold(word), endings = ENDINGS[ASCII.test(bare) ? language.ascii : language.own]?.split(" ") ?? [];
      const stems = new Set(endings.flatMap(ending => forms(word + ending)));
      return [...stems].filter(stem => stem !== bare && stem.length > 2 && bare.startsWith(stem)).slice(0, 3);
    }

    return { forms, heads, stem: word => forms(word)[0] };
  }

  return { places, words, asked, single, fold, create };
})();

if (typeof module === "object") module.exports = plansiteWords;
