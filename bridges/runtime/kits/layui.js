/* layui 2: the native select, radio and checkbox stay in the page, hidden behind a drawn twin; a click on the twin is the
 * only thing that keeps both in step and tells the page's own listeners. laydate writes into a plain input. */
(() => {
  const ow = window.__onewindow;
  if (!ow || ow.found.layui) return;
  const twin = (el, name) => { const n = el.nextElementSibling; return n && n.classList.contains(name) ? n : null; };
  const inForm = el => !!el.closest('.layui-form') && !el.hasAttribute('lay-ignore');
  ow.kit({
    name: 'layui',
    present: () => !!window.layui,
    owns: (el, type) => inForm(el) && (type === 'select' || type === 'radio' || type === 'checkbox') || el.hasAttribute('lay-key') || !!el.closest('.layui-form-select'),
    skip: el => el.tagName === 'INPUT' && !!el.closest('.layui-form-select,.layui-laydate'),
    face: el => twin(el, 'layui-form-select') || twin(el, 'layui-form-radio') || twin(el, 'layui-form-checkbox') || twin(el, 'layui-form-switch') || el,
    optionText: el => { const n = twin(el, 'layui-form-radio') || twin(el, 'layui-form-checkbox'); return el.title || (n && n.textContent); },
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
      const shade = document.querySelector('.layui-laydate');
      if (shade && window.layui.laydate && window.layui.laydate.close) window.layui.laydate.close();
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
