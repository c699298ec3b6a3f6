// The order of judgement, docs/voucher-format.md §8: what is wrong with the verifier is said before what is said about
// the voucher; "cannot tell" is never "false". Same codes as the Python verifier, held together by the test vectors.
"use strict";
globalThis.OneWindow ??= {};
{
  const { statement, trust: trusts, curves } = OneWindow;
  const SKEW = 300;
  const SOON = 14 * 86400;

  // What was seen before, so that nobody can turn back time: realm → newest root, trust list, status lists.
  // `store`: getItem/setItem of text; null remembers for this page view only.
  class Memory {
    constructor(store = null) {
      this.store = store;
      this.realms = {};
      try {
        this.realms = JSON.parse(store?.getItem("onewindow-trust-memory-1") ?? "{}");
      } catch {
        this.realms = {}; // damaged, or a browser that keeps nothing: it is no secret and no proof
      }
    }

    learn(realm, seen) {
      this.realms[realm] = seen;
      try {
        this.store?.setItem("onewindow-trust-memory-1", JSON.stringify(this.realms));
      } catch {
        // a browser that keeps nothing verifies too
      }
    }

    judge({ realm, roots, root, version }) {
      const seen = this.realms[realm];
      if (!seen) {
        this.learn(realm, { root: root.version, digest: root.digest, list: version, status: {} });
        return "";
      }
      if (root.version < seen.root || version < seen.list) return "TRUST_LIST_ROLLBACK";
      if (roots[seen.root - 1].digest !== seen.digest) return "TRUST_LIST_OTHER_ROOT";
      this.learn(realm, { ...seen, root: root.version, digest: root.digest, list: version });
      return "";
    }

    isOld({ realm }, list) {
      const seen = this.realms[realm];
      if (!seen) return false;
      const newest = seen.status[list.uri] ?? 0;
      if (list.version > newest) this.learn(realm, { ...seen, status: { ...seen.status, [list.uri]: list.version } });
      return list.version < newest;
    }
  }

  function notesOf(claims, host, ground) {
    const { trust, now, statuses } = ground;
    const found = [];
    if (host && !trust.hosts.includes(host)) found.push("host_unknown");
    if (claims.copy) found.push("reprint");
    if (claims.replaces) found.push("corrects");
    if (claims.demo) found.push("demo");
    if (trust.root.local) found.push("local_root");
    if (trust.expires - now < SOON) found.push("trust_list_old");
    if (statuses?.refused) found.push("status_refused");
    return found;
  }

  const iso = (seconds) => new Date(Number(seconds) * 1000).toISOString().slice(0, 16).replace("T", " ");

  function rights(claims, key, loggedAt) {
    const allowed = trusts.covers(key, claims.issuer) && (!key.kinds.length || key.kinds.includes(claims.kind));
    if (!allowed) return ["ISSUER_NOT_AUTHORISED", claims.issuer];
    if (key.lost !== null) {
      if (claims.issued >= key.lost) return ["KEY_COMPROMISED", iso(key.lost)];
      if (loggedAt === null || loggedAt >= key.lost) return ["KEY_COMPROMISED_UNPROVEN", iso(key.lost)];
    }
    if (claims.issued < key.from || claims.issued > key.until) return ["KEY_OUT_OF_WINDOW", `${iso(key.from)} – ${iso(key.until)}`];
    return null;
  }

  function times(claims, { trust, now }) {
    if (now < trust.issued - SKEW) return ["CLOCK_SUSPECT", iso(now)];
    if (now > trust.expires || now > trust.root.expires) return ["TRUST_LIST_EXPIRED", iso(Math.min(trust.expires, trust.root.expires))];
    if (claims.issued > now + SKEW) return ["NOT_YET_VALID", iso(claims.issued)];
    if (claims.expires !== null && now > claims.expires) return ["EXPIRED", iso(claims.expires)];
    return null;
  }

  function inForce(verdict, claims, { trust, now, statuses, memory }) {
    if (claims.status === null) return verdict;
    const [uri, place] = claims.status;
    const list = statuses?.lists.get(uri);
    const state = list ? list.state(Number(place)) : null;
    if (!state) return { ...verdict, code: "VALID_NO_STATUS", detail: uri };
    const old = memory ? memory.isOld(trust, list) : false;
    const notes = old ? [...verdict.notes, "status_rollback"] : verdict.notes;
    const told = { ...verdict, notes, statusIssued: list.issued, statusVersion: list.version, detail: iso(list.issued) };
    const successor = list.successor(Number(place));
    if (state === "revoked" && successor) return { ...told, code: "SUPERSEDED", detail: successor, replacedBy: successor };
    if (state !== "in_force") return { ...told, code: state.toUpperCase() };
    return { ...told, code: old || now > list.issued + list.life ? "VALID_STALE_STATUS" : "VALID" };
  }

  const EMPTY = { detail: "", notes: [], fields: {}, humanCode: "", signer: "", replaces: "", replacedBy: "", voucher: null };

  // ground: {trust, now (seconds), statuses, memory, proof (bytes or null), dictionary}; `trust` null: there is none.
  async function judge(content, host, ground) {
    const { trust, memory, proof, dictionary } = ground;
    if (!trust) return { ...EMPTY, code: "TRUST_LIST_MISSING" };
    const turned = memory ? memory.judge(trust) : "";
    if (turned) return { ...EMPTY, code: turned };
    let opened, plain, claims;
    try {
      opened = await statement.open(content, trust.keys.filter((key) => key.use === "voucher"));
      plain = statement.unpack(opened.payload, opened.contentType, dictionary);
      claims = statement.parse(plain);
    } catch (wrong) {
      if (!(wrong instanceof statement.StatementWrong)) throw wrong;
      return { ...EMPTY, code: wrong.code, detail: wrong.detail };
    }
    const notes = notesOf(claims, host, ground);
    let loggedAt = null;
    if (proof?.length) {
      loggedAt = await trusts.provenAt(proof, content, claims.issuer, trust);
      notes.push(loggedAt === null ? "log_proof_wrong" : "logged");
    }
    const verdict = {
      ...EMPTY,
      code: "VALID",
      notes,
      voucher: claims,
      fields: statement.fieldsOf(claims),
      humanCode: statement.humanCode(plain),
      signer: opened.key.name,
      replaces: claims.replaces,
    };
    const refused = rights(claims, opened.key, loggedAt) ?? times(claims, ground);
    if (refused) return { ...verdict, code: refused[0], detail: refused[1] };
    return inForce(verdict, claims, ground);
  }

  // The answer to all the texts that were found on one paper: other symbols may stand beside ours, two vouchers may not.
  // `reached`: the host that brought a person here, when the text comes out of the address; "" for a file on this device.
  async function verify(texts, ground, reached = null) {
    const found = new Map();
    let first = null;
    for (const text of texts.filter((each) => each.trim())) {
      try {
        const [content, host] = statement.parseText(text);
        const name = curves.hex(content);
        if (!found.has(name)) found.set(name, [content, host]);
      } catch (wrong) {
        if (!(wrong instanceof statement.StatementWrong)) throw wrong;
        if (!first || first.code === "NOT_A_VOUCHER") first = wrong;
      }
    }
    if (found.size > 1) return { ...EMPTY, code: "MULTIPLE_VOUCHERS", detail: String(found.size) };
    if (!found.size) return { ...EMPTY, code: first?.code ?? "NOT_A_VOUCHER", detail: first?.detail ?? "" };
    const [content, host] = found.values().next().value;
    return judge(content, reached ?? host, ground);
  }

  // The same for a PDF: its proof from the log is judged, what it says compared with what was signed, and its seal, where
  // it has one. `pdf`: {pages, files, seal} as pdf.js reads it.
  async function verifyPdf(texts, pdf, ground, reached = null) {
    const verdict = await verify(texts, { ...ground, proof: ground.proof ?? pdf.files.get("log-proof.cbor") ?? null }, reached);
    if (!verdict.voucher || OneWindow.words.codes[verdict.code].exit === 1) return verdict;
    const compared = inWords(verdict, pdf.pages);
    if (compared.code === "TEXT_MISMATCH" || pdf.seal === "none") return compared;
    if (pdf.seal === "broken") return { ...compared, code: "PDF_SIGNATURE_INVALID", detail: "" };
    return { ...compared, notes: [...compared.notes, pdf.seal === "intact" ? "sealed" : "seal_unjudged"] };
  }

  function inWords(verdict, pages) {
    const noted = (note) => ({ ...verdict, notes: [...verdict.notes, note] });
    if (!pages?.join("").trim()) return noted(pages === null ? "text_unreadable" : "text_not_compared");
    const { mismatches, exact, legible } = OneWindow.comparison.compare(pages, verdict);
    if (!legible) return noted("text_unreadable");
    const notes = exact ? verdict.notes : [...verdict.notes, "layout_other_version"];
    if (!mismatches.length) return { ...verdict, notes };
    return { ...verdict, code: "TEXT_MISMATCH", detail: mismatches.map((each) => each.place).join(", "), mismatches, notes };
  }

  OneWindow.judgement = { Memory, verify, verifyPdf, EMPTY };
}
