// The last page in the window opened for TikTok: tells the page that waits, and closes the window.

const result = document.querySelector("[data-connect-result]");
const href = result?.dataset.href;

if (href && "BroadcastChannel" in self) {
  const channel = new BroadcastChannel("holdfast-connect");
  channel.postMessage({ ticket: result.dataset.connectResult, href });
  channel.close();
}
if (href) setTimeout(() => window.close(), 150);
// Another load of the same callback is exchanging the code: its result is a moment away.
else if (result) setTimeout(() => location.reload(), 1000);
