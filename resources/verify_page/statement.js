// From the text of a symbol to what it says: docs/voucher-format.md §1, 2, 4, 5, step by step and nothing besides.
"use strict";
globalThis.OneWindow ??= {};
{
  const { cbor, curves, digests, inflate } = OneWindow;
  const { CborWrong } = cbor;
  const LONGEST = 1200;
  const MOST = 4096;
  const PLAIN = 61;
  const DEFLATED = 65001;
  const LANGUAGES = ["zh", "en", "zh+en"];
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

  class StatementWrong extends Error {
    constructor(code, detail = "") {
      super(code);
      this.code = code;
      this.detail = detail;
    }
  }
  const malformed = (reason) => new StatementWrong("MALFORMED", reason);

  function unbase45(text) {
    const values = Array.from(text, (letter) => BASE45.indexOf(letter));
    if (values.includes(-1) || values.length % 3 === 1) throw malformed("base45");
    const made = [];
    for (let at = 0; at < values.length; at += 3) {
      const part = values.slice(at, at + 3);
      const number = part.reduce((sum, value, n) => sum + value * 45 ** n, 0);
      if (number >= 1 << (8 * (part.length - 1))) throw malformed("base45");
      if (part.length === 3) made.push(number >> 8);
      made.push(number & 255);
    }
    return Uint8Array.from(made);
  }

  function fromDigits(digits) {
    if (!/^[1-9][0-9]{190,2899}$/.test(digits)) throw malformed(digits.length > 2900 ? "too_long" : "digits");
    const written = BigInt(digits).toString(16);
    const pairs = (written.length % 2 ? "0" + written : written).match(/../g);
    const bytes = Uint8Array.from(pairs, (two) => parseInt(two, 16));
    if (bytes[0] !== 1) throw malformed("digits");
    return bytes.slice(1);
  }

  // [statement, host] of a symbol's text in either form.
  function parseText(given) {
    const text = given.trim();
    if (text.startsWith("GV")) {
      const found = /^GV([0-9]{1,2}):([\s\S]*)$/.exec(text);
      if (!found) throw new StatementWrong("NOT_A_VOUCHER", "no_voucher_link");
      if (found[1] !== "1") throw new StatementWrong("UNSUPPORTED_VERSION", found[1]);
      if (found[2].length > 2 * LONGEST) throw malformed("too_long");
      return [unbase45(found[2]), ""];
    }
    const found = /^https:\/\/([A-Za-z0-9.-]{1,100}(?::[0-9]{1,5})?)\/#([0-9])([0-9]+)([\s\S]*)$/.exec(text);
    if (!found) throw new StatementWrong("NOT_A_VOUCHER", "no_voucher_link");
    if (found[4]) throw malformed("trailing_characters");
    if (found[2] !== "1") throw new StatementWrong("UNSUPPORTED_VERSION", found[2]);
    return [fromDigits(found[3]), found[1]];
  }

  // Why a statement is not in the profile: slow, never accepts, only chooses the words.
  function diagnosis(statement, kids) {
    if (statement[0] !== 0xd2) return ["MALFORMED", "bad_tag"];
    let fields;
    try {
      const parts = cbor.read(statement.subarray(1));
      if (!Array.isArray(parts) || parts.length !== 4) return ["MALFORMED", "bad_shape"];
      const [written, open, payload, signature] = parts;
      const isBytes = (each) => each instanceof Uint8Array;
      if (!isBytes(written) || !(open instanceof Map) || !isBytes(payload) || !isBytes(signature)) return ["MALFORMED", "bad_shape"];
      if (open.size) return ["MALFORMED", "unprotected_not_empty"];
      if (signature.length !== 64 || payload.length < 24) return ["MALFORMED", "bad_length"];
      fields = cbor.read(written);
    } catch (wrong) {
      if (wrong instanceof CborWrong) return ["MALFORMED", wrong.reason];
      throw wrong;
    }
    if (!(fields instanceof Map)) return ["MALFORMED", "bad_header"];
    if (fields.has(2)) return ["MALFORMED", "unknown_crit"];
    const kid = fields.get(4);
    if (fields.size !== 3 || !fields.has(1) || !fields.has(3) || !(kid instanceof Uint8Array) || kid.length !== 8) return ["MALFORMED", "bad_header"];
    if (!curves.ALGORITHMS.has(fields.get(1))) return ["UNSUPPORTED_ALG", String(fields.get(1)).slice(0, 24)];
    if (![PLAIN, DEFLATED].includes(fields.get(3))) return ["UNKNOWN_DICTIONARY", String(fields.get(3)).slice(0, 24)];
    if (!kids.has(curves.hex(kid))) return ["UNKNOWN_KEY", curves.hex(kid)];
    return ["BAD_SIGNATURE", "algorithm_not_of_this_key"];
  }

  function payloadStart(body) {
    if (body.length < 24) return 0;
    if (body[0] === 0x58 && body.length === 2 + body[1] && body[1] >= 24) return 2;
    const size = (body[1] << 8) | body[2];
    return body[0] === 0x59 && size >= 0x100 && body.length === 3 + size ? 3 : 0;
  }

  const same = (a, b) => a.length === b.length && a.every((byte, n) => byte === b[n]);

  // {key, contentType, payload} of a statement whose signature holds under one of `keys`; StatementWrong for all else.
  async function open(statement, keys) {
    const size = statement.length;
    if (size < 80 || size > LONGEST) throw malformed(size > LONGEST ? "too_long" : "too_short");
    const edge = 4 + (statement[2] & 31);
    const body = statement.subarray(edge, size - 66);
    const start = payloadStart(body);
    const begins = statement.subarray(0, edge);
    for (const key of keys) {
      for (const contentType of [PLAIN, DEFLATED]) {
        const header = cbor.header(key.alg, contentType, key.kid);
        const opening = cbor.joined([0xd2, 0x84], cbor.bstr(header), [0xa0]);
        if (!same(begins, opening)) continue;
        if (!start || statement[size - 66] !== 0x58 || statement[size - 65] !== 0x40) break;
        const payload = body.slice(start);
        const holds = await key.algorithm.holds(key.raw, statement.slice(size - 64), cbor.signed(header, payload));
        if (!holds) throw new StatementWrong("BAD_SIGNATURE");
        return { key, contentType, payload };
      }
    }
    throw new StatementWrong(...diagnosis(statement, new Set(keys.map((key) => curves.hex(key.kid)))));
  }

  // The claims bytes of a payload whose signature was found to hold.
  function unpack(payload, contentType, dictionary) {
    if (contentType === PLAIN) return payload;
    try {
      return inflate.inflate(payload, dictionary, MOST);
    } catch (wrong) {
      if (!(wrong instanceof inflate.InflateWrong)) throw wrong;
      throw wrong.reason === "too_long" ? new StatementWrong("DEFLATE_BOMB", String(MOST)) : malformed(wrong.reason);
    }
  }

  const isText = (item) => typeof item === "string";
  const isInt = (item) => typeof item === "number" || typeof item === "bigint";
  const isBytes = (item, size) => item instanceof Uint8Array && (size === undefined || item.length === size);
  const letters = (text) => Array.from(text).length;

  function valuesOf(item) {
    const fits = Array.isArray(item) && item.length === 8 && item.slice(0, 3).every(isText) && isInt(item[3]) && typeof item[4] === "boolean" && item.slice(5).every(Array.isArray);
    if (!fits) throw malformed("values");
    const [kind, number, centre, language, demo, flat, heads, rows] = item;
    if (!LANGUAGES[language] || flat.length % 2) throw malformed("values");
    const line = (key, value) => {
      if (!isText(key) || !isText(value) || !key) throw malformed("values");
      return [key, value];
    };
    const lines = [];
    for (let n = 0; n < flat.length; n += 2) lines.push(line(flat[n], flat[n + 1]));
    if (new Set(heads.map(String)).size !== heads.length) throw malformed("values");
    const items = rows.map((row) => {
      if (!Array.isArray(row) || row.length !== heads.length) throw malformed("values");
      return heads.flatMap((key, n) => (row[n] === null ? [] : [line(key, row[n])]));
    });
    return { kind, number, centre, language: LANGUAGES[language], demo, lines, items };
  }

  const KNOWN = new Set([1, 4, 6, 7, 65535, -70002, -70003, -70004, -70005]);

  // Claims of their bytes; StatementWrong MALFORMED for anything that is not exactly their shape.
  function parse(plain) {
    let claims;
    try {
      claims = cbor.read(plain);
    } catch (wrong) {
      throw wrong instanceof CborWrong ? malformed(wrong.reason) : wrong;
    }
    if (!(claims instanceof Map)) throw malformed("claims");
    const [issuer, issued, identity] = [claims.get(1), claims.get(6), claims.get(7)];
    if (!isText(issuer) || !isInt(issued) || !isBytes(identity, 12)) throw malformed("claims");
    for (const key of claims.keys()) if (!KNOWN.has(key)) throw malformed("unknown_claim");
    if (issued < 0 || issued >= 2 ** 40 || !issuer || letters(issuer) > 12) throw malformed("claims");
    const template = claims.get(-70003);
    const isTemplate = Array.isArray(template) && template.length === 2 && isText(template[0]) && isInt(template[1]);
    if (!isTemplate || !template[0] || letters(template[0]) > 40 || template[1] <= 0 || template[1] >= 1000) throw malformed("template");
    const copy = claims.get(-70004);
    if (!Array.isArray(copy) || copy.length !== 2 || !isInt(copy[0]) || !isText(copy[1]) || copy[0] < 0 || copy[0] >= 1000) throw malformed("copy");
    const voucher = valuesOf(claims.get(-70002));
    if (claims.has(4) && !isInt(claims.get(4)) && claims.get(4) !== null) throw malformed("claims");
    const before = claims.get(-70005);
    if (claims.has(-70005)) {
      const fits = Array.isArray(before) && before.length === 3 && isBytes(before[0], 12) && isText(before[1]) && isText(before[2]) && before[1] && before[2];
      if (!fits) throw malformed("correction");
    }
    const status = claims.get(65535);
    if (claims.has(65535)) {
      const fits = Array.isArray(status) && status.length === 2 && isText(status[0]) && isInt(status[1]) && status[1] >= 0 && status[1] < 1 << 24;
      if (!fits) throw malformed("status");
    }
    return {
      ...voucher,
      issuer,
      issued: Number(issued),
      expires: claims.get(4) ?? null,
      status: status ?? null,
      layout: template[0],
      version: template[1],
      copy: copy[0],
      reason: copy[1],
      replaces: before ? before[1] : "",
      correction: before ? before[2] : "",
    };
  }

  function humanCode(plain) {
    const digest = digests.sha256(plain);
    let bits = 0n;
    for (const byte of digest.subarray(0, 8)) bits = (bits << 8n) | BigInt(byte);
    bits >>= 14n;
    let code = "";
    for (let shift = 45n; shift >= 0n; shift -= 5n) code += ALPHABET[Number((bits >> shift) & 31n)];
    return `${code.slice(0, 5)}-${code.slice(5)}`;
  }

  // Everything a person reads, by its place, in the order of docs/voucher-format.md §5.
  function fieldsOf(voucher) {
    const found = [["number", voucher.number], ["centre", voucher.centre], ["reason", voucher.reason], ["replaces", voucher.replaces], ["correction", voucher.correction]];
    found.push(...voucher.lines);
    voucher.items.forEach((item, n) => found.push(...item.map(([key, value]) => [`items.${n + 1}.${key}`, value])));
    return Object.fromEntries(found.filter(([, value]) => value));
  }

  OneWindow.statement = { StatementWrong, parseText, open, unpack, parse, humanCode, fieldsOf, isInt };
}
