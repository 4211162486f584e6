/*
 * Builds what the pages load, into site/static: stylesheets from site/scss, and
 * copies of the few scripts and fonts we use from node_modules.
 *
 * It also writes site/static/built.json, so that a check without Node can tell
 * whether the committed files are stale:
 *
 *   sources  sha256 over, for each source file in the order of its POSIX path
 *            from the root of the repository (sorted as bytes):
 *                path in UTF-8 + b"\0" + file bytes + b"\0"
 *            The source files are site/scss/**\/*.scss, package.json and
 *            tools/build_assets.mjs.
 *   outputs  for each file written here, its path from site/static and the
 *            sha256 of its bytes.
 */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

import { compile } from "sass";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STATIC = join(ROOT, "site/static");
const MODULES = join(ROOT, "node_modules");
const GOVUK = "govuk-frontend/dist/govuk";

const STYLESHEETS = ["public", "portal", "landing", "print", "admin"];
const GOVUK_ENTRIES = [
  "components/exit-this-page/exit-this-page.mjs",
  "components/error-summary/error-summary.mjs",
];
const COPIES = {
  "htmx.org/dist/htmx.min.js": "js/htmx.min.js",
  "htmx.org/LICENSE": "js/htmx.LICENSE.txt",
  "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2":
    "fonts/atkinson-hyperlegible-next-latin.woff2",
  "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2":
    "fonts/atkinson-hyperlegible-next-latin-ext.woff2",
  "@fontsource-variable/atkinson-hyperlegible-next/LICENSE": "fonts/atkinson-hyperlegible-next.OFL.txt",
  "@fontsource-variable/noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2":
    "fonts/noto-naskh-arabic.woff2",
  "@fontsource-variable/noto-naskh-arabic/LICENSE": "fonts/noto-naskh-arabic.OFL.txt",
};

const outputs = {};

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

function write(path, content) {
  const bytes = Buffer.from(content);
  const target = join(STATIC, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, bytes);
  outputs[path] = sha256(bytes);
}

function writeStylesheet(name) {
  const { css } = compile(join(ROOT, `site/scss/${name}.scss`), {
    style: "compressed",
    loadPaths: [MODULES],
    quietDeps: true,
  });
  write(`css/${name}.css`, `${css}\n`);
}

/* Scripts are served under .js names: not every server knows the type of .mjs. */
function copyModule(path, seen) {
  if (seen.has(path)) return;
  seen.add(path);
  const source = readFileSync(join(MODULES, GOVUK, path), "utf8");
  const imports = /^(import .* from '\.[^']+)\.mjs'/gm;
  for (const [, statement] of source.matchAll(imports)) {
    const reference = statement.slice(statement.indexOf("'") + 1);
    copyModule(posix.join(posix.dirname(path), `${reference}.mjs`), seen);
  }
  const served = source
    .replace(imports, "$1.js'")
    // Notes for whoever writes it are half of the bytes. Maps are not copied, and collectstatic
    // refuses a reference to a missing file.
    .replace(/^ *\/\*\*[^]*?\*\/\n/gm, "")
    .replace(/\n\/\/# sourceMappingURL=.*\n?$/, "\n");
  write(`js/govuk/${path.replace(/\.mjs$/, ".js")}`, served);
}

function sourcePaths() {
  const styles = readdirSync(join(ROOT, "site/scss"), { recursive: true })
    .map((path) => posix.join("site/scss", path.replaceAll("\\", "/")))
    .filter((path) => path.endsWith(".scss"));
  return [...styles, "package.json", "tools/build_assets.mjs"].sort((one, other) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  );
}

function hashSources() {
  const hash = createHash("sha256");
  for (const path of sourcePaths()) {
    hash.update(path).update("\0").update(readFileSync(join(ROOT, path))).update("\0");
  }
  return hash.digest("hex");
}

for (const built of ["css", "fonts", "js/govuk"]) {
  rmSync(join(STATIC, built), { recursive: true, force: true });
}
STYLESHEETS.forEach(writeStylesheet);
const seen = new Set();
GOVUK_ENTRIES.forEach((path) => copyModule(path, seen));
for (const [from, to] of Object.entries(COPIES)) {
  write(to, readFileSync(join(MODULES, from)));
}
// What tools/subset_fonts.py has cut from the fonts above.
for (const name of readdirSync(join(ROOT, "site/scss/fonts"))) {
  write(`fonts/${name}`, readFileSync(join(ROOT, "site/scss/fonts", name)));
}

const sorted = Object.fromEntries(Object.entries(outputs).sort(([one], [other]) => (one < other ? -1 : 1)));
writeFileSync(
  join(STATIC, "built.json"),
  `${JSON.stringify({ sources: hashSources(), outputs: sorted }, null, 2)}\n`,
);
for (const path of Object.keys(sorted)) {
  console.log(`${String(readFileSync(join(STATIC, path)).length).padStart(7)}  ${path}`);
}
