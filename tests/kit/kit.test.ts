/** The kit: texts in four languages, colours that can be read, flags for the assembly's Members. */
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import sheet from '@build/flags.json';
import { secondsLeft } from '@kit/countdown';
import { placeOf } from '@kit/flags/place';
import { Rest, newKey } from '@kit/rest';
import { Speech, languageOf, localeOf } from '@kit/speech.svelte';
import { tokenIn } from '@kit/token';
import { LANGUAGE_VALUES } from '@wire/types';
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf-8');

describe('speech', () => {
  test.each(LANGUAGE_VALUES)('has the words of the hall in %s', (lang) => {
    const speech = new Speech(lang);
    const said = speech.t('said-open');
    expect(said).not.toBe('');
    if (lang !== 'en') expect(said).not.toBe(new Speech('en').t('said-open'));
  });

  test('writes the digits that it was told to, whatever the language', () => {
    const counts = { voted: 12, entitled: 196 };
    expect(new Speech('ar').t('hall-turnout', counts)).toMatch(/12.*196|196.*12/);
    expect(new Speech('ar', 'arab').t('hall-turnout', counts)).toContain('١٢');
    expect(new Speech('ar').number(1234)).toMatch(/1.?234/);
  });

  test('is written from the right in Arabic only', () => {
    expect(LANGUAGE_VALUES.map((lang) => new Speech(lang).dir)).toEqual([
      'ltr',
      'ltr',
      'ltr',
      'rtl',
    ]);
  });

  test('throws for a text that no language has', () => {
    expect(() => new Speech('fr').t('no-such-text')).toThrow('no-such-text');
  });

  test('tells the time of the assembly, not of the machine', () => {
    const noon = Date.UTC(2027, 10, 23, 12, 0);
    expect(new Speech('en').time(noon, { timeZone: 'Europe/Paris' })).toBe('13:00');
  });

  test('knows its languages', () => {
    expect(languageOf('fr-CH')).toBe('fr');
    expect(languageOf('de', 'es')).toBe('es');
    expect(localeOf('ar')).toBe('ar-u-nu-latn');
  });
});

describe('every text that the display and the kit ask for by name', () => {
  const sources = [
    'display/kit',
    'display/web/src',
    'display/web/src/parts',
    'display/web/src/scenes',
  ]
    .flatMap((folder) => readdirSync(new URL(folder, root)).map((name) => `${folder}/${name}`))
    .filter((path) => /\.(svelte|ts)$/.test(path));
  const ids = new Set(
    sources.flatMap((path) =>
      Array.from(
        read(path).matchAll(
          /'((?:said|display|connection|hall|choice|count|member|rule|mode)-[a-z-]+)'/g,
        ),
        (match) => match[1] ?? '',
      ),
    ),
  );

  test('is in all four files', () => {
    expect(ids.size).toBeGreaterThan(20);
    for (const lang of LANGUAGE_VALUES) {
      const file = read(`server/locales/${lang}.ftl`);
      const missing = [...ids].filter((id) => !file.includes(`\n${id} =`));
      expect(missing, lang).toEqual([]);
    }
  });
});

describe('the colours', () => {
  const css = read('display/kit/tokens.css');
  const theme = (selector: string) =>
    Object.fromEntries(
      Array.from(
        css
          .slice(css.indexOf(selector))
          .split('}')[0]
          ?.matchAll(/(--[a-z-]+): (#[0-9a-f]{6});/g) ?? [],
        (match) => [match[1] ?? '', match[2] ?? ''],
      ),
    );
  const standard = theme(':root {');
  const themes = {
    default: standard,
    'okabe-ito': { ...standard, ...theme(":root[data-theme='o") },
  };

  /** Relative luminance and contrast as in WCAG 2.2. */
  const luminance = (hex: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
      const c = parseInt(hex.slice(i, i + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a = '', b = '') => {
    const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };

  test.each(Object.entries(themes))('can be read in the theme %s', (_, colours) => {
    for (const mark of ['yes', 'no', 'abstain', 'none', 'voted']) {
      const on = contrast(colours[`--${mark}-on`], colours[`--${mark}-ground`]);
      expect(on, `${mark}: ink on its surface`).toBeGreaterThanOrEqual(4.5);
      const ink = contrast(colours[`--${mark}-ink`], colours['--ground']);
      expect(ink, `${mark}: ink on the ground`).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(colours['--ink'], colours['--ground'])).toBeGreaterThanOrEqual(10);
    expect(contrast(colours['--ink-soft'], colours['--ground'])).toBeGreaterThanOrEqual(7);
    expect(contrast(colours['--line-strong'], colours['--none-ground'])).toBeGreaterThanOrEqual(3);
  });
});

describe('the flags', () => {
  test('are there for each Member of the sample assembly', () => {
    const members = Array.from(
      read('server/assembly/sample/members.toml').matchAll(/^code = "([A-Z]+)"$/gm),
      ([, code = '']) => code,
    );
    expect(members).toHaveLength(196);
    for (const code of members) {
      const svg = read(`node_modules/flag-icons/flags/4x3/${code.toLowerCase()}.svg`);
      expect(svg, code).toContain('viewBox="0 0 640 480"');
      expect(placeOf(code), code).not.toBeNull();
    }
  });

  test('stand on the sheet where they are looked for', async () => {
    const { columns, codes, width, height, margin } = sheet;
    const across = columns * (width + 2 * margin);
    const down = Math.ceil(codes.length / columns) * (height + 2 * margin);
    const colours = async (code: string) => {
      const place = placeOf(code) ?? expect.fail(`${code} has no place`);
      expect(place.size).toBe(`${(100 * across) / width}% ${(100 * down) / height}%`);
      const [left = 0, top = 0] = place.position.split(' ').map((part) => parseFloat(part) / 100);
      const box = { left: left * (across - width), top: top * (down - height), width, height };
      const region = { ...box, left: Math.round(box.left), top: Math.round(box.top) };
      const file = fileURLToPath(new URL('build/flags.webp', root));
      const { data } = await sharp(file)
        .extract(region)
        .raw()
        .toBuffer({ resolveWithObject: true });
      // The middle of its three stripes, as letters: which of red, green and blue is strong.
      return [1, 3, 5].map((sixth) => {
        const at = 4 * ((height / 2) * width + (sixth * width) / 6);
        return ['R', 'G', 'B'].filter((_, i) => (data[at + i] ?? 0) > 110).join('');
      });
    };
    expect(await colours('FR')).toEqual(['B', 'RGB', 'R']);
    expect(await colours('IE')).toEqual(['G', 'RGB', 'RG']);
    expect(await colours('BE')).toEqual(['', 'RG', 'R']);
  });

  test('have no place where a Member has a code of its own', () => {
    expect(placeOf('ITU-1')).toBeNull();
    expect(placeOf('fr')).toEqual(placeOf('FR'));
  });
});

describe('small things', () => {
  test('a token is read from the fragment', () => {
    expect(tokenIn('#token=abc')).toBe('abc');
    expect(tokenIn('#token=')).toBeNull();
    expect(tokenIn('')).toBeNull();
  });

  test('the countdown says zero only when nothing is left', () => {
    expect([1001, 1000, 1, 0, -5].map(secondsLeft)).toEqual([2, 1, 1, 0, 0]);
  });

  test('keys are UUIDs of version 4, each another', () => {
    const keys = Array.from({ length: 100 }, newKey);
    expect(new Set(keys).size).toBe(100);
    for (const key of keys) {
      expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});

describe('the hall over HTTP', () => {
  let close: (() => void) | undefined;
  afterEach(() => close?.());

  async function serving(
    answer: (request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<{ rest: Rest; asked: IncomingMessage[] }> {
    const asked: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      asked.push(request);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    close = () => server.close();
    const { port } = server.address() as AddressInfo;
    return { rest: new Rest(() => 'tok', `http://127.0.0.1:${port}/api/v1`), asked };
  }

  test('a command carries token and key, and repeats under the same key', async () => {
    const { rest, asked } = await serving((_, response) => response.end('{"id":"b1"}'));
    const key = newKey();
    expect(await rest.post('/ballots/b1/open', {}, key)).toEqual({ ok: true, body: { id: 'b1' } });
    await rest.post('/ballots/b1/open', {}, key);
    expect(asked.map((request) => request.headers['idempotency-key'])).toEqual([key, key]);
    expect(asked[0]?.headers.authorization).toBe('Bearer tok');
    expect(asked[0]?.url).toBe('/api/v1/ballots/b1/open');
  });

  test('a refusal is a value', async () => {
    const problem = {
      type: 'about:blank',
      title: 't',
      status: 409,
      detail: 'd',
      code: 'not_allowed_now',
    };
    const { rest } = await serving((_, response) => {
      response.writeHead(409, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify(problem));
    });
    expect(await rest.get('/me')).toEqual({ ok: false, problem });
  });

  test('what is no problem document, and no answer at all, are problems too', async () => {
    const { rest } = await serving((_, response) => {
      response.writeHead(502);
      response.end('<html>');
    });
    expect(await rest.get('/me')).toMatchObject({ ok: false, problem: { code: 'http_502' } });
    const nobody = new Rest(() => '', 'http://127.0.0.1:1/api/v1');
    expect(await nobody.get('/me')).toMatchObject({ ok: false, problem: { code: 'network' } });
  });
});
