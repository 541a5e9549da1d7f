// @ts-check
// Files in and out: the next file of the copy, and what is sealed for the coach. No file goes anywhere but to this device.
import { Encrypter } from "age-encryption";

const LOCKED = "locked";
const OURS = "data-own";

/**
 * The page as it stands in its file, with nothing locked up in it; not what a program of the browser has put there.
 *
 * @param {Document} page
 */
export function shellOf(page) {
  const root = /** @type {HTMLElement} */ (page.documentElement.cloneNode(true));
  for (const element of root.querySelectorAll("head > *, body > *")) if (!element.hasAttribute(OURS)) element.remove();
  for (const one of [root, root.querySelector("body")])
    for (const { name } of [...(one?.attributes ?? [])])
      if (name !== "lang" && name !== "dir") one?.removeAttribute(name);
  const place = root.querySelector(`#${LOCKED}`);
  if (place) place.textContent = "";
  return `<!doctype html>\n${root.outerHTML}\n`;
}

/**
 * The file that holds these lines.
 *
 * @param {string} shell
 * @param {string} lines
 */
export const fileOf = (shell, lines) => shell.replace(`id="${LOCKED}">`, (start) => `${start}\n${lines}\n`);

/**
 * The lines that are locked up in a file of an own copy; nothing if it is none.
 *
 * @param {string} html
 */
export function linesIn(html) {
  return new DOMParser().parseFromString(html, "text/html").querySelector(`#${LOCKED}`)?.textContent ?? "";
}

/**
 * A text in the age format, for a recipient or with a passphrase.
 *
 * @param {string} text
 * @param {{ recipient: string } | { passphrase: string }} by
 */
export function sealed(text, by) {
  const encrypter = new Encrypter();
  if ("recipient" in by) encrypter.addRecipient(by.recipient);
  else encrypter.setPassphrase(by.passphrase.normalize("NFC"));
  return encrypter.encrypt(text);
}

/**
 * Give a file to this device: where it can be chosen, to that place, else to the downloads. Tells which;
 * null if nobody wanted it. The browser tells no page whether a download was written.
 *
 * @param {string} name
 * @param {string | Uint8Array<ArrayBuffer>} content
 * @param {string} type
 * @returns {Promise<"written" | "handed" | null>}
 */
export async function give(name, content, type) {
  const blob = new Blob([content], { type });
  const pick = /** @type {{ showSaveFilePicker?: (options: object) => Promise<any> }} */ (window).showSaveFilePicker;
  if (pick) {
    try {
      const handle = await pick({ suggestedName: name });
      const file = await handle.createWritable();
      await file.write(blob);
      await file.close();
      return "written";
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return null;
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return "handed";
}
