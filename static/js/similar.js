// While a proposal is being written: shows proposals that read alike. The page works without it.
"use strict";
(() => {
  const box = document.querySelector("[data-similar]");
  const form = document.getElementById("edit");
  if (!box || !form || !window.fetch) return;
  let asked = "";
  const look = async () => {
    const title = form.elements.title.value.trim();
    const what = form.elements.what.value.trim();
    if (title.length < 4 || title + "\n" + what === asked) return;
    asked = title + "\n" + what;
    const query = new URLSearchParams({ title, what: what.slice(0, 300), but: box.dataset.but });
    const answer = await fetch(`${box.dataset.similar}?${query}`, { credentials: "same-origin" });
    if (!answer.ok) return;
    const found = (await answer.text()).trim();
    if (found) box.innerHTML = found;
  };
  form.elements.title.addEventListener("change", look);
  form.elements.what.addEventListener("change", look);
})();
