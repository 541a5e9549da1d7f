// How everything stands in an own copy, as the page reads it: the copy as JSON on standard input.
import process from "node:process";
import { text } from "node:stream/consumers";
import { OwnCopy } from "../../../../../coaching/pages/own/web/copy.js";
import { promises, statements, threads } from "../../../../../coaching/pages/own/web/reading.js";

const own = new OwnCopy(JSON.parse(await text(process.stdin)));
const standing = {
  promises: promises(own).map(({ item, state, due }) => [item.id, state, due]),
  statements: statements(own).map((mission) => mission.text),
  threads: threads(own, ["goal", "plan", "dream", "becoming"]).map(({ id, status }) => [id, status]),
};
process.stdout.write(JSON.stringify(standing));
