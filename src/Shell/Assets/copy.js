// Copies the text of the element a button names in data-copy, and says so to everybody.

const shown = 1800;

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  if (!source) return;
  try {
    await navigator.clipboard.writeText("value" in source ? source.value : source.textContent);
    button.dataset.copied = "";
    setTimeout(() => delete button.dataset.copied, shown);
    announce(button.dataset.copiedText);
  } catch {
    // The browser may forbid the clipboard (plain http, a policy): leave the text selected, one key away.
    if ("select" in source) source.select();
    else getSelection()?.selectAllChildren(source);
    announce(button.dataset.failedText);
  }
}

function announce(text) {
  const announcer = document.getElementById("announcer");
  if (!announcer || !text) return;
  // The same sentence twice is spoken twice only if the region was empty in between.
  announcer.textContent = "";
  setTimeout(() => { announcer.textContent = text; }, 50);
}

document.addEventListener("click", event => {
  const button = event.target.closest?.("[data-copy]");
  if (button) copy(button);
});
