// A roll on its way: how much is sent, then that it is being read. Without this the form works as it is.
"use strict";
for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    const line = form.querySelector("[data-upload-progress]");
    const words = line.querySelector("span");
    const bar = line.querySelector("progress");
    const button = form.querySelector("button[type=submit]");
    event.preventDefault();
    button.disabled = true;
    line.hidden = false;
    words.textContent = words.dataset.sending;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) bar.value = (100 * sent.loaded) / sent.total;
    });
    request.upload.addEventListener("load", () => {
      words.textContent = words.dataset.reading;
      bar.removeAttribute("value");
    });
    // The answer is a whole page: the preview, or the same form with the reason of a refusal.
    request.addEventListener("load", () => {
      if (request.status < 300 && request.responseURL !== form.action) {
        window.location.assign(request.responseURL);
        return;
      }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      document.title = page.title;
      document.body.replaceWith(document.importNode(page.body, true));
      document.querySelector("[data-focus]")?.focus();
    });
    request.addEventListener("error", () => form.submit());
    request.send(new FormData(form));
  });
}
