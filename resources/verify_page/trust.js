// Whom this page believes: roots, the trust list they sign, status lists, log proofs (docs/voucher-format.md §6, 7, 9).
"use strict";
globalThis.OneWindow ??= {};
{
  const { cbor, curves, digests, inflate } = OneWindow;
  const ROOT = 65010;
  const TRUST_LIST = 65011;
  const STATUS_LIST = 65012;
  const CHECKPOINT = 65013;
  const LARGEST = 4 << 20;
  const USES = ["voucher", "status", "log"];
  const STATES = ["in_force", "revoked", "suspended", "redeemed"];

  class TrustWrong extends Error {
    constructor(reason) {
      super(reason);
      this.reason = reason;
    }
  }
  const wrong = (reason) => new TrustWrong(reason);
  const expect = (fits, reason) => {
    if (!fits) throw wrong(reason);
  };
  const isBytes = (item, size) => item instanceof Uint8Array && (size === undefined || item.length === size);
  const isInt = (item) => typeof item === "number" && Number.isSafeInteger(item);
  const hex = curves.hex;

  function strict(data, reason) {
    try {
      return cbor.read(data);
    } catch (trouble) {
      throw trouble instanceof cbor.CborWrong ? wrong(reason) : trouble;
    }
  }

  function paper(data, kind) {
    expect(data.length <= LARGEST, "too_large");
    const found = strict(data, "not_cbor");
    expect(Array.isArray(found) && found.length === 3 && isInt(found[0]) && isBytes(found[1]) && Array.isArray(found[2]), "shape");
    expect(found[2].length <= 32, "shape");
    expect(found[0] === kind, "other_paper");
    for (const row of found[2]) expect(Array.isArray(row) && row.length === 2 && isBytes(row[0], 8) && isBytes(row[1], 64), "shape");
    return { kind, content: found[1], signatures: found[2] };
  }

  // Distinct key ids, out of `signers` (hex → key), whose signature under the paper holds.
  async function signedBy({ kind, content, signatures }, signers) {
    const found = new Set();
    for (const [kid, signature] of signatures) {
      const key = signers.get(hex(kid));
      if (!key || found.has(hex(kid))) continue;
      const message = cbor.signed(cbor.header(key.alg, kind, kid), content);
      if (await key.algorithm.holds(key.raw, signature, message)) found.add(hex(kid));
    }
    return found;
  }

  function keyOf(alg, raw, reason) {
    const algorithm = curves.ALGORITHMS.get(alg);
    expect(algorithm && isBytes(raw, algorithm.length), reason);
    try {
      algorithm.check(raw);
    } catch (trouble) {
      throw trouble instanceof RangeError ? wrong(reason) : trouble;
    }
    return { alg, algorithm, raw, kid: curves.keyId(algorithm, raw) };
  }

  function rootOf(content) {
    const found = strict(content, "root_shape");
    expect(found instanceof Map && found.get(0) === "onewindow-root-1" && isInt(found.get(1)) && typeof found.get(7) === "boolean", "root_shape");
    expect(isInt(found.get(2)) && isInt(found.get(3)) && isInt(found.get(5)) && Array.isArray(found.get(6)), "root_shape");
    const signers = new Map();
    for (const row of found.get(6)) {
      expect(Array.isArray(row) && row.length === 2, "root_shape");
      const key = keyOf(row[0], row[1], "root_shape");
      signers.set(hex(key.kid), key);
    }
    expect(signers.size === found.get(6).length && found.get(5) >= 1 && found.get(5) <= signers.size, "root_shape");
    return {
      version: found.get(1),
      expires: found.get(3),
      name: String(found.get(4)),
      threshold: found.get(5),
      signers,
      local: found.get(7),
      digest: hex(digests.sha256(content)),
    };
  }

  async function rootsOf(written) {
    expect(written.length > 0 && written.length <= 64, "root_missing");
    const roots = [];
    for (const each of written) {
      expect(isBytes(each), "shape");
      const read = paper(each, ROOT);
      const root = rootOf(read.content);
      expect(root.version === roots.length + 1, "root_gap");
      for (const judge of [...roots.slice(-1), root]) expect((await signedBy(read, judge.signers)).size >= judge.threshold, "root_unproven");
      roots.push(root);
    }
    return roots;
  }

  function trustedKey(row) {
    expect(row instanceof Map, "damaged");
    const key = keyOf(row.get(2), row.get(3), "damaged");
    const [regions, kinds, use, lost] = [row.get(4), row.get(5), row.get(10) ?? 0, row.get(9) ?? null];
    expect(isBytes(row.get(1)) && hex(row.get(1)) === hex(key.kid), "damaged");
    expect(Array.isArray(regions) && Array.isArray(kinds) && regions.every((each) => each && String(each)), "damaged");
    expect(isInt(row.get(6)) && isInt(row.get(7)) && (lost === null || isInt(lost)) && USES[use] !== undefined, "damaged");
    return { ...key, regions: regions.map(String), kinds: kinds.map(String), from: row.get(6), until: row.get(7), name: String(row.get(8)), lost, use: USES[use] };
  }

  const covers = (key, place) => key.regions.some((region) => place.startsWith(region));

  // The trust list of a file's bytes, believed by its own roots. TrustWrong with a reason for anything else.
  async function readTrust(data) {
    const file = strict(data, "not_a_trust_list");
    expect(Array.isArray(file) && file.length === 3 && file[0] === "onewindow-trust-1" && Array.isArray(file[1]) && isBytes(file[2]), "not_a_trust_list");
    const roots = await rootsOf(file[1]);
    const last = roots[roots.length - 1];
    const list = paper(file[2], TRUST_LIST);
    expect((await signedBy(list, last.signers)).size >= last.threshold, "too_few_signatures");
    const found = strict(list.content, "not_a_trust_list");
    expect(found instanceof Map && found.get(0) === "onewindow-trust-list-1", "not_a_trust_list");
    expect(isInt(found.get(1)) && isInt(found.get(2)) && isInt(found.get(3)), "damaged");
    expect(Array.isArray(found.get(4)) && Array.isArray(found.get(5)), "damaged");
    const rows = found.get(5).filter((row) => row instanceof Map && curves.ALGORITHMS.has(row.get(2)));
    return {
      version: found.get(1),
      issued: found.get(2),
      expires: found.get(3),
      hosts: found.get(4).map(String),
      keys: rows.map(trustedKey),
      roots,
      root: last,
      realm: roots[0].digest,
    };
  }

  const signersFor = (trust, use) => new Map(trust.keys.filter((key) => key.use === use).map((key) => [hex(key.kid), key]));

  async function provenKeys(data, kind, trust, use) {
    const read = paper(data, kind);
    const signers = signersFor(trust, use);
    expect(read.signatures.some(([kid]) => signers.has(hex(kid))), "unknown_key");
    const proven = await signedBy(read, signers);
    expect(proven.size > 0, "signature");
    return [read.content, [...proven].map((kid) => signers.get(kid))];
  }

  async function readStatus(data, trust) {
    const [content, keys] = await provenKeys(data, STATUS_LIST, trust, "status");
    const found = strict(content, "damaged");
    expect(found instanceof Map && found.get(0) === "onewindow-status-1" && typeof found.get(1) === "string", "not_a_status_list");
    expect([2, 3, 4, 5].every((key) => isInt(found.get(key))) && isBytes(found.get(6)) && Array.isArray(found.get(7)), "damaged");
    expect(found.get(5) > 0 && found.get(5) <= 1 << 18 && found.get(7).length <= 100000, "damaged");
    let bits;
    try {
      bits = inflate.inflate(found.get(6), new Uint8Array(), found.get(5));
    } catch (trouble) {
      throw trouble instanceof inflate.InflateWrong ? wrong("damaged") : trouble;
    }
    expect(bits.length === found.get(5), "damaged");
    for (const row of found.get(7)) expect(Array.isArray(row) && row.length === 2 && isInt(row[0]), "damaged");
    const [uri, issued] = [found.get(1), found.get(3)];
    expect(keys.some((key) => covers(key, uri) && key.lost === null && key.from <= issued && issued <= key.until), "not_authorised");
    const replaced = new Map(found.get(7).map(([place, number]) => [place, String(number)]));
    return {
      uri,
      version: found.get(2),
      issued,
      life: found.get(4),
      state: (place) => (place >> 2 < bits.length ? STATES[(bits[place >> 2] >> (2 * (place % 4))) & 3] : null),
      successor: (place) => replaced.get(place) ?? "",
    };
  }

  // The newest list of every address, and how many files were no list to believe.
  async function readStatuses(files, trust) {
    const lists = new Map();
    let refused = 0;
    for (const data of files) {
      try {
        const list = await readStatus(data, trust);
        if (!lists.has(list.uri) || list.version > lists.get(list.uri).version) lists.set(list.uri, list);
      } catch (trouble) {
        if (!(trouble instanceof TrustWrong)) throw trouble;
        refused += 1;
      }
    }
    return { lists, refused };
  }

  const node = (left, right) => digests.sha256(cbor.joined([1], left, right));

  function rootFromInclusion(place, size, start, path) {
    if (place < 0 || place >= size) return null;
    let [found, last] = [start, size - 1];
    for (const beside of path) {
      if (last === 0) return null;
      if (place % 2 || place === last) {
        found = node(beside, found);
        while (place && !(place % 2)) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
      } else found = node(found, beside);
      [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
    }
    return last === 0 ? found : null;
  }

  // When the statement was surely in its centre's log; null when the proof does not hold.
  async function provenAt(proof, statement, issuer, trust) {
    try {
      const found = strict(proof, "damaged");
      expect(found instanceof Map && found.get(0) === "onewindow-log-proof-1", "damaged");
      expect(isInt(found.get(1)) && Array.isArray(found.get(2)) && found.get(2).every((each) => isBytes(each)) && isBytes(found.get(3)), "damaged");
      const [content, keys] = await provenKeys(found.get(3), CHECKPOINT, trust, "log");
      const point = strict(content, "damaged");
      expect(point instanceof Map && point.get(0) === "onewindow-checkpoint-1" && typeof point.get(1) === "string", "damaged");
      expect(isInt(point.get(2)) && isBytes(point.get(3), 32) && isInt(point.get(4)), "damaged");
      const [log, at] = [point.get(1), point.get(4)];
      expect(keys.some((key) => covers(key, log) && key.from <= at && at <= key.until && (key.lost === null || at < key.lost)), "not_authorised");
      const leaf = digests.sha256(cbor.joined([0], digests.sha256(statement)));
      const root = rootFromInclusion(found.get(1), point.get(2), leaf, found.get(2));
      return root && hex(root) === hex(point.get(3)) && log.startsWith(issuer) ? at : null;
    } catch (trouble) {
      if (trouble instanceof TrustWrong) return null;
      throw trouble;
    }
  }

  OneWindow.trust = { TrustWrong, readTrust, readStatuses, provenAt, covers };
}
