// @ts-check
// What the session forms of a page share, although each widget has its own copy of this module: how long two people have
// been together, where the view belongs after Run All, and the control for help. Nothing of it outlives the page.
/** @import { Find } from "./lock.js" */
/** @import { FormMessage, PageMessage } from "./messages.js" */
import { helpControl } from "./help.js";
import { tellOfHook } from "./hook.js";
import { isOfReview, isOfSession, partOf, placeOf } from "./keys.js";
import { hostOf, isFree, onceInPlace } from "./lock.js";
import { firstField, isOfRoom, PARTS, roomOf } from "./room.js";
import { say, sayCounted } from "./say.js";
import { openByKey } from "./search.js";
import { stripOf } from "./strip.js";
import { answerUninvited } from "./uninvited.js";
import { tellWaiting } from "./waiting.js";

const MINUTE_MS = 60_000;
const MINUTES_PER_HOUR = 60;
const SETTLED_MS = 200;
const WAITING_MS = 1000;
const LATE_MS = 30_000;

/** @typedef {{ key: string, find: Find, enter: (host: HTMLElement) => void, host?: HTMLElement }} Form */
/** @typedef {Map<HTMLElement, Form>} Forms */

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
    // Somebody who already moves about is not moved by anybody else.
    for (const kind of ["wheel", "pointerdown", "keydown", "click", "input", "drop"])
      document.addEventListener(kind, () => this.stay(), { capture: true, passive: true });
    document.addEventListener("keydown", openByKey, true);
    answerUninvited(() => this.typing()?.closest(".coaching-form"));
  }

  /**
   * A form has been drawn; `find` returns one of its controls by name, and `send` tells its kernel.
   *
   * @param {HTMLElement} el
   * @param {FormMessage} message
   * @param {Find} find
   * @param {(message: PageMessage) => void} send
   */
  shown(el, message, find, send) {
    const { key, held } = message;
    onceInPlace(el, () => tellOfHook(el));
    if (isOfReview(key)) {
      if (key === "review/choice" && !this.reviews.has(el)) onceInPlace(el, () => this.arriveAt(el));
      this.reviews.add(el);
      return;
    }
    const was = this.forms.get(el);
    if (held && was?.key !== key && !this.began.has(placeOf(key))) this.resumed.add(placeOf(key));
    /** @param {HTMLElement} host */
    const enter = (host) => {
      if (isOfRoom(key)) roomOf(host).take(el, message, send);
      this.sayTogether(placeOf(key));
    };
    this.forms.set(el, { ...was, key, find, enter });
    this.lookForWaiting();
    if (was?.host) enter(was.host);
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
    form.enter(form.host);
    if (isOfRoom(form.key)) strip.prepend(roomOf(form.host).element);
    if (!strip.querySelector(".coaching-get-help")) strip.append(helpControl());
    if (partOf(form.key) === "beginning" || this.arriving)
      this.arrive(() => (this.typing() ? this.goBack() : this.goToBeginning()));
  }

  /**
   * The room that a form stands in.
   *
   * @param {HTMLElement} el
   */
  roomOf(el) {
    const { key, host } = this.forms.get(el) ?? {};
    return key && host && isOfRoom(key) ? roomOf(host) : null;
  }

  /** @param {HTMLElement} el */
  gone(el) {
    this.roomOf(el)?.lose(el);
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

  // A review is read from its beginning; what was drawn meanwhile may let JupyterLab scroll again, to its last cell.
  /** @param {HTMLElement} el */
  arriveAt(el) {
    const go = () => el.isConnected && el.scrollIntoView({ block: "start" });
    this.arrive(go);
    const again = () => {
      if (this.arriving === undefined) document.removeEventListener("scroll", again, true);
      else this.arrive(go);
    };
    document.addEventListener("scroll", again, { capture: true, passive: true });
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

  // Before there is a session, what is typed next is a passphrase or a name; in one, a word in the part that is open, once
  // all its forms have come: until then somebody may be running cell after cell.
  goToBeginning() {
    const forms = [...this.forms];
    const at = forms.findLastIndex(([, { key }]) => partOf(key) === "beginning");
    const [el, form] = forms[at] ?? [];
    if (!el || !form) return;
    // One that came before is of an earlier run.
    const isWhole = forms.slice(at).some(([, { key, host }]) => partOf(key) === "closing" && host === form.host);
    const asked = form.key.startsWith("new/") ? (form.find("opening") ?? form.find("name")) : null;
    const open = isWhole ? (this.roomOf(el)?.openForm ?? el) : el;
    open.scrollIntoView({ block: "start" });
    if (isFree(document.activeElement)) (asked ?? (isWhole ? firstField(open) : null))?.focus({ preventScroll: true });
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
    this.sayTogether(place);
    setTimeout(() => this.passing(place), MINUTE_MS - (this.since(place) % MINUTE_MS));
  }

  /** @param {string} place */
  sayTogether(place) {
    for (const { host } of this.forms.values()) {
      const room = host && roomOf(host);
      if (room?.place === place) room.time.textContent = this.together(place);
    }
  }

  /** @param {string} place */
  since(place) {
    const now = Date.now();
    return now - (this.began.get(place) ?? now);
  }

  /** @param {string} place */
  together(place) {
    const minutes = Math.floor(this.since(place) / MINUTE_MS);
    if (minutes < 1) return "";
    const hours = Math.floor(minutes / MINUTES_PER_HOUR);
    const rest = minutes % MINUTES_PER_HOUR;
    const time = [
      hours ? sayCounted("{count} hour", "{count} hours", hours) : "",
      rest ? sayCounted("{count} minute", "{count} minutes", rest) : "",
    ]
      .filter(Boolean)
      .join(" ");
    return this.resumed.has(place) ? say("at least {time} together", { time }) : say("{time} together", { time });
  }
}

/** @param {HTMLElement} element */
function bringIntoView(element) {
  const around = (element.closest(".jp-WindowedPanel-outer") ?? document.documentElement).getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  if (top < around.top || bottom > around.bottom) element.scrollIntoView({ block: "center" });
}

window.coachingPresence ??= new Presence();
export const presence = window.coachingPresence;
