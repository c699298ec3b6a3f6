/* Tables whose rows are added one by one. Rows are found anew at every look, because adding one may move the others or post
 * the whole page: nobody here remembers a row by its place.
 *
 * A native table is found by the words of its header; rows of any other shape by `row` (CSS). A kit's grid comes from its
 * `grids()`: [{el, columns() -> words, rows() -> [[{text, code}]], add(values by column, set) -> {problem}, clear(), settle()}]. */
(() => {
  'use strict';
  const ow = window.__onewindow;
  if (ow.headersOf) return;
  const { verbs, tidy, bare, textOf, isSeen, gridOf, kits, found, normal } = ow;
  const same = (a, b) => tidy(a) === tidy(b) || !!bare(a) && bare(a) === bare(b);

  const headAt = (table, wanted) => {
    const grid = gridOf(table);
    for (let r = 0; r < grid.rows.length && r < 4; r++) {
      const cells = grid.rows[r] || [];
      const at = wanted.map(words => cells.findIndex(cell => cell && same(textOf(cell), words)));
      if (at.length && at.every(c => c >= 0)) return { r, at };
    }
    return null;
  };
  ow.headersOf = table => { const row = [...table.rows].find(r => r.cells.length > 1); return row && !ow.hasControl(row) ? [...row.cells].map(textOf).filter(Boolean) : []; };
  const inSection = (el, section) => !section || ow.sectionsOf(el).some(words => same(words, section) || ow.alike(words, section) >= .8);
  const headed = q => {
    const wanted = q.columns.map(c => c.header).filter(Boolean);
    if (!wanted.length) return [];
    const tables = [...ow.rootOf(q.within).querySelectorAll('table')].filter(t => (!q.css || t.matches(q.css) || t.closest(q.css)) && isSeen(t));
    return ow.innermost(tables.map(t => ({ t, head: headAt(t, wanted) })).filter(o => o.head).map(o => o.t)).filter(t => inSection(t, q.section));
  };
  const gridsOf = q => {
    const wanted = q.columns.map(c => c.header).filter(Boolean);
    const all = kits.filter(k => k.grids && k.present()).flatMap(k => k.grids());
    return all.filter(g => isSeen(g.face ? g.face(g.el) : g.el) && wanted.every(w => g.columns().some(c => same(c, w))) && inSection(g.el, q.section) && (!q.css || g.el.matches(q.css) || g.el.closest(q.css)));
  };

  // The box of one column in one row: by its place under the header, else by its own label, name or CSS inside the row.
  const boxIn = (row, column, head, all) => {
    const inside = all.filter(c => row === c.el || row.contains(c.el));
    let hits = inside;
    if (column.css) hits = inside.filter(c => c.el.matches(column.css) || c.els && c.els.some(e => e.matches(column.css)));
    else if (column.name) hits = inside.filter(c => new RegExp('^(?:' + column.name + ')$').test(c.el.name));
    else if (head && column.header) {
      const grid = gridOf(head.table), cellAt = row.tagName === 'TR' ? (grid.rows[[...head.table.rows].indexOf(row)] || gridOf(row.closest('table')).rows[row.rowIndex] || [])[head.at[column.header]] : null;
      hits = inside.filter(c => cellAt && cellAt.contains(c.el));
    } else if (column.label || column.header) hits = inside.filter(c => c.labels.some(l => same(l.words, column.label || column.header)));
    const seen = hits.filter(c => c.seen);
    return (seen.length ? seen : hits)[(column.nth || 1) - 1] || null;
  };
  const open = q => {
    const grids = gridsOf(q);
    if (grids.length === 1) return { grid: grids[0] };
    const tables = headed(q), all = ow.controls(ow.rootOf(q.within));
    if (!q.row && tables.length !== 1) return { problem: tables.length || grids.length ? 'table_ambiguous' : 'table_missing' };
    const table = tables[0], wanted = q.columns.filter(c => c.header);
    const place = table && headAt(table, wanted.map(c => c.header));
    const head = place && { table, r: place.r, at: Object.fromEntries(wanted.map((c, i) => [c.header, place.at[i]])) };
    const bodies = q.row ? [...ow.rootOf(q.within).querySelectorAll(q.row)] : [...table.rows].slice(place.r + 1).filter(r => r.closest('table') === table);
    const later = !q.row && !bodies.some(r => ow.hasControl(r)) && table && following(table);
    const rows = (later ? [...later.rows] : bodies).filter(isSeen).map(el => ({ el, boxes: q.columns.map(c => boxIn(el, c, head, all)) }));
    return { table, rows: rows.filter(r => q.plain || r.boxes.some(Boolean)), head };
  };
  // Header and body of a scrolling list are two tables: the next one with as many columns.
  const following = table => {
    const all = [...document.querySelectorAll('table')], width = t => Math.max(0, ...gridOf(t).rows.map(r => r.length));
    return all.slice(all.indexOf(table) + 1).find(t => !table.contains(t) && width(t) === width(table) && ow.hasControl(t)) || null;
  };
  const isBlank = c => {
    if (!c) return true;
    if (c.type === 'select') return c.el.selectedIndex <= 0 || !c.el.value;
    if (c.type === 'radio' || c.type === 'checkbox') return true;
    return !String(ow.valueOf(c).text || '').trim();
  };
  const cellsOf = (row, q) => row.boxes.map((c, n) => {
    if (!c) return { text: '', code: '', normalised: '', missing: true };
    const got = ow.valueOf(c);
    return { text: got.text || '', code: String(got.code == null ? '' : got.code), normalised: normal(got.text, q.columns[n].normalise), maxlength: c.el.maxLength > 0 ? c.el.maxLength : 0, type: c.type };
  });
  const words = q => [...ow.rootOf(q.within).querySelectorAll('th,thead td,tr:first-child td')].filter(isSeen).map(textOf).filter(w => w.length < 30);
  ow.openTable = open;
  verbs.table = q => {
    const t = open(q);
    if (t.problem) return { problem: t.problem, near: [...new Set(words(q))].slice(0, 12), charset: document.characterSet };
    if (t.grid) {
      if (t.grid.settle) t.grid.settle();
      const columns = t.grid.columns(), at = q.columns.map(c => columns.findIndex(w => same(w, c.header)));
      return { kind: 'grid', charset: document.characterSet, rows: t.grid.rows().map(r => ({ blank: r.every(c => !c.text), cells: at.map((i, n) => ({ ...r[i], normalised: normal(r[i].text, q.columns[n].normalise) })) })) };
    }
    return { kind: 'native', charset: document.characterSet, rows: t.rows.map(r => ({ blank: r.boxes.every(isBlank), words: ow.shown(r.el.innerText), cells: cellsOf(r, q) })) };
  };
  verbs.tableRow = async q => {
    const t = open(q), row = t.rows && t.rows[q.at];
    if (!row) return { problem: 'row_gone' };
    for (const [n, f] of q.fields.entries()) {
      if (!f) continue;
      const c = row.boxes[n];
      if (!c) return { problem: 'column_missing', at: n };
      if (!ow.fits(f.kind, c)) return { problem: 'kind', at: n };
      found.set(f.key, { f, cs: [c] });
      const problem = await ow.putOne(f, { cs: [c] });
      if (problem) return { problem, at: n, near: problem === 'option' ? (ow.optionsOf(c) || []).map(o => o.text).slice(0, 12) : [] };
      const bad = ow.invalidOf(c);
      if (bad) return { problem: 'invalid', at: n, words: bad };
    }
    await ow.tick();
    return {};
  };
  verbs.gridRow = async q => {
    const t = open(q);
    if (!t.grid) return { problem: t.problem || 'table_missing' };
    const columns = t.grid.columns(), by = columns.map(w => q.columns.findIndex(c => same(c.header, w)));
    const given = by.map(n => n >= 0 && q.fields[n] ? q.fields[n].value : null);
    const set = async (el, value) => {
      const c = ow.controls().find(c => c.el === el || (c.els || []).includes(el));
      const f = q.fields.find(f => f && f.value === value) || { key: 'cell', value };
      return c ? ow.putOne({ ...f, value }, { cs: [c] }) : 'missing';
    };
    return await t.grid.add(given, set) || {};
  };
  // The button that adds a row: of several with the same words the one nearest to this table.
  ow.adder = text => {
    const q = JSON.parse(text), hits = ow.button(JSON.stringify({ ...q.add, within: q.within }));
    if (hits.length < 2) return hits;
    const t = open(q), here = t.grid ? t.grid.el : t.table || (t.rows && t.rows[0] && t.rows[0].el);
    if (!here) return hits;
    const depth = el => { let n = 0; for (; el; el = el.parentElement) n++; return n; };
    const common = el => { let up = here; while (up && !up.contains(el)) up = up.parentElement; return depth(up); };
    const most = Math.max(...hits.map(common));
    return hits.filter(el => common(el) === most);
  };
})();
