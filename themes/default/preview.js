// The preview's own script: asks whether the page has changed and loads it again, once, at the same place. `plansite
// serve` puts it on its pages; no built site has it.
(() => {
  "use strict";
  const own = document.getElementById("ps-preview");
  if (!own || typeof EventSource === "undefined") return;

  // What is kept over a reload: where the reader was, and what was unfolded.
  const store = (name, value) => {
    try {
      if (value === undefined) return JSON.parse(sessionStorage.getItem(name) ?? "null");
      sessionStorage.setItem(name, JSON.stringify(value));
    } catch { /* a browser that keeps nothing loses the place only */ }
    return null;
  };
  const folds = () => [...document.querySelectorAll("details")].map(fold => [fold.querySelector("summary")?.textContent ?? "", fold]);

  const left = store("plansite-place");
  if (left && left.path === location.pathname) {
    store("plansite-place", {});
    // a fold is known by its words and by which of those with the same words it is
    const known = new Map(left.folds.map(([name, nth, open]) => [`${nth} ${name}`, open]));
    const met = {};
    for (const [name, fold] of folds()) {
      const nth = met[name] = (met[name] ?? 0) + 1;
      const open = known.get(`${nth} ${name}`);
      if (open !== undefined && fold.open !== open) fold.open = open;
    }
    const back = () => scrollTo({ left: left.x, top: left.y, behavior: "instant" });
    back();
    // pictures and scripts of the page move what stands below them
    addEventListener("load", back, { once: true });
  }

  const again = () => {
    const met = {};
    const open = folds().map(([name, fold]) => [name, met[name] = (met[name] ?? 0) + 1, fold.open]);
    store("plansite-place", { path: location.pathname, x: scrollX, y: scrollY, folds: open });
    location.reload();
  };

  // Changes. A generation that was looked at already is not looked at again.
  let build = own.dataset.build, latest = build, looking = false, channel, wait = 500, timer;
  const look = async next => {
    latest = next;
    if (looking) return;
    looking = true;
    try {
      // a generation that comes while one is looked at is looked at after it
      while (latest !== build) {
        const now = latest;
        const answer = await fetch(location.pathname, { method: "HEAD", cache: "no-store" });
        build = now;
        const page = answer.headers.get("etag");
        if (page && page !== `"${own.dataset.page}"`) return again();
      }
    } catch { /* the preview has ended; the channel waits for the next one */ }
    looking = false;
  };
  const listen = () => {
    clearTimeout(timer);
    channel?.close();
    if (document.hidden) return;
    channel = new EventSource("/-/live");
    channel.onmessage = event => { wait = 500; look(event.data); };
    channel.onerror = () => {
      // the browser's own way of asking again differs; this one slows down
      channel.close();
      timer = setTimeout(listen, wait);
      wait = Math.min(wait * 1.6, 10000);
    };
  };
  // a tab that nobody sees needs no connection, and a browser has few
  document.addEventListener("visibilitychange", () => document.hidden ? channel?.close() : listen());
  addEventListener("pagehide", () => channel?.close());
  addEventListener("pageshow", event => { if (event.persisted) listen(); });
  listen();

  // The panel: folded or not as the reader left it, hidden for as long as the tab is open.
  const panel = own.querySelector(".pv-found");
  if (!panel) return;
  const fold = panel.querySelector("details"), close = panel.querySelector(".pv-close");
  try { fold.open = localStorage.getItem("plansite-preview") === "open"; } catch { /* folded, then */ }
  fold.addEventListener("toggle", () => {
    try { localStorage.setItem("plansite-preview", fold.open ? "open" : "folded"); } catch { /* for this page only */ }
  });
  panel.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !fold.open) return;
    fold.open = false;
    fold.querySelector("summary").focus();
  });
  if (store("plansite-hidden")) panel.hidden = true;
  close.hidden = false;
  close.addEventListener("click", () => {
    panel.hidden = true;
    store("plansite-hidden", true);
  });
})();
