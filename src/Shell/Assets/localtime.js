// Writes every time[data-zone] in the page's language: in the zone it names, or in the reader's own.

const language = document.documentElement.lang || undefined;
const units = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

function distance(at) {
  const seconds = (at - Date.now()) / 1000;
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  return relative.format(Math.trunc(seconds / size), unit);
}

function write(element) {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const timeZone = element.dataset.zone || undefined;
  // The server writes 18:30 as well: one form on every page, whatever the reader's language is used to.
  const format = options => new Intl.DateTimeFormat(language, { timeZone, hourCycle: "h23", ...options }).format(at);
  const day = { day: "numeric", month: "short" };
  const clock = { hour: "2-digit", minute: "2-digit" };
  const year = at.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
  try {
    const text = {
      date: () => format({ ...day, year: "numeric" }),
      time: () => format(clock),
      relative: () => distance(at),
    }[element.dataset.format]?.() ?? format({ ...day, ...year, ...clock });
    if (element.textContent !== text) element.textContent = text;
    element.title = format({ dateStyle: "full", timeStyle: "long" });
  } catch {
    // A zone this browser does not know: the server's text stays.
  }
}

const all = (root = document) => root.querySelectorAll("time[data-zone]").forEach(write);
all();
setInterval(() => { if (document.visibilityState === "visible") document.querySelectorAll('time[data-format="relative"]').forEach(write); }, 15000);
document.addEventListener("live:swapped", event => all(event.target));
