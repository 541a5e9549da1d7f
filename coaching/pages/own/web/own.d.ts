// What stands in an own copy, locked; `coaching/pages/own/own.py` writes the first, the page all others.

// One revision of an entry, as `coaching-workbook/1` has it; `base` and `settles` stay in the copy in which they were made.
export interface Entry {
  kind: string;
  id: string;
  rev: number;
  author: string;
  visibility: string;
  base?: number | null;
  settles?: number[] | null;
  session?: string | null;
  held_on?: string | null;
  withdrawn?: boolean | null;
  erased?: boolean | null;
  [field: string]: unknown;
}

// What an entry says; what tells one revision from another is put in when it is kept.
export interface Content {
  kind: string;
  id: string;
  author: string;
  visibility: string;
  [field: string]: unknown;
}

// Of one kind: the fields that stay in the copy in which they were said, and those that hold ids.
export interface Fields {
  inside: string[];
  refers: string[];
}

// By kind.
export type Rules = Record<string, Fields>;

// By id, the revisions before the newest that whoever wrote a document knew.
export type Earlier = Record<string, number[]>;

export interface WorkbookDocument {
  format: string;
  workbook: string;
  holder: string;
  audience: string;
  earlier?: Earlier;
  entries: Entry[];
}

// What is typed and not kept as an entry yet; `id` is that of the entry which it becomes.
export interface Draft {
  id: string;
  at: number;
  values: Record<string, string>;
}

export interface Revision {
  id: string;
  rev: number;
}

// What both copies of one person join; all else of a copy is of the file.
export interface Kept {
  history: Entry[];
  drafts: Record<string, Draft>;
  sent: Record<string, number>;
  acts: Revision[][];
  issued: string;
}

export interface Copy extends Partial<Kept> {
  format: "coaching-own-copy/1";
  document: WorkbookDocument;
  rules: Rules;
  issued: string;
  recipient: string | null;
  language: string;
  direction: "ltr" | "rtl";
  person: string;
  coach: string;
  plan: string;
  texts: Record<string, string>;
}
