/* What stands on a Bootstrap 3 page: select2 (3 and 4), chosen, bootstrap-select, and the three date pickers of that time
 * (bootstrap-datepicker, smalot's and Eonasdan's datetimepicker). Bootstrap itself has no widgets that hold values. The native
 * list stays the one that is sent; each plugin draws its own and must be told. `change` is fired as the browser fires it,
 * so that listeners of either kind hear it. */
(() => {
  const ow = window.__onewindow;
  if (!ow) return;
  const jq = () => window.jQuery;
  const data = (el, key) => { const $ = jq(); return $ && $.data ? $(el).data(key) : undefined; };
  const lists = new WeakMap();  // what a remote list has brought, by its box
  const kindOf = el => {
    if (!jq()) return '';
    if (data(el, 'select2')) return 'select2';
    if (el.tagName === 'SELECT' && (data(el, 'chosen') || el.nextElementSibling && el.nextElementSibling.matches('.chosen-container,.chzn-container'))) return 'chosen';
    if (el.tagName === 'SELECT' && data(el, 'selectpicker')) return 'selectpicker';
    return el.tagName === 'INPUT' && pickerOf(el) ? 'date' : '';
  };
  // ---- dates: the plugin sits on the box itself or on the group around it
  const PICKERS = {
    datepicker: { is: p => !!p && typeof p.setUTCDate === 'function' && !('settings' in p), set: (h, p, d) => { if (p.setDate) jq()(h).datepicker('setDate', d); else jq()(h).datepicker('update', d); if (p.hide) p.hide(); }, get: (h, p) => p.dates && !p.dates.length ? null : p.getDate() },
    datetimepicker: { is: p => !!p && typeof p.setUTCDate === 'function', set: (h, p, d) => { p.setDate(d); jq()(h).trigger({ type: 'changeDate', date: d }); if (p.hide) p.hide(); }, get: (h, p) => hostInput(h).value ? p.getDate() : null },
    DateTimePicker: { is: p => !!p && typeof p.date === 'function', set: (h, p, d) => { p.date(window.moment ? window.moment(d) : d); if (p.hide) p.hide(); }, get: (h, p) => { const m = p.date(); return m ? m.toDate() : null; } },
  };
  const hostInput = h => h.tagName === 'INPUT' ? h : h.querySelector('input');
  const pickerOf = el => {
    for (let h = el, up = 0; h && up < 3; h = h.parentElement, up++) for (const key in PICKERS) {
      const p = data(h, key);
      if (PICKERS[key].is(p) && (h === el || hostInput(h) === el || h.contains(el))) return { host: h, picker: p, key };
    }
    return null;
  };
  const dayOf = text => { const m = /(\d{4})\D+(\d{1,2})\D+(\d{1,2})(?:\D+(\d{1,2}):(\d{1,2}))?/.exec(text) || /^(\d{4})(\d{2})(\d{2})$/.exec(text); return m ? new Date(+m[1], m[2] - 1, +m[3], +(m[4] || 0), +(m[5] || 0)) : null; };
  const isoOf = d => d && !isNaN(d) ? [d.getFullYear(), String(d.getMonth() + 1).padStart(2, '0'), String(d.getDate()).padStart(2, '0')].join('-') : '';

  // ---- lists
  const native = el => el.tagName === 'SELECT' ? [...el.options].map(o => ({ value: o.value, text: ow.shown(o.text), disabled: o.disabled })) : [];
  const optionsOf = el => { const own = native(el), more = lists.get(el) || []; return [...own, ...more.filter(m => !own.some(o => o.value === m.value))]; };
  const isRemote = el => { const s = data(el, 'select2'); return !!s && !!(s.dataAdapter ? s.options && s.options.get && (s.options.get('ajax') || s.options.get('dataAdapter')) : s.opts && (s.opts.ajax || s.opts.query)); };
  const seek = (el, words) => {
    const s = data(el, 'select2');
    const take = told => lists.set(el, flat(told && told.results || []));
    const flat = rows => rows.flatMap(r => r.children ? flat(r.children) : [{ value: String(r.id), text: ow.shown(String(r.text == null ? r.name == null ? r.id : r.name : r.text)), disabled: !!r.disabled, item: r }]);
    if (s && s.dataAdapter) s.dataAdapter.query({ term: words }, take);
    else if (s && s.opts && s.opts.query) s.opts.query({ element: jq()(el), term: words, page: 1, context: null, matcher: s.opts.matcher, callback: take });
  };
  const setSelect = (el, kind, want) => {
    const chosen = want.many || [want.option], on = new Set(chosen.map(o => String(o.value))), $ = jq(), s = data(el, 'select2');
    if (kind === 'select2' && el.tagName !== 'SELECT') {  // select2 3 on a hidden box
      const items = chosen.map(o => o.item || { id: o.value, text: o.text });
      $(el).select2('data', want.many ? items : items[0], true);
      return;
    }
    for (const o of chosen) if (![...el.options].some(have => have.value === String(o.value))) { const made = new Option(o.text, o.value, false, false); if (s && o.item) $(made).data('data', o.item); el.append(made); }
    for (const o of el.options) o.selected = on.has(o.value);
    if (!want.many) el.value = String(want.option.value);
    if (kind === 'selectpicker') $(el).selectpicker('val', want.many ? [...on] : [...on][0]);
    if (kind === 'chosen') $(el).trigger('chosen:updated').trigger('liszt:updated');
    if (s && !s.dataAdapter) $(el).select2('val', want.many ? [...on] : [...on][0]);
    ow.fire(el, 'input'); ow.fire(el, 'change');
    if (s && s.dataAdapter) for (const o of chosen) $(el).trigger({ type: 'select2:select', params: { data: o.item || { id: o.value, text: o.text } } });
  };
  const shownText = (el, kind) => {
    if (kind !== 'select2' || el.tagName === 'SELECT') return null;
    const held = jq()(el).select2('data');
    return held ? (Array.isArray(held) ? held : [held]).map(d => ow.shown(String(d.text))).join(';') : '';
  };
  ow.kit({
    name: 'bootstrap3',
    present: () => { const $ = jq(); return !!$ && !!$.fn && !!($.fn.select2 || $.fn.chosen || $.fn.selectpicker || $.fn.datetimepicker || $.fn.datepicker && !$.datepicker || $.fn.modal && $.fn.tab); },
    owns: el => !!kindOf(el),
    drops: el => !el.matches('select,[type=file]') && !!el.closest('.select2-container,.select2-dropdown,.select2-drop,.chosen-container,.chzn-container,.bs-searchbox,.datepicker-dropdown,.datetimepicker,.bootstrap-datetimepicker-widget'),
    typeOf: (el, type) => ({ date: 'date', '': type }[kindOf(el)] || 'select'),
    face: el => {
      const kind = kindOf(el), s = data(el, 'select2'), c = data(el, 'chosen'), p = data(el, 'selectpicker');
      if (kind === 'select2') return s.$container ? s.$container[0] : s.container ? s.container[0] : el;
      if (kind === 'chosen') return c && c.container ? c.container[0] : el.nextElementSibling;
      return kind === 'selectpicker' && p.$newElement ? p.$newElement[0] : el;
    },
    many: el => el.tagName === 'SELECT' ? el.multiple : !!(data(el, 'select2') && data(el, 'select2').opts && data(el, 'select2').opts.multiple),
    options: el => kindOf(el) === 'date' ? null : optionsOf(el),
    seeks: c => isRemote(c.el),
    seek: (c, words) => { if (kindOf(c.el) === 'select2' && isRemote(c.el)) for (const part of c.kit.many(c.el) ? words.split(/[;；]/) : [words]) seek(c.el, part); },
    async set(c, want, f) {
      const kind = kindOf(c.el);
      if (kind !== 'date') { setSelect(c.el, kind, want); return undefined; }
      const at = pickerOf(c.el), day = dayOf(want.text);
      if (!day) return ow.plain.set(c, want, f);
      PICKERS[at.key].set(at.host, at.picker, day);
      return undefined;
    },
    get(c) {
      const kind = kindOf(c.el), words = shownText(c.el, kind);
      if (words !== null) { const codes = String(jq()(c.el).val() || '').split(',').filter(Boolean); return { text: words, code: codes.join(';'), many: codes }; }
      if (kind !== 'date') {
        const on = [...c.el.selectedOptions].filter(o => o.value !== '' || !c.el.multiple);
        return { text: on.map(o => ow.shown(o.text)).join(';'), code: on.map(o => o.value).join(';'), many: on.map(o => o.value) };
      }
      const at = pickerOf(c.el);
      let date = '';
      try { date = c.el.value ? isoOf(PICKERS[at.key].get(at.host, at.picker)) : ''; } catch (e) { /* it holds no date */ }
      return { text: c.el.value, code: c.el.value, date: date || 'none', model: true };
    },
  });
})();
