// Each type of page, as a reader gets it: from a server under a sub-path, from disk, and without scripts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PAGES, browser, build, each, fromDisk, none, serve, watch } from "./site.mjs";

const root = build();
const opened = await browser();
const base = await serve(root);
const WIDTHS = [390, 820, 1024, 1440, 1920];

describe("no error, no refusal by the policy, no request elsewhere, and all fits", () => {
  for (const [place, origin] of [["from a server", base], ["from disk", fromDisk(root)]]) {
    for (const javaScriptEnabled of [true, false]) {
      test(`${place}, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
        const context = await opened.newContext({ javaScriptEnabled });
        const noted = await watch(context, origin);
        const wide = [];
        await each(Object.entries(PAGES), async ([name, path]) => {
          const page = await context.newPage();
          await page.goto(origin + path, { waitUntil: "load" });
          assert.equal(await page.locator("h1:visible").count(), 1, `${name}: one visible h1`);
          const text = await page.locator("main").innerText();
          assert(text.trim().length > 40, `${name}: nothing to read`);
          // The layout is the same from a server and from disk; it is measured once with scripts and once without.
          for (const width of origin === base ? WIDTHS : []) {
            await page.setViewportSize({ width, height: 900 });
            const over = await page.evaluate(overflow);
            if (over) wide.push(`${name} at ${width} px: ${over}`);
          }
          await page.close();
        });
        await context.close();
        // without a base_url the page for lost addresses has to look for its style in several folders
        const searching = text => /assets\/(style\.css|site\.js)|404\.html/.test(text);
        none(noted.filter(text => !searching(text)));
        none(wide);
      });
    }
  }
});

// What makes the page scroll sideways, or nothing.
function overflow() {
  const page = document.scrollingElement;
  if (page.scrollWidth <= page.clientWidth) return undefined;
  const outside = [...document.body.querySelectorAll("*")].filter(element => element.getBoundingClientRect().right > page.clientWidth + 0.5);
  const names = outside.slice(-3).map(element => `${element.tagName.toLowerCase()}.${element.getAttribute("class")}`);
  return `${page.scrollWidth} px wide, by ${names.join(", ")}`;
}

test("an address without a page shows the page for it, with its style and links that lead back", async () => {
  const context = await opened.newContext();
  const noted = await watch(context, base);
  for (const path of ["nowhere/", "plans/plan-999/phase/", "a/b/c/d.html", "all/%3Cscript%3E"]) {
    const page = await context.newPage();
    const response = await page.goto(base + path);
    assert.equal(response.status(), 404);
    assert.equal(await page.locator("h1").innerText(), "Page not found");
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector("main")).paddingLeft), "0px", `${path}: no style`);
    await page.getByRole("main").getByRole("link", { name: "All documents" }).click();
    await page.waitForURL(base + "all/index.html");
    await page.close();
  }
  const missing = noted.filter(text => !text.includes("404") && !/assets\/(style\.css|site\.js)/.test(text));
  await context.close();
  none(missing);
});

test("links can be followed without scripts, from disk", async () => {
  const context = await opened.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${fromDisk(root)}index.html`);
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Board" }).click();
  assert.equal(await page.locator("h1").innerText(), "Board");
  await page.getByRole("link", { name: "Double-entry ledger migration" }).first().click();
  assert.equal(await page.locator("h1").innerText(), "Double-entry ledger migration");
  await page.getByRole("link", { name: "ADR-0012 Double-entry postings" }).first().click();
  assert.match(page.url(), /\/decisions\/adr-0012\/index\.html$/);
  await context.close();
});
