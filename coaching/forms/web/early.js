// @ts-check
/** @import { KernelMessage } from "./messages.js" */
/** @import { Context, Render } from "./page.js" */

// What the kernel tells before there is a view is kept for the first one, unless more has come: then it may be old.
// Drawing alone waits for the code. A widget has two seconds to be ready for messages, and they come one after another:
// if this waited, the message that brings the code might stand behind one that cannot be taken.
/** @param {Promise<Render>} code */
export function drawnWith(code) {
  /** @type {KernelMessage | null} */
  let early = null;
  let isLate = false;
  return {
    /** @param {Pick<Context, "model">} context */
    initialize({ model }) {
      model.on("msg:custom", (message) => {
        early = isLate ? null : message;
        isLate = true;
      });
    },
    /** @param {Context} context */
    async render(context) {
      const draw = await code;
      const message = early;
      early = null;
      isLate = true;
      return draw({ ...context, early: message });
    },
  };
}
