// @ts-check
// What the key of a form says: the workbook, the session and the part of it.

/** @param {string} key */
export const partOf = (key) => key.slice(key.lastIndexOf("/") + 1);

/**
 * A workbook, a session and a part of it.
 *
 * @param {string} key
 */
export const isOfSession = (key) => key.split("/").length === 3 && !isOfReview(key) && partOf(key) !== "beginning";

/** @param {string} key */
export const isOfReview = (key) => key.startsWith("review/");

/**
 * What the forms of one session have in common.
 *
 * @param {string} key
 */
export const placeOf = (key) => key.slice(0, key.lastIndexOf("/"));
