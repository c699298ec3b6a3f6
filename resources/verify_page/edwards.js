// Ed25519 (RFC 8032) by ourselves, for browsers that do not have it yet and for pages served without TLS.
"use strict";
globalThis.OneWindow ??= {};
{
  const P = 2n ** 255n - 19n;
  const L = 2n ** 252n + 27742317777372353535851937790883648493n;
  const mod = (x, m = P) => ((x % m) + m) % m;
  const little = (bytes) => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

  function power(x, n) {
    let found = 1n;
    for (let base = mod(x); n; n >>= 1n) {
      if (n & 1n) found = mod(found * base);
      base = mod(base * base);
    }
    return found;
  }
  const inverse = (x) => power(x, P - 2n);
  const D = mod(-121665n * inverse(121666n));
  const ROOT = power(2n, (P - 1n) / 4n); // of -1

  // The point of its 32 bytes as [X, Y, Z, T]; null when there is none.
  function point(bytes) {
    const written = little(bytes);
    const y = written & (2n ** 255n - 1n);
    const odd = written >> 255n;
    if (y >= P) return null;
    const xx = mod((y * y - 1n) * inverse(D * y * y + 1n));
    let x = power(xx, (P + 3n) / 8n);
    if (mod(x * x - xx)) x = mod(x * ROOT);
    if (mod(x * x - xx) || (!x && odd)) return null;
    if ((x & 1n) !== odd) x = P - x;
    return [x, y, 1n, mod(x * y)];
  }

  function added([x1, y1, z1, t1], [x2, y2, z2, t2]) {
    const a = mod((y1 - x1) * (y2 - x2));
    const b = mod((y1 + x1) * (y2 + x2));
    const c = mod(2n * D * t1 * t2);
    const d = mod(2n * z1 * z2);
    const [e, f, g, h] = [b - a, d - c, d + c, b + a];
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  }

  function times(n, base) {
    let found = [0n, 1n, 1n, 0n];
    for (let each = base; n; n >>= 1n) {
      if (n & 1n) found = added(found, each);
      each = added(each, each);
    }
    return found;
  }

  function encoded([x, y, z]) {
    const one = inverse(z);
    let value = mod(y * one) | ((mod(x * one) & 1n) << 255n);
    return Uint8Array.from({ length: 32 }, () => {
      const byte = Number(value & 255n);
      value >>= 8n;
      return byte;
    });
  }

  // ---- SHA-512 (FIPS 180-4) ----
  const primes = [];
  for (let n = 2; primes.length < 80; n++) if (primes.every((p) => n % p)) primes.push(n);
  const MASK = 2n ** 64n - 1n;

  function root(value, degree) {
    let [low, high] = [0n, 1n << 80n];
    while (low < high) {
      const half = (low + high + 1n) >> 1n;
      if (half ** degree <= value) low = half;
      else high = half - 1n;
    }
    return low;
  }
  const START = primes.slice(0, 8).map((p) => root(BigInt(p) << 128n, 2n) & MASK);
  const ROUND = primes.map((p) => root(BigInt(p) << 192n, 3n) & MASK);
  const right = (x, n) => ((x >> n) | (x << (64n - n))) & MASK;

  function sha512(bytes) {
    const size = (bytes.length + 17 + 127) & ~127;
    const padded = new Uint8Array(size);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setBigUint64(size - 8, BigInt(bytes.length) * 8n);
    const state = [...START];
    for (let at = 0; at < size; at += 128) {
      const w = [];
      for (let n = 0; n < 16; n++) w.push(view.getBigUint64(at + n * 8));
      for (let n = 16; n < 80; n++) {
        const [a, b] = [w[n - 15], w[n - 2]];
        w.push((w[n - 16] + (right(a, 1n) ^ right(a, 8n) ^ (a >> 7n)) + w[n - 7] + (right(b, 19n) ^ right(b, 61n) ^ (b >> 6n))) & MASK);
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let n = 0; n < 80; n++) {
        const one = h + (right(e, 14n) ^ right(e, 18n) ^ right(e, 41n)) + ((e & f) ^ (~e & MASK & g)) + ROUND[n] + w[n];
        const two = (right(a, 28n) ^ right(a, 34n) ^ right(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & MASK, c, b, a, (one + two) & MASK];
      }
      [a, b, c, d, e, f, g, h].forEach((word, n) => (state[n] = (state[n] + word) & MASK));
    }
    const made = new DataView(new ArrayBuffer(64));
    state.forEach((word, n) => made.setBigUint64(n * 8, word));
    return new Uint8Array(made.buffer);
  }

  const BASE = point(Uint8Array.from({ length: 32 }, (_, n) => (n ? 0x66 : 0x58)));

  function holds(raw, signature, message) {
    const s = little(signature.subarray(32));
    const key = point(raw);
    if (!key || s >= L) return false;
    const digest = sha512(OneWindow.cbor.joined(signature.subarray(0, 32), raw, message));
    const k = mod(little(digest), L);
    const [x, y, z, t] = times(k, key);
    const found = encoded(added(times(s, BASE), [mod(-x), y, z, mod(-t)]));
    return found.every((byte, n) => byte === signature[n]);
  }

  OneWindow.edwards = { holds, point, sha512 };
}
