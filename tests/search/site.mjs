// Builds the sites that are searched here, and loads what the theme searches with.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
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

/** The theme's search over the files of a site: a function from a text to the addresses of the pages it finds, best first. */
export function searcher(site) {
  const lunr = require(join(repository, "themes/default/vendor/lunr.min.js"));
  const core = require(join(repository, "themes/default/search-core.js"));
  const load = async name => {
    let payload;
    const plansiteSearch = { shard: (_name, _stamp, value) => payload = value };
    new Function("plansiteSearch", readFileSync(join(site, `search/${name}.js`), "utf8"))(plansiteSearch);
    return payload;
  };
  const search = core.create({ lunr, load, today: () => Date.parse(TODAY) / 864e5 });
  return async text => {
    const { hits } = await search.find(text);
    const cards = await Promise.all(hits.slice(0, 100).map(hit => search.card(hit.document)));
    // A page counts once, however many of its sections are found.
    return [...new Set(cards.map(card => card.url.replace(/#.*/, "")))];
  };
}
