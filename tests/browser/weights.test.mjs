// What a page weighs. The limits are gzipped bytes but for the style sheet's own.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { PAGES, browser, build, files, here, serve } from "./site.mjs";

const root = build();
const zipped = path => gzipSync(readFileSync(path)).length;
const KB = 1024;

test("a document of 10 KB is a page of at most 60 KB", () => {
  const source = join(here, "../../example-docs/plans/active/plan-023-double-entry-ledger-migration.md");
  assert(statSync(source).size > 10 * KB, `the document is too small: ${statSync(source).size} bytes`);
  const size = zipped(join(root, PAGES.plan));
  assert(size <= 60 * KB, `${size} bytes`);
});

test("the styles of a page are at most 20 KB", () => {
  const styles = path => [...readFileSync(join(root, path), "utf8").matchAll(/<link rel="stylesheet" href="[./]*([^"]+)"/g)].map(([, sheet]) => sheet);
  for (const path of Object.values(PAGES).filter(path => path !== PAGES.lost)) {
    const sheets = styles(path);
    assert(sheets.includes("assets/style.css"), `${path}: ${sheets}`);
    const size = sheets.reduce((sum, sheet) => sum + zipped(join(root, sheet)), 0);
    assert(size <= 20 * KB, `${path}: ${size} bytes`);
  }
});

test("what a page loads before search is opened: at most 20 KB of scripts, and nothing of search", async () => {
  const base = await serve(root);
  const page = await (await browser()).newPage();
  const asked = [];
  page.on("request", request => asked.push(request.url().slice(base.length)));
  await page.goto(base + PAGES.plan, { waitUntil: "networkidle" });
  const scripts = asked.filter(path => path.endsWith(".js")).map(path => new URL(path, "http://x/").pathname.slice(1));
  assert(scripts.length > 0, asked.join());
  assert.deepEqual(asked.filter(path => path.startsWith("search/")), []);
  const size = scripts.reduce((sum, path) => sum + zipped(join(root, path)), 0);
  assert(size <= 20 * KB, `${size} bytes in ${scripts}`);
});
