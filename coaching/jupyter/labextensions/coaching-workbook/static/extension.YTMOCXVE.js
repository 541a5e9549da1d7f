"use strict";
(() => {
  // coaching/jupyter/web/icons/review.svg
  var review_default = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#0b7a9c" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M5 3.5h10l4 4V20.5H5zM15 3.5v4h4M8.5 12h7M8.5 15.5h4.5"/></svg>\n';

  // coaching/jupyter/web/icons/session.svg
  var session_default = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#0b7a9c" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><circle cx="7.5" cy="7.5" r="2.8"/><circle cx="16.5" cy="7.5" r="2.8"/><path d="M2.5 19c0-3.4 2.1-5.6 5-5.6s5 2.2 5 5.6M11.5 19c0-3.4 2.1-5.6 5-5.6s5 2.2 5 5.6"/></svg>\n';

  // coaching/forms/web/elements.js
  function newId() {
    const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const random = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => digits[byte % 32]).join("");
    let time = "";
    for (let rest = Date.now(); time.length < 10; rest = Math.floor(rest / 32)) time = digits[rest % 32] + time;
    return time + random;
  }
  var copyOfModule = newId();
  function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value === void 0 || value === null || value === false) continue;
      if (typeof value === "function") element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : String(value));
    }
    element.append(...children.filter((child) => child !== null && child !== void 0));
    return element;
  }

  // coaching/forms/web/strip.css
  var strip_default = "/* The strip that a notebook keeps for the map, the lock and the help: below it, or beside it where it is wide. */\n.coaching-help {\n  position: absolute;\n  inset: auto 0 0;\n  z-index: 2;\n  display: flex;\n  flex-wrap: nowrap;\n  align-items: center;\n  gap: 0.25rem;\n  height: 2.8rem;\n  padding: 0 1rem;\n  border-top: 1px solid var(--jp-border-color2, #e0e0e0);\n  background: var(--jp-layout-color0, #fff);\n  overflow: hidden;\n}\nbody > .coaching-help {\n  position: fixed;\n}\n.jp-NotebookPanel:not(.coaching-wide):has(> .coaching-help) .jp-WindowedPanel-outer {\n  height: calc(100% - 2.8rem);\n}\nbody:not(.coaching-wide):has(> .coaching-help) {\n  padding-bottom: 2.8rem;\n}\n/* Where no form is left to say it. */\nbody > .coaching-unkept {\n  position: fixed;\n  inset: auto 0 3.2rem;\n  z-index: 3;\n  margin: 0 auto;\n  width: fit-content;\n  max-width: 40rem;\n  padding: 0.8rem 1.1rem;\n  border-inline-start: 3px solid var(--coaching-warn, #9a3412);\n  background: var(--jp-layout-color2, #eef1f4);\n  color: var(--coaching-warn, #9a3412);\n  font-weight: 650;\n}\n@media print {\n  .coaching-help {\n    display: none;\n  }\n  .jp-NotebookPanel:has(> .coaching-help) .jp-WindowedPanel-outer {\n    height: 100%;\n    padding: 0;\n  }\n}\n";

  // coaching/forms/web/strip.js
  function stripOf(host) {
    const strip = host.querySelector(":scope > .coaching-help") ?? make("div", { class: "coaching-over coaching-help", "data-lm-suppress-shortcuts": "true" });
    if (!strip.parentNode) host.append(strip);
    return strip;
  }

  // coaching/jupyter/web/room.css
  var room_default = `/* In the quiet window a notebook shows its forms, and nothing of what a notebook is made of. */
.coaching-room {
  & .jp-InputPrompt,
  & .jp-OutputPrompt,
  & .jp-OutputArea-promptOverlay,
  & .jp-Collapser,
  & .jp-Notebook-footer,
  & .jp-cell-toolbar,
  & .jp-heading-collapser,
  & .jp-collapseHeadingButton,
  & .jp-InternalAnchorLink,
  & .jp-Cell-inputWrapper:has(.jp-Placeholder),
  & .coaching-fallback {
    display: none;
  }
  & .jp-Notebook .jp-Cell {
    max-width: 46rem;
    margin-inline: auto;
    border: 0;
    background: transparent;
  }
}

/* Until the forms have come; and before, until it is clear whose notebook it is. */
.coaching-moment {
  position: fixed;
  inset: 0 0 2.8rem;
  z-index: 1;
  display: none;
  place-items: center;
  margin: 0;
  padding: 2rem;
  background: var(--jp-layout-color1, #fff);
  color: var(--jp-ui-font-color1, #4b525a);
}
.coaching-coming > .coaching-moment {
  bottom: 0;
}
.coaching-coming > :not(.coaching-moment) {
  visibility: hidden;
}
.coaching-coming > .coaching-moment,
.coaching-room:not(:has(.coaching-form, .coaching-view)) > .coaching-moment {
  display: grid;
}

/* The notebook was closed in the quiet window. */
.coaching-left {
  position: fixed;
  inset: 0;
  z-index: 1;
  display: grid;
  place-content: center;
  justify-items: center;
  gap: 1.2rem;
  background: var(--jp-layout-color1, #fff);
  color: var(--jp-ui-font-color0, #22262b);
  font: 1rem / 1.5 var(--jp-ui-font-family, sans-serif);
}
.coaching-left p {
  margin: 0;
  font:
    1.75rem / 1.3 Georgia,
    "DejaVu Serif",
    serif;
}
.coaching-left button {
  min-height: 2.4rem;
  padding: 0.35rem 1.1rem;
  border: 1px solid var(--jp-border-color1, #8a929a);
  border-radius: 8px;
  background: transparent;
  color: inherit;
  font: inherit;
  cursor: pointer;
}
.coaching-left .coaching-shell {
  border-color: transparent;
  font-size: 0.82rem;
}

.coaching-help .coaching-shell {
  order: 1;
  padding: 0.35rem 0.8rem;
  border: 1px solid transparent;
  background: transparent;
  color: var(--jp-ui-font-color1, #4b525a);
  font: inherit;
  font-size: 0.82rem;
  cursor: pointer;
}
.coaching-help .coaching-shell:hover {
  text-decoration: underline;
}

/* On paper the notebook is as long as it is. */
@media print {
  /* biome-ignore-start lint/complexity/noImportantStyles: JupyterLab's boxes are as tall as the screen by styles of their own. */
  .coaching-room,
  .coaching-room :is(#main, .lm-Widget, [class^="jp-WindowedPanel"]):has(.coaching-form, .coaching-view) {
    position: static !important;
    display: block !important;
    width: auto !important;
    height: auto !important;
    min-height: 0 !important;
    overflow: visible !important;
    contain: none !important;
    transform: none !important;
  }
  /* biome-ignore-end lint/complexity/noImportantStyles: as above */
  .coaching-room .coaching-help {
    display: none;
  }
}
`;

  // coaching/jupyter/web/room.js
  var TOGGLE = "coaching:toggle-jupyterlab";
  var QUIET = "coaching-room";
  var OUR_ADDRESS = /\/doc\/.*(?:session|quarterly_review|handover)\.ipynb$/u;
  var COMING = "coaching-coming";
  var PATIENCE_MS = 2e4;
  var FOCUS_MS = 1e3;
  var SHOW = "JupyterLab";
  var HIDE = "Without JupyterLab";
  var MOMENT = "One moment …";
  var LEFT = "This page is done. What was kept is kept.";
  var AGAIN = "Open it again";
  var LAUNCHER = /^launcher/u;
  var SILENT = "The notebook does not answer yet. “JupyterLab”, below, shows what it is doing.";
  var Room = class {
    /**
     * @param {App} app
     * @param {Shell} shell
     */
    constructor(app, shell) {
      this.app = app;
      this.shell = shell;
      this.quiet = null;
      this.left = make("div", { class: "coaching-over coaching-left" });
      this.words = /* @__PURE__ */ new Map();
      this.hidden = /* @__PURE__ */ new Set();
      document.head.append(make("style", {}, strip_default, room_default));
      this.moment = make("p", { class: "coaching-over coaching-moment", role: "status" }, MOMENT);
      document.body.append(this.moment);
      app.commands.addCommand(TOGGLE, {
        label: () => this.isQuiet() ? "Show JupyterLab" : "Hide JupyterLab",
        isEnabled: () => this.isOurs(),
        execute: () => this.toggle()
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
      else if (mode === "multiple-document" || currentWidget && !LAUNCHER.test(currentWidget.id)) this.quiet = null;
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
      let widget = this.shell.currentWidget;
      if (!widget) return;
      yield (
        /** @type {NotebookPanel} */
        widget.toolbar
      );
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
  };
  function holdFocus(element) {
    element.focus();
    const done = new AbortController();
    const signal = AbortSignal.any([done.signal, AbortSignal.timeout(FOCUS_MS)]);
    const takeBack = () => element.focus();
    document.addEventListener("focusin", takeBack, { signal });
    for (const kind of ["keydown", "pointerdown"])
      document.addEventListener(kind, () => done.abort(), { capture: true, signal });
  }

  // coaching/jupyter/web/offering.js
  var CATEGORY = "Coaching";
  var NOTEBOOKS = [
    {
      name: "session.ipynb",
      command: "coaching:open-session",
      label: "One-on-one",
      caption: "Open the session",
      icon: session_default
    },
    {
      name: "quarterly_review.ipynb",
      command: "coaching:open-review",
      label: "Quarterly review",
      caption: "Look back on a quarter together",
      icon: review_default
    }
  ];
  var Offering = class {
    /**
     * @param {App} app
     * @param {Shell} shell
     * @param {Ours} ours
     * @param {Modules["LabIcon"]} Icon
     */
    constructor(app, shell, ours, Icon) {
      this.app = app;
      this.shell = shell;
      this.ours = ours;
      this.Icon = Icon;
    }
    /**
     * @param {Launcher | null} launcher
     * @param {Palette | null} palette
     */
    show(launcher, palette) {
      NOTEBOOKS.forEach(({ name, command, label, caption, icon: svgstr }, rank) => {
        const icon = new this.Icon({ name: command, svgstr });
        this.app.commands.addCommand(command, { label, caption, icon, execute: () => this.open(name) });
        launcher?.add({ command, category: CATEGORY, rank });
        palette?.addItem({ command, category: CATEGORY });
      });
      palette?.addItem({ command: TOGGLE, category: CATEGORY });
    }
    /** @param {string} name */
    async open(name) {
      const paths = await this.ours.layOut();
      await this.app.commands.execute("docmanager:open", { path: paths[name] });
      this.shell.mode = "single-document";
    }
  };

  // coaching/jupyter/web/ours.js
  var Ours = class {
    /**
     * @param {App} app
     * @param {Modules} lab
     */
    constructor(app, lab) {
      this.app = app;
      this.lab = lab;
      this.known = /* @__PURE__ */ new Set();
    }
    /**
     * @param {RequestInit} [how]
     * @param {string} [query]
     */
    async ask(how = {}, query = "") {
      const settings = this.app.serviceManager.serverSettings;
      const url = `${settings.baseUrl}coaching/notebooks${query}`;
      const answer = await this.lab.ServerConnection.makeRequest(url, { cache: "no-store", ...how }, settings);
      return answer.ok ? await answer.json() : null;
    }
    // Nobody answers on a server without the workbook's extension, or with an older one.
    async areServed() {
      return await this.ask().catch(() => null) !== null;
    }
    /**
     * Lay the notebooks out where this server can open them; return their paths by their names.
     *
     * @returns {Promise<Record<string, string>>}
     */
    layOut() {
      return this.ask({ method: "POST" });
    }
    /** @param {NotebookPanel} panel */
    async vouchesFor(panel) {
      await panel.context.ready;
      if (!panel.content.model?.getMetadata("coaching")) return false;
      const path = this.app.serviceManager.contents.localPath(panel.context.path);
      const known = await this.ask({}, `?path=${encodeURIComponent(path)}`).catch(() => null);
      for (const cells of Object.values(known ?? {})) this.known.add(JSON.stringify(cells));
      return Object.keys(known ?? {}).length > 0 && this.isAsItCame(panel);
    }
    /** @param {NotebookPanel} panel */
    isAsItCame(panel) {
      const cells = [...panel.content.model?.cells ?? []].map((cell) => [cell.type, cell.sharedModel.getSource()]);
      return this.known.has(JSON.stringify(cells));
    }
    // What a run leaves in a notebook is not for saving: nobody is asked about it, and no dot tells of it.
    /** @param {NotebookPanel} panel */
    keepClean(panel) {
      const { model } = panel.context;
      const clean = () => {
        if (model.dirty && !panel.isDisposed && this.isAsItCame(panel)) model.dirty = false;
      };
      model.stateChanged.connect(() => setTimeout(clean));
      clean();
    }
  };

  // coaching/jupyter/web/runner.js
  var MINUTE_MS = 6e4;
  var Runner = class {
    /**
     * @param {App} app
     * @param {Tracker} tracker
     */
    constructor(app, tracker) {
      this.app = app;
      this.tracker = tracker;
      this.waiting = /* @__PURE__ */ new Set();
      this.ended = /* @__PURE__ */ new WeakSet();
      this.revived = /* @__PURE__ */ new WeakSet();
      tracker.currentChanged.connect(() => this.look());
    }
    /** @param {NotebookPanel} panel */
    take(panel) {
      const { sessionContext } = panel;
      panel.disposed.connect(() => this.waiting.delete(panel));
      sessionContext.kernelChanged.connect((_, { newValue, oldValue }) => {
        if (newValue) this.wait(panel);
        else if (oldValue) this.revive(panel);
      });
      sessionContext.statusChanged.connect((_, status) => {
        if (status === "terminating") this.ended.add(panel);
        if (status === "dead") this.app.serviceManager.sessions.refreshRunning();
        if (status.endsWith("restarting")) this.waiting.add(panel);
        this.look();
      });
      sessionContext.connectionStatusChanged.connect(() => this.look());
      this.wait(panel);
    }
    /** @param {NotebookPanel} panel */
    wait(panel) {
      this.waiting.add(panel);
      this.look();
    }
    // A kernel that has gone, with its server or for being idle too long; not one that somebody has shut down.
    /** @param {NotebookPanel} panel */
    revive(panel) {
      if (this.ended.delete(panel) || this.waiting.has(panel) || this.revived.has(panel)) return;
      this.revived.add(panel);
      setTimeout(() => this.revived.delete(panel), MINUTE_MS);
      setTimeout(() => {
        if (!panel.sessionContext.isDisposed && !panel.sessionContext.session) panel.sessionContext.startKernel();
      });
    }
    // JupyterLab runs what is current, and drops what a kernel cannot hear yet.
    async look() {
      await this.app.restored;
      const panel = this.tracker.currentWidget;
      if (!panel || !this.waiting.has(panel)) return;
      await panel.sessionContext.ready;
      const kernel = panel.sessionContext.session?.kernel;
      if (kernel?.status !== "idle" || kernel.connectionStatus !== "connected") return;
      if (panel !== this.tracker.currentWidget || !this.waiting.delete(panel)) return;
      await this.app.commands.execute("notebook:run-all-cells");
    }
  };

  // coaching/jupyter/web/extension.js
  var NAME = "coaching-workbook";
  var roomOf = (lab) => ({
    id: `${NAME}:room`,
    description: "Opens the notebooks of the coaching workbook by themselves, with nothing of JupyterLab round them.",
    autoStart: true,
    requires: [lab.INotebookTracker],
    optional: [lab.ILabShell],
    /**
     * @param {App} app
     * @param {Tracker} tracker
     * @param {Shell | null} shell
     */
    activate: (app, tracker, shell) => {
      if (!shell) return;
      const ours = new Ours(app, lab);
      const room = new Room(app, shell);
      const runner = new Runner(app, tracker);
      const attend = async (panel) => {
        if (await ours.vouchesFor(panel) && !panel.isDisposed) {
          ours.keepClean(panel);
          room.take(panel);
          runner.take(panel);
        }
        room.judged();
      };
      tracker.widgetAdded.connect((_, panel) => attend(panel));
      tracker.forEach(attend);
    }
  });
  var offeringOf = (lab) => ({
    id: `${NAME}:offering`,
    description: "Offers the notebooks of the coaching workbook in the launcher and among the commands.",
    autoStart: true,
    optional: [lab.ILabShell, lab.ILauncher, lab.ICommandPalette],
    /**
     * @param {App} app
     * @param {Shell | null} shell
     * @param {Launcher | null} launcher
     * @param {Palette | null} palette
     */
    activate: async (app, shell, launcher, palette) => {
      const ours = new Ours(app, lab);
      if (shell && await ours.areServed()) new Offering(app, shell, ours, lab.LabIcon).show(launcher, palette);
    }
  });
  var scope = {};
  async function shared(name) {
    const [version] = Object.values(scope[name] ?? {});
    if (!version) throw new Error(`JupyterLab shares no ${name}`);
    return (await version.get())();
  }
  var PACKAGES = ["application", "apputils", "launcher", "notebook", "services", "ui-components"];
  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB[NAME] = {
    /** @param {Scope} given */
    init: (given) => {
      scope = given;
    },
    get: async () => {
      const lab = Object.assign({}, ...await Promise.all(PACKAGES.map((name) => shared(`@jupyterlab/${name}`))));
      return () => ({ __esModule: true, default: [roomOf(lab), offeringOf(lab)] });
    }
  };
})();
