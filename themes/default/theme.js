// Runs before the page is painted: applies the theme and the density that the reader has chosen, so that nothing flashes.
"use strict";
(function () {
  try {
    var theme = localStorage.getItem("plansite-theme");
    if (theme === "light" || theme === "dark") document.documentElement.setAttribute("data-theme", theme);
    var density = localStorage.getItem("plansite-density");
    if (density === "cards" || density === "rows") document.documentElement.setAttribute("data-density", density);
  } catch (_) {
    // Storage may be forbidden; then the system's theme holds.
  }
  document.documentElement.setAttribute("data-js", "");
})();
