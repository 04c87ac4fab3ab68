// The first page in the window opened for TikTok: goes on to TikTok, and says so before. If it still stands long after,
// TikTok's page did not come: the person reads that here, and the waiting page learns it from the server.

const patience = 8000;
const page = document.querySelector("[data-connect-start]");
const on = page?.querySelector("[data-connect-on]");

function mark(word) {
  const facts = new URLSearchParams(new FormData(page.querySelector("form")));
  facts.set("ticket", page.dataset.connectStart);
  facts.set("mark", word);
  return navigator.sendBeacon("/connect/windows", facts);
}

if (on) {
  mark("sent");
  setTimeout(() => {
    document.getElementById("start-stuck").hidden = false;
    mark("stuck");
  }, patience);
  location.replace(on.href);
}
