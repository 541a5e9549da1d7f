// @ts-check
// The fields of a form, one function for each type of block. A block is data from the kernel; text goes in as text.
/** @import { Keeping } from "./keeping.js" */
/**
 * @import {
 *   ActBlock, Block, ChoiceBlock, Condition, DayBlock, DayTerms, FlagBlock, FoldBlock, Line, LinesBlock, Option,
 *   OutcomesBlock, PageBlock, PickBlock, ProseBlock, RowsBlock, SecretBlock, SectionBlock, SortingBlock, StartersBlock,
 *   TextBlock, Values
 * } from "./messages.js"
 */
import { dayField } from "./dayfield.js";
import { elementId, make, newId } from "./elements.js";
import { optionsOf } from "./options.js";
import { outcomes } from "./outcomes.js";
import { say } from "./say.js";
import { askable, leaveFocus } from "./silence.js";
import { sorting } from "./sorting.js";

// The button that the page acts on by itself.
const LOCK = "lock";
const PRIVATE_INPUT = {
  autocomplete: "off",
  spellcheck: "false",
  dir: "auto",
  "data-gramm": "false",
  "data-lpignore": "true",
};

/**
 * A field or a button: what goes with it, where its problem is said, what takes the focus, and what sets its value.
 *
 * @typedef {object} Control
 * @property {HTMLElement} field
 * @property {HTMLElement | null} problem
 * @property {HTMLElement} focus
 * @property {(value: string) => void} set
 */
/** @typedef {(spec: Block, prefix: string) => HTMLElement} Draw */

export class Fields {
  /**
   * `keeping` holds the values; `days` says what day it is.
   *
   * @param {Keeping} keeping
   * @param {DayTerms} [days]
   */
  constructor(keeping, days) {
    this.keeping = keeping;
    this.days = days;
    /** @type {Map<string, Control>} */
    this.controls = new Map();
    /**
     * What is done after every change.
     *
     * @type {(() => void)[]}
     */
    this.refreshers = [];
    /**
     * How a block is shown or hidden that does not just go.
     *
     * @type {WeakMap<HTMLElement, (isOpen: boolean) => void>}
     */
    this.openers = new WeakMap();
  }

  /**
   * @param {Block} spec
   * @param {string} prefix
   */
  block(spec, prefix = "") {
    const draw = /** @type {Draw} */ (this[spec.type]);
    const element = draw.call(this, spec, prefix);
    const when = "when" in spec ? spec.when : null;
    if (when) this.refreshers.push(() => this.open(element, this.holds(when, prefix)));
    if (spec.type === "flag" && spec.unless) {
      const { name, unless } = spec;
      this.refreshers.push(() => {
        element.hidden = !this.keeping.values[prefix + name] && this.holds(unless, prefix);
      });
    }
    return element;
  }

  /**
   * @param {HTMLElement} element
   * @param {boolean} isOpen
   */
  open(element, isOpen) {
    const opener = this.openers.get(element);
    if (opener) opener(isOpen);
    else element.hidden = !isOpen;
  }

  /** @param {ProseBlock} spec */
  prose(spec) {
    const words = make("p", { class: `coaching-prose ${spec.tone}`, dir: "auto" }, spec.text);
    return spec.tone === "prompt" ? askable(words) : words;
  }

  /**
   * @param {SectionBlock} spec
   * @param {string} prefix
   */
  section(spec, prefix) {
    const id = spec.title ? elementId() : null;
    const inside = make("div", { class: "coaching-inside" }, ...spec.blocks.map((block) => this.block(block, prefix)));
    const instead = spec.closed ? make("p", { class: "coaching-closed" }, spec.closed) : null;
    const section = make(
      "section",
      { class: "coaching-section", "aria-labelledby": id },
      spec.title ? make("h3", { id }, spec.title) : null,
      spec.hint ? make("p", { class: "coaching-hint" }, spec.hint) : null,
      instead,
      inside,
    );
    if (instead)
      this.openers.set(section, (isOpen) => {
        inside.hidden = !isOpen;
        instead.hidden = isOpen;
      });
    return section;
  }

  /**
   * @param {FoldBlock} spec
   * @param {string} prefix
   */
  fold(spec, prefix) {
    const { folds, values } = this.keeping;
    const name = spec.name?.startsWith(".") ? prefix + spec.name.slice(1) : (spec.name ?? "");
    const before = new Set(this.controls.keys());
    const inside = spec.blocks.map((block) => this.block(block, prefix));
    // What was used inside is in sight.
    const isUsed = Boolean(name) && [...this.controls.keys()].some((field) => !before.has(field) && values[field]);
    const open = folds.get(name) ?? (spec.open || isUsed);
    const fold = make(
      "details",
      { class: "coaching-fold", open, "data-stays": Boolean(name) },
      make("summary", { dir: "auto" }, spec.title),
      ...inside,
    );
    if (name) fold.addEventListener("toggle", () => folds.set(name, fold.open));
    return fold;
  }

  /** @param {LinesBlock} spec */
  lines(spec) {
    /** @param {Line} line */
    const line = ({ about, words, readers }) =>
      make(
        "li",
        {},
        make(
          "p",
          { class: "coaching-about" },
          make("span", { dir: "auto" }, about),
          readers ? make("span", { class: "coaching-readers" }, readers) : null,
        ),
        ...words.map((said) => make("p", { class: "coaching-said", dir: "auto" }, said)),
      );
    return make("ul", { class: "coaching-lines" }, ...spec.lines.map(line));
  }

  /**
   * @param {TextBlock} spec
   * @param {string} prefix
   */
  text(spec, prefix) {
    const name = prefix + spec.name;
    const control = make(spec.rows > 1 ? "textarea" : "input", {
      ...PRIVATE_INPUT,
      rows: spec.rows > 1 ? spec.rows : null,
      type: spec.rows > 1 ? null : "text",
    });
    control.addEventListener("input", () => this.changed(name, control.value));
    this.actOnEnter(control, spec.act);
    return this.field(name, spec, control, (value) => {
      if (control.value !== value) control.value = value;
    });
  }

  /**
   * @param {HTMLElement} control
   * @param {string | null} act
   */
  actOnEnter(control, act) {
    control.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing && act) this.keeping.send(act);
    });
  }

  /**
   * Fields in one frame: to whoever types they are one text, to which each starter adds a heading.
   *
   * @param {StartersBlock} spec
   * @param {string} prefix
   */
  starters(spec, prefix) {
    const offers = make("div", { class: "coaching-offers" });
    const fields = spec.blocks.map((block) => {
      const name = prefix + block.name;
      const field = this.block(block, prefix);
      const offer = make(
        "button",
        {
          type: "button",
          class: "coaching-quiet",
          title: block.hint,
          onclick: () => {
            this.keeping.folds.set(name, true);
            this.refresh();
            this.controls.get(name)?.focus.focus();
          },
        },
        block.label,
      );
      offers.append(offer);
      return { name, field, offer };
    });
    const [first] = fields;
    const isBegun = (/** @type {string} */ name) => Boolean(this.keeping.values[name] || this.keeping.folds.get(name));
    this.refreshers.push(() => {
      const isEmpty = !fields.some(({ name }) => isBegun(name));
      for (const { name, field, offer } of fields) {
        const isOpen = isBegun(name) || (isEmpty && name === first?.name);
        // What has held words stays in sight: a field that empties does not go from under its caret.
        if (this.keeping.values[name]) this.keeping.folds.set(name, true);
        field.hidden = !isOpen;
        offer.hidden = isOpen;
      }
    });
    return make("div", { class: "coaching-starters" }, ...fields.map(({ field }) => field), offers);
  }

  /**
   * What nobody keeps: it leaves the page with the press of a button, and is gone from it then.
   *
   * @param {SecretBlock} spec
   */
  secret(spec) {
    const control = make("input", {
      type: "password",
      autocomplete: "new-password",
      spellcheck: "false",
      "data-lpignore": "true",
    });
    this.actOnEnter(control, spec.act);
    control.value = this.keeping.typedSecrets[spec.name] ?? "";
    this.keeping.secrets.set(spec.name, control);
    const field = this.field(spec.name, spec, control, () => {});
    // A browser takes what stands before a passphrase for the name of an account, and writes it down; in a form of its own
    // there is nothing before it.
    const alone = make("form", { style: "display: contents", onsubmit: (event) => event.preventDefault() });
    control.replaceWith(alone);
    alone.append(control);
    return field;
  }

  /**
   * @param {DayBlock} spec
   * @param {string} prefix
   */
  day(spec, prefix) {
    const name = prefix + spec.name;
    if (!this.days) throw new Error("A form with a field for a day says what day it is.");
    const control = make("input", { ...PRIVATE_INPUT, type: "text" });
    const { below, said, set } = dayField(control, spec, this.days, {
      typed: this.keeping.typedDays,
      name,
      value: () => this.keeping.values[name] ?? "",
      changed: (value) => this.changed(name, value),
    });
    const field = this.field(name, spec, control, set);
    control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby")} ${said.id}`);
    control.after(below);
    return field;
  }

  /**
   * @param {PickBlock} spec
   * @param {string} prefix
   */
  pick(spec, prefix) {
    const name = prefix + spec.name;
    const control = make(
      "select",
      { autocomplete: "off" },
      ...spec.options.map(([value, label]) => make("option", { value }, label)),
    );
    control.addEventListener("change", () => this.changed(name, control.value));
    const field = this.field(name, spec, control, (value) => {
      control.value = value;
    });
    if (spec.another) field.append(this.another(control, name, spec.another));
    return field;
  }

  /**
   * Take the next option, and after the last the first again.
   *
   * @param {HTMLSelectElement} control
   * @param {string} name
   * @param {string} label
   */
  another(control, name, label) {
    const next = () => {
      control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
      this.changed(name, control.value);
    };
    const labelled = `${control.getAttribute("aria-describedby")?.split("-hint")[0]}-label`;
    const button = make("button", { type: "button", class: "coaching-quiet", onclick: next }, label);
    button.id = elementId();
    button.setAttribute("aria-labelledby", `${button.id} ${labelled}`);
    return button;
  }

  /**
   * @param {ChoiceBlock} spec
   * @param {string} prefix
   */
  choice(spec, prefix) {
    const name = prefix + spec.name;
    const group = elementId();
    const { labels, first, set } = optionsOf(spec.options, (value) => this.changed(name, value));
    const problem = make("p", { class: "coaching-problem", id: `${group}-problem` });
    const field = make(
      "fieldset",
      { class: "coaching-field coaching-choice", "aria-describedby": `${group}-problem` },
      make("legend", { dir: "auto" }, spec.label),
      spec.hint ? make("p", { class: "coaching-hint" }, spec.hint) : null,
      make("div", { class: "coaching-options" }, ...labels),
      problem,
    );
    this.control(name, {
      field,
      problem,
      focus: first ?? field,
      set,
    });
    return field;
  }

  /**
   * @param {OutcomesBlock} spec
   * @param {string} prefix
   */
  outcomes(spec, prefix) {
    return outcomes(this, spec, prefix);
  }

  /**
   * @param {FlagBlock} spec
   * @param {string} prefix
   */
  flag(spec, prefix) {
    const name = prefix + spec.name;
    const id = elementId();
    const control = make("input", { type: "checkbox", autocomplete: "off", "aria-describedby": `${id}-problem` });
    control.addEventListener("change", () => this.changed(name, control.checked ? "true" : ""));
    const problem = make("p", { class: "coaching-problem", id: `${id}-problem` });
    const field = make(
      "div",
      { class: "coaching-field" },
      make("label", { class: "coaching-flag" }, control, make("span", { dir: "auto" }, spec.label)),
      problem,
    );
    this.control(name, {
      field,
      problem,
      focus: control,
      set: (value) => {
        control.checked = value === "true";
      },
    });
    return field;
  }

  /**
   * A group of fields that stands once for each row; rows come from the kernel or are added here.
   *
   * @param {RowsBlock} spec
   * @param {string} prefix
   */
  rows(spec, prefix) {
    const list = make("div", { class: "coaching-rows" });
    /** @type {Set<string>} */
    const keys = new Set();
    /**
     * @param {string} key
     * @param {string} [title]
     */
    const add = (key, title) => {
      if (keys.has(key)) return null;
      keys.add(key);
      const row = this.row(spec, `${prefix}${spec.name}.${key}.`, title ?? `${spec.row} ${keys.size}`);
      list.append(row);
      return row;
    };
    for (const { key, title } of spec.fixed) add(key, title);
    const start = `${prefix}${spec.name}.`;
    // Rows of a fixed group stand in one place each, even when several groups share a name.
    if (!spec.add) return list;
    const addTyped = () => {
      const names = Object.keys(this.keeping.values).filter((name) => name.startsWith(start));
      for (const key of names.flatMap((name) => name.slice(start.length).split(".", 1))) add(key);
    };
    addTyped();
    this.refreshers.push(addTyped);
    if (spec.line && !keys.size) add(newId());
    if (spec.line) list.addEventListener("keydown", (event) => goAlong(event, () => button.click()));
    const button = make(
      "button",
      {
        type: "button",
        class: "coaching-quiet",
        onclick: () => {
          const row = add(newId());
          this.refresh();
          const first = row?.querySelector("textarea, input");
          if (first instanceof HTMLElement) first.focus();
        },
      },
      spec.add,
    );
    return make("div", {}, list, button);
  }

  /**
   * @param {RowsBlock} spec
   * @param {string} prefix
   * @param {string} title
   */
  row(spec, prefix, title) {
    const id = elementId();
    const inside = make(
      "div",
      { class: "coaching-row-inside" },
      ...spec.blocks.map((block) => this.block(block, prefix)),
    );
    const row = make(
      "div",
      { class: `coaching-row ${spec.line ? "line" : ""}`, role: "group", "aria-labelledby": id },
      make("h4", { id, dir: "auto", class: spec.line ? "coaching-unseen" : null }, title),
      inside,
    );
    if (!spec.add) return row;
    const name = `${prefix}removed`;
    const button = make("button", {
      type: "button",
      class: "coaching-quiet",
      onclick: () => {
        this.changed(name, this.keeping.values[name] ? "" : "true");
        button.scrollIntoView({ block: "nearest" }); // what goes may have been longer than the window
      },
    });
    row.append(button);
    // In a line the three blanks stand alone: that it can go is said with all else that is more of it.
    const more = spec.line ? inside.querySelector("details") : null;
    const offer = () => {
      button.hidden = Boolean(more && !more.open) && !inside.hidden;
    };
    more?.addEventListener("toggle", offer);
    this.refreshers.push(() => {
      const removed = Boolean(this.keeping.values[name]);
      inside.hidden = removed;
      offer();
      button.textContent = removed ? say("Put it back") : say("Remove");
      button.setAttribute("aria-label", `${button.textContent}: ${title}`);
    });
    return row;
  }

  /**
   * @param {SortingBlock} spec
   * @param {string} prefix
   */
  sorting(spec, prefix) {
    return sorting(this, spec, prefix);
  }

  /** @param {ActBlock} spec */
  act(spec) {
    const button = make(
      "button",
      {
        type: "button",
        class: spec.quiet ? "coaching-quiet" : "coaching-primary",
        onclick: ({ target }) => {
          if (spec.name === LOCK) target?.dispatchEvent(new Event("coaching-lock", { bubbles: true }));
          else this.keeping.send(spec.name);
        },
      },
      spec.label,
    );
    this.controls.set(spec.name, { field: button, problem: null, focus: button, set: () => {} });
    return make("div", { class: "coaching-act" }, button);
  }

  /**
   * Nothing in it runs, and nothing of it is reached: it is there to be looked at.
   *
   * @param {PageBlock} spec
   */
  page(spec) {
    const frame = make("iframe", { class: "coaching-shown-page", title: spec.title, srcdoc: spec.html });
    frame.setAttribute("sandbox", "");
    return frame;
  }

  /**
   * @param {string} name
   * @param {Control} control
   */
  control(name, control) {
    this.controls.set(name, control);
    control.set(this.keeping.values[name] ?? "");
  }

  /**
   * @param {string} name
   * @param {{ label: string, hint: string, width?: string, seen?: Option[] | null }} spec
   * @param {HTMLElement} control
   * @param {(value: string) => void} set
   */
  field(name, spec, control, set) {
    const id = elementId();
    control.id = id;
    control.setAttribute("aria-describedby", `${id}-hint ${id}-problem`);
    const problem = make("p", { class: "coaching-problem", id: `${id}-problem` });
    const field = make(
      "div",
      { class: `coaching-field coaching-words ${spec.width ?? ""}` },
      make("label", { for: id, id: `${id}-label`, dir: "auto" }, spec.label),
      make("p", { class: "coaching-hint", id: `${id}-hint`, dir: "auto" }, spec.hint),
      control,
      spec.seen ? this.seen(name, spec.seen, control) : null,
      problem,
    );
    this.control(name, { field, problem, focus: control, set });
    return field;
  }

  /**
   * Who may read the words of one field: a small sign, in words where it is not as usual. It takes no stop on the way by
   * Tab, which goes from words to words; F2 in the field presses it.
   *
   * @param {string} name
   * @param {Option[]} readers
   * @param {HTMLElement} control
   */
  seen(name, readers, control) {
    const own = `${name}:seen`;
    const usual = readers[0]?.[0] ?? "";
    const words = make("span", { class: "coaching-seen-words", "aria-live": "polite" });
    const button = make("button", {
      type: "button",
      class: "coaching-seen",
      tabindex: "-1",
      onmousedown: leaveFocus,
      onclick: () => {
        const at = readers.findIndex(([value]) => value === (this.keeping.values[own] || usual));
        const [next = usual] = readers[(at + 1) % readers.length] ?? [];
        set(next);
        this.changed(own, next);
      },
    });
    control.addEventListener("keydown", (event) => {
      if (event.key !== "F2") return;
      event.preventDefault();
      button.click();
    });
    /** @param {string} value */
    const set = (value) => {
      const [chosen, label] = readers.find(([one]) => one === value) ?? readers[0] ?? ["", ""];
      button.setAttribute("aria-label", say("Who may read this: {readers}", { readers: label }));
      button.title = `${button.ariaLabel} (F2)`;
      button.dataset.readers = chosen;
      words.textContent = chosen === usual ? "" : label;
    };
    const sign = make("span", { class: "coaching-readers-of" }, words, button);
    this.control(own, { field: sign, problem: null, focus: button, set });
    return sign;
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  changed(name, value) {
    this.keeping.set(name, value);
    this.problem(name, "");
    this.refresh();
  }

  /**
   * @param {string[]} names
   * @param {string} value
   */
  changedTogether(names, value) {
    for (const name of names) {
      this.keeping.set(name, value);
      this.controls.get(name)?.set(value);
      this.problem(name, "");
    }
    this.refresh();
  }

  /**
   * Values that another view of the same form, or the kernel, has changed; never the field somebody is typing in.
   *
   * @param {Values} values
   */
  take(values) {
    for (const [name, value] of Object.entries(values)) {
      if (this.keeping.pending.has(name)) continue;
      this.keeping.values[name] = value;
      const control = this.controls.get(name);
      if (control) control.set(value);
      if (!value) control?.field.querySelector(".coaching-aside")?.remove();
    }
    this.refresh();
    for (const [name, value] of Object.entries(values)) {
      if (!this.keeping.pending.has(name)) this.controls.get(name)?.set(value);
    }
  }

  /**
   * One quiet line under words that sound like a project meeting; nobody counts it, and it goes with the words.
   *
   * @param {Record<string, boolean>} soundings
   */
  statusTalk(soundings) {
    for (const [name, sounds] of Object.entries(soundings)) {
      const control = this.controls.get(name);
      control?.field.querySelector(".coaching-aside")?.remove();
      if (!control || !sounds) continue;
      const park = make(
        "button",
        { type: "button", class: "coaching-quiet", onclick: () => this.keeping.send(`park.${name}`) },
        say("Park it"),
      );
      control.field.append(
        make(
          "p",
          { class: "coaching-hint coaching-aside", role: "status" },
          say("Is this for another meeting?"),
          " ",
          park,
        ),
      );
    }
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  problem(name, text) {
    const control = this.controls.get(name);
    if (!control?.problem) return;
    control.problem.textContent = text;
    if (text) control.focus.setAttribute("aria-invalid", "true");
    else control.focus.removeAttribute("aria-invalid");
  }

  /** @param {Values} texts */
  problems(texts) {
    for (const name of this.controls.keys()) this.problem(name, texts[name] ?? "");
  }

  /**
   * Whether one of these conditions holds.
   *
   * @param {Condition[]} when
   * @param {string} prefix
   */
  holds(when, prefix) {
    return when.some((alternative) => {
      const name = alternative.name.startsWith(".") ? prefix + alternative.name.slice(1) : alternative.name;
      const value = (this.keeping.values[name] ?? "").trim();
      return alternative.is ? alternative.is.includes(value) : value !== "";
    });
  }

  // A row that is added by one of them brings its own, which are then done by the next.
  refresh() {
    for (const refresher of [...this.refreshers]) refresher();
  }
}

/**
 * Enter goes from blank to blank of a line, and from the last one on to the next line; with Shift it is a new line in one.
 *
 * @param {KeyboardEvent} event
 * @param {() => void} goOn
 */
function goAlong(event, goOn) {
  const { key, shiftKey, isComposing, target } = event;
  if (key !== "Enter" || shiftKey || isComposing || event.defaultPrevented || !(target instanceof HTMLElement)) return;
  const row = target.closest(".coaching-row");
  const blanks = [
    ...(row?.querySelectorAll(":scope > .coaching-row-inside > .coaching-words :is(textarea, input, select)") ?? []),
  ];
  const at = blanks.indexOf(target);
  if (at < 0) return;
  event.preventDefault();
  const next = blanks[at + 1];
  if (next instanceof HTMLElement) next.focus();
  else goOn();
}
