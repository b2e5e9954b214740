// What is typed and what the search makes of it, line by line, and that no text whatever is too much for it.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { random } from "./corpus.mjs";

const require = createRequire(import.meta.url);
const theme = join(dirname(fileURLToPath(import.meta.url)), "../../themes/default");
const { parse } = require(join(theme, "search-query.js"));
const { asked } = require(join(theme, "search-words.js"));
const lunr = require("lunr");
const FIELDS = ["title", "id", "headings", "summary", "tasks", "body", "owner", "tags", "status"];

// A query as one line: field:word with + for must, - for not, … for one that may go on, ~ and ^ as typed; then phrases,
// filters and the id that it may be.
function said(text) {
  const { words, phrases, filters, joined } = parse(lunr, text, FIELDS, asked);
  const sign = { want: "", must: "+", not: "-" };
  return [
    ...words.map(({ word, field, presence, prefix, boost, edits, pattern }) => sign[presence] + (field ? `${field}:` : "") + word
      + (pattern ? " (pattern)" : "") + (prefix ? "…" : "") + (edits ? `~${edits}` : "") + (boost === 1 ? "" : `^${boost}`)),
    ...phrases.map(({ words, field, not }) => `${not ? "-" : ""}${field ? `${field}:` : ""}"${words.join(" ")}"`),
    ...filters.map(({ name, value, not }) => `${not ? "-" : ""}[${name} ${value}]`),
    ...(joined ? [`id ${joined}`] : []),
  ].join(" ");
}

const CASES = [
  ["outbox", "outbox…"],
  ["outbox ", "outbox"],
  ["Outbox relay", "outbox relay…"],
  ["+outbox -cron", "+outbox -cron"],
  ["title:outbox relay ", "title:outbox relay"],
  ["tag:ledger", "tags:ledger…"],
  ["outb*", "outb…"],
  ["*box out*x", "*box (pattern) out*x (pattern)"],
  ["relay~1 outbox^3 ", "relay~1 outbox^3"],
  ["\"logical decoding\" relay", "+logical +decoding relay… \"logical decoding\""],
  ["\"logical dec", "+logical +dec… \"logical dec\""],
  ["-\"logical decoding\" relay ", "relay -\"logical decoding\""],
  ["title:\"exactly once\"", "+title:exactly +title:once title:\"exactly once\""],
  ["PLAN-023", "plan 023… id plan023"],
  ["23", "23… id 23"],
  ["src/outbox_relay.rs ", "src outbox relay rs id srcoutboxrelayrs"],
  ["owner:hana is:expired kind:adr", "[owner hana] [is expired] [kind adr]"],
  ["outbox owner:\"Hana Sato\"", "outbox… [owner hana sato]"],
  ["type:rfc -status:draft in:tasks", "[kind rfc] -[is draft] [in tasks]"],
  ["owner:", ""],
  ["12:30 a~b ~ ^ + -", "12 30 a b id 1230ab"],
  ["unknown:word ", "unknown word"],
  ["日本語の検索 ", "日本 本語 検索"],
  ["", ""],
];
for (const [text, expected] of CASES) assert.equal(said(text), expected, text);

const PIECES = ["+", "-", "\"", ":", "*", "~", "^", "\\", " ", "  ", "\n", "owner", "is", "title", "id", "a", "Ab", "23", ".", "/", "é", "日", "😀", "\ud800", "<b>", "__proto__", "\u202e", "~9e9", "^-1"];
const pick = random(11);
for (let round = 0; round < 20000; round++) {
  const text = Array.from({ length: Math.floor(pick() * 12) }, () => PIECES[Math.floor(pick() * PIECES.length)]).join("");
  const query = parse(lunr, text, FIELDS, asked);
  for (const { word, boost, field } of query.words) {
    assert(typeof word === "string" && word !== "" && Number.isFinite(boost), JSON.stringify(text));
    assert(field === undefined || FIELDS.includes(field), JSON.stringify(text));
  }
}
console.log(`${CASES.length} queries read as they should be, 20000 of odd signs read without an error`);
