"use strict";
const made = JSON.parse(document.getElementById("envelope").textContent);
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const by = (id) => document.getElementById(id);

function age() {
  const minutes = Math.floor((Date.now() - Date.parse(made.written_at)) / 60000);
  by("old").hidden = minutes < made.stale;
  by("old").textContent = `This sheet is ${minutes} minutes old. Work may have changed since: look for a newer one first.`;
}

function line(list, name, words) {
  if (!words || !words.length) return;
  list.append(Object.assign(document.createElement("dt"), { textContent: name }));
  list.append(Object.assign(document.createElement("dd"), { textContent: [].concat(words).join("\n") }));
}

function show(sheet) {
  const to = by("sheet");
  const heading = (words) => to.append(Object.assign(document.createElement("h2"), { textContent: words }));
  to.replaceChildren();
  heading("Whom to ring");
  const numbers = document.createElement("dl");
  sheet.telephones.forEach(([who, number]) => line(numbers, who, number));
  to.append(numbers);
  heading(`Open work: ${sheet.contacts.length}, danger first`);
  sheet.contacts.forEach((one) => {
    const part = document.createElement("article");
    part.append(Object.assign(document.createElement("h3"), { textContent: `${one.receipt}: ${one.danger}` }));
    const list = document.createElement("dl");
    line(list, "Children", one.children);
    line(list, "Where", one.where);
    line(list, "Whose", one.owner);
    line(list, "Due", one.clocks);
    line(list, "Stands", one.state);
    line(list, "Received", one.received);
    line(list, "What was told", one.story);
    part.append(list);
    to.append(part);
  });
  by("form").hidden = true;
  by("wrong").hidden = true;
  to.hidden = false;
}

async function open(typed) {
  const words = typed.toUpperCase().replace(/[^A-Z0-9]/g, "").replace(/(.{4})(?=.)/g, "$1-");
  const raw = await crypto.subtle.importKey("raw", new TextEncoder().encode(words), "PBKDF2", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt: bytes(made.salt), iterations: made.rounds }, raw,
    { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const bound = new TextEncoder().encode(made.bound_to);
  const plain = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: bytes(made.nonce), additionalData: bound }, key, bytes(made.content));
  return JSON.parse(new TextDecoder().decode(plain));
}

by("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    show(await open(by("passphrase").value));
  } catch {
    by("wrong").textContent = "That is not the passphrase of this sheet, or the sheet was changed.";
    by("wrong").hidden = false;
  }
});
age();
setInterval(age, 30000);
