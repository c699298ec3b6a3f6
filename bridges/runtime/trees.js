/* Trees of any kit: walked from branch to branch by the words (or codes) of a path, however late each branch arrives.
 *
 * A kit gives its trees as { el, roots, children, opens, open, text, code, choose }; what stands in no kit's list is walked
 * by its ARIA roles. A path of one word is looked for in the whole tree, branch by branch, and counts only if it is the
 * only one there. */
(() => {
  'use strict';
  const ow = window.__onewindow;
  if (ow.climb) return;
  const { verbs, kits, tidy, until, isSeen } = ow;
  const MOST = 3000;
  const fits = (tree, part) => n => tidy(tree.text(n)) === tidy(part) || tree.code(n) === part;
  const grown = async (tree, node, wait) => {
    const kids = () => node ? tree.children(node) : tree.roots();
    if (kids().length) { if (node) tree.open(node); return kids(); }
    if (node) { if (!tree.opens(node)) return []; tree.open(node); }
    return await until(() => kids().length && kids(), wait) || [];
  };
  // Children may come in two pieces: a branch is given a moment more before its word counts as missing.
  const named = async (tree, node, part, wait) => {
    await grown(tree, node, wait);
    const now = () => { const hits = (node ? tree.children(node) : tree.roots()).filter(fits(tree, part)); return hits.length === 1 && hits[0]; };
    return now() || await until(now, Math.min(wait, 700));
  };
  const anywhere = async (tree, part, wait) => {
    const hits = [], queue = await grown(tree, null, wait);
    for (let n = 0; n < queue.length && n < MOST; n++) {
      if (fits(tree, part)(queue[n])) hits.push(queue[n]);
      if (tree.opens(queue[n])) queue.push(...await grown(tree, queue[n], Math.min(wait, 4000)));
    }
    return hits.length === 1 ? hits[0] : null;
  };
  ow.climb = async (tree, path, wait) => {
    if (path.length === 1) return anywhere(tree, path[0], wait);
    let node = null;
    for (const part of path) { node = await named(tree, node, part, wait); if (!node) return null; }
    if (tree.reveal) tree.reveal(node);
    return node;
  };
  const byRole = root => {
    const kids = box => [...box.querySelectorAll('[role=treeitem]')].filter(el => el.parentElement.closest('[role=treeitem],[role=tree]') === box && isSeen(el));
    const own = el => { let out = ''; const walk = n => { for (const c of n.childNodes) { if (c.nodeType === 3) out += c.nodeValue; else if (c.nodeType === 1 && !c.matches('[role=group],[role=treeitem]')) walk(c); } }; walk(el); return ow.shown(out); };
    return {
      el: root, roots: () => kids(root), children: kids, text: own, code: el => el.dataset.id || el.dataset.key || el.id || '',
      opens: el => el.hasAttribute('aria-expanded'), open: el => { if (el.getAttribute('aria-expanded') === 'false') (el.querySelector('[class*=expand],[class*=switch],[class*=icon]') || el).click(); },
      choose: el => (el.querySelector('[class*=content],[class*=label],[class*=title],a') || el).click(),
    };
  };
  const all = () => {
    const known = kits.filter(k => k.trees && k.present()).flatMap(k => k.trees());
    const plain = [...document.querySelectorAll('[role=tree]')].filter(el => !known.some(t => t.el === el || t.el.contains(el) || el.contains(t.el))).map(byRole);
    return [...known, ...plain].filter(t => isSeen(t.el));
  };
  // Where these words stand in a tree the click was made in, as far as its branches are there; nothing is opened.
  ow.treePath = (el, words) => {
    const found = [];
    const walk = (tree, nodes, path) => nodes.slice(0, MOST).forEach(n => {
      const here = [...path, tree.text(n)];
      if (tidy(tree.text(n)) === tidy(words)) found.push(here);
      if (here.length < 12) walk(tree, tree.children(n), here);
    });
    for (const tree of all()) if (tree.el.contains(el)) walk(tree, tree.roots(), []);
    return found.length === 1 ? found[0] : null;
  };
  // Whose first branch is the path's first word: a page may show a menu tree beside the one that was opened.
  verbs.trees = () => ({ trees: all().map(t => t.roots().map(n => t.text(n)).slice(0, 12)) });
  verbs.climb = async q => {
    const trees = all().reverse();
    const likely = q.path.length > 1 ? trees.filter(t => t.roots().some(fits(t, q.path[0]))) : trees.filter(t => t.roots().length);
    if (!likely.length) return { problem: 'tree_missing' };
    for (const tree of likely) {
      const leaf = await ow.climb(tree, q.path, q.wait || 10000);
      if (!leaf) continue;
      await tree.choose(leaf);
      await ow.tick();
      return { chosen: tree.text(leaf) };
    }
    return { problem: 'option' };
  };
})();
