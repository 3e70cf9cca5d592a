// Subsetting of the two fonts, and the proof that the subset still holds every letter.
import fontverter from "fontverter";
import subsetFont from "subset-font";

/** A WOFF2 of `source` that holds `text`, named `family` (the OFL reserves the name Gentium for the whole font). */
export async function subset(source, text, family, variationAxes) {
  const whole = rename(await fontverter.convert(source, "truetype"), family);
  return subsetFont(whole, text, { targetFormat: "woff2", variationAxes, noHinting: true, keepFeatures: FEATURES });
}

/** The letters of `text` that the font has no glyph for. */
export async function missing(font, text) {
  const held = codePoints(await fontverter.convert(font, "truetype"));
  return [...text].filter((letter) => !held.has(letter.codePointAt(0)));
}

/** Kerning, mark placement and ligature basics, tabular figures; the alternates of Inter weigh more than its letters. */
const FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "tnum"];

/** The same sfnt with family, full and PostScript names replaced; copyright and licence entries stay. */
function rename(font, family) {
  const table = tables(font).get("name");
  const names = readNames(font.subarray(table.offset, table.offset + table.length));
  const fresh = { 1: family, 3: family, 4: family, 6: family.replaceAll(" ", ""), 16: family };
  const block = writeNames(names.map((name) => ({ ...name, value: fresh[name.id] ? utf16(fresh[name.id]) : name.value })));
  const renamed = Buffer.concat([font, Buffer.alloc((4 - (font.length % 4)) % 4), block]);
  renamed.writeUInt32BE(renamed.length - block.length, table.entry + 8);
  renamed.writeUInt32BE(block.length, table.entry + 12);
  return renamed;
}

/** Tables of an sfnt: tag to where its directory entry and its content lie. */
function tables(font) {
  const found = new Map();
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const entry = 12 + 16 * index;
    const tag = font.toString("latin1", entry, entry + 4);
    found.set(tag, { entry, offset: font.readUInt32BE(entry + 8), length: font.readUInt32BE(entry + 12) });
  }
  return found;
}

/** The Windows (UTF-16) name records; the Macintosh ones say the same and are dropped. */
function readNames(block) {
  const strings = block.readUInt16BE(4);
  const records = [];
  for (let index = 0; index < block.readUInt16BE(2); index++) {
    const at = 6 + 12 * index;
    const [platform, encoding, language, id, length, offset] = [0, 2, 4, 6, 8, 10].map((step) => block.readUInt16BE(at + step));
    const value = block.subarray(strings + offset, strings + offset + length);
    if (platform === 3) records.push({ platform, encoding, language, id, value });
  }
  return records;
}

function writeNames(records) {
  const head = Buffer.alloc(6 + 12 * records.length);
  head.writeUInt16BE(records.length, 2);
  head.writeUInt16BE(head.length, 4);
  let offset = 0;
  records.forEach(({ platform, encoding, language, id, value }, index) => {
    [platform, encoding, language, id, value.length, offset].forEach((number, step) => head.writeUInt16BE(number, 6 + 12 * index + 2 * step));
    offset += value.length;
  });
  return Buffer.concat([head, ...records.map((record) => record.value)]);
}

const utf16 = (text) => Buffer.from(text, "utf16le").swap16();

/** Every code point the `cmap` maps to a glyph (formats 4 and 12, the two that browsers read). */
function codePoints(font) {
  const start = tables(font).get("cmap").offset;
  const held = new Set();
  for (let index = 0; index < font.readUInt16BE(start + 2); index++) {
    const at = start + font.readUInt32BE(start + 4 + 8 * index + 4);
    const format = font.readUInt16BE(at);
    if (format === 4) readFormat4(font, at, held);
    if (format === 12) readFormat12(font, at, held);
  }
  return held;
}

function readFormat4(font, at, held) {
  const count = font.readUInt16BE(at + 6) / 2;
  const column = (number, index) => at + 14 + 2 * (number * count + index) + (number ? 2 : 0);
  for (let index = 0; index < count; index++) {
    const [end, first, delta] = [0, 1, 2].map((number) => font.readUInt16BE(column(number, index)));
    const range = font.readUInt16BE(column(3, index));
    for (let code = first; code <= end && code !== 0xffff; code++) {
      const glyph = range ? font.readUInt16BE(column(3, index) + range + 2 * (code - first)) : (code + delta) & 0xffff;
      if (glyph) held.add(code);
    }
  }
}

function readFormat12(font, at, held) {
  for (let index = 0; index < font.readUInt32BE(at + 12); index++) {
    const group = at + 16 + 12 * index;
    const [first, last, glyph] = [0, 4, 8].map((step) => font.readUInt32BE(group + step));
    for (let code = first; code <= last; code++) if (glyph + code - first) held.add(code);
  }
}
