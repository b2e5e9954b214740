// What a reader typed becomes a query: words, quoted phrases, and filters such as owner:hana.
//
// lunr's own parser reads each word, so its syntax holds: +must, -not, field:word, wild*card, near~1, heavy^3. What it
// refuses (12:30, a~b) is taken as plain words. A filter narrows the results and isn't searched for.
"use strict";

const plansiteQuery = (() => {
  // What people write before a colon, and what they mean.
  const NAMES = {
    type: "kind", status: "is", state: "is", where: "in", author: "owner", tag: "tags", task: "tasks", heading: "headings",
  };
  const FILTERS = ["kind", "is", "owner", "in"];
  const PART = /(?<!\S)([+-]?)(?:(\p{L}+):)?(?:"([^"]*)("?)|(\S+))/gu;

  // The clauses that lunr sees in one word; absent where it sees a mistake.
  function clauses(lunr, text, fields) {
    const query = new lunr.Query(fields);
    try {
      new lunr.QueryParser(text, query).parse();
      return query.clauses;
    } catch {
      return undefined;
    }
  }

  function parse(lunr, text, fields, words) {
    const query = { words: [], phrases: [], filters: [], joined: "" };
    const plain = [];
    // the last word as long as nothing but filters and no space stands behind it: it may go on
    let last, tail = 0;

    function add(word, more) {
      const part = { word, presence: "want", prefix: false, boost: 1, ...more };
      query.words.push(part);
      return part;
    }

    function quoted(sign, field, value, closed) {
      const found = words(value, true);
      const presence = sign === "-" ? "not" : "must";
      if (found.length > 1) query.phrases.push({ words: found, field, not: sign === "-" });
      if (found.length > 1 && sign === "-") return undefined;
      found.forEach(word => add(word, { field, presence, quoted: found.length > 1 }));
      if (!field && sign !== "-") plain.push(...found);
      return closed ? undefined : query.words.at(-1);
    }

    function bare(sign, key, field, value) {
      const named = field ? `${sign}${field}:${value}` : sign + (key ? `${key}:${value}` : value);
      const found = clauses(lunr, named, fields);
      const presence = sign === "-" ? "not" : sign === "+" ? "must" : "want";
      let latest;
      if (!found) {
        for (const word of words(field || !key ? value : `${key} ${value}`)) latest = add(word, { field, presence });
      }
      for (const clause of found ?? []) {
        const more = { field, presence, boost: clause.boost };
        if (clause.term.includes("*")) {
          const [start, rest] = [clause.term.indexOf("*"), clause.term.replace(/\*+$/, "")];
          if (rest.includes("*") || !start) latest = add(clause.term, { ...more, pattern: true });
          else for (const word of words(rest)) latest = add(word, { ...more, wild: true });
          if (latest && !latest.pattern) latest.prefix = true;
          continue;
        }
        for (const word of words(clause.term)) latest = add(word, { ...more, edits: clause.editDistance });
      }
      const plainly = found?.every(clause => clause.boost === 1 && !clause.editDistance) ?? true;
      if (!field && !sign && latest && !latest.pattern && plainly) plain.push(...words(value));
      return latest?.pattern || latest?.edits ? undefined : latest;
    }

    for (const match of text.matchAll(PART)) {
      const [whole, sign, key, inner, closing, open] = match;
      const value = inner ?? open;
      const name = NAMES[key?.toLowerCase()] ?? key?.toLowerCase();
      if (open && /^\p{L}+:$/u.test(open) && FILTERS.includes(NAMES[open.slice(0, -1)] ?? open.slice(0, -1))) continue;
      if (FILTERS.includes(name) && (value || inner !== undefined)) {
        if (value) query.filters.push({ name, value: value.toLowerCase(), not: sign === "-", text: whole });
        if (tail === match.index || text.slice(tail, match.index).trim() === "") tail = match.index + whole.length;
        continue;
      }
      const field = fields.includes(name) ? name : undefined;
      if (inner !== undefined) last = quoted(sign, field, key && !field ? `${key} ${value}` : value, closing === "\"");
      else last = bare(sign, key, field, value);
      tail = match.index + whole.length;
    }
    const ended = text.slice(tail);
    const filtersBehind = query.filters.length > 0 && !ended.trim();
    if (last && (ended === "" || filtersBehind) && last.presence !== "not") last.prefix = true;

    // May be an id: 23, PLAN-023, self-update.
    const joined = plain.join("").replaceAll(".", "");
    if (plain.length < 6 && (/\d/.test(joined) || (plain.length > 1 && /\p{L}[-_./]\p{L}/u.test(text)))) query.joined = joined;
    return query;
  }

  return { parse };
})();

if (typeof module === "object") module.exports = plansiteQuery;
