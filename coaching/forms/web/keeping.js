// @ts-check
// What has been typed and is not yet on disk. Words leave this list only when the kernel has said that they are kept,
// which it says after fsync. They survive a new view of the form (Run All, a new kernel) in the page's memory.
/** @import { KeptMessage, RefusedMessage, Values, WordsMessage } from "./messages.js" */
import { newId } from "./elements.js";
import { say } from "./say.js";

/** @typedef {"" | "busy" | "kept" | "answered" | "late" | "lost"} State */
/** @typedef {(state: State, text: string) => void} Say */

window.coachingUnkept ??= wordsOfPage();
export const unkept = window.coachingUnkept;
const SEND_EVERY_MS = 60;
const WORRY_AFTER_MS = 2500;
export const ADVISE_AFTER_MS = 8000;

// What waits outlives its form, which JupyterLab may take away: whoever leaves the page is asked all the same.
function wordsOfPage() {
  /** @type {Map<string, Values>} */
  const words = new Map();
  window.addEventListener("beforeunload", (event) => {
    if ([...words.values()].some((left) => Object.keys(left).length)) event.preventDefault();
  });
  return words;
}

/**
 * What somebody would want to copy: what is not merely a tick.
 *
 * @param {Values} values
 */
export const wordsOf = (values) =>
  Object.values(values)
    .filter((value) => value && value !== "true")
    .join("\n\n");

export class Keeping {
  /**
   * @param {{ send: (message: WordsMessage) => void }} model
   * @param {Say} report
   * @param {() => string} wayOn
   */
  constructor(model, report, wayOn = () => "") {
    this.model = model;
    this.report = report;
    this.wayOn = wayOn;
    this.view = newId();
    this.key = "";
    this.sequence = 0;
    /** @type {Values} */
    this.values = {};
    /** @type {Map<string, HTMLInputElement>} */
    this.secrets = new Map();
    /** @type {Values} */
    this.typedSecrets = {};
    /** @type {Map<string, boolean>} */
    this.folds = new Map();
    /**
     * What stands in a field for a day while somebody types there, by the field's name.
     *
     * @type {Map<string, string>}
     */
    this.typedDays = new Map();
    /** @type {Pick<WordsMessage, "act" | "pressed" | "secrets"> | null} */
    this.unanswered = null;
    /** @type {Map<string, number>} */
    this.pending = new Map();
    this.lastSent = 0;
    this.isOnItsWay = false;
    /** @type {"late" | "lost" | null} */
    this.worrying = null;
    /** @type {number | null} */
    this.waitingSince = null;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {number | undefined} */
    this.worry = undefined;
    this.sendOnLeaving = () => this.send();
    window.addEventListener("beforeunload", this.sendOnLeaving);
    document.addEventListener("visibilitychange", this.sendOnLeaving);
  }

  /**
   * A form message has come: take its values, then put back what an earlier view of this form could not have kept.
   *
   * @param {string} key
   * @param {Values} values
   */
  load(key, values) {
    // A form that is shown again while somebody types a passphrase leaves it in its field.
    this.typedSecrets = key === this.key ? this.readSecrets() : {};
    if (key !== this.key) this.typedDays.clear();
    this.key = key;
    this.values = { ...values };
    this.secrets = new Map();
    this.answered();
    this.pending = new Map();
    const left = unkept.get(key) ?? {};
    unkept.set(key, {});
    for (const [name, value] of Object.entries(left)) this.set(name, value);
    return Object.keys(left).length;
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  set(name, value) {
    this.sequence += 1;
    this.values[name] = value;
    this.pending.set(name, this.sequence);
    unkept.set(this.key, { ...unkept.get(this.key), [name]: value });
    this.sayKeeping();
    // While a message is on its way its answer sends what has come meanwhile: a slow kernel gets no queue.
    if (!this.isOnItsWay)
      this.timer ??= setTimeout(() => this.send(), Math.max(0, SEND_EVERY_MS - (performance.now() - this.lastSent)));
  }

  /**
   * One message carries every value that is not kept yet; `touched` says when this view has changed it.
   *
   * @param {string | null} act
   */
  send(act = null) {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (act) this.press(act);
    if (!this.pending.size && !this.unanswered) return;
    this.lastSent = performance.now();
    this.waitingSince ??= this.lastSent;
    this.isOnItsWay = true;
    const touched = Object.fromEntries(this.pending);
    const values = Object.fromEntries([...this.pending.keys()].map((name) => [name, this.values[name] ?? ""]));
    try {
      // A button is sent again until it is answered: a message to a kernel that was just started may be lost.
      this.model.send({
        type: "words",
        view: this.view,
        key: this.key,
        values,
        touched,
        ...(this.unanswered ?? { act: null, pressed: null, secrets: {} }),
      });
    } catch {
      this.isOnItsWay = false;
      this.sayWorry("lost", [say("This page has lost its notebook."), this.wayOn()].join(" "));
    }
    this.watch();
  }

  /** @param {string} act */
  press(act) {
    this.sequence += 1;
    this.unanswered = { act, pressed: this.sequence, secrets: this.readSecrets() };
    for (const control of this.secrets.values()) control.value = "";
  }

  /** @returns {Values} */
  readSecrets() {
    return Object.fromEntries([...this.secrets].map(([name, control]) => [name, control.value]));
  }

  // Measured from the first message that got no answer: whoever goes on typing, or from field to field, is told as soon.
  watch() {
    this.worry ??= setTimeout(() => {
      this.worry = undefined;
      if (!this.pending.size && !this.unanswered) return;
      const now = performance.now();
      if (this.isOnItsWay && now - (this.waitingSince ?? now) < ADVISE_AFTER_MS)
        this.sayWorry("late", say("The notebook is busy."));
      else if (this.isOnItsWay) this.sayWorry("lost", [say("The notebook does not answer."), this.wayOn()].join(" "));
      // What was lost is sent again; what only waits gets no queue behind it.
      if (!this.isOnItsWay || now - this.lastSent >= ADVISE_AFTER_MS) this.send();
      else this.watch();
    }, WORRY_AFTER_MS);
  }

  /**
   * It is said until there is an answer: neither the next key nor a shorter wait takes it back.
   *
   * @param {"late" | "lost"} state
   * @param {string} why
   */
  sayWorry(state, why, where = say("Your words are on this page, and are put back.")) {
    if (this.worrying === "lost" && state === "late") return;
    this.worrying = state;
    if (!this.pending.size) {
      this.report(state, why);
      return;
    }
    const said = state === "late" ? say("NOT KEPT yet: {why}", { why }) : say("NOT KEPT: {why}", { why });
    this.report(state, [said, where].join(" "));
  }

  sayKeeping() {
    if (!this.worrying) this.report("busy", say("keeping …"));
  }

  /** @param {KeptMessage} message */
  kept(message) {
    if (message.view !== this.view) return;
    this.answered();
    const left = unkept.get(this.key) ?? {};
    for (const [name, sequence] of Object.entries(message.touched)) {
      if (this.pending.get(name) !== sequence) continue;
      this.pending.delete(name);
      delete left[name];
    }
    if (this.pending.size) {
      this.sayKeeping();
      this.timer ??= setTimeout(() => this.send(), SEND_EVERY_MS);
      return;
    }
    this.report(message.at ? "kept" : "answered", message.at ? say("kept {at}", { at: message.at }) : "");
  }

  // The kernel has answered, whatever it says: what is typed next is sent at once.
  answered() {
    clearTimeout(this.worry);
    this.worry = undefined;
    this.worrying = null;
    this.unanswered = null;
    this.isOnItsWay = false;
    this.waitingSince = null;
  }

  /** @param {RefusedMessage} message */
  refused(message) {
    this.sayWorry("lost", message.reason, say("Your words are still on this page."));
    this.watch();
  }

  // Nothing is shown of what is kept; what is not is held, and sent again.
  hide() {
    const left = unkept.get(this.key) ?? {};
    this.values = Object.fromEntries([...this.pending.keys()].map((name) => [name, left[name] ?? ""]));
    this.secrets = new Map();
    this.typedSecrets = {};
  }

  // Nobody takes anything for the time being: what is not kept is put back when the form is shown again.
  rest() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.answered();
    this.pending = new Map();
    this.values = {};
  }

  words() {
    return wordsOf(unkept.get(this.key) ?? {});
  }

  stop() {
    this.send();
    clearTimeout(this.worry);
    window.removeEventListener("beforeunload", this.sendOnLeaving);
    document.removeEventListener("visibilitychange", this.sendOnLeaving);
  }
}
