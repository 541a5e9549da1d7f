// @ts-check
// Which notebooks are the program's own. Only those run by themselves, so the page does not go by what a notebook says of
// itself: the server says what stands in the program's, and whether Python would import anything else beside this one.
/** @import { App, Modules, NotebookPanel } from "./lab.js" */

export class Ours {
  /**
   * @param {App} app
   * @param {Modules} lab
   */
  constructor(app, lab) {
    this.app = app;
    this.lab = lab;
    /**
     * What the cells of the program's notebooks say.
     *
     * @type {Set<string>}
     */
    this.known = new Set();
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
    return (await this.ask().catch(() => null)) !== null;
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
    const cells = [...(panel.content.model?.cells ?? [])].map((cell) => [cell.type, cell.sharedModel.getSource()]);
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
}
