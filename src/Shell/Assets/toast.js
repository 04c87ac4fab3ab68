// Short messages in a corner: those the server put there, and those other modules ask for.

const reading = 7000;
const shapes = {
  good: '<path d="M5 12.6l4.6 4.6L19.2 7"/>',
  bad: '<path d="M8.5 3.6h7l4.9 4.9v7l-4.9 4.9h-7l-4.9-4.9v-7z"/><path d="M12 8v4.6M12 15.8v.2"/>',
  info: '<circle cx="12" cy="12" r="8.6"/><path d="M12 11.4v5M12 8v.1"/>',
};
const cross = '<path d="M6.2 6.2l11.6 11.6M17.8 6.2 6.2 17.8"/>';
const icon = inside => `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${inside}</svg>`;

/** Shows a message. `tone` is good, info or bad; bad news stays until it is closed. */
export function toast(message, tone = "good") {
  const region = document.getElementById("toasts");
  if (!region) return;
  const box = document.createElement("div");
  box.className = `toast tone-${tone}`;
  box.dataset.toast = tone === "bad" ? "stays" : "";
  box.innerHTML = `${icon(shapes[tone] ?? shapes.info)}<div></div><button class="toast-close" type="button" data-toast-close>${icon(cross)}</button>`;
  box.querySelector("div").textContent = message;
  box.querySelector("button").setAttribute("aria-label", region.dataset.closeText ?? "");
  region.append(box);
  expire(box);
}

function expire(box) {
  if (box.dataset.toast === "stays") return;
  let timer;
  const start = () => { timer = setTimeout(() => box.remove(), reading); };
  const stop = () => clearTimeout(timer);
  // Nobody should lose a message while reading it or while the tab is away.
  box.addEventListener("pointerenter", stop);
  box.addEventListener("pointerleave", () => { stop(); start(); });
  box.addEventListener("focusin", stop);
  box.addEventListener("focusout", () => { stop(); start(); });
  if (document.visibilityState === "visible") start();
  else document.addEventListener("visibilitychange", start, { once: true });
}

document.querySelectorAll("[data-toast]").forEach(expire);
document.addEventListener("click", event => event.target.closest?.("[data-toast-close]")?.closest("[data-toast]")?.remove());
