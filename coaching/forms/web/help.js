// @ts-check
// What to do when a conversation becomes too heavy: one control for each notebook, and a card. Nobody is told of its use.
import { make } from "./elements.js";
import { openCard } from "./over.js";
import { say, toSay } from "./say.js";
import { leaveFocus } from "./silence.js";

const HELPERS = [
  toSay("a doctor, or a crisis line in your country"),
  toSay("your company’s employee assistance, or its works council"),
  toSay("somebody you trust"),
];

// The control stands outside the forms, in the strip below them, and stays in sight while they are locked.
export function helpControl() {
  return make(
    "button",
    {
      type: "button",
      class: "coaching-quiet coaching-get-help",
      "aria-haspopup": "dialog",
      "data-says": "Pause and get help",
      onmousedown: leaveFocus,
      onclick: openHelp,
    },
    say("Pause and get help"),
  );
}

function openHelp() {
  openCard(
    say("You may stop here"),
    make("p", {}, say("At any time, and without a reason. The session can wait; the two of you come first.")),
    make(
      "p",
      { class: "coaching-now" },
      say("If somebody is in danger now, call the local emergency number: 112 in Europe, 911 in North America."),
    ),
    make("p", {}, say("A conversation like this is no therapy, and nobody has to carry it alone. Some who can help:")),
    make("ul", {}, ...HELPERS.map((helper) => make("li", {}, say(helper)))),
    make("p", {}, say("To pause, you can say:")),
    make("blockquote", {}, say("“Shall we stop here and look together for somebody who can help?”")),
    make("p", { class: "coaching-hint" }, say("That you opened this is recorded nowhere.")),
  );
}
