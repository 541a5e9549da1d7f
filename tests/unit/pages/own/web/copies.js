// Own copies to try: a person, a promise, a dream and a statement, all invented, and a clock that goes on with each look.
import { OwnCopy } from "../../../../../coaching/pages/own/web/copy.js";
import vectors from "../../../../vectors/joining.json" with { type: "json" };

export const WORKBOOK = "01JHQF38000000000000000000";
export const ITEM = "01JHQF3800000000000000000B";
export const DREAM = "01JHQF3800000000000000000D";
const START = Date.parse("2026-01-15T09:30Z");
const STEP = 1000;

const said = (kind, id, more) => ({ kind, id, rev: 1, author: "coachee", visibility: "pair", ...more });

export const ENTRIES = [
  said("person", "01JHQF3800000000000000000A", { side: "coachee", name: "Maya" }),
  said("item", ITEM, { what: "Call the choir", owner: "coachee", by: "2026-01-20", held_on: "2026-01-08" }),
  said("item_event", "01JHQF3800000000000000000C", {
    item: ITEM,
    event: "agreed",
    due_to: "2026-01-20",
    held_on: "2026-01-08",
  }),
  said("dream", DREAM, { title: "The sea", dream_status: "active", held_on: "2026-01-08" }),
  said("mission", "01JHQF3800000000000000000E", { text: "I sing.", confirmed: true, held_on: "2026-01-08" }),
];

/** A copy as the coach's workbook writes it; later ones say more. */
export const given = (more = {}) => ({
  format: "coaching-own-copy/1",
  document: { format: "coaching-workbook/1", workbook: WORKBOOK, holder: "coach", audience: "pair", entries: ENTRIES },
  rules: vectors.rules,
  issued: "2026-01-15T09:00:00+00:00",
  recipient: null,
  language: "en",
  direction: "ltr",
  person: "Maya",
  coach: "Ana",
  plan: "<main></main>",
  texts: {},
  ...more,
});

/** An own copy that is open, whose clock begins so many minutes after the file was written. */
export function opened(copy = given(), minutes = 0) {
  let now = START + minutes * 60 * STEP;
  return new OwnCopy(structuredClone(copy), () => {
    now += STEP;
    return new Date(now);
  });
}
