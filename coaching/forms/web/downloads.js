// @ts-check
// What a chart can be taken along as: its drawing as SVG or PNG, its numbers as CSV; made here, of what is shown.
// The file's name is that of the chart and says nothing of the people.
import { save } from "./save.js";
import { say } from "./say.js";

const BLANKS = /\s+/gu;
const SHARPER = 2;
// A cell that begins so would be run by a spreadsheet; an apostrophe before it makes it plain text there.
const RUN = /^[=+\-@\t\r＝＋－＠]/u;

/** @param {SVGSVGElement} svg */
function drawing(svg) {
  const alone = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  // What was found stands above the drawing on the page; a file of its own begins with it.
  const { y, width, height: below } = svg.viewBox.baseVal;
  const height = y + below;
  alone.setAttribute("viewBox", `0 0 ${width} ${height}`);
  alone.setAttribute("width", String(width));
  alone.setAttribute("height", String(height));
  return { width, height, source: new XMLSerializer().serializeToString(alone) };
}

/** @param {SVGSVGElement} svg */
function saveSvg(svg) {
  save(`${svg.id}.svg`, new Blob([drawing(svg).source], { type: "image/svg+xml" }));
}

/** @param {SVGSVGElement} svg */
async function savePng(svg) {
  const { width, height, source } = drawing(svg);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: width * SHARPER, height: height * SHARPER });
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((picture) => picture && save(`${svg.id}.png`, picture), "image/png");
}

/** @param {HTMLTableCellElement} element */
function cell(element) {
  const words = element.textContent.trim().replace(BLANKS, " ");
  const harmless = RUN.test(words) ? `'${words}` : words;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/**
 * @param {SVGSVGElement} svg
 * @param {HTMLTableElement} table
 */
function saveCsv(svg, table) {
  const lines = [...table.rows].map((row) => [...row.cells].map(cell).join(","));
  save(`${svg.id}.csv`, new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" }));
}

// Put the buttons under a figure that holds a chart; without numbers it says in words that there is nothing yet.
/** @param {HTMLElement} figure */
export function offerDownloads(figure) {
  const svg = /** @type {SVGSVGElement | null} */ (figure.querySelector("svg.chart"));
  const table = figure.querySelector("table");
  if (!svg || !table) return;
  const row = document.createElement("p");
  row.className = "coaching-downloads";
  row.append(say("Save as"), " ");
  const ways = { SVG: () => saveSvg(svg), PNG: () => savePng(svg), CSV: () => saveCsv(svg, table) };
  for (const [name, way] of Object.entries(ways)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.setAttribute(
      "aria-label",
      say("Save “{chart}” as {kind}", {
        chart: titleOf(svg),
        kind: name,
      }),
    );
    button.addEventListener("click", way);
    row.append(button);
  }
  figure.append(row);
}

/** @param {SVGSVGElement} svg */
function titleOf(svg) {
  return svg.querySelector("title")?.textContent ?? say("this chart");
}
