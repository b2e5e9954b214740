// The board: where each document stands, its density and folds, its arrows, its tabs, and filters that reach further.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PAGES, browser, build, none, plans, serve, watch } from "./site.mjs";

const root = build();
const opened = await browser();
const base = await serve(root);
const slug = text => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");

async function at(path, options = {}) {
  const context = await opened.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const noted = await watch(context, base);
  const page = await context.newPage();
  await page.goto(base + path);
  return { context, page, noted };
}

// Each lane's word, its count, and the addresses of its cards.
const lanes = page => page.evaluate(() => [...document.querySelectorAll(".board section[data-lane]")].map(lane => ({
  word: lane.dataset.lane, count: Number(lane.querySelector("[data-n]").textContent),
  cards: [...lane.querySelectorAll(".card:not([hidden])")].map(card => card.dataset.key), more: lane.querySelector(".morerow")?.textContent ?? "",
})));

test("in every grouping each document stands where it should, and every count is true", async () => {
  const { documents } = JSON.parse(readFileSync(join(root, "data/documents.json"), "utf8"));
  const tracked = documents.filter(document => document.tracked);
  assert(tracked.length > 30);
  const groups = {
    board: document => [`status:${document.status?.stage ?? "unknown"}`],
    boardByOwner: document => document.owners.length ? document.owners.map(owner => `owner:${slug(owner)}`) : ["owner:-"],
    boardByKind: document => [`kind:${document.kind}`],
    boardByTag: document => document.tags.length ? document.tags.map(tag => `tag:${slug(tag)}`) : ["tag:-"],
  };
  const { context, page, noted } = await at(PAGES.board, { javaScriptEnabled: false });
  for (const [name, words] of Object.entries(groups)) {
    await page.goto(base + PAGES[name]);
    const wanted = new Map();
    for (const document of tracked) for (const word of new Set(words(document))) wanted.set(word, (wanted.get(word) ?? new Set()).add(`${document.url}index.html`));
    const shown = await lanes(page);
    assert.deepEqual(shown.filter(lane => lane.count).map(lane => lane.word).sort(), [...wanted.keys()].sort(), name);
    for (const { word, count, cards, more } of shown.filter(lane => lane.count)) {
      assert.equal(count, wanted.get(word).size, `${name} ${word}`);
      for (const card of cards) assert(wanted.get(word).has(card), `${name}: ${card} stands in ${word}`);
      const rest = count - cards.length;
      assert(rest ? more.startsWith(`${rest} more in `) : !more, `${name} ${word}: ${cards.length} of ${count}, “${more}”`);
    }
    assert.match(await page.locator("[data-shown]").textContent(), new RegExp(`^${tracked.length} documents$`));
  }
  await context.close();
  none(noted);
});

test("what can't be understood stands under Unknown, with the word as written", async () => {
  const { context, page } = await at(PAGES.board);
  assert.match(await page.locator("[data-lane='status:unknown']").innerText(), /parked/);
  await context.close();
});

test("the segmented control leads to the groupings and keeps the filter", async () => {
  const { context, page, noted } = await at(`${PAGES.board}?kind=plan`);
  const ways = page.getByRole("navigation", { name: "Group by" });
  assert.equal(await ways.locator("[aria-current=page]").textContent(), "Status");
  const count = await page.locator("[data-shown]").textContent();
  await ways.getByRole("link", { name: "Owner" }).click();
  await page.waitForURL(/by-owner\/index.html\?kind=plan$/);
  assert.equal(await page.locator("[data-shown]").textContent(), count);
  await context.close();
  none(noted);
});

test("a filtered board counts what it shows, each document once", async () => {
  for (const name of ["board", "boardByOwner", "boardByTag"]) {
    const { context, page, noted } = await at(`${PAGES[name]}?owner=priya-raman,hana-sato&status=active,accepted,draft`);
    await page.waitForFunction(() => document.querySelector("[data-shown]").textContent.includes(" of "));
    const shown = await lanes(page);
    const distinct = new Set(await page.evaluate(() => [...document.querySelectorAll(".board .card:not([hidden])")].map(card => card.href)));
    assert.equal(Number((await page.locator("[data-shown]").textContent()).split(" ")[0]), distinct.size, name);
    assert(distinct.size > 2);
    for (const { word, count, cards } of shown) assert.equal(await page.locator(`section[data-lane="${word}"] .card:not([hidden])`).count(), count, `${name} ${word} ${cards}`);
    await context.close();
    none(noted);
  }
});

test("density is the reader's: remembered on every board, and never asked of who has no script", async () => {
  const { context, page, noted } = await at(PAGES.board);
  const height = () => page.locator(".card:visible").first().evaluate(card => card.getBoundingClientRect().height);
  assert(await height() > 60, "cards");
  await page.getByRole("button", { name: "Rows" }).click();
  assert(await height() < 32, "rows");
  await page.goto(base + PAGES.boardByKind);
  assert(await height() < 32, "remembered");
  assert.equal(await page.getByRole("button", { name: "Rows" }).getAttribute("aria-pressed"), "true");
  assert.equal(await page.locator(".card:visible .sg .sr").first().evaluate(word => word.textContent.length > 3), true, "an icon alone has its word");
  assert(await page.locator(".rowkey").first().isVisible(), "and a legend");
  await page.getByRole("button", { name: "Cards" }).click();
  assert(await height() > 60);
  await context.close();
  none(noted);
  const bare = await at(PAGES.board, { javaScriptEnabled: false });
  assert(!await bare.page.getByRole("button", { name: "Rows" }).isVisible());
  assert(await bare.page.locator(".card").first().evaluate(card => card.getBoundingClientRect().height) > 60);
  await bare.context.close();
});

test("folds are remembered", async () => {
  const { context, page, noted } = await at(PAGES.board);
  const lane = page.locator("[data-lane='status:superseded']");
  await lane.locator(".fold").focus();
  await page.keyboard.press("Enter");
  assert(!await lane.locator(".card").first().isVisible());
  assert.equal(await lane.locator(".fold").getAttribute("aria-expanded"), "false");
  await page.reload();
  assert(!await lane.locator(".card").first().isVisible(), "after a reload");
  await lane.locator(".fold").click();
  await page.reload();
  assert(await lane.locator(".card").first().isVisible());
  await context.close();
  none(noted);
});

test("j and k go through the cards, arrows from column to column", async () => {
  const { context, page, noted } = await at(PAGES.board);
  const focus = () => page.evaluate(() => ({ left: document.activeElement.getBoundingClientRect().left, is: document.activeElement.className }));
  await page.keyboard.press("j");
  const first = await focus();
  assert.match(first.is, /card/);
  const columns = [first.left];
  for (let step = 0; step < 4; step++) {
    await page.keyboard.press("ArrowRight");
    columns.push((await focus()).left);
  }
  assert.deepEqual(columns, columns.toSorted((a, b) => a - b));
  assert.equal(new Set(columns).size, 5, "four columns, of which one has two decks");
  await page.keyboard.press("ArrowLeft");
  assert.equal((await focus()).left, columns[3]);
  await context.close();
  none(noted);
});

test("on a phone tabs jump, Active comes first, closed columns are folded, with and without scripts", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { context, page, noted } = await at(PAGES.board, { javaScriptEnabled, viewport: { width: 390, height: 844 } });
    const tops = await page.locator(".board section").evaluateAll(all => all.map(one => [one.dataset.lane, one.getBoundingClientRect().top]).sort((a, b) => a[1] - b[1]));
    assert.equal(tops[0][0], "status:active");
    assert.match(await page.locator(".mtabs a").first().textContent(), /Active/);
    const lane = page.locator("[data-lane='status:accepted']");
    assert(!await lane.locator(".card").first().isVisible());
    await page.locator(".mtabs a", { hasText: "Accepted" }).click();
    assert(await lane.locator(".card").first().isVisible(), "its tab opens it");
    await context.close();
    none(noted);
  }
});

test("a board that leaves cards out filters all of them, and its more leads to a page with the same filter", async () => {
  const many = await serve(build(plans(700)));
  const context = await opened.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${many}board/index.html`);
  const before = await page.locator("main").innerText();
  await page.goto(`${many}board/index.html?owner=ana-ruiz`);
  await page.waitForFunction(() => document.querySelector("[data-shown]").textContent.includes(" of "));
  assert.equal(await page.locator("[data-shown]").textContent(), "350 of 700 documents");
  // every second plan is Ana's, of these every third is completed
  assert.equal(await page.locator("section[data-lane='status:active'] .colh [data-n]").textContent(), "233");
  assert.equal(await page.locator(".colx [data-n]").textContent(), "117");
  const others = await page.locator(".card:not([hidden])").evaluateAll(all => all.filter(card => !(card.textContent + card.innerHTML).includes("Ana Ruiz")).length);
  assert.equal(others, 0);
  const more = page.locator(".blk:not([hidden]) .morerow:not([hidden])");
  const shown = await page.locator(".card:not([hidden])").count();
  assert.equal(await more.textContent(), `${233 - shown} more`);
  await page.locator(".colx").click();
  await page.waitForURL(/board\/completed\/index.html\?owner=ana-ruiz$/);
  assert.equal(await page.locator("[data-shown]").textContent(), "117 of 234 documents");
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("[data-shown]").textContent.includes(" of "));
  await page.keyboard.press("x");
  assert.equal(await page.locator("main").innerText(), before, "clearing brings all back");
  await context.close();
});
