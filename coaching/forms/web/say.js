// @ts-check
// What a page says by itself: each sentence stands in the source in English, and is said in the language of the session
// once the kernel has told its words. They stand on the page, as each widget has its own copy of this module.
/** @import { Spoken } from "./messages.js" */

// The order in which a catalogue has the forms of a sentence that counts.
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];
const PLACE = /\{(\w+)\}/gu;

/** @param {Spoken} spoken */
export function learn(spoken) {
  window.coachingSpoken = spoken;
  // What stands outside the forms is not drawn anew with them.
  for (const element of document.querySelectorAll("[data-says]"))
    if (element instanceof HTMLElement && element.dataset.says) element.textContent = say(element.dataset.says);
}

/**
 * A sentence in the language that is spoken; `values` go into its places, and are never looked up.
 *
 * @param {string} sentence
 * @param {Record<string, string | number>} [values]
 */
export function say(sentence, values = {}) {
  const [said = sentence] = window.coachingSpoken?.sentences[sentence] ?? [];
  return filledIn(said, values);
}

/**
 * A sentence in its singular or plural; `{count}` in it is the number.
 *
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Record<string, string | number>} [values]
 */
export function sayCounted(one, many, count, values = {}) {
  const { language = "en", sentences = {} } = window.coachingSpoken ?? {};
  const forms = sentences[one] ?? [one, many];
  const rules = new Intl.PluralRules(forms === sentences[one] ? language : "en");
  const { pluralCategories } = rules.resolvedOptions();
  const categories = CATEGORIES.filter((name) => pluralCategories.some((category) => category === name));
  return filledIn(forms[categories.indexOf(rules.select(count))] ?? forms.at(-1) ?? many, { count, ...values });
}

/**
 * A number as it is written in the language that is spoken.
 *
 * @param {number} number
 */
export const inFigures = (number) => new Intl.NumberFormat(window.coachingSpoken?.language ?? "en").format(number);

/**
 * Mark a sentence for the catalogue that `say` is given later.
 *
 * @param {string} sentence
 */
export const toSay = (sentence) => sentence;

/**
 * @param {string} sentence
 * @param {Record<string, string | number>} values
 */
function filledIn(sentence, values) {
  return sentence.replace(PLACE, (place, name) => String(values[name] ?? place));
}
