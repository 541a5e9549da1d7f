// @ts-check
// The room in which a session takes place: one part of it is open, the others are one quiet line each, and a map says where
// one is. A notebook has one room. Each widget has its own copy of this module, so the rooms stand on the page.
/** @import { State } from "./keeping.js" */
/** @import { FormMessage, PageMessage } from "./messages.js" */
/** @import { Find } from "./lock.js" */
import { make } from "./elements.js";
import { isOfReview, partOf, placeOf } from "./keys.js";
import { openCard } from "./over.js";
import { say, toSay } from "./say.js";
import { leaveFocus, showLarge } from "./silence.js";

export const PARTS = ["opening", "yourself", "dreams", "who_what_when", "closing"];
const ORDER = ["beginning", "preparation", ...PARTS];
// A notebook so wide, in letters, has room for the map beside its column; in one so slim the map has a line of its own.
const WIDE_REM = 66;
const SLIM_REM = 62;
/** @type {State[]} */
const WORST_FIRST = ["lost", "late", "busy", "kept"];
/** @type {[string, string][]} */
const KEYS = [
  [toSay("Tab"), toSay("from words to words")],
  [
    toSay("Ctrl →, Ctrl ←"),
    toSay("to the next part, or the one before; in a field, from the end or the beginning of its words"),
  ],
  [toSay("Alt Page Down, Alt Page Up"), toSay("the same, from anywhere")],
  ["F2", toSay("in a field: who may read its words")],
  [toSay("1 to 6"), toSay("on the line of a promise: what became of it; 0 takes it back")],
  [toSay("1 to 3"), toSay("on a line of notes: what becomes of it")],
  [toSay("Esc"), toSay("ask, then be still")],
  ["F8", toSay("the question alone, to be read from afar")],
  ["F3", toSay("in the preparation and in the review: look for words that were said")],
  [toSay("Ctrl L"), toSay("lock")],
  ["?", toSay("outside a field: these keys")],
];

/**
 * A form as its room knows it; `send` tells the kernel.
 *
 * @typedef {object} Part
 * @property {string} key
 * @property {string} title
 * @property {string} step
 * @property {string | null} gate
 * @property {boolean} begun
 * @property {boolean} marked
 * @property {State} state
 * @property {string} said
 * @property {(message: PageMessage) => void} send
 */

export class Room {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    /** @type {Map<HTMLElement, Part>} */
    this.parts = new Map();
    /** @type {string | null} */
    this.place = null;
    this.open = "";
    this.waiting = "";
    /** @type {Map<string, HTMLElement>} */
    this.steps = new Map();
    this.before = make("ul", {});
    this.talk = make("ol", {});
    this.kept = make("p", { class: "coaching-kept", "aria-live": "off" });
    this.time = make("p", { class: "coaching-together", "aria-live": "off" });
    this.element = make(
      "div",
      { class: "coaching-map" },
      make("nav", { "aria-label": say("The parts of the session") }, this.before, this.talk),
      this.time,
      this.kept,
    );
    this.element.addEventListener("keydown", (event) => this.press(event));
    const sizes = new ResizeObserver(() => {
      const width = host.clientWidth / Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      host.classList.toggle("coaching-wide", width >= WIDE_REM);
      host.classList.toggle("coaching-slim", width < SLIM_REM);
      // What stands in the strip may need a line more.
      const height = this.element.parentElement?.offsetHeight;
      host.style.setProperty("--coaching-strip", height ? `${height}px` : "");
    });
    for (const sized of [host, this.before, this.talk]) sizes.observe(sized);
  }

  /**
   * A form has been drawn anew. Which part is open the kernel says of a session that was not here before.
   *
   * @param {HTMLElement} el
   * @param {FormMessage} message
   * @param {(message: PageMessage) => void} send
   */
  take(el, { key, title, gate, room }, send) {
    if (!room) return;
    const before = this.parts.get(el);
    const { state = "", said = "" } = before?.key === key ? before : {};
    this.parts.set(el, { key, title, step: room.step, gate, begun: room.begun, marked: false, state, said, send });
    if (this.place !== placeOf(key)) {
      this.place = placeOf(key);
      this.open = room.open;
    }
    el.dataset.room = partOf(key);
    el.append(this.lineTo(partOf(key), title, gate));
    this.draw();
  }

  /** @param {HTMLElement} el */
  lose(el) {
    this.parts.delete(el);
    this.draw();
  }

  /**
   * Under the lock nothing of a session is on the map.
   *
   * @param {HTMLElement} el
   */
  blank(el) {
    this.parts.delete(el);
    this.steps.clear();
    for (const list of [this.before, this.talk]) list.replaceChildren();
    for (const line of [this.time, this.kept]) line.textContent = "";
  }

  /**
   * What is new of a form: whether it is begun, or to be looked at, and whether its words are kept.
   *
   * @param {HTMLElement} el
   * @param {Partial<Pick<Part, "begun" | "marked" | "state" | "said">>} news
   */
  tell(el, news) {
    const part = this.parts.get(el);
    if (!part) return;
    Object.assign(part, news);
    this.drawMap();
  }

  /**
   * Words wait on the page that none of its forms shows.
   *
   * @param {string} text
   */
  sayWaiting(text) {
    this.waiting = text;
    this.sayKept();
  }

  /**
   * Turn to a part of the session, and into its first field.
   *
   * @param {string} name
   */
  turn(name) {
    const turnedTo = this.partNamed(name);
    if (!turnedTo) return;
    const [el, part] = turnedTo;
    // What was opened on purpose, as it is not for both to read, closes by itself.
    for (const fold of this.openForm?.querySelectorAll("details:not([data-stays])") ?? []) fold.removeAttribute("open");
    this.open = name;
    this.draw();
    part.send({ type: "turn", part: name });
    el.scrollIntoView({ block: "start" });
    firstField(el).focus({ preventScroll: true });
  }

  /** @param {1 | -1} by */
  step(by) {
    const there = ORDER.filter((name) => this.partNamed(name));
    const next = there[there.indexOf(this.open) + by];
    if (next) this.turn(next);
  }

  /** @param {string} name */
  partNamed(name) {
    return [...this.parts].findLast(([, { key }]) => partOf(key) === name);
  }

  get openForm() {
    return this.partNamed(this.open)?.[0];
  }

  /**
   * The keys of the room; what a field needs for itself stays with it.
   *
   * @param {KeyboardEvent} event
   */
  press(event) {
    if (event.defaultPrevented || event.metaKey || event.isComposing) return;
    const act = this.actOf(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {(() => void) | null}
   */
  actOf({ key, ctrlKey, altKey, shiftKey, target }) {
    const turns = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 };
    const by = Reflect.get(turns, key);
    if (
      by &&
      ((altKey && !ctrlKey && key.startsWith("Page")) || (ctrlKey && !altKey && isAtEdge(target, key, shiftKey)))
    )
      return () => this.step(by);
    if (ctrlKey || altKey) return null;
    const asked = this.openForm?.querySelector(".coaching-asked");
    if (key === "Escape" && asked) return () => asked.querySelector("button")?.click();
    if (key === "F8" && asked) return () => showLarge(asked.querySelector("p")?.textContent ?? "");
    if (key === "?" && !isText(target)) return showKeys;
    return null;
  }

  draw() {
    // In a view of one output the part that is open may never come; in a notebook all of them do.
    const isWhole = this.partNamed(this.open) || this.host.matches(".jp-NotebookPanel, [data-voila]");
    for (const [el, { key }] of this.parts)
      el.classList.toggle("coaching-away", Boolean(isWhole) && partOf(key) !== this.open);
    this.drawMap();
  }

  // A step that is there stays the same element: it may be under a finger.
  drawMap() {
    for (const name of ORDER) {
      const part = this.partNamed(name)?.[1];
      const step = this.steps.get(name) ?? (part && this.stepTo(name));
      if (!step) continue;
      step.hidden = !part;
      if (part) this.drawStep(step, part);
    }
    this.sayKept();
  }

  /** @param {string} name */
  stepTo(name) {
    const button = make(
      "button",
      { type: "button", class: "coaching-step", onmousedown: leaveFocus, onclick: () => this.turn(name) },
      make("span", { class: "coaching-dot", "aria-hidden": "true" }),
      make("span", { dir: "auto" }),
      make("span", { class: "coaching-unseen" }),
    );
    const step = make("li", {}, button);
    this.steps.set(name, step);
    const list = PARTS.includes(name) ? this.talk : this.before;
    const later = ORDER.slice(ORDER.indexOf(name)).map((other) => this.steps.get(other));
    list.insertBefore(step, later.find((other) => other !== step && other?.parentNode === list) ?? null);
    return step;
  }

  /**
   * @param {HTMLElement} step
   * @param {Part} part
   */
  drawStep(step, { key, step: name, begun, marked }) {
    const button = step.querySelector("button");
    const [, words, more] = button?.children ?? [];
    if (!button || !words || !more) return;
    button.classList.toggle("begun", begun);
    button.classList.toggle("marked", marked);
    if (partOf(key) === this.open) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
    setText(words, name);
    const states = [begun && say("begun"), marked && say("something is still open here")].filter(Boolean);
    setText(more, states.map((state) => `, ${state}`).join(""));
  }

  // One state for all parts: the worst, as nobody may take one part's "kept" for the whole.
  sayKept() {
    const all = [...this.parts.values()];
    const state = this.waiting ? "lost" : (WORST_FIRST.find((worst) => all.some((part) => part.state === worst)) ?? "");
    const said = all.filter((part) => part.state === state).map((part) => part.said);
    const latest = said.toSorted((one, other) => one.localeCompare(other)).at(-1);
    this.kept.dataset.state = state;
    setText(this.kept, this.waiting || (state === "kept" ? latest : said[0]) || "");
  }

  /**
   * What stands in place of a part that is not open.
   *
   * @param {string} name
   * @param {string} title
   * @param {string | null} gate
   */
  lineTo(name, title, gate) {
    return make(
      "button",
      { type: "button", class: "coaching-line", onclick: () => this.turn(name) },
      make("span", { dir: "auto" }, title),
      gate ? make("span", { class: "coaching-hint" }, gate) : null,
    );
  }
}

/** @param {EventTarget | null} target */
function isText(target) {
  return (
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.selectionStart !== null)
  );
}

/**
 * Whether an arrow has nowhere to go in its field.
 *
 * @param {EventTarget | null} target
 * @param {string} key
 * @param {boolean} selects
 */
function isAtEdge(target, key, selects) {
  if (!key.startsWith("Arrow") || selects) return false;
  if (!isText(target)) return true;
  const { selectionStart, selectionEnd, value } = /** @type {HTMLTextAreaElement} */ (target);
  return selectionStart === selectionEnd && selectionStart === (key === "ArrowRight" ? value.length : 0);
}

/**
 * @param {Element} element
 * @param {string} text
 */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function showKeys() {
  const terms = KEYS.flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, say(key))), make("dd", {}, say(what))]);
  openCard(say("Keys"), make("dl", { class: "coaching-keys" }, ...terms));
}

/** @param {HTMLElement} el */
export function firstField(el) {
  // What became of promises is asked; elsewhere such a line is of what may be told, and one comes to write.
  const lines = el.dataset.room === "opening" ? ", .coaching-outcome > summary" : "";
  const fields = el.querySelectorAll(`.coaching-body :is(textarea, input, select${lines})`);
  return [...fields].filter((field) => field instanceof HTMLElement).find((field) => field.checkVisibility()) ?? el;
}

/**
 * The room of a notebook.
 *
 * @param {HTMLElement} host
 */
export function roomOf(host) {
  window.coachingRooms ??= new WeakMap();
  const room = window.coachingRooms.get(host) ?? new Room(host);
  window.coachingRooms.set(host, room);
  return room;
}

/** @param {string} key */
export const isOfRoom = (key) => !isOfReview(key) && ORDER.includes(partOf(key));
