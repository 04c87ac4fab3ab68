// Writes every time[data-zone] in the page's language: in the zone it names, or in the reader's own.

const pageLanguage = document.documentElement.lang;
// Our English, as the server writes it, has the day before the month: 26 Nov, 18:30.
const language = pageLanguage === "en" ? "en-GB" : pageLanguage || undefined;
const day = 86400;
const units = [["year", 365 * day], ["month", 30 * day], ["week", 14 * day], ["hour", 3600], ["minute", 60]];
const counted = new Intl.RelativeTimeFormat(language, { numeric: "always" });
const named = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

// "Tomorrow" is the calendar's next day in that zone, not anything in 24 to 48 hours.
function dayNumber(at, timeZone) {
  return Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at)) / 1000 / day;
}

function distance(at, timeZone) {
  const seconds = (at - Date.now()) / 1000;
  const away = Math.abs(seconds);
  if (away >= day && away < 14 * day) return named.format(dayNumber(at, timeZone) - dayNumber(Date.now(), timeZone), "day");
  const [unit, size] = units.find(([, size]) => away >= size) ?? [];
  return unit ? counted.format(Math.trunc(seconds / size), unit) : named.format(Math.trunc(seconds), "second");
}

function write(element) {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const timeZone = element.dataset.zone || undefined;
  // The server writes 18:30 as well: one form on every page, whatever the reader's language is used to.
  const format = options => new Intl.DateTimeFormat(language, { timeZone, hourCycle: "h23", ...options }).format(at);
  const date = { day: "numeric", month: "short" };
  const clock = { hour: "2-digit", minute: "2-digit" };
  const year = at.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
  try {
    const text = {
      date: () => format({ ...date, year: "numeric" }),
      time: () => format(clock),
      relative: () => distance(at, timeZone),
    }[element.dataset.format]?.() ?? format({ ...date, ...year, ...clock });
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
