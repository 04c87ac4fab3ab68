// The window that was opened to see whether windows open: says that it is there, and goes.

const name = "holdfast-trouble";
const ticket = document.querySelector("[data-window]")?.dataset.window;

if (ticket) {
  if ("BroadcastChannel" in self) new BroadcastChannel(name).postMessage(ticket);
  else localStorage.setItem(name, ticket);
  setTimeout(() => window.close(), 150);
}
