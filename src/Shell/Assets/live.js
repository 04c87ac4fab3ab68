// Keeps a page true. One connection per visible tab; on "changed" the page is fetched again and every element
// with data-live and an id is replaced where the server's version differs. Hidden tabs hold no connection.

const settle = 120;
const firstWait = 1000;
const longestWait = 60000;

const url = document.body.dataset.liveUrl;
const known = new Map();
let source = null;
let retry = 0;
let retryTimer = 0;
let settleTimer = 0;
let reading = null;
let again = false;
let postponed = false;

const live = root => root.querySelectorAll("[data-live][id]");
for (const element of live(document)) known.set(element.id, saying(element));

// What a region says, without what differs at every reading: the tokens of its forms and the words that modules give a time.
function saying(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll('input[name="__RequestVerificationToken"]').forEach(token => token.remove());
  copy.querySelectorAll("time").forEach(time => time.replaceWith(time.dateTime));
  return copy.outerHTML;
}

function open() {
  if (source || document.visibilityState !== "visible") return;
  source = new EventSource(url);
  // What changed after the page was written and before somebody listened is told to nobody: the page is read once more.
  source.addEventListener("open", () => { retry = 0; later(); });
  source.addEventListener("changed", () => later());
  source.addEventListener("error", () => {
    // The browser's own retry gives up after an HTTP error and never backs off, so we do both ourselves.
    close();
    const wait = Math.min(longestWait, firstWait * 2 ** retry++) * (0.5 + Math.random());
    retryTimer = setTimeout(() => { open(); later(); }, wait);
  });
}

function close() {
  clearTimeout(retryTimer);
  source?.close();
  source = null;
}

function later() {
  clearTimeout(settleTimer);
  settleTimer = setTimeout(read, settle);
}

/** Fetches the page again now. Never two at once; a change that arrives meanwhile is read right after. */
export async function read() {
  if (document.visibilityState !== "visible") return;
  if (reading) { again = true; return reading; }
  reading = fetchAndSwap();
  try { await reading; } catch { /* the connection's own retry reads again */ } finally { reading = null; }
  if (again) { again = false; later(); }
}

async function fetchAndSwap() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin", cache: "no-store" });
  // Sent elsewhere: the session ended or the thing is gone. Let the person see where.
  if (answer.redirected) { location.assign(answer.url); return; }
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const element of live(document)) swap(element, fresh.getElementById(element.id));
}

function swap(old, fresh) {
  if (!fresh) return;
  const html = saying(fresh);
  if (known.get(old.id) === html) return;
  if (isBusy(old)) { postponed = true; return; }

  const replacement = document.importNode(fresh, true);
  const restoreFocus = rememberFocus(old);
  for (const open of old.querySelectorAll("details[open][id]")) replacement.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
  old.replaceWith(replacement);
  known.set(replacement.id, html);
  for (const inner of live(replacement)) known.set(inner.id, saying(inner));
  restoreFocus(replacement);
  replacement.dispatchEvent(new CustomEvent("live:swapped", { bubbles: true }));
}

// What a person is typing, dragging, choosing or watching is never pulled away.
function isBusy(element) {
  const active = document.activeElement;
  const typing = element.contains(active) && active.matches("input:not([type=submit], [type=button], [type=hidden]), textarea, select, [contenteditable]");
  return typing || element.matches("[data-busy]") || element.querySelector("[data-busy], [data-dragging], [data-lifted], dialog[open]") !== null
    || [...element.querySelectorAll("video")].some(video => !video.paused);
}

function rememberFocus(old) {
  const active = document.activeElement;
  if (active === document.body || !old.contains(active)) return () => {};
  if (active.id) return () => document.getElementById(active.id)?.focus({ preventScroll: true });
  const sameAs = element => element.tagName === active.tagName
    && (element.getAttribute("href") ?? element.name ?? "") === (active.getAttribute("href") ?? active.name ?? "")
    && (element.value ?? "") === (active.value ?? "");
  const position = [...old.querySelectorAll(active.tagName)].filter(sameAs).indexOf(active);
  return replacement => {
    const same = [...replacement.querySelectorAll(active.tagName)].filter(sameAs);
    (same[position] ?? same[0])?.focus({ preventScroll: true });
  };
}

function readPostponed() {
  if (!postponed) return;
  postponed = false;
  later();
}

if (url) {
  open();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") { retry = 0; open(); later(); } else close();
  });
  // A page kept for the back button must not keep its connection.
  addEventListener("pagehide", close);
  addEventListener("pageshow", event => { if (event.persisted) { open(); later(); } });
  for (const name of ["focusout", "dragend", "pointerup", "pause", "ended", "close"]) document.addEventListener(name, () => setTimeout(readPostponed), true);
}
