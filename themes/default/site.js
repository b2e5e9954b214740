// What a page gains with a script: the chosen theme, keys, sorting, ages counted to the reader's day.
// Every page can be read without it. Nothing is fetched but the search, when it is asked for.
"use strict";
(function () {
  const page = document.documentElement;
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const one = (selector) => document.querySelector(selector);
  // The site's own root, from this script's address: right even on a page that is shown for any address.
  const root = document.currentScript.src.replace(/assets\/site\.js(\?.*)?$/, "");
  const lost = document.currentScript.hasAttribute("data-lost");
  if (lost) {
    if (page.hasAttribute("data-found")) return;
    page.setAttribute("data-found", "");
    page.setAttribute("data-js", "");
    for (const link of all("a[href^='./']")) link.href = root + link.getAttribute("href").slice(2);
  }

  const store = {
    get(key) { try { return localStorage.getItem("plansite-" + key); } catch (_) { return null; } },
    set(key, value) {
      try {
        if (value === null) localStorage.removeItem("plansite-" + key);
        else localStorage.setItem("plansite-" + key, value);
      } catch (_) { /* storage may be forbidden; the choice then lasts as long as the page */ }
    },
  };

  function say(text) {
    let toast = one(".toast");
    if (!toast) {
      toast = document.createElement("div");
      toast.className = "toast";
      toast.setAttribute("role", "status");
      document.body.append(toast);
    }
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { toast.hidden = true; }, 1800);
  }

  // Theme ---------------------------------------------------------------------------------------------------------
  function theme(choice) {
    if (choice === "light" || choice === "dark") page.setAttribute("data-theme", choice);
    else page.removeAttribute("data-theme");
    for (const button of all("[data-set]")) {
      button.setAttribute("aria-pressed", String(button.dataset.set === (choice || "system")));
    }
  }
  function choose(choice) {
    store.set("theme", choice === "system" ? null : choice);
    theme(choice);
  }
  theme(store.get("theme") || "system");
  for (const button of all("[data-set]")) button.addEventListener("click", () => choose(button.dataset.set));

  // Search: loaded when it is first asked for -----------------------------------------------------------------------
  function load(path) {
    return new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = root + path;
      script.onload = done;
      script.onerror = fail;
      document.head.append(script);
    });
  }
  let loading = null;
  const ready = () => loading = loading || Promise.all([load("assets/icons.js"), load("search/search.js")]);
  function search() {
    if (!one("[data-search]")) return location.assign(root + "all/index.html"); // a site without a search
    return ready().then(() => window.plansiteSearch.open()).catch(() => {
      loading = null;
      location.href = root + "all/index.html";
    });
  }
  // The page of the search has it at once; another one whose address says what was searched for opens it again.
  const asked = () => new URLSearchParams(location.search).has("search");
  if (one("[data-search-page]")) ready();
  else if (asked()) search();
  window.addEventListener("pageshow", (event) => event.persisted && asked() && search());
  for (const link of all("[data-search]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      search();
    });
  }
  if (/Mac|iPhone|iPad/.test(navigator.platform)) for (const key of all(".sbtn kbd")) key.textContent = "⌘ K";

  // Ages, counted again for the reader's day; the words are those of src/view/moment.rs -------------------------------
  const DAY = 86400000;
  const midnight = (text) => {
    const [year, month, day] = text.split("-").map(Number);
    return Date.UTC(year, month - 1, day);
  };
  // A reader's clock that is behind the build doesn't make anything young again.
  const now = new Date();
  const today = Math.max(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()), page.dataset.built ? midnight(page.dataset.built) : 0);
  const days = (count) => (count === 1 ? "1 day" : count + " days");
  const words = {
    long: (ahead) => (ahead === 0 ? "today" : ahead > 0 ? "in " + days(ahead) : days(-ahead) + " ago"),
    short: (ahead) => (ahead === 0 ? "today" : ahead > 0 ? "in " + ahead + " d" : -ahead + " d ago"),
    late: (ahead) => (ahead < 0 ? -ahead + " d late" : words.short(ahead)),
    overdue: (ahead) => (ahead < 0 ? days(-ahead) + " late" : words.long(ahead)),
  };
  // What the judge says on the reader's day, by the same precedence: src/view/term.rs carries the days.
  const warning = Number(page.dataset.warning) || 0;
  const STATES = {
    expired: ["c-red", "expired", "Expired", "expired"],
    due: ["c-amber", "due", "Due", "due soon"],
    "review-overdue": ["c-amber", "review", "Review", "review overdue"],
    unscheduled: ["", "noexpiry", "No expiry date", "no date"],
    fresh: ["c-green", "fresh", "Fresh", "fresh"],
  };
  function judge(term) {
    const expires = term.expires ? midnight(term.expires) : NaN;
    const review = term.review ? midnight(term.review) : NaN;
    if (expires < today) return { state: "expired", day: term.expires, form: "long" };
    if (review < today) return { state: "review-overdue", day: term.review, form: "overdue" };
    const near = [[expires, term.expires, "Due"], [review, term.review, "Review due"]].filter(([day]) => day >= today).sort(([a], [b]) => a - b)[0];
    if (near && near[0] <= today + warning * DAY) return { state: "due", day: near[1], form: "long", text: near[2] };
    return { state: near ? "fresh" : term.state };
  }
  const long = (text) => new Date(midnight(text)).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  function ageOf(verdict) {
    const time = document.createElement("time");
    time.dateTime = verdict.day;
    time.title = long(verdict.day);
    time.dataset.age = verdict.form;
    time.textContent = words[verdict.form](Math.round((midnight(verdict.day) - today) / DAY));
    return time;
  }
  function icon(name, size) {
    const holder = document.createElement("span");
    holder.innerHTML = '<svg class="i" aria-hidden="true"><use/></svg>';
    const drawn = holder.firstChild;
    drawn.setAttribute("width", size);
    drawn.setAttribute("height", size);
    drawn.firstChild.setAttribute("href", "#i-" + name);
    return drawn;
  }
  function chipOf(verdict, brief) {
    const [color, name, text] = STATES[verdict.state];
    const said = { ...verdict };
    if (brief && verdict.day) {
      said.form = verdict.state === "review-overdue" ? "late" : "short";
      if (verdict.text) said.text = verdict.text === "Due" ? "Expires" : "Review";
      if (verdict.inferred) said.text = "Inferred review";
    }
    const chip = document.createElement("span");
    chip.className = "chip " + color;
    chip.dataset.fresh = "";
    const inner = document.createElement("span");
    inner.append(said.text || text);
    if (said.day) inner.append(" ", ageOf(said));
    chip.append(icon(verdict.text === "Review due" ? "review" : name, 13), inner);
    return chip;
  }

  // Every document in short, for the pages that filter and sort more than they show: src/feed/rows.rs says what a row is.
  const SIGNS = { blocked: ["c-red", "blocked", "Blocked"], contradiction: ["c-amber", "contra", "Contradiction"], placeholders: ["", "placeholder", "Placeholders left"] };
  const SIGNALS = ["expired", "blocked", "due", "review-overdue", "contradiction", "unscheduled", "placeholders"];
  let rows = null;
  function everything() {
    rows = rows || new Promise((done, fail) => {
      window.plansiteRows = ({ kinds, marks, people, words: facets, states, rows: list }) => done(list.map(
        ([path, id, title, kind, mark, owner, own, state, expires, review, changed, deadline]) => ({
          href: path.endsWith("/") || !path ? path + "index.html" : path, id, title, kind: { label: kinds[kind][0], icon: kinds[kind][1] },
          mark: { class: marks[mark][0], icon: marks[mark][1], word: marks[mark][2] },
          person: owner === null ? null : { name: people[owner][0], initials: people[owner][1], class: people[owner][2], href: people[owner][3] },
          words: own.map((at) => facets[at]), state: states[state], expires, review, changed, deadline,
        })));
      Promise.all([load("assets/icons.js"), load("data/rows.js")]).catch(fail);
    });
    rows.catch(() => { rows = null; });
    return rows;
  }
  function signals(row) {
    const state = row.state && judge(row).state;
    return SIGNALS.filter((signal) => (SIGNS[signal] ? row.words.includes("is:" + signal) : signal === state));
  }
  function chip(row, signal) {
    if (!SIGNS[signal]) return chipOf(judge(row), true);
    const [color, name, text] = SIGNS[signal];
    const made = document.createElement("span");
    made.className = "chip " + color;
    made.append(icon(name, 13), text);
    return made;
  }
  function avatar(person) {
    const made = document.createElement("span");
    made.className = "av " + person.class;
    made.title = person.name;
    made.setAttribute("aria-hidden", "true");
    made.append(/\bbot\b/.test(person.class) ? icon("bot", 13) : person.initials);
    return made;
  }
  function short(text) {
    const form = { day: "numeric", month: "short", timeZone: "UTC" };
    if (text.slice(0, 4) !== (page.dataset.built || "").slice(0, 4)) form.year = "numeric";
    return new Date(midnight(text)).toLocaleDateString("en-GB", form).replace("Sept", "Sep");
  }
  const later = Boolean(page.dataset.built) && today > midnight(page.dataset.built);
  window.plansite = { root, store, later, judge, icon, avatar, signals, chip, short, rows: everything };

  // The page of all deadlines: chips, groups, totals, the strip's day.
  function refresh(by) {
    const whole = by.hasAttribute("data-whole");
    const main = one("[data-wanting-table]");
    for (const row of all("tr[data-key]", by)) {
      const verdict = judge(row.dataset);
      if (verdict.state === row.dataset.state || !STATES[verdict.state]) continue;
      row.dataset.state = verdict.state;
      row.cells[0].replaceChildren(chipOf(verdict));
      const step = row.querySelector(".go");
      if (!step.firstChild) {
        const link = row.querySelector(".ti a").cloneNode();
        link.className = "t2";
        link.append("Review ", icon("chev", 11));
        step.append(link);
      }
      const group = row.parentElement;
      const key = by.dataset.by === "state" ? verdict.state : group.dataset.group;
      if (group.parentElement === main && key === group.dataset.group) continue;
      let target = all("tbody", main).find((body) => body.dataset.group === key);
      if (!target) {
        target = group.cloneNode();
        target.append(group.rows[0].cloneNode(true));
        main.append(target);
      }
      target.append(row);
    }
    const totals = {};
    const seen = new Set();
    for (const body of all("tbody", by)) {
      const counts = {};
      for (const row of all("tr[data-key]", body)) {
        counts[row.dataset.state] = (counts[row.dataset.state] || 0) + 1;
        if (seen.has(row.dataset.key)) continue;
        seen.add(row.dataset.key);
        totals[row.dataset.state] = (totals[row.dataset.state] || 0) + 1;
      }
      const rows = body.rows.length - 1;
      body.hidden = !rows;
      if (!whole) continue;
      const told = by.dataset.by === "state" ? [String(rows)] : Object.keys(STATES).filter((state) => counts[state]).map((state) => counts[state] + " " + STATES[state][3]);
      body.querySelector(".og .r").replaceChildren(...told.map((text) => Object.assign(document.createElement("span"), { textContent: text })));
    }
    main.parentElement.hidden = !all("tbody:not([hidden])", main).length;
    const good = one("[data-good]");
    if (good) good.hidden = !main.parentElement.hidden;
    for (const cell of all(".heat [data-day]")) {
      const day = midnight(cell.dataset.day);
      cell.classList.toggle("t", day === today);
      cell.classList.toggle("past", day < today);
    }
    if (!whole) return;
    for (const total of all("[data-total]")) {
      const count = totals[total.dataset.total] || 0;
      total.hidden = !count;
      total.querySelector("b").textContent = count;
      const share = count === seen.size ? 100 : Math.min(Math.max(Math.floor((count * 20) / seen.size), count ? 1 : 0), 19) * 5;
      total.className = total.className.replace(/^w\d+/, "w" + share);
    }
    const fresh = one("[data-calm]");
    if (fresh) fresh.textContent = totals.fresh || 0;
    const wanting = one("[data-wanting]");
    if (wanting) wanting.textContent = seen.size - (totals.fresh || 0);
    one("[data-judged]").textContent = "Judged again for today, " + long(new Date(today).toISOString().slice(0, 10)) + ".";
  }

  // A card, a row of a list, a document's head: its chip. Gives back the verdict where it is another one.
  function rechip(place) {
    const verdict = judge(place.dataset);
    if (verdict.state === place.dataset.state || !verdict.day) return null;
    verdict.inferred = place.hasAttribute("data-inferred") && verdict.state !== "expired";
    const chip = chipOf(verdict, true);
    const sign = place.querySelector(":scope > .sg");
    if (sign && verdict.state !== "fresh") {
      sign.className = "sg " + STATES[verdict.state][0].replace("c-", "f-");
      sign.title = STATES[verdict.state][2];
      sign.replaceChildren(icon(STATES[verdict.state][1], 14));
    }
    const old = place.querySelector(".chip[data-fresh]");
    if (old) old.replaceWith(chip);
    else if (place.hasAttribute("data-place")) place.querySelector(".st").after(chip);
    else {
      let holder = place.querySelector(".chs, .sgs");
      if (!holder) {
        holder = document.createElement("span");
        holder.className = "chs";
        place.append(holder);
      }
      holder.prepend(chip, " ");
    }
    return verdict;
  }

  // A document's page: its banner.
  function reban(verdict) {
    const [color, name, text] = STATES[verdict.state];
    const ban = document.createElement("section");
    ban.className = "ban line " + color.slice(2);
    ban.setAttribute("aria-label", text);
    const fact = document.createElement("b");
    fact.append((verdict.text || text) + " ", ageOf(verdict), ", on " + long(verdict.day) + (verdict.inferred ? " (inferred)." : "."));
    const line = document.createElement("p");
    line.append(fact, verdict.state === "due" ? " Review it, or set a new date, by then." : " Review it and set a new date, or archive it.");
    ban.append(icon(name, 18), line);
    const old = one(".ban[data-fresh-state]");
    if (old) old.replaceWith(ban);
    else one(".bans").prepend(ban);
  }

  function recount() {
    const built = page.dataset.built && midnight(page.dataset.built);
    if (!built || today <= built) return;
    const old = Math.round((today - built) / DAY);
    for (const time of all("time[data-age]")) {
      const form = words[time.dataset.age];
      const day = midnight(time.dateTime);
      if (!form || Number.isNaN(day)) continue;
      time.textContent = form(Math.round((day - today) / DAY));
    }
    // How many expired since, of the whole collection: "4 7*2" days after the build.
    let since = 0;
    for (const end of (page.dataset.ends || "").split(" ").filter(Boolean)) {
      const [ahead, times] = end.split("*").map(Number);
      if (ahead < old) since += times || 1;
    }
    const expired = Number(page.dataset.expired) + since;
    for (const link of expired ? all(".nav a[href$='freshness/index.html']") : []) {
      const count = link.querySelector(".n") || link.appendChild(document.createElement("span"));
      count.className = "n hot";
      count.textContent = expired + " expired";
    }
    const by = one("[data-by]");
    if (by) refresh(by);
    let changed = false;
    for (const place of all("[data-judge]")) {
      const verdict = rechip(place);
      if (verdict && place.hasAttribute("data-place")) { reban(verdict); changed = true; }
    }
    const counted = one(".asof span:last-child");
    if (counted) counted.textContent = "Ages counted to today";
    for (const time of all("[data-built-on]")) {
      const note = document.createElement(old > 14 ? "b" : "span");
      note.className = old > 14 ? "old" : "";
      note.textContent = days(old) + " ago";
      time.after(", ", note);
    }
    if (old <= 14 && !since && !changed) return;
    const note = document.createElement("section");
    note.className = "ban amber built";
    note.setAttribute("aria-label", "The site is old");
    const head = document.createElement("h2");
    head.textContent = "This site was built " + days(old) + " ago, on " + long(page.dataset.built);
    const text = document.createElement("p");
    const more = since ? "Since then " + (since === 1 ? "1 more document has" : since + " more documents have") + " passed the expiry date. " : "";
    text.textContent = more + "Ages and states are judged again for today, the text is not. " + (old > 14 ? "Rebuild it, or find out why the scheduled build stopped." : "");
    note.append(icon("risks", 18), head, text);
    one("main .wrap").prepend(note);
  }
  recount();

  // Tables: a click on a head sorts the rows of this page -------------------------------------------------------------
  for (const table of all("table[data-sort='']")) {
    const heads = all("thead th", table);
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = (row) => {
          const cell = row.cells[at];
          const time = cell.querySelector("time");
          return time ? time.dateTime : cell.textContent.trim();
        };
        const rows = all("tbody tr", table).map((row) => [key(row), row]);
        // Empty cells stay below, whichever way the rest goes.
        rows.sort(([a], [b]) => {
          if (!a || !b) return !a - !b;
          const order = a.localeCompare(b, undefined, { numeric: true });
          return down ? -order : order;
        });
        table.tBodies[0].append(...rows.map(([, row]) => row));
      });
    });
  }

  // The table of contents follows the reader --------------------------------------------------------------------------
  const entries = all(".toc a[href^='#']");
  if (entries.length && "IntersectionObserver" in window) {
    const targets = entries.map((entry) => document.getElementById(decodeURIComponent(entry.hash.slice(1))));
    const mark = () => {
      let current = -1;
      targets.forEach((target, at) => {
        if (target && target.getClientRects().length && target.getBoundingClientRect().top < 96) current = at;
      });
      entries.forEach((entry, at) => {
        if (at === Math.max(current, 0)) entry.setAttribute("aria-current", "true");
        else entry.removeAttribute("aria-current");
      });
    };
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    }, { passive: true });
    mark();
  }

  // A link into a folded part opens it.
  function unfold() {
    let target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (target) target.scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  try { unfold(); } catch (_) { /* a hash that is not an encoded text leads nowhere */ }
  addEventListener("beforeprint", () => { for (const fold of all(".prose details")) fold.open = true; });

  function copy(text, done) {
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => say(done), () => say(text));
    else say(text);
  }
  const permanent = () => { const link = one("link[rel=canonical]"); return link ? link.href + location.hash : location.href; };
  for (const button of all("[data-copy-link]")) button.addEventListener("click", () => copy(permanent(), "Link copied"));
  for (const bar of all(".codeb")) {
    const pre = bar.querySelector("pre");
    const head = bar.querySelector(".bar");
    if (!pre || !head || head.querySelector(".btn")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = "Copy";
    button.addEventListener("click", () => copy(pre.textContent, "Copied"));
    head.append(button);
  }

  // Keys ----------------------------------------------------------------------------------------------------------
  const place = (folder) => folder + "/index.html";
  const places = {
    o: "index.html", b: place("board"), t: place("timeline"), f: place("freshness"), d: place("decisions"), r: place("risks"),
    l: place("relations"), a: place("all"), p: place("problems"), c: place("changes"),
  };
  const KEYS = [
    [["Ctrl K", "/"], "Search"], [["j", "k"], "Next, previous row or card"], [["←", "→"], "On the board: the column beside"], [["Enter"], "Open"],
    [["g o", "g b", "g t"], "Overview, board, timeline"], [["g f", "g d", "g r"], "Freshness, decisions, risks"],
    [["g l", "g a"], "Relations, all documents"], [["g p", "g c"], "Problems, changes"],
    [["[", "]"], "Previous, next document or page of a list"], [["f"], "Filter"], [["x"], "Clear the filters"],
    [["e"], "Edit the file on the forge"], [["y"], "Copy a permanent link"],
    [["t"], "Theme: system, light, dark"], [["?"], "This list"], [["Esc"], "Close, or leave the field"],
  ];
  let letters = store.get("keys") !== "off";
  let before = "";
  let rowAt = -1;

  function keys() {
    let dialog = one(".keys");
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "keys";
      dialog.setAttribute("aria-labelledby", "keys-title");
      const title = document.createElement("h2");
      title.id = "keys-title";
      title.textContent = "Keyboard shortcuts";
      const list = document.createElement("dl");
      for (const [names, does] of KEYS) {
        const term = document.createElement("dt");
        for (const name of names) {
          const key = document.createElement("kbd");
          key.textContent = name;
          term.append(key);
        }
        const text = document.createElement("dd");
        text.textContent = does;
        list.append(term, text);
      }
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = letters;
      box.addEventListener("change", () => { letters = box.checked; store.set("keys", letters ? null : "off"); });
      label.append(box, "Single letters are shortcuts");
      const close = document.createElement("button");
      close.type = "button";
      close.className = "btn";
      close.textContent = "Close";
      close.addEventListener("click", () => dialog.close());
      dialog.append(title, list, label, close);
      document.body.append(dialog);
    }
    dialog.showModal();
  }
  for (const button of all("[data-keys]")) button.addEventListener("click", keys);

  function move(step) {
    const rows = all("[data-row]").filter((row) => row.getClientRects().length);
    if (!rows.length) return;
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    rowAt = Math.min(Math.max((here >= 0 ? here : rowAt) + step, 0), rows.length - 1);
    const row = rows[rowAt];
    const link = row.matches("a") ? row : row.querySelector(".ti a, a");
    if (link) link.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      search();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !letters || one("dialog[open], .dlg")) return;
    const key = event.key;
    const first = before;
    before = "";
    if (first === "g" && Object.hasOwn(places, key)) {
      location.href = root + places[key];
    } else if (key === "g") {
      before = "g";
      setTimeout(() => { before = ""; }, 1200);
    } else if (key === "/") {
      event.preventDefault();
      search();
    } else if (key === "?") {
      keys();
    } else if (key === "j" || key === "k") {
      move(key === "j" ? 1 : -1);
    } else if (key === "f") {
      const field = one("[data-filter] input");
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    } else if (key === "x") {
      const clear = one("[data-clear]");
      if (clear) clear.click();
    } else if (key === "[" || key === "]") {
      const beside = one(key === "[" ? "main a[rel=prev]" : "main a[rel=next]");
      if (beside) location.href = beside.href;
    } else if (key === "t") {
      const order = ["system", "light", "dark"];
      const next = order[(order.indexOf(page.getAttribute("data-theme") || "system") + 1) % 3];
      choose(next);
      say("Theme: " + next);
    } else if (key === "e") {
      const edit = one("[data-edit]");
      if (edit) location.href = edit.href;
    } else if (key === "y") {
      copy(permanent(), "Link copied");
    }
  });
})();
