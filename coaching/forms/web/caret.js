// @ts-check
// Where the caret is in a field for words; in what has none, nowhere.

/** @typedef {{ start: number, end: number | null, direction: "forward" | "backward" | "none" | null } | null} Caret */

/**
 * @param {Element | null | undefined} field
 * @returns {Caret}
 */
export function caretOf(field) {
  if (!isForWords(field) || field.selectionStart === null) return null;
  return { start: field.selectionStart, end: field.selectionEnd, direction: field.selectionDirection };
}

/**
 * @param {Element | null | undefined} field
 * @param {Caret | undefined} caret
 */
export function putCaret(field, caret) {
  if (caret && isForWords(field) && field.selectionStart !== null)
    field.setSelectionRange(caret.start, caret.end, caret.direction ?? undefined);
}

/**
 * @param {Element | null | undefined} field
 * @returns {field is HTMLInputElement | HTMLTextAreaElement}
 */
function isForWords(field) {
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
}
