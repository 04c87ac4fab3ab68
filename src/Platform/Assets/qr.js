// Asks where the QR code stands, as the app on the desk would, and shows the page anew when it moved on.

const shown = document.querySelector("[data-qr-status]");
const over = ["confirmed", "expired", "utilised"];

async function ask() {
  const answer = await fetch(shown.dataset.qrStatus, { headers: { Accept: "text/plain" } }).catch(() => null);
  const now = answer?.ok ? await answer.text() : shown.dataset.qrNow;
  if (now !== shown.dataset.qrNow) location.reload();
  else setTimeout(ask, 2000);
}

if (shown && !over.includes(shown.dataset.qrNow)) setTimeout(ask, 2000);
