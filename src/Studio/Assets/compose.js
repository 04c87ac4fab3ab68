// Keeps the compose page true while somebody fills it in: preview, what the chosen account allows, disclosure and button.

const form = document.getElementById("compose");
const field = name => form.elements[name];
const chosen = name => form.querySelector(`input[name="${name}"]:checked`);

function preview() {
  const radio = chosen("media");
  const screen = document.querySelector("#preview .phone-screen");
  const old = screen.querySelector("video");
  if (!radio || old?.getAttribute("src") === radio.dataset.url) return;
  const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true, loop: true, controls: true, preload: "metadata" });
  video.setAttribute("src", radio.dataset.url);
  if (radio.dataset.cover) video.poster = radio.dataset.cover;
  const name = radio.closest("label")?.textContent ?? document.querySelector(`label[for="${radio.id}"]`)?.textContent ?? "";
  video.setAttribute("aria-label", name.trim());
  screen.querySelector(".phone-empty, video, img")?.remove();
  screen.prepend(video);
}

function words() {
  const caption = document.querySelector("#preview [data-phone-caption]");
  if (caption) caption.textContent = field("caption").value;
}

async function account() {
  const part = document.getElementById("account-part");
  part.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${form.dataset.accountUrl}?connection=${encodeURIComponent(field("connection").value)}`, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("account-part");
    if (fresh) part.replaceWith(document.importNode(fresh, true));
    const name = document.querySelector("#account-part [data-nickname]");
    const shown = document.querySelector("#preview .phone-caption strong");
    if (shown && name) shown.textContent = name.dataset.nickname;
    disclosure();
  } finally {
    part.removeAttribute("aria-busy");
  }
}

function disclosure() {
  const on = field("commercial").checked;
  document.getElementById("brands").hidden = !on;
  document.getElementById("consent-branded").hidden = !(on && field("branded").checked);
  const missing = on && !field("own_brand").checked && !field("branded").checked;
  const button = document.getElementById("schedule");
  // aria-disabled, so that the reason can be read; the server refuses it too.
  button.toggleAttribute("data-missing", missing);
  if (missing) { button.setAttribute("aria-disabled", "true"); button.title = button.dataset.brand; }
  else { button.removeAttribute("aria-disabled"); button.removeAttribute("title"); }
  const alone = form.querySelector('select[name="privacy"] option[value="SELF_ONLY"]');
  if (alone) alone.disabled = on && field("branded").checked;
}

function when() {
  const now = chosen("when")?.value === "now";
  document.getElementById("planned").hidden = now;
  const button = document.getElementById("schedule");
  button.textContent = now ? button.dataset.now : button.dataset.later;
}

if (form) {
  form.addEventListener("change", event => {
    const { name } = event.target;
    if (name === "media") preview();
    if (name === "connection") account();
    if (["commercial", "own_brand", "branded"].includes(name)) disclosure();
    if (name === "when") when();
  });
  form.addEventListener("input", event => { if (event.target.name === "caption") words(); });
  document.getElementById("schedule").addEventListener("click", event => { if ("missing" in event.currentTarget.dataset) event.preventDefault(); });
  // The second press of the same button is the same wish; the server knows that as well.
  form.addEventListener("submit", event => {
    if (event.defaultPrevented) return;
    if ("sent" in form.dataset) event.preventDefault();
    form.dataset.sent = "";
  });
  const settle = () => { delete form.dataset.sent; preview(); words(); disclosure(); when(); };
  addEventListener("pageshow", settle);
  settle();
}
