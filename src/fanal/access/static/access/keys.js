/* A security key that did not answer is said in words on the page. */
(() => {
  "use strict";
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const words = document.getElementById("key-failed");
    if (words) { words.hidden = false; words.scrollIntoView({ block: "nearest" }); }
  });
})();
