// The preview in a browser: what is saved is shown at the same place, once, and only where it looks another way; the
// panel says what the rules say; a failure is shown and goes away.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { TODAY, binary, browser, folder, here, none, watch } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const program = binary();
const opened = await browser();

/** Starts a preview of `docs`. */
async function preview(docs, port = 0) {
  const child = spawn(program, ["serve", "docs", "--today", TODAY, "--port", `${port}`, "--no-git", "--quiet"],
    { cwd: join(docs, ".."), stdio: ["ignore", "pipe", "inherit"] });
  after(() => child.kill("SIGKILL"));
  for await (const line of createInterface({ input: child.stdout })) return { child, base: line };
  throw new Error("the preview didn't start");
}

/** A copy of the example, and the file of its longest plan. */
function example() {
  const docs = join(folder(), "docs");
  cpSync(join(here, "../../example-docs"), docs, { recursive: true });
  const active = join(docs, "plans/active");
  const file = join(active, readdirSync(active).find(name => name.startsWith("plan-023")));
  return { docs, file, settings: join(docs, "..", "plansite.toml") };
}

const PLAN = "plans/plan-023/";
// As most editors do: beside it, then in its place, so that no half of it is ever seen.
const save = (file, change) => {
  writeFileSync(`${file}~`, change(readFileSync(file, "utf8")));
  renameSync(`${file}~`, file);
};
const marked = page => page.evaluate(() => { window.before = true; });
const same = page => page.evaluate(() => window.before === true);
const loaded = page => page.waitForFunction(() => window.before !== true && document.readyState === "complete");

test("a save is shown at the same place with the same folds, once", async () => {
  const { docs, file } = example();
  const { base } = await preview(docs);
  const context = await opened.newContext({ viewport: { width: 1280, height: 700 } });
  const noted = await watch(context, base);
  const page = await context.newPage();
  let loads = 0;
  page.on("load", () => loads++);
  await page.goto(base + PLAN);
  const open = await page.evaluate(() => {
    const fold = [...document.querySelectorAll("main details")].find(one => !one.open);
    if (fold) fold.open = true;
    scrollTo({ top: 900, behavior: "instant" });
    return fold?.querySelector("summary").textContent;
  });
  await marked(page);
  const place = await page.evaluate(() => scrollY);
  assert(place > 600, "the page is long enough to tell");
  save(file, text => `${text}\n## Afterthought\n\nSeen at once.\n`);
  await loaded(page);
  await page.waitForFunction(() => document.body.textContent.includes("Seen at once."));
  await page.waitForFunction(place => Math.abs(scrollY - place) < 4, place);
  if (open) assert(await page.evaluate(name => [...document.querySelectorAll("details")].find(one => one.querySelector("summary")?.textContent === name).open, open));
  await page.waitForTimeout(1500);
  assert.equal(loads, 2, "one visit and one reload");
  // a reload ends the channel and the question that led to it
  none(noted.filter(line => !line.endsWith("net::ERR_ABORTED")));
  await context.close();
});

test("a page that looks the same isn't loaded again, and ten tabs are fine", async () => {
  const { docs, file } = example();
  const { base } = await preview(docs);
  const context = await opened.newContext();
  const tabs = await Promise.all(Array.from({ length: 10 }, () => context.newPage()));
  for (const [at, tab] of tabs.entries()) await tab.goto(base + (at % 2 ? PLAN : "decisions/adr-0018/"));
  await Promise.all(tabs.map(marked));
  save(file, text => `${text}\nOne more line.\n`);
  await Promise.all(tabs.filter((_, at) => at % 2).map(loaded));
  await tabs[0].waitForTimeout(2500);
  for (const [at, tab] of tabs.entries()) assert.equal(await same(tab), at % 2 === 0, `tab ${at}`);
  await context.close();
});

test("the panel says what the rules say, folds by keyboard, and is as it was left", async () => {
  const { docs, file } = example();
  const { base } = await preview(docs);
  const page = await opened.newPage();
  await page.goto(base + PLAN);
  const summary = page.locator(".pv-found summary");
  assert.match(await summary.innerText(), /^\d+ problems$/);
  assert.equal(await page.locator(".pv-list").isVisible(), false);
  await summary.focus();
  await page.keyboard.press("Enter");
  assert.match(await page.locator(".pv-list li").first().innerText(), /plan-023.*\.md:\d+/);
  await marked(page);
  save(file, text => `${text}\n[nowhere](nowhere.md)\n`);
  await loaded(page);
  await page.locator(".pv-list").getByText("nowhere.md").waitFor();
  await page.keyboard.press("Tab");
  await page.locator(".pv-list").focus();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".pv-list").isVisible(), false);
  await page.reload();
  assert.equal(await page.locator(".pv-list").isVisible(), false, "folded, as it was left");
  await summary.click();
  await page.getByRole("button", { name: "Hide" }).click();
  assert.equal(await page.locator(".pv-found").isVisible(), false);
  await page.goto(base + "decisions/adr-0018/");
  await page.goto(base + PLAN);
  assert.equal(await page.locator(".pv-found").isVisible(), false);
  await page.close();
});

test("a failure is shown over the last good page, and goes away", async () => {
  const { docs, settings } = example();
  const { base } = await preview(docs);
  const page = await opened.newPage();
  await page.goto(base + PLAN);
  writeFileSync(settings, "[site]\ntitel = \"<img src=x onerror=alert(1)>\"\n");
  const still = page.getByRole("alert");
  await still.waitFor();
  assert.match(await still.innerText(), /stands still[\s\S]*titel/);
  assert.equal(await still.locator("img").count(), 0);
  assert.match(await page.locator("h1").innerText(), /ledger/i);
  rmSync(settings);
  await still.waitFor({ state: "detached" });
  await page.close();
});

test("what is broken at the start is said, and the site comes once it is mended", async () => {
  const { docs, settings } = example();
  writeFileSync(settings, "[site\n");
  const { base } = await preview(docs);
  const page = await opened.newPage();
  await page.goto(base);
  assert.match(await page.locator("h1").innerText(), /nothing to show yet/);
  writeFileSync(settings, "[site]\ntitle = \"Mended\"\n");
  await page.waitForFunction(() => document.title.includes("Mended"));
  await page.close();
});

test("a page finds the preview again after it was started anew", async () => {
  const { docs, file } = example();
  const first = await preview(docs);
  const page = await opened.newPage();
  await page.goto(first.base + PLAN);
  const other = await opened.newPage();
  await other.goto(first.base + "decisions/adr-0018/");
  await Promise.all([marked(page), marked(other)]);
  const ended = new Promise(done => first.child.once("exit", done));
  first.child.kill("SIGTERM");
  await ended;
  save(file, text => `${text}\nWritten meanwhile.\n`);
  await preview(docs, new URL(first.base).port);
  await page.waitForFunction(() => document.body.textContent.includes("Written meanwhile."));
  await other.waitForTimeout(1500);
  assert(await same(other), "what looks the same stays");
  await Promise.all([page.close(), other.close()]);
});

test("axe has nothing to say of what is added, and nothing is wider than a phone", async () => {
  const { docs, settings } = example();
  const { base } = await preview(docs);
  const page = await opened.newPage({ bypassCSP: true, reducedMotion: "reduce" });
  const shots = process.env.PLANSITE_SHOTS;
  const wrong = [];
  for (const state of ["open", "still"]) {
    if (state === "still") writeFileSync(settings, "[site]\ntitel = \"x\"\n");
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1440, 390]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await page.goto(base + PLAN);
        if (state === "still") await page.getByRole("alert").waitFor();
        else if (!await page.locator(".pv-list").isVisible()) await page.locator(".pv-found summary").click();
        if (shots) await page.screenshot({ path: join(shots, `serve-${state}-${colorScheme}-${width}.png`) });
        assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${state} at ${width}`);
        await page.evaluate(axe);
        const found = await page.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
        for (const { id, nodes } of found.violations) wrong.push(...nodes.map(node => `${state}, ${colorScheme}, ${width} px: ${id} at ${node.target.join(" ")}`));
      }
    }
  }
  none(wrong);
  assert(!existsSync(join(docs, "..", "site")), "nothing is written");
  await page.close();
});
