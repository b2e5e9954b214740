// Holds stems, words and small indexes in many languages against lunr.js and lunr-languages, and asks for documents as
// their readers would. See README.md; fails with exit code 1.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { corpus, random } from "./corpus.mjs";
import { MADE, TEXTS } from "./texts.mjs";

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const theme = join(root, "themes/default");
const [search, speech, query, excerpts] =
  ["core", "words", "query", "excerpt"].map(part => require(join(theme, `search-${part}.js`)));
const { create, fold, words: cut } = speech;
const lunr = require("lunr");
// Where the two stemmers differ on words that hardly occur: Dutch ones that begin with è, Turkish ones that go on after
// the ending -ki.
const NEARLY = ["nl", "tr"];

const vendored = readdirSync(join(theme, "vendor")).filter(name => /^lunr\.(?!min).*\.js$/.test(name));
assert(vendored.length > 10);
for (const name of vendored) {
  const theirs = readFileSync(require.resolve(`lunr-languages/${name}`));
  assert(readFileSync(join(theme, "vendor", name)).equals(theirs), `vendor/${name} is not that of the package`);
}

// Runs a script of the theme as a browser does, where there are no modules.
const bring = name => new Function("lunr", readFileSync(join(theme, name), "utf8")).call({ lunr }, lunr);
const work = mkdtempSync(join(tmpdir(), "plansite-languages-"));
try {
  everyCharacter();
  for (const code of Object.keys(TEXTS)) await language(code);
} finally {
  rmSync(work, { recursive: true });
}

// What plansite writes for documents and words of a language.
function plansite(code, documents, words) {
  const [docs, out] = [join(work, `${code}-docs`), join(work, `${code}-out`)];
  [docs, out].forEach(folder => mkdirSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(documents)) writeFileSync(join(docs, `${name}.md`), text);
  writeFileSync(join(out, "words.txt"), words.join("\n"));
  const settings = { PLANSITE_SEARCH_DOCS: docs, PLANSITE_SEARCH_OUT: out, PLANSITE_SEARCH_LANGUAGE: code, PLANSITE_SEARCH_WHOLE: "1" };
  execFileSync("cargo", ["test", "--quiet", "--lib", "writes_what_the_node_tests_compare"],
    { cwd: root, stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...settings } });
  const load = name => {
    let payload;
    const plansiteSearch = { shard: (_name, _stamp, value) => payload = value };
    new Function("plansiteSearch", readFileSync(join(out, `search/${name}.js`), "utf8"))(plansiteSearch);
    return payload;
  };
  return { read: name => readFileSync(join(out, name), "utf8"), load };
}

// A language that nothing is known of shows what accents become, for every character there is.
function everyCharacter() {
  const words = [];
  for (let point = 0x20; point < 0x30000; point++) {
    const word = `x${String.fromCodePoint(point)}`.toLowerCase();
    if (/^x[\p{Alphabetic}\p{N}\p{M}]+$/u.test(word)) words.push(word);
  }
  const { read, load } = plansite("und", { a: "# A" }, words);
  const { forms } = create(lunr, load("router").language);
  assert.deepEqual(different(words, read("stems.txt"), forms), []);
  assert.equal(fold("größeё"), "grosseе");
}

function different(words, stems, forms) {
  const theirs = stems.split("\n");
  assert.equal(theirs.length, words.length);
  return words.flatMap((word, at) => forms(word).join(" ") === theirs[at] ? [] : [`${word}: ${forms(word).join(" ")}, plansite ${theirs[at]}`]);
}

async function language(code) {
  const { documents, queries } = TEXTS[code];
  const words = [...new Set(invented(code).concat(Object.values(documents).flatMap(cut), corpus(3).words.slice(-140)))];
  const { read, load } = plansite(code, documents, words);
  const router = load("router");
  for (const name of router.language.scripts) bring(name);
  const { forms } = create(lunr, router.language);
  const wrong = different(words, read("stems.txt"), forms);
  assert(wrong.length <= (NEARLY.includes(code) ? words.length / 1000 : 0), `${code}: ${wrong.length} stems differ: ${wrong.slice(0, 5).join("; ")}`);

  const theirs = JSON.stringify(whole(JSON.parse(read("fields.json")), router, forms));
  const ours = read("whole.json");
  assert(ours === theirs, `${code}: the indexes differ at byte ${[...ours].findIndex((c, at) => c !== theirs[at])}`);

  const searcher = search.create({ lunr, load: async name => load(name), speech, query, excerpts });
  const failed = [];
  let asked = 0;
  for (const [name, texts] of Object.entries(queries)) {
    for (const text of texts) {
      // As typed so far, and as a finished word.
      for (const typed of [text, `${text} `]) {
        if (typed !== text && forms(cut(text).at(-1)).every(form => !ours.includes(`["${form}",`))) continue;
        const answer = await searcher.find(typed);
        const { hits, corrected, loose } = answer;
        const found = hits.length ? (await searcher.card(hits[0], answer)).url : "nothing";
        if (found !== `${name}/index.html`) failed.push(`"${typed}" finds ${found}, not ${name}`);
        else if (corrected.length || loose) failed.push(`"${typed}" is found only by ${loose ? "some of its words" : corrected}`);
        asked++;
      }
    }
  }
  assert.deepEqual(failed, [], code);
  console.log(`${code}: ${words.length} words, ${wrong.length} of other stems; ${theirs.length} bytes equal to lunr's; ${asked} queries`);
}

// Words of the language's letters and endings, the same each time.
function invented(code) {
  if (!MADE[code]) return [];
  const [consonants, ...rest] = MADE[code][0].split(" ");
  const [vowels, endings] = [rest[0], MADE[code][1].split(" ")];
  const pick = random(code.charCodeAt(0) * 256 + code.charCodeAt(1));
  const one = list => list[Math.floor(pick() * list.length)];
  const syllable = () => (pick() < 0.9 ? one(consonants) : "") + one(vowels) + (pick() < 0.4 ? one(consonants) : "");
  const word = () => Array.from({ length: 1 + Math.floor(pick() * 3) }, syllable).join("") + one(endings) + (pick() < 0.3 ? one(endings) : "");
  return Array.from({ length: 3000 }, word).concat(endings, rest.slice(1)).map(made => made.toLowerCase().normalize("NFC"));
}

// The same fields through lunr's own builder: plansite's words for its tokenizer, plansite's stop words, and for each
// word its stems.
function whole(rows, router, forms) {
  const boosts = { title: 10, id: 20, headings: 4, summary: 2, tasks: 1, body: 1, owner: 3, tags: 5 };
  const builder = new lunr.Builder();
  builder.tokenizer = (text, metadata) => cut(text ?? "").map(word => new lunr.Token(word, metadata));
  const stops = new Set(router.stop);
  const stem = token => stops.has(token.toString()) ? undefined : forms(token.toString()).map(form => token.clone(() => form));
  lunr.Pipeline.registerFunction(stem, `stem-${router.language.code}`);
  builder.pipeline.add(stem);
  router.fields.forEach(field => builder.field(field, { boost: boosts[field] }));
  builder.ref("at");
  rows.forEach((row, at) => builder.add({ at, ...row.fields }, { boost: row.boost }));
  return { ...builder.build().toJSON(), pipeline: ["stemmer"] };
}
