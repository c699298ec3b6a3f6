/* jQuery EasyUI, 1.3 to 1.10: the box one sees belongs to a hidden one that carries the widget, and a third one is sent.
 * Anchor of a control is the hidden original (`textbox-f`, `combo-f`, …): its label, id and `textboxname` are the ones a
 * person can name. Everything is set and read by the widget's own methods; typing into the drawn box is lost without a word. */
(() => {
  const ow = window.__onewindow;
  if (!ow) return;
  const ORIGINAL = '.textbox-f,.combo-f,.numberbox-f,.spinner-f,.searchbox-f,.switchbutton-f,.checkbox-f,.radiobutton-f';
  const PLUGINS = ['datetimebox', 'datetimespinner', 'datebox', 'timespinner', 'numberspinner', 'combotreegrid', 'combotree', 'combogrid', 'tagbox',
    'combobox', 'numberbox', 'searchbox', 'passwordbox', 'maskedbox', 'filebox', 'switchbutton', 'radiobutton', 'checkbox', 'combo', 'textbox'];
  const jq = () => [window.jQuery, window.$].find(j => j && j.fn && (j.fn.combobox || j.fn.textbox || j.fn.datagrid) && j.parser) || null;
  const plugin = el => { const $ = jq(); return $ ? PLUGINS.find(name => $.fn[name] && $.data(el, name)) || '' : ''; };
  const ask = (el, name, ...more) => { const $ = jq(), box = $(el); return box[name](...more); };
  const settings = (el, name) => { try { return ask(el, name, 'options') || {}; } catch (e) { return {}; } };
  const SWITCH = /^(switchbutton|checkbox|radiobutton)$/, DATE = /^(datebox|datetimebox)$/, LIST = /^(combobox|tagbox|combogrid)$/, TREE = /^(combotree|combotreegrid)$/;
  const strip = html => { const d = document.createElement('div'); d.innerHTML = String(html == null ? '' : html); return ow.shown(d.textContent); };

  // ---- lists
  const gridOf = el => jq()(el).combogrid('grid');
  const lines = el => {
    const name = plugin(el), o = settings(el, name);
    try {
      const rows = name === 'combogrid' ? gridOf(el).datagrid('getRows') : ask(el, name, 'getData');
      const [code, text] = name === 'combogrid' ? [o.idField, o.textField] : [o.valueField, o.textField];
      return (rows || []).map(r => ({ value: String(r[code]), text: ow.shown(String(r[text] == null ? '' : r[text])), disabled: !!r.disabled }));
    } catch (e) { return []; }
  };
  const setList = async (el, name, want) => {
    const chosen = want.many || [want.option], codes = chosen.map(o => String(o.value));
    if (name === 'combogrid') {
      const grid = gridOf(el), rows = grid.datagrid('getRows'), id = settings(el, name).idField;
      if (want.many) grid.datagrid('unselectAll');
      rows.forEach((r, at) => { if (codes.includes(String(r[id]))) grid.datagrid('selectRow', at); });
      return;
    }
    const now = () => ask(el, name, 'getValues').map(String);
    if (want.many) for (const code of now()) if (code && !codes.includes(code)) ask(el, name, 'unselect', code);
    for (const code of codes) if (!want.many || !now().includes(code)) ask(el, name, 'select', code);
    if (now().filter(Boolean).join() !== codes.join()) ask(el, name, 'setValues', codes);
    try { if (!ask(el, name, 'panel').panel('options').closed) ask(el, name, 'hidePanel'); } catch (e) { /* there was none */ }
  };

  // ---- dates
  const dayOf = text => {
    const m = /(\d{4})\D+(\d{1,2})\D+(\d{1,2})(?:\D+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?/.exec(text) || /^(\d{4})(\d{2})(\d{2})$/.exec(text);
    return m ? new Date(+m[1], m[2] - 1, +m[3], +(m[4] || 0), +(m[5] || 0), +(m[6] || 0)) : null;
  };
  const isoOf = d => d && !isNaN(d) ? [d.getFullYear(), String(d.getMonth() + 1).padStart(2, '0'), String(d.getDate()).padStart(2, '0')].join('-') : '';
  const setDay = (el, name, text) => {
    const day = dayOf(text), o = settings(el, name);
    const words = day && o.formatter ? o.formatter.call(el, day) : text;
    ask(el, name, 'setValue', words);
    if (day && ask(el, name, 'getValue') && o.onSelect) o.onSelect.call(el, day);  // what a click on the day would call
  };

  // ---- trees
  const branches = t => ({
    el: t[0],
    roots: () => t.tree('getRoots'),
    children: n => { const all = t.tree('getChildren', n.target) || []; return all.filter(c => { const up = t.tree('getParent', c.target); return up && up.target === n.target; }); },
    opens: n => !t.tree('isLeaf', n.target),
    open: n => { if (n.state !== 'open' || !(t.tree('getChildren', n.target) || []).length) t.tree('expand', n.target); },
    text: n => strip(n.text), code: n => String(n.id == null ? '' : n.id),
    choose: n => { const tick = n.target.querySelector('.tree-checkbox:not(.tree-checkbox1)'); (settings(t[0], 'tree').checkbox && tick || n.target).click(); },
  });

  // ---- grids
  const gridAt = el => {
    const $ = jq(), g = args => $(el).datagrid(...args);
    const fields = () => [...g(['getColumnFields', true]), ...g(['getColumnFields'])].map(f => g(['getColumnOption', f])).filter(c => c && c.field && !c.checkbox && c.title);
    const said = (c, row, at) => { const v = row[c.field]; return v == null ? '' : c.formatter ? strip(c.formatter(v, row, at)) : ow.shown(String(v)); };
    const endAll = () => g(['getRows']).forEach((_, at) => { if ((g(['getEditors', at]) || []).length) g(['endEdit', at]); });
    const peek = () => g(['getRows']).map((row, at) => fields().map(c => ({ text: said(c, row, at), code: row[c.field] == null ? '' : String(row[c.field]) })));
    return {
      el, columns: () => fields().map(c => strip(c.title)), peek,
      face: () => el.closest('.datagrid') || el,
      settle: endAll,
      rows: () => { endAll(); return peek(); },
      clear: () => { for (let n = g(['getRows']).length; n--;) g(['deleteRow', n]); },
      async add(words, set) {
        endAll();
        g(['appendRow', {}]);
        const at = g(['getRows']).length - 1;
        g(['beginEdit', at]);
        const editors = g(['getEditors', at]), left = {};
        for (const [n, c] of fields().entries()) {
          if (words[n] == null) continue;
          const ed = editors.find(e => e.field === c.field);
          if (!ed) { left[c.field] = words[n]; continue; }
          const problem = await set(ed.target[0], words[n]);
          if (problem) { g(['cancelEdit', at]); g(['deleteRow', at]); return { problem, at: n }; }
        }
        g(['endEdit', at]);
        if ((g(['getEditors', at]) || []).length) { g(['cancelEdit', at]); g(['deleteRow', at]); return { problem: 'invalid' }; }
        if (Object.keys(left).length) g(['updateRow', { index: at, row: left }]);
        return {};
      },
    };
  };

  ow.kit({
    name: 'easyui',
    present: () => !!jq(),
    owns: el => el.matches(ORIGINAL) && !!plugin(el),
    // The drawn box and the one that is sent belong to the original; only a file box has its real control inside.
    drops: el => !!jq() && (!!el.closest('.textbox,.combo,.spinner,.searchbox,.switchbutton') && !el.matches(ORIGINAL) && el.type !== 'file' && !el.matches('.easyui-validatebox') && !!el.closest('span') &&
      !!(el.closest('span.textbox,span.combo,span.spinner,span.searchbox,span.switchbutton')) || el.matches('.filebox-f') || !!el.closest('.combo-p,.calendar')),
    skip: el => plugin(el) === 'filebox',
    typeOf: (el, type) => {
      const name = plugin(el);
      if (SWITCH.test(name)) return name === 'radiobutton' ? 'radio' : 'checkbox';
      return TREE.test(name) ? 'tree' : LIST.test(name) ? 'select' : DATE.test(name) ? 'date' : settings(el, name).multiline ? 'textarea' : type === 'password' ? type : 'text';
    },
    face: el => ow.isSeen(el) ? el : el.nextElementSibling && el.nextElementSibling.matches('span') ? el.nextElementSibling : el,
    nameOf: el => el.getAttribute('textboxname') || el.getAttribute('comboname') || el.getAttribute('numberboxname') || el.getAttribute('switchbuttonname') || el.getAttribute('checkboxname') || el.getAttribute('radiobuttonname') || el.name || '',
    required: c => !!settings(c.el, plugin(c.el)).required,
    locked: c => { const o = settings(c.el, plugin(c.el)); return !!o.disabled; },
    column: el => {
      const cell = el.closest('.datagrid-body td[field]'), view = cell && cell.closest('.datagrid-view');
      const head = view && view.querySelector(`.datagrid-header td[field="${CSS.escape(cell.getAttribute('field'))}"]`);
      return head ? ow.textOf(head) : '';
    },
    options: el => LIST.test(plugin(el)) ? lines(el) : null,
    many: el => !!settings(el, plugin(el)).multiple,
    seeks: c => { const o = settings(c.el, plugin(c.el)); return o.mode === 'remote' || !lines(c.el).length; },
    seek: (c, words) => {
      const name = plugin(c.el), o = settings(c.el, name);
      if (!LIST.test(name)) return;
      if (o.mode === 'remote' && o.keyHandler && o.keyHandler.query) { o.keyHandler.query.call(c.el, words, {}); return; }
      if (!lines(c.el).length) { ask(c.el, name, 'showPanel'); ask(c.el, name, 'hidePanel'); }
    },
    invalid: c => {
      const name = plugin(c.el), $ = jq();
      if (SWITCH.test(name)) return '';
      try {
        const box = $.data(c.el, 'textbox') ? $(c.el).textbox('textbox')[0] : $.data(c.el, 'combo') ? $(c.el).combo('textbox')[0] : c.el;
        if (!$.data(box, 'validatebox') || $(box).validatebox('isValid')) return '';
        return strip($.data(box, 'validatebox').message) || 'invalid';
      } catch (e) { return ''; }
    },
    async set(c, want, f) {
      const el = c.el, name = plugin(el);
      if (SWITCH.test(name)) { c.els.forEach((e, i) => ask(e, name, (want.on ? want.on.includes(i) : want.at === i) ? 'check' : 'uncheck')); return undefined; }
      if (TREE.test(name)) {
        const tree = name === 'combotree' ? branches(ask(el, name, 'tree')) : null, held = () => ow.tidy(ask(el, name, 'getText')) === ow.tidy(want.path[want.path.length - 1]);
        const leaf = tree && await ow.climb(tree, want.path, f.wait || 10000);
        if (!leaf) return 'option';
        tree.choose(leaf);
        if (!held()) ask(el, name, 'setValue', { id: leaf.id, text: tree.text(leaf) });
        if (ask(el, name, 'getValue') !== leaf.id) ask(el, name, 'setValue', leaf.id);
        return undefined;
      }
      if (LIST.test(name)) { await setList(el, name, want); return undefined; }
      if (DATE.test(name)) { setDay(el, name, want.text); return undefined; }
      ask(el, name || 'textbox', 'setValue', want.text);
      return undefined;
    },
    get(c) {
      const el = c.el, name = plugin(el);
      if (SWITCH.test(name)) {
        const on = c.els.map((e, i) => settings(e, name).checked ? i : -1).filter(i => i >= 0);
        return { on, text: on.map(i => c.options[i].text).join(';'), code: on.map(i => c.options[i].value).join(';') };
      }
      if (LIST.test(name) || TREE.test(name)) {
        const codes = ask(el, name, 'getValues').map(String).filter(Boolean), known = LIST.test(name) ? lines(el) : [];
        const words = codes.map(code => (known.find(o => o.value === code) || {}).text).filter(Boolean);
        return { text: words.length === codes.length && words.length ? words.join(';') : ow.shown(ask(el, name, 'getText')), code: codes.join(';'), many: codes };
      }
      const value = String(ask(el, name, 'getValue') == null ? '' : ask(el, name, 'getValue'));
      if (!DATE.test(name)) return { text: value, code: value };
      const o = settings(el, name);
      let date = '';
      try { date = value ? isoOf(o.parser.call(el, value)) : ''; } catch (e) { /* a parser that cannot read its own words */ }
      return { text: value, code: value, date };
    },
    async settle() { const $ = jq(); if ($ && $.fn.validatebox) $('.validatebox-text').each((_, el) => { if ($.data(el, 'validatebox') && el.value) $(el).validatebox('validate'); }); },
    trees: () => { const $ = jq(); return $ && $.fn.tree ? [...document.querySelectorAll('ul.tree')].filter(el => $.data(el, 'tree')).map(el => branches($(el))) : []; },
    grids: () => { const $ = jq(); return $ && $.fn.datagrid ? [...document.querySelectorAll('.datagrid-f')].filter(el => $.data(el, 'datagrid') && !el.closest('.combo-p')).map(gridAt) : []; },
  });
})();
