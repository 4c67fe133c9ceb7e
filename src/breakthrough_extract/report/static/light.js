// Source and model light each other: on hover, on focus, and for good where the address says so.
// Tells the other modules of the thing that the address names by the event "here", and by "settled"
// that the page has been scrolled to it after the load.

const source = document.getElementById("_source");
const model = document.getElementById("_model");
const panes = source.parentElement;

const standsOn = new Map(); // what the ledger calls a thing → its elements in the source
for (const element of source.querySelectorAll("[data-of]")) {
  const known = standsOn.get(element.dataset.of);
  if (known) known.push(element);
  else standsOn.set(element.dataset.of, [element]);
}
const things = new Map(); // what the ledger calls a thing → its element in the model
for (const element of model.querySelectorAll("[data-id]")) things.set(element.dataset.id, element);
const cells = new Map(); // address → cell of the matrix
for (const link of document.querySelectorAll("a.cell")) cells.set(link.getAttribute("href"), link);

function together(id) {
  const thing = things.get(id);
  const cell = thing && cells.get(thing.closest(".cell")?.querySelector("h4 a")?.getAttribute("href"));
  return [...(standsOn.get(id) ?? []), ...(thing ? [thing] : []), ...(cell ? [cell] : [])];
}

let lit = [];
function light(target) {
  const element = target instanceof Element ? target.closest("[data-of], [data-id]") : null;
  for (const old of lit) old.classList.remove("lit");
  lit = element ? together(element.dataset.of ?? element.dataset.id) : [];
  for (const now of lit) now.classList.add("lit");
}
for (const pane of [source, model]) {
  pane.addEventListener("pointerover", (event) => light(event.target));
  pane.addEventListener("pointerleave", () => light(null));
  pane.addEventListener("focusin", (event) => light(event.target));
  pane.addEventListener("focusout", () => light(null));
}

// Browsers let no text be marked that begins in a link: while the button is down there is none.
let pressed = null; // { link, address, marked: the text that was marked before }
source.addEventListener("pointerdown", (event) => {
  const link = event.target.closest("a[data-of]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const marked = String(document.getSelection());
  pressed = { link, address: link.getAttribute("href"), marked };
  link.removeAttribute("href");
});
function release() {
  if (!pressed) return null;
  const was = pressed;
  pressed = null;
  was.link.setAttribute("href", was.address);
  return was;
}
addEventListener("pointercancel", release);
addEventListener("pointerup", () => setTimeout(release)); // after the click, if one comes
source.addEventListener("click", (event) => {
  const was = release();
  if (was) {
    event.preventDefault(); // it is a link again, and this click may have marked text
    const marked = String(document.getSelection());
    const plain = !marked || marked === was.marked;
    if (plain && was.link.contains(event.target)) was.link.click();
  }
  const box = event.target.closest("rect[data-to]");
  if (box) location.hash = encodeURIComponent(box.dataset.to);
});
model.addEventListener("click", (event) => {
  const entry = event.target.closest(".entry");
  if (!entry || event.target.closest("a, button") || !document.getSelection().isCollapsed) return;
  location.hash = entry.querySelector(".label").getAttribute("href");
});

function named(hash) {
  let name = hash.slice(1);
  try {
    name = decodeURIComponent(name);
  } catch {
    // a stray % in the address: it is taken as it stands
  }
  return name ? (document.getElementById(name) ?? things.get(name) ?? null) : null;
}

function scrollTo(pane, element) {
  const move = () => {
    const inner = element.getBoundingClientRect();
    const outer = pane.getBoundingClientRect();
    if (inner.top > outer.top + 90 && inner.bottom < outer.bottom) return;
    const top = pane.scrollTop + inner.top - outer.top - pane.clientHeight / 3;
    pane.scrollTo({ top, behavior: "instant" });
  };
  move();
  requestAnimationFrame(move); // what came into view may be of another height than was thought
}

function bring(element) {
  const move = () => element.scrollIntoView({ block: "start", behavior: "instant" });
  move();
  requestAnimationFrame(move); // likewise
}

function shownIn(pane, elements) {
  const visible = elements.filter((element) => element.getClientRects().length);
  return visible.find((element) => element.matches(".k-heading")) ?? visible[0];
}

let here = [];
function go() {
  const target = named(location.hash);
  for (const old of here) old.classList.remove("here");
  here = [];
  if (!target) return;
  target.closest("details")?.setAttribute("open", "");
  if (source.contains(target)) {
    document.dispatchEvent(new CustomEvent("text-wanted", { detail: target }));
    target.classList.add("here");
    here = [target];
    bring(panes);
    scrollTo(source, target);
    const thing = things.get(target.dataset.of);
    if (thing) scrollTo(model, thing);
  } else if (target.dataset.id) {
    document.dispatchEvent(new CustomEvent("unfiltered", { detail: target }));
    const places = standsOn.get(target.dataset.id) ?? [];
    here = [target, ...places];
    for (const now of here) now.classList.add("here");
    bring(panes);
    scrollTo(model, target);
    const first = shownIn(source, places);
    if (first) scrollTo(source, first);
  } else {
    bring(target);
  }
  document.dispatchEvent(new CustomEvent("here", { detail: target }));
}
addEventListener("hashchange", go);
document.addEventListener("source-wanted", (event) => {
  const first = shownIn(source, standsOn.get(event.detail.dataset.id) ?? []);
  if (!first) return;
  scrollTo(source, first);
  first.focus?.({ preventScroll: true });
});
// The other modules must be listening before the address of the load is followed.
addEventListener("DOMContentLoaded", go);
// The browser scrolls to the address in its own way, and again in the frame after the load.
addEventListener("load", () => {
  const settled = () => document.dispatchEvent(new CustomEvent("settled"));
  const follow = () => {
    if (location.hash) go();
    requestAnimationFrame(settled); // behind what `go` leaves for that frame
  };
  requestAnimationFrame(() => requestAnimationFrame(follow));
});
