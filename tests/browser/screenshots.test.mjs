// Pictures of each type of page, for a person to look at: tests/browser/screenshots/ (kept by CI as an artefact).
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PAGES, browser, build, each, here, serve } from "./site.mjs";

test("pictures of each page, narrow and wide, light and dark", async () => {
  const [root, opened] = [build(), await browser()];
  const base = await serve(root);
  const pictures = join(here, "screenshots");
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures);
  await each(Object.entries(PAGES), async ([name, path]) => {
    const page = await opened.newPage({ reducedMotion: "reduce" });
    await page.goto(base + path);
    for (const width of [390, 1440]) {
      for (const theme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize({ width, height: width < 800 ? 844 : 900 });
        await page.screenshot({ path: join(pictures, `${name}-${width}-${theme}.png`), fullPage: true });
      }
    }
    await page.close();
  });
});
