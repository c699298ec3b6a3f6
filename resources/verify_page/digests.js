// SHA-256 (FIPS 180-4) and SM3 (GB/T 32905), small and at once: the browser's own digest is asynchronous, has no SM3
// and is missing on pages that are not served safely.
"use strict";
globalThis.OneWindow ??= {};
{
  const primes = (count) => {
    const found = [];
    for (let n = 2; found.length < count; n++) if (found.every((p) => n % p)) found.push(n);
    return found;
  };
  const fraction = (value) => Math.floor((value - Math.floor(value)) * 0x100000000) | 0;
  // 32 bits of the fraction are exact in a double for square roots of these primes and for cube roots.
  const START = primes(8).map((p) => fraction(Math.sqrt(p)));
  const ROUND = primes(64).map((p) => fraction(Math.cbrt(p)));
  const right = (x, n) => (x >>> n) | (x << (32 - n));
  const left = (x, n) => (x << (n & 31)) | (x >>> (32 - (n & 31)) % 32 || 0);

  function padded(bytes) {
    const size = (bytes.length + 9 + 63) & ~63;
    const made = new Uint8Array(size);
    made.set(bytes);
    made[bytes.length] = 0x80;
    const view = new DataView(made.buffer);
    view.setUint32(size - 8, Math.floor(bytes.length / 0x20000000));
    view.setUint32(size - 4, (bytes.length << 3) >>> 0);
    return view;
  }

  function written(words) {
    const made = new DataView(new ArrayBuffer(32));
    words.forEach((word, n) => made.setUint32(n * 4, word));
    return new Uint8Array(made.buffer);
  }

  function sha256(bytes) {
    const view = padded(bytes);
    const state = [...START];
    const w = new Int32Array(64);
    for (let at = 0; at < view.byteLength; at += 64) {
      for (let n = 0; n < 16; n++) w[n] = view.getInt32(at + n * 4);
      for (let n = 16; n < 64; n++) {
        const a = w[n - 15];
        const b = w[n - 2];
        w[n] = w[n - 16] + (right(a, 7) ^ right(a, 18) ^ (a >>> 3)) + w[n - 7] + (right(b, 17) ^ right(b, 19) ^ (b >>> 10));
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let n = 0; n < 64; n++) {
        const one = (h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[n] + w[n]) | 0;
        const two = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((word, n) => (state[n] = (state[n] + word) | 0));
    }
    return written(state);
  }

  const SM3_START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];

  function sm3(bytes) {
    const view = padded(bytes);
    const state = SM3_START.map((word) => word | 0);
    const w = new Int32Array(68);
    const p1 = (x) => x ^ left(x, 15) ^ left(x, 23);
    for (let at = 0; at < view.byteLength; at += 64) {
      for (let n = 0; n < 16; n++) w[n] = view.getInt32(at + n * 4);
      for (let n = 16; n < 68; n++) w[n] = p1(w[n - 16] ^ w[n - 9] ^ left(w[n - 3], 15)) ^ left(w[n - 13], 7) ^ w[n - 6];
      let [a, b, c, d, e, f, g, h] = state;
      for (let n = 0; n < 64; n++) {
        const t = n < 16 ? 0x79cc4519 : 0x7a879d8a;
        const one = left((left(a, 12) + e + left(t, n % 32)) | 0, 7);
        const two = one ^ left(a, 12);
        const ff = n < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
        const gg = n < 16 ? e ^ f ^ g : (e & f) | (~e & g);
        const x = (ff + d + two + (w[n] ^ w[n + 4])) | 0;
        const y = (gg + h + one + w[n]) | 0;
        [d, c, b, a] = [c, left(b, 9), a, x];
        [h, g, f, e] = [g, left(f, 19), e, y ^ left(y, 9) ^ left(y, 17)];
      }
      [a, b, c, d, e, f, g, h].forEach((word, n) => (state[n] ^= word));
    }
    return written(state);
  }

  OneWindow.digests = { sha256, sm3 };
}
