// @ts-check
// The plan on the screen, and where she writes in it. It is drawn anew when something was said; what is being typed is in the
// drafts, so nothing of it goes away.
/** @import { OwnCopy } from "./copy.js" */
/** @import { Content, Entry } from "./own.js" */
/** @import { PromiseState, Thread, ThreadKind } from "./reading.js" */
import { dayInWords } from "../../../forms/web/days.js";
import { make } from "../../../forms/web/elements.js";
import { OpenForms, smallForm } from "./fields.js";
import {
  ENDS,
  forNextTime,
  LIVES,
  privateNotes,
  promises,
  proposals,
  statements,
  threads,
  wordsIn,
} from "./reading.js";

const PLACE = /\{(?<name>\w+)\}/gu;
// None stands before the colon after which it is told what became of something.
const FULL_STOP = /\.$/u;
const SHOWN = 3;
// What is drawn from what she says stands in its own section; all else is shown as the coach's workbook wrote it.
const ALIVE = new Set(["mission", "dreams", "becoming", "actions", "goals", "failures"]);
/** @type {ThreadKind[]} */
const NOTES = ["goal", "plan", "failure"];

/**
 * What the screen asks of the page round it.
 *
 * @typedef {object} Acts
 * @property {() => void} changed
 * @property {() => void} save
 * @property {() => void} send
 * @property {(file: File) => void} bring
 */

/**
 * Words as she wrote them: text alone, in the direction of their letters.
 *
 * @param {string} text
 * @param {string} kind
 */
const words = (text, kind = "words") => make("p", { class: kind, dir: "auto" }, text);

/** @param {string} text */
const inline = (text) => make("bdi", {}, text);

export class Screen {
  /**
   * @param {OwnCopy} own
   * @param {Acts} acts
   */
  constructor(own, acts) {
    this.own = own;
    this.acts = acts;
    this.changed = acts.changed;
    this.open = new OpenForms(own);
    this.say = this.say.bind(this);
    const { language, direction, person } = own.copy;
    this.main = make("main", { class: "coaching-page sheet plan own", lang: language, dir: direction, tabindex: -1 });
    this.bar = make("div", { class: "own-bar", role: "region", "aria-label": this.say("bar") });
    this.told = make("p", { role: "status" });
    this.state = make("p", { class: "kept-state" });
    this.notices = make("div", { class: "notices", role: "alert" });
    this.person = person;
    this.rest = this.restOfPlan();
    this.drawBar();
  }

  /**
   * A sentence in the language of the copy.
   *
   * @param {string} name
   * @param {Record<string, string>} values
   */
  say(name, values = {}) {
    const sentence = this.own.copy.texts[name] ?? name;
    return sentence.replace(PLACE, (place, key) => values[key] ?? place);
  }

  dayTerms() {
    return { today: this.own.today(), language: this.own.copy.language, meeting: null };
  }

  /** @param {string} day */
  day(day) {
    return day ? dayInWords(day, this.dayTerms()) : "";
  }

  /**
   * Say where the words are now.
   *
   * @param {string} text
   */
  keepState(text) {
    if (this.state.textContent !== text) this.state.textContent = text;
  }

  /** @param {string} text */
  tell(text) {
    this.told.textContent = text;
  }

  /** @param {string} text */
  notice(text) {
    const gone = () => line.remove();
    const line = make("div", { class: "notice" }, make("p", {}, text));
    line.append(make("button", { type: "button", class: "quietly", onclick: gone }, this.say("understood")));
    this.notices.append(line);
  }

  // Undo, save and send: always in reach of one thumb.
  drawBar() {
    const { say } = this;
    this.undoButton = make(
      "button",
      {
        type: "button",
        class: "quietly undo",
        title: say("undo"),
        "aria-label": say("undo"),
        "aria-keyshortcuts": "Control+Z Meta+Z",
        onclick: () => this.undo(),
      },
      say("undo"),
    );
    this.saveButton = make("button", { type: "button", class: "firmly", onclick: () => this.acts.save() }, say("save"));
    const send = make("button", { type: "button", class: "quietly", onclick: () => this.acts.send() }, say("send"));
    this.bar.replaceChildren(
      make("div", { class: "own-told" }, this.state, this.told),
      make("div", { class: "buttons" }, this.undoButton, send, this.saveButton),
    );
  }

  // Take the last act back, and say what that was.
  undo() {
    if (!this.own.acts.length) return;
    const taken = this.own.undo();
    this.said();
    this.tell(taken ? this.say("undone", { what: this.lineOf(taken) }) : "");
  }

  // Something was said: it is kept and shown.
  said(focus = "") {
    this.acts.changed();
    this.draw(focus);
  }

  /** @param {string} focus */
  draw(focus = "") {
    this.tell("");
    const folds = [...this.main.querySelectorAll("details[data-fold]")];
    const unfolded = new Set(
      folds.filter((fold) => fold.hasAttribute("open")).map((fold) => fold.getAttribute("data-fold")),
    );
    const there = document.activeElement?.getAttribute("data-focus");
    this.main.replaceChildren(
      this.head(),
      this.notices,
      ...[
        this.choices(),
        this.mission(),
        this.becoming(),
        this.dreams(),
        this.objectives(),
        this.promises(),
        this.nextTime(),
        this.onlyMe(),
      ].filter((section) => section !== null),
      this.rest,
      this.about(),
    );
    for (const fold of this.main.querySelectorAll("details[data-fold]"))
      if (unfolded.has(fold.getAttribute("data-fold"))) fold.setAttribute("open", "");
    const wanted = focus || there;
    const target = wanted ? this.main.querySelector(`[data-focus="${CSS.escape(wanted)}"]`) : null;
    if (target instanceof HTMLElement) target.focus();
    if (this.undoButton) this.undoButton.disabled = !this.own.acts.length;
  }

  head() {
    const { say } = this;
    const { person, plan, issued } = this.own.copy;
    const there = new DOMParser().parseFromString(plan, "text/html");
    const about = [...there.querySelectorAll(".about-them")].map((one) => document.adoptNode(one));
    return make(
      "header",
      {},
      make("p", { class: "kicker" }, say("kicker")),
      make("h1", { dir: "auto" }, person),
      ...about,
      make(
        "p",
        { class: "belongs" },
        say("belongs"),
        " ",
        make("span", { class: "line" }, say("as_of", { day: this.day(issued.slice(0, 10)) })),
      ),
    );
  }

  /**
   * @param {string} id
   * @param {string} title
   * @param {(Node | string | null)[]} contents
   * @param {string | null} kind
   */
  section(id, title, contents, kind = null) {
    const heading = make("h2", { id: `own-${id}` }, title);
    return make("section", { "aria-labelledby": `own-${id}`, class: kind }, heading, ...contents);
  }

  // What was written in two places at once: nothing is chosen for anybody.
  choices() {
    const rivals = this.own.conflicts();
    if (!rivals.size) return null;
    const { say } = this;
    const cards = [...rivals].flatMap(([id, others]) => {
      const now = this.own.entry(id);
      if (!now) return [];
      const versions = [now, ...others].map((entry) => {
        const choose = () => {
          this.own.choose(id, entry.rev);
          this.said();
        };
        const whose = entry.author === "coach" ? this.own.copy.coach : this.person;
        return make(
          "li",
          {},
          entry.withdrawn ? make("p", { class: "quiet" }, say("taken_back")) : words(this.wordsOf(entry)),
          make("p", { class: "quiet" }, inline(whose)),
          make("button", { type: "button", class: "quietly", onclick: choose }, say("let_it_stand")),
        );
      });
      return [make("ul", { class: "cards versions" }, ...versions)];
    });
    return this.section("choices", say("choices"), [make("p", { class: "quiet" }, say("choices_why")), ...cards]);
  }

  /** @param {Entry} entry */
  wordsOf(entry) {
    const told = ["title", "what", "text", "if_then", "obstacle"].map((name) => wordsIn(entry, name)).filter(Boolean);
    const by = wordsIn(entry, "by") || wordsIn(entry, "due_to");
    return [...told, ...(by ? [this.day(by)] : [])].join("\n") || this.say("no_words");
  }

  /**
   * What an entry says, in one line: what happened to what.
   *
   * @param {Entry} entry
   */
  lineOf(entry) {
    const { say, own } = this;
    if (entry.withdrawn) return say("taken_back");
    if (entry.kind === "reflection") return wordsIn(entry, "text");
    const subject = own.entry(wordsIn(entry, "item") || wordsIn(entry, "about"));
    const called = wordsIn(subject, "what") || wordsIn(subject, "title") || wordsIn(subject, "text");
    const status = wordsIn(entry, "status");
    const happened =
      entry.kind === "item_event"
        ? say(`event_${wordsIn(entry, "event")}`, { day: this.day(wordsIn(entry, "due_to")) })
        : "";
    const topic = entry.kind === "note" ? say(`topic_${wordsIn(entry, "topic")}`) : "";
    const kind = entry.kind === "mission" || entry.kind === "dream" ? say(`kind_${entry.kind}`) : "";
    const told = subject ? wordsIn(entry, "text") : this.wordsOf(entry).replaceAll("\n", " · ");
    const about = [called || topic || kind, happened, status && say(`status_${status}`)].filter(Boolean).join(" · ");
    return [about.replace(FULL_STOP, ""), told].filter(Boolean).join(": ");
  }

  mission() {
    const { say, own } = this;
    const [now, ...earlier] = statements(own);
    const proposed = proposals(own).map((one) =>
      make(
        "div",
        { class: "proposal" },
        words(wordsIn(one, "text"), "passage words"),
        make("p", { class: "quiet" }, say("proposed", { day: this.day(wordsIn(one, "held_on")) })),
      ),
    );
    const text = wordsIn(now, "text");
    const long = text.length > 240 ? "statement long words" : "statement words";
    const since = make("p", { class: "quiet" }, say("since", { day: this.day(wordsIn(now, "held_on")) }));
    const history = earlier.map((one) =>
      make(
        "li",
        {},
        words(wordsIn(one, "text"), "passage words"),
        wordsIn(one, "why_changed") ? words(wordsIn(one, "why_changed")) : null,
        make("p", { class: "quiet" }, say("since", { day: this.day(wordsIn(one, "held_on")) })),
      ),
    );
    return this.section(
      "mission",
      say("mission"),
      [
        ...(now ? [words(text, long), since] : [make("p", { class: "quiet" }, say("no_mission"))]),
        ...proposed,
        smallForm(this, {
          key: "mission",
          button: say("propose"),
          fields: [
            { name: "text", label: say("new_sentence"), type: "words" },
            { name: "why_changed", label: say("why_changed"), type: "words" },
          ],
          onKeep: ({ values, id }) => {
            if (!values.text?.trim()) return say("write_first");
            const why = values.why_changed ? { why_changed: values.why_changed } : {};
            return this.kept({ ...own.between("mission", id), text: values.text, confirmed: false, ...why });
          },
        }),
        history.length
          ? this.fold("earlier", say("earlier_words"), make("ol", { class: "earlier", reversed: true }, ...history))
          : null,
      ],
      "mission",
    );
  }

  /**
   * @param {string} name
   * @param {string} title
   * @param {Node[]} contents
   */
  fold(name, title, ...contents) {
    return make("details", { "data-fold": name, class: "older" }, make("summary", {}, title), ...contents);
  }

  /**
   * Keep entries as one act.
   *
   * @param {Content[]} contents
   */
  kept(...contents) {
    this.own.keep(contents);
    this.acts.changed();
  }

  becoming() {
    const all = threads(this.own, ["becoming"]);
    if (!all.length) return null;
    const items = all.map((thread) => make("li", {}, ...this.thread(thread, "words")));
    return this.section("becoming", this.say("becoming", { name: this.person }), [
      make("ul", { class: "becoming" }, ...items),
    ]);
  }

  dreams() {
    const { say, own } = this;
    const all = threads(own, ["dream"]);
    const cards = all.map((thread) => make("li", { class: thread.status }, ...this.thread(thread, "what words")));
    return this.section("dreams", say("dreams"), [
      cards.length ? make("ul", { class: "dreams" }, ...cards) : make("p", { class: "quiet" }, say("no_dreams")),
      smallForm(this, {
        key: "dream",
        button: say("add_dream"),
        fields: [
          { name: "title", label: say("few_words"), type: "line" },
          { name: "text", label: say("more_words"), type: "words" },
        ],
        onKeep: ({ values, id }) => {
          const said = ["title", "text"].filter((name) => values[name]?.trim());
          if (!said.length) return say("write_first");
          const told = Object.fromEntries(said.map((name) => [name, values[name]]));
          return this.kept({ ...own.between("dream", id), ...told, dream_status: "active" });
        },
      }),
    ]);
  }

  objectives() {
    const all = threads(this.own, NOTES);
    if (!all.length) return null;
    const [over, alive] = [all.filter(({ status }) => ENDS.has(status)), all.filter(({ status }) => !ENDS.has(status))];
    /** @param {Thread[]} some */
    const list = (some) =>
      make(
        "ul",
        { class: "becoming" },
        ...some.map((thread) =>
          make(
            "li",
            {},
            make("p", { class: "about" }, this.say(`kind_${thread.kind}`)),
            ...this.thread(thread, "words"),
          ),
        ),
      );
    const [first, more] = [alive.slice(-SHOWN).toReversed(), alive.slice(0, -SHOWN).toReversed()];
    return this.section("objectives", this.say("objectives"), [
      list(first),
      more.length ? this.fold("more-objectives", this.say("more", { count: String(more.length) }), list(more)) : null,
      over.length ? this.fold("past-objectives", this.say("over", { count: String(over.length) }), list(over)) : null,
    ]);
  }

  /**
   * @param {Thread} thread
   * @param {string} kind
   */
  thread(thread, kind) {
    const { say, own } = this;
    const called = thread.title || thread.text;
    const steps = thread.steps.filter(({ text, status }) => text || status).toReversed();
    const lines = steps.map(({ day, text, status }) =>
      make(
        "li",
        {},
        make("span", { class: "about" }, this.day(day)),
        " ",
        ...(text ? [inline(text)] : []),
        ...(status ? [" ", make("span", { class: "mark" }, say(`status_${status}`))] : []),
      ),
    );
    const [last, earlier] = [lines.slice(0, SHOWN), lines.slice(SHOWN)];
    const options = LIVES[thread.kind].map(
      (status) => /** @type {[string, string]} */ ([status, say(`status_${status}`)]),
    );
    const form = smallForm(this, {
      key: `thread ${thread.id}`,
      button: thread.kind === "failure" ? say("what_it_taught") : say("how_is_it"),
      fields: [
        { name: "text", label: thread.kind === "failure" ? say("what_it_taught") : say("how_is_it"), type: "words" },
        ...(options.length
          ? [/** @type {const} */ ({ name: "status", label: say("where_it_stands"), type: "choice", options })]
          : []),
      ],
      onKeep: ({ values, id }) => {
        const text = values.text?.trim() ? { text: values.text } : {};
        const status = values.status ? { status: values.status } : {};
        if (!("text" in text || "status" in status)) return say("write_first");
        return this.kept({ ...own.between("progress", id), about: thread.id, ...text, ...status });
      },
    });
    return [
      words(called, kind),
      thread.title && thread.text ? words(thread.text) : null,
      make(
        "p",
        { class: "quiet" },
        [this.day(thread.day), thread.status ? say(`status_${thread.status}`) : ""].filter(Boolean).join(" · "),
      ),
      lines.length ? make("ul", { class: "lines" }, ...last) : null,
      earlier.length
        ? this.fold(
            `lines ${thread.id}`,
            say("more", { count: String(earlier.length) }),
            make("ul", { class: "lines" }, ...earlier),
          )
        : null,
      form,
    ].filter((one) => one !== null);
  }

  promises() {
    const { say, own } = this;
    const all = promises(own);
    const open = all.filter(({ state }) => state === "open").sort((one, other) => (one.due < other.due ? -1 : 1));
    const over = all
      .filter(({ state }) => state === "done" || state === "let_go")
      .sort((one, other) => (one.closedOn < other.closedOn ? 1 : -1));
    const [mine, theirs] = [
      open.filter(({ owner }) => owner !== "coach"),
      open.filter(({ owner }) => owner === "coach"),
    ];
    /** @param {PromiseState[]} some */
    const list = (some) =>
      make("ul", { class: "cards" }, ...some.map((promise) => make("li", {}, ...this.promise(promise))));
    return this.section("actions", say("actions"), [
      mine.length ? list(mine) : make("p", { class: "quiet" }, say("no_promises")),
      smallForm(this, {
        key: "promise",
        button: say("add_promise"),
        fields: [
          { name: "what", label: say("what"), type: "words" },
          { name: "by", label: say("by_when"), type: "day" },
        ],
        onKeep: ({ values, id }) => this.promised(values, id),
      }),
      theirs.length ? make("h3", {}, say("coachs_promises", { name: own.copy.coach })) : null,
      theirs.length ? list(theirs) : null,
      over.length ? this.fold("over", say("over", { count: String(over.length) }), list(over)) : null,
    ]);
  }

  /**
   * @param {Record<string, string>} values
   * @param {string} id
   */
  promised({ what, by }, id) {
    const { own, say } = this;
    if (!what?.trim()) return say("write_first");
    if (!by) return say("say_when");
    const person = own.current("person").find(({ side }) => side === "coachee")?.id;
    const item = {
      ...own.between("item", id),
      what,
      by,
      owner: "coachee",
      origin: "coachee",
      ownership: "mine",
      ...(person ? { person } : {}),
    };
    return this.kept(item, { ...own.between("item_event"), item: id, event: "agreed", due_to: by });
  }

  /** @param {PromiseState} promise */
  promise(promise) {
    const { say, own } = this;
    const { item, what, due, owner, state } = promise;
    const isLate = state === "open" && due < own.today();
    const stands = say(`state_${isLate ? "overdue" : state}`);
    const told = promise.events
      .filter((event) => wordsIn(event, "text"))
      .map((event) =>
        make(
          "li",
          {},
          make("span", { class: "about" }, this.day(wordsIn(event, "held_on"))),
          " ",
          inline(wordsIn(event, "text")),
        ),
      );
    const own_ = owner !== "coach" && state === "open";
    return [
      words(what || say("no_words"), "what words"),
      make(
        "p",
        { class: "who" },
        make("strong", {}, inline(owner === "coach" ? own.copy.coach : this.person)),
        `, ${say("by", { day: this.day(due) })} · `,
        make("span", { class: isLate ? "state overdue" : "state" }, stands),
      ),
      ...(own_ ? [this.outcomes(promise)] : []),
      told.length ? this.fold(`told ${item.id}`, say("told"), make("ul", { class: "lines" }, ...told)) : null,
    ].filter((one) => one !== null);
  }

  /** @param {PromiseState} promise */
  outcomes({ item, due, isExperiment }) {
    const { say, own } = this;
    /**
     * @param {string} event
     * @param {Record<string, string>} values
     * @param {string} id
     * @param {Record<string, unknown>} more
     */
    const happened = (event, values, id, more = {}) => {
      const text = values.text?.trim() ? { text: values.text } : {};
      return this.kept({ ...own.between("item_event", id), item: item.id, event, ...text, ...more });
    };
    const what = { name: "text", label: say("what_happened"), type: /** @type {const} */ ("words") };
    /** @type {[string, string][]} */
    const when = [
      ["by_then", say("by_then")],
      ["later", say("later")],
    ];
    const isPast = own.today() > due;
    const forms = [
      smallForm(this, {
        key: `done ${item.id}`,
        button: isExperiment ? say("what_it_showed") : say("done"),
        fields: [
          ...(isExperiment || !isPast
            ? []
            : [/** @type {const} */ ({ name: "when", label: say("when_done"), type: "choice", options: when })]),
          ...(isExperiment || !isPast
            ? []
            : [/** @type {const} */ ({ name: "day", label: say("day_done"), type: "day", lies: "back" })]),
          what,
        ],
        onKeep: ({ values, id }) => {
          if (isExperiment) return values.text?.trim() ? happened("showed", values, id) : say("write_first");
          const day = values.day || (values.when === "by_then" ? due : own.today());
          return happened("done", values, id, { held_on: day });
        },
      }),
      smallForm(this, {
        key: `move ${item.id}`,
        button: say("move"),
        fields: [{ name: "day", label: say("new_day"), type: "day" }, what],
        onKeep: ({ values, id }) =>
          values.day ? happened("due_moved", values, id, { due_from: due, due_to: values.day }) : say("say_when"),
      }),
      smallForm(this, {
        key: `let go ${item.id}`,
        button: say("let_go"),
        keep: say("let_go"),
        fields: [{ ...what, label: say("why_let_go") }],
        onKeep: ({ values, id }) => happened("let_go", values, id),
      }),
    ];
    return make("div", { class: "outcomes" }, ...forms);
  }

  nextTime() {
    const { say, own } = this;
    const items = forNextTime(own).map((note) =>
      make(
        "li",
        {},
        words(wordsIn(note, "text")),
        make(
          "p",
          { class: "quiet" },
          `${say(`topic_${wordsIn(note, "topic")}`)} · ${this.day(wordsIn(note, "held_on"))}`,
        ),
      ),
    );
    /** @type {[string, string][]} */
    const topics = [
      ["question", say("topic_question")],
      ["win", say("topic_win")],
    ];
    return this.section("next", say("next_time"), [
      make("p", { class: "quiet" }, say("next_time_why", { name: own.copy.coach })),
      items.length ? make("ul", { class: "quotes" }, ...items) : null,
      smallForm(this, {
        key: "next",
        button: say("add_next"),
        fields: [
          { name: "topic", label: say("what_is_it"), type: "choice", options: topics, first: "question" },
          { name: "text", label: say("in_your_words"), type: "words" },
        ],
        onKeep: ({ values, id }) => {
          if (!values.text?.trim()) return say("write_first");
          return this.kept({
            ...own.between("note", id),
            segment: "opening",
            topic: values.topic || "question",
            text: values.text,
          });
        },
      }),
    ]);
  }

  onlyMe() {
    const { say, own } = this;
    const items = privateNotes(own).map((note) => {
      const remove = () => {
        own.remove(note.id);
        this.acts.changed();
      };
      const form = smallForm(this, {
        key: `remove ${note.id}`,
        button: say("remove"),
        keep: say("remove_for_good"),
        fields: [],
        onKeep: remove,
      });
      const day = make("p", { class: "quiet" }, this.day(wordsIn(note, "held_on")));
      return make("li", {}, words(wordsIn(note, "text")), day, form);
    });
    return this.section("private", say("only_me"), [
      make("p", { class: "quiet" }, say("only_me_why")),
      smallForm(this, {
        key: "private",
        button: say("add_private"),
        fields: [{ name: "text", label: say("in_your_words"), type: "words" }],
        onKeep: ({ values, id }) => {
          if (!values.text?.trim()) return say("write_first");
          return this.kept({ ...own.privately("reflection", id), text: values.text });
        },
      }),
      items.length ? make("ul", { class: "quotes" }, ...items) : null,
    ]);
  }

  // The parts of the plan that are not written in here, as the coach's workbook wrote them.
  restOfPlan() {
    const there = new DOMParser().parseFromString(this.own.copy.plan, "text/html");
    const sections = [...there.querySelectorAll("main > section")].filter(
      (section) => !ALIVE.has(section.getAttribute("aria-labelledby") ?? ""),
    );
    const day = this.day(this.own.copy.issued.slice(0, 10));
    const note = make("p", { class: "quiet rest" }, this.say("rest", { day }));
    return make("div", {}, ...(sections.length ? [note] : []), ...sections.map((one) => document.adoptNode(one)));
  }

  about() {
    const { say } = this;
    const field = make("input", { type: "file", accept: ".html,text/html", id: "own-bring" });
    field.addEventListener("change", () => {
      const [file] = field.files ?? [];
      if (file) this.acts.bring(file);
      field.value = "";
    });
    return make(
      "footer",
      { class: "about-file" },
      make("h2", { id: "own-about" }, say("about")),
      make("p", {}, say("about_file")),
      make("p", {}, say("about_browser")),
      make("p", {}, say("about_coach", { name: this.own.copy.coach })),
      make("p", {}, say("about_lost")),
      make("div", { class: "field bring" }, make("label", { for: "own-bring" }, say("bring")), field),
    );
  }
}
