// The electronic seal of a PDF (PAdES, a CMS signature): does it cover the file to its last byte, is what it covers what
// was sealed, and does the sealer's key say so. Whose key that is, is another question: no list here names such keys, so
// an unbroken seal is told as "unchanged since", never as "by whom".
"use strict";
globalThis.OneWindow ??= {};
{
  const { joined } = OneWindow.cbor;
  const { sha256 } = OneWindow.digests;
  const { hex, es256ByHand } = OneWindow.curves;
  const subtle = globalThis.crypto?.subtle;

  const SIGNED_DATA = "2a864886f70d010702";
  const MESSAGE_DIGEST = "2a864886f70d010904";
  const SIGNING_CERTIFICATE = "2a864886f70d010910022f";
  const HASHES = { "608648016503040201": "SHA-256", "608648016503040202": "SHA-384", "608648016503040203": "SHA-512" };
  const CURVES = { "2a8648ce3d030107": ["P-256", 32], "2b81040022": ["P-384", 48], "2b81040023": ["P-521", 66] };
  const [EC, RSA, PSS, ED25519] = ["2a8648ce3d0201", "2a864886f70d010101", "2a864886f70d01010a", "2b6570"];
  // A signature may name its hash, or only its kind; then the digest's is meant.
  const SIGNS_WITH = { "2a8648ce3d040302": "SHA-256", "2a8648ce3d040303": "SHA-384", "2a8648ce3d040304": "SHA-512", "2a864886f70d01010b": "SHA-256", "2a864886f70d01010c": "SHA-384", "2a864886f70d01010d": "SHA-512" };

  class Broken extends Error {}
  class Unknown extends Error {}
  const expect = (holds) => {
    if (!holds) throw new Broken();
  };

  // ---- DER: {tag, body, all}, and the values inside one ----

  function value(bytes, at = 0) {
    expect(at + 2 <= bytes.length && (bytes[at] & 31) !== 31);
    let from = at + 2;
    let size = bytes[at + 1];
    if (size & 128) {
      const more = size & 127;
      expect(more > 0 && more < 5 && from + more <= bytes.length);
      size = bytes.subarray(from, from + more).reduce((sum, byte) => sum * 256 + byte, 0);
      from += more;
    }
    expect(from + size <= bytes.length);
    return { tag: bytes[at], body: bytes.subarray(from, from + size), all: bytes.subarray(at, from + size) };
  }

  function inside({ body }) {
    const found = [];
    for (let at = 0; at < body.length; at += found[found.length - 1].all.length) found.push(value(body, at));
    return found;
  }

  const same = (one, other) => one.length === other.length && one.every((byte, n) => byte === other[n]);
  const name = (oid) => {
    expect(oid?.tag === 6);
    return hex(oid.body);
  };

  // ---- the signature's own words ----

  function signerOf(cms) {
    const [type, wrapped] = inside(value(cms));
    expect(name(type) === SIGNED_DATA && wrapped?.tag === 0xa0);
    const parts = inside(inside(wrapped)[0]);
    const certificates = parts.filter((part) => part.tag === 0xa0).flatMap(inside);
    const signers = parts[parts.length - 1];
    expect(signers.tag === 0x31);
    const [info, ...others] = inside(signers);
    expect(info && !others.length);
    const [, who, digest, ...rest] = inside(info);
    const attributes = rest[0]?.tag === 0xa0 ? rest.shift() : null;
    const [how, signature] = rest;
    expect(signature?.tag === 4);
    return { ...chosen(certificates, who), digest: name(inside(digest)[0]), attributes, how, signature: signature.body };
  }

  function chosen(certificates, who) {
    for (const certificate of certificates) {
      const told = inside(inside(certificate)[0]);
      if (told[0].tag === 0xa0) told.shift(); // the version
      const [serial, , issuer, , , key] = told;
      if (who.tag !== 0x30 || same(who.body, joined(issuer.all, serial.all))) return { key, certificate };
    }
    throw new Broken();
  }

  function plainPair(signature, size) {
    return joined(
      ...inside(value(signature)).map(({ body }) => {
        const number = body[0] === 0 ? body.subarray(1) : body;
        expect(number.length <= size);
        return joined(new Uint8Array(size - number.length), number);
      }),
    );
  }

  function hashOf(oid, kind, otherwise) {
    const found = SIGNS_WITH[oid] ?? (oid === kind ? HASHES[otherwise] : null);
    if (!found) throw new Unknown();
    return found;
  }

  async function holds(key, { how, digest, signature }, message) {
    const [algorithm, bits] = inside(key);
    const [kind, parameters] = inside(algorithm);
    const [means, given] = inside(how);
    const verified = async (form, way, raw = signature) => {
      if (!subtle) throw new Unknown();
      return subtle.verify(way, await subtle.importKey("spki", key.all, form, false, ["verify"]), raw, message);
    };
    switch (name(kind)) {
      case EC: {
        const [curve, size] = CURVES[name(parameters)] ?? [];
        const hash = hashOf(name(means), EC, digest);
        if (!curve) throw new Unknown();
        const raw = plainPair(signature, size);
        if (!subtle && curve === "P-256" && hash === "SHA-256") return es256ByHand(bits.body.subarray(2), raw, message);
        return verified({ name: "ECDSA", namedCurve: curve }, { name: "ECDSA", hash }, raw);
      }
      case RSA: {
        if (name(means) !== PSS) return verified({ name: "RSASSA-PKCS1-v1_5", hash: hashOf(name(means), RSA, digest) }, { name: "RSASSA-PKCS1-v1_5" });
        const told = new Map(inside(given).map((each) => [each.tag, inside(each)[0]]));
        const hash = HASHES[told.has(0xa0) ? name(inside(told.get(0xa0))[0]) : ""];
        if (!hash || !told.has(0xa2)) throw new Unknown();
        return verified({ name: "RSA-PSS", hash }, { name: "RSA-PSS", saltLength: told.get(0xa2).body.reduce((sum, byte) => sum * 256 + byte, 0) });
      }
      case ED25519:
        return verified({ name: "Ed25519" }, { name: "Ed25519" });
      default:
        throw new Unknown();
    }
  }

  async function digested(hash, bytes) {
    if (subtle) return new Uint8Array(await subtle.digest(hash, bytes));
    if (hash !== "SHA-256") throw new Unknown();
    return sha256(bytes);
  }

  // ---- one seal, then all of a file ----

  async function judgeOne(bytes, { range, contents, kind }) {
    const [zero, until, again, size] = range;
    expect(range.length === 4 && range.every((place) => Number.isSafeInteger(place) && place >= 0));
    expect(zero === 0 && until < again && again + size <= bytes.length);
    // What is left out is the signature's own text, and nothing else.
    expect(bytes[until] === 0x3c && bytes[again - 1] === 0x3e);
    const written = String.fromCharCode(...bytes.subarray(until + 1, again - 1)).replace(/\s/g, "");
    expect(/^(?:[0-9A-Fa-f]{2})+$/.test(written));
    const cms = Uint8Array.from(written.match(/../g), (two) => parseInt(two, 16));
    expect(contents === null || same(cms, contents));
    if (kind && !["/ETSI.CAdES.detached", "/adbe.pkcs7.detached"].includes(kind)) throw new Unknown();
    const signer = signerOf(cms);
    const sealed = joined(bytes.subarray(0, until), bytes.subarray(again, again + size));
    if (!signer.attributes) return holds(signer.key, signer, sealed);
    if (!HASHES[signer.digest]) throw new Unknown();
    const told = new Map(inside(signer.attributes).map(inside).map(([type, values]) => [name(type), inside(values)[0]]));
    expect(told.has(MESSAGE_DIGEST) && same(told.get(MESSAGE_DIGEST).body, await digested(HASHES[signer.digest], sealed)));
    if (told.has(SIGNING_CERTIFICATE)) await sameCertificate(inside(inside(told.get(SIGNING_CERTIFICATE))[0])[0], signer.certificate);
    return holds(signer.key, signer, joined([0x31], signer.attributes.all.subarray(1)));
  }

  // The sealer signed which certificate is his: no bit of it may be another.
  async function sameCertificate(told, certificate) {
    const [first, second] = inside(told);
    const hash = first.tag === 0x30 ? HASHES[name(inside(first)[0])] : "SHA-256";
    if (!hash) throw new Unknown();
    expect(same((first.tag === 0x30 ? second : first).body, await digested(hash, certificate.all)));
  }

  // Seals out of the raw bytes, for a file whose table of objects cannot be followed.
  function foundIn(bytes) {
    const letters = new TextDecoder("latin1").decode(bytes);
    const ranges = letters.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g);
    return [...ranges].map((match) => ({ range: match.slice(1).map(Number), contents: null, kind: "" }));
  }

  // "none", "intact", "broken" or "unjudged". `seals`: what the file's own table leads to, [{range, contents, kind}], or
  // null where it leads nowhere. The last seal must reach the file's end: whatever comes behind it, nobody sealed.
  async function judge(bytes, seals) {
    const all = (seals ?? foundIn(bytes)).sort((one, other) => one.range[2] + one.range[3] - other.range[2] - other.range[3]);
    if (!all.length) return "none";
    const last = all[all.length - 1].range;
    if (last[2] + last[3] !== bytes.length) return "broken";
    let answer = "intact";
    for (const seal of all) {
      try {
        if (!(await judgeOne(bytes, seal))) return "broken";
      } catch (wrong) {
        // A stranger chose these bytes: what is not where the language wants it is no seal that holds.
        if (wrong instanceof Broken || wrong instanceof TypeError || wrong instanceof RangeError) return "broken";
        if (!(wrong instanceof Unknown || wrong instanceof DOMException)) throw wrong;
        answer = "unjudged";
      }
    }
    return answer;
  }

  OneWindow.seal = { judge };
}
