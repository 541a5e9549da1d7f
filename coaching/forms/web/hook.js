// @ts-check
// A Jupyter server that was started without the workbook's extension saves whatever a notebook shows. It is asked once; what
// is no server of JupyterLab or Notebook, or does not answer, is not judged: Voilà saves nothing, VS Code saves by itself.
import { make } from "./elements.js";
import { say } from "./say.js";

/** @type {Promise<boolean> | null} */
let hook = null;

async function isWithoutHook() {
  const config = JSON.parse(document.querySelector("#jupyter-config-data")?.textContent ?? "");
  /** @type {Record<string, string>} */
  const headers = config.token ? { Authorization: `token ${config.token}` } : {};
  return (await fetch(`${config.baseUrl}coaching/hook`, { headers, cache: "no-store" })).status === 404;
}

// The first form of a notebook says so.
/** @param {HTMLElement} el */
export async function tellOfHook(el) {
  const notebook = el.closest(".jp-NotebookPanel");
  if (!notebook) return;
  hook ??= isWithoutHook().catch(() => false);
  if (!(await hook) || notebook.querySelector(".coaching-hook")) return;
  el.querySelector("header")?.append(
    make(
      "p",
      { class: "coaching-hint coaching-hook" },
      say(
        "This Jupyter server runs without the workbook’s extension: what other cells show is saved in the notebook. Best open it with “coaching lab”.",
      ),
    ),
  );
}
