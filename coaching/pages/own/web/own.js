// @ts-check
// One person's own copy of the plan: it opens with its passphrase, is read and written in here, and asks nothing of anybody.
/** @import { Copy, Kept } from "./own.js" */
/** @import { Lock, Sealed } from "./locking.js" */
import { make } from "../../../forms/web/elements.js";
import { OwnCopy } from "./copy.js";
import { fileOf, give, linesIn, sealed, shellOf } from "./files.js";
import { Keeping } from "./keeping.js";
import { lockOf, unlocked, whole } from "./locking.js";
import { Screen } from "./screen.js";
import { openStorage } from "./storage.js";

const PAGE = /[^/]+\.html?$/iu;
const FEWEST_SIGNS = 12;
const shell = shellOf(document);

// The door that speaks the language of the browser; the others go.
function openDoor() {
  const doors = [...document.querySelectorAll("section")];
  const known = navigator.languages.map((wanted) => doors.find(({ lang }) => lang === wanted.split("-")[0]));
  const door = /** @type {HTMLElement} */ (known.find(Boolean) ?? doors[0]);
  for (const other of doors) if (other !== door) other.remove();
  document.documentElement.lang = door.lang;
  document.title = door.querySelector("h1")?.textContent ?? "";
  door.querySelector(".otherwise")?.remove();
  return door;
}

async function begin() {
  const door = openDoor();
  const form = /** @type {HTMLFormElement} */ (door.querySelector("form"));
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const told = /** @type {HTMLElement} */ (door.querySelector("[role=status]"));
  /** @param {string} what */
  const tell = (what) => {
    told.textContent = told.dataset[what] ?? "";
    field.setAttribute("aria-invalid", String(["empty", "wrong"].includes(what)));
  };
  if (!window.crypto?.subtle) return tell("elsewhere");
  const lines = await whole(document.querySelector("#locked")?.textContent ?? "");
  if (!lines) return tell("damaged");
  form.hidden = false;
  field.focus();
  let isOpening = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isOpening) return;
    if (!field.value.trim()) {
      tell("empty");
      field.focus();
      return;
    }
    isOpening = true;
    tell("opening");
    if (!(await tryToOpen(lines, field.value))) {
      tell("wrong");
      field.focus();
      field.select();
    }
    isOpening = false;
  });
}

/**
 * @param {Sealed} lines
 * @param {string} passphrase
 */
async function tryToOpen(lines, passphrase) {
  const lock = await lockOf(passphrase, lines.parameters);
  const text = await unlocked(lines, lock);
  if (text === null) return false;
  await show(/** @type {Copy} */ (JSON.parse(text)), lock, passphrase);
  return true;
}

/**
 * @param {Copy} copy
 * @param {Lock} lock
 * @param {string} passphrase
 */
async function show(copy, lock, passphrase) {
  const own = new OwnCopy(copy);
  const storage = await openStorage();
  const screen = new Screen(own, {
    changed: () => keeping.changed(),
    save: () => save(screen, keeping),
    send: () => send(screen, keeping),
    bring: (file) => bring(screen, keeping, file, passphrase),
  });
  const keeping = new Keeping(own, lock, storage, {
    said: (state) => screen.keepState(screen.say(`kept_${state}`, { time: timeOf(new Date(), copy.language) })),
    joined: () => screen.draw(),
  });
  const unopened = await keeping.recall(passphrase).catch(() => 0);
  if (own.issued > copy.issued) screen.notice(screen.say("older_file", { day: screen.day(own.issued.slice(0, 10)) }));
  if (unopened) screen.notice(screen.say("other_passphrase"));
  screen.keepState(screen.say(storage ? "kept_ready" : "kept_nowhere"));
  document.documentElement.lang = copy.language;
  document.documentElement.dir = copy.direction;
  document.title = screen.say("title", { name: copy.person });
  document.body.replaceChildren(screen.main, screen.bar);
  screen.draw();
  screen.main.focus();
  scrollTo(0, 0);
  window.addEventListener("beforeunload", (event) => {
    keeping.flush();
    if (keeping.isUnsaved) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => keeping.flush());
  document.addEventListener("keydown", (event) => {
    if (!isUndo(event) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    screen.undo();
  });
}

/**
 * The key that takes an act back; where somebody types, it is the browser's own, for the words of the field.
 *
 * @param {KeyboardEvent} event
 */
const isUndo = ({ key, ctrlKey, metaKey, shiftKey, altKey, target }) =>
  (ctrlKey || metaKey) &&
  !(shiftKey || altKey) &&
  key.toLowerCase() === "z" &&
  !(target instanceof Element && target.matches("textarea, input:not([type=radio])"));

/**
 * @param {Date} moment
 * @param {string} language
 */
const timeOf = (moment, language) => moment.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });

/**
 * The next file, under the name of this one.
 *
 * @param {Screen} screen
 * @param {Keeping} keeping
 */
async function save(screen, keeping) {
  await keeping.flush();
  const saved = JSON.stringify(keeping.own.kept());
  const name = PAGE.exec(decodeURIComponent(location.pathname))?.[0] ?? "own-copy.html";
  const outcome = await give(name, fileOf(shell, await keeping.fileLines()), "text/html");
  if (!outcome) return;
  const isWritten = outcome === "written";
  if (JSON.stringify(keeping.own.kept()) === saved) {
    if (isWritten) keeping.saved();
    else keeping.handed();
  }
  screen.tell(screen.say(isWritten ? "saved" : "saved_handed", { file: name }));
}

/**
 * What may go to the coach, shown first, and sealed for their workbook or with a passphrase.
 *
 * @param {Screen} screen
 * @param {Keeping} keeping
 */
function send(screen, keeping) {
  const { own, say } = screen;
  const { coach, recipient } = own.copy;
  // What is shown is what goes, whatever comes in while the place for the file is chosen.
  const [news, going] = [own.unsent(), own.document()];
  const told = news.filter((entry) => entry.event !== "agreed" || entry.withdrawn);
  const lines = told.map((entry) => make("li", {}, make("bdi", {}, screen.lineOf(entry))));
  const field = make("input", {
    id: "own-seal",
    type: "text",
    autocomplete: "off",
    "aria-describedby": "own-seal-why",
  });
  const problem = make("p", { class: "problem", role: "alert" });
  const close = () => {
    panel.close();
    panel.remove();
  };
  /** @param {Event} event */
  const write = async (event) => {
    event.preventDefault();
    const isForCoach = recipient !== null && !other.checked;
    if (!isForCoach && field.value.trim().length < FEWEST_SIGNS) {
      problem.textContent = say("longer");
      field.focus();
      return;
    }
    const by = isForCoach ? { recipient } : { passphrase: field.value };
    const text = JSON.stringify(going, null, 1);
    const name = `${say("file_for_coach")}-${own.today()}.json.age`;
    const content = /** @type {Uint8Array<ArrayBuffer>} */ (await sealed(text, by));
    const outcome = await give(name, content, "application/octet-stream");
    if (!outcome) return;
    own.noteSent(going);
    keeping.changed();
    close();
    screen.tell(say(outcome === "written" ? "sent" : "sent_handed", { file: name, name: coach }));
  };
  const passphrase = make(
    "div",
    { class: "field" },
    make("label", { for: "own-seal" }, say("seal_passphrase")),
    field,
    make("p", { class: "quiet", id: "own-seal-why" }, say("seal_why")),
  );
  passphrase.hidden = recipient !== null;
  /** @param {string} words */
  const opener = (words) => {
    const choose = () => {
      passphrase.hidden = !other.checked;
    };
    const input = make("input", { type: "radio", name: "own-opens", onchange: choose });
    return { input, chip: make("label", { class: "chip" }, input, make("span", {}, words)) };
  };
  const { input: mine, chip: forCoach } = opener(say("for_coach", { name: coach }));
  const { input: other, chip: forOther } = opener(say("for_passphrase"));
  mine.checked = true;
  const chips = make("div", { class: "chips" }, forCoach, forOther);
  const asked = [
    ...(recipient ? [make("fieldset", { class: "field" }, make("legend", {}, say("who_opens")), chips)] : []),
    passphrase,
  ];
  const panel = make(
    "dialog",
    { class: "coaching-page plan own", "aria-labelledby": "own-send", onclose: () => panel.remove() },
    make(
      "form",
      { onsubmit: write },
      make("h2", { id: "own-send" }, say("send")),
      make("p", {}, say(news.length ? "send_what" : "send_nothing", { name: coach })),
      make("ul", { class: "lines going" }, ...lines),
      make("p", { class: "quiet" }, say("send_not")),
      ...asked,
      problem,
      make(
        "div",
        { class: "buttons" },
        make("button", { type: "submit", class: "firmly" }, say("write_file")),
        make("button", { type: "button", class: "quietly", onclick: close }, say("not_now")),
      ),
    ),
  );
  document.body.append(panel);
  panel.showModal();
}

/**
 * Another file of this copy: an older one of hers, or the next one of the coach. What is in it is joined; nothing goes away.
 *
 * @param {Screen} screen
 * @param {Keeping} keeping
 * @param {File} file
 * @param {string} passphrase
 */
async function bring(screen, keeping, file, passphrase) {
  const { say } = screen;
  const lines = await whole(linesIn(await file.text()));
  if (!lines) return screen.notice(say("not_a_copy"));
  const text = await unlocked(lines, await lockOf(passphrase, lines.parameters));
  if (text === null) return askForAnother(screen, keeping, lines);
  joinFile(screen, keeping, text);
}

/**
 * @param {Screen} screen
 * @param {Keeping} keeping
 * @param {Sealed} lines
 */
function askForAnother(screen, keeping, lines) {
  const { say } = screen;
  const field = make("input", { id: "own-other", type: "password", autocomplete: "off" });
  const problem = make("p", { class: "problem", role: "alert" });
  /** @param {Event} event */
  const open = async (event) => {
    event.preventDefault();
    const text = await unlocked(lines, await lockOf(field.value, lines.parameters));
    if (text === null) {
      problem.textContent = say("wrong");
      return;
    }
    panel.close();
    joinFile(screen, keeping, text);
  };
  const panel = make(
    "dialog",
    { class: "coaching-page plan own", "aria-labelledby": "own-other-title", onclose: () => panel.remove() },
    make(
      "form",
      { onsubmit: open },
      make("h2", { id: "own-other-title" }, say("bring")),
      make("div", { class: "field" }, make("label", { for: "own-other" }, say("passphrase_of_file")), field),
      problem,
      make(
        "div",
        { class: "buttons" },
        make("button", { type: "submit", class: "firmly" }, say("open")),
        make("button", { type: "button", class: "quietly", onclick: () => panel.close() }, say("not_now")),
      ),
    ),
  );
  document.body.append(panel);
  panel.showModal();
}

/**
 * @param {Screen} screen
 * @param {Keeping} keeping
 * @param {string} text
 */
function joinFile(screen, keeping, text) {
  const { own, say } = screen;
  const other = /** @type {Copy} */ (JSON.parse(text));
  if (other.document.workbook !== own.copy.document.workbook) return screen.notice(say("another_plan"));
  const isOlder = other.issued < own.issued;
  const came = own.joinCopy(other);
  if (!isOlder) screen.rest = screen.restOfPlan();
  keeping.changed();
  screen.draw();
  screen.notice(say(came ? "brought" : "nothing_new", { count: String(came) }));
  if (isOlder) screen.notice(say("older_brought", { day: screen.day(other.issued.slice(0, 10)) }));
}

begin();
