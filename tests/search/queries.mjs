// Picks the queries of a measurement from the documents' own words, the same ones for the same documents.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { random } from "./corpus.mjs";

const EACH = 6;

/** About 46 queries with the sort of each. Nothing is asked of the index; only the words of the sources that a reader sees are counted. */
export function pick(docs, documents) {
  const one = random(documents.length + 11);
  const some = list => list[Math.floor(one() * list.length)];
  const texts = documents.map(({ path }) => new Set(seen(readFileSync(join(docs, path), "utf8")).match(/(?<![\p{L}\p{N}_])\p{L}{4,14}(?![\p{L}\p{N}_])/gu) ?? []));
  const held = new Map();
  for (const text of texts) for (const word of text) held.set(word, (held.get(word) ?? 0) + 1);
  const between = (least, most) => [...held].filter(([, count]) => count >= least && count <= most).map(([word]) => word).sort();
  const part = share => Math.max(1, Math.round(share * texts.length));
  const rare = between(1, Math.min(3, part(0.01)));
  const middle = between(Math.max(2, part(0.01)), part(0.08));
  const frequent = between(part(0.2), part(0.5));
  const common = new Set(between(part(0.5), texts.length));
  // Words that stand in one document together.
  const together = count => {
    for (;;) {
      const words = [...some(texts)].filter(word => held.get(word) > 1 && !common.has(word));
      const chosen = new Set();
      for (let tries = 0; tries < 50 && chosen.size < count && words.length >= count; tries++) chosen.add(some(words));
      if (chosen.size === count) return [...chosen].join(" ");
    }
  };
  const long = middle.filter(word => word.length > 6);
  const swapped = word => `${word.slice(0, 2)}${word[3]}${word[2]}${word.slice(4)}`;
  const wrong = () => {
    for (;;) {
      const word = swapped(some(long));
      if (!held.has(word)) return word;
    }
  };
  const ids = documents.map(document => document.id).filter(Boolean);
  const of = (sort, make, count = EACH) => Array.from({ length: count }, () => ({ sort, text: make() }));
  return [
    ...of("rare", () => some(rare)), ...of("middle", () => some(middle)), ...of("frequent", () => some(frequent)),
    ...of("two words", () => together(2)), ...of("three words", () => together(3)), ...of("prefix", () => some(long).slice(0, 4)),
    ...of("id", () => some(ids), ids.length ? 4 : 0), ...of("typo", wrong),
  ];
}

// What a reader of the page sees of a source: no frontmatter, comments and addresses.
function seen(source) {
  return source.replace(/^---\r?\n.*?\n---\r?\n/s, "").replace(/<!--.*?-->/gs, " ").replace(/\]\([^)]*\)|\]\[[^\]]*\]|^\[[^\]]+\]:.*$|https?:\S+/gm, " ").toLowerCase();
}
