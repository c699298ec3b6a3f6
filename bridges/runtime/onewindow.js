/* The bridge's hands inside the page. One call per frame: a JSON string in, a JSON string out.
 *
 * It finds controls by the label a clerk sees, sets them through the widget kit's own model, fires the events a person's
 * typing would fire, waits a tick and reads everything back. It never decides: what it cannot find surely, it says.
 * A widget kit is one file in kits/, registered with OneWindow.kit({...}); `plain` below is the last of them. */
(() => {
  'use strict';
  if (window.__onewindow) return;
  const kits = [];
  const found = new Map();
  const proto = { INPUT: HTMLInputElement, TEXTAREA: HTMLTextAreaElement, SELECT: HTMLSelectElement };
  const nativeSet = {};
  for (const tag in proto) nativeSet[tag] = Object.getOwnPropertyDescriptor(proto[tag].prototype, 'value').set;
  const setChecked = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'checked').set;

  // ---- words -------------------------------------------------------------------------------------------------
  const tidy = s => (s || '').normalize('NFKC').replace(/[\s\u00a0\u3000\u200b:*]/g, '').toLowerCase();
  const shown = s => (s || '').replace(/[\s\u00a0\u3000]+/g, ' ').trim();
  const textOf = node => {
    let out = '';
    const walk = n => {
      if (n.nodeType === 3) out += n.nodeValue;
      else if (n.nodeType === 1 && !/^(SELECT|TEXTAREA|SCRIPT|STYLE|BUTTON|INPUT|OPTION)$/.test(n.tagName))
        for (const c of n.childNodes) walk(c);
    };
    walk(node);
    return shown(out);
  };
  const bigrams = s => { const out = []; for (let i = 0; i < s.length - 1; i++) out.push(s.slice(i, i + 2)); return out.length ? out : [s]; };
  const alike = (a, b) => {
    a = tidy(a); b = tidy(b);
    if (!a || !b) return 0;
    if (a === b) return 1;
    const A = bigrams(a), B = bigrams(b), rest = B.slice();
    let both = 0;
    for (const g of A) { const i = rest.indexOf(g); if (i >= 0) { both++; rest.splice(i, 1); } }
    return 2 * both / (A.length + B.length);
  };
  const isSeen = el => {
    if (!el || !el.isConnected) return false;
    if (!el.getClientRects().length) return false;
    const style = getComputedStyle(el);
    return style.visibility !== 'hidden' && style.display !== 'none';
  };
  const inPage = el => { const r = el.getBoundingClientRect(); return r.right + scrollX > 0 && r.bottom + scrollY > 0 && r.width + r.height > 0; };

  // ---- labels ------------------------------------------------------------------------------------------------
  const hasControl = el => !!el.querySelector('input:not([type=hidden]),select,textarea');
  const cellLabel = el => {
    for (let cell = el.closest('td,th'), depth = 0; cell && depth < 3; cell = cell.parentElement && cell.parentElement.closest('td,th'), depth++) {
      let out = '';
      for (let prev = cell.previousElementSibling; prev; prev = prev.previousElementSibling) {
        if (hasControl(prev)) break;
        const words = textOf(prev);
        if (words) { out = words; break; }
      }
      if (out) return { before: out };
      const row = cell.parentElement, table = row && row.closest('table');
      if (table && row.rowIndex > 0) {
        for (let r = row.rowIndex - 1; r >= 0; r--) {
          const above = table.rows[r].cells[cell.cellIndex];
          if (!above) break;
          if (hasControl(above)) continue;
          const words = textOf(above);
          if (words) return { above: words };
          break;
        }
      }
    }
    return {};
  };
  const textBefore = el => {
    let node = el;
    for (let up = 0; up < 4 && node && node !== document.body; up++) {
      let words = '';
      for (let p = node.previousSibling; p; p = p.previousSibling) {
        if (p.nodeType === 1) {
          if (/^(INPUT|SELECT|TEXTAREA)$/.test(p.tagName) && p.type !== 'hidden' || hasControl(p)) break;
          if (/^(BR|HR)$/.test(p.tagName)) { if (words) break; continue; }
          const t = textOf(p);
          if (t) { words = t + words; break; }
        } else if (p.nodeType === 3 && p.nodeValue.trim()) words = p.nodeValue + words;
      }
      if (shown(words)) return shown(words);
      node = node.parentElement;
      if (node && node.querySelectorAll('input:not([type=hidden]),select,textarea').length > 1) break;
    }
    return '';
  };
  const ITEM = [['.el-form-item', '.el-form-item__label'], ['.layui-inline', '.layui-form-label'], ['.layui-form-item', '.layui-form-label'], ['.form-group', '.control-label,label']];
  const labelsOf = (el, choice, fors) => {
    const out = [];
    const say = (rank, words) => { words = shown(words); if (words && words.length < 80) out.push({ rank, words }); };
    if (!choice) {
      if (el.id && fors.has(el.id)) say(0, textOf(fors.get(el.id)));
      const wrap = el.closest('label');
      if (wrap) say(0, textOf(wrap));
      if (el.getAttribute('aria-label')) say(0, el.getAttribute('aria-label'));
    }
    const by = el.getAttribute('aria-labelledby');
    if (by) say(0, by.split(/\s+/).map(id => { const n = document.getElementById(id); return n ? textOf(n) : ''; }).join(' '));
    for (const [item, label] of ITEM) {
      const box = el.closest(item), words = box && box.querySelector(label);
      if (words && !words.contains(el)) { say(1, textOf(words)); break; }
    }
    const cell = cellLabel(el);
    if (cell.before) say(2, cell.before);
    const dd = el.closest('dd');
    if (dd) { let dt = dd.previousElementSibling; while (dt && dt.tagName !== 'DT') dt = dt.previousElementSibling; if (dt) say(2, textOf(dt)); }
    const near = textBefore(choice ? (el.closest('label') || el) : el);
    if (near) say(3, near);
    if (cell.above) say(4, cell.above);
    if (choice) { const set = el.closest('fieldset'), legend = set && set.querySelector('legend'); if (legend) say(2, textOf(legend)); }
    if (el.placeholder) say(5, el.placeholder);
    if (el.title) say(5, el.title);
    return out;
  };
  const optionText = (el, fors) => {
    const wrap = el.closest('label');
    if (wrap) return textOf(wrap);
    if (el.id && fors.has(el.id)) return textOf(fors.get(el.id));
    for (const kit of kits) if (kit.optionText) { const t = kit.optionText(el); if (t) return shown(t); }
    let words = '';
    for (let n = el.nextSibling; n; n = n.nextSibling) {
      if (n.nodeType === 1 && (/^(INPUT|SELECT|TEXTAREA|BR)$/.test(n.tagName) || hasControl(n))) break;
      words += n.nodeType === 3 ? n.nodeValue : n.nodeType === 1 ? textOf(n) : '';
    }
    return shown(words) || el.title || el.value;
  };
  const sectionOf = el => {
    const set = el.closest('fieldset'), legend = set && set.querySelector('legend');
    if (legend) return textOf(legend);
    for (let n = el; n && n !== document.body; n = n.parentElement)
      for (let p = n.previousElementSibling; p; p = p.previousElementSibling) {
        if (/^H[1-6]$/.test(p.tagName)) return textOf(p);
        const h = p.querySelector && [...p.querySelectorAll('h1,h2,h3,h4,h5,h6,legend')].pop();
        if (h) return textOf(h);
      }
    return '';
  };

  // ---- controls ----------------------------------------------------------------------------------------------
  const SKIP = /^(hidden|submit|button|reset|image)$/;
  const isRequired = c => {
    const el = c.el;
    if (el.required || el.getAttribute('aria-required') === 'true') return true;
    if (/(^|\|)required(\||$)/.test(el.getAttribute('lay-verify') || '')) return true;
    const item = el.closest('.el-form-item');
    if (item && item.classList.contains('is-required')) return true;
    return c.labels.some(l => l.rank < 5 && /[*＊]/.test(l.words));
  };
  const controls = scope => {
    const fors = new Map();
    for (const l of document.querySelectorAll('label[for]')) fors.set(l.htmlFor, l);
    const out = [], groups = new Map();
    for (const el of (scope || document).querySelectorAll('input,select,textarea')) {
      const type = el.tagName === 'INPUT' ? (el.type || 'text') : el.tagName.toLowerCase();
      if (SKIP.test(type) || el.closest('[data-onewindow-own]')) continue;
      const kit = kits.find(k => k.owns(el, type)) || plain;
      if (kit.skip && kit.skip(el, type)) continue;
      const choice = type === 'radio' || type === 'checkbox';
      if (choice) {
        const box = kit.group && kit.group(el, type);
        const key = box || type + ' ' + (el.name || '') + ' ' + (el.name && el.form ? [...document.forms].indexOf(el.form) : '') + (el.name ? '' : ' ' + out.length);
        let g = groups.get(key);
        if (!g) {
          g = { el, els: [], type, kit, labels: labelsOf(el, true, fors), options: [] };
          groups.set(key, g); out.push(g);
        }
        g.els.push(el);
        g.options.push({ value: el.value, text: optionText(el, fors) });
        continue;
      }
      out.push({ el, type: kit.typeOf ? kit.typeOf(el, type) : type, kit, labels: labelsOf(el, false, fors) });
    }
    out.forEach((c, order) => {
      c.order = order;
      if (c.type === 'checkbox' && c.els.length === 1 && c.options[0].text) c.labels.push({ rank: 0, words: c.options[0].text });
      const face = c.kit.face ? c.kit.face(c.el) : c.el;
      c.seen = c.type === 'file' ? isSeen(c.el) || isSeen(c.el.parentElement) : isSeen(face) && inPage(face);
      c.labels.sort((a, b) => a.rank - b.rank);
      c.required = isRequired(c);
    });
    return out;
  };
  const optionsOf = c => c.options || (c.kit.options ? c.kit.options(c.el) : c.el.tagName === 'SELECT' ? [...c.el.options].map(o => ({ value: o.value, text: shown(o.text) })) : null);
  const print = c => {
    const options = optionsOf(c);
    return { label: c.labels.length ? c.labels[0].words : '', type: c.type, name: c.el.name || '', id: c.el.id || '',
      maxlength: c.el.maxLength > 0 && c.el.maxLength < 1e6 ? c.el.maxLength : 0, required: c.required, order: c.order,
      readonly: !!c.el.readOnly, disabled: !!c.el.disabled, kit: c.kit.name,
      options: options && options.length <= 200 ? options.map(o => o.text) : null };
  };

  // ---- locating ----------------------------------------------------------------------------------------------
  const KINDS = { text: /^(text|tel|email|number|search|password|url|date|textarea|month)$/, textarea: /^textarea$/, select: /^select$/,
    radio: /^radio$/, checkbox: /^checkbox$/, date: /^(date|text|search)$/, cascade: /^(cascade|select)$/, file: /^file$/ };
  const fits = (kind, c) => !kind || !KINDS[kind] || KINDS[kind].test(c.type);
  const byLocator = (f, all) => {
    if (!f.id && !f.name && !f.css) return null;
    let hits = null;
    if (f.css) { let els; try { els = new Set(document.querySelectorAll(f.css)); } catch (e) { els = new Set(); } hits = all.filter(c => els.has(c.el) || (c.els || []).some(e => els.has(e))); }
    if (f.id) hits = (hits || all).filter(c => c.el.id === f.id || (c.els || []).some(e => e.id === f.id));
    if (f.name) hits = (hits || all).filter(c => c.el.name === f.name);
    return hits;
  };
  const narrow = (hits, f) => {
    if (hits.length > 1) { const seen = hits.filter(c => c.seen); if (seen.length) hits = seen; }
    if (hits.length > 1 && f.section) hits = hits.filter(c => alike(sectionOf(c.el), f.section) >= .8);
    if (hits.length > 1 && f.kind) { const fit = hits.filter(c => fits(f.kind, c)); if (fit.length) hits = fit; }
    if (hits.length > 1 && f.nth) hits = hits.slice(f.nth - 1, f.nth);
    return hits;
  };
  const byLabel = (f, all) => {
    const want = tidy(f.label);
    let best = [], rank = 99;
    for (const c of all) for (const l of c.labels) if (tidy(l.words) === want) {
      if (l.rank < rank && (c.seen || !best.some(b => b.seen))) { best = [c]; rank = l.rank; }
      else if (l.rank === rank || c.seen && !best.some(b => b.seen)) { if (!best.includes(c)) best.push(c); }
      break;
    }
    return best;
  };
  const scoreOf = (f, c, was) => {
    const label = Math.max(0, ...c.labels.map(l => alike(l.words, f.label) - l.rank * .01));
    if (!was) return .9 * label + (fits(f.kind, c) ? .1 : 0);
    return .45 * label + (was.name && was.name === c.el.name ? .25 : 0) + (was.id && was.id === c.el.id ? .15 : 0) +
      (was.type === c.type ? .1 : 0) + (was.order === c.order ? .05 : 0);
  };
  const locate = (f, all, taken, was) => {
    const direct = byLocator(f, all);
    if (direct) {
      const hits = narrow(direct, f);
      if (!hits.length) return { problem: 'missing', score: 0 };
      if (hits.length > 1) return { problem: 'ambiguous', score: 1, candidate: hits[1] };
      if (f.label && !hits[0].labels.some(l => alike(l.words, f.label) >= .6)) return { problem: 'label_changed', score: Math.max(0, ...hits[0].labels.map(l => alike(l.words, f.label))), candidate: hits[0] };
      return { control: hits[0], score: 1, exact: true };
    }
    const hits = narrow(byLabel(f, all), f);
    if (hits.length > 1) return { problem: 'ambiguous', score: 1, candidate: hits[1] };
    if (hits.length === 1) {
      if (!hits[0].seen) return { problem: 'hidden', score: 1, candidate: hits[0] };
      return { control: hits[0], score: 1, exact: true };
    }
    const scored = all.filter(c => c.seen && !taken.has(c) && fits(f.kind, c)).map(c => ({ c, s: scoreOf(f, c, was) })).sort((a, b) => b.s - a.s);
    const first = scored[0], second = scored[1];
    if (!first) return { problem: 'missing', score: 0 };
    const margin = first.s - (second ? second.s : 0);
    if (first.s >= .8 && margin >= .1) return { control: first.c, score: first.s, margin, exact: false };
    return { problem: 'missing', score: first.s, margin, candidate: first.c };
  };

  // ---- comparing ---------------------------------------------------------------------------------------------
  const NORM = {
    trim: s => s.trim(), spaces: s => s.replace(/[\s\u00a0\u3000]+/g, ''), upper: s => s.toUpperCase(), lower: s => s.toLowerCase(),
    digits: s => s.replace(/\D+/g, ''), width: s => s.normalize('NFKC'),
    money2: s => { const n = Number(s.replace(/[,，￥¥\s]/g, '')); return Number.isFinite(n) ? n.toFixed(2) : s; },
    date: s => { const m = /(\d{4})\D*?(\d{1,2})\D+(\d{1,2})|^(\d{4})(\d{2})(\d{2})$/.exec(s.trim()); return m ? [m[1] || m[4], (m[2] || m[5]).padStart(2, '0'), (m[3] || m[6]).padStart(2, '0')].join('-') : s; },
  };
  const normal = (s, names) => { s = (s == null ? '' : String(s)).replace(/\u00a0/g, ' ').replace(/\r\n?/g, '\n').trim(); for (const n of names || []) s = NORM[n](s); return s; };
  const pick = (options, wanted) => {
    const want = tidy(wanted);
    const texts = options.filter(o => tidy(o.text) === want && !o.disabled);
    if (texts.length === 1) return texts[0];
    const codes = options.filter(o => String(o.value) === wanted && !o.disabled);
    return codes.length === 1 ? codes[0] : null;
  };

  // ---- the plain kit -----------------------------------------------------------------------------------------
  const fire = (el, type, make = Event, init = {}) => el.dispatchEvent(new make(type, { bubbles: true, cancelable: true, ...init }));
  const typeInto = (el, value) => {
    fire(el, 'focus', FocusEvent, { bubbles: false }); fire(el, 'focusin', FocusEvent);
    fire(el, 'keydown', KeyboardEvent, { key: 'Unidentified' });
    nativeSet[el.tagName].call(el, value);
    fire(el, 'input', InputEvent, { inputType: 'insertText', data: value });
    fire(el, 'keyup', KeyboardEvent, { key: 'Unidentified' });
    fire(el, 'change'); fire(el, 'blur', FocusEvent, { bubbles: false }); fire(el, 'focusout', FocusEvent);
  };
  const setSelect = (el, option) => {
    const at = [...el.options].findIndex(o => o.value === option.value && shown(o.text) === option.text);
    fire(el, 'focus', FocusEvent, { bubbles: false });
    el.selectedIndex = at;
    fire(el, 'input'); fire(el, 'change'); fire(el, 'blur', FocusEvent, { bubbles: false });
  };
  const plain = {
    name: 'plain', owns: () => true,
    async set(c, want) {
      if (c.type === 'select') { setSelect(c.el, want.option); return; }
      if (c.type === 'radio') { if (!c.els[want.at].checked) c.els[want.at].click(); return; }
      if (c.type === 'checkbox') { c.els.forEach((el, i) => { if (el.checked !== want.on.includes(i)) el.click(); }); return; }
      typeInto(c.el, want.text);
    },
    get(c) {
      if (c.type === 'select') { const o = c.el.options[c.el.selectedIndex]; return o ? { text: shown(o.text), code: o.value } : { text: '', code: '' }; }
      if (c.type === 'radio') { const i = c.els.findIndex(e => e.checked); return i < 0 ? { text: '', code: '' } : { text: c.options[i].text, code: c.options[i].value }; }
      if (c.type === 'checkbox') { const on = c.els.map((e, i) => e.checked ? i : -1).filter(i => i >= 0); return { text: on.map(i => c.options[i].text).join(';'), code: on.map(i => c.options[i].value).join(';'), on }; }
      return { text: c.el.value, code: c.el.value };
    },
  };
  const INVALID = '.layui-form-danger,.validatebox-invalid,.x-form-invalid,.is-error,.has-error,[aria-invalid=true]';
  const invalidOf = c => {
    const item = c.el.closest('.el-form-item');
    if (item && item.classList.contains('is-error')) { const e = item.querySelector('.el-form-item__error'); return e ? textOf(e) : 'is-error'; }
    if (c.el.matches(INVALID)) return c.el.validationMessage || 'invalid';
    const v = c.el.validity;
    if (v && c.el.willValidate && !v.valid && (v.patternMismatch || v.typeMismatch || v.rangeOverflow || v.rangeUnderflow || v.badInput || v.customError)) return c.el.validationMessage || 'invalid';
    return '';
  };
  const until = (test, ms) => new Promise(done => {
    const first = test();
    if (first) return done(first);
    let timer = 0, poll = 0;
    const look = () => { const r = test(); if (r) { stop(); done(r); } };
    const seer = new MutationObserver(look);
    const stop = () => { seer.disconnect(); clearTimeout(timer); clearInterval(poll); };
    seer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    poll = setInterval(look, 50);
    timer = setTimeout(() => { stop(); done(null); }, ms);
  });
  const tick = () => new Promise(done => { const c = new MessageChannel(); c.port1.onmessage = () => { c.port1.close(); done(); }; c.port2.postMessage(0); });

  // ---- the verbs ---------------------------------------------------------------------------------------------
  const TRUE = /^(1|true|yes|y|on|是|有)$/i;
  const wish = (f, c) => {
    const options = optionsOf(c);
    if (c.type === 'select') { const o = pick(options || [], f.value); return o ? { option: o, text: o.text, code: String(o.value) } : null; }
    if (c.type === 'radio') { const o = pick(c.options, f.value), at = c.options.indexOf(o); return o ? { at, text: o.text, code: o.value } : null; }
    if (c.type === 'checkbox') {
      if (c.els.length === 1 && (TRUE.test(f.value) || /^(0|false|no|n|off|否|无|)$/i.test(f.value))) { const on = TRUE.test(f.value) ? [0] : []; return { on, text: on.length ? c.options[0].text : '' }; }
      const on = [];
      for (const part of f.value.split(/[;；,，]/).filter(Boolean)) { const o = pick(c.options, part); if (!o) return null; on.push(c.options.indexOf(o)); }
      on.sort((a, b) => a - b);
      return { on, text: on.map(i => c.options[i].text).join(';') };
    }
    if (c.type === 'cascade') return { path: f.parts, text: f.parts.join('/') };
    return { text: f.value };
  };
  const isRight = (f, c, want, got) => {
    if (c.type === 'select' || c.type === 'radio') return tidy(got.text) === tidy(want.text) && String(got.code) === String(want.code);
    if (c.type === 'checkbox') return (got.on || []).join() === want.on.join();
    if (c.type === 'cascade') return want.path.join('/') === got.code || want.path.map(tidy).join('/') === got.text.split('/').map(tidy).join('/') || want.path[want.path.length - 1] === got.code;
    return normal(got.text, f.normalise) === normal(want.text, f.normalise);
  };
  const mask = (c, text) => c.el.type === 'password' ? (text ? '***' : '') : text;
  const report = (f, c, want) => {
    const got = c.kit.get ? c.kit.get(c) : plain.get(c);
    const ok = c.el.isConnected && isRight(f, c, want, got);
    return { key: f.key, got: mask(c, got.text), code: mask(c, got.code == null ? '' : String(got.code)), normalised: mask(c, normal(got.text, f.normalise)), wanted: mask(c, want.text), ok, invalid: invalidOf(c) };
  };
  const findAll = plan => {
    const all = controls(plan.within ? document.querySelector(plan.within) : null), taken = new Set(), out = [];
    const was = new Map((plan.was || []).map(w => [tidy(w.label), w]));
    for (const pass of [true, false]) for (const f of plan.fields) {
      const wants = f.labels ? f.labels.map(label => ({ ...f, label, labels: null })) : [f];
      const has = out.find(o => o.f === f);
      if (pass ? has : !has || !has.hits.some(h => h.retry)) continue;
      const hits = wants.map(w => {
        const pool = pass ? all : all.filter(c => !taken.has(c));
        const h = locate(w, pool, taken, was.get(tidy(w.label)));
        if (h.control && taken.has(h.control)) return { problem: 'ambiguous', score: 1, candidate: h.control };
        if (pass && h.control && !h.exact || pass && h.problem === 'missing') return { ...h, control: null, retry: true };
        return h;
      });
      if (!has) out.push({ f, hits }); else has.hits = hits.map((h, i) => has.hits[i].retry ? h : has.hits[i]);
      for (const h of (has || { hits }).hits) if (h.control) taken.add(h.control);
    }
    return { all, taken, out };
  };
  const contradicts = (f, c, was) => {
    const mine = was.find(w => tidy(w.label) === tidy(f.label));
    if (!mine || !mine.name || !c.el.name || mine.name === c.el.name) return false;
    return was.some(w => w !== mine && w.name === c.el.name && tidy(w.label) !== tidy(f.label));
  };
  const probe = plan => {
    const { all, taken, out } = findAll(plan);
    for (const f of plan.fields) found.delete(f.key);
    const fields = out.map(({ f, hits }) => {
      const bad = hits.find(h => !h.control);
      const first = bad && bad.candidate || hits[0].control;
      const told = { key: f.key, score: Math.min(...hits.map(h => h.score)), margin: hits[0].margin == null ? 1 : hits[0].margin, exact: hits.every(h => h.exact), problem: bad ? bad.problem : '', candidate: first ? print(first) : null };
      if (bad) return told;
      const c = hits[0].control;
      found.set(f.key, { f, cs: hits.map(h => h.control) });
      if (!fits(f.kind, c)) told.problem = 'kind';
      else if (c.el.disabled && !(c.kit.get ? isRightNow(f, c) : false)) told.problem = 'disabled';
      else if (plan.was && plan.was.length && contradicts(f, c, plan.was)) told.problem = 'swapped';
      else if (!f.labels && c.type !== 'cascade' && f.value != null && !wish(f, c) && !(c.type === 'select' && (optionsOf(c) || []).length < 2)) told.problem = 'option';
      return told;
    });
    const spare = all.filter(c => c.seen && c.required && !taken.has(c) && c.type !== 'file' && !hasValue(c));
    return { fields, unmapped: spare.map(print), controls: plan.full ? all.filter(c => c.seen).map(print) : undefined, charset: document.characterSet, kits: kits.filter(k => k.present()).map(k => k.name) };
  };
  const isRightNow = (f, c) => { const w = f.value == null ? null : wish(f, c); return !!w && isRight(f, c, w, c.kit.get(c)); };
  const hasValue = c => { const g = c.kit.get ? c.kit.get(c) : plain.get(c); return !!(g.text && !(c.type === 'select' && g.code === '')); };
  const putCascade = async (f, cs) => {
    const told = [];
    for (let i = 0; i < cs.length; i++) {
      const part = { ...f, value: f.parts[i] };
      const c = cs[i];
      if (!await until(() => wish(part, c), f.wait || 10000)) return { problem: 'option', at: i };
      const want = wish(part, c);
      if (!isRight(part, c, want, c.kit.get(c))) { await c.kit.set(c, want); await tick(); }
      told.push(want);
    }
    return { wants: told };
  };
  const fill = async plan => {
    const out = [];
    for (const f of plan.fields) {
      const hit = found.get(f.key);
      if (!hit || hit.cs.some(c => !c.el.isConnected)) { out.push({ key: f.key, problem: 'gone' }); continue; }
      hit.f = f;
      try {
        if (f.labels) { const r = await putCascade(f, hit.cs); if (r.problem) { out.push({ key: f.key, problem: r.problem }); continue; } hit.wants = r.wants; continue; }
        const c = hit.cs[0];
        let want = wish(f, c);
        if (!want && c.kit.seek) c.kit.seek(c, f.value);
        if (!want && c.type === 'select' && await until(() => wish(f, c), f.wait || 5000)) want = wish(f, c);
        if (!want) { out.push({ key: f.key, problem: 'option' }); continue; }
        hit.want = want;
        if (isRight(f, c, want, c.kit.get(c)) && !invalidOf(c)) continue;
        if (f.type_by === 'keys') { out.push({ key: f.key, problem: 'keys' }); continue; }
        const said = await c.kit.set(c, want, f);
        if (said) out.push({ key: f.key, problem: said });
      } catch (e) { out.push({ key: f.key, problem: 'trouble', why: String(e && e.message).slice(0, 200) }); }
    }
    for (const k of kits) if (k.settle && k.present()) await k.settle();
    await tick();
    return { problems: out, ...verify(plan) };
  };
  const verify = plan => ({ fields: plan.fields.map(f => {
    const hit = found.get(f.key);
    if (!hit || hit.cs.some(c => !c.el.isConnected)) return { key: f.key, got: '', code: '', normalised: '', wanted: '', ok: false, problem: 'gone' };
    if (f.labels) {
      if (!hit.wants) return { key: f.key, got: '', code: '', normalised: '', wanted: '', ok: false };
      const parts = hit.cs.map((c, i) => report({ ...f, value: f.parts[i] }, c, hit.wants[i]));
      const join = n => parts.map(p => p[n]).join('/');
      return { key: f.key, got: join('got'), code: join('code'), normalised: join('normalised'), wanted: join('wanted'), ok: parts.every(p => p.ok), invalid: parts.map(p => p.invalid).find(Boolean) || '' };
    }
    const want = hit.want || wish(f, hit.cs[0]);
    return want ? report(f, hit.cs[0], want) : { key: f.key, got: '', code: '', normalised: '', wanted: '', ok: false };
  }) });
  const button = q => {
    const want = tidy(q.text), root = q.within ? document.querySelector(q.within) : document;
    const all = root ? [...root.querySelectorAll('button,a,input[type=button],input[type=submit],input[type=image],[role=button],[role=tab],[onclick],.layui-btn,.layui-layer-btn a,.el-tabs__item,li[lay-id],.layui-tab-title li,summary')] : [];
    const words = el => tidy(el.tagName === 'INPUT' ? el.value || el.alt || el.title : el.textContent || el.title || el.getAttribute('aria-label'));
    let hits = all.filter(el => words(el) === want && isSeen(el));
    hits = hits.filter(el => !hits.some(o => o !== el && el.contains(o)));
    return hits;
  };
  const shownAt = css => [...document.querySelectorAll(css)].filter(isSeen).map(el => el.innerText || el.textContent || '');
  const pageText = () => document.body ? document.body.innerText : document.documentElement ? document.documentElement.textContent : '';
  const look = q => {
    const out = {};
    if (q.text) { const m = new RegExp(q.text, 'm').exec(pageText()); out.text = m ? m[0].slice(0, 300) : null; }
    if (q.css) { out.css = [...document.querySelectorAll(q.css)].some(isSeen); }
    if (q.gone) { out.gone = ![...document.querySelectorAll(q.gone)].some(isSeen); }
    return out;
  };
  const rects = words => {
    const out = [], wanted = words.filter(w => w && w.length > 1);
    const add = r => { if (r.width && r.height) out.push([r.x, r.y, r.width, r.height]); };
    for (const el of document.querySelectorAll('input,textarea')) if (el.type !== 'hidden' && wanted.some(w => el.value.includes(w))) add(el.getBoundingClientRect());
    const walk = document.createTreeWalker(document.body || document, NodeFilter.SHOW_TEXT);
    for (let n; (n = walk.nextNode());) for (const w of wanted) for (let i = n.nodeValue.indexOf(w); i >= 0; i = n.nodeValue.indexOf(w, i + 1)) {
      const range = document.createRange(); range.setStart(n, i); range.setEnd(n, i + w.length);
      for (const r of range.getClientRects()) add(r);
    }
    return out;
  };
  const rows = q => [...document.querySelectorAll(q.row)].map(el => shown(el.innerText || el.textContent)).slice(0, 2000);

  const verbs = { probe, fill, verify, look, rects: q => rects(q.words), rows, text: q => ({ text: q.css ? shownAt(q.css).join('\n') : pageText() }) };
  const api = {
    call: async text => { const q = JSON.parse(text); return JSON.stringify(await verbs[q.verb](q)); },
    element: key => { const hit = found.get(key); return hit ? hit.cs[0].el : null; },
    button: text => button(JSON.parse(text)),
    kit: k => kits.push(k), fire, typeInto, tidy, shown, textOf, plain, until, tick, isSeen, found,
  };
  Object.defineProperty(window, '__onewindow', { value: api, enumerable: false });
  try { Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined, configurable: false }); } catch (e) { /* already taken away */ }
})();
