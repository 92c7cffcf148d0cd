// Keeps the list of calls and notifications fresh while somebody looks. Everything works without it.
const traffic = document.querySelector("[data-traffic]");

async function refresh() {
  if (document.hidden || traffic === null) return;
  try {
    const response = await fetch("/page/traffic");
    if (!response.ok) return;
    const text = await response.text();
    if (text !== traffic.dataset.shown) {
      traffic.dataset.shown = text;
      traffic.innerHTML = text;
    }
  } catch {
    // The sandbox was stopped; what is shown was true until then.
  }
}

setInterval(refresh, 1500);
