// Warns two minutes before an idle session ends (WCAG 2.2.1), and covers the page when it has ended.
const WARNING = 120;
const LOOK_AGAIN = 4000;
const { sessionSeconds, sessionStay } = document.body.dataset;

function build() {
  const dialog = document.createElement("dialog");
  dialog.className = "fd-dialog";
  dialog.setAttribute("aria-labelledby", "session-heading");
  dialog.innerHTML = `
    <h2 class="govuk-heading-m" id="session-heading"></h2>
    <p class="govuk-body" role="status"></p>
    <button type="button" class="govuk-button">Stay signed in</button>
    <p class="govuk-body" hidden><a class="govuk-link" target="_blank">Sign in again in a new window</a></p>`;
  document.body.append(dialog);
  return dialog;
}

class Session {
  constructor(seconds, stay) {
    Object.assign(this, { seconds, stay, dialog: build(), nextLook: 0 });
    [this.heading, this.words, this.button, this.again] = this.dialog.children;
    this.again.firstChild.href = stay;
    this.button.addEventListener("click", () => this.ask());
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (!this.ended) this.ask();
    });
    addEventListener("frontdoor:saved", () => this.begin());
    // A saving was refused: perhaps somebody has signed in again elsewhere, and this page's token is of the time before.
    addEventListener("frontdoor:signed-out", () => this.lookAgain());
    // Whoever signed in again in another window comes back here.
    addEventListener("focus", () => this.ended && this.ask());
    setInterval(() => this.tick(), 1000);
    this.begin();
  }

  begin() {
    this.ends = Date.now() + this.seconds * 1000;
    this.ended = false;
    if (this.dialog.open) this.dialog.close();
    dispatchEvent(new Event("frontdoor:signed-in"));
  }

  tick() {
    const left = Math.round((this.ends - Date.now()) / 1000);
    if (this.ended || left > WARNING) return;
    if (left <= 0) {
      this.end();
    } else {
      const minutes = Math.ceil(left / 60);
      this.show("You will be signed out soon", `In ${minutes} minute${minutes === 1 ? "" : "s"}, for nothing was done here for a while.`);
    }
  }

  show(heading, words) {
    this.heading.textContent = heading;
    if (this.words.textContent !== words) this.words.textContent = words;
    this.button.hidden = this.ended;
    this.again.hidden = !this.ended;
    this.dialog.classList.toggle("fd-dialog--ended", this.ended);
    if (!this.dialog.open) this.dialog.showModal();
  }

  end() {
    this.ended = true;
    this.show("You have been signed out", "What was typed here is still on this page, and in your draft as last saved. Sign in again to go on.");
  }

  // Whoever signed in anew has a new token; the forms of this page go on with it.
  async renew(answer) {
    const { token } = await answer.json().catch(() => ({}));
    for (const field of token ? document.getElementsByName("csrfmiddlewaretoken") : []) field.value = token;
    this.begin();
  }

  async lookAgain() {
    if (Date.now() < this.nextLook) return;
    this.nextLook = Date.now() + LOOK_AGAIN;
    const answer = await this.stays().catch(() => undefined);
    if (answer?.ok) await this.renew(answer);
  }

  stays() {
    return fetch(this.stay, { redirect: "manual", headers: { Accept: "application/json" } });
  }

  async ask() {
    try {
      const answer = await this.stays();
      if (answer.ok) await this.renew(answer);
      else this.end();
    } catch {
      this.words.textContent = "There is no connection. Try again.";
    }
  }
}

if (sessionSeconds) new Session(Number(sessionSeconds), sessionStay);
