/* layui 2: the native select, radio and checkbox stay in the page, hidden behind a drawn twin; a click on the twin is the
 * only thing that keeps both in step and tells the page's own listeners. laydate writes into a plain input. */
(() => {
  const ow = window.__onewindow;
  if (!ow || ow.found.layui) return;
  const twin = (el, name) => { const n = el.nextElementSibling; return n && n.classList.contains(name) ? n : null; };
  const DAY = /(\d{4})\D+(\d{1,2})\D+(\d{1,2})/;
  // The calendar opens on the day the box already holds: picked there, the page's own `done` hears of it, as by hand.
  const pickDay = async (el, text) => {
    const m = DAY.exec(text);
    if (!m || /\d:\d/.test(text)) return;
    const panel = () => [...document.querySelectorAll('.layui-laydate')].find(p => p.id === 'layui-laydate' + el.getAttribute('lay-key'));
    ow.fire(el, 'focus', FocusEvent, { bubbles: false }); if (!panel()) el.click();
    const open = await ow.until(panel, 600), day = open && open.querySelector(`td[lay-ymd="${+m[1]}-${+m[2]}-${+m[3]}"]`);
    if (day && !day.classList.contains('laydate-disabled') && open.querySelectorAll('.layui-laydate-main').length === 1) { day.click(); if (panel()) { const ok = open.querySelector('.laydate-btns-confirm'); if (ok) ok.click(); } }
    if (panel()) panel().remove();
  };
  const label = entry => { const t = entry.querySelector(':scope > .layui-tree-main .layui-tree-txt') || entry.querySelector('.layui-tree-txt'); return t; };
  const branches = el => {
    const sets = box => box ? [...box.children].filter(n => n.classList.contains('layui-tree-set')) : [];
    const pack = n => n.querySelector(':scope > .layui-tree-pack');
    const arrow = n => n.querySelector(':scope > .layui-tree-entry .layui-tree-iconClick');
    return {
      el, roots: () => sets(el), children: n => sets(pack(n)),
      opens: n => !!arrow(n) && !arrow(n).querySelector('.layui-icon-file'),
      open: n => { if (!n.classList.contains('layui-tree-spread')) arrow(n).click(); },
      text: n => ow.shown(label(n) ? label(n).textContent : ''), code: n => String(n.getAttribute('data-id') || ''),
      choose: n => { const box = n.querySelector(':scope > .layui-tree-entry .layui-form-checkbox:not(.layui-form-checked)'); (box || label(n)).click(); },
    };
  };
  const tableAt = view => {
    const id = view.getAttribute('lay-id'), heads = () => [...view.querySelectorAll('.layui-table-header th[data-field]')].filter(th => !th.classList.contains('layui-hide') && ow.textOf(th));
    const main = () => [...view.querySelectorAll('.layui-table-main tr')];
    const cache = () => ((window.layui.table && window.layui.table.cache || {})[id] || []);
    return {
      el: view, face: () => view, columns: () => [...new Map(heads().map(th => [th.dataset.field, ow.textOf(th)])).values()],
      rows: () => main().filter(tr => tr.querySelector('td[data-field]')).map((tr, at) => [...new Set(heads().map(th => th.dataset.field))].map(f => {
        const td = tr.querySelector(`td[data-field="${CSS.escape(f)}"]`), row = cache()[at] || {};
        return { text: td ? ow.shown(td.textContent) : '', code: row[f] == null ? '' : String(row[f]) };
      })),
    };
  };
  const inForm = el => !!el.closest('.layui-form') && !el.hasAttribute('lay-ignore');
  ow.kit({
    name: 'layui',
    present: () => !!window.layui,
    owns: (el, type) => inForm(el) && (type === 'select' || type === 'radio' || type === 'checkbox') || el.hasAttribute('lay-key') || !!el.closest('.layui-form-select'),
    skip: el => el.tagName === 'INPUT' && !!el.closest('.layui-form-select,.layui-laydate'),
    typeOf: (el, type) => el.hasAttribute('lay-key') && el.tagName === 'INPUT' ? 'date' : type,
    column: el => { const td = el.closest('.layui-table-view td[data-field]'), th = td && td.closest('.layui-table-view').querySelector(`th[data-field="${CSS.escape(td.dataset.field)}"]`); return th ? ow.textOf(th) : ''; },
    trees: () => [...document.querySelectorAll('.layui-tree')].filter(el => el.querySelector(':scope > .layui-tree-set')).map(branches),
    grids: () => [...document.querySelectorAll('.layui-table-view[lay-id]')].map(tableAt),
    face: el => twin(el, 'layui-form-select') || twin(el, 'layui-form-radio') || twin(el, 'layui-form-checkbox') || twin(el, 'layui-form-switch') || el,
    optionText: el => { if (el.getAttribute('lay-skin') === 'switch' || twin(el, 'layui-form-switch')) return (el.getAttribute('lay-text') || el.title || '').split('|')[0]; const n = twin(el, 'layui-form-radio') || twin(el, 'layui-form-checkbox'); return el.title || (n && n.textContent); },
    async set(c, want, f) {
      if (c.type === 'select') {
        const box = twin(c.el, 'layui-form-select');
        const line = box && [...box.querySelectorAll('dd')].find(d => d.getAttribute('lay-value') === want.option.value && ow.shown(d.textContent) === want.option.text);
        if (!line) return ow.plain.set(c, want, f);
        box.querySelector('input').click(); line.click();
        box.classList.remove('layui-form-selected');
        return undefined;
      }
      if (c.type === 'radio') { const n = twin(c.els[want.at], 'layui-form-radio'); (n || c.els[want.at]).click(); return undefined; }
      if (c.type === 'checkbox') {
        c.els.forEach((el, i) => { if (el.checked !== want.on.includes(i)) (twin(el, 'layui-form-checkbox') || twin(el, 'layui-form-switch') || el).click(); });
        return undefined;
      }
      ow.typeInto(c.el, want.text);
      await pickDay(c.el, want.text);
      if (c.el.value !== want.text) ow.typeInto(c.el, want.text);
      return undefined;
    },
    get(c) {
      const got = ow.plain.get(c);
      if (c.type !== 'select') return got;
      const box = twin(c.el, 'layui-form-select'), face = box && box.querySelector('input');
      return face && got.code !== '' ? { code: got.code, text: ow.shown(face.value) } : got;
    },
  });
})();
