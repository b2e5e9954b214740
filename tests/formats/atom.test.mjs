// The feed, held against RFC 4287 by a parser that isn't ours: what must be there, what may be there once only, dates,
// addresses, and names that stay the same.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { SaxesParser } from "saxes";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const ATOM = "http://www.w3.org/2005/Atom";

function binary() {
  if (process.env.PLANSITE_BIN) return resolve(process.env.PLANSITE_BIN);
  execFileSync("cargo", ["build", "--quiet", "--locked"], { cwd: repository, stdio: ["ignore", "inherit", "inherit"] });
  return join(resolve(repository, process.env.CARGO_TARGET_DIR ?? "target"), "debug", process.platform === "win32" ? "plansite.exe" : "plansite");
}
const program = binary();

/** A repository whose words mean harm: in titles, names of files, authors and messages. */
const place = mkdtempSync(join(tmpdir(), "plansite-atom-"));
after(() => rmSync(place, { recursive: true, force: true }));
const ODD = "é 👍 <b>&amp; ]]> \u0001\u000b\u001b \ufffe\uffff \u202e \"quoted\" 'so'";
const author = `A <!-- ]]> & "B" \u0007`;
function commit(day, message) {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_AUTHOR_NAME: author, GIT_AUTHOR_EMAIL: "a@example.org",
    GIT_COMMITTER_NAME: "C", GIT_COMMITTER_EMAIL: "c@example.org", GIT_AUTHOR_DATE: `${day}T12:00:00Z`, GIT_COMMITTER_DATE: `${day}T12:00:00Z` };
  execFileSync("git", ["add", "-A"], { cwd: place, env });
  execFileSync("git", ["commit", "-q", "-m", message], { cwd: place, env });
}
const write = (path, text) => {
  mkdirSync(dirname(join(place, path)), { recursive: true });
  writeFileSync(join(place, path), text);
};
execFileSync("git", ["init", "-q", "-b", "main"], { cwd: place });
write("docs/plans/a [b] %é &<x>.md", `---\ntitle: '${ODD.replaceAll("'", "''")}'\nstatus: draft\n---\n`);
write("docs/decisions/日本.md", `# ${ODD}\n\n- Status: proposed\n- Deciders: ${ODD}\n`);
write("docs/plans/gone.md", `---\nid: "X ${"]]>"}"\nstatus: active\n---\n# G\n`);
commit("2026-01-05", ODD);
write("docs/decisions/日本.md", `# ${ODD}\n\n- Status: accepted\n- Deciders: ${ODD}\n`);
commit("2026-02-05", "]]><entry/>");
rmSync(join(place, "docs/plans/gone.md"));
commit("2026-03-05", "x");

/** The feed of a site, as a tree of names, attributes, texts and children. */
function feed(docs, ...options) {
  const out = join(mkdtempSync(join(tmpdir(), "plansite-atom-site-")), "site");
  after(() => rmSync(dirname(out), { recursive: true, force: true }));
  execFileSync(program, ["build", docs, "--out", out, "--quiet", "--today", "2026-11-23", ...options], { stdio: ["ignore", "ignore", "inherit"] });
  const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(join(out, "feed.xml")));
  const root = { children: [] };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => assert.fail(error));
  parser.on("opentag", ({ local, uri, attributes }) => {
    assert.equal(uri, ATOM, local);
    const node = { name: local, attributes: Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value])), text: "", children: [] };
    open.at(-1).children.push(node);
    open.push(node);
  });
  parser.on("text", (text) => { if (open.length > 1) open.at(-1).text += text; });
  parser.on("closetag", () => open.pop());
  parser.write(text).close();
  return { root: root.children[0], out };
}

const all = (node, name) => node.children.filter((child) => child.name === name);
const one = (node, name) => {
  const found = all(node, name);
  assert.equal(found.length, 1, `${node.name} has ${found.length} ${name}`);
  return found[0];
};
const links = (node, rel) => all(node, "link").filter((link) => (link.attributes.rel ?? "alternate") === rel);

/** RFC 4287, 4.1.1 and 4.1.2. */
function holds({ root, out }, base) {
  assert.equal(root.name, "feed");
  const updated = [];
  for (const node of [root, ...all(root, "entry")]) {
    const id = one(node, "id").text;
    assert.ok(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id) || (base && id === `${base}feed.xml`), id);
    assert.ok(one(node, "title").text.trim());
    const day = one(node, "updated").text;
    assert.match(day, /^\d{4}-\d\d-\d\dT00:00:00Z$/);
    assert.ok(!Number.isNaN(Date.parse(day)));
    updated.push(day);
    assert.equal(links(node, "alternate").length, 1);
    const { href } = links(node, "alternate")[0].attributes;
    const address = new URL(href, "https://elsewhere.example/x/feed.xml");
    if (base) {
      assert.equal(address.href, href, "absolute and in its normal form");
      assert.ok(href.startsWith(base), href);
    }
    const inside = decodeURIComponent(address.pathname.slice(new URL(base ?? "https://elsewhere.example/x/").pathname.length));
    assert.ok(readFileSync(join(out, inside, inside.endsWith("/") ? "index.html" : "")).length, inside);
    for (const person of all(node, "author")) assert.ok(one(person, "name").text.trim());
  }
  assert.ok(all(root, "author").length > 0 || all(root, "entry").every((entry) => all(entry, "author").length > 0));
  assert.equal(links(root, "self").length, base ? 1 : 0);
  const [first, ...entries] = updated;
  if (entries.length) assert.equal(first, entries[0]);
  assert.deepEqual(entries, entries.toSorted().toReversed());
  const ids = all(root, "entry").map((entry) => one(entry, "id").text);
  assert.equal(new Set(ids).size, ids.length);
  return ids;
}

test("the feed of what git tells is Atom, with and without an address of the site", () => {
  const docs = join(place, "docs");
  const bare = feed(docs);
  const ids = holds(bare);
  const titles = all(bare.root, "entry").map((entry) => one(entry, "title").text);
  assert.equal(titles.length, 5, titles.join("\n"));
  assert.ok(titles.some((title) => title.includes("]]>") && title.includes("was accepted by")), titles.join("\n"));
  assert.ok(titles[0].endsWith("was deleted"), titles[0]);
  const said = JSON.stringify(bare.root);
  assert.ok(!/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\u202e]/.test(said.replaceAll("\\n", "")));
  assert.deepEqual(holds(feed(docs)), ids, "the same in every build");
  const base = "https://example.org/a&b/";
  assert.deepEqual(holds(feed(docs, "--base-url", base), base), ids, "wherever the site lies");
});

test("the feed of what documents say, where git says nothing, is Atom too", () => {
  assert.ok(holds(feed(join(repository, "example-docs"), "--no-git")).length > 5);
  const docs = join(place, "docs");
  assert.deepEqual(holds(feed(docs, "--no-git")), []);
});
