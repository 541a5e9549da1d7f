// @ts-check
// A dialog that stands over the page, and gives back what it has taken. After a click in it the field that had the focus
// would have it without a caret, and what is typed would go nowhere.
import { caretOf, putCaret } from "./caret.js";
import { elementId, make } from "./elements.js";
import { say } from "./say.js";

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

/**
 * A card with a heading, and a button that closes it.
 *
 * @param {string} heading
 * @param {HTMLElement[]} content
 */
export function openCard(heading, ...content) {
  const id = elementId();
  const card = make(
    "dialog",
    { class: "coaching-over coaching-card", "aria-labelledby": id, "data-lm-suppress-shortcuts": "true" },
    make("h2", { id, tabindex: "-1", autofocus: true }, heading),
    ...content,
    make("button", { type: "button", class: "coaching-primary", onclick: () => close() }, say("Close")),
  );
  card.addEventListener("keydown", (event) => event.stopPropagation());
  const close = standOver(card);
}
