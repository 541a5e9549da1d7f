// What is typed is held until the kernel has said that it is kept, whatever becomes of the messages.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";

const KEY = "workbook/session/opening";

globalThis.window = new EventTarget();
globalThis.document = new EventTarget();
const { Keeping, unkept, wordsOf } = await import("../../../../coaching/forms/web/keeping.js");

const open = [];

// A form, and the messages that it has sent; `sending` may refuse them.
function form(key = KEY, values = {}, sending = () => {}) {
  const sent = [];
  const said = [];
  const send = (message) => {
    sending(message);
    sent.push(structuredClone(message));
  };
  const keeping = new Keeping({ send }, (state, text) => said.push([state, text]));
  open.push(keeping);
  const putBack = keeping.load(key, values);
  return { keeping, sent, said, putBack };
}

// What the kernel answers once everything of a message is on disk.
const keptAt = ({ view, touched }, at = "10:42") => ({ type: "kept", view, touched, at });

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  mock.method(performance, "now", () => Date.now());
});

afterEach(() => {
  for (const keeping of open.splice(0)) {
    keeping.rest();
    keeping.stop();
  }
  unkept.clear();
  mock.timers.reset();
  mock.restoreAll();
});

describe("What is typed", () => {
  it("goes to the kernel soon, and in one message", () => {
    const { keeping, sent } = form();
    keeping.set("arrival", "t");
    keeping.set("arrival", "tired");
    keeping.set("mood", "low");
    mock.timers.tick(60);
    assert.equal(sent.length, 1);
    assert.deepEqual(sent[0], {
      type: "words",
      view: keeping.view,
      key: KEY,
      values: { arrival: "tired", mood: "low" },
      touched: { arrival: 2, mood: 3 },
      act: null,
      pressed: null,
      secrets: {},
    });
  });

  it("is held until the kernel says that it is kept", () => {
    const { keeping, sent, said } = form();
    keeping.set("arrival", "tired");
    mock.timers.tick(60);
    assert.deepEqual(unkept.get(KEY), { arrival: "tired" });
    assert.equal(keeping.words(), "tired");
    keeping.kept(keptAt(sent[0]));
    assert.deepEqual(unkept.get(KEY), {});
    assert.equal(keeping.words(), "");
    assert.deepEqual(said.at(-1), ["kept", "kept 10:42"]);
  });

  it("is not taken for kept when what was typed before it is", () => {
    const { keeping, sent, said } = form();
    keeping.set("arrival", "tired");
    mock.timers.tick(60);
    keeping.set("arrival", "tired, but here");
    keeping.kept(keptAt(sent[0]));
    assert.deepEqual(unkept.get(KEY), { arrival: "tired, but here" });
    assert.deepEqual(said.at(-1), ["busy", "keeping …"]);
    mock.timers.tick(60);
    assert.deepEqual(sent[1].values, { arrival: "tired, but here" });
    keeping.kept(keptAt(sent[1]));
    assert.deepEqual(unkept.get(KEY), {});
  });

  it("makes no queue before a slow kernel", () => {
    const { keeping, sent } = form();
    for (const letter of "a slow kernel") {
      keeping.set("arrival", letter);
      mock.timers.tick(100);
    }
    assert.equal(sent.length, 1);
  });

  it("is not let go by what another view has had kept", () => {
    const { keeping, sent } = form();
    keeping.set("arrival", "tired");
    mock.timers.tick(60);
    keeping.kept({ ...keptAt(sent[0]), view: "another" });
    assert.deepEqual(unkept.get(KEY), { arrival: "tired" });
  });

  it("is put back into the next view of its form, and sent again", () => {
    const first = form();
    first.keeping.set("arrival", "tired");
    const next = form(KEY, { arrival: "", mood: "low" });
    assert.equal(next.putBack, 1);
    assert.deepEqual(next.keeping.values, { arrival: "tired", mood: "low" });
    mock.timers.tick(60);
    assert.deepEqual(next.sent[0].values, { arrival: "tired" });
  });

  it("is not put back into another form", () => {
    form().keeping.set("arrival", "tired");
    const other = form("workbook/session/dreams");
    assert.equal(other.putBack, 0);
    assert.deepEqual(other.keeping.values, {});
    assert.deepEqual(unkept.get(KEY), { arrival: "tired" });
  });

  it("stays when the kernel refuses it, and is sent again", () => {
    const { keeping, sent, said } = form();
    keeping.set("arrival", "tired");
    mock.timers.tick(60);
    keeping.answered();
    keeping.refused({ type: "refused", view: keeping.view, reason: "The disk is full." });
    assert.deepEqual(said.at(-1), ["lost", "NOT KEPT: The disk is full. Your words are still on this page."]);
    mock.timers.tick(2500);
    assert.deepEqual(sent.at(-1).values, { arrival: "tired" });
    assert.equal(sent.length, 2);
  });

  it("stays while the page has lost its notebook, and is sent again", () => {
    const failures = [new Error("the comm is closed")];
    const { keeping, sent, said } = form(KEY, {}, () => {
      const failure = failures.pop();
      if (failure) throw failure;
    });
    keeping.set("arrival", "tired");
    mock.timers.tick(60);
    assert.equal(said.at(-1)[0], "lost");
    assert.ok(said.at(-1)[1].endsWith("Your words are on this page, and are put back."));
    mock.timers.tick(2500);
    assert.deepEqual(sent[0].values, { arrival: "tired" });
  });
});

describe("A kernel that does not answer", () => {
  it("is said to be busy, then to be silent, and gets the message again", () => {
    const { keeping, sent, said } = form();
    keeping.set("arrival", "tired");
    mock.timers.tick(60);
    mock.timers.tick(2500);
    assert.deepEqual(said.at(-1), [
      "late",
      "NOT KEPT yet: The notebook is busy. Your words are on this page, and are put back.",
    ]);
    mock.timers.tick(2500);
    mock.timers.tick(2500);
    assert.equal(said.at(-1)[0], "late");
    mock.timers.tick(2500);
    assert.equal(said.at(-1)[0], "lost");
    assert.equal(sent.length, 2);
    assert.deepEqual(sent[1], sent[0]);
  });

  it("is told of until it answers, whatever is typed meanwhile", () => {
    const { keeping, sent, said } = form();
    keeping.set("arrival", "tired");
    mock.timers.tick(60);
    for (let time = 0; time < 10_000; time += 500) {
      keeping.set("arrival", `tired ${time}`);
      mock.timers.tick(500);
    }
    assert.equal(said.at(-1)[0], "lost");
    keeping.kept(keptAt(sent[0]));
    assert.equal(said.at(-1)[0], "busy");
  });
});

describe("A button", () => {
  it("is sent again until it is answered, as one press", () => {
    const { keeping, sent } = form();
    keeping.send("close");
    mock.timers.tick(10_000);
    assert.equal(sent.length, 2);
    assert.deepEqual(sent[1], sent[0]);
    assert.deepEqual([sent[0].act, sent[0].pressed], ["close", 1]);
    keeping.kept(keptAt(sent[1], null));
    mock.timers.tick(60_000);
    assert.equal(sent.length, 2);
  });

  it("takes what is not kept along, and is told apart from the press before", () => {
    const { keeping, sent } = form();
    keeping.send("look");
    keeping.kept(keptAt(sent[0], ""));
    keeping.set("file", "handover.zip");
    keeping.send("look");
    assert.deepEqual(sent[1].values, { file: "handover.zip" });
    assert.notEqual(sent[1].pressed, sent[0].pressed);
  });

  it("takes a passphrase from its field, which nothing else does", () => {
    const { keeping, sent } = form();
    const field = { value: "correct horse" };
    keeping.secrets.set("opening", field);
    keeping.set("name", "Ana");
    mock.timers.tick(60);
    assert.deepEqual(sent[0].secrets, {});
    assert.equal(field.value, "correct horse");
    keeping.send("unlock");
    assert.deepEqual(sent[1].secrets, { opening: "correct horse" });
    assert.equal(field.value, "");
    assert.ok(!JSON.stringify([...unkept]).includes("correct horse"));
  });
});

describe("A passphrase that is half typed", () => {
  it("stays in its field when the form is shown again, and nowhere else", () => {
    const { keeping } = form();
    keeping.secrets.set("opening", { value: "correct" });
    keeping.load(KEY, {});
    assert.deepEqual(keeping.typedSecrets, { opening: "correct" });
    keeping.secrets.set("opening", { value: "correct" });
    keeping.load("workbook/session/dreams", {});
    assert.deepEqual(keeping.typedSecrets, {});
  });
});

describe("Whoever leaves the page", () => {
  const leave = () => {
    const event = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };

  it("is asked while words are not kept, which are sent at once", () => {
    const { keeping, sent } = form();
    assert.equal(leave(), false);
    keeping.set("arrival", "tired");
    assert.equal(leave(), true);
    assert.deepEqual(sent[0].values, { arrival: "tired" });
    keeping.kept(keptAt(sent[0]));
    assert.equal(leave(), false);
  });

  it("is asked although the form has gone that they were typed into", () => {
    const { keeping } = form();
    keeping.set("arrival", "tired");
    keeping.stop();
    assert.equal(leave(), true);
  });

  it("has the words sent when the page is hidden", () => {
    const { keeping, sent } = form();
    keeping.set("arrival", "tired");
    document.dispatchEvent(new Event("visibilitychange"));
    assert.deepEqual(sent[0].values, { arrival: "tired" });
  });
});

describe("A form under the lock", () => {
  it("holds nothing of what is kept, and hands over what is not", () => {
    const { keeping, sent } = form(KEY, { mood: "low" });
    keeping.set("arrival", "tired");
    keeping.hide();
    assert.deepEqual(keeping.values, { arrival: "tired" });
    keeping.send();
    assert.deepEqual(sent[0].values, { arrival: "tired" });
  });

  it("lets wait what the kernel takes no more, and puts it back after", () => {
    const { keeping, sent } = form(KEY, { mood: "low" });
    keeping.set("arrival", "tired");
    keeping.hide();
    keeping.rest();
    assert.deepEqual(keeping.values, {});
    mock.timers.tick(60_000);
    assert.deepEqual(sent, []);
    assert.equal(keeping.load(KEY, { mood: "low" }), 1);
    assert.deepEqual(keeping.values, { mood: "low", arrival: "tired" });
    mock.timers.tick(60);
    assert.deepEqual(sent[0].values, { arrival: "tired" });
  });
});

it("copies words, not ticks", () => {
  assert.equal(wordsOf({ arrival: "tired", done: "true", mood: "", plan: "rest" }), "tired\n\nrest");
});

// A generator of numbers from 0 to 1 that gives the same ones again.
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

// A kernel that loses messages and answers, takes them in any order, and repeats answers. It keeps each field as the last
// change of a view left it.
class Kernel {
  constructor(random) {
    this.random = random;
    this.disk = {};
    this.latest = {};
    this.messages = [];
    this.answers = [];
  }

  take() {
    const [message] = this.messages.splice(Math.floor(this.random() * this.messages.length), 1);
    if (!message || this.random() < 0.3) return;
    for (const [name, sequence] of Object.entries(message.touched)) {
      const place = `${message.view} ${name}`;
      if (sequence < (this.latest[place] ?? 0)) continue;
      this.latest[place] = sequence;
      this.disk[name] = message.values[name];
    }
    if (this.random() < 0.7) this.answers.push(keptAt(message));
  }

  answer(keeping) {
    const [answer] = this.answers.splice(Math.floor(this.random() * this.answers.length), 1);
    if (!answer) return;
    if (this.random() < 0.2) this.answers.push(answer);
    keeping.kept(answer);
  }
}

// Somebody who types, a page that is late, hidden or run again, and a kernel as above: one of these at a time.
class Session {
  constructor(seed) {
    this.random = numbers(seed);
    this.kernel = new Kernel(this.random);
    this.typed = {};
    this.show();
  }

  show() {
    ({ keeping: this.keeping } = form(KEY, this.kernel.disk, (message) =>
      this.kernel.messages.push(structuredClone(message)),
    ));
  }

  type() {
    const name = ["arrival", "mood", "plan"][Math.floor(this.random() * 3)];
    this.typed[name] = `${name} ${this.random()}`;
    this.keeping.set(name, this.typed[name]);
  }

  // What the view before has sent is taken in before the kernel shows the form.
  runAgain() {
    this.keeping.stop();
    while (this.kernel.messages.length) this.kernel.take();
    this.show();
  }

  step() {
    const chance = this.random();
    if (chance < 0.3) this.type();
    else if (chance < 0.5) this.kernel.take();
    else if (chance < 0.7) this.kernel.answer(this.keeping);
    else if (chance < 0.85) mock.timers.tick(Math.floor(this.random() * 3000));
    else if (chance < 0.98) this.keeping.send();
    else this.runAgain();
  }

  // Fields whose last words are neither on disk nor held.
  lost() {
    const held = unkept.get(KEY);
    return Object.keys(this.typed).filter((name) => ![this.kernel.disk[name], held[name]].includes(this.typed[name]));
  }

  settle() {
    for (let round = 0; round < 200 && Object.keys(unkept.get(KEY)).length; round += 1) {
      mock.timers.tick(3000);
      while (this.kernel.messages.length) this.kernel.take();
      while (this.kernel.answers.length) this.kernel.answer(this.keeping);
    }
    this.keeping.stop();
  }
}

it("loses nothing, whatever is lost on the way", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const session = new Session(seed);
    for (let step = 0; step < 60; step += 1) {
      session.step();
      assert.deepEqual(session.lost(), [], `seed ${seed}, step ${step}`);
    }
    session.settle();
    assert.deepEqual(session.kernel.disk, session.typed, `seed ${seed}`);
    unkept.clear();
  }
});
