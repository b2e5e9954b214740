// What a reader sees of the search: the overlay, which site.js loads and opens, and the page search/.
//
// A worker finds (search-worker.js), so that typing never waits; from disk, where no worker may start, the page does.
// All text reaches the page as text nodes, and no style is set from here. What is searched for is one line of text,
// filters included, which stands in the address too; a facet's box writes into that line.
"use strict";

window.plansiteSearch = (() => {
  const script = document.currentScript;
  const folder = new URL(".", script.src);
  // This file lies in a folder right below the site's root, unless data-root says otherwise.
  const root = new URL(script.dataset.root ?? "..", script.dataset.root ? document.baseURI : script.src);
  const OWNERS = 5;
  const FEW = 4;
  const KEPT = "plansite-search";
  const OVERLAY = "search";
  const PAGE = "q";

  // Questions ----------------------------------------------------------------------------------------------------

  const SCRIPTS = ["vendor/lunr.min.js", "search-words.js", "search-query.js", "search-excerpt.js", "search-core.js", "search-worker.js"];
  const arrivals = new Map();
  const waiting = new Map();
  let count = 0;
  let answering;

  function run(url) {
    return new Promise((loaded, failed) => {
      const element = document.createElement("script");
      element.src = url;
      element.onload = () => { element.remove(); loaded(); };
      element.onerror = () => { element.remove(); failed(new Error(`${url} could not be loaded`)); };
      document.head.append(element);
    });
  }

  function beside() {
    const worker = new Worker(new URL("search-worker.js", folder));
    worker.onmessage = ({ data: [number, value, problem] }) => {
      waiting.get(number)?.(problem ? Promise.reject(new Error(problem)) : value);
      waiting.delete(number);
    };
    worker.onerror = () => {
      waiting.forEach(answer => answer(Promise.reject(new Error("the search could not be started"))));
      waiting.clear();
      answering = undefined;
    };
    return (number, ...question) => new Promise(answer => {
      waiting.set(number, answer);
      worker.postMessage([number, ...question]);
    });
  }

  // From disk files come as scripts, because nothing else may be read there.
  async function here() {
    for (const name of SCRIPTS) await run(new URL(name, folder));
    const fetched = async (name, stamp) => {
      await run(new URL(`${name}.js${stamp ? `?v=${stamp}` : ""}`, folder));
      const arrival = arrivals.get(name);
      arrivals.delete(name);
      if (!arrival) throw new Error(`${name}.js is not a file of the index`);
      return arrival;
    };
    const prepare = async language => { for (const name of language?.scripts ?? []) await run(new URL(name, folder)); };
    const breathe = () => new Promise(resume => setTimeout(resume));
    const parts = { speech: { ...plansiteWords, prepare }, query: plansiteQuery, excerpts: plansiteExcerpt };
    const ask = plansiteAnswers.create({ lunr: window.lunr, parts, fetched, breathe });
    return async (...question) => {
      const [, value, problem] = await ask(...question);
      if (problem) throw new Error(problem);
      return value;
    };
  }

  async function ask(...question) {
    const number = ++count;
    answering ??= location.protocol === "file:" ? here() : Promise.resolve(beside());
    answering.catch(() => answering = undefined);
    return (await answering)(number, ...question);
  }

  // Parts of the page --------------------------------------------------------------------------------------------

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
  function marked({ text, marks }) {
    const parts = [];
    let from = 0;
    for (const [start, end] of marks) {
      parts.push(text.slice(from, start), make("mark", {}, text.slice(start, end)));
      from = end;
    }
    return [...parts, text.slice(from)];
  }

  const spaced = number => number.toLocaleString("en").replace(/,/g, "\u202f");
  const counted = (number, one, many = `${one}s`) => `${spaced(number)} ${number === 1 ? one : many}`;

  const input = make("input", { type: "search", "aria-label": "Search all documents", "aria-controls": "search-results",
    placeholder: "Search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: "300", enterkeyhint: "go" });
  const said = make("span", { class: "muted hits", role: "status", "aria-live": "polite" });
  const facets = make("div", { class: "fc", role: "group", "aria-label": "Filters" });
  const results = make("div", { class: "rs", id: "search-results", role: "listbox", "aria-label": "Results", "data-results": true });
  const notice = make("div", { class: "big" });
  const tip = make("span", { class: "try" });
  const keys = make("div", { class: "ft" },
    make("span", {}, make("kbd", {}, "↑"), make("kbd", {}, "↓"), " move"),
    make("span", { class: "wide" }, make("kbd", {}, "→"), " more sections"),
    make("span", {}, make("kbd", {}, "Enter"), " open"),
    make("span", {}, make("kbd", {}, "Ctrl"), make("kbd", {}, "Enter"), " new tab"),
    make("span", {}, make("kbd", {}, "Tab"), " filters"), tip);
  const closer = make("button", { type: "button", class: "esc", "aria-label": "Close search", tabindex: "-1" }, make("kbd", {}, "Esc"));
  const field = make("div", { class: "q" }, icon("search", 18), input, said);
  const body = make("div", { class: "bd" }, facets, results);
  const scrim = make("div", { class: "scrim" });
  const page = document.querySelector("[data-search-page]");
  const box = page ?? make("div", { class: "dlg", role: "dialog", "aria-modal": "true", "aria-label": "Search", "data-state": "idle" });
  const name = page ? PAGE : OVERLAY;

  let before;            // what had the focus
  let behind = [];       // what this made inert
  let turn = 0;          // number of the latest search; older ones stop when they see a newer one
  let answer;            // what the latest search found
  let shown = 0;         // how many of its documents are on the page
  let left = 0;          // how many are not
  let active;            // which result is chosen

  function open() {
    if (page) return input.focus(), input.select();
    if (box.isConnected) return;
    before = document.activeElement;
    behind = [...document.body.children].filter(element => !element.inert && element.tagName !== "SCRIPT");
    behind.forEach(element => element.inert = true);
    document.body.append(scrim, box);
    document.documentElement.classList.add("searching");
    begin(new URLSearchParams(location.search).get(name) ?? remembered() ?? "");
  }

  function begin(text) {
    input.value = text;
    // a page begins at its top, for who goes through it by keyboard
    if (!page) {
      input.focus();
      input.select();
    }
    search();
  }

  function close() {
    if (page || !box.isConnected) return;
    turn++;
    box.remove();
    scrim.remove();
    behind.forEach(element => element.inert = false);
    document.documentElement.classList.remove("searching");
    address("");
    before?.focus?.();
  }

  // Storage may be refused, from disk for instance.
  function remembered() {
    try { return sessionStorage.getItem(KEPT); } catch { return undefined; }
  }

  function remember(text) {
    try { sessionStorage.setItem(KEPT, text); } catch { /* then it isn't remembered */ }
  }

  // What is searched for stands in the page's address, so that it can be sent, and is there again after a step back.
  function address(text) {
    const url = new URL(location.href);
    if (text) url.searchParams.set(name, text); else url.searchParams.delete(name);
    try {
      if (url.href !== location.href) history.replaceState(history.state, "", url);
    } catch { /* an address that may not change just doesn't tell */ }
  }

  // Searching ----------------------------------------------------------------------------------------------------

  async function search() {
    const mine = ++turn;
    const text = input.value.trim() ? input.value : "";
    remember(text);
    address(text.trim());
    state("loading");
    try {
      const found = await ask("find", text);
      if (mine !== turn) return;
      answer = found;
      tip.replaceChildren("Try ", make("b", {}, answer.example));
      drawFacets();
      if (!text) idle();
      else if (!found.total && !found.waiting) nothing();
      else await first(mine);
    } catch (problem) {
      if (mine !== turn || problem.message === "late") return;
      failed();
    }
  }

  function failed() {
    if (location.protocol === "file:") {
      return say("empty", "", "Search could not be loaded from disk", "Run plansite serve and open the address that it prints, or look through the page of all documents.");
    }
    if (navigator.onLine === false) return say("empty", "", "You are offline", "What has been looked up before is still found. Try again when you are connected.");
    say("empty", "", "Search could not be loaded", "A file of the index is missing. All documents are also listed on the site’s pages.");
  }

  function state(name) {
    box.dataset.state = name;
    box.setAttribute("aria-busy", String(name === "loading"));
  }

  function say(name, line, heading, ...advice) {
    results.replaceChildren();
    results.hidden = true;
    results.after(notice);
    notice.replaceChildren(icon("search", 20), make("h2", {}, heading), ...advice.map(text => make("p", {}, text)));
    said.textContent = line;
    shown = left = 0;
    select();
    state(name);
  }

  function idle() {
    say("idle", "", `Search ${counted(answer.documents, "document")}`, "Titles, ids, headings, tasks, text, owners, tags and status.",
      "Words in quotes stand together, -word leaves out, title:word looks there only.");
  }

  function nothing() {
    const text = answer.text.trim();
    const filtered = answer.all > 0;
    if (answer.stopped || (answer.common && !filtered && answer.words)) return say("empty", "No documents", `“${text}” stands in almost every document`, "Add a word that says more.");
    if (answer.wide.length && !filtered) return say("empty", "Type on", `Many words begin with “${answer.wide[0]}”`, "Type one letter more.");
    const advice = filtered ? "Take a filter away to see more." : "Check the spelling, try fewer words, or the beginning of one.";
    say("empty", "No documents", filtered ? "No document is left by these filters" : `No document contains “${text}”`, advice);
  }

  function tell() {
    const found = counted(answer.total, "document");
    if (answer.waiting) return `${found} so far, ${spaced(answer.waiting)} more have the words`;
    if (answer.corrected.length) {
      const [words, others] = [0, 1].map(at => answer.corrected.map(pair => pair[at]).join(" "));
      return `No “${words}”. ${found} with “${others}”`;
    }
    if (answer.common && answer.words) return `In most texts. ${found} by title or tag`;
    if (answer.loose && answer.wide.length) return `${found} without “${answer.wide[0]}…”: type on`;
    if (answer.loose) return `None has all words. ${found} with some`;
    if (answer.partly) return `${found}, ${spaced(answer.partly)} of them with some of the words`;
    return answer.words ? `${found}, ${counted(answer.matches, "match", "matches")}` : found;
  }

  // Results ------------------------------------------------------------------------------------------------------

  async function first(mine) {
    results.hidden = false;
    notice.remove();
    results.replaceChildren();
    results.scrollTop = 0;
    shown = 0;
    said.textContent = tell();
    await add(mine, answer.cards, answer.left);
  }

  async function more() {
    const mine = turn;
    if (!(left || answer.waiting) || box.dataset.state !== "done") return;
    state("loading");
    const next = await ask("page", shown).catch(() => undefined);
    if (mine !== turn) return;
    if (!next) return state("done");
    if (answer.waiting) answer.total = shown + next.cards.length + next.left;
    answer.waiting = next.waiting;
    said.textContent = tell();
    await add(mine, next.cards, next.left);
  }

  // Titles stand at once, the sections follow when their texts have come.
  async function add(mine, cards, rest) {
    const from = shown;
    const links = cards.map(card => result(card));
    results.append(...links);
    [shown, left] = [from + cards.length, rest];
    if (!from) select(links[0]);
    const found = await ask("details", from, shown).catch(() => []);
    if (mine !== turn) return;
    links.forEach((link, at) => detail(link, cards[at], found[at] ?? []));
    state("done");
  }

  function target(card, anchor) {
    const path = location.protocol === "file:" && card.url.endsWith("/") ? `${card.url}index.html` : card.url;
    return `${new URL(path, root).href}${anchor ? `#${encodeURIComponent(anchor)}` : ""}`;
  }

  let options = 0;
  const option = more => ({ role: "option", id: `search-result-${++options}`, "aria-selected": "false", tabindex: "-1", ...more });

  function result(card) {
    const { mark } = card;
    const size = mark?.[0].startsWith("chip") ? 13 : 14;
    const link = make("a", option({ href: target(card) }),
      icon(card.icon, 15),
      make("span", { class: "ti ell" }, marked(card.marks.title)),
      mark ? make("span", { class: mark[0] }, mark[1] ? icon(mark[1], size) : "", mark[2]) : make("span", {}));
    fill(link, card, undefined);
    return link;
  }

  // The line that says where the words stand, and the words around them.
  function fill(link, card, section) {
    const steps = [card.id ? make("span", { class: "num" }, ...marked(card.marks.id)) : "", ...(section?.path ?? []).map(step => make("span", { class: "ell" }, ...marked(step)))].filter(step => step);
    const path = steps.flatMap((step, at) => at ? [icon("chev", 10), step] : [step]);
    const text = section?.text ? section : card.marks.summary;
    link.querySelectorAll(".pa, .ex").forEach(old => old.remove());
    if (card.fate) path.push(make("span", { class: "fate" }, card.fate));
    if (path.length) link.append(make("span", { class: "pa" }, path));
    if (text.text) link.append(make("span", { class: "ex" }, marked(text)));
    if (section?.anchor) link.href = target(card, section.anchor);
  }

  function detail(link, card, sections) {
    if (!sections.length) return;
    fill(link, card, sections[0]);
    if (card.matches < 2 || sections.length < 2) return;
    const others = sections.slice(1).map(section => make("a", option({ href: target(card, section.anchor), class: "sub" }),
      make("span", { class: "pa" }, (section.path.length ? section.path : [card.marks.title]).flatMap((step, at) => [at ? icon("chev", 10) : "", make("span", { class: "ell" }, ...marked(step))])),
      make("span", { class: "ex" }, marked(section))));
    const unfold = make("span", { class: "mo" }, (others.length < card.matches - 1 ? `${others.length} of ` : "") + counted(card.matches - 1, "more section"));
    link.unfold = () => {
      unfold.remove();
      link.unfold = undefined;
      link.after(...others);
      select(link);
    };
    unfold.addEventListener("click", event => {
      event.preventDefault();
      event.stopPropagation();
      link.unfold();
    });
    link.append(unfold);
  }

  function select(link) {
    active?.setAttribute("aria-selected", "false");
    active = link;
    if (!link) return input.removeAttribute("aria-activedescendant");
    link.setAttribute("aria-selected", "true");
    link.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", link.id);
    if (!link.nextElementSibling) more();
  }

  // Facets -------------------------------------------------------------------------------------------------------

  function drawFacets() {
    const focused = facets.contains(document.activeElement) ? document.activeElement.id : undefined;
    const blocks = answer.facets.map(facet => {
      const on = value => value.typed.length > 0;
      // Owners are many. Of the others, values that no hit has are worth a row only while there are few.
      const rows = facet.values.filter((value, at) => on(value) || (facet.name === "owner" ? at < OWNERS : value.count || at < FEW));
      if (!rows.length || (facet.name === "in" && !answer.words)) return [];
      const title = make("h3", { id: `search-${facet.name}` }, facet.title);
      return [make("div", { role: "group", "aria-labelledby": title.id }, title, rows.map((value, at) => {
        const box = make("input", { type: "checkbox", id: `search-${facet.name}-${at}` });
        box.checked = on(value);
        box.addEventListener("change", () => {
          const parts = value.typed.reduce((text, typed) => text.split(typed).join(" "), input.value.trim());
          input.value = (box.checked ? `${parts} ${value.filter}` : parts).replace(/\s+/g, " ").trim();
          search();
        });
        return make("label", { class: value.count || box.checked ? undefined : "z" }, box,
          make("span", { class: "ell" }, value.label), make("span", { class: "n" }, spaced(value.count)));
      }))];
    });
    facets.replaceChildren(make("h2", { class: "sr" }, "Filters"), ...blocks.flat());
    if (focused) document.getElementById(focused)?.focus();
  }

  // Keys and clicks ----------------------------------------------------------------------------------------------

  box.addEventListener("keydown", event => {
    const inField = event.target === input;
    const { key } = event;
    if (key === "Escape" && !page) close();
    else if (key === "Escape" && inField && input.value) begin("");
    else if (key === "ArrowDown" && inField && active?.nextElementSibling) select(active.nextElementSibling);
    else if (key === "ArrowUp" && inField && active?.previousElementSibling) select(active.previousElementSibling);
    else if (key === "ArrowRight" && inField && active?.unfold && input.selectionStart === input.value.length) active.unfold();
    else if (key === "Enter" && inField && active && (event.ctrlKey || event.metaKey)) window.open(active.href, "_blank", "noopener");
    else if (key === "Enter" && inField && active) active.click();
    else if (!["ArrowDown", "ArrowUp", "Enter"].includes(key) || !inField) return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("input", search);
  closer.addEventListener("click", close);
  scrim.addEventListener("click", close);
  // A result on this very page leads nowhere else, so the overlay goes; else it stays for a step back.
  results.addEventListener("click", event => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const [to, from] = [new URL(link.href), new URL(location.href)];
    if (to.origin + to.pathname === from.origin + from.pathname) close();
  });
  const near = element => element.scrollTop + element.clientHeight > element.scrollHeight - 200;
  results.addEventListener("scroll", () => near(results) && more());
  if (page) window.addEventListener("scroll", () => near(document.documentElement) && more(), { passive: true });

  if (page) {
    document.querySelectorAll("[data-filtered]").forEach(element => element.hidden = true);
    page.replaceChildren(field, body, keys);
    begin(new URLSearchParams(location.search).get(PAGE) ?? "");
    window.addEventListener("popstate", () => begin(new URLSearchParams(location.search).get(PAGE) ?? ""));
  } else {
    field.append(closer);
    box.append(field, body, keys);
  }

  return { open, close, shard: (name, stamp, value) => arrivals.set(name, { stamp, value }) };
})();
