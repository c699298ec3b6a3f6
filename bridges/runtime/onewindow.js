/* The bridge's hands inside the page: one call per frame, a JSON string in, a JSON string out.
 *
 * It finds controls by the label a clerk sees, sets them through the widget kit's own model, fires the events a person's
 * typing would fire, waits a tick and reads everything back. It never decides: what it cannot find surely, it says.
 * This file is the ground the others stand on and is loaded first; then labels.js (what a control is called), locate.js
 * (which control is meant), fill.js (setting and reading back), page.js (buttons, texts, rows), tables.js (rows to add),
 * then the kits. A widget kit is one file in kits/, registered with OneWindow.kit({...}); `plain` in fill.js is the last. */
(() => {
  'use strict';
  if (window.__onewindow) return;
  const kits = [], found = new Map(), verbs = {};
  const proto = { INPUT: HTMLInputElement, TEXTAREA: HTMLTextAreaElement, SELECT: HTMLSelectElement };
  const nativeSet = {};
  for (const tag in proto) nativeSet[tag] = Object.getOwnPropertyDescriptor(proto[tag].prototype, 'value').set;

  // ---- words -------------------------------------------------------------------------------------------------
  const tidy = s => (s || '').normalize('NFKC').replace(/[\s\u00a0\u3000\u200b:*＊]/g, '').toLowerCase();
  // The label without what only surrounds it: a number before it, a unit or hint in brackets, "required".
  const bare = s => tidy((s || '').normalize('NFKC').replace(/[([{<【〔][^)\]}>】〕]*[)\]}>】〕]/g, '').replace(/^\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*[.、)]\s*/, ''))
    .replace(/^(必填|选填|请输入|请选择|请填写)|(必填项?|选填|required|optional)$/g, '').replace(/[.。;；,，!！?？]+$/, '');
  const shown = s => (s || '').replace(/[\s\u00a0\u3000]+/g, ' ').trim();
  const NOT_WORDS = /^(SELECT|TEXTAREA|SCRIPT|STYLE|BUTTON|INPUT|OPTION|NOSCRIPT|TEMPLATE)$/;
  const putAway = n => n.hidden || (n.style && (n.style.display === 'none' || n.style.visibility === 'hidden')) || /(^|\s)(hide|hidden|layui-hide|sr-only)(\s|$)/.test(n.className || '');
  const textOf = node => {
    let out = '', pictures = '';
    const walk = n => {
      if (n.nodeType === 3) out += n.nodeValue;
      else if (n.nodeType === 1 && n.tagName === 'IMG') pictures += n.alt || n.title || '';
      else if (n.nodeType === 1 && !NOT_WORDS.test(n.tagName) && !(n !== node && putAway(n)))
        for (const c of n.childNodes) walk(c);
    };
    walk(node);
    return shown(out) || shown(pictures);
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

  // ---- comparing ---------------------------------------------------------------------------------------------
  const number = s => { const n = Number(s.replace(/[,，￥¥$\s]/g, '')); return s.trim() && Number.isFinite(n) ? n : null; };
  const NORM = {
    list: s => s.split(/[\s,，;；、]+/).filter(Boolean).sort().join(';'),
    trim: s => s.trim(), spaces: s => s.replace(/[\s\u00a0\u3000]+/g, ''), upper: s => s.toUpperCase(), lower: s => s.toLowerCase(),
    digits: s => s.replace(/\D+/g, ''), width: s => s.normalize('NFKC'), lines: s => s.replace(/[ \t]+$/gm, '').replace(/\n{2,}/g, '\n'),
    money2: s => { const n = number(s); return n === null ? s : n.toFixed(2); },
    number: s => { const n = number(s); return n === null ? s : String(n); },
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

  // ---- a person's events and waiting -------------------------------------------------------------------------
  const fire = (el, type, make = Event, init = {}) => el.dispatchEvent(new make(type, { bubbles: true, cancelable: true, ...init }));
  const typeInto = (el, value) => {
    fire(el, 'focus', FocusEvent, { bubbles: false }); fire(el, 'focusin', FocusEvent);
    fire(el, 'keydown', KeyboardEvent, { key: 'Unidentified' });
    nativeSet[el.tagName].call(el, value);
    fire(el, 'input', InputEvent, { inputType: 'insertText', data: value });
    fire(el, 'keyup', KeyboardEvent, { key: 'Unidentified' });
    fire(el, 'change'); fire(el, 'blur', FocusEvent, { bubbles: false }); fire(el, 'focusout', FocusEvent);
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

  // A kit that stumbles over a page (another version, half loaded) must not keep the others from their work.
  const ASKED = { present: false, owns: false, drops: false, skip: false, column: '', optionText: '', trees: [], grids: [] };
  const careful = kit => {
    for (const name in ASKED) if (kit[name]) { const ask = kit[name]; kit[name] = (...a) => { try { return ask.apply(kit, a); } catch (e) { return ASKED[name]; } }; }
    return kit;
  };
  // Of several that look alike only those in an open dialog can be meant: what lies behind it a person cannot reach either.
  const DIALOGS = 'dialog[open],.layui-layer:not(.layui-layer-loading):not(.layui-layer-tips),.el-dialog__wrapper,.el-message-box,.modal.in,.modal.show,.ui-dialog,.panel.window,.x-window,[role=dialog][aria-modal=true]';
  const inFront = (hits, elementOf) => {
    if (hits.length < 2) return hits;
    const open = [...document.querySelectorAll(DIALOGS)].filter(isSeen);
    const inside = hits.filter(h => open.some(d => d.contains(elementOf(h))));
    return inside.length ? inside : hits;
  };

  // A page that posts itself when a radio is clicked is on its way before anybody can ask: it is written down here.
  let leaving = false;
  window.addEventListener('beforeunload', () => { leaving = true; });
  verbs.leaving = async () => { await tick(); await tick(); return { leaving, loading: document.readyState === 'loading' }; };
  verbs.stays = () => { leaving = false; return {}; };

  const api = {
    call: async text => { const q = JSON.parse(text); return JSON.stringify(await verbs[q.verb](q)); },
    element: key => { const hit = found.get(key); return hit ? hit.cs[0].el : null; },
    kit: k => kits.push(careful(k)), inFront, kits, verbs, found, fire, typeInto, nativeSet: (el, value) => nativeSet[el.tagName].call(el, value), tidy, bare, shown, textOf, alike, isSeen, inPage, normal, pick, until, tick, putAway,
  };
  Object.defineProperty(window, '__onewindow', { value: api, enumerable: false });
  try { Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined, configurable: false }); } catch (e) { /* already taken away */ }

  // Gone from today's browsers, alive in yesterday's pages. The answer is the recipe's: the worker gives it over a request
  // that it answers itself, because the page stands still until this function returns.
  window.showModalDialog = (url, given) => {
    const asked = new XMLHttpRequest();
    asked.open('POST', '/__onewindow__/modal', false);
    asked.send(JSON.stringify({ url: new URL(String(url), document.baseURI).href }));
    const answer = JSON.parse(asked.responseText || '{}');
    if ('calls' in answer && given && typeof given === 'object') Object.assign(given, answer.calls);
    return answer.value;
  };
})();
