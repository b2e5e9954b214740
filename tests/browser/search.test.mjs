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
