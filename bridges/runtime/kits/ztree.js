/* zTree 3: nodes are objects in its own store, drawn only once their parent was open, and often fetched branch by branch. */
(() => {
  const ow = window.__onewindow;
  if (!ow) return;
  const api = () => window.jQuery && window.jQuery.fn && window.jQuery.fn.zTree;
  const branches = (el, z) => {
    const key = z.setting.data.key, kids = n => { const k = n[key.children || 'children']; return Array.isArray(k) ? k : []; }, asks = () => z.setting.async && z.setting.async.enable;
    return {
      el, roots: () => z.getNodes(), children: kids,
      opens: n => !!n.isParent,
      open: n => { if (asks() && !kids(n).length && !n.zAsync && !n.isAjaxing) z.expandNode(n, true, false, false, true); else if (!n.open) z.expandNode(n, true, false, false, true); },
      text: n => ow.shown(String(n[key.name || 'name'])), code: n => { const id = n[(z.setting.data.simpleData || {}).idKey || 'id']; return id == null ? '' : String(id); },
      choose: n => {
        if (z.setting.check && z.setting.check.enable && !n.nocheck && !n.chkDisabled) { z.checkNode(n, true, true, true); return; }
        const a = document.getElementById(n.tId + '_a');
        const words = a && (document.getElementById(n.tId + '_span') || a);
        if (words) words.click(); else z.selectNode(n);
      },
    };
  };
  ow.kit({
    name: 'ztree',
    present: () => !!api(),
    owns: () => false,
    trees: () => api() ? [...document.querySelectorAll('ul.ztree[id]')].map(el => [el, api().getZTreeObj(el.id)]).filter(([, z]) => z).map(([el, z]) => branches(el, z)) : [],
  });
})();
