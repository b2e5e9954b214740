// Builds the sites that are searched here, and loads what the theme searches with.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";

// Where the search believes to lie: below a site that lies below its server's root.
const PLACE = "https://plans.example/team/search/";
export const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
/** Real collections, beside the project where they are at all. */
export const collections = resolve(repository, "../shared/corpus");
export const TODAY = "2026-11-23";

/** The binary under test: PLANSITE_BIN, else the debug build, made if need be. */
export function binary() {
  if (process.env.PLANSITE_BIN) return resolve(process.env.PLANSITE_BIN);
  execFileSync("cargo", ["build", "--quiet", "--locked"], { cwd: repository, stdio: ["ignore", "inherit", "inherit"] });
  const target = resolve(repository, process.env.CARGO_TARGET_DIR ?? "target");
  return join(target, "debug", process.platform === "win32" ? "plansite.exe" : "plansite");
}

/** A folder that goes away with the process. */
export function folder() {
  const made = mkdtempSync(join(tmpdir(), "plansite-search-"));
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Builds the site of `docs` and gives back its folder. Git isn't asked: copies of a collection should give the same site. */
export function build(docs, out = join(folder(), "site")) {
  execFileSync(binary(), ["build", docs, "--today", TODAY, "--no-git", "--quiet", "--out", out], { stdio: ["ignore", "ignore", "inherit"] });
  return out;
}

/** The documents of `docs`, as `plansite list` tells them. */
export function list(docs) {
  const told = ["list", docs, "--today", TODAY, "--no-git", "--quiet", "--format", "json"];
  return JSON.parse(execFileSync(binary(), told, { encoding: "utf8", maxBuffer: 1 << 30 })).documents;
}

/**
 * The site's own search: a function from a text to the addresses of the pages it finds, best first. The worker's scripts
 * run as they were written to the site, in a context that has what a worker has and reads the site's folder instead of
 * asking a server.
 */
export function searcher(site) {
  const folder = join(site, "search");
  const inside = url => join(folder, decodeURIComponent(new URL(url, PLACE).pathname.slice(new URL(PLACE).pathname.length)));
  const fetched = async url => {
    const text = readFileSync(inside(url), "utf8");
    return { ok: true, text: async () => text, clone: () => ({ text: async () => text }) };
  };
  const answers = new Map();
  const worker = createContext({
    URL, setTimeout: (work, wait) => wait > 100 ? undefined : setTimeout(work, wait), clearTimeout, console,
    location: { href: `${PLACE}search-worker.js` }, navigator: {}, fetch: fetched,
    importScripts: (...names) => names.forEach(run),
    postMessage: ([number, value, problem]) => answers.get(number)(value, problem),
  });
  worker.self = worker;
  function run(name) {
    runInContext(readFileSync(inside(name), "utf8"), worker, { filename: name });
  }
  run("search-worker.js");

  let latest = 0;
  const ask = (...question) => new Promise((answered, failed) => {
    const number = ++latest;
    answers.set(number, (value, problem) => value === undefined ? failed(new Error(problem)) : answered(value));
    worker.onmessage({ data: [number, ...question] });
  });
  return async text => {
    const { cards, total } = await ask("find", text);
    while (cards.length < Math.min(total, 50)) {
      const more = await ask("page", cards.length);
      if (!more.cards.length) break;
      cards.push(...more.cards);
    }
    // A page counts once, however many of its sections are found.
    return [...new Set(cards.map(card => card.url.replace(/#.*/, "")))];
  };
}
