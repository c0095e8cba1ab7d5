// Says that scripts run, before anything is drawn; a file of its own, for the policy allows no script in the page.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
