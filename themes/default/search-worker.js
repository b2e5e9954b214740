// Answers the search's questions beside the page, so that typing never waits. search.js starts it as a worker; from
// disk, where no worker may start, the page runs it itself.
//
// A question is [number, name, …]; the answer is [number, value] or [number, undefined, what went wrong].
"use strict";

const plansiteAnswers = (() => {
  const PAGE = 8;
  // A whole index of at most so many files is kept after the first search, so that all of it works offline.
  const KEPT = 60;

  // The site was built anew while it was open: what is at hand no longer fits together.
  class Outdated extends Error {}
  // A newer question came.
  class Late extends Error {}

  // `fetched` brings a file of the index as { stamp, value }. The router comes first and names the build; all other
  // files are asked for with it, so that no cache mixes two builds.
  function create({ lunr, parts, fetched, rest = () => {}, breathe = () => Promise.resolve() }) {
    let files = new Map();
    let stamp = "";
    let searcher;
    let latest = 0;
    let answer, narrowed;

    function load(name) {
      if (!files.has(name)) {
        const file = fetched(name, name === "router" ? "" : stamp).then(arrival => {
          if (name === "router") stamp = arrival.stamp;
          else if (arrival.stamp && arrival.stamp !== stamp) throw new Outdated("the index is of another build");
          return arrival.value;
        });
        file.catch(() => files.delete(name));
        files.set(name, file);
      }
      return files.get(name);
    }

    function ready(mine) {
      const today = () => Math.floor((Date.now() - new Date().getTimezoneOffset() * 6e4) / 864e5);
      const pause = async () => {
        await breathe();
        if (searcher.asked !== latest) throw new Late();
      };
      searcher ??= plansiteIndex.create({ lunr, load, ...parts, pause, today });
      searcher.asked = mine;
      return searcher;
    }

    async function page(from) {
      await searcher.ensure(answer, from + PAGE);
      if (answer.query.phrases.length) narrowed = searcher.narrow(answer);
      const hits = narrowed.hits.slice(from, from + PAGE);
      return { cards: await Promise.all(hits.map(hit => searcher.card(hit, answer))), left: narrowed.hits.length - from - hits.length, waiting: answer.waiting.length };
    }

    const questions = {
      // All that a text finds, and the first results.
      async find(text) {
        const router = await searcher.start();
        answer = await searcher.find(text);
        narrowed = searcher.narrow(answer);
        const { corrected, loose, common, wide, stopped } = answer;
        const first = await page(0);
        const { hits, facets } = narrowed;
        rest(router, load);
        return { text, facets, corrected, loose, common, wide, stopped, ...first, all: answer.hits.length, total: hits.length, partly: hits.filter(hit => hit.share).length,
          matches: hits.reduce((sum, hit) => sum + hit.matches, 0), words: answer.query.words.length, documents: router.documents, example: searcher.example() };
      },
      // Further results.
      page,
      // The sections that results show, one list for each result from one to another.
      async details(from, to) {
        return Promise.all(narrowed.hits.slice(from, to).map(hit => searcher.detail(hit, answer)));
      },
    };

    // `find` puts all older questions out of date; the others belong to the answer at hand.
    return async function ask(number, name, ...rest) {
      if (name === "find") latest = number;
      const mine = latest;
      for (let again = false; ; again = true) {
        try {
          ready(mine);
          return [number, await questions[name](...rest)];
        } catch (problem) {
          if (problem instanceof Late || mine !== latest) return [number, undefined, "late"];
          if (again || name !== "find" || !(problem instanceof Outdated)) return [number, undefined, String(problem.message ?? problem)];
          files = new Map();
          searcher = undefined;
        }
      }
    };
  }

  // A file of the index, read without running it: a call with its name, its build and its value.
  function read(text) {
    const [, stamp] = /^plansiteSearch\.shard\("[\w-]+","(\w*)",/.exec(text) ?? [];
    if (stamp === undefined) throw new Error("not a file of the index");
    return { stamp, value: JSON.parse(text.slice(text.indexOf(",", text.indexOf(",") + 1) + 1, text.lastIndexOf(")"))) };
  }

  return { create, read, KEPT };
})();

if (typeof importScripts === "function") {
  importScripts("vendor/lunr.min.js", "search-words.js", "search-query.js", "search-excerpt.js", "search-core.js");
  const folder = new URL(".", location.href);
  // Browsers keep files for pages that were asked for over https or from this machine; elsewhere nothing is kept.
  const store = typeof caches === "object" ? caches.open(`plansite ${folder.pathname}`).catch(() => undefined) : Promise.resolve();

  async function forget(stamp) {
    const kept = await store;
    for (const request of await kept?.keys() ?? []) {
      const build = new URL(request.url).searchParams.get("v");
      if (build && build !== stamp) await kept.delete(request);
    }
  }

  // From the network, where it answers; else what was kept of an earlier search.
  async function fetched(name, stamp) {
    const url = new URL(`${name}.js${stamp ? `?v=${stamp}` : ""}`, folder);
    const kept = await store;
    const known = stamp && await kept?.match(url);
    if (known) return plansiteAnswers.read(await known.text());
    let response;
    try {
      response = await fetch(url, { cache: stamp ? "default" : "no-cache" });
    } catch (problem) {
      response = await kept?.match(url);
      if (!response) throw problem;
    }
    if (!response.ok) throw new Error(`${url} could not be loaded`);
    kept?.put(url, response.clone()).catch(() => {});
    const file = plansiteAnswers.read(await response.text());
    if (name === "router") forget(file.stamp).catch(() => {});
    return file;
  }

  // The scripts that stem the words of the site's language.
  const speech = { ...plansiteWords, prepare: async language => importScripts(...(language?.scripts ?? [])) };

  // A small index is fetched whole, once nobody has asked for a while.
  let timer;
  function rest(router, load) {
    const names = Object.entries(router.files).flatMap(([sort, count]) => Array.from({ length: count }, (_, at) => `${sort}-${at}`));
    if (names.length > plansiteAnswers.KEPT || navigator.connection?.saveData) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const kept = await store;
      for (const name of kept ? names : []) await load(name).catch(() => {});
    }, 5000);
  }

  const breathe = () => new Promise(resume => setTimeout(resume));
  const ask = plansiteAnswers.create({ lunr, parts: { speech, query: plansiteQuery, excerpts: plansiteExcerpt }, fetched, rest, breathe });
  onmessage = async ({ data }) => postMessage(await ask(...data));
}

if (typeof module === "object") module.exports = plansiteAnswers;
