// Runs before the page is painted: applies the theme that the reader has chosen, so that nothing flashes.
"use strict";
(function () {
  try {
    var theme = localStorage.getItem("plansite-theme");
    if (theme === "light" || theme === "dark") document.documentElement.setAttribute("data-theme", theme);
  } catch (_) {
    // Storage may be forbidden; then the system's theme holds.
  }
  document.documentElement.setAttribute("data-js", "");
})();
