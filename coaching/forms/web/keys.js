// What the key of a form says: the workbook, the session and the part of it.
export const partOf = (key) => key.slice(key.lastIndexOf("/") + 1);
// A workbook, a session and a part of it.
export const isOfSession = (key) => key.split("/").length === 3 && !isOfReview(key) && partOf(key) !== "beginning";
export const isOfReview = (key) => key.startsWith("review/");
export const placeOf = (key) => key.slice(0, key.lastIndexOf("/"));
