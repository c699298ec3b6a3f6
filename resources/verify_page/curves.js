// Signatures: ES256 and Ed25519 by the browser's WebCrypto where it has them, by ourselves where it has not (an old
// browser, a page served without TLS); SM2 always by ourselves, no browser has it. Only public values are handled, so time tells nobody anything.
"use strict";
globalThis.OneWindow ??= {};
{
  const { joined } = OneWindow.cbor;
  const { sha256, sm3 } = OneWindow.digests;
  const P256 = {
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    g: [0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n, 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n],
  };
  const SM2 = {
    p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
    b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
    n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
    g: [0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n, 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n],
  };
  const mod = (x, p) => ((x % p) + p) % p;
  const big = (bytes) => BigInt("0x" + hex(bytes));
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const bytes32 = (value) => Uint8Array.from(value.toString(16).padStart(64, "0").match(/../g), (two) => parseInt(two, 16));

  function inverse(x, p) {
    let [a, b, u, v] = [mod(x, p), p, 1n, 0n];
    while (a) {
      const q = b / a;
      [a, b] = [b - q * a, a];
      [u, v] = [v - q * u, u];
    }
    return mod(v, p);
  }

  // Jacobian points [X, Y, Z]; a = -3 on both curves.
  function doubled([x, y, z], p) {
    if (!y || !z) return [1n, 1n, 0n];
    const yy = mod(y * y, p);
    const s = mod(4n * x * yy, p);
    const zz = mod(z * z, p);
    const m = mod(3n * (x - zz) * (x + zz), p);
    const X = mod(m * m - 2n * s, p);
    return [X, mod(m * (s - X) - 8n * yy * yy, p), mod(2n * y * z, p)];
  }

  function added(a, b, p) {
    if (!a[2]) return b;
    if (!b[2]) return a;
    const za = mod(a[2] * a[2], p);
    const zb = mod(b[2] * b[2], p);
    const u1 = mod(a[0] * zb, p);
    const s1 = mod(a[1] * zb * b[2], p);
    const h = mod(b[0] * za - u1, p);
    const r = mod(b[1] * za * a[2] - s1, p);
    if (!h) return r ? [1n, 1n, 0n] : doubled(a, p);
    const hh = mod(h * h, p);
    const hhh = mod(h * hh, p);
    const v = mod(u1 * hh, p);
    const X = mod(r * r - hhh - 2n * v, p);
    return [X, mod(r * (v - X) - s1 * hhh, p), mod(h * a[2] * b[2], p)];
  }

  // x of k·G + l·Q, or null at infinity.
  function combined(curve, k, l, q) {
    const { p, g } = curve;
    const one = [...g, 1n];
    const two = [...q, 1n];
    const both = added(one, two, p);
    let found = [1n, 1n, 0n];
    for (let bit = 255n; bit >= 0n; bit--) {
      found = doubled(found, p);
      const which = ((k >> bit) & 1n) | (((l >> bit) & 1n) << 1n);
      if (which) found = added(found, which === 1n ? one : which === 2n ? two : both, p);
    }
    if (!found[2]) return null;
    const z = inverse(found[2], p);
    return mod(found[0] * z * z, p);
  }

  function point(curve, raw) {
    const [x, y] = [big(raw.subarray(0, 32)), big(raw.subarray(32))];
    const { p, b } = curve;
    if (x >= p || y >= p || mod(y * y - (x * x * x - 3n * x + b), p)) throw new RangeError("this is no point of the curve");
    return [x, y];
  }

  const halves = (signature) => [big(signature.subarray(0, 32)), big(signature.subarray(32))];

  function es256ByHand(raw, signature, message) {
    const { n } = P256;
    const [r, s] = halves(signature);
    if (!r || !s || r >= n || s >= n) return false;
    const w = inverse(s, n);
    const x = combined(P256, mod(big(sha256(message)) * w, n), mod(r * w, n), point(P256, raw));
    return x !== null && mod(x, n) === r;
  }

  const ID = new TextEncoder().encode("1234567812345678");

  function sm2(raw, signature, message) {
    const { n, p, b, g } = SM2;
    const q = point(SM2, raw);
    const [r, s] = halves(signature);
    if (!r || !s || r >= n || s >= n) return false;
    const t = mod(r + s, n);
    if (!t) return false;
    const z = sm3(joined([0, 128], ID, bytes32(p - 3n), bytes32(b), bytes32(g[0]), bytes32(g[1]), raw));
    const x = combined(SM2, s, t, q);
    return x !== null && mod(big(sm3(joined(z, message))) + x, n) === r;
  }

  const subtle = globalThis.crypto?.subtle;

  async function byWebCrypto(raw, name, signature, message) {
    const curve = name === "Ed25519" ? { name } : { name: "ECDSA", namedCurve: "P-256" };
    const key = await subtle.importKey("raw", name === "Ed25519" ? raw : joined([4], raw), curve, false, ["verify"]);
    const how = name === "Ed25519" ? { name } : { name: "ECDSA", hash: "SHA-256" };
    return subtle.verify(how, key, signature, message);
  }

  async function es256(raw, signature, message) {
    if (halves(signature)[1] > P256.n / 2n) return false; // one voucher, one spelling of its signature
    return subtle ? byWebCrypto(raw, "ES256", signature, message) : es256ByHand(raw, signature, message);
  }

  const canEd25519 = (async () => {
    try {
      await subtle.importKey("raw", Uint8Array.from([...bytes32(9n)].reverse()), { name: "Ed25519" }, false, ["verify"]);
      return true;
    } catch {
      return false;
    }
  })();

  async function ed25519(raw, signature, message) {
    return (await canEd25519) ? byWebCrypto(raw, "Ed25519", signature, message) : OneWindow.edwards.holds(raw, signature, message);
  }

  function edwardsPoint(raw) {
    if (!OneWindow.edwards.point(raw)) throw new RangeError("this is no point of the curve");
  }

  const two = (bytes) => [bytes.subarray(0, 32), bytes.subarray(32)];
  const { bstr, int } = OneWindow.cbor;
  const ec2 = (crv) => (raw) => joined([0xa4, 1, 2, 0x20], int(crv), [0x21], bstr(two(raw)[0]), [0x22], bstr(two(raw)[1]));
  // alg → how long the public key is, its COSE_Key bytes, whether it is a key at all, and whether a signature holds.
  const ALGORITHMS = new Map([
    [-7, { name: "ES256", length: 64, coseKey: ec2(1), check: (raw) => point(P256, raw), holds: es256 }],
    [-8, { name: "EdDSA", length: 32, coseKey: (raw) => joined([0xa3, 1, 1, 0x20, 6, 0x21], bstr(raw)), check: edwardsPoint, holds: ed25519 }],
    [-65601, { name: "SM2", length: 64, coseKey: ec2(-65601), check: (raw) => point(SM2, raw), holds: async (...a) => sm2(...a) }],
  ]);
  const keyId = (algorithm, raw) => sha256(algorithm.coseKey(raw)).slice(0, 8);

  OneWindow.curves = { ALGORITHMS, keyId, hex, es256ByHand, sm2 };
}
