/* After a form comes back with errors, the summary on top gets the focus, as GOV.UK advises. */
(function () {
  "use strict";
  var summary = document.querySelector("[data-focus]");
  if (summary) {
    summary.focus();
  }
})();
