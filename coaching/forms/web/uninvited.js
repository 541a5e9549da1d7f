// @ts-check
// JupyterLab opens a dialog when it loses a kernel, the server or a file, whoever is typing. It would take the next keys:
// they would be lost, and a space among them would press its button. One that comes while what was last done was done in
// a form is closed at once, and the form says in its place what it said; one that cannot be closed stays.
import { say } from "./say.js";

const LAST_LETTER = /\p{L}$/u;

/** @param {() => Element | null | undefined} formInUse */
export function answerUninvited(formInUse) {
  /** @type {Element | null} */
  let last = null;
  /** @param {Event} event */
  const note = ({ target, isTrusted }) => {
    if (isTrusted) last = target instanceof Element ? target.closest(".coaching-form, .coaching-over") : null;
  };
  // A screen reader may click without a pointer, and dictation writes without a key.
  for (const kind of ["keydown", "pointerdown", "click", "input"]) window.addEventListener(kind, note, true);
  new MutationObserver((changes) => {
    const come = changes
      .flatMap(({ addedNodes }) => [...addedNodes])
      .filter((node) => node instanceof HTMLElement)
      .filter((node) => node.matches(".jp-Dialog"));
    const form = last?.isConnected && last.matches(".coaching-form") ? last : last && formInUse();
    if (form) for (const dialog of come) answer(dialog, form);
  }).observe(document.body, { childList: true });
}

/**
 * @param {HTMLElement} dialog
 * @param {Element} form
 */
function answer(dialog, form) {
  // The title is drawn later; JupyterLab has put it before the words for a screen reader.
  const words = dialog.querySelector(".jp-Dialog-body")?.textContent ?? "";
  const title = (dialog.ariaLabel ?? "").replace(words, "").trim();
  dialog.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  const buttons = dialog.querySelectorAll(".jp-Dialog-footerButtons button");
  if (dialog.isConnected && buttons.length === 1 && buttons[0] instanceof HTMLElement) buttons[0].click();
  if (dialog.isConnected) return;
  const said = [title.replace(LAST_LETTER, "$&:"), words].filter(Boolean).join(" ");
  form.dispatchEvent(
    new CustomEvent("coaching-told", {
      detail: said
        ? say("JupyterLab says: {words}", { words: said })
        : say("JupyterLab has asked something; it was closed without a choice."),
    }),
  );
}
