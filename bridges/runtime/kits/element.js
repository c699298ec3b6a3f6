/* Element UI 2 on Vue 2: the truth is in the components, the inputs are only their picture. Every widget is set through
 * the method its own click would call, and read from the component, so that what is verified is what will be sent. */
(() => {
  const ow = window.__onewindow;
  if (!ow) return;
  const vue = (el, selector, test) => {
    let box = el.closest(selector), vm = box && box.__vue__;
    for (let n = 0; vm && n < 6; n++, vm = vm.$parent) if (test(vm)) return vm;
    return null;
  };
  const select = el => vue(el, '.el-select', v => v.handleOptionSelect);
  const cascader = el => vue(el, '.el-cascader', v => v.$options.name === 'ElCascader');
  const date = el => vue(el, '.el-date-editor', v => v.emitInput && v.emitChange);
  const typeOf = (el, type) => el.closest('.el-cascader') ? 'cascade' : el.closest('.el-select') ? 'select' : type;
  const line = o => ({ value: o.value, text: ow.shown(String(o.currentLabel == null ? o.label : o.currentLabel)), disabled: !!o.disabled, vm: o });
  const pathTo = async (panel, parts, wait) => {
    let nodes = null, node = null;
    if (panel.config.lazy && !panel.store.getNodes().length) { await ow.until(() => panel.store.getNodes().length, wait); }
    for (const part of parts) {
      nodes = node ? node.children : panel.store.getNodes();
      const fits = n => String(n.value) === part || ow.tidy(n.label) === ow.tidy(part) || String(n.value).split('/').pop() === part;
      node = nodes.find(fits);
      if (!node) return null;
      if (panel.config.lazy && !node.isLeaf && !node.loaded) {
        const here = node;
        if (!here.loading) panel.lazyLoad(here);
        if (!await ow.until(() => here.loaded, wait)) return null;
      }
    }
    return node;
  };
  ow.kit({
    name: 'element',
    present: () => !!document.querySelector('[class^="el-"],[class*=" el-"]') && [...document.querySelectorAll('.el-form,.el-input,.el-select')].some(e => e.__vue__),
    owns: el => /(^|\s)el-/.test(el.className) || !!el.closest('.el-select,.el-cascader,.el-date-editor,.el-radio-group,.el-checkbox-group,.el-radio,.el-checkbox,.el-upload'),
    skip: (el, type) => !!el.closest('.el-picker-panel,.el-select-dropdown,.el-cascader__dropdown') || el.classList.contains('el-select__input') || el.classList.contains('el-cascader__search-input'),
    typeOf,
    face: el => el.type === 'radio' || el.type === 'checkbox' ? el.closest('label') || el : el,
    group: (el, type) => type === 'radio' ? el.closest('.el-radio-group') : el.closest('.el-checkbox-group'),
    options: el => { const v = select(el); return v ? v.options.map(line) : null; },
    seek: (c, words) => { const v = c.type === 'select' && select(c.el); if (v && v.remote && v.remoteMethod) v.remoteMethod(words); },
    async set(c, want, f) {
      if (c.type === 'select') {
        const v = select(c.el), o = v && v.options.find(o => o.value === want.option.value);
        if (!o) return 'option';
        v.handleOptionSelect(o, true);
        await v.$nextTick();
        if (v.visible) v.visible = false;
        if (v.dispatch) v.dispatch('ElFormItem', 'el.form.blur');
        return undefined;
      }
      if (c.type === 'cascade') {
        const v = cascader(c.el);
        if (!v) return 'widget';
        v.dropDownVisible = true; await v.$nextTick();
        const panel = v.panel || v.$refs.panel, node = await pathTo(panel, want.path, f.wait || 10000);
        if (!node) { v.dropDownVisible = false; return 'option'; }
        panel.handleCheckChange(panel.config.emitPath === false ? node.getValueByOption() : node.path);
        await v.$nextTick(); v.computePresentText && v.computePresentText();
        v.dropDownVisible = false; await v.$nextTick();
        return undefined;
      }
      const d = date(c.el);
      if (d) {
        const m = /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})/.exec(want.text);
        if (!m) { ow.typeInto(c.el, want.text); return undefined; }
        const day = new Date(+m[1], +m[2] - 1, +m[3]);
        d.emitInput(day); await d.$nextTick(); d.emitChange(d.value); d.userInput = null;
        d.pickerVisible = false;
        await d.$nextTick();
        return undefined;
      }
      return ow.plain.set(c, want, f);
    },
    get(c) {
      if (c.type === 'select') {
        const v = select(c.el);
        if (!v) return { text: '', code: '' };
        const o = v.options.find(o => o.value === v.value);
        return { text: o ? ow.shown(v.selectedLabel || line(o).text) : '', code: v.value == null ? '' : String(v.value) };
      }
      if (c.type === 'cascade') {
        const v = cascader(c.el), value = v && v.value;
        return { text: v && (v.presentText || v.inputValue) ? String(v.presentText || v.inputValue).split(/\s*\/\s*/).join('/') : '', code: value == null ? '' : Array.isArray(value) ? value.join('/') : String(value) };
      }
      return ow.plain.get(c);
    },
    async settle() { const any = document.querySelector('.el-form'); if (any && any.__vue__) await any.__vue__.$nextTick(); },
  });
})();
