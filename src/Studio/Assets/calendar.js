// Moves posts between the days of the month: by pointer, and by keyboard from the post itself (Space, arrows, Enter).
// The server decides; a refusal puts the post back and says why.

const slack = 6;
const edge = 48;

let lifted = null;
let dragging = null;

const calendar = () => document.querySelector("[data-calendar]");
const text = (name, values = {}) => Object.entries(values).reduce((all, [key, value]) => all.replaceAll(`{${key}}`, value), calendar()?.dataset[name] ?? "");
const dayOf = chip => chip.closest("[data-date]");
const days = () => [...calendar().querySelectorAll("[data-date]")];
const titleOf = chip => {
  const title = chip.querySelector(".chip-title")?.textContent.trim() ?? "";
  return title.length > 60 ? `${title.slice(0, 60).trimEnd()}…` : title;
};
// On a phone the days are a list: there the form moves posts, and a finger scrolls.
const isList = () => getComputedStyle(calendar().querySelector(".weekdays")).display === "none";
const movable = element => element.closest?.("[data-calendar] [data-draggable]");

function announce(message) {
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = message;
}

async function toast(message, tone) {
  // The page has loaded this module under its own address; another address would load it a second time.
  const { toast: show } = await import(document.querySelector('script[src*="/toast.js"]').src);
  show(message, tone);
}

function mark(day) {
  for (const other of calendar().querySelectorAll("[data-drop]")) if (other !== day) delete other.dataset.drop;
  if (day) day.dataset.drop = "";
}

/** Puts a chip among a day's others by its time. */
function place(chip, day) {
  const item = chip.closest("li");
  const list = day.querySelector(".day-posts");
  const later = [...list.children].find(other => other !== item && (other.querySelector("[data-time]")?.dataset.time ?? "") > chip.dataset.time);
  list.insertBefore(item, later ?? null);
  for (const each of days()) each.toggleAttribute("data-empty", each.querySelector("[data-post]") === null);
}

async function move(chip, to) {
  const from = dayOf(chip);
  if (!to || to === from) return;
  const hadFocus = document.activeElement === chip;
  const show = day => { place(chip, day); if (hadFocus) chip.focus({ preventScroll: true }); };
  show(to);
  let answer;
  try {
    const response = await fetch(calendar().dataset.action, {
      method: "POST",
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-Antiforgery": document.querySelector("#calendar-token input").value },
      body: new URLSearchParams({ post: chip.dataset.post, day: to.dataset.date, version: chip.dataset.version }),
    });
    answer = response.headers.get("content-type")?.includes("json") ? await response.json() : { moved: false, message: text("textFailed") };
  } catch {
    answer = { moved: false, message: text("textFailed") };
  }
  // A live page may have shown the truth meanwhile, and then there is nothing to put right.
  if (chip.isConnected && answer.moved) {
    chip.dataset.version = answer.version ?? chip.dataset.version;
    chip.dataset.time = answer.time;
    chip.querySelector("time").textContent = answer.time;
  } else if (chip.isConnected && from.isConnected) {
    show(from);
  }
  // The corner the message appears in is read out by itself.
  await toast(answer.message, answer.moved ? "good" : "bad");
}

// Keyboard

function lift(chip) {
  lifted = { chip, day: dayOf(chip) };
  chip.dataset.lifted = "";
  mark(lifted.day);
  announce(text("textLifted", { title: titleOf(chip), day: lifted.day.dataset.name }));
}

function settle() {
  if (!lifted) return null;
  const was = lifted;
  lifted = null;
  delete was.chip.dataset.lifted;
  mark(null);
  return was;
}

function cancel() {
  const was = settle();
  if (was) announce(text("textCancelled", { day: dayOf(was.chip)?.dataset.name ?? "" }));
}

function step(by) {
  const all = days();
  const next = all[all.indexOf(lifted.day) + by];
  if (!next) { announce(text("textEdge")); return; }
  lifted.day = next;
  mark(next);
  next.scrollIntoView({ block: "nearest" });
  announce("past" in next.dataset ? text("textPast", { day: next.dataset.name }) : next.dataset.name);
}

const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

document.addEventListener("keydown", event => {
  if (event.key === "Escape" && dragging) { endDrag(false); return; }
  const chip = movable(event.target);
  if (!chip || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!lifted) {
    // Enter stays what it is on every link: it opens the post.
    if (event.key === " ") { event.preventDefault(); lift(chip); }
    return;
  }
  if (event.key in steps) {
    event.preventDefault();
    const isRight = getComputedStyle(chip).direction === "rtl" && steps[event.key] ** 2 === 1;
    step(isRight ? -steps[event.key] : steps[event.key]);
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    const { day } = settle();
    if (day === dayOf(chip)) announce(text("textCancelled", { day: day.dataset.name }));
    else move(chip, day);
  } else if (event.key === "Escape") {
    event.preventDefault();
    cancel();
  }
});
document.addEventListener("focusout", event => { if (lifted && event.target === lifted.chip) cancel(); });

// Pointer: mouse, pen and finger

document.addEventListener("dragstart", event => { if (movable(event.target)) event.preventDefault(); });

document.addEventListener("pointerdown", event => {
  const chip = movable(event.target);
  if (!chip || event.button !== 0 || !event.isPrimary || isList()) return;
  cancel();
  dragging = { chip, id: event.pointerId, x: event.clientX, y: event.clientY, ghost: null, day: null };
});

document.addEventListener("pointermove", event => {
  if (!dragging || event.pointerId !== dragging.id) return;
  if (!dragging.ghost) {
    if (Math.hypot(event.clientX - dragging.x, event.clientY - dragging.y) < slack) return;
    beginDrag();
  }
  event.preventDefault();
  const { ghost, width, height } = dragging;
  ghost.style.translate = `${event.clientX - width / 2}px ${event.clientY - height / 2}px`;
  if (event.clientY < edge) scrollBy(0, -14);
  else if (event.clientY > innerHeight - edge) scrollBy(0, 14);
  const day = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-calendar] [data-date]");
  dragging.day = day && !("past" in day.dataset) ? day : null;
  mark(dragging.day);
});

function beginDrag() {
  const { chip, id } = dragging;
  chip.setPointerCapture(id);
  const box = chip.getBoundingClientRect();
  const ghost = chip.cloneNode(true);
  chip.dataset.dragging = "";
  ghost.removeAttribute("id");
  ghost.removeAttribute("href");
  ghost.setAttribute("aria-hidden", "true");
  ghost.classList.add("chip-ghost");
  document.querySelector("[data-calendar]").append(ghost);
  ghost.style.width = `${box.width}px`;
  Object.assign(dragging, { ghost, width: box.width, height: box.height });
  document.documentElement.dataset.moving = "";
}

function endDrag(drop) {
  const { chip, ghost, day } = dragging;
  dragging = null;
  if (!ghost) return;
  ghost.remove();
  delete chip.dataset.dragging;
  delete document.documentElement.dataset.moving;
  mark(null);
  // The click that ends a drag must not open the post.
  const swallow = event => { event.preventDefault(); event.stopPropagation(); };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
  if (drop && day) move(chip, day);
}

document.addEventListener("pointerup", event => { if (dragging?.id === event.pointerId) endDrag(true); });
document.addEventListener("pointercancel", event => { if (dragging?.id === event.pointerId) endDrag(false); });
