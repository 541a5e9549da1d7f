// Days as people write them: what is read, and how a day is written. The command line reads by the same table.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dayInWords, distance, readDay, wordsOfDays } from "../../../../coaching/forms/web/days.js";
import table from "../../../vectors/days.json" with { type: "json" };

const { today, meeting } = table;
const SIDES = ["ahead", "back"];
const LANGUAGES = ["en", "de"];

describe("A day that is typed", () => {
  for (const { typed, ...days } of table.read)
    it(`is read: ${JSON.stringify(typed)}`, () => {
      for (const lies of SIDES) assert.equal(readDay(typed, { today, lies, meeting }), days[lies], lies);
    });

  it("is none if it is when the two meet and nobody knows when that is", () => {
    assert.equal(readDay("next time we meet", { today, lies: "ahead", meeting: null }), null);
  });

  it("is read in every language in which it can be written, on whichever side of today it lies", () => {
    const day = new Date("2024-02-20T00:00Z");
    for (let at = 0; at < 2000; at += 1) {
      day.setUTCDate(day.getUTCDate() + 1);
      const iso = day.toISOString().slice(0, 10);
      for (const lies of SIDES)
        for (const language of LANGUAGES)
          assert.equal(readDay(dayInWords(iso, { today, language }), { today, lies, meeting }), iso);
    }
  });

  it("is one of those to choose from, in every language", () => {
    for (const lies of SIDES)
      for (const language of LANGUAGES)
        for (const words of wordsOfDays(language)[lies])
          assert.notEqual(readDay(words, { today, lies, meeting }), null, words);
  });
});

describe("A day", () => {
  for (const { day, ...words } of table.written)
    it(`is written with its year only where that is another one: ${day}`, () => {
      for (const language of LANGUAGES) assert.equal(dayInWords(day, { today, language }), words[language]);
    });

  it("is so many days from today", () => {
    assert.equal(distance("2026-12-11", { today, language: "en" }), "in 11 days");
    assert.equal(distance("2026-12-01", { today, language: "en" }), "tomorrow");
    assert.equal(distance("2026-11-27", { today, language: "de" }), "vor 3 Tagen");
  });
});
