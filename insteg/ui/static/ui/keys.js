/* Keys without any other held down, for a page on a wall: data-key on what is pressed. Every page works without this file.
   They can be turned off (WCAG 2.1.4), and are silent while somebody writes. */
"use strict";

const KEPT = "insteg-keys";
const WRITES = "textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])";

function keysAreOn() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true; /* a browser that keeps nothing */
  }
}

function showKeys(box) {
  box.checked = keysAreOn();
  document.documentElement.toggleAttribute("data-keys-off", !keysAreOn());
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !keysAreOn()) return;
  if (event.target.closest(WRITES)) return;
  const pressed = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!pressed || pressed.checkVisibility?.() === false) return; /* what is folded away is not pressed */
  event.preventDefault();
  pressed.focus();
  pressed.click();
});

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.closest("[hidden]")?.removeAttribute("hidden");
  showKeys(box);
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(KEPT, box.checked ? "on" : "off");
    } catch {
      /* nothing to remember it in */
    }
    showKeys(box);
  });
}
