// The search overlay. site.js loads this file when search is first asked for and then calls plansiteSearch.open().
//
// It shows what search-core.js finds. All text reaches the page as text nodes, and no style is set from here. A worker
// can't be started from disk, so the search runs on the page's own thread, in small steps.
"use strict";

window.plansiteSearch = (() => {
  const script = document.currentScript;
  // This file lies in a folder right below the site's root, unless data-root says otherwise.
  const root = new URL(script.dataset.root ?? "..", script.dataset.root ? document.baseURI : script.src);
  const PAGE = 10;
  const OWNERS = 5;
  const FEW = 4;
  const KEPT = "plansite-search";
  const WHERE = [
    ["Titles", fields => fields.has("title") || fields.has("id")],
    ["Tasks", fields => fields.has("tasks")],
    ["Text", fields => ["headings", "summary", "body"].some(field => fields.has(field))],
  ];
  const pause = () => new Promise(resume => setTimeout(resume));
  const wait = milliseconds => new Promise(resume => setTimeout(resume, milliseconds));

  // Files of the index come as scripts, because scripts load from disk too.
  const files = new Map();
  const arrivals = new Map();
  let stamp = "";
  let fresh = "";

  function run(url) {
    return new Promise((loaded, failed) => {
      const element = document.createElement("script");
      element.src = url;
      element.onload = () => { element.remove(); loaded(); };
      element.onerror = () => { element.remove(); failed(new Error(`${url} could not be loaded`)); };
      document.head.append(element);
    });
  }

  function load(name) {
    if (!files.has(name)) {
      const url = new URL(`search/${name}.js${fresh}`, root);
      const file = run(url).then(() => {
        const arrival = arrivals.get(name);
        arrivals.delete(name);
        if (!arrival) throw new Error(`${url} is not a file of the index`);
        if (name === "router") stamp = arrival.stamp;
        else if (arrival.stamp && arrival.stamp !== stamp) throw new Outdated();
        return arrival.value;
      });
      file.catch(() => files.delete(name));
      files.set(name, file);
    }
    return files.get(name);
  }

  // The site was built anew while this page was open: what is cached no longer fits together.
  class Outdated extends Error {}

  // A script of the search itself, by its name beside this file.
  const bring = name => run(new URL(name, script.src));
  let scripts;
  let searcher;
  async function ready() {
    await (scripts ??= Promise.all(["vendor/lunr.min.js", "search-words.js"].map(bring)).then(() => bring("search-core.js"))));
    const today = () => Math.floor((Date.now() - new Date().getTimezoneOffset() * 6e4) / 864e5);
    searcher ??= plansiteIndex.create({ lunr: window.lunr, load, bring, pause, today });
    return searcher.start();
  }

  function forget() {
    files.clear();
    fresh = `?t=${Date.now()}`;
    searcher = undefined;
  }

  // Elements, without ever reading text as HTML.
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.flat().filter(child => child !== undefined && child !== ""));
    return element;
  }

  function icon(name, size) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const use = document.createElementNS(space, "use");
    const other = document.querySelector("use[href*='#i-']")?.getAttribute("href") ?? "#";
    use.setAttribute("href", `${other.slice(0, other.indexOf("#"))}#i-${name}`);
    for (const [key, value] of [["class", "i"], ["width", size], ["height", size], ["aria-hidden", "true"]]) svg.setAttribute(key, value);
    svg.append(use);
    return svg;
  }

  // A text with the words that were found marked.
  function marked(text, terms) {
    const parts = [];
    let from = 0;
    for (const [start, end] of searcher.marks(text, terms)) {
      parts.push(text.slice(from, start), make("mark", {}, text.slice(start, end)));
      from = end;
    }
    return [...parts, text.slice(from)];
  }

  const count = (number, one) => `${number.toLocaleString("en").replace(/,/g, "\u202f")} ${one}${number === 1 ? "" : "s"}`;

  const keys = make("div", { class: "ft" },
    make("span", {}, make("kbd", {}, "↑"), make("kbd", {}, "↓"), " move"),
    make("span", {}, make("kbd", {}, "Enter"), " open"),
    make("span", {}, make("kbd", {}, "Ctrl"), make("kbd", {}, "Enter"), " new tab"),
    make("span", {}, make("kbd", {}, "Tab"), " filters"));
  const input = make("input", { type: "search", "aria-label": "Search all documents", "aria-controls": "search-results",
    placeholder: "Search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: "200", enterkeyhint: "go" });
  const said = make("span", { class: "muted hits", role: "status", "aria-live": "polite" });
  const closer = make("button", { type: "button", class: "esc", "aria-label": "Close search", tabindex: "-1" }, make("kbd", {}, "Esc"));
  const facets = make("div", { class: "fc", role: "group", "aria-label": "Filters" });
  const results = make("div", { class: "rs", id: "search-results", role: "listbox", "aria-label": "Results", "data-results": true });
  const notice = make("div", { class: "big" });
  const scrim = make("div", { class: "scrim" });
  const dialog = make("div", { class: "dlg", role: "dialog", "aria-modal": "true", "aria-label": "Search", "data-state": "idle" },
    make("div", { class: "q" }, icon("search", 18), input, said, closer),
    make("div", { class: "bd" }, facets, results), keys);

  let before;            // what had the focus
  let behind = [];       // what this made inert
  let turn = 0;          // number of the latest search; older ones stop when they see a newer one
  let answer;            // what the latest search found
  let narrowed = [];     // its hits that the facets leave
  let shown = 0;         // how many of these are on the page
  let active = -1;       // which of them is chosen
  const chosen = { kind: new Set(), stage: new Set(), owner: new Set(), where: new Set() };

  function open(text) {
    if (dialog.isConnected) return;
    before = document.activeElement;
    behind = [...document.body.children].filter(element => !element.inert && element.tagName !== "SCRIPT");
    behind.forEach(element => element.inert = true);
    document.body.append(scrim, dialog);
    document.documentElement.classList.add("searching");
    input.value = text ?? new URLSearchParams(location.search).get("q") ?? remembered() ?? "";
    input.focus();
    input.select();
    search(0);
  }

  function close() {
    if (!dialog.isConnected) return;
    turn++;
    dialog.remove();
    scrim.remove();
    behind.forEach(element => element.inert = false);
    document.documentElement.classList.remove("searching");
    before?.focus?.();
  }

  // Storage may be refused, from disk for instance.
  function remembered() {
    try { return sessionStorage.getItem(KEPT); } catch { return undefined; }
  }

  function remember(text) {
    try { sessionStorage.setItem(KEPT, text); } catch { /* then it isn't remembered */ }
  }

  async function search(delay, again = false) {
    const mine = ++turn;
    if (delay) await wait(delay);
    if (mine !== turn) return;
    const text = input.value.trim() ? input.value : "";
    remember(text);
    state("loading");
    try {
      const router = await ready();
      const found = await searcher.find(text);
      if (mine !== turn) return;
      answer = found;
      if (!text && !Object.values(chosen).some(set => set.size)) return idle(router);
      await present(mine);
    } catch (problem) {
      if (mine !== turn) return;
      if (problem instanceof Outdated && !again) {
        forget();
        return search(0, true);
      }
      say("empty", "", "Search could not be loaded", "A file of the index is missing. All documents are also listed on the site’s pages.");
    }
  }

  function state(name) {
    dialog.dataset.state = name;
    dialog.setAttribute("aria-busy", String(name === "loading"));
  }

  function say(name, line, heading, ...advice) {
    results.replaceChildren();
    results.hidden = true;
    results.after(notice);
    notice.replaceChildren(icon("search", 20), make("h2", {}, heading), ...advice.map(text => make("p", {}, text)));
    said.textContent = line;
    select(-1);
    state(name);
  }

  function idle(router) {
    narrowed = [];
    drawFacets(router);
    const owner = router.owners[0] ? plansiteIndex.words(router.owners[0])[0] : undefined;
    const example = owner ? `owner:${owner} is:expired` : "is:expired";
    keys.querySelector(".try")?.remove();
    keys.append(make("span", { class: "try" }, "Try ", make("b", {}, example)));
    say("idle", "", `Search ${count(router.documents, "document")}`, "Titles, ids, headings, tasks, text, owners and tags.");
  }

  async function present(mine) {
    const router = await searcher.start();
    narrowed = kept(answer.hits, router);
    drawFacets(router);
    shown = 0;
    active = -1;
    if (!narrowed.length) return nothing();
    await more(mine, true);
  }

  function nothing() {
    const text = answer.text.trim();
    const filtered = answer.hits.length > 0;
    if (answer.stopped || (answer.common && !filtered)) return say("empty", "No documents", `“${text}” stands in almost every document`, "Add a word that says more.");
    if (answer.wide.length && !filtered) return say("empty", "Type on", `Many words begin with “${answer.wide[0]}”`, "Type one letter more.");
    const advice = filtered ? "Take a filter away to see more." : "Check the spelling, try fewer words, or the beginning of one.";
    say("empty", "No documents", filtered ? "No document is left by these filters" : `No document contains “${text}”`, advice);
  }

  function tell() {
    const found = count(narrowed.length, "document");
    if (answer.corrected.length) {
      const [words, others] = [0, 1].map(at => answer.corrected.map(pair => pair[at]).join(" "));
      return `No “${words}”. ${found} with “${others}”`;
    }
    if (answer.common) return `In most texts. ${found} by title or tag`;
    if (answer.loose && answer.wide.length) return `${found} without “${answer.wide[0]}…”: type on`;
    return answer.loose ? `None has all words. ${found} with some` : found;
  }

  // Shows the next ten. Titles stand at once, excerpts follow when their texts have come.
  async function more(mine, first) {
    const from = shown;
    const hits = narrowed.slice(from, from + PAGE);
    shown += hits.length;
    const cards = await Promise.all(hits.map(hit => searcher.card(hit.document)));
    if (mine !== turn) return;
    const links = cards.map((card, at) => option(card, from + at));
    if (first) {
      results.replaceChildren(...links);
      results.scrollTop = 0;
      results.hidden = false;
      notice.remove();
      said.textContent = tell();
      select(0);
    } else {
      results.append(...links);
    }
    await Promise.all(cards.map(async (card, at) => {
      const sections = await searcher.sections(card).catch(() => []);
      await pause();
      if (mine === turn) detail(links[at], card, searcher.excerpt(sections, answer.terms));
    }));
    if (mine === turn) state("done");
  }

  function address(card, anchor) {
    const path = location.protocol === "file:" && card.url.endsWith("/") ? `${card.url}index.html` : card.url;
    return `${new URL(path, root).href}${anchor ? `#${encodeURIComponent(anchor)}` : ""}`;
  }

  function option(card, at) {
    const { mark } = card;
    const size = mark?.[0].startsWith("chip") ? 13 : 14;
    const link = make("a", { href: address(card), role: "option", id: `search-result-${at}`, "aria-selected": "false", tabindex: "-1" },
      icon(card.icon, 15),
      make("span", { class: "ti ell" }, marked(card.title, answer.terms)),
      mark ? make("span", { class: mark[0] }, mark[1] ? icon(mark[1], size) : "", mark[2]) : make("span", {}));
    detail(link, card, undefined);
    return link;
  }

  // The line that says where the words stand, and the words around them.
  function detail(link, card, found) {
    const steps = [card.id ? make("span", { class: "num" }, ...marked(card.id, answer.terms)) : "", ...(found?.path ?? [])].filter(step => step);
    const path = make("span", { class: "pa" }, steps.flatMap((step, at) => at ? [icon("chev", 10), make("span", { class: "ell" }, step)] : [step]));
    const text = found?.text || card.summary;
    link.querySelectorAll(".pa, .ex").forEach(old => old.remove());
    if (steps.length) link.append(path);
    if (text) link.append(make("span", { class: "ex" }, marked(text, answer.terms)));
    if (found?.anchor) link.href = address(card, found.anchor);
  }

  function select(at) {
    results.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    const link = results.children[at];
    if (!link) return input.removeAttribute("aria-activedescendant");
    link.setAttribute("aria-selected", "true");
    link.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", link.id);
    if (at === results.children.length - 1 && shown < narrowed.length) more(turn, false);
  }

  // Facets: a hit is kept if each facet with a choice has one that fits.
  const facetsOf = router => [
    { name: "kind", title: "Kind", of: hit => [searcher.kindOf(hit.document)?.[1]], all: listed(router.kind, router.kinds, 1) },
    { name: "stage", title: "Status", of: hit => [searcher.stageOf(hit.document)?.[2]], all: listed(router.stage, router.stages, 2) },
    { name: "owner", title: "Owner", of: hit => router.owner[hit.document].map(at => router.owners[at]), all: [] },
    { name: "where", title: "Where", of: hit => WHERE.filter(([, test]) => test(hit.fields)).map(([name]) => name), all: WHERE.map(([name]) => name) },
  ];

  // The values of a column that the collection has, in the order of their table.
  function listed(column, table, label) {
    const used = new Set(column);
    return [...new Set(table.filter((_, at) => used.has(String.fromCharCode(48 + at))).map(row => row[label]))];
  }

  function kept(hits, router, except) {
    const narrowing = facetsOf(router).filter(({ name }) => name !== except && chosen[name].size);
    return hits.filter(hit => narrowing.every(({ name, of }) => of(hit).some(value => chosen[name].has(value))));
  }

  function drawFacets(router) {
    const focused = facets.contains(document.activeElement) ? document.activeElement.id : undefined;
    const blocks = facetsOf(router).map(facet => {
      const counts = new Map(facet.all.map(value => [value, 0]));
      for (const hit of kept(answer.hits, router, facet.name)) {
        for (const value of new Set(facet.of(hit))) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      chosen[facet.name].forEach(value => counts.has(value) || counts.set(value, 0));
      let rows = [...counts];
      if (facet.name === "owner") {
        rows.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
        rows = rows.filter(([value], at) => at < OWNERS || chosen.owner.has(value));
      }
      // Values that no hit has are worth a row only while there are few.
      rows = rows.filter(([value, number], at) => number || at < FEW || chosen[facet.name].has(value));
      if (!rows.length || (facet.name === "where" && !answer.query.words.length)) return [];
      const title = make("h3", { id: `search-${facet.name}` }, facet.title);
      return [make("div", { role: "group", "aria-labelledby": title.id }, title, rows.map(([value, number], at) => {
        const on = chosen[facet.name].has(value);
        const box = make("input", { type: "checkbox", id: `search-${facet.name}-${at}` });
        box.checked = on;
        box.addEventListener("change", () => {
          if (box.checked) chosen[facet.name].add(value); else chosen[facet.name].delete(value);
          search(0);
        });
        return make("label", { class: number || on ? undefined : "z" }, box,
          make("span", { class: "ell" }, value), make("span", { class: "n" }, String(number)));
      }))];
    });
    facets.replaceChildren(make("h2", { class: "sr" }, "Filters"), ...blocks.flat());
    if (focused) document.getElementById(focused)?.focus();
  }

  dialog.addEventListener("keydown", event => {
    const inField = event.target === input;
    const link = results.children[active];
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown" && active + 1 < results.children.length) select(active + 1);
    else if (event.key === "ArrowUp" && active > 0) select(active - 1);
    else if (event.key === "Enter" && inField && link && (event.ctrlKey || event.metaKey)) window.open(link.href, "_blank", "noopener");
    else if (event.key === "Enter" && inField && link) link.click();
    else if (!["ArrowDown", "ArrowUp", "Enter"].includes(event.key) || !inField) return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("input", () => search(80));
  closer.addEventListener("click", close);
  scrim.addEventListener("click", close);
  results.addEventListener("click", event => {
    if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) close();
  });
  results.addEventListener("scroll", () => {
    const near = results.scrollTop + results.clientHeight > results.scrollHeight - 200;
    if (near && shown < narrowed.length && dialog.dataset.state === "done") more(turn, false);
  });

  return { open, close, shard: (name, stamp, value) => arrivals.set(name, { stamp, value }) };
})();
