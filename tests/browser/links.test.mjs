// The whole site, file by file, read with the browser's own parser: links lead to files and anchors that exist,
// headings are in order, and nothing in the markup could run.
import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { before, describe, test } from "node:test";
import { browser, build, files, none } from "./site.mjs";

const root = build();
const pages = new Map();

before(async () => {
  const page = await (await browser()).newPage();
  for (const path of files(root).filter(path => path.endsWith(".html"))) {
    pages.set(path, await page.evaluate(read, readFileSync(join(root, path), "utf8")));
  }
  assert(pages.size > 80, `only ${pages.size} pages`);
});

function read(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const elements = [...page.querySelectorAll("*")];
  const addresses = elements.flatMap(element => ["href", "src", "action", "formaction", "poster", "srcset", "data", "xlink:href"]
    .filter(name => element.hasAttribute(name)).map(name => [element.tagName.toLowerCase(), name, element.getAttribute(name), element.getAttribute("rel")]));
  return {
    addresses,
    ids: elements.map(element => element.id).filter(id => id),
    headings: [...page.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(heading => [Number(heading.tagName[1]), heading.textContent.trim()]),
    landmarks: page.querySelectorAll("main").length,
    title: page.title,
    refreshes: page.querySelectorAll("meta[http-equiv=refresh]").length,
    robots: page.querySelector("head meta[name=robots]")?.content,
    language: page.documentElement.lang,
    alive: [
      ...elements.flatMap(element => element.getAttributeNames().filter(name => name.startsWith("on") || name === "style" || name === "srcdoc")
        .map(name => `${element.tagName.toLowerCase()}[${name}]`)),
      ...[...page.querySelectorAll("script:not([src]), style, iframe, object, embed, form, base, svg script, animate, set, foreignObject")]
        .map(element => element.outerHTML.slice(0, 80)),
    ],
    // a page that only leads on: at once, to an address on the site, and with a link for those that don't follow
    onward: page.querySelector("head meta[http-equiv=refresh]")?.content.match(/^0; url=([^;]+)$/)?.[1],
    policy: page.querySelector("head meta[charset] + meta[http-equiv='Content-Security-Policy']")?.content,
  };
}

const each = check => {
  const wrong = [];
  for (const [path, page] of pages) wrong.push(...check(page, path).map(text => `${path}: ${text}`));
  none(wrong);
};
const absolute = address => /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address);

describe("every page of the site", () => {
  test("links to files and anchors that exist", () => each((page, path) => page.addresses.flatMap(([tag, name, address]) => {
    if (absolute(address)) return [];
    if (address.startsWith("/")) return [`${tag}[${name}] is not relative: ${address}`];
    if (path === "404.html") return []; // shown for any address: pages.test.mjs follows its links
    const [file, anchor] = address.split("#").map(part => decodeURIComponent(part));
    let target = file.split("?")[0] ? posix.join(posix.dirname(path), file.split("?")[0]) : path;
    if (target.startsWith("..")) return [`${address} leads out of the site`];
    if (target.endsWith("/")) return [`${address} is a folder, which opens from a server only`];
    if (!existsSync(join(root, target)) || !statSync(join(root, target)).isFile()) return [`${address} does not exist`];
    if (!anchor || tag === "use" || !target.endsWith(".html")) return [];
    return pages.get(target).ids.includes(anchor) ? [] : [`${address} has no such anchor`];
  })));

  test("names other origins in links of the text only, and gives them no referrer", () => each(page => page.addresses.flatMap(([tag, name, address, rel]) => {
    if (!absolute(address) || address.startsWith("mailto:")) return [];
    // a diagram, which holds everything itself
    if (tag === "img" && address.startsWith("data:image/svg+xml,")) return [];
    if (!/^https?:\/\//i.test(address)) return [`${tag}[${name}] has the scheme of ${address}`];
    if (tag !== "a") return [`${tag}[${name}] asks ${address}`];
    return /noopener/.test(rel) && /noreferrer/.test(rel) ? [] : [`${address} has rel=${rel}`];
  })));

  test("has one h1, and skips no level below it", () => each(page => {
    const ones = page.headings.filter(([level]) => level === 1).length;
    const skipped = page.headings.filter(([level], at) => at && level > page.headings[at - 1][0] + 1).map(([level, text]) => `h${level} "${text}" skips a level`);
    // The names of the navigation stand above the h1; what comes before it may not be more than h2.
    return [...(ones === 1 ? [] : [`${ones} h1`]), ...skipped.filter(text => text !== ""), ...(page.landmarks === 1 ? [] : [`${page.landmarks} main`])];
  }));

  test("gives each id once", () => each(page => page.ids.filter((id, at) => page.ids.indexOf(id) !== at)));

  test("leads on only where nothing else is to read, and only to a page of the site", () => each((page, path) => {
    if (!page.refreshes) return [];
    if (!page.onward || absolute(page.onward) || page.onward.startsWith("/")) return [`leads on to ${page.onward}`];
    const target = posix.join(posix.dirname(path), decodeURIComponent(page.onward));
    const links = page.addresses.filter(([tag, , address]) => tag === "a" && address === page.onward).length;
    return [
      ...(pages.has(target) && !pages.get(target).refreshes ? [] : [`leads on to ${target}`]),
      ...(links === 1 && page.addresses.every(([tag]) => tag !== "script") ? [] : ["has no plain link, or more than that"]),
      ...(page.robots === "noindex" ? [] : ["may be indexed"]),
    ];
  }));

  test("holds nothing that runs, and says so in its policy", () => each(page => [
    ...page.alive, ...(page.policy?.includes("default-src 'none'") && !/unsafe|\*/.test(page.policy) ? [] : [`policy: ${page.policy}`])]));

  test("has a title and a language", () => each(page => page.title.trim() && page.language ? [] : ["no title or language"]));

  test("can be reached from the overview", () => {
    const seen = new Set(["index.html"]);
    for (const path of seen) {
      for (const [tag, , address] of pages.get(path).addresses) {
        const target = posix.join(posix.dirname(path), decodeURIComponent(address.split(/[?#]/)[0]) || posix.basename(path));
        if (tag === "a" && !absolute(address) && pages.has(target)) seen.add(target);
      }
    }
    const alone = [...pages.keys()].filter(path => !seen.has(path) && path !== "404.html" && !pages.get(path).refreshes);
    none(alone);
  });
});
