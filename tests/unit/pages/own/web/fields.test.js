// Small forms open and fold, and nothing that is typed in one is lost by that.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OpenForms } from "../../../../../coaching/pages/own/web/fields.js";
import { opened } from "./copies.js";

const FORM = { key: "next", fields: [{ name: "topic", first: "question" }, { name: "text" }] };

function typed(values) {
  const own = opened();
  const open = new OpenForms(own);
  own.drafts.next = { id: "01JHQF380000000000000000Y1", at: 1, values };
  return { own, open };
}

describe("A small form", () => {
  it("is open from the beginning if something is typed in it", () => {
    const { open } = typed({ topic: "question", text: "Why the lake?" });
    assert.ok(open.has("next"));
    assert.ok(!open.has("dream"));
  });

  it("keeps what is typed when it is folded, and has it when it is opened again", () => {
    const { own, open } = typed({ topic: "question", text: "Why the lake?" });
    open.fold(FORM);
    assert.ok(!open.has("next"));
    open.unfold("next");
    assert.ok(open.has("next"));
    assert.equal(own.drafts.next.values.text, "Why the lake?");
  });

  it("leaves no draft when it is folded with nothing typed in it", () => {
    const { own, open } = typed({ topic: "question", text: "" });
    open.fold(FORM);
    assert.deepEqual([own.drafts, open.has("next")], [{}, false]);
  });

  it("is closed, without a draft, once its words are kept", () => {
    const { own, open } = typed({ topic: "win", text: "The lake" });
    open.unfold("next");
    open.close("next");
    assert.deepEqual([own.drafts, open.has("next")], [{}, false]);
  });
});
