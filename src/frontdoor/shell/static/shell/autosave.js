// Drafts: a form with data-autosave is sent to that address as it is typed. The server keeps the text, the browser
// never does. The status line says when it was saved, or that it was not and what to do.
// Where several people write in one form, each part of it with data-autosave is kept by itself, under a version of its
// own: what somebody else wrote there meanwhile comes back beside it, and waits until whoever typed has chosen.
// A page that wants more done with what is typed sends the form an event frontdoor:save with fields in its detail; they
// go with the next saving, in their order. What the server answered is the detail of frontdoor:saved.
const PAUSE = 800;
const RETRY = 5000;
const AT_LEAVING = 60_000; // browsers send no more than about this many bytes while a page goes away

const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

class Draft {
  constructor(part) {
    const form = part.closest("form");
    this.part = part;
    this.form = form;
    this.status = part.querySelector("[data-autosave-status]");
    this.version = part.querySelector("[data-autosave-version]") ?? form.elements.namedItem("draft_version");
    this.changed = this.sending = this.stopped = this.held = false;
    this.asked = [];
    for (const kind of ["input", "change"]) part.addEventListener(kind, () => this.touched());
    form.addEventListener("frontdoor:save", ({ detail }) => {
      this.asked.push(detail);
      this.changed = true;
      this.send();
    });
    form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("online", () => this.changed && this.send());
    addEventListener("frontdoor:signed-in", () => this.changed && this.send());
    document.addEventListener("visibilitychange", () => document.hidden && this.changed && this.send());
    addEventListener("pagehide", () => this.changed && this.send());
    addEventListener("beforeunload", (event) => {
      if ((this.changed && !this.stopped) || this.held) event.preventDefault();
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.stopped = false;
    });
  }

  touched() {
    this.changed = true;
    this.later(PAUSE);
  }

  // What is being saved is a version on when it is saved: the form waits for it, or it would be in conflict with itself.
  submitted(event) {
    clearTimeout(this.timer);
    if (this.sending) {
      event.preventDefault();
      this.then = () => this.form.requestSubmit(event.submitter);
    } else if (!event.defaultPrevented) {
      this.stopped = true;
      this.held = false;
    }
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  body() {
    const own = (name) => this.part === this.form || name === "csrfmiddlewaretoken" || this.part.querySelector(`[name="${name}"]`);
    const texts = [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && own(name));
    return new URLSearchParams([...texts, ...Object.entries(this.going ?? {})]);
  }

  async send() {
    if (this.sending || this.stopped) return;
    this.sending = true;
    this.changed = false;
    this.going = this.asked[0];
    const body = this.body();
    try {
      const answer = await fetch(this.part.dataset.autosave, {
        method: "POST",
        body,
        redirect: "manual",
        headers: { Accept: "application/json" },
        keepalive: body.toString().length < AT_LEAVING,
      });
      await this.answered(answer);
    } catch {
      this.failed("Not saved: no connection. Keep this page open; it tries again by itself.");
    } finally {
      this.sending = false;
      if (this.changed && !this.stopped && !this.waiting) this.later(this.asked.length ? 0 : PAUSE);
      this.waiting = false;
      const { then } = this;
      this.then = undefined;
      then?.();
    }
  }

  async answered(answer) {
    if (answer.ok) {
      const detail = await answer.json();
      if (this.version && detail.version !== undefined) this.version.value = detail.version;
      if (this.going) this.asked.shift();
      if (this.asked.length) this.changed = true;
      this.say(`Saved ${clock()}`, false);
      dispatchEvent(new CustomEvent("frontdoor:saved", { detail }));
    } else if (this.part !== this.form && [409, 422].includes(answer.status)) {
      this.refused(await answer.json(), answer.status === 409);
    } else if (answer.status === 409) {
      this.stopped = this.changed = true;
      this.say("Not saved: this draft was changed in another window. Copy what you typed here, then load the page again.", true);
    } else if (answer.status === 404) {
      this.failed("Not saved: this draft is not yours under the name that is signed in now, or it has ended. Copy what you typed here.");
    } else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      this.failed("Not saved: you have been signed out. Sign in again in another window, then go on here.");
      dispatchEvent(new Event("frontdoor:signed-out"));
    } else {
      this.failed("Not saved: a fault on our side. Keep this page open; it tries again by itself.");
    }
  }

  // Nothing more of this part is sent by itself until whoever typed has pressed a button: then it goes with the form.
  refused({ words, version, html }, over) {
    this.held = this.stopped = over;
    if (version !== undefined) this.version.value = version;
    if (html !== undefined) this.part.querySelector("[data-autosave-overtaken]").innerHTML = html;
    this.say(words, true);
  }

  failed(words) {
    this.changed = this.waiting = true;
    this.say(words, true);
    this.later(RETRY);
  }

  say(words, failed) {
    this.status.classList.toggle("fd-saved--failed", failed);
    if (this.status.textContent !== words) this.status.textContent = words;
  }
}

for (const part of document.querySelectorAll("[data-autosave]")) new Draft(part);
