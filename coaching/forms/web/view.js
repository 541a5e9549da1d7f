// @ts-check
/** @import { KernelMessage, PageMessage } from "./messages.js" */
/** @import { Context } from "./page.js" */

// A view of something drawn in the kernel. It travels in a message, so that it is in no widget state and no notebook.
import { shelter } from "./cell.js";
import { offerDownloads } from "./downloads.js";
import { locks, pageName } from "./lock.js";
import { say } from "./say.js";

const FOLD = /** @type {"details"} */ ("details.coaching-theme");

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
    el.replaceChildren(drawn, hint);
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
  // What is folded is drawn when it is opened, with a hint that it comes; what was open is drawn again at once.
  /** @param {boolean} [wasOpen] */
  const waitToBeOpened = (wasOpen) => {
    const fold = drawn.querySelector(FOLD);
    if (!fold || !("waits" in fold.dataset)) return;
    fold.addEventListener("toggle", () => {
      if (!fold.open || !("waits" in fold.dataset)) return;
      delete fold.dataset.waits;
      isDrawing(true);
      send({ type: "open" });
    });
    fold.open = Boolean(wasOpen);
  };
  /** @param {KernelMessage} message */
  const listen = (message) => {
    if (seat.hears(message)) return;
    if (message.type === "busy") {
      isDrawing(true);
      if (message.blank) drawn.replaceChildren();
    }
    if (message.type !== "page") return;
    const wasOpen = drawn.querySelector(FOLD)?.open;
    drawn.innerHTML = message.html;
    waitToBeOpened(wasOpen);
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
