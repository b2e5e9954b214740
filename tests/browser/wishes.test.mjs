// What readers ask of a page beyond looking at it: the keyboard alone, large text, narrow windows, colours of their own,
// no motion, paper.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PAGES, browser, build, each, none, serve } from "./site.mjs";

const root = build();
const opened = await browser();
const base = await serve(root);

// Visits every page in a context of its own and gathers what `check` finds wrong.
async function walk(options, check) {
  const context = await opened.newContext(options);
  const wrong = [];
  await each(Object.entries(PAGES), async ([name, path]) => {
    const page = await context.newPage();
    await page.goto(base + path);
    wrong.push(...(await check(page, name)).map(text => `${name}: ${text}`));
    await page.close();
  });
  await context.close();
  none(wrong);
}

const sideways = page => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.scrollingElement;
  if (scrollWidth <= clientWidth) return [];
  const over = [...document.body.querySelectorAll("*")].filter(one => one.getBoundingClientRect().right > clientWidth + 0.5 && one.getClientRects().length);
  return [`${scrollWidth} px in ${clientWidth} px, by ${over.slice(-3).map(one => `${one.tagName.toLowerCase()}.${one.getAttribute("class")}`).join(", ")}`];
});

describe("large text and narrow windows", () => {
  // WCAG 1.4.4: 200 % in a window of 1440 px; 1.4.10: 400 % in one of 1280 px
  for (const [zoom, width, height] of [[2, 720, 450], [4, 320, 256]]) {
    test(`nothing scrolls sideways at ${zoom * 100} %`, () =>
      walk({ viewport: { width, height }, deviceScaleFactor: zoom }, sideways));
  }

  test("wider spacing of text hides nothing", () => // WCAG 1.4.12
    walk({ viewport: { width: 1280, height: 900 }, bypassCSP: true }, async page => {
      await page.addStyleTag({ content: "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }" });
      const hidden = await page.evaluate(() => [...document.querySelectorAll("main :is(p, li, td, th, h1, h2, h3, dd, dt, .chip)")].filter(one => {
        const style = getComputedStyle(one);
        // what is cut on purpose says so with an ellipsis and carries its text elsewhere
        return style.overflowY === "hidden" && style.textOverflow !== "ellipsis" && one.clientHeight > 1 && one.scrollHeight > one.clientHeight + 2;
      }).map(one => `${one.tagName.toLowerCase()}.${one.className} is cut`));
      return [...await sideways(page), ...hidden];
    }));
});

test("the keyboard reaches every page's parts, shows where it is, and is never caught", () =>
  // without motion, so that what has the focus is in sight at once
  walk({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" }, async page => {
    const wrong = [];
    const seen = new Set();
    // the search draws its boxes when its index has come
    if (await page.locator("[data-search-page]").count()) await page.locator(".fc input").first().waitFor();
    await page.keyboard.press("Tab");
    if (!await page.evaluate(() => document.activeElement.matches(".skip"))) wrong.push("the first stop isn't the skip link");
    await page.keyboard.press("Enter");
    if (!await page.evaluate(() => document.activeElement.matches("main, main *"))) wrong.push("the skip link doesn't lead to the text");
    for (let stop = 0; stop < 60; stop++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const one = document.activeElement;
        if (one === document.body || one === document.documentElement) return { left: true };
        const style = getComputedStyle(one);
        const box = one.getBoundingClientRect();
        const name = `${one.tagName.toLowerCase()}.${one.getAttribute("class") ?? ""} "${one.textContent.trim().slice(0, 30)}"`;
        one.dataset.stop ??= String(Math.random());
        return { name, key: one.dataset.stop,
          ring: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || one.matches("input"),
          // SVG's links have the box of what they hold
          visible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight };
      });
      if (at.left) break;
      if (seen.has(at.key)) { wrong.push(`caught at ${at.name}`); break; }
      seen.add(at.key);
      if (!at.ring) wrong.push(`no ring around ${at.name}`);
      if (!at.visible) wrong.push(`focus is out of sight at ${at.name}`);
    }
    if (seen.size < 2 && !await page.locator("main :is(a, button)").count().then(count => count < 2)) wrong.push(`only ${seen.size} stops`);
    return wrong;
  }));

test("with colours of the reader's own, every bar still has an edge", () =>
  walk({ viewport: { width: 1440, height: 900 }, forcedColors: "active" }, async (page, name) => {
    const bars = await page.evaluate(() => [...document.querySelectorAll(".rail i, .prail .bar, .dist .b, .heat .c")].filter(one => one.getClientRects().length).map(one => {
      const style = getComputedStyle(one);
      const border = ["Top", "Bottom"].some(side => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0);
      return { kept: style.forcedColorAdjust === "none", border, outline: style.outlineStyle !== "none" };
    }));
    const bare = bars.filter(bar => !bar.kept && !bar.border && !bar.outline).length;
    assert(name !== "plan" || bars.length > 5, "no bars to look at");
    return bare ? [`${bare} of ${bars.length} bars can't be seen`] : [];
  }));

test("nothing moves for readers who ask for no motion", () =>
  walk({ reducedMotion: "reduce" }, page => page.evaluate(() => [...document.querySelectorAll("*")].filter(one => {
    const style = getComputedStyle(one);
    const long = text => text.split(",").some(part => parseFloat(part) > 0.01);
    return style.animationName !== "none" && long(style.animationDuration) || long(style.transitionDuration);
  }).slice(0, 3).map(one => `${one.tagName.toLowerCase()}.${one.className} moves`))));

describe("on paper", () => {
  test("only the text is printed, and it fits", () =>
    // A4 without its margins, in CSS pixels
    walk({ viewport: { width: 662, height: 900 }, colorScheme: "dark" }, async page => {
      await page.emulateMedia({ media: "print" });
      const wrong = await page.evaluate(() => {
        const shown = selector => [...document.querySelectorAll(selector)].some(one => one.getClientRects().length);
        const said = [".side", ".topbar", ".toc", "button:not(th > button)", ".flt", ".skip"].filter(shown).map(one => `${one} is printed`);
        if (getComputedStyle(document.body).backgroundColor !== "rgb(255, 255, 255)") said.push("paper isn't white");
        if (!shown(".pmark")) said.push("no line with site and day");
        return said;
      });
      return [...wrong, ...await sideways(page)];
    }));

  test("folded phases are open, boxes have an outline, and addresses of other sites are written out", async () => {
    const page = await opened.newPage({ viewport: { width: 662, height: 900 } });
    await page.goto(base + PAGES.plan);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await page.locator(".prose details:not([open])").count(), 0);
    const boxes = await page.evaluate(() => [...document.querySelectorAll(".prose .tk > .bx")].map(one => {
      const style = getComputedStyle(one);
      return style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) > 0;
    }));
    assert(boxes.length > 20 && boxes.every(Boolean), `${boxes.filter(edge => !edge).length} of ${boxes.length} boxes have no outline`);
    const pdf = await page.pdf({ format: "A4" });
    assert(pdf.length > 20_000);
    await page.close();
  });
});
