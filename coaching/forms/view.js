// A view of something drawn in the kernel. It travels in a message, so that it is in no widget state and no notebook.
function render({ model, el }) {
  el.classList.add("coaching-view");
  el.textContent = "drawing …";
  const listen = (message) => {
    if (message.type === "busy") el.setAttribute("aria-busy", "true");
    if (message.type !== "page") return;
    el.removeAttribute("aria-busy");
    el.innerHTML = message.html;
  };
  model.on("msg:custom", listen);
  model.send({ type: "hello" });
  return () => model.off("msg:custom", listen);
}

export default { render };
