// A table or picture that is wider than its place can be scrolled by keyboard, and says what it is; others are no stop.
const places = document.querySelectorAll(".fd-table-wrap");

function mark(place) {
  const scrolls = place.scrollWidth > place.clientWidth;
  if (!scrolls) {
    for (const name of ["tabindex", "role", "aria-label"]) place.removeAttribute(name);
    return;
  }
  place.tabIndex = 0;
  place.setAttribute("role", "region");
  const named = place.querySelector("caption, svg");
  place.setAttribute("aria-label", named?.getAttribute("aria-label") ?? named?.textContent.trim() ?? "Table");
}

const watching = new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target)));
places.forEach((place) => watching.observe(place));
