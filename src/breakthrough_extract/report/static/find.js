// Search and filters. What does not fit is hidden in the model; what fits is marked in both panes.

const form = document.getElementById("_filters");
const search = document.getElementById("_search");
const byTheme = document.getElementById("_by-theme");
const byStage = document.getElementById("_by-stage");
const byMark = document.getElementById("_by-mark");
const output = document.getElementById("_hits");
const before = document.getElementById("_hit-before");
const after = document.getElementById("_hit-after");
const none = document.getElementById("_none");
const source = document.getElementById("_source");
const model = document.getElementById("_model");
const MOST = 5000; // places marked at once
const DELAY = 120; // ms after the last key

form.hidden = false;

const themes = [...model.querySelectorAll(".theme")].map((element) => ({
  element,
  about: [...element.querySelectorAll(":scope > .entry")].map(entryOf),
  cells: [...element.querySelectorAll(".cell")].map((cell) => ({
    element: cell,
    stage: cell.dataset.stage,
    low: "low" in cell.dataset,
    finding: "finding" in cell.dataset,
    entries: [...cell.querySelectorAll(".entry")].map(entryOf),
  })),
}));

function entryOf(element) {
  return { element, text: element.querySelector(".t") };
}

function wanted(query) {
  const words = query.trim().split(/\s+/u).filter(Boolean);
  if (!words.length) return null;
  const plain = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"));
  return new RegExp(plain.join("\\s+"), "giu");
}

// The text of an element as one string, and its text nodes with where each begins in it.
// What edits took out is no part of it. Offsets are UTF-16 code units, as ranges count.
function flat(element) {
  const nodes = [];
  let text = "";
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (element !== source && node.parentElement.closest("del")) continue;
    nodes.push([text.length, node]);
    text += node.data;
  }
  return { text, nodes };
}

function ranges(pattern, { text, nodes }, most) {
  const out = [];
  let n = 0;
  for (const found of text.matchAll(pattern)) {
    if (out.length >= most) break;
    const range = new Range();
    const [start, end] = [found.index, found.index + found[0].length];
    while (n + 1 < nodes.length && nodes[n + 1][0] <= start) n += 1;
    range.setStart(nodes[n][1], start - nodes[n][0]);
    let last = n;
    while (last + 1 < nodes.length && nodes[last + 1][0] < end) last += 1;
    range.setEnd(nodes[last][1], end - nodes[last][0]);
    out.push(range);
  }
  return out;
}

const texts = [...source.querySelectorAll(".text")];
let flats = null; // of the sources, made at the first search
let places = [];
let at = -1;

function fits(entry, cell, pattern, mark) {
  const element = entry.element;
  if (mark && !(mark in element.dataset) && !(cell && mark === "low" && cell.low)) return false;
  pattern.lastIndex = 0;
  return pattern.test(flat(entry.text).text);
}

const ANYTHING = /(?:)/u;

function filter() {
  const pattern = wanted(search.value);
  const mark = byMark.value;
  const narrowed = Boolean(pattern || mark);
  const shown = [];
  for (const theme of themes) {
    const inTheme = !byTheme.value || theme.element.dataset.theme === byTheme.value;
    let some = false;
    const keep = (entry, fit) => {
      entry.element.hidden = !fit;
      if (fit) shown.push(entry);
      // What fits is seen with what it is listed under.
      for (let up = entry.element; fit && up; up = up.parentElement.closest(".entry")) up.hidden = false;
      some ||= fit;
    };
    for (const entry of theme.about) {
      keep(entry, inTheme && !byStage.value && fits(entry, null, pattern ?? ANYTHING, mark));
    }
    for (const cell of theme.cells) {
      const inCell = inTheme && (!byStage.value || cell.stage === byStage.value);
      const whole = mark === "finding" && cell.finding && !pattern;
      let filled = inCell && (whole || !narrowed);
      for (const entry of cell.entries) {
        const fit = inCell && fits(entry, cell, pattern ?? ANYTHING, mark);
        keep(entry, fit);
        filled ||= fit;
      }
      cell.element.hidden = !filled;
      some ||= filled;
    }
    theme.element.hidden = !some;
  }
  none.hidden = themes.some((theme) => !theme.element.hidden);
  show(pattern, shown, narrowed || Boolean(byTheme.value || byStage.value));
}

function show(pattern, shown, active) {
  places = [];
  at = -1;
  const marked = [];
  if (pattern) {
    flats ??= texts.map(flat);
    for (const one of flats) places.push(...ranges(pattern, one, MOST - places.length));
    for (const entry of shown) {
      if (marked.length >= MOST) break;
      marked.push(...ranges(pattern, flat(entry.text), MOST));
    }
  }
  if (globalThis.CSS?.highlights) {
    CSS.highlights.delete("hit");
    if (pattern) CSS.highlights.set("hit", new Highlight(...places, ...marked));
  }
  const count = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
  output.value = !active
    ? ""
    : count(shown.length, "text") + (pattern ? ` · ${count(places.length, "place")} in the source` : "");
  before.hidden = after.hidden = !places.length;
}

function step(by) {
  if (!places.length) return;
  at = (at + by + places.length) % places.length;
  const place = places[at]; // a search that is cleared meanwhile forgets them all
  const element = place.startContainer.parentElement;
  document.dispatchEvent(new CustomEvent("text-wanted", { detail: element }));
  source.parentElement.scrollIntoView({ block: "start", behavior: "instant" });
  const move = () => {
    const inner = place.getBoundingClientRect();
    const top = source.scrollTop + inner.top - source.getBoundingClientRect().top;
    source.scrollTo({ top: top - source.clientHeight / 3, behavior: "instant" });
  };
  move();
  requestAnimationFrame(move);
  document.getElementById("_said").textContent = `Place ${at + 1} of ${places.length}`;
}

function clear() {
  search.value = byTheme.value = byStage.value = byMark.value = "";
  filter();
}

let timer = 0; // of a search that waits for the next key; 0 if none does
function searchNow() {
  clearTimeout(timer);
  timer = 0;
  filter();
}
search.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(searchNow, DELAY);
});
for (const select of [byTheme, byStage, byMark]) select.addEventListener("change", filter);
form.addEventListener("submit", (event) => event.preventDefault());
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    event.preventDefault();
    if (timer) searchNow();
    step(event.shiftKey ? -1 : 1);
  }
});
before.addEventListener("click", () => step(-1));
after.addEventListener("click", () => step(1));
document.getElementById("_all").addEventListener("click", clear);
document.addEventListener("filters-cleared", clear);
// A link to what the filters hide shows it all the same.
document.addEventListener("unfiltered", (event) => {
  if (event.detail.closest("[hidden]")) clear();
});
