// A telephone call: marks a sentence without leaving the story, leads from a field back to its sentence, shows earlier
// contacts while names are typed. The server is the judge of marks; without this file every button works by itself.
const PAUSE = 700;
const call = document.querySelector("form[data-call]");
const story = call?.elements.namedItem("story");

// The browser counts UTF-16 units, the server characters.
const characters = (text) => [...text].length;

function ask(fields) {
  call.dispatchEvent(new CustomEvent("frontdoor:save", { detail: fields }));
}

function mark(kind) {
  const { selectionStart: from, selectionEnd: to, value } = story;
  ask({
    do: `mark:${kind}`,
    from: characters(value.slice(0, from)),
    to: characters(value.slice(0, to)),
    words: value.slice(from, to),
  });
  story.focus();
}

// The place of some words in the story as it stands in the browser now: the one nearest to the caret.
function show(words) {
  const found = [];
  for (let at = story.value.indexOf(words); at >= 0; at = story.value.indexOf(words, at + 1)) found.push(at);
  if (!found.length) return;
  const near = (at) => Math.abs(at - story.selectionStart);
  const at = found.reduce((best, one) => (near(one) < near(best) ? one : best));
  story.focus();
  story.setSelectionRange(at, at + words.length);
  const lines = story.value.slice(0, at).split("\n").length - 1;
  story.scrollTop = Math.max(0, lines * Number.parseFloat(getComputedStyle(story).lineHeight) - story.clientHeight / 2);
}

function fill(values) {
  for (const [name, value] of Object.entries(values)) {
    const field = call.elements.namedItem(name);
    const free = field && (name.endsWith("-kind") || !field.value.trim());
    if (free) field.value = value;
  }
  if (Object.keys(values).length) later();
}

function lead(sources) {
  for (const place of call.querySelectorAll("[data-source]")) {
    const source = sources[place.dataset.source];
    place.hidden = !source;
    if (!source) continue;
    const link = document.createElement("a");
    link.href = source.href;
    link.dataset.sentence = source.words;
    link.textContent = source.words.length > 100 ? `${source.words.slice(0, 99)}…` : source.words;
    place.replaceChildren("From: ", link);
  }
}

function changed(detail) {
  if (detail.marks) call.elements.namedItem("marks").value = JSON.stringify(detail.marks);
  if (detail.marked !== undefined) document.getElementById("marked").innerHTML = detail.marked;
  if (detail.rows) document.getElementById("rows").insertAdjacentHTML("beforeend", detail.rows);
  if (detail.fill) fill(detail.fill);
  if (detail.sources) lead(detail.sources);
  if (detail.where !== undefined) document.querySelector("#where > div").innerHTML = detail.where;
  if (detail.said) call.querySelector("[data-said]").textContent = detail.said;
}

// Earlier contacts: asked when what they are found by has stood for a moment, and only when it is another.
let timer, asked;
const WHO = /^(address|postcode|people-\d+-(given_name|family_name|known_as|date_of_birth-\w+|expected_on-\w+|approximate_age|address|postcode|nhs_number|upn|kind))$/;
const sought = () => JSON.stringify([...new FormData(call)].filter(([name]) => WHO.test(name)));

function later() {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
}

async function look() {
  const { earlier } = call.dataset;
  const now = sought();
  if (!earlier || now === asked) return;
  asked = now;
  const body = new URLSearchParams([...new FormData(call)].filter(([, value]) => typeof value === "string"));
  try {
    const answer = await fetch(earlier, { method: "POST", body, redirect: "manual" });
    if (answer.ok) document.querySelector("#earlier > div").innerHTML = await answer.text();
    else asked = undefined;
  } catch {
    asked = undefined; // no connection: asked again with the next letter
  }
}

// A part of the screen: the focus goes there, and the address stays what it is.
function go(part) {
  const there = document.querySelector(part);
  if (!there.matches("input, select, textarea, button, a")) there.tabIndex = -1;
  there.focus();
  there.scrollIntoView({ block: "nearest" });
}

function pressed(event) {
  const part = event.target.closest("nav a[href^='#']");
  const link = event.target.closest("a[data-sentence]");
  const button = event.target.closest("button[name=do]");
  if (part) {
    event.preventDefault();
    go(part.hash);
  } else if (link) {
    event.preventDefault();
    show(link.dataset.sentence);
  } else if (button?.value.startsWith("mark:")) {
    event.preventDefault();
    mark(button.value.slice(5));
  } else if (button?.value.startsWith("unmark:")) {
    event.preventDefault();
    ask({ do: button.value });
    story.focus();
  }
}

// Enter in a line sends nothing by itself: whoever writes fast must not end up elsewhere. Some lines have a button.
function entered(event) {
  if (event.key !== "Enter" || event.isComposing || event.altKey || !event.target.matches("input")) return;
  if (event.target.matches("[type=submit], [type=button]")) return;
  event.preventDefault();
  const { enter } = event.target.dataset;
  if (enter) call.querySelector(`button[name=do][value="${enter}"]`).click();
}

if (call) {
  asked = sought();
  call.addEventListener("click", pressed);
  call.addEventListener("keydown", entered);
  for (const kind of ["input", "change"]) call.addEventListener(kind, (event) => WHO.test(event.target.name) && later());
  addEventListener("frontdoor:saved", ({ detail }) => detail && changed(detail));
  story.setSelectionRange(story.value.length, story.value.length);
}
