/** Ink on ground is 10:1 or more on the tablet, in both themes. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf-8');
const TOKENS = read('display/kit/tokens.css');
const KIOSK = read('kiosk_client/web/kiosk.css');

/** The custom properties of the blocks with this selector. */
function properties(css: string, selector: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const block of css.split('}')) {
    const [head = '', body = ''] = block.split('{');
    if (head.replace(/\/\*[\s\S]*?\*\//g, '').trim() !== selector) continue;
    for (const [, name = '', value = ''] of body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)) {
      found[name] = value;
    }
  }
  return found;
}

/** Relative luminance (WCAG 2.2) of `#rrggbb`. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const PAIRS = [
  ['ink', 'ground'],
  ['ink', 'surface'],
  ['ink-soft', 'ground'],
  ['ink-soft', 'surface'],
  ['warning', 'ground'],
  ['yes-filled-on', 'yes-filled'],
  ['no-filled-on', 'no-filled'],
  ['abstain-filled-on', 'abstain-filled'],
] as const;

describe.each([':root', ":root[data-theme='okabe-ito']"])('in the theme %s', (selector) => {
  const colours = {
    ...properties(TOKENS, ':root'),
    ...properties(KIOSK, ':root'),
    ...properties(TOKENS, selector),
    ...properties(KIOSK, selector),
  };
  it.each(PAIRS)('%s on %s', (ink, ground) => {
    expect(contrast(colours[ink] ?? '', colours[ground] ?? '')).toBeGreaterThanOrEqual(10);
  });
});
