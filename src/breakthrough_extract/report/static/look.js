// Light or dark, edits shown or not, a source's pages or its text. Choices are kept where the
// browser allows it.

const root = document.documentElement;
const LOOKS = ["auto", "light", "dark"];

function kept(key) {
  try {
    return localStorage.getItem(`breakthrough-extract.${key}`);
  } catch {
    return null; // no storage for pages on disk
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(`breakthrough-extract.${key}`, value);
  } catch {
    // it holds for this visit
  }
}

const button = document.getElementById("_look");
function wear(look) {
  if (look === "auto") delete root.dataset.look;
  else root.dataset.look = look;
  button.textContent = { auto: "Auto", light: "Light", dark: "Dark" }[look];
  button.setAttribute("aria-label", `Colours: ${look}`);
}
let look = LOOKS.includes(kept("look")) ? kept("look") : "auto";
wear(look);
button.hidden = false;
button.addEventListener("click", () => {
  look = LOOKS[(LOOKS.indexOf(look) + 1) % LOOKS.length];
  keep("look", look);
  wear(look);
});

document.getElementById("_show-edits").addEventListener("change", (event) => {
  document.getElementById("_model").classList.toggle("show-edits", event.target.checked);
});

function turn(file, view) {
  for (const one of file.querySelectorAll("[data-view]")) {
    one.setAttribute("aria-pressed", String(one.dataset.view === view));
  }
  file.querySelector(".pages").hidden = view !== "pages";
  file.querySelector(".text").hidden = view !== "text";
}
for (const file of document.querySelectorAll(".file")) {
  const views = file.querySelectorAll("[data-view]");
  for (const one of views) {
    one.hidden = false;
    one.addEventListener("click", () => turn(file, one.dataset.view));
  }
  if (views.length) turn(file, "pages");
}
document.addEventListener("text-wanted", (event) => {
  const hidden = event.detail.closest(".text[hidden]");
  if (hidden) turn(hidden.closest(".file"), "text");
});
// Paper shows both.
const folded = [];
addEventListener("beforeprint", () => {
  folded.push(...document.querySelectorAll(".pages[hidden], .text[hidden], details:not([open])"));
  for (const one of folded) one.matches("details") ? (one.open = true) : (one.hidden = false);
});
addEventListener("afterprint", () => {
  for (const one of folded) one.matches("details") ? (one.open = false) : (one.hidden = true);
  folded.length = 0;
});
