// @ts-check
// The lines of a text, of which each becomes something by the number of one answer; the next line is next. They are drawn
// when somebody unfolds them: nothing moves while the text is being written.
/** @import { Fields } from "./fields.js" */
/** @import { SortingBlock } from "./messages.js" */
import { make } from "./elements.js";

/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/**
 * @param {Fields} fields
 * @param {SortingBlock} spec
 * @param {string} prefix
 */
export function sorting(fields, spec, prefix) {
  const list = make("ul", { class: "coaching-sorting" });
  let drawn = "";
  const lines = () => [...list.children].filter((line) => line instanceof HTMLElement);
  /** @param {number} at */
  const enter = (at) =>
    lines()
      .at(Math.max(0, Math.min(at, lines().length - 1)))
      ?.querySelector("button")
      ?.focus();
  const here = () => lines().findIndex((line) => line.contains(document.activeElement));
  /**
   * @param {string} words
   * @param {number} place
   */
  const lineOf = (words, place) => {
    // While an answer is awaited the line may have another place already.
    // While an answer is awaited the line may have another place already.
    const acts = spec.kinds.map(([kind]) => () => {
      if (!fields.keeping.unanswered) fields.keeping.send(`${spec.act}${kind}:${place}`);
    });
    const answers = spec.kinds.map(([, label], at) =>
      make("button", { type: "button", class: "coaching-quiet", onclick: () => acts[at]?.() }, `${at + 1} ${label}`),
    );
    const line = make("li", {}, make("p", { dir: "auto" }, words), make("div", {}, ...answers));
    line.addEventListener("keydown", (event) => {
      const act = event.ctrlKey || event.altKey || event.metaKey ? null : acts[Number(event.key) - 1];
      if (act) act();
      else if (event.key in STEPS) enter(here() + (STEPS[event.key] ?? 0));
      else return;
      event.preventDefault();
    });
    return line;
  };
  fields.refreshers.push(() => {
    const text = fields.keeping.values[prefix + spec.name] ?? "";
    if (text === drawn) return;
    drawn = text;
    const at = here();
    list.replaceChildren(...text.split("\n").flatMap((words, place) => (words.trim() ? [lineOf(words, place)] : [])));
    if (at >= 0) enter(at);
  });
  return list;
}
