// @ts-check
// The cell round a form or a view is a cell of JupyterLab, with keys and a menu of its own: a key would turn it into
// something else, and its menu has Clear and Restart where somebody looks for Paste. A slip beside a field does nothing.
import { onceInPlace } from "./lock.js";

/** @param {HTMLElement} el */
export function shelter(el) {
  el.setAttribute("translate", "no");
  el.setAttribute("data-jp-suppress-context-menu", "true");
  /** @type {Element | null} */
  let last = null;
  el.addEventListener("focusin", ({ target }) => {
    last = target instanceof Element ? target : null;
  });
  onceInPlace(el, () => {
    const cell = el.closest(".jp-Cell");
    cell?.setAttribute("data-lm-suppress-shortcuts", "true");
    cell?.addEventListener("click", ({ target }) => {
      const isBeside = target instanceof Node && !el.contains(target);
      const back = last?.isConnected ? last : el;
      if (isBeside && el.isConnected && back instanceof HTMLElement) back.focus({ preventScroll: true });
    });
  });
}
