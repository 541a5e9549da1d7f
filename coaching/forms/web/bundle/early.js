// coaching/forms/web/early.js
function drawnWith(code) {
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
    }
  };
}
export {
  drawnWith
};
