// @ts-check
// What to do when a conversation becomes too heavy: one control for each notebook, and a card. Nobody is told of its use.
import { make } from "./elements.js";
import { openCard } from "./over.js";
import { leaveFocus } from "./silence.js";

const HELPERS = [
  "a doctor, or a crisis line in your country",
  "your company’s employee assistance, or its works council",
  "somebody you trust",
];

// The control stands outside the forms, in the strip below them, and stays in sight while they are locked.
export function helpControl() {
  return make(
    "button",
    {
      type: "button",
      class: "coaching-quiet coaching-get-help",
      "aria-haspopup": "dialog",
      onmousedown: leaveFocus,
      onclick: openHelp,
    },
    "Pause and get help",
  );
}

function openHelp() {
  openCard(
    "You may stop here",
    make("p", {}, "At any time, and without a reason. The session can wait; the two of you come first."),
    make(
      "p",
      { class: "coaching-now" },
      "If somebody is in danger now, call the local emergency number: 112 in Europe, 911 in North America.",
    ),
    make("p", {}, "A conversation like this is no therapy, and nobody has to carry it alone. Some who can help:"),
    make("ul", {}, ...HELPERS.map((helper) => make("li", {}, helper))),
    make("p", {}, "To pause, you can say:"),
    make("blockquote", {}, "“Shall we stop here and look together for somebody who can help?”"),
    make("p", { class: "coaching-hint" }, "That you opened this is recorded nowhere."),
  );
}
