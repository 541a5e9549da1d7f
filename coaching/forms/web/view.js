// @ts-check
/** @import { KernelMessage, PageMessage } from "./messages.js" */
/** @import { Context } from "./page.js" */

// A view of something drawn in the kernel. It travels in a message, so that it is in no widget state and no notebook.
import { shelter } from "./cell.js";
import { offerDownloads } from "./downloads.js";
import { locks, pageName } from "./lock.js";
import { say } from "./say.js";

/** @param {Context} context */
export function render({ model, el }) {
  el.classList.add("coaching-view");
  const drawn = document.createElement("div");
  const hint = document.createElement("p");
  hint.className = "coaching-drawing";
  hint.setAttribute("role", "status");
  /** @param {boolean} now */
  const isDrawing = (now) => {
    hint.textContent = now ? say("drawing …") : "";
    el.setAttribute("aria-busy", String(now));
  };
  /** @param {PageMessage} message */
  const send = (message) => model.send({ ...message, page: pageName });
  const greet = () => {
    el.replaceChildren(hint, drawn);
    isDrawing(true);
    send({ type: "hello" });
  };
  shelter(el);
  const seat = locks.attend(el, {
    send,
    blank: () => drawn.replaceChildren(),
    rest: () => {},
    flush: () => {},
    isKept: () => true,
    greet,
  });
  /** @param {KernelMessage} message */
  const listen = (message) => {
    if (seat.hears(message)) return;
    if (message.type === "busy") {
      isDrawing(true);
      if (message.blank) drawn.replaceChildren();
    }
    if (message.type !== "page") return;
    drawn.innerHTML = message.html;
    for (const figure of drawn.querySelectorAll("figure")) offerDownloads(figure);
    el.classList.toggle("coaching-nothing", !message.html);
    isDrawing(false);
    seat.shown();
  };
  model.on("msg:custom", listen);
  greet();
  return () => {
    seat.leave();
    model.off("msg:custom", listen);
  };
}
