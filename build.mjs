// Bundles the JavaScript for the browser: that of the forms, that of a person's own copy, and that of the extension of
// JupyterLab, whose file is named by what is in it, as browsers keep what they have had under a name. Beside the bundles
// stand the sums of what they were made from and of themselves, by which a test knows without Node whether they are stale;
// of libraries, package-lock.json knows the sums. `node build.mjs FOLDER` bundles into another folder.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import process from "node:process";
import { build } from "esbuild";

const root = import.meta.dirname;
const target = process.argv[2] ?? root;
const FORMS = "coaching/forms/web";
const OWN = "coaching/pages/own";
const EXTENSION = "coaching/jupyter/labextensions/coaching-workbook";
const NAME = "coaching-workbook";
const LIBRARIES = "node_modules/";
const VERSION = /__version__ = "(?<version>.+)"/u;

const sumOf = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** Bundle into an empty folder, write down the sums, and return the names of the bundles. */
async function bundle(into, sums, options) {
  rmSync(join(target, into), { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    outdir: join(target, into),
    bundle: true,
    metafile: true,
    target: "es2023",
    charset: "utf8",
    loader: { ".css": "text", ".svg": "text" },
    ...options,
  });
  const names = Object.keys(metafile.outputs).map((file) => basename(file));
  const made = names.map((name) => [sumOf(join(target, into, name)), `${into}/${name}`]);
  const inputs = Object.keys(metafile.inputs).map((file) => (file.includes(LIBRARIES) ? "package-lock.json" : file));
  const used = ["build.mjs", ...new Set(inputs)].map((file) => [sumOf(join(root, file)), file]);
  const lines = [...made, ...used].sort(([, one], [, other]) => (one < other ? -1 : 1));
  mkdirSync(join(target, sums), { recursive: true });
  writeFileSync(join(target, sums, "SHA256SUMS"), lines.map((line) => `${line.join("  ")}\n`).join(""));
  return names;
}

await bundle(`${FORMS}/bundle`, `${FORMS}/bundle`, {
  entryPoints: ["early.js", "form.js", "view.js"].map((name) => `${FORMS}/${name}`),
  format: "esm",
});
await bundle(`${OWN}/bundle`, `${OWN}/bundle`, {
  entryPoints: [`${OWN}/web/own.js`],
  format: "iife",
  minify: true,
  legalComments: "none",
});
const [extension] = await bundle(`${EXTENSION}/static`, "coaching/jupyter/web", {
  entryPoints: ["coaching/jupyter/web/extension.js"],
  entryNames: "[name].[hash]",
  format: "iife",
});
const about = {
  name: NAME,
  version: VERSION.exec(readFileSync(join(root, "coaching/__init__.py"), "utf8"))?.groups.version,
  license: "MIT",
  jupyterlab: { extension: true, _build: { load: `static/${extension}`, extension: "./extension" } },
};
writeFileSync(join(target, EXTENSION, "package.json"), `${JSON.stringify(about, null, 2)}\n`);
