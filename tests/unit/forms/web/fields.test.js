// What comes from the kernel, or from another view, changes every field but the one that somebody is typing in.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

const { Fields } = await import("../../../../coaching/forms/web/fields.js");

// The fields of a form as they stand on the screen, and what is typed in them and not kept yet.
function form(typed) {
  const shown = { coach_plan: "", coachee_plan: "", ...typed };
  const keeping = { values: { ...shown }, pending: new Map(Object.keys(typed).map((name) => [name, 1])) };
  const fields = new Fields(keeping);
  for (const name of Object.keys(shown)) {
    const set = (value) => {
      shown[name] = value;
    };
    fields.controls.set(name, { field: { querySelector: () => null }, problem: null, focus: null, set });
  }
  return { fields, keeping, shown };
}

describe("A change from elsewhere", () => {
  it("is shown", () => {
    const { fields, keeping, shown } = form({});
    fields.take({ coach_plan: "typed elsewhere" });
    assert.equal(shown.coach_plan, "typed elsewhere");
    assert.equal(keeping.values.coach_plan, "typed elsewhere");
  });

  it("leaves what somebody is typing under their hands", () => {
    const { fields, keeping, shown } = form({ coach_plan: "being typed" });
    fields.take({ coach_plan: "typed elsewhere", coachee_plan: "bake" });
    assert.deepEqual(shown, { coach_plan: "being typed", coachee_plan: "bake" });
    assert.deepEqual(keeping.values, { coach_plan: "being typed", coachee_plan: "bake" });
  });
});

describe("A condition", () => {
  const holds = (values, when, prefix = "") => new Fields({ values }).holds(when, prefix);

  it("holds when a field holds something, or one of its values", () => {
    assert.equal(holds({ decision: "kept" }, [{ name: "decision" }]), true);
    assert.equal(holds({ decision: "  " }, [{ name: "decision" }]), false);
    assert.equal(holds({}, [{ name: "decision", is: ["", "kept"] }]), true);
    assert.equal(holds({ decision: "new" }, [{ name: "decision", is: ["kept"] }]), false);
  });

  it("means the field of its own row when its name begins with a dot", () => {
    const values = { "item.1.outcome": "released", "item.2.outcome": "done" };
    assert.equal(holds(values, [{ name: ".outcome", is: ["released"] }], "item.1."), true);
    assert.equal(holds(values, [{ name: ".outcome", is: ["released"] }], "item.2."), false);
  });

  it("is one of several that may hold", () => {
    assert.equal(holds({ b: "x" }, [{ name: "a" }, { name: "b" }]), true);
    assert.equal(holds({}, [{ name: "a" }, { name: "b" }]), false);
  });
});
