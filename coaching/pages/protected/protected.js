// @ts-check
// Opens the page that lies below it. The passphrase stays in here: it is in no address, no storage, no message.
(() => {
  const STYLE = /<style\b[^>]*>(?<style>[\s\S]*?)<\/style>/gu;
  const doors = [...document.querySelectorAll("section")];
  const known = navigator.languages.map((wanted) => doors.find(({ lang }) => lang === wanted.split("-")[0]));
  const door = /** @type {HTMLElement} */ (known.find(Boolean) ?? doors[0]);
  for (const other of doors) if (other !== door) other.remove();
  document.documentElement.lang = door.lang;
  const neutral = door.querySelector("h1")?.textContent ?? "";
  document.title = neutral;

  const form = /** @type {HTMLFormElement} */ (door.querySelector("form"));
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const told = /** @type {HTMLElement} */ (door.querySelector("[role=status]"));
  /** @param {string} what */
  const tell = (what) => {
    told.textContent = told.dataset[what] ?? "";
    field.setAttribute("aria-invalid", String(["empty", "wrong"].includes(what)));
  };

  /** @param {string} words */
  const coded = (words) => new TextEncoder().encode(words);
  /** @param {string} base64 */
  const bytes = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  /** @param {ArrayBuffer} buffer */
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

  // Nobody can tell a wrong passphrase from a damaged file by the cipher; the digest can, and says nothing of the page.
  async function whole() {
    const lines = document.querySelector("#locked")?.textContent.trim().split("\n") ?? [];
    const [parameters = "", digest, ...rest] = lines;
    const locked = rest.join("");
    if (text(await crypto.subtle.digest("SHA-256", coded(parameters + locked))) === digest)
      return { parameters, locked };
    form.hidden = true;
    tell("damaged");
    return null;
  }

  /**
   * @param {{ parameters: string, locked: string }} sealed
   * @param {string} passphrase
   */
  async function unlocked({ parameters, locked }, passphrase) {
    const { iterations, salt, nonce } = JSON.parse(parameters);
    const typed = await crypto.subtle.importKey("raw", coded(passphrase), "PBKDF2", false, ["deriveKey"]);
    const derivation = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations };
    const cipher = { name: "AES-GCM", length: 256 };
    const key = await crypto.subtle.deriveKey(derivation, typed, cipher, false, ["decrypt"]);
    const how = { name: "AES-GCM", iv: bytes(nonce), additionalData: coded(parameters) };
    return crypto.subtle.decrypt(how, key, bytes(locked)).catch(() => null);
  }

  /**
   * The page takes the place of this one, so that it prints as itself. Its own policy comes with it and forbids every
   * script. Its style sheet is handed over as one: the policy of this file may not know it by its hash beforehand.
   *
   * @param {ArrayBuffer} padded
   */
  function show(padded) {
    const html = new TextDecoder().decode(new Uint8Array(padded, 4, new DataView(padded).getUint32(0)));
    /** @type {string[]} */
    const styles = [];
    const bare = html.replace(STYLE, (_, style) => {
      styles.push(style);
      return "";
    });
    const page = new DOMParser().parseFromString(bare, "text/html");
    document.documentElement.replaceWith(document.adoptNode(page.documentElement));
    // Windows and lists of what was opened show the title; only what is printed bears the page's own.
    const own = document.title;
    document.title = neutral;
    addEventListener("beforeprint", () => {
      document.title = own;
    });
    addEventListener("afterprint", () => {
      document.title = neutral;
    });
    if ("adoptedStyleSheets" in document) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync([...styles, "main:focus{outline:none}"].join("\n"));
      document.adoptedStyleSheets = [sheet];
    }
    const main = /** @type {HTMLElement} */ (document.querySelector("main"));
    main.tabIndex = -1;
    main.focus();
    scrollTo(0, 0);
  }

  door.querySelector(".otherwise")?.remove();
  if (!window.crypto?.subtle) {
    tell("elsewhere");
    return;
  }
  form.hidden = false;
  field.focus();
  form.querySelector("[type=checkbox]")?.addEventListener("change", ({ target }) => {
    field.type = /** @type {HTMLInputElement} */ (target).checked ? "text" : "password";
  });
  const found = new Promise((resolve) => {
    document.addEventListener("DOMContentLoaded", () => resolve(whole()));
  });
  let isOpening = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const passphrase = field.value.normalize("NFKC");
    if (isOpening) return;
    if (!passphrase.trim()) {
      tell("empty");
      field.focus();
      return;
    }
    isOpening = true;
    tell("opening");
    const sealed = await found;
    // A space that was copied along is none of the passphrase; files from before may have been locked with one.
    const padded = sealed && ((await unlocked(sealed, passphrase.trim())) ?? (await unlocked(sealed, passphrase)));
    isOpening = false;
    if (padded) {
      show(padded);
    } else if (sealed) {
      tell("wrong");
      field.focus();
      field.select();
    }
  });
})();
