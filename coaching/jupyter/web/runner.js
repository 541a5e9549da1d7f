// @ts-check
// Runs the program's own notebooks: when they are opened, and again whenever a kernel has not run them yet, because it was
// restarted, or because the server was and another kernel has to be started.
/** @import { App, NotebookPanel, Tracker } from "./lab.js" */

const MINUTE_MS = 60_000;

export class Runner {
  /**
   * @param {App} app
   * @param {Tracker} tracker
   */
  constructor(app, tracker) {
    this.app = app;
    this.tracker = tracker;
    /**
     * Those that wait for a kernel, or for being looked at.
     *
     * @type {Set<NotebookPanel>}
     */
    this.waiting = new Set();
    /**
     * Those whose kernel somebody has shut down.
     *
     * @type {WeakSet<NotebookPanel>}
     */
    this.ended = new WeakSet();
    /**
     * Those that have got another kernel a while ago: one that is lost at once again is not replaced for ever.
     *
     * @type {WeakSet<NotebookPanel>}
     */
    this.revived = new WeakSet();
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
      // By and by JupyterLab would notice itself that there is no such session any more.
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
}
