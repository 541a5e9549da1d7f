// @ts-check
// What another copy of a plan says, joined to what is known here. `coaching/model/merge.py` and `revisions.py` say the same
// in Python; the cases in `tests/vectors/joining.json` hold the two together.
/** @import { Earlier, Entry, Rules } from "./own.js" */

// Told anew by every copy.
const OF_ONE_COPY = new Set(["rev", "base", "settles", "saved_at", "kind", "visibility"]);
const OF_ONE_REVISION = new Set(["rev", "base", "settles", "saved_at"]);
// Nobody has to choose between two days until which something is kept.
const NO_WORDS = new Set([...OF_ONE_REVISION, "expires_on"]);
// Narrow before wide.
const WIDTHS = ["private", "pair", "open"];

/**
 * @template T
 * @param {T | null | undefined} value
 */
const isEmpty = (value) => value === null || value === undefined;

/**
 * @param {string} one
 * @param {string} other
 */
const inOrder = (one, other) => (one < other ? -1 : Number(one > other));

/**
 * The fields that say something, in one order: two entries that say the same give the same text.
 *
 * @param {Entry} entry
 * @param {Set<string>} without
 */
function text(entry, without) {
  const names = Object.keys(entry).filter((name) => !without.has(name) && !isEmpty(entry[name]));
  return JSON.stringify(names.sort(inOrder).map((name) => [name, entry[name]]));
}

/**
 * Tell whether two revisions say the same.
 *
 * @param {Entry} one
 * @param {Entry} other
 */
export const saysTheSame = (one, other) => text(one, OF_ONE_REVISION) === text(other, OF_ONE_REVISION);

/** @param {Entry} entry */
const nameOf = ({ id, rev }) => `${id} ${rev}`;

/** @param {Entry[]} entries */
function byId(entries) {
  /** @type {Map<string, Map<number, Entry>>} */
  const revisions = new Map();
  for (const entry of entries) {
    const own = revisions.get(entry.id) ?? new Map();
    revisions.set(entry.id, own.set(entry.rev, entry));
  }
  return revisions;
}

/** @param {Iterable<Entry>} revisions */
const newestOf = (revisions) => [...revisions].reduce((one, other) => (other.rev >= one.rev ? other : one));

/**
 * The newest revision of every entry by id, withdrawn ones too.
 *
 * @param {Entry[]} history
 */
export function latest(history) {
  return new Map([...byId(history)].map(([id, revisions]) => [id, newestOf(revisions.values())]));
}

/**
 * What was written in two places at once and nobody has chosen between yet: by id, newest first, what stands beside the
 * newest revision.
 *
 * @param {Entry[]} history
 */
export function conflicts(history) {
  /** @type {Map<string, Entry[]>} */
  const rivals = new Map();
  for (const [id, revisions] of byId(history)) {
    const others = revisions.size > 1 ? [...othersOf([...revisions.values()])] : [];
    if (others.length) rivals.set(id, others);
  }
  return rivals;
}

/** @param {Entry[]} revisions */
function* othersOf(revisions) {
  const [current, ...others] = revisions.toSorted((one, other) => other.rev - one.rev);
  if (!current) return;
  const replaced = new Set([...revisions.map(({ base }) => base), ...(current.settles ?? [])]);
  /** @param {Entry} entry */
  const words = (entry) => text(entry, NO_WORDS);
  /** @param {Entry} entry */
  const written = (entry) => JSON.stringify([entry.base ?? null, words(entry)]);
  // Two that say the same from the same base are one: who edited the one has seen the words of the other.
  const seen = new Set(revisions.filter(({ rev }) => replaced.has(rev)).map(written));
  for (const other of others)
    if (!replaced.has(other.rev) && words(other) !== words(current) && !seen.has(written(other))) yield other;
}

/**
 * Revisions of another copy as they follow what is known here (see `coaching.model.merge.joined`).
 *
 * @param {Entry[]} incoming
 * @param {Entry[]} history
 * @param {Earlier | null} earlier
 * @param {Rules} rules
 */
export function joined(incoming, history, earlier, rules) {
  const revisions = byId(history);
  const hidden = new Set(
    [...latest(history).values()].filter(({ visibility }) => visibility === "private").map(({ id }) => id),
  );
  return incoming.map((entry) => follow(entry, revisions.get(entry.id) ?? new Map(), { earlier, rules, hidden }));
}

/**
 * @param {Entry} entry
 * @param {Map<number, Entry>} revisions
 * @param {{ earlier: Earlier | null, rules: Rules, hidden: Set<string> }} by
 * @returns {Entry}
 */
function follow(entry, revisions, { earlier, rules, hidden }) {
  if (!isEmpty(entry.base)) return entry;
  // What its writer knew and is not known here may come in later, with an older file: it is followed all the same.
  const known = new Set(earlier ? earlier[entry.id] : revisions.keys());
  const seen = [...known].filter((rev) => rev < entry.rev).sort((one, other) => one - other);
  const [base, here] = [seen.at(-1), seen.findLast((rev) => revisions.has(rev))];
  if (base === undefined) return entry;
  const [before, others] = [here && revisions.get(here), earlier ? seen.filter((rev) => rev !== base) : []];
  const stayed = before ? unsaid(entry, before, { rules, hidden }) : {};
  return { ...entry, base, settles: others.length ? others : null, ...stayed };
}

/**
 * The fields of the revision before that no other copy could say: its own, and the ids of what is hidden.
 *
 * @param {Entry} entry
 * @param {Entry} before
 * @param {{ rules: Rules, hidden: Set<string> }} by
 */
function unsaid(entry, before, { rules, hidden }) {
  const { inside, refers } = rules[entry.kind] ?? { inside: [], refers: [] };
  const own = inside.filter((name) => !OF_ONE_COPY.has(name));
  /** @type {Record<string, unknown>} */
  const stayed = {};
  for (const name of own) if (isEmpty(entry[name]) && !isEmpty(before[name])) stayed[name] = before[name];
  for (const name of refers.filter((one) => !own.includes(one))) {
    const more = hiddenIds(entry[name], before[name], hidden);
    if (more) stayed[name] = more;
  }
  return stayed;
}

/**
 * @param {unknown} value
 * @param {unknown} was
 * @param {Set<string>} hidden
 */
function hiddenIds(value, was, hidden) {
  if (!Array.isArray(was)) return isEmpty(value) && typeof was === "string" && hidden.has(was) ? was : null;
  const said = Array.isArray(value) ? value : [];
  const more = was.filter((id) => hidden.has(id) && !said.includes(id));
  return more.length ? [...said, ...more] : null;
}

/**
 * Who may read the entries that were closed to others in one copy, unseen by who wrote on in the other: by id, the narrower
 * visibility, where the newest revision says a wider one.
 *
 * @param {Entry[]} incoming
 * @param {Entry[]} history
 */
export function keptClosed(incoming, history) {
  const [before, revisions] = [latest(history), byId([...history, ...incoming])];
  /** @type {Map<string, string>} */
  const kept = new Map();
  for (const id of new Set(incoming.map((entry) => entry.id))) {
    const [was, own] = [before.get(id), revisions.get(id)];
    if (!was || !own) continue;
    const newest = newestOf(own.values());
    const several = incoming.filter((entry) => entry.id === id);
    const replaced = new Set(several.flatMap(({ base, settles }) => [base, ...(settles ?? [])]));
    const seen = seenBy(newest.rev, own);
    const unseen = [was, ...several.filter(({ rev }) => !replaced.has(rev))].filter(({ rev }) => !seen.has(rev));
    const widths = [newest, ...unseen].map(({ visibility }) => WIDTHS.indexOf(visibility));
    const narrowest = WIDTHS[Math.min(...widths)];
    if (narrowest && narrowest !== newest.visibility) kept.set(id, narrowest);
  }
  return kept;
}

/**
 * A revision, and all that whoever said it had seen: those that it goes back to, known here or not.
 *
 * @param {number} newest
 * @param {Map<number, Entry>} revisions
 */
function seenBy(newest, revisions) {
  /** @type {Set<number>} */
  const seen = new Set();
  const ahead = [newest];
  for (let rev = ahead.pop(); rev !== undefined; rev = ahead.pop()) {
    const { base, settles } = seen.has(rev) ? {} : (revisions.get(rev) ?? {});
    seen.add(rev);
    ahead.push(...(isEmpty(base) ? [] : [Number(base)]), ...(settles ?? []));
  }
  return seen;
}

/**
 * The revisions that a copy gains by another one (see `coaching.workbook.incoming.additions`): what was erased stays
 * erased, what is known already comes in once, and what one copy closed to others stays closed.
 *
 * @param {Entry[]} incoming
 * @param {Entry[]} history
 * @param {{ earlier: Earlier | null, rules: Rules, nextRev: number }} by
 */
export function additions(incoming, history, { earlier, rules, nextRev }) {
  const erased = new Set(history.filter((entry) => entry.erased).map(({ id }) => id));
  const known = new Set(history.map(nameOf));
  const unknown = incoming.filter((entry) => !erased.has(entry.id) && !known.has(nameOf(entry)));
  const revised = joined(unknown, history, earlier, rules);
  const newest = latest([...history, ...revised]);
  const rev = Math.max(nextRev, ...revised.map((entry) => entry.rev + 1));
  const closed = [...keptClosed(revised, history)].flatMap(([id, visibility]) => {
    const entry = newest.get(id);
    return entry ? [{ ...entry, visibility, rev, base: entry.rev, settles: null }] : [];
  });
  return [...revised, ...closed];
}

/**
 * What the other one of the pair may read: the entries as they stand, and of each the numbers of the revisions that whoever
 * said it had seen; what nobody has chosen between is not among them. What is private is not among them, nor what was withdrawn before anybody
 * else was given it.
 *
 * @param {Entry[]} history
 * @param {{ rules: Rules, sent: Record<string, number> }} by
 * @returns {{ entries: Entry[], earlier: Earlier }}
 */
export function shared(history, { rules, sent }) {
  const revisions = byId(history);
  const closed = new Set(history.filter(({ visibility }) => visibility === "private").map(({ id }) => id));
  const newest = [...latest(history).values()].filter(
    ({ id, withdrawn }) => !closed.has(id) && (!withdrawn || sent[id] !== undefined),
  );
  const ids = new Set(newest.map(({ id }) => id));
  /** @type {Earlier} */
  const earlier = {};
  for (const { id, rev } of newest) {
    const seen = seenBy(rev, revisions.get(id) ?? new Map());
    const before = [...seen].filter((one) => one !== rev).sort((one, other) => one - other);
    if (before.length) earlier[id] = before;
  }
  return { entries: newest.map((entry) => leaving(entry, rules[entry.kind], ids)), earlier };
}

/**
 * @param {Entry} entry
 * @param {Rules[string] | undefined} fields
 * @param {Set<string>} ids
 * @returns {Entry}
 */
function leaving(entry, fields, ids) {
  const stay = new Set([...OF_ONE_REVISION, ...(fields?.inside ?? [])]);
  const left = Object.entries(entry).flatMap(([name, value]) => {
    if (name !== "rev" && (stay.has(name) || isEmpty(value))) return [];
    if (!fields?.refers.includes(name)) return [[name, value]];
    if (!Array.isArray(value)) return ids.has(String(value)) ? [[name, value]] : [];
    const known = value.filter((id) => ids.has(id));
    return known.length ? [[name, known]] : [];
  });
  return Object.fromEntries(left);
}
