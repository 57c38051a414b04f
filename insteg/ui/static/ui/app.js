/* Small comforts. Every page works without this file; it is loaded deferred and touches only what is there. */
"use strict";

/* A browser that ignores autofocus on something that is not a field still begins at the list of faults. */
function beginAtFaults(root) {
  const summary = root.querySelector(".app-errors[autofocus]");
  if (summary) summary.focus();
}
beginAtFaults(document);
document.addEventListener("htmx:afterSwap", (event) => beginAtFaults(event.target));

/* A second press while the answer is on its way is held back here, and made harmless by the server in any case. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
  setTimeout(letGo, 8000); /* the answer may have been a file, and the page is still here */
});

function letGo() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
}
/* Coming back with the browser's arrow shows the page as it was left, with its buttons held. */
window.addEventListener("pageshow", letGo);
