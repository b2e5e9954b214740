// Full-text search over the index that plansite writes to search/, without a page: it runs in a worker and in node too.
//
// It loads the few files of the index that a query needs, puts a small lunr index together from them and lets lunr.js
// match and score. Where files come from is the caller's business; search.js shows what is found.
"use strict";

const plansiteIndex = (() => {
  // A prefix that spans more files than this is not completed: the reader types on.
  const SPAN = 4;
  // Completions of one word: so many terms, with so many places in all.
  const COMPLETIONS = 60;
  const PLACES = 20000;
  // Words that are near a word, or fit a pattern: so many, and files of words that are looked through for them.
  const NEAR = 8;
  const FITTING = 12;
  const LEXICON = 12;
  // lunr scores so many of the best documents; of the others only the sum of their scores is known.
  const SCORED = 400;
  // Documents whose text is looked through for a phrase at a time, and before the first of them are shown.
  const STEP = 12;
  const STEPS = 8;
  // What a document keeps of its score if no section has all the words together.
  const APART = 0.6;
  // Where fewer documents than this have all the words, so many that have some of them stand among them, at this share
  // of their score.
  const FULL = 10;
  const PARTLY = 10;
  const LESS = 0.5;
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

  // Rows of the index: term, sections, then field, gaps between documents, scores; field, gaps …
  function* fieldsOf(row) {
    for (let part = 2; part < row.length; part += 3) yield [row[part], row[part + 1], row[part + 2]];
  }

  const weight = row => row.reduce((sum, part, at) => at > 1 && at % 3 === 0 ? sum + part.length : sum, 0);

  // Calls `take` with each document of a field's part of a row, and the place of its score.
  function each(gaps, take) {
    let document = 0;
    gaps.forEach((gap, at) => take(document += gap, at));
  }

  function documentsOf(rows) {
    const documents = new Set();
    for (const row of rows) for (const [, gaps] of fieldsOf(row)) each(gaps, document => documents.add(document));
    return documents;
  }

  // The parts of rows that belong to these fields.
  function held(rows, fields) {
    const kept = rows.map(row => [row[0], row[1], ...Array.from(fieldsOf(row)).filter(([field]) => fields.includes(field)).flat()]);
    return kept.filter(row => row.length > 2);
  }

  // `load` gives a file of the index by its name; `speech`, `query` and `excerpts` are what search-words.js,
  // search-query.js and search-excerpt.js make. `pause` lets others work, and throws where nobody waits for the answer any more.
  function create({ lunr, load, speech, query: { parse }, excerpts, pause = () => Promise.resolve(), today = () => Math.floor(Date.now() / 864e5) }) {
    const { asked, fold } = speech;
    let router, language, excerpt;
    let expansions = new Map();
    if (!lunr.Pipeline.registeredFunctions.plansite) {
      lunr.Pipeline.registerFunction(token => lunr.plansiteTerms(token.toString()), "plansite");
    }

    async function start() {
      if (router) return router;
      const found = await load("router");
      found.stops = new Set(found.stop);
      found.commons = new Set(found.common);
      found.states_now = Array.from(found.state, state => state.charCodeAt(0) - 48);
      found.turned = new Set();
      for (const [document, day, state] of found.turns) {
        if (day > today()) continue;
        found.states_now[document] = state;
        found.turned.add(document);
      }
      await speech.prepare?.(found.language);
      language = speech.create(lunr, found.language);
      excerpt = excerpts.create({ places: speech.places, forms: language.forms });
      return router = found;
    }

    // Index ------------------------------------------------------------------------------------------------------

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

    const exactly = term => rows(term, term, other => other === term);
    const several = async terms => (await Promise.all([...new Set(terms)].map(exactly))).flat();

    // So many words begin like this that they are not looked at: the reader types on.
    const wide = word => file(word + "\uffff") - file(word) >= SPAN;

    // The rows of a word, or of one being typed, together with how it may go on.
    async function terms(word, prefix) {
      const [own, bare] = [language.forms(word), fold(word)];
      const exact = await several(own);
      if (!(prefix || speech.single(word)) || wide(bare)) return exact;
      const more = (await rows(bare, bare + "\uffff", term => !own.includes(term) && term.startsWith(bare)))
        .sort((a, b) => weight(b) - weight(a)).slice(0, COMPLETIONS);
      let room = PLACES;
      const found = exact.concat(more.filter(row => (room -= weight(row)) > 0));
      return found.length ? found : several(language.heads(word));
    }

    // The collection's words that begin like this one, or all of them: word, number of documents, and so on.
    async function lexicon(letter) {
      if (!letter) {
        const all = router.words.slice(0, LEXICON).map((_, at) => load(`words-${at}`));
        return (await Promise.all(all)).flat();
      }
      let number = router.words.length - 1;
      while (number > 0 && router.words[number] > letter) number--;
      return number < 0 ? [] : load(`words-${number}`);
    }

    // The collection's words that are at most so many edits away, the nearest and most frequent first. Of words with one
    // stem the index names the shortest only, so stems are compared as well.
    async function near(word, most) {
      const known = await lexicon(word[0]);
      const wanted = [...new Set([fold(word), ...language.forms(word)])].filter(form => form.length > 3);
      const found = [];
      for (let at = 0; at < known.length; at += 2) {
        const [other, documents] = [known[at], known[at + 1]];
        const bare = fold(other);
        if (bare[0] !== wanted[0]?.[0] || bare.length > word.length + most) continue;
        const own = language.forms(other);
        if (own.includes(wanted[0])) continue;
        const edits = Math.min(...wanted.flatMap(form => [bare, ...own].map(other => distance(form, other, most))));
        if (edits > 0 && edits <= most) found.push({ other, edits, documents });
      }
      return found.sort((a, b) => a.edits - b.edits || b.documents - a.documents).map(({ other }) => other);
    }

    // The word of the collection that a misspelt one most likely means.
    async function meant(word) {
      if (word.length < 4 || /\d/.test(word)) return undefined;
      return (await near(word, word.length < 8 ? 1 : 2))[0];
    }

    // The collection's words that fit a pattern such as *box or out*y, the most frequent first.
    async function fitting(pattern) {
      const test = new RegExp(`^${pattern.split("*").map(part => part.replace(/[^\p{L}\p{N}]/gu, "\\$&")).join(".*")}$`, "u");
      const known = await lexicon(pattern.startsWith("*") ? "" : pattern[0]);
      const found = [];
      for (let at = 0; at < known.length; at += 2) if ([known[at], fold(known[at]), ...language.forms(known[at])].some(form => test.test(form))) found.push([known[at], known[at + 1]]);
      return found.sort((a, b) => b[1] - a[1]).slice(0, FITTING).map(([word]) => word);
    }

    // What a word of the query stands for in the index.
    async function group(part) {
      const { word, field, prefix, pattern, edits } = part;
      let found;
      const { forms } = language;
      if (pattern) found = await several((await fitting(word)).flatMap(forms));
      else if (edits) found = await several([word, ...(await near(word, edits)).slice(0, NEAR)].flatMap(forms));
      else found = await terms(word, prefix);
      if (field) found = held(found, [router.fields.indexOf(field)]);
      const own = forms(word);
      const telling = pattern || edits || !own.some(form => router.commons.has(form));
      return { ...part, own, rows: found, terms: found.map(row => row[0]), wide: Boolean(prefix) && wide(fold(word)), required: telling };
    }

    // Scores -----------------------------------------------------------------------------------------------------

    // A small index of these rows and these documents, in lunr's own form.
    function assemble(rows, documents) {
      const invertedIndex = [], vectors = new Map();
      const sorted = [...new Map(rows.map(row => [row[0], row])).values()].sort((a, b) => a[0] < b[0] ? -1 : 1);
      sorted.forEach((row, term) => {
        const posting = { _index: term };
        router.fields.forEach(field => posting[field] = {});
        for (const [at, gaps, scores] of fieldsOf(row)) {
          const field = router.fields[at];
          each(gaps, (document, at) => {
            if (documents && !documents.has(document)) return;
            posting[field][document] = {};
            const place = `${field}/${document}`;
            if (!vectors.has(place)) vectors.set(place, []);
            vectors.get(place).push(term, scores[at] / 1000);
          });
        }
        invertedIndex.push([row[0], posting]);
      });
      const fields = router.fields;
      return lunr.Index.load({ version: lunr.version, fields, fieldVectors: [...vectors], invertedIndex, pipeline: ["plansite"] });
    }

    // How a word's terms count: the word itself, where it is known, ten times as much as how it may go on.
    function clausesOf(group) {
      const own = group.terms.filter(term => group.own.includes(term));
      const split = own.length > 0 && group.terms.length > own.length;
      const all = { terms: group.terms, boost: group.boost * (split ? 0.1 : 1) };
      return split ? [all, { terms: own, boost: group.boost * 0.9 }] : [all];
    }

    // Lets lunr search for groups of terms: each group is one word of the query.
    function ask(index, groups, all) {
      const { REQUIRED, OPTIONAL } = lunr.Query.presence;
      expansions = new Map();
      lunr.plansiteTerms = name => expansions.get(name).map(term => new lunr.Token(term, {}));
      return index.query(query => groups.forEach((group, at) => clausesOf(group).forEach((clause, nth) => {
        const fields = group.field ? [group.field] : index.fields;
        expansions.set(`${at}-${nth}`, clause.terms);
        const presence = !nth && group.required && (all || group.presence === "must") ? REQUIRED : OPTIONAL;
        query.term(`${at}-${nth}`, { fields, boost: clause.boost, presence });
      })));
    }

    // The same scores, summed up in a plain array: fast enough for every document, so that lunr is asked for the best.
    function sums(groups, documents) {
      const scores = new Map();
      const fields = router.fields.map((_, field) => {
        const wanted = groups.filter(group => !group.field || router.fields[field] === group.field);
        const weights = new Map();
        for (const { terms, boost } of wanted.flatMap(clausesOf)) terms.forEach(term => weights.set(term, (weights.get(term) ?? 0) + boost));
        const length = Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight * weight, 0));
        return { weights, length };
      });
      const rows = new Map(groups.flatMap(group => group.rows.map(row => [group.field ? `${group.field}:${row[0]}` : row[0], row])));
      const counted = new Set();
      for (const row of rows.values()) {
        for (const [field, gaps, values] of fieldsOf(row)) {
          const place = `${field}/${row[0]}`;
          if (counted.has(place)) continue;
          counted.add(place);
          const { weights, length } = fields[field];
          const factor = (weights.get(row[0]) ?? 0) / length / 1000;
          each(gaps, (document, at) => {
            if (!documents || documents.has(document)) scores.set(document, (scores.get(document) ?? 0) + values[at] * factor);
          });
        }
      }
      return scores;
    }

    // Documents with their scores, the best first; lunr has the word on the best of them.
    function score(groups, documents, all) {
      if (documents && !documents.size) return [];
      const asked = groups.filter(group => group.terms.length);
      const sum = [...sums(asked, documents)].map(([document, score]) => ({ document, score }));
      sum.sort((a, b) => b.score - a.score || a.document - b.document);
      const best = new Set(sum.slice(0, SCORED).map(hit => hit.document));
      if (!best.size) return [];
      const rows = asked.flatMap(group => group.rows);
      const scored = ask(assemble(rows, best), asked, all).map(hit => ({ document: +hit.ref, score: hit.score }));
      return scored.concat(sum.slice(SCORED));
    }

    // Which words of the query stand in which sections of a document, as bits; -1 stands for what isn't running text.
    function placesOf(groups, documents) {
      const found = new Map();
      const note = (document, section, at) => {
        let sections = found.get(document);
        if (!sections) found.set(document, sections = new Map());
        sections.set(section, (sections.get(section) ?? 0) | 1 << at);
      };
      groups.forEach((group, at) => group.rows.forEach(row => {
        const prose = new Set();
        for (const [field, gaps] of fieldsOf(row)) {
          const running = router.prose.includes(field);
          each(gaps, document => {
            if (running) prose.add(document);
            else if (documents.has(document)) note(document, -1, at);
          });
        }
        if (!row[1].length || group.field) return prose.forEach(document => documents.has(document) && note(document, -1, at));
        [...prose].sort((a, b) => a - b).forEach((document, nth) => {
          if (documents.has(document)) [row[1][nth]].flat().forEach(section => note(document, section, at));
        });
      }));
      return found;
    }

    const bits = number => {
      let count = 0;
      for (let rest = number; rest; rest &= rest - 1) count++;
      return count;
    };

    // Hits get the sections that have most of the words; documents that have them together stand higher.
    function together(groups, hits) {
      const places = placesOf(groups.slice(0, 30), new Set(hits.map(hit => hit.document)));
      const words = Math.max(1, Math.min(30, groups.filter(group => group.terms.length).length));
      for (const hit of hits) {
        const sections = places.get(hit.document) ?? new Map();
        let most = 0;
        sections.forEach(found => most = Math.max(most, bits(found)));
        hit.sections = [...sections].filter(([section, found]) => section >= 0 && bits(found) === most).map(([section]) => section).sort((a, b) => a - b);
        hit.matches = Math.max(1, hit.sections.length);
        hit.rank = hit.score * (hit.share ?? 1) * (words > 1 ? APART + (1 - APART) * most / words : 1);
      }
      return hits.sort((a, b) => b.rank - a.rank || a.document - b.document);
    }

    // Finding ----------------------------------------------------------------------------------------------------

    async function match(wanted) {
      const groups = await Promise.all(wanted.map(group));
      const unknown = groups.filter(group => !group.rows.length && group.required);
      const missing = unknown.filter(group => !group.wide).map(group => group.word);
      if (unknown.length) return { groups, missing, hits: [] };
      const sets = groups.filter(group => group.required).map(group => documentsOf(group.rows)).sort((a, b) => a.size - b.size);
      let documents;
      if (sets.length) documents = sets.reduce((some, other) => new Set([...some].filter(document => other.has(document))));
      await pause();
      return { groups, missing, hits: score(groups, documents, true) };
    }

    // Documents whose id is, or begins with, what was typed. Letters alone are the beginning of too many ids.
    async function named(joined) {
      if (joined.length < 2) return [];
      const digits = /\d/.test(joined);
      const fits = term => term === joined || (digits && term.startsWith(joined));
      const found = held(await rows(joined, digits ? joined + "\uffff" : joined, fits), [router.fields.indexOf("id")]);
      const exact = [...documentsOf(found.filter(row => row[0] === joined))];
      return exact.concat([...documentsOf(found)].filter(document => !exact.includes(document)).slice(0, 50));
    }

    const plainly = document => ({ document, score: 0, rank: 0, sections: [], matches: 1 });

    // All that a text finds: hits in order, the terms that were looked for, and what was done to find anything.
    async function find(text) {
      await start();
      const query = parse(lunr, text, router.fields, asked);
      const positive = query.words.filter(({ presence }) => presence !== "not");
      let wanted = positive.filter(({ word, pattern }) => pattern || !router.stops.has(word));
      if (!wanted.length && positive.at(-1)?.prefix) wanted = positive.slice(-1);
      const answer = { text, query, groups: [], hits: [], terms: new Map(), corrected: [], loose: false, common: false, wide: [],
        stopped: positive.length > 0 && !wanted.length, waiting: [] };
      if (answer.stopped) return answer;
      if (!wanted.length) {
        const all = Array.from({ length: router.documents }, (_, document) => document);
        answer.hits = all.filter(at => router.dead[at] === "0").concat(all.filter(at => router.dead[at] === "1")).map(plainly);
      } else {
        await lookUp(wanted, answer);
        if (query.joined) {
          const first = await named(query.joined);
          const known = new Map(answer.hits.map(hit => [hit.document, hit]));
          const rest = answer.hits.filter(({ document }) => !first.includes(document));
          answer.hits = first.map(document => known.get(document) ?? plainly(document)).concat(rest);
        }
      }
      const without = await Promise.all(query.words.filter(({ presence }) => presence === "not").map(group));
      const banned = documentsOf(without.flatMap(group => group.rows));
      answer.hits = answer.hits.filter(({ document }) => !banned.has(document));
      if (query.phrases.length) {
        answer.waiting = answer.hits.splice(0);
        await ensure(answer, 10, STEPS);
      }
      return answer;
    }

    async function lookUp(wanted, answer) {
      let result = await match(wanted);
      if (result.missing.length && !answer.query.phrases.length) {
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
      const must = result.groups.some(group => group.presence === "must" && !group.rows.length && group.required);
      if (!result.hits.length && wanted.length > 1 && some.length && !must && !answer.query.phrases.length) {
        await pause();
        const needed = some.filter(group => group.presence === "must" && group.required).map(group => documentsOf(group.rows));
        const documents = needed.length ? needed.reduce((some, other) => new Set([...some].filter(one => other.has(one)))) : undefined;
        result.hits = score(some, documents, false);
        answer.loose = result.hits.length > 0;
      }
      // A few documents with all the words may each have them by the way only.
      const full = result.hits.length;
      if (full && full < FULL && wanted.length > 1 && !must && !answer.query.joined && !answer.query.phrases.length && !wanted.some(part => part.presence === "must")) {
        const known = new Set(result.hits.map(hit => hit.document));
        const more = score(some, undefined, false).filter(hit => !known.has(hit.document)).slice(0, PARTLY);
        result.hits = result.hits.concat(more.map(hit => ({ ...hit, share: LESS })));
      }
      answer.groups = result.groups;
      answer.hits = together(result.groups, result.hits);
      answer.wide = result.groups.filter(group => group.wide && !group.rows.length).map(group => group.word);
      // Words of almost every text are known only from titles, ids, summaries, owners and tags.
      answer.common = result.groups.every(group => !group.required);
      result.groups.forEach(({ own, terms }, at) => terms.forEach(term => answer.terms.set(term, { at, exact: own.includes(term) })));
    }

    // Phrases ----------------------------------------------------------------------------------------------------

    const row = texts => ` ${texts.flatMap(text => asked(text, true)).map(fold).join(" ")} `;

    // Whether a document has all the phrases, and in which of its sections.
    async function says(hit, phrases) {
      const card = await cardOf(hit.document);
      const texts = await sections(card);
      const above = { title: [card.title], summary: [card.summary], id: [card.id] };
      const found = new Set();
      for (const { words: phrase, field, not } of phrases) {
        const wanted = ` ${phrase.map(fold).join(" ")} `;
        let here = Object.entries(above).some(([name, texts]) => (!field || field === name) && row(texts).includes(wanted));
        if (!field || router.prose.includes(router.fields.indexOf(field))) {
          texts.forEach(([, heading, , text], at) => {
            const within = field === "headings" ? [heading] : field ? [text] : [heading, text];
            if (!within.some(text => row([text]).includes(wanted))) return;
            here = true;
            if (!not) found.add(at);
          });
        }
        if (here === not) return undefined;
      }
      return { ...hit, sections: [...found], matches: Math.max(1, found.size) };
    }

    // Looks through the texts of what may have the phrases until there are so many hits, or nothing waits any more.
    async function ensure(answer, count, steps = Infinity) {
      for (let step = 0; answer.hits.length < count && answer.waiting.length && step < steps; step++) {
        const next = answer.waiting.splice(0, STEP);
        const said = await Promise.all(next.map(hit => says(hit, answer.query.phrases)));
        answer.hits.push(...said.filter(Boolean));
        await pause();
      }
    }

    // Filters and facets -----------------------------------------------------------------------------------------

    const kindOf = document => router.kinds[router.kind.charCodeAt(document) - 48];
    const stageOf = document => router.stages[router.stage.charCodeAt(document) - 48];
    const stateOf = document => router.states[router.states_now[document]];
    const begins = (name, value) => name.toLowerCase().startsWith(value) || asked(name).some(word => word.startsWith(value));

    // Where the words were found, for all hits at once: titles, tasks, text.
    const WHERE = [["titles", "Titles", ["title", "id"]], ["tasks", "Tasks", ["tasks"]], ["text", "Text", ["headings", "summary", "body"]]];

    function found(groups) {
      const where = new Map();
      for (const row of groups.flatMap(group => group.rows)) {
        for (const [field, gaps] of fieldsOf(row)) {
          const bit = 1 << WHERE.findIndex(([, , names]) => names.includes(router.fields[field]));
          if (bit > 0) each(gaps, document => where.set(document, (where.get(document) ?? 0) | bit));
        }
      }
      return where;
    }

    // A facet: how filters write it, and for a document its values, each as written in a filter and as shown.
    function facetsOf(answer) {
      const where = found(answer.groups);
      const places = document => WHERE.filter((_, at) => (where.get(document) ?? 0) & 1 << at);
      return [
        { name: "kind", title: "Kind", of: document => [kindOf(document)].filter(Boolean),
          fits: ([word, plural], value) => word === value || plural.toLowerCase() === value },
        { name: "is", title: "Status", of: document => [stageOf(document)?.slice(1)].filter(Boolean), fits: ([word], value) => word === value },
        { name: "owner", title: "Owner", of: document => router.owner[document].map(at => [router.owners[at].toLowerCase(), router.owners[at]]),
          fits: ([, name], value) => begins(name, value) },
        { name: "in", title: "Where", of: places, fits: ([word], value) => word === value },
      ];
    }

    // A value as it is typed behind the colon.
    const quoted = value => /[\s"]/.test(value) ? `"${value.replaceAll("\"", "")}"` : value;
    const spelt = value => ({ overdue: "review-overdue", live: "open", done: "completed" })[value] ?? value;

    // What a filter asks of a document. `is` means a stage, a group of stages, or a state of freshness.
    function test({ name, value }, facets) {
      if (name === "is" && router.states.some(([state]) => state === spelt(value))) {
        return { group: "state", fits: document => stateOf(document)?.[0] === spelt(value) };
      }
      if (name === "is") return { group: "is", fits: document => stageOf(document)?.slice(0, 2).includes(spelt(value)) };
      const facet = facets.find(facet => facet.name === name);
      return { group: name, fits: document => facet.of(document).some(own => facet.fits(own, value)) };
    }

    // Filters of one name are alternatives, of different names conditions.
    function narrowed(answer, facets, except) {
      const groups = new Map();
      const never = [];
      for (const filter of answer.query.filters) {
        const { group, fits } = test(filter, facets);
        if (filter.not) never.push(fits);
        else if (group !== except) groups.set(group, [...(groups.get(group) ?? []), fits]);
      }
      return answer.hits.filter(({ document }) => !never.some(fits => fits(document))
        && [...groups.values()].every(alternatives => alternatives.some(fits => fits(document))));
    }

    // The hits that the filters leave, and for each facet its values with what they would leave.
    function narrow(answer) {
      const facets = facetsOf(answer);
      const hits = narrowed(answer, facets);
      const counted = facets.map(facet => {
        const values = new Map();
        const all = answer.query.filters.some(({ name }) => name === facet.name) ? narrowed(answer, facets, facet.name) : hits;
        for (const { document } of all) {
          for (const own of facet.of(document)) {
            const known = values.get(own[0]);
            if (known) known.count++; else values.set(own[0], { value: own, count: 1 });
          }
        }
        const filters = answer.query.filters.filter(({ name, not }) => name === facet.name && !not);
        return { name: facet.name, title: facet.title, values: order(facet.name, values).map(({ value, count }) => ({
          label: value[1], count, filter: `${facet.name}:${quoted(value[0])}`,
          typed: filters.filter(filter => facet.fits(value, spelt(filter.value))).map(filter => filter.text),
        })) };
      });
      return { hits, facets: counted };
    }

    // Owners by what they have; all else in the order of its table, with the values that the collection has and no hit.
    function order(name, values) {
      if (name === "owner") return [...values.values()].sort((a, b) => b.count - a.count || (a.value[1] < b.value[1] ? -1 : 1));
      const used = (column, table) => {
        const marks = new Set(column);
        return table.filter((_, at) => marks.has(String.fromCharCode(48 + at)));
      };
      const table = { kind: () => used(router.kind, router.kinds), is: () => used(router.stage, router.stages).map(stage => stage.slice(1)), in: () => WHERE }[name]();
      const known = new Map(table.map(value => [value[0], value]));
      return [...known.values()].map(value => values.get(value[0]) ?? { value, count: 0 });
    }

    // Showing ----------------------------------------------------------------------------------------------------

    async function cardOf(document) {
      const [url, id, title, summary, icon, mark, text, fate] = (await load(`store-${document >> 5}`))[document & 31];
      const state = stateOf(document);
      const shown = router.turned.has(document) && state[2] ? [state[2], state[3], state[1]] : mark;
      return { document, url, id, title, summary, icon, mark: shown, text, fate };
    }

    // The document's sections: level, heading, anchor, text. Empty where the file is of another build.
    async function sections(card) {
      const rows = await load(`text-${card.text}`);
      return rows.find(([document, url]) => document === card.document && url === card.url)?.[2] ?? [];
    }

    // A filter that finds something, to show what filters are: what somebody has let expire, else what is open.
    function example() {
      const expired = router.states_now.findIndex((state, document) => router.states[state]?.[0] === "expired" && router.owner[document].length);
      const [name] = expired < 0 ? [] : asked(router.owners[router.owner[expired][0]]);
      return name ? `owner:${name} is:expired` : "is:open";
    }

    // What a result shows at once.
    async function card(hit, answer) {
      const card = await cardOf(hit.document);
      const { marked } = excerpt;
      return { ...card, marks: { title: marked(card.title, answer.terms), id: marked(card.id, answer.terms), summary: marked(card.summary, answer.terms) }, matches: hit.matches };
    }

    // The best sections of a hit, at most so many, when its text has come.
    async function detail(hit, answer, most = 8) {
      const texts = await sections(await cardOf(hit.document)).catch(() => []);
      return excerpt.excerpts(texts, answer.terms, hit.sections.length ? new Set(hit.sections) : undefined, hit.sections.length ? most : 1);
    }

    return { start, find, ensure, narrow, example, card, detail, ask };
  }

  return { create, distance };
})();

if (typeof module === "object") module.exports = plansiteIndex;
