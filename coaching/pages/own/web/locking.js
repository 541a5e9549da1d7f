// @ts-check
// Locks a text up as `coaching/pages/protected/locking.py` does, and opens it: three lines, which are the parameters as
// JSON, the SHA-256 of them and what follows, and the encrypted text in base64. The passphrase is kept nowhere, and the key
// cannot be read out of the browser.

const LENGTH = 4;
const KIB = 1024;
// Texts of a year, long or short, are of one size; larger ones double it.
const SMALLEST_CLASS = 256 * KIB;
const CHUNK = 32 * KIB;
const NONCE = 12;
// More passes than a file of ours ever asks for would only keep the browser busy.
const MOST_ITERATIONS = 20_000_000;
const LINE_END = /\r?\n/u;
const CIPHER = "AES-GCM";

/** @typedef {{ iterations: number, salt: string, nonce: string }} Parameters */
/** @typedef {{ parameters: string, locked: string }} Sealed */
/** @typedef {{ key: CryptoKey, parameters: string }} Lock */

/** @param {string} words */
const coded = (words) => new TextEncoder().encode(words);

/** @param {string} base64 */
const bytes = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

/** @param {Uint8Array} data */
function inBase64(data) {
  const signs = [];
  for (let at = 0; at < data.length; at += CHUNK) signs.push(String.fromCharCode(...data.subarray(at, at + CHUNK)));
  return btoa(signs.join(""));
}

/** @param {string} text */
const digestOf = async (text) => inBase64(new Uint8Array(await crypto.subtle.digest("SHA-256", coded(text))));

/**
 * What is locked up in three lines; null if something of it was lost or changed on its way.
 *
 * @param {string} lines
 * @returns {Promise<Sealed | null>}
 */
export async function whole(lines) {
  const [parameters = "", digest, ...rest] = lines.trim().split(LINE_END);
  const locked = rest.join("");
  return (await digestOf(parameters + locked)) === digest ? { parameters, locked } : null;
}

/**
 * The key that a passphrase gives, with the salt and as many passes as the parameters say.
 *
 * @param {string} passphrase
 * @param {string} parameters
 * @returns {Promise<Lock>}
 */
export async function lockOf(passphrase, parameters) {
  const { iterations, salt } = /** @type {Parameters} */ (JSON.parse(parameters));
  if (!(iterations <= MOST_ITERATIONS)) throw new RangeError("the file asks for too much work");
  const typed = coded(passphrase.normalize("NFKC"));
  const material = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations };
  const cipher = { name: CIPHER, length: 256 };
  const key = await crypto.subtle.deriveKey(derivation, material, cipher, false, ["encrypt", "decrypt"]);
  return { key, parameters };
}

/**
 * The text that is locked up; null if this is not its key.
 *
 * @param {Sealed} sealed
 * @param {Lock} lock
 */
export async function unlocked({ parameters, locked }, lock) {
  const { nonce } = /** @type {Parameters} */ (JSON.parse(parameters));
  const how = { name: CIPHER, iv: bytes(nonce), additionalData: coded(parameters) };
  try {
    const framed = await crypto.subtle.decrypt(how, lock.key, bytes(locked));
    const length = new DataView(framed).getUint32(0);
    return new TextDecoder().decode(new Uint8Array(framed, LENGTH, length));
  } catch {
    return null;
  }
}

/**
 * A text, locked up with a key under a nonce of its own: the three lines.
 *
 * @param {string} text
 * @param {Lock} lock
 */
export async function lockUp(text, lock) {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const parameters = JSON.stringify({ ...JSON.parse(lock.parameters), nonce: inBase64(nonce) });
  const how = { name: CIPHER, iv: nonce, additionalData: coded(parameters) };
  const cipher = inBase64(new Uint8Array(await crypto.subtle.encrypt(how, lock.key, padded(coded(text)))));
  return [parameters, await digestOf(parameters + cipher), cipher].join("\n");
}

/** @param {Uint8Array} text */
function padded(text) {
  let size = SMALLEST_CLASS;
  while (size < LENGTH + text.length) size *= 2;
  const framed = new Uint8Array(size);
  new DataView(framed.buffer).setUint32(0, text.length);
  framed.set(text, LENGTH);
  return framed;
}
