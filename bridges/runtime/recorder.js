/* What a person does by hand on a department's page, told to the recorder: which fields hold what, what was clicked, which
 * file was chosen. Only added while `onewindow bridge record` runs.
 *
 * It tells states, not keystrokes: before every act the values of all fields as the runtime reads them through the widget
 * kit's own model. So a value is known however it got there (typed, picked from a pop-up, clicked in a calendar), and a
 * field is named by the words it will be found by again. What stands in a password box never leaves the page. */
(() => {
  'use strict';
  if (window.__onewindowRecords || !window.__onewindow) return;
  window.__onewindowRecords = true;
  const ow = window.__onewindow;
  const BUTTONS = 'button,a,input[type=button],input[type=submit],input[type=image],[role=button],[role=tab],[onclick],.layui-btn,.layui-layer-btn a,.el-tabs__item,li[lay-id],.layui-tab-title li,summary';
  const CONTROLS = 'input:not([type=button]):not([type=submit]):not([type=image]):not([type=reset]),select,textarea,option';
  const numbers = new WeakMap();
  let count = 0, told = '', late = 0;
  const numberOf = el => { if (!numbers.has(el)) numbers.set(el, ++count); return numbers.get(el); };
  const pageId = Math.random().toString(36).slice(2, 10);

  // How often a person's own hand changed it: what changed without a hand was written by the page or by one of its windows.
  const hands = new WeakMap(), handsOn = c => (c.els || [c.el]).reduce((n, el) => n + (hands.get(el) || 0), 0);
  for (const kind of ['input', 'change']) addEventListener(kind, e => { if (e.isTrusted) hands.set(e.target, (hands.get(e.target) || 0) + 1); }, true);
  // The dialog a box stands in, if it has a name of its own.
  const homes = new WeakMap();
  const homeOf = el => {
    if (!homes.has(el)) { const up = floating(el); homes.set(el, up && up.id && steady(up.id) && !/\d/.test(up.id) ? '#' + CSS.escape(up.id) : ''); }
    return homes.get(el);
  };
  const fieldOf = c => {
    const secret = c.el.type === 'password';
    let got = { text: '', code: '' };
    try { got = c.type === 'file' ? { text: [...c.el.files].map(f => f.name).join(';'), code: '' } : (c.kit.get || ow.plain.get)(c); } catch (e) { /* a widget half drawn */ }
    const options = c.type === 'file' ? null : ow.optionsOf(c);
    const shape = ow.print(c);
    return { n: numberOf(c.el), label: shape.label, labels: c.labels.filter(l => l.rank < 6).map(l => l.words), section: ow.sectionOf(c.el), type: c.type, kit: shape.kit, name: shape.name, id: shape.id,
      required: c.required, readonly: shape.readonly, hands: handsOn(c), home: homeOf(c.el), grid: ow.gridOver(c.el) ? numberOf(ow.gridOver(c.el)) : 0, secret, text: secret ? (c.el.value ? '***' : '') : String(got.text || ''), code: secret ? '' : String(got.code == null ? '' : got.code),
      options: options && options.length <= 400 ? options.map(o => ({ text: ow.shown(o.text), value: String(o.value) })) : null };
  };
  const fields = () => { try { return ow.controls().filter(c => c.seen && !c.el.disabled || c.type === 'file').map(fieldOf); } catch (e) { return []; } };
  // Which boxes stand in one row changes with the boxes and the words, not with what is typed into them.
  let shape = '', seen = [];
  const rows = (now, text) => {
    const is = now.map(one => one.n).join() + '\n' + text;
    if (is !== shape) { shape = is; try { seen = ow.rowsSeen(numberOf); } catch (e) { seen = []; } }
    return seen;
  };
  const state = () => { const now = fields(), text = words(); return { fields: now, text, tables: rows(now, text) }; };
  const words = () => (document.body ? document.body.innerText : '').slice(0, 30000);
  const say = (what, more) => { if (window.__onewindowHears) window.__onewindowHears(JSON.stringify({ what, page: pageId, at: Date.now(), title: document.title, ...more })); };
  const flush = () => {
    clearTimeout(late); late = 0;
    const now = state(), said = JSON.stringify(now);
    if (said === told) return;
    told = said;
    say('state', now);
  };
  const soon = ms => { if (!late) late = setTimeout(flush, ms); };

  // ---- what was clicked ----------------------------------------------------------------------------------------
  const wordsOf = el => ow.shown(el.tagName === 'INPUT' ? el.value || el.alt || el.title : (el.innerText || el.textContent || '').trim() || el.title || el.getAttribute('aria-label') || '');
  const quoted = s => '"' + s.replace(/(["\\])/g, '\\$1') + '"';
  const steady = s => s && !/\d{3,}|^\d|^el-id|ember|react|:r|^(is-|active$|on$|hover$|focus|open|selected|current|this$|layui-this)/.test(s);
  const only = (css, el) => { try { const all = [...document.querySelectorAll(css)].filter(ow.isSeen); return all.length === 1 && all[0] === el; } catch (e) { return false; } };
  const pathOf = el => {
    if (steady(el.id) && only('#' + CSS.escape(el.id), el)) return '#' + CSS.escape(el.id);
    const tag = el.tagName.toLowerCase(), name = el.getAttribute('name');
    if (name && only(`${tag}[name=${quoted(name)}]`, el)) return `${tag}[name=${quoted(name)}]`;
    const form = el.closest('form[name],form[id]');
    if (form) {
      const inForm = `form[${form.getAttribute('name') ? 'name=' + quoted(form.getAttribute('name')) : 'id=' + quoted(form.id)}] ${tag}${el.type ? `[type=${el.type}]` : ''}`;
      if (only(inForm, el)) return inForm;
    }
    for (const one of el.classList) if (steady(one) && only('.' + CSS.escape(one), el)) return '.' + CSS.escape(one);
    const classes = [...el.classList].filter(steady).map(one => '.' + CSS.escape(one)).join('');
    if (classes && only(tag + classes, el)) return tag + classes;
    const text = wordsOf(el);
    if (text && text.length < 30 && !el.matches('input')) {
      const kin = [...document.querySelectorAll(tag + classes)].filter(one => ow.isSeen(one) && wordsOf(one).includes(text));
      return kin.length === 1 ? `${tag}${classes}:has-text(${quoted(text)})` : `${tag}${classes}:text-is(${quoted(text)})`;
    }
    for (let up = el.parentElement, tail = tag; up && up !== document.body; up = up.parentElement) {
      const anchor = steady(up.id) ? '#' + CSS.escape(up.id) : [...up.classList].filter(steady).map(one => '.' + CSS.escape(one)).join('');
      if (anchor && only(`${anchor} ${tail}`, el)) return `${anchor} ${tail}`;
      const kin = [...up.parentElement ? up.children : []].filter(k => k.tagName === el.tagName);
      if (kin.length > 1 && up.contains(el) && el.parentElement === up) tail = `${tag}:nth-of-type(${kin.indexOf(el) + 1})`;
    }
    return '';
  };
  const floating = el => {
    for (let up = el; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.position === 'fixed' || style.position === 'absolute' && style.zIndex !== 'auto') return up;
    }
    return null;
  };
  const pointed = el => {
    let top = null;
    for (let up = el; up && up !== document.body && getComputedStyle(up).cursor === 'pointer'; up = up.parentElement)
      if (wordsOf(up) && wordsOf(up).length < 30) top = up;
    return top;
  };
  const targetOf = el => {
    if (!el || !el.closest || el.closest(CONTROLS)) return null;
    const label = el.closest('label');
    if (label && (label.control || label.querySelector('input'))) return null;
    const sure = el.closest(BUTTONS), hit = sure || pointed(el);
    if (!hit) return null;
    const text = wordsOf(hit), float = floating(hit);
    const plain = !!sure && !!text && text.length <= 40 && /[\p{L}]/u.test(text);
    const same = plain ? ow.button(JSON.stringify({ text })) : [];
    const line = hit.closest('tr,li,[role=option],[role=treeitem]');
    let tree = null;
    try { tree = ow.treePath(el, text) || ow.treePath(el, ow.shown(el.innerText || '')); } catch (e) { /* a tree half drawn */ }
    const widget = ow.controls().some(c => { const face = c.kit.face && c.kit.face(c.el); return !!face && face !== c.el && face.contains(hit); });
    return { tree, widget, grid: ow.gridOver(hit) ? numberOf(ow.gridOver(hit)) : 0, adds: ow.addsTo(hit, plain ? text : '', pathOf(hit), rows(fields(), words())), row: line ? ow.shown(line.innerText || '').slice(0, 200) : '', line: line ? line.tagName.toLowerCase() : '', words: text.slice(0, 60), css: pathOf(hit), sure: !!sure, lettered: /[\p{L}]/u.test(text), unique: same.length === 1 && same[0] === hit,
      layer: !!float, pane: !!float && !!float.querySelector('iframe,label,form'), send: hit.type === 'submit' || hit.type === 'image', href: hit.tagName === 'A' ? hit.getAttribute('href') || '' : '' };
  };
  addEventListener('click', e => {
    if (!e.isTrusted) return;
    const target = targetOf(e.target);
    if (target) { told = ''; say('click', { target, ...state() }); }
    soon(250); setTimeout(flush, 900);
  }, true);
  addEventListener('change', e => {
    const el = e.target;
    if (el.tagName === 'INPUT' && el.type === 'file' && el.files.length) {
      const shape = ow.controls().find(c => c.el === el);
      if (shape) {
        const form = el.closest('form');
        say('file', { field: fieldOf(shape), form: form ? form.getAttribute('name') || form.id || '' : '', ...state() });
      }
    }
    soon(120);
  }, true);
  for (const kind of ['pointerdown', 'focusin', 'keydown']) addEventListener(kind, e => { if (e.isTrusted) flush(); }, true);
  addEventListener('input', () => soon(150), true);
  addEventListener('beforeunload', flush, true); // while the page can still be heard
  addEventListener('pagehide', flush, true);
  const watchWords = () => new MutationObserver(() => soon(60)).observe(document, { subtree: true, childList: true, characterData: true });
  watchWords();
  addEventListener('load', () => { say('loaded', state()); soon(400); setTimeout(flush, 1500); });
  addEventListener('DOMContentLoaded', () => say('loaded', state()));

  // ---- where the number stands, for the look-up ----------------------------------------------------------------
  Object.defineProperty(window, '__onewindowRow', { value: number => {
    const rows = [...document.querySelectorAll('tr,li,.row')].filter(el => ow.isSeen(el) && (el.innerText || '').includes(number) && !el.querySelector('tr,li'));
    if (!rows.length) return null;
    const row = rows[0], table = row.closest('table');
    const kept = table && [...table.classList].filter(c => steady(c) || /^layui-table|^el-table/.test(c))[0];
    const held = table && table.closest('[class*=table-main],[class*=table__body],[class*=grid-view]');
    const name = table && (table.id && steady(table.id) ? '#' + CSS.escape(table.id) : kept ? '.' + CSS.escape(kept) : '');
    return { css: `${name ? (name[0] === '#' ? name : 'table' + name) + ' ' : held ? '.' + CSS.escape([...held.classList].find(c => /table-main|table__body|grid-view/.test(c))) + ' ' : ''}${row.tagName.toLowerCase()}`, text: ow.shown(row.innerText) };
  }, enumerable: false });
})();
