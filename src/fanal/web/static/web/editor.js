/* Long texts: a textarea becomes an editor. The server cleans whatever comes; here one writes.
 *
 * The textarea keeps the text at every moment, so that drafts, forms and the server know nothing of the editor.
 */
(() => {
  "use strict";
  if (window.fanalEditor) return;
  window.fanalEditor = true;
  const { make } = window.fanalTables;
  const BLOCKS = "p,h2,h3,h4,ul,ol,table,blockquote";
  const CHIPS = "[data-note],[data-figure],[data-ref]";
  const DEEPEST = 200;
  const SEAMS = /^\u00a0(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N},.;])\u00a0$/gu; // a browser's own, at the seam of two marks
  const parsed = (html) => { // without scripts, pictures or styles: a document that is not shown runs nothing
    const content = document.createDocumentFragment();
    content.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    return content;
  };

  class Editor {
    constructor(box) {
      this.box = box;
      this.source = box.querySelector("textarea");
      this.tools = box.querySelector("[role=toolbar]");
      this.status = box.querySelector("[data-status]");
      this.past = [];
      this.future = [];
      this.build();
      this.load();
      this.listen();
    }

    build() {
      const area = this.area = make("div");
      area.className = "prose-area";
      area.contentEditable = "true";
      area.dir = "auto";
      for (const [name, value] of [["role", "textbox"], ["aria-multiline", "true"]]) area.setAttribute(name, value);
      for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
        if (this.source.hasAttribute(name)) area.setAttribute(name, this.source.getAttribute(name));
      }
      const label = this.source.labels && this.source.labels[0];
      if (label) {
        label.id = label.id || `${this.source.id}-label`;
        area.setAttribute("aria-labelledby", label.id);
        label.addEventListener("click", (event) => { event.preventDefault(); area.focus(); });
      }
      area.id = `${this.source.id}-area`;
      this.tools.setAttribute("aria-controls", area.id);
      this.source.hidden = true;
      this.source.required = false;
      this.source.after(area);
      this.tools.hidden = false;
      this.box.querySelector("[data-plain]").remove();
      document.execCommand("defaultParagraphSeparator", false, "p");
      document.execCommand("styleWithCSS", false, "false");
      this.rove(this.buttons()[0]);
    }

    /* what the server sent, unless a draft came back in its place */
    load() {
      const given = this.box.querySelector("template[data-html]").innerHTML;
      const value = this.source.value;
      if (value === this.source.defaultValue) this.show(given);
      else if (/^\s*</.test(value)) this.show(value);
      else this.area.replaceChildren(...value.split(/\n\s*\n/).map((words) => make("p", words)));
      this.fill();
    }

    show(html) {
      const content = parsed(html);
      content.querySelectorAll("[style],script,style,link").forEach((el) => (el.matches("[style]") ? el.removeAttribute("style") : el.remove()));
      this.area.replaceChildren(content);
      this.fill();
    }

    /* there is always a paragraph to write in, and what stands for something is one piece */
    fill() {
      this.area.querySelectorAll(CHIPS).forEach((el) => { el.contentEditable = "false"; });
      const last = this.area.lastElementChild;
      if (!last || last.matches("table,ul,ol,blockquote")) { const p = make("p"); p.append(make("br")); this.area.append(p); }
    }

    sync() {
      const copy = this.area.cloneNode(true);
      copy.querySelectorAll("[contenteditable]").forEach((el) => el.removeAttribute("contenteditable"));
      copy.querySelectorAll("p").forEach((p) => { if (!p.textContent.trim() && !p.querySelector(CHIPS)) p.remove(); });
      const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(SEAMS, " ");
      const empty = !copy.textContent.trim() && !copy.querySelector(CHIPS);
      this.source.value = empty ? "" : copy.innerHTML;
    }

    changed() {
      this.fill();
      this.sync();
      this.source.dispatchEvent(new Event("input", { bubbles: true }));
      this.look();
    }

    /* ---- undo: pictures of the text, because tables are changed by us and not by the browser */
    keep() {
      const now = this.area.innerHTML;
      if (this.past.at(-1) === now) return;
      this.past.push(now);
      if (this.past.length > DEEPEST) this.past.shift();
      this.future = [];
    }

    travel(from, to) {
      const now = this.area.innerHTML;
      while (from.length && from.at(-1) === now) from.pop();
      if (!from.length) return;
      const at = this.offset();
      to.push(now);
      this.area.replaceChildren(parsed(from.pop()));
      this.area.querySelectorAll("p:empty").forEach((p) => p.remove());
      this.place(at);
      this.changed();
    }

    offset() {
      const range = this.range();
      if (!range) return 0;
      const before = document.createRange();
      before.setStart(this.area, 0);
      before.setEnd(range.endContainer, range.endOffset);
      return before.toString().length;
    }

    place(offset) {
      const walker = document.createTreeWalker(this.area, NodeFilter.SHOW_TEXT);
      let left = offset;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (left <= node.length) { this.select(node, left); return; }
        left -= node.length;
      }
      this.select(this.area, this.area.childNodes.length);
    }

    /* ---- where one is */
    range() {
      const selection = getSelection();
      if (document.activeElement === this.area && selection.rangeCount && this.area.contains(selection.getRangeAt(0).commonAncestorContainer)) {
        this.last = selection.getRangeAt(0).cloneRange();
      }
      return this.last && this.area.contains(this.last.commonAncestorContainer) ? this.last : null;
    }

    select(node, offset) {
      this.area.focus();
      getSelection().collapse(node, offset);
    }

    back() {
      const range = this.range();
      this.area.focus({ preventScroll: true });
      if (!range) { this.select(this.area, this.area.childNodes.length); return this.range(); }
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return range;
    }

    within(selector) {
      const range = this.range();
      if (!range) return null;
      const node = range.startContainer;
      const found = (node.nodeType === 1 ? node : node.parentElement).closest(selector);
      return found && found !== this.area && this.area.contains(found) ? found : null;
    }

    look() {
      const inside = document.activeElement === this.area;
      this.tools.querySelectorAll("[data-block]").forEach((b) => b.setAttribute("aria-pressed", String(Boolean(this.within(b.dataset.block)))));
      if (inside) this.tools.querySelectorAll("[data-mark]").forEach((b) => b.setAttribute("aria-pressed", String(document.queryCommandState(b.dataset.mark))));
      this.tools.querySelector("[data-in-table]").hidden = !this.within("table");
    }

    /* ---- the tools, as one stop of the tab key */
    buttons() { return [...this.tools.querySelectorAll("button")].filter((b) => !b.closest("[hidden]") || this.tools.hidden); }

    rove(to) { this.tools.querySelectorAll("button").forEach((b) => { b.tabIndex = b === to ? 0 : -1; }); }

    steer(event) {
      const all = this.buttons();
      const at = all.indexOf(document.activeElement);
      const rtl = getComputedStyle(this.tools).direction === "rtl" ? -1 : 1;
      const step = { ArrowRight: rtl, ArrowLeft: -rtl }[event.key];
      const to = event.key === "Home" ? all[0] : event.key === "End" ? all.at(-1) : step && all.at((at + step) % all.length);
      if (event.key === "Escape") { event.preventDefault(); this.back(); }
      if (!to) return;
      event.preventDefault();
      this.rove(to);
      to.focus();
    }

    press(button) {
      this.rove(button);
      this.back();
      this.keep();
      const { block, mark, act } = button.dataset;
      if (block) document.execCommand("formatBlock", false, this.within(block) ? "<p>" : `<${block}>`);
      else if (mark) { document.execCommand(mark); this.lift(); }
      else { this[act.replace(/-(\w)/, (_, c) => c.toUpperCase())](); return; }
      this.changed();
    }

    /* browsers put a list inside its paragraph; no parser would leave it there */
    lift() {
      const { anchorNode, anchorOffset } = getSelection();
      const wrapped = this.area.querySelectorAll(":is(p,h2,h3,h4) > :is(ul,ol)");
      wrapped.forEach((list) => list.parentElement.replaceWith(...list.parentElement.childNodes));
      if (wrapped.length) this.select(anchorNode, anchorOffset);
    }

    undo() { this.travel(this.past, this.future); }
    redo() { this.travel(this.future, this.past); }

    /* ---- one question at a time */
    ask(name, value, list) {
      const dialog = this.box.querySelector("template[data-ask]").content.firstElementChild.cloneNode(true);
      const input = dialog.querySelector("input");
      dialog.querySelector("label span").textContent = this.words(name);
      input.value = value || "";
      if (list) { list.id = list.id || `${this.source.id}-list`; input.setAttribute("list", list.id); }
      const here = this.range();
      document.body.append(dialog);
      dialog.showModal();
      return new Promise((resolve) => dialog.addEventListener("close", () => {
        dialog.remove();
        this.area.focus();
        if (here) { getSelection().removeAllRanges(); getSelection().addRange(here); }
        resolve(dialog.returnValue === "yes" ? input.value.trim() : null);
      }));
    }

    words(name) { return this.box.querySelector("template[data-words]").content.querySelector(`[data-for="${name}"]`).textContent; }

    async note(chip) {
      const range = this.range();
      const said = await this.ask("note", chip ? chip.textContent : String(range || ""));
      if (said === null) return;
      this.chip(chip, "note", "", said);
    }

    async figure() {
      const code = await this.ask("figure", "", this.box.querySelector("datalist"));
      if (code) this.chip(null, "figure", code, "");
    }

    chip(old, kind, value, text) {
      this.keep();
      const made = make("span", text);
      made.dataset[kind] = value;
      if (old) { if (text) old.replaceWith(made); else old.remove(); } else {
        const range = this.back();
        if (kind === "note" && !text) return;
        range.collapse(false);
        range.insertNode(made);
        this.after(made);
      }
      this.changed();
    }

    after(node) {
      const range = document.createRange();
      range.setStartAfter(node);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    }

    async link() {
      const here = this.within("a");
      const address = await this.ask("link", here ? here.getAttribute("href") : "https://");
      if (address === null) return;
      this.keep();
      const range = this.back();
      if (here) {
        if (address) here.setAttribute("href", address); else here.replaceWith(...here.childNodes);
      } else if (/^(https?:\/\/|mailto:)\S/i.test(address)) {
        if (range.collapsed) { const a = make("a", address); a.setAttribute("href", address); range.insertNode(a); this.after(a); }
        else document.execCommand("createLink", false, address);
      }
      this.changed();
    }

    /* ---- what comes from elsewhere */
    insert(nodes) {
      const range = this.back();
      range.deleteContents();
      const blocks = nodes.filter((node) => node.nodeType === 1 && node.matches(BLOCKS));
      const cell = this.within("th,td,caption");
      if (cell || (nodes.length === 1 && blocks.length === 1 && blocks[0].tagName === "P") || !blocks.length) {
        const inner = blocks.length === 1 && blocks[0].tagName === "P" ? [...blocks[0].childNodes] : blocks.length ? [document.createTextNode(nodes.map((n) => n.textContent).join(" "))] : nodes;
        const piece = document.createDocumentFragment();
        piece.append(...inner);
        const end = piece.lastChild;
        range.insertNode(piece);
        if (end) this.after(end);
        return;
      }
      let here = this.within(BLOCKS);
      while (here && here.parentElement !== this.area) here = here.parentElement;
      if (here) here.after(...nodes); else this.area.append(...nodes);
      if (here && here.tagName === "P" && !here.textContent.trim() && !here.querySelector(CHIPS)) here.remove();
      const end = nodes.at(-1);
      this.select(end, end.childNodes.length);
    }

    async clean(name, value) {
      const data = new FormData();
      data.append(name, value);
      const token = document.querySelector('meta[name="csrf-token"]');
      this.status.textContent = this.box.dataset.working;
      const answer = await fetch(this.box.dataset.clean, { method: "POST", body: data, headers: { "X-CSRFToken": token ? token.content : "", Accept: "application/json" } });
      const said = await answer.json().catch(() => ({}));
      if (!answer.ok) throw new Error(said.detail || "");
      return [...parsed(said.html).childNodes];
    }

    async paste(event) {
      const data = event.clipboardData;
      event.preventDefault();
      const text = data.getData("text/plain");
      const html = data.getData("text/html");
      this.keep();
      const plain = () => text.split(/\r?\n\s*\r?\n/).filter((words) => words.trim()).map((words) => make("p", words));
      let nodes = plain();
      let told = "";
      if (html) {
        try { nodes = await this.clean("html", html); told = this.box.dataset.brought; } catch { told = this.box.dataset.failed; }
      }
      if (nodes.length) this.insert(nodes);
      this.changed();
      this.status.textContent = told;
    }

    file() {
      const input = Object.assign(make("input"), { type: "file", accept: ".docx" });
      input.addEventListener("change", async () => {
        if (!input.files[0]) return;
        try {
          this.insert(await this.clean("file", input.files[0]));
          this.changed();
          this.status.textContent = this.box.dataset.brought;
        } catch (fault) { this.status.textContent = fault.message || this.box.dataset.refused; }
      });
      input.click();
    }

    listen() {
      const { area, tools } = this;
      tools.addEventListener("mousedown", (event) => event.preventDefault());
      tools.addEventListener("click", (event) => { const b = event.target.closest("button"); if (b) this.press(b); });
      tools.addEventListener("keydown", (event) => this.steer(event));
      area.addEventListener("beforeinput", () => this.keep());
      area.addEventListener("input", () => this.changed());
      area.addEventListener("paste", (event) => this.paste(event));
      area.addEventListener("drop", (event) => event.preventDefault());
      area.addEventListener("click", (event) => { const chip = event.target.closest("[data-note]"); if (chip) this.note(chip); });
      area.addEventListener("keydown", (event) => {
        const command = (event.ctrlKey || event.metaKey) && event.key.toLowerCase();
        if (command === "z" || command === "y") {
          event.preventDefault();
          if (command === "y" || event.shiftKey) this.redo(); else this.undo();
        } else if (event.altKey && event.key === "F10") { event.preventDefault(); tools.querySelector('[tabindex="0"]').focus(); }
      });
      document.addEventListener("selectionchange", () => { if (document.activeElement === area) { this.range(); this.look(); } });
      if (this.source.form) this.source.form.addEventListener("reset", () => setTimeout(() => this.load()));
    }
  }

  Object.assign(Editor.prototype, window.fanalTables);

  const enhance = (part) => part.querySelectorAll("[data-editor]:not([data-made])").forEach((box) => {
    box.dataset.made = "";
    new Editor(box);
  });
  enhance(document);
  document.addEventListener("htmx:load", (event) => enhance(event.target));
})();
