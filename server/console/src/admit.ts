/** The form that admits a Member, and what it sends. */
import { type AdmitRequest, LANGUAGE_VALUES, type Language } from '@wire/types';

export interface AdmitForm {
  code: string;
  region: string;
  name: Record<Language, string>;
  /** Short forms of names that a tile has no room for. */
  tile: Record<Language, string>;
  /** The vote that admitted the Member; empty where there was none. */
  ballot: string;
  reason: string;
}

/** The characters that a small tile shows without clipping. */
const TILE_LENGTH = 18;

const none = (): Record<Language, string> => ({ en: '', fr: '', es: '', ar: '' });

export const emptyAdmission = (ballot: string | null): AdmitForm => ({
  code: '',
  region: '',
  name: none(),
  tile: none(),
  ballot: ballot ?? '',
  reason: '',
});

/** Whether the name in this language needs a short form beside it. */
export const needsTile = (form: AdmitForm, language: Language): boolean =>
  form.name[language].trim().length > TILE_LENGTH;

/** The fields that are still to be filled in, as the hall calls them. */
export function lacksIn(form: AdmitForm): string[] {
  const lacks: string[] = [];
  if (form.code.trim() === '') lacks.push('code');
  if (form.region === '') lacks.push('region');
  for (const language of LANGUAGE_VALUES) {
    if (form.name[language].trim() === '') lacks.push(`name.${language}`);
    else if (needsTile(form, language) && form.tile[language].trim() === '') {
      lacks.push(`tile.${language}`);
    }
  }
  if (form.ballot === '' && form.reason.trim() === '') lacks.push('reason');
  return lacks;
}

/** What is sent: short forms only where a name is too long for a tile. */
export function admitRequest(form: AdmitForm): AdmitRequest {
  const name = none();
  const tile = none();
  for (const language of LANGUAGE_VALUES) {
    name[language] = form.name[language].trim();
    tile[language] = needsTile(form, language) ? form.tile[language].trim() : name[language];
  }
  const reason = form.reason.trim();
  return {
    code: form.code.trim(),
    region: form.region,
    name,
    tile,
    ballot: form.ballot === '' ? null : form.ballot,
    reason: reason === '' ? null : reason,
    qr: true,
  };
}
