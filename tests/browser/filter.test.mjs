// The filter bar: with and without scripts, its address, its counts, and lists that are cut into pages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { PAGES, browser, build, fromDisk, none, plans, serve, watch } from "./site.mjs";

const root = build();
const opened = await browser();
const base = await serve(root);

const rows = page => page.locator("main tr[data-row]:visible").count();
const said = page => page.locator("[data-shown]").textContent();
const menu = (page, name) => page.locator(`.sel[data-name=${name}]`);
const choose = async (page, name, label) => {
  if (!await menu(page, name).locator("details[open]").count()) await menu(page, name).locator("summary").click();
  await menu(page, name).getByRole("checkbox", { name: new RegExp(`^${label} `) }).click();
};
// What each value of each menu says it would leave.
const counts = page => page.evaluate(() => [...document.querySelectorAll(".sel")].flatMap(sel =>
  [...sel.querySelectorAll("label")].map(label => [sel.dataset.name, label.querySelector("input").value, Number(label.querySelector(".n").textContent)])));

async function at(path, options = {}) {
  const context = await opened.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const noted = await watch(context, path.startsWith("file:") ? path.split("/site/")[0] : base);
  const page = await context.newPage();
  await page.goto(path.includes(":") ? path : base + path);
  return { context, page, noted };
}

test("values of one field are alternatives, fields are conditions, and the line tells how many are left", async () => {
  const { context, page, noted } = await at(PAGES.all);
  const total = await rows(page);
  assert.equal(await said(page), `${total} documents`);
  await choose(page, "owner", "Hana Sato");
  const hana = await rows(page);
  assert(hana > 0 && hana < total);
  assert.equal(await said(page), `${hana} of ${total} documents`);
  await choose(page, "owner", "Priya Raman");
  const both = await rows(page);
  assert(both > hana, "an alternative adds rows");
  assert.equal(await menu(page, "owner").locator("summary b").textContent(), "2 people");
  await choose(page, "kind", "ADRs");
  assert(await rows(page) < both, "a condition takes rows away");
  await page.waitForURL(/\?kind=adr&owner=hana-sato,priya-raman$/);
  for (const owner of await page.locator("main tr[data-row]:visible").evaluateAll(all => all.map(row => row.dataset.f))) {
    assert.match(owner, /kind:adr .*owner:(hana-sato|priya-raman)/);
  }
  await context.close();
  none(noted);
});

test("every count is the number of rows that its value leaves, whatever else is chosen", async () => {
  for (const first of ["", "?status=active", "?owner=priya-raman&is=expired,contradiction"]) {
    const { context, page } = await at(PAGES.all + first);
    const before = new URLSearchParams(first);
    const wrong = [];
    const all = first ? await counts(page) : await page.evaluate(() => []);
    assert(!first || all.length > 15);
    for (const [name, value, count] of all) {
      // alone in its field, beside what the other fields have
      const query = new URLSearchParams(before);
      query.set(name, value);
      await page.goto(`${base}${PAGES.all}?${query}`);
      const shown = await rows(page);
      if (shown !== count) wrong.push(`${first} with ${name}:${value} has ${shown} rows, not ${count}`);
    }
    await context.close();
    none(wrong);
  }
});

test("without scripts each value is a link to its page, which has as many rows as the value says", async () => {
  const { context, page, noted } = await at(PAGES.all, { javaScriptEnabled: false });
  assert(!await page.locator(".fbar input").isVisible(), "a field that does nothing isn't shown");
  await menu(page, "owner").locator("summary").click();
  assert(await menu(page, "owner").getByText("Hana Sato").isVisible());
  const links = await page.locator(".sel a[data-v]").evaluateAll(all => all.map(link => [link.href, Number(link.querySelector(".n").textContent)]));
  assert(links.length > 20, `${links.length} values`);
  const wrong = [];
  for (const [href, count] of links) {
    await page.goto(href);
    const shown = await page.locator("main [data-row]").count();
    // who owns something may own pages too, which have no status; the counts of the list are of the same documents
    if (shown !== count) wrong.push(`${href} has ${shown} rows, not ${count}`);
  }
  await context.close();
  none([...wrong, ...noted]);
});

test("the address restores the filter; back and forward go through its steps", async () => {
  const { context, page, noted } = await at(`${PAGES.all}?owner=hana-sato&q=data`);
  const wanted = await rows(page);
  assert.equal(await page.locator(".fbar input[type=search]").inputValue(), "data");
  assert.match(await said(page), new RegExp(`^${wanted} of `));
  await page.goto(base + PAGES.all);
  const total = await rows(page);
  await choose(page, "status", "Active");
  const active = await rows(page);
  await choose(page, "kind", "Plans");
  const plans = await rows(page);
  assert(plans < active && active < total);
  await page.goBack();
  assert.equal(await rows(page), active);
  await page.goBack();
  await page.waitForURL(url => !url.search);
  assert.equal(await rows(page), total);
  await page.goForward();
  assert.equal(await rows(page), active);
  await page.locator("main tr[data-row]:visible .ti a").first().click();
  await page.waitForURL(url => !url.pathname.includes("/all/"));
  await page.goBack();
  assert.equal(await rows(page), active, "back from a document too");
  await context.close();
  none(noted);
});

test("f leads to the field, letters narrow, Escape leaves it, x clears", async () => {
  const { context, page, noted } = await at(PAGES.all);
  const total = await rows(page);
  await page.keyboard.press("f");
  await page.keyboard.type("double ledger");
  await page.waitForFunction(() => location.search === "?q=double%20ledger");
  assert.equal(await rows(page), 1);
  await page.keyboard.press("x");
  assert.match(await page.locator(".fbar input[type=search]").inputValue(), /x$/, "in the field x is a letter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("x");
  assert.equal(await rows(page), total);
  await page.waitForURL(url => !url.search);
  await page.keyboard.press("f");
  await page.keyboard.type("no document says this");
  await page.waitForFunction(() => document.querySelector("[data-shown]").textContent.startsWith("0 of"));
  assert(await page.getByText("No document passes these filters").isVisible());
  await page.getByRole("button", { name: "Clear filters" }).click();
  assert.equal(await rows(page), total);
  await context.close();
  none(noted);
});

test("menus work with the keyboard alone", async () => {
  const { context, page, noted } = await at(PAGES.all);
  await menu(page, "is").locator("summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.waitForURL(/\?is=expired$/);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".sel details[open]").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY", "the focus stays with the menu");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  // the cross beside the menu clears its field
  await page.waitForURL(url => !url.search);
  await context.close();
  none(noted);
});

test("axe has nothing to say about open menus, chosen values and rows made by the script", async () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const many = await serve(build(plans(700)));
  const wrong = [];
  for (const colorScheme of ["light", "dark"]) {
    const page = await opened.newPage({ bypassCSP: true, viewport: { width: 1440, height: 900 }, colorScheme });
    for (const [address, density] of [[base + PAGES.board, "rows"], [`${many}board/index.html`, "rows"], [`${many}board/index.html`, "cards"], [`${many}all/index.html`, "cards"]]) {
      await page.goto(`${address}?owner=ana-ruiz,hana-sato`);
      await page.evaluate(density => { document.documentElement.dataset.density = density; }, density);
      await page.waitForFunction(() => document.querySelector("[data-shown]").textContent.includes(" of "));
      await menu(page, "is").locator("summary").click();
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
      wrong.push(...found.violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(node => `${address} ${density} ${colorScheme}: ${id} at ${node.target.join(" ")}`)));
    }
    await page.close();
  }
  none(wrong);
});

test("an address can name anything and nothing of it is taken for HTML", async () => {
  const odd = encodeURIComponent('"><img src=x onerror=alert(1)>');
  const { context, page, noted } = await at(`${PAGES.all}?owner=${odd}&q=${odd}&kind=__proto__&is=constructor`);
  assert.match(await said(page), /^0 of/);
  assert.equal(await page.locator(".fbar img, main img").count(), 0);
  assert(await menu(page, "owner").locator("summary b").textContent().then(text => text.includes("<img")));
  await context.close();
  none(noted);
});

describe("a list that is cut into pages", async () => {
  const many = build(plans(1130));
  const disk = `${fromDisk(many)}all/2/index.html`;

  test("asks for nothing before it is filtered, and then covers every page, from disk too", async () => {
    const { context, page, noted } = await at(disk);
    const asked = [];
    page.on("request", request => asked.push(request.url()));
    await page.reload();
    assert.equal(await said(page), "1130 documents");
    assert.deepEqual(asked.filter(url => url.includes("rows.js")), []);
    assert.equal(await menu(page, "owner").locator("label").filter({ hasText: "Ana Ruiz" }).locator(".n").textContent(), "565");
    await choose(page, "is", "Expired");
    await page.waitForFunction(() => document.querySelector("[data-shown]").textContent.includes(" of "));
    // every tenth expires, of which every third is completed
    assert.equal(await said(page), "75 of 1130 documents");
    assert.equal(await rows(page), 75);
    await choose(page, "tag", "stone");
    const own = await page.locator("main tr[data-row]:visible .id").allTextContents();
    const wanted = Array.from({ length: 1130 }, (_, n) => n).filter(n => n % 10 === 0 && n % 3 && n % 7 === 0);
    assert.deepEqual(own.map(id => Number(id.slice(5))).sort((a, b) => a - b), wanted);
    assert.match(await page.locator("main tr[data-row]:visible").first().innerText(), /Expired 326 d ago/);
    await page.keyboard.press("Escape");
    await page.keyboard.press("x");
    assert.equal(await rows(page), 500, "the page's own rows are back");
    await context.close();
    none(noted);
  });

  test("is sorted over all pages, keeps that in the address, and shows more when asked", async () => {
    const { context, page, noted } = await at(disk);
    await page.getByRole("columnheader", { name: "ID" }).getByRole("button").click();
    await page.waitForFunction(() => location.search === "?sort=id");
    const ids = () => page.locator("main tr[data-row]:visible .id").allTextContents();
    assert.deepEqual((await ids()).slice(0, 2), ["PLAN-0000", "PLAN-0001"]);
    await page.getByRole("columnheader", { name: "ID" }).getByRole("button").click();
    assert.deepEqual((await ids()).slice(0, 2), ["PLAN-1129", "PLAN-1128"]);
    assert.equal(await page.getByRole("columnheader", { name: "ID" }).getAttribute("aria-sort"), "descending");
    assert.equal((await ids()).length, 200);
    await page.getByRole("button", { name: "Show 200 more" }).click();
    assert.equal((await ids()).length, 400);
    await page.reload();
    await page.waitForFunction(() => document.querySelector("th[aria-sort=descending]"));
    assert.equal((await ids())[0], "PLAN-1129");
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("th[aria-sort=ascending]"));
    await page.goBack();
    assert.equal(await rows(page), 500);
    await context.close();
    none(noted);
  });

  test("on a later day what has expired since passes too", async () => {
    const context = await opened.newContext();
    const page = await context.newPage();
    await page.clock.setFixedTime(new Date("2027-06-01T10:00:00Z"));
    await page.goto(`${base}${PAGES.all}?is=expired`);
    const then = await rows(page);
    await page.clock.setFixedTime(new Date("2026-11-23T10:00:00Z"));
    await page.goto(`${base}${PAGES.all}?is=expired`);
    const built = await rows(page);
    assert(then > built && built > 0, `${built}, later ${then}`);
    await context.close();
  });
});
