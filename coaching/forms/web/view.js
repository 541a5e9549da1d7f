// A view of something drawn in the kernel. It travels in a message, so that it is in no widget state and no notebook.
import { offerDownloads } from "./downloads.js";
import { locks, pageName } from "./lock.js";

export function render({ model, el }) {
  el.classList.add("coaching-view");
  const drawn = document.createElement("div");
  const hint = document.createElement("p");
  hint.className = "coaching-drawing";
  hint.setAttribute("role", "status");
  const isDrawing = (now) => {
    hint.textContent = now ? "drawing …" : "";
    el.setAttribute("aria-busy", String(now));
  };
  const page = { send: (message) => model.send({ ...message, page: pageName }) };
  const greet = () => {
    el.replaceChildren(hint, drawn);
    isDrawing(true);
    page.send({ type: "hello" });
  };
  const seat = locks.attend(el, {
    send: page.send,
    blank: () => drawn.replaceChildren(),
    rest: () => {},
    flush: () => {},
    isKept: () => true,
    greet,
  });
  const listen = (message) => {
    if (seat.hears(message)) return;
    if (message.type === "busy") isDrawing(true);
    if (message.blank) drawn.replaceChildren();
    if (message.type !== "page") return;
    drawn.innerHTML = message.html;
    drawn.querySelectorAll("figure").forEach(offerDownloads);
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
