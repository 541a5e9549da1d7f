// @ts-check
// What the session forms of a page share, although each widget has its own copy of this module: how long two people have
// been together, where the view belongs after Run All, and the control for help. Nothing of it outlives the page.
/** @import { Find } from "./lock.js" */
/** @import { FormMessage } from "./messages.js" */
import { make } from "./elements.js";
import { helpControl } from "./help.js";
import { tellOfHook } from "./hook.js";
import { isOfReview, isOfSession, partOf, placeOf } from "./keys.js";
import { hostOf, isFree, onceInPlace } from "./lock.js";
import { stripOf } from "./strip.js";
import { answerUninvited } from "./uninvited.js";
import { tellWaiting } from "./waiting.js";

const PARTS = ["opening", "yourself", "dreams", "who_what_when", "closing"];
const MINUTE_MS = 60_000;
const SETTLED_MS = 200;
const WAITING_MS = 1000;
const LATE_MS = 30_000;

/** @typedef {{ key: string, find: Find, host?: HTMLElement }} Form */
/** @typedef {Map<HTMLElement, Form>} Forms */

/**
 * @param {number} number
 * @param {string} what
 */
const counted = (number, what) => (number ? `${number} ${what}${number === 1 ? "" : "s"} ` : "");

export class Presence {
  constructor() {
    /** @type {Forms} */
    this.forms = new Map();
    /** @type {WeakSet<HTMLElement>} */
    this.reviews = new WeakSet();
    /** @type {Map<string, number>} */
    this.began = new Map();
    /** @type {Set<string>} */
    this.resumed = new Set();
    /** @type {number | undefined} */
    this.arriving = undefined;
    /** @type {number | undefined} */
    this.looking = undefined;
    /** @type {{ key: string, name: string | null } | null} */
    this.last = null;
    /** @type {{ key: string, name: string | null } | null} */
    this.lastInSession = null;
    for (const kind of ["input", "click"]) document.addEventListener(kind, (event) => this.touched(event.target), true);
    let pressed = false;
    for (const kind of ["pointerdown", "pointerup", "pointercancel"])
      document.addEventListener(
        kind,
        () => {
          pressed = kind === "pointerdown";
        },
        true,
      );
    // What moves under a pressed mouse button is not clicked.
    document.addEventListener(
      "focusin",
      ({ target }) => {
        if (!pressed && target instanceof Element) clearOfFoot(target);
      },
      true,
    );
    // Somebody who already moves about is not moved by anybody else.
    for (const kind of ["wheel", "pointerdown", "keydown", "click", "input", "drop"])
      document.addEventListener(kind, () => this.stay(), { capture: true, passive: true });
    answerUninvited(() => this.typing()?.closest(".coaching-form"));
  }

  /**
   * A form has been drawn; `find` returns one of its controls by name.
   *
   * @param {HTMLElement} el
   * @param {FormMessage} message
   * @param {Find} find
   */
  shown(el, { key, held }, find) {
    const part = partOf(key);
    onceInPlace(el, () => tellOfHook(el));
    if (isOfReview(key)) {
      if (key === "review/choice" && !this.reviews.has(el))
        onceInPlace(el, () => this.arrive(() => el.scrollIntoView({ block: "start" })));
      this.reviews.add(el);
      return;
    }
    const was = this.forms.get(el);
    if (held && was?.key !== key && !this.began.has(placeOf(key))) this.resumed.add(placeOf(key));
    this.forms.set(el, { ...was, key, find });
    this.lookForWaiting();
    if (PARTS.includes(part))
      el.querySelector("header")?.append(
        make("p", { class: "coaching-together", "aria-live": "off" }, this.together(placeOf(key))),
      );
    if (!was) onceInPlace(el, () => this.stands(el));
    else if (was.key.startsWith("new/") && key === this.lastInSession?.key && this.isDoneWith(document.activeElement)) {
      this.last = this.lastInSession;
      this.goBack(true);
    }
  }

  /**
   * Another workbook is still locked, and its passphrase is asked for where this one's was: nobody has begun with it.
   *
   * @param {Element | null} active
   */
  isDoneWith(active) {
    if (isFree(active)) return true;
    const key = this.formOf(active)?.key;
    if (!key || partOf(key) !== "beginning") return false;
    return (
      active instanceof HTMLButtonElement ||
      (active instanceof HTMLInputElement && active.type === "password" && !active.value)
    );
  }

  /** @param {EventTarget | null} target */
  formOf(target) {
    /** @type {HTMLElement | null} */
    const el = target instanceof Element ? target.closest(".coaching-form") : null;
    return el && this.forms.get(el);
  }

  /**
   * The field of a form that somebody is in. A passphrase is typed on the way back to it.
   *
   * @param {string} key
   * @param {string | null} name
   */
  focused(key, name) {
    if (isOfReview(key)) return;
    this.last = { key, name };
    if (isOfSession(key)) this.lastInSession = this.last;
  }

  /** @param {HTMLElement} el */
  stands(el) {
    const form = this.forms.get(el);
    if (!form) return;
    form.host = hostOf(el);
    const strip = stripOf(form.host);
    if (!strip.querySelector(".coaching-get-help")) strip.append(helpControl());
    if (partOf(form.key) === "beginning" || this.arriving)
      this.arrive(() => (this.typing() ? this.goBack() : this.goToBeginning()));
  }

  /** @param {HTMLElement} el */
  gone(el) {
    this.forms.delete(el);
    this.lookForWaiting();
  }

  /**
   * JupyterLab leaves the view at the last cell. It goes where somebody was typing, or to the first form, and does so
   * again for each form that comes late, until somebody moves.
   *
   * @param {() => void} go
   */
  arrive(go) {
    this.stay();
    this.arriving = setTimeout(() => {
      this.arriving = setTimeout(() => this.stay(), LATE_MS);
      go();
    }, SETTLED_MS);
  }

  stay() {
    clearTimeout(this.arriving);
    this.arriving = undefined;
  }

  typing() {
    const [el, form] = [...this.forms].find(([, { key }]) => key === this.last?.key) ?? [];
    return form?.find(this.last?.name) ?? el;
  }

  // JupyterLab leaves the focus on a cell too, where each letter typed on would be one of its commands.
  goBack(isDone = false) {
    const typing = this.typing();
    if (!typing) return;
    bringIntoView(typing);
    if (isDone || isFree(document.activeElement)) typing.focus({ preventScroll: true });
  }

  // Before there is a session, what is typed next is a passphrase or a name; in one, the way by Tab begins there once all
  // its forms have come: until then somebody may be running cell after cell.
  goToBeginning() {
    const forms = [...this.forms];
    const at = forms.findLastIndex(([, { key }]) => partOf(key) === "beginning");
    const [el, form] = forms[at] ?? [];
    if (!el || !form) return;
    el.scrollIntoView({ block: "start" });
    if (!isFree(document.activeElement)) return;
    const asked = form.key.startsWith("new/") ? (form.find("opening") ?? form.find("name")) : null;
    // One that came before is of an earlier run.
    const isWhole = forms.slice(at).some(([, { key, host }]) => partOf(key) === "closing" && host === form.host);
    (asked ?? (isWhole ? el : null))?.focus({ preventScroll: true });
  }

  // Forms come one after the other.
  lookForWaiting() {
    clearTimeout(this.looking);
    this.looking = setTimeout(() => tellWaiting(this.forms), WAITING_MS);
  }

  /**
   * The first word or click in a part begins the time together.
   *
   * @param {EventTarget | null} target
   */
  touched(target) {
    const key = this.formOf(target)?.key;
    if (!key || !PARTS.includes(partOf(key)) || key.startsWith("new/") || this.began.has(placeOf(key))) return;
    this.began.set(placeOf(key), Date.now());
    this.passing(placeOf(key));
  }

  /** @param {string} place */
  passing(place) {
    for (const [el, { key }] of this.forms) {
      const line = placeOf(key) === place && el.querySelector(".coaching-together");
      if (line) line.textContent = this.together(place);
    }
    setTimeout(() => this.passing(place), MINUTE_MS - (this.since(place) % MINUTE_MS));
  }

  /** @param {string} place */
  since(place) {
    const now = Date.now();
    return now - (this.began.get(place) ?? now);
  }

  /** @param {string} place */
  together(place) {
    const minutes = Math.floor(this.since(place) / MINUTE_MS);
    const least = this.resumed.has(place) ? "at least " : "";
    return minutes > 0
      ? `${least}${counted(Math.floor(minutes / 60), "hour")}${counted(minutes % 60, "minute")}together`
      : "";
  }
}

/** @param {HTMLElement} element */
function bringIntoView(element) {
  const around = (element.closest(".jp-WindowedPanel-outer") ?? document.documentElement).getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  if (top < around.top || bottom > around.bottom) element.scrollIntoView({ block: "center" });
}

/**
 * A browser takes a field that lies under the foot for one in sight.
 *
 * @param {Element} element
 */
export function clearOfFoot(element) {
  const foot = element.closest(".coaching-form")?.querySelector(".coaching-foot");
  if (!foot || foot.contains(element) || element.contains(foot)) return;
  const field = element.closest("label") ?? element;
  if (field.getBoundingClientRect().bottom > foot.getBoundingClientRect().top)
    field.scrollIntoView({ block: "nearest" });
}

window.coachingPresence ??= new Presence();
export const presence = window.coachingPresence;
