/* Setting what was found and reading it back: the plain kit, and the verbs probe, fill, verify. */
(() => {
  'use strict';
  const ow = window.__onewindow;
  if (ow.plain) return;
  const { verbs, found, kits, tidy, shown, textOf, normal, pick, fire, typeInto, until, tick, isSeen } = ow;

  // ---- the plain kit -----------------------------------------------------------------------------------------
  const setMany = (el, many) => {
    fire(el, 'focus', FocusEvent, { bubbles: false });
    for (const o of el.options) o.selected = many.some(m => m.value === o.value && shown(o.text) === m.text);
    fire(el, 'input'); fire(el, 'change'); fire(el, 'blur', FocusEvent, { bubbles: false });
  };
  const setSelect = (el, option) => {
    const at = [...el.options].findIndex(o => o.value === option.value && shown(o.text) === option.text);
    fire(el, 'focus', FocusEvent, { bubbles: false });
    el.selectedIndex = at;
    fire(el, 'input'); fire(el, 'change'); fire(el, 'blur', FocusEvent, { bubbles: false });
  };
  const setRich = (el, text) => {
    el.focus(); fire(el, 'focus', FocusEvent, { bubbles: false });
    el.replaceChildren(...text.split('\n').flatMap((line, i) => i ? [document.createElement('br'), line] : [line]));
    fire(el, 'input', InputEvent, { inputType: 'insertText', data: text }); fire(el, 'keyup', KeyboardEvent, { key: 'Unidentified' });
    fire(el, 'change'); fire(el, 'blur', FocusEvent, { bubbles: false });
  };
  // Its lines without help of the layout, which a box in a hidden tab has not.
  const richText = el => {
    let out = '';
    const walk = n => {
      if (n.nodeType === 3) { out += n.nodeValue; return; }
      if (n.nodeType !== 1) return;
      if (n.tagName === 'BR') { if (n.nextSibling || n.parentElement === el) out += '\n'; return; }
      const block = n !== el && /^(DIV|P|LI|H[1-6]|TR|BLOCKQUOTE|PRE)$/.test(n.tagName);
      if (block && out && !out.endsWith('\n')) out += '\n';
      n.childNodes.forEach(walk);
      if (block && n.nextSibling && !out.endsWith('\n')) out += '\n';
    };
    walk(el);
    return out;
  };
  const plain = ow.plain = {
    name: 'plain', owns: () => true,
    async set(c, want) {
      if (c.type === 'select') { if (want.many) setMany(c.el, want.many); else setSelect(c.el, want.option); return; }
      if (c.type === 'radio') { if (!c.els[want.at].checked) c.els[want.at].click(); return; }
      if (c.type === 'checkbox') { c.els.forEach((el, i) => { if (el.checked !== want.on.includes(i)) el.click(); }); return; }
      if (c.type === 'rich') { setRich(c.el, want.text); return; }
      typeInto(c.el, want.text);
    },
    get(c) {
      if (c.type === 'select' && c.el.multiple) { const on = [...c.el.selectedOptions]; return { text: on.map(o => shown(o.text)).join(';'), code: on.map(o => o.value).join(';'), many: on.map(o => o.value) }; }
      if (c.type === 'select') { const o = c.el.options[c.el.selectedIndex]; return o ? { text: shown(o.text), code: o.value } : { text: '', code: '' }; }
      if (c.type === 'radio') { const i = c.els.findIndex(e => e.checked); return i < 0 ? { text: '', code: '' } : { text: c.options[i].text, code: c.options[i].value }; }
      if (c.type === 'checkbox') { const on = c.els.map((e, i) => e.checked ? i : -1).filter(i => i >= 0); return { text: on.map(i => c.options[i].text).join(';'), code: on.map(i => c.options[i].value).join(';'), on }; }
      if (c.type === 'rich') return { text: richText(c.el), code: '' };
      return { text: c.el.value, code: c.el.value };
    },
  };
  const INVALID = '.layui-form-danger,.validatebox-invalid,.x-form-invalid,.is-error,.has-error,[aria-invalid=true]';
  const invalidOf = c => {
    if (c.kit.invalid) return c.kit.invalid(c);
    const item = c.el.closest('.el-form-item');
    if (item && item.classList.contains('is-error')) { const e = item.querySelector('.el-form-item__error'); return e ? textOf(e) : 'is-error'; }
    if (c.el.matches(INVALID)) return c.el.validationMessage || 'invalid';
    const v = c.el.validity;
    if (v && c.el.willValidate && !v.valid && (v.patternMismatch || v.typeMismatch || v.rangeOverflow || v.rangeUnderflow || v.badInput || v.customError)) return c.el.validationMessage || 'invalid';
    return '';
  };

  // ---- what is wanted of a control, and whether it is so -------------------------------------------------------
  const TRUE = /^(1|true|yes|y|on|是|有)$/i, FALSE = /^(0|false|no|n|off|否|无|)$/i;
  const isMany = c => c.kit.many ? c.kit.many(c.el) : !!c.el.multiple;
  // "A;B" as the options it names; a single option whose own text holds such a mark is taken whole.
  const partsOf = (value, options) => {
    const whole = pick(options, value);
    const many = whole ? [whole] : value.split(/[;；,，、]/).map(p => p.trim()).filter(Boolean).map(part => pick(options, part));
    return many.every(Boolean) ? many : null;
  };
  const valueOf = c => c.kit.get ? c.kit.get(c) : plain.get(c);
  const wish = (f, c) => {
    const options = ow.optionsOf(c);
    if (c.type === 'select' && isMany(c)) {
      const many = partsOf(f.value, options || []);
      return many && { many, option: many[0], text: many.map(o => o.text).join(';'), code: many.map(o => String(o.value)).join(';') };
    }
    if (c.type === 'select') { const o = pick(options || [], f.value); return o ? { option: o, text: o.text, code: String(o.value) } : null; }
    if (c.type === 'radio') { const o = pick(c.options, f.value), at = c.options.indexOf(o); return o ? { at, text: o.text, code: o.value } : null; }
    if (c.type === 'checkbox') {
      const alone = c.els.length === 1 && !pick(c.options, f.value);
      if (alone && (TRUE.test(f.value) || FALSE.test(f.value))) { const on = TRUE.test(f.value) ? [0] : []; return { on, text: on.length ? c.options[0].text : '', code: on.length ? c.options[0].value : '' }; }
      const many = partsOf(f.value, c.options);
      if (!many) return null;
      const on = many.map(o => c.options.indexOf(o));
      on.sort((a, b) => a - b);
      return { on, text: on.map(i => c.options[i].text).join(';'), code: on.map(i => c.options[i].value).join(';') };
    }
    if (c.type === 'cascade' || c.type === 'tree') return { path: f.parts || f.value.split('/'), text: (f.parts || [f.value]).join('/') };
    if (f.kind === 'tree' && f.parts) return { path: f.parts, text: f.parts[f.parts.length - 1] };
    return { text: f.value };
  };
  const joined = s => tidy(s).replace(/[/\\>＞\-—–·.,，、|]/g, ''); // a box may show the whole path with marks of its own
  const isRight = (f, c, want, got) => {
    if (want.many) return want.many.map(o => String(o.value)).sort().join('\n') === (got.many || []).map(String).sort().join('\n');
    if (c.type === 'select' || c.type === 'radio') return tidy(got.text) === tidy(want.text) && String(got.code) === String(want.code);
    if (c.type === 'checkbox') return (got.on || []).join() === want.on.join();
    if (c.type === 'cascade') return want.path.join('/') === got.code || want.path.map(tidy).join('/') === got.text.split('/').map(tidy).join('/') || want.path[want.path.length - 1] === got.code;
    if (c.type === 'tree' || f.kind === 'tree' && c.type !== 'cascade') { const last = want.path[want.path.length - 1]; return String(got.code) === last || tidy(got.text).split('/').pop() === tidy(last) || joined(got.text) === joined(want.path.join('')); }
    if (got.date && (f.normalise || []).includes('date')) return got.date === normal(want.text, ['date']);
    return normal(got.text, f.normalise) === normal(want.text, f.normalise);
  };
  const hasValue = c => { const g = valueOf(c); return !!(g.text && !(c.type === 'select' && g.code === '')); };
  const mask = (c, text) => c.el.type === 'password' ? (text ? '***' : '') : text;
  const nothing = key => ({ key, got: '', code: '', normalised: '', wanted: '', ok: false });
  const report = (f, c, want) => {
    const got = valueOf(c);
    const ok = c.el.isConnected && (f.kept ? true : isRight(f, c, want, got));
    return { key: f.key, got: mask(c, got.text), code: mask(c, got.code == null ? '' : String(got.code)), normalised: mask(c, normal(got.text, f.normalise)), wanted: mask(c, f.kept ? got.text : want.text), ok, invalid: invalidOf(c) };
  };
  const isRightNow = (f, c) => { const w = f.value == null ? null : wish(f, c); return !!w && isRight(f, c, w, valueOf(c)); };

  // ---- the verbs ---------------------------------------------------------------------------------------------
  const nameOf = c => (c.kit.nameOf ? c.kit.nameOf(c.el) : c.el.name) || c.el.id || '';
  const named = w => w.name || w.id || '';
  // As the page was accepted: the control that bore this label, of several the one with the same name.
  const before = (f, c, was) => {
    const exact = f.label ? was.filter(w => tidy(w.label) === tidy(f.label)) : [];
    const same = exact.length || !f.label ? exact : was.filter(w => ow.bare(w.label) === ow.bare(f.label));
    return same.find(w => named(w) === nameOf(c)) || same[0];
  };
  // Under this label now stands what bore another one: known by its name, or, nameless, by what else tells the two apart.
  const contradicts = (f, c, was) => {
    const mine = before(f, c, was);
    if (!mine) return false;
    const others = was.filter(w => w !== mine && tidy(w.label) !== tidy(mine.label));
    if (named(mine) && nameOf(c)) return named(mine) !== nameOf(c) && others.some(w => named(w) === nameOf(c));
    if (named(mine) || nameOf(c)) return false;
    const traits = w => [w.type, w.maxlength || 0, w.kit, (w.options || []).join('\n')].join('\t'), now = ow.print(c);
    return traits(mine) !== traits(now) && others.some(w => !named(w) && traits(w) === traits(now));
  };
  // Chosen by its code: the words beside that code are what was meant, and they must still be the ones a person accepted.
  const recoded = (f, c, was) => {
    const mine = before(f, c, was), want = mine && mine.codes && mine.options && wish(f, c);
    if (!want) return false;
    const chosen = want.many || (want.option ? [want.option] : (want.on || [want.at]).map(i => c.options[i]));
    const meant = f.value.split(/[;；,，、]/).concat(f.value).map(tidy);
    return chosen.filter(o => o && !meant.includes(tidy(o.text))).some(o => { const i = mine.codes.indexOf(String(o.value)); return i >= 0 && tidy(mine.options[i]) !== tidy(o.text); });
  };
  const problemOf = (f, hits, plan) => {
    const c = hits[0].control;
    if (f.type_by !== 'keys' && !ow.fits(f.kind, c)) return 'kind';
    if (!f.expect && (c.kit.locked ? c.kit.locked(c) : c.el.disabled) && !isRightNow(f, c) && !(f.keep && hasValue(c))) return 'disabled';
    const was = plan.was || [];
    const part = i => f.labels ? { ...f, label: f.labels[i] } : f;
    if (hits.slice(0, f.labels ? hits.length : 1).some((h, i) => contradicts(part(i), h.control, was))) return 'swapped';
    if (/^(select|radio|checkbox)$/.test(c.type)) for (const [i, h] of hits.entries()) { const value = hits.length > 1 ? (f.parts || [])[i] : f.value; if (value != null && recoded({ ...part(i), value }, h.control, was)) return 'recoded'; }
    if (hits.length > 1 || c.type === 'cascade' || c.type === 'tree' || f.value == null || f.late) return '';
    const lazy = c.type === 'select' && ((ow.optionsOf(c) || []).length < 2 || (c.kit.seeks ? c.kit.seeks(c) : c.kit.seek));
    return !wish(f, c) && !lazy ? 'option' : '';
  };
  verbs.probe = plan => {
    const { all, taken, out } = ow.findAll(plan);
    // A required field another step of the recipe fills is not a new one.
    const elsewhere = new Set((plan.elsewhere || []).map(tidy)), isElsewhere = c => c.labels.some(l => elsewhere.has(tidy(l.words)) || elsewhere.has(ow.bare(l.words))) || elsewhere.has(tidy(c.el.name)) || elsewhere.has(tidy(c.el.id));
    for (const f of plan.fields) found.delete(f.key);
    const words = () => all.filter(c => c.seen).map(c => c.labels.length ? c.labels[0].words : c.el.name);
    const fields = out.map(({ f, hits }) => {
      const bad = hits.find(h => !h.control);
      const first = bad && bad.candidate || hits[0].control;
      const told = { key: f.key, score: Math.min(...hits.map(h => h.score)), margin: hits[0].margin == null ? 1 : hits[0].margin, exact: hits.every(h => h.exact), problem: bad ? bad.problem : '', candidate: first ? ow.print(first, plan.full) : null };
      if (bad) {
        if (bad.problem === 'missing') told.near = ow.nearest(f.labels ? f.labels[hits.indexOf(bad)] : f.label || f.name || f.id || '', words());
        if (bad.many) told.many = bad.many.map(c => ow.print(c, plan.full));
        return told;
      }
      const c = hits[0].control;
      found.set(f.key, { f, cs: hits.map(h => h.control) });
      told.problem = problemOf(f, hits, plan);
      if (told.problem === 'option') told.near = ow.nearest(f.value, (ow.optionsOf(c) || []).map(o => o.text), 8);
      const want = !told.problem && f.value != null && hits.length < 2 ? wish(f, c) : null;
      if (want && want.code != null) told.sends = want.code;
      return told;
    });
    const spare = all.filter(c => c.seen && c.required && !taken.has(c) && c.type !== 'file' && !hasValue(c) && !isElsewhere(c));
    return { fields, unmapped: spare.map(c => ow.print(c)), controls: plan.full ? all.filter(c => c.seen).map(c => ow.print(c, true)) : undefined, charset: document.characterSet, kits: kits.filter(k => k.present()).map(k => k.name) };
  };
  const putCascade = async (f, cs) => {
    const told = [];
    for (let i = 0; i < cs.length; i++) {
      const part = { ...f, value: f.parts[i] };
      const c = cs[i];
      if (!wish(part, c) && c.kit.seek) c.kit.seek(c, part.value);
      if (!await until(() => wish(part, c), f.wait || 10000)) return { problem: 'option', at: i };
      const want = wish(part, c);
      if (!isRight(part, c, want, valueOf(c))) { await c.kit.set(c, want); await tick(); }
      told.push(want);
    }
    return { wants: told };
  };
  const putOne = async (f, hit) => {
    if (hit.cs.length > 1) { const r = await putCascade(f, hit.cs); hit.wants = r.wants; return r.problem; }
    const c = hit.cs[0];
    if (f.keep && hasValue(c)) { f.kept = true; hit.want = { text: valueOf(c).text }; return ''; }
    let want = wish(f, c);
    if (!want && c.kit.seek) c.kit.seek(c, f.value);
    if (!want && c.type === 'select' && await until(() => wish(f, c), f.wait || 5000)) want = wish(f, c);
    if (!want) return 'option';
    hit.want = want;
    if (f.expect || isRight(f, c, want, valueOf(c)) && !invalidOf(c)) return '';
    if (f.kind === 'tree' && c.type !== 'tree' && c.type !== 'cascade') return 'tree';
    if (f.type_by === 'keys') return 'keys';
    return await c.kit.set(c, want, f) || '';
  };
  verbs.fill = async plan => {
    const out = [];
    const done = async (f, hit) => {
      try {
        const problem = await putOne(f, hit);
        if (problem) out.push({ key: f.key, problem });
      } catch (e) { out.push({ key: f.key, problem: 'trouble', why: String(e && e.message).slice(0, 200) }); }
    };
    // A kit that draws the whole form anew after each value gets them together and draws once; what the drawing took back
    // or what was chosen from a list of before goes in again by itself.
    let together = [];
    const drawn = async () => {
      await Promise.all(together.map(one => one.done));
      if (together.length) await tick();
      for (const { f, hit } of together) if (!f.kept && !out.some(o => o.key === f.key) && !isRightNow(f, hit.cs[0])) await done(f, hit);
      together = [];
    };
    for (const f of plan.fields) {
      const hit = found.get(f.key), swift = hit && hit.cs.length === 1 && hit.cs[0].kit.swift && hit.cs[0].kit.swift(hit.cs[0]);
      if (!swift) await drawn();
      if (!hit || hit.cs.some(c => !c.el.isConnected)) { out.push({ key: f.key, problem: 'gone' }); continue; }
      hit.f = f;
      if (swift) together.push({ f, hit, done: done(f, hit) }); else await done(f, hit);
    }
    await drawn();
    for (const k of kits) if (k.settle && k.present()) await k.settle();
    await tick();
    return { problems: out, ...verbs.verify(plan) };
  };
  verbs.verify = plan => ({ fields: plan.fields.map(f => {
    const hit = found.get(f.key);
    if (!hit || hit.cs.some(c => !c.el.isConnected)) return { ...nothing(f.key), problem: 'gone' };
    if (hit.f && hit.f.kept) f.kept = true;
    if (hit.cs.length > 1) {
      if (!hit.wants) return nothing(f.key);
      const parts = hit.cs.map((c, i) => report({ ...f, value: f.parts[i] }, c, hit.wants[i]));
      const join = n => parts.map(p => p[n]).join('/');
      return { key: f.key, got: join('got'), code: join('code'), normalised: join('normalised'), wanted: join('wanted'), ok: parts.every(p => p.ok), invalid: parts.map(p => p.invalid).find(Boolean) || '' };
    }
    const want = hit.want || wish(f, hit.cs[0]);
    return want ? report(f, hit.cs[0], want) : nothing(f.key);
  }) });
  verbs.held = q => { const hit = found.get(q.key); return hit ? valueOf(hit.cs[0]) : { text: '' }; };
  Object.assign(ow, { wish, isRight, valueOf, hasValue, invalidOf, putOne, seenOnly: els => els.filter(isSeen) });
})();
