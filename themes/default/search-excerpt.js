// Where in a document's text the words of a query stand, and which stretches of it to show.
"use strict";

const plansiteExcerpt = (() => {
  // A stretch is about two lines of a result.
  const LENGTH = 170;
  const NEAR = 140;
  // A numbered task says where its text stands.
  const TASK = /^(?:(Task [\d.]*\d): )?([^]*)$/;

  // `places` cuts a text into words, `forms` gives a word's stems; both are those that the index was made with.
  function create({ places, forms }) {
    // Stretches of a text that match one of the terms: start, end, which word of the query, and whether exactly.
    function marks(text, terms) {
      if (!terms.size) return [];
      const heads = new Set(Array.from(terms.keys(), term => term[0]));
      const found = [];
      for (const [start, end] of places(text)) {
        const word = text.slice(start, end).toLowerCase();
        if (!heads.has(word[0]) && word[0] < "\x7f") continue;
        const term = forms(word).map(form => terms.get(form)).find(Boolean);
        if (!term) continue;
        const last = found.at(-1);
        if (last && start <= last[1]) last[1] = Math.max(last[1], end); else found.push([start, end, term.at, term.exact]);
      }
      return found;
    }

    const marked = (text, terms) => ({ text, marks: marks(text, terms).map(([start, end]) => [start, end]) });

    // The sections that say most about the terms, best first: heading path, anchor, and the stretch to show. `wanted`
    // names those that may be shown; without it all may.
    function excerpts(sections, terms, wanted, most) {
      const found = [];
      const path = [];
      sections.forEach(([level, heading, anchor, text], at) => {
        if (level) {
          while (path.length && path.at(-1).level >= level) path.pop();
          path.push({ level, heading });
        }
        if (wanted && !wanted.has(at)) return;
        const within = marks(text, terms);
        const above = level > 1 ? marks(heading, terms) : [];
        const all = within.concat(above);
        const kinds = new Set(all.map(mark => mark[2])).size;
        const exact = new Set(all.filter(mark => mark[3]).map(mark => mark[2])).size;
        const value = kinds * 20 + exact * 10 + (within.length ? 5 : 0) + Math.min(within.length, 5) + above.length * 2;
        if (!value) return;
        const names = path.filter(step => step.level > 1).map(step => step.heading);
        found.push({ at, value, anchor, path: names.slice(-2), text, within });
      });
      found.sort((a, b) => b.value - a.value || a.at - b.at);
      return found.slice(0, most).map(({ anchor, path, text, within }) => {
        const [, task, shown] = TASK.exec(stretch(text, within));
        return { anchor, path: path.concat(task ?? []).map(step => marked(step, terms)), ...marked(shown, terms) };
      });
    }

    return { excerpts, marked };
  }

  // At most two lines of a paragraph, around the first place where most terms are near each other.
  function stretch(text, found) {
    let from = 0, most = 0;
    for (const [start] of found) {
      const kinds = new Set(found.filter(mark => mark[0] >= start && mark[1] <= start + NEAR).map(mark => mark[2])).size;
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
    if (last - start > LENGTH) end = Math.max(text.lastIndexOf(" ", start + LENGTH), Math.min(from + 60, last));
    const middle = start > first && text[start - 2] !== ".";
    return `${middle ? "… " : ""}${text.slice(start, end).trim()}${end < last ? " …" : ""}`;
  }

  return { create };
})();

if (typeof module === "object") module.exports = plansiteExcerpt;
