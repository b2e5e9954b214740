// What scripts add to reading: the theme, the keys, ages counted for the reader's day. And what paper takes away.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGES, browser, build, serve } from "./site.mjs";

const root = build();
const opened = await browser();
const base = await serve(root);
const canvas = page => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("the theme follows the system until it is chosen, and the choice stays", async () => {
  const context = await opened.newContext({ colorScheme: "dark" });
  const page = await context.newPage();
  await page.goto(base);
  assert.equal(await canvas(page), "rgb(15, 16, 18)");
  await page.getByRole("button", { name: /light/i }).first().click();
  assert.equal(await canvas(page), "rgb(255, 255, 255)");
  await page.goto(base + PAGES.plan);
  assert.equal(await canvas(page), "rgb(255, 255, 255)");
  await context.close();
});

test("keys: help, the board, the skip link", async () => {
  const page = await opened.newPage();
  await page.goto(base);
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.className), /skip/);
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await page.waitForURL(base + PAGES.board);
  await page.close();
});

test("ages are counted again for the reader's day", async () => {
  const context = await opened.newContext();
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date("2027-01-05T12:00:00Z"));
  await page.goto(base + "plans/plan-031/index.html");
  // due on 4 December 2026, 32 days before the reader's day
  assert.match(await page.locator("main").innerText(), /32 d(ays)? ago/);
  assert.match(await page.locator("body").innerText(), /43 days/);
  await context.close();
});

test("paper gets the text, whole and black on white", async () => {
  const page = await opened.newPage({ colorScheme: "dark" });
  await page.goto(base + PAGES.plan);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".side").isVisible(), false);
  assert.equal(await canvas(page), "rgb(255, 255, 255)");
  const pdf = await page.pdf();
  assert(pdf.length > 20_000);
  await page.close();
});
