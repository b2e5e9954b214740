// Holds the index that plansite writes against lunr.js 2.3.9. See README.md; fails with exit code 1.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { corpus, random } from "./corpus.mjs";

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const theme = name => require(join(root, "themes/default", name));
const [search, speech, query, excerpts] = ["core", "words", "query", "excerpt"].map(part => theme(`search-${part}.js`));
const lunr = require("lunr");
const vendored = readFileSync(join(root, "themes/default/vendor/lunr.min.js"));
assert(vendored.equals(readFileSync(require.resolve("lunr/lunr.min.js"))), "vendor/lunr.min.js is not that of lunr 2.3.9");

const work = mkdtempSync(join(tmpdir(), "plansite-search-"));
try {
  const { words } = corpus(400);
  await collection("example-docs", join(root, "example-docs"), words.concat("outbox ledger migration postings relay".split(" ")));
  await made(400, "a common collection");
  await made(1200, "one with words that almost every document has");
} finally {
  rmSync(work, { recursive: true });
}

async function made(size, what) {
  const docs = join(work, `${size}-docs`);
  mkdirSync(docs, { recursive: true });
  const { documents, words } = corpus(size);
  documents.forEach((text, at) => writeFileSync(join(docs, `${String(at).padStart(5, "0")}.md`), text));
  await collection(what, docs, words);
}

async function collection(what, docs, words) {
  const out = mkdtempSync(join(work, "out-"));
  writeFileSync(join(out, "words.txt"), words.join("\n"));
  const settings = { PLANSITE_SEARCH_DOCS: docs, PLANSITE_SEARCH_OUT: out, PLANSITE_SEARCH_WHOLE: "1" };
  execFileSync("cargo", ["test", "--quiet", "--lib", "writes_what_the_node_tests_compare"],
    { cwd: root, stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...settings } });

  const stems = readFileSync(join(out, "stems.txt"), "utf8").split("\n");
  const wrong = words.filter((word, at) => lunr.stemmer(new lunr.Token(speech.fold(word), {})).toString() !== stems[at]);
  assert.deepEqual(wrong, [], "stems differ");

  const load = async name => {
    let payload;
    const plansiteSearch = { shard: (_name, _stamp, value) => payload = value };
    new Function("plansiteSearch", readFileSync(join(out, `search/${name}.js`), "utf8"))(plansiteSearch);
    return payload;
  };
  const router = await load("router");
  const ours = readFileSync(join(out, "whole.json"), "utf8");
  const whole = build(JSON.parse(readFileSync(join(out, "fields.json"), "utf8")), router);
  const theirs = JSON.stringify(whole);
  if (router.common.length) assert.deepEqual(numbered(JSON.parse(ours)), numbered(JSON.parse(theirs)), "the indexes differ");
  else assert(ours === theirs, `the indexes differ at byte ${[...ours].findIndex((c, at) => c !== theirs[at])}`);

  const searcher = search.create({ lunr, load, speech, query, excerpts });
  const { overlap, asked } = await compare(searcher, JSON.parse(ours), router, words);
  assert(overlap > 0.999, `top ten: ${overlap}`);
  console.log(`${what}: ${router.documents} documents, ${theirs.length} bytes equal to lunr's, ${router.common.length} common words, `
    + `${words.length} stems equal, top ten of ${asked} queries: ${overlap}`);
}

// The same fields through lunr's own builder, with plansite's words for its tokenizer, its stop words besides, and
// without accents.
function build(rows, router) {
  const prose = ["headings", "tasks", "body"], boosts = { title: 10, id: 20, headings: 4, summary: 2, tasks: 1, body: 1, owner: 3, tags: 5, status: 3 };
  const builder = new lunr.Builder();
  builder.tokenizer = (text, metadata) => speech.words(text ?? "").map(word => new lunr.Token(word, metadata));
  const common = token => router.common.includes(token.toString()) && prose.includes(token.metadata.fields[0]) ? undefined : token;
  lunr.Pipeline.registerFunction(common, `common-${rows.length}`);
  const stop = lunr.generateStopWordFilter(router.stop);
  lunr.Pipeline.registerFunction(stop, `stop-${rows.length}`);
  const bare = token => token.update(speech.fold);
  lunr.Pipeline.registerFunction(bare, `bare-${rows.length}`);
  builder.pipeline.add(lunr.stopWordFilter, stop, bare, lunr.stemmer, common);
  builder.searchPipeline.add(lunr.stemmer);
  router.fields.forEach(field => builder.field(field, { boost: boosts[field] }));
  builder.ref("at");
  rows.forEach((row, at) => builder.add({ at, ...row.fields }, { boost: row.boost }));
  return builder.build();
}

// lunr numbers terms as it meets them, also those that are common and go; here they are numbered by the alphabet.
function numbered(index) {
  const place = new Map(index.invertedIndex.map(([, posting], at) => [posting._index, at]));
  index.invertedIndex.forEach(([, posting], at) => posting._index = at);
  for (const pair of index.fieldVectors) {
    const scores = [];
    for (let at = 0; at < pair[1].length; at += 2) scores.push([place.get(pair[1][at]), pair[1][at + 1]]);
    pair[1] = scores.sort((a, b) => a[0] - b[0]);
  }
  return index;
}

// The share of the best ten that a search over the files and one over the whole index have in common.
async function compare(searcher, serialised, router, vocabulary) {
  const index = lunr.Index.load({ ...serialised, pipeline: ["plansite"] });
  const terms = new Set(serialised.invertedIndex.map(([term]) => term));
  const { forms, heads } = speech.create(lunr, router.language);
  const pick = random(7);
  // most words of a made-up vocabulary are in a small collection only by chance: what it has comes first
  const known = vocabulary.filter(word => speech.words(word).length === 1 && !router.stop.includes(word))
    .sort((a, b) => forms(b).some(form => terms.has(form)) - forms(a).some(form => terms.has(form)));
  const held = known.filter(word => forms(word).some(form => terms.has(form))).length;
  const some = Math.min(known.length, Math.ceil(held * 1.1));
  let [same, all, found, asked] = [0, 0, 0, 0];
  for (let round = 0; round < 300; round++) {
    const words = Array.from({ length: 1 + round % 3 }, () => known[Math.floor(pick() ** 3 * some)]);
    const text = round % 5 ? `${words.join(" ")} ` : words.join(" ").slice(0, -1);
    const answer = await searcher.find(text);
    asked++;
    if (answer.corrected.length || answer.loose || answer.query.joined || answer.stopped) continue;
    const full = answer.hits.filter(hit => !hit.share);
    for (const { word, prefix, own, terms: looked } of answer.groups) {
      const exact = forms(word).filter(form => terms.has(form));
      assert(exact.every(form => looked.includes(form)), `${text}: ${word} stands for ${exact}, looked for ${looked}`);
      const may = term => own.includes(term) || (prefix && (term.startsWith(speech.fold(word)) || heads(word).includes(term)));
      assert(looked.every(may), `${text}: ${word} was looked for as ${looked}`);
    }
    const groups = answer.groups.filter(group => group.terms.length);
    const complete = answer.groups.every(group => group.terms.length || !group.required);
    const expected = complete && groups.length ? searcher.ask(index, groups, true) : [];
    const scores = new Map(expected.map(hit => [+hit.ref, hit.score]));
    const tenth = expected[Math.min(9, expected.length - 1)]?.score ?? 0;
    const got = full.filter(hit => hit.score > 0).sort((a, b) => b.score - a.score);
    assert.equal(got.length, expected.length, `${text}: ${got.length} hits, expected ${expected.length}`);
    // All scores are lunr's, those too that were only summed up.
    for (const hit of got) assert(Math.abs(scores.get(hit.document) - hit.score) < 1e-6, `${text}: ${scores.get(hit.document)} is not ${hit.score}`);
    // Documents of the same score may stand in either order.
    for (const hit of got.slice(0, 10)) {
      all++;
      if (hit.score >= tenth - 1e-6) same++;
    }
    found += got.length > 0;
  }
  assert(found > 150, `only ${found} queries found anything`);
  return { overlap: same / all, asked };
}
