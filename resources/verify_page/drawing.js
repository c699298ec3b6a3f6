// The voucher drawn again from its signed words and the layout's labels; nothing here comes from the picture.
"use strict";
globalThis.OneWindow ??= {};
{
  const el = (tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text; // text only: a signed word is never markup
    return made;
  };

  // Times on paper are in UTC+8 everywhere (docs/voucher-format.md §5).
  const clock = (seconds) => new Date((Number(seconds) + 8 * 3600) * 1000).toISOString().slice(0, 16).replace("T", " ");

  function rows(pairs, labels, language) {
    const list = el("dl");
    for (const [key, value] of pairs) list.append(el("dt", "", labels?.[key]?.[language] ?? key), el("dd", "", value));
    return list;
  }

  function voucher(verdict, language, say) {
    const given = verdict.voucher;
    const layout = OneWindow.words.layouts[given.layout] ?? {};
    const kind = layout.kinds?.[given.kind];
    const frame = layout.frame ?? {};
    const label = (key) => frame[key]?.[language] ?? key;
    const parts = [];
    const marks = [given.demo ? label("demo") : "", given.copy ? label("reprint").replace("{n}", given.copy) : ""].filter(Boolean);
    if (marks.length) parts.push(el("span", "mark", marks.join(" · ")));
    parts.push(el("p", "centre", given.centre), el("p", "kind", kind?.[language] ?? given.kind), el("p", "number", given.number));
    const head = [];
    if (given.reason) head.push([label("reason"), given.reason]);
    if (given.replaces) head.push([label("replaces"), given.replaces], [label("correction"), given.correction]);
    head.push([say("page.issued_at"), clock(given.issued)], [say("page.code"), verdict.humanCode], [say("page.signer"), verdict.signer]);
    const table = rows(head, null, language);
    table.querySelectorAll("dd")[head.length - 2].className = "code";
    parts.push(table, rows(given.lines, layout.words, language));
    given.items.forEach((item, n) => {
      const box = el("section", "item");
      const first = item.find(([key]) => key === "item");
      box.append(el("h3", "", `${n + 1}. ${first ? first[1] : ""}`), rows(item.filter((pair) => pair !== first), layout.item_words, language));
      parts.push(box);
    });
    return parts;
  }

  OneWindow.drawing = { voucher, el, clock };
}
