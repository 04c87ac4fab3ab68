// Shows how many characters a text area holds, in UTF-16 units as TikTok counts them.

function count(output) {
  const area = document.getElementById(output.dataset.count);
  if (!area) return;
  const limit = Number(output.dataset.limit);
  const used = area.value.length;
  output.textContent = output.dataset.text.replaceAll("{count}", used).replaceAll("{limit}", limit);
  output.toggleAttribute("data-over", used > limit);
}

const all = () => document.querySelectorAll("output[data-count]").forEach(count);
document.addEventListener("input", event => {
  for (const output of document.querySelectorAll("output[data-count]")) if (output.dataset.count === event.target.id) count(output);
});
document.addEventListener("live:swapped", all);
// A browser may bring back what was typed before; the count has to follow.
addEventListener("pageshow", all);
all();
