// The page works without this. It tells the server that somebody is there, and keeps what was answered so far.
(() => {
  "use strict";
  const form = document.getElementById("sheet");
  if (!form) return;
  const keep = () => {
    const told = new FormData(form);
    told.set("go", "touch");
    fetch(location.href, { method: "POST", body: new URLSearchParams(told), keepalive: true, credentials: "same-origin" }).catch(() => {});
  };
  let waiting = 0;
  const soon = (event) => {
    if (!event.isTrusted) return;
    clearTimeout(waiting);
    waiting = setTimeout(keep, 600);
  };
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => clearTimeout(waiting));

  // A score came with the link of the mail: whoever moves, touches, types or scrolls is no machine that looks at links.
  if (form.querySelector("input[type=radio]:checked")) {
    const signs = ["pointermove", "pointerdown", "keydown", "touchstart", "scroll"];
    const here = (event) => {
      if (!event.isTrusted) return;
      signs.forEach((sign) => removeEventListener(sign, here));
      keep();
    };
    signs.forEach((sign) => addEventListener(sign, here, { passive: true }));
  }
})();
