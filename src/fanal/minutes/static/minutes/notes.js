/* Minutes are saved as one types, and what somebody else writes appears. The server merges: this window only says from
 * which version its words grew, and which window it is. Without a connection the words wait in the window's storage,
 * in the shape of the drafts of forms, so that they go when those go (logout, quick exit, another person, eight hours). */
(() => {
  "use strict";
  const form = document.querySelector("form[data-notes]");
  if (!form) return;
  const area = form.querySelector("textarea");
  const base = form.elements.base;
  const state = form.querySelector("[data-notes-state]");
  const key = `fanal.draft:note:${form.dataset.item}`;
  const store = window.sessionStorage;
  const PAUSE = 1200;
  const ROUND = 4000;

  const drawn = () => { const bytes = crypto.getRandomValues(new Uint8Array(8)); return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join(""); };
  let name = drawn();
  let known = area.value;
  let busy = false;
  let timer = 0;
  let offline = false;

  const say = (id) => {
    const template = document.getElementById(id);
    if (!template || state.dataset.says === id) return;
    state.dataset.says = id;
    state.replaceChildren(template.content.cloneNode(true));
  };
  const keep = () => {
    const draft = { owner: document.documentElement.dataset.draftOwner || "", path: location.pathname, at: Date.now(),
      sent: false, open: { text: area.value }, secret: {}, base: base.value, window: name };
    try { store.setItem(key, JSON.stringify(draft)); } catch { /* full: typing goes on */ }
  };
  const forget = () => store.removeItem(key);

  /* Show the text of everybody without losing the place where one writes. */
  const show = (text, version) => {
    base.value = version;
    if (area.value === text) { known = text; return; }
    const mark = area.selectionStart;
    const tail = area.value.slice(mark);
    const focused = document.activeElement === area;
    const place = text.endsWith(tail) && tail ? text.length - tail.length : Math.min(mark, text.length);
    area.value = text;
    known = text;
    if (focused) area.setSelectionRange(place, place);
  };

  const save = async () => {
    clearTimeout(timer);
    if (busy) { timer = setTimeout(save, 300); return; }
    const sent = area.value;
    if (sent === known && !offline) return;
    busy = true;
    form.elements.window.value = name;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual",
        headers: { Accept: "application/json" } });
      const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      if (!answer.ok) {
        if (said.refused) { state.dataset.says = ""; state.textContent = said.refused; return; }
        throw new Error("not kept");
      }
      offline = false;
      if (area.value === sent) {
        const merged = said.text !== sent;
        show(said.text, said.version);
        forget();
        say(said.conflicts ? "notes-conflict" : merged ? "notes-merged" : "notes-saved");
      } else {
        timer = setTimeout(save, PAUSE); /* typed on meanwhile: the server knows what this window sent last */
      }
    } catch {
      offline = true;
      say("notes-offline");
      timer = setTimeout(save, ROUND);
    } finally { busy = false; }
  };

  const look = async () => {
    if (busy || area.value !== known || document.hidden) return;
    try {
      const answer = await fetch(`${form.dataset.text}?since=${base.value}`, { headers: { Accept: "application/json" } });
      if (answer.status !== 200 || busy || area.value !== known) return;
      const said = await answer.json();
      show(said.text, said.version);
      say("notes-merged");
    } catch { /* the next round tries again */ }
  };

  area.addEventListener("input", () => {
    say(offline ? "notes-offline" : "notes-typing");
    keep();
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  area.addEventListener("paste", async (event) => {
    const html = event.clipboardData && event.clipboardData.getData("text/html");
    if (!html) return;
    event.preventDefault();
    const plain = event.clipboardData.getData("text/plain");
    const body = new FormData();
    body.append("html", html);
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    let words = plain;
    try {
      const answer = await fetch(form.dataset.paste, { method: "POST", body });
      if (answer.ok) words = (await answer.json()).text;
    } catch { /* the plain words do */ }
    area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); if (area.value === known) say("notes-saved"); else save(); }, true);
  window.addEventListener("online", save);
  window.addEventListener("beforeunload", () => {
    if (area.value === known) return;
    keep();
    form.elements.window.value = name;
    navigator.sendBeacon(form.action, new FormData(form));
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save(); return; }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const link = document.querySelector(`[data-key="${event.key}"]`);
    if (link) { event.preventDefault(); link.click(); }
  });

  /* Words of an earlier visit that never arrived: they go on from the version from which they grew. */
  const draft = (() => { try { return JSON.parse(store.getItem(key)); } catch { return null; } })();
  if (draft && draft.owner === (document.documentElement.dataset.draftOwner || "") && draft.open.text !== area.value) {
    name = draft.window;
    base.value = draft.base;
    area.value = draft.open.text;
    known = null;
    save();
  } else forget();
  setInterval(look, ROUND);
})();
