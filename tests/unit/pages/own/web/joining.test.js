// What a copy gains by another one: the same in the page as in the workbook, case by case.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { additions, conflicts, saysTheSame } from "../../../../../coaching/pages/own/web/joining.js";
import vectors from "../../../../vectors/joining.json" with { type: "json" };

const { rules, cases } = vectors;

const inOrder = (entries) => entries.toSorted((one, other) => one.id.localeCompare(other.id) || one.rev - other.rev);

const placeOf = ({ id, rev, base, settles }) => ({ id, rev, base: base ?? null, settles: settles ?? [] });

describe("Joining", () => {
  for (const { what, history, incoming, earlier, next_rev: nextRev, gains, conflicts: rivals } of cases)
    it(what, () => {
      const gained = inOrder(additions(incoming, history, { earlier, rules, nextRev }));
      assert.deepEqual(gained.map(placeOf), gains.map(placeOf));
      for (const [at, entry] of gained.entries()) assert.ok(saysTheSame(entry, gains[at]), JSON.stringify(entry));
      const told = [...conflicts([...history, ...gained])].map(([id, others]) => [id, others.map(({ rev }) => rev)]);
      assert.deepEqual(Object.fromEntries(told), rivals);
    });
});
