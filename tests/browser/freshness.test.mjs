// The page of all deadlines: what it says on the built day, without scripts, and on a later day of the reader.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { PAGES, TODAY, browser, build, folder, fromDisk, none, serve, watch } from "./site.mjs";

const root = build();
const opened = await browser();
const base = await serve(root);

const DAY = 86400000;
const at = text => { const [year, month, day] = text.split("-").map(Number); return Date.UTC(year, month - 1, day); };

// What the rows carry, judged here once more, by nothing but the contract's words.
function judged(row, today, warning) {
  const [expires, review] = [row.expires, row.review].map(day => (day ? at(day) : undefined));
  if (expires < at(today)) return "expired";
  if (review < at(today)) return "review-overdue";
  if ([expires, review].some(day => day !== undefined && day - at(today) <= warning * DAY)) return "due";
  return expires === undefined && review === undefined ? row.state : "fresh";
}

const rows = page => page.evaluate(() => [...document.querySelectorAll("tr[data-key]")].map(row => ({
  ...row.dataset, chip: row.cells[0].textContent, group: row.closest("tbody").dataset.group,
  folded: row.closest(".calm") !== null, counted: row.closest("tbody").querySelector(".og .r")?.textContent })));
const totals = page => page.evaluate(() => Object.fromEntries([...document.querySelectorAll("[data-total]")]
  .filter(total => !total.hidden).map(total => [total.dataset.total, Number(total.querySelector("b").textContent)])));
const tally = list => list.reduce((counts, row) => ({ ...counts, [row.state]: (counts[row.state] ?? 0) + 1 }), {});
const once = list => [...new Map(list.map(row => [row.key, row])).values()];

async function on(day, path = PAGES.freshness) {
  const context = await opened.newContext();
  const noted = await watch(context, base);
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date(`${day}T12:00:00Z`));
  await page.goto(base + path);
  return { context, page, noted };
}

describe("on the built day", () => {
  for (const path of [PAGES.freshness, PAGES.freshnessByState, PAGES.freshnessByKind]) {
    test(`${path} says the same with and without scripts, and its totals are those of its rows`, async () => {
      const said = [];
      for (const javaScriptEnabled of [true, false]) {
        const context = await opened.newContext({ javaScriptEnabled });
        const page = await context.newPage();
        if (javaScriptEnabled) await page.clock.setFixedTime(new Date(`${TODAY}T12:00:00Z`));
        await page.goto(fromDisk(root) + path);
        said.push(await page.locator("main").innerText());
        assert.match(said.at(-1), /Judged for 23 November 2026/);
        const all = once(await rows(page));
        assert(all.length > 15, `${all.length} rows`);
        for (const row of all) assert.equal(judged(row, TODAY, 14), row.state, row.key);
        assert.deepEqual(await totals(page), tally(all));
        await context.close();
      }
      assert.equal(said[0], said[1]);
    });
  }

  test("the strip and its list say the same, and every marked day leads to what is due", async () => {
    const { context, page, noted } = await on(TODAY);
    const marked = await page.locator(".heat a[data-day]").evaluateAll(cells => cells.map(cell => [cell.dataset.day, cell.getAttribute("href"), cell.title]));
    const listed = await page.locator(".ahead ol > li").evaluateAll(days => days.map(day => [day.querySelector("time").dateTime, day.id, day.querySelectorAll("ul a").length]));
    assert(marked.length > 5);
    assert.deepEqual(marked.map(([day]) => day), listed.map(([day]) => day));
    const weeks = await page.locator(".heat a.w b").allInnerTexts();
    assert.equal(weeks.map(Number).reduce((a, b) => a + b), listed.reduce((sum, [, , count]) => sum + count, 0));
    assert.equal(await page.locator(".heat .t").getAttribute("data-day"), TODAY);
    const several = marked.find(([, href]) => href.startsWith("#"));
    await page.locator(`.heat a[data-day='${several[0]}']`).click();
    assert(await page.locator(several[1]).isVisible(), "the list did not open");
    const single = marked.find(([, href]) => !href.startsWith("#"));
    await page.locator(`.heat a[data-day='${single[0]}']`).click();
    assert.equal(await page.locator("h1:visible").count(), 1);
    assert(single[2].includes(await page.locator(".crumb .num").last().innerText()), single[2]);
    await context.close();
    none(noted);
  });

  test("g f opens it", async () => {
    const { context, page } = await on(TODAY, "index.html");
    await page.keyboard.press("g");
    await page.keyboard.press("f");
    await page.waitForURL(base + PAGES.freshness);
    await context.close();
  });
});

describe("on a later day", () => {
  for (const [day, ago] of [["2026-11-24", 1], ["2026-11-28", 5], ["2027-01-16", 54], ["2028-02-29", 463]]) {
    for (const path of [PAGES.freshness, PAGES.freshnessByState, PAGES.freshnessByKind]) {
      test(`${day}: ${path} is judged again`, async () => {
        const { context, page, noted } = await on(day, path);
        const all = await rows(page);
        for (const row of all) {
          assert.equal(row.state, judged(row, day, 14), row.key);
          assert.match(row.chip, { expired: /^Expired/, due: /^(Review )?[Dd]ue/, "review-overdue": /late$/, unscheduled: /^No expiry/, fresh: /^Fresh/ }[row.state], row.key);
          assert(!row.folded || row.state === "fresh", `${row.key} is folded, but ${row.state}`);
          if (path === PAGES.freshnessByState) assert.equal(row.group, row.folded ? "fresh" : row.state);
        }
        assert.deepEqual(await totals(page), tally(once(all)));
        const expired = once(all).filter(row => row.state === "expired").length;
        assert.equal(await page.locator(".side .nav .hot").innerText(), `${expired} expired`);
        const marks = await page.locator(".heat .t").evaluateAll(cells => cells.map(cell => cell.dataset.day));
        assert.deepEqual(marks, day < "2027-06" ? [day] : []);
        assert.match(await page.locator(".foot").innerText(), new RegExp(`23 November 2026, ${ago} days? ago`));
        assert.equal(await page.locator(".built").count() > 0, ago > 14 || expired > 4);
        await context.close();
        none(noted);
      });
    }
  }

  test("a document's chip and banner change, and an old site says so first", async () => {
    // due on 27 November 2026
    const { context, page, noted } = await on("2026-12-20", PAGES.due);
    assert.match(await page.locator(".built h2").innerText(), /^This site was built 27 days ago, on 23 November 2026$/);
    assert.match(await page.locator(".bans .ban").first().innerText(), /^Expired 23 days ago, on 27 November 2026\./);
    assert.match(await page.locator(".plife").innerText(), /Expired 23 d ago/);
    assert.doesNotMatch(await page.locator(".plife, .bans").allInnerTexts().then(texts => texts.join()), /Due/);
    await context.close();
    none(noted);
  });

  test("cards of the board and rows of lists change their chips", async () => {
    for (const path of [PAGES.board, PAGES.all]) {
      const { context, page, noted } = await on("2026-12-28", path);
      const chip = title => page.locator("[data-judge]").filter({ hasText: title }).locator(".chip[data-fresh]");
      // expires on 27 November, 18 December 2026 and 4 January 2027: due, fresh and fresh on the built day
      assert.match(await chip("What agents may change").first().textContent(), /^Expired 31 d ago$/, path);
      assert.match(await chip("PostgreSQL 17 upgrade").first().textContent(), /^Expired 10 d ago$/, path);
      assert.match(await chip("Rust SDK 1.0").first().textContent(), /^(Expires|Review) in 7 d$/, path);
      assert.match(await chip("CI under ten minutes").first().textContent(), /^Expired 27 d ago$/, path);
      await context.close();
      none(noted);
    }
  });

  test("a day before the built one changes nothing", async () => {
    const { context, page } = await on("2026-11-20");
    assert.match(await page.locator("main").innerText(), /Judged for 23 November 2026/);
    assert.equal(await page.locator(".built").count(), 0);
    await context.close();
  });
});

test("what git, CODEOWNERS and the settings add is labelled, and unknown is said to be unknown", async () => {
  const docs = join(folder(), "docs");
  mkdirSync(join(docs, "plans"), { recursive: true });
  const write = (path, text) => writeFileSync(join(docs, path), text);
  write("plansite.toml", '[freshness.lease]\nplan = "90d"\n');
  write("../CODEOWNERS", "/docs/ @team/docs\n/docs/plans/plan-002.md\n");
  write("../queue.rs", "fn a() {}\n");
  write("plans/plan-001.md", "---\nid: PLAN-001\nstatus: active\nreviewed: 2026-09-01\nrelated_code: [queue.rs]\n---\n# Move the queue\n\n## Phase 1: Begin\n- [ ] one\n");
  const git = (day, ...words) => execFileSync("git", ["-C", join(docs, ".."), "-c", "user.name=Ana <img>Ruiz", "-c", "user.email=ana@example.org", ...words],
    { env: { ...process.env, GIT_AUTHOR_DATE: `${day}T12:00:00Z`, GIT_COMMITTER_DATE: `${day}T12:00:00Z` }, stdio: ["ignore", "ignore", "inherit"] });
  git("2026-06-06", "init", "-q");
  git("2026-06-06", "add", ".");
  git("2026-06-06", "commit", "-qm", "one");
  write("../queue.rs", "fn b() {}\n");
  git("2026-10-03", "commit", "-qam", "two");
  write("plans/plan-002.md", "---\nid: PLAN-002\nstatus: active\n---\n# Not committed\n");
  const site = build(docs);
  const context = await opened.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${fromDisk(site)}plans/plan-001/index.html`);
  const bans = (await page.locator(".bans").innerText()).replaceAll(/\s+/g, " ");
  assert.match(bans, /Review due in 7 days, on 30 November 2026 \(inferred from the lease of its kind\)/);
  assert.match(bans, /Unchanged for 170 days\. .* 6 June 2026, by git/);
  assert.match(bans, /1 commit to code it names since its review\. .* queue\.rs, the last on 3 October 2026/);
  const facts = (await page.locator(".meta").innerText()).replaceAll(/\s+/g, " ");
  assert.match(facts, /@team\/docs from CODEOWNERS .*Changed 6 Jun 2026 by Ana imgRuiz Reviewed 1 Sep 2026 without change Review due 30 Nov 2026 inferred/);
  await page.goto(`${fromDisk(site)}plans/plan-002/index.html`);
  assert.match((await page.locator(".meta").innerText()).replaceAll(/\s+/g, " "), /Created Unknown Changed Unknown the file isn't committed/);
  await page.goto(`${fromDisk(site)}freshness/index.html`);
  const table = await page.locator("[data-wanting-table]").innerText();
  assert.match(table, /No owner[^]*PLAN-002[^]*@team\/docs\s+from CODEOWNERS[^]*PLAN-001/, "what nobody owns comes first");
  assert.match(table, /Inferred from the lease of its kind/);
  await context.close();
});
