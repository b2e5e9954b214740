// The drawings of what hangs together: they say what the table below says, nothing lies on anything, every box is a link
// that a keyboard reaches, and a large collection has a page a cluster.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { PAGES, browser, build, files, folder, fromDisk, none, serve, watch } from "./site.mjs";

const root = build();
const opened = await browser();
const base = await serve(root);

// 150 plans that depend on each other in one knot, a chain of four, and a ring of three that supersede each other.
const large = (() => {
  const docs = folder();
  mkdirSync(join(docs, "plans"));
  const plan = (number, more) => writeFileSync(join(docs, "plans", `${number}.md`),
    `---\nid: PLAN-${number}\nstatus: active\n${more}\n---\n# Plan number ${number} with a title that is too long for its box\n\ntext\n`);
  for (let at = 0; at < 150; at += 1) plan(at, at ? `depends_on: [PLAN-${Math.floor((at - 1) / 3)}, PLAN-${Math.max(at - 7, 0)}]` : "");
  for (let at = 200; at < 204; at += 1) plan(at, at > 200 ? `supersedes: PLAN-${at - 1}` : "tags: [chain]");
  for (let at = 300; at < 303; at += 1) plan(at, `supersedes: PLAN-${at === 302 ? 300 : at + 1}`);
  plan(400, "depends_on: PLAN-9999\nrelated: PLAN-401");
  plan(401, "");
  return build(docs);
})();

// What the drawings show, seen in the browser: boxes, and lines by the boxes that their ends touch.
const seen = page => page.evaluate(() => [...document.querySelectorAll("svg.dag")].map(svg => {
  const boxes = [...svg.querySelectorAll("a.n")].map(a => ({ href: new URL(a.getAttribute("href"), location).pathname,
    box: a.querySelector("rect").getBoundingClientRect().toJSON(), name: a.querySelector("title").textContent }));
  const matrix = svg.getScreenCTM();
  const lines = [...svg.querySelectorAll("path.e")].map(path => {
    const length = path.getTotalLength();
    const at = distance => path.getPointAtLength(distance).matrixTransform(matrix);
    const touches = ({ x, y }) => boxes.findIndex(({ box }) =>
      x > box.left - 3 && x < box.right + 3 && y > box.top - 3 && y < box.bottom + 3);
    const inside = ({ x, y }) => boxes.findIndex(({ box }) =>
      x > box.left + 3 && x < box.right - 3 && y > box.top + 3 && y < box.bottom - 3);
    const through = Array.from({ length: Math.ceil(length / 4) }, (_, step) => inside(at(step * 4))).filter(index => index >= 0);
    const [start, end] = [at(0), at(length)];
    return { kind: [...path.classList].find(name => name.startsWith("e-")).slice(2), from: boxes[touches(start)]?.href,
      to: boxes[touches(end)]?.href, up: start.y > end.y, through: through.map(index => boxes[index].name) };
  });
  return { boxes, lines };
}));

const KINDS = { supersedes: ["sup", "one"], "depends-on": ["dep"], blocks: ["blk"], decides: ["dec"], implements: ["imp"],
  "based-on": ["bas"], amends: ["ame"], related: ["rel"], mentions: ["men"] };
const rows = page => page.evaluate(() => [...document.querySelectorAll("table.rels tbody tr")].map(row => ({
  kind: row.dataset.kind, drawn: "drawn" in row.dataset, text: row.innerText,
  ends: [row.cells[0], row.cells[2]].map(cell => cell.querySelector("a")).map(a => a && new URL(a.getAttribute("href"), location).pathname) })));

function overlaps(boxes) {
  const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
  return boxes.flatMap((a, at) => boxes.slice(0, at).filter(b => !apart(a.box, b.box)).map(b => `${a.name} lies on ${b.name}`));
}

async function sound(address) {
  const context = await opened.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  const [drawings, table] = [await seen(page), await rows(page)];
  const wrong = [];
  const said = table.filter(row => row.drawn);
  const key = (from, to) => `${from} ${to}`;
  const lines = drawings.flatMap(drawing => drawing.lines);
  for (const drawing of drawings) {
    wrong.push(...overlaps(drawing.boxes));
    for (const line of drawing.lines) {
      if (!line.from || !line.to) wrong.push(`a line of ${line.kind} ends nowhere`);
      wrong.push(...line.through.map(name => `${line.kind} runs through ${name}`));
      if (!said.some(row => KINDS[row.kind].includes(line.kind) && key(...row.ends) === key(line.from, line.to))) {
        wrong.push(`${line.kind} from ${line.from} to ${line.to} has no row`);
      }
    }
  }
  for (const row of said) {
    const same = lines.some(line => KINDS[row.kind].includes(line.kind)
      && (key(...row.ends) === key(line.from, line.to) || (row.kind === "mentions" && key(...row.ends) === key(line.to, line.from))));
    if (!same) wrong.push(`the row "${row.text.replace(/\s+/g, " ")}" has no line`);
  }
  await context.close();
  none(wrong);
  return { drawings, table };
}

describe("drawing and table say the same, and nothing lies on anything", () => {
  test("in the example", async () => {
    const { drawings, table } = await sound(base + PAGES.relations);
    assert(drawings.length >= 3 && table.length > 40, `${drawings.length} drawings, ${table.length} rows`);
    const lines = drawings.flatMap(drawing => drawing.lines);
    const ups = lines.filter(line => ["sup", "one"].includes(line.kind));
    assert(ups.length >= 5 && ups.every(line => line.up), "supersession runs upward");
    assert(ups.some(line => line.kind === "one"), "a one-sided supersession looks different");
  });

  test("in each cluster of a large collection, circles too", async () => {
    const pages = files(large).filter(path => /^relations\/(?!list\/)[^/]+\/index\.html$/.test(path));
    assert(pages.length >= 4, pages.join());
    for (const path of pages) {
      const { drawings } = await sound(fromDisk(large) + path);
      assert.equal(drawings.length, 1, path);
      assert(drawings[0].boxes.length <= 80, `${path}: ${drawings[0].boxes.length} boxes`);
    }
  });
});

test("the list has every relation once, and says what leads nowhere", async () => {
  const page = await opened.newPage();
  await page.goto(fromDisk(large) + PAGES.relationList);
  const table = await rows(page);
  const stated = JSON.parse(readFileSync(join(large, "data/relations.json"), "utf8")).relations.filter(relation => !relation.inferred);
  assert.equal(table.length, stated.length);
  const nowhere = table.filter(row => row.ends[1] === null || row.ends[1] === undefined);
  assert.equal(nowhere.length, 1);
  assert.match(nowhere[0].text, /PLAN-400[\s\S]*depends on[\s\S]*no such document[\s\S]*PLAN-9999/);
  await page.close();
});

test("the index counts what it doesn't draw, and no page weighs too much", async () => {
  const page = await opened.newPage();
  await page.goto(fromDisk(large) + PAGES.relations);
  const text = await page.locator("main").innerText();
  assert.match(text, /159 of 159 documents in 3 clusters and 1 pair\. The largest is cut into \d+ parts/);
  assert.match(text, /1 pair is in the list, not drawn/);
  assert.equal(await page.locator("svg.dag").count(), 0);
  const numbers = await page.locator("td[data-l=Documents]").allInnerTexts();
  const drawn = numbers.map(Number).reduce((sum, number) => sum + number, 0);
  const scattered = Number(/(\d+) documents? hangs? on/.exec(text)?.[1] ?? 0);
  assert.equal(drawn + scattered, 157, "every document of a cluster is in a part or counted");
  await page.locator("td.ti a").first().click();
  await page.locator("svg.dag").first().waitFor();
  assert.equal(await page.locator("svg.dag").count(), 1);
  none(files(large).filter(path => path.startsWith("relations/") && statSync(join(large, path)).size > 1e6));
  await page.close();
});

test("boxes are links that a keyboard reaches, named in full, and the drawing scrolls in its own box", async () => {
  for (const width of [1440, 390]) {
    const context = await opened.newContext({ viewport: { width, height: 844 } });
    const noted = await watch(context, base);
    const page = await context.newPage();
    await page.goto(base + PAGES.relations);
    const box = page.locator(".dagbox").first();
    await box.focus();
    const overflows = await box.evaluate(element => element.scrollWidth > element.clientWidth);
    if (width === 390) {
      assert(overflows, "a drawing is wider than a phone");
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction(() => document.querySelector(".dagbox").scrollLeft > 0);
    }
    assert(await page.evaluate(() => document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth), "the page scrolls sideways");
    await box.focus();
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => ({ tag: document.activeElement.tagName, name: document.activeElement.querySelector("title")?.textContent,
      ring: getComputedStyle(document.activeElement.querySelector("rect")).stroke, plain: getComputedStyle(document.querySelectorAll("a.n")[1].querySelector("rect")).stroke }));
    assert.equal(focused.tag, "a");
    assert.notEqual(focused.ring, focused.plain, "focus shows");
    const target = page.getByRole("link", { name: /^PLAN-023 Double-entry ledger migration, Expired$/ });
    assert.equal(await target.count(), 1);
    await target.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${base}plans/plan-023/index.html`);
    await context.close();
    none(noted);
  }
});

test("texts are at least 12 px and stay within their boxes", async () => {
  for (const address of [base + PAGES.relations, `${fromDisk(large)}relations/plan-0/index.html`]) {
    const page = await opened.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(address);
    none(await page.evaluate(() => [...document.querySelectorAll("a.n")].flatMap(a => {
      const box = a.querySelector("rect").getBoundingClientRect();
      const [id, word, title] = [".d", ".w", ".tt"].map(part => a.querySelector(part));
      const wrong = [id, word, title].filter(text => parseFloat(getComputedStyle(text).fontSize) < 12).map(text => `${text.textContent} is too small`);
      for (const text of [id, word, title]) if (text.getBoundingClientRect().right > box.right - 4) wrong.push(`${text.textContent} leaves its box`);
      if (id.getBoundingClientRect().right > word.getBoundingClientRect().left) wrong.push(`${id.textContent} lies on ${word.textContent}`);
      return wrong;
    })));
    await page.close();
  }
});

test("lines differ without colour, and every kind of the legend is in the drawing", async () => {
  const page = await opened.newPage({ viewport: { width: 1440, height: 900 }, forcedColors: "active" });
  await page.goto(base + PAGES.relations);
  const look = await page.evaluate(() => [...document.querySelectorAll(".leg path.e")].map(path => {
    const style = getComputedStyle(path);
    const mark = name => document.querySelector(path.getAttribute(name)?.slice(4, -1) ?? "x-none")?.innerHTML.replace(/class="[^"]*"/, "") ?? "";
    return { kind: path.getAttribute("class"), used: document.querySelectorAll(`svg.dag .${path.classList[1]}`).length,
      stroke: style.stroke, shape: [style.strokeDasharray, mark("marker-start"), mark("marker-end"), Boolean(path.parentNode.querySelector(".sign"))].join() };
  }));
  assert(look.length >= 7, `${look.length} kinds`);
  assert(look.every(line => line.used > 0), "a kind of the legend isn't drawn");
  assert.equal(new Set(look.map(line => line.shape)).size, look.length, "two kinds differ by colour alone");
  assert.equal(new Set(look.map(line => line.stroke)).size, 1, "forced colours are kept to");
  await page.close();
});

test("on a phone the rows are stacked", async () => {
  const page = await opened.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto(base + PAGES.relationList);
  const stacked = await page.evaluate(() => {
    const [from, , to] = document.querySelector("table.rels tbody tr").cells;
    return to.getBoundingClientRect().top > from.getBoundingClientRect().bottom - 1;
  });
  assert(stacked);
  assert(await page.evaluate(() => document.scrollingElement.scrollWidth <= 390));
  await page.close();
});
