// Raw deflate (RFC 1951) with a preset dictionary, which the browser's own DecompressionStream does not take.
// Stops one byte past `most`: what is larger is a bomb and is never held in memory.
"use strict";
globalThis.OneWindow ??= {};
{
  const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  const PLACE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  const PLACE_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  class InflateWrong extends Error {
    constructor(reason) {
      super(reason);
      this.reason = reason;
    }
  }
  const wrong = () => new InflateWrong("bad_deflate");

  // How many codes there are of each length, and the symbols in order of their codes (RFC 1951 §3.2.2).
  function tree(lengths) {
    const counts = new Array(16).fill(0);
    for (const length of lengths) counts[length]++;
    counts[0] = 0;
    let left = 1;
    for (let length = 1; length < 16; length++) {
      left = left * 2 - counts[length];
      if (left < 0) throw wrong();
    }
    const starts = [0, 0];
    for (let length = 1; length < 15; length++) starts.push(starts[length] + counts[length]);
    const symbols = [];
    lengths.forEach((length, symbol) => {
      if (length) symbols[starts[length]++] = symbol;
    });
    const used = symbols.length;
    if (left > 0 && used > 1) throw wrong(); // only a single code may leave a gap
    return { counts, symbols };
  }

  const FIXED = tree(Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8)));
  const FIXED_PLACES = { ...tree([]), counts: Array.from({ length: 16 }, (_, n) => (n === 5 ? 30 : 0)), symbols: [...Array(30).keys()] };

  class Stream {
    constructor(data, dictionary, most) {
      this.data = data;
      this.at = 0;
      this.buffer = 0;
      this.held = 0;
      this.most = most;
      this.base = dictionary.length;
      this.out = new Uint8Array(dictionary.length + most);
      this.out.set(dictionary);
      this.end = dictionary.length;
    }

    bits(count) {
      while (this.held < count) {
        if (this.at >= this.data.length) throw wrong();
        this.buffer |= this.data[this.at++] << this.held;
        this.held += 8;
      }
      const value = this.buffer & ((1 << count) - 1);
      this.buffer >>>= count;
      this.held -= count;
      return value;
    }

    symbol({ counts, symbols }) {
      let code = 0;
      let first = 0;
      let index = 0;
      for (let length = 1; length < 16; length++) {
        code |= this.bits(1);
        if (code - counts[length] < first) return symbols[index + (code - first)];
        index += counts[length];
        first = (first + counts[length]) << 1;
        code <<= 1;
      }
      throw wrong();
    }

    put(byte) {
      if (this.end - this.base >= this.most) throw new InflateWrong("too_long");
      this.out[this.end++] = byte;
    }

    stored() {
      this.buffer = 0;
      this.held = 0;
      if (this.at + 4 > this.data.length) throw wrong();
      const size = this.data[this.at] | (this.data[this.at + 1] << 8);
      if (size !== (~(this.data[this.at + 2] | (this.data[this.at + 3] << 8)) & 0xffff)) throw wrong();
      this.at += 4;
      if (this.at + size > this.data.length) throw wrong();
      for (let n = 0; n < size; n++) this.put(this.data[this.at++]);
    }

    trees() {
      const literals = this.bits(5) + 257;
      const places = this.bits(5) + 1;
      const count = this.bits(4) + 4;
      if (literals > 286 || places > 30) throw wrong();
      const small = new Array(19).fill(0);
      for (let n = 0; n < count; n++) small[ORDER[n]] = this.bits(3);
      const code = tree(small);
      const lengths = [];
      while (lengths.length < literals + places) {
        const symbol = this.symbol(code);
        if (symbol < 16) lengths.push(symbol);
        else {
          if (symbol === 16 && !lengths.length) throw wrong();
          const value = symbol === 16 ? lengths[lengths.length - 1] : 0;
          const times = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
          for (let n = 0; n < times; n++) lengths.push(value);
        }
      }
      if (lengths.length > literals + places || !lengths[256]) throw wrong();
      return [tree(lengths.slice(0, literals)), tree(lengths.slice(literals))];
    }

    coded(literals, places) {
      for (;;) {
        const symbol = this.symbol(literals);
        if (symbol === undefined) throw wrong();
        if (symbol < 256) this.put(symbol);
        else if (symbol === 256) return;
        else {
          const n = symbol - 257;
          if (n >= LENGTH_BASE.length) throw wrong();
          const length = LENGTH_BASE[n] + this.bits(LENGTH_EXTRA[n]);
          const p = this.symbol(places);
          if (p === undefined || p >= PLACE_BASE.length) throw wrong();
          const back = PLACE_BASE[p] + this.bits(PLACE_EXTRA[p]);
          if (back > this.end) throw wrong();
          for (let i = 0; i < length; i++) this.put(this.out[this.end - back]);
        }
      }
    }
  }

  // The inflated bytes, at most `most`; InflateWrong with reason bad_deflate, too_long or trailing_bytes.
  function inflate(data, dictionary, most) {
    const stream = new Stream(data, dictionary, most);
    for (let last = 0; !last; ) {
      last = stream.bits(1);
      const kind = stream.bits(2);
      if (kind === 0) stream.stored();
      else if (kind === 1) stream.coded(FIXED, FIXED_PLACES);
      else if (kind === 2) stream.coded(...stream.trees());
      else throw wrong();
    }
    if (stream.at < data.length) throw new InflateWrong("trailing_bytes");
    return stream.out.slice(stream.base, stream.end);
  }

  OneWindow.inflate = { inflate, InflateWrong };
}
