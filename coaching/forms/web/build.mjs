// Bundles the modules of this folder for the browser, into ./bundle/ or into the folder that is named. Beside the bundles
// stand the sums of what they were made from and of themselves, by which a test knows without Node whether they are stale.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { build } from "esbuild";

const MODULE = /\.m?js$/u;
const here = import.meta.dirname;
const target = process.argv[2] ?? join(here, "bundle");
const entries = ["early.js", "form.js", "view.js"];
const words = "../../data/days.json";

const sumOf = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
const sources = readdirSync(here)
  .filter((name) => MODULE.test(name))
  .sort();

await build({
  absWorkingDir: here,
  entryPoints: entries,
  outdir: target,
  bundle: true,
  format: "esm",
  target: "es2023",
  charset: "utf8",
});
const sums = [
  [sumOf(join(here, words)), `../${words}`],
  ...sources.map((name) => [sumOf(join(here, name)), `../${name}`]),
  ...entries.map((name) => [sumOf(join(target, name)), name]),
];
writeFileSync(join(target, "SHA256SUMS"), sums.map((line) => `${line.join("  ")}\n`).join(""));
