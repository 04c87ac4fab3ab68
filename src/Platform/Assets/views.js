// Counts a view when somebody really plays the video, or opens the photos; the server takes the same pair of eyes once in a while only.

for (const seen of document.querySelectorAll("[data-counts-views]")) {
  const count = () => {
    const form = document.getElementById(seen.dataset.countsViews);
    if (form) fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => { /* a view that is not counted spoils nothing */ });
  };
  if (seen.matches("video")) seen.addEventListener("play", count, { once: true });
  else count();
}
