// All messages between the kernel and a page. The kernel describes them too, as TypedDicts of the same names, and a test
// holds the two together: an interface here is a plain list of keys, so that it can be read without a compiler.

// What the fields of a form hold, by their names: text, "true" for what is ticked, days as in 2026-01-12.
export type Values = Record<string, string>;

// What a page tells the kernel.
export type PageMessage =
  | HelloMessage
  | WordsMessage
  | HereMessage
  | GoodbyeMessage
  | LockMessage
  | UnlockMessage
  | TurnMessage
  | SearchMessage
  | LookBackMessage
  | OpenMessage;

// Asks for what there is to show; a view of something drawn has no name. `page` is the name that a page takes when it is
// loaded; what the kernel asks of itself comes from no page.
export interface HelloMessage {
  type: "hello";
  view?: string;
  page?: string;
}

// What is not kept yet, the number of the last change of each field, and the button that was pressed, if any was.
export interface WordsMessage {
  type: "words";
  view: string;
  key: string;
  values: Values;
  touched: Record<string, number>;
  act: string | null;
  pressed: number | null;
  secrets: Values;
  page?: string;
}

// Somebody has the page before them, and moved in it so many seconds ago.
export interface HereMessage {
  type: "here";
  idle: number;
  hidden: boolean;
  page?: string;
}

// The page is left.
export interface GoodbyeMessage {
  type: "goodbye";
  page?: string;
}

// Everything is handed over: it may be locked. `blank` stands in place of words where messages are held on their way.
export interface LockMessage {
  type: "lock";
  everywhere: boolean;
  blank: string;
  page?: string;
}

// The passphrase was typed into the cover.
export interface UnlockMessage {
  type: "unlock";
  passphrase: string;
  page?: string;
}

// Somebody has turned to another part of the session.
export interface TurnMessage {
  type: "turn";
  part: string;
  page?: string;
}

// Somebody looks for words: where, in what only they may read or in what both may, in all open workbooks or in one.
export interface SearchMessage {
  type: "search";
  view: string;
  number: number;
  words: string;
  where: Record<string, string>;
  private: boolean;
  everywhere: boolean;
  page?: string;
}

// A fold of the review was opened, and asks for what is drawn in it.
export interface OpenMessage {
  type: "open";
  page?: string;
}

// Somebody opens what was found, to see what it said before and what was told of it later.
export interface LookBackMessage {
  type: "look_back";
  view: string;
  number: number;
  workbook: string;
  entry: string;
  private: boolean;
  page?: string;
}

// What the kernel tells a page.
export type KernelMessage =
  | FormMessage
  | KeptMessage
  | RefusedMessage
  | ChangedMessage
  | GateMessage
  | DownloadMessage
  | ProblemsMessage
  | SaidMessage
  | DrawnMessage
  | BusyMessage
  | FoundMessage
  | PastMessage
  | LockingMessage
  | LockedMessage
  | WrongMessage
  | UnlockedMessage;

// How a page can lock itself: the name of the lock, after how many seconds, whether there is a passphrase at all, and
// whether the workbook that is shown has none, and what is said of it then.
export interface LockTerms {
  of: string;
  after: number;
  locks: boolean;
  plain: boolean | null;
  risk: string | null;
}

// The language that is spoken, and what the page says by itself, each sentence in all its forms by the English one.
export interface Spoken {
  language: string;
  sentences: Record<string, string[]>;
}

// Where a form stands in its session: what the map calls it, whether it is begun, and which part is open.
export interface RoomTerms {
  step: string;
  begun: boolean;
  open: string;
}

// A form as it stands; `view` is the one it is for, or null for all. While there is a `gate` it is said in its place.
// What days are read and written by: the day it is for the kernel, the language, and the day the two meet again, if any.
export interface DayTerms {
  today: string;
  language: string;
  meeting: string | null;
}

export interface FormMessage {
  type: "form";
  view: string | null;
  key: string;
  title: string;
  heading: string | null;
  lead: string;
  blocks: Block[];
  values: Values;
  gate: string | null;
  kept: string | null;
  days?: DayTerms;
  held?: boolean;
  room?: RoomTerms;
  searches?: "alone" | "both";
  lock?: LockTerms;
  spoken?: Spoken;
}

// What a view has sent is on disk, since `at`; in a form of which nothing is kept, it has been heard.
export interface KeptMessage {
  type: "kept";
  view: string;
  touched: Record<string, number>;
  at: string | null;
  status_talk?: Record<string, boolean>;
  begun?: boolean;
}

// What was sent could not be taken in.
export interface RefusedMessage {
  type: "refused";
  view: string | null;
  reason: string;
}

// Fields that another view, or the kernel, has changed.
export interface ChangedMessage {
  type: "changed";
  view: string | null;
  key: string;
  values: Values;
}

// The form is closed, and why, or open.
export interface GateMessage {
  type: "gate";
  why: string | null;
}

// A file for the browser's downloads; its bytes come beside the message.
export interface DownloadMessage {
  type: "download";
  name: string;
}

// What is wrong with fields, by their names, and one sentence for all.
export interface ProblemsMessage {
  type: "problems";
  fields: Values;
  text: string;
}

// What came of a button; whether the form is to come into sight.
export interface SaidMessage {
  type: "said";
  text: string;
  show?: boolean;
}

// What was drawn.
export interface DrawnMessage {
  type: "page";
  html: string;
  lock?: LockTerms;
  spoken?: Spoken;
}

// Something is being drawn; whether what was drawn before must go at once.
export interface BusyMessage {
  type: "busy";
  blank: boolean;
}

// What was found: about what, and its sentences in pieces, of which some are what was looked for.
export interface FoundHit {
  workbook: string;
  entry: string;
  about: string;
  sentences: [string, boolean][][];
}

export interface FoundSession {
  title: string;
  hits: FoundHit[];
}

// What was found, for the view that has asked, by the number of its question; and how much that is, or why not.
export interface FoundMessage {
  type: "found";
  view: string;
  number: number;
  private: boolean;
  sessions: FoundSession[];
  text: string;
}

// What was said of something on one day.
export interface PastVersion {
  about: string;
  words: string[];
}

// What something said before, and what was told of it later, newest first.
export interface PastMessage {
  type: "past";
  view: string;
  number: number;
  versions: PastVersion[];
}

// The kernel is about to lock: what is not kept is to be handed over.
export interface LockingMessage {
  type: "locking";
  lock?: LockTerms;
  spoken?: Spoken;
}

// It is locked; whether a passphrase opens it.
export interface LockedMessage {
  type: "locked";
  asks: boolean;
  blank: string;
  lock?: LockTerms;
  spoken?: Spoken;
}

// What was typed into the cover opens nothing.
export interface WrongMessage {
  type: "wrong";
  text: string;
  lock?: LockTerms;
  spoken?: Spoken;
}

// The cover goes.
export interface UnlockedMessage {
  type: "unlocked";
  lock?: LockTerms;
  spoken?: Spoken;
}

// What a form is made of.
export type Block =
  | ProseBlock
  | SectionBlock
  | FoldBlock
  | LinesBlock
  | TextBlock
  | StartersBlock
  | SecretBlock
  | DayBlock
  | PickBlock
  | ChoiceBlock
  | FlagBlock
  | RowsBlock
  | OutcomesBlock
  | SortingBlock
  | ActBlock
  | PageBlock;

// A field holds something, or one of these. In a row a name that begins with a dot is that of a field of the row.
export interface Condition {
  name: string;
  is?: string[];
}

// A value, and what is read.
export type Option = [string, string];

export interface ProseBlock {
  type: "prose";
  text: string;
  tone: string;
  when: Condition[] | null;
}

// While none of the conditions holds, `closed` stands in its place.
export interface SectionBlock {
  type: "section";
  title: string;
  hint: string;
  blocks: Block[];
  when: Condition[] | null;
  closed: string;
}

// One with a name stays as it was left.
export interface FoldBlock {
  type: "fold";
  title: string;
  blocks: Block[];
  open: boolean;
  name?: string;
  when?: Condition[];
}

export interface LinesBlock {
  type: "lines";
  lines: Line[];
}

// What somebody said: about what, the words, and who may read them.
export interface Line {
  about: string;
  words: string[];
  readers: string;
}

export interface TextBlock {
  type: "text";
  name: string;
  label: string;
  hint: string;
  rows: number;
  seen: Option[] | null;
  act: string | null;
  when: Condition[] | null;
}

// Fields in one frame, each begun by its label; the first stands there, or those that hold words.
export interface StartersBlock {
  type: "starters";
  blocks: TextBlock[];
}

export interface SecretBlock {
  type: "secret";
  name: string;
  label: string;
  hint: string;
  act: string | null;
  when: Condition[] | null;
}

// A field for a date, which lies ahead of today, or today or before.
export interface DayBlock {
  type: "day";
  name: string;
  label: string;
  hint: string;
  width: string;
  lies: "ahead" | "back";
  when: Condition[] | null;
}

export interface PickBlock {
  type: "pick";
  name: string;
  label: string;
  options: Option[];
  hint: string;
  width: string;
  another: string;
  when: Condition[] | null;
}

export interface ChoiceBlock {
  type: "choice";
  name: string;
  label: string;
  options: Option[];
  hint: string;
  when: Condition[] | null;
}

// While one of the conditions `unless` holds, it is there only if it is ticked.
export interface FlagBlock {
  type: "flag";
  name: string;
  label: string;
  when: Condition[] | null;
  unless: Condition[] | null;
}

// Those of a `line` are the blanks of one sentence.
export interface RowsBlock {
  type: "rows";
  name: string;
  row: string;
  blocks: Block[];
  fixed: FixedRow[];
  add: string;
  line: boolean;
}

export interface FixedRow {
  key: string;
  title: string;
}

// Lines of which each says what it is about and what became of it: the first of the blocks asks that.
export interface OutcomesBlock {
  type: "outcomes";
  name: string;
  blocks: Block[];
  fixed: FixedRow[];
  asks: Record<string, string>;
  others: FoldedLines;
}

// The lines of the text of a field; for each the buttons `act` with one of the kinds and the place of the line.
export interface SortingBlock {
  type: "sorting";
  name: string;
  act: string;
  kinds: Option[];
}

// Lines that are folded; one press gives one answer for all that have none, and the next press takes it back.
export interface FoldedLines {
  title: string;
  lines: FixedRow[];
  at_once: Option;
  undo: string;
}

export interface ActBlock {
  type: "act";
  name: string;
  label: string;
  quiet: boolean;
}

// A whole page, shown as its readers will see it.
export interface PageBlock {
  type: "page";
  title: string;
  html: string;
}
