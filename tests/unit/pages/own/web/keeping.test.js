// Words go into the room of the browser as they are typed; two windows on one room lose nothing of each other.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Keeping } from "../../../../../coaching/pages/own/web/keeping.js";
import { lockOf } from "../../../../../coaching/pages/own/web/locking.js";
import { opened, WORKBOOK } from "./copies.js";

const ONE = /"one"/u;
const parameters = (salt) => JSON.stringify({ iterations: 1000, salt: btoa(salt), nonce: "" });
const lock = await lockOf("four quiet herons", parameters("sixteen bytes ok"));

// The room of a browser, with its one rule: what has another version than is expected is not written over.
class Room {
  constructor() {
    this.records = new Map();
    this.isFull = false;
  }

  all(workbook) {
    return Promise.resolve([...this.records.values()].filter(({ id }) => id.startsWith(`${workbook} `)));
  }

  put(record) {
    if (this.isFull) return Promise.reject(new Error("full"));
    const there = this.records.get(record.id);
    if (there && there.version !== record.version - 1) return Promise.resolve(there);
    this.records.set(record.id, record);
    return Promise.resolve(null);
  }

  remove(id, version) {
    if (this.records.get(id)?.version === version) this.records.delete(id);
    return Promise.resolve();
  }
}

function windowOn(room, key = lock, minutes = 0) {
  const told = [];
  const keeping = new Keeping(opened(undefined, minutes), key, room, {
    said: (state) => told.push(state),
    joined: () => told.push("joined"),
  });
  return { keeping, own: keeping.own, told };
}

const writes = async ({ keeping, own }, text) => {
  own.keep([{ ...own.privately("reflection"), text }]);
  keeping.changed();
  await keeping.flush();
};
const notes = (own) => own.current("reflection").map(({ text }) => text);
const settled = async (...windows) => {
  if (!windows.some(({ keeping }) => keeping.isDue || keeping.isWriting)) return;
  await pause(5);
  await settled(...windows);
};

describe("Words", () => {
  it("are in the room once it is said, and come back in the next window", async () => {
    const room = new Room();
    const first = windowOn(room);
    await writes(first, "one");
    assert.deepEqual(first.told, ["waits", "kept"]);
    assert.doesNotMatch(JSON.stringify([...room.records]), ONE);
    const next = windowOn(room, lock, 60);
    await next.keeping.recall("four quiet herons");
    assert.deepEqual([notes(next.own), next.keeping.isUnsaved], [["one"], true]);
  });

  it("of two windows are joined, whichever was faster", async () => {
    const room = new Room();
    const [one, other] = [windowOn(room), windowOn(room, lock, 60)];
    await Promise.all([writes(one, "one"), writes(other, "other")]);
    await settled(one, other);
    await writes(one, "more");
    await settled(one, other);
    const last = windowOn(room, lock, 120);
    await last.keeping.recall("four quiet herons");
    assert.deepEqual(notes(last.own).sort(), ["more", "one", "other"]);
  });

  it("that the room does not take are said to be nowhere yet, and tried again", async () => {
    const room = new Room();
    const window = windowOn(room);
    room.isFull = true;
    await writes(window, "one");
    assert.equal(window.told.at(-1), "failed");
    room.isFull = false;
    await window.keeping.flush();
    assert.equal(window.told.at(-1), "kept");
    clearTimeout(window.keeping.timer);
  });

  it("kept with the key of an earlier file are taken over by the next one", async () => {
    const room = new Room();
    await writes(windowOn(room), "one");
    const next = windowOn(room, await lockOf("four quiet herons", parameters("another salt one")), 60);
    assert.equal(await next.keeping.recall("four quiet herons"), 0);
    assert.deepEqual(notes(next.own), ["one"]);
    assert.deepEqual([...room.records.keys()], [`${WORKBOOK} ${btoa("another salt one")}`]);
  });

  it("that another window wrote while they were taken over stay there for the next one", async () => {
    const room = new Room();
    const first = windowOn(room);
    await writes(first, "one");
    const next = windowOn(room, await lockOf("four quiet herons", parameters("another salt one")), 60);
    const put = room.put.bind(room);
    room.put = async (record) => {
      room.put = put;
      await writes(first, "written meanwhile");
      return put(record);
    };
    await next.keeping.recall("four quiet herons");
    const last = windowOn(room, lock, 120);
    await last.keeping.recall("four quiet herons");
    assert.deepEqual(notes(last.own).sort(), ["one", "written meanwhile"]);
  });

  it("under another passphrase stay where they are, and are said to be there", async () => {
    const room = new Room();
    await writes(windowOn(room), "one");
    const next = windowOn(room, await lockOf("another one", parameters("another salt one")), 60);
    assert.equal(await next.keeping.recall("another one"), 1);
    assert.equal(room.records.size, 1);
  });

  it("are nowhere but in the window where a browser has no room", async () => {
    const window = windowOn(null);
    await writes(window, "one");
    assert.deepEqual([window.told, window.keeping.isUnsaved], [["nowhere"], true]);
  });

  it("handed to the downloads are safe only where a room holds them too", async () => {
    const [windows, full] = [[windowOn(new Room()), windowOn(null)], new Room()];
    windows.push(windowOn(full));
    full.isFull = true;
    await Promise.all(windows.map((window) => writes(window, "one")));
    for (const { keeping } of windows) keeping.handed();
    assert.deepEqual(
      windows.map(({ keeping, told }) => [keeping.isUnsaved, told.at(-1)]),
      [
        [false, "handed"],
        [true, "handed"],
        [true, "handed"],
      ],
    );
    for (const { keeping } of windows) clearTimeout(keeping.timer);
  });
});
