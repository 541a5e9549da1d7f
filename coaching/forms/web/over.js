// @ts-check
// A dialog that stands over the page, and gives back what it has taken. After a click in it the field that had the focus
// would have it without a caret, and what is typed would go nowhere.
import { caretOf, putCaret } from "./caret.js";

/** @param {HTMLDialogElement} layer */
export function standOver(layer) {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const caret = caretOf(before);
  const close = () => {
    if (!layer.open) return;
    layer.close();
    layer.remove();
    // A form that was shown anew meanwhile has another field in that place.
    const field = before?.isConnected ? before : window.coachingPresence?.typing();
    field?.blur();
    field?.focus({ preventScroll: true });
    putCaret(field, caret);
  };
  layer.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  document.body.append(layer);
  layer.showModal();
  return close;
}
