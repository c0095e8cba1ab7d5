// Search while somebody types: when the words have stood for a moment they are asked for by POST, and the people found are
// put below the box. Arrows walk from the box through those found, Enter opens one, Escape leads back to the box.
// Without this file the button does all of it.
const PAUSE = 350;
const form = document.querySelector("form[data-search]");
const box = form?.elements.namedItem("q");
const found = document.getElementById("search-found");
const status = document.getElementById("search-said");

const typed = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
const empty = () => [...typed()].every(([name, value]) => name === "csrfmiddlewaretoken" || !value.trim());

let timer, asked, going;

function later() {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
}

async function look() {
  const body = typed();
  const now = body.toString();
  if (now === asked) return;
  asked = now;
  going?.abort(); // an older answer never takes the place of a newer one
  if (empty()) {
    found.replaceChildren();
    status.textContent = "";
    return;
  }
  going = new AbortController();
  try {
    const answer = await fetch(form.dataset.search, { method: "POST", body, redirect: "manual", signal: going.signal });
    if (!answer.ok) throw new Error("not answered");
    found.innerHTML = await answer.text();
    const said = found.querySelector("[data-said]");
    status.textContent = said?.textContent ?? "";
    if (said) said.hidden = true; // the status above says it already
  } catch (fault) {
    if (fault.name === "AbortError") return;
    asked = undefined; // asked again with the next letter
    status.textContent = "Not searched: no answer came. Press Search, or go on typing.";
  }
}

// The names found, in their order; links to contacts and to a new record are reached by Tab.
const names = () => [...found.querySelectorAll("tbody th a[href]")];

function walk(event) {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = names();
  const at = all.indexOf(document.activeElement);
  const inside = document.activeElement === box || at >= 0;
  if (!inside || !all.length) return;
  if (event.key === "ArrowDown" && at < all.length - 1) all[at + 1].focus();
  else if (event.key === "ArrowUp" && at >= 0) (all[at - 1] ?? box).focus();
  else if (event.key === "Escape" && at >= 0) box.focus();
  else return;
  event.preventDefault();
}

if (form) {
  asked = typed().toString();
  for (const kind of ["input", "change"]) form.addEventListener(kind, later);
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("keydown", walk);
}
