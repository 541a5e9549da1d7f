// @ts-check
// What became of promises: each is one quiet line. A tap unfolds what can be said of it; the number of an answer, pressed on
// the line, says it and goes on to the next. What a line unfolds to is drawn when somebody unfolds it: there may be hundreds.
/** @import { Fields } from "./fields.js" */
/** @import { ChoiceBlock, FixedRow, OutcomesBlock } from "./messages.js" */
import { elementId, make } from "./elements.js";
import { optionsOf } from "./options.js";

const LINE = ".coaching-outcome > summary";
/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const CLEARING = new Set(["Backspace", "Delete", "0"]);

/**
 * @param {Fields} fields
 * @param {OutcomesBlock} spec
 * @param {string} prefix
 */
export function outcomes(fields, spec, prefix) {
  const draw = (/** @type {FixedRow} */ line) => lineOf(fields, spec, `${prefix}${spec.name}.${line.key}.`, line.title);
  const list = make("div", { class: "coaching-outcomes" }, ...spec.fixed.map(draw));
  if (spec.others.lines.length) list.append(folded(fields, spec, prefix, spec.others.lines.map(draw)));
  list.addEventListener("keydown", ({ key, target }) => {
    const by = STEPS[key];
    if (by && target instanceof HTMLElement && target.matches(LINE)) neighbour(target, by)?.focus();
  });
  return list;
}

/**
 * @param {Fields} fields
 * @param {OutcomesBlock} spec
 * @param {string} prefix
 * @param {string} title
 */
function lineOf(fields, spec, prefix, title) {
  const [asked, ...others] = /** @type {[ChoiceBlock, ...OutcomesBlock["blocks"]]} */ (spec.blocks);
  const name = prefix + asked.name;
  const { folds } = fields.keeping;
  const id = elementId();
  const answer = make("span", { class: "coaching-answer", "aria-live": "polite" });
  const summary = make(
    "summary",
    { "aria-describedby": `${id}-problem` },
    make("span", { dir: "auto" }, title),
    answer,
  );
  const unfolded = make("details", { class: "coaching-outcome", "data-stays": true }, summary);
  const problem = make("p", { class: "coaching-problem", id: `${id}-problem` });
  const field = make("div", { class: "coaching-outcome-line" }, unfolded, problem);
  /** @type {((value: string) => void) | null} */
  let setOptions = null;
  /** @param {string} value */
  const set = (value) => {
    answer.textContent = asked.options.find(([one]) => one === value)?.[1] ?? "";
    setOptions?.(value);
  };
  /** @param {string} value */
  const choose = (value) => {
    set(value);
    fields.changed(name, value);
  };
  const unfold = () => {
    if (setOptions) return;
    const options = optionsOf(asked.options, choose);
    setOptions = options.set;
    setOptions(fields.keeping.values[name] ?? "");
    const answers = make(
      "fieldset",
      { class: "coaching-choice" },
      make("legend", { class: "coaching-unseen" }, asked.label),
      make("div", { class: "coaching-options coaching-numbered" }, ...options.labels),
    );
    unfolded.append(answers, ...others.map((block) => fields.block(block, prefix)));
    fields.refresh();
  };
  unfolded.addEventListener("toggle", () => {
    folds.set(prefix, unfolded.open);
    if (unfolded.open) unfold();
  });
  field.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, altKey, metaKey } = event;
    const isHere = target === summary || (target instanceof HTMLInputElement && target.type === "radio");
    if (!isHere || ctrlKey || altKey || metaKey) return;
    const [value] = CLEARING.has(key) ? [""] : (asked.options[Number(key) - 1] ?? []);
    if (value === undefined) return;
    event.preventDefault();
    choose(value);
    goOn(value);
  });
  /**
   * An answer may ask for a day, which is written where the focus goes then; else the next line is next.
   *
   * @param {string} value
   */
  const goOn = (value) => {
    const more = spec.asks[value];
    if (more) {
      unfolded.open = true;
      unfold();
      fields.controls.get(prefix + more)?.focus.focus();
    } else if (value) (neighbour(summary, 1) ?? summary).focus();
  };
  fields.control(name, { field, problem, focus: summary, set });
  if (folds.get(prefix)) {
    unfolded.open = true;
    unfold();
  }
  return field;
}

/**
 * @param {Fields} fields
 * @param {OutcomesBlock} spec
 * @param {string} prefix
 * @param {HTMLElement[]} lines
 */
function folded(fields, spec, prefix, lines) {
  const { folds } = fields.keeping;
  const [value, label] = spec.others.at_once;
  const [asked] = /** @type {[ChoiceBlock]} */ (spec.blocks);
  const names = spec.others.lines.map(({ key }) => `${prefix}${spec.name}.${key}.${asked.name}`);
  /** @type {string[]} */
  let given = [];
  const button = make(
    "button",
    {
      type: "button",
      class: "coaching-quiet",
      onclick: () => {
        const [changed, next] = given.length
          ? [given.filter((name) => fields.keeping.values[name] === value), ""]
          : [names.filter((name) => !fields.keeping.values[name]), value];
        given = next ? changed : [];
        fields.changedTogether(changed, next);
        sayWhatItDoes();
      },
    },
    label,
  );
  const sayWhatItDoes = () => {
    button.textContent = given.length ? spec.others.undo : label;
  };
  const place = `${prefix}${spec.name}.others.${spec.others.lines[0]?.key}`;
  const fold = make(
    "details",
    { class: "coaching-fold coaching-others", open: folds.get(place) ?? false, "data-stays": true },
    make("summary", {}, spec.others.title),
    value ? button : null,
    ...lines,
  );
  fold.addEventListener("toggle", () => folds.set(place, fold.open));
  return fold;
}

/**
 * The line that stands so many lines below another one of the form, if one is in sight there.
 *
 * @param {HTMLElement} line
 * @param {number} by
 */
function neighbour(line, by) {
  const all = line.closest(".coaching-body")?.querySelectorAll(LINE) ?? [];
  const inSight = [...all].filter((one) => one instanceof HTMLElement).filter((one) => one.checkVisibility());
  return inSight[inSight.indexOf(line) + by];
}
