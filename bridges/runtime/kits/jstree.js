/* jsTree 3: the tree answers by id; a branch is fetched when it is opened, and a click on the words selects. */
(() => {
  const ow = window.__onewindow;
  if (!ow) return;
  const $ = () => window.jQuery;
  const branches = (el, t) => ({
    el, roots: () => t.get_node('#').children.map(id => t.get_node(id)), children: n => (t.get_node(n.id).children || []).map(id => t.get_node(id)),
    opens: n => t.is_parent(n), open: n => t.open_node(n),
    text: n => { const d = document.createElement('div'); d.innerHTML = n.text; return ow.shown(d.textContent); }, code: n => String(n.id),
    choose: n => { const a = document.getElementById(n.id + '_anchor'); if (a) a.click(); else { t.deselect_all(true); t.select_node(n); } },
  });
  ow.kit({
    name: 'jstree',
    present: () => !!($() && $().jstree),
    owns: () => false,
    trees: () => $() && $().jstree ? [...document.querySelectorAll('.jstree')].map(el => [el, $()(el).jstree(true)]).filter(([, t]) => t).map(([el, t]) => branches(el, t)) : [],
  });
})();
