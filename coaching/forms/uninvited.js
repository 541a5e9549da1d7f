// JupyterLab opens a dialog when it loses a kernel, the server or a file, whoever is typing. It would take the next keys:
// they would be lost, and a space among them would press its button. One that comes while the last key or click was in a
// form is answered at once: with the button that rejects, or with the only one. The form says in its place what it said.
function answerUninvited(formInUse) {
  let last = null;
  const note = ({ target, isTrusted }) => {
    if (isTrusted) last = target instanceof Element ? target.closest(".coaching-form, .coaching-over") : null;
  };
  // A screen reader may click without a pointer.
  for (const kind of ["keydown", "pointerdown", "click"]) window.addEventListener(kind, note, true);
  new MutationObserver((changes) => {
    const come = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node instanceof Element && node.matches(".jp-Dialog"));
    const form = last?.isConnected && last.matches(".coaching-form") ? last : last && formInUse();
    for (const dialog of form ? come : []) answer(dialog, form);
  }).observe(document.body, { childList: true });
}

function answer(dialog, form) {
  const buttons = [...dialog.querySelectorAll(".jp-Dialog-footerButtons button")];
  const answering = buttons.find((button) => button.matches(".jp-mod-reject")) ?? (buttons.length === 1 ? buttons[0] : null);
  if (!answering) return;
  const words = [".jp-Dialog-header", ".jp-Dialog-body"].map((part) => dialog.querySelector(part)?.textContent).filter(Boolean).join(": ");
  answering.click();
  form.dispatchEvent(new CustomEvent("coaching-told", { detail: `JupyterLab says: ${words}` }));
}
