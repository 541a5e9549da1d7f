// @ts-check
// What comes into a field otherwise than key by key: a file that is dropped on it, and a text that is too long for one. Of
// neither is a part taken in silently, and the browser does not leave the page for it.
import { inFigures, say, toSay } from "./say.js";

const LONGEST = 200_000;
const TOO_LONG = toSay(
  "This field holds {count} signs. What you have put in is longer than that, and nothing of it was taken in; it belongs in a file of its own.",
);
const NO_FILE = toSay("No file is taken in here. Open it, and copy the words that belong here.");

/**
 * @param {HTMLElement} el
 * @param {(target: EventTarget | null, text: string) => void} refuse
 */
export function watchIntake(el, refuse) {
  el.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  el.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    refuse(event.target, say(NO_FILE));
  });
  el.addEventListener("beforeinput", (event) => {
    const { target, data, dataTransfer } = event;
    if (!(target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement)) return;
    const coming = data ?? dataTransfer?.getData("text/plain") ?? "";
    const leaving = (target.selectionEnd ?? 0) - (target.selectionStart ?? 0);
    if (!coming || target.value.length - leaving + coming.length <= LONGEST) return;
    event.preventDefault();
    refuse(target, say(TOO_LONG, { count: inFigures(LONGEST) }));
  });
}

/** @param {DragEvent} event */
const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files") ?? false;
