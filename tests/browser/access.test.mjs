// Accessibility: axe finds nothing on any type of page, in both themes, wide and narrow.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { PAGES, browser, build, each, none, serve } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

test("axe has nothing to say", async () => {
  const [root, opened] = [build(), await browser()];
  const base = await serve(root);
  const wrong = [];
  await each(Object.entries(PAGES), async ([name, path]) => {
    // axe comes in past the pages' policy; the policy itself is held by pages.test.mjs
    const page = await opened.newPage({ bypassCSP: true, reducedMotion: "reduce" });
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1440, 390]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await page.goto(base + path);
        await page.evaluate(axe);
        const found = await page.evaluate(rules => window.axe.run({ runOnly: rules }), RULES);
        for (const { id, nodes } of found.violations) {
          wrong.push(...nodes.slice(0, 3).map(node => `${name}, ${colorScheme}, ${width} px: ${id} at ${node.target.join(" ")}`));
        }
      }
    }
    await page.close();
  });
  none(wrong);
});
