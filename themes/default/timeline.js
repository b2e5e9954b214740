// The line of today, and what is late, on the reader's day; and today in sight on narrow screens.
"use strict";
(() => {
  const DAY = 86400000;
  const page = document.documentElement;
  const chart = document.querySelector(".gantt");
  const midnight = (text) => {
    const [year, month, day] = text.split("-").map(Number);
    return Date.UTC(year, month - 1, day);
  };
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const built = page.dataset.built && midnight(page.dataset.built);
  if (!chart) return;
  // Where the chart is wider than the window, today is what to begin with.
  const box = chart.parentElement;
  const line = chart.querySelector("[data-now]");
  if (box.scrollWidth > box.clientWidth) {
    const first = chart.querySelector(".l").offsetWidth;
    const share = parseFloat(line.getAttribute("x")) / 100;
    box.scrollLeft = (chart.offsetWidth - first) * share - (box.clientWidth - first) / 2;
  }
  if (!built || today <= built) return;
  const warning = Number(page.dataset.warning) || 0;
  const from = midnight(chart.dataset.from);
  const place = (day) => ((day - from) / DAY / Number(chart.dataset.days)) * 100;
  const percent = (number) => number.toFixed(2) + "%";

  line.setAttribute("x", percent(place(today)));
  line.toggleAttribute("hidden", place(today) > 100);

  function drawn(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  // The words beside a bar, by the same precedence as the page's: expired, blocked, review, due.
  function say(label, tone, icon, words) {
    const text = label.querySelector("text");
    let signal = text.querySelector(".sg");
    if (!signal) {
      signal = drawn("tspan", {});
      const rest = text.querySelector("tspan");
      if (rest && /^(Expires|Review) /.test(rest.textContent)) rest.remove();
      else if (rest) rest.setAttribute("dx", "6");
      text.prepend(signal);
    }
    signal.setAttribute("class", "sg " + tone);
    signal.textContent = words;
    if (label.classList.contains("left")) return;
    let use = label.querySelector("use");
    if (!use) {
      const at = Number(text.getAttribute("x"));
      use = drawn("use", { x: at, y: 10.5, width: 13, height: 13 });
      text.setAttribute("x", at + 17);
      label.prepend(use);
    }
    use.setAttribute("class", "i " + tone);
    use.setAttribute("href", "#i-" + icon);
  }

  for (const row of chart.querySelectorAll("[data-expires], [data-review]")) {
    const drawing = row.querySelector(".gr");
    const label = drawing.querySelector(".gl");
    const expires = row.dataset.expires ? midnight(row.dataset.expires) : NaN;
    const review = row.dataset.review ? midnight(row.dataset.review) : NaN;
    const ahead = (day) => Math.round((day - today) / DAY);
    if (expires < today) {
      const [start, end] = [Math.max(place(expires), 0), Math.min(place(today), 100.5)];
      let late = drawing.querySelector(".go");
      if (!late && end > start) {
        late = drawn("rect", { class: "go", y: 10.5, height: 13, fill: "url(#ps-hatch)" });
        drawing.querySelector(".bar").closest(".gr > *").after(late);
      }
      if (late && end > start) {
        late.setAttribute("x", percent(start));
        late.setAttribute("width", percent(end - start));
      }
      if (label && !label.classList.contains("left")) label.setAttribute("x", percent(Math.max(place(today), 0)));
      if (label) say(label, "f-red", "expired", "Expired " + -ahead(expires) + " d");
      continue;
    }
    const blocked = label && label.querySelector("[href='#i-blocked']");
    if (!label || blocked) continue;
    const soon = (day) => (ahead(day) === 0 ? "today" : "in " + ahead(day) + " d");
    if (review < today) say(label, "f-amber", "review", "Review " + -ahead(review) + " d late");
    else if (expires <= today + warning * DAY && !(review < expires)) say(label, "f-amber", "due", soon(expires).replace(/^./, (c) => c.toUpperCase()));
    else if (review <= today + warning * DAY) say(label, "f-amber", "review", "Review " + soon(review));
  }
})();
