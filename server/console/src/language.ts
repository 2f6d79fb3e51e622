/** The language that a person chose on this machine, kept for the next time. */
import { type Speech, languageOf } from '@kit/speech.svelte';
import type { Language } from '@wire/types';

const KEY = 'hemicycle.language';

/** `?lang=` in the address, else the kept choice, else the browser's language, else English. */
export function languageNow(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  return languageOf(asked ?? localStorage.getItem(KEY) ?? navigator.language);
}

export function keepLanguage(lang: Language): void {
  localStorage.setItem(KEY, lang);
}

/** A language's name in the language of the screen ("French"), for the middle of a sentence. */
export function languageName(speech: Speech, language: Language): string {
  const names = new Intl.DisplayNames([speech.lang], { type: 'language' });
  return names.of(language) ?? language;
}
