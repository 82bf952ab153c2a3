/* Clocks count down between two loads: data-until and data-now are the server's seconds. A page on
   the wall (data-reload) loads itself again. Without scripts the page's own refresh does the same. */
(function () {
  "use strict";
  var began = Date.now();
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function show() {
    document.querySelectorAll("[data-until]").forEach(function (place) {
      var now = Number(place.dataset.now) + Math.floor((Date.now() - began) / 1000);
      var left = Number(place.dataset.until) - now;
      var n = Math.abs(left);
      place.textContent = (left < 0 ? "+" : "") + Math.floor(n / 60) + ":" + two(n % 60);
    });
  }
  if (document.querySelector("[data-until]")) { window.setInterval(show, 1000); }
  var wall = document.querySelector("[data-reload]");
  if (wall) {
    window.setTimeout(function () { window.location.reload(); }, Number(wall.dataset.reload) * 1000);
  }
})();
