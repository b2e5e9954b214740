// The search: opened by key or button, narrowed by facets, harmless whatever is typed or written.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PAGES, browser, build, fromDisk, none, serve, watch } from "./site.mjs";

const root = build();
const opened = await browser();
const base = await serve(root);

async function open(origin, path = PAGES.board) {
  const context = await opened.newContext();
  const noted = await watch(context, origin);
  const page = await context.newPage();
  await page.goto(origin + path);
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog");
  await dialog.locator("input[type=search]").waitFor();
  const ask = async text => {
    await dialog.locator("input[type=search]").fill(text);
    await page.waitForFunction(() => ["done", "empty"].includes(document.querySelector("[role=dialog]").dataset.state));
    await page.waitForTimeout(300);
    await page.waitForFunction(() => ["done", "empty"].includes(document.querySelector("[role=dialog]").dataset.state));
  };
  return { context, page, dialog, noted, ask, results: dialog.locator("[data-results] a") };
}

for (const [place, origin] of [["from a server", base], ["from disk", fromDisk(root)]]) {
  describe(place, () => {
    test("finds, marks, narrows and opens", async () => {
      const { context, page, dialog, noted, ask, results } = await open(origin);
      await ask("outbox");
      assert.match(await results.first().innerText(), /Event outbox, exactly once/);
      const all = await results.count();
      assert(all >= 3, `${all} results`);
      assert.equal((await dialog.locator("[data-results] mark").first().innerText()).toLowerCase(), "outbox");
      await dialog.getByRole("checkbox", { name: /ADRs/ }).check();
      await page.waitForFunction(count => document.querySelectorAll("[data-results] a").length < count, all);
      assert.match(await results.first().innerText(), /Outbox relay/);
      await dialog.getByRole("checkbox", { name: /ADRs/ }).uncheck();
      await page.waitForFunction(count => document.querySelectorAll("[data-results] a").length === count, all);
      await dialog.locator("input[type=search]").focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/(decisions|plans)\/(adr|plan)-\d+\/(index\.html)?(#.*)?$/);
      assert.equal(await page.locator("h1").count(), 1);
      await context.close();
      none(noted);
    });

    test("an id or part of one comes first", async () => {
      const { context, ask, results } = await open(origin);
      for (const id of ["PLAN-023", "plan-23", "adr-0018"]) {
        await ask(id);
        const number = id.replace(/\D+0*/, "");
        assert.match(await results.first().innerText(), new RegExp(`-0*${number}\\b`), id);
      }
      await context.close();
    });
  });
}

test("a box of a facet is a filter in the line, and both stand in the address", async () => {
  const { context, page, dialog, noted, ask, results } = await open(base);
  const field = dialog.locator("input[type=search]");
  await ask("ledger");
  await dialog.getByRole("checkbox", { name: /Superseded/ }).check();
  await page.waitForFunction(() => document.querySelector("[role=dialog]").dataset.state === "done");
  assert.equal(await field.inputValue(), "ledger is:superseded");
  assert.equal(new URL(page.url()).searchParams.get("search"), "ledger is:superseded");
  for (const line of await results.allInnerTexts()) assert.match(line, /Superseded[^]*by /);
  await ask("ledger kind:rfc");
  assert.equal(await dialog.getByRole("checkbox", { name: /RFCs/ }).isChecked(), true);
  await dialog.getByRole("checkbox", { name: /RFCs/ }).uncheck();
  assert.equal(await field.inputValue(), "ledger");

  // who comes back to the address finds what stood there
  await ask("outbox is:open");
  await page.goto(page.url());
  await page.waitForFunction(() => document.querySelector("[role=dialog]")?.dataset.state === "done");
  assert.equal(await field.inputValue(), "outbox is:open");
  await page.keyboard.press("Escape");
  assert.equal(new URL(page.url()).search, "");
  await context.close();
  none(noted);
});

test("a result leads to the section that has the words, and unfolds the others", async () => {
  const { context, page, dialog, ask, results } = await open(base);
  await ask("outbox");
  assert.match(await results.first().innerText(), /PLAN-033[^]*Phase 3[^]*Task 3\.\d/);
  assert.match(await results.first().getAttribute("href"), /plans\/plan-033\/#/);
  assert.match(await dialog.innerText(), /\d documents, \d+ matches/);
  const before = await results.count();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowRight");
  assert(await results.count() > before);
  await page.keyboard.press("ArrowDown");
  assert.match(await dialog.locator("[data-results] [aria-selected=true]").getAttribute("href"), /plan-033\/#/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/plan-033\/#/);
  assert(await page.evaluate(() => document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null));
  await context.close();
});

test("the syntax that people know", async () => {
  const { context, dialog, ask, results } = await open(base);
  const ids = async text => {
    await ask(text);
    return (await results.allInnerTexts()).map(line => /\b[A-Z]+-\d+/.exec(line)?.[0]);
  };
  assert.deepEqual(await ids("\"logical decoding\""), ["ADR-0021", "PLAN-033"]);
  assert.equal(await dialog.getAttribute("data-state"), "done");
  assert(!(await ids("outbox -relay")).includes("ADR-0021"));
  assert((await ids("outbox")).includes("ADR-0021"));
  assert.deepEqual(await ids("title:outbox"), ["PLAN-033", "ADR-0021"]);
  assert((await ids("outb*")).includes("PLAN-033"));
  assert((await ids("*tbox")).includes("PLAN-033"));
  assert((await ids("outbix~1")).includes("PLAN-033"));
  assert((await ids("outbix")).includes("PLAN-033"));
  assert.match(await dialog.innerText(), /No “outbix”\. .* with “outbox”/);
  assert((await ids("owner:oliveira is:blocked outbox"))[0] === "PLAN-033");
  await context.close();
});

test("the page of the search finds the same, and is the table of all documents without scripts", async () => {
  const context = await opened.newContext();
  const noted = await watch(context, base);
  const page = await context.newPage();
  await page.goto(`${base}search/?q=outbox`);
  const found = page.locator("[data-search-page]");
  await page.waitForFunction(() => document.querySelector("[data-search-page]").dataset.state === "done");
  assert.match(await found.locator("[data-results] a").first().innerText(), /Event outbox, exactly once/);
  assert.equal(await page.locator("table").first().isVisible(), false);
  await found.locator("input[type=search]").fill("ledger");
  await page.waitForFunction(() => new URLSearchParams(location.search).get("q") === "ledger");
  await context.close();
  none(noted);
  const plain = await opened.newContext({ javaScriptEnabled: false });
  const without = await plain.newPage();
  await without.goto(`${base}search/`);
  assert(await without.locator("table tbody tr").count() > 30);
  assert(await without.locator("table").first().isVisible());
  await plain.close();
});

test("what was looked up before is found offline, and the router comes before all else", async () => {
  const { context, page, dialog, ask, results } = await open(base);
  await ask("outbox");
  await context.setOffline(true);
  await ask("ledger outbox");
  assert(await results.count() > 0);
  await context.setOffline(false);
  await context.close();
  const other = await opened.newContext();
  const asked = [];
  other.on("request", request => asked.push(request.url()));
  const fresh = await other.newPage();
  await fresh.goto(base);
  assert.deepEqual(asked.filter(url => /\/search\//.test(url)), []);
  await fresh.keyboard.press("Control+k");
  await fresh.getByRole("dialog").locator("input[type=search]").fill("outbox");
  await fresh.waitForFunction(() => document.querySelector("[role=dialog]").dataset.state === "done");
  const files = asked.filter(url => /\/search\/(router|index|store|text|words)/.test(url)).map(url => url.replace(/.*\/search\/|\.js.*/g, ""));
  assert.equal(files[0], "router");
  assert(files.length < 12, `${files}`);
  await other.close();
});

test("nothing found says what to do", async () => {
  const { context, page, dialog, ask } = await open(base);
  await ask("qqxxyyzz");
  assert.equal(await dialog.getAttribute("data-state"), "empty");
  assert((await dialog.innerText()).length > 60);
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await context.close();
});

test("what is typed and what is written stays text", async () => {
  const { context, page, noted, ask } = await open(base);
  for (const text of ["<img src=x onerror=alert(1)>", "\"><script>alert(1)</script>", "script alert", "title:\"", "a* -b ~2 ^^", "owner:", "%00"]) {
    await ask(text);
  }
  assert.equal(await page.locator("[data-results] img, [data-results] script").count(), 0);
  await context.close();
  none(noted);
});

test("focus goes in and comes back, and the page behind is out of reach", async () => {
  const context = await opened.newContext();
  const page = await context.newPage();
  await page.goto(base);
  const button = page.locator("[data-search]:visible").first();
  await button.click();
  await page.getByRole("dialog").locator("input[type=search]").waitFor();
  assert(await page.evaluate(() => document.querySelector("[role=dialog]").contains(document.activeElement)));
  assert(await page.evaluate(() => document.querySelector("main").closest("[inert]") !== null));
  await page.keyboard.press("Escape");
  assert(await page.evaluate(() => document.querySelector("main").closest("[inert]") === null));
  assert(await page.evaluate(() => document.activeElement.matches("[data-search]")));
  await context.close();
});
