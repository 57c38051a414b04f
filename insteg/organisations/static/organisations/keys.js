/* Says on the page when a key could not be used: allauth would only tell the browser's console. */
"use strict";

document.addEventListener("allauth.error", () => {
  const said = document.getElementById("key-failed");
  if (said) said.hidden = false;
});
