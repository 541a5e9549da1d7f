// What she says is kept as revisions: it can be taken back, joined from anywhere, and what is private goes nowhere.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { promises, proposals, statements, threads } from "../../../../../coaching/pages/own/web/reading.js";
import { DREAM, ENTRIES, given, ITEM, opened, WORKBOOK } from "./copies.js";

const STAYS = /zq|"base"|"settles"/u;
const PRIVATE = /zqPRIVATE/u;

const done = (own) => own.keep([{ ...own.between("item_event"), item: ITEM, event: "done" }]);
const note = (own, text) => own.keep([{ ...own.privately("reflection"), text }]);
const moves = (own, text, status) => own.keep([{ ...own.between("progress"), about: DREAM, text, status }]);
const stateOf = (own) => promises(own).find(({ item }) => item.id === ITEM)?.state;

describe("An own copy", () => {
  it("shows how promises, dreams and sentences stand", () => {
    const own = opened();
    moves(own, "I swam.", "came_true");
    own.keep([{ ...own.between("mission"), text: "I sing aloud.", confirmed: false }]);
    done(own);
    assert.equal(stateOf(own), "done");
    const [dream] = threads(own, ["dream"]);
    assert.deepEqual([dream.status, dream.steps.map(({ text }) => text)], ["came_true", ["I swam."]]);
    assert.deepEqual([statements(own)[0].text, proposals(own)[0].text], ["I sing.", "I sing aloud."]);
  });

  it("takes back one act after the other, whatever was said", () => {
    const own = opened();
    done(own);
    note(own, "for me");
    assert.ok(own.undo());
    assert.deepEqual(own.current("reflection"), []);
    assert.equal(stateOf(own), "done");
    assert.ok(own.undo());
    assert.equal(stateOf(own), "open");
    assert.ok(!own.undo());
  });

  it("does not take back what was said elsewhere since", () => {
    const [own, other] = [opened(), opened(given(), 60)];
    moves(own, "I swam.");
    other.join(own.kept());
    const [line] = other.current("progress");
    other.keep([{ ...line, text: "I swam far." }]);
    own.join(other.kept());
    assert.equal(own.undo(), null);
    assert.equal(own.current("progress")[0].text, "I swam far.");
  });

  it("gives the coach what is between them, under the id of her own copy, and nothing private", () => {
    const own = opened();
    note(own, "zqPRIVATE");
    moves(own, "I swam.");
    own.drafts.dream = { id: "01JHQF380000000000000000ZZ", at: 1, values: { title: "zqDRAFT" } };
    const document = own.document();
    assert.deepEqual([document.holder, document.audience], ["coachee", "pair"]);
    assert.equal(document.workbook, `${WORKBOOK.slice(0, -1)}1`);
    assert.equal(document.entries.length, ENTRIES.length + 1);
    assert.doesNotMatch(JSON.stringify(document), STAYS);
  });

  it("gives away nothing private, in whatever order she writes, sends, undoes, removes and joins", () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const copies = [opened(), opened(given(), 60)];
      let drawn = seed;
      const draw = (most) => {
        drawn = (drawn * 48_271) % 2_147_483_647;
        return drawn % most;
      };
      for (let at = 0; at < 30; at += 1) {
        const [own, other] = draw(2) ? copies : copies.toReversed();
        const last = own.current("reflection").at(-1);
        const acts = [
          () => note(own, `zqPRIVATE ${at}`),
          () => moves(own, `words ${at}`),
          () => own.undo(),
          () => own.join(structuredClone(other.kept())),
          () => own.noteSent(),
          () => last && own.remove(last.id),
          () => last && own.keep([{ ...last, text: `zqPRIVATE again ${at}` }]),
          () => {
            own.drafts.dream = { id: `01JHQF38000000000000000${100 + at}`, at, values: { title: `zqDRAFT ${at}` } };
          },
        ];
        acts[draw(acts.length)]?.();
        assert.doesNotMatch(JSON.stringify([own.document(), own.unsent()]), PRIVATE, `seed ${seed}`);
        assert.doesNotMatch(JSON.stringify(own.document()), STAYS, `seed ${seed}`);
      }
    }
  });

  it("tells the coach what was taken back only if it was ever sent", () => {
    const own = opened();
    done(own);
    own.undo();
    assert.ok(!own.document().entries.some(({ withdrawn }) => withdrawn));
    done(own);
    own.noteSent();
    own.undo();
    const [told] = own.document().entries.filter(({ withdrawn }) => withdrawn);
    assert.deepEqual([told.item, told.event, told.text], [ITEM, "done", undefined]);
  });

  it("names what is new since it was last sent", () => {
    const own = opened();
    assert.deepEqual(own.unsent(), []);
    moves(own, "I swam.");
    assert.deepEqual(
      own.unsent().map(({ text }) => text),
      ["I swam."],
    );
    own.noteSent();
    assert.deepEqual(own.unsent(), []);
  });

  it("takes note of no more as sent than the document that went", () => {
    const own = opened();
    moves(own, "I swam.");
    const document = own.document();
    moves(own, "I swam far.");
    own.noteSent(document);
    assert.deepEqual(
      own.unsent().map(({ text }) => text),
      ["I swam far."],
    );
  });

  it("keeps hers when the coach's next file comes, and shows what is new there", () => {
    const own = opened();
    note(own, "for me");
    moves(own, "I swam.");
    const news = { ...ENTRIES[1], id: "01JHQF3800000000000000000X", rev: 9, what: "Lend the score", owner: "coach" };
    const next = given({ issued: "2026-02-01T09:00:00+00:00" });
    next.document = { ...next.document, entries: [...ENTRIES, news] };
    assert.equal(own.joinCopy(next), 1);
    assert.equal(own.joinCopy(next), 0);
    assert.deepEqual(
      own.current("reflection").map(({ text }) => text),
      ["for me"],
    );
    assert.ok(promises(own).some(({ what }) => what === "Lend the score"));
    assert.equal(own.copy.issued, "2026-02-01T09:00:00+00:00");
  });

  it("lets her choose between what was written on two devices", () => {
    const [own, other] = [opened(), opened(given(), 60)];
    for (const [copy, title] of [
      [own, "The lake"],
      [other, "The river"],
    ])
      copy.keep([{ ...copy.entry(DREAM), title }]);
    own.join(other.kept());
    const [[id, [rival]]] = own.conflicts();
    assert.deepEqual([own.entry(id).title, rival.title], ["The river", "The lake"]);
    own.choose(id, rival.rev);
    assert.equal(own.entry(id).title, "The lake");
    assert.equal(own.conflicts().size, 0);
    other.join(own.kept());
    assert.deepEqual([other.entry(id).title, other.conflicts().size], ["The lake", 0]);
  });

  it("removes a private note for good, also where another device brings it again", () => {
    const [own, other] = [opened(), opened(given(), 60)];
    note(own, "zqPRIVATE");
    other.join(own.kept());
    own.remove(own.current("reflection")[0].id);
    own.join(other.kept());
    assert.doesNotMatch(JSON.stringify(own.state()), PRIVATE);
    other.join(own.kept());
    assert.doesNotMatch(JSON.stringify(other.state()), PRIVATE);
  });

  it("keeps both of two drafts that go on differently", () => {
    const [own, other] = [opened(), opened(given(), 60)];
    own.drafts.dream = { id: "01JHQF380000000000000000Y1", at: 1, values: { title: "A boat" } };
    other.drafts.dream = { id: "01JHQF380000000000000000Y2", at: 2, values: { title: "A house" } };
    own.join(other.kept());
    own.join(other.kept());
    assert.equal(own.drafts.dream.values.title, "A house");
    assert.deepEqual(
      own.current("reflection").map(({ text }) => text),
      ["A boat"],
    );
  });

  it("drops a draft that has become an entry elsewhere", () => {
    const [own, other] = [opened(), opened(given(), 60)];
    const draft = { id: "01JHQF380000000000000000Y1", at: 1, values: { title: "A boat" } };
    own.drafts.dream = draft;
    other.keep([{ ...other.between("dream", draft.id), title: "A boat", dream_status: "active" }]);
    own.join(other.kept());
    assert.deepEqual(own.drafts, {});
  });

  it("keeps the words that were typed elsewhere into a draft which has become an entry", () => {
    const [own, other] = [opened(), opened(given(), 60)];
    const id = "01JHQF380000000000000000Y1";
    own.keep([{ ...own.between("dream", id), title: "A boat", dream_status: "active" }]);
    other.drafts.dream = { id, at: 2, values: { title: "A boat", text: "and a crew" } };
    const stale = structuredClone(other.kept());
    other.join(own.kept());
    own.join(stale);
    for (const copy of [own, other]) {
      assert.deepEqual(copy.drafts.dream.values, { title: "A boat", text: "and a crew" });
      assert.notEqual(copy.drafts.dream.id, id);
      assert.equal(copy.entry(id).title, "A boat");
    }
  });

  it("leaves a kept entry as it is where another draft of its field goes on", () => {
    const [own, other] = [opened(), opened(given(), 60)];
    const id = "01JHQF380000000000000000Y1";
    own.keep([{ ...own.between("dream", id), title: "A boat", dream_status: "active" }]);
    own.drafts.dream = { id: "01JHQF380000000000000000Y2", at: 5, values: { title: "A house" } };
    other.drafts.dream = { id, at: 2, values: { title: "A boat with sails" } };
    own.join(other.kept());
    assert.deepEqual([own.drafts.dream.values.title, own.entry(id).kind], ["A house", "dream"]);
    assert.deepEqual(
      own.current("reflection").map(({ text }) => text),
      ["A boat with sails"],
    );
    own.join(other.kept());
    assert.equal(own.current("reflection").length, 1);
  });

  it("does not bring a private note back by the draft that it was, once it was removed for good", () => {
    const [own, other] = [opened(), opened(given(), 60)];
    const id = "01JHQF380000000000000000Y1";
    other.drafts.private = { id, at: 1, values: { text: "zqPRIVATE" } };
    own.keep([{ ...own.privately("reflection", id), text: "zqPRIVATE" }]);
    own.remove(id);
    for (const [copy, from] of [
      [own, other],
      [other, own],
    ]) {
      copy.join(structuredClone(from.kept()));
      assert.doesNotMatch(JSON.stringify(copy.kept()), PRIVATE);
    }
  });
});
