// Full-text search over the index that plansite writes to search/, without a page: it runs in node too.
//
// It loads the few files of the index that a query needs, puts a small lunr index together from them and lets lunr.js
// match and score. Where files come from is the caller's business; search.js is the overlay that shows what is found.
"use strict";

const plansiteIndex = (() => {
  const { places, words, asked, fold, create: createLanguage } = typeof module === "object" ? require("./search-words.js") : plansiteWords;
  // A prefix that spans more files than this is not completed: the reader types on.
  const SPAN = 4;
  // Completions of one word: so many terms, with so many places in all.
  const COMPLETIONS = 60;
  const PLACES = 20000;

  // Edits between two words: letters put in, left out, changed or swapped. Above `most` the answer is `most + 1`.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], above = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(row[j - 1] + 1, above[j] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      before = above;
      above = row;
    }
    return above[b.length];
  }

  // What a reader typed: words, and filters such as owner:hana.
  function parse(text, fields) {
    const query = { words: [], filters: [], joined: "" };
    const plain = [];
    for (const match of text.matchAll(/(?<!\S)(-?)(?:(\p{L}+):)?(?:"([^"]*)"?|(\S+))/gu)) {
      const [part, not, key, quoted, bare] = match;
      const value = quoted ?? bare;
      if (/^(kind|type|is|status|state|owner|tags?):$/.test(value)) continue;
      const name = { type: "kind", status: "is", state: "is", tag: "tags", task: "tasks", heading: "headings" }[key] ?? key;
      if (["kind", "is", "owner"].includes(name) && value) {
        query.filters.push({ name, value: value.toLowerCase(), not: not === "-" });
        continue;
      }
      const field = fields.includes(name) ? name : undefined;
      const found = asked(key && !field ? `${key} ${value}` : value);
      found.forEach(word => query.words.push({ word, field, not: not === "-" && found.length > 0, prefix: false }));
      if (!field && !not) plain.push(...found);
      if (found.length && match.index + part.length === text.length && !not && quoted === undefined) query.words.at(-1).prefix = true;
    }
    // May be an id: 23, PLAN-023, self-update.
    const joined = plain.join("").replaceAll(".", "");
    if (plain.length < 6 && (/\d/.test(joined) || (plain.length > 1 && /\p{L}[-_./]\p{L}/u.test(text)))) query.joined = joined;
    return query;
  }

  function create({ lunr, load, bring, pause = () => Promise.resolve(), today = () => Math.floor(Date.now() / 864e5) }) {
    let router;
    let language;
    let expansions = new Map();
    if (!lunr.Pipeline.registeredFunctions.plansite) {
      lunr.Pipeline.registerFunction(token => lunr.plansiteTerms(token.toString()), "plansite");
    }

    async function start() {
      if (router) return router;
      router = await load("router");
      for (const name of lunr[router.language.own] ? [] : router.language.scripts) await bring(name);
      language = createLanguage(lunr, router.language);
      router.stops = new Set(router.stop);
      router.commons = new Set(router.common);
      router.states_now = Array.from(router.state, state => state.charCodeAt(0) - 48);
      router.turned = new Set();
      for (const [document, day, state] of router.turns) {
        if (day > today()) continue;
        router.states_now[document] = state;
        router.turned.add(document);
      }
      return router;
    }

    // Number of the index file that would hold the term.
    function file(term) {
      let low = 0, high = router.index.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (router.index[middle] <= term) low = middle; else high = middle - 1;
      }
      return low;
    }

    // Rows of the index from one term to another that a test takes; none where that spans too many files.
    async function rows(from, to, take) {
      const [first, last] = [file(from), file(to)];
      if (!router.index.length || last - first >= SPAN) return [];
      const files = await Promise.all(Array.from({ length: last - first + 1 }, (_, at) => load(`index-${first + at}`)));
      return files.flatMap(file => file.filter(row => take(row[0])));
    }

    // So many words begin like this that they are not looked at: the reader types on.
    const wide = word => file(word + "\uffff") - file(word) >= SPAN;

    const weight = row => row.reduce((sum, part, at) => at % 3 === 2 ? sum + part.length : sum, 0);

    // The rows of the index that a word stands for; of a word being typed, also how it may go on.
    async function terms(word, prefix) {
      const forms = language.forms(word), bare = fold(word);
      const exact = (await Promise.all(forms.map(form => rows(form, form, term => term === form)))).flat();
      if (!prefix) return exact;
      if (wide(bare)) return exact;
      const more = (await rows(bare, bare + "\uffff", term => !forms.includes(term) && term.startsWith(bare)))
        .sort((a, b) => weight(b) - weight(a)).slice(0, COMPLETIONS);
      let room = PLACES;
      const found = exact.concat(more.filter(row => (room -= weight(row)) > 0));
      for (const head of found.length ? [] : language.heads(word)) found.push(...await rows(head, head, term => term === head));
      return found;
    }

    // The word of the collection that a misspelt one most likely means.
    async function meant(word) {
      if (word.length < 4 || /\d/.test(word)) return undefined;
      const letter = word[0];
      let number = router.words.length - 1;
      while (number > 0 && router.words[number] > letter) number--;
      if (number < 0) return undefined;
      const most = word.length < 8 ? 1 : 2;
      const known = await load(`words-${number}`);
      const near = [];
      for (let at = 0; at < known.length; at += 2) {
        const [other, documents] = [known[at], known[at + 1]];
        const edits = other[0] === letter ? distance(word, other, most) : 0;
        if (edits > 0 && edits <= most) near.push({ other, edits, documents });
      }
      return near.sort((a, b) => a.edits - b.edits || b.documents - a.documents)[0]?.other;
    }

    const documentsOf = rows => {
      const documents = new Set();
      for (const row of rows) {
        for (let part = 2; part < row.length; part += 3) {
          let document = 0;
          for (const gap of row[part]) documents.add(document += gap);
        }
      }
      return documents;
    };

    // A small index of these rows and these documents, in lunr's own form.
    function assemble(rows, documents) {
      const invertedIndex = [], vectors = new Map();
      const sorted = [...new Map(rows.map(row => [row[0], row])).values()].sort((a, b) => a[0] < b[0] ? -1 : 1);
      sorted.forEach((row, term) => {
        const posting = { _index: term };
        router.fields.forEach(field => posting[field] = {});
        for (let part = 1; part < row.length; part += 3) {
          const field = router.fields[row[part]];
          let document = 0;
          row[part + 1].forEach((gap, at) => {
            document += gap;
            if (documents && !documents.has(document)) return;
            posting[field][document] = {};
            const place = `${field}/${document}`;
            if (!vectors.has(place)) vectors.set(place, []);
            vectors.get(place).push(term, row[part + 2][at] / 1000);
          });
        }
        invertedIndex.push([row[0], posting]);
      });
      const fields = router.fields;
      return lunr.Index.load({ version: lunr.version, fields, fieldVectors: [...vectors], invertedIndex, pipeline: ["plansite"] });
    }

    // Lets lunr search for groups of terms: each group is one word of the query.
    function ask(index, groups, all) {
      const { REQUIRED, OPTIONAL } = lunr.Query.presence;
      expansions = new Map();
      lunr.plansiteTerms = name => expansions.get(name).map(term => new lunr.Token(term, {}));
      return index.query(query => groups.forEach((group, at) => {
        const fields = group.field ? [group.field] : index.fields;
        expansions.set(`${at}`, group.terms);
        // Where the word itself is known, how it may go on counts little.
        const boost = group.terms.length > 1 && group.exact.length ? 0.1 : 1;
        query.term(`${at}`, { fields, boost, presence: all && group.required ? REQUIRED : OPTIONAL });
        if (boost < 1) {
          expansions.set(`${at}=`, group.exact);
          query.term(`${at}=`, { fields, boost: 1 - boost });
        }
      }));
    }

    const held = (rows, field) => {
      const at = router.fields.indexOf(field);
      return rows.map(row => {
        const kept = [row[0]];
        for (let part = 1; part < row.length; part += 3) if (row[part] === at) kept.push(...row.slice(part, part + 3));
        return kept;
      });
    };

    async function group({ word, field, prefix }) {
      const found = await terms(word, prefix);
      const kept = field ? held(found, field) : found;
      const forms = language.forms(word), names = kept.map(row => row[0]), exact = names.filter(name => forms.includes(name));
      return { word, field, forms, exact, rows: kept, terms: names, wide: prefix && wide(fold(word)), required: !router.commons.has(forms[0]) };
    }

    async function match(wanted) {
      const groups = (await Promise.all(wanted.map(group)));
      const unknown = groups.filter(group => !group.rows.length && group.required);
      const missing = unknown.filter(group => !group.wide).map(group => group.word);
      if (unknown.length) return { groups, missing, hits: [] };
      const sets = groups.filter(group => group.required).map(group => documentsOf(group.rows));
      let documents;
      if (sets.length) documents = sets.reduce((some, other) => new Set([...some].filter(document => other.has(document))));
      await pause();
      return { groups, missing, hits: score(groups, documents, true) };
    }

    function score(groups, documents, all) {
      if (documents && !documents.size) return [];
      const rows = groups.flatMap(group => group.rows);
      return ask(assemble(rows, documents), groups.filter(group => group.terms.length), all).map(hit => {
        const fields = new Set(Object.values(hit.matchData.metadata).flatMap(places => Object.keys(places)));
        return { document: +hit.ref, score: hit.score, fields };
      });
    }

    // Documents whose id is, or begins with, what was typed. Letters alone are the beginning of too many ids.
    async function named(joined) {
      if (joined.length < 2) return [];
      const digits = /\d/.test(joined);
      const fits = term => term === joined || (digits && term.startsWith(joined));
      const found = held(await rows(joined, digits ? joined + "\uffff" : joined, fits), "id");
      const exact = [...documentsOf(found.filter(row => row[0] === joined))];
      return exact.concat([...documentsOf(found)].filter(document => !exact.includes(document)).slice(0, 50));
    }

    // All that a text finds: hits in order, the terms that were looked for, and what was done to find anything.
    async function find(text) {
      await start();
      const query = parse(text, router.fields);
      const positive = query.words.filter(({ not }) => !not);
      let wanted = positive.filter(({ word }) => !router.stops.has(word));
      if (!wanted.length && positive.at(-1)?.prefix) wanted = positive.slice(-1);
      const answer = { text, query, hits: [], terms: new Map(), corrected: [], loose: false, common: false, wide: [], stopped: positive.length > 0 && !wanted.length };
      if (answer.stopped) return answer;
      if (!wanted.length) {
        const all = Array.from({ length: router.documents }, (_, document) => document);
        const order = all.filter(at => router.dead[at] === "0").concat(all.filter(at => router.dead[at] === "1"));
        answer.hits = order.map(document => ({ document, score: 0, fields: new Set() }));
      } else {
        await lookUp(wanted, answer);
        if (query.joined) {
          const first = await named(query.joined);
          const rest = answer.hits.filter(({ document }) => !first.includes(document));
          const known = new Map(answer.hits.map(hit => [hit.document, hit]));
          answer.hits = first.map(document => known.get(document) ?? { document, score: 0, fields: new Set(["id"]) }).concat(rest);
        }
      }
      const without = await Promise.all(query.words.filter(({ not }) => not).map(group));
      const banned = documentsOf(without.flatMap(group => group.rows));
      answer.hits = answer.hits.filter(({ document }) => !banned.has(document) && fits(document, query.filters));
      return answer;
    }

    async function lookUp(wanted, answer) {
      let result = await match(wanted);
      if (result.missing.length) {
        const instead = new Map(await Promise.all(result.missing.map(async word => [word, await meant(word)])));
        if ([...instead.values()].every(Boolean)) {
          const corrected = await match(wanted.map(part => instead.has(part.word) ? { ...part, word: instead.get(part.word), prefix: false } : part));
          if (corrected.hits.length) {
            result = corrected;
            answer.corrected = [...instead];
          }
        }
      }
      const some = result.groups.filter(group => group.rows.length);
      if (!result.hits.length && wanted.length > 1 && some.length) {
        await pause();
        result.hits = score(some, undefined, false);
        answer.loose = true;
      }
      answer.hits = result.hits;
      answer.wide = result.groups.filter(group => group.wide && !group.rows.length).map(group => group.word);
      // Words of almost every text are known only from titles, ids, summaries, owners and tags.
      answer.common = result.groups.every(group => !group.required);
      result.groups.forEach(({ forms, terms }, at) => terms.forEach(term => answer.terms.set(term, { at, exact: forms.includes(term) })));
    }

    const kindOf = document => router.kinds[router.kind.charCodeAt(document) - 48];
    const stageOf = document => router.stages[router.stage.charCodeAt(document) - 48];
    const stateOf = document => router.states[router.states_now[document]];

    // Filters of one name are alternatives, of different names conditions.
    function fits(document, filters) {
      const tests = {
        kind: value => kindOf(document)?.some(word => word.toLowerCase() === value),
        owner: value => router.owner[document].some(at =>
          words(router.owners[at]).some(word => word.startsWith(value)) || router.owners[at].toLowerCase().startsWith(value)),
        stage: value => stageOf(document)?.slice(0, 2).includes(value),
        state: value => stateOf(document)?.[0] === value,
      };
      const met = new Map();
      for (const { name, value, not } of filters) {
        let test = name, wanted = value;
        if (name === "is") {
          wanted = { overdue: "review-overdue", live: "open", done: "completed" }[value] ?? value;
          test = router.states.some(([state]) => state === wanted) ? "state" : "stage";
        }
        const hit = Boolean(tests[test](wanted));
        if (not && hit) return false;
        if (!not) met.set(test, hit || met.get(test) === true);
      }
      return [...met.values()].every(Boolean);
    }

    const card = async document => {
      const [url, id, title, summary, icon, mark, text] = (await load(`store-${document >> 5}`))[document & 31];
      const state = stateOf(document);
      const shown = router.turned.has(document) && state[2] ? [state[2], state[3], state[1]] : mark;
      return { document, url, id, title, summary, icon, mark: shown, text };
    };

    // The document's sections: level, heading, anchor, text. Empty where the file is of another build.
    const sections = async card => {
      const rows = await load(`text-${card.text}`);
      return rows.find(([document, url]) => document === card.document && url === card.url)?.[2] ?? [];
    };

    // Stretches of a text that match one of the terms: start, end, which word of the query, and whether exactly.
    function marks(text, terms) {
      const heads = new Set(Array.from(terms.keys(), term => term.slice(0, 2)));
      const found = [];
      for (const [start, end] of places(text)) {
        const word = text.slice(start, end).toLowerCase();
        if (!heads.has(fold(word).slice(0, 2))) continue;
        const term = terms.get(language.forms(word).find(form => terms.has(form)));
        if (!term) continue;
        const last = found.at(-1);
        if (last && start <= last[1]) last[1] = end; else found.push([start, end, term.at, term.exact]);
      }
      return found;
    }

    // The section that says most about the terms, and the stretch of it to show.
    function excerpt(sections, terms) {
      let best, most = 0;
      const path = [];
      for (const [level, heading, anchor, text] of sections) {
        if (level) {
          while (path.length && path.at(-1).level >= level) path.pop();
          path.push({ level, heading });
        }
        const found = marks(text, terms);
        const inHeading = level > 1 ? marks(heading, terms) : [];
        const all = found.concat(inHeading);
        const kinds = new Set(all.map(mark => mark[2])).size;
        const exact = new Set(all.filter(mark => mark[3]).map(mark => mark[2])).size;
        const value = kinds * 20 + exact * 10 + (found.length ? 5 : 0) + Math.min(found.length, 5) + inHeading.length;
        if (value <= most) continue;
        most = value;
        const names = path.filter(({ level }) => level > 1).map(({ heading }) => heading);
        best = { anchor, path: names.slice(-2), text: window(text, found) };
      }
      return best;
    }

    // At most two lines of a paragraph, around the first place where most terms are near each other.
    function window(text, found) {
      let from = 0, most = 0;
      for (const [start] of found) {
        const kinds = new Set(found.filter(mark => mark[0] >= start && mark[1] <= start + 140).map(mark => mark[2])).size;
        if (kinds > most) [from, most] = [start, kinds];
      }
      const first = text.lastIndexOf("\n", from) + 1;
      const next = text.indexOf("\n", from);
      const last = next < 0 ? text.length : next;
      let start = first;
      if (from - first > 70) {
        const sentence = text.lastIndexOf(". ", from) + 2;
        start = from - sentence < 70 && sentence > first ? sentence : text.indexOf(" ", from - 60) + 1;
      }
      start = Math.min(start, from);
      let end = last;
      if (last - start > 170) end = Math.max(text.lastIndexOf(" ", start + 170), Math.min(from + 60, last));
      const middle = start > first && text[start - 2] !== ".";
      return `${middle ? "… " : ""}${text.slice(start, end).trim()}${end < last ? " …" : ""}`;
    }

    return { start, find, card, sections, marks, excerpt, ask, kindOf, stageOf, stateOf };
  }

  return { create, words, parse, distance };
})();

if (typeof module === "object") module.exports = plansiteIndex;
