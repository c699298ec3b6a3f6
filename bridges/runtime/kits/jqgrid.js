/* jqGrid (free, Guriddo, tonytomov's): rows live in its own store, a row being edited holds boxes until it is saved, and the last
 * one is lost when nobody does. Rows are added through the grid and read from its store. */
(() => {
  const ow = window.__onewindow;
  if (!ow) return;
  const jq = () => window.jQuery;
  const strip = html => { const d = document.createElement('div'); d.innerHTML = String(html == null ? '' : html); return ow.shown(d.textContent); };
  const choices = value => {
    if (typeof value === 'function') value = value();
    if (value && typeof value === 'object') return Object.entries(value).map(([v, t]) => ({ value: v, text: ow.shown(String(t)) }));
    return String(value || '').split(';').filter(Boolean).map(p => { const at = p.indexOf(':'); return { value: p.slice(0, at), text: ow.shown(p.slice(at + 1)) }; });
  };
  const gridAt = el => {
    const $ = jq(), g = (...a) => $(el).jqGrid(...a);
    const names = g('getGridParam', 'colNames');
    const columns = g('getGridParam', 'colModel').map((m, i) => ({ ...m, title: strip(names[i]) })).filter(m => m.title && !m.hidden && !['rn', 'cb', 'subgrid'].includes(m.name));
    const settle = () => { for (const tr of [...el.rows]) if (tr.getAttribute('editable') === '1') g('saveRow', tr.id, { url: 'clientArray' }); };
    const code = (m, words) => { if (m.edittype !== 'select' && m.formatter !== 'select') return words; const o = ow.pick(choices((m.editoptions || m.formatoptions || {}).value), words); return o ? o.value : null; };
    const text = (m, v) => { if (m.edittype !== 'select' && m.formatter !== 'select') return strip(v); const o = choices((m.editoptions || m.formatoptions || {}).value).find(o => o.value === String(v)); return o ? o.text : strip(v); };
    const told = ids => ids.map(id => g('getRowData', id)).map(r => columns.map(m => ({ text: text(m, r[m.name]), code: r[m.name] == null ? '' : String(r[m.name]) })));
    return {
      el, face: () => el.closest('.ui-jqgrid') || el, columns: () => columns.map(m => m.title), settle,
      rows: () => { settle(); return told(g('getDataIDs')); },
      peek: () => told([...el.rows].filter(tr => tr.id && tr.getAttribute('editable') !== '1').map(tr => tr.id)),
      clear: () => { for (const id of [...g('getDataIDs')]) g('delRowData', id); },
      async add(words) {
        settle();
        const row = {};
        for (const [n, m] of columns.entries()) {
          if (words[n] == null) continue;
          row[m.name] = code(m, words[n]);
          if (row[m.name] === null) return { problem: 'option', at: n };
        }
        const held = new Set(g('getDataIDs').map(String));
        let n = held.size + 1;
        while (held.has(`ow${n}`)) n++;
        return g('addRowData', `ow${n}`, row) === false ? { problem: 'invalid' } : {};
      },
    };
  };
  const all = () => { const $ = jq(); return $ && $.fn && $.fn.jqGrid ? [...document.querySelectorAll('table.ui-jqgrid-btable')].filter(t => t.grid) : []; };
  ow.kit({
    name: 'jqgrid',
    present: () => all().length > 0,
    owns: () => false,
    drops: el => !!el.closest('.ui-pg-table,.ui-search-toolbar') || el.classList.contains('cbox') && !!el.closest('.ui-jqgrid'),
    column: el => {
      const cell = el.closest('.ui-jqgrid-btable td[aria-describedby]'), head = cell && document.getElementById(cell.getAttribute('aria-describedby'));
      return head ? ow.textOf(head) : '';
    },
    grids: () => all().map(gridAt),
  });
})();
