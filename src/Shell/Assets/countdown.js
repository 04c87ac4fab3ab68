// Counts down every time[data-countdown] by the server's clock: data-now is what it said while rendering.

const ends = new WeakMap();
// What is here at the start was rendered when the page was asked for (0); what comes later, just now.
let firstLook = true;

function left(element) {
  if (!ends.has(element)) {
    const now = Date.parse(element.dataset.now);
    // Without the server's clock the browser's has to do.
    const life = Date.parse(element.dateTime) - (Number.isNaN(now) ? Date.now() - (firstLook ? performance.now() : 0) : now);
    ends.set(element, life + (firstLook ? 0 : performance.now()));
  }
  return Math.ceil((ends.get(element) - performance.now()) / 1000);
}

function show(element) {
  const seconds = left(element);
  if (seconds <= 0) {
    element.textContent = element.dataset.overText ?? "";
    if (!("over" in element.dataset)) {
      element.dataset.over = "";
      element.dispatchEvent(new CustomEvent("countdown:over", { bubbles: true }));
    }
    return;
  }
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const text = (element.dataset.text ?? "{clock}").replaceAll("{seconds}", seconds).replaceAll("{clock}", clock);
  if (element.textContent !== text) element.textContent = text;
}

const all = () => document.querySelectorAll("time[data-countdown]").forEach(show);
all();
firstLook = false;
setInterval(all, 250);
document.addEventListener("visibilitychange", all);
