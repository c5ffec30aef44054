/* Sabai: one question on your own page. <script src="https://desk.example/widget/KEY.js" defer></script>
   It needs script-src and connect-src of that host, and nothing else: no inline style, no eval, no cookie. */
(() => {
  "use strict";
  const me = document.currentScript, at = me.src.replace(/\.js(\?.*)?$/, "/"), told = me.dataset;
  const mark = "sabai " + at.split("/").slice(-2)[0];
  const rested = () => { try { return Number(localStorage.getItem(mark)) > Date.now(); } catch { return false; } };
  const rest = (days) => { try { localStorage.setItem(mark, Date.now() + days * 864e5); } catch { /* private mode */ } };
  const who = told.signed ? { account: told.account, contact: told.contact, until: Number(told.until), signed: told.signed } : null;
  if (rested() || !("adoptedStyleSheets" in Document.prototype)) return;

  const STYLE = `
:host { all: initial; position: fixed; z-index: 2147483000; inset-block-end: 1rem; inset-inline-end: 1rem; inline-size: min(24rem, calc(100vw - 2rem)); color-scheme: light dark; font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Thai", "Noto Sans Arabic", "Noto Sans JP", sans-serif; }
* { box-sizing: border-box; font: inherit; color: inherit; margin: 0; padding: 0; }
section { background: var(--card); color: var(--ink); border: 1px solid color-mix(in srgb, var(--ink) 22%, var(--card)); border-block-start: 4px solid var(--accent); border-radius: 12px; padding: 1.25rem; box-shadow: 0 8px 32px #0004; max-block-size: calc(100dvh - 2rem); overflow-y: auto; overflow-wrap: anywhere; animation: come .25s ease-out; }
@keyframes come { from { opacity: 0; transform: translateY(1rem); } }
@media (prefers-reduced-motion: reduce) { section { animation: none; } }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
fieldset { border: 0; min-inline-size: 0; } fieldset + fieldset { margin-block-start: 1rem; } .asked, h2 { display: block; font-weight: 600; margin-block-end: .75rem; white-space: pre-line; } small { font-size: .875rem; font-weight: 400; }
.scale { display: grid; grid-template-columns: repeat(var(--steps), minmax(0, 1fr)); gap: .25rem; } .s5 { --steps: 5; } .s7 { --steps: 7; } .s11 { --steps: 6; }
label { cursor: pointer; } .step, .choice { position: relative; display: flex; border: 1px solid color-mix(in srgb, var(--ink) 52%, var(--card)); border-radius: 8px; } .step { justify-content: center; align-items: center; min-block-size: 2.75rem; font-variant-numeric: tabular-nums; }
.step input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; opacity: 0; cursor: pointer; } .choice { gap: .6rem; padding: .6rem .8rem; margin-block-end: .4rem; } .choice input { accent-color: var(--accent); inline-size: 1.1rem; }
.step:hover, .choice:hover { border-color: var(--accent); background: var(--soft); } .step:has(:focus-visible), .choice:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; } .step:has(:checked) { background: var(--accent); color: var(--on); font-weight: 700; } .choice:has(:checked) { background: var(--soft); border-color: var(--accent); }
.ends { display: flex; justify-content: space-between; gap: 1rem; font-size: .875rem; margin-block-start: .4rem; }
textarea { inline-size: 100%; min-block-size: 5rem; padding: .6rem .8rem; background: var(--card); border: 1px solid color-mix(in srgb, var(--ink) 52%, var(--card)); border-radius: 8px; resize: vertical; }
.does { display: flex; gap: .5rem; justify-content: end; align-items: center; margin-block-start: 1rem; } button { cursor: pointer; padding: .6rem 1rem; border: 0; border-radius: 8px; background: none; text-decoration: underline; } button.first { background: var(--accent); color: var(--on); font-weight: 600; text-decoration: none; padding-inline: 1.5rem; }
.wrong { margin-block-end: .5rem; font-weight: 600; } .wrong::before { content: "! "; }
@media (forced-colors: active) { .step:has(:checked), .choice:has(:checked) { outline: 3px solid Highlight; } }`;

  const ask = async (said) => {
    const answer = await fetch(at, { method: "POST", credentials: "omit", headers: { "content-type": "application/json" }, body: JSON.stringify(said) });
    return answer.status === 200 ? answer.json() : null;
  };
  const make = (name, known = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(known)) if (value !== false) key in made ? (made[key] = value) : made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };

  async function begin() {
    const it = await ask({ do: "begin", language: told.language || document.documentElement.lang || "", who }).catch(() => null);
    if (!it) return;
    const host = make("sabai-widget", { lang: it.language, dir: it.direction }), root = host.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    style.replaceSync(it.style + STYLE);
    root.adoptedStyleSheets = [style];
    const box = make("section", { role: "region", "aria-label": it.words.name, "aria-live": "polite" }), before = document.activeElement;
    const leave = () => { const inside = root.activeElement; rest(it.rest); host.remove(); if (inside && before) before.focus(); };
    box.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });

    const aside = (words) => (words ? make("small", {}, " " + words) : "");
    const field = (of, wrong) => {
      const id = "why-" + of.key, said = wrong ? make("p", { className: "wrong", id }, wrong) : "";
      const known = { name: of.key, "aria-invalid": wrong ? "true" : false, "aria-describedby": wrong ? id : false };
      if (of.kind === "text") return make("fieldset", {}, make("label", {}, make("span", { className: "asked" }, of.text, aside(!of.required && it.words.optional)), said, make("textarea", { ...known, maxLength: 10000, dir: "auto", value: of.chosen.join("") })));
      const each = (value, text, type) => make("label", { className: of.kind === "scale" ? "step" : "choice" }, make("input", { ...known, type, value, checked: of.chosen.includes(String(value)) }), make("span", {}, text));
      const show = new Intl.NumberFormat(it.language);
      const all = of.kind === "scale" ? [make("div", { className: "scale s" + of.steps.length }, ...of.steps.map((step) => each(step, show.format(step), "radio"))), make("p", { className: "ends" }, make("span", {}, of.low), make("span", {}, of.high))] : of.choices.map(([key, text]) => each(key, text, of.many ? "checkbox" : "radio"));
      return make("fieldset", { role: of.many ? "group" : "radiogroup" }, make("legend", { className: "asked" }, of.text, aside(of.many && it.words.many)), said, ...all);
    };
    const given = (form, fields) => Object.fromEntries(fields.map((of) => {
      const all = new FormData(form).getAll(of.key);
      return [of.key, of.many ? (all.length ? all : null) : all[0] === undefined || all[0].trim() === "" ? null : of.kind === "scale" ? Number(all[0]) : all[0]];
    }));
    const button = (text, known) => make("button", { type: "button", ...known }, text);

    const draw = (sheet, focus) => {
      const form = make("form", { noValidate: true }, ...sheet.fields.map((of) => field(of, (sheet.wrong || {})[of.key])));
      const wrong = make("p", { className: "wrong", role: "alert", hidden: true }, it.words.again);
      form.append(wrong, make("p", { className: "does" }, button(it.words.later, { onclick: leave }), make("button", { className: "first" }, sheet.last ? it.words.send : it.words.next)));
      form.onsubmit = async (event) => {
        event.preventDefault();
        const next = await ask({ do: "next", visit: it.visit, language: it.language, who, step: sheet.step, given: given(form, sheet.fields) }).catch(() => null);
        if (!next) wrong.hidden = false;
        else if (next.done) end(next.done);
        else draw(next.sheet, true);
      };
      box.replaceChildren(form);
      if (focus) box.querySelector("input, textarea").focus();
    };
    const end = (done) => {
      rest(it.rest);
      const close = button(it.words.close, { className: "first", onclick: leave });
      box.replaceChildren(make("h2", {}, done.title), make("p", {}, done.text), make("p", { className: "does" }, close));
      close.focus();
    };
    draw(it.sheet, false);
    root.append(box);
    document.body.append(host);
  }
  setTimeout(begin, Number(told.delay || 2) * 1000);
})();
