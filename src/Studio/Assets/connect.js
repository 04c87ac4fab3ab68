// "Connect TikTok account" in a window of its own. The links work without this: then TikTok opens in the page's place.
// Nothing is read from the opened window (TikTok's pages cut that tie): the server knows how the attempt stands, and
// the window's last page announces it.

const look = 2000;
const waiting = document.getElementById("connect-waiting");
const blocked = document.getElementById("connect-blocked");
const channel = "BroadcastChannel" in self ? new BroadcastChannel("holdfast-connect") : null;
let ticket = null;
let timer = 0;

function makeTicket() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(octet => octet.toString(16).padStart(2, "0")).join("");
}

function start(link) {
  ticket = makeTicket();
  const address = new URL(link.href);
  address.searchParams.set("ticket", ticket);
  const left = Math.max(0, Math.round(screenX + (outerWidth - 540) / 2));
  const opened = window.open(address, "_blank", `popup,width=540,height=780,left=${left},top=${Math.max(0, screenY + 60)}`);
  for (const box of [waiting, blocked]) {
    box.hidden = (box === waiting) !== Boolean(opened);
    box.querySelector("[data-connect-here]").href = link.href;
  }
  waiting.querySelector("[data-connect-ticket]").value = ticket;
  (opened ? waiting : blocked).scrollIntoView({ block: "nearest" });
  clearInterval(timer);
  if (opened) timer = setInterval(ask, look);
  else blocked.querySelector("[data-connect-here]").focus();
}

async function ask() {
  try {
    const answer = await fetch(`/connect/tickets/${ticket}`, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
    if (answer.status === 401) location.reload();
    if (answer.ok) finish(await answer.json());
  } catch { /* asked again soon */ }
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
  if (!link || !waiting || !blocked) return;
  event.preventDefault();
  start(link);
});
channel?.addEventListener("message", event => { if (ticket !== null && event.data?.ticket === ticket) finish(event.data); });
