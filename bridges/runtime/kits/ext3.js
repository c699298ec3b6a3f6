/* ExtJS 2 and 3: what one sees is an input the component dresses up; lists keep the code in a box of their own, dates are Date
 * objects, and listeners hear only the component's events. Everything goes through the component that owns the input. */
(() => {
  const ow = window.__onewindow;
  if (!ow) return;
  const ext = () => window.Ext && window.Ext.ComponentMgr && window.Ext.ComponentMgr.all && window.Ext.ComponentMgr.all.find && window.Ext.form && window.Ext.form.Field ? window.Ext : null;
  const known = new WeakMap();
  const comp = el => {
    const E = ext();
    if (!E || !el.classList || !/(^|\s)x-/.test(el.className)) return null;
    const had = known.get(el);
    if (had && !had.isDestroyed && had.el && had.el.dom === el) return had;
    const hit = E.ComponentMgr.all.find(c => c instanceof E.form.Field && c.el && c.el.dom === el) || null;
    if (hit) known.set(el, hit);
    return hit;
  };
  const isA = (c, name) => { const E = ext(), t = name.split('.').reduce((o, k) => o && o[k], E); return !!t && c instanceof t; };
  const above = (c, test) => { for (let up = c && c.ownerCt, n = 0; up && n < 8; up = up.ownerCt, n++) if (test(up)) return up; return null; };
  const groupOf = c => above(c, up => isA(up, 'form.CheckboxGroup'));
  const code = (c, r) => String(r.get(c.valueField || c.displayField)), words = (c, r) => ow.shown(String(r.get(c.displayField)));
  const lines = c => c.store ? c.store.getRange().map(r => ({ value: code(c, r), text: words(c, r) })) : [];
  const dayOf = text => { const m = /(\d{4})\D+(\d{1,2})\D+(\d{1,2})/.exec(text) || /^(\d{4})(\d{2})(\d{2})$/.exec(text); return m ? new Date(+m[1], m[2] - 1, +m[3]) : null; };
  const isoOf = d => d instanceof Date && !isNaN(d) ? [d.getFullYear(), String(d.getMonth() + 1).padStart(2, '0'), String(d.getDate()).padStart(2, '0')].join('-') : '';
  const strip = html => { const d = document.createElement('div'); d.innerHTML = String(html == null ? '' : html); return ow.shown(d.textContent); };
  const heard = (c, before) => { const now = c.getValue(); if (String(now) !== String(before)) c.fireEvent('change', c, now, before); c.startValue = now; c.fireEvent('blur', c); if (c.validate) c.validate(); };
  const setOne = (c, want) => {
    const before = c.getValue();
    if (isA(c, 'form.ComboBox') && want.option) {
      const at = c.store.findBy(r => code(c, r) === String(want.option.value));
      c.onSelect(c.store.getAt(at), at);
      if (c.collapse) c.collapse();
    } else if (isA(c, 'form.DateField')) {
      const day = dayOf(want.text);
      c.setValue(day || want.text);
      if (day) c.fireEvent('select', c, day);
    } else c.setValue(want.text);
    heard(c, before);
  };
  const branches = tp => ({
    el: tp.getEl().dom, roots: () => tp.rootVisible === false ? tp.getRootNode().childNodes : [tp.getRootNode()], children: n => n.childNodes || [],
    opens: n => !n.isLeaf(), open: n => { if (!n.isExpanded()) n.expand(false, false); },
    text: n => strip(n.text), code: n => String(n.id),
    choose: n => { n.ensureVisible(); const box = n.ui && n.ui.checkbox; ((box && !box.checked && box) || (n.ui && n.ui.anchor)).click(); },
  });
  const gridAt = g => {
    const cm = g.getColumnModel(), store = g.getStore();
    const at = () => Array.from({ length: cm.getColumnCount() }, (_, i) => i).filter(i => !cm.isHidden(i) && cm.getDataIndex(i) && strip(cm.getColumnHeader(i)));
    const editor = (i, row) => { const e = cm.getCellEditor ? cm.getCellEditor(i, row) : null; return e && e.field ? e.field : null; };
    const raw = (i, v, row) => {
      const f = editor(i, row), type = store.fields && store.fields.get(cm.getDataIndex(i));
      if (f && isA(f, 'form.ComboBox')) { const o = ow.pick(lines(f), v); return o ? f.store.getAt(f.store.findBy(r => code(f, r) === o.value)).get(f.valueField || f.displayField) : undefined; }
      if (f && isA(f, 'form.DateField') || type && type.type && (type.type.type || type.type) === 'date') return dayOf(v) || v;
      return type && /int|float/.test(type.type && type.type.type || type.type || '') ? Number(v) : v;
    };
    return {
      el: g.getEl().dom, face: () => g.getEl().dom, columns: () => at().map(i => strip(cm.getColumnHeader(i))),
      settle: () => { if (g.stopEditing) g.stopEditing(); },
      rows: () => store.getRange().map((r, n) => at().map(i => {
        const v = r.get(cm.getDataIndex(i)), f = editor(i, n), o = f && isA(f, 'form.ComboBox') ? lines(f).find(o => o.value === String(v)) : null;
        const said = strip((cm.getRenderer(i) || String)(v == null ? '' : v, {}, r, n, i, store));
        return { text: o ? o.text : v instanceof Date ? isoOf(v) : said, code: v instanceof Date ? isoOf(v) : v == null ? '' : String(v) };
      })),
      async add(given) {
        const Row = store.recordType, row = new Row({}), where = store.getCount();
        if (g.stopEditing) g.stopEditing();
        store.insert(where, row);
        for (const [n, i] of at().entries()) {
          if (given[n] == null) continue;
          const v = raw(i, given[n], where), f = editor(i, where);
          if (v === undefined) { store.remove(row); return { problem: 'option', at: n }; }
          const before = row.get(cm.getDataIndex(i));
          if (f && f.validateValue && typeof v === 'string' && !f.validateValue(v)) { store.remove(row); return { problem: 'invalid', at: n }; }
          row.set(cm.getDataIndex(i), v);
          g.fireEvent('afteredit', { grid: g, record: row, field: cm.getDataIndex(i), value: v, originalValue: before, row: where, column: i });
        }
        return {};
      },
    };
  };
  const every = name => { const E = ext(); if (!E) return []; const out = []; E.ComponentMgr.all.each(c => { if (isA(c, name) && c.rendered && c.getEl() && c.getEl().dom.isConnected) out.push(c); }); return out; };
  ow.kit({
    name: 'ext3',
    present: () => !!ext(),
    owns: el => !!comp(el),
    drops: el => !!ext() && !!el.closest('.x-date-picker,.x-date-menu,.x-combo-list,.x-tbar-page-number,.x-grid3-hd-inner'),
    typeOf: (el, type) => { const c = comp(el); return isA(c, 'form.ComboBox') ? 'select' : isA(c, 'form.DateField') ? 'date' : isA(c, 'form.HtmlEditor') || isA(c, 'form.TextArea') ? 'textarea' : type; },
    face: el => { const c = comp(el); return c && (c.wrap || c.resizeEl) ? (c.wrap || c.resizeEl).dom : el; },
    nameOf: el => { const c = comp(el); return c ? c.hiddenName || (c.getName ? c.getName() : '') || el.name : el.name; },
    locked: c => { const own = comp(c.el); return own ? !!own.disabled : c.el.disabled; },
    group: el => { const g = groupOf(comp(el)); return g ? g.getEl().dom : null; },
    column: el => { const c = comp(el), g = groupOf(c), l = (g && g.fieldLabel) || (c && c.fieldLabel) || ''; return l ? strip(l) : ''; },
    optionText: el => { const c = comp(el); return c && c.boxLabel ? strip(c.boxLabel) : ''; },
    options: el => { const c = comp(el); return isA(c, 'form.ComboBox') ? lines(c) : null; },
    many: () => false,
    seeks: c => { const own = comp(c.el); return isA(own, 'form.ComboBox') && (own.mode === 'remote' || !own.store.getCount()); },
    seek: (c, text) => {
      const own = comp(c.el);
      if (!isA(own, 'form.ComboBox') || own.mode !== 'remote') return;
      own.store.baseParams[own.queryParam] = own.typeAhead || own.editable !== false && own.minChars > 0 && own.triggerAction === 'query' ? text : own.allQuery;
      own.store.load({ params: own.getParams(text) });
    },
    required: c => { const own = comp(c.el); return !!own && own.allowBlank === false; },
    invalid: c => { const own = comp(c.el); if (!own || !own.isValid || own.isValid(true)) return ''; return strip(own.activeError) || (own.getErrors ? strip((own.getErrors() || [])[0]) : '') || 'invalid'; },
    async set(c, want, f) {
      if (c.type === 'radio' || c.type === 'checkbox') return ow.plain.set(c, want, f);
      setOne(comp(c.el), want);
      return undefined;
    },
    get(c) {
      const own = comp(c.el);
      if (c.type === 'radio' || c.type === 'checkbox') return ow.plain.get(c);
      const value = own.getValue();
      if (isA(own, 'form.DateField')) return { text: own.getRawValue(), code: isoOf(value), date: isoOf(value) || 'none' };
      if (isA(own, 'form.ComboBox')) { const sent = own.hiddenField ? own.hiddenField.value : value == null ? '' : String(value), o = lines(own).find(o => o.value === sent); return { text: own.getRawValue(), code: own.hiddenField ? sent : o ? o.value : sent }; }
      return { text: value == null ? '' : String(value), code: own.getRawValue ? String(own.getRawValue()) : '' };
    },
    trees: () => every('tree.TreePanel').map(branches),
    grids: () => every('grid.GridPanel').map(gridAt),
  });
})();
