// The filter bar. What a page has to carry for it stands in src/view/filter.rs.
//
// Filters of one field are alternatives, of several fields conditions. The address carries them, so a filtered page can
// be linked, and back goes back. A page that shows a part of a long list asks for data/rows.js when it is first filtered
// or sorted, and shows a table of all that pass. Documents' words reach the page as text, never as HTML.
"use strict";
(function () {
  const bar = document.querySelector("[data-filter]");
  const site = window.plansite;
  if (!bar || !site) return;
  const cut = bar.hasAttribute("data-cut");
  const input = bar.querySelector("input");
  const shown = bar.querySelector("[data-shown]");
  const clearer = bar.querySelector("[data-clear]");
  const opener = bar.querySelector(".mfil");
  const { one, many } = bar.dataset;
  const FRESHNESS = ["expired", "review-overdue", "due", "unscheduled", "fresh"];
  const STEP = 200;
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) if (value !== undefined && value !== "") element.setAttribute(name, value);
    element.append(...children.flat().filter((child) => child !== undefined && child !== ""));
    return element;
  }

  // What is chosen -----------------------------------------------------------------------------------------------
  const menus = new Map(all(".sel", bar).map((element) => [element.dataset.name, {
    element, fold: element.querySelector("details"), list: element.querySelector("ul"), said: element.querySelector("summary b"),
    clear: element.querySelector(".x"), values: new Map(),
  }]));
  const chosen = new Map(Array.from(menus.keys(), (name) => [name, new Set()]));
  let text = "";
  let sort = "";
  const filtered = () => text.trim() !== "" || Array.from(chosen.values()).some((values) => values.size);

  function read() {
    const query = new URLSearchParams(location.search);
    text = query.get("q") || "";
    sort = cut ? query.get("sort") || "" : "";
    for (const [name, values] of chosen) {
      values.clear();
      for (const value of query.getAll(name).join(",").split(",")) if (value) values.add(value);
    }
    input.value = text;
  }

  function query() {
    const parts = text.trim() ? ["q=" + encodeURIComponent(text.trim())] : [];
    for (const [name, values] of chosen) {
      if (values.size) parts.push(name + "=" + Array.from(values, encodeURIComponent).join(","));
    }
    return parts.join("&");
  }

  // Every step is one that back undoes; letters typed one after the other are one step.
  function write(typing) {
    const parts = [query(), sort && "sort=" + encodeURIComponent(sort)].filter(Boolean).join("&");
    const address = location.pathname + (parts ? "?" + parts : "") + location.hash;
    try {
      if (typing) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
    } catch (_) { /* an address that may not change just doesn't tell the filter */ }
  }

  // What there is ------------------------------------------------------------------------------------------------
  const spoken = (words) => words.filter((word) => /^(owner|tag):[^-]/.test(word)).map((word) => word.slice(word.indexOf(":") + 1)).join(" ");

  function entry(words, term, said, rest) {
    const state = term.state ? site.judge(term).state : "";
    const own = state && !words.includes("is:" + state) ? words.filter((word) => !FRESHNESS.some((name) => word === "is:" + name)).concat("is:" + state) : words;
    return { words: new Set(own), said: (said + " " + spoken(words)).toLowerCase(), ...rest };
  }

  let marked;
  function onPage() {
    marked = marked || all("main [data-f]").map((node, at) => entry(node.dataset.f.split(" "), node.dataset,
      node.textContent + " " + all("[title]", node).map((named) => named.title).join(" "), { node, key: node.dataset.key || at }));
    return marked;
  }

  let coming;
  function everywhere() {
    if (coming) return coming;
    const scope = new Map();
    for (const word of bar.dataset.scope.split(" ").filter(Boolean)) {
      const name = word.slice(0, word.indexOf(":"));
      scope.set(name, (scope.get(name) || []).concat(word));
    }
    coming = site.rows().then((rows) => rows
      .filter((row) => Array.from(scope.values()).every((words) => words.some((word) => row.words.includes(word))))
      .map((row) => entry(row.words, row, [row.id, row.title, row.person && row.person.name, row.kind.label, row.mark.word].join(" "), { row, key: row.href })));
    coming.catch(() => { coming = undefined; });
    return coming;
  }

  // Which pass: the entries, and for each field how many have each of its values if this field weren't narrowing.
  function pass(entries) {
    const fields = Array.from(chosen, ([name, values]) => [name, Array.from(values, (value) => name + ":" + value)]);
    const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = new Map();
    const counted = new Set();
    const passed = [];
    const keys = new Set();
    for (const entry of entries) {
      if (!wanted.every((word) => entry.said.includes(word))) continue;
      const failed = fields.filter(([, words]) => words.length && !words.some((word) => entry.words.has(word)));
      if (failed.length > 1) continue;
      if (!failed.length) { passed.push(entry); keys.add(entry.key); }
      if (counted.has(entry.key)) continue;
      counted.add(entry.key);
      const only = failed.length ? failed[0][0] : undefined;
      for (const word of entry.words) {
        if (!only || word.startsWith(only + ":")) counts.set(word, (counts.get(word) || 0) + 1);
      }
    }
    return { passed, count: keys.size, counts };
  }

  // What is shown ------------------------------------------------------------------------------------------------
  function value(name, word, label) {
    const menu = menus.get(name);
    const box = make("input", { type: "checkbox", value: word });
    const number = make("span", { class: "n" }, String(built.get(name + ":" + word) ?? ""));
    const row = make("label", {}, box, label, number);
    box.addEventListener("change", () => {
      if (box.checked) chosen.get(name).add(word); else chosen.get(name).delete(word);
      change();
    });
    menu.values.set(word, { box, number, row, label: row.querySelector(".ell").textContent });
    return row;
  }
  // Before the rows have come, the counts are those of the build.
  const built = new Map();
  for (const [name, menu] of menus) {
    for (const link of all("a[data-v]", menu.list)) {
      const number = link.querySelector(".n");
      built.set(name + ":" + link.dataset.v, Number(number.textContent));
      number.remove();
      link.replaceWith(value(name, link.dataset.v, Array.from(link.childNodes)));
    }
    menu.clear.addEventListener("click", () => { chosen.get(name).clear(); change(); menu.fold.firstElementChild.focus(); });
    menu.fold.addEventListener("toggle", () => {
      if (menu.fold.open) for (const other of menus.values()) if (other !== menu) other.fold.open = false;
    });
    menu.fold.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.fold.open) return;
      menu.fold.open = false;
      menu.fold.firstElementChild.focus();
    });
  }
  document.addEventListener("click", (event) => {
    for (const menu of menus.values()) if (menu.fold.open && !menu.fold.contains(event.target)) menu.fold.open = false;
  });

  function tell(counts) {
    for (const [name, menu] of menus) {
      const values = chosen.get(name);
      // the address may name what the menu doesn't list
      for (const word of values) if (!menu.values.has(word)) menu.list.append(make("li", {}, value(name, word, make("span", { class: "ell" }, word === "-" ? "None" : word))));
      for (const [word, { box, number, row }] of menu.values) {
        const count = counts.get(name + ":" + word) || 0;
        box.checked = values.has(word);
        number.textContent = count;
        row.classList.toggle("z", !count);
      }
      const first = menu.values.get(values.values().next().value);
      menu.said.textContent = values.size > 1 ? values.size + " " + menu.element.dataset.several : first ? first.label : menu.element.dataset.any;
      menu.element.classList.toggle("on", values.size > 0);
      menu.clear.hidden = !values.size;
    }
    opener.classList.toggle("on", Array.from(chosen.values()).some((values) => values.size));
    clearer.hidden = !filtered();
  }

  const own = (lane) => all("[data-n]", lane).find((number) => number.closest("[data-lane]") === lane);
  function hide(passed) {
    const keep = new Set(passed.map(({ node }) => node));
    for (const { node } of onPage()) node.toggleAttribute("hidden", !keep.has(node));
    for (const lane of all("[data-lane]")) {
      const left = all("[data-f]:not([hidden])", lane);
      const number = own(lane);
      if (number) {
        number.dataset.was = number.dataset.was || number.textContent;
        number.textContent = filtered() ? new Set(left.map((node, at) => node.dataset.key || at)).size : number.dataset.was;
      }
      if (lane.hasAttribute("data-shrink")) lane.hidden = filtered() && !left.length;
    }
  }

  const empty = make("div", { class: "panel", hidden: "hidden" }, make("div", { class: "big" }, make("h2", {}, "No " + one + " passes these filters"), make("p", {}, "Take one away to see more.")));
  bar.after(empty);

  let turn = 0;
  async function show() {
    const mine = ++turn;
    const active = filtered() || sort !== "";
    document.documentElement.toggleAttribute("data-narrow", filtered());
    if (input.value.trim() !== text.trim()) input.value = text;
    for (const link of all("a[data-keep]")) {
      link.dataset.keep = link.dataset.keep || link.getAttribute("href");
      link.setAttribute("href", link.dataset.keep + (filtered() ? "?" + query() : ""));
    }
    let entries;
    try {
      entries = cut && active ? await everywhere() : cut ? undefined : onPage();
    } catch (_) {
      shown.textContent = "The list of all " + many + " could not be loaded";
      return;
    }
    if (mine !== turn) return;
    const total = Number(bar.dataset.total);
    const { passed, count, counts } = entries ? pass(entries) : { passed: [], count: total, counts: built };
    tell(counts);
    shown.textContent = (filtered() ? count + " of " : "") + total + " " + (total === 1 ? one : many);
    const none = filtered() && !count;
    empty.hidden = !none;
    for (const part of all("[data-filtered]")) part.hidden = none || (cut && active && !site.board);
    if (!cut) hide(passed);
    else if (site.board) site.board(entries && passed.map(({ row }) => row), query());
    else table(active, passed);
  }

  // A table of rows that are not on the page -----------------------------------------------------------------------
  const COLUMNS = [
    ["id", "ID", (row) => row.id], ["title", "Title", (row) => row.title], ["kind", "Kind", (row) => row.kind.label],
    ["status", "Status", (row) => row.mark.word], ["owner", "Owner", (row) => (row.person ? row.person.name : "")],
    ["signals", "Signals", (row) => site.signals(row).join(" ")], ["changed", "Changed", (row) => row.changed], ["deadline", "Deadline", (row) => row.deadline],
  ];
  const body = make("tbody");
  const heads = COLUMNS.map(([key, label]) => {
    const button = make("button", { type: "button" }, label);
    button.addEventListener("click", () => order(key));
    return make("th", { scope: "col" }, button);
  });
  const more = make("button", { type: "button", class: "btn" });
  const holder = make("div", { hidden: "hidden" }, make("div", { class: "panel scrollx" },
    make("table", { class: "lst" }, make("thead", {}, make("tr", {}, heads)), body)), make("p", { class: "pager" }, more));
  empty.after(holder);
  let waiting = [];
  more.addEventListener("click", () => { const at = body.rows.length; fill(); body.rows[at].querySelector("a").focus(); });

  function order(key) {
    sort = sort === key ? "-" + key : key;
    write(false);
    show();
  }
  for (const shownTable of all("table[data-sort=cut]")) {
    all("thead th", shownTable).forEach((head, at) => {
      const button = make("button", { type: "button" }, head.textContent);
      button.addEventListener("click", () => { order(COLUMNS[at][0]); });
      head.replaceChildren(button);
    });
  }

  function table(active, passed) {
    holder.hidden = !active || !passed.length;
    if (!active) return;
    const down = sort.startsWith("-");
    const at = COLUMNS.findIndex(([key]) => key === sort.replace("-", ""));
    heads.forEach((head, other) => {
      if (other === at) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    waiting = passed.map(({ row }) => row);
    if (at >= 0) {
      const letters = new Intl.Collator(undefined, { numeric: true });
      const keyed = waiting.map((row) => [COLUMNS[at][2](row), row]);
      // Empty ones stay below, whichever way the rest goes.
      keyed.sort(([a], [b]) => (!a || !b ? !a - !b : (down ? -1 : 1) * letters.compare(a, b)));
      waiting = keyed.map(([, row]) => row);
    }
    body.replaceChildren();
    fill();
  }

  function fill() {
    body.append(...waiting.splice(0, STEP).map(line));
    more.textContent = "Show " + Math.min(STEP, waiting.length) + " more of " + waiting.length;
    more.parentElement.hidden = !waiting.length;
  }

  function line(row) {
    const person = row.person;
    const owner = person && [site.avatar(person), make("span", { class: "ell" }, person.name)];
    const dated = (day, label) => make("td", { class: "num", "data-l": label }, day ? make("time", { datetime: day }, site.short(day)) : "");
    return make("tr", { "data-row": "row" }, make("td", { class: "id" }, row.id),
      make("td", { class: "ti" }, make("a", { href: site.root + row.href }, row.title)), make("td", {}, row.kind.label),
      make("td", {}, make("span", { class: "st st-" + row.mark.class }, site.icon(row.mark.icon, 14), row.mark.word)),
      make("td", {}, !owner ? "" : person.href ? make("a", { class: "own", href: site.root + person.href }, owner) : make("span", { class: "own" }, owner)),
      make("td", { class: "sgs" }, site.signals(row).slice(0, 2).flatMap((signal) => [site.chip(row, signal), " "])),
      dated(row.changed, "Changed"), dated(row.deadline, "Deadline"));
  }

  // What the reader does -------------------------------------------------------------------------------------------
  function change(typing) {
    write(typing);
    show();
  }
  let typed;
  input.addEventListener("input", () => {
    clearTimeout(typed);
    const begun = text.trim() !== "";
    typed = setTimeout(() => { text = input.value; change(begun); }, 80);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); input.blur(); }
  });
  clearer.addEventListener("click", () => {
    if (!filtered()) return;
    text = "";
    input.value = "";
    for (const values of chosen.values()) values.clear();
    change();
  });
  opener.addEventListener("click", () => {
    opener.setAttribute("aria-expanded", String(bar.classList.toggle("open")));
  });
  addEventListener("popstate", () => { read(); show(); });

  read();
  // On a later day than the build's, the counts are other ones too.
  if (filtered() || sort || (site.later && !cut)) show();
})();
