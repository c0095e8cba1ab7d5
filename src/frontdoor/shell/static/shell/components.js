// Starts the Design System's and the Ministry of Justice's components. Their addresses carry a hash of their contents,
// so the page gives them here instead of an import naming them.
const { govuk, moj } = document.querySelector("script[data-govuk]").dataset;
for (const address of [govuk, moj]) {
  import(address).then((library) => library.initAll());
}
