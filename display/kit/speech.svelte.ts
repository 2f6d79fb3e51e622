/**
 * What the screens say: the texts of `server/locales/*.ftl` in the language of the moment.
 *
 * Rule: one source for server and screens. The digits are stated (`-u-nu-latn`), never left to
 * the machine's locale. A text that a language lacks is said in English, and a text that no
 * language has is a bug and throws.
 */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { LANGUAGE_VALUES, type Language, type PartialTexts, type Texts } from '@wire/types';
import { getContext, setContext } from 'svelte';

export type Digits = 'latn' | 'arab';
export type Args = Record<string, FluentVariable>;

const SOURCES = import.meta.glob<string>('../../server/locales/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const CONTEXT = Symbol('speech');

/** The language that a text asks for, or the fallback where it is none of ours. */
export function languageOf(text: string | null | undefined, fallback: Language = 'en'): Language {
  return LANGUAGE_VALUES.find((lang) => lang === text?.slice(0, 2).toLowerCase()) ?? fallback;
}

/** `ar` → `ar-u-nu-latn`: the locale with its digits stated; English as in Britain. */
export function localeOf(lang: Language, digits: Digits = 'latn'): string {
  return `${lang === 'en' ? 'en-GB' : lang}-u-nu-${digits}`;
}

export function directionOf(lang: Language): 'rtl' | 'ltr' {
  return lang === 'ar' ? 'rtl' : 'ltr';
}

function bundleOf(lang: Language, digits: Digits): FluentBundle {
  const locale = localeOf(lang, digits);
  // Isolating marks keep a Latin symbol in place in an Arabic sentence.
  const bundle = new FluentBundle(locale, { useIsolating: lang === 'ar' });
  const source = Object.entries(SOURCES).find(([path]) => path.endsWith(`/${lang}.ftl`))?.[1];
  if (source !== undefined) bundle.addResource(new FluentResource(source));
  return bundle;
}

/** Texts, numbers and times in one language that may change at any moment. */
export class Speech {
  lang: Language = $state('en');
  digits: Digits = $state('latn');

  readonly #bundle = $derived(bundleOf(this.lang, this.digits));
  readonly #fallback = $derived(bundleOf('en', this.digits));
  readonly #numbers = $derived(new Intl.NumberFormat(this.locale));

  constructor(lang: Language = 'en', digits: Digits = 'latn') {
    this.lang = lang;
    this.digits = digits;
  }

  get dir(): 'rtl' | 'ltr' {
    return directionOf(this.lang);
  }

  get locale(): string {
    return localeOf(this.lang, this.digits);
  }

  /** The text with this id; throws if no language has it. */
  t = (id: string, args: Args = {}): string => {
    for (const bundle of [this.#bundle, this.#fallback]) {
      const value = bundle.getMessage(id)?.value;
      if (value) return bundle.formatPattern(value, args);
    }
    throw new Error(`no text has the id ${id}: add it to server/locales/en.ftl`);
  };

  /** Whether a text with this id exists. */
  has = (id: string): boolean => this.#bundle.hasMessage(id) || this.#fallback.hasMessage(id);

  /** The text of the assembly in this language; of a partial text, the first that there is. */
  pick = (texts: Texts | PartialTexts): string =>
    texts[this.lang] ?? LANGUAGE_VALUES.map((lang) => texts[lang]).find(Boolean) ?? '';

  number = (n: number): string => this.#numbers.format(n);

  /** Hours and minutes in the assembly's time zone, with the zone's name where asked. */
  time = (ms: number, options: Intl.DateTimeFormatOptions = {}): string =>
    new Intl.DateTimeFormat(this.locale, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      ...options,
    }).format(ms);
}

/** Gives a screen its speech, and keeps `lang` and `dir` of the page in step. Call it once, in App. */
export function provideSpeech(speech: Speech): Speech {
  $effect(() => {
    document.documentElement.lang = speech.lang;
    document.documentElement.dir = speech.dir;
  });
  return setContext(CONTEXT, speech);
}

/** The speech of the screen that this component stands in. */
export function useSpeech(): Speech {
  return getContext<Speech>(CONTEXT);
}
