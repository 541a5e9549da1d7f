// @ts-check
// A field in which a day is written as one says it. Below it stands one line, which is there from the beginning: days to
// choose from while nothing is written, then what was understood. So nothing moves, whatever is typed.
/** @import { DayBlock, DayTerms } from "./messages.js" */
import { dayInWords, distance, readDay, wordsOfDays } from "./days.js";
import { elementId, make } from "./elements.js";

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };
const BACK_TO_THE_FIELD = new Set(["ArrowUp", "Escape"]);
// As long as what is said of a day can be.
const LONGEST = "2099-09-30";

/**
 * What a field for a day is part of: what was typed into it, its value, and what is done when that changes.
 *
 * @typedef {object} Place
 * @property {Map<string, string>} typed
 * @property {string} name
 * @property {() => string} value
 * @property {(value: string) => void} changed
 */

/**
 * Make a field one for a day; return the line below it, and what sets its value.
 *
 * @param {HTMLInputElement} field
 * @param {DayBlock} spec
 * @param {DayTerms} terms
 * @param {Place} place
 */
export function dayField(field, spec, terms, place) {
  const { typed, name } = place;
  const { unfinished, offers } = wordsOfDays(terms.language);
  const said = make("p", { class: "coaching-day-said", id: elementId(), "aria-live": "polite" });
  /** @param {string} words */
  const read = (words) => readDay(words, { ...terms, lies: spec.lies });

  /** @param {string | null} day */
  const say = (day) => {
    if (day) {
      const [written, far] = [dayInWords(day, terms), distance(day, terms)];
      said.textContent = field.value === written ? far : `${written} · ${far}`;
    } else said.textContent = "";
    field.removeAttribute("aria-invalid");
    chips.classList.toggle("is-away", field.value !== "");
  };
  const sayUnfinished = () => {
    said.textContent = unfinished;
    field.setAttribute("aria-invalid", "true");
  };
  /** @param {string} day */
  const show = (day) => {
    typed.delete(name);
    field.value = day && dayInWords(day, terms);
    say(day);
  };
  /**
   * The value comes anew with every drawing: what stands in the field for it is left as it was typed.
   *
   * @param {string} day
   */
  const set = (day) => {
    const words = typed.get(name);
    if (words === undefined || (read(words) ?? "") !== day) return show(day);
    field.value = words;
    say(day);
    if (!day) sayUnfinished();
  };
  /** @param {string} day */
  const change = (day) => {
    if (day !== place.value()) place.changed(day);
  };

  const chips = make("div", { class: "coaching-day-offers", role: "group", "aria-label": offers });
  for (const words of wordsOfDays(terms.language)[spec.lies]) {
    const day = read(words);
    if (!day) continue;
    const choose = () => {
      show(day);
      change(day);
      field.focus();
    };
    // Tab goes from words to words; the arrows lead here.
    const chip = make(
      "button",
      { type: "button", tabindex: -1, title: dayInWords(day, terms), onclick: choose },
      words,
    );
    chip.addEventListener("mousedown", (event) => event.preventDefault());
    chips.append(chip);
  }
  chips.addEventListener("keydown", (event) => {
    const all = [...chips.querySelectorAll("button")];
    const at = all.indexOf(/** @type {HTMLButtonElement} */ (event.target)) + (STEPS[event.key] ?? 0);
    if (BACK_TO_THE_FIELD.has(event.key)) field.focus();
    else if (event.key in STEPS) all.at(at % all.length)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("keydown", (event) => {
    const first = field.value ? null : chips.querySelector("button");
    if (event.key !== "ArrowDown" || !first) return;
    event.preventDefault();
    first.focus();
  });
  field.addEventListener("input", () => {
    const day = read(field.value);
    typed.set(name, field.value);
    say(day);
    change(day ?? "");
  });
  field.addEventListener("focus", () => {
    if (said.textContent === unfinished) say(null);
  });
  field.addEventListener("blur", () => {
    const words = typed.get(name);
    if (words === undefined) return;
    const day = read(words) ?? "";
    if (day || place.value() || !words.trim()) show(place.value());
    else sayUnfinished();
  });
  field.setAttribute("aria-keyshortcuts", "ArrowDown");
  const longest = `${dayInWords(LONGEST, terms)} · ${distance(LONGEST, terms)}`;
  return { below: make("div", { class: "coaching-day", "data-longest": longest }, said, chips), said, set };
}
