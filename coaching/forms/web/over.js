// A dialog that stands over the page, and gives back what it has taken. After a click in it the field that had the focus
// would have it without a caret, and what is typed would go nowhere.
export function standOver(layer) {
  const before = document.activeElement;
  const { selectionStart: start, selectionEnd: end, selectionDirection: direction } = before;
  const close = () => {
    if (!layer.open) return;
    layer.close();
    layer.remove();
    // A form that was shown anew meanwhile has another field in that place.
    const field = before.isConnected ? before : window.coachingPresence.typing();
    field?.blur();
    field?.focus({ preventScroll: true });
    if (typeof start === "number") field?.setSelectionRange(start, end, direction);
  };
  layer.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
  document.body.append(layer);
  layer.showModal();
  return close;
}
