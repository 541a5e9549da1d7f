// A view of something drawn in the kernel. It travels in a message, so that it is in no widget state and no notebook.
function render({ model, el }) {
  el.classList.add("coaching-view");
  const drawn = document.createElement("div");
  const hint = document.createElement("p");
  hint.className = "coaching-drawing";
  hint.setAttribute("role", "status");
  el.append(hint, drawn);
  const isDrawing = (now) => {
    hint.textContent = now ? "drawing …" : "";
    el.setAttribute("aria-busy", String(now));
  };
  const listen = (message) => {
    if (message.type === "busy") isDrawing(true);
    if (message.blank) drawn.replaceChildren();
    if (message.type !== "page") return;
    drawn.innerHTML = message.html;
    drawn.querySelectorAll("figure").forEach(offerDownloads);
    el.classList.toggle("coaching-nothing", !message.html);
    isDrawing(false);
  };
  isDrawing(true);
  model.on("msg:custom", listen);
  model.send({ type: "hello" });
  return () => model.off("msg:custom", listen);
}
