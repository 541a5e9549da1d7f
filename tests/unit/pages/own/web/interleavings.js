// Works out years of three copies by the rules of the page: acts as JSON on standard input, what becomes of them on standard
// output. `interleavings.py` draws them, and says what must hold.

import process from "node:process";
import { text as readAll } from "node:stream/consumers";
import { OwnCopy } from "../../../../../coaching/pages/own/web/copy.js";
import { conflicts, latest, shared } from "../../../../../coaching/pages/own/web/joining.js";

const COPIES = ["coach", "phone", "desk"];
const START = 100;
const APART = 10;

class Year {
  constructor({ acts, skew, behind, rules }) {
    this.at = 0;
    this.rules = rules;
    const document = { format: "coaching-workbook/1", workbook: "01JHQF38000000000000000000", entries: [] };
    for (const name of COPIES) {
      const clock = () => new Date(this.at * APART + START + skew[name]);
      this[name] = new OwnCopy({ document, rules, issued: "", history: [] }, clock, () => behind[name]);
    }
    for (const act of acts) {
      this.at += 1;
      this[act.act](act);
    }
  }

  say({ copy, id, text }) {
    this.keep(copy, id, { text });
  }

  take_back({ copy, id }) {
    if (this[copy].entry(id)) this.keep(copy, id, { withdrawn: true });
  }

  keep(copy, id, content) {
    const common = { kind: "dream", id, author: "coachee", visibility: "pair", dream_status: "active" };
    const settles = this[copy].entry(id)?.settles ?? null;
    this[copy].keep([{ ...common, ...content, settles }]);
  }

  choose({ copy, id }) {
    const rivals = this[copy].conflicts().get(id);
    if (rivals) this[copy].choose(id, Math.min(...rivals.map(({ rev }) => rev)));
  }

  join({ from, into }) {
    const [source, target] = [this[from], this[into]];
    if (from !== "coach" && into !== "coach") {
      target.join(structuredClone(source.kept()));
      return;
    }
    const { entries, earlier } = shared(source.history, { rules: this.rules, sent: source.sent });
    if (from !== "coach") source.noteSent();
    target.add(structuredClone(entries), earlier);
  }

  outcome(name) {
    const { history } = this[name];
    const list = (entries, ...more) =>
      entries.map((entry) => [entry.id, entry.rev, ...more.map((field) => entry[field] ?? null)]).sort(inOrder);
    return {
      revisions: list(history, "text"),
      current: list([...latest(history).values()]),
      conflicts: list([...conflicts(history).values()].flat()),
    };
  }
}

const inOrder = ([one, first], [other, second]) => one.localeCompare(other) || first - second;

const years = JSON.parse(await readAll(process.stdin));
const outcomes = years.map((year) => {
  const worked = new Year(year);
  return Object.fromEntries(COPIES.map((name) => [name, worked.outcome(name)]));
});
process.stdout.write(JSON.stringify(outcomes));
