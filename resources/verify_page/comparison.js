// Is the visible text of a PDF what was signed? The program draws the page again and compares letter by letter; this page
// has no press, so it asks three questions that together leave a forger no word: is every signed value there as often as
// it must be, do the items stand in their order, and is there any word on the page that is neither signed nor the
// layout's own. Spaces, line ends and compatibility forms do not count.
"use strict";
globalThis.OneWindow ??= {};
{
  const LONG = 4; // letters of a value that does not stand anywhere by chance
  const plain = (text) => text.normalize("NFKC").replace(/[\s\p{Cc}\p{Cf}]/gu, "");
  const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const times = (text, part) => text.split(part).length - 1;

  // Every value that must be visible: [place, text].
  function valuesOf(verdict) {
    const found = Object.entries(verdict.fields);
    found.push(["issued_at", OneWindow.drawing.clock(verdict.voucher.issued)]);
    return found.map(([place, value]) => [place, plain(value)]).filter(([, value]) => value);
  }

  function missing(seen, values) {
    const due = (value) => values.reduce((sum, [, other]) => sum + times(other, value), 0);
    return values.filter(([, value]) => times(seen, value) < due(value)).map(([place, signed]) => ({ place, signed }));
  }

  // Down one column the values must stand in the order of the items: exchanging two items' numbers leaves every value
  // on the page. Column by column, because a pre-printed form is filled so.
  function outOfOrder(seen, voucher, shown = () => true) {
    const torn = [];
    const columns = new Set(voucher.items.flatMap((item) => item.map(([key]) => key)).filter(shown));
    for (const column of columns) {
      let at = 0;
      voucher.items.forEach((item, n) => {
        const value = plain(item.find(([key]) => key === column)?.[1] ?? "");
        if (!value || at < 0) return;
        const place = seen.indexOf(value, at);
        at = place < 0 ? -1 : place + value.length;
        if (at < 0) torn.push({ place: `items.${n}`, signed: value });
      });
    }
    return torn;
  }

  // The page without what is signed and without the layout's own sentences, longest first.
  function rest(seen, known) {
    const parts = [...new Set(known.map(plain))].filter(Boolean).sort((one, other) => other.length - one.length);
    for (const part of parts) seen = seen.split(part).join("\0");
    return seen;
  }

  const isNumber = (value) => /^\d+$/.test(value);
  const upTo = (most) => Array.from({ length: most }, (_, n) => String(n + 1)).join("");

  // Every digit that stands on the page outside of words: values that are numbers, and what counts copies, items, rows
  // and sentences, as often as the layout prints it.
  function digitsDue(values, { copy, items, kind, language }, layout, labelled) {
    const heads = (copy ? String(copy) : "") + (labelled && items.length ? String(items.length) : "");
    const once = values.map(([, value]) => value).filter(isNumber).join("") + (labelled ? upTo(items.length) : "");
    const told = heads + (labelled ? upTo(layout.notices[kind]) : "");
    return (once + told.repeat(language === "zh+en" ? 2 : 1)).repeat(labelled ? layout.parts[kind] : 1);
  }

  function foreign(seen, values, verdict, layout, said, labelled) {
    const left = rest(seen, [...values.map(([, value]) => value).filter((value) => !isNumber(value)), verdict.humanCode, ...said]);
    const words = left.match(/[\p{L}\p{M}\p{S}\ufffd]/gu) ?? [];
    const due = digitsDue(values, verdict.voucher, layout, labelled);
    const numbers = [..."0123456789"].map((digit) => digit.repeat(Math.max(0, times(left, digit) - times(due, digit))));
    const added = [...words, ...numbers].join("").slice(0, 80);
    return added ? [{ place: "page.added", signed: "", seen: added }] : [];
  }

  // Without what stands at the foot of each page: a sentence may go on over the page's end.
  function joined(pages, { frame }) {
    const feet = ["zh", "en"].flatMap((language) => [
      ...["signed", "demo_note"].map((word) => escaped(plain(frame[word][language]))),
      plain(frame.page[language]).split(/\{\w+\}/).map(escaped).join("\\d{1,2}"),
    ]);
    const foot = new RegExp(`(?:${feet.join("|")})`, "gu");
    return pages.map((page) => plain(page).replace(foot, "")).join("");
  }

  // {mismatches, exact, legible} of a PDF's pages and a verdict with a voucher; `exact` when the layout's own words are
  // known; not `legible` when not one of the longer values is there: a printer's driver wrote letters for shapes, as on
  // a scan, and that is no word against the paper.
  function compare(pages, verdict) {
    const { voucher } = verdict;
    const values = valuesOf(verdict);
    const whole = plain(pages.join(""));
    const legible = values.some(([, value]) => value.length >= LONG && whole.includes(value));
    if (!legible) return { mismatches: [], exact: false, legible };
    const layout = OneWindow.words.layouts[voucher.layout];
    if (layout?.version !== voucher.version) return { mismatches: missing(whole, values), exact: false, legible };
    const seen = joined(pages, layout);
    const judged = (due, said, shown, labelled) => [...missing(seen, due), ...outOfOrder(seen, voucher, shown), ...foreign(seen, due, verdict, layout, said, labelled)];
    const sheet = judged(values, layout.said, undefined, true);
    if (!sheet.length || !layout.form) return { mismatches: sheet, exact: true, legible };
    // On a pre-printed form stand only the values it has boxes for, and no label.
    const boxes = values.filter(([place]) => layout.form.fields.includes(place) || layout.form.columns.includes(/^items\.\d+\.(.+)$/.exec(place)?.[1]));
    const form = judged(boxes, layout.form.said, (column) => layout.form.columns.includes(column), false);
    return { mismatches: form.length < sheet.length ? form : sheet, exact: true, legible };
  }

  OneWindow.comparison = { compare, plain };
}
