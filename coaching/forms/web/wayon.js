// @ts-check
// What to do when a notebook does not answer: where the extension of JupyterLab is at work the notebook runs by itself once
// its kernel is there, in the app there is only the page, and elsewhere somebody has to run it.
import { say, toSay } from "./say.js";

const BY_ITSELF = toSay(
  "If it has ended, it begins again by itself; if it stays so, choose Kernel ▸ Restart Kernel, which “JupyterLab” at the foot shows.",
);
const BY_HAND = toSay("If it stays so, choose Run ▸ Run All Cells.");
const APP = toSay("If it stays so, copy what is not kept, and load the page again.");

export function wayOn() {
  if (document.body.matches("[data-voila]")) return say(APP);
  return document.querySelector(".coaching-shell") ? say(BY_ITSELF) : say(BY_HAND);
}

export const noAnswer = () =>
  [say("The notebook does not answer."), wayOn(), say("What was kept comes back.")].join(" ");
