// Questions that only some answers ask stand hidden until one of those answers is chosen; what was typed in them stays
// in the page and is not sent. An answer may come from several fields: any will do. Without this script
// all of them show, and the server asks for what the answer needs.
const groups = document.querySelectorAll("[data-only-for]");

function show(group) {
  const fields = group.dataset.onlyFor.split(" ").map((name) => group.closest("form").elements[name]);
  const given = fields.flatMap((field) => (field instanceof RadioNodeList ? [...field] : [field]));
  const chosen = given.filter((each) => !["checkbox", "radio"].includes(each.type) || each.checked);
  group.hidden = !chosen.some((each) => group.dataset.values.split(" ").includes(each.value));
  group.disabled = group.hidden;
}

groups.forEach((group) => {
  show(group);
  group.closest("form").addEventListener("change", () => show(group));
});
addEventListener("pageshow", () => groups.forEach(show)); // Back restores answers without a change
