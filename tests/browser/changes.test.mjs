// What git tells, in a browser: the page of changes, the history of a document, and the pages that lead on from
// addresses that were. The repository is made here; without git there is nothing to look at.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { browser, build, folder, fromDisk, none, serve, watch } from "./site.mjs";

const repository = folder();
const git = (day, author, ...told) => execFileSync("git", told, { cwd: repository, stdio: "ignore", env: { ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null", GIT_AUTHOR_NAME: author, GIT_AUTHOR_EMAIL: "a@example.org", GIT_COMMITTER_NAME: author,
  GIT_COMMITTER_EMAIL: "a@example.org", GIT_AUTHOR_DATE: `${day}T12:00:00Z`, GIT_COMMITTER_DATE: `${day}T12:00:00Z` } });
function put(path, text) {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
}
function commit(day, author, subject) {
  git(day, author, "add", "-A");
  git(day, author, "commit", "-q", "-m", subject);
}
const plan = (id, top, body = "") => `---\nid: ${id}\nowner: Hana Sato\n${top}\n---\n# Ship ${id}\n\nHow it is built, and why.\n\n${body}\n`;

git("2026-01-05", "Ana", "init", "-q", "-b", "main");
put("docs/plans/words.md", "# Words\n\n**Status:** Draft\n\nA document without an id, known by its file's name.\n");
put("docs/plans/1.md", plan("PLAN-1", "status: active\nsuperseded_by: PLAN-2"));
put("docs/plans/2.md", plan("PLAN-2", "status: draft\nexpires: 2026-07-03", "- [ ] one\n- [ ] two"));
put("docs/plans/gone.md", plan("PLAN-9", "status: draft"));
put("docs/plansite.toml", '[site]\nrepository = "https://forge.example/team/repo"\n');
commit("2026-01-05", "Ana Silva", "Begin");
put("docs/plans/2.md", plan("PLAN-2", "status: active\nexpires: 2026-12-01\naliases: [/old/plan/, 'index.html']", "- [x] one\n- [ ] two"));
commit("2026-02-05", "Ben Cho", "<b>Weekly</b> \u202ereview");
renameSync(join(repository, "docs/plans/words.md"), join(repository, "docs/plans/terms.md"));
rmSync(join(repository, "docs/plans/gone.md"));
put("docs/plans/3.md", plan("PLAN-3", "status: draft", "[gone](gone.md)"));
commit("2026-03-05", "Ana Silva", "Tidy up");

const root = build(join(repository, "docs"));
const opened = await browser();
const base = await serve(root);

describe("pages that lead on", () => {
  const ways = {
    "latest/plan-1/index.html": "plans/plan-2/index.html",
    "latest/plan-2/index.html": "plans/plan-2/index.html",
    "plans/words/index.html": "plans/terms/index.html",
    "old/plan/index.html": "plans/plan-2/index.html",
  };
  for (const [place, origin] of [["from a server", base], ["from disk", fromDisk(root)]]) {
    for (const javaScriptEnabled of [true, false]) {
      test(`${place}, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
        const context = await opened.newContext({ javaScriptEnabled });
        const noted = await watch(context, origin);
        for (const [from, to] of Object.entries(ways)) {
          const page = await context.newPage();
          await page.goto(origin + from);
          await page.waitForURL(origin + to);
          await page.close();
        }
        await context.close();
        none(noted.filter(text => !text.startsWith("failed:"))); // what the left page had asked for is given up
      });
    }
  }
  test("the front page is nobody's alias", async () => {
    const page = await opened.newPage();
    await page.goto(`${base}index.html`);
    assert.equal(await page.locator("h1").innerText(), "Overview");
    await page.close();
  });
});

describe("changes", () => {
  test("are sentences, with who and the commit, the latest first", async () => {
    const page = await opened.newPage();
    await page.goto(`${base}changes/index.html`);
    const said = await page.locator(".chg li b").allInnerTexts();
    assert.deepEqual(said.slice(0, 4), ["Written as a draft", "Renamed from words.md to terms.md", "Deleted",
      "Became active; expiry moved from 3 July to 1 December 2026 (+151 days); 1 task done (1 of 2)"]);
    const row = page.locator(".chg li", { hasText: "Became active" });
    assert.match(await row.innerText(), /PLAN-2 Ship PLAN-2/);
    assert.match(await row.innerText(), /“<b>Weekly<\/b> \ufffdreview”/);
    assert.match(await row.innerText(), /Ben Cho/);
    assert.match(await row.locator("a.k").getAttribute("href"), /^https:\/\/forge\.example\/team\/repo\/commit\/[0-9a-f]{10}$/);
    assert.deepEqual(await page.locator(".chg h3").allInnerTexts(), ["Thursday 5 March 2026", "Thursday 5 February 2026", "Monday 5 January 2026"]);
    await page.close();
  });

  test("can be narrowed, and empty days go away", async () => {
    const page = await opened.newPage();
    await page.goto(`${base}changes/index.html?status=active`);
    await page.locator(".chg li:visible").first().waitFor();
    const days = await page.locator(".chg h3:visible").allInnerTexts();
    assert(!days.includes("Thursday 5 March 2026") && days.includes("Thursday 5 February 2026"), days.join());
    await page.close();
  });

  test("stand on the overview and on the document's page", async () => {
    const page = await opened.newPage();
    await page.goto(`${base}index.html`);
    assert.match(await page.locator("section[aria-labelledby=rc]").innerText(), /Became active; expiry moved[\s\S]*PLAN-2 · Ben/);
    await page.locator("section[aria-labelledby=rc] a.more").click();
    assert.equal(await page.locator("h1").innerText(), "Changes");
    await page.goto(`${base}plans/plan-2/index.html`);
    const history = await page.locator("section[aria-labelledby=ps-history]").innerText();
    assert.match(history, /2 commits, 2 authors/);
    assert.match(history, /Became active[\s\S]*Ben Cho: “<b>Weekly<\/b> \ufffdreview”[\s\S]*5 Feb/);
    await page.close();
  });

  test("of what was deleted name the commit where something leads to it", async () => {
    const page = await opened.newPage();
    await page.goto(`${base}plans/plan-3/index.html`);
    assert.match(await page.locator(".prose .bref").innerText(), /^gone deleted in [0-9a-f]{7} on 5 Mar$/);
    await page.close();
  });

  test("are a feed that the browser can read", async () => {
    const page = await opened.newPage();
    await page.goto(`${base}index.html`);
    const href = await page.locator('link[type="application/atom+xml"]').getAttribute("href");
    const feed = await page.evaluate(async (address) => {
      const text = await (await fetch(address)).text();
      const feed = new DOMParser().parseFromString(text, "application/xml");
      return { error: feed.querySelector("parsererror")?.textContent, titles: [...feed.querySelectorAll("entry > title")].map((title) => title.textContent) };
    }, href);
    assert.equal(feed.error, undefined);
    assert(feed.titles.includes("PLAN-2 became active") && feed.titles.includes("PLAN-9 was deleted"), feed.titles.join("\n"));
    await page.close();
  });
});
