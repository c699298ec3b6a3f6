/* Where a button can be pressed: its middle as the mouse counts, when it stands still and nothing lies over it; null
 * whenever that is not sure. Armed, the press itself is watched: one that would land on something else is caught before
 * the page hears of it. The button is kept here between the questions: handed out, it would cost the page the whole
 * script Playwright lays into every page of which it holds an element. */
(() => {
  'use strict';
  const ow = window.__onewindow;
  if (ow.verbs.aim) return;
  const STILL_MS = 150, ARMED_MS = 2000, PRESS = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
  let meant = null, missed = false, reached = false;
  // A page in the background is drawn no more and calls no frame: then nobody can say that the button stands still.
  const drawn = () => new Promise(done => {
    const late = setTimeout(() => done(false), STILL_MS);
    requestAnimationFrame(() => requestAnimationFrame(() => { clearTimeout(late); done(true); }));
  });
  const box = el => { const r = el.getClientRects()[0]; return r && { x: r.x, y: r.y, width: r.width, height: r.height }; };
  const hits = (el, x, y) => {
    const hit = el.getRootNode().elementFromPoint(x, y);
    return !!hit && (hit === el || el.contains(hit));
  };
  // A frame counts from its own corner and may be covered by the page around it.
  const onPage = (x, y) => {
    for (let w = window; w !== w.top; w = w.parent) {
      let frame = null;
      try { frame = w.frameElement; } catch (e) { /* another origin: not for us to say */ }
      if (!frame || getComputedStyle(frame).transform !== 'none') return null;
      const r = frame.getBoundingClientRect(), edge = w.parent.getComputedStyle(frame);
      x += r.left + frame.clientLeft + parseFloat(edge.paddingLeft); y += r.top + frame.clientTop + parseFloat(edge.paddingTop);
      if (frame.ownerDocument.elementFromPoint(x, y) !== frame) return null;
    }
    return { x, y };
  };
  const watch = el => {
    missed = reached = false;
    const guard = event => {
      if (!event.isTrusted) return;
      if (event.type === 'click') off();
      if (event.composedPath().includes(el)) { reached = true; return; }
      missed = true;
      event.preventDefault(); event.stopImmediatePropagation();
    };
    const off = () => { for (const type of PRESS) window.removeEventListener(type, guard, true); };
    for (const type of PRESS) window.addEventListener(type, guard, true);
    setTimeout(off, ARMED_MS);
  };
  const aim = async (el, arm) => {
    if (!el || !el.isConnected || !ow.isSeen(el) || el.disabled || getComputedStyle(el).pointerEvents === 'none') return null;
    const inView = r => r.x >= 0 && r.y >= 0 && r.x + r.width <= innerWidth && r.y + r.height <= innerHeight;
    if (!inView(box(el))) el.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const before = box(el);
    if (arm && !await drawn()) return null; // whoever only asks beforehand need not wait for the next frame
    const now = box(el);
    if (!now || ['x', 'y', 'width', 'height'].some(side => now[side] !== before[side])) return null;
    const x = now.x + now.width / 2, y = now.y + now.height / 2;
    if (!hits(el, x, y)) return null;
    const point = onPage(x, y);
    if (point && arm) watch(el);
    return point;
  };
  ow.verbs.meant = async q => {
    const hits = ow.button(JSON.stringify(q));
    meant = hits.length === 1 ? hits[0] : null;
    return { hits: hits.length, ready: meant !== null && await aim(meant, false) !== null };
  };
  ow.verbs.aim = async () => ({ point: await aim(meant, true) });
  // A button may act on the first half of a press already: what reached it by any part is never pressed again.
  ow.verbs.missed = () => ({ missed: missed && !reached });
})();
