// @ts-check
// How everything stands, read from what was said: statements, threads, promises, and what waits for the next time.
/** @import { OwnCopy } from "./copy.js" */
/** @import { Entry } from "./own.js" */

/** @typedef {"goal" | "plan" | "failure" | "dream" | "becoming"} ThreadKind */
/**
 * @typedef {object} Thread
 * @property {string} id
 * @property {ThreadKind} kind
 * @property {string} title
 * @property {string} text
 * @property {string} day
 * @property {string} status
 * @property {{ day: string, status: string, text: string }[]} steps
 */
/**
 * @typedef {object} PromiseState
 * @property {Entry} item
 * @property {string} what
 * @property {string} owner
 * @property {string} due
 * @property {"draft" | "open" | "done" | "let_go"} state
 * @property {string} closedOn
 * @property {boolean} isExperiment
 * @property {Entry[]} events
 */

const WHITE_SPACE = /\s+/u;
const NOTES = new Set(["goal", "plan", "failure"]);
/** @type {Record<ThreadKind, string[]>} */
export const LIVES = {
  goal: ["alive", "changed", "reached", "let_go"],
  plan: ["alive", "changed", "reached", "let_go"],
  failure: [],
  dream: ["alive", "resting", "came_true", "let_go"],
  becoming: ["on_the_way", "reached", "let_go"],
};
/** @type {Record<string, string>} */
const OWN_STATUS = { resting: "resting", came_true: "came_true", let_go: "let_go", reached: "reached" };
export const ENDS = new Set(["came_true", "reached", "let_go"]);
/** @type {Record<string, "done" | "let_go">} */
const CLOSING = { done: "done", showed: "done", let_go: "let_go" };

/**
 * The words in a field of an entry; none where it says nothing.
 *
 * @param {Entry | undefined} entry
 * @param {string} name
 */
export const wordsIn = (entry, name) => (typeof entry?.[name] === "string" ? String(entry[name]) : "");

/** @param {string} text */
const inOneLine = (text) => text.normalize("NFC").split(WHITE_SPACE).join(" ").trim();

/**
 * The versions of the statement, newest first: those that were confirmed and say something new. Words that come back are a
 * version again, after others and after an empty place.
 *
 * @param {OwnCopy} copy
 */
export function statements(copy) {
  /** @type {Entry[]} */
  const versions = [];
  let putAway = false;
  for (const mission of inOrder(copy)) {
    const words = inOneLine(wordsIn(mission, "text"));
    const isNew = putAway || words !== inOneLine(wordsIn(versions.at(-1), "text"));
    if (!words) putAway = true;
    else if (mission.confirmed && isNew) {
      versions.push(mission);
      putAway = false;
    }
  }
  return versions.toReversed();
}

/**
 * The sentences by their days, on one day by their sessions, in one session by their numbers.
 *
 * @param {OwnCopy} copy
 */
function inOrder(copy) {
  const sessions = new Map(copy.current("session").map(({ id, number }) => [id, number]));
  /** @param {Entry} one */
  const place = (one) =>
    [
      one.held_on ?? "",
      ...[sessions.get(one.session ?? ""), one.number].map((number) => String(number ?? 0).padStart(9, "0")),
    ].join(" ");
  return copy.current("mission").sort((one, other) => place(one).localeCompare(place(other)));
}

/**
 * The sentences of hers that nobody has confirmed, and that are newer than the statement in force and say something else.
 *
 * @param {OwnCopy} copy
 */
export function proposals(copy) {
  const [now] = statements(copy);
  const [since, known] = [wordsIn(now, "held_on"), inOneLine(wordsIn(now, "text"))];
  return copy.current("mission").filter((one) => {
    const words = inOneLine(wordsIn(one, "text"));
    return !one.confirmed && !one.session && words && words !== known && wordsIn(one, "held_on") >= since;
  });
}

/**
 * Her threads of some kinds, in the order in which they were begun.
 *
 * @param {OwnCopy} copy
 * @param {ThreadKind[]} kinds
 */
export function threads(copy, kinds) {
  const progress = copy.current("progress");
  return kinds.flatMap((kind) =>
    copy
      .current(NOTES.has(kind) ? "note" : kind)
      .filter((entry) => entry.author === "coachee" && (!NOTES.has(kind) || entry.topic === kind))
      .map((entry) => threadOf(entry, kind, progress))
      .filter(({ title, text }) => title.trim() || text.trim()),
  );
}

/**
 * @param {Entry} entry
 * @param {ThreadKind} kind
 * @param {Entry[]} progress
 * @returns {Thread}
 */
function threadOf(entry, kind, progress) {
  const told = progress.filter(({ about }) => about === entry.id);
  const steps = told.map((one) => ({
    day: wordsIn(one, "held_on"),
    status: wordsIn(one, "status"),
    text: wordsIn(one, "text"),
  }));
  const own = OWN_STATUS[wordsIn(entry, `${kind}_status`)] ?? LIVES[kind][0] ?? "";
  const status = steps.findLast((step) => step.status)?.status ?? own;
  const [title, text, day] = ["title", "text", "held_on"].map((name) => wordsIn(entry, name));
  return { id: entry.id, kind, title: title ?? "", text: text ?? "", day: day ?? "", status, steps };
}

/**
 * How every promise stands: its events, one after the other.
 *
 * @param {OwnCopy} copy
 */
export function promises(copy) {
  const events = [...copy.current("item_event"), ...copy.current("review")];
  return copy.current("item").map((item) => {
    const own = events.filter((event) => event.item === item.id);
    return promiseOf(
      item,
      own.filter(({ kind }) => kind === "item_event"),
      own,
    );
  });
}

/**
 * @param {Entry} item
 * @param {Entry[]} events
 * @param {Entry[]} told
 * @returns {PromiseState}
 */
function promiseOf(item, events, told) {
  let [due, ended, closedOn] = [firstDue(item, events), /** @type {"done" | "let_go" | null} */ (null), ""];
  const waiting = [...events];
  while (waiting.length) {
    const [event] = waiting.splice(next(waiting, ended !== null), 1);
    const [kind, to, day] = [wordsIn(event, "event"), wordsIn(event, "due_to"), wordsIn(event, "held_on")];
    if (kind === "due_moved" && to) due = to;
    else if (CLOSING[kind] && !ended) [ended, closedOn] = [CLOSING[kind], day];
    else if (kind === "reopened" && ended) [due, ended, closedOn] = [to || due, null, ""];
  }
  const what = wordsIn(item, "what");
  const isExperiment = item.experiment === true;
  const isDraft = !what.trim() || !item.owner || !due;
  return {
    item,
    what,
    owner: wordsIn(item, "owner"),
    due,
    state: isDraft && !ended ? "draft" : (ended ?? "open"),
    closedOn,
    isExperiment,
    events: told,
  };
}

/**
 * Of the events of one day the first that fits: what is open is not opened again.
 *
 * @param {Entry[]} waiting
 * @param {boolean} isOver
 */
function next(waiting, isOver) {
  const day = waiting[0]?.held_on;
  const place = waiting.findIndex((event) => {
    const kind = wordsIn(event, "event");
    const fits = CLOSING[kind] || kind === "reopened" ? isOver === (kind === "reopened") : true;
    return event.held_on === day && fits;
  });
  return Math.max(place, 0);
}

/**
 * The day that was agreed first: the row of an item that moved holds the newest one.
 *
 * @param {Entry} item
 * @param {Entry[]} events
 */
function firstDue(item, events) {
  const agreed = events.find((event) => event.event === "agreed" && event.due_to);
  const moved = events.find((event) => event.event === "due_moved");
  return wordsIn(agreed, "due_to") || (moved ? wordsIn(moved, "due_from") : wordsIn(item, "by"));
}

/**
 * Her questions and wins that no session has taken up.
 *
 * @param {OwnCopy} copy
 */
export const forNextTime = (copy) =>
  copy.current("note").filter((note) => ["question", "win"].includes(wordsIn(note, "topic")) && !note.session);

/**
 * What she wrote for nobody else, newest first.
 *
 * @param {OwnCopy} copy
 */
export const privateNotes = (copy) => copy.current("reflection").toReversed();
