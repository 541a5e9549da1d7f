// @ts-check
// One person's own copy: all that was said, as revisions that are never changed, and what she says next.
/** @import { Content, Copy, Draft, Earlier, Entry, Kept, Revision } from "./own.js" */
import { newId } from "../../../forms/web/elements.js";
import { additions, conflicts, latest, saysTheSame, shared } from "./joining.js";

const US_PER_MS = 1000;
const DAY = /^\d{4}-\d{2}-\d{2}/u;
// What an entry keeps when it is no longer said: what its kind requires, and no words.
/** @type {Record<string, string[]>} */
const REQUIRED = {
  item_event: ["item", "event"],
  note: ["segment", "topic"],
  progress: ["about"],
};

// Where a clock is behind what was said, a revision comes so far after it: drawn, as two devices may say something at once.
const drawnStep = () => 1 + Math.floor((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / US_PER_MS);

/** @param {Date} moment */
export function dayOf(moment) {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return DAY.exec(local.toISOString())?.[0] ?? "";
}

/**
 * @param {Record<string, number>} one
 * @param {Record<string, number>} other
 */
const furthest = (one, other) =>
  Object.fromEntries(
    [...Object.keys(one), ...Object.keys(other)].map((id) => [id, Math.max(one[id] ?? 0, other[id] ?? 0)]),
  );

/**
 * @template {object} T
 * @template {keyof T} K
 * @param {T} whole
 * @param {K[]} names
 */
const only = (whole, ...names) =>
  /** @type {Pick<T, K>} */ (Object.fromEntries(names.map((name) => [name, whole[name]])));

// Where one chooses among a few, nothing is written.
const CHOSEN = new Set(["status", "topic", "when"]);
const AS_TYPED = " as typed";
// The fields of an entry in which stands what was written in a form.
const WRITTEN = ["title", "what", "text", "why_changed", "by", "due_to", "held_on"];

/**
 * What was written in the fields of a draft; of a day that was understood, the day.
 *
 * @param {Draft} draft
 */
function writtenIn({ values }) {
  const isWritten = (/** @type {string} */ name) =>
    !(CHOSEN.has(name) || (name.endsWith(AS_TYPED) && values[name.slice(0, -AS_TYPED.length)]));
  return Object.entries(values)
    .filter(([name, value]) => value.trim() && isWritten(name))
    .map(([, value]) => value);
}

/** @param {Draft} draft */
const wordsOf = (draft) => writtenIn(draft).join("\n\n");

/**
 * Tell whether an entry says all that was written in a draft; it may say more.
 *
 * @param {Entry} entry
 * @param {Draft} draft
 */
function saysAllOf(entry, draft) {
  const said = WRITTEN.map((name) => entry[name]).filter((value) => typeof value === "string");
  const isSaid = (/** @type {string} */ words) => said.some((text) => text.trim().startsWith(words.trim()));
  return isSaid(wordsOf(draft)) || writtenIn(draft).every(isSaid);
}

export class OwnCopy {
  /**
   * @param {Copy} copy
   * @param {() => Date} clock
   * @param {() => number} step
   */
  constructor(copy, clock = () => new Date(), step = drawnStep) {
    const { history, drafts, sent, acts } = copy;
    this.copy = copy;
    this.clock = clock;
    this.step = step;
    this.history = [...(history ?? [])];
    this.drafts = { ...drafts };
    this.sent = { ...sent };
    this.acts = [...(acts ?? [])];
    this.issued = copy.issued;
    if (!history) this.bringDocument();
  }

  // What the coach's workbook gave her with the file.
  bringDocument() {
    const { document } = this.copy;
    this.add(document.entries, document.earlier ?? {});
  }

  /**
   * @param {Entry[]} incoming
   * @param {Earlier} earlier
   */
  add(incoming, earlier) {
    const { rules } = this.copy;
    const added = additions(incoming, this.history, { earlier, rules, nextRev: this.nextRev() });
    this.history = withoutErased([...this.history, ...added]);
    return added.length;
  }

  /**
   * Join what another device, another window or another file of hers has kept. Nothing is lost: of two drafts of one field
   * that go on differently the older one becomes a private note, and a draft goes only once an entry says its words.
   *
   * @param {Kept} other
   */
  join(other) {
    const before = this.history.length;
    // They say themselves what was edited from what.
    this.add(other.history, {});
    this.sent = furthest(this.sent, other.sent);
    this.drafts = this.unkept(this.drafts);
    for (const [field, draft] of Object.entries(this.unkept(other.drafts))) {
      const own = this.drafts[field];
      this.drafts[field] = own ? this.newer(own, draft) : draft;
    }
    if (other.issued > this.issued) this.issued = other.issued;
    return this.history.length - before;
  }

  /**
   * Join another file of this copy. What its newer plan shows takes the place of the older one; all that was said stays.
   *
   * @param {Copy} other
   */
  joinCopy(other) {
    const before = this.history.length;
    if (other.issued >= this.copy.issued)
      this.copy = { ...this.copy, ...only(other, "document", "plan", "issued", "recipient", "coach") };
    if (other.issued > this.issued) this.issued = other.issued;
    const theirs = new OwnCopy(other, this.clock);
    this.join(theirs.kept());
    return this.history.length - before;
  }

  /**
   * The drafts that no entry says yet. One whose entry lacks words of it, as it was written on elsewhere, stays under an id
   * of its own.
   *
   * @param {Record<string, Draft>} drafts
   */
  unkept(drafts) {
    const known = latest(this.history);
    /** @type {Record<string, Draft>} */
    const left = {};
    for (const [field, draft] of Object.entries(drafts)) {
      const entry = known.get(draft.id);
      if (!entry) left[field] = draft;
      else if (!this.isOver(draft, entry)) left[field] = { ...draft, id: newId() };
    }
    return left;
  }

  /**
   * Whether nothing of a draft that became an entry is to be kept: all of it is said, or was removed for good since.
   *
   * @param {Draft} draft
   * @param {Entry} entry
   */
  isOver(draft, { erased, rev }) {
    if (erased) return draft.at * US_PER_MS <= rev;
    return this.history.some((revision) => saysAllOf(revision, draft));
  }

  /**
   * @param {Draft} one
   * @param {Draft} other
   */
  newer(one, other) {
    const [last, first] = one.at >= other.at ? [one, other] : [other, one];
    if (!wordsOf(last).startsWith(wordsOf(first))) this.keepLeftOver(first, last);
    return last;
  }

  /**
   * @param {Draft} draft
   * @param {Draft} last
   */
  keepLeftOver(draft, last) {
    const words = wordsOf(draft);
    const isThere = this.current("reflection").some(({ text }) => text === words);
    if (isThere || !words) return;
    const id = draft.id === last.id ? newId() : draft.id;
    this.keep([{ ...this.privately("reflection", id), text: words }], { isAct: false });
  }

  /** All that is kept of this copy. @returns {Copy} */
  state() {
    const { copy, history, drafts, sent, acts } = this;
    return { ...copy, history, drafts, sent, acts, issued: this.issued };
  }

  /** @returns {Kept} */
  kept() {
    const { history, drafts, sent, acts, issued } = this;
    return { history, drafts, sent, acts, issued };
  }

  today() {
    return dayOf(this.clock());
  }

  nextRev() {
    const highest = this.history.reduce((rev, entry) => Math.max(rev, entry.rev), 0);
    return Math.max(this.clock().getTime() * US_PER_MS, highest + this.step());
  }

  /**
   * Her entries of one kind that are said, in the order of their days.
   *
   * @param {string} kind
   */
  current(kind) {
    const said = [...latest(this.history).values()].filter(
      (entry) => entry.kind === kind && !entry.withdrawn && !entry.erased,
    );
    return said.sort((one, other) => {
      const [first, second] = [String(one.held_on ?? ""), String(other.held_on ?? "")];
      if (first === second) return one.rev - other.rev;
      return first < second ? -1 : 1;
    });
  }

  /** @param {string} id */
  entry(id) {
    return latest(this.history).get(id);
  }

  /**
   * What every entry of hers says that her coach may read.
   *
   * @param {string} kind
   * @param {string} id
   * @returns {Content}
   */
  between(kind, id = newId()) {
    return { kind, id, author: "coachee", visibility: "pair", held_on: this.today() };
  }

  /**
   * What every entry of hers says that nobody else may read.
   *
   * @param {string} kind
   * @param {string} id
   * @returns {Content}
   */
  privately(kind, id = newId()) {
    return { ...this.between(kind, id), visibility: "private" };
  }

  /**
   * Keep what is said together, as one act.
   *
   * @param {Content[]} contents
   * @param {{ settles?: number[], isAct?: boolean }} how
   */
  keep(contents, { settles, isAct = true } = {}) {
    const rev = this.nextRev();
    const known = latest(this.history);
    /** @type {Entry[]} */
    const said = [];
    for (const content of contents) {
      const before = known.get(content.id);
      const entry = /** @type {Entry} */ ({ ...content, rev });
      if (before) entry.base = before.rev;
      if (settles) entry.settles = settles;
      if (settles || !before || !saysTheSame(before, entry)) said.push(entry);
    }
    this.history.push(...said);
    if (said.length && isAct) this.acts.push(said.map(({ id }) => ({ id, rev })));
    return said.length > 0;
  }

  // What the last act said is said no more: what stood there before stands there again. What was said elsewhere since stays,
  // and an act of which nothing else is left is passed over. Returns what was taken back.
  undo() {
    for (let act = this.acts.pop(); act; act = this.acts.pop()) {
      const standing = act.flatMap((one) => this.before(one));
      const taken = standing[0] && this.entry(standing[0].id);
      if (!taken) continue;
      this.keep(standing, { isAct: false });
      return taken;
    }
    return null;
  }

  /**
   * What stood there before an act; nothing where something was said since.
   *
   * @param {Revision} revision
   * @returns {Content[]}
   */
  before({ id, rev }) {
    const now = this.entry(id);
    if (!now || now.rev !== rev) return [];
    const was = this.history.find((entry) => entry.id === id && entry.rev === now.base);
    return [{ ...(was ?? withdrawn(now)), settles: now.settles ?? null }];
  }

  /**
   * Take something that nobody else may read out for good: an empty place stays, so that no other copy brings it back.
   *
   * @param {string} id
   */
  remove(id) {
    const entry = this.entry(id);
    if (!entry) return;
    const { kind, author, visibility } = entry;
    const empty = { kind, id, author, visibility, rev: this.nextRev(), base: entry.rev, erased: true };
    this.history = withoutErased([...this.history, empty]);
  }

  // What the coach has not been given yet, as it stands now.
  unsent() {
    const { entries } = shared(this.history, { rules: this.copy.rules, sent: this.sent });
    const given = new Map(this.copy.document.entries.map(({ id, rev }) => [id, rev]));
    return entries.filter(({ id, rev }) => rev > Math.max(this.sent[id] ?? 0, given.get(id) ?? 0));
  }

  conflicts() {
    return conflicts(this.history);
  }

  /**
   * Let one of several versions stand.
   *
   * @param {string} id
   * @param {number} rev
   */
  choose(id, rev) {
    const chosen = this.history.find((entry) => entry.id === id && entry.rev === rev);
    const [now, others] = [this.entry(id), this.conflicts().get(id)];
    if (!chosen || !now || !others) return;
    const settles = [...new Set([...(now.settles ?? []), ...others.map((entry) => entry.rev)])];
    this.keep([chosen], { settles: settles.filter((one) => one !== now.rev) });
  }

  /**
   * What goes to the coach, as a document of the form `coaching-workbook/1`. Nothing private is in it.
   */
  document() {
    const { rules, document } = this.copy;
    const { entries, earlier } = shared(this.history, { rules, sent: this.sent });
    const [name, holder] = [document.workbook, "coachee"];
    return { format: document.format, workbook: otherCopy(name), holder, audience: "pair", earlier, entries };
  }

  /**
   * Take note that the coach was given a document: what of it is taken back from now on has to be told. What was said after
   * it was written has not been given.
   *
   * @param {{ entries: Entry[] }} document
   */
  noteSent({ entries } = this.document()) {
    this.sent = furthest(this.sent, Object.fromEntries(entries.map(({ id, rev }) => [id, rev])));
  }
}

/**
 * A history in which nothing is left of what was erased but its empty place.
 *
 * @param {Entry[]} history
 */
function withoutErased(history) {
  const erased = new Set(history.filter((entry) => entry.erased && entry.visibility === "private").map(({ id }) => id));
  return history.filter((entry) => entry.erased || !erased.has(entry.id));
}

/**
 * The id of the other side's copy of a workbook, as `coaching.model.ids.other_copy` has it: the last bit is another.
 *
 * @param {string} workbook
 */
export function otherCopy(workbook) {
  // biome-ignore lint/security/noSecrets: these are the signs of Crockford's base 32.
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const last = digits.indexOf(workbook.slice(-1));
  return workbook.slice(0, -1) + digits[last % 2 ? last - 1 : last + 1];
}

/**
 * @param {Entry} entry
 * @returns {Content}
 */
function withdrawn(entry) {
  const { kind, id, author, visibility, session, held_on: heldOn } = entry;
  const required = Object.fromEntries((REQUIRED[kind] ?? []).map((name) => [name, entry[name]]));
  const place = session ? { session } : {};
  return { kind, id, author, visibility, held_on: heldOn ?? null, ...place, ...required, withdrawn: true };
}
