// Corrections: what is marked goes to the review server, which saves it and shows the page anew.
// A place is told in code points of the source, as the ledger counts; strings count in UTF-16.

const source = document.getElementById("_source");
const model = document.getElementById("_model");
const target = document.getElementById("_target");
const reason = document.getElementById("_reason");
const ask = document.getElementById("_ask");
const buttons = [...document.querySelectorAll("#_review [data-do]")];
const { version } = JSON.parse(document.getElementById("_data").textContent);
const KEPT = "breakthrough-extract.review";

let at = null; // { source, start, end }: what the next correction is about
let entry = null; // the text of the model that was chosen last

const TITLES = {
  item: "It is an item",
  note: "It is a note",
  read: "It reads otherwise",
  move: "Its section belongs elsewhere",
};

const points = (text) => [...text].length;

function offset(element, node, inner) {
  const range = new Range();
  range.selectNodeContents(element);
  range.setEnd(node, inner);
  return Number(element.dataset.s) + points(range.toString());
}

function marked() {
  const selection = document.getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const file = [...source.querySelectorAll(".file")].find((one) => range.intersectsNode(one));
  if (!file || !source.contains(range.startContainer)) return null;
  const inside = [...file.querySelectorAll(".text [data-s]")].filter((one) => range.intersectsNode(one));
  if (!inside.length) return null;
  const [first, last] = [inside[0], inside.at(-1)];
  const start = first.contains(range.startContainer)
    ? offset(first, range.startContainer, range.startOffset)
    : Number(first.dataset.s);
  const end = last.contains(range.endContainer)
    ? offset(last, range.endContainer, range.endOffset)
    : Number(last.dataset.s) + points(last.textContent);
  return end > start ? { source: Number(file.dataset.source), start, end, text: selection.toString() } : null;
}

function segment(element) {
  const file = element.closest(".file");
  const text = file.querySelector(`.text [data-s="${CSS.escape(element.dataset.s)}"]`);
  if (!text) return null;
  const start = Number(text.dataset.s);
  const end = start + points(text.textContent);
  return { source: Number(file.dataset.source), start, end, text: text.textContent };
}

function placeOf(one) {
  const first = (one.dataset.at ?? "").split(" ")[0];
  if (!first) return null;
  const [number, range] = first.split(":");
  const [start, end] = range.split("-").map(Number);
  return { source: Number(number), start, end, text: one.querySelector(".t").textContent };
}

function choose(place) {
  at = place;
  const text = place?.text.replace(/\s+/gu, " ").trim() ?? "";
  target.textContent = at
    ? `“${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`
    : "Mark text in the source, or choose a text of the model.";
  for (const button of buttons) {
    if (!["undo", "redo"].includes(button.dataset.do)) button.disabled = !at;
  }
}

document.addEventListener("selectionchange", () => {
  const place = marked();
  if (place) choose(place);
});
document.addEventListener("here", (event) => {
  const one = event.detail;
  if (one.matches(".entry")) {
    entry = one;
    choose(placeOf(one));
  } else if (one.dataset.s) {
    choose(segment(one));
  }
});
source.addEventListener("click", (event) => {
  const one = event.target.closest("[data-s]");
  if (one && document.getSelection().isCollapsed) choose(segment(one));
});

async function send(path, wish) {
  reason.hidden = true;
  let told = "the server does not answer; what was saved is safe in the file";
  try {
    const answer = await fetch(`${path}?v=${version}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(wish ?? {}),
    });
    told = (await answer.json()).reason;
    if (answer.ok) {
      const places = [source.scrollTop, model.scrollTop, scrollY];
      sessionStorage.setItem(KEPT, JSON.stringify(places));
      location.reload();
      return;
    }
  } catch {
    // told says it
  }
  reason.textContent = `Not done: ${told}.`;
  reason.hidden = false;
}

function plain({ source: number, start, end }) {
  return { source: number, start, end };
}

function question(action) {
  for (const part of ask.querySelectorAll("[data-for]")) {
    part.hidden = !part.dataset.for.split(" ").includes(action);
  }
  document.getElementById("_ask-h").textContent = TITLES[action];
  document.getElementById("_ask-quote").textContent = at.text.trim();
  const cell = entry?.closest(".cell");
  const theme = entry?.closest(".theme");
  if (action === "move" && theme) document.getElementById("_ask-theme").value = theme.dataset.theme;
  if (action === "move" && cell) document.getElementById("_ask-slot").selectedIndex = [...theme.querySelectorAll(".cell")].indexOf(cell);
  if (action === "read") document.getElementById("_ask-text").value = at.text.replace(/\s+/gu, " ").trim();
  if (action === "item" || action === "note") {
    const after = document.getElementById("_ask-after");
    const entries = [...model.querySelectorAll(".cell .entry:not(.note)")].filter((one) => one.dataset.at);
    // What is moved itself follows the text before it; else the text chosen last is meant.
    const own = entry && placeOf(entry).start === at.start;
    const before = own ? entries[Math.max(entries.indexOf(entry) - 1, 0)] : entry;
    after.replaceChildren(
      ...entries.map((one) => {
        const place = placeOf(one);
        const name = `${one.id} ${place.text}`;
        const option = new Option(name.length > 90 ? `${name.slice(0, 89)}…` : name, JSON.stringify(plain(place)));
        option.selected = one === before;
        return option;
      }),
    );
  }
  ask.returnValue = "";
  return new Promise((done) => {
    ask.addEventListener("close", () => done(ask.returnValue === "ok"), { once: true });
    ask.showModal();
  });
}

const value = (id) => document.getElementById(id).value;

const ACTIONS = {
  furniture: () => ({ action: "mark", kind: "furniture", at: plain(at) }),
  note: async () =>
    (await question("note")) && { action: "mark", kind: "note", at: plain(at), after: JSON.parse(value("_ask-after")) },
  item: async () =>
    (await question("item")) && { action: "mark", kind: "item", at: plain(at), after: JSON.parse(value("_ask-after")) },
  split: () => ({ action: "split", at: plain(at) }),
  join: () => ({ action: "join", at: plain(at) }),
  read: async () => (await question("read")) && { action: "read", at: plain(at), text: value("_ask-text") },
  move: async () =>
    (await question("move")) && { action: "move", at: plain(at), theme: value("_ask-theme"), slot: value("_ask-slot") },
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  const name = button.dataset.do;
  if (name === "undo" || name === "redo") return send(name);
  if (name === "accept" || name === "refuse") {
    return send("add", { action: name, edit: Number(button.closest("li").id.slice("e-".length)) });
  }
  const wish = await ACTIONS[name]();
  if (wish) send("add", wish);
});

try {
  const [left, right, top] = JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  if (top !== undefined) {
    // After the scroll to what the address names.
    document.addEventListener("settled", () => {
      scrollTo(0, top);
      source.scrollTop = left;
      model.scrollTop = right;
    });
  }
  sessionStorage.removeItem(KEPT);
} catch {
  // the page begins at its top
}
