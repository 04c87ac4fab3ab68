// "Connect TikTok account" in a window of its own. The links work without this: then TikTok opens in the page's place.
// Nothing is read from the opened window (TikTok's pages cut that tie): the server knows how far the attempt came, the
// window's last page announces the end, and one of the boxes of ConnectWaiting.razor says what is going on.

const look = 2000;
const blankAfter = 8000;
const probeAfter = 4000;
const boxes = [...document.querySelectorAll("[data-connect-box]")];
const form = document.querySelector("[data-connect-box] form");
const channel = "BroadcastChannel" in self ? new BroadcastChannel("holdfast-connect") : null;
let ticket = null;
let timer = 0;
let sentAt = 0;
let openedAt = 0;
let isProbed = false;

function makeTicket() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(octet => octet.toString(16).padStart(2, "0")).join("");
}

function start(link) {
  ticket = makeTicket();
  [sentAt, openedAt, isProbed] = [0, performance.now(), false];
  const address = new URL(link.href);
  address.searchParams.set("ticket", ticket);
  const left = Math.max(0, Math.round(screenX + (outerWidth - 540) / 2));
  const opened = window.open(address, "_blank", `popup,width=540,height=780,left=${left},top=${Math.max(0, screenY + 60)}`);
  for (const box of boxes) {
    for (const here of box.querySelectorAll("[data-connect-here]")) here.href = link.href;
    for (const qr of box.querySelectorAll("[data-connect-qr]")) qr.href = qr.dataset.connectQr + new URL(link.href).search;
    for (const field of box.querySelectorAll("[data-connect-ticket]")) field.value = ticket;
  }
  clearInterval(timer);
  if (opened) timer = setInterval(ask, look);
  else note("blocked");
  show(opened ? "waiting" : "blocked")?.scrollIntoView({ block: "nearest" });
  if (!opened) document.querySelector("#connect-blocked [data-connect-here]").focus();
}

function show(name) {
  for (const box of boxes) box.hidden = box.dataset.connectBox !== name;
  return boxes.find(box => !box.hidden);
}

function note(mark) {
  const facts = new URLSearchParams(new FormData(form));
  facts.set("ticket", ticket);
  facts.set("mark", mark);
  return fetch("/connect/windows", { method: "POST", body: facts, credentials: "same-origin" }).catch(() => null);
}

async function ask() {
  const asked = ticket;
  try {
    const answer = await fetch(`/connect/tickets/${asked}`, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
    if (answer.status === 401) location.reload();
    if (answer.ok && ticket === asked) follow(await answer.json());
  } catch { /* asked again soon */ }
}

function follow({ status, isSent, trouble, href }) {
  if (href) return finish({ href });
  const now = performance.now();
  if (status === "unknown" && now - openedAt > blankAfter) {
    note("blank");
    trouble = "blank";
  }
  if (isSent) sentAt ||= now;
  if (isSent && !isProbed && now - sentAt > probeAfter) probe();
  show(trouble === "none" ? "waiting" : trouble);
}

// Whether this browser reaches TikTok at all: that page is made to be loaded from anywhere, so only something in between can fail it.
async function probe() {
  isProbed = true;
  const address = form.closest("[data-connect-probe]")?.dataset.connectProbe;
  if (!address) return;
  try {
    await fetch(address, { mode: "no-cors", credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(10000) });
  } catch {
    await note("unreachable");
  }
}

function finish({ href }) {
  // Only a path of our own: whatever else arrives is not from us.
  if (typeof href !== "string" || !/^\/accounts[/?]/.test(href)) return;
  clearInterval(timer);
  ticket = null;
  location.assign(href);
}

document.addEventListener("click", event => {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.("a[data-connect]");
  if (!link || !form) return;
  event.preventDefault();
  start(link);
});
channel?.addEventListener("message", event => { if (ticket !== null && event.data?.ticket === ticket) finish(event.data); });
