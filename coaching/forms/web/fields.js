// The fields of a form, one function for each type of block. A block is data from the kernel; text goes in as text.
import { elementId, make, newId } from "./elements.js";
import { askable } from "./silence.js";

const NO_WHOLE_DAY = "This is no whole day between 2000 and 2099; it is not kept.";
const PRIVATE_INPUT = { autocomplete: "off", spellcheck: "false", dir: "auto", "data-gramm": "false", "data-lpignore": "true" };

export class Fields {
  // `keeping` holds the values; `conditions` are re-read after every change.
  constructor(keeping) {
    this.keeping = keeping;
    this.controls = new Map();
    this.conditions = [];
  }

  block(spec, prefix = "") {
    const element = this[spec.type](spec, prefix);
    if (spec.when) this.conditions.push({ element, when: spec.when, prefix, instead: element.coachingInstead });
    return element;
  }

  prose(spec) {
    const words = make("p", { class: `coaching-prose ${spec.tone ?? ""}`, dir: "auto" }, spec.text);
    return spec.tone === "prompt" ? askable(words) : words;
  }

  section(spec, prefix) {
    const id = spec.title ? elementId() : null;
    const inside = make("div", { class: "coaching-inside" }, ...spec.blocks.map((block) => this.block(block, prefix)));
    const instead = spec.closed ? make("p", { class: "coaching-closed" }, spec.closed) : null;
    const section = make(
      "section",
      { class: `coaching-section ${spec.side ?? ""}`, "aria-labelledby": id },
      spec.title ? make("h3", { id }, spec.title) : null,
      spec.hint ? make("p", { class: "coaching-hint" }, spec.hint) : null,
      instead,
      inside,
    );
    if (instead) section.coachingInstead = { instead, inside };
    return section;
  }

  fold(spec, prefix) {
    const { folds } = this.keeping;
    const open = folds.get(spec.name) ?? spec.open;
    const fold = make("details", { class: "coaching-fold", open }, make("summary", { dir: "auto" }, spec.title), ...spec.blocks.map((block) => this.block(block, prefix)));
    if (spec.name) fold.addEventListener("toggle", () => folds.set(spec.name, fold.open));
    return fold;
  }

  lines(spec) {
    const line = ({ about, words, readers }) => make(
      "li",
      {},
      make("p", { class: "coaching-about" }, make("span", { dir: "auto" }, about), readers ? make("span", { class: "coaching-readers" }, readers) : null),
      ...words.map((said) => make("p", { class: "coaching-said", dir: "auto" }, said)),
    );
    return make("ul", { class: "coaching-lines" }, ...spec.lines.map(line));
  }

  text(spec, prefix) {
    const name = prefix + spec.name;
    const control = make(spec.rows > 1 ? "textarea" : "input", { ...PRIVATE_INPUT, rows: spec.rows > 1 ? spec.rows : null, type: spec.rows > 1 ? null : "text" });
    control.addEventListener("input", () => this.changed(name, control.value));
    return this.field(name, spec, control, (value) => { if (control.value !== value) control.value = value; });
  }

  // What nobody keeps: it leaves the page with the press of a button, and is gone from it then.
  secret(spec) {
    const control = make("input", { type: "password", autocomplete: "new-password", spellcheck: "false", "data-lpignore": "true" });
    control.addEventListener("keydown", (event) => { if (event.key === "Enter" && spec.act) this.keeping.send(spec.act); });
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

  day(spec, prefix) {
    const name = prefix + spec.name;
    const control = make("input", { type: "date", autocomplete: "off", min: "2000-01-01", max: "2099-12-31" });
    const inWords = make("span", { class: "coaching-hint", "aria-live": "polite" });
    const show = () => {
      const day = control.value ? new Date(`${control.value}T12:00:00`) : null;
      inWords.textContent = day ? day.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" }) : "";
    };
    control.addEventListener("input", () => { show(); if (control.validity.valid) this.changed(name, control.value); });
    // A browser tells nobody what is half typed.
    control.addEventListener("blur", () => {
      if (!control.validity.valid) this.problem(name, NO_WHOLE_DAY);
      else if (this.controls.get(name).problem.textContent === NO_WHOLE_DAY) this.problem(name, "");
    });
    const field = this.field(name, spec, control, (value) => { control.value = value; show(); });
    field.append(inWords);
    return field;
  }

  pick(spec, prefix) {
    const name = prefix + spec.name;
    const control = make("select", { autocomplete: "off" }, ...spec.options.map(([value, label]) => make("option", { value }, label)));
    control.addEventListener("change", () => this.changed(name, control.value));
    return this.field(name, spec, control, (value) => { control.value = value; });
  }

  choice(spec, prefix) {
    const name = prefix + spec.name;
    const group = elementId();
    const radios = spec.options.map(([value, label]) => {
      const radio = make("input", { type: "radio", name: group, value, autocomplete: "off" });
      radio.addEventListener("change", () => this.changed(name, value));
      return make("label", { class: "coaching-option" }, radio, make("span", {}, label));
    });
    const problem = make("p", { class: "coaching-problem", id: `${group}-problem` });
    const field = make(
      "fieldset",
      { class: "coaching-field coaching-choice", "aria-describedby": `${group}-problem` },
      make("legend", { dir: "auto" }, spec.label),
      spec.hint ? make("p", { class: "coaching-hint" }, spec.hint) : null,
      make("div", { class: "coaching-options" }, ...radios),
      problem,
    );
    const inputs = radios.map((label) => label.firstChild);
    this.controls.set(name, {
      field, problem, focus: inputs[0],
      set: (value) => inputs.forEach((input) => { input.checked = input.value === value; }),
    });
    this.controls.get(name).set(this.keeping.values[name] ?? "");
    return field;
  }

  flag(spec, prefix) {
    const name = prefix + spec.name;
    const id = elementId();
    const control = make("input", { type: "checkbox", autocomplete: "off", "aria-describedby": `${id}-problem` });
    control.addEventListener("change", () => this.changed(name, control.checked ? "true" : ""));
    const problem = make("p", { class: "coaching-problem", id: `${id}-problem` });
    const field = make("div", { class: "coaching-field" }, make("label", { class: "coaching-flag" }, control, make("span", { dir: "auto" }, spec.label)), problem);
    this.controls.set(name, { field, problem, focus: control, set: (value) => { control.checked = value === "true"; } });
    this.controls.get(name).set(this.keeping.values[name] ?? "");
    return field;
  }

  // A group of fields that stands once for each row; rows come from the kernel or are added here.
  rows(spec, prefix) {
    const list = make("div", { class: "coaching-rows" });
    const known = new Set();
    const add = (key, title) => {
      if (known.has(key)) return null;
      known.add(key);
      const row = this.row(spec, `${prefix}${spec.name}.${key}.`, title ?? `${spec.row} ${known.size}`);
      list.append(row);
      return row;
    };
    (spec.fixed ?? []).forEach(({ key, title }) => add(key, title));
    const start = `${prefix}${spec.name}.`;
    // Rows of a fixed group stand in one place each, even when several groups share a name.
    const typed = () => !spec.add ? [] : Object.keys(this.keeping.values).filter((name) => name.startsWith(start)).map((name) => name.slice(start.length).split(".")[0]);
    typed().forEach((key) => add(key));
    this.conditions.push({ refresh: () => typed().forEach((key) => add(key)) });
    if (!spec.add) return list;
    const button = make("button", { type: "button", class: "coaching-quiet", onclick: () => {
      const row = add(newId());
      this.refresh();
      row.querySelector("textarea, input").focus();
    } }, spec.add);
    return make("div", {}, list, button);
  }

  row(spec, prefix, title) {
    const id = elementId();
    const inside = make("div", { class: "coaching-row-inside" }, ...spec.blocks.map((block) => this.block(block, prefix)));
    const row = make("div", { class: "coaching-row", role: "group", "aria-labelledby": id }, make("h4", { id, dir: "auto" }, title), inside);
    if (!spec.add) return row;
    const name = `${prefix}removed`;
    const button = make("button", { type: "button", class: "coaching-quiet", onclick: () => this.changed(name, this.keeping.values[name] ? "" : "true") });
    row.append(button);
    this.conditions.push({ refresh: () => {
      const removed = Boolean(this.keeping.values[name]);
      inside.hidden = removed;
      button.textContent = removed ? "Put it back" : "Remove";
      button.setAttribute("aria-label", `${button.textContent}: ${title}`);
    } });
    return row;
  }

  act(spec) {
    const button = make("button", { type: "button", class: spec.quiet ? "coaching-quiet" : "coaching-primary", onclick: () => this.keeping.send(spec.name) }, spec.label);
    this.controls.set(spec.name, { field: button, problem: null, focus: button, set: () => {} });
    return make("div", { class: "coaching-act" }, button);
  }

  field(name, spec, control, set) {
    const id = elementId();
    control.id = id;
    control.setAttribute("aria-describedby", `${id}-hint ${id}-problem`);
    const problem = make("p", { class: "coaching-problem", id: `${id}-problem` });
    const field = make(
      "div",
      { class: `coaching-field coaching-words ${spec.width ?? ""}` },
      make("label", { for: id, id: `${id}-label`, dir: "auto" }, spec.label),
      make("p", { class: "coaching-hint", id: `${id}-hint`, dir: "auto" }, spec.hint ?? ""),
      control,
      spec.seen ? this.seen(name, spec, `${id}-label`) : null,
      problem,
    );
    this.controls.set(name, { field, problem, focus: control, set });
    set(this.keeping.values[name] ?? spec.value ?? "");
    return field;
  }

  // Who may read the words of one field.
  seen(name, spec, describedBy) {
    const own = `${name}:seen`;
    const control = make("select", { class: "coaching-seen", "aria-label": "Who may read this", "aria-describedby": describedBy, autocomplete: "off" },
      ...spec.seen.map(([value, label]) => make("option", { value }, label)));
    control.addEventListener("change", () => this.changed(own, control.value));
    this.controls.set(own, { field: control, problem: null, focus: control, set: (value) => { control.value = value || spec.seen[0][0]; } });
    this.controls.get(own).set(this.keeping.values[own] ?? "");
    return control;
  }

  changed(name, value) {
    this.keeping.set(name, value);
    this.problem(name, "");
    this.refresh();
  }

  // Values that another view of the same form, or the kernel, has changed; never the field somebody is typing in.
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

  // One quiet line under words that sound like a project meeting; nobody counts it, and it goes with the words.
  statusTalk(found) {
    for (const [name, sounds] of Object.entries(found)) {
      const control = this.controls.get(name);
      control?.field.querySelector(".coaching-aside")?.remove();
      if (!control || !sounds) continue;
      const park = make("button", { type: "button", class: "coaching-quiet", onclick: () => this.keeping.send(`park.${name}`) }, "Park it");
      control.field.append(make("p", { class: "coaching-hint coaching-aside", role: "status" }, "Is this for another meeting? ", park));
    }
  }

  problem(name, text) {
    const control = this.controls.get(name);
    if (!control?.problem) return;
    control.problem.textContent = text;
    if (text) control.focus.setAttribute("aria-invalid", "true");
    else control.focus.removeAttribute("aria-invalid");
  }

  problems(found) {
    for (const name of this.controls.keys()) this.problem(name, found[name] ?? "");
  }

  holds(alternative, prefix) {
    const name = alternative.name.startsWith(".") ? prefix + alternative.name.slice(1) : alternative.name;
    const value = (this.keeping.values[name] ?? "").trim();
    return alternative.is ? alternative.is.includes(value) : value !== "";
  }

  refresh() {
    for (const { element, when, prefix, instead, refresh } of [...this.conditions]) {
      if (refresh) { refresh(); continue; }
      const open = when.some((alternative) => this.holds(alternative, prefix));
      if (instead) { instead.inside.hidden = !open; instead.instead.hidden = open; } else element.hidden = !open;
    }
  }
}
