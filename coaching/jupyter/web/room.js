// @ts-check
// The quiet window: while one of the program's own notebooks is looked at in JupyterLab's simple interface, nothing of
// JupyterLab is in sight. A word in the strip below brings it back, by choosing the other interface, and back again.
/** @import { App, NotebookPanel, Shell, Widget } from "./lab.js" */
import { make } from "../../forms/web/elements.js";
import strip from "../../forms/web/strip.css";
import { stripOf } from "../../forms/web/strip.js";
import style from "./room.css";

export const TOGGLE = "coaching:toggle-jupyterlab";
const QUIET = "coaching-room";
const OUR_ADDRESS = /\/doc\/.*(?:session|quarterly_review|handover)\.ipynb$/u;
const COMING = "coaching-coming";
const PATIENCE_MS = 20_000;
const FOCUS_MS = 1000;
const SHOW = "JupyterLab";
const HIDE = "Without JupyterLab";
const MOMENT = "One moment …";
const LEFT = "This page is done. What was kept is kept.";
const AGAIN = "Open it again";
const LAUNCHER = /^launcher/u;
const SILENT = "The notebook does not answer yet. “JupyterLab”, below, shows what it is doing.";

export class Room {
  /**
   * @param {App} app
   * @param {Shell} shell
   */
  constructor(app, shell) {
    this.app = app;
    this.shell = shell;
    /**
     * The one that is looked at in the quiet window, or was when it was closed.
     *
     * @type {Widget | null}
     */
    this.quiet = null;
    this.left = make("div", { class: "coaching-over coaching-left" });
    /** @type {Map<Widget, HTMLElement>} */
    this.words = new Map();
    /** @type {Set<Widget>} */
    this.hidden = new Set();
    document.head.append(make("style", {}, strip, style));
    this.moment = make("p", { class: "coaching-over coaching-moment", role: "status" }, MOMENT);
    document.body.append(this.moment);
    app.commands.addCommand(TOGGLE, {
      label: () => (this.isQuiet() ? "Show JupyterLab" : "Hide JupyterLab"),
      isEnabled: () => this.isOurs(),
      execute: () => this.toggle(),
    });
    for (const change of [shell.currentChanged, shell.modeChanged, shell.layoutModified])
      change.connect(() => this.look());
    app.restored.then(() => this.look());
    if (OUR_ADDRESS.test(window.location.pathname)) this.await();
  }

  // What may be ours is not shown with JupyterLab round it first; soon it is clear whether it is.
  await() {
    document.body.classList.add(COMING);
    setTimeout(() => this.judged(), PATIENCE_MS);
  }

  judged() {
    document.body.classList.remove(COMING);
    setTimeout(() => {
      this.moment.textContent = SILENT;
    }, PATIENCE_MS);
  }

  /** @param {NotebookPanel} panel */
  take(panel) {
    const word = make("button", { type: "button", class: "coaching-shell", onclick: () => this.toggle() });
    this.words.set(panel, word);
    stripOf(panel.node).prepend(word);
    // Cells that show nothing are no articles of a feed, as which JupyterLab announces them.
    const cells = panel.node.querySelector(".jp-WindowedPanel-viewport");
    for (const name of ["role", "aria-label"]) cells?.removeAttribute(name);
    for (const cell of panel.content.widgets) if (cell.model.id === "welcome") cell.addClass("coaching-fallback");
    const { path } = panel.context;
    panel.disposed.connect(() => {
      this.words.delete(panel);
      if (this.quiet === panel) this.leave(path);
      this.look();
    });
    this.look();
  }

  // In the quiet window whoever closes a notebook sees that it is done, and not what JupyterLab offers instead.
  /** @param {string} path */
  leave(path) {
    const open = () => this.app.commands.execute("docmanager:open", { path });
    const again = make("button", { type: "button", class: "coaching-again", onclick: open }, AGAIN);
    const shell = make("button", { type: "button", class: "coaching-shell", onclick: () => this.left.remove() }, SHOW);
    this.left.replaceChildren(make("p", { role: "status" }, LEFT), again, shell);
    document.body.append(this.left);
    again.focus();
  }

  // The launcher, which comes when the last tab goes, is covered; whatever else is opened is not.
  settle() {
    const { currentWidget, mode } = this.shell;
    if (currentWidget && !LAUNCHER.test(currentWidget.id)) this.left.remove();
    if (this.isQuiet()) this.quiet = currentWidget;
    else if (mode === "multiple-document" || (currentWidget && !LAUNCHER.test(currentWidget.id))) this.quiet = null;
  }

  isOurs() {
    const { currentWidget } = this.shell;
    return currentWidget !== null && this.words.has(currentWidget);
  }

  isQuiet() {
    return this.isOurs() && this.shell.mode === "single-document";
  }

  toggle() {
    const active = document.activeElement;
    this.shell.mode = this.isQuiet() ? "multiple-document" : "single-document";
    if (active instanceof HTMLElement) holdFocus(active);
  }

  look() {
    const isQuiet = this.isQuiet();
    this.settle();
    document.body.classList.toggle(QUIET, isQuiet);
    for (const word of this.words.values()) word.textContent = isQuiet ? SHOW : HIDE;
    if (isQuiet) for (const widget of this.around()) this.hide(widget);
    else this.show();
  }

  // All that stands beside the way from the notebook up to the shell; in the dock there are other notebooks, hidden too.
  *around() {
    /** @type {Widget | null} */
    let widget = this.shell.currentWidget;
    if (!widget) return;
    yield/** @type {NotebookPanel} */ (widget).toolbar;
    while (widget?.parent && widget.parent.id !== "jp-main-dock-panel") widget = widget.parent;
    for (widget = widget?.parent ?? null; widget?.parent && widget !== this.shell; widget = widget.parent)
      for (const beside of widget.parent.layout ?? []) if (beside !== widget) yield beside;
  }

  /** @param {Widget} widget */
  hide(widget) {
    if (widget.isHidden) return;
    this.hidden.add(widget);
    widget.hide();
  }

  show() {
    for (const widget of this.hidden) if (!widget.isDisposed) widget.show();
    this.hidden.clear();
  }
}

/**
 * JupyterLab gives the focus to a cell soon after, where each letter would be one of its commands.
 *
 * @param {HTMLElement} element
 */
function holdFocus(element) {
  element.focus();
  const done = new AbortController();
  const signal = AbortSignal.any([done.signal, AbortSignal.timeout(FOCUS_MS)]);
  const takeBack = () => element.focus();
  document.addEventListener("focusin", takeBack, { signal });
  for (const kind of ["keydown", "pointerdown"])
    document.addEventListener(kind, () => done.abort(), { capture: true, signal });
}
