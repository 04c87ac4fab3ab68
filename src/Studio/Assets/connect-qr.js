// Asks where the QR code stands, and shows the page anew when it was scanned, replaced or answered. Never two questions at once.

const pace = 2000;
const page = document.querySelector("[data-qr-status]");

async function ask() {
  try {
    const answer = await fetch(page.dataset.qrStatus, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
    if (answer.status === 401 || answer.status === 404 || (answer.ok && (await answer.json()).stamp !== page.dataset.qrStamp)) return location.reload();
  } catch { /* asked again soon */ }
  setTimeout(ask, pace);
}

if (page) setTimeout(ask, pace);
