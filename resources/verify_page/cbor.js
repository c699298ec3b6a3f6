// A reader for the one CBOR profile a voucher may use, and nothing besides (docs/voucher-format.md).
// Integers come back as Number where that is exact and as BigInt beyond, maps as Map, byte strings as Uint8Array.
"use strict";
globalThis.OneWindow ??= {};
{
  const DEEPEST = 6;
  const FLOORS = { 24: 24n, 25: 0x100n, 26: 0x10000n, 27: 0x100000000n };
  const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  class CborWrong extends Error {
    constructor(reason) {
      super(reason);
      this.reason = reason;
    }
  }

  function head(data, at) {
    const info = data[at] & 31;
    if (info < 24) return [info, at + 1];
    if (info === 31) throw new CborWrong("indefinite");
    if (!(info in FLOORS)) throw new CborWrong("not_in_profile");
    const end = at + 1 + (1 << (info - 24));
    if (end > data.length) throw new CborWrong("too_short");
    let count = 0n;
    for (let i = at + 1; i < end; i++) count = (count << 8n) | BigInt(data[i]);
    if (count < FLOORS[info]) throw new CborWrong("not_canonical");
    return [count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : count, end];
  }

  function negative(count) {
    if (typeof count === "number" && count < Number.MAX_SAFE_INTEGER) return -1 - count;
    return -1n - BigInt(count);
  }

  function string(data, at, count, isText) {
    if (count > data.length - at) throw new CborWrong("too_short");
    const end = at + Number(count);
    const bytes = data.subarray(at, end);
    if (!isText) return [bytes, end];
    try {
      return [UTF8.decode(bytes), end];
    } catch {
      throw new CborWrong("not_in_profile");
    }
  }

  function before(a, b) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i] - b[i];
    return a.length - b.length;
  }

  function map(data, at, count, depth) {
    const found = new Map();
    let last = new Uint8Array();
    for (let n = 0; n < count; n++) {
      const [key, end] = item(data, at, depth + 1);
      if (typeof key !== "number" && typeof key !== "bigint") throw new CborWrong("not_in_profile");
      const written = data.subarray(at, end);
      const order = before(written, last);
      if (n && order === 0) throw new CborWrong("duplicate_key");
      if (n && order < 0) throw new CborWrong(found.has(key) ? "duplicate_key" : "not_canonical");
      const [value, next] = item(data, end, depth + 1);
      found.set(key, value);
      last = written;
      at = next;
    }
    return [found, at];
  }

  function list(data, at, count, depth) {
    const found = [];
    for (let n = 0; n < count; n++) {
      const [value, next] = item(data, at, depth + 1);
      found.push(value);
      at = next;
    }
    return [found, at];
  }

  function item(data, at, depth) {
    if (depth > DEEPEST) throw new CborWrong("too_deep");
    if (at >= data.length) throw new CborWrong("too_short");
    const major = data[at] >> 5;
    if (major === 7) {
      const word = { 0xf4: false, 0xf5: true, 0xf6: null }[data[at]];
      if (word === undefined) throw new CborWrong(data[at] === 0xff ? "indefinite" : "not_in_profile");
      return [word, at + 1];
    }
    if (major === 6) throw new CborWrong("not_in_profile");
    const [count, next] = head(data, at);
    if (major === 0) return [count, next];
    if (major === 1) return [negative(count), next];
    if (major === 2 || major === 3) return string(data, next, count, major === 3);
    if (count > data.length - next) throw new CborWrong("too_short"); // no list is reserved on a stranger's word
    return major === 4 ? list(data, next, count, depth) : map(data, next, count, depth);
  }

  // The one item `data` is; CborWrong for everything that is not exactly one item of the profile.
  function read(data) {
    const [value, end] = item(data, 0, 0);
    if (end !== data.length) throw new CborWrong("trailing_bytes");
    return value;
  }

  function number(major, value) {
    const high = major << 5;
    if (value < 24) return [high | value];
    if (value < 0x100) return [high | 24, value];
    if (value < 0x10000) return [high | 25, value >> 8, value & 255];
    return [high | 26, value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  }

  const joined = (...parts) => {
    const made = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
      made.set(part, at);
      at += part.length;
    }
    return made;
  };
  const bstr = (bytes) => joined(number(2, bytes.length), bytes);
  const int = (value) => (value < 0 ? number(1, -1 - value) : number(0, value));

  // The protected header a key writes: {1: alg, 3: content type, 4: key id}.
  const header = (alg, contentType, kid) => joined([0xa3, 1], int(alg), [3], int(contentType), [4], bstr(kid));
  // Sig_structure of RFC 9052 §4.4 with no external data.
  const signed = (protectedHeader, payload) =>
    joined([0x84, 0x6a], new TextEncoder().encode("Signature1"), bstr(protectedHeader), [0x40], bstr(payload));

  OneWindow.cbor = { read, CborWrong, bstr, int, joined, header, signed };
}
