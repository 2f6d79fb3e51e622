/**
 * Makes one sprite of the flags of the assembly's Members: `npm run flags` → build/flags.svg.
 *
 * Rule: the sprite carries no style attributes (the content policy refuses them) and no id that
 * another flag also uses. It is made again only when the codes, the flags or this file changed.
 * Source of the drawings: the package `flag-icons` (MIT).
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { optimize } from 'svgo';

const require = createRequire(import.meta.url);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const TARGET = here('../../../build/flags.svg');
const CODES = JSON.parse(readFileSync(here('codes.json'), 'utf-8')) as string[];
const DRAWINGS = dirname(require.resolve('flag-icons/package.json'));

const drawing = (code: string) =>
  readFileSync(`${DRAWINGS}/flags/4x3/${code.toLowerCase()}.svg`, 'utf-8');

function symbol(code: string, svg: string): string {
  const { data } = optimize(svg, {
    floatPrecision: 1,
    plugins: [
      'preset-default',
      'convertStyleToAttrs',
      { name: 'prefixIds', params: { prefix: code, delim: '-' } },
    ],
  });
  // What svgo leaves in style attributes is the layout of text, and no flag draws text.
  const inner = data
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>$/, '')
    .replace(/ style="[^"]*"/g, '')
    // The old name of `href` needs a namespace that the sprite does not declare.
    .replaceAll(' xlink:href=', ' href=');
  if (/<(style|text|script|image)\b/.test(inner)) throw new Error(`the flag ${code} is not plain`);
  return `<symbol id="flag-${code}" viewBox="0 0 640 480">${inner}</symbol>`;
}

const sources = CODES.map((code) => [code, drawing(code)] as const);
const recipe = readFileSync(fileURLToPath(import.meta.url), 'utf-8');
const version = createHash('sha256')
  .update(JSON.stringify([recipe, sources]))
  .digest('hex')
  .slice(0, 16);
const mark = `<!-- ${version} -->`;

if (!existsSync(TARGET) || !readFileSync(TARGET, 'utf-8').startsWith(mark)) {
  mkdirSync(dirname(TARGET), { recursive: true });
  const symbols = sources.map(([code, svg]) => symbol(code, svg)).join('');
  writeFileSync(TARGET, `${mark}<svg xmlns="http://www.w3.org/2000/svg">${symbols}</svg>\n`);
}
