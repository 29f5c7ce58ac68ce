/* Small helps on top of pages that work without them. */
(() => {
  "use strict";
  const words = (id) => {
    const template = document.getElementById(id);
    return template ? template.content.firstElementChild.cloneNode(true) : document.createElement("span");
  };

  /* htmx sends the token that forms carry as a field */
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]');
    if (token) event.detail.headers["X-CSRFToken"] = token.content;
  });

  /* one click, one submission; words after a second */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || "leave" in form.dataset) return;
    if ("sending" in form.dataset) { event.preventDefault(); return; }
    form.dataset.sending = "";
    const button = event.submitter;
    if (button) button.setAttribute("aria-busy", "true");
    setTimeout(() => {
      if ("sending" in form.dataset && button && button.classList.contains("btn")) button.after(words("sending-words"));
    }, 1000);
  });
  const ready = (form) => {
    delete form.dataset.sending;
    form.querySelectorAll("[aria-busy]").forEach((el) => el.removeAttribute("aria-busy"));
    form.querySelectorAll(".busy-words").forEach((el) => el.remove());
  };
  window.addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form").forEach(ready); });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    if (form) ready(form);
  });

  /* leaving quickly: log out behind, show something harmless in front, leave nothing in the window */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("leave" in form.dataset)) return;
    event.preventDefault();
    document.body.hidden = true;
    try { sessionStorage.clear(); } catch { /* nothing was kept */ }
    fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" })
      .catch(() => null).finally(() => location.replace(form.dataset.leave));
    setTimeout(() => location.replace(form.dataset.leave), 400);
  });

  /* dialogs: <a href="/confirm" data-opens="id"> also works without script */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      if (dialog) { event.preventDefault(); dialog.showModal(); }
    }
    const closer = event.target.closest("[data-closes]");
    if (closer) { event.preventDefault(); closer.closest("dialog").close(); }
    document.querySelectorAll(".me details[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".me details[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  /* a calendar beside the text field of a date */
  const CALENDAR = "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5";
  const picker = (box) => {
    const text = box.querySelector("input");
    if (!text || text.disabled || "made" in box.dataset || !("showPicker" in HTMLInputElement.prototype)) return;
    box.dataset.made = "";
    const holder = document.createElement("span");
    holder.className = "picker";
    const source = document.createElement("input");
    Object.assign(source, { type: "date", tabIndex: -1, className: "picker-source" });
    source.setAttribute("aria-hidden", "true");
    source.dataset.draftNever = "";
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "picker-open", title: words("picker-words").textContent });
    button.setAttribute("aria-label", button.title);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    for (const [name, value] of [["d", CALENDAR], ["fill", "none"], ["stroke", "currentColor"], ["stroke-width", "2"]])
      path.setAttribute(name, value);
    svg.append(path);
    button.append(svg);
    button.addEventListener("click", () => source.showPicker());
    source.addEventListener("change", () => {
      const [year, month, day] = source.value.split("-");
      if (!day) return;
      text.value = `${day}.${month}.${year}`;
      text.dispatchEvent(new Event("input", { bubbles: true }));
      text.dispatchEvent(new Event("change", { bubbles: true }));
      text.focus();
    });
    holder.append(source, button);
    text.after(holder);
  };

  /* how much room is left in a long text, once it becomes a question */
  const count = (area) => {
    const limit = Number(area.dataset.limit);
    let shown = area.nextElementSibling;
    if (area.value.length < limit * 0.8) { if (shown && shown.matches(".count")) shown.remove(); return; }
    if (!shown || !shown.matches(".count")) {
      shown = document.createElement("span");
      shown.className = "help count";
      shown.setAttribute("role", "status");
      area.after(shown);
    }
    shown.textContent = `${area.value.length.toLocaleString()} / ${limit.toLocaleString()}`;
  };
  document.addEventListener("input", (event) => { if (event.target.dataset.limit) count(event.target); });

  /* on a phone the list comes before its filters, unless one is set */
  const phone = window.matchMedia("(max-width: 640px)");
  const fold = () => document.querySelectorAll("details.filter-box").forEach((box) => {
    box.open = !phone.matches || "filtered" in box.dataset || box.contains(document.activeElement);
  });
  phone.addEventListener("change", fold);
  fold();

  const enhance = (part) => {
    part.querySelectorAll("[data-picker]").forEach(picker);
    const focus = part.querySelector("[data-focus]");
    if (focus) focus.focus();
  };
  enhance(document);
  document.addEventListener("htmx:load", (event) => enhance(event.target));
  const current = document.querySelector("nav.main [aria-current]");
  if (current) current.closest("nav").scrollLeft = Math.max(current.offsetLeft - 40, 0);
})();
