// Finds out what only this browser knows about itself, and asks the server what follows from it all.

const patience = 5000;
const windowPatience = 3000;
const name = "holdfast-trouble";

const box = document.getElementById("trouble");
const findings = document.getElementById("findings");
const facts = new URLSearchParams({ script: "1" });
const flag = isTrue => isTrue ? "1" : "0";

async function look() {
  findings.setAttribute("aria-busy", "true");
  facts.set("now", String(Date.now()));
  try {
    const answer = await fetch(`${box.dataset.findings}?${facts}`, { headers: { Accept: "text/html" }, credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    findings.replaceChildren(...page.body.childNodes);
  } catch {
    const said = document.createElement("p");
    said.textContent = findings.dataset.failed;
    findings.replaceChildren(said);
  }
  findings.setAttribute("aria-busy", "false");
}

// Whether anything comes back; what it is, this page may not see and need not know.
async function reaches(address) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), patience);
  try {
    await fetch(address, { mode: "no-cors", credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", signal: limit.signal });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

// Browsers open a window only for somebody who presses something, so this one check waits for that.
function tryWindow(address) {
  const ticket = [...crypto.getRandomValues(new Uint8Array(16))].map(octet => octet.toString(16).padStart(2, "0")).join("");
  const tell = verdict => { facts.set("window", verdict); look(); };
  let timer = 0;
  const heard = said => {
    if (said !== ticket) return;
    clearTimeout(timer);
    tell("works");
  };
  // A slow window may still report after it was taken for a blank one.
  if ("BroadcastChannel" in self) new BroadcastChannel(name).addEventListener("message", event => heard(event.data));
  addEventListener("storage", event => { if (event.key === name) heard(event.newValue); });
  const opened = window.open(`${address}?ticket=${ticket}`, "_blank", "popup,width=540,height=780");
  if (opened) timer = setTimeout(() => tell("blank"), windowPatience);
  else tell("blocked");
}

if (box && findings) {
  facts.set("channel", flag("BroadcastChannel" in self));
  facts.set("cookies", flag(navigator.cookieEnabled));
  document.addEventListener("click", event => {
    const button = event.target.closest?.("[data-try-window]");
    if (button) tryWindow(button.dataset.tryWindow);
  });
  if (box.dataset.site) facts.set("site", flag(await reaches(box.dataset.site)));
  await look();
}
