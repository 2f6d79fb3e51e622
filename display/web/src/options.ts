/** What the address of a display asks for: `?lang=ar&theme=okabe-ito&view=chyron&bg=transparent&sound=off`. */
import { languageOf } from '@kit/speech.svelte';
import { themeOf, type Theme } from '@kit/theme';
import type { Language } from '@wire/types';

/** One screen of several that share a board: the first of two is `?part=1/2`. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

export interface Options {
  /** The principal language: it does not rotate. */
  readonly lang: Language;
  readonly theme: Theme;
  /** The whole screen, or a strip for a broadcast picture. */
  readonly view: 'full' | 'chyron';
  readonly transparent: boolean;
  readonly part: Part;
  /** Whether this screen rings the bell of the last call: where several hang, one is enough. */
  readonly sound: boolean;
}

export function partOf(text: string | null): Part {
  const [number, of] = (/^([1-9])\/([1-9])$/.exec(text ?? '') ?? []).slice(1).map(Number);
  if (number === undefined || of === undefined || number > of) return { number: 1, of: 1 };
  return { number, of };
}

export function optionsOf(search: string, preferred: string): Options {
  const asked = new URLSearchParams(search);
  const view = asked.get('view') === 'chyron' ? 'chyron' : 'full';
  return {
    lang: languageOf(asked.get('lang') ?? preferred),
    theme: themeOf(asked.get('theme')),
    view,
    transparent: asked.get('bg') === 'transparent',
    part: partOf(asked.get('part')),
    sound: view === 'full' && asked.get('sound') !== 'off',
  };
}
