// early.js
function drawnWith(code) {
  let early = null;
  let isLate = false;
  return {
    initialize({ model }) {
      model.on("msg:custom", (message) => {
        early = isLate ? null : message;
        isLate = true;
      });
    },
    async render(context) {
      const draw = await code;
      const told = early;
      early = null;
      isLate = true;
      return draw({ ...context, early: told });
    }
  };
}
export {
  drawnWith
};
