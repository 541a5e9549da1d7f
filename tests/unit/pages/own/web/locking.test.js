// A text that is locked up opens with its key alone, and no byte of it can be another.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lockOf, lockUp, unlocked, whole } from "../../../../../coaching/pages/own/web/locking.js";

const PARAMETERS = JSON.stringify({ version: 1, iterations: 1000, salt: btoa("sixteen bytes ok"), nonce: "" });
const TEXT = "I sing. ☀ zqPRIVATE";
// No word of few letters: among so many of base64 each comes up by chance.
const WORDS = /zqPRIVATE|I sing/u;
const lock = await lockOf("four quiet herons", PARAMETERS);
const lines = await lockUp(TEXT, lock);

describe("A text that is locked up", () => {
  it("opens with its passphrase, however its accents are typed, and says no word in plain", async () => {
    assert.equal(await unlocked(await whole(lines), lock), TEXT);
    assert.doesNotMatch(lines, WORDS);
    const [typed, spelt] = await Promise.all(["Zoé", "Zoe\u0301"].map((words) => lockOf(words, PARAMETERS)));
    assert.equal(await unlocked(await whole(await lockUp(TEXT, typed)), spelt), TEXT);
  });

  it("opens with no other passphrase", async () => {
    assert.equal(await unlocked(await whole(lines), await lockOf("four quiet heron", PARAMETERS)), null);
  });

  it("is other each time", async () => {
    assert.notEqual(await lockUp(TEXT, lock), lines);
  });

  it("is of one size, whether little or much is in it", async () => {
    const one = await lockUp("", lock);
    assert.equal(one.length, lines.length);
  });

  it("is refused with any byte changed", async () => {
    const flipped = Array.from({ length: 200 }, (_, at) => {
      const place = Math.floor((at * lines.length) / 200);
      const other = String.fromCharCode((lines.charCodeAt(place) + 2 ** (at % 7)) % 128);
      return lines.slice(0, place) + other + lines.slice(place + 1);
    });
    const opened = await Promise.all(flipped.map(whole));
    assert.deepEqual(new Set(opened), new Set([null]));
  });

  it("asks for no more work than a file of ours does", async () => {
    const much = JSON.stringify({ ...JSON.parse(PARAMETERS), iterations: 1e12 });
    await assert.rejects(lockOf("x", much), RangeError);
  });
});
