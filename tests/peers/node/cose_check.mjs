// Two verifiers in another language judge our statements: cbor-x with WebCrypto written out, and @auth0/cose.
// In:  {"x": hex, "y": hex, "statements": [hex …]} on standard input
// Out: {"webcrypto": [accepted …], "auth0": [accepted …], "payloads": [hex or "" …]}
import { readFileSync } from "node:fs";
import { Decoder, Encoder } from "cbor-x";

const given = JSON.parse(readFileSync(0, "utf8"));
const bytes = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const url = (text) => Buffer.from(text, "hex").toString("base64url");
const jwk = { kty: "EC", crv: "P-256", x: url(given.x), y: url(given.y) };
const sign = { name: "ECDSA", namedCurve: "P-256" };
const key = await crypto.subtle.importKey("jwk", jwk, sign, true, ["verify"]);
const reader = new Decoder({ mapsAsObjects: false, useRecords: false });
const writer = new Encoder({ mapsAsObjects: false, useRecords: false, tagUint8Array: false });

async function byWebcrypto(statement) {
  const [head, , payload, signature] = reader.decode(statement).value;
  const message = writer.encode(["Signature1", head, new Uint8Array(0), payload]);
  const good = await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, message);
  return good ? Buffer.from(payload).toString("hex") : null;
}

async function judged(judge, statement) {
  try {
    return await judge(statement);
  } catch {
    return null;
  }
}

const found = { webcrypto: [], auth0: [], payloads: [] };
for (const text of given.statements) {
  const payload = await judged(byWebcrypto, bytes(text));
  found.webcrypto.push(payload !== null);
  found.payloads.push(payload ?? "");
}
// Only now: this library teaches cbor-x its own meaning of tag 18, for the whole process.
const { Sign1 } = await import("@auth0/cose");
for (const text of given.statements) {
  const good = await judged(async (each) => {
    const said = await Sign1.decode(each).verify(key);
    return said !== false;
  }, bytes(text));
  found.auth0.push(good === true);
}
process.stdout.write(JSON.stringify(found));
