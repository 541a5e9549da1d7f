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
            onclick: () => lockOf(host)?.lock()
          },
          say("Lock")
        )
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
    const cell2 = el.closest(".jp-Cell");
    cell2?.setAttribute("data-lm-suppress-shortcuts", "true");
    cell2?.addEventListener("click", ({ target }) => {
      const isBeside = target instanceof Node && !el.contains(target);
      const back = last?.isConnected ? last : el;
      if (isBeside && el.isConnected && back instanceof HTMLElement) back.focus({ preventScroll: true });
    });
  });
}

// coaching/forms/web/save.js
function save(name, content) {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 6e4);
}

// coaching/forms/web/downloads.js
var BLANKS = /\s+/gu;
var SHARPER = 2;
var RUN = /^[=+\-@\t\r＝＋－＠]/u;
function drawing(svg) {
  const alone = (
    /** @type {SVGSVGElement} */
    svg.cloneNode(true)
  );
  const { y, width, height: below } = svg.viewBox.baseVal;
  const height = y + below;
  alone.setAttribute("viewBox", `0 0 ${width} ${height}`);
  alone.setAttribute("width", String(width));
  alone.setAttribute("height", String(height));
  return { width, height, source: new XMLSerializer().serializeToString(alone) };
}
function saveSvg(svg) {
  save(`${svg.id}.svg`, new Blob([drawing(svg).source], { type: "image/svg+xml" }));
}
async function savePng(svg) {
  const { width, height, source } = drawing(svg);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: width * SHARPER, height: height * SHARPER });
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((picture) => picture && save(`${svg.id}.png`, picture), "image/png");
}
function cell(element) {
  const words = element.textContent.trim().replace(BLANKS, " ");
  const harmless = RUN.test(words) ? `'${words}` : words;
  return `"${harmless.replaceAll('"', '""')}"`;
}
function saveCsv(svg, table) {
  const lines = [...table.rows].map((row) => [...row.cells].map(cell).join(","));
  save(`${svg.id}.csv`, new Blob(["\uFEFF", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" }));
}
function offerDownloads(figure) {
  const svg = (
    /** @type {SVGSVGElement | null} */
    figure.querySelector("svg.chart")
  );
  const table = figure.querySelector("table");
  if (!svg || !table) return;
  const row = document.createElement("p");
  row.className = "coaching-downloads";
  row.append(say("Save as"), " ");
  const ways = { SVG: () => saveSvg(svg), PNG: () => savePng(svg), CSV: () => saveCsv(svg, table) };
  for (const [name, way] of Object.entries(ways)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.setAttribute(
      "aria-label",
      say("Save “{chart}” as {kind}", {
        chart: titleOf(svg),
        kind: name
      })
    );
    button.addEventListener("click", way);
    row.append(button);
  }
  figure.append(row);
}
function titleOf(svg) {
  return svg.querySelector("title")?.textContent ?? say("this chart");
}

// coaching/forms/web/view.js
var FOLD = (
  /** @type {"details"} */
  "details.coaching-theme"
);
function render({ model, el }) {
  el.classList.add("coaching-view");
  const drawn = document.createElement("div");
  const hint = document.createElement("p");
  hint.className = "coaching-drawing";
  hint.setAttribute("role", "status");
  const isDrawing = (now) => {
    hint.textContent = now ? say("drawing …") : "";
    el.setAttribute("aria-busy", String(now));
  };
  const send = (message) => model.send({ ...message, page: pageName });
  const greet = () => {
    el.replaceChildren(drawn, hint);
    isDrawing(true);
    send({ type: "hello" });
  };
  shelter(el);
  const seat = locks.attend(el, {
    send,
    blank: () => drawn.replaceChildren(),
    rest: () => {
    },
    flush: () => {
    },
    isKept: () => true,
    greet
  });
  const waitToBeOpened = (wasOpen) => {
    const fold = drawn.querySelector(FOLD);
    if (!fold || !("waits" in fold.dataset)) return;
    fold.addEventListener("toggle", () => {
      if (!fold.open || !("waits" in fold.dataset)) return;
      delete fold.dataset.waits;
      isDrawing(true);
      send({ type: "open" });
    });
    fold.open = Boolean(wasOpen);
  };
  const listen = (message) => {
    if (seat.hears(message)) return;
    if (message.type === "busy") {
      isDrawing(true);
      if (message.blank) drawn.replaceChildren();
    }
    if (message.type !== "page") return;
    const wasOpen = drawn.querySelector(FOLD)?.open;
    drawn.innerHTML = message.html;
    waitToBeOpened(wasOpen);
    for (const figure of drawn.querySelectorAll("figure")) offerDownloads(figure);
    el.classList.toggle("coaching-nothing", !message.html);
    isDrawing(false);
    seat.shown();
  };
  model.on("msg:custom", listen);
  greet();
  return () => {
    seat.leave();
    model.off("msg:custom", listen);
  };
}
export {
  render
};
