// Builds the site of example-docs, serves it under a sub-path, and opens a browser. What is held to it stands in
// the *.test.mjs files.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, dirname, extname, join, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { after } from "node:test";
import { chromium } from "playwright-core";

export const here = dirname(fileURLToPath(import.meta.url));
const repository = resolve(here, "../..");
export const TODAY = "2026-11-23";

/** Where the server puts the site: two folders down, as a forge's pages do. */
export const BASE = "/team/plans/";

/** One page of each type, and the documents whose text asks for more. */
export const PAGES = {
  overview: "index.html",
  board: "board/index.html",
  boardByOwner: "board/by-owner/index.html",
  boardByKind: "board/by-kind/index.html",
  boardByTag: "board/by-tag/index.html",
  column: "board/active/index.html",
  all: "all/index.html",
  search: "search/index.html",
  kinds: "kinds/index.html",
  kind: "kinds/plans/index.html",
  owners: "owners/index.html",
  owner: "owners/priya-raman/index.html",
  unowned: "owners/-none/index.html",
  tags: "tags/index.html",
  tag: "tags/ledger/index.html",
  freshness: "freshness/index.html",
  freshnessByState: "freshness/by-state/index.html",
  freshnessByKind: "freshness/by-kind/index.html",
  timeline: "timeline/index.html",
  timelineQuarter: "timeline/quarter/index.html",
  timelineAll: "timeline/all/index.html",
  timelineByOwner: "timeline/by-owner/index.html",
  milestones: "milestones/index.html",
  milestonesMissed: "milestones/missed/index.html",
  state: "freshness/expired/index.html",
  overdue: "plans/plan-026/index.html",
  due: "rfcs/rfc-0006/index.html",
  relations: "relations/index.html",
  relationList: "relations/list/index.html",
  problems: "problems/index.html",
  problemsByOwner: "problems/by-owner/index.html",
  changes: "changes/index.html",
  decisions: "decisions/index.html",
  decisionsOpen: "decisions/open/index.html",
  decisionsInForce: "decisions/in-force/index.html",
  risks: "risks/index.html",
  risksAll: "risks/all/index.html",
  blockers: "blockers/index.html",
  questions: "questions/index.html",
  questionsByOwner: "questions/by-owner/index.html",
  templates: "templates/index.html",
  lost: "404.html",
  plan: "plans/plan-023/index.html",
  adr: "decisions/adr-0018/index.html",
  rfc: "rfcs/rfc-0001/index.html",
  unreadable: "plans/plan-035/index.html",
  hostile: "pages/merchant-names/index.html",
};

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
  ".json": "application/json", ".xml": "application/xml", ".ics": "text/calendar", ".txt": "text/plain", ".csv": "text/csv" };

/** The binary under test: PLANSITE_BIN, else the debug build, made if need be. */
export function binary() {
  if (process.env.PLANSITE_BIN) return resolve(process.env.PLANSITE_BIN);
  execFileSync("cargo", ["build", "--quiet", "--locked"], { cwd: repository, stdio: ["ignore", "inherit", "inherit"] });
  const target = resolve(repository, process.env.CARGO_TARGET_DIR ?? "target");
  return join(target, "debug", process.platform === "win32" ? "plansite.exe" : "plansite");
}

/** A folder that goes away with the process. */
export function folder() {
  const made = mkdtempSync(join(tmpdir(), "plansite-browser-"));
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Builds the site of `docs` and gives back its folder. */
export function build(docs = join(repository, "example-docs"), options = []) {
  const out = join(folder(), "site");
  const told = ["build", docs, "--today", TODAY, "--quiet", "--out", out, ...options];
  execFileSync(binary(), told, { stdio: ["ignore", "ignore", "inherit"] });
  return out;
}

/** Writes a collection of `count` plans: every other one Ana's, every third completed, every tenth expired. */
export function plans(count) {
  const docs = join(folder(), "docs");
  mkdirSync(join(docs, "plans"), { recursive: true });
  for (let at = 0; at < count; at++) {
    const status = at % 3 ? "active" : "completed";
    const more = `${at % 10 ? "" : "expires: 2026-01-01\n"}tags: [${at % 7 ? "paper" : "stone"}]\n`;
    writeFileSync(join(docs, "plans", `${at}.md`), `---\nid: PLAN-${String(at).padStart(4, "0")}\nstatus: ${status}\nowner: ${at % 2 ? "Ben Noor" : "Ana Ruiz"}\nupdated: 2026-0${1 + at % 9}-01\n${more}---\n# Plan number ${at}\n`);
  }
  return docs;
}

/** Every file below `root`, as paths with `/`, sorted. */
export function files(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1).split(sep).join("/")).sort();
}

/** Serves `root` under BASE, the way a forge does: index.html of a folder, 404.html for what isn't there. */
export async function serve(root) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const inside = pathname.startsWith(BASE) ? resolve(root, decodeURIComponent(pathname.slice(BASE.length))) : undefined;
    let file = inside === root || inside?.startsWith(root + sep) ? inside : undefined;
    if (file && pathname.endsWith("/")) file = join(file, "index.html");
    const found = file && existsSync(file) && statSync(file).isFile();
    if (!found) file = join(root, "404.html");
    response.writeHead(found ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  after(() => { server.closeAllConnections(); server.close(); });
  return `http://127.0.0.1:${server.address().port}${BASE}`;
}

export const fromDisk = root => `${pathToFileURL(root).href}/`;

function chromiumPath() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const found = (process.env.PATH ?? "").split(delimiter).flatMap(folder => names.map(name => join(folder, name)))
    .find(path => existsSync(path));
  return process.env.CHROMIUM_BIN ?? found;
}

/** A browser that is closed when the tests of the file are over. */
export async function browser() {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error("no chromium on PATH; install one or name it in CHROMIUM_BIN");
  const opened = await chromium.launch({ executablePath, args: ["--disable-dev-shm-usage", "--font-render-hinting=none"] });
  after(() => opened.close());
  return opened;
}

/** Fails with one line for each thing that is wrong. */
export function none(wrong) {
  if (wrong.length) assert.fail(`${wrong.length} wrong:\n${[...new Set(wrong)].join("\n")}`);
}

/** Runs `work` over `entries`, two at a time. */
export async function each(entries, work) {
  const queue = [...entries];
  await Promise.all([1, 2].map(async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  }));
}

/** Notes what goes wrong on the pages of a context: console errors, exceptions, refused and failed requests. */
export async function watch(context, origin) {
  const noted = [];
  await context.exposeBinding("plansiteNoted", (_, text) => { noted.push(text); });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", event =>
      window.plansiteNoted(`policy refused ${event.violatedDirective} ${event.blockedURI} at ${location.pathname}`));
  });
  context.on("console", message => {
    if (["error", "warning"].includes(message.type())) noted.push(`console ${message.type()}: ${message.text()} (${message.page()?.url()})`);
  });
  context.on("weberror", error => noted.push(`exception: ${error.error().stack}`));
  context.on("dialog", dialog => { noted.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  context.on("request", request => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) noted.push(`asked another origin: ${request.url()}`);
  });
  // A test that goes on before a page has its icon takes the icon's request back.
  const left = request => request.url().endsWith("/icon.svg") && request.failure()?.errorText === "net::ERR_ABORTED";
  context.on("requestfailed", request => left(request) || noted.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  context.on("response", response => {
    if (response.status() >= 400 && !response.request().isNavigationRequest()) noted.push(`${response.status()}: ${response.url()}`);
  });
  return noted;
}
