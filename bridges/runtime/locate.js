/* Which control a field of the recipe means: by id, name, css where the recipe says so, else by its label. Exactly, or with a
 * clear lead over every other control (score and margin); otherwise it is not found, and what comes nearest is said. */
(() => {
  'use strict';
  const ow = window.__onewindow;
  if (ow.locate) return;
  const { tidy, bare, alike, controls, rootOf, sectionsOf } = ow;
  const KINDS = { text: /^(text|tel|email|number|search|password|url|date|textarea|month|time|datetime-local|rich)$/, textarea: /^(textarea|rich)$/, select: /^select$/,
    radio: /^radio$/, checkbox: /^checkbox$/, date: /^(date|text|search|month)$/, cascade: /^(cascade|select|tree)$/, tree: /^(tree|cascade|text|search|textarea)$/, file: /^file$/ };
  const fits = (kind, c) => !kind || !KINDS[kind] || KINDS[kind].test(c.type);
  const inSection = (c, section) => sectionsOf(c.el).some(words => alike(words, section) >= .8 || bare(words) === bare(section));
  const byLocator = (f, all) => {
    if (!f.id && !f.name && !f.css) return null;
    let hits = null;
    if (f.css) { let els; try { els = new Set(document.querySelectorAll(f.css)); } catch (e) { els = new Set(); } hits = all.filter(c => els.has(c.el) || (c.els || []).some(e => els.has(e))); }
    if (f.id) hits = (hits || all).filter(c => c.el.id === f.id || (c.els || []).some(e => e.id === f.id));
    if (f.name) hits = (hits || all).filter(c => c.el.name === f.name || (c.kit.nameOf && c.kit.nameOf(c.el) === f.name));
    return hits;
  };
  const narrow = (hits, f) => {
    if (hits.length > 1) { const seen = hits.filter(c => c.seen); if (seen.length) hits = seen; }
    hits = ow.inFront(hits, c => c.el);
    if (hits.length > 1 && f.section) hits = hits.filter(c => inSection(c, f.section));
    if (hits.length > 1 && f.kind) { const fit = hits.filter(c => fits(f.kind, c)); if (fit.length) hits = fit; }
    if (hits.length > 1 && f.nth) hits = hits.slice(f.nth - 1, f.nth);
    if (hits.length > 1 && f.kind === 'checkbox' && !f.nth && hits.every(c => c.type === 'checkbox' && c.els.length === 1 && c.kit === hits[0].kit)) hits = [together(hits)];
    return hits;
  };
  // Boxes with a name each under one label ("困难情形 □… □…") are one group to the clerk.
  const together = hits => ({ ...hits[0], els: hits.map(c => c.el), options: hits.map(c => c.options[0]), members: hits });
  const named = (hits, nth) => {
    const seen = hits.filter(h => h.c.seen), pool = seen.length ? seen : hits, best = Math.min(...pool.map(h => h.rank));
    const first = pool.filter(h => h.rank === best);
    return (nth > first.length && pool.length >= nth ? pool : first).map(h => h.c);
  };
  const byLabel = (f, all) => {
    for (const same of [w => tidy(w) === tidy(f.label), w => bare(f.label) && bare(w) === bare(f.label)]) {
      const hits = [];
      for (const c of all) { const l = c.labels.find(l => same(l.words)); if (l) hits.push({ c, rank: l.rank }); }
      // What is wanted decides between a box and the tick that shows it in a list: both may bear the same words.
      const fit = hits.filter(h => f.kind ? fits(f.kind, h.c) : h.c.type !== 'checkbox' || h.c.els.length > 1);
      if (hits.length) return named(fit.length ? fit : hits, f.nth || 1);
    }
    return [];
  };
  const nameOf = c => (c.kit.nameOf ? c.kit.nameOf(c.el) : c.el.name) || '';
  const scoreOf = (f, c, was) => {
    const label = Math.max(0, ...c.labels.map(l => alike(l.words, f.label) - l.rank * .01));
    if (!was) return .9 * label + (fits(f.kind, c) ? .1 : 0);
    // What the accepted page did not have (a box without a name) cannot speak for or against: its weight is the label's.
    const name = was.name ? .25 : 0, id = was.id ? .15 : 0;
    return (.85 - name - id) * label + (was.name && was.name === nameOf(c) ? name : 0) + (was.id && was.id === c.el.id ? id : 0) +
      (was.type === c.type ? .1 : 0) + (was.at === c.at ? .05 : 0);
  };
  const locate = (f, all, taken, was) => {
    const direct = byLocator(f, all);
    if (direct) {
      const hits = narrow(direct, f);
      if (!hits.length) return { problem: 'missing', score: 0 };
      if (hits.length > 1) return { problem: 'ambiguous', score: 1, candidate: hits[1] };
      if (f.label && !hits[0].labels.some(l => alike(l.words, f.label) >= .6 || bare(l.words) === bare(f.label))) return { problem: 'label_changed', score: Math.max(0, ...hits[0].labels.map(l => alike(l.words, f.label))), candidate: hits[0] };
      return { control: hits[0], score: 1, exact: true };
    }
    const hits = narrow(byLabel(f, all), f);
    if (hits.length > 1) return { problem: 'ambiguous', score: 1, candidate: hits[1], many: hits };
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
  const findAll = plan => {
    const all = controls(rootOf(plan.within)), taken = new Set(), out = [];
    const was = new Map((plan.was || []).map((w, at) => [tidy(w.label), { ...w, at }]));
    all.filter(c => c.seen).forEach((c, at) => { c.at = at; });
    // One label over as many lists as the value has parts ("户籍地 [省] [市] [区]"): list by list, from left to right.
    for (const f of plan.fields) if (f.kind === 'cascade' && f.label && !f.labels) { // a mere check knows no parts
      const lists = (byLocator(f, all) || byLabel(f, all)).filter(c => c.type === 'select');
      if (lists.length > 1 && (!f.parts || lists.length === f.parts.length)) f.lists = lists;
    }
    for (const pass of [true, false]) for (const f of plan.fields) {
      const wants = f.labels ? f.labels.map(label => ({ ...f, label, labels: null })) : f.lists ? f.lists.map((c, i) => ({ ...f, nth: i + 1, kind: 'select' })) : [f];
      const has = out.find(o => o.f === f);
      if (pass ? has : !has || !has.hits.some(h => h.retry)) continue;
      const hits = wants.map(w => {
        const pool = pass ? all : all.filter(c => !taken.has(c));
        const h = locate(w, pool, taken, was.get(tidy(w.label)));
        if (h.control && (taken.has(h.control) || (h.control.members || []).some(m => taken.has(m)))) return { problem: 'ambiguous', score: 1, candidate: h.control };
        if (pass && h.control && !h.exact || pass && h.problem === 'missing') return { ...h, control: null, retry: true };
        return h;
      });
      if (!has) out.push({ f, hits }); else has.hits = hits.map((h, i) => has.hits[i].retry ? h : has.hits[i]);
      for (const h of (has || { hits }).hits) if (h.control) for (const c of [h.control, ...(h.control.members || [])]) taken.add(c);
    }
    return { all, taken, out };
  };
  // For the writer of a recipe: the words on the page that come nearest to the ones that were not found.
  const nearest = (label, words, most = 5) => {
    const want = tidy(label);
    const score = w => { const t = tidy(w); return Math.max(alike(w, label), want && t && (t.includes(want) || want.includes(t)) ? .6 : 0); };
    const all = [...new Set(words.map(w => ow.shown(w)).filter(Boolean))], close = all.map(w => ({ w, s: score(w) })).filter(o => o.s > .15).sort((a, b) => b.s - a.s).map(o => o.w);
    return (close.length ? close : all).slice(0, close.length ? most : 12);
  };
  Object.assign(ow, { locate, findAll, fits, nearest });
})();
