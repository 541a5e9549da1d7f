// @ts-check
// Words that no kernel has kept and that no form of the page shows: they wait for the passphrase of their workbook, or until
// somebody chooses their session. The first form says so; they can be copied unless somebody else sits there.
/** @import { Forms } from "./presence.js" */
import { make } from "./elements.js";
import { unkept, wordsOf } from "./keeping.js";
import { isOfSession, partOf } from "./keys.js";
import { roomOf } from "./room.js";
import { say, toSay } from "./say.js";

const GONE = toSay(
  "NOT KEPT yet: words that were typed here wait on this page, and their form has gone. Run the notebook again, and they are put back. Do not reload.",
);
const WAITING = toSay("NOT KEPT yet: words typed before wait on this page.");

/**
 * What each box that stands there says.
 *
 * @type {WeakMap<Element, string | null>}
 */
const boxes = new WeakMap();

/** @param {Forms} forms */
export function tellWaiting(forms) {
  const shown = new Set([...forms.values()].map(({ key }) => key));
  const waiting = [...unkept].filter(([key, left]) => isOfSession(key) && !shown.has(key) && wordsOf(left));
  for (const [el, { key, host }] of forms) {
    if (partOf(key) !== "beginning") continue;
    // The form may not be the one that is open; the map is always in sight.
    if (host) roomOf(host).sayWaiting(waiting.length ? say(WAITING) : "");
    /** @param {[string, unknown]} left */
    const isOfThem = ([other]) => key.startsWith("new/") || other.split("/")[0] === key.split("/")[0];
    const words = waiting.every(isOfThem) ? waiting.map(([, left]) => wordsOf(left)).join("\n\n") : null;
    const before = el.querySelector(".coaching-waiting");
    // What is said already is not said again.
    if (before && waiting.length && boxes.get(before) === words) continue;
    before?.remove();
    // Under the lock there is no header, and nothing to read.
    if (waiting.length) el.querySelector("header")?.after(waitingBox(words));
  }
  sayOnPage(forms, waiting.length > 0);
}

/**
 * Where the forms have gone, the page says it; no words stand there, as nobody knows who is looking.
 *
 * @param {Forms} forms
 * @param {boolean} areWaiting
 */
function sayOnPage(forms, areWaiting) {
  const line = document.querySelector("body > .coaching-unkept");
  const isSaid = [...forms.values()].some(({ key }) => partOf(key) === "beginning");
  if (!areWaiting || isSaid) line?.remove();
  else if (!line) document.body.append(make("p", { class: "coaching-over coaching-unkept", role: "alert" }, say(GONE)));
}

/** @param {string | null} words */
function waitingBox(words) {
  const copy = make(
    "button",
    { type: "button", class: "coaching-quiet", onclick: () => navigator.clipboard.writeText(words ?? "") },
    say("Copy these words"),
  );
  const said = make(
    "p",
    {},
    say(
      "NOT KEPT yet: words typed before wait on this page. Open their session again, with its passphrase if it has one, and they are put back. Do not reload.",
    ),
  );
  const box = make("div", { class: "coaching-waiting", role: "alert" }, said, words ? copy : null);
  boxes.set(box, words);
  return box;
}
