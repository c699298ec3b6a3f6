/* jQuery UI 1.8 to 1.13: datepicker, selectmenu, autocomplete, spinner. A day is chosen by the call its own click makes, so that
 * `onSelect` and the alternate field hear of it; an autocomplete takes the entry of its list with exactly these words, because
 * the page usually keeps the entry's code from there; words the list does not offer stay free text. */
(() => {
  const ow = window.__onewindow;
  if (!ow) return;
  const jq = () => window.jQuery;
  const inst = (el, name) => { const $ = jq(); return $ && ($(el).data('ui-' + name) || $(el).data('ui' + name[0].toUpperCase() + name.slice(1)) || name !== 'datepicker' && $(el).data(name)) || null; };
  const dated = el => { const $ = jq(); return !!$ && !!$.datepicker && !!$.datepicker._getInst && el.classList.contains('hasDatepicker'); };
  const kindOf = el => {
    if (!jq() || !jq().fn) return '';
    if (dated(el)) return 'date';
    if (el.tagName === 'SELECT') { const s = inst(el, 'selectmenu'); return s && (s.button || s.newelement) ? 'selectmenu' : ''; }
    const a = inst(el, 'autocomplete');
    if (a && a.menu && a.options) return 'autocomplete';
    const s = inst(el, 'spinner');
    return s && s.uiSpinner ? 'spinner' : '';
  };
  const dayOf = text => { const m = /(\d{4})\D+(\d{1,2})\D+(\d{1,2})/.exec(text) || /^(\d{4})(\d{2})(\d{2})$/.exec(text); return m ? new Date(+m[1], m[2] - 1, +m[3]) : null; };
  const isoOf = d => d && !isNaN(d) ? [d.getFullYear(), String(d.getMonth() + 1).padStart(2, '0'), String(d.getDate()).padStart(2, '0')].join('-') : '';
  const entries = a => [...a.menu.element[0].children].map(li => jq()(li).data('ui-autocomplete-item') || jq()(li).data('uiAutocompleteItem') || jq()(li).data('item.autocomplete')).filter(Boolean);
  const complete = async (el, words) => {
    const a = inst(el, 'autocomplete'), $ = jq();
    ow.fire(el, 'focus', FocusEvent, { bubbles: false });
    ow.nativeSet(el, words);
    $(el).autocomplete('search', words);
    const exact = () => entries(a).find(o => ow.tidy(String(o.label)) === ow.tidy(words) || ow.tidy(String(o.value)) === ow.tidy(words));
    const item = await ow.until(() => !a.pending && exact(), 3000);
    if (item) { if (a._trigger('select', null, { item }) !== false) a._value(item.value); a.term = a._value(); a.selectedItem = item; }
    a.close();
    ow.fire(el, 'change'); ow.fire(el, 'blur', FocusEvent, { bubbles: false });
    a._trigger('change', null, { item: item || null });
  };
  ow.kit({
    name: 'jqueryui',
    present: () => { const $ = jq(); return !!$ && !!$.ui; },
    owns: el => !!kindOf(el),
    drops: el => !!el.closest('.ui-datepicker,.ui-selectmenu-menu'),
    typeOf: (el, type) => ({ date: 'date', selectmenu: 'select' }[kindOf(el)] || type),
    face: el => { const s = kindOf(el) === 'selectmenu' && inst(el, 'selectmenu'); return s ? (s.button || s.newelement)[0] : el; },
    async set(c, want, f) {
      const el = c.el, $ = jq(), kind = kindOf(el);
      if (kind === 'date') {
        const day = dayOf(want.text);
        if (!day) return ow.plain.set(c, want, f);
        $(el).datepicker('setDate', day);
        $.datepicker._selectDate(el);
        return undefined;
      }
      if (kind === 'selectmenu') {
        el.selectedIndex = [...el.options].findIndex(o => o.value === want.option.value && ow.shown(o.text) === want.option.text);
        const s = inst(el, 'selectmenu');
        $(el).selectmenu('refresh');
        const item = { element: $(el.options[el.selectedIndex]), index: el.selectedIndex, value: el.value, label: el.options[el.selectedIndex].text };
        s._trigger('select', null, { item }); s._trigger('change', null, { item });
        ow.fire(el, 'change');
        return undefined;
      }
      if (kind === 'autocomplete') { await complete(el, want.text); return undefined; }
      if (kind === 'spinner') { $(el).spinner('value', want.text); ow.fire(el, 'change'); ow.fire(el, 'blur', FocusEvent, { bubbles: false }); return undefined; }
      return ow.plain.set(c, want, f);
    },
    get(c) {
      const got = ow.plain.get(c);
      if (kindOf(c.el) !== 'date') return got;
      let date = '';
      try { date = c.el.value ? isoOf(jq()(c.el).datepicker('getDate')) : ''; } catch (e) { /* it holds no date */ }
      return { ...got, date };
    },
  });
})();
