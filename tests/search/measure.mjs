// Measures the search of a built site in chromium: bytes, requests and milliseconds until results stand, and what the
// index weighs and costs. A benchmark, not a test. README.md says how to run it and what each column means.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { loadavg } from "node:os";
import { basename, delimiter, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { pick } from "./queries.mjs";
import { serve } from "./serve.mjs";
import { TODAY, binary, collections, folder, list, repository } from "./site.mjs";

const { chromium } = createRequire(join(repository, "tests/browser/package.json"))("playwright-core");
const { values: told, positionals } = parseArgs({ allowPositionals: true, options: {
  sizes: { type: "string", default: "100,1000,10000" },
  builds: { type: "string", default: "3" },
  delay: { type: "string", default: "100" },
  generator: { type: "string", default: resolve(repository, "../shared/reference/gen.py") },
  json: { type: "string" },
} });
const REAL = ["rust-lang__rfcs", "kubernetes__enhancements", "swiftlang__swift-evolution"];
const DELAY = Number(told.delay);
const PATIENCE = 20000;

const measured = [];
for (const [name, docs] of positionals.length ? positionals.map(path => [basename(resolve(path)), resolve(path)]) : standard()) {
  measured.push(await measure(name, docs));
  console.error(`${name}: ${JSON.stringify(measured.at(-1).build)}`);
}
if (told.json) writeFileSync(told.json, JSON.stringify(measured, undefined, 1));
console.log(tables(measured));

// Generated collections of each size, then the real ones that are here.
function standard() {
  const generated = told.sizes.split(",").filter(Boolean).map(size => {
    const docs = join(folder(), `generated-${size}`);
    execFileSync("python3", [told.generator, size, docs], { stdio: ["ignore", "ignore", "inherit"] });
    return [`generated ${size}`, docs];
  });
  return [...generated, ...REAL.map(name => [name, join(collections, name)]).filter(([, docs]) => existsSync(docs))];
}

async function measure(name, docs) {
  const out = join(folder(), "site");
  const build = builds(docs, out);
  const documents = list(docs);
  const queries = pick(docs, documents);
  const server = await serve(out);
  const index = weigh(out, server);
  const load = [loadavg()[0]];
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--disable-dev-shm-usage"] });
  const [atOnce, typed, next, again] = [[], [], [], []];
  await first(browser, server, queries[0].text, false);
  for (const query of queries) atOnce.push({ ...query, ...await first(browser, server, query.text, false) });
  load.push(loadavg()[0]);
  // Typing takes long; every other query will do.
  for (const query of queries.filter((_, at) => at % 2)) typed.push({ ...query, ...await first(browser, server, query.text, true) });
  load.push(loadavg()[0]);
  const { page, context } = await opened(browser, server);
  for (const query of queries) {
    next.push({ ...query, ...await ask(page, server, query.text, true) });
    again.push({ ...query, ...await ask(page, server, query.text, false) });
  }
  await context.close();
  load.push(loadavg()[0]);
  await browser.close();
  server.close();
  rmSync(out, { recursive: true });
  return { name, documents: documents.length, build, index, load: load.map(value => Math.round(value * 10) / 10), atOnce, typed, next, again };
}

// Builds into a fresh folder each time. What the operating system says of a process, GNU time tells.
function builds(docs, out) {
  const runs = Array.from({ length: Number(told.builds) }, () => {
    rmSync(out, { recursive: true, force: true });
    const line = ["-f", "%e %U %S %M", binary(), "build", docs, "--today", TODAY, "--no-git", "--verbose", "--color", "never", "--out", out];
    const { stderr } = spawnSync("/usr/bin/time", line, { encoding: "utf8", maxBuffer: 1 << 30 });
    const [wall, user, system, memory] = stderr.trim().split("\n").at(-1).split(" ").map(Number);
    const stage = Number(/^search\s+([\d.]+)$/m.exec(stderr)?.[1] ?? NaN);
    return { wall, cpu: user + system, memory: memory / 1024, stage: stage / 1000 };
  });
  const of = key => quantile(runs.map(run => run[key]), 0.5);
  return { wall: of("wall"), cpu: of("cpu"), memory: of("memory"), stage: of("stage"), load: loadavg()[0] };
}

// The index, and apart from it the scripts that the theme brings.
function weigh(out, server) {
  const below = path => readdirSync(path, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const own = new Set(below(join(repository, "themes/default")).map(entry => entry.name));
  const files = below(join(out, "search")).filter(({ name }) => /\.(js|json)$/.test(name))
    .map(entry => ({ own: own.has(entry.name), path: join(entry.parentPath ?? entry.path, entry.name) }));
  const sum = list => ({
    files: list.length,
    raw: list.reduce((bytes, { path }) => bytes + statSync(path).size, 0),
    gzipped: list.reduce((bytes, { path }) => bytes + server.gzipped(path).length, 0),
    largest: list.reduce((most, { path }) => Math.max(most, server.gzipped(path).length), 0),
  });
  return { ...sum(files.filter(file => !file.own)), scripts: sum(files.filter(file => file.own)).gzipped };
}

// A query with nothing in the cache: a page, the overlay, the keys.
async function first(browser, server, text, byKey) {
  const { page, context, weight } = await opened(browser, server);
  const answer = await ask(page, server, text, byKey, weight);
  await context.close();
  return answer;
}

async function opened(browser, server) {
  const context = await browser.newContext({ serviceWorkers: "allow" });
  const page = await context.newPage();
  await page.addInitScript(watch);
  server.count();
  await page.goto(server.origin, { waitUntil: "load" });
  await page.waitForTimeout(100);
  return { context, page, weight: server.count().bytes };
}

// In the page: when a key went down, when the results after it stood, and how long the page's own thread was busy at most.
function watch() {
  const seen = window.plansiteMeasure = { key: 0, titles: 0, done: 0, state: "", busy: 0 };
  new PerformanceObserver(entries => entries.getEntries().forEach(entry => {
    if (seen.key && entry.startTime + entry.duration > seen.since) seen.busy = Math.max(seen.busy, entry.duration);
  })).observe({ type: "longtask" });
  addEventListener("input", event => Object.assign(seen, { key: event.timeStamp, titles: 0, done: 0, state: "" }), true);
  new MutationObserver(changes => {
    const dialog = document.querySelector("[role=dialog][data-state]");
    const touched = change => change.attributeName === "data-state" || change.target.matches?.("[data-results]");
    if (!dialog || !seen.key || !changes.some(touched)) return;
    const stands = dialog.querySelector("[data-results] a") !== null;
    if (dialog.dataset.state === "loading") seen.state = "";
    if (!seen.titles && stands && changes.some(change => change.target.matches?.("[data-results]"))) seen.titles = performance.now();
    if (seen.done || !["done", "empty"].includes(dialog.dataset.state) || (dialog.dataset.state === "done" && !stands)) return;
    seen.done = performance.now();
    seen.state = dialog.dataset.state;
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
}

// Asks for a text, put in at once or typed key by key. What is loaded for its beginnings on the way counts to the bytes;
// the time is that from the last key.
async function ask(page, server, text, byKey, weight = 0) {
  server.count();
  const field = page.locator("[role=dialog] input[type=search]");
  if (!await field.count()) await page.keyboard.press("Control+k");
  await field.waitFor();
  await field.press("Control+a");
  await field.press("Delete");
  await page.evaluate(() => Object.assign(window.plansiteMeasure, { busy: 0, since: performance.now() }));
  if (byKey) await page.keyboard.type(text, { delay: DELAY }); else await page.keyboard.insertText(text);
  try {
    await page.waitForFunction(() => window.plansiteMeasure.done, undefined, { timeout: PATIENCE });
  } catch {
    return { state: "none", ms: PATIENCE, titles: PATIENCE, ...server.count(), page: weight, busy: 0 };
  }
  const { bytes, requests, texts } = server.count();
  await page.waitForTimeout(60);
  const seen = await page.evaluate(() => window.plansiteMeasure);
  return { state: seen.state, ms: seen.done - seen.key, titles: (seen.titles || seen.done) - seen.key, bytes, first: bytes - texts, requests, page: weight, busy: seen.busy };
}

function chromiumPath() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const found = (process.env.PATH ?? "").split(delimiter).flatMap(path => names.map(name => join(path, name))).find(existsSync);
  return process.env.CHROMIUM_BIN ?? found;
}

function quantile(numbers, part) {
  const sorted = numbers.filter(number => !Number.isNaN(number)).sort((a, b) => a - b);
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] : NaN;
}

function tables(rows) {
  const kb = bytes => `${Math.round(bytes / 1000)}`;
  const pair = (list, key, shape = Math.round) => `${shape(quantile(list.map(row => row[key]), 0.5))} / ${shape(quantile(list.map(row => row[key]), 0.95))}`;
  const table = (head, body) => [head, head.map(() => "---"), ...body].map(cells => `| ${cells.join(" | ")} |`).join("\n");
  const costs = table(
    ["collection", "documents", "build s", "CPU s", "search stage s", "peak MiB", "index files", "raw KB", "gzipped KB", "largest KB", "scripts KB", "load"],
    rows.map(({ name, documents, build, index }) => [name, documents, build.wall.toFixed(2), build.cpu.toFixed(2), build.stage.toFixed(3), Math.round(build.memory),
      index.files, kb(index.raw), kb(index.gzipped), kb(index.largest), kb(index.scripts), build.load.toFixed(1)]));
  const found = list => list.filter(row => row.state === "done");
  const firsts = key => table(
    ["collection", "answered", "KB to titles", "KB", "largest KB", "KB with page", "requests", "titles ms", "done ms", "thread busy ms", "load"],
    rows.map(row => [row.name, `${found(row[key]).length} of ${row[key].length}`, pair(found(row[key]), "first", kb), pair(found(row[key]), "bytes", kb), kb(Math.max(...found(row[key]).map(one => one.bytes))),
      pair(found(row[key]).map(one => ({ all: one.bytes + one.page })), "all", kb), pair(found(row[key]), "requests"), pair(found(row[key]), "titles"), pair(found(row[key]), "ms"),
      pair(row[key], "busy"), row.load.join(" ")]));
  const warm = table(
    ["collection", "next: KB", "requests", "done ms", "thread busy ms", "again: KB", "done ms", "thread busy ms"],
    rows.map(({ name, next, again }) => [name, pair(found(next), "bytes", kb), pair(found(next), "requests"), pair(found(next), "ms"), pair(next, "busy"),
      pair(found(again), "bytes", kb), pair(found(again), "ms"), pair(again, "busy")]));
  const sorts = [...new Set(rows.flatMap(row => row.atOnce.map(query => query.sort)))];
  const kinds = table(["collection", ...sorts], rows.map(({ name, atOnce }) => [name, ...sorts.map(sort => {
    const some = found(atOnce).filter(query => query.sort === sort);
    return some.length ? `${kb(quantile(some.map(row => row.bytes), 0.5))} KB, ${Math.round(quantile(some.map(row => row.ms), 0.5))} ms` : "–";
  })]));
  const silent = rows.map(({ name, atOnce }) => `- ${name}: ${atOnce.filter(row => row.state !== "done").map(row => `\`${row.text}\` (${row.sort}, ${row.state})`).join(", ") || "all answered"}`).join("\n");
  return [`## Builds and index\n\n${costs}`, `## A first query, put in at once, nothing cached (median / 95th percentile)\n\n${firsts("atOnce")}`,
    `## A first query, typed with ${DELAY} ms from key to key, nothing cached\n\n${firsts("typed")}`,
    `## In an overlay in use: the next query, typed, and the same again, put in at once\n\n${warm}`, `## First queries at once by sort, medians\n\n${kinds}`, `## Not answered\n\n${silent}`].join("\n\n");
}
