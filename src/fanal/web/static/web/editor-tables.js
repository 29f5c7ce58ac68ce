/* What the editor of long texts does to tables: its own part, because browsers have no commands for them. */
(() => {
  "use strict";
  window.fanalTables = window.fanalTables || {
    make(tag, text) { return Object.assign(document.createElement(tag), { textContent: text || "" }); },

    table() {
      const table = this.make("table");
      const head = table.createTHead().insertRow();
      for (let n = 1; n <= 3; n += 1) head.append(this.make("th", `${this.words("head")} ${n}`));
      const body = table.createTBody();
      for (let n = 0; n < 2; n += 1) this.cells(body.insertRow(), head, null);
      this.insert([table]);
      this.select(head.cells[0], 1);
      this.changed();
    },

    cells(row, like, first) {
      [...like.cells].forEach((_, nth) => { const cell = this.make(nth === 0 && first ? "th" : "td"); cell.append(this.make("br")); row.append(cell); });
    },

    row() {
      const row = this.within("tr");
      const table = this.within("table");
      const body = table.tBodies[0] || table.createTBody();
      const at = row.parentElement === body ? row.sectionRowIndex + 1 : 0;
      const sample = body.rows[0];
      const made = body.insertRow(at);
      this.cells(made, row, sample && sample.cells[0].tagName === "TH");
      this.select(made.cells[0], 0);
      this.changed();
    },

    column() {
      const at = this.within("th,td").cellIndex;
      [...this.within("table").rows].forEach((row) => {
        const made = this.make(row.parentElement.tagName === "THEAD" ? "th" : "td");
        made.append(this.make("br"));
        (row.cells[at] || row.cells[row.cells.length - 1]).after(made);
      });
      this.changed();
    },

    lessRow() {
      const table = this.within("table");
      this.within("tr").remove();
      this.left(table);
    },

    lessColumn() {
      const table = this.within("table");
      const at = this.within("th,td").cellIndex;
      [...table.rows].forEach((row) => { if (row.cells[at]) row.cells[at].remove(); });
      this.left(table);
    },

    left(table) {
      const cell = table.querySelector("th,td");
      if (!cell) { const p = this.make("p"); p.append(this.make("br")); table.replaceWith(p); this.select(p, 0); } else this.select(cell, 0);
      this.changed();
    },

    heads() {
      const rows = [...this.within("table").tBodies].flatMap((body) => [...body.rows]);
      const to = rows.every((row) => row.cells[0] && row.cells[0].tagName === "TH") ? "td" : "th";
      rows.forEach((row) => {
        if (!row.cells[0]) return;
        const made = this.make(to);
        made.append(...row.cells[0].childNodes);
        row.cells[0].replaceWith(made);
      });
      this.changed();
    },

    async caption() {
      const table = this.within("table");
      const said = await this.ask("caption", table.caption ? table.caption.textContent : "");
      if (said === null) return;
      this.keep();
      if (said) table.createCaption().textContent = said; else table.deleteCaption();
      this.changed();
    },
  };
})();
