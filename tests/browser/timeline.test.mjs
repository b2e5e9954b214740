// The timeline and the milestones: bars lie where the dates of the table say, with and without scripts, on the built
// day and on a later one of the reader, on phones and on paper.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { PAGES, TODAY, browser, build, folder, fromDisk, none, serve, watch } from "./site.mjs";

const root = build();
const opened = await browser();
const base = await serve(root);

const DAY = 86400000;
const at = text => { const [year, month, day] = text.split("-").map(Number); return Date.UTC(year, month - 1, day); };
// So many days goes on what has no end, and began before what has no beginning.
const UNKNOWN = 49;

async function on(day, path, options = {}) {
  const context = await opened.newContext({ viewport: { width: 1440, height: 1000 }, ...options });
  const noted = await watch(context, base);
  const page = await context.newPage();
  if (options.javaScriptEnabled !== false) await page.clock.setFixedTime(new Date(`${day}T12:00:00Z`));
  await page.goto(base + path);
  return { context, page, noted };
}

// All rows as they are drawn, in percent of the chart, and the dates that the table has for them.
const rows = page => page.evaluate(() => {
  const chart = document.querySelector(".gantt");
  const listed = [...document.querySelectorAll(".gtab tr[data-key]")];
  for (const fold of document.querySelectorAll("main details")) fold.open = true;
  const day = (row, column) => row.cells[column].querySelector("time")?.dateTime;
  return [...chart.querySelectorAll(".grow")].map((row, number) => {
    const track = row.querySelector(".gr").getBoundingClientRect();
    const place = element => {
      if (!element) return undefined;
      // a bar without a cap is a part of a longer one, cut by the drawing around it
      const box = element.closest("svg:not(.gr)");
      const of = name => (box ? parseFloat(box.getAttribute(name)) : undefined);
      const { left, width } = element.getBoundingClientRect();
      return box ? [of("x"), of("x") + of("width")] : [(left - track.left) / track.width * 100, (left + width - track.left) / track.width * 100];
    };
    const table = listed[number];
    const [done, total] = (table.cells[5].textContent.match(/\d+/g) ?? []).map(Number);
    return { key: row.dataset.key, same: row.dataset.key === table.dataset.key, state: row.dataset.state, status: table.cells[2].textContent,
      from: day(table, 3), to: day(table, 4), done, total, bar: place(row.querySelector(".gb")), filled: place(row.querySelector(".gf")),
      late: place(row.querySelector(".go")), open: Boolean(row.querySelector(".gb")?.closest("svg:not(.gr)")),
      points: [...row.querySelectorAll(".gr > use")].map(use => [use.getAttribute("href"), parseFloat(use.getAttribute("x"))]),
      milestones: [...table.cells[6].querySelectorAll("time")].map(time => [time.dateTime, time.parentElement.textContent.split(", ")[1]]),
      label: row.querySelector(".gl")?.textContent ?? "", dashed: getComputedStyle(row.querySelector(".gb") ?? row).strokeDasharray !== "none" };
  });
});
const scale = page => page.evaluate(() => {
  const { from, days } = document.querySelector(".gantt").dataset;
  return { from, days: Number(days), today: parseFloat(document.querySelector("[data-now]").getAttribute("x")) };
});

function near(is, expected, what) {
  assert(is !== undefined && Math.abs(is - expected) < 0.25, `${what} is at ${is}, not ${expected}`);
}

const CHARTS = [PAGES.timeline, PAGES.timelineQuarter, PAGES.timelineAll, PAGES.timelineByOwner, "timeline/by-kind/quarter/index.html"];

function judge(all, { from, days }, today) {
  const place = day => (day - at(from)) / DAY / days * 100;
  const inside = number => Math.min(Math.max(number, 0), 100);
  let capped = 0;
  for (const row of all) {
    assert(row.same, `${row.key} stands elsewhere in the table`);
    if (row.from || row.to) {
      const last = row.milestones.map(([day]) => at(day)).pop() ?? 0;
      const end = row.to ? at(row.to) : Math.max(Math.max(at(row.from), at(TODAY)) + UNKNOWN * DAY, last);
      const start = Math.min(row.from ? at(row.from) : end - UNKNOWN * DAY, end);
      assert.equal(row.open, row.bar !== undefined && !(row.from && row.to), `${row.key}: a cap where there is an end`);
      if (place(end) > 0 && place(start) < 100) {
        near(row.bar[0], inside(place(start)), `${row.key} begins`);
        if (place(end) < 100) near(row.bar[1], Math.max(place(end), place(start) + 0.3), `${row.key} ends`);
        capped += place(end) < 100 && !row.open;
        const share = row.status === "Completed" && !row.total ? 1 : row.dashed || !row.total ? 0 : row.done / row.total;
        const reached = place(start + (end - start) * share);
        if (share > 0 && reached > 0 && reached < 100) near(row.filled[1], reached, `${row.key}'s share of tasks`);
        if (share === 0) assert.equal(row.filled, undefined, `${row.key} has nothing done`);
      } else {
        assert.equal(row.bar, undefined, row.key);
      }
    }
    assert.equal(row.late !== undefined, row.to !== undefined && /^Expired/.test(row.label), `${row.key}: ${row.label}`);
    if (row.late) {
      near(row.late[0], inside(place(at(row.to))), `${row.key} is late from`);
      near(row.late[1], inside(place(at(today))), `${row.key} is late to`);
      assert.match(row.label, new RegExp(`Expired ${Math.round((at(today) - at(row.to)) / DAY)} d`), row.key);
    }
    if (row.bar && /^(Draft|Proposed|In review)$/.test(row.status)) assert(row.dashed, `${row.key} isn't dashed`);
    const drawn = row.milestones.filter(([day]) => place(at(day)) >= 0 && place(at(day)) <= 100);
    assert.deepEqual(row.points.map(([mark]) => mark), drawn.map(([, word]) => `#ps-${word === "left open" ? "planned" : word}`), row.key);
    drawn.forEach(([day], number) => near(row.points[number][1], place(at(day)), `${row.key}'s milestone`));
  }
  return capped;
}

describe("on the built day", () => {
  for (const path of CHARTS) {
    test(`${path}: bars, shares, hatching and diamonds lie where the table's dates say`, async () => {
      const { context, page, noted } = await on(TODAY, path);
      const axis = await scale(page);
      near(axis.today, (at(TODAY) - at(axis.from)) / DAY / axis.days * 100, "today");
      const all = await rows(page);
      assert(all.length > 15, `${all.length} rows`);
      assert(judge(all, axis, TODAY) > 4, "hardly a bar has both ends");
      const [line, label] = await page.evaluate(() => {
        const middle = element => { const { left, width } = element.getBoundingClientRect(); return left + width / 2; };
        return [middle(document.querySelector("[data-now] line")), middle(document.querySelector("[data-now] text"))];
      });
      assert(Math.abs(line - label) < 1, "the line isn't below its label");
      await context.close();
      none(noted);
    });
  }

  test("says the same without scripts, and groups count what is in them", async () => {
    const said = [];
    for (const javaScriptEnabled of [true, false]) {
      const { context, page } = await on(TODAY, PAGES.timeline, { javaScriptEnabled });
      said.push(await page.evaluate(() => [...document.querySelectorAll(".gantt, .gtab, .gnotes")].map(part => part.textContent).join("|")));
      await context.close();
    }
    assert.equal(said[0], said[1]);
    const { context, page } = await on(TODAY, PAGES.timelineAll);
    const groups = await page.locator(".lane").evaluateAll(lanes => lanes.map(lane => [lane.querySelector("h2").textContent.trim(), lane.querySelectorAll(".grow").length]));
    assert(groups.length > 5);
    for (const [name, count] of groups) assert.match(name, new RegExp(` ${count}$`));
    // all that are tracked: drawn, without a date, or without a span
    const documents = JSON.parse(readFileSync(join(root, "data/documents.json"), "utf8")).documents.filter(one => one.tracked);
    const apart = Number((await page.locator(".gnotes").innerText()).match(/(\d+) documents? (aren't|isn't) drawn/)[1]);
    const undated = await page.locator(".undated li").count();
    assert.equal(groups.reduce((sum, [, count]) => sum + count, 0) + apart + undated, documents.length);
    assert(!(await page.locator("#status-superseded").evaluate(lane => lane.open)), "what was put away is folded");
    await context.close();
  });

  test("is reached from the side and used by keys: j, folding", async () => {
    const { context, page, noted } = await on(TODAY, "index.html");
    await page.locator(".side .nav a", { hasText: "Timeline" }).press("Enter");
    await page.waitForURL(base + PAGES.timeline);
    const first = page.locator(".lane").first();
    const links = await first.locator(".grow a").count();
    await page.keyboard.press("j");
    assert.equal(await page.evaluate(() => document.activeElement.closest(".grow") !== null), true);
    await first.locator("summary").focus();
    await page.keyboard.press("Enter");
    assert.equal(await first.locator(".grow a:visible").count(), 0);
    await page.keyboard.press("Enter");
    assert.equal(await first.locator(".grow a:visible").count(), links);
    await context.close();
    none(noted);
  });

  test("the filter takes rows from the chart and from the table, and stays when the range changes", async () => {
    const { context, page, noted } = await on(TODAY, `${PAGES.timeline}?owner=priya-raman`);
    const shown = () => page.evaluate(() => [".grow", ".gtab tr[data-key]"].map(rows => [...document.querySelectorAll(rows)].filter(row => !row.hidden).map(row => row.dataset.key)));
    await page.waitForFunction(() => document.querySelector(".grow[hidden]"));
    const [chart, table] = await shown();
    assert(chart.length > 1 && chart.length < 6, chart.join());
    assert.deepEqual(chart, table);
    await page.locator(".ph .seg a", { hasText: "All" }).click();
    await page.waitForURL(/timeline\/all\/index\.html\?owner=priya-raman/);
    await context.close();
    none(noted);
  });
});

describe("on a later day", () => {
  for (const [day, path] of [["2026-12-28", PAGES.timeline], ["2026-12-02", PAGES.timelineQuarter], ["2027-03-01", PAGES.timelineAll]]) {
    test(`${day}: ${path} moves today, and what is past its expiry is late`, async () => {
      const { context, page, noted } = await on(day, path);
      const axis = await scale(page);
      near(axis.today, (at(day) - at(axis.from)) / DAY / axis.days * 100, "today");
      const all = await rows(page);
      judge(all, axis, day);
      const open = row => row.state && row.to && !/since|Completed|Archived|Superseded|Rejected/.test(row.status);
      for (const row of all.filter(open)) assert.equal(/^Expired/.test(row.label), at(row.to) < at(day), `${row.key}: ${row.label}`);
      assert(all.filter(row => row.late).length > 4);
      await context.close();
      none(noted);
    });
  }

  test("a bar that gets near its day says so", async () => {
    // expires on 27 November, 1 December and 18 December 2026
    const { context, page } = await on("2026-11-26", PAGES.timeline);
    const label = title => page.locator(".grow").filter({ hasText: title }).locator(".gl").textContent();
    assert.match(await label("What agents may change"), /^In 1 d/);
    assert.match(await label("PostgreSQL 17 upgrade"), /^22 of 28/);
    await context.close();
    const later = await on("2026-12-10", PAGES.timeline);
    assert.match(await later.page.locator(".grow").filter({ hasText: "PostgreSQL 17 upgrade" }).locator(".gl").textContent(), /^In 8 d22 of 28/);
    await later.context.close();
  });
});

test("on a phone the chart scrolls in its box, with the names standing and today in sight", async () => {
  const { context, page, noted } = await on(TODAY, PAGES.timeline, { viewport: { width: 390, height: 844 } });
  const seen = await page.evaluate(() => {
    const box = document.querySelector(".gs");
    const today = document.querySelector("[data-now] line").getBoundingClientRect().left;
    const name = () => document.querySelector(".grow .l").getBoundingClientRect();
    const before = name().left;
    box.scrollLeft = 0;
    const start = name().left;
    box.scrollLeft = 9999;
    return { page: document.documentElement.scrollWidth, box: box.scrollWidth - box.clientWidth, today, right: name().right, lefts: [before, start, name().left] };
  });
  assert.equal(seen.page, 390);
  assert(seen.box > 300, "nothing to scroll");
  assert.deepEqual(new Set(seen.lefts).size, 1, `names moved: ${seen.lefts}`);
  assert(seen.today > seen.right && seen.today < 390, `today is at ${seen.today}`);
  await context.close();
  none(noted);
});

test("on paper the bars and the table stand, and nothing to press does", async () => {
  const { context, page } = await on(TODAY, PAGES.timeline, { viewport: { width: 673, height: 1000 } });
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(() => {
    const visible = selector => [...document.querySelectorAll(selector)].filter(element => element.checkVisibility({ contentVisibilityAuto: true }) && element.getClientRects().length).length;
    return { bars: visible(".gb"), rows: visible(".gtab tr"), buttons: visible("main .seg a, main .btn, main input, .side"),
      wide: document.querySelector(".gantt").getBoundingClientRect().right, kept: getComputedStyle(document.querySelector(".gr")).printColorAdjust };
  });
  assert(seen.bars > 20 && seen.rows > 20, JSON.stringify(seen));
  assert.deepEqual([seen.buttons, seen.kept], [0, "exact"]);
  assert(seen.wide <= 673.5, `the chart is ${seen.wide} wide`);
  await context.close();
});

test("with forced colours bars, hatching and marks keep their edges", async () => {
  const { context, page } = await on(TODAY, PAGES.timeline, { forcedColors: "active" });
  const [bar, done, hatch] = await page.evaluate(() => [[".gb", "stroke"], [".gf", "fill"], [".h1", "fill"]]
    .map(([selector, property]) => getComputedStyle(document.querySelector(selector))[property]));
  const canvas = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  for (const colour of [bar, done, hatch]) assert.notEqual(colour, canvas);
  await context.close();
});

describe("a large collection", () => {
  const docs = join(folder(), "docs");
  mkdirSync(join(docs, "plans"), { recursive: true });
  const pad = number => String(number).padStart(2, "0");
  for (let number = 1; number <= 450; number += 1) {
    const dates = number > 430 ? "" : `created: 2026-0${1 + number % 9}-${pad(1 + number % 28)}\nexpires: 2027-0${1 + number % 5}-${pad(1 + number % 28)}\n`;
    writeFileSync(join(docs, "plans", `plan-${number}.md`), `---\nid: PLAN-${number}\nstatus: active\nowner: Person ${number % 7}\n${dates}---\n# Plan ${number}\n\n## Milestones\n\n`
      + `| Milestone | Date | Status |\n|---|---|---|\n| Begin ${number} | 2026-0${1 + number % 9}-01 | ${number % 2 ? "Done" : "Open"} |\n| End ${number} | 2027-01-${pad(1 + number % 28)} | |\n`);
  }
  const site = build(docs);

  test("is cut into parts with true counts, and no document is lost", async () => {
    const context = await opened.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const seen = new Set();
    for (let next = "timeline/index.html", part = 1; next; part += 1) {
      await page.goto(fromDisk(site) + next);
      assert.match(await page.locator(".lane h2").first().innerText(), /Active\s+450/, next);
      assert.match(await page.locator(".ghead small").first().innerText(), /^rows \d+ to \d+$/);
      assert.equal(await page.locator("[data-filter]").count(), 0, "a part can't be filtered as if it were all");
      for (const key of await page.locator(".grow a.ell").evaluateAll(links => links.map(link => link.textContent))) seen.add(key);
      assert.equal(await page.locator(".grow").count(), part < 3 ? 200 : 50);
      const link = page.locator(".pager [rel=next]");
      next = (await link.count()) ? new URL(await link.getAttribute("href"), page.url()).href.slice(fromDisk(site).length) : undefined;
    }
    assert.equal(seen.size, 450, "plans without dates have milestones, so they are drawn too");
    assert(existsSync(join(site, "timeline/by-owner/3/index.html")));
    await context.close();
  });

  test("has its milestones by month, each with the mark that its day and the file give it", async () => {
    const context = await opened.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const marks = {};
    let total = 0;
    for (const path of ["milestones/index.html", "milestones/2/index.html"]) {
      await page.goto(fromDisk(site) + path);
      const listed = await page.locator(".mls tr[data-row]").evaluateAll(all => all.map(row => [row.querySelector(".mk").textContent, row.querySelector("time[datetime]:not([data-age])").dateTime, row.querySelector(".ti").textContent]));
      for (const [mark, day, title] of listed) {
        const odd = Number(title.match(/\d+/)[0]) % 2 === 1 && title.startsWith("Begin");
        assert.equal(mark, odd ? "Reached" : at(day) < at(TODAY) ? "Missed" : "Planned", title);
        marks[mark] = (marks[mark] ?? 0) + 1;
      }
      total += listed.length;
    }
    assert.equal(total, 900);
    await page.goto(fromDisk(site) + PAGES.milestones);
    const tabs = await page.locator(".mtabsel a").allInnerTexts();
    assert.deepEqual(tabs.map(tab => tab.replace(/\s+/, " ")), ["All 900", `Reached ${marks.Reached}`, `Planned ${marks.Planned}`, `Missed ${marks.Missed}`]);
    assert.equal(await page.locator(".mls .og").first().innerText().then(text => text.replaceAll(/\s+/g, " ").trim()), "January 2027 450 planned");
    await context.close();
  });
});

test("milestones lead to the section that says them, and documents without any date are named", async () => {
  const { context, page } = await on(TODAY, PAGES.milestones);
  const hrefs = await page.locator(".mls .ti a").evaluateAll(links => links.map(link => link.href));
  assert(hrefs.length > 10);
  for (const href of new Set(hrefs)) {
    await page.goto(href);
    assert.equal(await page.evaluate(() => document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null), true, href);
  }
  const docs = join(folder(), "docs");
  mkdirSync(join(docs, "plans"), { recursive: true });
  writeFileSync(join(docs, "plans", "a.md"), "---\nid: PLAN-1\nstatus: active\n---\n# Never dated <b>\n");
  const site = build(docs);
  await page.goto(`${fromDisk(site)}timeline/index.html`);
  assert.match(await page.locator("main").innerText(), /No bars to draw[^]*1 document says no date[^]*PLAN-1 Never dated/);
  await page.goto(`${fromDisk(site)}milestones/index.html`);
  assert.match(await page.locator("main").innerText(), /No milestones yet/);
  await context.close();
});
