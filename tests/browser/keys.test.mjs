// The keyboard map: each key does what the list says, outside fields only, and letters can be switched off.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGES, browser, build, serve } from "./site.mjs";

const opened = await browser();
const base = await serve(build());

test("g and a letter lead to each page", async () => {
  const page = await opened.newPage();
  // what the site has; the other letters have no page in every collection
  const places = { o: "index.html", b: "board/index.html", f: "freshness/index.html", a: "all/index.html", p: "problems/index.html" };
  for (const [key, path] of Object.entries(places)) {
    await page.goto(base + PAGES.plan);
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await page.waitForURL(base + path);
  }
  await page.close();
});

test("brackets go to the documents before and after within the kind, and to the pages of a list", async () => {
  const page = await opened.newPage();
  await page.goto(base + PAGES.kind);
  const links = await page.locator("tr[data-row] .ti a").evaluateAll(all => all.map(link => link.href));
  await page.goto(links[0]);
  await page.keyboard.press("[");
  assert.equal(page.url(), links[0], "before the first there is none");
  await page.keyboard.press("]");
  await page.waitForURL(links[1]);
  await page.keyboard.press("]");
  await page.waitForURL(links[2]);
  await page.keyboard.press("[");
  await page.waitForURL(links[1]);
  await page.close();
});

test("j and k go through rows, Enter opens", async () => {
  const page = await opened.newPage();
  await page.goto(base + PAGES.all);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const href = await page.evaluate(() => document.activeElement.href);
  assert.equal(href, await page.locator("tr[data-row] .ti a").first().evaluate(link => link.href));
  await page.keyboard.press("Enter");
  await page.waitForURL(href);
  await page.close();
});

test("the list of keys names them all, and its box switches letters off", async () => {
  const context = await opened.newContext();
  const page = await context.newPage();
  await page.goto(base + PAGES.board);
  await page.keyboard.press("?");
  const list = await page.getByRole("dialog").innerText();
  for (const key of ["Ctrl K", "/", "j", "k", "Enter", ..."obtfdrlap".split("").map(letter => `g ${letter}`), "[", "]", "f", "x", "e", "y", "t", "?", "Esc"]) {
    assert(list.split(/\s*\n\s*/).some(line => line.includes(key)), `${key} isn't listed`);
  }
  await page.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  for (const key of ["t", "f", "g", "a"]) await page.keyboard.press(key);
  await page.waitForTimeout(100);
  assert.equal(page.url(), base + PAGES.board);
  assert.equal(await page.evaluate(() => document.documentElement.hasAttribute("data-theme") || document.activeElement.tagName === "INPUT"), false);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Search" }).waitFor();
  await context.close();
});

test("letters in a field are letters", async () => {
  const page = await opened.newPage();
  await page.goto(base + PAGES.board);
  await page.keyboard.press("f");
  await page.keyboard.type("gatejk");
  assert.equal(await page.locator(".fbar input[type=search]").inputValue(), "gatejk");
  await page.close();
});
