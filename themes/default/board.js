// The board: density and folds as the reader left them, arrows from column to column, and filters that reach what the
// columns leave out. Without it the board has the density that suits its size, and "more" leads to pages.
"use strict";
(function () {
  const site = window.plansite;
  const board = document.querySelector(".board");
  if (!site || !board) return;
  const page = document.documentElement;
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  // Density; theme.js sets what is remembered before the page is painted -------------------------------------------
  const buttons = all("button[data-density]");
  function density() {
    const choice = page.dataset.density || (board.classList.contains("dense") ? "rows" : "cards");
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.density === choice));
  }
  for (const button of buttons) {
    button.addEventListener("click", () => {
      page.dataset.density = button.dataset.density;
      site.store.set("density", button.dataset.density);
      density();
    });
  }
  density();

  // Folds --------------------------------------------------------------------------------------------------------
  let folds = {};
  try { folds = JSON.parse(site.store.get("folds")) || {}; } catch (_) { /* what isn't a list of folds is none */ }
  function remember(key, state) {
    folds[key] = state;
    site.store.set("folds", JSON.stringify(folds));
  }
  const phone = matchMedia("(max-width: 760px)");
  for (const button of all("button.fold")) {
    const lane = button.closest("[data-lane]");
    const key = lane.dataset.lane || lane.id;
    const open = () => (lane.dataset.fold ? lane.dataset.fold === "open" : !(phone.matches && lane.classList.contains("shut")));
    const tell = () => button.setAttribute("aria-expanded", String(open()));
    if (folds[key]) lane.dataset.fold = folds[key];
    button.addEventListener("click", () => {
      lane.dataset.fold = open() ? "shut" : "open";
      remember(key, lane.dataset.fold);
      tell();
    });
    phone.addEventListener("change", tell);
    tell();
  }
  for (const block of all("details.blk")) {
    const key = block.dataset.lane + " " + block.dataset.lead;
    if (folds[key] === "shut") block.open = false;
    block.addEventListener("toggle", () => { if ((folds[key] || "open") !== (block.open ? "open" : "shut")) remember(key, block.open ? "open" : "shut"); });
  }
  // A tab of the phone's layout opens the column it leads to.
  function unfold() {
    const lane = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (lane && lane.classList.contains("col")) {
      lane.dataset.fold = "open";
      lane.querySelector(".fold").setAttribute("aria-expanded", "true");
    }
    for (const tab of all(".mtabs a")) {
      if (lane && tab.hash === "#" + encodeURI(lane.id)) tab.setAttribute("aria-current", "true");
      else if (lane) tab.removeAttribute("aria-current");
    }
  }
  addEventListener("hashchange", unfold);
  try { unfold(); } catch (_) { /* a hash that is not an encoded text leads nowhere */ }

  // Arrows: the card beside this one ---------------------------------------------------------------------------------
  board.addEventListener("keydown", (event) => {
    const card = event.target.closest(".card");
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!card || !step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const here = card.getBoundingClientRect();
    let best;
    for (const other of all(".card", board)) {
      const there = other.getBoundingClientRect();
      const away = step > 0 ? there.left - here.right : here.left - there.right;
      if (!there.width || away < -2) continue;
      const score = [Math.round(away / 24), Math.abs(there.top - here.top)];
      if (!best || score[0] < best.score[0] || (score[0] === best.score[0] && score[1] < best.score[1])) best = { other, score };
    }
    if (!best) return;
    event.preventDefault();
    best.other.focus();
    best.other.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // Filters on a board that leaves cards out: filter.js hands over all rows that pass ----------------------------------
  const MOST = 60;
  const RANK = ["expired", "blocked", "due", "review-overdue", "contradiction", "unscheduled", "placeholders"];
  const rank = (row) => { const at = RANK.indexOf(site.signals(row)[0]); return at < 0 ? RANK.length : at; };
  const lanes = all("[data-lane]", board);
  const leaves = lanes.filter((lane) => lane.querySelector(".cards") && !lane.querySelector("[data-lane]"));
  const head = (lane) => all("[data-n]", lane).find((number) => number.closest("[data-lane]") === lane);
  const belongs = (row, lane) => row.words.includes(lane.dataset.lane) && (lane.dataset.lead === undefined || lane.dataset.lead === (row.person ? row.person.href : ""));

  function element(tag, name, ...children) {
    const made = document.createElement(tag);
    made.className = name;
    made.append(...children);
    return made;
  }
  function card(row) {
    const made = element("a", "card min");
    made.href = site.root + row.href;
    made.dataset.row = "";
    made.dataset.made = "";
    const signals = site.signals(row);
    const chips = signals.slice(0, 2).map((signal) => site.chip(row, signal));
    const sign = element("span", "sg");
    if (chips.length) {
      sign.append(chips[0].querySelector(".i").cloneNode(true), element("span", "sr", chips[0].textContent));
      sign.classList.add(chips[0].classList.contains("c-red") ? "f-red" : chips[0].classList.contains("c-amber") ? "f-amber" : "muted");
    } else {
      sign.append(site.icon(row.mark.icon, 14), element("span", "sr", row.mark.word));
      sign.classList.add("st-" + row.mark.class);
    }
    const cut = row.id.lastIndexOf("-") + 1;
    const id = row.id ? element("span", "id", element("span", "hd", row.id.slice(0, cut)), row.id.slice(cut)) : element("span", "id kd", row.kind.label);
    const top = element("span", "top", id);
    if (row.person) top.append(site.avatar(row.person));
    made.append(sign, top, element("span", "ct", row.title), element("span", "st st-" + row.mark.class, site.icon(row.mark.icon, 14), row.mark.word));
    if (chips.length) made.append(element("span", "chs", ...chips));
    return made;
  }

  function reset() {
    for (const made of all("[data-made]", board)) made.remove();
    for (const one of all(".card[hidden]", board)) one.hidden = false;
    for (const more of all(".morerow", board)) more.hidden = false;
    for (const lane of lanes) {
      const number = head(lane);
      if (number && number.dataset.was) number.textContent = number.dataset.was;
      if (lane.hasAttribute("data-shrink")) lane.hidden = false;
    }
  }

  // The rows that pass, or none where no filter is chosen; and the address's words for links that go on from here.
  site.board = (rows, query) => {
    reset();
    if (!rows) return;
    const sorted = rows.map((row) => [rank(row), row]).sort(([a], [b]) => a - b).map(([, row]) => row);
    const filled = new Map(leaves.map((lane) => [lane, []]));
    const firsts = leaves.filter((lane) => !lane.hasAttribute("data-rest"));
    for (const row of sorted) {
      let placed = false;
      for (const lane of firsts) if (belongs(row, lane)) { filled.get(lane).push(row); placed = true; }
      if (placed) continue;
      const rest = leaves.find((lane) => lane.hasAttribute("data-rest") && (!lane.dataset.lane || row.words.includes(lane.dataset.lane)));
      if (rest) filled.get(rest).push(row);
    }
    for (const lane of lanes) {
      const number = head(lane);
      if (!number) continue;
      number.dataset.was = number.dataset.was || number.textContent;
      number.textContent = filled.has(lane) ? filled.get(lane).length : rows.filter((row) => row.words.includes(lane.dataset.lane)).length;
    }
    for (const [lane, own] of filled) {
      const keep = new Map(own.map((row) => [row.href, row]));
      let shown = 0;
      for (const one of all(".card", lane)) {
        one.hidden = !keep.delete(one.dataset.key);
        if (!one.hidden) shown += 1;
      }
      const wanted = Array.from(keep.values());
      const decks = all(".cards", lane);
      const added = wanted.slice(0, Math.max(MOST - shown, 0));
      decks[decks.length - 1].append(...added.map(card));
      const more = lane.querySelector(".morerow");
      if (more) more.hidden = true;
      const left = wanted.length - added.length;
      if (left) {
        const link = element("a", "morerow", left + " more");
        link.href = (more || lane.querySelector("h2 a")).getAttribute("href").replace(/\?.*/, "") + "?" + query;
        link.dataset.made = "";
        const last = decks[decks.length - 1];
        (lane.matches("details") ? last : last.parentElement).after(link);
      }
      if (lane.hasAttribute("data-shrink")) lane.hidden = !own.length;
    }
  };
})();
