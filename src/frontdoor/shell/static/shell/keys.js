// Answers by key: whatever carries data-key is pressed by it. A single key works only while no field has the focus, and
// can be turned off (WCAG 2.1.4); a combination such as alt+s works everywhere.
const STORE = "frontdoor-keys";
const FIELDS = "textarea, select, [contenteditable], input:not([type=button], [type=submit], [type=reset])";
const kept = () => {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true;
  }
};
const carriers = () => [...document.querySelectorAll("[data-key]")];
const single = (key) => !key.includes("+");
let on = kept();

function matches(wanted, event) {
  const parts = wanted.toLowerCase().split("+");
  const key = parts.pop();
  const modifiers = { alt: event.altKey, ctrl: event.ctrlKey, meta: event.metaKey };
  const asked = Object.entries(modifiers).every(([name, down]) => down === parts.includes(name));
  // With alt some keyboards write another letter, so the key's place counts too.
  return asked && (event.key.toLowerCase() === key || [`Key${key.toUpperCase()}`, `Digit${key}`].includes(event.code));
}

function reachable(element) {
  const dialog = document.querySelector("dialog[open]");
  return element.getClientRects().length > 0 && !element.disabled && (!dialog || dialog.contains(element));
}

function say(words, beside) {
  const place = beside.closest("[data-keys]")?.querySelector("[data-keys-said]");
  if (place) place.textContent = words;
}

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.isComposing || event.defaultPrevented) return;
  const writing = event.target instanceof Element && event.target.closest(FIELDS);
  for (const element of carriers()) {
    const wanted = element.dataset.key;
    if (single(wanted) && (writing || !on)) continue;
    if (!matches(wanted, event) || !reachable(element)) continue;
    event.preventDefault();
    say((element.labels?.[0] ?? element).firstChild.textContent.trim(), element);
    element.focus();
    element.click();
    if (element.dataset.then) document.getElementById(element.dataset.then)?.focus();
    return;
  }
});

function show(switches) {
  document.body.classList.toggle("fd-keys-off", !on);
  for (const each of switches) {
    each.setAttribute("aria-pressed", String(on));
    each.textContent = on ? "Single keys are on" : "Single keys are off";
  }
}

const inBars = [...document.querySelectorAll("[data-keys] [data-keys-switch]")];
const switches = inBars.length ? inBars : [...document.querySelectorAll("[data-keys-switch]")];
if (carriers().some((element) => single(element.dataset.key))) {
  show(switches);
  for (const each of switches) {
    each.hidden = false;
    each.addEventListener("click", () => {
      on = !on;
      try {
        // A choice of the person's, not case data; nothing else of ours is ever kept in the browser.
        if (on) localStorage.removeItem(STORE);
        else localStorage.setItem(STORE, "off");
      } catch {
        // The browser keeps nothing: the choice holds for this page.
      }
      show(switches);
    });
  }
}
