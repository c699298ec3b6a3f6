/* jsGrid: rows are JavaScript objects behind a drawn table; the insert row's boxes are nobody's until its plus is pressed. */
(() => {
  const ow = window.__onewindow;
  if (!ow) return;
  const jq = () => window.jQuery;
  const all = () => { const $ = jq(); return $ && window.jsGrid ? [...document.querySelectorAll('.jsgrid')].filter(el => $(el).data('JSGrid')) : []; };
  const choices = f => (f.items || []).map((o, i) => f.valueField || f.textField ? { value: String(o[f.valueField || f.textField]), raw: o[f.valueField || f.textField], text: ow.shown(String(o[f.textField || f.valueField])) } : { value: String(i), raw: i, text: ow.shown(String(o)) });
  const gridAt = el => {
    const grid = jq()(el).data('JSGrid');
    const fields = grid.fields.filter(f => f.type !== 'control' && f.name && (f.title || f.name) && f.visible !== false);
    return {
      el, face: () => el, columns: () => fields.map(f => ow.shown(f.title == null ? f.name : String(f.title))),
      rows: () => grid.data.map(r => fields.map(f => { const v = r[f.name], o = f.items ? choices(f).find(o => o.value === String(v)) : null; return { text: o ? o.text : v == null ? '' : ow.shown(String(v)), code: v == null ? '' : String(v) }; })),
      clear: () => { for (const r of [...grid.data]) { grid.data.splice(grid.data.indexOf(r), 1); } grid.refresh(); },
      async add(words) {
        const row = {};
        for (const [n, f] of fields.entries()) {
          if (words[n] == null) continue;
          if (f.items) { const o = ow.pick(choices(f), words[n]); if (!o) return { problem: 'option', at: n }; row[f.name] = o.raw; }
          else row[f.name] = f.type === 'number' ? Number(words[n]) : f.type === 'checkbox' ? /^(1|true|是|y|yes)$/i.test(words[n]) : words[n];
        }
        const before = grid.data.length;
        grid.insertItem(row);
        return await ow.until(() => grid.data.length > before, 5000) ? {} : { problem: 'invalid' };
      },
    };
  };
  ow.kit({
    name: 'jsgrid',
    present: () => all().length > 0,
    owns: () => false,
    column: el => {
      const cell = el.closest('.jsgrid-cell'), table = cell && cell.closest('.jsgrid'), head = table && table.querySelector('.jsgrid-header-row');
      return head && head.children[cell.cellIndex] ? ow.textOf(head.children[cell.cellIndex]) : '';
    },
    drops: el => !!el.closest('.jsgrid-filter-row,.jsgrid-pager-container'),
    grids: () => all().map(gridAt),
  });
})();
