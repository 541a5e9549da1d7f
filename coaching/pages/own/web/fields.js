// @ts-check
// Small forms in which she writes: what is typed stands in the copy's drafts from the first sign on, and becomes entries
// when she keeps it.
/** @import { OwnCopy } from "./copy.js" */
/** @import { Draft } from "./own.js" */
/** @import { Screen } from "./screen.js" */
import { dayField } from "../../../forms/web/dayfield.js";
import { elementId, make, newId } from "../../../forms/web/elements.js";

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} label
 * @property {"words" | "line" | "day" | "choice"} type
 * @property {"ahead" | "back"} [lies]
 * @property {[string, string][]} [options]
 * @property {string} [first]
 */
/** @typedef {{ values: Record<string, string>, id: string }} Typed */
/**
 * @typedef {object} Form
 * @property {string} key
 * @property {string} button
 * @property {string} [keep]
 * @property {Field[]} fields
 * @property {(typed: Typed) => string | undefined | void} onKeep
 */

/**
 * Which small forms are open: those that somebody opened, and from the beginning those in which something is typed. To fold
 * one loses nothing: what is typed stays a draft, and stands there when it is opened again.
 */
export class OpenForms {
  /** @param {OwnCopy} own */
  constructor(own) {
    this.own = own;
    /** @type {Set<string>} */
    this.opened = new Set();
    /** @type {Set<string>} */
    this.folded = new Set();
  }

  /** @param {string} key */
  has(key) {
    return this.opened.has(key) || (Boolean(this.own.drafts[key]) && !this.folded.has(key));
  }

  /** @param {string} key */
  unfold(key) {
    this.opened.add(key);
    this.folded.delete(key);
  }

  /**
   * Fold a form; a draft in which nothing is typed any more goes.
   *
   * @param {Form} form
   */
  fold(form) {
    this.opened.delete(form.key);
    const [draft, first] = [this.own.drafts[form.key], firstValues(form)];
    if (!draft) return;
    const isTyped = Object.entries(draft.values).some(([name, value]) => value !== (first[name] ?? ""));
    if (isTyped) this.folded.add(form.key);
    else delete this.own.drafts[form.key];
  }

  /**
   * Close a form whose words are kept.
   *
   * @param {string} key
   */
  close(key) {
    this.opened.delete(key);
    this.folded.delete(key);
    delete this.own.drafts[key];
  }
}

/**
 * A button that opens a small form in its place.
 *
 * @param {Screen} screen
 * @param {Form} form
 */
export function smallForm(screen, form) {
  const { open } = screen;
  if (open.has(form.key)) return openForm(screen, form);
  const show = () => {
    open.unfold(form.key);
    screen.draw(`${form.key} 0`);
  };
  return make("button", { type: "button", class: "quietly", "data-focus": form.key, onclick: show }, form.button);
}

/**
 * @param {Screen} screen
 * @param {Form} form
 */
function openForm(screen, form) {
  const { own, open, say } = screen;
  /** @type {Draft} */
  const draft = own.drafts[form.key] ?? { id: newId(), at: 0, values: firstValues(form) };
  const problem = make("p", { class: "problem", role: "alert" });
  /**
   * @param {string} name
   * @param {string} value
   */
  const set = (name, value) => {
    draft.values[name] = value;
    draft.at = Date.now();
    own.drafts[form.key] = draft;
    problem.textContent = "";
    screen.changed();
  };
  const leave = () => {
    screen.changed();
    screen.draw(form.key);
  };
  const fold = () => {
    open.fold(form);
    leave();
  };
  /** @param {Event} event */
  const keep = (event) => {
    event.preventDefault();
    const wrong = form.onKeep({ values: { ...draft.values }, id: draft.id });
    if (wrong) {
      problem.textContent = wrong;
      return;
    }
    open.close(form.key);
    leave();
  };
  const fields = form.fields.map((field, at) => drawField(field, draft.values, set, { screen, at, key: form.key }));
  const buttons = make(
    "div",
    { class: "buttons" },
    make("button", { type: "submit", class: "firmly" }, form.keep ?? say("keep")),
    make("button", { type: "button", class: "quietly", onclick: fold }, say("not_now")),
  );
  return make("form", { class: "small-form", onsubmit: keep }, ...fields, problem, buttons);
}

/** @param {Form} form */
const firstValues = (form) => Object.fromEntries(form.fields.map(({ name, first }) => [name, first ?? ""]));

/**
 * @param {Field} field
 * @param {Record<string, string>} values
 * @param {(name: string, value: string) => void} set
 * @param {{ screen: Screen, at: number, key: string }} place
 */
function drawField(field, values, set, { screen, at, key }) {
  const focus = `${key} ${at}`;
  if (field.type === "choice") return drawChoice(field, values, set, focus);
  const id = elementId();
  const label = make("label", { for: id }, field.label);
  const value = values[field.name] ?? "";
  if (field.type === "day") return drawDay(field, values, set, { screen, focus, id, label });
  const isLine = field.type === "line";
  const input = isLine
    ? make("input", { id, type: "text", dir: "auto", autocomplete: "off", "data-focus": focus })
    : make("textarea", { id, rows: 3, dir: "auto", "data-focus": focus });
  input.value = value;
  const grow = () => {
    if (isLine) return;
    input.style.blockSize = "auto";
    input.style.blockSize = `${input.scrollHeight + 2}px`;
  };
  input.addEventListener("input", () => {
    set(field.name, input.value);
    grow();
  });
  requestAnimationFrame(grow);
  return make("div", { class: "field" }, label, input);
}

/**
 * @param {Field} field
 * @param {Record<string, string>} values
 * @param {(name: string, value: string) => void} set
 * @param {{ screen: Screen, focus: string, id: string, label: HTMLElement }} place
 */
function drawDay(field, values, set, { screen, focus, id, label }) {
  const typed = `${field.name} as typed`;
  const input = make("input", { id, type: "text", autocomplete: "off", "data-focus": focus });
  const [terms, lies] = [screen.dayTerms(), field.lies ?? "ahead"];
  /** @type {Map<string, string>} */
  const half = new Map();
  if (values[typed]) half.set(field.name, values[typed]);
  const { below, set: show } = dayField(input, /** @type {any} */ ({ lies }), terms, {
    typed: half,
    name: field.name,
    value: () => values[field.name] ?? "",
    changed: (day) => set(field.name, day),
  });
  show(values[field.name] ?? "");
  input.addEventListener("input", () => set(typed, input.value));
  return make("div", { class: "field" }, label, input, below);
}

/**
 * @param {Field} field
 * @param {Record<string, string>} values
 * @param {(name: string, value: string) => void} set
 * @param {string} focus
 */
function drawChoice(field, values, set, focus) {
  const group = elementId();
  const chips = (field.options ?? []).map(([value, words], at) => {
    const attributes = { type: "radio", name: group, value, "data-focus": at ? null : focus };
    const input = make("input", { ...attributes, onchange: () => set(field.name, value) });
    input.checked = values[field.name] === value;
    return make("label", { class: "chip" }, input, make("span", {}, words));
  });
  return make(
    "fieldset",
    { class: "field" },
    make("legend", {}, field.label),
    make("div", { class: "chips" }, ...chips),
  );
}
