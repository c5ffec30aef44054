// Completes keys of sabai.yaml from its JSON Schema: Control and space, arrows, Enter.
(() => {
  "use strict";
  const editor = document.querySelector(".code-editor"), list = document.querySelector(".completions");
  if (!editor || !list) return;
  let schema, chosen = 0, offered = [];

  // What a place in the file may hold, by following the keys above it.
  const follow = (node, key) => {
    for (const way of every(node)) {
      if (way.properties?.[key]) return way.properties[key];
      if (way.additionalProperties && typeof way.additionalProperties === "object") return way.additionalProperties;
      const fitting = Object.entries(way.patternProperties ?? {}).find(([pattern]) => new RegExp(pattern, "u").test(key));
      if (fitting) return fitting[1];
    }
    return {};
  };
  const every = (node) => {
    if (!node) return [];
    if (node.$ref) return every(node.$ref.replace("#/", "").split("/").reduce((at, part) => at?.[part], schema));
    return [node, ...[...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])].flatMap(every)];
  };

  function place() {
    const above = editor.value.slice(0, editor.selectionStart).split("\n");
    const line = above.pop(), word = line.match(/[\w]*$/)[0];
    let indent = line.search(/\S|$/);
    const path = [];
    for (const earlier of above.reverse()) {
      const found = earlier.match(/^( *)([\w.-]+):/);
      if (found && found[1].length < indent) { path.unshift(found[2]); indent = found[1].length; }
    }
    return { path, word };
  }

  function keys() {
    const { path, word } = place();
    const here = path.reduce(follow, schema);
    const names = new Map(every(here).flatMap((way) => Object.entries(way.properties ?? {})));
    return [...names].filter(([name]) => name.startsWith(word)).map(([name, of]) => ({ name, about: of.description ?? "", word }));
  }

  function offer() {
    offered = keys().slice(0, 12);
    chosen = 0;
    list.replaceChildren(...offered.map((each, at) => {
      const item = document.createElement("li"), name = document.createElement("b"), about = document.createElement("small");
      item.id = `completion-${at}`; item.setAttribute("role", "option"); name.textContent = each.name; about.textContent = each.about;
      item.append(name, " ", about);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); chosen = at; take(); });
      return item;
    }));
    mark();
  }

  function mark() {
    list.hidden = !offered.length;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", at === chosen));
    offered.length ? editor.setAttribute("aria-activedescendant", `completion-${chosen}`) : editor.removeAttribute("aria-activedescendant");
  }

  function take() {
    const { name, word } = offered[chosen], at = editor.selectionStart;
    editor.setRangeText(`${name.slice(word.length)}: `, at, at, "end");
    offered = [];
    mark();
  }

  editor.addEventListener("keydown", async (event) => {
    if (event.ctrlKey && event.key === " ") {
      event.preventDefault();
      schema ??= await (await fetch(editor.dataset.schema)).json();
      return offer();
    }
    if (!offered.length) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) { chosen = (chosen + steps[event.key] + offered.length) % offered.length; mark(); }
    else if (event.key === "Enter" || event.key === "Tab") take();
    else if (event.key === "Escape") { offered = []; mark(); }
    else return;
    event.preventDefault();
  });
  editor.addEventListener("input", () => { if (offered.length) offer(); });
})();
