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
  // What the component holds, not what its picture shows: a checked box the model forgot is not checked.
  const box = el => vue(el, '.el-checkbox,.el-checkbox-button,.el-radio,.el-radio-button,.el-switch', v => 'isChecked' in v || 'checked' in v || 'model' in v);
  const isOn = el => {
    const v = box(el);
    if (!v) return el.checked;
    if (el.closest('.el-switch')) return !!v.checked;
    if (el.type === 'radio') return ('model' in v ? v.model : v.value) === v.label;
    return !!v.isChecked;
  };
  const modelOf = el => {
    const number = el.closest('.el-input-number'), n = number && number.__vue__;
    if (n && 'displayValue' in n) { const same = el.value !== '' && Number(el.value) === Number(n.value), text = same || n.value == null && !el.value ? el.value : String(n.value == null ? '' : n.value); return { text, code: n.value == null ? '' : String(n.value) }; }
    const v = vue(el, '.el-input,.el-textarea,.el-autocomplete', v => v.$options.name === 'ElInput');
    if (!v || el.type === 'file') return { text: el.value, code: el.value };
    const text = v.value == null ? '' : String(v.value);
    return { text, code: text };
  };
  const cascader = el => vue(el, '.el-cascader', v => v.$options.name === 'ElCascader');
  const date = el => vue(el, '.el-date-editor', v => v.emitInput && v.emitChange);
  const typeOf = (el, type) => el.closest('.el-cascader') ? 'cascade' : el.closest('.el-select') ? 'select' : el.closest('.el-date-editor') && date(el) ? 'date' : type;
  // A list of one choice or of several; what a remote list found is only there while it is asked for.
  const held = v => (Array.isArray(v.value) ? v.value : v.value == null || v.value === '' ? [] : [v.value]);
  const nameOf = o => ow.shown(String(o.currentLabel == null ? o.label : o.currentLabel));
  const branches = vm => {
    const top = () => vm.root.childNodes;
    return {
      el: vm.$el, roots: top, children: n => n.childNodes, opens: n => !n.isLeaf || !n.loaded && vm.lazy,
      open: n => { if (!n.expanded || vm.lazy && !n.loaded) n.expand(); }, text: n => ow.shown(String(n.label)), code: n => String(n.key == null ? '' : n.key),
      async choose(n) {
        if (n.parent && !n.parent.expanded) n.parent.expand();
        await vm.$nextTick();
        const seen = () => [...vm.$el.querySelectorAll('.el-tree-node')].map(e => e.__vue__).find(v => v && v.node === n);
        const at = await ow.until(seen, 3000);
        if (vm.showCheckbox && !vm.checkOnClickNode && at) { if (!n.checked) at.handleCheckChange(null, { target: { checked: true } }); return; }
        if (at) at.$el.click();
      },
    };
  };
  const line = o => ({ value: o.value, text: ow.shown(String(o.currentLabel == null ? o.label : o.currentLabel)), disabled: !!o.disabled, vm: o });
  // Before 2.9 a cascader holds its branches in `options`, and a late one is asked for by `active-item-change`.
  const oldPath = async (v, parts, wait) => {
    const codes = [];
    const level = () => codes.reduce((rows, code) => { const o = (rows || []).find(o => o[v.valueKey] === code); return o && o[v.childrenKey]; }, v.options);
    for (const part of parts) {
      const named = () => (level() || []).find(o => ow.tidy(String(o[v.labelKey])) === ow.tidy(part) || String(o[v.valueKey]) === part);
      if (!named() && codes.length) v.$emit('active-item-change', [...codes]);
      const o = await ow.until(named, wait);
      if (!o) return null;
      codes.push(o[v.valueKey]);
    }
    return codes;
  };
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
    // Its boxes have no names: what the form calls the value is what tells two of one kind apart.
    nameOf: el => el.name || String((el.closest('.el-form-item') || {}).__vue__ && el.closest('.el-form-item').__vue__.prop || ''),
    face: el => el.type === 'radio' || el.type === 'checkbox' ? el.closest('label,.el-switch') || el : el,
    optionText: el => { const box = el.closest('.el-switch'), on = box && box.querySelector('.el-switch__label--right,.el-switch__label.is-active'); return on ? on.textContent : ''; },
    column: el => {
      const cell = el.closest('.el-table__body td'), mark = cell && [...cell.classList].find(c => /^el-table_\d+_column_\d+$/.test(c));
      const head = mark && cell.closest('.el-table').querySelector(`.el-table__header th.${mark}`);
      return head ? ow.textOf(head) : '';
    },
    many: el => { const v = select(el); return !!v && v.multiple; },
    swift: c => /^(text|textarea|tel|email|radio|select|date)$/.test(c.type),
    seeks: c => { const v = c.type === 'select' && select(c.el); return !!v && (v.remote || !v.options.length); },
    trees: () => [...document.querySelectorAll('.el-tree')].map(el => el.__vue__).filter(v => v && v.root).map(branches),
    group: (el, type) => type === 'radio' ? el.closest('.el-radio-group') : el.closest('.el-checkbox-group'),
    options: el => { const v = select(el); return v ? v.options.map(line) : null; },
    seek: (c, words) => { const v = c.type === 'select' && select(c.el); if (v && v.remote && v.remoteMethod) v.remoteMethod(words); },
    async set(c, want, f) {
      if (c.type === 'select') {
        const v = select(c.el), wanted = (want.many || [want.option]).map(o => o.value);
        if (!v) return 'option';
        if (want.many) for (const had of held(v)) if (!wanted.includes(had)) { const o = v.options.find(o => o.value === had); if (o) { v.handleOptionSelect(o, true); await v.$nextTick(); } }
        for (const value of wanted) {
          const o = v.options.find(o => o.value === value);
          if (!o) return 'option';
          if (!want.many || !held(v).includes(value)) v.handleOptionSelect(o, true);
          await v.$nextTick();
        }
        if (v.visible) v.visible = false;
        if (v.dispatch) v.dispatch('ElFormItem', 'el.form.blur');
        return undefined;
      }
      if (c.type === 'cascade') {
        const v = cascader(c.el);
        if (!v) return 'widget';
        if (v.handlePick && !v.computePresentText) { const codes = await oldPath(v, want.path, f.wait || 10000); if (!codes) return 'option'; v.handlePick(codes); await v.$nextTick(); return undefined; }
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
      if (c.type === 'checkbox') {
        // Each click is told to the model, which answers with the next tick: two at once and the first is forgotten.
        for (const [i, el] of c.els.entries()) if (isOn(el) !== want.on.includes(i)) { el.click(); const v = box(el); await (v ? v.$nextTick() : ow.tick()); await ow.tick(); }
        return undefined;
      }
      return ow.plain.set(c, want, f);
    },
    get(c) {
      if (c.type === 'checkbox') { const on = c.els.map((el, i) => isOn(el) ? i : -1).filter(i => i >= 0); return { on, text: on.map(i => c.options[i].text).join(';'), code: on.map(i => c.options[i].value).join(';') }; }
      if (c.type === 'radio') { const i = c.els.findIndex(isOn); return i < 0 ? { text: '', code: '' } : { text: c.options[i].text, code: c.options[i].value }; }
      if (c.type === 'select') {
        const v = select(c.el);
        if (!v) return { text: '', code: '' };
        if (v.multiple) { const on = (v.selected || []).filter(o => held(v).includes(o.value)); return { text: on.map(nameOf).join(';'), code: held(v).join(';'), many: held(v).map(String) }; }
        const o = v.options.find(o => o.value === v.value);
        return { text: o ? ow.shown(v.selectedLabel || line(o).text) : '', code: v.value == null ? '' : String(v.value) };
      }
      const d = c.type === 'date' && date(c.el);
      if (d) {
        const v = d.value instanceof Date ? d.value : d.parsedValue instanceof Date ? d.parsedValue : null;
        const iso = v ? [v.getFullYear(), String(v.getMonth() + 1).padStart(2, '0'), String(v.getDate()).padStart(2, '0')].join('-') : '';
        return { text: c.el.value, code: d.value == null ? '' : String(d.value), date: d.value ? iso || ow.normal(String(d.value), ['date']) : 'none' };
      }
      if (c.type === 'cascade') {
        const v = cascader(c.el), value = v && v.value;
        if (v && v.currentLabels && !v.computePresentText) return { text: v.currentLabels.map(l => ow.shown(String(l))).join('/'), code: (v.value || []).join('/') };
        return { text: v && (v.presentText || v.inputValue) ? String(v.presentText || v.inputValue).split(/\s*\/\s*/).join('/') : '', code: value == null ? '' : Array.isArray(value) ? value.join('/') : String(value) };
      }
      return modelOf(c.el);
    },
    async settle() { const any = document.querySelector('.el-form'); if (any && any.__vue__) await any.__vue__.$nextTick(); },
  });
})();
