// @ts-check
// Ask, then be still: a quiet screen after a question, and much later one quiet line under it. It happens on this page
// alone, and nobody is told of it.
import { elementId, make } from "./elements.js";
import { standOver } from "./over.js";
import { say, toSay } from "./say.js";

const STILL_MS = 8000;
const PATIENT_MS = 20_000;
const TAKE_YOUR_TIME = toSay("take your time, or leave it");

// Pressed with the mouse, a button would take the focus from the field to which it is to go back.
/** @param {Event} event */
export function leaveFocus(event) {
  event.preventDefault();
}

/** @param {HTMLElement} words */
export function askable(words) {
  const patient = make("p", { class: "coaching-patient" });
  const button = make(
    "button",
    {
      type: "button",
      class: "coaching-quiet",
      onmousedown: leaveFocus,
      onclick: () => beStill(words.textContent, patient),
    },
    say("Ask, then be still"),
  );
  return make("div", { class: "coaching-asked" }, make("div", { class: "coaching-question" }, words, button), patient);
}

/**
 * @param {string} question
 * @param {HTMLElement} patient
 */
function beStill(question, patient) {
  const id = elementId();
  const layer = make(
    "dialog",
    {
      class: "coaching-over coaching-still",
      tabindex: "-1",
      autofocus: true,
      "aria-labelledby": id,
      "aria-describedby": `${id}-how`,
      "data-lm-suppress-shortcuts": "true",
    },
    make("p", { class: "coaching-still-words", id, dir: "auto" }, question),
    make("div", { class: "coaching-breath", "aria-hidden": "true" }),
    make(
      "p",
      { class: "coaching-still-how", id: `${id}-how` },
      make("span", { class: "coaching-unseen" }, say("Eight seconds of silence."), " "),
      say("Any key ends it."),
    ),
  );
  window.coachingPatience?.();
  const timer = setTimeout(() => {
    end();
    letKeysGo();
  }, STILL_MS);
  const end = () => {
    if (!layer.open) return;
    clearTimeout(timer);
    close();
    window.coachingPatience = bePatient(patient);
  };
  const letKeysGo = holdKeys(end);
  layer.addEventListener("click", () => {
    end();
    letKeysGo();
  });
  layer.addEventListener("cancel", (event) => {
    event.preventDefault();
    end();
    letKeysGo();
  });
  const close = standOver(layer);
}

/**
 * The question alone, to be read from two metres: no word of anybody is on the screen. Any key or click ends it.
 *
 * @param {string} question
 */
export function showLarge(question) {
  const layer = make(
    "dialog",
    {
      class: "coaching-over coaching-still coaching-large",
      tabindex: "-1",
      autofocus: true,
      "data-lm-suppress-shortcuts": "true",
    },
    make("p", { class: "coaching-still-words", dir: "auto" }, question),
    make("p", { class: "coaching-still-how" }, say("Any key goes back.")),
  );
  const letKeysGo = holdKeys(() => close());
  for (const kind of ["click", "cancel"])
    layer.addEventListener(kind, () => {
      close();
      letKeysGo();
    });
  const close = standOver(layer);
}

// Keep the keyboard from everything else until a key has been pressed and released. A key that is still held down is the
// one that opened the screen, or the one that ended it: neither it nor what it makes of another may reach a field.
/** @param {() => void} pressed */
function holdKeys(pressed) {
  /** @type {string | null} */
  let first = null;
  /** @param {KeyboardEvent} event */
  const hold = (event) => {
    const isNew = event.type === "keydown" && !event.repeat;
    if (first && isNew && !event.getModifierState(first)) {
      letGo();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (first && event.type === "keyup" && event.key === first) letGo();
    if (!first && isNew) {
      first = event.key;
      pressed();
    }
  };
  const kinds = /** @type {const} */ (["keydown", "keypress", "keyup"]);
  const letGo = () => {
    for (const kind of kinds) window.removeEventListener(kind, hold, true);
  };
  for (const kind of kinds) window.addEventListener(kind, hold, true);
  return letGo;
}

// Say one quiet thing if nobody has typed for a while; return what ends it.
/** @param {HTMLElement} line */
function bePatient(line) {
  const timer = setTimeout(() => {
    line.textContent = say(TAKE_YOUR_TIME);
  }, PATIENT_MS);
  const stop = () => {
    clearTimeout(timer);
    line.textContent = "";
    document.removeEventListener("input", typed, true);
  };
  /** @param {Event} event */
  const typed = ({ target }) => {
    if (target instanceof Element && target.closest(".coaching-form")) stop();
  };
  document.addEventListener("input", typed, true);
  return stop;
}
