// @ts-check
// The search: a card over the page that somebody opens by a key or a button, in the preparation or in the review, and never
// by itself. What is looked for and what is found is on this card alone, and goes with it.
/** @import { FoundHit, FoundMessage, FoundSession, PageMessage, PastMessage } from "./messages.js" */
import { elementId, make } from "./elements.js";
import { standOver } from "./over.js";
import { say, toSay } from "./say.js";

const CALM_MS = 250;
const SEARCH_KEY = "F3";
/** @type {[string, string][]} */
const KINDS = [
  ["", toSay("everything")],
  ["goal", toSay("goals")],
  ["plan", toSay("plans")],
  ["failure", toSay("failures")],
  ["dream", toSay("dreams")],
  ["joy", toSay("what brings joy")],
  ["statement", toSay("mission statements")],
  ["becoming", toSay("who to become")],
  ["promise", toSay("promises")],
  ["takeaway", toSay("what was taken along")],
];
/** @type {[string, string][]} */
const PARTS = [
  ["", toSay("in any part")],
  ["opening", toSay("arriving")],
  ["yourself", toSay("about oneself")],
  ["dreams", toSay("about dreams")],
  ["who_what_when", toSay("who, what, when")],
  ["closing", toSay("closing")],
];
/** @type {[string, string][]} */
const SIDES = [
  ["", toSay("by either")],
  ["coach", toSay("by the coach")],
  ["coachee", toSay("by the person coached")],
];
/** @type {[string, string][]} */
const ORDERS = [
  ["", toSay("newest first")],
  ["best", toSay("best first")],
];

export class Searching {
  /**
   * @param {(message: PageMessage) => void} send
   * @param {string} view
   * @param {() => void} lock
   */
  constructor(send, view, lock) {
    this.send = send;
    this.view = view;
    this.lock = lock;
    this.number = 0;
    /** @type {Card | null} */
    this.card = null;
  }

  // What opens it for those who do not know the key; the form that it stands in says who looks.
  button() {
    return make(
      "button",
      {
        type: "button",
        class: "coaching-quiet coaching-look",
        "aria-keyshortcuts": SEARCH_KEY,
        onclick: ({ target }) =>
          target instanceof Element && target.closest(".coaching-form")?.dispatchEvent(new Event("coaching-search")),
      },
      say("Look for words that were said ({key})", { key: SEARCH_KEY }),
    );
  }

  /** @param {"alone" | "both"} looking */
  open(looking) {
    this.close();
    this.card = new Card(this, looking === "alone");
  }

  // Under the lock nothing of it is left.
  close() {
    this.card?.close();
    this.card = null;
  }

  /** @param {FoundMessage} message */
  found(message) {
    if (message.view === this.view) this.card?.found(message);
  }

  /** @param {PastMessage} message */
  past(message) {
    if (message.view === this.view) this.card?.past(message);
  }
}

class Card {
  /**
   * @param {Searching} searching
   * @param {boolean} isAlone
   */
  constructor(searching, isAlone) {
    this.searching = searching;
    /** @type {number | undefined} */
    this.waiting = undefined;
    /** @type {Record<"shared" | "private" | "past", number>} */
    this.asked = { shared: 0, private: 0, past: 0 };
    const id = elementId();
    this.words = make("input", {
      type: "search",
      class: "coaching-search-words",
      "aria-label": say("Words to look for"),
      placeholder: say('words, or "words side by side"'),
      autocomplete: "off",
      spellcheck: "false",
      dir: "auto",
      autofocus: true,
      oninput: () => this.askSoon(),
    });
    this.when = make("input", {
      type: "text",
      "aria-label": say("When"),
      placeholder: say("when: last autumn, 2025Q3 …"),
      autocomplete: "off",
      oninput: () => this.askSoon(),
    });
    const ask = () => this.ask();
    this.picks = {
      kind: pick(say("What"), KINDS, ask),
      part: pick(say("Where"), PARTS, ask),
      by: pick(say("Whose words"), SIDES, ask),
      order: pick(say("In which order"), ORDERS, ask),
    };
    this.everywhere = make("input", { type: "checkbox", onchange: ask });
    this.status = make("p", { class: "coaching-hint", role: "status" });
    this.results = make("div", { class: "coaching-found" });
    this.own = make("div", { class: "coaching-found" });
    this.ownStatus = make("p", { class: "coaching-hint", role: "status" });
    this.fold = make(
      "details",
      { class: "coaching-search-own", ontoggle: ask },
      make("summary", {}, say("Only for you")),
      this.ownStatus,
      this.own,
    );
    this.search = make(
      "div",
      {},
      make("div", { class: "coaching-search-fields" }, this.words, ...Object.values(this.picks), this.when),
      isAlone ? make("label", { class: "coaching-search-all" }, this.everywhere, say("in all open workbooks")) : null,
      this.status,
      this.results,
      isAlone ? this.fold : null,
    );
    this.history = make("div", { hidden: true });
    const card = make(
      "dialog",
      {
        class: "coaching-over coaching-card coaching-search",
        "aria-labelledby": id,
        "data-lm-suppress-shortcuts": "true",
        onkeydown: (event) => this.press(/** @type {KeyboardEvent} */ (event)),
        oncancel: (event) => {
          if (this.history.hidden) return;
          event.preventDefault();
          event.stopImmediatePropagation();
          this.back();
        },
      },
      make("h2", { id }, say("Look for words that were said")),
      this.search,
      this.history,
      make("button", { type: "button", class: "coaching-primary", onclick: () => this.close() }, say("Close")),
    );
    this.element = card;
    this.leave = standOver(card);
  }

  close() {
    clearTimeout(this.waiting);
    this.leave();
    for (const part of [this.results, this.own, this.history]) part.replaceChildren();
    this.words.value = "";
  }

  askSoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), CALM_MS);
  }

  // What is private is asked for, and on the page, only once somebody unfolds it.
  ask() {
    clearTimeout(this.waiting);
    this.asked.shared = this.askFor(false);
    if (this.fold.open) this.asked.private = this.askFor(true);
    else this.own.replaceChildren();
  }

  /** @param {boolean} isPrivate */
  askFor(isPrivate) {
    const where = Object.fromEntries(Object.entries(this.picks).map(([name, { value }]) => [name, value]));
    this.searching.number += 1;
    this.searching.send({
      type: "search",
      view: this.searching.view,
      number: this.searching.number,
      words: this.words.value,
      where: { ...where, when: this.when.value },
      private: isPrivate,
      everywhere: this.everywhere.checked,
    });
    return this.searching.number;
  }

  /** @param {FoundMessage} message */
  found(message) {
    if (message.number !== (message.private ? this.asked.private : this.asked.shared)) return;
    const [status, list] = message.private ? [this.ownStatus, this.own] : [this.status, this.results];
    status.textContent = message.text;
    list.replaceChildren(...message.sessions.map((session) => this.session(session, message.private)));
  }

  /**
   * @param {FoundSession} session
   * @param {boolean} isPrivate
   */
  session({ title, hits }, isPrivate) {
    const id = elementId();
    return make(
      "section",
      { "aria-labelledby": id },
      make("h3", { id, dir: "auto" }, title),
      ...hits.map((hit) => this.hit(hit, isPrivate)),
    );
  }

  /**
   * @param {FoundHit} hit
   * @param {boolean} isPrivate
   */
  hit(hit, isPrivate) {
    return make(
      "button",
      { type: "button", class: "coaching-hit", onclick: () => this.lookBack(hit, isPrivate) },
      make("span", { class: "coaching-hint", dir: "auto" }, hit.about),
      ...hit.sentences.map((pieces) =>
        make(
          "span",
          { class: "coaching-sentence", dir: "auto" },
          ...pieces.map(([text, isMatch]) => (isMatch ? make("mark", {}, text) : text)),
        ),
      ),
    );
  }

  /**
   * @param {FoundHit} hit
   * @param {boolean} isPrivate
   */
  lookBack({ workbook, entry }, isPrivate) {
    this.from = document.activeElement;
    this.searching.number += 1;
    this.asked.past = this.searching.number;
    this.searching.send({
      type: "look_back",
      view: this.searching.view,
      number: this.searching.number,
      workbook,
      entry,
      private: isPrivate,
    });
  }

  /** @param {PastMessage} message */
  past({ number, versions }) {
    if (number !== this.asked.past) return;
    const back = make("button", { type: "button", class: "coaching-quiet", onclick: () => this.back() }, say("Back"));
    const told = versions.flatMap(({ about, words }) => [
      make("p", { class: "coaching-hint", dir: "auto" }, about),
      ...words.map((text) => make("p", { class: "coaching-sentence", dir: "auto" }, text)),
    ]);
    this.history.replaceChildren(back, ...(told.length ? told : [make("p", {}, say("It is not there any more."))]));
    this.turn(true);
    back.focus();
  }

  back() {
    this.turn(false);
    this.history.replaceChildren();
    if (this.from instanceof HTMLElement) this.from.focus();
  }

  /** @param {boolean} toHistory */
  turn(toHistory) {
    this.search.hidden = toHistory;
    this.history.hidden = !toHistory;
  }

  // The arrows lead from what was typed to what was found, and Enter opens it.
  /** @param {KeyboardEvent} event */
  press(event) {
    event.stopPropagation();
    const { key, target } = event;
    if (key === "Enter" && target === this.words) {
      event.preventDefault();
      this.ask();
    }
    // A dialog stands outside of the notebook whose lock it is.
    if (event.ctrlKey && key.toLowerCase() === "l") {
      event.preventDefault();
      this.close();
      this.searching.lock();
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (!by || !(target instanceof HTMLElement) || !target.matches(".coaching-hit, .coaching-search-words")) return;
    const stops = [this.words, ...this.search.querySelectorAll(".coaching-hit")].filter(
      (stop) => stop instanceof HTMLElement && stop.checkVisibility(),
    );
    const next = stops[stops.indexOf(target) + by];
    event.preventDefault();
    if (next instanceof HTMLElement) next.focus();
  }
}

/**
 * @param {string} label
 * @param {[string, string][]} options
 * @param {() => void} onchange
 */
function pick(label, options, onchange) {
  return make(
    "select",
    { "aria-label": label, onchange },
    ...options.map(([value, text]) => make("option", { value }, text)),
  );
}

/**
 * The key opens the search of the form that is in sight and has one.
 *
 * @param {KeyboardEvent} event
 */
export function openByKey(event) {
  if (event.key !== SEARCH_KEY || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  if (document.querySelector("dialog[open]")) return;
  const form = [...document.querySelectorAll(".coaching-form[data-searches]")].find((one) =>
    one.querySelector(".coaching-body")?.checkVisibility(),
  );
  if (!form) return;
  event.preventDefault();
  event.stopPropagation();
  form.dispatchEvent(new Event("coaching-search"));
}
