// Keeps clocks and ages true while a page stands open, by the server's time; the words are those of rules/words.py.
const EVERY = 30_000;
const MARKS = { late: "!", soon: "◔", ok: "" };
const UNITS = [[86_400, "day"], [3_600, "hour"], [60, "minute"]];

export function duration(seconds) {
  let left = Math.floor(Math.abs(seconds) / 60) * 60;
  const said = [];
  for (const [size, unit] of UNITS) {
    const number = Math.floor(left / size);
    left -= number * size;
    if (number) said.push(`${number} ${unit}${number === 1 ? "" : "s"}`);
  }
  return said.slice(0, 2).join(" ") || "under a minute";
}

export function remaining(seconds, soon) {
  if (seconds < 0) return { words: `late by ${duration(seconds)}`, state: "late" };
  return { words: `${duration(seconds)} left`, state: seconds <= soon ? "soon" : "ok" };
}

const { now } = document.body.dataset;
const ahead = now ? Date.parse(now) - Date.now() : 0;

function refresh() {
  const at = Date.now() + ahead;
  for (const element of document.querySelectorAll("[data-due]")) {
    const { words, state } = remaining((Date.parse(element.dataset.due) - at) / 1000, Number(element.dataset.soon));
    element.className = `fd-clock fd-clock--${state}`;
    element.querySelector("[data-words]").textContent = words;
    element.querySelector(".fd-clock__mark").textContent = MARKS[state];
  }
  for (const element of document.querySelectorAll("[data-since]")) {
    element.textContent = duration(Math.max(0, (at - Date.parse(element.dataset.since)) / 1000));
  }
}

if (now) {
  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
}
