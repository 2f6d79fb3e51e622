/** The language that a person chose on this machine, kept for the next time. */
import { languageOf } from '@kit/speech.svelte';
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
