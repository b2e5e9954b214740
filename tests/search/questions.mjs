// Asks the questions of questions.json, which were written before the search was tuned, and says at which place the
// document stands that should come first. Fails with exit code 1 if fewer than 17 are in the top three.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, collections, list, searcher } from "./site.mjs";

const NEEDED = 17;
const questions = JSON.parse(readFileSync(new URL("questions.json", import.meta.url), "utf8"));
const names = [...new Set(questions.map(question => question.collection))];
const absent = names.filter(name => !existsSync(join(collections, name)));

if (absent.length) {
  console.log(`skipped: ../shared/corpus has no ${absent.join(", ")}`);
} else {
  const ranks = [];
  for (const name of names) ranks.push(...await ask(name));
  const top = ranks.filter(rank => rank <= 3).length;
  const first = ranks.filter(rank => rank === 1).length;
  console.log(`${top} of ${ranks.length} in the top three, ${first} of them first`);
  if (top < NEEDED) {
    console.error(`at least ${NEEDED} should be`);
    process.exitCode = 1;
  }
}

// The rank of each question of a collection; Infinity where the document isn't found.
async function ask(name) {
  const docs = join(collections, name);
  const address = new Map(list(docs).map(document => [document.path, document.url]));
  const search = searcher(build(docs));
  const ranks = [];
  for (const { query, first, tests } of questions.filter(question => question.collection === name)) {
    const wanted = first.map(path => address.get(path));
    if (wanted.includes(undefined)) throw new Error(`${name} has no ${first.join(" or no ")}`);
    const found = await search(query);
    const places = wanted.map(url => found.indexOf(url)).filter(at => at >= 0);
    ranks.push(places.length ? Math.min(...places) + 1 : Infinity);
    const rank = places.length ? `${ranks.at(-1)}`.padStart(3) : "  –";
    console.log(`${rank} of ${`${found.length}`.padStart(3)}  ${query.padEnd(30)} ${tests}`);
    if (ranks.at(-1) > 3) console.log(`            above it: ${found.slice(0, 3).join(" ") || "nothing"}`);
  }
  return ranks;
}
