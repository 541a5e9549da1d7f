// @ts-check
// The strip below a notebook: always in sight, and over nothing. What stands in it comes from forms, from their lock, and
// from the extension of JupyterLab, whose word stays when the last form goes.
import { make } from "./elements.js";

/** @param {HTMLElement} host */
export function stripOf(host) {
  const strip =
    host.querySelector(":scope > .coaching-help") ??
    make("div", { class: "coaching-over coaching-help", "data-lm-suppress-shortcuts": "true" });
  if (!strip.parentNode) host.append(strip);
  return strip;
}

/** @param {HTMLElement} host */
export function clearStrip(host) {
  const strip = host.querySelector(":scope > .coaching-help");
  for (const child of strip?.querySelectorAll(":scope > :not(.coaching-shell)") ?? []) child.remove();
  if (!strip?.children.length) strip?.remove();
}
