// What Markdown becomes in a browser, as GitHub shows it: formulas, diagrams, emoji, drawings made of characters,
// places that comments name, images. From disk, under the page's policy, in both themes and on paper.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { browser, build, folder, fromDisk, watch } from "./site.mjs";

const docs = join(folder(), "docs");
mkdirSync(join(docs, "plans"), { recursive: true });
// one pixel
writeFileSync(join(docs, "plans/dot.png"),
  Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"));
writeFileSync(join(docs, "plans/flow.svg"), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><script>alert(1)</script>
  <style>@import "https://x.example/a.css"; rect { fill: url(https://x.example/b) }</style><rect width="40" height="20" onclick="alert(1)"/></svg>`);
const fence = "```";
writeFileSync(join(docs, "plans/shown.md"), `---
id: PLAN-001
status: active
---
# Shown :rocket:

Where $L$ is the number and $\\beta_1 < x^2$. It costs $5 and $10.

$$
\\sum_{i=0}^{n} \\frac{a_i}{\\sqrt{b_i}} = \\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}
$$

${fence}math
${"x + ".repeat(120)} y
${fence}

## :tada: Done

Done :white_check_mark:, \`:rocket:\`

${fence}
┌────────┬──────┐
│ plain  │ a → b│
│ ✅ ok  │ 漢字 │
│ ▶ go   │ ✓ ● …│
└────────┴──────┘
${fence}

<!-- ANCHOR:here-it-is -->

Anchored text.

[to it](#here-it-is) [to done](#tada-done)

![dot](dot.png) ![flow](flow.svg)

${fence}mermaid
flowchart LR
  A[Start] -->|"<b>yes</b>"| B{Done?}
  click A href "javascript:alert(1)"
  style B fill:url(https://x.example/p)
${fence}

${fence}mermaid
not a diagram
${fence}
`);
writeFileSync(join(docs, "plans/plain.md"), "---\nid: PLAN-002\nstatus: active\n---\n# Plain\n\nText.\n");

const root = build(docs);
const opened = await browser();
const site = fromDisk(root);
const address = `${site}plans/plan-001/index.html`;

async function shown(options = {}) {
  const context = await opened.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const noted = await watch(context, "file:");
  const page = await context.newPage();
  await page.goto(address);
  return { page, noted, context };
}

test("formulas are drawn, money isn't, wide ones scroll in their own box", async () => {
  const { page, noted, context } = await shown();
  assert.equal(await page.locator(".prose math").count(), 4);
  assert.match(await page.locator(".prose p").first().innerText(), /It costs \$5 and \$10\./);
  // a fraction stands above itself: its parts have different heights, the same middle
  const [over, under] = await page.locator(".prose mfrac > *").evaluateAll(parts => parts.map(part => part.getBoundingClientRect()));
  assert(over.bottom <= under.top + 1, "the numerator stands over the denominator");
  assert(Math.abs(over.left + over.right - under.left - under.right) < 4, "and in its middle");
  const matrix = await page.locator(".prose mtd").evaluateAll(cells => cells.map(cell => cell.getBoundingClientRect().x | 0));
  assert.equal(matrix.length, 4);
  assert(Math.abs(matrix[0] - matrix[2]) < 6 && matrix[1] > matrix[0] + 8, `columns: ${matrix}`);
  const wide = page.locator(".mth").last();
  assert(await wide.evaluate(box => box.scrollWidth > box.clientWidth), "the wide formula scrolls");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  assert.deepEqual(noted, []);
  await context.close();
});

test("emoji names become signs, but not in code, and anchors keep their names", async () => {
  const { page, context } = await shown();
  assert.match(await page.locator("h1").innerText(), /Shown 🚀/);
  assert.match(await page.locator(".prose").innerText(), /Done ✅/);
  assert.match(await page.locator(".prose p code").first().innerText(), /:rocket:/);
  assert.equal(await page.locator("#tada-done").innerText().then(text => text.startsWith("🎉 Done")), true);
  await context.close();
});

test("a drawing's columns line up and its lines touch", async () => {
  const { page, context } = await shown();
  // the place of every vertical line, row by row
  const rows = await page.locator("pre.art").evaluate(pre => {
    const places = [];
    const walker = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let at = 0; at < node.data.length; at++) {
        if (!"│┌┬┐└┴┘".includes(node.data[at])) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        places.push({ x: box.x, y: Math.round(box.y) });
      }
    }
    const byRow = Map.groupBy(places, place => place.y);
    return [...byRow].map(([y, row]) => ({ y, x: row.map(place => place.x) }));
  });
  assert.equal(rows.length, 5);
  for (const row of rows) {
    assert.equal(row.x.length, 3);
    row.x.forEach((x, at) => assert(Math.abs(x - rows[0].x[at]) < 0.75, `row at ${row.y}: ${row.x} against ${rows[0].x}`));
  }
  // the left line has ink from the first row's corner to the last one's, without a gap
  const picture = (await page.locator("pre.art").screenshot()).toString("base64");
  const gaps = await page.evaluate(async () => 0).then(() => opened.newPage()).then(async blank => {
    const inked = await blank.evaluate(async source => {
      const image = new Image();
      image.src = `data:image/png;base64,${source}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const paint = canvas.getContext("2d");
      paint.drawImage(image, 0, 0);
      const { data } = paint.getImageData(0, 0, image.width, image.height);
      const dark = (x, y) => { const at = (y * image.width + x) * 4; return data[at] + data[at + 1] + data[at + 2] < 540; };
      let best = 0;
      for (let x = 0; x < 40; x++) {
        let run = 0;
        for (let y = 0; y < image.height; y++) { run = dark(x, y) ? run + 1 : 0; best = Math.max(best, run); }
      }
      return best;
    }, picture);
    await blank.close();
    return inked;
  });
  const height = rows.at(-1).y - rows[0].y;
  assert(gaps >= height - 2, `the longest line is ${gaps} px of ${height}`);
  await context.close();
});

test("a diagram is an image that holds everything, with its source behind it", async () => {
  const { page, noted, context } = await shown();
  const image = page.locator(".dgi img");
  assert.equal(await image.count(), 1);
  await image.scrollIntoViewIfNeeded();
  const size = await image.evaluate(async image => { await image.decode(); return [image.naturalWidth, image.naturalHeight, image.width]; });
  assert(size.every(side => side > 30), `${size}`);
  const source = await image.evaluate(image => decodeURIComponent(image.src));
  for (const word of ["<script", "javascript:", "https://", "onclick", "<a ", "foreignObject"]) assert(!source.includes(word), word);
  assert.match(await image.getAttribute("alt"), /^Flowchart/);
  assert.equal(await page.locator(".dg pre").isVisible(), false);
  await page.locator(".dg summary").click();
  assert.match(await page.locator(".dg pre").innerText(), /click A href/);
  assert.match(await page.locator(".codeb .language-mermaid").innerText(), /not a diagram/);
  assert.deepEqual(noted, []);
  await context.close();
  const plain = await opened.newPage();
  await plain.goto(`${site}plans/plan-002/index.html`);
  assert.equal(await plain.locator(".dg, math").count(), 0);
  await plain.close();
});

test("diagrams are legible in the dark, on paper and on a phone", async () => {
  const filter = page => page.locator(".dgi img").evaluate(image => getComputedStyle(image).filter);
  const { page, context } = await shown({ colorScheme: "dark" });
  assert.match(await filter(page), /invert/);
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  assert.equal(await filter(page), "none");
  assert.equal(await page.locator(".dg details").isVisible(), false);
  await context.close();
  const phone = await shown({ viewport: { width: 390, height: 800 } });
  assert.equal(await phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await phone.context.close();
});

test("places that comments name are found, and images are those of the collection", async () => {
  const { page, noted, context } = await shown();
  await page.getByRole("link", { name: "to it" }).click();
  assert.equal(new URL(page.url()).hash, "#here-it-is");
  const below = await page.locator("#here-it-is").evaluate(mark => mark.getBoundingClientRect().top);
  assert(below >= -2 && below < 900, `${below}`);
  for (const name of ["dot", "flow"]) {
    const image = page.locator(`img[alt=${name}]`);
    await image.scrollIntoViewIfNeeded();
    assert(await image.evaluate(async image => { await image.decode(); return image.naturalWidth > 0; }), name);
  }
  assert.deepEqual(noted, []);
  // the drawing opened by itself runs nothing and asks nobody
  await page.goto(`${site}files/plans/flow.svg`).catch(() => page.goto(`${site}files/${readdirSync(join(root, "files"))[0]}/plans/flow.svg`));
  assert.equal(await page.evaluate(() => document.documentElement.outerHTML.match(/script|x\.example|onclick/)), null);
  assert.deepEqual(noted, []);
  await context.close();
});
