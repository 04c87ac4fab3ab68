// Runs on other people's pages: says where it is and what it is told, without cookies and without the page's query.
// window.holdfastPixel is a list of [event, properties] until this has loaded; after that its push tells at once.

(() => {
  const me = document.currentScript;
  if (!me) return;
  const home = new URL(me.src);
  const pixel = home.pathname.split("/").pop().replace(/\.js$/, "");

  const tell = (event, properties) => {
    const body = JSON.stringify({ pixel, event, page: location.origin + location.pathname, properties });
    // Plain text needs no asking first; keepalive lets the last words of a page out.
    fetch(new URL("/pixel/events", home), { method: "POST", body, headers: { "Content-Type": "text/plain" }, credentials: "omit", keepalive: true }).catch(() => {});
  };

  const waiting = Array.isArray(window.holdfastPixel) ? window.holdfastPixel : [];
  window.holdfastPixel = { push: ([event, properties]) => tell(event, properties) };
  tell("PageView");
  for (const [event, properties] of waiting) tell(event, properties);
})();
