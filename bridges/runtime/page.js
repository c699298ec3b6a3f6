/* What is not a field: buttons and links by their words, texts, rows of a list, places to mask, and a look around for the
 * writer of a recipe. */
(() => {
  'use strict';
  const ow = window.__onewindow;
  if (ow.button) return;
  const { verbs, tidy, bare, shown, textOf, isSeen, alike, rootOf } = ow;
  const CLICKED = 'button,a,area,input[type=button],input[type=submit],input[type=image],input[type=reset],[role=button],[role=tab],[role=menuitem],[role=link],[role=option],[role=treeitem],[onclick],[onmousedown],' +
    '.layui-btn,.layui-layer-btn a,.el-tabs__item,li[lay-id],.layui-tab-title li,summary,.l-btn,.tree-title,.tree-node,.tabs-title,.menu-item,.menu-text,td[class*=btn],.x-btn,.x-tree-node-anchor,.ui-tabs-anchor,.el-menu-item,.el-submenu__title,.nav-item';
  const wordsOf = el => {
    if (el.tagName === 'INPUT' || el.tagName === 'AREA') return [el.value, el.alt, el.title].filter(Boolean);
    const picture = el.querySelector('img,input[type=image]');
    return [el.textContent, el.title, el.getAttribute('aria-label'), picture && (picture.alt || picture.title)].map(w => (w || '').trim()).filter(Boolean);
  };
  const isBox = el => el.matches(ow.BOXES);
  const innermost = hits => hits.filter(el => !hits.some(o => o !== el && el.contains(o)));
  const isWhole = (el, want) => wordsOf(el).some(w => tidy(w) === want);
  const saying = (root, want) => {
    let hits = [...root.querySelectorAll(CLICKED)].filter(el => !isBox(el) && isWhole(el, want) && isSeen(el));
    // A page may make anything clickable by script: then the innermost element with exactly these words is meant.
    if (!hits.length) hits = [...root.querySelectorAll('body *,li,span,td,th,div,label,b,font,img,i')].filter(el => el.childElementCount <= 2 && isWhole(el, want) && isSeen(el) && el.tagName !== 'OPTION');
    return innermost(hits);
  };
  // `near`: of several that say the same, the one that shares the smallest part of the page with these words.
  const depth = el => { let n = 0; for (; el; el = el.parentElement) n++; return n; };
  const common = (a, b) => { while (a && !a.contains(b)) a = a.parentElement; return a; };
  const nearOf = words => {
    const want = tidy(words), own = el => [...el.childNodes].filter(n => n.nodeType === 3).map(n => n.nodeValue).join('');
    const hits = [...document.querySelectorAll('body *')].filter(el => (tidy(own(el)) === want || bare(own(el)) === bare(words)) && isSeen(el));
    if (hits.length) return innermost(hits);
    const holding = [...document.querySelectorAll('body *')].filter(el => el.childElementCount < 3 && tidy(textOf(el)).includes(want) && isSeen(el));
    const controls = ow.controls().filter(c => c.labels.some(l => tidy(l.words) === want)).map(c => c.el);
    return controls.length ? controls : innermost(holding);
  };
  const nearest = (hits, words) => {
    const places = nearOf(words), best = el => Math.max(0, ...places.map(p => depth(common(p, el))));
    const scored = hits.map(el => ({ el, s: best(el) })), top = Math.max(0, ...scored.map(o => o.s));
    const close = top ? scored.filter(o => o.s === top).map(o => o.el) : [];
    if (close.length < 2 || !places.length) return close;
    // In one row with its neighbours: the first one after the words, as one reads.
    const after = el => places.some(p => p.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING);
    const next = close.find(after);
    return next ? [next] : [close[close.length - 1]];
  };
  ow.button = text => {
    const q = JSON.parse(text), root = rootOf(q.within);
    let hits = q.css ? ow.seenOnly([...root.querySelectorAll(q.css)]) : saying(root, tidy(q.text));
    if (q.css && q.text) hits = hits.filter(el => isWhole(el, tidy(q.text)) || tidy(textOf(el)) === tidy(q.text));
    hits = ow.inFront(hits, el => el);
    if (hits.length > 1 && q.near) hits = nearest(hits, q.near);
    if (q.nth) hits = hits.slice(q.nth - 1, q.nth);
    return hits;
  };
  const clickable = () => [...new Set([...document.querySelectorAll(CLICKED)].filter(el => !isBox(el) && isSeen(el)).map(el => shown(wordsOf(el)[0] || '')).filter(w => w && w.length < 40))];
  verbs.buttons = q => ({ near: ow.nearest(q.text || '', clickable()) });

  const shownAt = css => [...document.querySelectorAll(css)].filter(isSeen).map(el => el.innerText || el.value || el.textContent || '');
  const pageText = () => document.body ? document.body.innerText : document.documentElement ? document.documentElement.textContent : '';
  verbs.look = q => {
    const out = {};
    if (q.text) { const m = new RegExp(q.text, 'm').exec(pageText()); out.text = m ? m[0].slice(0, 300) : null; }
    if (q.css) { out.css = [...document.querySelectorAll(q.css)].some(isSeen); }
    if (q.gone) { out.gone = ![...document.querySelectorAll(q.gone)].some(isSeen); }
    return out;
  };
  verbs.rects = q => {
    const out = [], wanted = q.words.filter(w => w && w.length > 1);
    const add = r => { if (r.width && r.height) out.push([r.x, r.y, r.width, r.height]); };
    for (const el of document.querySelectorAll('input,textarea')) if (el.type !== 'hidden' && wanted.some(w => el.value.includes(w))) add(el.getBoundingClientRect());
    const walk = document.createTreeWalker(document.body || document, NodeFilter.SHOW_TEXT);
    for (let n; (n = walk.nextNode());) for (const w of wanted) for (let i = n.nodeValue.indexOf(w); i >= 0; i = n.nodeValue.indexOf(w, i + 1)) {
      const range = document.createRange(); range.setStart(n, i); range.setEnd(n, i + w.length);
      for (const r of range.getClientRects()) add(r);
    }
    return out;
  };
  // A row of a list as a person reads it, with what its boxes hold; the addresses behind its links on request.
  const rowText = el => {
    const boxes = [...el.querySelectorAll('input:not([type=hidden]):not([type=checkbox]):not([type=radio]),textarea')].map(b => b.value).filter(Boolean);
    return shown([el.innerText || el.textContent, ...boxes].join(' '));
  };
  verbs.rows = q => [...document.querySelectorAll(q.row)].map(el => q.links ? rowText(el) + '\n' + [...el.querySelectorAll('a[href],[onclick]')].map(a => (a.getAttribute('href') || '') + ' ' + (a.getAttribute('onclick') || '')).join('\n') : rowText(el)).slice(0, 2000);
  verbs.text = q => ({ text: q.css ? shownAt(q.css).join('\n') : pageText() });

  // ---- choosing lines of a list: in a picker window, in a tree, in a list of links --------------------------------
  const lineWords = el => [textOf(el), ...[...el.querySelectorAll('td,th,a,span,label,div')].map(textOf)].map(tidy);
  ow.lines = text => {
    const q = JSON.parse(text), root = rootOf(q.within), want = tidy(q.text);
    const rows = ow.seenOnly([...root.querySelectorAll(q.row || 'tr,li,label,a,[role=option],[role=treeitem],[onclick],[ondblclick]')]);
    const hits = innermost(rows.filter(el => lineWords(el).includes(want) || (el.value && tidy(el.value) === want)));
    if (!q.click) return hits;
    const inner = hits.flatMap(el => [...el.querySelectorAll('a,button,input,img,[onclick]')].filter(b => isSeen(b) && (q.click === 'box' ? /^(radio|checkbox)$/.test(b.type) : isWhole(b, tidy(q.click)))));
    return innermost(inner);
  };
  verbs.lines = q => ({ near: ow.nearest(q.text, [...rootOf(q.within).querySelectorAll(q.row || 'tr,li,label,a')].filter(isSeen).map(el => textOf(el))) });

  // ---- a look around, for whoever writes a recipe ----------------------------------------------------------------
  verbs.around = () => ({
    controls: ow.controls().filter(c => c.seen).map(c => ow.print(c, true)), buttons: clickable().slice(0, 60), title: document.title, charset: document.characterSet,
    kits: ow.kits.filter(k => k.present()).map(k => k.name),
    tables: [...document.querySelectorAll('table')].filter(isSeen).map(t => ow.headersOf(t)).filter(h => h.length > 1),
  });
  Object.assign(ow, { clickable, innermost, nearestTo: nearest, alikeWords: alike });
})();
