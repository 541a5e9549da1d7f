// @ts-check
// A few options, all in sight, of which one is chosen.
/** @import { Option } from "./messages.js" */
import { elementId, make } from "./elements.js";

/**
 * Return the options as they are shown, the first of them, and what sets which one is chosen.
 *
 * @param {Option[]} options
 * @param {(value: string) => void} choose
 */
export function optionsOf(options, choose) {
  const group = elementId();
  const radios = options.map(([value]) => {
    const radio = make("input", { type: "radio", name: group, value, autocomplete: "off" });
    radio.addEventListener("change", () => choose(value));
    return radio;
  });
  const labels = options.map(([, label], at) =>
    make("label", { class: "coaching-option" }, radios[at], make("span", {}, label)),
  );
  /** @param {string} chosen */
  const set = (chosen) => {
    for (const radio of radios) radio.checked = radio.value === chosen;
  };
  return { labels, first: radios[0], set };
}
