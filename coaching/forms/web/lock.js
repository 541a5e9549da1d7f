// @ts-check
// The lock, as a page sees it: a cover over all forms and views of a kernel. Under it no word is in the page's elements;
// what is not kept yet waits in memory. The cover goes when the kernel says so, which it does for the passphrase alone.
/** @import { Caret } from "./caret.js" */
/** @import { KernelMessage, LockedMessage, LockTerms, PageMessage } from "./messages.js" */
import { caretOf, putCaret } from "./caret.js";
import { elementId, make, newId } from "./elements.js";
import { learn, say, toSay } from "./say.js";
import { clearStrip, stripOf } from "./strip.js";
import { noAnswer } from "./wayon.js";

/**
 * A form or view, as its lock knows it: it can send, be blank, rest, flush what is not kept and say whether all is, ask
 * for what it shows, and say where in it somebody is. `host` is the notebook in which it stands.
 *
 * @typedef {object} Member
 * @property {(message: PageMessage) => void} send
 * @property {() => void} blank
 * @property {() => void} rest
 * @property {() => void} flush
 * @property {() => boolean} isKept
 * @property {() => void} greet
 * @property {(element: Element) => Place} [where]
 * @property {HTMLElement | null} [host]
 */
/** @typedef {{ key?: string, name?: string | null, caret?: Caret }} Place */
/** @typedef {(name: string | null | undefined) => HTMLElement | undefined} Find */
/**
 * The cover over one notebook.
 *
 * @typedef {object} Layer
 * @property {HTMLElement} element
 * @property {boolean} asks
 * @property {HTMLInputElement | null} field
 * @property {HTMLElement} problem
 * @property {HTMLElement} said
 * @property {HTMLElement} first
 */

window.coachingPage ??= newId();
export const pageName = window.coachingPage;
const BEAT_MS = 10_000;
// In place of words, wherever messages are held on their way.
const BLANK = " ".repeat(16_384);
const LOOK_MS = 50;
const LATE_TO_KEEP_MS = 2500;
const LOCK_ANYWAY_MS = 5000;
const NO_ANSWER_MS = 8000;
const PAST_LOCKING = new Set(["kept", "refused"]);
const COVERED = toSay("What you have written is covered until somebody types the passphrase.");
const ONLY_COVERED = toSay(
  "This workbook has no passphrase. What you have written is only covered on this page; whoever gets at the disk can read it.",
);
const WAITS = toSay(
  "NOT KEPT yet: what was typed last waits here, covered. It is kept as soon as the notebook answers.",
);
const WAITS_LOCKED = toSay(
  "NOT KEPT yet: what was typed last waits here, covered. It is kept when you unlock; do not reload.",
);

export class Locks {
  constructor() {
    /** @type {Map<string, Lock>} */
    this.locks = new Map();
    /**
     * The forms and views that are covered.
     *
     * @type {WeakSet<HTMLElement>}
     */
    this.covered = new WeakSet();
    this.moved = Date.now();
    for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "input"]) {
      window.addEventListener(
        kind,
        () => {
          this.moved = Date.now();
        },
        { capture: true, passive: true },
      );
    }
    document.addEventListener("keydown", (event) => this.press(event), true);
    document.addEventListener("visibilitychange", () => {
      for (const lock of this.locks.values()) lock.beat();
    });
    // A page that is left may come back as it was.
    window.addEventListener("pagehide", () => {
      for (const lock of this.locks.values()) lock.leave();
    });
  }

  /**
   * A form or view comes under the lock of its kernel with the first message that names it.
   *
   * @param {HTMLElement} el
   * @param {Member} member
   */
  attend(el, member) {
    /** @type {Lock | null} */
    let lock = null;
    onceInPlace(el, () => {
      member.host = el.isConnected ? hostOf(el) : null;
      lock?.settle(el);
    });
    return {
      /**
       * Whether a message is the lock's own, or may not be shown now.
       *
       * @param {KernelMessage} message
       */
      hears: (message) => {
        if ("spoken" in message && message.spoken) learn(message.spoken);
        if ("lock" in message && message.lock) {
          lock = this.of(message.lock);
          lock.take(el, member, message.lock);
        }
        if (lock?.hear(message)) return true;
        return Boolean(lock?.isCovered) && !PAST_LOCKING.has(message.type);
      },
      /**
       * @param {string} [key]
       * @param {Find} [find]
       */
      shown: (key, find) => lock?.shown(el, key, find),
      leave: () => lock?.lose(el),
    };
  }

  /** @param {LockTerms} terms */
  of(terms) {
    const lock = this.locks.get(terms.of) ?? new Lock(this, terms);
    this.locks.set(terms.of, lock);
    return lock;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const isOurs =
      event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey && event.key.toLowerCase() === "l";
    const at = event.target instanceof Element ? event.target : document.body;
    const isHere =
      at === document.body ||
      at.closest(".coaching-form, .coaching-view, .coaching-over, .jp-NotebookPanel:has(> .coaching-help)");
    const lock = isOurs && isHere && [...this.locks.values()].find((one) => one.isInSight(at));
    if (!lock) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    lock.lock();
  }
}

class Lock {
  /**
   * @param {Locks} page
   * @param {LockTerms} terms
   */
  constructor(page, terms) {
    this.page = page;
    /** @type {Map<HTMLElement, Member>} */
    this.members = new Map();
    /** @type {Map<HTMLElement, Layer>} */
    this.layers = new Map();
    this.terms = terms;
    this.asks = false;
    this.isCovered = false;
    this.isLocked = false;
    this.isAsking = false;
    /** @type {Place | null} */
    this.place = null;
    /** @type {number | undefined} */
    this.beating = undefined;
  }

  /**
   * @param {HTMLElement} el
   * @param {Member} member
   * @param {LockTerms} terms
   */
  take(el, member, terms) {
    this.members.set(el, member);
    if (this.beating === undefined || terms.after !== this.terms.after) {
      clearInterval(this.beating);
      this.beating = setInterval(() => this.beat(), Math.min(BEAT_MS, terms.after * 250));
    }
    const { plain, risk } = terms.plain === null ? this.terms : terms;
    this.terms = { ...terms, plain, risk };
    this.settle(el);
  }

  /**
   * A form has got its place: there stands the button; a cover that another kernel has left there goes.
   *
   * @param {HTMLElement} el
   */
  settle(el) {
    const { host } = this.members.get(el) ?? {};
    if (!host) return;
    for (const other of this.page.locks.values()) if (other !== this) other.uncoverAt(host);
    const strip = stripOf(host);
    const plain = strip.querySelector(".coaching-plain") ?? make("p", { class: "coaching-plain" });
    if (!plain.parentNode) {
      strip.prepend(
        plain,
        make(
          "button",
          {
            type: "button",
            class: "coaching-quiet coaching-lock-now",
            "data-says": "Lock",
            title: say("Ctrl+L"),
            "aria-keyshortcuts": "Control+L",
            onmousedown: (event) => event.preventDefault(),
            onclick: () => lockOf(host)?.lock(),
          },
          say("Lock"),
        ),
      );
    }
    plain.textContent = this.terms.risk ?? "";
    if (this.isCovered) this.cover();
  }

  /** @param {HTMLElement} el */
  lose(el) {
    const { host } = this.members.get(el) ?? {};
    this.members.delete(el);
    if (!host || [...this.members.values()].some((member) => member.host === host)) return;
    this.uncoverAt(host);
    if (!lockOf(host)) clearStrip(host);
  }

  /** @param {Element} at */
  isInSight(at) {
    const hosts = [...this.members.values()].flatMap(({ host }) => (host?.checkVisibility() ? [host] : []));
    return hosts.some((host) => host.contains(at)) || (at === document.body && hosts.length > 0);
  }

  /** @param {KernelMessage} message */
  hear(message) {
    if (message.type === "locking") this.ask();
    else if (message.type === "locked") this.locked(message);
    else if (message.type === "wrong") this.wrong(message.text);
    else if (message.type === "unlocked") this.uncover();
    else return false;
    return true;
  }

  /** @param {PageMessage} message */
  send(message) {
    [...this.members.values()].at(-1)?.send(message);
  }

  beat() {
    if (!this.members.size || !(this.terms.locks || this.isLocked)) return;
    const idle = (Date.now() - this.page.moved) / 1000;
    this.send({ type: "here", idle, hidden: document.hidden });
    // It is the kernel that locks when nobody is there; but it may not answer.
    if (!this.isCovered && idle > this.terms.after + BEAT_MS / 250) this.lock();
  }

  leave() {
    if (!this.terms.locks || !this.members.size) return;
    this.send({ type: "goodbye" });
    this.cover();
  }

  // Somebody locks: everything, wherever it is in use.
  lock() {
    if (this.isCovered) return;
    if (this.terms.locks) this.ask(true);
    else this.cover();
  }

  // Cover, have what is typed kept, and only then let the kernel lock; if that takes long, the words wait on this page.
  ask(everywhere = false) {
    if (this.isCovered) return;
    this.cover();
    for (const member of this.members.values()) member.flush();
    const began = performance.now();
    /** @type {number | null} */
    let asked = null;
    const look = () => {
      if (!this.isCovered || this.isLocked) return;
      const now = performance.now();
      const isKept = this.isKept();
      const isDue = asked === null ? isKept || now - began > LOCK_ANYWAY_MS : now - asked > NO_ANSWER_MS;
      // Whoever has typed the passphrase already would be locked out again.
      if (isDue && !this.isAsking) {
        asked = now;
        this.send({ type: "lock", everywhere, blank: BLANK });
      }
      this.sayWaiting(isKept, now - began);
      setTimeout(look, LOOK_MS);
    };
    look();
  }

  /**
   * Say what has taken so long since somebody locked.
   *
   * @param {boolean} isKept
   * @param {number} passed
   */
  sayWaiting(isKept, passed) {
    if (!isKept && passed > LATE_TO_KEEP_MS) this.report(say(WAITS));
    else if (passed > NO_ANSWER_MS) this.report(noAnswer());
    else if (isKept) this.report("");
  }

  isKept() {
    return [...this.members.values()].every((member) => member.isKept());
  }

  /** @param {LockedMessage} message */
  locked({ asks }) {
    this.cover(asks);
    this.isLocked = true;
    this.isAsking = false;
    const isKept = this.isKept();
    for (const member of this.members.values()) member.rest();
    this.report(isKept ? "" : say(WAITS_LOCKED));
  }

  /** @param {string} text */
  wrong(text) {
    this.isAsking = false;
    this.report("");
    for (const { field, problem } of this.layers.values()) {
      problem.textContent = text;
      field?.setAttribute("aria-invalid", "true");
      field?.focus();
    }
  }

  /** @param {string} text */
  report(text) {
    for (const { said } of this.layers.values()) if (said.textContent !== text) said.textContent = text;
  }

  // What is typed into the cover stays there, whoever says again that it is locked.
  cover(asks = this.isCovered ? this.asks : this.terms.locks) {
    this.asks = asks;
    if (!this.isCovered) {
      this.isCovered = true;
      this.place = this.whereSomebodyIs();
      for (const dialog of document.querySelectorAll("dialog.coaching-over"))
        dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
    }
    this.blankMembers();
    for (const host of new Set([...this.members.values()].map((member) => member.host))) {
      const layer = host && this.layers.get(host);
      if (!host || layer?.asks === asks) continue;
      const isHere =
        layer?.element.contains(document.activeElement) ||
        host.contains(document.activeElement) ||
        document.activeElement === document.body;
      layer?.element.remove();
      const laid = this.lay(host, asks);
      this.layers.set(host, laid);
      if (isHere && host.checkVisibility()) laid.first.focus({ preventScroll: true });
    }
  }

  blankMembers() {
    for (const [el, member] of this.members) {
      if (this.page.covered.has(el)) continue;
      this.page.covered.add(el);
      el.style.minHeight = `${el.offsetHeight}px`;
      member.blank();
      el.replaceChildren();
    }
  }

  /**
   * @param {HTMLElement} host
   * @param {boolean} asks
   * @returns {Layer}
   */
  lay(host, asks) {
    const id = elementId();
    const problem = make("p", { class: "coaching-problem", id: `${id}-problem`, role: "alert" });
    const said = make("p", { class: "coaching-lock-said", role: "status" });
    const field = asks
      ? make("input", {
          id: `${id}-field`,
          type: "password",
          autocomplete: "new-password",
          spellcheck: "false",
          "data-lpignore": "true",
          "aria-describedby": `${id}-problem`,
        })
      : null;
    const open = () => this.open(field);
    field?.addEventListener("keydown", (event) => {
      if (event.key === "Enter") open();
    });
    const button = make(
      "button",
      { type: "button", class: "coaching-primary", onclick: open },
      asks ? say("Unlock") : say("Show it again"),
    );
    const element = make(
      "section",
      {
        class: "coaching-over coaching-lock",
        "aria-labelledby": id,
        "data-lm-suppress-shortcuts": "true",
        translate: "no",
      },
      make(
        "div",
        { class: "coaching-lock-inside" },
        make("h2", { id }, asks ? say("Locked") : say("Covered")),
        make("p", { class: "coaching-lock-words" }, say(asks ? COVERED : ONLY_COVERED)),
        field ? make("label", { for: field.id }, say("Passphrase")) : null,
        make("div", { class: "coaching-lock-row" }, field, button),
        problem,
        said,
      ),
    );
    // A press on what is empty leaves the caret in the field.
    element.addEventListener("mousedown", (event) => {
      if (event.target instanceof Element && !event.target.closest("input, button")) event.preventDefault();
    });
    element.addEventListener("keydown", (event) => event.stopPropagation());
    for (const child of childrenOf(host)) if (!child.matches(".coaching-help")) child.inert = true;
    host.classList.add("coaching-covered");
    host.append(element);
    return { element, asks, field, problem, said, first: field ?? button };
  }

  /** @param {HTMLInputElement | null} field */
  open(field) {
    if (!this.isLocked && !this.terms.locks) {
      this.uncover();
      return;
    }
    if (this.isAsking) return;
    this.isAsking = true;
    for (const { problem } of this.layers.values()) problem.textContent = "";
    field?.removeAttribute("aria-invalid");
    this.report(say("One moment …"));
    this.send({ type: "unlock", passphrase: field?.value ?? "" });
    if (field) field.value = "";
    setTimeout(() => {
      if (!this.isAsking) return;
      this.isAsking = false;
      this.report(noAnswer());
    }, NO_ANSWER_MS);
  }

  uncover() {
    if (!this.isCovered) return;
    this.isCovered = false;
    this.isLocked = false;
    this.isAsking = false;
    for (const host of [...this.layers.keys()]) this.uncoverAt(host);
    for (const [el, member] of this.members) {
      this.page.covered.delete(el);
      member.greet();
    }
  }

  /** @param {HTMLElement} host */
  uncoverAt(host) {
    const layer = this.layers.get(host);
    if (!layer) return;
    this.layers.delete(host);
    layer.element.remove();
    host.classList.remove("coaching-covered");
    for (const child of childrenOf(host)) child.inert = false;
  }

  /**
   * The one form or view stands there again; in the form in which somebody was they go on, where the caret was.
   *
   * @param {HTMLElement} el
   * @param {string} [key]
   * @param {Find} [find]
   */
  shown(el, key, find) {
    el.style.minHeight = "";
    const { place } = this;
    if (!place || !find || (place.key && place.key !== key) || !isFree(document.activeElement)) return;
    this.place = null;
    const field = find(place.name);
    (field ?? el).focus({ preventScroll: true });
    putCaret(field, place.caret);
    (field ?? el).scrollIntoView({ block: "nearest" });
  }

  /** @returns {Place} */
  whereSomebodyIs() {
    const active = document.activeElement;
    /** @type {HTMLElement | null | undefined} */
    const form = active?.closest(".coaching-form");
    const place = active && form && this.members.get(form)?.where?.(active);
    return place ? { ...place, caret: caretOf(active) } : { ...window.coachingPresence?.last };
  }
}

/**
 * What is drawn gets a size when it gets its place on the page.
 *
 * @param {HTMLElement} el
 * @param {() => void} act
 */
export function onceInPlace(el, act) {
  new ResizeObserver((_, observer) => {
    observer.disconnect();
    act();
  }).observe(el);
}

/**
 * Nobody is in a field elsewhere, or has just gone to one.
 *
 * @param {Element | null} active
 */
export function isFree(active) {
  return !active?.closest(".coaching-form *, input, textarea, select, .cm-editor, [contenteditable], dialog");
}

/**
 * The notebook in which an element stands, or the whole page where there is none.
 *
 * @param {Element} el
 * @returns {HTMLElement}
 */
export function hostOf(el) {
  return el.closest(".jp-NotebookPanel") ?? document.body;
}

/** @param {HTMLElement} host */
function childrenOf(host) {
  return [...host.children].filter((child) => child instanceof HTMLElement);
}

/** @param {HTMLElement | null} host */
export function lockOf(host) {
  return [...locks.locks.values()].findLast((lock) =>
    [...lock.members.values()].some((member) => member.host === host),
  );
}

window.coachingLocks ??= new Locks();
export const locks = window.coachingLocks;
