// @ts-check
// Days as people write them: read in every language of the table, and written in that of the form. `coaching/days.py`
// reads the same for the command line; the table of what is read, in `tests/vectors/days.json`, holds the two together.
import languages from "../../data/days.json" with { type: "json" };

/** @typedef {"ahead" | "back"} Lies */
/**
 * What a day is read from: the day it is now, on which side of it what is meant lies, and when the two meet again.
 *
 * @typedef {{ today: Date, lies: Lies, meeting: Date | null }} Reading
 */
/** @typedef {keyof typeof MONTHS} Unit */
/**
 * What stands in a date, as far as its rule names it.
 *
 * @typedef {object} Parts
 * @property {string} count
 * @property {Unit} unit
 * @property {keyof typeof STEPS} which
 * @property {string} weekday
 * @property {string} day
 * @property {string} month
 * @property {string} year
 */
/** @typedef {(parts: Parts, reading: Reading) => Date | null} Rule */

const FIRST_DAY = "2000-01-01";
const LAST_DAY = "2099-12-31";
const MS_PER_DAY = 86_400_000;
const DAYS_PER_WEEK = 7;
const MONTHS_PER_YEAR = 12;
// Within so many years there is a 29th of February.
const LEAP_YEARS = 8;
// So many letters of a weekday or a month say which one it is, in every language of the table.
const ENOUGH_LETTERS = 3;
const MARKS = /\p{M}/gu;
const BETWEEN_NUMBERS = /(?<=\d)[-/.](?=\d)/gu;
const BEHIND_A_NUMBER = /(?<=\d)(?=\p{L})/gu;
const BETWEEN_WORDS = /[\s.,]+/u;
const NUMBER = /^[+-]?\d{1,4}$/u;
const UNKNOWN = "?";

// Days, weeks, months, quarters and years have one letter each.
const DAYS = { d: 1, w: DAYS_PER_WEEK, m: 0, q: 0, y: 0 };
const MONTHS = { d: 0, w: 0, m: 1, q: 3, y: MONTHS_PER_YEAR };
const STEPS = { this: 0, next: 1, coming: 1, last: -1 };

/**
 * The date of a calendar that goes on: the 13th month is January of the next year, the 0th day the last one before.
 *
 * @param {number} year
 * @param {number} month
 * @param {number} day
 */
const dateOf = (year, month, day) => new Date(Date.UTC(year, month - 1, day));

/** @param {string} iso */
const parsed = (iso) => new Date(`${iso}T00:00Z`);

/** @param {Date} day */
const isoOf = (day) => day.toISOString().slice(0, FIRST_DAY.length);

/**
 * @param {Date} day
 * @returns {[number, number, number]}
 */
const partsOf = (day) => [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];

/**
 * From Monday, 1, to Sunday, 7.
 *
 * @param {Date} day
 */
const weekdayOf = (day) => day.getUTCDay() || DAYS_PER_WEEK;

/**
 * @param {number} year
 * @param {number} month
 * @param {number} day
 */
function realDate(year, month, day) {
  const made = dateOf(year, month, day);
  return made.getUTCDate() === day ? made : null;
}

/**
 * So many days, weeks, months, quarters or years later; where a month is too short for the day, its last one.
 *
 * @param {Date} from
 * @param {number} count
 * @param {Unit} unit
 */
function later(from, count, unit) {
  const [year, month, day] = partsOf(from);
  if (DAYS[unit]) return dateOf(year, month, day + count * DAYS[unit]);
  const then = month + count * MONTHS[unit];
  return realDate(year, then, day) ?? dateOf(year, then + 1, 0);
}

/**
 * The last day of the week, month, quarter or year of a day.
 *
 * @param {Date} within
 * @param {Unit} unit
 */
function endOf(within, unit) {
  const [year, month] = partsOf(within);
  if (unit === "w") return later(within, DAYS_PER_WEEK - weekdayOf(within), "d");
  const length = MONTHS[unit];
  return dateOf(year, Math.ceil(month / length) * length + 1, 0);
}

/**
 * How many days ago it was last this weekday; 0 if it is today.
 *
 * @param {string} weekday
 * @param {Date} today
 */
const daysSince = (weekday, today) => (weekdayOf(today) - Number(weekday) + DAYS_PER_WEEK) % DAYS_PER_WEEK;

/**
 * The one of these days that is meant: the first that does not lie on the other side of today.
 *
 * @param {(at: number) => Date | null} nth
 * @param {Reading} reading
 */
function meant(nth, { today, lies }) {
  const step = lies === "ahead" ? 1 : -1;
  for (let at = 0; at <= LEAP_YEARS; at += 1) {
    const day = nth(at * step);
    if (day && (day.getTime() - today.getTime()) * step >= 0) return day;
  }
  return null;
}

/**
 * A day of a month. Where no year is written, the coming one is meant, or the last one; but a weekday that is written may
 * say that it is this year's.
 *
 * @type {Rule}
 */
function dayOfMonth({ weekday, day, month, year }, reading) {
  const [thisYear] = partsOf(reading.today);
  /** @param {number} of */
  const inYear = (of) => realDate(of, Number(month), Number(day));
  const candidates = year
    ? [inYear(year.length === 2 ? 2000 + Number(year) : Number(year))]
    : [meant((at) => inYear(thisYear + at), reading), inYear(thisYear)];
  const isMonth = Number(month) >= 1 && Number(month) <= MONTHS_PER_YEAR;
  return candidates.find((one) => isMonth && one && (!weekday || weekdayOf(one) === Number(weekday))) ?? null;
}

/**
 * What is read, in the words of the table: the first rule that fits says which day it is.
 *
 * @type {[RegExp, Rule][]}
 */
const RULES = [
  [/^meeting$/u, (_, { meeting }) => meeting],
  [/^day(?<count>[+-]\d+)$/u, ({ count }, { today }) => later(today, Number(count), "d")],
  [
    /^(?<count>[+-]\d+)(?: (?<unit>[dwmqy]))?$/u,
    ({ count, unit = "d" }, { today }) => later(today, Number(count), unit),
  ],
  [
    /^(?:day\+0 )?in (?<count>\d+) (?<unit>[dwmqy])$/u,
    ({ count, unit }, { today }) => later(today, Number(count), unit),
  ],
  [
    /^(?<count>\d+) (?<unit>[dwmqy])(?: day\+0)?$/u,
    ({ count, unit }, { today, lies }) => later(today, lies === "ahead" ? Number(count) : -Number(count), unit),
  ],
  [/^ago (?<count>\d+) (?<unit>[dwmqy])$/u, ({ count, unit }, { today }) => later(today, -Number(count), unit)],
  [/^(?<count>\d+) (?<unit>[dwmqy]) ago$/u, ({ count, unit }, { today }) => later(today, -Number(count), unit)],
  [
    /^(?:in )?(?<which>next|coming|last) (?<unit>[dwmqy])$/u,
    ({ which, unit }, { today }) => later(today, STEPS[which], unit),
  ],
  [
    /^end (?:(?<which>this|next|coming|last) )?(?<unit>[wmqy])$/u,
    ({ which = "this", unit }, { today }) => endOf(later(today, STEPS[which], unit), unit),
  ],
  [
    /^end month(?<month>\d+)$/u,
    ({ month }, reading) => meant((at) => dateOf(reading.today.getUTCFullYear() + at, Number(month) + 1, 0), reading),
  ],
  // A day that lies ahead is not today: whoever means today says so.
  [
    /^(?:(?:this|coming) )?weekday(?<weekday>\d)$/u,
    ({ weekday }, { today, lies }) =>
      later(today, (lies === "ahead" ? DAYS_PER_WEEK : 0) - daysSince(weekday, today), "d"),
  ],
  [
    /^next weekday(?<weekday>\d)$/u,
    ({ weekday }, { today }) => later(today, DAYS_PER_WEEK - weekdayOf(today) + Number(weekday), "d"),
  ],
  [
    /^last weekday(?<weekday>\d)$/u,
    ({ weekday }, { today }) => later(today, -(daysSince(weekday, today) || DAYS_PER_WEEK), "d"),
  ],
  [
    /^(?<day>\d{1,2}) th$/u,
    ({ day }, reading) => {
      const [year, month] = partsOf(reading.today);
      return meant((at) => realDate(year, month + at, Number(day)), reading);
    },
  ],
  [/^(?:weekday(?<weekday>\d) )?(?<day>\d{1,2})(?: th)? month(?<month>\d+)(?: (?<year>\d{4}|\d{2}))?$/u, dayOfMonth],
  [/^(?:weekday(?<weekday>\d) )?month(?<month>\d+) (?<day>\d{1,2})(?: th)?(?: (?<year>\d{4}))?$/u, dayOfMonth],
  [/^(?:weekday(?<weekday>\d) )?(?<day>\d{1,2}) (?<month>\d{1,2})(?: (?<year>\d{4}|\d{2}))?$/u, dayOfMonth],
  [/^(?<year>\d{4}) (?<month>\d{1,2}) (?<day>\d{1,2})$/u, dayOfMonth],
];

/**
 * Without what is typed in one way or another: capitals, the dots of an umlaut.
 *
 * @param {string} words
 */
const plain = (words) => words.normalize("NFKD").replace(MARKS, "").toLowerCase();

/** @param {string} words */
const split = (words) => words.split(BETWEEN_WORDS).filter(Boolean);

/**
 * What words stand for, and the names of which a beginning is enough.
 *
 * @type {Map<string, string>}
 */
const meanings = new Map();
/** @type {[string, string][]} */
const names = [];
for (const { weekdays, months, words, sentences } of Object.values(languages)) {
  for (const [at, name] of weekdays.entries()) names.push([plain(name), `weekday${at + 1}`]);
  for (const [at, name] of months.entries()) names.push([plain(name), `month${at + 1}`]);
  for (const [meaning, listed] of [...Object.entries(words), ...Object.entries(sentences)])
    for (const word of listed) meanings.set(split(plain(word)).join(" "), meaning);
}

/**
 * What a word stands for; nothing if it is in no table.
 *
 * @param {string} word
 */
function meaningOf(word) {
  if (NUMBER.test(word) && !meanings.has(word)) return word;
  const begun = word.length < ENOUGH_LETTERS ? [] : names.filter(([name]) => name.startsWith(word));
  const [first, ...others] = new Set(begun.map(([, meaning]) => meaning));
  return meanings.get(word) ?? (others.length ? undefined : first);
}

/**
 * What was typed, in the words of the rules.
 *
 * @param {string} typed
 */
function inWordsOfRules(typed) {
  const words = split(plain(typed).replace(BETWEEN_NUMBERS, " ").replace(BEHIND_A_NUMBER, " "));
  const sentence = meanings.get(words.join(" "));
  if (sentence !== undefined) return sentence;
  return words
    .map((word) => meaningOf(word) ?? UNKNOWN)
    .filter(Boolean)
    .join(" ");
}

/**
 * The day that is meant, as yyyy-mm-dd; nothing while it is none, or none that can be meant.
 *
 * @param {string} typed
 * @param {{ today: string, lies: Lies, meeting: string | null }} reading
 */
export function readDay(typed, { today, lies, meeting }) {
  const said = inWordsOfRules(typed);
  for (const [pattern, rule] of RULES) {
    const fits = pattern.exec(said);
    if (!fits) continue;
    const parts = /** @type {Parts} */ (/** @type {unknown} */ (fits.groups ?? {}));
    const day = rule(parts, { today: parsed(today), lies, meeting: meeting ? parsed(meeting) : null });
    const iso = day && isoOf(day);
    return iso && iso >= FIRST_DAY && iso <= LAST_DAY ? iso : null;
  }
  return null;
}

/**
 * A day as it is written everywhere; the year only where it is not this one.
 *
 * @param {string} iso
 * @param {{ today: string, language: string }} terms
 */
export function dayInWords(iso, { today, language }) {
  const { written, weekdays, months } = wordsOfDays(language);
  const day = parsed(iso);
  const [year, month, date] = partsOf(day);
  const words = written
    .replace("{weekday}", weekdays[weekdayOf(day) - 1] ?? "")
    .replace("{day}", String(date))
    .replace("{month}", months[month - 1] ?? "");
  return year === parsed(today).getUTCFullYear() ? words : `${words} ${year}`;
}

/**
 * How far a day is from today: "in 11 days", "yesterday".
 *
 * @param {string} iso
 * @param {{ today: string, language: string }} terms
 */
export function distance(iso, { today, language }) {
  const days = (parsed(iso).getTime() - parsed(today).getTime()) / MS_PER_DAY;
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
}

/**
 * What there is to say about days in a language.
 *
 * @param {string} language
 */
export const wordsOfDays = (language) => languages[/** @type {keyof typeof languages} */ (language)];
