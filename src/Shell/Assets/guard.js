// A button with data-guard takes no press in the first half second after the page came to the front, and none within
// half a second of the last. A page that lures a double click cannot spend the second click on "Authorize".

const pause = 500;
const buttons = () => document.querySelectorAll("button[data-guard]");
let until = 0;
let timer = 0;

function guard() {
  until = performance.now() + pause;
  // aria-disabled keeps focus and autofill where they are, unlike disabled.
  for (const button of buttons()) { button.setAttribute("aria-disabled", "true"); button.dataset.guard = "shut"; }
  clearTimeout(timer);
  timer = setTimeout(release, pause);
}

function release() {
  for (const button of buttons()) { button.removeAttribute("aria-disabled"); button.dataset.guard = "open"; }
}

document.addEventListener("click", event => {
  if (!event.target.closest?.("button[data-guard]")) return;
  if (performance.now() < until) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  // Enter in a field presses the form's first button as well, so clicks are all there is to watch.
  // The form leaves with this press; what follows within the pause is the same press again.
  queueMicrotask(guard);
}, true);

guard();
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") guard(); });
addEventListener("focus", guard);
addEventListener("pageshow", event => { if (event.persisted) guard(); });
