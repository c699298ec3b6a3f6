// What a PDF says and carries: its text layer page by page, and the files attached to it. The smallest reader of what our
// own press and the usual programs write. It follows the file's own table of objects, as every viewer does: a page that
// nobody is shown may not answer for the one that everybody sees. What it cannot follow it does not guess: `pages` is null.
"use strict";
globalThis.OneWindow ??= {};
{
  const LARGEST = 16 << 20; // of one unpacked stream
  const MOST_OBJECTS = 20000;
  const MOST_PAGES = 6; // as the program
  const MOST_FILES = 16;
  const LARGEST_FILE = 1 << 20;
  const SPACE = " \t\n\r\f\0";
  const DELIMITER = "()<>[]{}/%";

  class PdfWrong extends Error {}
  const expect = (holds) => {
    if (!holds) throw new PdfWrong();
  };
  const isMap = (value) => value instanceof Map;
  const isRef = (value) => typeof value === "object" && value !== null && "ref" in value;
  const isOp = (value, name) => typeof value === "object" && value !== null && value.op === name;
  const isText = (value) => typeof value === "object" && value !== null && "text" in value;

  // Every byte one letter; TextDecoder's latin1 is another table.
  function lettersOf(bytes) {
    const parts = [];
    for (let at = 0; at < bytes.length; at += 32768) parts.push(String.fromCharCode(...bytes.subarray(at, at + 32768)));
    return parts.join("");
  }
  const bytesOf = (letters) => Uint8Array.from(letters, (letter) => letter.charCodeAt(0));

  async function unpacked(letters) {
    // A stream's data may have a line end behind it, which a strict inflater calls an error after all bytes are out.
    const parts = [];
    let size = 0;
    const reader = new Blob([bytesOf(letters)]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
    try {
      for (let turn = await reader.read(); !turn.done; turn = await reader.read()) {
        parts.push(lettersOf(turn.value));
        size += turn.value.length;
        if (size > LARGEST) break;
      }
    } catch {
      expect(size > 0);
    }
    expect(size <= LARGEST);
    return parts.join("");
  }

  // Data written as letters.
  function fromHex(letters) {
    const digits = letters.replace(/>[\s\S]*$|\s/g, "");
    expect(/^[0-9A-Fa-f]*$/.test(digits));
    return (digits.length % 2 ? digits + "0" : digits).replace(/../g, (two) => String.fromCharCode(parseInt(two, 16)));
  }

  function from85(letters) {
    const made = [];
    let five = [];
    const put = (missing) => {
      const number = five.reduce((sum, digit) => sum * 85 + digit, 0);
      expect(number < 2 ** 32);
      for (let n = 3; n >= missing; n--) made.push(Math.floor(number / 256 ** n) & 255);
      five = [];
    };
    for (const letter of letters.replace(/^\s*<~/, "").replace(/~>?[\s\S]*$|\s/g, "")) {
      if (letter === "z" && !five.length) made.push(0, 0, 0, 0);
      else {
        const digit = letter.charCodeAt(0) - 33;
        expect(digit >= 0 && digit < 85);
        five.push(digit);
        if (five.length === 5) put(0);
      }
    }
    const missing = 5 - five.length;
    if (missing < 5) {
      expect(missing < 4);
      while (five.length < 5) five.push(84);
      put(missing);
    }
    return lettersOf(Uint8Array.from(made));
  }

  const FILTERS = new Map([
    ["/FlateDecode", unpacked], ["/Fl", unpacked],
    ["/ASCIIHexDecode", fromHex], ["/AHx", fromHex],
    ["/ASCII85Decode", from85], ["/A85", from85],
  ]);

  // ---- words of the language: numbers, names (as "/Name"), texts, arrays, tables, references, operators ----

  class Words {
    constructor(letters, at = 0) {
      this.letters = letters;
      this.at = at;
    }

    skip() {
      for (;;) {
        const letter = this.letters[this.at];
        if (letter === "%") while (this.at < this.letters.length && !"\r\n".includes(this.letters[this.at])) this.at++;
        else if (letter !== undefined && SPACE.includes(letter)) this.at++;
        else return letter;
      }
    }

    // The next value; undefined at the end.
    next(depth = 0) {
      expect(depth < 64);
      const letter = this.skip();
      if (letter === undefined) return undefined;
      if (letter === "/") return this.name();
      if (letter === "(") return this.text();
      if (letter === "[") return this.array(depth);
      if (letter === "<") return this.letters[this.at + 1] === "<" ? this.table(depth) : this.hex();
      if (")>]{}".includes(letter)) {
        const two = this.letters.slice(this.at, this.at + 2) === ">>";
        this.at += two ? 2 : 1;
        return { op: two ? ">>" : letter };
      }
      const word = this.plain();
      if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return this.numberOrReference(word);
      return word === "true" ? true : word === "false" ? false : word === "null" ? null : { op: word };
    }

    plain() {
      const from = this.at;
      while (this.at < this.letters.length && !SPACE.includes(this.letters[this.at]) && !DELIMITER.includes(this.letters[this.at])) this.at++;
      expect(this.at > from);
      return this.letters.slice(from, this.at);
    }

    numberOrReference(word) {
      if (/^\d+$/.test(word)) {
        const behind = /^[ \t\n\r\f\0]+\d+[ \t\n\r\f\0]+R(?![^\s()<>[\]{}/%])/.exec(this.letters.slice(this.at, this.at + 24));
        if (behind) {
          this.at += behind[0].length;
          return { ref: Number(word) };
        }
      }
      return Number(word);
    }

    name() {
      this.at++;
      const from = this.at;
      while (this.at < this.letters.length && !SPACE.includes(this.letters[this.at]) && !DELIMITER.includes(this.letters[this.at])) this.at++;
      return "/" + this.letters.slice(from, this.at).replace(/#([0-9A-Fa-f]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
    }

    hex() {
      const end = this.letters.indexOf(">", this.at);
      expect(end > 0);
      const digits = this.letters.slice(this.at + 1, end).replace(/\s/g, "");
      expect(/^[0-9A-Fa-f]*$/.test(digits));
      this.at = end + 1;
      return { text: (digits.length % 2 ? digits + "0" : digits).replace(/../g, (two) => String.fromCharCode(parseInt(two, 16))) };
    }

    text() {
      const kept = [];
      let open = 1;
      for (this.at++; ; this.at++) {
        const letter = this.letters[this.at];
        expect(letter !== undefined);
        if (letter === "\\") kept.push(this.escaped());
        else if (letter === "(") open++, kept.push(letter);
        else if (letter !== ")") kept.push(letter);
        else if (--open) kept.push(letter);
        else break;
      }
      this.at++;
      return { text: kept.join("") };
    }

    escaped() {
      const octal = /^[0-7]{1,3}/.exec(this.letters.slice(this.at + 1, this.at + 4));
      if (octal) {
        this.at += octal[0].length;
        return String.fromCharCode(parseInt(octal[0], 8) & 255);
      }
      const letter = this.letters[++this.at] ?? "";
      if (letter === "\r" && this.letters[this.at + 1] === "\n") this.at++;
      return { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", "\n": "", "\r": "" }[letter] ?? letter;
    }

    array(depth) {
      this.at++;
      const found = [];
      for (;;) {
        const value = this.next(depth + 1);
        expect(value !== undefined);
        if (isOp(value, "]")) return found;
        found.push(value);
      }
    }

    table(depth) {
      this.at += 2;
      const found = new Map();
      for (;;) {
        const key = this.next(depth + 1);
        if (isOp(key, ">>")) return found;
        expect(typeof key === "string");
        found.set(key, this.next(depth + 1));
      }
    }
  }

  // ---- the file: its table of objects, its objects, its streams ----

  class File {
    constructor(bytes) {
      const letters = lettersOf(bytes);
      const head = letters.slice(0, 1024).indexOf("%PDF-"); // places count from there, as in every viewer
      this.letters = head > 0 ? letters.slice(head) : letters;
      this.places = new Map(); // number → place in the file, or [number of the stream of objects, row]
      this.kept = new Map();
      this.packs = new Map();
      this.trailer = null;
    }

    async open() {
      // The last one counts; mail and web servers leave words of their own behind a file.
      const start = [...this.letters.slice(-2048).matchAll(/startxref\s+(\d+)\s/g)].pop();
      expect(start);
      const seen = new Set();
      const waiting = [Number(start[1])];
      while (waiting.length) {
        const at = waiting.shift();
        expect(!seen.has(at) && seen.size < 64);
        seen.add(at);
        const table = await (this.letters.startsWith("xref", at) ? this.plainTable(at) : this.packedTable(at));
        this.trailer ??= table;
        if (typeof table.get("/XRefStm") === "number") waiting.push(table.get("/XRefStm"));
        if (typeof table.get("/Prev") === "number") waiting.push(table.get("/Prev"));
      }
      expect(!this.trailer.has("/Encrypt"));
      return this;
    }

    note(number, place) {
      if (!this.places.has(number)) this.places.set(number, place); // the newest table is read first
      expect(this.places.size < MOST_OBJECTS);
    }

    plainTable(at) {
      const words = new Words(this.letters, at + 4);
      for (;;) {
        const first = words.next();
        if (isOp(first, "trailer")) break;
        const count = words.next();
        expect(Number.isInteger(first) && Number.isInteger(count));
        for (let n = 0; n < count; n++) {
          const [place, , kind] = [words.next(), words.next(), words.next()];
          this.note(first + n, isOp(kind, "n") ? place : null);
        }
      }
      const found = words.next();
      expect(isMap(found));
      return found;
    }

    async packedTable(at) {
      const { table, data } = await this.streamAt(at);
      expect(table.get("/Type") === "/XRef");
      const widths = table.get("/W");
      const index = table.get("/Index") ?? [0, table.get("/Size")];
      let from = 0;
      const field = (width, otherwise) => {
        if (!width) return otherwise;
        let value = 0;
        for (let n = 0; n < width; n++) value = value * 256 + data.charCodeAt(from++);
        return value;
      };
      for (let n = 0; n < index.length; n += 2) {
        for (let k = 0; k < index[n + 1] && from < data.length; k++) {
          const [kind, second, third] = [field(widths[0], 1), field(widths[1], 0), field(widths[2], 0)];
          this.note(index[n] + k, kind === 1 ? second : kind === 2 ? [second, third] : null);
        }
      }
      return table;
    }

    async get(value) {
      for (let turns = 0; isRef(value); turns++) {
        expect(turns < 16);
        value = await this.object(value.ref);
      }
      return value;
    }

    async object(number) {
      if (!this.kept.has(number)) {
        const place = this.places.get(number) ?? null;
        const found = place === null ? null : Array.isArray(place) ? await this.packed(place) : await this.at(place);
        this.kept.set(number, found);
      }
      return this.kept.get(number);
    }

    async at(place) {
      const words = new Words(this.letters, place);
      const [number, , mark] = [words.next(), words.next(), words.next()];
      expect(Number.isInteger(number) && isOp(mark, "obj"));
      const value = words.next();
      if (!isMap(value)) return value;
      words.skip();
      if (!this.letters.startsWith("stream", words.at)) return value;
      const from = words.at + 6 + (this.letters.startsWith("\r\n", words.at + 6) ? 2 : 1);
      return { table: value, from };
    }

    async streamAt(place) {
      const found = await this.at(place);
      expect(found && isMap(found.table));
      return { table: found.table, data: await this.data(found) };
    }

    async data({ table, from }) {
      const length = await this.get(table.get("/Length"));
      expect(Number.isInteger(length) && length >= 0 && from + length <= this.letters.length);
      let data = this.letters.slice(from, from + length);
      const filters = [await this.get(table.get("/Filter") ?? [])].flat();
      const parms = [await this.get(table.get("/DecodeParms") ?? [])].flat();
      expect(filters.length < 3);
      for (const [n, filter] of filters.entries()) {
        expect(FILTERS.has(filter));
        data = await FILTERS.get(filter)(data);
        const hint = await this.get(parms[n]);
        if (isMap(hint) && (hint.get("/Predictor") ?? 1) > 1) data = unpredicted(data, hint);
      }
      return data;
    }

    async packed([number, row]) {
      if (!this.packs.has(number)) {
        const place = this.places.get(number);
        expect(typeof place === "number");
        const { table, data } = await this.streamAt(place);
        expect(table.get("/Type") === "/ObjStm");
        const head = new Words(data);
        const starts = [];
        for (let n = 0; n < table.get("/N"); n++) head.next(), starts.push(head.next());
        this.packs.set(number, { data, starts, first: table.get("/First") });
      }
      const { data, starts, first } = this.packs.get(number);
      expect(row < starts.length);
      return new Words(data, first + starts[row]).next();
    }
  }

  // PNG's predictors, of which tables of objects use "up".
  function unpredicted(data, hint) {
    const wide = ((hint.get("/Columns") ?? 1) * (hint.get("/Colors") ?? 1) * (hint.get("/BitsPerComponent") ?? 8) + 7) >> 3;
    expect(hint.get("/Predictor") >= 10 && wide > 0 && (hint.get("/BitsPerComponent") ?? 8) === 8);
    const step = hint.get("/Colors") ?? 1;
    let above = new Uint8Array(wide);
    const rows = [];
    for (let at = 0; at < data.length; at += wide + 1) {
      const kind = data.charCodeAt(at);
      const row = new Uint8Array(wide);
      for (let n = 0; n < wide; n++) {
        const [left, up, corner] = [n < step ? 0 : row[n - step], above[n], n < step ? 0 : above[n - step]];
        const near = left + up - corner;
        const [a, b, c] = [Math.abs(near - left), Math.abs(near - up), Math.abs(near - corner)];
        const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
        row[n] = data.charCodeAt(at + 1 + n) + [0, left, up, (left + up) >> 1, paeth][kind];
      }
      rows.push(lettersOf(row));
      above = row;
    }
    return rows.join("");
  }

  // ---- text ----

  const wide = (letters) => {
    let made = "";
    for (let n = 0; n + 1 < letters.length; n += 2) made += String.fromCharCode(letters.charCodeAt(n) * 256 + letters.charCodeAt(n + 1));
    return made;
  };
  const humanText = (letters) => (letters.startsWith("\xfe\xff") ? wide(letters.slice(2)) : letters.startsWith("\xef\xbb\xbf") ? new TextDecoder().decode(bytesOf(letters)) : letters);
  const codeOf = (letters) => [...letters].reduce((sum, letter) => sum * 256 + letter.charCodeAt(0), 0);

  // ToUnicode: code → letters, and how many bytes a code has.
  function tableOf(data) {
    const words = new Words(data);
    const letters = new Map();
    const sizes = new Set();
    let row = [];
    for (let value = words.next(); value !== undefined; value = words.next()) {
      if (isOp(value, "endcodespacerange")) for (const each of row) sizes.add(each.text?.length);
      else if (isOp(value, "endbfchar")) for (let n = 0; n + 1 < row.length; n += 2) letters.set(codeOf(row[n].text), wide(row[n + 1].text));
      else if (isOp(value, "endbfrange")) for (let n = 0; n + 2 < row.length; n += 3) ranged(letters, row[n], row[n + 1], row[n + 2]);
      else if (typeof value !== "object" || isText(value) || Array.isArray(value)) {
        row.push(value);
        continue;
      }
      row = [];
    }
    sizes.delete(undefined);
    return { letters, size: sizes.size === 1 ? [...sizes][0] : 0 };
  }

  function ranged(letters, first, last, to) {
    const [from, until] = [codeOf(first.text), codeOf(last.text)];
    expect(until - from < 65536);
    for (let code = from; code <= until; code++) {
      if (Array.isArray(to)) letters.set(code, wide(to[code - from]?.text ?? ""));
      else {
        const start = wide(to.text);
        letters.set(code, start.slice(0, -1) + String.fromCharCode(start.charCodeAt(start.length - 1) + code - from));
      }
    }
  }

  async function fontOf(file, font) {
    const map = await file.get(font.get("/ToUnicode"));
    const isWide = font.get("/Subtype") === "/Type0";
    if (map?.table) {
      const { letters, size } = tableOf(await file.data(map));
      return { letters, size: isWide ? 2 : size || 1 };
    }
    // Without a table only the plain letters of a Latin font are surely what they seem.
    const encoding = await file.get(font.get("/Encoding"));
    expect(!isWide && font.get("/Subtype") !== "/Type3" && !isMap(encoding));
    return { letters: null, size: 1 };
  }

  function said(font, letters) {
    expect(font);
    if (!font.letters) return letters;
    let made = "";
    for (let n = 0; n + font.size <= letters.length; n += font.size) made += font.letters.get(codeOf(letters.slice(n, n + font.size))) ?? "\ufffd";
    return made;
  }

  // The text that a content stream shows, in its own order; forms within are followed.
  async function shown(file, data, resources, depth = 0) {
    expect(depth < 8);
    const fonts = (await file.get(resources?.get("/Font"))) ?? new Map();
    const forms = (await file.get(resources?.get("/XObject"))) ?? new Map();
    const words = new Words(data);
    const out = [];
    const stack = [];
    const spans = []; // marked content: true where its own words (ActualText) stand for what is drawn
    let font = null;
    let given = [];
    const put = (letters) => {
      if (!spans.includes(true)) out.push(said(font, letters));
    };
    for (let value = words.next(); value !== undefined; value = words.next()) {
      if (typeof value !== "object" || value === null || !("op" in value)) {
        given.push(value);
        expect(given.length < 4096);
        continue;
      }
      const last = given[given.length - 1];
      switch (value.op) {
        case "q": stack.push(font); break;
        case "Q": font = stack.pop() ?? null; break;
        case "Tf": font = await kept(file, fonts.get(given[0])); break;
        case "Tj": case "'": case '"': put(last.text); break;
        case "TJ": for (const each of last) if (isText(each)) put(each.text); break;
        case "BMC": spans.push(false); break;
        case "BDC": {
          const told = isMap(last) ? last : null;
          const instead = told && (await file.get(told.get("/ActualText")));
          if (isText(instead) && !spans.includes(true)) out.push(humanText(instead.text));
          spans.push(isText(instead));
          break;
        }
        case "EMC": spans.pop(); break;
        case "BI": expect(false); break;
        case "Do": {
          const form = await file.get(forms.get(last));
          if (form?.table?.get("/Subtype") === "/Form") out.push(await shown(file, await file.data(form), (await file.get(form.table.get("/Resources"))) ?? resources, depth + 1));
          break;
        }
      }
      given = [];
    }
    return out.join("");
  }

  const fontsKept = new WeakMap();
  async function kept(file, reference) {
    const font = await file.get(reference);
    expect(isMap(font));
    if (!fontsKept.has(font)) fontsKept.set(font, await fontOf(file, font));
    return fontsKept.get(font);
  }

  async function pagesOf(file, reference, inherited, pages, depth = 0) {
    const node = await file.get(reference);
    expect(isMap(node) && depth < 32 && pages.length <= 64);
    const resources = (await file.get(node.get("/Resources"))) ?? inherited;
    if (node.get("/Type") === "/Pages") for (const kid of await file.get(node.get("/Kids"))) await pagesOf(file, kid, resources, pages, depth + 1);
    else pages.push({ node, resources });
    return pages;
  }

  async function pageText(file, { node, resources }) {
    const parts = [];
    for (const part of [await file.get(node.get("/Contents") ?? [])].flat()) {
      const stream = await file.get(part);
      expect(stream?.table);
      parts.push(await file.data(stream));
    }
    return shown(file, parts.join("\n"), resources);
  }

  async function textsOf(file, catalogue) {
    const pages = await pagesOf(file, catalogue.get("/Pages"), null, []);
    const texts = [];
    for (const page of pages.slice(0, MOST_PAGES)) texts.push(await pageText(file, page));
    return texts;
  }

  // ---- attached files ----

  async function filesOf(file, reference, found, depth = 0) {
    const node = await file.get(reference);
    if (!isMap(node) || depth > 16) return found;
    const names = (await file.get(node.get("/Names"))) ?? [];
    for (let n = 0; n + 1 < names.length && found.size < MOST_FILES; n += 2) {
      const told = await file.get(names[n + 1]);
      const streams = await file.get(told.get("/EF"));
      const name = (await file.get(told.get("/UF") ?? told.get("/F"))) ?? names[n];
      const stream = await file.get(streams?.get("/F") ?? streams?.get("/UF"));
      if (!stream?.table || !isText(name)) continue;
      const data = await file.data(stream);
      if (data.length <= LARGEST_FILE) found.set(humanText(name.text), bytesOf(data));
    }
    for (const kid of (await file.get(node.get("/Kids"))) ?? []) await filesOf(file, kid, found, depth + 1);
    return found;
  }

  // ---- seals ----

  async function sealsOf(file, fields, found, kind = null, depth = 0) {
    expect(depth < 16);
    for (const each of (await file.get(fields)) ?? []) {
      const field = await file.get(each);
      if (!isMap(field)) continue;
      const type = (await file.get(field.get("/FT"))) ?? kind;
      const told = await file.get(field.get("/V"));
      if (type === "/Sig" && isMap(told)) {
        const range = await file.get(told.get("/ByteRange"));
        const contents = await file.get(told.get("/Contents"));
        expect(Array.isArray(range) && isText(contents));
        found.push({ range: [...range], contents: bytesOf(contents.text), kind: await file.get(told.get("/SubFilter")) });
      } else await sealsOf(file, field.get("/Kids"), found, type, depth + 1);
    }
    return found;
  }

  // {pages, files, seal}: `pages` the text of each, null for a PDF that cannot be read surely; `files` by name; `seal`
  // as seal.js says it.
  async function read(bytes) {
    const answer = { pages: null, files: new Map(), seal: "none" };
    let seals = null;
    try {
      const file = await new File(bytes).open();
      const catalogue = await file.get(file.trailer.get("/Root"));
      const names = await file.get(catalogue.get("/Names"));
      if (isMap(names)) await filesOf(file, names.get("/EmbeddedFiles"), answer.files);
      const form = await file.get(catalogue.get("/AcroForm"));
      seals = isMap(form) ? await sealsOf(file, form.get("/Fields"), []) : [];
      answer.pages = await textsOf(file, catalogue);
    } catch (wrong) {
      // A stranger chose these bytes: what is not where the language wants it shows as one of these, all the same to us.
      if (!(wrong instanceof PdfWrong || wrong instanceof TypeError || wrong instanceof RangeError)) throw wrong;
    }
    answer.seal = await OneWindow.seal.judge(bytes, seals);
    return answer;
  }

  // A stream's letters out of the filters that write data as letters; null where they are none.
  function unwrapped(letters, filter) {
    try {
      return FILTERS.get(filter)(letters);
    } catch (wrong) {
      if (!(wrong instanceof PdfWrong)) throw wrong;
      return null;
    }
  }

  OneWindow.pdf = { read, unwrapped, lettersOf, bytesOf };
}
