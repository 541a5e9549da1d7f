// @ts-check
// Elements of a page, and names for them and for what they stand for.

/** @typedef {string | number | boolean | null | undefined | ((event: Event) => unknown)} Property */
/** @typedef {Node | string | null | undefined} Child */

// A ULID: the name of a view, or of a row that becomes an entry.
export function newId() {
  // biome-ignore lint/security/noSecrets: these are the signs of Crockford's base 32.
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const random = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => digits[byte % 32]).join("");
  let time = "";
  for (let rest = Date.now(); time.length < 10; rest = Math.floor(rest / 32)) time = digits[rest % 32] + time;
  return time + random;
}

// Each widget has its own copy of this module, so ids on the page need a part of their own.
const copyOfModule = newId();
let serial = 0;

export function elementId() {
  serial += 1;
  return `coaching-${copyOfModule}-${serial}`;
}

/**
 * Make an element; a property that begins with "on" listens, what is null or false is left out.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Property>} properties
 * @param {Child[]} children
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
