// coaching/forms/web/caret.js
function caretOf(field) {
  if (!isForWords(field) || field.selectionStart === null) return null;
  return { start: field.selectionStart, end: field.selectionEnd, direction: field.selectionDirection };
}
function putCaret(field, caret) {
  if (caret && isForWords(field) && field.selectionStart !== null)
    field.setSelectionRange(caret.start, caret.end, caret.direction ?? void 0);
}
function isForWords(field) {
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
}

// coaching/forms/web/elements.js
function newId() {
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const random = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => digits[byte % 32]).join("");
  let time = "";
  for (let rest = Date.now(); time.length < 10; rest = Math.floor(rest / 32)) time = digits[rest % 32] + time;
  return time + random;
}
var copyOfModule = newId();
var serial = 0;
function elementId() {
  serial += 1;
  return `coaching-${copyOfModule}-${serial}`;
}
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === void 0 || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== void 0));
  return element;
}

// coaching/forms/web/say.js
var CATEGORIES = ["zero", "one", "two", "few", "many", "other"];
var PLACE = /\{(\w+)\}/gu;
function learn(spoken) {
  window.coachingSpoken = spoken;
  for (const element of document.querySelectorAll("[data-says]"))
    if (element instanceof HTMLElement && element.dataset.says) element.textContent = say(element.dataset.says);
}
function say(sentence, values = {}) {
  const [said = sentence] = window.coachingSpoken?.sentences[sentence] ?? [];
  return filledIn(said, values);
}
function sayCounted(one, many, count, values = {}) {
  const { language = "en", sentences = {} } = window.coachingSpoken ?? {};
  const forms = sentences[one] ?? [one, many];
  const rules = new Intl.PluralRules(forms === sentences[one] ? language : "en");
  const { pluralCategories } = rules.resolvedOptions();
  const categories = CATEGORIES.filter((name) => pluralCategories.some((category) => category === name));
  return filledIn(forms[categories.indexOf(rules.select(count))] ?? forms.at(-1) ?? many, { count, ...values });
}
var inFigures = (number) => new Intl.NumberFormat(window.coachingSpoken?.language ?? "en").format(number);
var toSay = (sentence) => sentence;
function filledIn(sentence, values) {
  return sentence.replace(PLACE, (place, name) => String(values[name] ?? place));
}

// coaching/forms/web/strip.js
function stripOf(host) {
  const strip = host.querySelector(":scope > .coaching-help") ?? make("div", { class: "coaching-over coaching-help", "data-lm-suppress-shortcuts": "true" });
  if (!strip.parentNode) host.append(strip);
  return strip;
}
function clearStrip(host) {
  const strip = host.querySelector(":scope > .coaching-help");
  for (const child of strip?.querySelectorAll(":scope > :not(.coaching-shell)") ?? []) child.remove();
  if (!strip?.children.length) strip?.remove();
}

// coaching/forms/web/wayon.js
var BY_ITSELF = toSay(
  "If it has ended, it begins again by itself; if it stays so, choose Kernel ▸ Restart Kernel, which “JupyterLab” at the foot shows."
);
var BY_HAND = toSay("If it stays so, choose Run ▸ Run All Cells.");
var APP = toSay("If it stays so, copy what is not kept, and load the page again.");
function wayOn() {
  if (document.body.matches("[data-voila]")) return say(APP);
  return document.querySelector(".coaching-shell") ? say(BY_ITSELF) : say(BY_HAND);
}
var noAnswer = () => [say("The notebook does not answer."), wayOn(), say("What was kept comes back.")].join(" ");

// coaching/forms/web/lock.js
window.coachingPage ??= newId();
var pageName = window.coachingPage;
var BEAT_MS = 1e4;
var BLANK = " ".repeat(16384);
var LOOK_MS = 50;
var LATE_TO_KEEP_MS = 2500;
var LOCK_ANYWAY_MS = 5e3;
var NO_ANSWER_MS = 8e3;
var PAST_LOCKING = /* @__PURE__ */ new Set(["kept", "refused"]);
var COVERED = toSay("What you have written is covered until somebody types the passphrase.");
var ONLY_COVERED = toSay(
  "This workbook has no passphrase. What you have written is only covered on this page; whoever gets at the disk can read it."
);
var WAITS = toSay(
  "NOT KEPT yet: what was typed last waits here, covered. It is kept as soon as the notebook answers."
);
var WAITS_LOCKED = toSay(
  "NOT KEPT yet: what was typed last waits here, covered. It is kept when you unlock; do not reload."
);
var Locks = class {
  constructor() {
    this.locks = /* @__PURE__ */ new Map();
    this.covered = /* @__PURE__ */ new WeakSet();
    this.moved = Date.now();
    for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "input"]) {
      window.addEventListener(
        kind,
        () => {
          this.moved = Date.now();
        },
        { capture: true, passive: true }
      );
    }
    document.addEventListener("keydown", (event) => this.press(event), true);
    document.addEventListener("visibilitychange", () => {
      for (const lock of this.locks.values()) lock.beat();
    });
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
      leave: () => lock?.lose(el)
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
    const isOurs = event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey && event.key.toLowerCase() === "l";
    const at = event.target instanceof Element ? event.target : document.body;
    const isHere = at === document.body || at.closest(".coaching-form, .coaching-view, .coaching-over, .jp-NotebookPanel:has(> .coaching-help)");
    const lock = isOurs && isHere && [...this.locks.values()].find((one) => one.isInSight(at));
    if (!lock) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    lock.lock();
  }
};
var Lock = class {
  /**
   * @param {Locks} page
   * @param {LockTerms} terms
   */
  constructor(page, terms) {
    this.page = page;
    this.members = /* @__PURE__ */ new Map();
    this.layers = /* @__PURE__ */ new Map();
    this.terms = terms;
    this.asks = false;
    this.isCovered = false;
    this.isLocked = false;
    this.isAsking = false;
    this.place = null;
    this.beating = void 0;
  }
  /**
   * @param {HTMLElement} el
   * @param {Member} member
   * @param {LockTerms} terms
   */
  take(el, member, terms) {
    this.members.set(el, member);
    if (this.beating === void 0 || terms.after !== this.terms.after) {
      clearInterval(this.beating);
      this.beating = setInterval(() => this.beat(), Math.min(BEAT_MS, terms.after * 250));
    }
    const { plain: plain2, risk } = terms.plain === null ? this.terms : terms;
    this.terms = { ...terms, plain: plain2, risk };
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
    const plain2 = strip.querySelector(".coaching-plain") ?? make("p", { class: "coaching-plain" });
    if (!plain2.parentNode) {
      strip.prepend(
        plain2,
        make(
          "button",
          {
            type: "button",
            class: "coaching-quiet coaching-lock-now",
            "data-says": "Lock",
            title: say("Ctrl+L"),
            "aria-keyshortcuts": "Control+L",
            onmousedown: (event) => event.preventDefault(),
            onclick: () => lockOf(host)?.lock()
          },
          say("Lock")
        )
      );
    }
    plain2.textContent = this.terms.risk ?? "";
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
    const hosts = [...this.members.values()].flatMap(({ host }) => host?.checkVisibility() ? [host] : []);
    return hosts.some((host) => host.contains(at)) || at === document.body && hosts.length > 0;
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
    const idle = (Date.now() - this.page.moved) / 1e3;
    this.send({ type: "here", idle, hidden: document.hidden });
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
    let asked = null;
    const look = () => {
      if (!this.isCovered || this.isLocked) return;
      const now = performance.now();
      const isKept = this.isKept();
      const isDue = asked === null ? isKept || now - began > LOCK_ANYWAY_MS : now - asked > NO_ANSWER_MS;
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
      const isHere = layer?.element.contains(document.activeElement) || host.contains(document.activeElement) || document.activeElement === document.body;
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
    const field = asks ? make("input", {
      id: `${id}-field`,
      type: "password",
      autocomplete: "new-password",
      spellcheck: "false",
      "data-lpignore": "true",
      "aria-describedby": `${id}-problem`
    }) : null;
    const open = () => this.open(field);
    field?.addEventListener("keydown", (event) => {
      if (event.key === "Enter") open();
    });
    const button = make(
      "button",
      { type: "button", class: "coaching-primary", onclick: open },
      asks ? say("Unlock") : say("Show it again")
    );
    const element = make(
      "section",
      {
        class: "coaching-over coaching-lock",
        "aria-labelledby": id,
        "data-lm-suppress-shortcuts": "true",
        translate: "no"
      },
      make(
        "div",
        { class: "coaching-lock-inside" },
        make("h2", { id }, asks ? say("Locked") : say("Covered")),
        make("p", { class: "coaching-lock-words" }, say(asks ? COVERED : ONLY_COVERED)),
        field ? make("label", { for: field.id }, say("Passphrase")) : null,
        make("div", { class: "coaching-lock-row" }, field, button),
        problem,
        said
      )
    );
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
    if (!place || !find || place.key && place.key !== key || !isFree(document.activeElement)) return;
    this.place = null;
    const field = find(place.name);
    (field ?? el).focus({ preventScroll: true });
    putCaret(field, place.caret);
    (field ?? el).scrollIntoView({ block: "nearest" });
  }
  /** @returns {Place} */
  whereSomebodyIs() {
    const active = document.activeElement;
    const form = active?.closest(".coaching-form");
    const place = active && form && this.members.get(form)?.where?.(active);
    return place ? { ...place, caret: caretOf(active) } : { ...window.coachingPresence?.last };
  }
};
function onceInPlace(el, act) {
  new ResizeObserver((_, observer) => {
    observer.disconnect();
    act();
  }).observe(el);
}
function isFree(active) {
  return !active?.closest(".coaching-form *, input, textarea, select, .cm-editor, [contenteditable], dialog");
}
function hostOf(el) {
  return el.closest(".jp-NotebookPanel") ?? document.body;
}
function childrenOf(host) {
  return [...host.children].filter((child) => child instanceof HTMLElement);
}
function lockOf(host) {
  return [...locks.locks.values()].findLast(
    (lock) => [...lock.members.values()].some((member) => member.host === host)
  );
}
window.coachingLocks ??= new Locks();
var locks = window.coachingLocks;

// coaching/forms/web/cell.js
function shelter(el) {
  el.setAttribute("translate", "no");
  el.setAttribute("data-jp-suppress-context-menu", "true");
  let last = null;
  el.addEventListener("focusin", ({ target }) => {
    last = target instanceof Element ? target : null;
  });
  onceInPlace(el, () => {
    const cell = el.closest(".jp-Cell");
    cell?.setAttribute("data-lm-suppress-shortcuts", "true");
    cell?.addEventListener("click", ({ target }) => {
      const isBeside = target instanceof Node && !el.contains(target);
      const back = last?.isConnected ? last : el;
      if (isBeside && el.isConnected && back instanceof HTMLElement) back.focus({ preventScroll: true });
    });
  });
}

// coaching/data/days.json
var days_default = {
  en: {
    written: "{weekday}, {day} {month}",
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    months: [
      "January",
      "February",
      "March",
      "April",
      "May",
      "June",
      "July",
      "August",
      "September",
      "October",
      "November",
      "December"
    ],
    ahead: ["next week", "in two weeks", "next time we meet", "end of the quarter"],
    back: ["today", "yesterday", "last week"],
    offers: "Days to choose from",
    unfinished: "Please finish the date",
    words: {
      "1": ["a", "an", "one"],
      "2": ["two"],
      "3": ["three"],
      "4": ["four"],
      "5": ["five"],
      "6": ["six"],
      "7": ["seven"],
      "8": ["eight"],
      "9": ["nine"],
      "10": ["ten"],
      "11": ["eleven"],
      "12": ["twelve"],
      "day+0": ["today"],
      "day+1": ["tomorrow"],
      "day-1": ["yesterday"],
      d: ["day", "days"],
      w: ["w", "week", "weeks"],
      m: ["month", "months"],
      q: ["quarter", "quarters"],
      y: ["year", "years"],
      next: ["next"],
      coming: ["coming"],
      this: ["this"],
      last: ["last"],
      in: ["in"],
      ago: ["ago"],
      end: ["end"],
      th: ["th", "st", "nd", "rd"],
      "end w": ["weekend"],
      "": ["by", "on", "at", "until", "till", "the", "of", "from", "now"]
    },
    sentences: {
      "day+2": ["the day after tomorrow", "day after tomorrow"],
      "day-2": ["the day before yesterday", "day before yesterday"],
      "day+14": ["in a fortnight"],
      meeting: ["next time we meet", "when we meet", "when we meet again", "next time", "next session", "next meeting"]
    }
  },
  de: {
    written: "{weekday}, {day}. {month}",
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    months: [
      "Januar",
      "Februar",
      "März",
      "April",
      "Mai",
      "Juni",
      "Juli",
      "August",
      "September",
      "Oktober",
      "November",
      "Dezember"
    ],
    ahead: ["nächste Woche", "in zwei Wochen", "wenn wir uns wiedersehen", "Ende des Quartals"],
    back: ["heute", "gestern", "letzte Woche"],
    offers: "Tage zur Auswahl",
    unfinished: "Bitte das Datum zu Ende schreiben",
    words: {
      "1": ["ein", "eine", "einem", "einen", "einer"],
      "2": ["zwei", "zwo"],
      "3": ["drei"],
      "4": ["vier"],
      "5": ["fünf"],
      "6": ["sechs"],
      "7": ["sieben"],
      "8": ["acht"],
      "9": ["neun"],
      "10": ["zehn"],
      "11": ["elf"],
      "12": ["zwölf"],
      "14": ["vierzehn"],
      "day+0": ["heute"],
      "day+1": ["morgen"],
      "day+2": ["übermorgen"],
      "day-1": ["gestern"],
      "day-2": ["vorgestern"],
      d: ["Tag", "Tage", "Tagen"],
      w: ["Woche", "Wochen"],
      m: ["Monat", "Monate", "Monaten", "Monats"],
      q: ["Quartal", "Quartale", "Quartalen", "Quartals"],
      y: ["Jahr", "Jahre", "Jahren", "Jahres"],
      next: ["nächste", "nächsten", "nächster", "nächstes"],
      coming: ["kommende", "kommenden", "kommender", "kommendes"],
      this: ["diese", "diesen", "dieser", "dieses"],
      last: ["letzte", "letzten", "letzter", "letztes"],
      in: ["in"],
      ago: ["vor"],
      end: ["Ende"],
      "end w": ["Wochenende"],
      "end m": ["Monatsende"],
      "end q": ["Quartalsende"],
      "end y": ["Jahresende"],
      weekday1: ["Mo"],
      weekday2: ["Di"],
      weekday3: ["Mi"],
      weekday4: ["Do"],
      weekday5: ["Fr"],
      weekday6: ["Sa", "Sonnabend"],
      weekday7: ["So"],
      month1: ["Jänner"],
      month3: ["Mrz"],
      "": ["am", "bis", "zum", "im", "der", "die", "den", "dem", "des"]
    },
    sentences: {
      meeting: ["wenn wir uns wiedersehen", "beim nächsten Mal", "nächstes Mal", "nächste Sitzung", "nächstes Treffen"]
    }
  }
};

// coaching/forms/web/days.js
var FIRST_DAY = "2000-01-01";
var LAST_DAY = "2099-12-31";
var MS_PER_DAY = 864e5;
var DAYS_PER_WEEK = 7;
var MONTHS_PER_YEAR = 12;
var LEAP_YEARS = 8;
var ENOUGH_LETTERS = 3;
var MARKS = /\p{M}/gu;
var BETWEEN_NUMBERS = /(?<=\d)[-/.](?=\d)/gu;
var BEHIND_A_NUMBER = /(?<=\d)(?=\p{L})/gu;
var BETWEEN_WORDS = /[\s.,]+/u;
var NUMBER = /^[+-]?\d{1,4}$/u;
var UNKNOWN = "?";
var DAYS = { d: 1, w: DAYS_PER_WEEK, m: 0, q: 0, y: 0 };
var MONTHS = { d: 0, w: 0, m: 1, q: 3, y: MONTHS_PER_YEAR };
var STEPS = { this: 0, next: 1, coming: 1, last: -1 };
var dateOf = (year, month, day) => new Date(Date.UTC(year, month - 1, day));
var parsed = (iso) => /* @__PURE__ */ new Date(`${iso}T00:00Z`);
var isoOf = (day) => day.toISOString().slice(0, FIRST_DAY.length);
var partsOf = (day) => [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
var weekdayOf = (day) => day.getUTCDay() || DAYS_PER_WEEK;
function realDate(year, month, day) {
  const made = dateOf(year, month, day);
  return made.getUTCDate() === day ? made : null;
}
function later(from, count, unit) {
  const [year, month, day] = partsOf(from);
  if (DAYS[unit]) return dateOf(year, month, day + count * DAYS[unit]);
  const then = month + count * MONTHS[unit];
  return realDate(year, then, day) ?? dateOf(year, then + 1, 0);
}
function endOf(within, unit) {
  const [year, month] = partsOf(within);
  if (unit === "w") return later(within, DAYS_PER_WEEK - weekdayOf(within), "d");
  const length = MONTHS[unit];
  return dateOf(year, Math.ceil(month / length) * length + 1, 0);
}
var daysSince = (weekday, today) => (weekdayOf(today) - Number(weekday) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
function meant(nth, { today, lies }) {
  const step = lies === "ahead" ? 1 : -1;
  for (let at = 0; at <= LEAP_YEARS; at += 1) {
    const day = nth(at * step);
    if (day && (day.getTime() - today.getTime()) * step >= 0) return day;
  }
  return null;
}
function dayOfMonth({ weekday, day, month, year }, reading) {
  const [thisYear] = partsOf(reading.today);
  const inYear = (of) => realDate(of, Number(month), Number(day));
  const candidates = year ? [inYear(year.length === 2 ? 2e3 + Number(year) : Number(year))] : [meant((at) => inYear(thisYear + at), reading), inYear(thisYear)];
  const isMonth = Number(month) >= 1 && Number(month) <= MONTHS_PER_YEAR;
  return candidates.find((one) => isMonth && one && (!weekday || weekdayOf(one) === Number(weekday))) ?? null;
}
var RULES = [
  [/^meeting$/u, (_, { meeting }) => meeting],
  [/^day(?<count>[+-]\d+)$/u, ({ count }, { today }) => later(today, Number(count), "d")],
  [
    /^(?<count>[+-]\d+)(?: (?<unit>[dwmqy]))?$/u,
    ({ count, unit = "d" }, { today }) => later(today, Number(count), unit)
  ],
  [
    /^(?:day\+0 )?in (?<count>\d+) (?<unit>[dwmqy])$/u,
    ({ count, unit }, { today }) => later(today, Number(count), unit)
  ],
  [
    /^(?<count>\d+) (?<unit>[dwmqy])(?: day\+0)?$/u,
    ({ count, unit }, { today, lies }) => later(today, lies === "ahead" ? Number(count) : -Number(count), unit)
  ],
  [/^ago (?<count>\d+) (?<unit>[dwmqy])$/u, ({ count, unit }, { today }) => later(today, -Number(count), unit)],
  [/^(?<count>\d+) (?<unit>[dwmqy]) ago$/u, ({ count, unit }, { today }) => later(today, -Number(count), unit)],
  [
    /^(?:in )?(?<which>next|coming|last) (?<unit>[dwmqy])$/u,
    ({ which, unit }, { today }) => later(today, STEPS[which], unit)
  ],
  [
    /^end (?:(?<which>this|next|coming|last) )?(?<unit>[wmqy])$/u,
    ({ which = "this", unit }, { today }) => endOf(later(today, STEPS[which], unit), unit)
  ],
  [
    /^end month(?<month>\d+)$/u,
    ({ month }, reading) => meant((at) => dateOf(reading.today.getUTCFullYear() + at, Number(month) + 1, 0), reading)
  ],
  // A day that lies ahead is not today: whoever means today says so.
  [
    /^(?:(?:this|coming) )?weekday(?<weekday>\d)$/u,
    ({ weekday }, { today, lies }) => later(today, (lies === "ahead" ? DAYS_PER_WEEK : 0) - daysSince(weekday, today), "d")
  ],
  [
    /^next weekday(?<weekday>\d)$/u,
    ({ weekday }, { today }) => later(today, DAYS_PER_WEEK - weekdayOf(today) + Number(weekday), "d")
  ],
  [
    /^last weekday(?<weekday>\d)$/u,
    ({ weekday }, { today }) => later(today, -(daysSince(weekday, today) || DAYS_PER_WEEK), "d")
  ],
  [
    /^(?<day>\d{1,2}) th$/u,
    ({ day }, reading) => {
      const [year, month] = partsOf(reading.today);
      return meant((at) => realDate(year, month + at, Number(day)), reading);
    }
  ],
  [/^(?:weekday(?<weekday>\d) )?(?<day>\d{1,2})(?: th)? month(?<month>\d+)(?: (?<year>\d{4}|\d{2}))?$/u, dayOfMonth],
  [/^(?:weekday(?<weekday>\d) )?month(?<month>\d+) (?<day>\d{1,2})(?: th)?(?: (?<year>\d{4}))?$/u, dayOfMonth],
  [/^(?:weekday(?<weekday>\d) )?(?<day>\d{1,2}) (?<month>\d{1,2})(?: (?<year>\d{4}|\d{2}))?$/u, dayOfMonth],
  [/^(?<year>\d{4}) (?<month>\d{1,2}) (?<day>\d{1,2})$/u, dayOfMonth]
];
var plain = (words) => words.normalize("NFKD").replace(MARKS, "").toLowerCase();
var split = (words) => words.split(BETWEEN_WORDS).filter(Boolean);
var meanings = /* @__PURE__ */ new Map();
var names = [];
for (const { weekdays, months, words, sentences } of Object.values(days_default)) {
  for (const [at, name] of weekdays.entries()) names.push([plain(name), `weekday${at + 1}`]);
  for (const [at, name] of months.entries()) names.push([plain(name), `month${at + 1}`]);
  for (const [meaning, listed] of [...Object.entries(words), ...Object.entries(sentences)])
    for (const word of listed) meanings.set(split(plain(word)).join(" "), meaning);
}
function meaningOf(word) {
  if (NUMBER.test(word) && !meanings.has(word)) return word;
  const begun = word.length < ENOUGH_LETTERS ? [] : names.filter(([name]) => name.startsWith(word));
  const [first, ...others] = new Set(begun.map(([, meaning]) => meaning));
  return meanings.get(word) ?? (others.length ? void 0 : first);
}
function inWordsOfRules(typed) {
  const words = split(plain(typed).replace(BETWEEN_NUMBERS, " ").replace(BEHIND_A_NUMBER, " "));
  const sentence = meanings.get(words.join(" "));
  if (sentence !== void 0) return sentence;
  return words.map((word) => meaningOf(word) ?? UNKNOWN).filter(Boolean).join(" ");
}
function readDay(typed, { today, lies, meeting }) {
  const said = inWordsOfRules(typed);
  for (const [pattern, rule] of RULES) {
    const fits = pattern.exec(said);
    if (!fits) continue;
    const parts = (
      /** @type {Parts} */
      /** @type {unknown} */
      fits.groups ?? {}
    );
    const day = rule(parts, { today: parsed(today), lies, meeting: meeting ? parsed(meeting) : null });
    const iso = day && isoOf(day);
    return iso && iso >= FIRST_DAY && iso <= LAST_DAY ? iso : null;
  }
  return null;
}
function dayInWords(iso, { today, language }) {
  const { written, weekdays, months } = wordsOfDays(language);
  const day = parsed(iso);
  const [year, month, date] = partsOf(day);
  const words = written.replace("{weekday}", weekdays[weekdayOf(day) - 1] ?? "").replace("{day}", String(date)).replace("{month}", months[month - 1] ?? "");
  return year === parsed(today).getUTCFullYear() ? words : `${words} ${year}`;
}
function distance(iso, { today, language }) {
  const days = (parsed(iso).getTime() - parsed(today).getTime()) / MS_PER_DAY;
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
}
var wordsOfDays = (language) => days_default[
  /** @type {keyof typeof languages} */
  language
];

// coaching/forms/web/dayfield.js
var STEPS2 = { ArrowRight: 1, ArrowLeft: -1 };
var BACK_TO_THE_FIELD = /* @__PURE__ */ new Set(["ArrowUp", "Escape"]);
var LONGEST = "2099-09-30";
function dayField(field, spec, terms, place) {
  const { typed, name } = place;
  const { unfinished, offers } = wordsOfDays(terms.language);
  const said = make("p", { class: "coaching-day-said", id: elementId(), "aria-live": "polite" });
  const read = (words) => readDay(words, { ...terms, lies: spec.lies });
  const say2 = (day) => {
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
  const show = (day) => {
    typed.delete(name);
    field.value = day && dayInWords(day, terms);
    say2(day);
  };
  const set = (day) => {
    const words = typed.get(name);
    if (words === void 0 || (read(words) ?? "") !== day) return show(day);
    field.value = words;
    say2(day);
    if (!day) sayUnfinished();
  };
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
    const chip = make(
      "button",
      { type: "button", tabindex: -1, title: dayInWords(day, terms), onclick: choose },
      words
    );
    chip.addEventListener("mousedown", (event) => event.preventDefault());
    chips.append(chip);
  }
  chips.addEventListener("keydown", (event) => {
    const all = [...chips.querySelectorAll("button")];
    const at = all.indexOf(
      /** @type {HTMLButtonElement} */
      event.target
    ) + (STEPS2[event.key] ?? 0);
    if (BACK_TO_THE_FIELD.has(event.key)) field.focus();
    else if (event.key in STEPS2) all.at(at % all.length)?.focus();
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
    say2(day);
    change(day ?? "");
  });
  field.addEventListener("focus", () => {
    if (said.textContent === unfinished) say2(null);
  });
  field.addEventListener("blur", () => {
    const words = typed.get(name);
    if (words === void 0) return;
    const day = read(words) ?? "";
    if (day || place.value() || !words.trim()) show(place.value());
    else sayUnfinished();
  });
  field.setAttribute("aria-keyshortcuts", "ArrowDown");
  const longest = `${dayInWords(LONGEST, terms)} · ${distance(LONGEST, terms)}`;
  return { below: make("div", { class: "coaching-day", "data-longest": longest }, said, chips), said, set };
}

// coaching/forms/web/options.js
function optionsOf(options, choose) {
  const group = elementId();
  const radios = options.map(([value]) => {
    const radio = make("input", { type: "radio", name: group, value, autocomplete: "off" });
    radio.addEventListener("change", () => choose(value));
    return radio;
  });
  const labels = options.map(
    ([, label], at) => make("label", { class: "coaching-option" }, radios[at], make("span", {}, label))
  );
  const set = (chosen) => {
    for (const radio of radios) radio.checked = radio.value === chosen;
  };
  return { labels, first: radios[0], set };
}

// coaching/forms/web/outcomes.js
var LINE = ".coaching-outcome > summary";
var STEPS3 = { ArrowDown: 1, ArrowUp: -1 };
var CLEARING = /* @__PURE__ */ new Set(["Backspace", "Delete", "0"]);
function outcomes(fields, spec, prefix) {
  const draw = (line) => lineOf(fields, spec, `${prefix}${spec.name}.${line.key}.`, line.title);
  const list = make("div", { class: "coaching-outcomes" }, ...spec.fixed.map(draw));
  if (spec.others.lines.length) list.append(folded(fields, spec, prefix, spec.others.lines.map(draw)));
  list.addEventListener("keydown", ({ key, target }) => {
    const by = STEPS3[key];
    if (by && target instanceof HTMLElement && target.matches(LINE)) neighbour(target, by)?.focus();
  });
  return list;
}
function lineOf(fields, spec, prefix, title) {
  const [asked, ...others] = (
    /** @type {[ChoiceBlock, ...OutcomesBlock["blocks"]]} */
    spec.blocks
  );
  const name = prefix + asked.name;
  const { folds } = fields.keeping;
  const id = elementId();
  const answer2 = make("span", { class: "coaching-answer", "aria-live": "polite" });
  const summary = make(
    "summary",
    { "aria-describedby": `${id}-problem` },
    make("span", { dir: "auto" }, title),
    answer2
  );
  const unfolded = make("details", { class: "coaching-outcome", "data-stays": true }, summary);
  const problem = make("p", { class: "coaching-problem", id: `${id}-problem` });
  const field = make("div", { class: "coaching-outcome-line" }, unfolded, problem);
  let setOptions = null;
  const set = (value) => {
    answer2.textContent = asked.options.find(([one]) => one === value)?.[1] ?? "";
    setOptions?.(value);
  };
  const choose = (value) => {
    set(value);
    fields.changed(name, value);
  };
  const unfold = () => {
    if (setOptions) return;
    const options = optionsOf(asked.options, choose);
    setOptions = options.set;
    setOptions(fields.keeping.values[name] ?? "");
    const answers = make(
      "fieldset",
      { class: "coaching-choice" },
      make("legend", { class: "coaching-unseen" }, asked.label),
      make("div", { class: "coaching-options coaching-numbered" }, ...options.labels)
    );
    unfolded.append(answers, ...others.map((block) => fields.block(block, prefix)));
    fields.refresh();
  };
  unfolded.addEventListener("toggle", () => {
    folds.set(prefix, unfolded.open);
    if (unfolded.open) unfold();
  });
  field.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, altKey, metaKey } = event;
    const isHere = target === summary || target instanceof HTMLInputElement && target.type === "radio";
    if (!isHere || ctrlKey || altKey || metaKey) return;
    const [value] = CLEARING.has(key) ? [""] : asked.options[Number(key) - 1] ?? [];
    if (value === void 0) return;
    event.preventDefault();
    choose(value);
    goOn(value);
  });
  const goOn = (value) => {
    const more = spec.asks[value];
    if (more) {
      unfolded.open = true;
      unfold();
      fields.controls.get(prefix + more)?.focus.focus();
    } else if (value) (neighbour(summary, 1) ?? summary).focus();
  };
  fields.control(name, { field, problem, focus: summary, set });
  if (folds.get(prefix)) {
    unfolded.open = true;
    unfold();
  }
  return field;
}
function folded(fields, spec, prefix, lines) {
  const { folds } = fields.keeping;
  const [value, label] = spec.others.at_once;
  const [asked] = (
    /** @type {[ChoiceBlock]} */
    spec.blocks
  );
  const names2 = spec.others.lines.map(({ key }) => `${prefix}${spec.name}.${key}.${asked.name}`);
  let given = [];
  const button = make(
    "button",
    {
      type: "button",
      class: "coaching-quiet",
      onclick: () => {
        const [changed, next] = given.length ? [given.filter((name) => fields.keeping.values[name] === value), ""] : [names2.filter((name) => !fields.keeping.values[name]), value];
        given = next ? changed : [];
        fields.changedTogether(changed, next);
        sayWhatItDoes();
      }
    },
    label
  );
  const sayWhatItDoes = () => {
    button.textContent = given.length ? spec.others.undo : label;
  };
  const place = `${prefix}${spec.name}.others.${spec.others.lines[0]?.key}`;
  const fold = make(
    "details",
    { class: "coaching-fold coaching-others", open: folds.get(place) ?? false, "data-stays": true },
    make("summary", {}, spec.others.title),
    value ? button : null,
    ...lines
  );
  fold.addEventListener("toggle", () => folds.set(place, fold.open));
  return fold;
}
function neighbour(line, by) {
  const all = line.closest(".coaching-body")?.querySelectorAll(LINE) ?? [];
  const inSight = [...all].filter((one) => one instanceof HTMLElement).filter((one) => one.checkVisibility());
  return inSight[inSight.indexOf(line) + by];
}

// coaching/forms/web/over.js
function standOver(layer) {
  const before = (
    /** @type {HTMLElement | null} */
    document.activeElement
  );
  const caret = caretOf(before);
  const close = () => {
    if (!layer.open) return;
    layer.close();
    layer.remove();
    const field = before?.isConnected ? before : window.coachingPresence?.typing();
    field?.blur();
    field?.focus({ preventScroll: true });
    putCaret(field, caret);
  };
  layer.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  document.body.append(layer);
  layer.showModal();
  return close;
}
function openCard(heading, ...content) {
  const id = elementId();
  const card = make(
    "dialog",
    { class: "coaching-over coaching-card", "aria-labelledby": id, "data-lm-suppress-shortcuts": "true" },
    make("h2", { id, tabindex: "-1", autofocus: true }, heading),
    ...content,
    make("button", { type: "button", class: "coaching-primary", onclick: () => close() }, say("Close"))
  );
  card.addEventListener("keydown", (event) => event.stopPropagation());
  const close = standOver(card);
}

// coaching/forms/web/silence.js
var STILL_MS = 8e3;
var PATIENT_MS = 2e4;
var TAKE_YOUR_TIME = toSay("take your time, or leave it");
function leaveFocus(event) {
  event.preventDefault();
}
function askable(words) {
  const patient = make("p", { class: "coaching-patient" });
  const button = make(
    "button",
    {
      type: "button",
      class: "coaching-quiet",
      onmousedown: leaveFocus,
      onclick: () => beStill(words.textContent, patient)
    },
    say("Ask, then be still")
  );
  return make("div", { class: "coaching-asked" }, make("div", { class: "coaching-question" }, words, button), patient);
}
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
      "data-lm-suppress-shortcuts": "true"
    },
    make("p", { class: "coaching-still-words", id, dir: "auto" }, question),
    make("div", { class: "coaching-breath", "aria-hidden": "true" }),
    make(
      "p",
      { class: "coaching-still-how", id: `${id}-how` },
      make("span", { class: "coaching-unseen" }, say("Eight seconds of silence."), " "),
      say("Any key ends it.")
    )
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
function showLarge(question) {
  const layer = make(
    "dialog",
    {
      class: "coaching-over coaching-still coaching-large",
      tabindex: "-1",
      autofocus: true,
      "data-lm-suppress-shortcuts": "true"
    },
    make("p", { class: "coaching-still-words", dir: "auto" }, question),
    make("p", { class: "coaching-still-how" }, say("Any key goes back."))
  );
  const letKeysGo = holdKeys(() => close());
  for (const kind of ["click", "cancel"])
    layer.addEventListener(kind, () => {
      close();
      letKeysGo();
    });
  const close = standOver(layer);
}
function holdKeys(pressed) {
  let first = null;
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
  const kinds = (
    /** @type {const} */
    ["keydown", "keypress", "keyup"]
  );
  const letGo = () => {
    for (const kind of kinds) window.removeEventListener(kind, hold, true);
  };
  for (const kind of kinds) window.addEventListener(kind, hold, true);
  return letGo;
}
function bePatient(line) {
  const timer = setTimeout(() => {
    line.textContent = say(TAKE_YOUR_TIME);
  }, PATIENT_MS);
  const stop = () => {
    clearTimeout(timer);
    line.textContent = "";
    document.removeEventListener("input", typed, true);
  };
  const typed = ({ target }) => {
    if (target instanceof Element && target.closest(".coaching-form")) stop();
  };
  document.addEventListener("input", typed, true);
  return stop;
}

// coaching/forms/web/sorting.js
var STEPS4 = { ArrowDown: 1, ArrowUp: -1 };
function sorting(fields, spec, prefix) {
  const list = make("ul", { class: "coaching-sorting" });
  let drawn = "";
  const lines = () => [...list.children].filter((line) => line instanceof HTMLElement);
  const enter = (at) => lines().at(Math.max(0, Math.min(at, lines().length - 1)))?.querySelector("button")?.focus();
  const here = () => lines().findIndex((line) => line.contains(document.activeElement));
  const lineOf2 = (words, place) => {
    const acts = spec.kinds.map(([kind]) => () => {
      if (!fields.keeping.unanswered) fields.keeping.send(`${spec.act}${kind}:${place}`);
    });
    const answers = spec.kinds.map(
      ([, label], at) => make("button", { type: "button", class: "coaching-quiet", onclick: () => acts[at]?.() }, `${at + 1} ${label}`)
    );
    const line = make("li", {}, make("p", { dir: "auto" }, words), make("div", {}, ...answers));
    line.addEventListener("keydown", (event) => {
      const act = event.ctrlKey || event.altKey || event.metaKey ? null : acts[Number(event.key) - 1];
      if (act) act();
      else if (event.key in STEPS4) enter(here() + (STEPS4[event.key] ?? 0));
      else return;
      event.preventDefault();
    });
    return line;
  };
  fields.refreshers.push(() => {
    const text = fields.keeping.values[prefix + spec.name] ?? "";
    if (text === drawn) return;
    drawn = text;
    const at = here();
    list.replaceChildren(...text.split("\n").flatMap((words, place) => words.trim() ? [lineOf2(words, place)] : []));
    if (at >= 0) enter(at);
  });
  return list;
}

// coaching/forms/web/fields.js
var LOCK = "lock";
var PRIVATE_INPUT = {
  autocomplete: "off",
  spellcheck: "false",
  dir: "auto",
  "data-gramm": "false",
  "data-lpignore": "true"
};
var Fields = class {
  /**
   * `keeping` holds the values; `days` says what day it is.
   *
   * @param {Keeping} keeping
   * @param {DayTerms} [days]
   */
  constructor(keeping, days) {
    this.keeping = keeping;
    this.days = days;
    this.controls = /* @__PURE__ */ new Map();
    this.refreshers = [];
    this.openers = /* @__PURE__ */ new WeakMap();
  }
  /**
   * @param {Block} spec
   * @param {string} prefix
   */
  block(spec, prefix = "") {
    const draw = (
      /** @type {Draw} */
      this[spec.type]
    );
    const element = draw.call(this, spec, prefix);
    const when = "when" in spec ? spec.when : null;
    if (when) this.refreshers.push(() => this.open(element, this.holds(when, prefix)));
    if (spec.type === "flag" && spec.unless) {
      const { name, unless } = spec;
      this.refreshers.push(() => {
        element.hidden = !this.keeping.values[prefix + name] && this.holds(unless, prefix);
      });
    }
    return element;
  }
  /**
   * @param {HTMLElement} element
   * @param {boolean} isOpen
   */
  open(element, isOpen) {
    const opener = this.openers.get(element);
    if (opener) opener(isOpen);
    else element.hidden = !isOpen;
  }
  /** @param {ProseBlock} spec */
  prose(spec) {
    const words = make("p", { class: `coaching-prose ${spec.tone}`, dir: "auto" }, spec.text);
    return spec.tone === "prompt" ? askable(words) : words;
  }
  /**
   * @param {SectionBlock} spec
   * @param {string} prefix
   */
  section(spec, prefix) {
    const id = spec.title ? elementId() : null;
    const inside = make("div", { class: "coaching-inside" }, ...spec.blocks.map((block) => this.block(block, prefix)));
    const instead = spec.closed ? make("p", { class: "coaching-closed" }, spec.closed) : null;
    const section = make(
      "section",
      { class: "coaching-section", "aria-labelledby": id },
      spec.title ? make("h3", { id }, spec.title) : null,
      spec.hint ? make("p", { class: "coaching-hint" }, spec.hint) : null,
      instead,
      inside
    );
    if (instead)
      this.openers.set(section, (isOpen) => {
        inside.hidden = !isOpen;
        instead.hidden = isOpen;
      });
    return section;
  }
  /**
   * @param {FoldBlock} spec
   * @param {string} prefix
   */
  fold(spec, prefix) {
    const { folds, values } = this.keeping;
    const name = spec.name?.startsWith(".") ? prefix + spec.name.slice(1) : spec.name ?? "";
    const before = new Set(this.controls.keys());
    const inside = spec.blocks.map((block) => this.block(block, prefix));
    const isUsed = Boolean(name) && [...this.controls.keys()].some((field) => !before.has(field) && values[field]);
    const open = folds.get(name) ?? (spec.open || isUsed);
    const fold = make(
      "details",
      { class: "coaching-fold", open, "data-stays": Boolean(name) },
      make("summary", { dir: "auto" }, spec.title),
      ...inside
    );
    if (name) fold.addEventListener("toggle", () => folds.set(name, fold.open));
    return fold;
  }
  /** @param {LinesBlock} spec */
  lines(spec) {
    const line = ({ about, words, readers }) => make(
      "li",
      {},
      make(
        "p",
        { class: "coaching-about" },
        make("span", { dir: "auto" }, about),
        readers ? make("span", { class: "coaching-readers" }, readers) : null
      ),
      ...words.map((said) => make("p", { class: "coaching-said", dir: "auto" }, said))
    );
    return make("ul", { class: "coaching-lines" }, ...spec.lines.map(line));
  }
  /**
   * @param {TextBlock} spec
   * @param {string} prefix
   */
  text(spec, prefix) {
    const name = prefix + spec.name;
    const control = make(spec.rows > 1 ? "textarea" : "input", {
      ...PRIVATE_INPUT,
      rows: spec.rows > 1 ? spec.rows : null,
      type: spec.rows > 1 ? null : "text"
    });
    control.addEventListener("input", () => this.changed(name, control.value));
    this.actOnEnter(control, spec.act);
    return this.field(name, spec, control, (value) => {
      if (control.value !== value) control.value = value;
    });
  }
  /**
   * @param {HTMLElement} control
   * @param {string | null} act
   */
  actOnEnter(control, act) {
    control.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing && act) this.keeping.send(act);
    });
  }
  /**
   * Fields in one frame: to whoever types they are one text, to which each starter adds a heading.
   *
   * @param {StartersBlock} spec
   * @param {string} prefix
   */
  starters(spec, prefix) {
    const offers = make("div", { class: "coaching-offers" });
    const fields = spec.blocks.map((block) => {
      const name = prefix + block.name;
      const field = this.block(block, prefix);
      const offer = make(
        "button",
        {
          type: "button",
          class: "coaching-quiet",
          title: block.hint,
          onclick: () => {
            this.keeping.folds.set(name, true);
            this.refresh();
            this.controls.get(name)?.focus.focus();
          }
        },
        block.label
      );
      offers.append(offer);
      return { name, field, offer };
    });
    const [first] = fields;
    const isBegun = (name) => Boolean(this.keeping.values[name] || this.keeping.folds.get(name));
    this.refreshers.push(() => {
      const isEmpty = !fields.some(({ name }) => isBegun(name));
      for (const { name, field, offer } of fields) {
        const isOpen = isBegun(name) || isEmpty && name === first?.name;
        if (this.keeping.values[name]) this.keeping.folds.set(name, true);
        field.hidden = !isOpen;
        offer.hidden = isOpen;
      }
    });
    return make("div", { class: "coaching-starters" }, ...fields.map(({ field }) => field), offers);
  }
  /**
   * What nobody keeps: it leaves the page with the press of a button, and is gone from it then.
   *
   * @param {SecretBlock} spec
   */
  secret(spec) {
    const control = make("input", {
      type: "password",
      autocomplete: "new-password",
      spellcheck: "false",
      "data-lpignore": "true"
    });
    this.actOnEnter(control, spec.act);
    control.value = this.keeping.typedSecrets[spec.name] ?? "";
    this.keeping.secrets.set(spec.name, control);
    const field = this.field(spec.name, spec, control, () => {
    });
    const alone = make("form", { style: "display: contents", onsubmit: (event) => event.preventDefault() });
    control.replaceWith(alone);
    alone.append(control);
    return field;
  }
  /**
   * @param {DayBlock} spec
   * @param {string} prefix
   */
  day(spec, prefix) {
    const name = prefix + spec.name;
    if (!this.days) throw new Error("A form with a field for a day says what day it is.");
    const control = make("input", { ...PRIVATE_INPUT, type: "text" });
    const { below, said, set } = dayField(control, spec, this.days, {
      typed: this.keeping.typedDays,
      name,
      value: () => this.keeping.values[name] ?? "",
      changed: (value) => this.changed(name, value)
    });
    const field = this.field(name, spec, control, set);
    control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby")} ${said.id}`);
    control.after(below);
    return field;
  }
  /**
   * @param {PickBlock} spec
   * @param {string} prefix
   */
  pick(spec, prefix) {
    const name = prefix + spec.name;
    const control = make(
      "select",
      { autocomplete: "off" },
      ...spec.options.map(([value, label]) => make("option", { value }, label))
    );
    control.addEventListener("change", () => this.changed(name, control.value));
    const field = this.field(name, spec, control, (value) => {
      control.value = value;
    });
    if (spec.another) field.append(this.another(control, name, spec.another));
    return field;
  }
  /**
   * Take the next option, and after the last the first again.
   *
   * @param {HTMLSelectElement} control
   * @param {string} name
   * @param {string} label
   */
  another(control, name, label) {
    const next = () => {
      control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
      this.changed(name, control.value);
    };
    const labelled = `${control.getAttribute("aria-describedby")?.split("-hint")[0]}-label`;
    const button = make("button", { type: "button", class: "coaching-quiet", onclick: next }, label);
    button.id = elementId();
    button.setAttribute("aria-labelledby", `${button.id} ${labelled}`);
    return button;
  }
  /**
   * @param {ChoiceBlock} spec
   * @param {string} prefix
   */
  choice(spec, prefix) {
    const name = prefix + spec.name;
    const group = elementId();
    const { labels, first, set } = optionsOf(spec.options, (value) => this.changed(name, value));
    const problem = make("p", { class: "coaching-problem", id: `${group}-problem` });
    const field = make(
      "fieldset",
      { class: "coaching-field coaching-choice", "aria-describedby": `${group}-problem` },
      make("legend", { dir: "auto" }, spec.label),
      spec.hint ? make("p", { class: "coaching-hint" }, spec.hint) : null,
      make("div", { class: "coaching-options" }, ...labels),
      problem
    );
    this.control(name, {
      field,
      problem,
      focus: first ?? field,
      set
    });
    return field;
  }
  /**
   * @param {OutcomesBlock} spec
   * @param {string} prefix
   */
  outcomes(spec, prefix) {
    return outcomes(this, spec, prefix);
  }
  /**
   * @param {FlagBlock} spec
   * @param {string} prefix
   */
  flag(spec, prefix) {
    const name = prefix + spec.name;
    const id = elementId();
    const control = make("input", { type: "checkbox", autocomplete: "off", "aria-describedby": `${id}-problem` });
    control.addEventListener("change", () => this.changed(name, control.checked ? "true" : ""));
    const problem = make("p", { class: "coaching-problem", id: `${id}-problem` });
    const field = make(
      "div",
      { class: "coaching-field" },
      make("label", { class: "coaching-flag" }, control, make("span", { dir: "auto" }, spec.label)),
      problem
    );
    this.control(name, {
      field,
      problem,
      focus: control,
      set: (value) => {
        control.checked = value === "true";
      }
    });
    return field;
  }
  /**
   * A group of fields that stands once for each row; rows come from the kernel or are added here.
   *
   * @param {RowsBlock} spec
   * @param {string} prefix
   */
  rows(spec, prefix) {
    const list = make("div", { class: "coaching-rows" });
    const keys = /* @__PURE__ */ new Set();
    const add = (key, title) => {
      if (keys.has(key)) return null;
      keys.add(key);
      const row = this.row(spec, `${prefix}${spec.name}.${key}.`, title ?? `${spec.row} ${keys.size}`);
      list.append(row);
      return row;
    };
    for (const { key, title } of spec.fixed) add(key, title);
    const start = `${prefix}${spec.name}.`;
    if (!spec.add) return list;
    const addTyped = () => {
      const names2 = Object.keys(this.keeping.values).filter((name) => name.startsWith(start));
      for (const key of names2.flatMap((name) => name.slice(start.length).split(".", 1))) add(key);
    };
    addTyped();
    this.refreshers.push(addTyped);
    if (spec.line && !keys.size) add(newId());
    if (spec.line) list.addEventListener("keydown", (event) => goAlong(event, () => button.click()));
    const button = make(
      "button",
      {
        type: "button",
        class: "coaching-quiet",
        onclick: () => {
          const row = add(newId());
          this.refresh();
          const first = row?.querySelector("textarea, input");
          if (first instanceof HTMLElement) first.focus();
        }
      },
      spec.add
    );
    return make("div", {}, list, button);
  }
  /**
   * @param {RowsBlock} spec
   * @param {string} prefix
   * @param {string} title
   */
  row(spec, prefix, title) {
    const id = elementId();
    const inside = make(
      "div",
      { class: "coaching-row-inside" },
      ...spec.blocks.map((block) => this.block(block, prefix))
    );
    const row = make(
      "div",
      { class: `coaching-row ${spec.line ? "line" : ""}`, role: "group", "aria-labelledby": id },
      make("h4", { id, dir: "auto", class: spec.line ? "coaching-unseen" : null }, title),
      inside
    );
    if (!spec.add) return row;
    const name = `${prefix}removed`;
    const button = make("button", {
      type: "button",
      class: "coaching-quiet",
      onclick: () => {
        this.changed(name, this.keeping.values[name] ? "" : "true");
        button.scrollIntoView({ block: "nearest" });
      }
    });
    row.append(button);
    const more = spec.line ? inside.querySelector("details") : null;
    const offer = () => {
      button.hidden = Boolean(more && !more.open) && !inside.hidden;
    };
    more?.addEventListener("toggle", offer);
    this.refreshers.push(() => {
      const removed = Boolean(this.keeping.values[name]);
      inside.hidden = removed;
      offer();
      button.textContent = removed ? say("Put it back") : say("Remove");
      button.setAttribute("aria-label", `${button.textContent}: ${title}`);
    });
    return row;
  }
  /**
   * @param {SortingBlock} spec
   * @param {string} prefix
   */
  sorting(spec, prefix) {
    return sorting(this, spec, prefix);
  }
  /** @param {ActBlock} spec */
  act(spec) {
    const button = make(
      "button",
      {
        type: "button",
        class: spec.quiet ? "coaching-quiet" : "coaching-primary",
        onclick: ({ target }) => {
          if (spec.name === LOCK) target?.dispatchEvent(new Event("coaching-lock", { bubbles: true }));
          else this.keeping.send(spec.name);
        }
      },
      spec.label
    );
    this.controls.set(spec.name, { field: button, problem: null, focus: button, set: () => {
    } });
    return make("div", { class: "coaching-act" }, button);
  }
  /**
   * Nothing in it runs, and nothing of it is reached: it is there to be looked at.
   *
   * @param {PageBlock} spec
   */
  page(spec) {
    const frame = make("iframe", { class: "coaching-shown-page", title: spec.title, srcdoc: spec.html });
    frame.setAttribute("sandbox", "");
    return frame;
  }
  /**
   * @param {string} name
   * @param {Control} control
   */
  control(name, control) {
    this.controls.set(name, control);
    control.set(this.keeping.values[name] ?? "");
  }
  /**
   * @param {string} name
   * @param {{ label: string, hint: string, width?: string, seen?: Option[] | null }} spec
   * @param {HTMLElement} control
   * @param {(value: string) => void} set
   */
  field(name, spec, control, set) {
    const id = elementId();
    control.id = id;
    control.setAttribute("aria-describedby", `${id}-hint ${id}-problem`);
    const problem = make("p", { class: "coaching-problem", id: `${id}-problem` });
    const field = make(
      "div",
      { class: `coaching-field coaching-words ${spec.width ?? ""}` },
      make("label", { for: id, id: `${id}-label`, dir: "auto" }, spec.label),
      make("p", { class: "coaching-hint", id: `${id}-hint`, dir: "auto" }, spec.hint),
      control,
      spec.seen ? this.seen(name, spec.seen, control) : null,
      problem
    );
    this.control(name, { field, problem, focus: control, set });
    return field;
  }
  /**
   * Who may read the words of one field: a small sign, in words where it is not as usual. It takes no stop on the way by
   * Tab, which goes from words to words; F2 in the field presses it.
   *
   * @param {string} name
   * @param {Option[]} readers
   * @param {HTMLElement} control
   */
  seen(name, readers, control) {
    const own = `${name}:seen`;
    const usual = readers[0]?.[0] ?? "";
    const words = make("span", { class: "coaching-seen-words", "aria-live": "polite" });
    const button = make("button", {
      type: "button",
      class: "coaching-seen",
      tabindex: "-1",
      onmousedown: leaveFocus,
      onclick: () => {
        const at = readers.findIndex(([value]) => value === (this.keeping.values[own] || usual));
        const [next = usual] = readers[(at + 1) % readers.length] ?? [];
        set(next);
        this.changed(own, next);
      }
    });
    control.addEventListener("keydown", (event) => {
      if (event.key !== "F2") return;
      event.preventDefault();
      button.click();
    });
    const set = (value) => {
      const [chosen, label] = readers.find(([one]) => one === value) ?? readers[0] ?? ["", ""];
      button.setAttribute("aria-label", say("Who may read this: {readers}", { readers: label }));
      button.title = `${button.ariaLabel} (F2)`;
      button.dataset.readers = chosen;
      words.textContent = chosen === usual ? "" : label;
    };
    const sign = make("span", { class: "coaching-readers-of" }, words, button);
    this.control(own, { field: sign, problem: null, focus: button, set });
    return sign;
  }
  /**
   * @param {string} name
   * @param {string} value
   */
  changed(name, value) {
    this.keeping.set(name, value);
    this.problem(name, "");
    this.refresh();
  }
  /**
   * @param {string[]} names
   * @param {string} value
   */
  changedTogether(names2, value) {
    for (const name of names2) {
      this.keeping.set(name, value);
      this.controls.get(name)?.set(value);
      this.problem(name, "");
    }
    this.refresh();
  }
  /**
   * Values that another view of the same form, or the kernel, has changed; never the field somebody is typing in.
   *
   * @param {Values} values
   */
  take(values) {
    for (const [name, value] of Object.entries(values)) {
      if (this.keeping.pending.has(name)) continue;
      this.keeping.values[name] = value;
      const control = this.controls.get(name);
      if (control) control.set(value);
      if (!value) control?.field.querySelector(".coaching-aside")?.remove();
    }
    this.refresh();
    for (const [name, value] of Object.entries(values)) {
      if (!this.keeping.pending.has(name)) this.controls.get(name)?.set(value);
    }
  }
  /**
   * One quiet line under words that sound like a project meeting; nobody counts it, and it goes with the words.
   *
   * @param {Record<string, boolean>} soundings
   */
  statusTalk(soundings) {
    for (const [name, sounds] of Object.entries(soundings)) {
      const control = this.controls.get(name);
      control?.field.querySelector(".coaching-aside")?.remove();
      if (!control || !sounds) continue;
      const park = make(
        "button",
        { type: "button", class: "coaching-quiet", onclick: () => this.keeping.send(`park.${name}`) },
        say("Park it")
      );
      control.field.append(
        make(
          "p",
          { class: "coaching-hint coaching-aside", role: "status" },
          say("Is this for another meeting?"),
          " ",
          park
        )
      );
    }
  }
  /**
   * @param {string} name
   * @param {string} text
   */
  problem(name, text) {
    const control = this.controls.get(name);
    if (!control?.problem) return;
    control.problem.textContent = text;
    if (text) control.focus.setAttribute("aria-invalid", "true");
    else control.focus.removeAttribute("aria-invalid");
  }
  /** @param {Values} texts */
  problems(texts) {
    for (const name of this.controls.keys()) this.problem(name, texts[name] ?? "");
  }
  /**
   * Whether one of these conditions holds.
   *
   * @param {Condition[]} when
   * @param {string} prefix
   */
  holds(when, prefix) {
    return when.some((alternative) => {
      const name = alternative.name.startsWith(".") ? prefix + alternative.name.slice(1) : alternative.name;
      const value = (this.keeping.values[name] ?? "").trim();
      return alternative.is ? alternative.is.includes(value) : value !== "";
    });
  }
  // A row that is added by one of them brings its own, which are then done by the next.
  refresh() {
    for (const refresher of [...this.refreshers]) refresher();
  }
};
function goAlong(event, goOn) {
  const { key, shiftKey, isComposing, target } = event;
  if (key !== "Enter" || shiftKey || isComposing || event.defaultPrevented || !(target instanceof HTMLElement)) return;
  const row = target.closest(".coaching-row");
  const blanks = [
    ...row?.querySelectorAll(":scope > .coaching-row-inside > .coaching-words :is(textarea, input, select)") ?? []
  ];
  const at = blanks.indexOf(target);
  if (at < 0) return;
  event.preventDefault();
  const next = blanks[at + 1];
  if (next instanceof HTMLElement) next.focus();
  else goOn();
}

// coaching/forms/web/intake.js
var LONGEST2 = 2e5;
var TOO_LONG = toSay(
  "This field holds {count} signs. What you have put in is longer than that, and nothing of it was taken in; it belongs in a file of its own."
);
var NO_FILE = toSay("No file is taken in here. Open it, and copy the words that belong here.");
function watchIntake(el, refuse) {
  el.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  el.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    refuse(event.target, say(NO_FILE));
  });
  el.addEventListener("beforeinput", (event) => {
    const { target, data, dataTransfer } = event;
    if (!(target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement)) return;
    const coming = data ?? dataTransfer?.getData("text/plain") ?? "";
    const leaving = (target.selectionEnd ?? 0) - (target.selectionStart ?? 0);
    if (!coming || target.value.length - leaving + coming.length <= LONGEST2) return;
    event.preventDefault();
    refuse(target, say(TOO_LONG, { count: inFigures(LONGEST2) }));
  });
}
var hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files") ?? false;

// coaching/forms/web/keeping.js
window.coachingUnkept ??= wordsOfPage();
var unkept = window.coachingUnkept;
var SEND_EVERY_MS = 60;
var WORRY_AFTER_MS = 2500;
var ADVISE_AFTER_MS = 8e3;
function wordsOfPage() {
  const words = /* @__PURE__ */ new Map();
  window.addEventListener("beforeunload", (event) => {
    if ([...words.values()].some((left) => Object.keys(left).length)) event.preventDefault();
  });
  return words;
}
var wordsOf = (values) => Object.values(values).filter((value) => value && value !== "true").join("\n\n");
var Keeping = class {
  /**
   * @param {{ send: (message: WordsMessage) => void }} model
   * @param {Say} report
   * @param {() => string} wayOn
   */
  constructor(model, report, wayOn2 = () => "") {
    this.model = model;
    this.report = report;
    this.wayOn = wayOn2;
    this.view = newId();
    this.key = "";
    this.sequence = 0;
    this.values = {};
    this.secrets = /* @__PURE__ */ new Map();
    this.typedSecrets = {};
    this.folds = /* @__PURE__ */ new Map();
    this.typedDays = /* @__PURE__ */ new Map();
    this.unanswered = null;
    this.pending = /* @__PURE__ */ new Map();
    this.lastSent = 0;
    this.isOnItsWay = false;
    this.worrying = null;
    this.waitingSince = null;
    this.timer = void 0;
    this.worry = void 0;
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
    this.typedSecrets = key === this.key ? this.readSecrets() : {};
    if (key !== this.key) this.typedDays.clear();
    this.key = key;
    this.values = { ...values };
    this.secrets = /* @__PURE__ */ new Map();
    this.answered();
    this.pending = /* @__PURE__ */ new Map();
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
    this.timer = void 0;
    if (act) this.press(act);
    if (!this.pending.size && !this.unanswered) return;
    this.lastSent = performance.now();
    this.waitingSince ??= this.lastSent;
    this.isOnItsWay = true;
    const touched = Object.fromEntries(this.pending);
    const values = Object.fromEntries([...this.pending.keys()].map((name) => [name, this.values[name] ?? ""]));
    try {
      this.model.send({
        type: "words",
        view: this.view,
        key: this.key,
        values,
        touched,
        ...this.unanswered ?? { act: null, pressed: null, secrets: {} }
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
      this.worry = void 0;
      if (!this.pending.size && !this.unanswered) return;
      const now = performance.now();
      if (this.isOnItsWay && now - (this.waitingSince ?? now) < ADVISE_AFTER_MS)
        this.sayWorry("late", say("The notebook is busy."));
      else if (this.isOnItsWay) this.sayWorry("lost", [say("The notebook does not answer."), this.wayOn()].join(" "));
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
    this.worry = void 0;
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
    this.secrets = /* @__PURE__ */ new Map();
    this.typedSecrets = {};
  }
  // Nobody takes anything for the time being: what is not kept is put back when the form is shown again.
  rest() {
    clearTimeout(this.timer);
    this.timer = void 0;
    this.answered();
    this.pending = /* @__PURE__ */ new Map();
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
};

// coaching/forms/web/help.js
var HELPERS = [
  toSay("a doctor, or a crisis line in your country"),
  toSay("your company’s employee assistance, or its works council"),
  toSay("somebody you trust")
];
function helpControl() {
  return make(
    "button",
    {
      type: "button",
      class: "coaching-quiet coaching-get-help",
      "aria-haspopup": "dialog",
      "data-says": "Pause and get help",
      onmousedown: leaveFocus,
      onclick: openHelp
    },
    say("Pause and get help")
  );
}
function openHelp() {
  openCard(
    say("You may stop here"),
    make("p", {}, say("At any time, and without a reason. The session can wait; the two of you come first.")),
    make(
      "p",
      { class: "coaching-now" },
      say("If somebody is in danger now, call the local emergency number: 112 in Europe, 911 in North America.")
    ),
    make("p", {}, say("A conversation like this is no therapy, and nobody has to carry it alone. Some who can help:")),
    make("ul", {}, ...HELPERS.map((helper) => make("li", {}, say(helper)))),
    make("p", {}, say("To pause, you can say:")),
    make("blockquote", {}, say("“Shall we stop here and look together for somebody who can help?”")),
    make("p", { class: "coaching-hint" }, say("That you opened this is recorded nowhere."))
  );
}

// coaching/forms/web/hook.js
var hook = null;
async function isWithoutHook() {
  const config = JSON.parse(document.querySelector("#jupyter-config-data")?.textContent ?? "");
  const headers = config.token ? { Authorization: `token ${config.token}` } : {};
  return (await fetch(`${config.baseUrl}coaching/hook`, { headers, cache: "no-store" })).status === 404;
}
async function tellOfHook(el) {
  const notebook = el.closest(".jp-NotebookPanel");
  if (!notebook) return;
  hook ??= isWithoutHook().catch(() => false);
  if (!await hook || notebook.querySelector(".coaching-hook")) return;
  el.querySelector("header")?.append(
    make(
      "p",
      { class: "coaching-hint coaching-hook" },
      say(
        "This Jupyter server runs without the workbook’s extension: what other cells show is saved in the notebook. Best open it with “coaching lab”."
      )
    )
  );
}

// coaching/forms/web/keys.js
var partOf = (key) => key.slice(key.lastIndexOf("/") + 1);
var isOfSession = (key) => key.split("/").length === 3 && !isOfReview(key) && partOf(key) !== "beginning";
var isOfReview = (key) => key.startsWith("review/");
var placeOf = (key) => key.slice(0, key.lastIndexOf("/"));

// coaching/forms/web/room.js
var PARTS = ["opening", "yourself", "dreams", "who_what_when", "closing"];
var ORDER = ["beginning", "preparation", ...PARTS];
var WIDE_REM = 66;
var SLIM_REM = 62;
var WORST_FIRST = ["lost", "late", "busy", "kept"];
var KEYS = [
  [toSay("Tab"), toSay("from words to words")],
  [
    toSay("Ctrl →, Ctrl ←"),
    toSay("to the next part, or the one before; in a field, from the end or the beginning of its words")
  ],
  [toSay("Alt Page Down, Alt Page Up"), toSay("the same, from anywhere")],
  ["F2", toSay("in a field: who may read its words")],
  [toSay("1 to 6"), toSay("on the line of a promise: what became of it; 0 takes it back")],
  [toSay("1 to 3"), toSay("on a line of notes: what becomes of it")],
  [toSay("Esc"), toSay("ask, then be still")],
  ["F8", toSay("the question alone, to be read from afar")],
  ["F3", toSay("in the preparation and in the review: look for words that were said")],
  [toSay("Ctrl L"), toSay("lock")],
  ["?", toSay("outside a field: these keys")]
];
var Room = class {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    this.parts = /* @__PURE__ */ new Map();
    this.place = null;
    this.open = "";
    this.waiting = "";
    this.steps = /* @__PURE__ */ new Map();
    this.before = make("ul", {});
    this.talk = make("ol", {});
    this.kept = make("p", { class: "coaching-kept", "aria-live": "off" });
    this.time = make("p", { class: "coaching-together", "aria-live": "off" });
    this.element = make(
      "div",
      { class: "coaching-map" },
      make("nav", { "aria-label": say("The parts of the session") }, this.before, this.talk),
      this.time,
      this.kept
    );
    this.element.addEventListener("keydown", (event) => this.press(event));
    const sizes = new ResizeObserver(() => {
      const width = host.clientWidth / Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      host.classList.toggle("coaching-wide", width >= WIDE_REM);
      host.classList.toggle("coaching-slim", width < SLIM_REM);
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
    if (by && (altKey && !ctrlKey && key.startsWith("Page") || ctrlKey && !altKey && isAtEdge(target, key, shiftKey)))
      return () => this.step(by);
    if (ctrlKey || altKey) return null;
    const asked = this.openForm?.querySelector(".coaching-asked");
    if (key === "Escape" && asked) return () => asked.querySelector("button")?.click();
    if (key === "F8" && asked) return () => showLarge(asked.querySelector("p")?.textContent ?? "");
    if (key === "?" && !isText(target)) return showKeys;
    return null;
  }
  draw() {
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
      make("span", { class: "coaching-unseen" })
    );
    const step = make("li", {}, button);
    this.steps.set(name, step);
    const list = PARTS.includes(name) ? this.talk : this.before;
    const later2 = ORDER.slice(ORDER.indexOf(name)).map((other) => this.steps.get(other));
    list.insertBefore(step, later2.find((other) => other !== step && other?.parentNode === list) ?? null);
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
    const state = this.waiting ? "lost" : WORST_FIRST.find((worst) => all.some((part) => part.state === worst)) ?? "";
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
      gate ? make("span", { class: "coaching-hint" }, gate) : null
    );
  }
};
function isText(target) {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement && target.selectionStart !== null;
}
function isAtEdge(target, key, selects) {
  if (!key.startsWith("Arrow") || selects) return false;
  if (!isText(target)) return true;
  const { selectionStart, selectionEnd, value } = (
    /** @type {HTMLTextAreaElement} */
    target
  );
  return selectionStart === selectionEnd && selectionStart === (key === "ArrowRight" ? value.length : 0);
}
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
function showKeys() {
  const terms = KEYS.flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, say(key))), make("dd", {}, say(what))]);
  openCard(say("Keys"), make("dl", { class: "coaching-keys" }, ...terms));
}
function firstField(el) {
  const lines = el.dataset.room === "opening" ? ", .coaching-outcome > summary" : "";
  const fields = el.querySelectorAll(`.coaching-body :is(textarea, input, select${lines})`);
  return [...fields].filter((field) => field instanceof HTMLElement).find((field) => field.checkVisibility()) ?? el;
}
function roomOf(host) {
  window.coachingRooms ??= /* @__PURE__ */ new WeakMap();
  const room = window.coachingRooms.get(host) ?? new Room(host);
  window.coachingRooms.set(host, room);
  return room;
}
var isOfRoom = (key) => !isOfReview(key) && ORDER.includes(partOf(key));

// coaching/forms/web/search.js
var CALM_MS = 250;
var SEARCH_KEY = "F3";
var KINDS = [
  ["", toSay("everything")],
  ["goal", toSay("goals")],
  ["plan", toSay("plans")],
  ["failure", toSay("failures")],
  ["dream", toSay("dreams")],
  ["joy", toSay("what brings joy")],
  ["statement", toSay("mission statements")],
  ["becoming", toSay("who to become")],
  ["promise", toSay("promises")],
  ["takeaway", toSay("what was taken along")]
];
var PARTS2 = [
  ["", toSay("in any part")],
  ["opening", toSay("arriving")],
  ["yourself", toSay("about oneself")],
  ["dreams", toSay("about dreams")],
  ["who_what_when", toSay("who, what, when")],
  ["closing", toSay("closing")]
];
var SIDES = [
  ["", toSay("by either")],
  ["coach", toSay("by the coach")],
  ["coachee", toSay("by the person coached")]
];
var ORDERS = [
  ["", toSay("newest first")],
  ["best", toSay("best first")]
];
var Searching = class {
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
        onclick: ({ target }) => target instanceof Element && target.closest(".coaching-form")?.dispatchEvent(new Event("coaching-search"))
      },
      say("Look for words that were said ({key})", { key: SEARCH_KEY })
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
};
var Card = class {
  /**
   * @param {Searching} searching
   * @param {boolean} isAlone
   */
  constructor(searching, isAlone) {
    this.searching = searching;
    this.waiting = void 0;
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
      oninput: () => this.askSoon()
    });
    this.when = make("input", {
      type: "text",
      "aria-label": say("When"),
      placeholder: say("when: last autumn, 2025Q3 …"),
      autocomplete: "off",
      oninput: () => this.askSoon()
    });
    const ask = () => this.ask();
    this.picks = {
      kind: pick(say("What"), KINDS, ask),
      part: pick(say("Where"), PARTS2, ask),
      by: pick(say("Whose words"), SIDES, ask),
      order: pick(say("In which order"), ORDERS, ask)
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
      this.own
    );
    this.search = make(
      "div",
      {},
      make("div", { class: "coaching-search-fields" }, this.words, ...Object.values(this.picks), this.when),
      isAlone ? make("label", { class: "coaching-search-all" }, this.everywhere, say("in all open workbooks")) : null,
      this.status,
      this.results,
      isAlone ? this.fold : null
    );
    this.history = make("div", { hidden: true });
    const card = make(
      "dialog",
      {
        class: "coaching-over coaching-card coaching-search",
        "aria-labelledby": id,
        "data-lm-suppress-shortcuts": "true",
        onkeydown: (event) => this.press(
          /** @type {KeyboardEvent} */
          event
        ),
        oncancel: (event) => {
          if (this.history.hidden) return;
          event.preventDefault();
          event.stopImmediatePropagation();
          this.back();
        }
      },
      make("h2", { id }, say("Look for words that were said")),
      this.search,
      this.history,
      make("button", { type: "button", class: "coaching-primary", onclick: () => this.close() }, say("Close"))
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
      everywhere: this.everywhere.checked
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
      ...hits.map((hit) => this.hit(hit, isPrivate))
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
      ...hit.sentences.map(
        (pieces) => make(
          "span",
          { class: "coaching-sentence", dir: "auto" },
          ...pieces.map(([text, isMatch]) => isMatch ? make("mark", {}, text) : text)
        )
      )
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
      private: isPrivate
    });
  }
  /** @param {PastMessage} message */
  past({ number, versions }) {
    if (number !== this.asked.past) return;
    const back = make("button", { type: "button", class: "coaching-quiet", onclick: () => this.back() }, say("Back"));
    const told = versions.flatMap(({ about, words }) => [
      make("p", { class: "coaching-hint", dir: "auto" }, about),
      ...words.map((text) => make("p", { class: "coaching-sentence", dir: "auto" }, text))
    ]);
    this.history.replaceChildren(back, ...told.length ? told : [make("p", {}, say("It is not there any more."))]);
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
    if (event.ctrlKey && key.toLowerCase() === "l") {
      event.preventDefault();
      this.close();
      this.searching.lock();
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (!by || !(target instanceof HTMLElement) || !target.matches(".coaching-hit, .coaching-search-words")) return;
    const stops = [this.words, ...this.search.querySelectorAll(".coaching-hit")].filter(
      (stop) => stop instanceof HTMLElement && stop.checkVisibility()
    );
    const next = stops[stops.indexOf(target) + by];
    event.preventDefault();
    if (next instanceof HTMLElement) next.focus();
  }
};
function pick(label, options, onchange) {
  return make(
    "select",
    { "aria-label": label, onchange },
    ...options.map(([value, text]) => make("option", { value }, text))
  );
}
function openByKey(event) {
  if (event.key !== SEARCH_KEY || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  if (document.querySelector("dialog[open]")) return;
  const form = [...document.querySelectorAll(".coaching-form[data-searches]")].find(
    (one) => one.querySelector(".coaching-body")?.checkVisibility()
  );
  if (!form) return;
  event.preventDefault();
  event.stopPropagation();
  form.dispatchEvent(new Event("coaching-search"));
}

// coaching/forms/web/uninvited.js
var LAST_LETTER = /\p{L}$/u;
function answerUninvited(formInUse) {
  let last = null;
  const note = ({ target, isTrusted }) => {
    if (isTrusted) last = target instanceof Element ? target.closest(".coaching-form, .coaching-over") : null;
  };
  for (const kind of ["keydown", "pointerdown", "click", "input"]) window.addEventListener(kind, note, true);
  new MutationObserver((changes) => {
    const come = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node instanceof HTMLElement).filter((node) => node.matches(".jp-Dialog"));
    const form = last?.isConnected && last.matches(".coaching-form") ? last : last && formInUse();
    if (form) for (const dialog of come) answer(dialog, form);
  }).observe(document.body, { childList: true });
}
function answer(dialog, form) {
  const words = dialog.querySelector(".jp-Dialog-body")?.textContent ?? "";
  const title = (dialog.ariaLabel ?? "").replace(words, "").trim();
  dialog.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  const buttons = dialog.querySelectorAll(".jp-Dialog-footerButtons button");
  if (dialog.isConnected && buttons.length === 1 && buttons[0] instanceof HTMLElement) buttons[0].click();
  if (dialog.isConnected) return;
  const said = [title.replace(LAST_LETTER, "$&:"), words].filter(Boolean).join(" ");
  form.dispatchEvent(
    new CustomEvent("coaching-told", {
      detail: said ? say("JupyterLab says: {words}", { words: said }) : say("JupyterLab has asked something; it was closed without a choice.")
    })
  );
}

// coaching/forms/web/waiting.js
var GONE = toSay(
  "NOT KEPT yet: words that were typed here wait on this page, and their form has gone. Run the notebook again, and they are put back. Do not reload."
);
var WAITING = toSay("NOT KEPT yet: words typed before wait on this page.");
var boxes = /* @__PURE__ */ new WeakMap();
function tellWaiting(forms) {
  const shown = new Set([...forms.values()].map(({ key }) => key));
  const waiting = [...unkept].filter(([key, left]) => isOfSession(key) && !shown.has(key) && wordsOf(left));
  for (const [el, { key, host }] of forms) {
    if (partOf(key) !== "beginning") continue;
    if (host) roomOf(host).sayWaiting(waiting.length ? say(WAITING) : "");
    const isOfThem = ([other]) => key.startsWith("new/") || other.split("/")[0] === key.split("/")[0];
    const words = waiting.every(isOfThem) ? waiting.map(([, left]) => wordsOf(left)).join("\n\n") : null;
    const before = el.querySelector(".coaching-waiting");
    if (before && waiting.length && boxes.get(before) === words) continue;
    before?.remove();
    if (waiting.length) el.querySelector("header")?.after(waitingBox(words));
  }
  sayOnPage(forms, waiting.length > 0);
}
function sayOnPage(forms, areWaiting) {
  const line = document.querySelector("body > .coaching-unkept");
  const isSaid = [...forms.values()].some(({ key }) => partOf(key) === "beginning");
  if (!areWaiting || isSaid) line?.remove();
  else if (!line) document.body.append(make("p", { class: "coaching-over coaching-unkept", role: "alert" }, say(GONE)));
}
function waitingBox(words) {
  const copy = make(
    "button",
    { type: "button", class: "coaching-quiet", onclick: () => navigator.clipboard.writeText(words ?? "") },
    say("Copy these words")
  );
  const said = make(
    "p",
    {},
    say(
      "NOT KEPT yet: words typed before wait on this page. Open their session again, with its passphrase if it has one, and they are put back. Do not reload."
    )
  );
  const box = make("div", { class: "coaching-waiting", role: "alert" }, said, words ? copy : null);
  boxes.set(box, words);
  return box;
}

// coaching/forms/web/presence.js
var MINUTE_MS = 6e4;
var MINUTES_PER_HOUR = 60;
var SETTLED_MS = 200;
var WAITING_MS = 1e3;
var LATE_MS = 3e4;
var Presence = class {
  constructor() {
    this.forms = /* @__PURE__ */ new Map();
    this.reviews = /* @__PURE__ */ new WeakSet();
    this.began = /* @__PURE__ */ new Map();
    this.resumed = /* @__PURE__ */ new Set();
    this.arriving = void 0;
    this.looking = void 0;
    this.last = null;
    this.lastInSession = null;
    for (const kind of ["input", "click"]) document.addEventListener(kind, (event) => this.touched(event.target), true);
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
    return active instanceof HTMLButtonElement || active instanceof HTMLInputElement && active.type === "password" && !active.value;
  }
  /** @param {EventTarget | null} target */
  formOf(target) {
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
      this.arrive(() => this.typing() ? this.goBack() : this.goToBeginning());
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
      if (this.arriving === void 0) document.removeEventListener("scroll", again, true);
      else this.arrive(go);
    };
    document.addEventListener("scroll", again, { capture: true, passive: true });
  }
  stay() {
    clearTimeout(this.arriving);
    this.arriving = void 0;
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
    const isWhole = forms.slice(at).some(([, { key, host }]) => partOf(key) === "closing" && host === form.host);
    const asked = form.key.startsWith("new/") ? form.find("opening") ?? form.find("name") : null;
    const open = isWhole ? this.roomOf(el)?.openForm ?? el : el;
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
    setTimeout(() => this.passing(place), MINUTE_MS - this.since(place) % MINUTE_MS);
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
      rest ? sayCounted("{count} minute", "{count} minutes", rest) : ""
    ].filter(Boolean).join(" ");
    return this.resumed.has(place) ? say("at least {time} together", { time }) : say("{time} together", { time });
  }
};
function bringIntoView(element) {
  const around = (element.closest(".jp-WindowedPanel-outer") ?? document.documentElement).getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  if (top < around.top || bottom > around.bottom) element.scrollIntoView({ block: "center" });
}
window.coachingPresence ??= new Presence();
var presence = window.coachingPresence;

// coaching/forms/web/save.js
function save(name, content) {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 6e4);
}

// coaching/forms/web/form.js
var HEARD_FOR_MS = 6e4;
var CALM_MS2 = 500;
var FIRST = /* @__PURE__ */ new Set(["form", "locking", "locked"]);
function render({ model, el, early }) {
  el.classList.add("coaching-form");
  const status = make("p", { class: "coaching-status", role: "status", "aria-live": "polite" });
  const copy = make(
    "button",
    {
      type: "button",
      class: "coaching-quiet",
      hidden: true,
      onclick: () => navigator.clipboard.writeText(keeping.words())
    },
    say("Copy the words that are not kept")
  );
  const body = make("div", { class: "coaching-body" });
  const notice = make("p", { class: "coaching-notice", role: "alert" });
  const overheard = make("p", { class: "coaching-notice", "aria-live": "assertive" });
  const foot = make("div", { class: "coaching-foot" }, overheard, notice, status, copy);
  let fields = null;
  let hearing;
  let wasAway = false;
  let telling;
  let busy = "";
  const tell = (text) => {
    clearTimeout(telling);
    telling = void 0;
    if (status.textContent !== text) status.textContent = text;
  };
  const report = (next, text) => {
    if (next === "answered" && el.dataset.state === "kept") return;
    const state = next === "answered" ? "" : next;
    if (wasAway && state === "kept") overheard.textContent = "";
    wasAway = state === "late" || state === "lost" || wasAway && state === "busy";
    el.dataset.state = state;
    if (state === "busy") {
      busy = text;
      telling ??= setTimeout(() => tell(busy), CALM_MS2);
    } else tell(text);
    copy.hidden = state !== "lost" || !keeping.words();
    presence.roomOf(el)?.tell(el, { state, said: text });
  };
  const notify = (text) => {
    if (notice.textContent !== text) notice.textContent = text;
  };
  const send = (message) => model.send({ ...message, page: pageName });
  const keeping = new Keeping({ send }, report, wayOn);
  const searching = new Searching(send, keeping.view, () => el.dispatchEvent(new Event("coaching-lock")));
  const awaited = make("p", { class: "coaching-hint", role: "status" }, say("One moment …"));
  el.replaceChildren(awaited);
  const advising = setTimeout(() => {
    awaited.textContent = noAnswer();
  }, ADVISE_AFTER_MS);
  const draw = (message) => {
    const drawn = new Fields(keeping, message.days);
    fields = drawn;
    body.replaceChildren(...message.blocks.map((block) => drawn.block(block)));
    el.setAttribute("role", "group");
    el.tabIndex = -1;
    el.setAttribute("aria-label", message.title);
    el.classList.toggle("coaching-whose", message.key === "review/choice");
    const heading = message.heading ? make("h2", { dir: "auto" }, message.heading) : null;
    el.replaceChildren(
      make(
        "header",
        {},
        heading,
        message.lead ? make("p", { class: "coaching-lead", dir: "auto" }, message.lead) : null,
        message.searches ? searching.button() : null
      ),
      body,
      foot
    );
    drawn.refresh();
    if (message.searches) el.dataset.searches = message.searches;
    else delete el.dataset.searches;
  };
  const show = (message) => {
    clearTimeout(advising);
    const isHere = el.contains(document.activeElement);
    const focused = isHere ? nameOf(document.activeElement) : null;
    const opens = !message.gate && document.activeElement === el && el.querySelector(".coaching-gate");
    const before = keeping.key;
    const putBack = keeping.load(message.key, message.values);
    draw(message);
    notify("");
    gate(message.gate);
    presence.shown(el, message, find, send);
    if (putBack) report("busy", say("putting back what was not kept …"));
    else report(message.kept ? "kept" : "", message.kept ? say("kept {at}", { at: message.kept }) : "");
    if (isHere) stayHere(focused);
    if (opens) firstField(el).focus({ preventScroll: true });
    seat.shown(message.key, find);
    if (isHere && before !== message.key) el.scrollIntoView({ block: "start" });
    if (isHere && before.startsWith("new/") && before !== message.key) presence.arrive(() => presence.goToBeginning());
  };
  const find = (name) => fields?.controls.get(name ?? "")?.focus;
  const stayHere = (name) => {
    find(name)?.focus();
    if (!el.contains(document.activeElement)) el.focus({ preventScroll: true });
  };
  const nameOf = (element) => {
    const controls = [...fields?.controls ?? []];
    return (controls.find(([, control]) => control.focus === element) ?? controls.find(([, control]) => control.field.contains(element)))?.[0] ?? null;
  };
  const gate = (why) => {
    if (why && body.contains(document.activeElement)) el.focus({ preventScroll: true });
    body.hidden = Boolean(why);
    el.querySelector(".coaching-gate")?.remove();
    if (why) body.before(make("div", { class: "coaching-gate" }, make("p", {}, why)));
  };
  const take = {
    form: (message) => {
      if (!message.view || message.view === keeping.view) show(message);
    },
    kept: (message) => {
      keeping.kept(message);
      if (message.view === keeping.view) fields?.statusTalk(message.status_talk ?? {});
      if (message.begun !== void 0) presence.roomOf(el)?.tell(el, { begun: message.begun });
    },
    refused: (message) => {
      if (message.view && message.view !== keeping.view) return;
      keeping.answered();
      clearTimeout(advising);
      awaited.textContent = message.reason;
      if (keeping.pending.size) keeping.refused(message);
      else {
        report("answered", "");
        notify(message.reason);
      }
    },
    changed: (message) => {
      if (message.view !== keeping.view && message.key === keeping.key) fields?.take(message.values);
    },
    gate: (message) => {
      gate(message.why);
      notify("");
    },
    found: (message) => searching.found(message),
    past: (message) => searching.past(message),
    download: (message, buffers) => save(message.name, new Blob(buffers)),
    problems: (message) => {
      fields?.problems(message.fields);
      notify(message.text);
      presence.roomOf(el)?.tell(el, { marked: Boolean(message.text) });
    },
    said: (message) => {
      report("kept", message.text);
      notify("");
      if (message.show)
        requestAnimationFrame(() => requestAnimationFrame(() => el.scrollIntoView({ block: "center" })));
    }
  };
  shelter(el);
  watchIntake(el, (target, text) => {
    const name = target instanceof Element ? nameOf(target) : null;
    if (name && fields?.controls.get(name)?.problem) fields.problem(name, text);
    else notify(text);
  });
  const seat = locks.attend(el, {
    send,
    blank: () => {
      clearTimeout(advising);
      searching.close();
      keeping.hide();
      presence.roomOf(el)?.blank(el);
      fields = null;
      body.replaceChildren();
      for (const line of [overheard, notice]) line.textContent = "";
    },
    rest: () => keeping.rest(),
    flush: () => keeping.send(),
    isKept: () => !keeping.pending.size && !keeping.isOnItsWay,
    greet: () => send({ type: "hello", view: keeping.view }),
    where: (element) => ({ key: keeping.key, name: nameOf(element) })
  });
  const listen = (message, buffers) => {
    if (seat.hears(message)) return;
    take[message.type]?.(message, buffers);
  };
  model.on("msg:custom", listen);
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.addEventListener("keydown", (event) => {
    event.stopPropagation();
    presence.roomOf(el)?.press(event);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      keeping.send();
    }
  });
  el.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element && target !== el) presence.focused(keeping.key, nameOf(target));
  });
  el.addEventListener("focusout", () => keeping.send());
  el.addEventListener("coaching-search", () => searching.open(el.dataset.searches === "alone" ? "alone" : "both"));
  el.addEventListener("coaching-lock", () => lockOf(hostOf(el))?.lock());
  el.addEventListener("coaching-told", ({ detail }) => {
    if (overheard.textContent !== detail) overheard.textContent = detail;
    clearTimeout(hearing);
    hearing = void 0;
  });
  for (const kind of ["keydown", "pointerdown", "input"])
    el.addEventListener(kind, () => {
      if (overheard.textContent)
        hearing ??= setTimeout(() => {
          overheard.textContent = "";
        }, HEARD_FOR_MS);
    });
  if (early && FIRST.has(early.type)) listen(early, []);
  else send({ type: "hello", view: keeping.view });
  return () => {
    clearTimeout(advising);
    clearTimeout(hearing);
    clearTimeout(telling);
    keeping.stop();
    searching.close();
    presence.gone(el);
    seat.leave();
    model.off("msg:custom", listen);
  };
}
export {
  render
};
