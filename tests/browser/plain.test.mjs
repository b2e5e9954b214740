// The second theme: the same pages with a layout and a style of its own. What holds for the first holds for it.
import { mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { after, test } from "node:test";
import { PAGES, browser, build, each, files, none, serve, watch } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const place = mkdtempSync(join(tmpdir(), "plansite-plain-"));
after(() => rmSync(place, { recursive: true, force: true }));
writeFileSync(join(place, "mark.svg"), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="10"/></svg>');
writeFileSync(join(place, "plansite.toml"), '[site]\ntitle = "Paper"\n[theme]\nname = "plain"\nlogo = "mark.svg"\n[theme.colors.light]\nlink = "#7a1f5c"\n');
const root = build(undefined, ["--config", join(place, "plansite.toml"), "--no-git"]);

test("axe has nothing to say, no page is wider than its screen, and nothing is refused or missing", async () => {
  const [opened, base] = [await browser(), await serve(root)];
  const wrong = [];
  const quiet = await opened.newContext();
  const noted = await watch(quiet, base);
  await each(Object.entries(PAGES), async ([name, path]) => {
    // the lost page looks for its files at several depths
    if (name !== "lost") {
      const seen = await quiet.newPage();
      await seen.goto(base + path);
      await seen.close();
    }
    const page = await opened.newPage({ bypassCSP: true, reducedMotion: "reduce" });
    for (const [colorScheme, width] of [["light", 1440], ["dark", 390]]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(base + path);
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wrong.push(`${name}, ${width} px: scrolls sideways`);
      await page.evaluate(axe);
      const found = await page.evaluate(rules => window.axe.run({ runOnly: rules }), RULES);
      for (const { id, nodes } of found.violations) {
        wrong.push(...nodes.slice(0, 3).map(node => `${name}, ${colorScheme}, ${width} px: ${id} at ${node.target.join(" ")}`));
      }
    }
    await page.close();
  });
  none([...wrong, ...noted]);
});

test("its links lead somewhere, and its colours and logo are there", async () => {
  const page = await (await browser()).newPage();
  const pages = new Map();
  for (const path of files(root).filter(path => path.endsWith(".html") && !path.startsWith("latest/"))) {
    pages.set(path, await page.evaluate(html => {
      const found = new DOMParser().parseFromString(html, "text/html");
      return {
        addresses: [...found.querySelectorAll("[href], [src]")].map(element => element.getAttribute("href") ?? element.getAttribute("src")),
        ids: [...found.querySelectorAll("[id]")].map(element => element.id),
        ones: found.querySelectorAll("h1").length,
        alive: found.querySelectorAll("[style], script:not([src]), style").length,
        plain: found.body.className === "plain",
      };
    }, readFileSync(join(root, path), "utf8")));
  }
  const wrong = [];
  for (const [path, { addresses, ids, ones, alive, plain }] of pages) {
    if (ones !== 1 || alive || !plain || new Set(ids).size !== ids.length) wrong.push(`${path}: ${ones} h1, ${alive} alive, plain: ${plain}, or an id twice`);
    for (const address of path === "404.html" ? [] : addresses) {
      if (/^[a-z][a-z0-9+.-]*:/i.test(address)) continue;
      const [file, anchor] = address.split("#").map(part => decodeURIComponent(part));
      const target = file.split("?")[0] ? posix.join(posix.dirname(path), file.split("?")[0]) : path;
      if (!existsSync(join(root, target))) wrong.push(`${path}: ${address} does not exist`);
      else if (anchor && target.endsWith(".html") && !anchor.startsWith("i-") && !pages.get(target).ids.includes(anchor)) wrong.push(`${path}: ${address} has no such anchor`);
    }
  }
  none(wrong);
  const base = await serve(root);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${base}index.html`);
  const shown = await page.evaluate(() => ({
    link: getComputedStyle(document.querySelector(".report li a")).color,
    logo: document.querySelector(".masthead img").naturalWidth > 0,
    face: getComputedStyle(document.body).fontFamily,
  }));
  none([
    ...(shown.link === "rgb(122, 31, 92)" ? [] : [`links are ${shown.link}`]),
    ...(shown.logo ? [] : ["the logo isn't shown"]),
    ...(shown.face.includes("serif") ? [] : [`the face is ${shown.face}`]),
  ]);
});
