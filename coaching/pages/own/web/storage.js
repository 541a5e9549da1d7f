// @ts-check
// What this browser keeps of a copy between two times, encrypted: one record for each key that a copy was kept with. Where a
// browser gives a file no room of its own, there is none, and the page says so.
/** @import { Lock } from "./locking.js" */

const NAME = "coaching-own-copy";
const STORE = "copies";

/** @typedef {{ id: string, version: number, lines: string }} Record */

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const answered = (request) =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });

/**
 * Open the room of this browser; null where it gives none.
 *
 * @param {IDBFactory | undefined} factory
 */
export async function openStorage(factory = globalThis.indexedDB) {
  if (!factory) return null;
  try {
    const opening = factory.open(NAME, 1);
    opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(STORE, { keyPath: "id" }));
    return new Storage(await answered(opening));
  } catch {
    return null;
  }
}

/**
 * What a record is called: the copy, and the salt of its key.
 *
 * @param {string} workbook
 * @param {Lock} lock
 */
export const recordName = (workbook, lock) => `${workbook} ${JSON.parse(lock.parameters).salt}`;

export class Storage {
  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
  }

  /**
   * All records of one copy.
   *
   * @param {string} workbook
   * @returns {Promise<Record[]>}
   */
  async all(workbook) {
    const store = this.database.transaction(STORE).objectStore(STORE);
    const records = /** @type {Record[]} */ (await answered(store.getAll()));
    return records.filter(({ id }) => id.startsWith(`${workbook} `));
  }

  /**
   * Put a record in the place of the one with the version before; another one that stands there is returned instead, as
   * another window has kept something since.
   *
   * @param {Record} record
   * @returns {Promise<Record | null>}
   */
  put(record) {
    const transaction = this.database.transaction(STORE, "readwrite", { durability: "strict" });
    const store = transaction.objectStore(STORE);
    return new Promise((resolve, reject) => {
      /** @type {Record | null} */
      let other = null;
      const reading = store.get(record.id);
      reading.addEventListener("success", () => {
        const there = /** @type {Record | undefined} */ (reading.result);
        if (there && there.version !== record.version - 1) other = there;
        else store.put(record);
      });
      transaction.addEventListener("complete", () => resolve(other));
      transaction.addEventListener("abort", () => reject(transaction.error));
      transaction.addEventListener("error", () => reject(transaction.error));
    });
  }

  /**
   * Remove a record that was read with this version; a newer one, which another window has put there since, stays.
   *
   * @param {string} id
   * @param {number} version
   */
  async remove(id, version) {
    const store = this.database.transaction(STORE, "readwrite").objectStore(STORE);
    const there = /** @type {Record | undefined} */ (await answered(store.get(id)));
    if (there?.version === version) await answered(store.delete(id));
  }
}
