// @ts-check
// The extension of JupyterLab: it opens the program's own notebooks as if there were no JupyterLab round them. This is the
// container in which JupyterLab looks for its plugins; what they need of JupyterLab comes from the scope that they share.
/** @import { App, Launcher, Modules, NotebookPanel, Palette, Scope, Shell, Tracker } from "./lab.js" */
import { Offering } from "./offering.js";
import { Ours } from "./ours.js";
import { Room } from "./room.js";
import { Runner } from "./runner.js";

const NAME = "coaching-workbook";

/** @param {Modules} lab */
const roomOf = (lab) => ({
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
    // Jupyter Notebook has another shell.
    if (!shell) return;
    const ours = new Ours(app, lab);
    const room = new Room(app, shell);
    const runner = new Runner(app, tracker);
    /** @param {NotebookPanel} panel */
    const attend = async (panel) => {
      if ((await ours.vouchesFor(panel)) && !panel.isDisposed) {
        ours.keepClean(panel);
        room.take(panel);
        runner.take(panel);
      }
      room.judged();
    };
    tracker.widgetAdded.connect((_, panel) => attend(panel));
    tracker.forEach(attend);
  },
});

/** @param {Modules} lab */
const offeringOf = (lab) => ({
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
    if (shell && (await ours.areServed())) new Offering(app, shell, ours, lab.LabIcon).show(launcher, palette);
  },
});

/** @type {Scope} */
let scope = {};

/** @param {string} name */
async function shared(name) {
  const [version] = Object.values(scope[name] ?? {});
  if (!version) throw new Error(`JupyterLab shares no ${name}`);
  return (await version.get())();
}

const PACKAGES = ["application", "apputils", "launcher", "notebook", "services", "ui-components"];

window._JUPYTERLAB ??= {};
window._JUPYTERLAB[NAME] = {
  /** @param {Scope} given */
  init: (given) => {
    scope = given;
  },
  get: async () => {
    const lab = Object.assign({}, ...(await Promise.all(PACKAGES.map((name) => shared(`@jupyterlab/${name}`)))));
    return () => ({ __esModule: true, default: [roomOf(lab), offeringOf(lab)] });
  },
};
