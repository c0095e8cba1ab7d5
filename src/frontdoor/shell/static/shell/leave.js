// "Exit this page" leaves nothing behind: Back leads away again, and the page kept by the browser is emptied.
const HIDING = "govuk-exit-this-page-hide-content"; // the class that the Design System's component sets on leaving
const exit = document.querySelector(".govuk-exit-this-page__button");
const leaving = () => document.body.classList.contains(HIDING);

if (exit) {
  new MutationObserver(() => {
    if (leaving() && exit.origin === location.origin) history.replaceState(null, "", exit.href);
  }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  addEventListener("pagehide", () => leaving() && document.querySelector("main").replaceChildren());
  addEventListener("pageshow", (event) => event.persisted && leaving() && location.replace(exit.href));
}
