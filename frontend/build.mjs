// Builds what the browser is served from packages: `npm ci && node build.mjs`. Needs no network once `npm ci` has run.
// `node build.mjs --check` only proves that the built fonts hold every letter.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { missing, subset } from "./fonts.mjs";
import { REQUIRED, WANTED } from "./letters.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "../mafaka/ui/static/built");
const packaged = (path) => readFile(join(here, "node_modules", path));

/** Lucide's picture for each name we use; the name says what it means here. */
const ICONS = {
  add: "plus", alert: "triangle-alert", arrival: "door-open", back: "arrow-left", bed: "bed-double", calendar: "calendar-days",
  case: "folder-open", check: "check", close: "x", download: "download", edit: "pencil", error: "circle-x", filter: "list-filter",
  hide: "eye-off", history: "history", info: "info", language: "languages", lock: "lock", menu: "menu", next: "chevron-right",
  ok: "circle-check", person: "user", phone: "phone", place: "map-pin", previous: "chevron-left", print: "printer",
  risk: "shield-alert", search: "search", show: "eye", "sign-out": "log-out", theme: "sun-moon", upload: "upload",
};

const FONTS = {
  "mafaka-sans.woff2": {
    source: "inter-ui/variable/InterVariable.woff2", family: "Mafaka Sans", axes: { wght: { min: 400, max: 700 }, opsz: 14 },
  },
  "mafaka-serif.woff2": {
    source: "@expo-google-fonts/gentium-book-plus/700Bold/GentiumBookPlus_700Bold.ttf", family: "Mafaka Serif",
  },
};

const LICENCES = {
  "htmx.txt": "htmx.org/LICENSE",
  "inter.txt": "inter-ui/LICENSE.txt",
  "gentium.txt": "@expo-google-fonts/gentium-book-plus/LICENSE_FONT",
  "lucide.txt": "lucide-static/LICENSE",
};

/** One SVG whose symbols the templates point at with <use>. */
async function sprite() {
  const symbols = await Promise.all(Object.entries(ICONS).map(async ([name, lucide]) => {
    const svg = (await packaged(`lucide-static/icons/${lucide}.svg`)).toString();
    const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
  }));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

/** Stops the build when a font cannot write somebody's name. */
async function proveLetters(name, font) {
  const lacking = await missing(font, REQUIRED);
  if (lacking.length) throw new Error(`${name} lacks: ${lacking.join(" ")}`);
}

async function font(name) {
  const { source, family, axes } = FONTS[name];
  const made = await subset(await packaged(source), WANTED, family, axes);
  await proveLetters(name, made);
  return made;
}

async function build() {
  const files = { "htmx.min.js": await withoutSourceMap("htmx.org/dist/htmx.min.js"), "icons.svg": await sprite() };
  for (const name of Object.keys(FONTS)) files[`fonts/${name}`] = await font(name);
  for (const [name, path] of Object.entries(LICENCES)) files[`licences/${name}`] = await packaged(path);
  await rm(built, { recursive: true, force: true });
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(built, name)), { recursive: true });
    await writeFile(join(built, name), content);
    console.log(`${name.padEnd(26)} ${String(content.length).padStart(7)} octets`);
  }
}

/** The map is not served; a reference to it would break the hashed-file storage and cost a request. */
async function withoutSourceMap(path) {
  return (await packaged(path)).toString().replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}

async function check() {
  for (const name of Object.keys(FONTS)) await proveLetters(name, await readFile(join(built, "fonts", name)));
  console.log(`${Object.keys(FONTS).length} fonts, ${[...REQUIRED].length} letters and signs each: complete`);
}

await (process.argv.includes("--check") ? check() : build());
