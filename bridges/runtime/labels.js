/* What a control is called: every name a clerk could read for it, the surest first.
 *
 * Ranks: 0 label for / around / aria · 1 the kit's form item · 1.5 words in the same cell · 2 cell or <dt> before, legend
 * of a group · 3 nearest words before, or after in a line that starts with its box · 4 header cell above · 5 placeholder, title. */
(() => {
  'use strict';
  const ow = window.__onewindow;
  if (ow.controls) return;
  const { shown, textOf, tidy, kits, isSeen, inPage } = ow;
  const RULES = { 0: 'for', 1: 'item', 1.5: 'cell', 2: 'before', 3: 'near', 3.5: 'after', 4: 'above', 5: 'hint' };
  const BOXES = 'input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=image]):not([type=reset]),select,textarea,[contenteditable=true],[contenteditable=""]';
  const isBox = n => n.nodeType === 1 && n.matches(BOXES);
  const hasControl = el => !!el.querySelector(BOXES);
  const holdsBox = n => n.nodeType === 1 && (isBox(n) || hasControl(n));

  // ---- tables as the eye sees them: cells that span rows and columns stand in every place they cover ------------
  let grids = new Map(), gridKits = [];
  const gridOf = table => {
    let grid = grids.get(table);
    if (grid) return grid;
    grid = { rows: [], at: new Map() };
    grids.set(table, grid);
    [...table.rows].forEach((row, r) => {
      grid.rows[r] = grid.rows[r] || [];
      let c = 0;
      for (const cell of row.cells) {
        while (grid.rows[r][c]) c++;
        grid.at.set(cell, { r, c });
        const down = Math.min(cell.rowSpan || table.rows.length - r, table.rows.length - r);
        for (let y = 0; y < down; y++) for (let x = 0; x < cell.colSpan; x++) (grid.rows[r + y] = grid.rows[r + y] || [])[c + x] = cell;
        c += cell.colSpan;
      }
    });
    return grid;
  };
  const beforeIn = (grid, at) => {
    for (let c = at.c - 1; c >= 0; c--) {
      const cell = grid.rows[at.r][c];
      if (!cell) continue;
      if (hasControl(cell)) return '';
      const words = textOf(cell);
      if (words) return words;
    }
    return '';
  };
  // A second line of the field above: its label cell is there and empty ("地址 [  ] / (empty) [  ]").
  const secondLine = (grid, at) => {
    const label = at.c > 0 && grid.rows[at.r][at.c - 1];
    if (!label || hasControl(label) || textOf(label)) return '';
    for (let r = at.r - 1; r >= 0; r--) {
      const [up, box] = [grid.rows[r][at.c - 1], grid.rows[r][at.c]];
      if (!up || !box || up === box || !hasControl(box) || hasControl(up)) return '';
      if (textOf(up)) return textOf(up);
    }
    return '';
  };
  const aboveIn = (grid, at) => {
    for (let r = at.r - 1; r >= 0; r--) {
      const above = grid.rows[r][at.c];
      if (!above) return '';
      if (hasControl(above)) continue;
      const words = textOf(above);
      if (words) return words;
    }
    return '';
  };
  const cellLabel = el => {
    for (let cell = el.closest('td,th'), depth = 0; cell && depth < 3; cell = cell.parentElement && cell.parentElement.closest('td,th'), depth++) {
      const table = cell.closest('table'), grid = table && gridOf(table), at = grid && grid.at.get(cell);
      if (!at) continue;
      const before = beforeIn(grid, at), above = before ? aboveIn(grid, at) : secondLine(grid, at) || aboveIn(grid, at);
      if (before || above) return { before, above };
    }
    return {};
  };

  // ---- words in the same line ------------------------------------------------------------------------------------
  const lineOf = el => {
    const cut = n => n.nodeType === 1 && /^(BR|HR|P|DIV|TABLE|UL|OL|H[1-6]|FIELDSET)$/.test(n.tagName) && !holdsBox(n);
    let first = el;
    while (first.previousSibling && !cut(first.previousSibling)) first = first.previousSibling;
    const out = [];
    for (let n = first; n && !cut(n); n = n.nextSibling) {
      if (holdsBox(n)) out.push({ box: n });
      else {
        const words = n.nodeType === 3 ? shown(n.nodeValue) : n.nodeType === 1 ? textOf(n) : '';
        if (!words) continue;
        const last = out[out.length - 1];
        if (last && last.words) last.words += words; else out.push({ words });
      }
    }
    return out;
  };
  // "[box] name [box] name": the words after a box are its own. A lone "[box] yuan" is only a unit unless nothing else names it.
  const labelsFollow = line => line.length > 2 && !!line[0].box && !!line[line.length - 1].words && line.every((one, i) => !!one.box === (i % 2 === 0));
  const textBefore = (el, stop) => {
    let node = el;
    for (let up = 0; up < 6 && node && node !== document.body && node !== stop; up++) {
      let words = '';
      for (let p = node.previousSibling; p; p = p.previousSibling) {
        if (p.nodeType === 1) {
          if (holdsBox(p)) break;
          if (/^(BR|HR)$/.test(p.tagName)) { if (shown(words)) break; continue; }
          if (shown(words) && /^(LEGEND|H[1-6]|CAPTION|TABLE|UL|OL|DL|P|DIV|FIELDSET)$/.test(p.tagName)) break;
          const t = textOf(p);
          if (t) { words = t + words; break; }
        } else if (p.nodeType === 3 && p.nodeValue.trim()) words = p.nodeValue + words;
      }
      if (shown(words)) return shown(words);
      node = node.parentElement;
      if (node && node.querySelectorAll(BOXES).length > 1) break;
    }
    return '';
  };
  // Outside of tables the words before; a box alone in a small table of its own (a button beside it) is named from outside.
  const nearby = (el, cell, told) => {
    if (!cell) return textBefore(el);
    const inside = textBefore(el, cell);
    if (inside || told.before || told.above) return inside;
    const table = cell.closest('table');
    return table && [...table.rows].every(r => r.querySelectorAll(BOXES).length <= 1) ? nearby(table, table.parentElement && table.parentElement.closest('td,th'), cellLabel(table)) || cellLabel(table).before || '' : '';
  };
  const wordsAfter = (line, el) => { const i = line.findIndex(one => one.box && one.box.contains(el)); return i >= 0 && line[i + 1] && line[i + 1].words || ''; };

  const ITEM = [['.el-form-item', '.el-form-item__label'], ['.layui-inline', '.layui-form-label'], ['.layui-form-item', '.layui-form-label'],
    ['.x-form-item', '.x-form-item-label'], ['.form-group', '.control-label,label']];
  const labelsOf = (el, choice, fors) => {
    const out = [];
    const say = (rank, words) => { words = shown(words); if (words && words.length < 80) out.push({ rank, words }); };
    if (!choice) {
      if (el.id && fors.has(el.id)) say(0, textOf(fors.get(el.id)));
      const wrap = el.closest('label');
      if (wrap) say(0, textOf(wrap));
      if (el.getAttribute('aria-label')) say(0, el.getAttribute('aria-label'));
    }
    const by = el.getAttribute('aria-labelledby');
    if (by) say(0, by.split(/\s+/).map(id => { const n = document.getElementById(id); return n ? textOf(n) : ''; }).join(' '));
    for (const [item, label] of ITEM) {
      // Several in one row: the last one before the box is its own.
      const box = el.closest(item), own = box ? [...box.querySelectorAll(label)].filter(l => !l.contains(el) && !hasControl(l)) : [];
      const words = own.filter(l => l.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING).pop() || own[0];
      if (words) { say(1, textOf(words)); break; }
    }
    const cell = cellLabel(el), own = el.closest('td,th'), line = choice ? [] : lineOf(el);
    const follows = labelsFollow(line);
    if (own && !choice && !follows) { const words = textBefore(el, own); if (/[\p{L}]{2}/u.test(words)) say(1.5, words); }
    if (cell.before) say(2, cell.before);
    const dd = el.closest('dd');
    if (dd) { let dt = dd.previousElementSibling; while (dt && dt.tagName !== 'DT') dt = dt.previousElementSibling; if (dt) say(2, textOf(dt)); }
    if (choice) { const set = el.closest('fieldset'), legend = set && set.querySelector('legend'); if (legend) say(2, textOf(legend)); }
    if (follows) say(3, wordsAfter(line, el));
    else {
      const near = nearby(choice ? el.closest('label') || el : el, own, cell);
      if (choice && /[:：]./.test(near)) say(3, near.replace(/[:：][^:：]*$/, ''));
      if (near) say(3, near);
    }
    if (cell.above) say(4, cell.above);
    for (const kit of gridKits) say(4, kit.column(el));
    if (el.placeholder) say(5, el.placeholder);
    if (el.title) say(5, el.title);
    if (!choice && !follows && !out.some(l => l.rank < 4)) say(3.5, wordsAfter(line, el));
    return out;
  };

  const optionText = (el, fors) => {
    const wrap = el.closest('label');
    if (wrap && textOf(wrap)) return textOf(wrap);
    if (el.id && fors.has(el.id)) return textOf(fors.get(el.id));
    for (const kit of kits) if (kit.optionText) { const t = kit.optionText(el); if (t) return shown(t); }
    let words = '';
    for (let n = el.nextSibling; n; n = n.nextSibling) {
      if (n.nodeType === 1 && (/^(INPUT|SELECT|TEXTAREA|BR)$/.test(n.tagName) || hasControl(n))) break;
      words += n.nodeType === 3 ? n.nodeValue : n.nodeType === 1 ? textOf(n) : '';
    }
    const line = lineOf(el), last = line[line.length - 1];
    // "male ( ) female ( )": the line ends with a box, so every box is named by the words before it.
    if (line.length > 3 && last.box && line[0].words) { const i = line.findIndex(one => one.box && one.box.contains(el)); if (i > 0 && line[i - 1].words) return line[i - 1].words.replace(/^.*[:：]/, ''); }
    const cell = el.closest('td,th'), next = cell && cell.nextElementSibling;
    if (!shown(words) && cell && !textOf(cell) && el.type === 'checkbox' && next && !hasControl(next) && textOf(next)) return textOf(next);
    return shown(words) || el.title || (el.closest('td,th') && textOf(el.closest('td,th'))) || el.value;
  };
  const HEADINGS = 'h1,h2,h3,h4,h5,h6,legend,caption,.panel-title,.panel-heading,.ui-dialog-title,.modal-title,.layui-layer-title,.layui-card-header,.el-dialog__title,.el-card__header,[class*=section-title],[class*=block-title]';
  const sectionsOf = el => {
    const out = [];
    const say = words => { words = shown(words); if (words && words.length < 60 && !out.includes(words)) out.push(words); };
    for (let n = el; n && n !== document.body; n = n.parentElement) {
      const table = n.tagName === 'TR' && n.closest('table');
      if (table) for (let r = n.rowIndex - 1; r >= 0; r--) { // a row of one cell over the whole width is a heading
        const row = table.rows[r];
        if (row.cells.length === 1 && !hasControl(row) && textOf(row)) { say(textOf(row)); break; }
      }
      const legend = n.querySelector && n.querySelector(':scope > legend,:scope > caption');
      if (legend) say(textOf(legend));
      let headed = false;
      for (let p = n.previousElementSibling; p && !headed; p = p.previousElementSibling) {
        const h = p.matches(HEADINGS) ? p : [...p.querySelectorAll(HEADINGS)].pop();
        if (h) { say(textOf(h)); headed = true; }
        else if (!holdsBox(p) && textOf(p) && textOf(p).length < 30 && /^(B|STRONG|P|DIV|SPAN|FONT|CENTER)$/.test(p.tagName) && !headed) { say(textOf(p)); headed = p.tagName !== 'SPAN'; }
      }
    }
    return out;
  };

  // ---- controls --------------------------------------------------------------------------------------------------
  const SKIP = /^(hidden|submit|button|reset|image)$/;
  const isRequired = c => {
    const el = c.el;
    if (el.required || el.getAttribute('aria-required') === 'true' || c.kit.required && c.kit.required(c)) return true;
    if (/(^|\|)required(\||$)/.test(el.getAttribute('lay-verify') || '')) return true;
    const item = el.closest('.el-form-item');
    if (item && item.classList.contains('is-required')) return true;
    const next = el.nextElementSibling;
    if (next && /^\s*[*＊]\s*$/.test(next.textContent || '') && isSeen(next)) return true;
    return c.labels.some(l => l.rank < 5 && /[*＊]|必填/.test(l.words));
  };
  const controls = scope => {
    grids = new Map();
    gridKits = kits.filter(k => k.column && k.present());
    const fors = new Map();
    for (const l of document.querySelectorAll('label[for]')) if (!fors.has(l.htmlFor) || textOf(l)) fors.set(l.htmlFor, l);
    const out = [], groups = new Map();
    for (const el of (scope || document).querySelectorAll('input,select,textarea,[contenteditable=true],[contenteditable=""]')) {
      let type = el.tagName === 'INPUT' ? (el.type || 'text') : nativeTypes[el.tagName] || 'rich';
      if (SKIP.test(type) && !kits.some(k => k.owns(el, type)) || el.closest('[data-onewindow-own]') || kits.some(k => k.drops && k.drops(el, type)) || type === 'rich' && el.parentElement && el.parentElement.isContentEditable) continue;
      const kit = kits.find(k => k.owns(el, type)) || ow.plain;
      if (kit.skip && kit.skip(el, type)) continue;
      if (kit.typeOf) type = kit.typeOf(el, type);
      if (type === 'radio' || type === 'checkbox') {
        const box = kit.group && kit.group(el, type);
        const key = box || type + ' ' + (el.name || '') + ' ' + (el.name && el.form ? [...document.forms].indexOf(el.form) : '') + (el.name ? '' : ' ' + out.length);
        let g = groups.get(key);
        if (!g) {
          g = { el, els: [], type, kit, labels: labelsOf(el, true, fors), options: [] };
          groups.set(key, g); out.push(g);
        }
        g.els.push(el);
        g.options.push({ value: el.value, text: optionText(el, fors) });
        continue;
      }
      out.push({ el, type, kit, labels: labelsOf(el, false, fors) });
    }
    out.forEach((c, order) => {
      c.order = order;
      if (c.type === 'checkbox' && c.els.length === 1 && c.options[0].text) c.labels.push({ rank: 0, words: c.options[0].text });
      const face = c.kit.face ? c.kit.face(c.el) : c.el;
      c.seen = c.type === 'file' ? isSeen(c.el) || isSeen(c.el.parentElement) : isSeen(face) && inPage(face);
      c.labels.sort((a, b) => a.rank - b.rank);
      c.required = isRequired(c);
    });
    return out;
  };
  const nativeTypes = { SELECT: 'select', TEXTAREA: 'textarea' };
  const optionsOf = c => c.options || (c.kit.options ? c.kit.options(c.el) : c.el.tagName === 'SELECT' ? [...c.el.options].map(o => ({ value: o.value, text: shown(o.text), disabled: o.disabled })) : null);
  const print = (c, full) => {
    const options = optionsOf(c), first = c.labels[0];
    return { label: first ? first.words : '', rule: first ? RULES[first.rank] : '', type: c.type, name: c.kit.nameOf ? c.kit.nameOf(c.el) : c.el.name || '', id: c.el.id || '',
      maxlength: c.el.maxLength > 0 && c.el.maxLength < 1e6 ? c.el.maxLength : 0, required: c.required, order: c.order,
      readonly: !!c.el.readOnly, disabled: !!c.el.disabled, kit: c.kit.name, seen: c.seen,
      ...(full ? { labels: [...new Set(c.labels.map(l => l.words))], sections: sectionsOf(c.el), codes: options && options.length <= 200 ? options.map(o => String(o.value)) : null } : {}),
      options: options && options.length <= 200 ? options.map(o => o.text) : null };
  };
  // The part of the page a step looks in. Named and not there means: nothing is there, never the whole page instead.
  const rootOf = within => {
    if (!within) return document;
    const all = [...document.querySelectorAll(within)];
    return all.find(isSeen) || all[0] || document.createElement('i');
  };
  Object.assign(ow, { controls, labelsOf, sectionsOf, optionsOf, print, gridOf, hasControl, rootOf, BOXES, sectionOf: el => sectionsOf(el)[0] || '', wordsOf: c => [...new Set(c.labels.map(l => tidy(l.words)))] });
})();
