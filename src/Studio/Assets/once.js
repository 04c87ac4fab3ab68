// A form that makes something is sent once: the browser drops the answer to the first of two clicks, and what was made is never seen.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", event => {
    if ("sent" in form.dataset) event.preventDefault();
    form.dataset.sent = "";
  });
  // Back from the next page, it may be sent again.
  addEventListener("pageshow", () => { delete form.dataset.sent; });
}
