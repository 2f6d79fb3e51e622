/**
 * Makes one sheet of all small flags: `npm run flags` → build/flags.webp and build/flags.json.
 *
 * Rule: a list of two hundred Members asks for one picture and not for two hundred. It is made again
 * only when the flags or this file changed. Source of the drawings: the package `flag-icons` (MIT).
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const require = createRequire(import.meta.url);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const DRAWINGS = `${dirname(require.resolve('flag-icons/package.json'))}/flags/4x3`;
const SHEET = here('../../../build/flags.webp');
const PLACES = here('../../../build/flags.json');

/** Pixels of a flag: twice what it takes in a list, for screens that have twice as many. */
const [WIDTH, HEIGHT] = [96, 72];
/** Pixels around each that repeat its edge: its neighbour must not shine through where it is scaled. */
const MARGIN = 2;
const COLUMNS = 16;

const codes = readdirSync(DRAWINGS)
  .map((file) => file.replace(/\.svg$/, ''))
  .filter((code) => /^[a-z]{2}$/.test(code))
  .toSorted();
const drawings = codes.map((code) => readFileSync(`${DRAWINGS}/${code}.svg`));

async function sheet(): Promise<Buffer> {
  const [width, height] = [WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN];
  const flags = drawings.map(async (drawing, n) => ({
    input: await sharp(drawing)
      .resize(WIDTH, HEIGHT, { fit: 'fill' })
      .extend({ top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN, extendWith: 'copy' })
      .png()
      .toBuffer(),
    left: (n % COLUMNS) * width,
    top: Math.floor(n / COLUMNS) * height,
  }));
  const rows = Math.ceil(codes.length / COLUMNS);
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  return sharp({
    create: { width: COLUMNS * width, height: rows * height, channels: 4, background },
  })
    .composite(await Promise.all(flags))
    .webp({ quality: 90 })
    .toBuffer();
}

const recipe = readFileSync(fileURLToPath(import.meta.url));
const version = createHash('sha256');
for (const part of [recipe, JSON.stringify(codes), ...drawings]) version.update(part);
const places = JSON.stringify({
  version: version.digest('hex'),
  codes,
  columns: COLUMNS,
  width: WIDTH,
  height: HEIGHT,
  margin: MARGIN,
});

if (!existsSync(SHEET) || !existsSync(PLACES) || readFileSync(PLACES, 'utf-8') !== places) {
  mkdirSync(dirname(SHEET), { recursive: true });
  writeFileSync(SHEET, await sheet());
  writeFileSync(PLACES, places);
}
