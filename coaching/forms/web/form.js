// @ts-check
/** @import { State } from "./keeping.js" */
/** @import { Find } from "./lock.js" */
/** @import { FormMessage, KernelMessage, PageMessage } from "./messages.js" */
/** @import { Context, Listen } from "./page.js" */
import { shelter } from "./cell.js";
import { make } from "./elements.js";
import { Fields } from "./fields.js";
import { watchIntake } from "./intake.js";
import { ADVISE_AFTER_MS, Keeping } from "./keeping.js";
import { hostOf, lockOf, locks, pageName } from "./lock.js";
import { presence } from "./presence.js";
import { firstField } from "./room.js";
import { save } from "./save.js";
import { say } from "./say.js";
import { Searching } from "./search.js";
import { noAnswer, wayOn } from "./wayon.js";

const HEARD_FOR_MS = 60_000;
// What is kept sooner changes nothing on the screen while somebody types.
const CALM_MS = 500;
// What a form may have told before there was a view of it.
const FIRST = new Set(["form", "locking", "locked"]);

/**
 * What a form does with each message that is not its lock's.
 *
 * @typedef {{
 *   [Type in KernelMessage["type"]]?: (
 *     message: Extract<KernelMessage, { type: Type }>,
 *     buffers: DataView<ArrayBuffer>[],
 *   ) => void
 * }} Takes
 */

/**
 * One segment of a session as one form. Everything shown and typed travels in custom messages, never in a synced trait.
 * `early` is the form itself, if it came before there was a view of it.
 *
 * @param {Context} context
 */
export function render({ model, el, early }) {
  el.classList.add("coaching-form");
  const status = make("p", { class: "coaching-status", role: "status", "aria-live": "polite" });
  const copy = make(
    "button",
    {
      type: "button",
      class: "coaching-quiet",
      hidden: true,
      onclick: () => navigator.clipboard.writeText(keeping.words()),
    },
    say("Copy the words that are not kept"),
  );
  const body = make("div", { class: "coaching-body" });
  const notice = make("p", { class: "coaching-notice", role: "alert" });
  const overheard = make("p", { class: "coaching-notice", "aria-live": "assertive" });
  const foot = make("div", { class: "coaching-foot" }, overheard, notice, status, copy);
  /** @type {Fields | null} */
  let fields = null;
  /** @type {number | undefined} */
  let hearing;
  let wasAway = false;
  /** @type {number | undefined} */
  let telling;
  let busy = "";
  /** @param {string} text */
  const tell = (text) => {
    clearTimeout(telling);
    telling = undefined;
    if (status.textContent !== text) status.textContent = text;
  };
  /**
   * @param {State} next
   * @param {string} text
   */
  const report = (next, text) => {
    // A form that tells nobody when words are kept has still something to say that must not go: where a file is.
    if (next === "answered" && el.dataset.state === "kept") return;
    const state = next === "answered" ? "" : next;
    if (wasAway && state === "kept") overheard.textContent = "";
    wasAway = state === "late" || state === "lost" || (wasAway && state === "busy");
    el.dataset.state = state;
    if (state === "busy") {
      busy = text;
      telling ??= setTimeout(() => tell(busy), CALM_MS);
    } else tell(text);
    copy.hidden = state !== "lost" || !keeping.words();
    presence.roomOf(el)?.tell(el, { state, said: text });
  };
  /**
   * What is said again with the same words is not news.
   *
   * @param {string} text
   */
  const notify = (text) => {
    if (notice.textContent !== text) notice.textContent = text;
  };
  /** @param {PageMessage} message */
  const send = (message) => model.send({ ...message, page: pageName });
  const keeping = new Keeping({ send }, report, wayOn);
  const searching = new Searching(send, keeping.view, () => el.dispatchEvent(new Event("coaching-lock")));
  const awaited = make("p", { class: "coaching-hint", role: "status" }, say("One moment …"));
  el.replaceChildren(awaited);
  const advising = setTimeout(() => {
    awaited.textContent = noAnswer();
  }, ADVISE_AFTER_MS);

  /** @param {FormMessage} message */
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
        message.searches ? searching.button() : null,
      ),
      body,
      foot,
    );
    drawn.refresh();
    if (message.searches) el.dataset.searches = message.searches;
    else delete el.dataset.searches;
  };
  /** @param {FormMessage} message */
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
    // Whoever turned to a part before what it waits for was kept goes on as if it had been open.
    if (opens) firstField(el).focus({ preventScroll: true });
    seat.shown(message.key, find);
    // What has come instead is read from its beginning: there stands a recovery key, shown once.
    if (isHere && before !== message.key) el.scrollIntoView({ block: "start" });
    // Two names, and one talks: the part that has opened is where one goes on.
    if (isHere && before.startsWith("new/") && before !== message.key) presence.arrive(() => presence.goToBeginning());
  };
  /** @type {Find} */
  const find = (name) => fields?.controls.get(name ?? "")?.focus;
  /**
   * What had the focus may be gone; outside a form the next letter would be a command of JupyterLab.
   *
   * @param {string | null} name
   */
  const stayHere = (name) => {
    find(name)?.focus();
    if (!el.contains(document.activeElement)) el.focus({ preventScroll: true });
  };
  /** @param {Element | null} element */
  const nameOf = (element) => {
    const controls = [...(fields?.controls ?? [])];
    return (
      (controls.find(([, control]) => control.focus === element) ??
        controls.find(([, control]) => control.field.contains(element)))?.[0] ?? null
    );
  };
  /** @param {string | null} why */
  const gate = (why) => {
    if (why && body.contains(document.activeElement)) el.focus({ preventScroll: true });
    body.hidden = Boolean(why);
    el.querySelector(".coaching-gate")?.remove();
    if (why) body.before(make("div", { class: "coaching-gate" }, make("p", {}, why)));
  };
  /** @type {Takes} */
  const take = {
    form: (message) => {
      if (!message.view || message.view === keeping.view) show(message);
    },
    kept: (message) => {
      keeping.kept(message);
      if (message.view === keeping.view) fields?.statusTalk(message.status_talk ?? {});
      if (message.begun !== undefined) presence.roomOf(el)?.tell(el, { begun: message.begun });
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
      // The other forms have just folded; what was said must not end up above the window.
      if (message.show)
        requestAnimationFrame(() => requestAnimationFrame(() => el.scrollIntoView({ block: "center" })));
    },
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
    where: (element) => ({ key: keeping.key, name: nameOf(element) }),
  });
  /** @type {Listen} */
  const listen = (message, buffers) => {
    if (seat.hears(message)) return;
    /** @type {Listen | undefined} */ (take[message.type])?.(message, buffers);
  };
  model.on("msg:custom", listen);

  // The notebook's own shortcuts stay out of the form; Ctrl+S keeps the words instead of opening the browser's dialog.
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
    hearing = undefined;
  });
  // Nobody may be looking when words are overheard: their time begins when somebody goes on.
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
