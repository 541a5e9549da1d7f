// @ts-check
// Every word into the room of this browser as it is typed, and into the next file when somebody saves. What another window
// has kept in the meantime is joined, never written over.
/** @import { Lock } from "./locking.js" */
/** @import { OwnCopy } from "./copy.js" */
/** @import { Kept } from "./own.js" */
/** @import { Record, Storage } from "./storage.js" */
import { lockOf, lockUp, unlocked, whole } from "./locking.js";
import { recordName } from "./storage.js";

const SOON_MS = 60;
const AGAIN_MS = 2000;

/** @typedef {"waits" | "kept" | "nowhere" | "failed" | "saved" | "handed"} KeptState */

export class Keeping {
  /**
   * @param {OwnCopy} own
   * @param {Lock} lock
   * @param {Storage | null} storage
   * @param {{ said: (state: KeptState) => void, joined: () => void }} tell
   */
  constructor(own, lock, storage, tell) {
    this.own = own;
    this.lock = lock;
    this.storage = storage;
    this.tell = tell;
    this.version = 0;
    this.isWriting = false;
    this.isDue = false;
    // Whether there is anything that the file does not hold.
    this.isUnsaved = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  get name() {
    return recordName(this.own.copy.document.workbook, this.lock);
  }

  /**
   * Join what this browser has kept; return how many records no key at hand opens.
   *
   * @param {string} passphrase
   */
  async recall(passphrase) {
    const records = (await this.storage?.all(this.own.copy.document.workbook)) ?? [];
    const texts = await Promise.all(records.map((record) => this.opened(record, passphrase)));
    this.version = records.find(({ id }) => id === this.name)?.version ?? 0;
    for (const text of texts) if (text) this.joinText(text);
    const others = records.filter(({ id }, at) => id !== this.name && texts[at]);
    if (others.length && (await this.write())) await this.remove(others);
    return texts.filter((text) => text === null).length;
  }

  /**
   * Remove records whose words are kept here now.
   *
   * @param {Record[]} records
   */
  async remove(records) {
    await Promise.all(records.map(({ id, version }) => this.storage?.remove(id, version)));
  }

  /**
   * The text of a record; null if neither key opens it.
   *
   * @param {Record} record
   * @param {string} passphrase
   */
  async opened({ id, lines }, passphrase) {
    const sealed = await whole(lines);
    if (!sealed) return null;
    return unlocked(sealed, id === this.name ? this.lock : await lockOf(passphrase, sealed.parameters));
  }

  /** @param {string} text */
  joinText(text) {
    const [before, kept] = [JSON.stringify(this.own.kept()), /** @type {Kept} */ (JSON.parse(text))];
    this.own.join(kept);
    if (!this.own.acts.length) this.own.acts = kept.acts;
    if (JSON.stringify(this.own.kept()) !== before) this.isUnsaved = true;
  }

  // Something was typed or said.
  changed() {
    this.isUnsaved = true;
    this.tell.said(this.storage ? "waits" : "nowhere");
    this.isDue = true;
    this.timer ??= setTimeout(() => this.flush(), SOON_MS);
  }

  // The file holds everything.
  saved() {
    this.isUnsaved = false;
    this.tell.said("saved");
  }

  // A file with everything was handed to the downloads; whether it is there nobody knows, so without a room words may be lost.
  handed() {
    this.isUnsaved = !this.storage || this.isDue || this.isWriting;
    this.tell.said("handed");
  }

  // Keep all there is now.
  async flush() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.storage || this.isWriting || !this.isDue) return;
    this.isWriting = true;
    try {
      this.isDue = false;
      if (await this.write()) this.tell.said("kept");
      else this.isDue = true;
    } catch {
      this.isDue = true;
      this.tell.said("failed");
      this.timer = setTimeout(() => this.flush(), AGAIN_MS);
    } finally {
      this.isWriting = false;
    }
    if (this.isDue) this.timer ??= setTimeout(() => this.flush(), 0);
  }

  // Whether it was put there; if another window was faster, what that has kept is joined first.
  async write() {
    if (!this.storage) return false;
    const lines = await lockUp(JSON.stringify(this.own.kept()), this.lock);
    const other = await this.storage.put({ id: this.name, version: this.version + 1, lines });
    if (!other) {
      this.version += 1;
      return true;
    }
    const sealed = await whole(other.lines);
    const text = sealed && (await unlocked(sealed, this.lock));
    this.version = other.version;
    if (text) this.joinText(text);
    this.tell.joined();
    return false;
  }

  // The lines that the next file holds.
  fileLines() {
    return lockUp(JSON.stringify(this.own.state()), this.lock);
  }
}
