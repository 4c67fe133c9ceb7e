// Single keys, which can be switched off (WCAG 2.1.4).

const search = document.getElementById("_search");
const help = document.getElementById("_help");
const on = document.getElementById("_keys-on");
const opener = document.getElementById("_keys");
const model = document.getElementById("_model");
const KEY = "breakthrough-extract.keys";

try {
  on.checked = localStorage.getItem(KEY) !== "off";
} catch {
  // no storage for pages on disk
}
on.addEventListener("change", () => {
  try {
    localStorage.setItem(KEY, on.checked ? "on" : "off");
  } catch {
    // it holds for this visit
  }
});
opener.hidden = false;
opener.addEventListener("click", () => help.showModal());

let here = null;
document.addEventListener("here", (event) => (here = event.detail));

function step(by) {
  const entries = [...model.querySelectorAll(".entry")].filter((entry) => !entry.closest("[hidden]"));
  if (!entries.length) return;
  let at = entries.indexOf(here?.closest(".entry"));
  if (at < 0 && here) {
    at = entries.findIndex((entry) => here.compareDocumentPosition(entry) & Node.DOCUMENT_POSITION_FOLLOWING);
    at = by > 0 ? at - 1 : at;
  }
  const next = entries[Math.min(Math.max(at + by, 0), entries.length - 1)];
  here = next; // the address tells the page later, and the next key may come before
  const label = next.querySelector(".label");
  location.hash = label.getAttribute("href");
  label.focus({ preventScroll: true });
}

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => search.focus(),
  s: () => here && document.dispatchEvent(new CustomEvent("source-wanted", { detail: here })),
  "?": () => help.showModal(),
};

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !help.open) {
    document.dispatchEvent(new CustomEvent("filters-cleared"));
    document.activeElement?.blur();
    return;
  }
  const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, dialog");
  if (!on.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const action = ACTIONS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
