/* What is typed in a long form is never lost, and never left behind.
 *
 * Forms with `data-draft` are saved in sessionStorage (this window only) while one types. Fields with `data-secret`
 * (they identify a person) are saved only from a submission until its answer, half an hour at most. A draft goes when
 * its form was accepted, when somebody else logs in, on logout, on quick exit, and after eight hours. Passwords,
 * codes, files and hidden fields are never saved.
 */
(() => {
  "use strict";
  const PREFIX = "fanal.draft:";
  const LIFE = 8 * 3600e3;
  const SECRET_LIFE = 1800e3;
  const NEVER = new Set(["password", "hidden", "file", "submit", "button", "reset", "image"]);
  const root = document.documentElement;
  const owner = root.dataset.draftOwner || "";
  const store = window.sessionStorage;

  const keyOf = (form) => {
    const forms = [...document.querySelectorAll("form[data-draft]")];
    return `${PREFIX}${location.pathname}#${forms.indexOf(form)}`;
  };
  const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const write = (key, draft) => { try { store.setItem(key, JSON.stringify(draft)); } catch { /* full: typing goes on */ } };
  const keys = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));
  const forget = () => keys().forEach((key) => store.removeItem(key));

  const kept = (form) => [...form.elements].filter((el) => el.name && !NEVER.has(el.type) &&
    el.autocomplete !== "one-time-code" && !("draftNever" in el.dataset));

  const valueOf = (el) => {
    if (el.type === "checkbox" || el.type === "radio") return el.checked;
    if (el.type === "select-multiple") return [...el.options].filter((o) => o.selected).map((o) => o.value);
    return el.value;
  };
  const setValue = (el, value) => {
    if (el.type === "checkbox" || el.type === "radio") el.checked = value;
    else if (el.type === "select-multiple") [...el.options].forEach((o) => { o.selected = value.includes(o.value); });
    else el.value = value;
  };
  const idOf = (el) => (el.type === "checkbox" || el.type === "radio" ? `${el.name}=${el.value}` : el.name);

  const save = (form, sent) => {
    const key = keyOf(form);
    const open = {};
    const secret = {};
    kept(form).forEach((el) => { ("secret" in el.dataset ? secret : open)[idOf(el)] = valueOf(el); });
    write(key, { owner, path: location.pathname + location.search, at: Date.now(), sent, open, secret: sent ? secret : {} });
  };

  const prune = () => keys().forEach((key) => {
    const draft = read(key);
    if (!draft || Date.now() - draft.at > LIFE || (owner && draft.owner !== owner)) { store.removeItem(key); return; }
    if (Date.now() - draft.at > SECRET_LIFE && Object.keys(draft.secret).length) write(key, { ...draft, secret: {} });
  });

  const notice = (templateId, before, key) => {
    const template = document.getElementById(templateId);
    if (!template || !before) return null;
    const made = template.content.firstElementChild.cloneNode(true);
    made.dataset.key = key;
    before.before(made);
    return made;
  };

  /* After a submission: accepted (forget), refused with the form shown again (the server holds the values), or lost. */
  const settle = () => {
    const navigation = performance.getEntriesByType("navigation")[0];
    const returned = navigation && navigation.type !== "navigate";
    const bound = new Set([...document.querySelectorAll("form[data-draft][data-bound]")].map(keyOf));
    keys().forEach((key) => {
      const draft = read(key);
      if (!draft.sent) return;
      if ("keepDrafts" in root.dataset) write(key, { ...draft, lost: true });
      else if (bound.has(key)) write(key, { ...draft, sent: false, lost: false, secret: {} });
      else if (!draft.lost && !returned) store.removeItem(key);
      else if (draft.path.split("?")[0] !== location.pathname) {
        const made = notice("draft-elsewhere", document.querySelector("main > *"), key);
        if (made) made.querySelector("a").href = draft.path;
      }
    });
  };

  const restore = (form) => {
    const key = keyOf(form);
    const draft = read(key);
    if (!draft || draft.owner !== owner) return;
    const values = { ...draft.open, ...draft.secret };
    let changed = false;
    kept(form).forEach((el) => {
      const id = idOf(el);
      if (!(id in values) || JSON.stringify(valueOf(el)) === JSON.stringify(values[id])) return;
      setValue(el, values[id]);
      changed = true;
    });
    write(key, { ...draft, sent: false, lost: false, secret: {} });
    if (changed) notice("draft-restored", form, key);
  };

  let waiting = 0;
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => save(form, false), 300);
  });
  document.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (event.target.matches("[data-forget]")) forget();
    else if (event.target.matches("form[data-draft]")) save(event.target, true);
  }, true);
  document.addEventListener("click", (event) => {
    const discard = event.target.closest("[data-draft-discard]");
    if (!discard) return;
    clearTimeout(waiting);
    const shown = discard.closest("[data-draft-notice]");
    const form = discard.closest("form[data-draft]") || document.querySelector("form[data-draft]");
    if (shown) store.removeItem(shown.dataset.key);
    if (form && (!shown || keyOf(form) === shown.dataset.key)) { store.removeItem(keyOf(form)); form.reset(); }
    if (shown) shown.remove();
  });

  prune();
  settle();
  document.querySelectorAll("form[data-draft]").forEach(restore);
  setInterval(prune, 60e3);
})();
