// Counts a view when somebody really plays the video; the server takes the same pair of eyes once in a while only.

for (const video of document.querySelectorAll("video[data-counts-views]")) {
  video.addEventListener("play", () => {
    const form = document.getElementById(video.dataset.countsViews);
    if (form) fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => { /* a view that is not counted spoils nothing */ });
  }, { once: true });
}
