// @ts-check
// The ways to the notebooks from anywhere in JupyterLab: tiles of the launcher, and commands of the palette.
/** @import { App, Launcher, Modules, Palette, Shell } from "./lab.js" */
/** @import { Ours } from "./ours.js" */
import review from "./icons/review.svg";
import session from "./icons/session.svg";
import { TOGGLE } from "./room.js";

const CATEGORY = "Coaching";
const NOTEBOOKS = [
  {
    name: "session.ipynb",
    command: "coaching:open-session",
    label: "One-on-one",
    caption: "Open the session",
    icon: session,
  },
  {
    name: "quarterly_review.ipynb",
    command: "coaching:open-review",
    label: "Quarterly review",
    caption: "Look back on a quarter together",
    icon: review,
  },
];

export class Offering {
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
}
