// Questions that only some answers ask stand hidden until one of those answers is chosen; what was typed in them stays
// in the page and is not sent. Without this script all of them show, and the server asks for what the answer needs.
const groups = document.querySelectorAll("[data-only-for]");

function show(group) {
  const asked = group.closest("form").elements[group.dataset.onlyFor];
  group.hidden = !group.dataset.values.split(" ").includes(asked.value);
  group.disabled = group.hidden;
}

groups.forEach((group) => {
  show(group);
  group.closest("form").addEventListener("change", () => show(group));
});
addEventListener("pageshow", () => groups.forEach(show)); // Back restores answers without a change
