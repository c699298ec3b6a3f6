/* My97DatePicker: a calendar in an iframe over a plain, often readonly box. A value written into the box is sent, but the
 * page's own `onpicked` (an age, a due date) is only called when a day is picked: so the calendar is opened on the day and
 * the day is picked, and what it does not take is written. */
(() => {
  const ow = window.__onewindow;
  if (!ow) return;
  const CALLED = /WdatePicker\s*\(/;
  const said = el => ['onclick', 'onfocus', 'ondblclick'].map(n => el.getAttribute(n) || '').find(w => CALLED.test(w)) || '';
  const formatOf = el => { const m = /dateFmt\s*:\s*(['"])(.*?)\1/.exec(said(el)); return m ? m[2] : ''; };
  const written = (format, text) => {
    const m = /(\d{4})\D+(\d{1,2})\D+(\d{1,2})(?:\D+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?/.exec(text) || /^(\d{4})(\d{2})(\d{2})$/.exec(text);
    if (!m) return text;
    const two = n => String(n || 0).padStart(2, '0');
    const words = { yyyy: m[1], MM: two(m[2]), dd: two(m[3]), HH: two(m[4]), mm: two(m[5]), ss: two(m[6]), yy: m[1].slice(2), M: String(+m[2]), d: String(+m[3]), H: String(+(m[4] || 0)) };
    return format.replace(/yyyy|yy|MM|M|dd|d|HH|H|mm|ss/g, w => words[w]);
  };
  const write = (el, text) => { ow.nativeSet(el, text); };
  const calendar = () => { try { const dp = window.$dp, frame = dp && dp.dd && dp.dd.querySelector('iframe'); return frame && frame.contentWindow && frame.contentWindow.day_Click && frame.contentWindow.$d ? frame.contentWindow : null; } catch (e) { return null; } };
  ow.kit({
    name: 'my97',
    present: () => typeof window.WdatePicker === 'function',
    owns: el => el.tagName === 'INPUT' && typeof window.WdatePicker === 'function' && (el.classList.contains('Wdate') || el.classList.contains('WdateFmtErr') || !!said(el)),
    typeOf: () => 'date',
    async set(c, want) {
      const el = c.el, format = formatOf(el), text = format ? written(format, want.text) : want.text;
      const m = /(\d{4})\D+(\d{1,2})\D+(\d{1,2})/.exec(want.text);
      write(el, text);
      if (m && !/[Hms]/.test(format)) {
        const how = el.hasAttribute('onfocus') && CALLED.test(el.getAttribute('onfocus')) ? 'focus' : 'click';
        try {
          if (how === 'focus') ow.fire(el, 'focus', FocusEvent, { bubbles: false }); else el.click();
          const open = await ow.until(calendar, 2500);
          if (open && window.$dp.el === el) { open.day_Click(+m[1], +m[2], +m[3]); }
          if (window.$dp && window.$dp.hide) window.$dp.hide();
        } catch (e) { /* a page's own calendar, written below */ }
      }
      if (el.value !== text) write(el, text);
      ow.fire(el, 'change'); ow.fire(el, 'blur', FocusEvent, { bubbles: false });
      return undefined;
    },
    get: c => ({ text: c.el.value, code: c.el.value }),
  });
})();
