// The few things that need a script; every page works without it.
(() => {
  "use strict";
  const narrow = matchMedia("(max-width: 60rem)");
  const fold = () => document.querySelectorAll(".rail .menu").forEach((menu) => { menu.open = !narrow.matches; });
  narrow.addEventListener("change", fold);
  fold();

  const typing = (target) => target.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), select, textarea, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "j" || event.key === "k") return step(event.key === "j" ? 1 : -1);
    const key = CSS.escape(event.key), row = document.activeElement.closest("main li, main tr");
    const target = row?.querySelector(`[data-row-key="${key}"]`) ?? document.querySelector(`[data-key="${key}"]`);
    if (!target) return;
    event.preventDefault();
    target.matches("input:not([type=checkbox]), select, textarea") ? target.focus() : target.click();
    if (target.matches("[open] > summary")) target.parentElement.querySelector("button, input:not([type=hidden]), select, textarea")?.focus();
  });

  // j and k walk through the rows of a list, Enter opens.
  function step(by) {
    const links = [...document.querySelectorAll("main tbody th a, main .listed > li > a, main .listed b a")];
    if (!links.length) return;
    const at = links.indexOf(document.activeElement);
    links[Math.min(Math.max(at + by, 0), links.length - 1)].focus();
  }

  // A passkey that the browser refuses, or that somebody turned away from.
  document.addEventListener("allauth.error", () => {
    document.querySelectorAll("[data-refused]").forEach((told) => { told.hidden = false; });
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
    if (event.target.matches("[data-all]")) {
      document.querySelectorAll(`input[name="${CSS.escape(event.target.dataset.all)}"]`).forEach((box) => { box.checked = event.target.checked; });
    }
  });

  // A menu of choices closes when one goes elsewhere; a row that changed keeps the place of who walks by keys.
  const shut = (but) => document.querySelectorAll("details.drop[open]").forEach((drop) => { if (!drop.contains(but)) drop.open = false; });
  document.addEventListener("click", (event) => shut(event.target));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(null); });
  document.addEventListener("htmx:load", (event) => { if (event.detail.elt.matches("li.changed")) event.detail.elt.querySelector("a").focus(); });
})();
