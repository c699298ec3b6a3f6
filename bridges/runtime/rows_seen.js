/* Rows that stand below one another, for the recorder: which boxes belong to one row, and how a recipe names the table so
 * that the engine finds just these rows. Every name that is told was tried with the engine's own eyes (tables.js) first.
 *
 * Three shapes: `boxes` (a table with a header, a box in its cells), `rows` (no header: parts of the page that are built the
 * same way) and `words` (a table that only shows what was filled elsewhere, in a dialog). */
(() => {
  'use strict';
  const ow = window.__onewindow;
  if (!ow || ow.rowsSeen) return;
  const { tidy, bare, textOf, isSeen, gridOf, sectionsOf } = ow;
  const BOXED = 'input:not([type=hidden]):not([type=button]):not([type=submit]):not([type=image]):not([type=reset]):not([type=checkbox]):not([type=radio]),select,textarea';
  const steady = s => s && !/\d|^(is-|active|on$|hover|focus|open|selected|current|odd|even|first|last|layui-this)/.test(s);
  const bareName = s => (s || '').replace(/\d+/g, '#');
  let mine = new Set(); // boxes of the tables with a header
  const told = problem => { try { return problem(); } catch (e) { return null; } };

  // ---- tables with a header ----------------------------------------------------------------------------------------
  const headOf = table => {
    for (const [r, row] of [...table.rows].slice(0, 4).entries()) {
      const words = [...row.cells].map(textOf);
      if (words.filter(Boolean).length > 1 && !row.querySelector(BOXED)) return { r, words: (gridOf(table).rows[r] || []).map(cell => cell ? textOf(cell) : '') };
    }
    return null;
  };
  const ownText = cell => { const rest = cell.cloneNode(true); rest.querySelectorAll('a,button,select,textarea,[onclick]').forEach(n => n.remove()); return textOf(rest).replace(/[\d.、\s]/g, ''); };
  const isForm = (table, r, rows) => { // its words say what each line is: a form, not a list
    const body = [...table.rows].slice(r + 1), boxed = body.filter(row => ow.hasControl(row));
    const between = body.slice(0, body.indexOf(boxed[boxed.length - 1]) + 1).filter(row => !ow.hasControl(row));
    if (between.some(row => isSeen(row) && [...row.cells].filter(textOf).length > 1)) return true;
    const said = rows.map(row => row.el.tagName === 'TR' ? [...row.el.cells].filter(cell => !ow.hasControl(cell)).map(ownText).join('|') : '');
    return rows.length > 1 && said.some(words => words.replace(/\|/g, '')) && new Set(said).size > 1;
  };
  const addressOf = (table, columns) => {
    const ways = [{}, ...sectionsOf(table).slice(0, 3).map(section => ({ section })), ...(table.id && steady(table.id) ? [{ css: '#' + CSS.escape(table.id) }] : []),
      ...[...table.classList].filter(steady).map(one => ({ css: 'table.' + CSS.escape(one) }))];
    return ways.find(way => { const t = told(() => ow.openTable({ columns, ...way })); return t && t.table === table; }) || null;
  };
  // Header and body of a scrolling list are two tables: the second one's first row is no header.
  const isBody = table => {
    const all = [...document.querySelectorAll('table')], width = t => Math.max(0, ...gridOf(t).rows.map(r => r.length));
    const before = all[all.indexOf(table) - 1];
    return !!before && before.rows.length === 1 && width(before) === width(table) && !ow.hasControl(before);
  };
  const keyOf = (words, table) => words.map(tidy).join('|') + '@' + tidy((sectionsOf(table)[0] || '').replace(/\d/g, '')) + '#' + bareName(table.id);
  const headed = (table, numberOf) => {
    const head = headOf(table);
    if (!head) return null;
    const words = head.words.filter((w, i, all) => w && all.findIndex(o => tidy(o) === tidy(w)) === i);
    if (words.length < 2 || !head.r && !table.tHead && !table.querySelector('th') && isBody(table)) return null;
    const columns = words.map(header => ({ header })), address = addressOf(table, columns);
    if (!address) return null;
    const rows = ow.openTable({ columns, ...address }).rows, more = [];
    for (const [i, column] of columns.entries()) for (const row of rows) { // two boxes in one cell
      const cell = row.boxes[i] && row.boxes[i].el.closest('td,th'), inside = cell ? ow.controls(cell).filter(c => c.seen).length : 0;
      for (let nth = 2; nth <= inside; nth++) if (!more.some(o => o.header === column.header && o.nth === nth)) more.push({ header: column.header, nth });
    }
    const all = [...columns, ...more], found = more.length ? ow.openTable({ columns: all, ...address }).rows : rows;
    if (found.length && isForm(table, head.r, found)) return null;
    const base = { key: keyOf(words, table), section: sectionsOf(table)[0] || '', address, columns: all };
    for (const row of found) for (const c of row.boxes) if (c) mine.add(c.el); // its body may be a table of its own
    if (found.length) return { ...base, shape: 'boxes', rows: found.map(row => ({ id: numberOf(row.el), cells: row.boxes.map(c => c ? numberOf(c.el) : 0) })) };
    const at = words.map(w => head.words.findIndex(o => tidy(o) === tidy(w)));
    const body = (gridOf(table).rows || []).slice(head.r + 1).filter((cells, i) => isSeen(table.rows[head.r + 1 + i]));
    return { ...base, shape: 'words', rows: body.slice(0, 60).map(cells => ({ id: 0, words: at.map(i => cells[i] ? ow.shown(cells[i].innerText || '') : '') })) };
  };

  // ---- rows without a header ---------------------------------------------------------------------------------------
  const shapeOf = inside => inside.map(c => c.type + ':' + bareName(c.el.name) + ':' + bareName(bare((c.labels[0] || {}).words || ''))).join(' ');
  const rowCss = (kin, parent) => {
    const tag = kin[0].tagName.toLowerCase(), classes = [...kin[0].classList].filter(c => steady(c) && kin.every(k => k.classList.contains(c)));
    const homes = [...(parent.id && steady(parent.id) ? ['#' + CSS.escape(parent.id)] : []), ...[...parent.classList].filter(steady).map(c => '.' + CSS.escape(c))];
    const ways = [...classes.map(c => `${tag}.${CSS.escape(c)}`), ...homes.flatMap(h => [`${h} > ${tag}`, `${h} > ${tag}:has(input,select,textarea)`])];
    return ways.find(css => { const hits = [...document.querySelectorAll(css)].filter(isSeen); return hits.length === kin.length && hits.every(h => kin.includes(h)); }) || '';
  };
  const columnOf = (c, row, kin, css) => {
    const words = (c.labels.find(l => l.rank < 6) || {}).words, ways = [];
    if (words) ways.push({ label: words });
    if (c.el.name) ways.push({ name: c.el.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\d+/g, '\\d+') });
    for (const one of c.el.classList) if (steady(one)) ways.push({ css: '.' + CSS.escape(one) });
    ways.push({ css: c.el.tagName.toLowerCase() + (c.el.placeholder ? `[placeholder="${c.el.placeholder}"]` : '') });
    return ways.find(way => { const t = told(() => ow.openTable({ columns: [way], row: css })), r = t && t.rows && t.rows.find(o => o.el === row); return r && r.boxes[0] && r.boxes[0].el === c.el; }) || null;
  };
  const groups = (all, taken, numberOf) => {
    const out = [], done = new Set();
    const insideOf = new Map(), inside = el => { if (!insideOf.has(el)) insideOf.set(el, all.filter(c => c.seen && el.contains(c.el))); return insideOf.get(el); };
    for (const c of all.filter(o => o.seen && !taken.has(o.el))) {
      for (let el = c.el, up = 0; el.parentElement && el.parentElement !== document.body.parentElement && up < 6; el = el.parentElement, up++) {
        if (done.has(el)) break;
        const parent = el.parentElement, mine = inside(el);
        if (mine.length > 12) break;
        const shape = shapeOf(mine), kin = [...parent.children].filter(k => k.tagName === el.tagName && isSeen(k) && inside(k).length === mine.length && shapeOf(inside(k)) === shape);
        if (kin.length < 2) continue;
        kin.forEach(k => done.add(k));
        const css = rowCss(kin, parent);
        const columns = css ? mine.map(m => columnOf(m, el, kin, css)) : [];
        if (css && columns.some(Boolean)) out.push({ key: 'row ' + css, section: sectionsOf(parent)[0] || '', shape: 'rows', address: { row: css }, columns,
          rows: kin.map(k => ({ id: numberOf(k), cells: inside(k).map(b => numberOf(b.el)) })) });
        break;
      }
    }
    return out;
  };
  // ---- grids of a kit: read without ending what is being edited in them (`peek`, or `rows` of those that end nothing) -----
  const gridsSeen = numberOf => ow.kits.filter(k => k.grids && k.present()).flatMap(k => k.grids()).filter(g => (g.peek || !g.settle) && isSeen(g.face ? g.face(g.el) : g.el)).map(g => {
    const words = g.columns().filter((w, i, all) => w && all.indexOf(w) === i), columns = words.map(header => ({ header }));
    const face = g.face ? g.face(g.el) : g.el, ways = [{}, ...sectionsOf(face).slice(0, 3).map(section => ({ section }))];
    const address = words.length > 1 && ways.find(way => { const t = told(() => ow.openTable({ columns, ...way })); return t && t.grid && t.grid.el === g.el; });
    const at = words.map(w => g.columns().indexOf(w));
    return address && { key: keyOf(words, face), section: sectionsOf(face)[0] || '', address, columns, shape: 'words', face: numberOf(face), rows: (g.peek || g.rows)().slice(0, 60).map(cells => ({ id: 0, words: at.map(i => cells[i].text) })) };
  }).filter(Boolean);
  const KITS = '.layui-table-view,.datagrid,.ui-jqgrid,.jsgrid,.x-grid-panel,.x-grid3';
  ow.gridOver = el => el.closest(KITS);
  ow.rowsSeen = numberOf => {
    const all = ow.controls();
    mine = new Set();
    if (all.length > 600) return [];
    const tables = [...document.querySelectorAll('table')].filter(t => isSeen(t) && !t.closest(KITS) && t.rows.length < 200 && ![...t.querySelectorAll('table')].some(i => ow.hasControl(i)));
    const out = tables.map(t => told(() => headed(t, numberOf))).filter(Boolean), taken = new Set([...mine, ...tables.filter((t, i) => told(() => headOf(t))).flatMap(t => [...t.querySelectorAll('input,select,textarea')])]);
    const found = [...out, ...(told(() => gridsSeen(numberOf)) || []), ...(told(() => groups(all, taken, numberOf)) || [])];
    const words = ow.clickable().filter(w => /^[+＋]$|^[+＋]?(新增|增加|添加|加一|插入|add)/i.test(w));
    for (const t of found) if (t.shape === 'boxes') t.may_add = words.find(w => ow.addsTo(null, w, '', [t])[t.key]) || '';
    return found;
  };

  // ---- the button that adds a row ------------------------------------------------------------------------------------
  // For each table seen: how `add:` says this very button, tried as the engine will look for it.
  ow.addsTo = (hit, words, css, tables) => {
    const out = {};
    for (const t of tables) {
      const ways = [...(words && words.length < 30 ? [{ text: words }] : []), ...(css ? [{ css }] : []), ...(words && words.length < 30 ? [1, 2, 3].map(nth => ({ text: words, nth })) : [])];
      const way = ways.find(add => { const hits = told(() => ow.adder(JSON.stringify({ columns: t.columns.filter(Boolean), ...t.address, add }))); return hits && hits.length === 1 && (!hit || hits[0] === hit); });
      if (way) out[t.key] = way;
    }
    return out;
  };
})();
