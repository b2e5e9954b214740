// Decisions, risks, blockers and open questions: what is counted is what is listed, and each row leads to its place.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { describe, test } from "node:test";
import { TODAY, browser, build, files, folder, fromDisk, none, serve, watch } from "./site.mjs";

const HEAD = "| ID | Risk | Probability | Impact | Mitigation | Owner | Status |\n|---|---|---|---|---|---|---|\n";
const plan = (id, status, more, text) => `---\nid: ${id}\nstatus: ${status}\n${more}\n---\n# Plan ${id}\n\n${text}\n`;
const adr = (status, date, more = "") => `---\nstatus: ${status}\n${date ? `date: ${date}\n` : ""}${more}---\n# What was decided\n\nText.\n`;

/** A collection with every case, and three hundred plans more, so that lists are long. */
function written() {
  const root = join(folder(), "docs");
  const put = (path, text) => {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put("plans/one.md", plan("PLAN-001", "active", "owner: Priya Raman\nexpires: 2026-10-01", `## Risks\n\n${HEAD}`
    + "| a | The backfill is slow | High | High | Batch it | Priya Raman | |\n| b | =HYPERLINK(\"http://x\") | High | Low | +1 | @sum | Open |\n"
    + "| c | \"Quoted\", with comma; =1+1 | Medium | Medium | | | |\n| d | Nobody rated this | | High | Ask | Nobody here | |\n"
    + "| e | A word of its own | fairly likely | High | - | | |\n| f | This one is over | High | High | Gone | Priya Raman | Closed |\n\n"
    + "<!-- ANCHOR:R1 -->\n\n## Current Blockers\n\n- The vendor has not signed\n  - Owner: Hana Sato\n  - ETA: 2026-11-03\n  - Impact: phase 2\n- No quota in the region\n\n"
    + "## Open Questions\n\n- Who pays for the second region?\n- [ ] Does the old reader stay?\n- [x] Is it answered?\n"));
  put("plans/two.md", plan("PLAN-002", "active", "depends_on: ADR-0005", "## Risk Assessment\n\n**Risk 1:** A paragraph that says what may happen\n- **Probability:** Low\n- **Impact:** Medium\n- **Mitigation:** Read it twice\n\n"
    + "### Risk 2: A heading that is a risk\n\n- Probability: Medium\n- Impact: High\n\n- In an item: it may rain. Likelihood: High, Impact: Medium\n"));
  put("plans/done.md", plan("PLAN-003", "completed", "completed: 2026-11-20", `## Risks\n\n${HEAD}| g | Once it was grave | High | High | Done | Priya Raman | |\n\n## Current Blockers\n\n- Nothing any more waits here\n\n## Open Questions\n\n- Would anybody ask this still?\n`));
  put("plans/none.md", plan("PLAN-004", "thinking", "", `## Risks\n\n${HEAD}| h | Of a plan without a known status | Low | Low | Wait | | |\n`));
  put("adr/0001-a.md", adr("superseded", "2024-01-10", "superseded_by: ADR-0002\n"));
  put("adr/0002-b.md", adr("superseded", "2025-02-10", "superseded_by: ADR-0003\n"));
  put("adr/0003-c.md", adr("accepted", "2026-03-10", "supersedes: ADR-0002\n"));
  put("adr/0004-d.md", adr("rejected", "2026-01-10"));
  put("adr/0005-e.md", adr("proposed", "2026-11-16", "owner: Hana Sato\n"));
  put("adr/0006-f.md", adr("superseded", "2023-01-10", "superseded_by: ADR-0007\n"));
  put("adr/0007-g.md", adr("superseded", "2023-02-10", "superseded_by: ADR-0006\n"));
  put("adr/0008-h.md", adr("deprecated", ""));
  put("adr/open.md", adr("accepted", "2026-05-05"));
  for (let number = 100; number < 400; number++) {
    const level = nth => ["Low", "Medium", "High"][Math.floor(number / nth) % 3];
    put(`plans/${number}.md`, plan(`PLAN-${number}`, "active", "", `## Risks\n\n${HEAD}| | Risk one of ${number} | ${level(1)} | ${level(3)} | Do it | Priya Raman | |\n| | Risk two of ${number} | ${level(9)} | ${level(2)} | Do it | | |\n`));
  }
  return root;
}

const [example, made, opened] = [build(), build(written()), await browser()];

/** The parts of a list, by the links of its pager. */
function parts(root, first) {
  const found = [first];
  for (const path of found) {
    const next = /rel="next" href="([^"]+)"/.exec(readFileSync(join(root, path), "utf8"));
    if (next) found.push(posix.join(posix.dirname(path), next[1]));
  }
  return found;
}

async function on(root, path, options = {}) {
  const context = await opened.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const noted = await watch(context, fromDisk(root).slice(0, 7));
  const page = await context.newPage();
  if (options.javaScriptEnabled !== false) await page.clock.setFixedTime(new Date(`${options.day ?? TODAY}T12:00:00Z`));
  await page.goto(fromDisk(root) + path);
  return { context, page, noted };
}

const registered = page => page.locator("table.rsk tbody tr").evaluateAll(rows => rows.map(row => ({
  number: row.id, level: row.querySelector(".lv .st").textContent.trim(), rating: row.querySelector(".lv").textContent.split(", ").slice(1).join(", ").trim(),
  rated: !/Not rated/.test(row.querySelector(".lv").textContent), title: row.querySelector(".ti").textContent, href: row.querySelector(".ti a").getAttribute("href"),
})));

for (const [name, root, first] of [["the example", example, "risks/index.html"], ["the example, all", example, "risks/all/index.html"],
  ["many", made, "risks/index.html"], ["many, all", made, "risks/all/index.html"]]) {
  describe(`risks of ${name}`, () => {
    test("the matrix counts the rows of the register, and each pill leads to its row", async () => {
      const wrong = [];
      const { context, page } = await on(root, first, { javaScriptEnabled: false });
      const matrix = await page.locator("table.mx tbody tr").evaluateAll(lines => lines.flatMap(line => {
        const probability = line.querySelector("th").textContent;
        const impacts = [...line.closest("table").querySelectorAll("tfoot th")].map(head => head.textContent);
        return [...line.querySelectorAll("td")].map((cell, at) => ({
          rating: `${probability}, ${impacts[at].toLowerCase()}`, level: cell.querySelector(".lb").firstElementChild.nextSibling.textContent.trim(),
          count: Number(cell.querySelector(".n").textContent), pills: [...cell.querySelectorAll("a")].map(link => link.getAttribute("href")),
        }));
      }));
      const unrated = Number(await page.locator(".un .n").textContent().catch(() => "0", { timeout: 1 }).then(text => text || 0));
      const said = Number(await page.locator("#ps-register .c").textContent());
      const rows = [], places = new Map();
      for (const path of parts(root, first)) {
        await page.goto(fromDisk(root) + path);
        const here = await registered(page);
        here.forEach(row => places.set(row.number, path));
        rows.push(...here);
      }
      assert(rows.length > 10, `${rows.length} rows`);
      assert.equal(rows.length, said);
      assert.equal(matrix.length, 9);
      assert.equal(new Set(rows.map(row => row.number)).size, rows.length, "numbers are used once");
      for (const cell of matrix) {
        const alike = rows.filter(row => row.rated && row.rating === cell.rating);
        if (alike.length !== cell.count) wrong.push(`${cell.rating}: ${cell.count} in the matrix, ${alike.length} rows`);
        for (const row of alike) if (row.level !== cell.level) wrong.push(`${row.number} is ${row.level}, its cell ${cell.level}`);
        for (const pill of cell.pills) {
          const [file, anchor] = pill.split("#");
          const path = posix.join(posix.dirname(first), file);
          if (places.get(anchor) !== path) wrong.push(`${pill} leads to ${path}, the row is on ${places.get(anchor)}`);
          if (!alike.some(row => row.number === anchor)) wrong.push(`${pill} is not in the cell ${cell.rating}`);
        }
      }
      assert.equal(rows.filter(row => !row.rated).length, unrated);
      assert.equal(matrix.reduce((sum, cell) => sum + cell.count, unrated), rows.length);
      await context.close();
      none(wrong);
    });
  });
}

/** Every row of a register, with the text of the element it leads to. */
async function reached(root, first, rows) {
  const page = await opened.newPage();
  const found = [];
  for (const path of parts(root, first)) {
    const html = readFileSync(join(root, path), "utf8");
    const links = await page.evaluate(([html, rows]) => [...new DOMParser().parseFromString(html, "text/html").querySelectorAll(rows)]
      .map(link => [link.getAttribute("href"), link.textContent]), [html, rows]);
    for (const [href, title] of links) {
      const [file, anchor] = href.split("#").map(part => decodeURIComponent(part));
      const target = join(root, posix.join(posix.dirname(path), file));
      const text = anchor && existsSync(target) ? await page.evaluate(([html, anchor]) =>
        new DOMParser().parseFromString(html, "text/html").getElementById(anchor)?.textContent, [readFileSync(target, "utf8"), anchor]) : undefined;
      found.push({ href, title, text, anchor });
    }
  }
  await page.close();
  return found;
}

const words = text => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

for (const [name, first, rows, least] of [["risk", "risks/all/index.html", "table.rsk .ti a", 8], ["blocker", "blockers/index.html", "table.blk .ti a", 2],
  ["question", "questions/index.html", ".qg li > a", 2], ["question by owner", "questions/by-owner/index.html", ".qg li > a", 2]]) {
  test(`each ${name} leads to an element that holds its text`, async () => {
    const wrong = [];
    for (const [root, most] of [[example, 0], [made, least]]) {
      const found = await reached(root, first, rows);
      assert(found.length >= (most || 1), `${found.length} rows`);
      for (const { href, title, text, anchor } of found) {
        // a decision that is waited for is a document of its own
        if (!anchor && name === "blocker" && /still proposed/.test(title)) continue;
        if (text === undefined) wrong.push(`${href} leads nowhere`);
        else if (!words(text).includes(words(title).slice(0, 20))) wrong.push(`${href}: "${text.slice(0, 60)}" does not say "${title}"`);
      }
    }
    none(wrong);
  });
}

test("a click on a risk shows its row, and the name that the text itself gives stays its own", async () => {
  const { context, page, noted } = await on(made, "risks/index.html");
  await page.getByRole("link", { name: "The backfill is slow" }).click();
  assert.match(page.url(), /plan-001\/index\.html#R1-$/);
  assert.match(await page.locator(":target").innerText(), /The backfill is slow/);
  assert.equal(await page.locator(":target").evaluate(row => row.tagName), "TR");
  assert(await page.locator(":target").isVisible());
  assert.equal(await page.locator("#R1").evaluate(place => place.tagName), "A");
  await context.close();
  none(noted);
});

test("what is closed or settled is not counted as open, and is there on its own page", async () => {
  const text = path => parts(made, path).map(path => readFileSync(join(made, path), "utf8")).join("");
  for (const closed of ["Once it was grave", "This one is over", "Of a plan without a known status"]) {
    assert(!text("risks/index.html").includes(closed), closed);
    assert(text("risks/all/index.html").includes(closed), closed);
  }
  assert.match(text("risks/index.html"), /1 risk stands in documents without a known status/);
  assert.match(text("risks/index.html"), /1 risk was closed in the last 7 days/);
  assert(!text("blockers/index.html").includes("Nothing any more waits"));
  assert(!text("questions/index.html").includes("Would anybody ask"));
  assert(!text("questions/index.html").includes("Is it answered"));
});

test("an unrated risk says what is missing, in its own words", async () => {
  const { context, page } = await on(made, parts(made, "risks/index.html").at(-1), { javaScriptEnabled: false });
  const row = title => page.locator("table.rsk tr", { hasText: title }).locator(".lv").innerText();
  assert.match(await row("Nobody rated this"), /Not rated\s+No probability, impact high/);
  assert.match(await row("A word of its own"), /Not rated\s+Probability fairly likely, impact high/);
  await context.close();
});

test("a blocker whose day has passed is named first and counted again; one that a decision makes leads to it", async () => {
  for (const [day, late] of [[TODAY, "20 days late"], ["2026-11-30", "27 days late"]]) {
    const { context, page, noted } = await on(made, "blockers/index.html", { day });
    const rows = page.locator("table.blk tbody tr");
    assert.equal(await rows.count(), 3);
    assert.match(await rows.first().innerText(), /The vendor has not signed[\s\S]*phase 2[\s\S]*Hana Sato[\s\S]*3 Nov/);
    assert.equal(await rows.first().locator("time[data-age]").innerText(), late);
    assert.match(await page.locator(".ph .sub").innerText(), /3 blockers hold up 2 documents\. 1 should be gone by now\. 1 has no owner\./);
    const decision = rows.filter({ hasText: "ADR-0005" });
    assert.match(await decision.innerText(), /PLAN-002[\s\S]*still proposed[\s\S]*Hana Sato/);
    await decision.locator(".ti a").click();
    assert.match(page.url(), /decisions\/adr-0005\/index\.html$/);
    await context.close();
    none(noted);
  }
});

describe("decisions", () => {
  const listed = (root, first) => parts(root, first).flatMap(path => {
    const html = readFileSync(join(root, path), "utf8");
    return [...html.matchAll(/<li class="drow ([^"]*)"[\s\S]*?<\/li>/g)].map(([row, kind]) =>
      ({ kind: kind.trim(), id: /class="id ell" title="([^"]*)"/.exec(row)[1], href: /class="ti"><a href="([^"]*)"/.exec(row)[1], row }));
  });

  test("each is there once, open ones first, chains below their newest link", () => {
    const rows = listed(made, "decisions/index.html");
    const ids = rows.map(row => row.id || posix.basename(posix.dirname(row.href)));
    assert.deepEqual(ids, ["ADR-0005", "open", "ADR-0003", "ADR-0002", "ADR-0001", "ADR-0004", "ADR-0007", "ADR-0006", "ADR-0008"]);
    assert.deepEqual(rows.map(row => row.kind), ["op", "", "", "sub s1", "sub s2", "", "", "sub s1", ""]);
    assert.match(rows[3].row, /replaced by ADR-0003[\s\S]*held for 13 months/);
    assert.match(rows[0].row, /proposed <time[^>]*data-age="long">7 days ago[\s\S]*blocks PLAN-002/);
    const there = files(example).filter(path => /^(decisions|rfcs)\/(adr|rfc)-\d+\/index\.html$/.test(path));
    assert.equal(listed(example, "decisions/index.html").length, there.length);
  });

  test("the tabs count the rows of their pages, which add up", async () => {
    for (const root of [example, made]) {
      const { context, page } = await on(root, "decisions/index.html", { javaScriptEnabled: false });
      const tabs = await page.locator(".dtabs .sp").evaluate(gap => [...gap.parentElement.children].slice(0, [...gap.parentElement.children].indexOf(gap))
        .map(tab => [tab.getAttribute("href"), Number(tab.querySelector(".c").textContent)]));
      assert(tabs.length > 3);
      for (const [href, count] of tabs) assert.equal(listed(root, posix.join("decisions", href)).length, count, href);
      const [all, ...rest] = tabs.map(([, count]) => count);
      assert.equal(rest.reduce((a, b) => a + b), all);
      await context.close();
    }
  });

  test("a document that is called open keeps off the page of open decisions", async () => {
    const page = readFileSync(join(made, "decisions/open/index.html"), "utf8");
    assert.match(page, /<h1>Open decisions<\/h1>/);
    assert(page.includes("ADR-0005") && !page.includes("ADR-0004"));
    const row = listed(made, "decisions/index.html")[1];
    assert.equal(row.href, "../decisions/adr/open/index.html");
    assert.match(readFileSync(join(made, "decisions/adr/open/index.html"), "utf8"), /What was decided/);
  });
});

test("pages say the same without scripts and fit a phone", async () => {
  const wrong = [];
  for (const path of ["decisions/index.html", "decisions/open/index.html", "risks/index.html", "risks/all/index.html", "blockers/index.html", "questions/index.html", "questions/by-owner/index.html"]) {
    for (const root of [example, made]) {
      const said = [];
      for (const javaScriptEnabled of [true, false]) {
        const { context, page, noted } = await on(root, path, { javaScriptEnabled, viewport: { width: 390, height: 844 } });
        // the filter bar is a field with a script, and links without
        said.push(await page.locator("main").evaluate(main => { for (const bar of main.querySelectorAll(".fbar")) bar.hidden = true; return main.innerText; }));
        const [wide, small] = await page.evaluate(() => [document.documentElement.scrollWidth, [...document.querySelectorAll("main a")]
          .filter(link => link.getClientRects().length && Math.max(...[...link.getClientRects()].map(box => box.height)) < 20).map(link => link.textContent)]);
        if (wide > 390) wrong.push(`${path} is ${wide} px wide`);
        if (small.length) wrong.push(`${path}: hard to hit: ${small.slice(0, 3)}`);
        wrong.push(...noted);
        await context.close();
      }
      if (said[0] !== said[1]) wrong.push(`${path} says something else without scripts`);
    }
  }
  none(wrong);
});

test("by keyboard: from the matrix to the row, from row to row, and into the document", async () => {
  const { context, page, noted } = await on(made, "risks/index.html");
  await page.locator("table.mx .v4 a.pill").first().focus();
  await page.keyboard.press("Enter");
  const number = new URL(page.url()).hash.slice(1);
  assert.equal(await page.locator(":target").getAttribute("id"), number);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.closest("tr")?.id), number, "the next stop is in the row");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  assert.equal(await page.evaluate(() => document.activeElement.closest("tr")?.id), number);
  await page.keyboard.press("Enter");
  await page.waitForURL(/plans\/.*#R\d/);
  await context.close();
  none(noted);
});

/** Reads CSV as RFC 4180 has it: CRLF, quotes doubled. */
function csv(text) {
  const rows = [[]];
  let at = 0;
  while (at < text.length) {
    const match = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(text.slice(at, at + 20000));
    assert(match, `no cell at ${at}: ${text.slice(at, at + 60)}`);
    rows.at(-1).push((match[1] ?? match[2]).replaceAll('""', '"'));
    at += match[0].length;
    if (match[3] === "\r\n") rows.push([]);
  }
  assert.deepEqual(rows.pop(), [], "the last line is ended");
  return rows;
}

test("risks.csv reads back as the register, and no cell runs", async () => {
  const base = await serve(made);
  const answer = await fetch(`${base}risks.csv`);
  assert.match(answer.headers.get("content-type"), /text\/csv/);
  const [head, ...rows] = csv(await answer.text());
  assert(rows.every(row => row.length === head.length));
  const entries = rows.map(row => Object.fromEntries(head.map((name, at) => [name, row[at]])));
  const { context, page } = await on(made, "risks/all/index.html", { javaScriptEnabled: false });
  const shown = [];
  for (const path of parts(made, "risks/all/index.html")) {
    await page.goto(fromDisk(made) + path);
    shown.push(...await registered(page));
  }
  assert.deepEqual(entries.map(entry => entry.number), shown.map(row => row.number));
  assert.deepEqual(entries.map(entry => entry.level || "not rated"), shown.map(row => row.level.toLowerCase()));
  assert.equal(entries.filter(entry => entry.open === "yes").length, Number(await page.locator(".seg a").first().locator(".num").textContent()));
  const find = start => entries.find(entry => entry.risk.startsWith(start));
  assert.deepEqual([find("'=HYPERLINK").mitigation, find("'=HYPERLINK").owner], ["'+1", "'@sum"]);
  assert.equal(find("\"Quoted\"").risk, "\"Quoted\", with comma; =1+1");
  assert.equal(find("The backfill").score, "9");
  for (const entry of entries) for (const cell of Object.values(entry)) assert(!/^\s*[=+\-@]/.test(cell), cell);
  assert(existsSync(join(made, find("The backfill").url, "index.html")));
  await context.close();
});

test("the register is narrowed by level and by who watches, and the address keeps it", async () => {
  const { context, page, noted } = await on(example, "risks/index.html");
  const rows = page.locator("table.rsk tbody tr:visible");
  const all = await rows.count();
  await page.locator("[data-name=level] summary").click();
  await page.locator("[data-name=level] label", { hasText: "High" }).click();
  const high = await rows.count();
  assert(high > 0 && high < all);
  for (const text of await rows.locator(".lv").allInnerTexts()) assert.match(text, /^High/);
  assert.equal(await page.locator("[data-shown]").innerText(), `${high} of ${all} risks`);
  assert.match(page.url(), /\?level=high$/);
  await page.goto(fromDisk(example) + "risks/index.html?owner=priya-raman");
  assert((await rows.count()) > 0);
  for (const owner of await rows.locator(".ow").all()) assert.equal(await owner.locator("[aria-label='Priya Raman']").count(), 1);
  await context.close();
  none(noted);
});

test("nothing to show is said with the reason and the next step", async () => {
  const root = join(folder(), "docs");
  mkdirSync(join(root, "plans"), { recursive: true });
  writeFileSync(join(root, "plans/a.md"), plan("PLAN-001", "completed", "", `## Risks\n\n${HEAD}| a | Once | High | High | Done | | |\n`));
  const site = build(root);
  for (const [path, heading, next] of [["risks/index.html", "No risk is open", "Read 1 closed risk"], ["decisions/index.html", "No decisions yet", "plansite new adr"],
    ["decisions/open/index.html", "No decisions yet", "plansite new adr"], ["blockers/index.html", "Nothing is blocked", "Current Blockers"], ["questions/index.html", "No question is open", "Open questions"]]) {
    const { context, page } = await on(site, path, { javaScriptEnabled: false });
    const text = await page.locator("main").innerText();
    assert(text.includes(heading) && text.includes(next), text);
    await context.close();
  }
});
